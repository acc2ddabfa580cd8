"""Ways in which a figure could be lost, doubled or made up; each was found once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import FS, Fs
from tests.documents import all_commands

Write = Callable[..., None]


def line(entry: str, moment: str = "2021-09-01T09:00:00+08:00", date: str = "2021-09-01") -> str:
    name = f"a{entry[8:10].strip(',')}"
    return f'{{"id":"{name}","at":"{moment}","by":"x","date":"{date}","entries":[{entry}]}}'


@pytest.mark.parametrize(
    "args",
    [
        ["progress", "log", "-f", "json", "-o", "progress.jsonl"],
        ["progress", "update", "17", "--value", "1.2", "-f", "json", "-o", "progress.jsonl"],
        ["tasks", "-f", "yaml", "-o", "plan.yaml"],
        ["check", "-f", "json", "-o", "./plan.yaml"],
        ["schema", "-o", "plan.yaml"],
        ["tasks", "-f", "csv", "-o", "link"],
    ],
    ids=" ".join,
)
def test_an_answer_never_covers_the_plan_or_the_ledger(fs: Fs, args: list[str]) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    (fs.folder / "link").symlink_to("progress.jsonl")
    before = fs.plan.read_bytes(), fs.ledger.read_bytes()
    run = fs(*args)
    assert (run.code, run.out) == (2, "")
    assert "不能被覆盖" in run.err
    assert (fs.plan.read_bytes(), fs.ledger.read_bytes()) == before


# what each command with an `-o` needs besides; those that are not here need nothing
ARGUMENTS = {
    "fs show": ["16"],
    "fs progress show": ["16"],
    "fs progress update": ["16", "--value", "5.3"],
    "fs progress import": ["表"],
    "fs log": ["16"],
    "fs signoff apply": ["17"],
    "fs signoff withdraw": ["20"],
    "fs signoff accept": ["20"],
    "fs signoff return": ["20", "--reason", "补"],
    "fs signoff reopen": ["20"],
    "fs signoff close-unmet": ["20", "--reason", "停"],
    "fs signoff form": ["20"],
    "fs extension apply": ["17", "--to", "2022-01-31", "--reason", "等"],
    "fs extension withdraw": ["22"],
    "fs extension grant": ["22"],
    "fs extension refuse": ["22", "--reason", "不等"],
    "fs extension form": ["22"],
    "fs extension opinion": ["22"],
    "fs letter write": ["--status", "未报"],
    "fs diff": ["旧.yaml"],
    "fs score letter": ["--dept", "阳城县"],
    "fs score publish": ["--provisional"],
    "fs split": ["16", "--by", "常住人口"],
    "fs import": ["通知.txt"],
    "fs completion": ["bash"],
}


def commands_with_output(fs: Fs) -> dict[str, list[str]]:
    """Each command that has an `-o`, with the options that make it write whatever is there."""
    found = {}
    for command in all_commands():
        text = fs(*command.split()[1:], "--help").ok().out
        options = (["-f", "json"] if "--format" in text else []) + ["--force"] * ("--force" in text)
        if "--output" in text:
            found[command] = options
    return found


@pytest.mark.parametrize("source", ["plan.yaml", "progress.jsonl"])
def test_no_command_covers_the_plan_or_the_ledger(fs: Fs, source: str) -> None:
    fs("progress", "update", "20", "--value", "5", "--by", "甲").ok()
    fs("signoff", "apply", "20", "--evidence", "号", "--by", "甲").ok()
    fs("extension", "apply", "22", "--to", "2022-01-31", "--reason", "等", "--by", "甲").ok()
    fs("score", "init").ok()
    fs("form", "-d", "阳城县", "-o", "表/").ok()
    (fs.folder / "旧.yaml").write_bytes(fs.plan.read_bytes())
    (fs.folder / "通知.txt").write_text("1．做好抽检工作。（市公安局负责）\n", "utf-8")
    before = fs.plan.read_bytes(), fs.ledger.read_bytes()
    commands = commands_with_output(fs)
    assert set(ARGUMENTS) <= set(commands)
    for command, options in commands.items():
        if command == "fs import" and source == "plan.yaml":
            continue  # a draft for a plan is what it writes; with --force, where one is
        run = fs(*command.split()[1:], *ARGUMENTS.get(command, ()), *options, "-o", source)
        assert run.code in (2, 4), (command, run)
        assert (fs.plan.read_bytes(), fs.ledger.read_bytes()) == before, command


def test_a_link_is_written_through_and_not_replaced(fs: Fs) -> None:
    target = fs.folder / "真.csv"
    target.write_text("旧")
    link = fs.folder / "链.csv"
    link.symlink_to(target.name)
    fs("tasks", "-o", "链.csv").ok()
    assert link.is_symlink()
    assert "序号" in target.read_text("utf-8-sig")


def test_what_is_wrong_with_the_output_is_said_before_recording(fs: Fs) -> None:
    run = fs("progress", "update", "16", "--value", "5.2", "-o", "x.xyz")
    assert (run.code, run.out) == (2, "")
    assert not fs.ledger.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_recorded_figure_is_never_called_a_failure(fs: Fs) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FS, "progress", "update", "16", "--value", "5.2"],
            cwd=fs.folder, env=fs.env, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert "已记录，编号" in done.stderr.decode()
    missing = fs("progress", "update", "16", "--value", "5.3", "-o", "没有/x.json")
    assert missing.code == 0
    assert "已记录，编号" in missing.err
    assert len(fs.ledger.read_text("utf-8").splitlines()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["undo", "--yes"], "已撤销 "),
        (["import", "报.csv"], "已记录；只是回答没能输出（磁盘已满"),
    ],
    ids=["undo", "import"],
)
def test_what_is_done_is_never_called_a_failure(fs: Fs, args: list[str], words: str) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    (fs.folder / "报.csv").write_text("序号,数值\n1,5\n", "utf-8")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*FS, "progress", *args],
            cwd=fs.folder, env=fs.env, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert words in done.stderr.decode()
    assert len(fs.reported()) == 2


def test_a_clock_that_is_ahead_does_not_swallow_what_comes_after(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":2,"percent":90}', "2031-09-02T09:00:00+08:00", "2021-09-30"))
    fs("progress", "update", "2", "--percent", "40").ok()
    data = fs("show", "2", "-f", "json").ok().data
    assert isinstance(data, dict)
    assert data["completion"] == 40
    assert "完成率 40%" in fs("progress", "undo", "--yes").ok().out


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('{"task":16,"indicator":"食品检验量","percent":80}', "ledger-wrong-figure"),
        ('{"task":1,"percent":50,"done":true}', "ledger-wrong-figure"),
        (
            '{"task":16,"indicator":"食品检验量","department":"晋城火车站","value":9}',
            "ledger-department-outside",
        ),
        (
            '{"task":34,"department":"各县（市、区）人民政府","percent":9}',
            "ledger-department-outside",
        ),
        ('{"task":16,"indicator":"食品检验量","value":"Infinity"}', "ledger-field"),
        ('{"task":16,"indicator":"食品检验量","value":"NaN"}', "ledger-field"),
        ('{"task":16,"indicator":"食品检验量","value":1e30}', "ledger-field"),
        ('{"task":16,"indicator":"食品检验量","value":1e999999}', "ledger-field"),
        ('{"task":16,"indicator":"食品检验量","value":1e-999999}', "ledger-field"),
    ],
)
def test_figures_that_could_not_have_been_reported_do_not_count(
    fs: Fs, ledger_of: Write, entry: str, code: str
) -> None:
    clean = fs("tasks", "-c", "id,completion").ok().out
    ledger_of(line(entry))
    run = fs("tasks", "-c", "id,completion").ok()
    assert run.out == clean
    assert code in run.err
    assert fs("check").code == 1


def test_figures_from_before_the_year_do_not_count(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":4,"percent":90}', date="1999-09-02"))
    assert "早于工作期" in fs("check").out
    assert ["4", "0"] in fs("tasks", "-c", "id,completion").rows


def test_what_the_plan_has_no_place_for_can_be_taken_back(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":99,"percent":90}'))
    assert fs("check").code == 1
    (name,) = [row.split('"')[3] for row in fs.ledger.read_text("utf-8").splitlines()]
    fs("progress", "undo", name, "--yes").ok()
    assert fs("check").ok().out == ""
    assert fs("tasks").ok().err == ""


def test_identical_copies_of_a_line_are_no_error(fs: Fs, ledger_of: Write) -> None:
    copied = line('{"task":4,"percent":90}')
    ledger_of(copied, copied)
    run = fs("check").ok()
    assert "提醒[ledger-duplicate-id]" in run.out
    assert fs("tasks").ok().err == ""  # it matters to nobody who asks


def test_of_two_lines_with_one_id_the_one_left_out_is_named(fs: Fs, ledger_of: Write) -> None:
    low = line('{"task":4,"percent":10}')
    ledger_of(low.replace("10}", "90}"), low)
    assert "progress.jsonl:1: 错误[ledger-duplicate-id] 编号与第 2 行重复" in fs("check").out
    assert ["4", "10"] in fs("tasks", "-c", "id,completion").rows


def test_the_last_moment_of_the_calendar_stops_nobody(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":4,"percent":9}', "9999-12-31T23:59:59.999999+00:00"))
    fs("progress", "update", "4", "--percent", "40").ok()


def test_a_line_nested_beyond_reason_is_a_bad_line(fs: Fs, ledger_of: Write) -> None:
    ledger_of('{"x":' + "[" * 200_000 + "]" * 200_000 + "}", line('{"task":1,"percent":7}'))
    run = fs("tasks", "-c", "id,completion").ok()
    assert ["1", "7"] in run.rows
    assert "ledger-not-json" in run.err


@pytest.mark.parametrize("value", ["+-20", "--5", "1²", "²"])
def test_figures_are_not_guessed_at(fs: Fs, value: str) -> None:
    assert fs("progress", "update", "18", f"--value={value}").code == 2
    assert not fs.ledger.exists()


def test_a_percent_sign_is_for_percentages(fs: Fs) -> None:
    run = fs("progress", "update", "18", "--value", "30%")
    assert run.code == 2
    assert "请去掉 %" in run.err


def test_who_reports_is_checked_wherever_it_comes_from(fs: Fs) -> None:
    run = fs("progress", "update", "5", "--value", "50", FS_BY="\x1b[31mx")
    assert run.code == 2
    assert "FS_BY" in run.err


def test_problems_are_one_plain_line_each(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":1,"percent":5,"department":"\\u001b]0;x\\u0007市\\n第二行"}'))
    out = fs("check").out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 1


def test_a_target_beyond_reason_is_told(fs: Fs) -> None:
    for target in ("1e-30", "1e999999"):
        fs.edit_plan("target: 650", f"target: {target}")
        assert "out-of-range" in fs("check").out
        fs.edit_plan(f"target: {target}", "target: 650")


def test_a_date_that_has_not_come_is_told_and_stands_in_nobodys_way(
    fs: Fs, ledger_of: Write
) -> None:
    entry = '{"task":16,"indicator":"食品检验量","value":2}'
    ledger_of(line(entry, date="2031-08-01"))
    run = fs("check")
    assert run.code == 1
    assert "ledger-date-ahead" in run.out
    assert "fs progress undo" in run.out
    fs("progress", "update", "16", "--value", "5.2").ok()


def test_undoing_prints_nothing_that_a_terminal_obeys(fs: Fs, ledger_of: Write) -> None:
    ledger_of(line('{"task":1,"percent":5,"note":"\\u001b]0;x\\u0007好\\n第二行"}'))
    run = fs("progress", "undo", "--yes").ok()
    assert "\x1b" not in run.out + run.err
    assert len(run.out.splitlines()) == 1


def test_a_ledger_put_together_of_files_with_marks_loses_nothing(fs: Fs) -> None:
    one, other = line('{"task":5,"percent":40}'), line('{"task":7,"percent":50}')
    fs.ledger.write_text(f"{one}\n\ufeff{other}\n", "utf-8")
    assert fs("check").ok().err == ""
    assert len(fs.objects("progress", "log")) == 2


INTERRUPTED_AT_THE_DISK = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGINT)
from foodsafety_cli.__main__ import run
run()
"""


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX does")
def test_what_is_interrupted_is_not_recorded(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    before = fs.ledger.read_bytes()
    command = [sys.executable, "-c", INTERRUPTED_AT_THE_DISK, "progress", "undo", "--yes"]
    done = subprocess.run(command, cwd=fs.folder, env=fs.env, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (130, b"")
    assert "已中断" in done.stderr.decode()
    assert fs.ledger.read_bytes() == before
