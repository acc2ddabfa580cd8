"""A workbook made small before it is parsed: what says nothing can be vast."""

import codecs
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial

from foodsafety_cli.model.errors import FileUnreadable

_MOST_UNPACKED = 20_000_000  # bytes; a form of a thousand rows has one
_MOST_MERGED, _MOST_LINKED = 100_000, 20_000  # cells of a sheet
_MOST_IN_A_ROW = 16_384  # cells, as many as a sheet has columns
_START = 1 << 20  # bytes
_PIECE = 1_000_000  # bytes
_WORTH_IT = 500_000  # bytes of a sheet
_MOST_SHEETS = 300
_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
_SHEETS = re.compile(rb"<(?:\w+:)?sheet[\s]")
_NO_TEXT = rb"<is(?:/>|>(?:<t(?: [^<>]*)?(?:/>|>\s*</t>))?</is>)"
_EMPTY_CELL = rb"<c [^<>]*(?:/>|>(?:<v(?:/>|></v>)|" + _NO_TEXT + rb")?</c>)"
_EMPTY = re.compile(  # a row of nothing but such cells, or one such cell
    rb"<row(?: [^<>]*)?(?:/>|>(?:" + _EMPTY_CELL + rb")*</row>)|" + _EMPTY_CELL
)
_ROW = re.compile(rb"<row [^<>]*?\br=[\"']([0-9]+)")
_LOW = 50_000  # rows
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b([^<>]*?)(?:/>|>[^<>]*</(?:\w+:)?hyperlink\s*>)")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b([^<>]*)")
_REF = re.compile(rb"\bref\s*=\s*[\"']([^\"']*)[\"']")
_AREA = re.compile(r"([A-Z]{1,4})([0-9]{1,8}):([A-Z]{1,4})([0-9]{1,8})")


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
    with book.open(part) as file:
        start = file.read(_START)
    is_wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if is_wide and "worksheet" in start.decode("utf-16", "ignore"):
        raise FileUnreadable(f"{name} 不是 Excel 存的样子（UTF-16），请用 Excel 另存一份再试")
    if len(_SHEETS.findall(start)) > _MOST_SHEETS:
        raise FileUnreadable(f"{name} 里有 {_MOST_SHEETS} 张以上的表，请只留填报表再试")
    if not _SHEET.search(start):
        with book.open(part) as file:
            yield from iter(partial(file.read, _PIECE), b"")
        return
    yield from _Sheet(name, is_large=part.file_size > _WORTH_IT).slim(_at_rows(book, part))


class _Sheet:
    """One sheet, piece by piece, with the cells that its areas cover so far."""

    def __init__(self, name: str, *, is_large: bool) -> None:
        self._name = name
        self._is_large = is_large
        self._merged = self._linked = 0

    def slim(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._check_width(piece)
            for found in _MERGED.finditer(piece):
                self._count_merged(found[1])
            held = _LINK.sub(self._link, piece)
            yield _EMPTY.sub(b"", held) if self._is_large or _is_far(held) else held

    def _check_width(self, piece: bytes) -> None:
        """Raise `FileUnreadable` for more cells than its rows can have: a row of a million."""
        cells = piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/")
        if cells > _MOST_IN_A_ROW * (piece.count(b"<row") + 1):
            words = f"{self._name} 里有一行的格子太多，请只留有内容的列，另存一份再试"
            raise FileUnreadable(words)

    def _count_merged(self, attributes: bytes) -> None:
        area, cells = _area(attributes)
        self._merged += cells
        if self._merged > _MOST_MERGED:
            raise FileUnreadable(f"{self._name} 里 {area} 等处合并的单元格太多，请拆开再试")

    def _link(self, found: re.Match[bytes]) -> bytes:
        """A link, while all of them cover no more than can be meant; else nothing."""
        self._linked += _area(found[1])[1]
        return found[0] if self._linked <= _MOST_LINKED else b""


def _area(attributes: bytes) -> tuple[str, int]:
    """What an area is called, and how many cells it has."""
    found = _REF.search(attributes)
    ref = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
    area = _AREA.fullmatch(ref.replace("$", "").upper().strip())
    if area is None:
        return ref, 1
    wide = _column(area[3]) - _column(area[1]) + 1
    return ref, max(wide, 1) * max(int(area[4]) - int(area[2]) + 1, 1)


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


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
