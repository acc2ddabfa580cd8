"""Lines as an outline: numbered items under one another, whatever numbers are printed."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from foodsafety_cli.analysis.bracket_words import ROLE_LABEL
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.blanks import joined
from foodsafety_cli.notice.dates import WHEN_LABEL
from foodsafety_cli.notice.labels import (
    BARE_NUMBER,
    DASHED,
    ENDS_A_SENTENCE,
    HEADING,
    ROW,
    Label,
    as_counted,
    begins_with_label,
    labels_in,
    with_next,
)
from foodsafety_cli.notice.reading import NoticeLine
from foodsafety_cli.notice.tables import UNREAD

_DECIMAL = re.compile("(?!20[0-9]{2}年)[0-9０-９]")
_LONGEST_LIST = 300  # characters
# 责任单位：市公安局 2.……: in a text without line breaks
_ENDS_A_LIST = re.compile(
    "(?:责任|牵头|配合|负责)(?:单位|部门)[:：][^。；]*(?:[局委办厅府院会部社处]|中心|公司)[ ]?$"
)
_NAMES_WHO = re.compile(f" ?(?:{ROLE_LABEL})[^。；]*[^。；、，,和及与]")
_WHO_BEFORE = re.compile(
    "[（(〔\\[【](?=[^）)〕\\]】]*(?:责任|牵头|负责|配合))[^（(〔\\[【）)〕\\]】]*[）)〕\\]】]$"
)
_DASHED_HEADING = re.compile("[—–－─]{1,2}[ 　]*([^—。；，,;]{2,30}[^—。；，,;：:、）)])")
_LONGEST_NUMBER = 6  # digits of a row's number
_LONGEST_HEADING, _LONGEST_TITLE, _SHORTER = 40, 30, 1.5
_NO_TITLE = re.compile("[。，、；：,;:（(〔\\[【“]$|[。；]|[（(〔][^）)〕]*$|^$")
_ENDS_A_TITLE = re.compile(
    "(?:安排|方案|要点|计划|意见|清单|措施|任务|通知|分工|如下|规划|[0-9]日)$"
)
_MOST_SKIPPED = 3
_ANNEX = re.compile("附(?:件|表|录)?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?[:：]?")
_ANNEX_NAMED = re.compile("附(?:件|表|录)?(?:[0-9０-９]{1,2}|[一二三四五六七八九十])?[:：]")
SAYS_WHO = re.compile("牵头|配合|负责(?!人)|责任单位|承办")
_CLOSING = re.compile(
    f"抄送[:：].*|抄报[:：].*|(?!.{{0,30}}?{WHEN_LABEL}|[一-龥]{{2,6}}(?:单位|部门)[:：]).{{0,30}}(?:20[0-9]{{2}}|二[〇○零0]..)年.{{1,3}}月.{{1,3}}日(?:印发)?"
    "|[（(]此件.{2,12}[)）]"
)


class Piece(ValueType):
    """A run of an item's words: its place in the item's text, and the line it stands in."""

    start: int
    line: int


class Item(ValueType):
    """A numbered item: its label as printed (“1.”), its number, what it stands under, its words."""

    label: str
    number: int
    rank: int  # the smaller, the higher up
    parent: int | None  # its place in the outline
    text: str
    pieces: tuple[Piece, ...]

    def line_at(self, offset: int) -> int:
        """The line in which a place of the text stands."""
        place = bisect_right(self.pieces, offset, key=lambda piece: piece.start)
        return self.pieces[max(place - 1, 0)].line


def children_of(items: Sequence[Item]) -> list[list[int]]:
    """The places of what stands right under each item."""
    children: list[list[int]] = [[] for _ in items]
    for place, item in enumerate(items):
        if item.parent is not None:
            children[item.parent].append(place)
    return children


class Outline(ValueType):
    """What stands before the first item, and the items in their order.

    `behind`: what says who does something where all had ended, among annexes and copies.
    """

    head: tuple[NoticeLine, ...]
    items: tuple[Item, ...]
    behind: tuple[NoticeLine, ...]


def outline(lines: Iterable[NoticeLine]) -> Outline:
    """The outline of a text, its lines whole, broken by layout, or all lost."""
    builder = _OutlineBuilder()
    is_list = False  # of lines with dashes, the last of which is no heading
    for line, below in pairwise([*lines, NoticeLine(0, "")]):
        dashed = _DASHED_HEADING.fullmatch(line.text)
        if dashed and line.row is None and not is_list and begins_with_label(below.text):
            builder.begin_dashed(line._replace(text=dashed[1]))
        else:
            builder.take(line)
        is_list = line.text.startswith(("—", "–", "－", "─"))
    return builder.finish()


class _OutlineBuilder:
    def __init__(self) -> None:
        self._head: list[NoticeLine] = []
        self._items: list[Item] = []
        self._open: list[int] = []  # the items that the next words may stand under
        self._last: dict[int, int] = {}  # the number last seen of each rank
        self._is_closed = False
        self._behind: list[NoticeLine] = []
        self._words: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._has_stop = False
        self._in_table: set[int] = set()  # headings over rows

    def begin_dashed(self, line: NoticeLine) -> None:
        """A heading that a dash begins, over numbered items; the last of them were of another."""
        self._begin(Label(DASHED, 0, "", 0, 0))
        self._add(line, line.text)

    def take(self, line: NoticeLine) -> None:
        if line.lost == UNREAD:
            return
        if line.is_end or _CLOSING.fullmatch(line.text):
            self._end(line)
            return
        if line.row is not None:
            self._take_row(line)
            return
        if self._items and (_ANNEX.fullmatch(line.text) or _ANNEX_NAMED.match(line.text)):
            self._end(line)
            if _ANNEX.fullmatch(line.text):
                self._open, self._last = [], {}
            return
        labels = list(self._labels(line))
        if line.heading and not labels and self._items:
            self._begin(Label(HEADING, 0, "", 0, 0))
        if not labels or labels[0].start:
            self._add(line, line.text[: labels[0].start] if labels else line.text)
        if not labels:
            return
        # a table has ended, and its parts with it
        self._open = list(takewhile(lambda place: place not in self._in_table, self._open))
        ends = [*(label.start for label in labels[1:]), len(line.text)]
        for label, end in zip(labels, ends, strict=True):
            self._begin(label)
            self._add(line, line.text[label.end : end])

    def _take_row(self, line: NoticeLine) -> None:
        """A row of a table is an item, whatever its number; so is the heading over some of them."""
        if line.heading:
            self._begin(Label(HEADING + min(line.heading - 1, 1), 0, "", 0, 0))
            self._add(line, line.text)
            self._in_table.add(len(self._items) - 1)
            return
        while self._open and self._items[self._open[-1]].rank >= BARE_NUMBER and self._has_stop:
            self._open.pop()  # a task of its own, which the table does not belong to
        label = line.row or ""
        number = int(label) if label.isdecimal() and len(label) < _LONGEST_NUMBER else 0
        self._begin(Label(ROW, number, label, 0, 0))
        self._add(line, line.text)

    def finish(self) -> Outline:
        self._close_words()
        return Outline(tuple(self._head), tuple(self._items), tuple(self._behind))

    def _end(self, line: NoticeLine) -> None:
        self._head += [] if self._items else [line]
        self._is_closed = True

    def _labels(self, line: NoticeLine) -> Iterator[Label]:
        """The labels at which items begin in a line; each is judged by those before it."""
        last = dict(self._last)
        rank, is_heading = self._current()
        before = 0
        for found, goes_on in with_next(list(labels_in(line.text)), line.text):
            label = as_counted(found, last) if found.is_of_two else found
            if label.start and label.number == 1 and not goes_on and _is_decimal(label, line.text):
                continue  # 建立台账。1.5公里范围内……
            is_first = goes_on and label.rank not in last  # the text is a piece of a longer one
            if not (is_first or self._begins(label, line.text, before, last, rank, is_heading)):
                continue
            yield label
            last[label.rank] = label.number
            rank, before = label.rank, label.end
            is_heading = True

    def _current(self) -> tuple[int, bool]:
        if not self._open or self._is_closed:
            return -1, True
        return self._items[-1].rank, self._length <= _LONGEST_HEADING and not self._has_stop

    def _begins(
        self,
        label: Label,
        text: str,
        before: int,
        last: dict[int, int],
        rank: int,
        is_heading: bool,
    ) -> bool:
        follows = label.number == last.get(label.rank, 0) + 1
        if _is_decimal(label, text):  # 6.6月底前 where a sixth is due; elsewhere 6.6 is a figure
            if label.start:  # in a text without line breaks, right after a bracket or a sentence
                return follows and text[label.start - 1] in "。）)】〕"
            first = label.number == len(self._words) == 1  # 1.24小时预报, below a heading
            under = is_heading and rank < label.rank and (follows or first)
            ended = not self._words or self._words[-1][-1:] in ENDS_A_SENTENCE
            return under or (follows and ended)
        if label.start == 0:
            known = last.get(label.rank, 0)
            skips = known < label.number <= known + _MOST_SKIPPED
            is_new_line = not self._words or _ends_line(self._words[-1])
            return is_new_line or is_heading or follows or skips or label.number == 1
        if text[label.start - 1] in ENDS_A_SENTENCE:
            return (
                follows
                or (label.number == 1 and label.rank > rank)
                or (_is_next_after_bracket(label, text, last))
            )
        near = max(before, label.start - _LONGEST_LIST)
        if follows and _ENDS_A_LIST.search(text, near, label.start):
            return True
        if rank < 0 and not before and label.number == 1:
            return bool(_ENDS_A_TITLE.search(text[max(label.start - 3, 0) : label.start]))
        is_short = label.start - before <= _LONGEST_HEADING
        if not is_heading or not is_short or not can_be_heading(text[before : label.start]):
            return False
        return label.rank > rank and (label.number == 1 or (follows and rank >= 0))

    def _begin(self, label: Label) -> None:
        self._close_words()
        self._is_closed = False
        while self._open and self._items[self._open[-1]].rank >= label.rank:
            self._open.pop()
        parent = self._open[-1] if self._open else None
        self._open.append(len(self._items))
        self._items.append(Item(label.text, label.number, label.rank, parent, "", ()))
        if label.text:
            self._last[label.rank] = label.number

    def _add(self, line: NoticeLine, text: str) -> None:
        if not self._items:
            self._head.append(line._replace(text=text))
            return
        if self._is_closed:
            self._behind += [line] if SAYS_WHO.search(text) else []
            return
        if self._words:
            before = self._words[-1]
            is_title = len(self._words) == 1 and self._is_title(before, text)
            text = f" {text}" if is_title else joined(before, text)[len(before) :]
        self._pieces.append(Piece(self._length, line.number))
        self._words.append(text)
        self._length += len(text)
        self._has_stop |= "。" in text

    def _is_title(self, first: str, second: str) -> bool:
        """A line much shorter than the next one ends for a reason of its own, not of layout."""
        is_short = len(first) <= _LONGEST_TITLE and _SHORTER * len(first) <= len(second)
        return is_short and not _NO_TITLE.search(first)

    def _close_words(self) -> None:
        if self._items:
            words, pieces = "".join(self._words), tuple(self._pieces)
            self._items[-1] = self._items[-1]._replace(text=words, pieces=pieces)
        self._words, self._pieces, self._length = [], [], 0
        self._has_stop = False


def _is_decimal(label: Label, text: str) -> bool:
    return label.rank == BARE_NUMBER and bool(_DECIMAL.match(text, label.end))


def _is_next_after_bracket(label: Label, text: str, last: dict[int, int]) -> bool:
    """Whether a number that skips some stands right behind a bracket that says who."""
    known = last.get(label.rank, 0)
    skips = known < label.number <= known + _MOST_SKIPPED
    return skips and bool(
        _WHO_BEFORE.search(text, max(0, label.start - _LONGEST_LIST), label.start)
    )


def _ends_line(words: str) -> bool:
    """Whether a line goes no further: its sentence ends, or it is a label with names behind."""
    return words[-1:] in ENDS_A_SENTENCE or bool(_NAMES_WHO.fullmatch(words))


def can_be_heading(text: str) -> bool:
    """Whether words are few enough for a heading, and no sentence."""
    return 0 < len(text) <= _LONGEST_HEADING and "。" not in text
