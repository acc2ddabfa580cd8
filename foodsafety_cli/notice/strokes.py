"""Tables of web pages that were pasted as text, their cells parted by strokes."""

import re
from collections.abc import Sequence
from functools import lru_cache

from foodsafety_cli.notice.columntitles import (
    heads_a_column,
    is_number,
    is_of_departments,
    is_of_groups,
)
from foodsafety_cli.notice.tables import Row, is_table_of_tasks

FEWEST, MOST = 3, 12  # columns
ENDS = re.compile("附件?[0-9一二三]*[:：]?$|抄送|[（(]此件|索引号|来源[:：]|发布(?:日期|机构)")
_LONGEST_TITLE = 12
_LONGEST_NUMBER = 6
_MOST_OF_ROW = 40  # lines that the cells of one row stand in
_LABEL = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_ITEM = re.compile("[0-9]{1,3}[.．、]")

Found = tuple[list[Row], int]  # the rows, and the line after them


@lru_cache(maxsize=256)  # asked of the same line again and again, from each that is above it
def is_title(text: str) -> bool:
    """Whether a cell may be the head of a column."""
    bare = "".join(text.split())
    return 0 < len(bare) <= _LONGEST_TITLE and not _LABEL.match(bare) and heads_a_column(bare)


def parted_by_strokes(lines: Sequence[str], at: int) -> Found | None:
    """Cells that end with a stroke, a row on one line or on several."""
    head: list[str] = []
    end = at
    while end < len(lines) and len(head) <= MOST and ("|" in lines[end] or not lines[end].strip()):
        cells = _cells(lines[end])
        if not all(map(is_title, filter(None, cells))):
            break
        head += cells
        end += 1
    if not FEWEST <= len(head) <= MOST or not is_table_of_tasks([head]):
        head, end = _cells(lines[at]), at + 1
        if len(head) < FEWEST or not is_table_of_tasks([head]):
            return None
    rows: list[Row] = [(at + 1, head)]
    begun, start = "", end
    is_line_a_row = end == at + 1
    while end < len(lines) and not ENDS.match(lines[end]):
        begun += f"\n{lines[end]}" if begun else lines[end]
        end += 1
        if end - start > _MOST_OF_ROW:
            break
        count = begun.count("|")
        is_under = is_of_groups(head[0]) or _item_at(rows[-1][1]) == 1 == len(_ITEM.findall(begun))
        if is_line_a_row and count == len(head) - 1 and is_under:
            begun, count = f"{rows[-1][1][0]}|{begun}", count + 1
        if count > len(head) or not begun.strip():
            begun = "" if not begun.strip() else begun
            if count > len(head):
                break
            start = end
        elif count == len(head):
            cells = [cell.strip() for cell in begun.split("|")][: len(head)]
            rows.append((start + 1, _spanned(head, cells, rows[-1][1])))
            begun, start = "", end
    return rows, start


def _spanned(head: Sequence[str], cells: list[str], above: Sequence[str]) -> list[str]:
    """A row with the cells that those above reach down into, which a page's text does not have."""
    filled = max((n for n, cell in enumerate(cells, 1) if cell), default=0)
    if is_number(head[0]) and len(cells[0]) > _LONGEST_NUMBER and filled < len(cells):
        return [above[0], *cells[:filled], *above[filled + 1 :]]
    if is_number(head[0]) and not cells[0]:
        pairs = zip(head, cells, above, strict=True)
        return [
            over if is_of_departments(title) and not cell else cell for title, cell, over in pairs
        ]
    shift = _item_at(above)
    if shift and _ITEM.match(cells[0]) and 1 < filled <= len(cells) - shift:
        return [*above[:shift], *cells[: len(cells) - shift]]
    if filled == 1 and _ITEM.match(cells[0]) and any(above[1:]):
        return [cells[0], *above[1:]]
    missing = len(cells) - filled
    if missing and all(map(is_of_groups, head[:missing])):
        return [*above[:missing], *cells[:filled]]
    return cells


def _item_at(cells: Sequence[str]) -> int:
    """The column behind a first one in which a numbered item stands: 一、公开 | 1.更新; else 0."""
    return next((n for n, cell in enumerate(cells) if n and _ITEM.match(cell)), 0)


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    return cells if cells[-1] else cells[:-1]


def between_strokes(lines: Sequence[str], at: int) -> Found:
    """Rows that a stroke with a line to itself begins, and whose cells each end with another."""
    rows: list[Row] = []
    end, width = at, 0
    while end < len(lines) and lines[end].strip() == "|":
        start, count = end + 1, 0
        end = start
        while end < min(len(lines), start + _MOST_OF_ROW) and lines[end].strip() != "|":
            count += lines[end].count("|")
            end += 1
            if width and count >= width:
                break
        cells = [cell.strip() for cell in "\n".join(lines[start:end]).split("|")[:-1]]
        rows.append((start + 1, cells))
        width = max(width, count)
    return (rows, end) if is_table_of_tasks([cells for _, cells in rows]) else ([], at)
