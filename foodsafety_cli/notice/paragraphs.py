"""Tasks that carry no number: paragraphs under a heading, each with its own bracket."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from foodsafety_cli.notice.dates import WHEN_LABEL
from foodsafety_cli.notice.labelled_lines import STOPS
from foodsafety_cli.notice.labels import BARE_NUMBER, HEADING, ROW
from foodsafety_cli.notice.outline import Item, Outline, Piece, can_be_heading
from foodsafety_cli.notice.responsibility import (
    Bracket,
    candidates,
    is_responsibility,
    labels_head,
)

# lines behind who is responsible that say until when, or name a person
_ASIDE = re.compile(
    f"{WHEN_LABEL}|(?:[一-龥]{{2}})?(?:责任人|负责人|联系人|领导)[:：]|联系电话[:：]"
)
_HEADS = re.compile("[^，,。；;：:（(]{4,20}。")
_LEAST_WORDS = 6
RANK = 10  # below every number


def with_paragraphs(outlined: Outline) -> tuple[Item, ...]:
    """The items, and under those that are only a heading their paragraphs as items.

    A text without any number is one such heading.
    """
    items = outlined.items or tuple(_whole(outlined))
    starts = [_starts(item) for item in items]
    ranks = {item.rank for item, own in zip(items, starts, strict=True) if len(own) > 1}
    found: list[Item] = []
    places: dict[int, int] = {}
    for place, (item, own) in enumerate(zip(items, starts, strict=True)):
        parent = None if item.parent is None else places[item.parent]
        places[place] = len(found)
        # a single paragraph has its heading for a title, unless that heads a part of the text
        is_parted = len(own) > 1 or (item.parent is None and item.rank in ranks)
        begins = own if is_parted and not _is_wrapped(item, own) else []
        end = begins[0] if begins else len(item.text)
        found.append(part_of(item, 0, end)._replace(parent=parent))
        stops = [*begins[1:], len(item.text)] if begins else []
        # where the first stands on the numbered line itself, the others stand beside it
        above = places[place] if not begins or begins[0] else parent
        if begins and not begins[0]:
            found[-1] = part_of(item, 0, stops[0])._replace(parent=parent)
            begins, stops = begins[1:], stops[1:]
        for start, stop in zip(begins, stops, strict=True):
            part = part_of(item, start, stop)
            rank = RANK if above == places[place] else item.rank
            found.append(part._replace(label="", number=0, rank=rank, parent=above))
    return tuple(found)


def _is_wrapped(item: Item, starts: Sequence[int]) -> bool:
    """Whether the line over a single paragraph is no heading, but the paragraph's first line.

    What stands below that paragraph, and says nothing of who does it, makes no second one.
    """
    line = item.text[: starts[0]] if starts else ""
    if line[-1:].isdecimal() or line.endswith(("，", "、")):  # a figure's unit, the rest of it
        return True
    rest = part_of(item, starts[1], len(item.text)) if len(starts) == 2 else None
    is_single = len(starts) == 1 or (
        rest is not None and not any(is_responsibility(b, ()) for b in candidates(rest))
    )
    return is_single and "，" in line and not line.rstrip().endswith(tuple(STOPS))


def _whole(outlined: Outline) -> Iterator[Item]:
    length, pieces = 0, []
    for line in outlined.head:
        pieces.append(Piece(length, line.number))
        length += len(line.text)
    if pieces:
        text = "".join(line.text for line in outlined.head)
        yield Item("", 0, HEADING, None, text, tuple(pieces))


def _starts(item: Item) -> list[int]:
    """Where the paragraphs begin, if a heading stands over such as end with their own bracket."""
    lines = [piece.start for piece in item.pieces]
    if len(lines) < 2 or item.rank == ROW:
        return []
    taken = [b for b in candidates(item) if is_responsibility(b, ())]
    ends = _ends(item.text, taken, sorted({*lines, len(item.text)}))
    if item.label and taken and taken[0].start < lines[1]:
        # each line with a bracket of its own, the numbered one too: each is a task
        is_each = len(ends) > 1 and ends[0] == lines[1] and ends[-1] >= len(item.text.rstrip(STOPS))
        first = _after_heading(item, taken[0].start)
        return [first, *(end for end in ends if end < len(item.text))] if is_each else []
    if item.label and not can_be_heading(item.text[: lines[1]]):
        # a sentence with a stop, above such paragraphs and nothing else, announces them
        announces = item.text[: lines[1]].rstrip().endswith(("。", "；", ";", "：", ":"))
        is_all = len(ends) > 1 and ends[-1] >= len(item.text.rstrip(STOPS))
        return [lines[1], *ends[:-1]] if announces and is_all else []
    if item.label and ends and labels_head(item, taken):
        return []  # the lines right below the heading say who answers for it
    first = _first_line(item, lines, taken[0].start) if ends else 0
    return [first, *(end for end in ends if end < len(item.text))] if ends else []


def _after_heading(item: Item, bracket: int) -> int:
    """Where the words begin behind a first sentence that heads all: （一）严控污染。取缔……"""
    found = _HEADS.match(item.text) if item.rank < BARE_NUMBER else None
    is_more = found is not None and bracket - found.end() >= _LEAST_WORDS
    return found.end() if found and is_more else 0


def _ends(text: str, taken: Sequence[Bracket], lines: Sequence[int]) -> list[int]:
    """Where a line ends with a bracket that has words before it; more brackets belong to it."""
    ends: list[int] = []
    before, line_ends = 0, frozenset(lines)
    for bracket in taken:
        has_words = bool(text[before : bracket.start].strip(STOPS))
        before = bracket.end
        if bracket.end not in line_ends:
            continue
        end = before = _past_when(text, bracket.end, lines)
        if has_words or not ends:
            ends.append(end)
        else:
            ends[-1] = end
    return ends


def _past_when(text: str, at: int, lines: Sequence[int]) -> int:
    """The end of the lines that follow and only say until when, or who."""
    while _ASIDE.match(text, at):
        after = bisect_right(lines, at)
        at = lines[after] if after < len(lines) else len(text)
    return at


def _first_line(item: Item, lines: Sequence[int], bracket: int) -> int:
    """The first paragraph begins after the heading; without one, with the first bracket's line.

    A label has its line to itself: the words are above it, and above those that name persons.
    """
    if item.label:
        return lines[1]
    above = [start for start in lines if start <= bracket]
    if above[-1] == bracket and len(above) > 1 and item.text[bracket] not in "（(〔[【［":
        above.pop()
        while len(above) > 1 and _ASIDE.match(item.text, above[-1]):
            above.pop()
    return above[-1]


def part_of(item: Item, start: int, end: int) -> Item:
    """A run of an item's text, with the lines it stands in."""
    if (start, end) == (0, len(item.text)) and not item.text.startswith(" "):
        return item
    first = bisect_right(item.pieces, start, key=_place) - 1
    last = bisect_left(item.pieces, end, key=_place)
    words = item.text[start:end]
    start += len(words) - len(words.lstrip(" "))
    inside = item.pieces[max(first, 0) : max(last, first + 1)]
    pieces = tuple(Piece(max(piece.start - start, 0), piece.line) for piece in inside)
    return item._replace(text=words.lstrip(" "), pieces=pieces)


def _place(piece: Piece) -> int:
    return piece.start
