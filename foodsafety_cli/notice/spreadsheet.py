"""Workbooks and .csv files as lines: a table of tasks on each sheet."""

import csv
import io
import warnings
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.documents.slimming import slimmed
from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.notice.tables import Told, as_lines, is_table_of_tasks

_MOST_ROWS, _MOST_COLUMNS = 50_000, 100
_MOST_CELLS = 20_000_000  # of the area that has something in it: the library makes them all
_SEPARATORS = ",;\t，"


def workbook_lines(content: bytes) -> Iterator[Told]:
    """The lines of a workbook's sheets; raises `FileUnreadable`."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # about what is not used, and in English
            warnings.simplefilter("ignore")
            slim = slimmed("这个 Excel 工作簿", content)
            book = load_workbook(io.BytesIO(slim), data_only=True)
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        words = "这个 Excel 工作簿打不开，有密码或已损坏。请另存一份再试"
        raise unreadable(words, error) from error
    place = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            last = f"第 {sheet.max_row} 行、第 {sheet.max_column} 列"
            words = f"“{sheet.title}”里离表很远的地方（{last}）还有内容或格式，请删去再试"
            raise FileUnreadable(words)
        rows = _rows(sheet)
        yield from as_lines([(place + n, row) for n, row in enumerate(rows, 1)])
        place += len(rows)


def _rows(sheet: Any) -> list[list[str]]:
    """The rows that say something; a merged cell's words stand in all that it covers."""
    height, width = min(sheet.max_row, _MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
    grid = [[_text(c) for c in row] for row in sheet.iter_rows(max_row=height, max_col=width)]
    for area in sheet.merged_cells.ranges:
        first = grid[area.min_row - 1][area.min_col - 1] if area.min_row <= len(grid) else ""
        for row in grid[area.min_row - 1 : area.max_row]:
            row[area.min_col - 1 : area.max_col] = [first] * (
                min(area.max_col, width) - area.min_col + 1
            )
    hidden = {n for n, shape in sheet.row_dimensions.items() if shape.hidden}
    return [row for n, row in enumerate(grid, 1) if any(row) and n not in hidden]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float | int) and "%" in str(cell.number_format):
        return f"{value * 100:.10g}%"
    if hasattr(value, "strftime"):
        return f"{value:%Y年%m月%d日}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def csv_table(text: str) -> list[Told] | None:
    """The lines of a .csv that is a table of tasks; None for any other text."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    if separator not in head:
        return None
    try:
        rows = [
            [cell.strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error:
        return None
    widths = [len(row) for row in rows if any(row)]
    usual = sum(width > 1 for width in widths)
    if separator == "，":  # prose has them, too
        usual = max(map(widths.count, widths), default=0)
    if usual * 3 < len(widths) * 2 or not is_table_of_tasks(rows):
        return None
    return list(as_lines([(n, row) for n, row in enumerate(rows, 1) if any(row)]))
