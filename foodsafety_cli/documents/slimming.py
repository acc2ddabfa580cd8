"""A workbook made small before it is parsed: what says nothing can be vast."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial

from foodsafety_cli.model.errors import FileUnreadable

_MOST_UNPACKED = 20_000_000  # bytes; a form of a thousand rows has one
_MOST_MERGED = 100_000  # cells of one
_PIECE = 1_000_000  # bytes
_WORTH_IT = 500_000  # bytes of a sheet
_IS_SHEET = re.compile("xl/worksheets/[^/]+[.]xml")
_EMPTY_CELL = rb"<c [^<>]*(?:/>|>(?:<v(?:/>|></v>))?</c>)"
_EMPTY = re.compile(  # a row of nothing but such cells, or one such cell
    rb"<row(?: [^<>]*)?(?:/>|>(?:" + _EMPTY_CELL + rb")*</row>)|" + _EMPTY_CELL
)
_ROW = re.compile(rb"<row [^<>]*(?:/>|></row>)")
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
            with kept.open(part.filename, "w") as slimmer:
                for piece in _slim_pieces(name, book, part):
                    size += len(piece)
                    if size > _MOST_UNPACKED:
                        raise FileUnreadable(
                            f"{name} 解开来太大，请只留有内容的行和列，另存一份再试"
                        )
                    slimmer.write(piece)
    return slim.getvalue()


def _slim_pieces(name: str, book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if not _IS_SHEET.fullmatch(part.filename):
        with book.open(part) as file:
            yield from iter(partial(file.read, _PIECE), b"")
        return
    is_large = part.file_size > _WORTH_IT
    for piece in _at_rows(book, part):
        _check_merged(name, piece)
        held = _LINK.sub(lambda link: b"" if _is_vast(link) else link[0], piece)
        yield _EMPTY.sub(b"", held) if is_large or _is_far(held) else held


def _at_rows(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A sheet in pieces that end before a row: a column that was coloured makes it vast."""
    held = b""
    with book.open(part) as file:
        for read in iter(partial(file.read, _PIECE), b""):
            held += read
            end = max(held.rfind(b"<row "), held.rfind(b"<row>"))
            if end > 0:
                yield held[:end]
                held = held[end:]
            elif len(held) > _MOST_UNPACKED:
                break  # whoever counts the pieces refuses it
    yield held


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
