"""A ledger that another program has saved: its encoding is named, glued records are read."""

import re
from collections.abc import Callable

import pytest

from tests.conftest import Fs


@pytest.fixture
def two(fs: Fs) -> Fs:
    """A folder with two reports in its ledger."""
    for task, percent in (("10", "40"), ("11", "60")):
        fs("progress", "update", task, "--percent", percent, "--note", "已对接").ok()
    return fs


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("gb18030", "GB18030")],
)
@pytest.mark.parametrize(
    "args",
    [
        ["tasks"],
        ["progress", "--fail-on", "红"],
        ["report", "-o", "报告.md"],
        ["progress", "update", "10", "--percent", "50"],
    ],
    ids=" ".join,
)
def test_another_encoding_is_named_and_never_counts_as_empty(
    two: Fs, encoding: str, name: str, args: list[str]
) -> None:
    content = two.ledger.read_text("utf-8").encode(encoding)
    two.ledger.write_bytes(content)
    run = two(*args)
    assert (run.code, run.out) == (3, "")
    assert f"被存成了 {name}" in run.err
    assert "另存为 UTF-8" in run.err
    assert two.ledger.read_bytes() == content
    assert not (two.folder / "报告.md").exists()


def test_one_damaged_line_is_not_an_encoding(two: Fs) -> None:
    lines = two.ledger.read_bytes().splitlines(keepends=True)
    two.ledger.write_bytes(lines[0] + lines[1].replace("已对接".encode(), b"\xd2\xd1"))
    run = two("tasks").ok()
    assert "progress.jsonl:2" in run.err


def test_lines_added_in_utf_16_are_named(two: Fs) -> None:
    added = '{"id":"a"}\n'.encode("utf-16-le")
    two.ledger.write_bytes(two.ledger.read_bytes() + added)
    assert "PowerShell 的 >>" in two("check").err + two("check").out


def test_a_line_in_gbk_among_others_is_named(two: Fs) -> None:
    first, second = two.ledger.read_bytes().splitlines(keepends=True)
    two.ledger.write_bytes(first + second.decode().encode("gb18030"))
    assert "2: 错误[ledger-not-json] 这一行是 GBK 编码" in two("check").out


def test_records_glued_on_one_line_are_both_read(two: Fs) -> None:
    two.ledger.write_bytes(two.ledger.read_bytes().replace(b"\n", b"") + b"\n")
    two("check").ok()
    told = {row["task"]: row["note"] for row in two.objects("progress", "log")}
    assert told == {10: "已对接", 11: "已对接"}
    two("progress", "undo", "--yes").ok()
    assert two.thing("show", "11")["status"] == "未报"


def test_no_advice_ends_in_deleting_a_report(two: Fs) -> None:
    two.ledger.write_bytes(two.ledger.read_bytes() + b'{"id": nonsense}\n')
    run = two("check")
    assert "删" not in run.out + run.err
    assert "留着这一行" in run.out + run.err


RECORD = (
    '{"id":"%d","at":"2021-09-30T08:00:00+08:00","date":"2021-09-30",'
    '"entries":[{"task":34,"percent":%d}]}'
)


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("[", ",\n", "]\n"),
        ("[\n", ",\n", "\n]\n"),
        ("", ",\n", ",\n"),
        ("", "", "\n"),
        ("", "\r", "\r"),
    ],
)
def test_records_that_were_made_a_list_or_one_line_are_all_read(
    fs: Fs, before: str, between: str, after: str
) -> None:
    records = [RECORD % (n, n) for n in range(1, 100)] + [
        RECORD % (n, 100) for n in range(100, 300)
    ]
    fs.ledger.write_text(before + between.join(records) + after, "utf-8")
    assert len(fs.objects("log")) == 299
    assert fs("check").ok().out == ""
    fs("progress", "update", "34", "--percent", "50", "--allow-decrease").ok()
    assert len(fs.objects("log")) == 300


@pytest.mark.parametrize(
    ("old", "new"),
    [('"', "”"), (",", "，"), ('":', '"：'), ("}]}", "}]"), ('"id"', '"ID"'), ('"', '""')],
)
@pytest.mark.parametrize("count", [3, 6])
def test_a_ledger_of_which_nothing_can_be_read_is_no_empty_one(
    fs: Fs, old: str, new: str, count: int
) -> None:
    records = "\n".join(RECORD % (n, n) for n in range(1, count + 1)) + "\n"
    fs.ledger.write_text(records.replace(old, new), "utf-8")
    for command in (["progress", "--fail-on", "红"], ["progress", "update", "1", "--percent", "5"]):
        run = fs(*command)
        assert (run.code, "一条也读不了" in run.err) == (3, True)


def test_two_torn_lines_are_stepped_over(fs: Fs) -> None:
    torn = RECORD % (1, 1)
    fs.ledger.write_text(f"{torn[:40]}\n{torn[:60]}\n", "utf-8")
    fs("progress", "update", "1", "--percent", "50").ok()
    assert fs.thing("show", "1")["completion"] == 50


def test_a_long_record_behind_a_torn_line_counts(fs: Fs) -> None:
    head = '"id":"a9","at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    long = f'{{{head},"entries":[{{"task":1,"percent":40,"note":"{"长" * 40_000}"}}]}}'
    fs.ledger.write_text(f"{(RECORD % (1, 1))[:40]}\n{long}\n", "utf-8")
    assert fs.thing("show", "1")["completion"] == 40


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("quoted as mail is", lambda text: "".join(f"> {line}\n" for line in text.splitlines())),
        ("numbers as text", lambda text: re.sub('"task":([0-9]+)', r'"task":"\1"', text)),
        ("a capital", lambda text: text.replace('"entries"', '"Entries"')),
        ("numbered", lambda text: "".join(f"1: {line}\n" for line in text.splitlines())),
    ],
)
def test_a_ledger_of_which_nothing_counts_is_not_an_empty_one(
    fs: Fs, what: str, change: Callable[[str], str]
) -> None:
    fs("progress", "update", "1", "--percent", "40").ok()
    fs("progress", "update", "34", "--percent", "10").ok()
    changed = change(fs.ledger.read_text("utf-8"))
    fs.ledger.write_text(changed, "utf-8")
    for command in (
        "progress --fail-on 红",
        "report -o r.md",
        "tasks",
        "show 1",
        "export -o a.csv",
        "progress update 2 --percent 5",
        "log",
    ):
        run = fs(*command.split())
        assert (run.code, run.out) == (3, ""), (what, command, run.err)
        assert "请用原来的台账换回来" in run.err or "没有改动" in run.err
    assert fs.ledger.read_text("utf-8") == changed
    assert not (fs.folder / "r.md").exists()
    assert fs("check").code in (1, 3)
