"""The self-marking form (自评表): out to each department, and back."""

import datetime as dt
import json
from typing import Any

from openpyxl import load_workbook

from tests.conftest import Fs


def filled(office: Fs, name: str, **cells: Any) -> str:
    book = load_workbook(office.folder / "自评表" / "阳城县.xlsx")
    for place, value in cells.items():
        book["自评表"][place] = value
    book.save(office.folder / name)
    return name


def row_of(office: Fs, item: str) -> int:
    sheet = load_workbook(office.folder / "自评表" / "阳城县.xlsx")["自评表"]
    return next(int(r[0].row) for r in sheet.iter_rows(min_row=4) if r[0].value == item)


def test_forms_go_out_and_come_back_once(office: Fs) -> None:
    assert "自评表 33 张" in office("score", "form", "-o", "自评表").ok().err
    row = row_of(office, "3.1")
    name = filled(office, "交.xlsx", **{f"G{row}": 4.5, f"I{row}": "纪要.docx；通知"})
    assert "已记录自评 1 条" in office("score", "import", name).ok().out
    assert "1 条与此前相同" in office("score", "import", name).ok().out
    (told,) = [r for r in office.objects("score", "阳城县") if r["item"] == "3.1"]
    assert (told["got"], told["marks"]) == (4.5, ["自评4.5"])
    assert told["evidence"] == ["纪要.docx", "通知"]


def test_a_form_with_a_fault_records_nothing(office: Fs) -> None:
    office("score", "form", "-o", "自评表").ok()
    one, two = row_of(office, "3.1"), row_of(office, "3.2")
    before = office.ledger.read_bytes()
    name = filled(office, "错.xlsx", **{f"G{one}": 4, f"G{two}": "很多"})
    run = office("score", "import", name)
    assert (run.code, f"错.xlsx 自评表 第 {two} 行 “自评分”列：“很多”不是数字" in run.err) == (
        2,
        True,
    )
    unread = filled(office, "式.xlsx", **{f"G{one}": 4, f"G{two}": "=2+2"})
    run = office("score", "import", unread)
    assert (
        run.code,
        f"式.xlsx 自评表 第 {two} 行 “自评分”列：是还没有算出值的公式" in run.err,
    ) == (2, True)
    over = filled(office, "超.xlsx", **{f"G{one}": 9})
    assert "满分 5 分" in office("score", "import", over).err
    office.edit_plan("document_number: 晋市政办〔2021〕", "document_number: 晋市政办〔2022〕")
    assert (
        "另一份安排" in office("score", "import", filled(office, "旧.xlsx", **{f"G{one}": 4})).err
    )
    assert office.ledger.read_bytes() == before


def test_its_columns_are_found_by_their_headings(office: Fs) -> None:
    office("score", "form", "-o", "自评表").ok()
    row = row_of(office, "3.1")
    book = load_workbook(office.folder / "自评表" / "阳城县.xlsx")
    sheet = book["自评表"]
    sheet.insert_cols(7)
    sheet.cell(row, 8).value = 4.5
    book.save(office.folder / "加列.xlsx")
    assert "已记录自评 1 条" in office("score", "import", "加列.xlsx").ok().out
    (told,) = [r for r in office.objects("score", "阳城县") if r["item"] == "3.1"]
    assert told["marks"] == ["自评4.5"]


def test_headings_that_are_missing_or_twice_and_days_for_words_are_refused(office: Fs) -> None:
    office("score", "form", "-o", "自评表").ok()
    row = row_of(office, "3.1")
    for cells, code, words in (
        ({"G3": "分数"}, 3, "缺少“自评分”"),
        ({"K3": "自评分"}, 3, "几列都叫“自评分”"),
        ({f"G{row}": 4, f"J{row}": dt.datetime(2021, 3, 5)}, 2, "“说明”列：成了日期"),
    ):
        run = office("score", "import", filled(office, "错.xlsx", **cells))
        assert (run.code, words in run.err) == (code, True), run.err
    assert not [line for line in office.reported() if "mark" in json.dumps(line)]


def test_what_was_taken_back_does_not_come_back(office: Fs) -> None:
    office("score", "form", "-o", "自评表").ok()
    name = filled(office, "交.xlsx", **{f"G{row_of(office, '3.1')}": 4.33333333333})
    assert "取六位小数，作 4.333333" in office("score", "import", name).ok().err
    office("progress", "undo", office.reported()[-1]["id"], "--yes").ok()
    run = office("score", "import", name).ok()
    assert "已记录自评 0 条" in run.out
    assert "以前导入过的，后来撤回了，没有再记" in run.err


def test_a_form_that_names_two_departments_is_refused(office: Fs) -> None:
    office("score", "form", "-o", "自评表").ok()
    cells = {f"G{row_of(office, '3.1')}": 4, "A1": "城区　评议考核自评表"}
    before = office.ledger.read_bytes()
    run = office("score", "import", filled(office, "交.xlsx", **cells))
    assert (run.code, "自相矛盾" in run.err) == (3, True)
    assert office.ledger.read_bytes() == before


def test_a_form_is_a_workbook(office: Fs) -> None:
    run = office("score", "form", "-d", "城区", "-o", "城区.docx")
    assert (run.code, (office.folder / "城区.docx").exists()) == (2, False)
