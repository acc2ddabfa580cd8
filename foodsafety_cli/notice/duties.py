"""Sentences that begin with whose duty they tell: 市公安局负责……；市教育局负责……."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from foodsafety_cli.analysis.bracket import BracketReader
from foodsafety_cli.notice.bodies import can_be_body, is_body, is_surely_body, named
from foodsafety_cli.notice.labels import ROW
from foodsafety_cli.notice.outline import Item
from foodsafety_cli.notice.paragraphs import RANK, part_of
from foodsafety_cli.notice.responsibility import Bracket, said_at

_BEGINS = re.compile("(?<=[。；;！])")
_NOT_A_PERSON = "(?!人|单位|部门|同志|制|任)"
_ANSWERS = f"(?:牵头|负责|承办|主办){_NOT_A_PERSON}"
_ROLE = (
    f"(?:{_ANSWERS}|(?:配合|协办|协助|参与){_NOT_A_PERSON})"
    "(?:(?:负责|组织|实施|落实)(?=[，,。；;]))?"
)
_NAMES = "由?(?:(?!(?<!自)由)[^，,。；;：:（）()]|[（(][^（）()]{1,8}[）)]){2,80}?"
# 由省经贸委承办，省农业厅、公安厅协办: clauses that end with a role, the last one perhaps not
_CLAUSE = re.compile(_NAMES + _ROLE)
_FIRST = re.compile(_NAMES + _ANSWERS)
_LEAST = 3  # sentences; a single one may well stand there by the way
_LONG = 4  # characters; 公安消防支队, but not 本站
_NOBODY_KNOWN = BracketReader(())


def end_of_duty(text: str, at: int = 0) -> int | None:
    """Where the words end that say whose duty a sentence tells, if it begins with such."""
    end = None
    if not _FIRST.match(text, at):
        return None
    while (clause := _CLAUSE.match(text, at)) and _names_bodies(clause.group()):
        end = clause.end()
        if text[end : end + 1] not in ("，", ","):
            break
        at = end + 1
    return end


def take_duties(
    items: Sequence[Item], children: Sequence[list[int]], taken: Sequence[list[Bracket]]
) -> None:
    """Take who an item begins with, where neither it nor any part of it has a bracket.

    （一）由市食安办负责，市公安局配合，建立……: of a numbered item only with 由.
    """
    is_named = [bool(own) for own in taken]  # the item, or a part of it
    for place in reversed(range(len(items))):
        item = items[place]
        is_named[place] = is_named[place] or any(is_named[part] for part in children[place])
        can_be = item.rank != ROW and (item.text.startswith("由") or not item.label)
        if can_be and not is_named[place] and (end := end_of_duty(item.text)):
            taken[place].append(said_at(item, 0, end))


def with_duties(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items, and those whose sentences each begin with whose duty they tell, in sentences.

    For texts in which nothing else says who answers for what.
    """
    found: list[Item] = []
    places: dict[int, int] = {}
    starts = [list(_starts(item.text)) for item in items]
    is_usual = sum(map(len, starts)) >= _LEAST
    for place, (item, own) in enumerate(zip(items, starts, strict=True)):
        places[place] = len(found)
        parent = None if item.parent is None else places[item.parent]
        own = own if is_usual and own != [0] else []
        found.append(part_of(item, 0, own[0] if own else len(item.text))._replace(parent=parent))
        for start, end in pairwise([*own, len(item.text)]):
            sentence = part_of(item, start, end)._replace(label="", number=0, rank=RANK)
            found.append(sentence._replace(parent=places[place]))
    return tuple(found)


def _starts(text: str) -> Iterator[int]:
    for at in (0, *(stop.end() for stop in _BEGINS.finditer(text))):
        if end_of_duty(text, at) is not None:
            yield at


def _names_bodies(words: str) -> bool:
    reading = _NOBODY_KNOWN.read(words)
    names = [name for run in reading.unknown for name in named(run).names]
    if not reading.speaks_of_roles or not names:
        return False
    if words.startswith("由"):  # 由公安、交通部门负责: one written short beside one that is a body
        return any(map(is_body, names)) and all(map(can_be_body, names))
    return all(is_surely_body(name) or (len(name) >= _LONG and is_body(name)) for name in names)
