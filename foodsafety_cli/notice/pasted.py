"""Tables of web pages that were pasted as text, a cell a line."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from foodsafety_cli.notice.aligning import aligned, is_day, names_departments
from foodsafety_cli.notice.cellwords import bare, parted
from foodsafety_cli.notice.columntitles import (
    is_number,
    is_of_days,
    is_of_departments,
)
from foodsafety_cli.notice.department_names import is_surely_department
from foodsafety_cli.notice.strokes import (
    ENDS,
    FEWEST,
    MOST,
    Found,
    between_strokes,
    is_title,
    parted_by_strokes,
)
from foodsafety_cli.notice.tables import Row, is_table_of_tasks

_MOST_SKIPPED = 200  # numbers of rows that may be left out
_MOST_LINES = 5000  # of one table
_MOST_OF_CELL = 6  # lines that one cell is broken into
_LONGEST_TITLE = 12
_STOPS = re.compile("[。；，：:;,]")
_MORE_CELLS = 3  # than columns, of a row without a number: what is more is no row
_A_DAY = re.compile("(?:20[0-9]{2}|[二〇○零一三四五六七八九]{4})年.{1,3}月.{1,3}日")
_SAYS_WHO = re.compile(
    "[（(〔【][^（(〔【）)〕】]*(?:负责|牵头|配合|责任单位)[^（(〔【）)〕】]*[）)〕】]$"
)
_FRAGMENT = re.compile("(?:部门|单位|时间|时限|任务|领导|内容|责任人)$")
_LABEL = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_BEGUN = re.compile(rf"^(?:{_LABEL.pattern}|[0-9]{{1,3}}[.．、])", re.MULTILINE)

_Cell = tuple[int, str]


def pasted_table(lines: Sequence[str], at: int) -> Found | None:
    """The table whose head begins at a line, without rows if nothing below is one; else None.

    Lines count from 0.
    """
    line = lines[at].strip()
    if line == "|":
        return between_strokes(lines, at)
    if not line or line.startswith("|"):
        return None
    if "|" not in line or _is_stroke_next(lines, at):
        return _cell_by_cell(lines, at)
    found = parted_by_strokes(lines, at)
    return (_by_what_they_say(lines, found) if found else None) or found


def _is_stroke_next(lines: Sequence[str], at: int) -> bool:
    return [one.strip() for one in lines[at + 1 : at + 4] if one.strip()][:1] == ["|"]


def _by_what_they_say(lines: Sequence[str], found: Found) -> Found | None:
    """The rows of a table whose merged or empty cells are not there; None if they all are."""
    (place, titles), *counted = found[0]
    head = list(map(bare, titles))
    first = counted[0][0] - 1 if counted else found[1]
    whose = [n for n, title in enumerate(head) if is_of_departments(title)]
    named = sum(any(map(names_departments, _at(cells, whose))) for _, cells in counted)
    if counted and all(_says_who_under(cells, whose) for _, cells in counted):
        return None
    said = list(_cells_of(lines, first))
    rows = list(_numbered_rows(head, said) if is_number(head[0]) else _rows(head, said))
    is_better = sum(any(_at(cells, whose)) for (_, cells), _ in rows) > max(named, 1)
    is_better &= all(len(_BEGUN.findall("\n".join(cells))) < 2 for (_, cells), _ in rows)
    return ([(place, head), *(row for row, _ in rows)], rows[-1][1]) if is_better else None


def _at(cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    return [cells[n] for n in columns if n < len(cells)]


def _says_who_under(cells: Sequence[str], whose: Sequence[int]) -> bool:
    """Whether a row's departments stand under titles of departments, and nothing else does."""
    return all(
        names_departments(cell) is (n in whose) for n, cell in enumerate(cells) if cell.strip()
    )


def _cells_of(lines: Sequence[str], first: int) -> Iterator[_Cell]:
    """What cells say that each end with a stroke, and the lines that they stand in."""
    begun: list[str] = []
    for number, line in enumerate(lines[first : first + _MOST_LINES], first + 1):
        if ENDS.match(line) or len(begun) > _MOST_OF_CELL:
            return
        *ended, rest = line.split("|")
        for text in ended:
            words = " ".join([*begun, text])
            begun = []
            if words.strip():
                yield number, parted(words.strip()) if names_departments(words) else bare(words)
        begun += [rest] if rest.strip() else []


