"""Tables of web pages that were pasted as text, a cell a line."""

import re
from collections.abc import Iterator, Sequence

from foodsafety_cli.notice.bodies import is_body, is_surely_body
from foodsafety_cli.notice.strokes import (
    ENDS,
    FEWEST,
    MOST,
    Found,
    between_strokes,
    is_title,
    parted_by_strokes,
)
from foodsafety_cli.notice.tables import (
    Row,
    is_number,
    is_of_bodies,
    is_of_days,
    is_of_groups,
    is_of_persons,
    is_table_of_tasks,
)

_LONGEST_BODIES, _LONGEST_PERSON = 120, 8
_MOST_SKIPPED = 200  # numbers of rows that may be left out
_MOST_LINES = 5000  # of one table
_MORE_CELLS = 3  # than columns, of a row without a number: what is more is no row
_A_DAY = re.compile("(?:20[0-9]{2}|[二〇○零一三四五六七八九]{4})年.{1,3}月.{1,3}日")
_SAYS_WHO = re.compile(
    "[（(〔【][^（(〔【）)〕】]*(?:负责|牵头|配合|责任单位)[^（(〔【）)〕】]*[）)〕】]$"
)
_FRAGMENT = re.compile("(?:部门|单位|时间|时限|任务|领导|内容|责任人)$")
_DAY = re.compile(
    "20[0-9]{2}[-./][0-9]{1,2}|(?:20[0-9]{2}年)?(?:[0-9]{1,2}月|年|[上下]半年|第?[一二三四]季度)|(?:长期|全年|持续|常态)"
)
_LABEL = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
_OF_MANY = re.compile(
    "[0-9]+个?[街镇乡县区市社][^、，]{0,3}|[镇乡]|.{2,12}等(?:相关|有关)?(?:部门|单位)?"
)
_DOES = re.compile("(?:分别|共同)?(?:牵头|负责|配合|协助)?(?:组织)?(?:落实|实施|负责)?$")


def pasted_table(lines: Sequence[str], at: int) -> Found | None:
    """The table whose head begins at a line, without rows if nothing below is one; else None.

    Lines count from 0.
    """
    line = lines[at].strip()
    if line == "|":
        return between_strokes(lines, at)
    if not line or line.startswith("|"):
        return None
    is_next_alone = [one.strip() for one in lines[at + 1 : at + 4] if one.strip()][:1] == ["|"]
    if is_next_alone:
        return _cell_by_cell(lines, at)
    return parted_by_strokes(lines, at) if "|" in line else _cell_by_cell(lines, at)


def _cell_by_cell(lines: Sequence[str], at: int) -> Found | None:
    """A head of titles, each on a line, and below it the cells in their order, but the empty."""
    if not is_title(lines[at].strip()):
        return None
    head: list[str] = []
    end = at
    while end < len(lines) and len(head) <= MOST:
        title = _without_strokes(lines[end])
        if title and not is_title(title):
            break
        if title and head and _FRAGMENT.fullmatch(title) and len(head[-1]) == 2:
            head[-1] += title
        elif title:
            head.append(title)
        end += 1
    if not FEWEST <= len(head) <= MOST or not is_table_of_tasks([head]):
        return None
    cells: list[_Cell] = []
    for number, line in enumerate(lines[end : end + _MOST_LINES], end):
        bare = "".join(_without_strokes(line).split())
        if ENDS.match(bare) or (cells and _A_DAY.fullmatch(bare) and names_bodies(cells[-1][1])):
            break
        if _SAYS_WHO.search(bare):  # an ordinary notice, below a list of short lines
            return [], at
        if bare:
            cells.append((number + 1, bare))
    found = list(_numbered_rows(head, cells) if is_number(head[0]) else _rows(head, cells))
    if len(found) < (1 if is_number(head[0]) else 2):
        return [], at
    last = found[-1][1]
    return [(at + 1, head), *(row for row, _ in found)], last


def _without_strokes(line: str) -> str:
    """A cell; a stroke that has a line to itself only parts two of them."""
    return "" if line.strip() == "|" else line.strip()


_Cell = tuple[int, str]


