"""Tables whose cells only blanks part, as they come out of a PDF: 序号 工作任务 责任单位."""

import re
from collections.abc import Sequence
from itertools import takewhile

from foodsafety_cli.notice.aligning import is_day, names_departments
from foodsafety_cli.notice.columntitles import is_number, is_of_days, is_of_departments
from foodsafety_cli.notice.strokes import ENDS, Found
from foodsafety_cli.notice.tables import Row, is_table_of_tasks

_LETTER_SPACED = re.compile("(?<![一-龥])(?:[一-龥][ 　]+)+[一-龥](?![一-龥])")
_NUMBERED = re.compile(r"\s*([0-9]{1,3})[.．、]?[ 　\t]+(\S.*)")
_MOST_OF_ROW = 12  # lines that one row may be broken into
_FEWEST, _FEWEST_ROWS = 3, 2  # columns; rows


def spaced_table(lines: Sequence[str], at: int) -> Found | None:
    """The table whose head is at a line, and where it ends; None if none is there.

    Lines count from 0. The head has titles of the number, of words (类别 主要任务), of departments,
    and at most one of the day behind them.
    """
    if "\t" in lines[at]:
        return None  # tabs say more of the cells
    if len(lines[at].split()) < _FEWEST:
        return None
    head = _LETTER_SPACED.sub(lambda one: "".join(one[0].split()), lines[at]).split()
    has_days = len(head) > _FEWEST and is_of_days(head[-1])
    departments = list(takewhile(is_of_departments, reversed(head[2 : len(head) - has_days])))
    if not departments or not is_number(head[0]) or not is_table_of_tasks([head]):
        return None
    words = len(head) - 1 - len(departments) - has_days
    rows: list[Row] = [(at + 1, head)]
    end = at + 1
    while found := _row(lines, end, len(departments), has_days=has_days):
        (line, (number, own, *others)), end = found
        rows.append((line, [number, *_in_columns(own, words), *others]))
    return (rows, end) if len(rows) > _FEWEST_ROWS else None


def _in_columns(text: str, columns: int) -> list[str]:
    """A row's words, a piece a column; all in the last where they have more blanks or fewer."""
    pieces = text.split()
    return pieces if len(pieces) == columns else [*[""] * (columns - 1), text]


def _row(lines: Sequence[str], at: int, most: int, *, has_days: bool) -> tuple[Row, int] | None:
    """The next row, over as many lines as it takes until its departments, and where it ends."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    first = _NUMBERED.fullmatch(lines[at]) if at < len(lines) else None
    if first is None:
        return None
    words = ""
    for end in range(at, min(at + _MOST_OF_ROW, len(lines))):
        line = first[2] if end == at else lines[end].strip()
        if end > at and (_NUMBERED.fullmatch(line) or ENDS.match(line)):
            return None
        words += line
        if cells := _cells(words.split(), most, has_days=has_days):
            return (at + 1, [first[1], *cells]), end + 1
    return None


def _cells(parts: Sequence[str], most: int, *, has_days: bool) -> list[str]:
    """The words, at most so many cells of departments, and the day; empty while incomplete."""
    days = [*parts[-1:]] if has_days else []
    own = list(parts[: len(parts) - len(days)])
    departments: list[str] = []
    while len(own) > 1 and len(departments) < most and names_departments(own[-1]):
        departments.insert(0, own.pop())
    if not departments or not all(map(is_day, days)):
        return []
    return [" ".join(own), *departments, *[""] * (most - len(departments)), *days]
