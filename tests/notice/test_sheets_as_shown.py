"""Sheets and pages as shown: formats, what is hidden or struck out, bytes of another charset."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.reading import read_lines


def sheet(*rows: list[Any], change: Callable[[Any], None] = lambda _: None) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["序号", "任务", "责任单位", "时限"], *rows):
        page.append(row)
    change(page)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def told(content: bytes) -> list[str]:
    return [line.text for line in read_lines(content)]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.975, "0.0%", "97.5%"),
        (97.5, '0.0"%"', "97.5%"),
        (5.2, '0.0"批次/千人"', "5.2批次/千人"),
        (1200, '#,##0"人"', "1200人"),
        (40, '"不少于"0"场"', "不少于40场"),
        (40, "General", "40"),
        (40, "_-* #,##0_-;[红色]-0", "40"),
        (dt.date(2025, 6, 1), 'yyyy"年"m"月"', "2025年6月"),
        (dt.date(2025, 9, 1), 'm"月"', "9月"),
        (dt.date(2025, 9, 1), "yyyy/m/d", "2025年09月01日"),
        (dt.date(2025, 6, 30), 'yyyy"年底前"', "2025年底前"),
        (8, 'General"家"', "8家"),
        (8, 'G/通用格式"家"', "8家"),
        (123456, '0!.0,"万元"', "123456"),
        (12345678, '0.0,,"百万元"', "12345678"),
        (123456, '#,##0"元"', "123456元"),
    ],
)
def test_a_cell_is_what_its_format_shows(value: Any, form: str, shown: str) -> None:
    def change(page: Any) -> None:
        page["B2"].number_format = form

    content = sheet([1, value, "市水利局", ""], [2, "清淤", "市水利局", ""], change=change)
    assert told(content)[0] == shown


def test_what_is_struck_out_is_out() -> None:
    rich = CellRichText(
        TextBlock(InlineFont(strike=True), "市旧局、"), TextBlock(InlineFont(), "市水利局")
    )

    def change(page: Any) -> None:
        page["D2"].font = Font(strike=True)

    assert told(sheet([1, "清淤", rich, "6月"], change=change)) == ["清淤", "责任单位：市水利局"]


def test_what_is_hidden_is_left_out_and_told() -> None:
    def change(page: Any) -> None:
        page.row_dimensions[3].hidden = True
        page.column_dimensions["C"].hidden = True
        page["C1"], page["D1"] = "配合单位", "责任单位"

    rows = ([1, "清淤", "市旧局", "市水利局"], [2, "护坡", "市旧局", "市水利局"])
    lines = read_lines(sheet(*rows, change=change))
    assert [line.text for line in lines if not line.lost] == ["清淤", "责任单位：市水利局"]
    assert [line.text for line in lines if line.lost] == [
        "隐藏的第3行：2护坡市旧局 市水利局",
        "隐藏的第3列：配合单位",
    ]


def test_a_hidden_first_column_is_told() -> None:
    def change(page: Any) -> None:
        page.insert_rows(1)
        page["A1"] = "某县任务表"
        page.merge_cells("A1:D1")
        page.column_dimensions["A"].hidden = True

    lines = read_lines(sheet(["清淤", "先查后清", "市水利局", ""], change=change))
    assert [line.text for line in lines if line.lost] == ["隐藏的第1列：序号"]


@pytest.mark.parametrize("row", [50_001, 60_000])
def test_more_rows_than_are_read_are_refused(row: int) -> None:
    def change(page: Any) -> None:
        page.cell(row, 2, "护坡")

    with pytest.raises(FileUnreadable, match="行以上"):
        told(sheet([1, "清淤", "市水利局", ""], change=change))


PAGE = (
    "<html><head><meta charset='{}'></head><body><p>1.清淤。（市水利局负责）</p>"
    "<p>第{}处</p><p>2.护坡。（市水利局负责）</p></body></html>"
)


@pytest.mark.parametrize("charset", ["gbk", "utf-8"])
def test_a_byte_that_is_none_of_the_charset_ends_nothing(charset: str) -> None:
    before, after = PAGE.format(charset, "\0").encode(charset).split(b"\0")
    lines = told(before + b"\xff" + after)
    assert (lines[0], lines[-1]) == ("1.清淤。（市水利局负责）", "2.护坡。（市水利局负责）")


def test_utf_16_without_its_mark() -> None:
    for form in ("utf-16-le", "utf-16-be"):
        assert told(PAGE.format("utf-8", 1).encode(form))[0] == "1.清淤。（市水利局负责）"


@pytest.mark.parametrize("charset", ["x-user-defined", "base64", "没有", ""])
def test_a_charset_that_is_none(charset: str) -> None:
    assert told(PAGE.format(charset, 1).encode("gb18030"))[0] == "1.清淤。（市水利局负责）"


def test_hidden_rows_and_cells_of_a_page() -> None:
    def row(one: str, who: str, how: str = "") -> str:
        return f"<tr{how}><td>{one}</td><td style='display:none'>旧</td><td>{who}</td></tr>"

    rows = row("任务", "责任单位") + row("清淤", "市水利局") + row("旧", "市旧局", " hidden")
    assert told(f"<html><body><table>{rows}</table></body></html>".encode()) == [
        "清淤",
        "责任单位：市水利局",
    ]


def test_a_target_belongs_to_the_words_before_it_and_not_to_a_note_behind() -> None:
    rows = (
        "序号,工作任务,目标值,计量说明,牵头单位,完成时限",
        "1,督导完成率,99.5%,以上,县市场监管局,11月底",
        "2,案件查办,45件,移送公安机关不少于2件,县公安局,11月底",
    )
    found = told("\n".join(rows).encode())
    assert [line for line in found if "：" not in line] == [
        "督导完成率99.5%以上",
        "案件查办45件。移送公安机关不少于2件",
    ]
