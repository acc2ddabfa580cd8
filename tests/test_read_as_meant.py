"""Files that other hands and programs make: read as they were meant, or refused with a word."""

import json
import os
import zipfile
import zoneinfo
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs
from tests.test_shared_figures import update


def saved(fs: Fs, name: str, text: str) -> str:
    (fs.folder / name).write_text(text, "utf-8")
    return name


def with_part(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change the bytes of one part of a workbook."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("area", ["P4:P1048576", "A50:XFD1048576"])
def test_cells_merged_to_the_end_are_refused_at_once(fs: Fs, area: str) -> None:
    fs("form", "-d", "城区", "-o", "f.xlsx").ok()
    merged = f'<mergeCell ref="{area}" />'.encode()
    with_part(fs.folder / "f.xlsx", SHEET, b"<mergeCell ", merged + b"<mergeCell ")
    for command in (["progress", "import", "f.xlsx"], ["import", "f.xlsx"]):
        run = fs(*command)
        assert (run.code, f"{area} 等处合并的单元格太多" in run.err) == (3, True)


def test_a_link_over_everything_is_passed_over(fs: Fs) -> None:
    fs("form", "-d", "城区", "-o", "f.xlsx").ok()
    link = b'<hyperlinks><hyperlink ref="A4:XFD1048576" location="x!A1"/></hyperlinks>'
    with_part(fs.folder / "f.xlsx", SHEET, b"<pageMargins", link + b"<pageMargins")
    fs("progress", "import", "f.xlsx").ok()


def test_quotes_in_our_own_table_with_tabs_are_signs_like_others(fs: Fs) -> None:
    update(fs, "1", "--percent", "5", "--note", '"双随机"已完成')
    update(fs, "2", "--percent", "6", "--note", '"未闭合')
    fs("export", "-o", "t.tsv").ok()
    assert "没有填写任何进展" in fs("progress", "import", "t.tsv").ok().out


def test_a_quote_that_is_never_closed_takes_no_row_away(fs: Fs) -> None:
    rows = '序号\t指标\t数值\t进展情况\n1\t\t60\t"未闭合\n2\t\t70\t乙"\n'
    out = fs("progress", "import", saved(fs, "h.tsv", rows), "--dry-run").ok().out
    assert ("完成率 60%" in out, "完成率 70%" in out) == (True, True)


def test_what_a_spreadsheet_holds_together_stays_one_cell(fs: Fs) -> None:
    rows = '序号\t数值\t进展情况\n1\t60\t"第一行\n第二行"\n2\t70\t"有\t制表符"\n'
    fs("progress", "import", saved(fs, "a.tsv", rows)).ok()
    notes = {row["task"]: row["note"] for row in fs.objects("log")}
    assert notes == {1: "第一行\n第二行", 2: "有\t制表符"}


def test_a_quote_that_tears_rows_is_refused(fs: Fs) -> None:
    rows = '序号\t数值\t进展情况\n1\t60\t"第一行\n第二行"\n2\t70\t"坏" 的\n'
    run = fs("progress", "import", saved(fs, "a.tsv", rows))
    assert (run.code, "引号不成对" in run.err) == (3, True)


@pytest.mark.parametrize("command", [("tasks", "-f", "csv"), ("tasks", "-f", "tsv")])
def test_what_a_command_has_listed_is_no_report(fs: Fs, command: tuple[str, ...]) -> None:
    update(fs, "5", "-d", "城区", "--value", "90")
    before = fs.ledger.read_bytes()
    name = saved(fs, f"l.{command[-1]}", fs(*command).ok().out)
    run = fs("progress", "import", name)
    assert (run.code, "程序列出来的表" in run.err) == (3, True)
    assert fs.ledger.read_bytes() == before


def test_what_several_have_reported_is_nobodys_figure(fs: Fs) -> None:
    update(fs, "5", "-d", "城区", "--value", "90")
    before = fs.ledger.read_bytes()
    for form in ("tsv", "csv"):
        name = saved(fs, f"i.{form}", fs("indicators", "-f", form).ok().out)
        assert fs("progress", "import", name).code == 3
    assert fs.ledger.read_bytes() == before


def test_of_two_files_that_contradict_each_other_neither_is_kept(fs: Fs) -> None:
    fs("form", "-d", "城区", "-o", "f.xlsx").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    for name, value in (("城区.xlsx", 5), ("城区(1).xlsx", 5.5)):
        book["填报表"]["H5"] = value
        book.save(fs.folder / name)
    run = fs("progress", "import", "城区.xlsx", "城区(1).xlsx", "--keep-good")
    assert run.err.count("报的是同一项、同一天") == 2
    assert not fs.ledger.exists() or not fs.ledger.read_bytes()


def test_words_that_look_like_a_sign_of_the_format_come_back_as_they_were(fs: Fs) -> None:
    update(fs, "1", "--percent", "5", "--note", "编号_x0041_号")
    fs("export", "-o", "t.xlsx").ok()
    assert "没有填写任何进展" in fs("progress", "import", "t.xlsx").ok().out


def test_figures_on_another_sheet_are_never_passed_over(fs: Fs) -> None:
    fs("form", "-d", "城区", "-o", "f.xlsx").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    other = book.create_sheet("报数")
    other.append(["序号", "指标", "数值"])
    other.append([5, "冷库全覆盖排查", 98])
    book.save(fs.folder / "f.xlsx")
    run = fs("progress", "import", "f.xlsx")
    assert (run.code, "“报数”里也有报数的表" in run.err) == (3, True)


@pytest.mark.parametrize(
    "heading",
    ["数值（单位：批次/千人）", "数值（必填）", "数值(截至9月底)", "数值（计量单位：批次/千人）"],
)
def test_what_stands_beside_a_heading(fs: Fs, heading: str) -> None:
    name = saved(fs, "a.csv", f"序号,指标,{heading}\n16,食品检验量,5.2\n")
    assert "食品检验量 5.2" in fs("progress", "import", name, "--dry-run").ok().out


def test_a_table_without_a_column_for_figures_or_words_is_refused(fs: Fs) -> None:
    name = saved(fs, "a.csv", "序号,指标,累计完成数\n16,食品检验量,5.2\n")
    run = fs("progress", "import", name)
    assert (run.code, "没用到的列：累计完成数" in run.err) == (3, True)


@pytest.mark.parametrize("day", ["2021/9/30 14:30:00", "2021-09-30T00:00:00", "2021-9-30 8:05"])
def test_a_day_with_a_time(fs: Fs, day: str) -> None:
    name = saved(fs, "a.csv", f"序号,指标,数值,日期\n16,食品检验量,5.2,{day}\n")
    fs("progress", "import", name).ok()
    (record,) = fs.objects("log")
    assert record["date"] == "2021-09-30"


def test_a_plan_in_the_ledgers_place_is_no_empty_ledger(fs: Fs) -> None:
    fs.ledger.write_bytes((fs.folder / "plan.yaml").read_bytes())
    for command in (["progress", "--fail-on", "红"], ["progress", "update", "1", "--percent", "5"]):
        assert fs(*command).code == 3


def test_at_the_calendars_end_the_latest_report_stands(fs: Fs) -> None:
    line = {"id": "aa12", "at": "9999-12-31T23:59:59-12:00", "by": "张", "date": "2021-09-30",
            "entries": [{"task": 1, "percent": 50}]}  # fmt: skip
    fs.ledger.write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    for percent in ("55", "57", "58", "59"):
        fs("progress", "update", "1", "--percent", percent).ok()
    assert fs.thing("show", "1")["completion"] == 59
    assert "9999-12-31" in fs("log", TZ="Asia/Shanghai").ok().out


@pytest.mark.parametrize("command", [("log",), ("show", "1"), ("log", "-o", "l.xlsx")])
def test_a_zone_that_cannot_be_is_told(fs: Fs, command: tuple[str, ...]) -> None:
    update(fs, "1", "--percent", "50")
    run = fs(*command, TZ="UTC+25")
    assert (run.code, "不是可用的时区" in run.err) == (2, True)


@pytest.mark.parametrize(
    ("zone", "is_known"),
    [
        ("Asia/Shanghai", True),
        (":Asia/Shanghai", True),
        ("Europe/London", True),
        ("CST-8", True),
        ("UTC", True),
        ("", True),
        ("Mars/Phobos", False),
        ("Shanghai", False),
        (":Asia/Peking", False),
    ],
)
@pytest.mark.skipif(not any(map(os.path.isdir, zoneinfo.TZPATH)), reason="no zones here")
def test_a_zone_that_is_not_known_is_not_taken_for_greenwich(
    fs: Fs, zone: str, *, is_known: bool
) -> None:
    run = fs("progress", "update", "1", "--percent", "5", TZ=zone)
    assert run.code == (0 if is_known else 2), run.err
    assert is_known or f"TZ：“{zone}”不是可用的时区" in run.err
    assert fs.ledger.exists() is is_known


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("start: 2021-01-01, end: 2027-12-31", "有 7 年"),
        ("start: 2024-01-01, end: 2024-12-31", "通知是 2021-07-13 印发的"),
        ("start: 2015-01-01, end: 2015-12-31", "通知是 2021-07-13 印发的"),
    ],
)
def test_a_period_that_nobody_can_have_meant(fs: Fs, period: str, words: str) -> None:
    fs.edit_plan("start: 2021-01-01, end: 2021-12-31", period)
    assert words in fs("check").out


def test_a_full_width_colon_within_braces_is_named(fs: Fs) -> None:
    fs.edit_plan("  - {name: 市市场", "  - {name：市市场")
    out = fs("check").out
    assert "“name”后面的冒号是全角的" in out
    assert out.count("plan.yaml:") == 1


def test_words_of_a_block_are_no_keys(fs: Fs) -> None:
    fs.edit_plan("issuer:", "# issuer: |\n#   {name：做好}\nissuer:")
    fs("check").ok()


def test_a_draft_covers_no_plan_with_a_ledger_and_no_rubric(fs: Fs) -> None:
    notice = saved(fs, "n.txt", "一、任务\n1．做好工作。（县民政局）\n")
    update(fs, "1", "--percent", "5")
    assert fs("import", notice, "-o", "plan.yaml", "--force").code == 2
    saved(fs, "scoring.yaml", "title: 细则\n")
    assert fs("import", notice, "-o", "scoring.yaml", "--force").code == 2


def test_tags_that_only_programs_see_reach_no_output(fs: Fs) -> None:
    update(fs, "2", "--percent", "5", "--note", "a\U000e0041b")
    assert "ab" in fs("log", "2").ok().out
