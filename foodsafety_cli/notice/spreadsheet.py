"""Workbooks and .csv files as lines: a table of tasks on each sheet."""

import csv
import io
import warnings
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.documents.slimming import slimmed
from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.notice.cell_texts import text_of
from foodsafety_cli.notice.merged_cells import with_merged
from foodsafety_cli.notice.tables import (
    MOST_REPEATED,
    MOST_ROWS,
    UNREAD,
    Told,
    as_lines,
    is_table_of_tasks,
)

_MOST_COLUMNS = 100
_MOST_CELLS = 20_000_000  # of the area that has something in it: the library makes them all
_SEPARATORS = ",;\t，"


def workbook_lines(content: bytes) -> Iterator[Told]:
    """The lines of a workbook's sheets; raises `FileUnreadable`."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # about what is not used, and in English
            warnings.simplefilter("ignore")
            slim = slimmed("这个 Excel 工作簿", content)
            book = load_workbook(io.BytesIO(slim), data_only=True, rich_text=True)
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
        shown = _Shown(sheet)
        yield from as_lines([(place + n, row) for n, row in enumerate(shown.rows, 1)])
        place += len(shown.rows)
        yield from (Told(place, f"隐藏的{words}", lost=UNREAD) for words in shown.hidden)


class _Shown:
    """The rows of a sheet that say something and are shown, and words of what is hidden.

    A merged cell's words stand in all that it covers.
    """

    def __init__(self, sheet: Any) -> None:
        if sheet.max_row > MOST_ROWS and _goes_on(sheet, MOST_ROWS):
            words = f"“{sheet.title}”有 {MOST_ROWS} 行以上，不像是任务表，请只留任务再试"
            raise FileUnreadable(words)
        height, width = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, _MOST_COLUMNS)
        cells = sheet.iter_rows(max_row=height, max_col=width)
        grid = [[text_of(cell) for cell in row] for row in cells]
        _spread(sheet, grid, width)
        columns = set(_hidden_columns(sheet, width))
        rows = {n for n, shape in sheet.row_dimensions.items() if shape.hidden}
        told = [(n, row) for n, row in enumerate(grid, 1) if any(row)]
        self.rows = [
            [text for at, text in enumerate(row, 1) if at not in columns]
            for n, row in told
            if n not in rows
        ]
        self.hidden = [f"第 {n} 行：{' '.join(filter(None, row))}" for n, row in told if n in rows]
        # not what is merged over the whole row
        own = [(at, [row[at - 1] for _, row in told if len({*row}) > 1]) for at in columns]
        heads = ((at, next(filter(None, words), "")) for at, words in own)
        self.hidden += [f"第 {at} 列：{head}" for at, head in heads if head]


def _goes_on(sheet: Any, height: int) -> bool:
    below = sheet.iter_rows(min_row=height + 1, max_col=_MOST_COLUMNS, values_only=True)
    return any(value not in (None, "") for row in below for value in row)


def _spread(sheet: Any, grid: list[list[str]], width: int) -> None:
    """Put the words of merged cells into all that they cover; raises `FileUnreadable`."""
    repeated = 0
    for area in sheet.merged_cells.ranges:
        first = grid[area.min_row - 1][area.min_col - 1] if area.min_row <= len(grid) else ""
        across = min(area.max_col, width) - area.min_col + 1
        repeated += len(first) * across * (area.max_row - area.min_row)
        if repeated > MOST_REPEATED:
            raise FileUnreadable(
                f"“{sheet.title}”里有写满字又合并了很多行的格子，请取消合并，另存一份再试"
            )
        for row in grid[area.min_row - 1 : area.max_row]:
            row[area.min_col - 1 : area.max_col] = [first] * across


def _hidden_columns(sheet: Any, width: int) -> Iterator[int]:
    for shape in sheet.column_dimensions.values():
        if shape.hidden and shape.min:
            yield from range(shape.min, min(shape.max or shape.min, width) + 1)


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
    filled = [(n, row) for n, row in enumerate(rows, 1) if any(row)]
    return list(as_lines([*with_merged(filled)]))
