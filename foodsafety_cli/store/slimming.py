"""A workbook made small before it is parsed: what says nothing can be vast."""

import io
import re
import zipfile

from foodsafety_cli.model.errors import FileUnreadable

_MOST_UNPACKED = 20_000_000  # bytes; a form of a thousand rows has one
_MOST_MERGED = 100_000  # cells of one
_WORTH_IT = 500_000  # bytes of a sheet
_IS_SHEET = re.compile("xl/worksheets/[^/]+[.]xml")
_EMPTY_CELL, _EMPTY_ROW = re.compile(rb"<c [^<>]*/>"), re.compile(rb"<row [^<>]*(?:/>|></row>)")
_LINKS = re.compile(rb"<(?:\w+:)?hyperlink [^<>]*/>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^<>]*ref=[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)[\"']")


def slimmed(name: str, content: bytes) -> bytes:
    """The workbook without links, and without cells and rows that have nothing but a format.

    Somebody who has coloured a column has made a million of them. Raises `FileUnreadable` for what
    is still far too large, and for cells merged down to the last row.
    """
    slim = io.BytesIO()
    size = 0
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(slim, "w") as kept:
        for part in book.infolist():
            held = book.read(part)
            if _IS_SHEET.fullmatch(part.filename):
                _check_merged(name, held)
                held = _LINKS.sub(b"", held)
                if len(held) > _WORTH_IT:
                    held = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", held))
            size += len(held)
            if size > _MOST_UNPACKED:
                raise FileUnreadable(
                    f"{name} 解开来太大，不像是填好的表。请只留填好的那几行，另存一份再试"
                )
            kept.writestr(part, held)
    return slim.getvalue()


def _check_merged(name: str, sheet: bytes) -> None:
    for first, top, last, bottom in _MERGED.findall(sheet):
        wide = _column(last) - _column(first) + 1
        if wide * (int(bottom[:8]) - int(top[:8]) + 1) > _MOST_MERGED:
            area = f"{first.decode()}{top.decode()}:{last.decode()}{bottom.decode()}"
            raise FileUnreadable(f"{name} 里 {area} 是一大片合并的单元格，请拆开再试")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = 26 * number + letter - 64
    return number
