"""Files that people hand in, as rows whose every cell knows its place; nothing is judged yet."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from foodsafety_cli.exchange.cells import rounded_words, value_of
from foodsafety_cli.exchange.csvrows import csv_rows, csv_table
from foodsafety_cli.exchange.fields import (
    HEADINGS,
    META_SHEET,
    NOTED,
    SHEET,
    SIGNED_BY,
    TOLD,
    Cell,
    Field,
    Row,
)
from foodsafety_cli.exchange.form_origin import (
    FORM,
    LOST_ITS_HEAD,
    check_agreeing,
    origin_above,
    origin_of,
)
from foodsafety_cli.exchange.headings import (
    LOOKED_AT,
    HeadingRow,
    find_head,
    words_alone,
    words_below,
)
from foodsafety_cli.exchange.jsonrows import json_rows
from foodsafety_cli.exchange.ledger_sheet import LedgerSheet, Table, head_of, ledger_of
from foodsafety_cli.exchange.marking import others_comments
from foodsafety_cli.exchange.readings import text_of
from foodsafety_cli.exchange.workbooks import open_workbook
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.text import first_few
from foodsafety_cli.model.valuetype import ValueType

_MOST_ROWS = 100_000
_AREAS_NAMED = 20
_FIRST_ROWS = 5  # rows of another sheet, for a form's headings


class HandedIn(ValueType):
    """A file's rows; what it says of its plan and its department, if it says so.

    `unread` are headings of columns that nothing is taken from; `day` is that of rows that give
    none, with the words for whose day it is.
    """

    name: str
    rows: tuple[Row, ...]
    meta: Mapping[str, str] = {}
    unread: tuple[str, ...] = ()
    day: tuple[dt.date, str] | None = None
    notes: tuple[str, ...] = ()  # what was done to a cell, and where
    ledger: LedgerSheet | None = None  # an exported one, of which only what was changed counts


def read(name: str, content: bytes) -> HandedIn:
    """The rows of a workbook, a CSV or a JSON file; raises `FileUnreadable`."""
    ending = name.rpartition(".")[2].casefold()
    if ending != "xlsx" and max(map(content.count, (b"\n", b"\r", b"{"))) > _MOST_ROWS:
        raise FileUnreadable(f"{name} 有 {_MOST_ROWS} 行以上，不像是报数的表，请删减后再试")
    if ending in ("csv", "tsv", "txt"):
        table = csv_table(name, content)
        lines = {n: [cell or None for cell in row] for n, row in enumerate(table, 1)}
        if head_of(lines):
            return HandedIn(name, (), ledger=ledger_of(name, lines))
        written, unread = csv_rows(name, content)
        rows, notes = _rounded(written)
        return HandedIn(name, rows, origin_above(name, table), unread, notes=notes)
    if ending == "xlsx":
        return _workbook(name, content)
    if ending == "json" or name == "-":
        rows, notes = _rounded(json_rows(name, content))
        return HandedIn(name, rows, notes=notes)
    raise FileUnreadable(f"{name} 不是 .xlsx、.csv 或 .json 文件，请换一个格式")


def _rounded(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows with computed figures rounded as those of a workbook are, and a word of each."""
    found: list[Row] = []
    notes: list[str] = []
    for row in rows:
        figures: dict[Field, Cell] = {}
        for field in (Field.VALUE, Field.COUNT, Field.OF):
            if field in row and isinstance(row[field].value, str | Decimal):
                value, note = rounded_words(text_of(row[field].value))
                if note:
                    figures[field] = row[field]._replace(value=value)
                    notes.append(f"{row[field].place}：{note}")
        found.append({**row, **figures})
    return tuple(found), (*notes, *words_alone(found))


def _workbook(name: str, content: bytes) -> HandedIn:
    values, formulas = open_workbook(name, content)
    if SHEET not in values.sheetnames:
        found = _ledger(name, values, formulas)
        if found:
            return found
        _find_renamed(name, values, formulas)
    _check_copies(name, values)
    meta: dict[str, str] = {}
    if META_SHEET in values.sheetnames:
        pairs = values[META_SHEET].iter_rows(max_col=2, values_only=True)
        meta = {str(key): str(value) for key, value in pairs if key and value is not None}
    seen = origin_of(values[SHEET])
    check_agreeing(name, meta, seen)
    if not {"department", "title", "document_number"} <= meta.keys():
        meta = {**seen, **meta}  # the hidden sheet is gone, or somebody has emptied cells of it
    notes: list[str] = []
    head = find_head(name, list(values[SHEET].iter_rows(max_row=LOOKED_AT, values_only=True)))
    rows = tuple(_sheet_rows(name, (values[SHEET], formulas[SHEET]), head, notes))
    notes += (*words_alone(rows), *others_comments(name, values[SHEET]))
    if not meta:
        raise FileUnreadable(f"{name} {LOST_ITS_HEAD}")
    others = (sheet for sheet in values.worksheets if sheet.title not in (SHEET, META_SHEET))
    others = (sheet for sheet in others if sheet.calculate_dimension() != "A1:A1")
    notes += [f"{name} 里另有一张表“{sheet.title}”，没有读" for sheet in others]
    unread = (*(text for text in head.unread if text not in TOLD), *_untitled(values[SHEET], head))
    return HandedIn(name, rows, meta, unread, notes=tuple(notes))


