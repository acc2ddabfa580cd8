"""The contract with the shell: streams, exit codes, consoles, what interrupts."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import LISTINGS, THINGS, names
from tests.conftest import FS, Fs

PARSER_ERRORS = [
    (["report"], "缺少选项：-o"),
    (["import"], "缺少参数：通知"),
    (["tasks", "--detp", "甲"], "没有“--detp”这个选项。您是不是要找：--dept"),
    (["tasks", "-x"], "没有“-x”这个选项"),
    (["tasks", "--dept"], "选项 --dept 后面缺少值"),
    (["tasks", "--direct=1"], "选项 --direct 不带值"),
    (["show"], "缺少参数：任务序号"),
    (["show", "1", "2"], "多出了参数：2"),
    (["tasks", "三"], "部分请写在 --section 后面：fs tasks --section 三"),
    (["tasks", "红灯"], "亮灯请写在 --light 后面：fs tasks --light 红灯"),
    (["tasks", "逾期"], "状态请写在 --status 后面：fs tasks --status 逾期"),
    (["tasks", "冷链"], "找文字请写：fs tasks --search 冷链"),
    (["tasks", "三河县"], "单位请写在 --dept 后面：fs tasks --dept 三河县"),
    (["search", "冷链"], "请写：fs tasks --search 文字"),
    (["taks"], "没有“taks”这个命令。您是不是要找：tasks"),
    (["progress", "updte", "16"], "没有“updte”这个命令。您是不是要找：update"),
    (["tasks", "-f", "xml"], "可用：table、tsv、csv、json、yaml、md"),
    (["completion", "tcsh"], "可用：bash、zsh、fish、powershell"),
    (["progress", "--by", "年"], "可用：plan、section、dept、task、indicator"),
]


@pytest.mark.parametrize(("args", "words"), PARSER_ERRORS, ids=lambda v: " ".join(v)[:40])
def test_the_parsers_own_messages_are_chinese(fs: Fs, args: list[str], words: str) -> None:
    run = fs(*args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not re.search(r"\b(Error|Usage|Try|Missing|Invalid|No such|Options?)\b", run.err)


def all_commands() -> list[list[str]]:
    from foodsafety_cli.cli.main import Root
    from foodsafety_cli.cli.progress import ProgressGroup

    return [
        [],
        *([name] for name in Root.entries),
        *(["progress", n] for n in ProgressGroup.entries),
    ]


@pytest.mark.parametrize("args", all_commands(), ids=names)
def test_help_is_chinese_and_fits_80_columns(fs: Fs, args: list[str]) -> None:
    from foodsafety_cli.render.forms.wrapping import cells

    run = fs(*args, "--help").ok()
    assert run.out == fs(*args, "-h").ok().out
    assert run.out.startswith("用法：fs")
    assert max(map(cells, run.out.splitlines())) <= 80
    assert not re.search(
        r"(?<!-)\b(Usage|Options|Arguments|Commands|required|default|message)\b", run.out
    )


def test_version(fs: Fs) -> None:
    from foodsafety_cli import __version__

    assert fs("--version").ok().out == f"fs {__version__}\n"


def test_a_reader_that_closes_early_is_no_error(fs: Fs) -> None:
    ledger = "".join(
        f'{{"id":"{n}","at":"2021-09-01T08:00:00Z","date":"2021-09-01",'
        f'"entries":[{{"task":1,"note":"{"长" * 200}"}}]}}\n'
        for n in range(2000)
    )
    fs.ledger.write_text(ledger, "utf-8")
    for form in ("tsv", "json", "table", "yaml"):
        with subprocess.Popen(
            [*FS, "progress", "log", "-f", form],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 0, form


@pytest.mark.parametrize("args", [*LISTINGS, *THINGS, ["--help"], []], ids=names)
@pytest.mark.parametrize("form", ["table", ""])
def test_a_gbk_console_gets_what_it_can_show(busy: Fs, args: list[str], form: str) -> None:
    asked = [*args, "-f", form] if form and args not in (["--help"], []) else args
    run = busy(*asked, PYTHONIOENCODING="gbk").ok()
    assert "?" not in run.out.replace("您是不是要找", "")
    assert "Traceback" not in run.err


def test_what_gbk_cannot_show_becomes_something_else(fs: Fs) -> None:
    fs("progress", "update", "1", "--note", "办好了✓😀—").ok()
    run = fs("progress", "log", "-c", "note", "--no-header", PYTHONIOENCODING="gbk").ok()
    assert run.out.strip() == "办好了√?—"
    asked = ("progress", "log", "-c", "note", "--no-header", "-f", "tsv")
    raw = subprocess.run(
        [*FS, *asked],
        cwd=fs.folder,
        env=fs.env | {"PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=True,
    )
    assert raw.stdout.decode("utf-8") == "办好了✓😀—\n", "a format that was asked for is data"
    assert fs("tasks", "-f", "table", PYTHONIOENCODING="ascii").code == 0


def test_json_is_utf8_on_any_console(fs: Fs) -> None:
    env = fs.env | {"PYTHONIOENCODING": "gbk"}
    raw = subprocess.run(
        [*FS, "show", "16", "-f", "json"], cwd=fs.folder, env=env, capture_output=True, check=True
    ).stdout
    assert json.loads(raw.decode("utf-8"))["id"] == 16


def test_colours_only_when_forced(fs: Fs) -> None:
    assert "\x1b" not in fs("tasks", "-f", "table").ok().out
    assert "\x1b[" in fs("tasks", "-f", "table", FORCE_COLOR="1").ok().out
    colourless = fs("tasks", "-f", "table", FORCE_COLOR="1", NO_COLOR="1").ok().out
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", colourless)


def when_the_plan_is_opened(fs: Fs, what: str) -> subprocess.CompletedProcess[bytes]:
    """`fs tasks` in whose process something happens at the moment the plan is opened."""
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def watch(event, args):\n"
        f"    if event == 'open' and str(args[0]).endswith('plan.yaml'): {what}\n"
        "sys.addaudithook(watch)\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(['tasks']))\n"
    )
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=fs.folder, env=fs.env, capture_output=True, check=False)


def test_interrupting_is_130(fs: Fs) -> None:
    done = when_the_plan_is_opened(fs, "os.kill(os.getpid(), signal.SIGINT)")
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode().strip() == "已中断。"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_told(fs: Fs) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*FS, "tasks"], cwd=fs.folder, env=fs.env, stdout=full, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert "磁盘已满" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_bad_today_is_told(fs: Fs) -> None:
    run = fs("tasks", FS_TODAY="今天")
    assert (run.code, run.out) == (2, "")
    assert "FS_TODAY" in run.err


def test_a_deleted_folder_is_told(fs: Fs) -> None:
    gone = fs.folder / "gone"
    gone.mkdir()
    script = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); "
    script += "from foodsafety_cli.cli.main import main; raise SystemExit(main(['tasks']))"
    done = subprocess.run(
        [FS[0], "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert done.returncode == 3
    assert "当前文件夹已被删除" in done.stderr.decode()


def in_sh(fs: Fs, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", "-c", " ".join((*FS, *words))],
        cwd=fs.folder,
        env=fs.env,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_closed_streams_are_no_trouble(fs: Fs, closed: str) -> None:
    assert in_sh(fs, "tasks", closed) == (0, "")


def test_an_answer_that_nobody_can_get_is_no_success(fs: Fs) -> None:
    told = "错误：结果输出不了（输出已经关闭）\n"
    assert in_sh(fs, "tasks", ">&-") == (4, told)
    assert in_sh(fs, "tasks", "<&- >&- 2>&-") == (4, "")
    assert in_sh(fs, "tasks", "-o", "任务.csv", ">&-") == (0, "")
    code, said = in_sh(fs, "progress", "update", "1", "--percent", "60", ">&-")
    assert code == 0, "what is recorded is recorded"
    assert "已记录" in said
    assert len(fs.reported()) == 1


@pytest.mark.parametrize("width", ["0", "1", "abc", "-5", "100000"])
def test_odd_widths(fs: Fs, width: str) -> None:
    out = fs("tasks", "-f", "table", "--section", "一", COLUMNS=width).ok().out
    assert "持续做好" in "".join(out.split())


def test_what_no_one_foresaw_is_told_as_the_programs_own_fault(fs: Fs) -> None:
    done = when_the_plan_is_opened(fs, "raise ZeroDivisionError")
    assert (done.returncode, done.stdout) == (70, b"")
    assert "程序自己出了毛病（ZeroDivisionError）" in done.stderr.decode()


def test_days_before_the_calendar_are_no_days(fs: Fs) -> None:
    run = fs("tasks", "--as-of", "昨天", FS_TODAY="0001-01-01")
    assert (run.code, run.out) == (2, "")
    assert "不是日期" in run.err


@pytest.mark.parametrize(
    "env",
    [
        {"_FS_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "fs ta"},
        {"_FS_COMPLETE": "1"},
        {"_FS_COMPLETE": "complete_tcsh"},
    ],
    ids=str,
)
def test_a_completion_script_that_evaluated_answers_is_told_nothing(
    fs: Fs, env: dict[str, str]
) -> None:
    run = fs(**env)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("错误：_FS_COMPLETE")
    assert len(run.err.splitlines()) == 1


def test_completion_shows_no_version(fs: Fs) -> None:
    run = fs("--version", "ta", _FS_COMPLETE="bash").ok()
    assert run.out.startswith("tasks\t")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("args", "env", "stream", "code"),
    [
        (["tasks", "--没有"], {}, "stderr", 2),
        (["ta"], {"_FS_COMPLETE": "bash"}, "stdout", 4),
    ],
)
def test_what_cannot_be_heard_changes_no_exit_code(
    fs: Fs, args: list[str], env: dict[str, str], stream: str, code: int
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FS, *args], cwd=fs.folder, env=fs.env | env, check=False,
            stdout=full if stream == "stdout" else subprocess.PIPE,
            stderr=full if stream == "stderr" else subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == code
    assert b"Traceback" not in (done.stderr or b"")


def test_an_interrupt_while_the_program_loads_is_one_too(fs: Fs) -> None:
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from foodsafety_cli.__main__ import run\n"
        "class Impatient:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.endswith('parser.app'): os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.decode() == "\n已中断。\n"


def test_a_window_beyond_reason_is_no_work_beyond_reason(fs: Fs) -> None:
    run = fs("show", "16", "-f", "table", COLUMNS="99999999").ok()
    assert max(map(len, run.out.splitlines())) <= 500
