"""An exported ledger (台账) that is handed in again: only what was changed in it counts."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs, Run


def test_an_old_copy_brings_nothing_back(fs: Fs) -> None:
    fs("progress", "update", "7", "--percent", "75", "--date", "2021-08-30").ok()
    fs("progress", "update", "38", "-i", "整改率", "--value", "97", "--date", "2021-08-30").ok()
    fs("progress", "update", "34", "-d", "阳城", "--percent", "50", "--note", "已巡查").ok()
    fs("progress", "update", "2", "--percent", "66", "--note", "写错了").ok()
    fs("export", "-o", "旧.xlsx").ok()
    fs("export", "-o", "旧.csv").ok()
    fs("export", "--as-of", "2021-08-31", "-o", "八月.csv").ok()
    fs("progress", "undo", "--yes").ok()
    fs("progress", "update", "7", "--percent", "90").ok()
    fs("progress", "update", "38", "-i", "整改率", "--value", "99").ok()
    fs("progress", "update", "34", "-d", "阳城", "--percent", "66", "--note", "新增巡查").ok()
    before = fs.ledger.read_bytes()
    for name in ("旧.xlsx", "旧.csv", "八月.csv"):
        run = fs("progress", "import", name).ok()
        assert fs.ledger.read_bytes() == before, name
    assert "写的是以前的，后来已经改报或撤回，没有当作改动" in run.err
    text = (fs.folder / "旧.csv").read_text("utf-8-sig").replace("75.0%", "80.0%")
    (fs.folder / "旧.csv").write_text(text, "utf-8")
    run = fs("progress", "import", "旧.csv", "--allow-decrease").ok()
    assert "已记录 1 条" in run.out
    assert fs.thing("show", "7")["completion"] == 80


def test_one_departments_list_is_rounded_and_comes_back_unchanged(fs: Fs) -> None:
    for name, value in (("核查处置率", "107/109"), ("按时完成率", "181/211")):
        fs("progress", "update", "16", "-i", name, "--value", value).ok()
    columns = ("-c", "指标,完成值")
    told = fs("export", "-d", "市市场监督管理局", "-f", "csv", *columns).ok().out
    assert "核查处置率,98.17" in told
    assert "按时完成率,85.78" in told
    fs("export", "-d", "市市场监督管理局", "-o", "单.xlsx").ok()
    assert "没有填写任何进展" in fs("progress", "import", "单.xlsx").ok().out


Edit = Callable[[Any, Callable[[int, str], Any]], object]


def edited(fs: Fs, edit: Edit, *args: str) -> Run:
    """The ledger as it is exported, edited, and handed in again."""
    fs("progress", "update", "7", "--percent", "75", "--note", "已对接").ok()
    fs("progress", "update", "16", "-i", "食品检验量", "--value", "5.2").ok()
    fs("export", "-o", "台账.xlsx", "--force").ok()
    book = load_workbook(fs.folder / "台账.xlsx")
    page: Any = book.active
    heads = {cell.value: cell.column for cell in page[2]}

    def cell(task: int, heading: str) -> Any:
        row = next(row for row in page.iter_rows(min_row=3) if row[0].value == task)
        return page.cell(row[0].row, heads[heading])

    edit(book, cell)
    book.save(fs.folder / "改.xlsx")
    return fs("progress", "import", "改.xlsx", *args)


def written(fs: Fs, *notes: str) -> None:
    """Words on task 7, one after the other, all of them long before the day of the export."""
    for day, words in enumerate(notes, 1):
        line = {"id": f"a{day}", "at": f"2021-09-0{day}T08:00:00+08:00", "by": "张三",
                "date": f"2021-09-0{day}", "entries": [{"task": 7, "note": words}]}  # fmt: skip
        with fs.ledger.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def put(heading: str, value: object, task: int = 7) -> Edit:
    return lambda _, cell: setattr(cell(task, heading), "value", value)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (put("完成率", "=40+40"), "还没有算出值的公式"),
        (put("完成率", "#N/A"), "是错误值 #N/A"),
        (put("进展情况", dt.datetime(2021, 3, 5)), "成了日期"),
        (put("序号", None), "没有写任务序号"),
    ],
)
def test_its_cells_are_read_as_those_of_a_form(fs: Fs, edit: Edit, words: str) -> None:
    run = edited(fs, edit)
    assert (run.code, words in run.err) == (2, True), run.err
    assert len(fs.reported()) == 2


def test_a_heading_twice_a_merged_cell_and_two_sheets_are_refused(fs: Fs) -> None:
    def twice(book: Any, _: object) -> None:
        book.active.cell(2, 30).value = "完成率"

    def merged(book: Any, _: object) -> None:
        book.active.merge_cells("A5:A6")

    def copied(book: Any, _: object) -> None:
        book.copy_worksheet(book.active)

    for edit, words in (
        (twice, "几列都叫“完成率”"),
        (merged, "A5:A6）是合并的单元格"),
        (copied, "都是台账，请只留改好的那一张"),
    ):
        run = edited(fs, edit)
        assert (run.code, words in run.err) == (3, True), run.err


def test_it_is_found_behind_another_sheet_and_its_noise_is_told(fs: Fs) -> None:
    def edit(book: Any, cell: Callable[[int, str], Any]) -> None:
        book.create_sheet("说明", 0).append(["请各位核对"])
        cell(7, "完成率").value = 200 / 3 + 20
        cell(3, "亮灯").value = "绿"
        cell(16, "完成率").value = 99
        book["台账"].cell(2, 30).value = "备注"
        book["台账"].cell(4, 30).value = "已核"

    run = edited(fs, edit)
    assert (run.code, "已记录 1 条" in run.out) == (0, True), run.err
    assert fs.thing("show", "7")["completion"] == 86.67
    assert "取六位小数，作 86.666667" in run.err
    assert "没用到的列：备注" in run.err
    assert "“亮灯”列、" in run.err
    assert "和台账不一样，没有记：这些列不是填报的" in run.err


def test_an_emptied_cell_takes_nothing_back_and_is_told(fs: Fs) -> None:
    written(fs, "已对接")
    run = edited(fs, put("进展情况", None))
    assert "没有填写任何进展" in run.out
    assert "“进展情况”列空着，没有当作改动；要撤回请用 fs progress undo" in run.err


def test_the_ledger_of_another_plan_is_refused(fs: Fs) -> None:
    run = edited(fs, lambda book, _: book.active.cell(1, 1).__setattr__(
        "value", "别的市2021年安排　工作台账（截至 2021-09-30）"))  # fmt: skip
    assert run.code == 3
    assert "是另一份安排的台账（别的市2021年安排）" in run.err


def test_words_that_go_back_to_what_stood_before_the_export_are_a_change(fs: Fs) -> None:
    written(fs, "已对接", "尚未对接")
    fs("export", "-o", "台账.xlsx").ok()
    book = load_workbook(fs.folder / "台账.xlsx")
    page: Any = book.active
    (cell,) = (cell for row in page.iter_rows() for cell in row if cell.value == "尚未对接")
    cell.value = "已对接"
    book.save(fs.folder / "改.xlsx")
    assert "已记录 1 条" in fs("progress", "import", "改.xlsx").ok().out


def test_a_title_with_no_day_and_words_like_numbers_end_in_no_traceback(fs: Fs) -> None:
    def edit(book: Any, cell: Callable[[int, str], Any]) -> None:
        title = book.active.cell(1, 1)
        title.value = title.value.replace("2021-09-30", "2021-13-45")
        cell(7, "完成率").value = "Infinity%"
        cell(3, "进展情况").value = "NaN"

    run = edited(fs, edit)
    assert (run.code, len(fs.reported())) == (2, 2)
    assert "“完成率”列：" in run.err


def test_the_table_for_scripts_comes_back_too(fs: Fs) -> None:
    fs("progress", "update", "16", "-i", "食品检验量", "--value", "5", "--note", "抽检").ok()
    fs("export", "-o", "t.tsv").ok()
    assert "没有填写任何进展" in fs("progress", "import", "t.tsv").ok().out
    path = fs.folder / "t.tsv"
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    changed = [s.replace("\t5\t", "\t5.7\t") if "食品检验量" in s else s for s in lines]
    path.write_text("".join(changed), "utf-8")
    run = fs("progress", "import", "t.tsv", "--dry-run").ok()
    assert "食品检验量 5 → 食品检验量 5.7" in run.out or "食品检验量 5 → 5.7" in run.out


def test_every_column_of_the_table_for_scripts_is_known(fs: Fs) -> None:
    fs("progress", "update", "16", "-i", "食品检验量", "--value", "5", "--note", "抽检").ok()
    fs("export", "--all-columns", "-o", "t.tsv").ok()
    assert "没用到的列" not in fs("progress", "import", "t.tsv").ok().err


@pytest.mark.parametrize(("more", "code"), [(50, 0), (60, 2)])
def test_a_figure_filled_down_beside_parted_words(fs: Fs, more: int, code: int) -> None:
    fs("progress", "update", "24", "--percent", "40", "--note", "长" * 2000).ok()
    fs("export", "-o", "t.xlsx").ok()
    book = load_workbook(fs.folder / "t.xlsx")
    sheet: Any = book.active
    heads = [cell.value for cell in sheet[2]]
    rows = [row for row in sheet.iter_rows(min_row=3) if row[0].value == 24]
    assert len(rows) > 1
    for n, row in enumerate(rows):
        row[heads.index("完成率")].value = more if n else 50
    book.save(fs.folder / "t.xlsx")
    run = fs("progress", "import", "t.xlsx")
    assert run.code == code
    assert ("续行里只有文字" in run.err) is bool(code)


def test_numbers_that_were_sorted_alone_are_found_out(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "40", "--date", "2021-09-01").ok()
    fs("export", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    sheet = book.worksheets[0]
    sheet["A3"], sheet["A4"] = sheet["A4"].value, sheet["A3"].value
    book.save(fs.folder / "b.xlsx")
    before = fs.ledger.read_bytes()
    run = fs("progress", "import", "b.xlsx")
    assert (run.code, "这里写的是任务 1" in run.err) == (2, True)
    assert fs.ledger.read_bytes() == before
