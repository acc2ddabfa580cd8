"""Rows handed in as text with separators, as spreadsheets of every maker save it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from foodsafety_cli.exchange.cells import usable_text
from foodsafety_cli.exchange.fields import HEADINGS, NOTED, SIGNED_BY, TOLD, Cell, Row
from foodsafety_cli.exchange.headings import (
    LOOKED_AT,
    HeadingRow,
    UnusableTable,
    find_head,
    words_below,
)
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.text import RUN_BY_SPREADSHEETS

_SEPARATORS = (",", "\t", ";", "，", "；")
_MARKLESS = 400  # bytes that tell whether a text is UTF-16 without its mark
_HOW_MANY = ("reported", "已报")
_OF_SEVERAL = re.compile("[1-9][0-9]*/[0-9]+")  # what a list says where several have reported
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def csv_rows(name: str, content: bytes) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows, and the headings that nothing is taken from; raises `FileUnreadable`."""
    rows = _split(name, _decoded(name, content))
    head = find_head(name, rows[:LOOKED_AT])
    titles = [title.strip() for title in rows[head.number - 1]]
    unread = [text for text in head.unread if text not in TOLD]
    for n, title in enumerate(titles, 1):
        if not title and any(_written(row, n) for row in rows[head.number :]):
            unread.append(f"第 {n} 列（没有表头）")
    found = tuple(_table_rows(name, rows, head, unread))
    return found, tuple(unread)


def csv_table(name: str, content: bytes) -> list[list[str]]:
    """All cells, whatever the headings; nothing of a file that no separator fits."""
    start = _decoded(name, content)
    head = start.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        lines = (separator == "\t" and _plain_tabs(start)) or list(
            csv.reader(io.StringIO(start, newline=""), delimiter=separator)
        )
    except csv.Error:
        return []
    return [[_written(line, n) or "" for n in range(1, len(line) + 1)] for line in lines]


def _decoded(name: str, content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8", "gb18030")
    few = content[:_MARKLESS]
    if few.startswith(_UTF_32):
        encodings = ("utf-32",)
    elif b"\0" in few and (
        4 * few.count(0) > len(few) or not _is_utf_8(content)
    ):  # of signs that ASCII has, one of two bytes is nothing
        is_little = content[1:_MARKLESS:2].count(0) > content[:_MARKLESS:2].count(0)
        encodings = ("utf-16-le" if is_little else "utf-16-be",)
    for encoding in encodings:
        try:
            text = content.decode(encoding).lstrip("\ufeff").replace("\u2028", "\n")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    if 0 in content and _is_utf_8(content):
        raise FileUnreadable(f"{name} 里有空字节（NUL），像是没有存好，请在表格程序里打开再存一次")
    raise FileUnreadable(f"{name} 既不是 UTF-8 也不是 GB18030 或 UTF-16，请另存为 UTF-8")


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _split(name: str, text: str) -> list[list[str]]:
    """The rows by the separator under which headings are found; commas if under none."""
    start = "\n".join(text.splitlines()[:LOOKED_AT])
    for separator in _SEPARATORS:
        try:
            find_head(name, list(csv.reader(io.StringIO(start), delimiter=separator)))
        except UnusableTable:
            raise
        except (FileUnreadable, csv.Error):
            continue
        break
    else:
        separator = ","
    if separator == "\t" and (plain := _plain_tabs(text)):
        return plain
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(lines)
    except csv.Error as error:
        raise FileUnreadable(
            f"{name} 到第 {lines.line_num} 行读不下去了：引号不成对，或一格太长。"
            "请在表格程序里打开核对，再存一次"
        ) from error


def _plain_tabs(text: str) -> list[list[str]]:
    """The rows of a text with tabs in which a quote is a sign like others; else nothing.

    So programs write it, this one too. A spreadsheet's quotes hold a cell together; where they
    cannot be read, or would swallow tabs, quotes are plain signs if that makes even rows.
    """
    plain = _parsed(text, csv.QUOTE_NONE)
    if text.split("\t", 1)[0] in ("id", "task"):
        return plain
    quoted = _parsed(text, csv.QUOTE_MINIMAL)
    is_sound = quoted and not any("\t" in cell for row in quoted for cell in row)
    is_even = len({len(row) for row in plain if any(row)}) == 1
    return plain if is_even and not is_sound else []


def _parsed(text: str, quoting: Literal[0, 3]) -> list[list[str]]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=quoting, strict=True)
    try:
        return list(lines)
    except csv.Error:
        return []


def _table_rows(
    name: str, rows: Sequence[Sequence[str]], head: HeadingRow, unread: list[str]
) -> Iterator[Row]:
    width, is_below = len(rows[head.number - 1]), False
    titles = [title.strip() for title in rows[head.number - 1]]
    is_listing = bool({"达成率", "attainment"}.intersection(titles))
    among = next((n for n, t in enumerate(titles, 1) if is_listing and t in _HOW_MANY), None)
    for number, values in enumerate(rows[head.number :], head.number + 1):
        beyond = [value for value in values[width:] if value.strip()]
        if beyond:
            raise FileUnreadable(
                f"{name} 第 {number} 行比表头多出“{beyond[0]}”。数里不要有逗号，"
                "有逗号的文字要用引号括起来"
            )
        is_below |= bool(values) and values[0].strip() in (SIGNED_BY, NOTED)
        if among is not None and _OF_SEVERAL.fullmatch(_written(values, among) or ""):
            raise FileUnreadable(
                f"{name} 第 {number} 行的数是几个单位的合起来的（已报 {values[among - 1]}），"
                "不是哪个单位报的，不能当填报交回；请删去这一行"
            )
        _check_parted(name, number, values, width)
        row = head.row(
            {
                n: Cell(
                    f"{name} 第 {number} 行 “{HEADINGS[field]}”列",
                    usable_text(_written(values, n) or "") or None,
                )
                for n, field in head.fields.items()
            }
        )
        if is_below:  # read by people
            unread += [f"“{cell.value}”（表尾以下）" for cell in words_below(row)]
        elif any(cell.value is not None for cell in row.values()):
            yield row


def _check_parted(name: str, number: int, values: Sequence[str], width: int) -> None:
    """Raise `FileUnreadable` for a row that another sign parts than the headings."""
    filled = [value for value in values if value.strip()]
    if width < 2 or len(filled) != 1 or filled[0] != values[0]:
        return
    for separator in _SEPARATORS:
        parts = filled[0].split(separator)
        if len(parts) > 1 and parts[0].strip().isdecimal():
            told = "制表符" if separator == "\t" else f"“{separator}”"
            raise FileUnreadable(
                f"{name} 第 {number} 行是用{told}隔开的，和表头用的不一样，请改成一样的再导入"
            )


def _written(values: Sequence[str], column: int) -> str | None:
    """A cell, less the apostrophe that keeps a spreadsheet from running it."""
    text = values[column - 1].strip() if column <= len(values) else ""
    return (text[1:] if text[:1] == "'" and text[1:2] in RUN_BY_SPREADSHEETS else text) or None
