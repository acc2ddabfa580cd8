"""Cells of workbooks: a text is never a formula, rows are high enough, pages print well."""

import datetime as dt
import io
import re
import tempfile
from collections.abc import Sequence
from typing import Any

from foodsafety_cli.model.errors import CannotWrite
from foodsafety_cli.model.text import clean, for_spreadsheet, half_widths

LINE = 15.0  # a line's height in points
_LIKE_A_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DAY = "yyyy-mm-dd"
_A4, _A3 = 9, 8  # as workbooks number the sizes of paper
_LEAST = 0.9  # how small a page may make what is on it: ten points become nine
_HELD = {_A4: 137 / _LEAST, _A3: 181 / _LEAST}  # widths of columns that a page then holds
_UNSHRUNK = {_A4: 145, _A3: 206}  # widths that some programs print as they are
_HIGH = {_A4: 502.0, _A3: 720.0}  # points that a page has between its margins
_SURE = 0.97  # of it: programs measure columns a little differently
_MOST_BREAKS = 1000  # that a workbook can hold
MOST_TEXT = 32_767  # characters that a cell can hold
_GOES_ON = "（下行续）"
_CONTINUED = re.compile(r"（续(\d+)）")
_HIGHEST = 400.0  # points of a row, of the 409 that are possible
_MOST_LINES = int((_HIGHEST - 3) // LINE)


def put(cell: Any, value: object) -> None:
    """Write a value as what it is: a text is never a formula, whatever it begins with."""
    if value is None or value == "":
        return
    # _x0041_ is how the format writes a character: as words, its first sign has to be written so
    cell.value = _LIKE_A_SIGN.sub("_x005F_", clean(value)) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = for_spreadsheet(value) != value
    elif isinstance(value, dt.date):
        cell.number_format = _DAY


def saved(book: Any) -> bytes:
    """A workbook's bytes; raises `CannotWrite` where the temporary files of it cannot be had."""
    file = io.BytesIO()
    try:
        book.save(file)
    except Exception as error:  # that of lxml is known by its name alone: it may not be there
        if not isinstance(error, OSError) and type(error).__name__ != "SerialisationError":
            raise
        raise CannotWrite(
            f"表格没有做成：临时文件夹 {tempfile.gettempdir()} 写不进去（也许盘满了）"
        ) from error
    return file.getvalue()


def set_heights(sheet: Any, first_row: int) -> None:
    """As high as the longest text needs when it wraps: not every program does that by itself."""
    from openpyxl.utils import get_column_letter

    for row in sheet.iter_rows(min_row=first_row):
        lines = 1
        for cell in row:
            width = sheet.column_dimensions[get_column_letter(cell.column)].width - 1
            parts = str(cell.value or "").split("\n")
            lines = max(lines, sum(max(1, -(-half_widths(part) // int(width))) for part in parts))
        sheet.row_dimensions[row[0].row].height = min(lines * LINE + 3, _HIGHEST)


def pieces(text: str, width: float) -> list[str]:
    """A text in pieces that a cell of a width shows whole, marked so that `joined` undoes it.

    Each but the last says that it goes on, each but the first which one it is: sorted otherwise,
    they are still one text.
    """
    room = int(width - 1)
    if len(text) <= MOST_TEXT and _lines(text, room) <= _MOST_LINES:
        return [text]
    found, start, line, column = [], 0, 1, 0
    for at, char in enumerate(text):
        wide = 0 if char == "\n" else half_widths(char)
        if char == "\n" or column + wide > room:
            line, column = line + 1, 0
        if line >= _MOST_LINES or at - start >= MOST_TEXT - 2 * len(_GOES_ON):
            found.append(text[start:at])
            start, line, column = at, 1, half_widths(_GOES_ON)
        column += wide
    parts = [f"{part}{_GOES_ON}" for part in found] + [text[start:]]
    return [parts[0], *(f"（续{n}）{part}" for n, part in enumerate(parts[1:], 2))]


def is_continued(words: str) -> bool:
    """Whether words are a later piece of a text."""
    return bool(_CONTINUED.match(words))


def joined(parts: Sequence[str]) -> str | None:
    """The text that pieces were made of, whatever their order; None where some are missing."""
    if not any(is_continued(part) or part.endswith(_GOES_ON) for part in parts):
        return parts[0]
    numbered = {}
    for part in parts:
        found = _CONTINUED.match(part)
        numbered[int(found[1]) if found else 1] = part[found.end() :] if found else part
    ordered = [numbered[n] for n in sorted(numbered)]
    is_whole = len(parts) == len(numbered) == max(numbered)
    goes_on = [part.endswith(_GOES_ON) for part in ordered]
    if not is_whole or goes_on != [*[True] * (len(ordered) - 1), False]:
        return None
    return "".join(part.removesuffix(_GOES_ON) for part in ordered)


def _lines(text: str, room: int) -> int:
    return sum(max(1, -(-half_widths(part) // room)) for part in text.split("\n"))


def plain_font(book: Any) -> None:
    """The font that widths of columns are measured by: one that every office has."""
    from openpyxl.styles import Font

    book._named_styles["Normal"].font = Font(name="Arial", size=10)


def set_for_print(sheet: Any, *, head_row: int, last_row: int | None = None) -> None:
    """Landscape, as wide as the page, the head on every page, pages numbered.

    A4 where ten points stay nine on it, else A3. The last page never holds one row alone, or what
    stands below `last_row` alone.
    """
    from openpyxl.worksheet.pagebreak import Break

    wide = sum(dimension.width for dimension in sheet.column_dimensions.values())
    paper = _A3 if wide > _HELD[_A4] else _A4
    sheet.freeze_panes = sheet.cell(head_row + 1, 1)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.8, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    # a program that shrinks more only leaves more of the page empty
    scale = min(1.0, _UNSHRUNK[paper] / wide) if wide else 1.0
    heights = [sheet.row_dimensions[n].height or LINE for n in range(1, sheet.max_row + 1)]
    last = last_row or sheet.max_row
    ends = page_ends(heights, head_row, last, _SURE * _HIGH[paper] / scale)
    for number in ends[:_MOST_BREAKS]:
        sheet.row_breaks.append(Break(id=number))


def fit_widths(widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Widths that A3 holds at nine points: each gives of what it has over its least."""
    excess = sum(widths) - _HELD[_A3]
    spare = [max(width - own, 0.0) for width, own in zip(widths, least, strict=True)]
    if excess <= 0 or not sum(spare):
        return list(widths)
    share = min(1.0, excess / sum(spare))
    return [width - share * over for width, over in zip(widths, spare, strict=True)]


def page_ends(heights: Sequence[float], head_row: int, last_row: int, height: float) -> list[int]:
    """The rows after which a page ends: as few as can be, none with one row alone, the first full.

    `heights` of all rows; the head is on every page, and what stands below `last_row` goes with
    the last row. A page that is not full is better than one row on the next.
    """
    below = sum(heights[last_row:])
    best: dict[int, tuple[tuple[int, int, int], int]] = {last_row: ((0, 0, 0), last_row)}
    for first in range(last_row - 1, head_row - 1, -1):
        # rows are counted from 0 here: `first` is the one after `head_row` at the least
        used = sum(heights[:head_row]) if first == head_row else heights[head_row - 1]
        found = []
        for end in range(first + 1, last_row + 1):
            used += heights[end - 1]
            whole = used + (below if end == last_row else 0)
            if end > first + 1 and whole > height:
                break
            pages, alone, _ = best[end][0]
            over = whole > height  # a row, or what stands below, that no page holds
            is_alone = end == first + 1
            found.append(((pages + 1 + over, alone + is_alone, -end), end))
        best[first] = min(found)
    ends, place = [], head_row
    while place < last_row:
        place = best[place][1]
        ends.append(place)
    return ends[:-1]
