"""A handed-in file given back with its faults: cell by cell as comments, else as a list."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from foodsafety_cli.documents.cells import saved
from foodsafety_cli.documents.slimming import slimmed
from foodsafety_cli.exchange.fields import SHEET
from foodsafety_cli.exchange.row_drafts import RowFault
from foodsafety_cli.model.text import one_line

_CELL = re.compile(r"第 (\d+) 行(?: ([A-Z]{1,3}) 列)?")
_WIDTH, _LINE = 260, 18  # points; a comment is as high as its words need
_AUTHOR = "食安办"


def marked(name: str, content: bytes, faults: Sequence[RowFault]) -> tuple[str, bytes]:
    """The name and the content of what goes back; the file itself is left as it is."""
    if PurePath(name).suffix.lower() == ".xlsx":
        book = _opened(content)
        if book is not None and SHEET in book.sheetnames:
            return PurePath(name).name, _commented(book, faults)
    listed = "".join(f"{fault}\n" for fault in faults)
    return f"{PurePath(name).name}.退改.txt", listed.encode("utf-8-sig")


def others_comments(name: str, sheet: Any) -> Iterator[str]:
    """A note of each comment that somebody else has put to a cell: nobody reads it here."""
    for cell in sheet._cells.values():
        if cell.comment and cell.comment.author != _AUTHOR and cell.comment.text.strip():
            told = one_line(cell.comment.text.strip())
            yield f"{name} {sheet.title} {cell.coordinate} 的批注“{told}”没有读"


def has_pictures(content: bytes) -> bool:
    """Whether a workbook has pictures in it, as of a seal."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return any(name.startswith("xl/media/") for name in book.namelist())
    except zipfile.BadZipFile:
        return False


def _opened(content: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # about what we do not use, and in English
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(slimmed("", content)))
    except MemoryError:
        raise
    except Exception:  # the library lets through whatever its parsers raise
        return None


def _commented(book: Any, faults: Sequence[RowFault]) -> bytes:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    by_cell: dict[str, list[str]] = {}
    for fault in faults:
        # what could not be read at all names its cell in the sentence
        place = _CELL.search(fault.place) or _CELL.search(fault.message)
        cell = f"{place[2] or 'A'}{place[1]}" if place else "A1"
        by_cell.setdefault(cell, []).append(fault.message)
    sheet = book[SHEET]
    _take_away(sheet)
    for cell, messages in by_cell.items():
        words = "\n".join(messages)
        comment = Comment(words, _AUTHOR)
        comment.width, comment.height = _WIDTH, _LINE * (2 + len(words) // 16 + len(messages))
        sheet[cell].comment = comment
        if cell != "A1":
            sheet[cell].fill = PatternFill("solid", fgColor="FFC7CE")
    return saved(book)


def _take_away(sheet: Any) -> None:
    """Remarks of an earlier round: what is still wrong is said anew."""
    from openpyxl.styles import PatternFill

    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == _AUTHOR:
                cell.comment = None
                cell.fill = PatternFill(fill_type=None)