def _ledger(name: str, values: Any, formulas: Any) -> HandedIn | None:
    """An exported ledger, on whichever sheet; raises `FileUnreadable` where it is on several."""
    notes: list[str] = []
    found = []
    for sheet in values.worksheets:
        table = _table(sheet, formulas[sheet.title], notes)
        if head := head_of(table):
            _refuse_merged(f"{name} {sheet.title}", sheet, head)
            found.append((sheet.title, table))
    if len(found) > 1:
        raise FileUnreadable(
            f"{name} 里“{found[0][0]}”和“{found[1][0]}”都是台账，请只留改好的那一张"
        )
    if not found:
        return None
    title, table = found[0]
    return HandedIn(name, (), notes=tuple(notes), ledger=ledger_of(f"{name} {title}", table))


def _table(sheet: Any, source: Any, notes: list[str]) -> Table:
    """The rows of a sheet that have anything in them; a format alone makes no row."""
    found: dict[int, list[object]] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is None and source._cells[row, column].value is None:
            continue
        value, note = value_of(cell, source._cells[row, column])
        notes += [f"{sheet.title} {cell.coordinate}：{note}"] if note else []
        cells = found.setdefault(row, [])
        cells += [None] * (column - len(cells))
        cells[column - 1] = value
    return found


def _find_renamed(name: str, values: Any, formulas: Any) -> None:
    """Give a form's sheet its own name back: copied into a new workbook it has another."""
    forms = [sheet.title for sheet in values.worksheets if _is_form(sheet)]
    if not forms:
        raise FileUnreadable(f"{name} 里没有“{SHEET}”这张表，请用 fs form 发出的表填报")
    if len(forms) > 1:
        raise FileUnreadable(f"{name} 里“{forms[0]}”和“{forms[1]}”都是填报表，请只留填好的那一张")
    for book in (values, formulas):
        book[forms[0]].title = SHEET


def _check_copies(name: str, book: Any) -> None:
    """A filled copy of the sheet beside an empty original would be passed over."""
    for sheet in book.worksheets:
        title = sheet.title
        if title not in (SHEET, META_SHEET) and _has_figures(sheet):
            raise FileUnreadable(
                f"{name} 里除“{SHEET}”外，“{title}”里也有报数的表，请把要报的都填到“{SHEET}”里"
            )
        if title not in (SHEET, META_SHEET) and (title.startswith(SHEET) or _is_form(sheet)):
            raise FileUnreadable(f"{name} 里除“{SHEET}”外还有“{title}”，请只留填好的那一张")


def _has_figures(sheet: Any) -> bool:
    """Whether a sheet beside the form has headings like it, and rows below them."""
    if sheet.sheet_state != "visible" or _is_form(sheet):
        return False
    try:
        head = find_head("", list(sheet.iter_rows(max_row=_FIRST_ROWS, values_only=True)))
    except FileUnreadable:
        return False
    return bool(_rows_with_cells(sheet, head.number))


def _is_form(sheet: Any) -> bool:
    """Whether a sheet has a form's title or headings, whatever it is called."""
    first = list(sheet.iter_rows(max_row=_FIRST_ROWS, values_only=True))
    title = first[0][0] if first and first[0] else None
    if isinstance(title, str) and title.strip().endswith(FORM):
        return True
    own = {HEADINGS[Field.TASK], HEADINGS[Field.VALUE]}
    return any(own <= {str(cell).strip() for cell in row if cell is not None} for row in first)


def _untitled(sheet: Any, head: HeadingRow) -> Iterator[str]:
    """Columns without a heading in which something stands beside the table."""
    titled = {n for n, cell in enumerate(sheet[head.number], 1) if cell.value is not None}
    used = {
        column
        for (row, column), cell in sheet._cells.items()
        if row > head.number and cell.value is not None and column not in titled
    }
    yield from (f"第 {column} 列（没有表头）" for column in sorted(used))


def _sheet_rows(
    name: str, sheets: tuple[Any, Any], head: HeadingRow, notes: list[str]
) -> Iterator[Row]:
    values, formulas = sheets
    _refuse_merged(f"{name} {SHEET}", values, head.number)
    is_below = False
    for number in _rows_with_cells(values, head.number):
        cells: dict[int, Cell] = {}
        for column, field in head.fields.items():
            cell, source = values.cell(number, column), formulas.cell(number, column)
            place = f"{name} {SHEET} 第 {number} 行 {cell.column_letter} 列（{HEADINGS[field]}）"
            value, note = value_of(cell, source)
            cells[column] = Cell(place, value)
            notes += [f"{place}：{note}"] if note else []
        row = head.row(cells)
        if row[Field.TASK].value in (SIGNED_BY, NOTED):
            is_below = True  # what stands below the table is read by people
        if is_below:
            below = words_below(row)
            notes += [f"{cell.place}：“{cell.value}”在表尾以下，没有读" for cell in below]
            continue
        if any(cell.value is not None for cell in row.values()):
            yield row


def _refuse_merged(place: str, sheet: Any, head: int) -> None:
    from openpyxl.utils import get_column_letter

    merged = sorted(
        (area.min_row, area.min_col, area.coord)
        for area in sheet.merged_cells.ranges
        if area.max_row > head
    )
    if merged:
        row, column, _ = merged[0]
        where = f"{place} 第 {row} 行 {get_column_letter(column)} 列"
        areas = first_few([area for *_, area in merged], _AREAS_NAMED)
        raise FileUnreadable(f"{where}（{areas}）是合并的单元格，请拆开再导入")


def _rows_with_cells(sheet: Any, head: int) -> list[int]:
    """The rows below the head that have anything in them; a format alone makes no row."""
    used = {number for (number, _), cell in sheet._cells.items() if cell.value is not None}
    return sorted(number for number in used if number > head)
