"""A workbook made small before it is parsed: what says nothing can be vast."""

import io
import re
import zipfile

from foodsafety_cli.model.errors import FileUnreadable

_MOST_UNPACKED = 20_000_000  # bytes; a form of a thousand rows has one
_MOST_MERGED = 100_000  # cells of one
_WORTH_IT = 500_000  # bytes of a sheet
_IS_SHEET = re.compile("xl/worksheets/[^/]+[.]xml")
_EMPTY_CELL = re.compile(rb"<c [^<>]*(?:/>|>(?:<v(?:/>|></v>))?</c>)")
_EMPTY_ROW = re.compile(rb"<row [^<>]*(?:/>|></row>)")
_ROW = re.compile(rb"<row [^<>]*?\br=[\"']([0-9]+)")
_LOW = 50_000  # rows
_AREA = rb"[^<>]*ref=[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)[\"']"
_LINK = re.compile(rb"<(?:\w+:)?hyperlink " + _AREA + rb"[^<>]*/>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell " + _AREA)


def slimmed(name: str, content: bytes) -> bytes:
    """The workbook without links over everything, and without what has nothing but a format.

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
                held = _LINK.sub(lambda link: b"" if _is_vast(link) else link[0], held)
                if len(held) > _WORTH_IT or _is_far(held):
                    held = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", held))
            size += len(held)
            if size > _MOST_UNPACKED:
                raise FileUnreadable(f"{name} 解开来太大，请只留有内容的行和列，另存一份再试")
            kept.writestr(part, held)
    return slim.getvalue()


def _is_far(sheet: bytes) -> bool:
    """Whether a row stands below all that anybody fills in."""
    last = _ROW.match(sheet, sheet.rfind(b"<row "))
    return last is not None and int(last[1][:8]) > _LOW


def _check_merged(name: str, sheet: bytes) -> None:
    vast = next(filter(_is_vast, _MERGED.finditer(sheet)), None)
    if vast:
        first, top, last, bottom = (part.decode() for part in vast.groups())
        area = f"{first}{top}:{last}{bottom}"
        raise FileUnreadable(f"{name} 里 {area} 是一大片合并的单元格，请拆开再试")


def _is_vast(area: re.Match[bytes]) -> bool:
    first, top, last, bottom = area.groups()
    wide = _column(last) - _column(first) + 1
    return wide * (int(bottom[:8]) - int(top[:8]) + 1) > _MOST_MERGED


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = 26 * number + letter - 64
    return number
