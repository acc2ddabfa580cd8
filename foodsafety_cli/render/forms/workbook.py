"""A listing as an Excel workbook that prints on A4 and says in words what its colours say."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.analysis.wording import Computed, rounded_to
from foodsafety_cli.documents.cells import (
    LINE,
    fit_widths,
    pieces,
    plain_font,
    put,
    saved,
    set_for_print,
    set_heights,
)
from foodsafety_cli.model.text import half_widths
from foodsafety_cli.render.listing import Column, Listing, Row, Shown
from foodsafety_cli.render.words import for_people

_FONT, _TITLE_FONT = "宋体", "黑体"
_FILLS = {"绿": "C6E0B4", "黄": "FFE699", "红": "F4B183", "灰": "D9D9D9"}
_HEAD_FILL = "DDEBF7"
_NARROW, _WIDE, _LEAST_OF_WORDS = 7, 34, 9.0  # widths in characters
_A_DAY, _TWO_DAYS = 12, 22  # 2021-09-30 and a little; 2021-09-30，延期1次） on a line
_NO_SHEET_NAME = str.maketrans(dict.fromkeys("\\/*?:[]", "_"))


def as_workbook(listing: Listing, parts: Sequence[Listing] = ()) -> bytes:
    """The workbook's bytes; the parts of one thing are on sheets of their own."""
    from openpyxl import Workbook

    book = Workbook()
    plain_font(book)
    _fill(book.active, listing, "台账")
    for part in parts:
        _fill(book.create_sheet(), part, part.title.translate(_NO_SHEET_NAME)[:31])
    return saved(book)


def _fill(sheet: Any, listing: Listing, name: str) -> None:
    """A title, a frozen head with filters, a row a row."""
    columns = [column for column in listing.shown_columns() if column.shown is not Shown.BAR]
    sheet.title = name
    put(sheet.cell(1, 1), listing.title)
    for n, column in enumerate(columns, 1):
        put(sheet.cell(2, n), column.heading)
    widths = widths_of(columns, listing.rows)
    rows = [part for row in listing.rows for part in _parts(row, columns, widths)]
    rows += [listing.total] if listing.total else []
    for number, row in enumerate(rows, 3):
        for n, column in enumerate(columns, 1):
            put(sheet.cell(number, n), _value(row, column))
    _dress(sheet, columns, widths, rows)
    set_for_print(sheet, head_row=2)


def _parts(row: Row, columns: Sequence[Column], widths: Sequence[float]) -> list[Row]:
    """A row, and rows below it for what its cells can't show, which say so."""
    parted = {
        column.field: found
        for column, width in zip(columns, widths, strict=True)
        if len(found := pieces(for_people(row, column), width)) > 1
    }
    count = max(map(len, parted.values()), default=1)
    parts = [{field: p[n] for field, p in parted.items() if n < len(p)} for n in range(count)]
    which = {column.field: row.get(column.field) for column in columns if column.is_key}
    return [{**row, **parts[0]}, *({**which, **part} for part in parts[1:])]


def _value(row: Row, column: Column) -> object:
    value = row.get(column.field)
    if column.shown is Shown.DUE and row.get("due_first") not in (None, value):
        return for_people(row, column)
    if column.shown is Shown.MOMENT:  # a workbook knows no time zones
        return for_people(row, column)
    if isinstance(value, Computed):
        is_percent = column.shown is Shown.PERCENT
        return rounded_to(value, Decimal("0.1")) if is_percent else value.shown()
    if isinstance(value, Decimal | dt.date | int) and not isinstance(value, bool):
        return value
    return for_people(row, column)


def _dress(
    sheet: Any, columns: Sequence[Column], widths: Sequence[float], rows: Sequence[Row]
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="A6A6A6")
    border = Border(left=line, right=line, top=line, bottom=line)
    for line_of_cells in sheet.iter_rows(min_row=2):
        for cell, column in zip(line_of_cells, columns, strict=True):
            is_text = column.shown is Shown.TEXT
            cell.border, cell.font = border, Font(name=_FONT, size=10, bold=cell.row == 2)
            place = "center" if cell.row == 2 or not is_text else "left"
            height = "top" if column.wraps_at and cell.row > 2 else "center"
            cell.alignment = Alignment(wrap_text=True, vertical=height, horizontal=place)
            if cell.row == 2:
                cell.fill = PatternFill("solid", fgColor=_HEAD_FILL)
            elif column.shown is Shown.PERCENT:
                cell.number_format = '0.0"%"'
    for n, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = widths[n - 1]
        if column.shown is Shown.LIGHT and rows:
            _colour(sheet, f"{get_column_letter(n)}3:{get_column_letter(n)}{sheet.max_row}")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet["A1"].font = Font(name=_TITLE_FONT, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 2 * LINE
    last = f"{get_column_letter(len(columns))}{max(sheet.max_row, 2)}"
    sheet.auto_filter.ref = f"A2:{last}"
    set_heights(sheet, first_row=3)


def _colour(sheet: Any, area: str) -> None:
    """The lights' colours, which go with the words also when somebody changes those."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for light, colour in _FILLS.items():
        fill = PatternFill("solid", bgColor=colour, fgColor=colour)
        style = DifferentialStyle(fill=fill)
        rule = Rule("cellIs", operator="equal", formula=[f'"{light}"'], dxf=style)
        sheet.conditional_formatting.add(area, rule)


def widths_of(columns: Sequence[Column], rows: Sequence[Row]) -> list[float]:
    """The width of each column, all of them within what A3 holds."""
    has_days = [any(isinstance(row.get(c.field), dt.date) for row in rows) for c in columns]
    wanted = [
        max(
            _width(column.heading, [for_people(row, column) for row in rows]),
            14 if column.wraps_at else _day_width(column, rows) if is_day else _NARROW,
        )
        for column, is_day in zip(columns, has_days, strict=True)
    ]
    # words wrap; a day or a figure that has too little room is shown as ###
    is_words = [
        column.shown is Shown.TEXT and not is_day
        for column, is_day in zip(columns, has_days, strict=True)
    ]
    least = [_LEAST_OF_WORDS if words else w for words, w in zip(is_words, wanted, strict=True)]
    return fit_widths(wanted, least)


def _day_width(column: Column, rows: Sequence[Row]) -> int:
    """What no day is broken in, also where another one stands beside it."""
    longest = max(len(for_people(row, column)) for row in rows)
    return _TWO_DAYS if longest > len("2021-09-30") else _A_DAY


def _width(heading: str, texts: Sequence[str]) -> float:
    """As wide as most texts need, within what a page can hold."""
    lengths = sorted(half_widths(text) for text in texts)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(usual + 2, half_widths(heading) + 3, _NARROW), _WIDE if usual > 60 else 22)
