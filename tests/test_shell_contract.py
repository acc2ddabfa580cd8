"""The contract with the shell (DESIGN 5), for every command that lists."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import FS, Fs

LISTINGS = [
    ["tasks", "--dept", "市市场监督管理局"],
    ["sections"],
    ["depts"],
    ["indicators"],
    ["progress"],
    ["progress", "--by", "dept"],
    ["progress", "--by", "task"],
    ["progress", "--by", "indicator"],
    ["progress", "log"],
    ["due"],
    ["due", "--by", "task"],
]
THINGS = [["show", "16"], ["depts", "阳城"], ["overview"]]


REPORTED = """\
{"id":"a1","at":"2021-09-30T09:00:00+08:00","by":"张三","date":"2021-09-30","entries":[{"task":16,\
"indicator":"食品检验量","value":5.20,"note":"[bold]甲[/bold]\\t乙\\n丙"}]}
{"id":"a2","at":"2021-09-30T09:01:00+08:00","by":"李四","date":"2021-09-30","entries":[{"task":34,\
"department":"阳城县","percent":80}]}
"""


@pytest.fixture
def busy(fs: Fs) -> Fs:
    """A folder where something has been reported."""
    fs.ledger.write_text(REPORTED, "utf-8")
    return fs


def names(args: list[str]) -> str:
    return " ".join(args)


@pytest.mark.parametrize("args", LISTINGS, ids=names)
def test_tsv_off_a_terminal_with_field_names(busy: Fs, args: list[str]) -> None:
    run = busy(*args).ok()
    assert run.out == busy(*args, "-f", "tsv").out
    assert run.err == ""
    assert "\x1b" not in run.out
    header, *rows = run.rows
    assert all(re.fullmatch("[a-z_]+", field) for field in header)
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    bare = busy(*args, "--no-header").ok()
    assert bare.rows == rows


@pytest.mark.parametrize("args", LISTINGS, ids=names)
def test_json_and_yaml_are_lists_of_objects_named_by_field(busy: Fs, args: list[str]) -> None:
    raw = busy(*args, "-f", "json").ok().out
    data = json.loads(raw)
    assert isinstance(data, list)
    assert data
    assert all(isinstance(row, dict) for row in data)
    assert "\\u" not in raw, "Chinese is written as it is"
    from_yaml = yaml.load(busy(*args, "-f", "yaml").ok().out, yaml.BaseLoader)
    assert [list(row) for row in from_yaml] == [list(row) for row in data]


@pytest.mark.parametrize("args", LISTINGS, ids=names)
def test_csv_and_markdown_name_columns_in_chinese(busy: Fs, args: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(busy(*args, "-f", "csv").ok().out)))
    assert all(re.search("[一-鿿]", heading) for heading in rows[0])
    assert {len(row) for row in rows} == {len(rows[0])}
    head, rule, *body = busy(*args, "-f", "md").ok().out.splitlines()
    assert head.count("|") == len(rows[0]) + 1
    assert set(rule) <= set("|-: ")
    assert len(body) == len(rows) - 1


@pytest.mark.parametrize("args", LISTINGS, ids=names)
def test_columns_by_field_or_heading_and_sorting(busy: Fs, args: list[str]) -> None:
    fields = busy(*args).ok().rows[0]
    headings = next(csv.reader(io.StringIO(busy(*args, "-f", "csv").ok().out)))
    chosen = busy(*args, "-c", f"{fields[1]}，{headings[0]}").ok()
    assert chosen.rows[0] == [fields[1], fields[0]]
    data = busy(*args, "-c", fields[1], "-f", "json").ok().data
    assert isinstance(data, list)
    assert list(data[0]) == [fields[1]]
    unknown = busy(*args, "-c", "不存在")
    assert (unknown.code, unknown.out) == (2, "")
    assert "没有“不存在”这一列" in unknown.err
    assert fields[0] in unknown.err
    assert busy(*args, "--sort", fields[0]).code == 0
    assert busy(*args, "--sort", "不存在").code == 2


def test_sorting_by_value_with_the_unknown_last(busy: Fs) -> None:
    busy("progress", "update", "22", "--value", "30").ok()

    def order(key: str) -> list[str]:
        rows = busy("indicators", "--sort", key, "-c", "name,attainment", "--no-header").ok().rows
        return [row[0] for row in rows if row[1:] != [""]]

    assert order("attainment") == ["食品检验量", "食品相关产品抽检"]
    assert order("-达成率") == ["食品相关产品抽检", "食品检验量"]
    ids = busy("tasks", "--sort", "-id", "-c", "id").ok().out.split()[1:]
    assert ids == [str(n) for n in range(59, 0, -1)], "numbers sort as numbers"


@pytest.mark.parametrize("args", THINGS, ids=names)
def test_one_thing_is_one_object_or_its_fields(busy: Fs, args: list[str]) -> None:
    data = json.loads(busy(*args, "-f", "json").ok().out)
    assert isinstance(data, dict)
    fields = busy(*args).ok()
    assert fields.rows[0] == ["field", "value"]
    assert {row[0] for row in fields.rows[1:]} <= set(data)
    assert all(len(row) == 2 for row in fields.rows)
    assert busy(*args, "-f", "csv").ok().out.startswith("项目,内容\r\n")
    assert busy(*args, "-f", "md").ok().out.startswith("## ")
    assert yaml.load(busy(*args, "-f", "yaml").ok().out, yaml.BaseLoader)


TASK_FIELDS = {
    *("id", "section", "section_title", "title", "text", "responsibility"),
    *("lead", "responsible", "support", "due", "indicators"),
    *("completion", "pace", "light", "status", "days_left"),
}
INDICATOR_FIELDS = {
    *("task", "name", "kind", "target", "unit", "quote"),
    *("value", "attainment", "met", "date", "reported_by"),
}


def test_the_documented_fields_are_there(busy: Fs) -> None:
    task = json.loads(busy("tasks", "-f", "json").ok().out)[15]
    assert set(task) >= TASK_FIELDS
    assert set(task["indicators"][0]) >= INDICATOR_FIELDS
    assert set(json.loads(busy("indicators", "-f", "json").ok().out)[0]) >= INDICATOR_FIELDS


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        ("csv", b"\xef\xbb\xbf" + "序号,任务".encode()),
        ("tsv", b"id\ttitle"),
        ("json", b"["),
        ("yaml", b"- id: 1"),
        ("yml", b"- id: 1"),
        ("md", "| 序号 | 任务".encode()),
        ("txt", "任务 59 项".encode()),
    ],
)
def test_a_files_ending_chooses_its_format(fs: Fs, ending: str, start: bytes) -> None:
    run = fs("tasks", "-o", f"任务.{ending}").ok()
    assert run.out == ""
    content = (fs.folder / f"任务.{ending}").read_bytes()
    assert content.startswith(start)
    assert b"\x1b" not in content
    assert [path.name for path in fs.folder.iterdir() if path.suffix == ".tmp"] == []


def test_csv_on_stdout_has_no_byte_order_mark(fs: Fs) -> None:
    assert fs("tasks", "-f", "csv").ok().out.startswith("序号")


def test_files_that_cannot_be(fs: Fs) -> None:
    odd = fs("tasks", "-o", "任务.docx")
    assert (odd.code, odd.out) == (2, "")
    assert ".csv" in odd.err
    assert fs("tasks", "-o", "任务.docx", "-f", "json").code == 0
    folder = fs("tasks", "-o", ".", "-f", "csv")
    assert (folder.code, folder.out) == (4, "")
    assert "是文件夹" in folder.err
    nowhere = fs("tasks", "-o", "没有/任务.csv")
    assert (nowhere.code, nowhere.out) == (4, "")
    assert "文件夹不存在" in nowhere.err


def test_an_empty_list_is_no_failure(fs: Fs) -> None:
    run = fs("tasks", "--search", "没有这样的话").ok()
    assert len(run.rows) == 1
    assert fs("tasks", "--search", "没有这样的话", "-f", "json").ok().data == []
    assert "没有符合条件的任务" in fs("tasks", "--search", "没有这样的话", "-f", "table").ok().out


def test_a_spreadsheet_does_not_run_what_people_wrote(fs: Fs) -> None:
    fs("progress", "update", "1", "--note", "=HYPERLINK(1)").ok()
    fs("progress", "update", "3", "--percent", "1", "--by", "@某").ok()
    out = fs("progress", "log", "-f", "csv", "-c", "note,by").ok().out
    assert "'=HYPERLINK(1)" in out
    assert "'@某" in out


def test_user_text_is_never_markup_and_never_breaks_a_line(busy: Fs) -> None:
    assert "[bold]甲[/bold] 乙 丙" in busy("progress", "log", "-c", "note").ok().out
    assert "[bold]甲[/bold]" in busy("progress", "log", "-f", "table", "-c", "note").ok().out
    assert "\\[bold\\]" in busy("progress", "log", "-f", "md").ok().out


def test_control_characters_from_another_ledger_are_dropped(fs: Fs) -> None:
    note = "\\u001b[31m红\\u0007"
    fs.ledger.write_text(
        '{"id":"1","at":"2021-09-01T08:00:00Z","date":"2021-09-01",'
        f'"entries":[{{"task":1,"note":"{note}"}}]}}\n',
        "utf-8",
    )
    for form in ("table", "tsv", "csv", "md"):
        out = fs("progress", "log", "-f", form).ok().out
        assert "\x1b" not in out
        assert "[31m红" in out.replace("\\", "")


PARSER_ERRORS = [
    (["tasks", "--detp", "甲"], "没有“--detp”这个选项。您是不是要找：--dept"),
    (["tasks", "-x"], "没有“-x”这个选项"),
    (["tasks", "--dept"], "选项 --dept 后面缺少值"),
    (["tasks", "--direct=1"], "选项 --direct 不带值"),
    (["show"], "缺少参数：任务序号"),
    (["show", "1", "2"], "多出了参数：2"),
    (["taks"], "没有“taks”这个命令。您是不是要找：tasks"),
    (["progress", "updte", "16"], "没有“updte”这个命令。您是不是要找：update"),
    (["tasks", "-f", "xml"], "可用：table、tsv、csv、json、yaml、md"),
    (["completion", "tcsh"], "可用：bash、zsh、fish、powershell"),
    (["progress", "--by", "年"], "可用：section、dept、task、indicator"),
]


@pytest.mark.parametrize(("args", "words"), PARSER_ERRORS, ids=lambda v: " ".join(v)[:40])
def test_the_parsers_own_messages_are_chinese(fs: Fs, args: list[str], words: str) -> None:
    run = fs(*args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not re.search(r"\b(Error|Usage|Try|Missing|Invalid|No such|Options?)\b", run.err)


def all_commands() -> list[list[str]]:
    from foodsafety_cli.cli.main import Root
    from foodsafety_cli.cli.progress import Progress

    return [[], *([name] for name in Root.entries), *(["progress", n] for n in Progress.entries)]


@pytest.mark.parametrize("args", all_commands(), ids=names)
def test_help_is_chinese_and_fits_80_columns(fs: Fs, args: list[str]) -> None:
    from foodsafety_cli.render.wrapping import cells

    run = fs(*args, "--help").ok()
    assert run.out == fs(*args, "-h").ok().out
    assert run.out.startswith("用法：fs")
    assert max(map(cells, run.out.splitlines())) <= 80
    assert not re.search(
        r"\b(Usage|Options|Arguments|Commands|required|default|message)\b", run.out
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
@pytest.mark.parametrize("form", ["table", "tsv"])
def test_a_gbk_console_gets_what_it_can_show(busy: Fs, args: list[str], form: str) -> None:
    asked = [*args, "-f", form] if args not in (["--help"], []) else args
    run = busy(*asked, PYTHONIOENCODING="gbk").ok()
    assert "?" not in run.out.replace("您是不是要找", "")
    assert "Traceback" not in run.err


def test_what_gbk_cannot_show_becomes_something_else(fs: Fs) -> None:
    fs("progress", "update", "1", "--note", "办好了✓😀—").ok()
    run = fs("progress", "log", "-c", "note", "--no-header", PYTHONIOENCODING="gbk").ok()
    assert run.out.strip() == "办好了√?—"
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


def test_interrupting_is_130(fs: Fs, tmp_path: Path) -> None:
    script = (
        "import os, signal\n"
        "from foodsafety_cli.store import planfile\n"
        "def interrupted(path): os.kill(os.getpid(), signal.SIGINT)\n"
        "planfile.load = interrupted\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(['tasks']))\n"
    )
    done = subprocess.run(
        [FS[0], "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert done.returncode == 130
    assert done.stderr.decode().strip() == "已中断。"
    assert done.stdout == b""


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


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_trouble(fs: Fs, closed: str) -> None:
    command = " ".join((*FS, "tasks", closed))
    done = subprocess.run(
        ["sh", "-c", command], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.parametrize("width", ["0", "1", "abc", "-5", "100000"])
def test_odd_widths(fs: Fs, width: str) -> None:
    out = fs("tasks", "-f", "table", "--section", "一", COLUMNS=width).ok().out
    assert "持续做好" in "".join(out.split())


def test_what_no_one_foresaw_is_told_as_the_programs_own_fault(fs: Fs) -> None:
    script = (
        "from foodsafety_cli.store import planfile\n"
        "def broken(path): raise ZeroDivisionError\n"
        "planfile.load = broken\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(['tasks']))\n"
    )
    done = subprocess.run(
        [FS[0], "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (70, b"")
    assert "程序自己出了毛病（ZeroDivisionError）" in done.stderr.decode()


def test_days_before_the_calendar_are_no_days(fs: Fs) -> None:
    run = fs("tasks", "--as-of", "昨天", FS_TODAY="0001-01-01")
    assert (run.code, run.out) == (2, "")
    assert "不是日期" in run.err


@pytest.mark.parametrize(
    "env",
    [
        {"_FS_COMPLETE": "complete_bash"},
        {"_FS_COMPLETE": "complete_bash", "COMP_WORDS": "fs ta", "COMP_CWORD": "abc"},
        {"_FS_COMPLETE": "1"},
        {"_FS_COMPLETE": "complete_tcsh"},
    ],
    ids=str,
)
def test_completion_called_by_hand_is_a_usage_error(fs: Fs, env: dict[str, str]) -> None:
    run = fs(**env)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("错误：_FS_COMPLETE")
    assert len(run.err.splitlines()) == 1


def test_completion_shows_no_version(fs: Fs) -> None:
    words = {"COMP_WORDS": "fs --version ta", "COMP_CWORD": "2"}
    run = fs(_FS_COMPLETE="complete_bash", **words)
    assert run.out.split() == ["tasks"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("env", "stream", "code"),
    [
        ({}, "stderr", 2),
        ({"_FS_COMPLETE": "complete_bash", "COMP_WORDS": "fs ", "COMP_CWORD": "1"}, "stdout", 4),
    ],
)
def test_what_cannot_be_heard_changes_no_exit_code(
    fs: Fs, env: dict[str, str], stream: str, code: int
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FS, "tasks", "--没有"], cwd=fs.folder, env=fs.env | env, check=False,
            stdout=full if stream == "stdout" else subprocess.PIPE,
            stderr=full if stream == "stderr" else subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == code
    assert b"Traceback" not in (done.stderr or b"")


def test_an_interrupt_while_the_program_loads_is_one_too(fs: Fs) -> None:
    script = (
        "import os, signal, sys\n"
        "from foodsafety_cli.__main__ import run\n"
        "class Impatient:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.endswith('cli.app'): os.kill(os.getpid(), signal.SIGINT)\n"
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