def _numbered_rows(head: Sequence[str], cells: Sequence[_Cell]) -> Iterator[tuple[Row, int]]:
    """Each row begins with its number; the line in which the row ends beside it."""
    starts: list[int] = []
    known = 0
    for n, (_, text) in enumerate(cells):
        is_next = text.isdecimal() and known < int(text[:6]) <= (known or 10**6) + _MOST_SKIPPED
        if is_next and n + 1 < len(cells):
            starts.append(n)
            known = int(text)
    for start, stop in zip(starts, [*starts[1:], len(cells)], strict=True):
        own = list(cells[start + 1 : stop])
        if stop == len(cells):
            own = own[: _end_of_last(own)]
        row = _aligned(head, cells[start][1], own)
        yield (cells[start][0], row), own[-1][0] if own else cells[start][0]


def _end_of_last(cells: Sequence[_Cell]) -> int:
    """Where the last row ends: with the bodies, or the day behind them."""
    seen = False
    for n, (_, text) in enumerate(cells):
        is_end = names_bodies(text) or (seen and is_day(text))
        if seen and not is_end:
            return n
        seen |= is_end
    return len(cells)


def _rows(head: Sequence[str], cells: Sequence[_Cell]) -> Iterator[tuple[Row, int]]:
    """Rows without numbers: words, and then whose they are; a heading stands over all columns."""
    begun: list[_Cell] = []
    has_bodies = False
    for n, (number, text) in enumerate(cells):
        of_row = names_bodies(text) or (has_bodies and is_day(text))
        is_heading = bool(_LABEL.match(text)) and "。" not in text
        if len(begun) > len(head) + _MORE_CELLS:
            return
        if begun and has_bodies and not of_row:
            yield (begun[0][0], _aligned(head, "", begun)), begun[-1][0]
            begun, has_bodies = [], False
        if is_heading and not begun:
            yield (number, [text, *[""] * (len(head) - 1)]), number
            continue
        begun.append((number, text))
        has_bodies |= names_bodies(text)
        if n + 1 == len(cells) and has_bodies:
            yield (begun[0][0], _aligned(head, "", begun)), number


def _aligned(head: Sequence[str], number: str, cells: Sequence[_Cell]) -> list[str]:
    """A row's cells under their titles; where some are empty, by what they say."""
    texts = [text for _, text in cells]
    numbered = is_number(head[0])
    if len(texts) == len(head) - numbered:
        return [*([number] if numbered else []), *texts]
    row = [""] * len(head)
    if numbered:
        row[0] = number
    bodies = [n for n, title in enumerate(head) if is_of_bodies(title)]
    days = [n for n, title in enumerate(head) if is_of_days(title) and n not in bodies]
    has_persons = any(map(is_of_persons, head))
    others = [n for n in range(numbered, len(head)) if n not in (*bodies, *days)]
    words = [n for n in others if not is_of_groups(head[n])] or others
    named = [text for text in texts if names_bodies(text)]
    for text in texts:
        if text in named or (text.isdecimal() and not numbered):
            continue
        is_person = has_persons and len(text) <= _LONGEST_PERSON and "。" not in text
        place = days[0] if days and is_day(text) else words[0] if words else numbered
        if not (is_person and row[place]):
            row[place] = f"{row[place]}\n{text}" if row[place] else text
    first, last = bodies[0], bodies[-1]
    if first == last or len(named) < 2:
        row[first] = "\n".join(named)
    else:
        row[first], row[last] = named[0], "\n".join(named[1:])
    return row


def names_bodies(text: str) -> bool:
    """Whether a cell is a list of bodies: 市发改委、市财政局, 县住建局牵头落实."""
    if len(text) > _LONGEST_BODIES or "。" in text:
        return False
    names = [name for name in re.split("[、，,；; ]", _DOES.sub("", text)) if name]
    return bool(names) and all(
        (
            not re.search("[0-9]", name)
            and (is_surely_body(name) or (len(name) > 2 and is_body(name)))
        )
        or _OF_MANY.fullmatch(name)
        for name in names
    )


def is_day(text: str) -> bool:
    """Whether a cell says until when: 6月底, 长期."""
    return len(text) <= _LONGEST_PERSON + 4 and bool(_DAY.match(text))
