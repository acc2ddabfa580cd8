"""Workbooks that people hand in: opened, or refused with what to do about it."""

import io
import re
import warnings
import zipfile
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.store.files import packed, packed_names

_MOST_UNPACKED = 20_000_000  # bytes; a form of a thousand rows has one
_MOST_WITH_FORMATS = 200_000_000  # that are looked through for cells with nothing but a format
_WORTH_IT = 500_000  # bytes of a sheet
_IS_SHEET = re.compile("xl/worksheets/[^/]+[.]xml")
_EMPTY_CELL, _EMPTY_ROW = re.compile(rb"<c [^<>]*/>"), re.compile(rb"<row [^<>]*(?:/>|></row>)")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, or a workbook behind a password
_STRICT = b"purl.oclc.org/ooxml"  # the namespace of the strict variant of the format


def open_workbook(name: str, content: bytes) -> tuple[Any, Any]:
    """A workbook with the values of its cells, and with their formulas.

    Raises `FileUnreadable` for what is none, has a password or macros, or is far too large.
    """
    from openpyxl import load_workbook

    if content.startswith(_OLD_OFFICE):
        raise FileUnreadable(f"{name} 有密码，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx 再试")
    try:
        parts = packed_names(name, content, _MOST_WITH_FORMATS)
        if any(part.endswith("vbaProject.bin") for part in parts):
            raise FileUnreadable(f"{name} 带有宏，没有导入。请另存为不带宏的 .xlsx 再试")
        if _STRICT in packed(content, "xl/workbook.xml"):
            raise FileUnreadable(f"{name} 是“Strict Open XML”格式，请另存为“Excel 工作簿”再试")
        slim = _without_mere_formats(name, content)
        with warnings.catch_warnings():  # about what we do not use, and in English
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(slim), data_only=True)
            return values, load_workbook(io.BytesIO(slim))
    except FileUnreadable:
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        raise FileUnreadable(
            f"{name} 不是 Excel 工作簿，或已损坏。请重新存一份 .xlsx 再试"
        ) from error


def _without_mere_formats(name: str, content: bytes) -> bytes:
    """The workbook without the cells and rows that have nothing but a format.

    Somebody who has coloured a column has made a million of them. Raises `FileUnreadable` for what
    is still far too large.
    """
    slim = io.BytesIO()
    size = 0
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(slim, "w") as kept:
        for part in book.infolist():
            held = book.read(part)
            if len(held) > _WORTH_IT and _IS_SHEET.fullmatch(part.filename):
                held = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", held))
            size += len(held)
            if size > _MOST_UNPACKED:
                raise FileUnreadable(
                    f"{name} 解开来太大，不像是填好的表。请只留填好的那几行，另存一份再试"
                )
            kept.writestr(part, held)
    return slim.getvalue()
