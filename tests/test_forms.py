"""The forms of an answer: TSV, CSV, JSON, YAML, Markdown; columns, sorting, files."""

import csv
import io
import json
import re

import pytest
import yaml

from tests.commands import LISTINGS, THINGS, names
from tests.conftest import Fs


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
    fields, *parts = busy(*args).ok().out.split("\n\n")  # a blank line before each table
    rows = [line.split("\t") for line in fields.splitlines()]
    assert rows[0] == ["field", "value"]
    assert {row[0] for row in rows[1:]} <= set(data)
    assert all(len(row) == 2 for row in rows)
    assert all("\t" in part for part in parts)
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
    odd = fs("tasks", "-o", "任务.pdf")
    assert (odd.code, odd.out) == (2, "")
    assert ".csv" in odd.err
    assert fs("tasks", "-o", "任务.pdf", "-f", "json").code == 0
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
