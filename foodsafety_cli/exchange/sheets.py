"""Files that people hand in, as rows whose every cell knows its place; nothing is judged yet."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

from foodsafety_cli.exchange.fields import (
    ALSO_CALLED,
    BY_HEADING,
    HEADINGS,
    META_SHEET,
    SHEET,
    Cell,
    Field,
    Row,
)
from foodsafety_cli.exchange.jsonrows import json_rows
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.files import packed_names

_MOST_UNPACKED = 20_000_000  # bytes; a form of a thousand rows has one
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, or a workbook behind a password
_LOOKED_AT = 30  # rows in which the headings must stand


class _Uncalculated(Enum):
    FORMULA = "formula"


UNCALCULATED = _Uncalculated.FORMULA  # the value of a formula that no program has worked out yet


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


def read(name: str, content: bytes) -> HandedIn:
    """The rows of a workbook, a CSV or a JSON file; raises `FileUnreadable`."""
    ending = name.rpartition(".")[2].casefold()
    if ending == "csv":
        return _table(name, content)
    if ending == "xlsx":
        return _workbook(name, content)
    if ending == "json" or name == "-":
        return HandedIn(name, tuple(json_rows(name, content)))
    raise FileUnreadable(f"{name} 不是 .xlsx、.csv 或 .json 文件，请换一个格式")


def _workbook(name: str, content: bytes) -> HandedIn:
    values, formulas = _opened(name, content, data_only=True), _opened(name, content)
    if SHEET not in values.sheetnames:
        raise FileUnreadable(f"{name} 里没有“{SHEET}”这张表，请用 fs form 发出的表填报")
    _check_copies(name, values)
    meta: dict[str, str] = {}
    if META_SHEET in values.sheetnames:
        pairs = values[META_SHEET].iter_rows(max_col=2, values_only=True)
        meta = {str(key): str(value) for key, value in pairs if key}
    elif seen := _visible_meta(values[SHEET]):
        meta = seen
    rows = tuple(_sheet_rows(name, values[SHEET], formulas[SHEET]))
    if not meta:
        raise FileUnreadable(
            f"{name} 没有写明是哪个单位、哪一份安排的表（填报表前两行不见了），没有导入。"
            "请用 fs form 重新发一张"
        )
    return HandedIn(name, rows, meta)


def _check_copies(name: str, book: Any) -> None:
    """A filled copy of the sheet beside an empty original would be passed over."""
    for sheet in book.sheetnames:
        if sheet not in (SHEET, META_SHEET) and sheet.startswith(SHEET):
            raise FileUnreadable(f"{name} 里除“{SHEET}”外还有“{sheet}”，请只留填好的那一张")


def _visible_meta(sheet: Any) -> dict[str, str]:
    """Whose form of which plan it is, as its first rows say: a copy loses the hidden sheet."""
    title, told = (str(sheet.cell(row, 1).value or "") for row in (1, 2))
    whose = re.fullmatch(r"(.+?)\s*工作填报表", title.strip())
    plan = re.match(r"(.+?)（([^（）]*〔\d{4}〕[^（）]*)）", told.strip())
    if not whose or not plan:
        return {}
    return {"department": whose[1].strip(), "title": plan[1], "document_number": plan[2]}


def _opened(name: str, content: bytes, *, data_only: bool = False) -> Any:
    from openpyxl import load_workbook

    if content.startswith(_OLD_OFFICE):
        raise FileUnreadable(f"{name} 有密码，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx 再试")
    try:
        parts = packed_names(name, content, _MOST_UNPACKED)
        if any(part.endswith("vbaProject.bin") for part in parts):
            raise FileUnreadable(f"{name} 带有宏，没有导入。请另存为不带宏的 .xlsx 再试")
        return load_workbook(io.BytesIO(content), data_only=data_only)
    except FileUnreadable:
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        raise FileUnreadable(
            f"{name} 不是 Excel 工作簿，或已损坏（{type(error).__name__}）。请重新存一份 .xlsx 再试"
        ) from error


def _sheet_rows(name: str, values: Any, formulas: Any) -> Iterator[Row]:
    head, fields = _head(name, list(values.iter_rows(max_row=_LOOKED_AT, values_only=True)))
    merged = [area for area in values.merged_cells.ranges if area.max_row > head]
    if merged:
        raise FileUnreadable(f"{name} {SHEET} {merged[0].coord} 是合并的单元格，请拆开再导入")
    for number in _rows_with_cells(values, head):
        row = {}
        for column, field in fields.items():
            cell, source = values.cell(number, column), formulas.cell(number, column)
            place = f"{name} {SHEET} 第 {number} 行 {cell.column_letter} 列（{HEADINGS[field]}）"
            row[field] = Cell(place, _cell_value(cell, source))
        if any(cell.value is not None for cell in row.values()):
            yield row


def _rows_with_cells(sheet: Any, head: int) -> list[int]:
    """The rows below the head that have anything in them; a format alone makes no row."""
    used = {number for (number, _), cell in sheet._cells.items() if cell.value is not None}
    return sorted(number for number in used if number > head)


def _cell_value(cell: Any, source: Any) -> object:
    """A formula counts by its value; a percentage by what it shows."""
    value = cell.value
    if value is None and source.data_type == "f":
        return UNCALCULATED
    if isinstance(value, int | float) and not isinstance(value, bool):
        figure = Decimal(f"{value:.15g}")  # as many digits as a spreadsheet shows
        return _shortened(figure * 100) if "%" in str(cell.number_format) else figure
    return value.strip() or None if isinstance(value, str) else value


def _shortened(figure: Decimal) -> Decimal:
    """A figure without the noughts that multiplying left after its point."""
    return figure.to_integral_value() if figure == figure.to_integral_value() else figure


def _head(name: str, rows: Sequence[Sequence[object]]) -> tuple[int, dict[int, Field]]:
    """Where the headings stand, and which column is which; raises `FileUnreadable`."""
    for number, row in enumerate(rows, 1):
        texts = {n: str(value).strip() for n, value in enumerate(row, 1) if value is not None}
        fields = {n: BY_HEADING[text] for n, text in texts.items() if text in BY_HEADING}
        for n, text in texts.items():
            if text in ALSO_CALLED and ALSO_CALLED[text] not in fields.values():
                fields[n] = ALSO_CALLED[text]
        if Field.TASK in fields.values() and len(fields) > 1:
            _check_single(name, texts)
            if name.endswith(".xlsx"):
                _check_complete(name, fields)
            return number, fields
    raise FileUnreadable(
        f"{name} 里找不到表头（至少要有“序号”和“数值/完成率”等列），请不要改动表头"
    )


def _check_single(name: str, texts: Mapping[int, str]) -> None:
    """Of two columns that are called the same, nobody can tell which is meant."""
    known = [text for text in texts.values() if text in BY_HEADING or text in ALSO_CALLED]
    for text in known:
        columns = [n for n, other in texts.items() if other == text]
        if len(columns) > 1:
            places = "、".join(f"第 {n} 列" for n in columns)
            raise FileUnreadable(f"{name} 的表头里有几列都叫“{text}”（{places}），请只留一列")


def _check_complete(name: str, fields: Mapping[int, Field]) -> None:
    missing = [
        HEADINGS[field]
        for field in Field
        if field is not Field.DEPARTMENT and field not in fields.values()
    ]
    if missing:
        raise FileUnreadable(f"{name} 的表头里缺少“{'、'.join(missing)}”，请不要删改表头")


def _table(name: str, content: bytes) -> HandedIn:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise FileUnreadable(f"{name} 既不是 UTF-8 也不是 GB18030，请另存为 UTF-8") from None
    try:
        rows = list(lines := csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise FileUnreadable(
            f"{name} 到第 {lines.line_num} 行读不下去了：引号不成对，或一格太长。"
            "请在表格程序里打开核对，再存一次"
        ) from error
    head, fields = _head(name, rows[:_LOOKED_AT])
    titles = enumerate(map(str.strip, rows[head - 1]), 1)
    unread = tuple(title for n, title in titles if title and n not in fields)
    return HandedIn(name, tuple(_table_rows(name, rows, head, fields)), unread=unread)


def _table_rows(
    name: str, rows: Sequence[Sequence[str]], head: int, fields: Mapping[int, Field]
) -> Iterator[Row]:
    for number, values in enumerate(rows[head:], head + 1):
        beyond = [value for value in values[len(rows[head - 1]) :] if value.strip()]
        if beyond:
            raise FileUnreadable(
                f"{name} 第 {number} 行比表头多出“{beyond[0]}”。数里不要有逗号，"
                "有逗号的文字要用引号括起来"
            )
        row = {
            field: Cell(f"{name} 第 {number} 行 “{HEADINGS[field]}”列", _written(values, column))
            for column, field in fields.items()
        }
        if any(cell.value is not None for cell in row.values()):
            yield row


def _written(values: Sequence[str], column: int) -> str | None:
    """A CSV cell, less the apostrophe that keeps a spreadsheet from running it."""
    text = values[column - 1].strip() if column <= len(values) else ""
    return (text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text) or None
