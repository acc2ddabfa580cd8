"""Cells of workbooks: a text is never a formula, rows are high enough, pages print well."""

import datetime as dt
from typing import Any

from foodsafety_cli.model.text import clean, for_spreadsheet

LINE = 15.0  # a line's height in points
_DAY = "yyyy-mm-dd"


def put(cell: Any, value: object) -> None:
    """Write a value as what it is: a text is never a formula, whatever it begins with."""
    if value is None or value == "":
        return
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = for_spreadsheet(value) != value
    elif isinstance(value, dt.date):
        cell.number_format = _DAY


def set_heights(sheet: Any, first_row: int) -> None:
    """As high as the longest text needs when it wraps: not every program does that by itself."""
    from openpyxl.utils import get_column_letter

    for row in sheet.iter_rows(min_row=first_row):
        lines = 1
        for cell in row:
            width = sheet.column_dimensions[get_column_letter(cell.column)].width - 1
            parts = str(cell.value or "").split("\n")
            lines = max(lines, sum(max(1, -(-cells(part) // int(width))) for part in parts))
        sheet.row_dimensions[row[0].row].height = min(lines * LINE + 3, 400)


def cells(text: str) -> int:
    """How many half-width cells a text takes."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’…—·" else 1 for char in text)


def set_for_print(sheet: Any, *, head_row: int) -> None:
    """A4 landscape, as wide as the page, the head on every page, pages numbered."""
    sheet.freeze_panes = sheet.cell(head_row + 1, 1)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.8, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