def _cell_by_cell(lines: Sequence[str], at: int) -> Found | None:
    """A head of titles, each on a line, and below it the cells in their order, but the empty."""
    if not is_title(lines[at].strip()):
        return None
    head, end = _head(lines, at, is_title)
    if is_number(head[0]) and not is_table_of_tasks([head]):
        head, end = _head(lines, at, _may_head)  # of which some say nothing that we know
        if not re.match(r"\s*[0-9]", "".join(lines[end : end + 1])):
            return None
    if not FEWEST <= len(head) <= MOST or not is_table_of_tasks([head]):
        return None
    cells: list[_Cell] = []
    has_days = any(map(is_of_days, head))
    for number, line in enumerate(lines[end : end + _MOST_LINES], end):
        said = bare(_without_strokes(line))
        is_day = bool(cells) and bool(_A_DAY.fullmatch(said)) and names_departments(cells[-1][1])
        if ENDS.match(said) or (is_day and not has_days):
            break
        if _is_signature(lines, number):
            break
        if _SAYS_WHO.search(said):  # an ordinary notice, below a list of short lines
            return [], at
        if said:
            cells.append((number + 1, said))
    found = list(_numbered_rows(head, cells) if is_number(head[0]) else _rows(head, cells))
    if len(found) < (1 if is_number(head[0]) else 2):
        return [], at
    last = found[-1][1]
    return [(at + 1, head), *(row for row, _ in found)], last


def _head(lines: Sequence[str], at: int, is_one: Callable[[str], bool]) -> tuple[list[str], int]:
    """The titles that stand from a line on, those that layout has broken whole; and their end."""
    head: list[str] = []
    end = at
    while end < len(lines) and len(head) <= MOST:
        title = _without_strokes(lines[end])
        if title and not is_one(title):
            break
        is_rest = bool(head) and len(head[-1]) == 2 and bool(_FRAGMENT.fullmatch(title))
        is_unit = bool(head) and title[:1] in ("（", "(") and len(head[-1]) <= _LONGEST_TITLE
        if is_rest or is_unit:
            head[-1] += title
        elif title:
            head.append(title)
        end += 1
    return head, end


def _may_head(text: str) -> bool:
    """Whether words are as short as those over a column."""
    return len(text) <= _LONGEST_TITLE and not text.isdecimal() and not _STOPS.search(text)


def _is_signature(lines: Sequence[str], at: int) -> bool:
    """Whether a department over a day stands apart from what is above it: who issues the table."""
    day = lines[at + 1].strip() if at + 1 < len(lines) else ""
    is_apart = not lines[at - 1].strip() and bool(_A_DAY.fullmatch(day))
    return is_apart and is_surely_department(lines[at].strip())


def _without_strokes(line: str) -> str:
    """A cell; a stroke that has a line to itself only parts two of them."""
    return "" if line.strip() == "|" else line.strip()


def _numbered_rows(head: Sequence[str], cells: Sequence[_Cell]) -> Iterator[tuple[Row, int]]:
    """Each row begins with its number; the line in which the row ends beside it."""
    starts: list[int] = []
    known = 0
    for n, (_, text) in enumerate(cells):
        is_next = text.isdecimal() and known < int(text[:6]) <= (known or 10**6) + _MOST_SKIPPED
        if is_next and n + 1 < len(cells):
            starts.append(n)
            known = int(text)
    yield from _headings(head, cells[: starts[0]] if starts else [])
    for start, stop in pairwise([*starts, len(cells)]):
        own = list(cells[start + 1 : stop])
        over: list[_Cell] = []  # headings over the rows that come
        if stop == len(cells):
            own = own[: _end_of_last(own)]
        while own and _is_heading(own[-1][1]):
            over.insert(0, own.pop())
        row = aligned(head, cells[start][1], [text for _, text in own])
        yield (cells[start][0], row), own[-1][0] if own else cells[start][0]
        yield from _headings(head, over)


def _headings(head: Sequence[str], cells: Sequence[_Cell]) -> Iterator[tuple[Row, int]]:
    """Rows that stand over all columns."""
    for place, text in cells:
        if _is_heading(text):
            yield (place, [text, *[""] * (len(head) - 1)]), place


def _is_heading(text: str) -> bool:
    return bool(_LABEL.match(text)) and "。" not in text


def _end_of_last(cells: Sequence[_Cell]) -> int:
    """Where the last row ends: with the departments, or the day behind them."""
    seen = False
    for n, (_, text) in enumerate(cells):
        is_end = names_departments(text) or (seen and is_day(text))
        if seen and not is_end:
            return n
        seen |= is_end
    return len(cells)


def _rows(head: Sequence[str], cells: Sequence[_Cell]) -> Iterator[tuple[Row, int]]:
    """Rows without numbers: words, and then whose they are; a heading stands over all columns."""
    begun: list[_Cell] = []
    has_departments = False
    for n, (number, text) in enumerate(cells):
        of_row = names_departments(text) or (has_departments and is_day(text))
        if len(begun) > len(head) + _MORE_CELLS:
            return
        if begun and has_departments and not of_row:
            yield (begun[0][0], aligned(head, "", [text for _, text in begun])), begun[-1][0]
            begun, has_departments = [], False
        if _is_heading(text) and not begun:
            yield (number, [text, *[""] * (len(head) - 1)]), number
            continue
        begun.append((number, text))
        has_departments |= names_departments(text)
        if n + 1 == len(cells) and has_departments:
            yield (begun[0][0], aligned(head, "", [text for _, text in begun])), number
