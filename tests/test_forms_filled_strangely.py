"""Forms that people have filled in or copied strangely: every cell counts, or is told."""

import os

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import Fs, Run


def filled(fs: Fs, cells: dict[str, str | int | bool], sheet: str = "填报表") -> Run:
    fs("form", "-d", "市公安局", "-o", "f.xlsx", "--force").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(fs.folder / "f.xlsx")
    return fs("progress", "import", "f.xlsx", "--dry-run")


@pytest.mark.parametrize(
    "cells",
    [{"H5": 10, "H40": 77}, {"H25000": 5}, {"L25000": "已做", "M25000": "缺人"}, {"H16": 77}],
)
def test_nothing_below_the_foot_is_passed_over(fs: Fs, cells: dict[str, str | int | bool]) -> None:
    run = filled(fs, cells)
    assert (run.code, "这一行在表尾以下" in run.err) == (3, True)


def test_all_that_is_wrong_with_a_row_is_told_at_once(fs: Fs) -> None:
    run = filled(fs, {"H6": 200, "K6": "2021-13-45", "L5": True})
    assert "第 6 行 K 列（日期）" in run.err
    assert "第 6 行 H 列（数值/完成率）：完成率不能超过 100" in run.err
    assert "第 5 行 L 列（进展情况）：成了是或否" in run.err


def test_a_hidden_cell_that_was_emptied_is_read_above(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "f.xlsx").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    book["填报表"]["H5"] = 4
    book["_fs"]["B4"] = None
    book.save(fs.folder / "f.xlsx")
    assert "（市公安局）" in fs("progress", "import", "f.xlsx", "--dry-run").ok().out


def test_a_form_that_says_two_departments_is_refused_whatever_was_emptied(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "f.xlsx").ok()
    book = load_workbook(fs.folder / "f.xlsx")
    book["填报表"]["A1"] = "市商务局　工作填报表"
    for row in book["_fs"].iter_rows(max_col=2):
        if row[0].value == "document_number":
            row[1].value = None
    book["填报表"]["H5"] = 4
    book.save(fs.folder / "f.xlsx")
    run = fs("progress", "import", "f.xlsx")
    assert (run.code, "上面写的是“市商务局”，表里记的是“市公安局”" in run.err) == (3, True)


def test_a_form_on_a_sheet_of_another_name_is_read(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "f.xlsx").ok()
    form, book = load_workbook(fs.folder / "f.xlsx")["填报表"], Workbook()
    sheet = book.worksheets[0]
    for row in form.iter_rows():
        for cell in row:
            sheet[cell.coordinate] = cell.value
    sheet["H5"] = 41
    book.save(fs.folder / "x.xlsx")
    run = fs("progress", "import", "x.xlsx", "--dry-run").ok()
    assert "（市公安局）：未报 → 完成率 41%" in run.out


@pytest.mark.parametrize("row", ["16,食品检验量,4,#REF!", "16,食品检验量,#N/A,有"])
def test_a_spreadsheets_error_in_a_text_file_is_one(fs: Fs, row: str) -> None:
    (fs.folder / "a.csv").write_text(f"序号,指标,数值,进展情况\n{row}\n", "utf-8")
    run = fs("progress", "import", "a.csv")
    assert (run.code, "是错误值 #" in run.err) == (2, True)


def test_what_a_mac_leaves_and_hidden_files_are_passed_over(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "f").ok()
    for name in ("._市公安局.xlsx", ".旧.xlsx"):
        (fs.folder / "f" / name).write_bytes(b"no workbook")
    run = fs("progress", "import", "f").ok()
    assert "是苹果电脑附带的文件" in run.err
    assert "是隐藏文件，没有读" in run.err


def test_a_day_of_saving_outside_the_year_is_told(fs: Fs) -> None:
    path = fs.folder / "d.csv"
    path.write_text("序号,单位,数值\n34,高平市,66\n", "utf-8")
    os.utime(path, (1_608_400_000, 1_608_400_000))  # in December 2020
    run = fs("progress", "import", "d.csv").ok()
    assert "记在今天：文件存盘那天 2020-12-" in run.err
