"""`fs export`: the ledger as officers keep it, in every form."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from foodsafety_cli.documents.cells import joined, page_ends
from tests.conftest import Fs
from tests.offices import converted, needs_libreoffice

PLAN = "晋城市2021年食品安全重点工作安排"
HEADINGS = re.split(
    " ",
    "序号 章节 任务 牵头单位 责任单位 配合单位 指标 目标值 计量单位 完成值 数的说明 完成率 "
    "完成时限 状态 亮灯 进展情况 存在问题 下步措施 佐证材料 填报日期",
)


@pytest.fixture
def told(fs: Fs) -> Fs:
    """A folder where figures and words were reported, some taken back, some by one of many."""
    report = ("progress", "update")
    words = ("--problems", "人手不足", "--next-steps", "增派人员", "--evidence", "清单.xlsx")
    fs(*report, "16", "--value", "5.2", "--note", "=1+1", *words, "--date", "2021-09-01").ok()
    fs(*report, "34", "--dept", "阳城", "--percent", "80", "--note", "已对接").ok()
    fs(*report, "34", "--dept", "城区", "--note", "刚起步").ok()
    fs(*report, "1", "--percent", "70", "--note", "写错了").ok()
    fs("progress", "undo", "--yes").ok()
    return fs


def sheet(fs: Fs, *args: str) -> Any:
    fs("export", "-o", "台账.xlsx", "--force", *args).ok()
    return load_workbook(fs.folder / "台账.xlsx").active


def rows(opened: Any) -> list[dict[str, Any]]:
    head, *body = [[cell.value for cell in cells] for cells in opened.iter_rows(min_row=2)]
    return [dict(zip(head, row, strict=True)) for row in body]


def test_the_columns_officers_expect(told: Fs) -> None:
    opened = sheet(told, "--all-columns")
    assert [cell.value for cell in opened[2]] == HEADINGS
    left_out = ("章节", "配合单位", "佐证材料", "填报日期")
    fewer = [heading for heading in HEADINGS if heading not in left_out]
    assert [cell.value for cell in sheet(told)[2]] == fewer
    assert opened["A1"].value == f"{PLAN}　工作台账（截至 2021-09-30）"
    without = [task for task in told.objects("tasks") if not task["indicators"]]
    assert len(rows(opened)) == len(without) + 22, "a row an indicator, or a task without"


def test_a_row_says_all_there_is(told: Fs) -> None:
    (row,) = [row for row in rows(sheet(told, "--all-columns")) if row["指标"] == "食品检验量"]
    assert row["序号"] == 16
    assert (row["目标值"], row["计量单位"], row["完成值"]) == (6, "批次/千人", 5.2)
    assert row["完成率"] == 86.7
    assert (row["状态"], row["亮灯"]) == ("推进中", "红")
    assert (row["进展情况"], row["存在问题"], row["下步措施"]) == ("=1+1", "人手不足", "增派人员")
    assert row["佐证材料"] == "清单.xlsx"
    assert row["填报日期"] == dt.datetime(2021, 9, 1)


def test_the_words_of_several_bodies_stand_together_and_what_was_taken_back_is_gone(
    told: Fs,
) -> None:
    by_id = {row["序号"]: row for row in rows(sheet(told))}
    assert by_id[34]["进展情况"] == "阳城县：已对接；城区：刚起步"
    assert by_id[1]["进展情况"] is None


def test_as_of_an_earlier_day(told: Fs) -> None:
    by_id = {row["序号"]: row for row in rows(sheet(told, "--as-of", "2021-09-10"))}
    assert by_id[34]["进展情况"] is None
    assert by_id[34]["状态"] == "未报"


def test_text_is_never_a_formula(told: Fs) -> None:
    cell = next(c for row in sheet(told).iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s"
    assert "'=1+1" in told("export", "-f", "csv").ok().out


@pytest.mark.parametrize("name", ["单子.xlsx", "单子.HTML"])
def test_every_listing_can_be_a_workbook_or_a_page(fs: Fs, name: str) -> None:
    for args in (["tasks", "-d", "市公安局"], ["due"], ["depts", "阳城县"], ["progress"]):
        fs(*args, "-o", name, "--force").ok()
        content = (fs.folder / name).read_bytes()
        assert content.startswith(b"PK" if name.endswith("xlsx") else b"<!")
    assert "后缀看不出格式" in fs("tasks", "-o", "单子.doc").err


def test_what_people_edit_is_not_covered_unasked(fs: Fs) -> None:
    for args in (
        ["tasks", "-o", "单.xlsx"],
        ["export", "-o", "台账.xlsx"],
        ["report", "-o", "报告.docx"],
        ["report", "-o", "报告.md"],
    ):
        fs(*args).ok()
        before = (fs.folder / args[-1]).read_bytes()
        run = fs(*args)
        assert (run.code, run.out) == (4, "")
        assert "--force" in run.err
        assert (fs.folder / args[-1]).read_bytes() == before
        fs(*args, "--force").ok()
    # by whatever form it would be covered
    for args in (
        ["export", "-f", "csv", "-o", "台账.xls"],
        ["show", "16", "-f", "json", "-o", "佐证.pdf"],
        ["export", "-o", "报告.md"],
        ["show", "16", "-o", "报告.md"],
    ):
        (fs.folder / args[-1]).write_bytes("# 改过的\n".encode())
        run = fs(*args)
        assert (run.code, run.out, "--force" in run.err) == (4, "", True), args
        assert (fs.folder / args[-1]).read_bytes() == "# 改过的\n".encode()
        fs(*args, "--force").ok()
    for own in ("## 三季度汇报\n\n局长审定稿\n", "| 单 |\n|---|\n\n局长批示\n"):
        (fs.folder / "汇报.md").write_text(own, "utf-8")
        assert (fs("tasks", "-o", "汇报.md").code, fs("show", "16", "-o", "汇报.md").code) == (4, 4)
        assert (fs.folder / "汇报.md").read_text("utf-8") == own
    for name in ("单.csv", "单.json", "单.html", "单.md"):
        fs("tasks", "-o", name).ok()
        fs("tasks", "-o", name).ok()


@pytest.mark.parametrize("form", ["xlsx", "HTML"])
def test_a_form_only_files_have_is_said_to_be_one(told: Fs, form: str) -> None:
    run = told("export", "-f", form)
    assert (run.code, run.out) == (2, "")
    assert f"“{form}”只能存成文件，请写 fs export -o 台账.{form.lower()}" in run.err


def test_the_light_has_its_colour_and_its_word(told: Fs) -> None:
    opened = sheet(told)
    assert {row["亮灯"] for row in rows(opened)} == {"红", "灰"}
    (area,) = opened.conditional_formatting
    letter = next(cell.column_letter for cell in opened[2] if cell.value == "亮灯")
    assert str(area.sqref) == f"{letter}3:{letter}{opened.max_row}"
    colours = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for rule in area.rules}
    assert colours['"红"'] == "00F4B183"
    assert set(colours) == {'"绿"', '"黄"', '"红"', '"灰"'}


def test_it_prints_on_a3_with_its_head_on_every_page(told: Fs) -> None:
    opened = sheet(told)
    assert (opened.page_setup.orientation, opened.page_setup.paperSize) == ("landscape", 8)
    assert opened.print_title_rows == "$2:$2"
    assert opened.freeze_panes == "A3"


def test_a_departments_own_list(told: Fs) -> None:
    opened = sheet(told, "--dept", "市公安局", "--role", "牵头")
    assert opened["A1"].value == f"{PLAN}　市公安局责任清单（截至 2021-09-30）"
    assert "角色" in [cell.value for cell in opened[2]]
    assert len(rows(opened)) == len(told.objects("tasks", "--dept", "市公安局", "--role", "牵头"))


def test_a_departments_own_list_has_its_own_words_and_figures(told: Fs) -> None:
    update = ("progress", "update", "34")
    told(*update, "-d", "城区", "--percent", "50", "--note", "城区的话").ok()
    (own,) = [r for r in rows(sheet(told, "-d", "城区")) if r["序号"] == 34]
    assert (own["完成率"], own["进展情况"]) == (50, "城区：城区的话")
    (other,) = [r for r in rows(sheet(told, "-d", "高平市")) if r["序号"] == 34]
    assert (other["完成率"], other["进展情况"]) == (None, None)


def test_words_too_long_for_a_cell_go_on_in_the_next_row(fs: Fs) -> None:
    words = "很长的话" * 400
    line = {"id": "a", "at": "2021-09-01T08:00:00+08:00", "date": "2021-09-01",
            "entries": [{"task": 1, "percent": 5, "note": words}]}  # fmt: skip
    fs.ledger.write_text(json.dumps(line) + "\n")
    opened = sheet(fs, "--search", "追溯平台")
    whole = [row["进展情况"] for row in rows(opened)]
    found = [words for words in whole if words and "很长" in words]
    assert joined(found) == words
    assert [part.endswith("（下行续）") for part in found] == [*[True] * (len(found) - 1), False]
    heights = [opened.row_dimensions[n].height for n in range(3, 3 + len(found))]
    assert len(found) > 2
    assert max(heights) <= 400
    before = fs.ledger.read_bytes()
    fs("progress", "import", "台账.xlsx").ok()
    assert fs.ledger.read_bytes() == before, "handed in again, it is one text"
    book = load_workbook(fs.folder / "台账.xlsx")
    page: Any = book.active
    values = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    for number, row in enumerate(reversed(values), 3):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value
    book.save(fs.folder / "排过序.xlsx")
    fs("progress", "import", "排过序.xlsx").ok()
    assert fs.ledger.read_bytes() == before, "in whatever order its rows stand"
    page.delete_rows(3 + [row[0] for row in reversed(values)].index(1))
    book.save(fs.folder / "缺一行.xlsx")
    run = fs("progress", "import", "缺一行.xlsx")
    assert (run.code, fs.ledger.read_bytes()) == (2, before)
    assert "前后几段不全" in run.err


def test_nine_points_is_the_least_in_print(told: Fs) -> None:
    for args in ((), ("--all-columns",), ("-d", "市监局")):
        opened = sheet(told, *args)
        wide = sum(column.width for column in opened.column_dimensions.values())
        assert wide <= 181 / 0.9 + 0.01, "what A3 holds where ten points become nine"


def test_the_filters_and_columns_are_those_of_every_list(told: Fs) -> None:
    assert [row["序号"] for row in rows(sheet(told, "--status", "推进中"))] == [16, 16, 16, 34]
    chosen = sheet(told, "-c", "id,title", "--sort", "-id")
    assert [cell.value for cell in chosen[2]] == ["序号", "任务"]
    assert chosen["A3"].value == 59


@pytest.mark.parametrize("form", ["csv", "json", "yaml", "md", "tsv"])
def test_the_other_forms(told: Fs, form: str) -> None:
    out = told("export", "-f", form, "--indicator", "食品检验量").ok().out
    assert "人手不足" in out


def test_a_page_of_its_own(told: Fs) -> None:
    told("export", "-o", "台账.html", "--search", "抽检").ok()
    page = (told.folder / "台账.html").read_text("utf-8")
    assert '<td class="light 红">红</td>' in page
    assert "http" not in page.replace("http-equiv", ""), "nothing is fetched"


def test_a_page_escapes_what_people_wrote(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "5", "--note", "<script>alert(1)</script>&").ok()
    fs("export", "-o", "台账.html").ok()
    page = (fs.folder / "台账.html").read_text("utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page


def test_what_cannot_be(told: Fs) -> None:
    assert told("export", "-o", "台账.xlsx", "-f", "json").code == 2
    assert told("export", "-o", "台账.pdf").code == 2
    assert told("export", "-o", "没有/台账.xlsx").code == 4
    assert told("export", "-o", "台账.xlsx", "-c", "没有").code == 2
    assert not (told.folder / "台账.xlsx").exists()


@needs_libreoffice
def test_libreoffice_opens_it(told: Fs, tmp_path: Path) -> None:
    sheet(told)
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    text = converted(told.folder / "台账.xlsx", as_csv, tmp_path).read_text("utf-8")
    assert "食品检验量,6,批次/千人,5.2,,86.7%,2021-12-31,推进中,红,=1+1,人手不足" in text


def test_an_odd_ending_is_told_with_all_that_export_has(fs: Fs) -> None:
    run = fs("export", "-o", "台账.pdf")
    assert (run.code, run.out) == (2, "")
    assert all(ending in run.err for ending in (".xlsx", ".html", ".csv", ".md"))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_exported_ledger_that_comes_back_unchanged_reports_nothing(
    told: Fs, ending: str
) -> None:
    before = told.ledger.read_bytes()
    for args in ((), ("--all-columns",)):
        told("export", "-o", f"台账.{ending}", "--force", *args).ok()
        assert "没有填写任何进展" in told("progress", "import", f"台账.{ending}").ok().out
    assert told.ledger.read_bytes() == before


def test_what_was_changed_in_it_goes_where_it_came_from(told: Fs) -> None:
    told("export", "-o", "台账.xlsx").ok()
    book = load_workbook(told.folder / "台账.xlsx")
    page: Any = book.active
    heads = {cell.value: cell.column for cell in page[2]}
    for row in page.iter_rows(min_row=3):
        if row[0].value == 3:
            page.cell(row[0].row, heads["完成率"]).value = 45
            page.cell(row[0].row, heads["进展情况"]).value = "新的话"
        if row[heads["指标"] - 1].value == "风险监测":
            page.cell(row[0].row, heads["完成值"]).value = 300
    book.save(told.folder / "改.xlsx")
    assert "已记录 2 条" in told("progress", "import", "改.xlsx").ok().out
    lines = [line for line in told.reported() if "entries" in line]
    entries = {e["task"]: e for line in lines for e in line["entries"]}
    assert (entries[3]["percent"], entries[3]["note"]) == (45, "新的话")
    assert (entries[18]["indicator"], entries[18]["value"]) == ("风险监测", 300)


def test_a_departments_list_that_comes_back_is_its_own(told: Fs) -> None:
    told("export", "--dept", "城区", "-o", "城区.xlsx").ok()
    book = load_workbook(told.folder / "城区.xlsx")
    page: Any = book.active
    heads = {cell.value: cell.column for cell in page[2]}
    for row in page.iter_rows(min_row=3):
        if row[0].value == 34:
            page.cell(row[0].row, heads["完成率"]).value = 70
    book.save(told.folder / "改.xlsx")
    assert "已记录 1 条" in told("progress", "import", "改.xlsx").ok().out
    (entry,) = told.reported()[-1]["entries"]
    assert (entry["task"], entry["department"], entry["percent"]) == (34, "城区", 70)
    told("export", "--dept", "城区", "-o", "城区.csv").ok()
    run = told("progress", "import", "城区.csv")
    assert (run.code, "请交回 .xlsx" in run.err) == (3, True)


@pytest.mark.parametrize("name", ["进度.html", "进度.xlsx"])
def test_the_total_stands_below_in_files_too(told: Fs, name: str) -> None:
    told("progress", "-o", name).ok()
    if name.endswith("html"):
        last = (told.folder / name).read_text("utf-8").rpartition("<tr")[2]
        assert "合计" in last
    else:
        opened: Any = load_workbook(told.folder / name).active
        assert "合计" in [cell.value for cell in opened[opened.max_row]]


def test_an_indicators_row_says_what_is_expected_of_it(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    rows = [row for row in fs.objects("export") if row["id"] == 16]
    known = {row["name"]: row for row in fs.objects("indicators")}
    for row in rows:
        meant = known[row["indicator"]]
        assert [row[field] for field in ("expected", "reported", "silent")] == [
            meant[field] for field in ("expected", "reported", "silent")
        ]


def test_a_day_has_room_in_a_wide_ledger(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    fs("export", "--all-columns", "-o", "台账.xlsx").ok()
    sheet = load_workbook(fs.folder / "台账.xlsx").worksheets[0]
    days = {c.column_letter for row in sheet for c in row if isinstance(c.value, dt.date)}
    assert days
    for letter in days:
        assert sheet.column_dimensions[letter].width >= 12, letter


def test_the_first_pages_are_full_and_none_holds_one_row_alone() -> None:
    assert page_ends([20, *[10] * 12], 1, 13, 80) == [7], "six rows and the head, then the rest"
    assert page_ends([20, *[10] * 7], 1, 8, 80) == [6], "two rows on the second page, not one"
