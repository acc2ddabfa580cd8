"""Sentences that begin with whose duty they tell: 市公安局负责……；市教育局负责……."""

import re
from collections.abc import Sequence
from itertools import pairwise

from foodsafety_cli.analysis.bracket import BracketReader
from foodsafety_cli.notice.bodies import can_be_body, is_body, is_surely_body, named
from foodsafety_cli.notice.labels import ROW
from foodsafety_cli.notice.outline import Item
from foodsafety_cli.notice.paragraphs import RANK, part_of
from foodsafety_cli.notice.responsibility import Bracket, said_at

_SENTENCES = re.compile("(?<=[。；;！])")
_NOT_A_PERSON = "(?!人|单位|部门|同志|制|任)"
_ANSWERS = f"(?:牵头|负责|承办|主办){_NOT_A_PERSON}"
_ROLE = (
    f"(?:{_ANSWERS}|(?:配合|协办|协助|参与){_NOT_A_PERSON})"
    "(?:(?:负责|组织|实施|落实)(?=[，,。；;]))?"
)
_BY = "(?:[这此该][一-龥]{0,8})?由"  # 这项工作由市公安局负责
_NAMES = f"(?:{_BY})?(?:(?!(?<!自)由)[^，,。；;：:（）()]|[（(][^（）()]{{1,8}}[）)]){{2,80}}?"
# 由省经贸委承办，省农业厅、公安厅协办: clauses that end with a role, the last one perhaps not
_CLAUSE = re.compile(_NAMES + _ROLE)
_FIRST = re.compile(_NAMES + _ANSWERS)
_SAID_BY = re.compile(_BY)
# 县教育局：做好……; （二）县公安局。负责……
_OWNER = re.compile("[^，,。；;：:（）()]{2,40}(?=[：:](?!$)|。(?:负责|承担|做好|组织))")
_LEAST, _SHARE = 2, 8  # sentences, one in so many: fewer stand there by the way
_LONG = 4  # characters; 公安消防支队, but not 本站
_NOBODY_KNOWN = BracketReader(())


def led_by(items: Sequence[Item]) -> dict[int, Bracket]:
    """Who answers for an item, by its place, where a sentence of it begins with 由 and that.

    （一）由市食安办负责，市公安局配合，建立……; ……。这项工作由人社部负责，……
    """
    found = {}
    for place, item in enumerate(items):
        for at in _begins(item) if item.rank != ROW else ():
            by = _SAID_BY.match(item.text, at)
            if by and (end := _end_of_duty(item.text, at)):
                found[place] = said_at(item, at, end)
                break
    return found


def with_duties(items: Sequence[Item]) -> tuple[tuple[Item, ...], dict[int, Bracket]]:
    """The items, with each sentence that begins with whose duty it tells as one; and whose.

    For texts in which nothing else says who answers for what.
    """
    found: list[Item] = []
    places: dict[int, int] = {}
    begins = [_begins(item) for item in items]
    starts = [
        [at for at in own if _end_of_owner(item.text, at)]
        for item, own in zip(items, begins, strict=True)
    ]
    number = sum(map(len, starts))
    is_usual = number >= _LEAST and number * _SHARE >= sum(map(len, begins))
    for place, (item, own) in enumerate(zip(items, starts, strict=True)):
        places[place] = len(found)
        parent = None if item.parent is None else places[item.parent]
        below = [at for at in own if at] if is_usual else []
        end = below[0] if below else len(item.text)
        found.append(part_of(item, 0, end)._replace(parent=parent))
        for start, stop in pairwise([*below, len(item.text)]):
            sentence = part_of(item, start, stop)._replace(label="", number=0, rank=RANK)
            found.append(sentence._replace(parent=parent if own[0] == 0 else places[place]))
    ends = (_end_of_owner(item.text, 0) if is_usual else None for item in found)
    whose = {n: said_at(found[n], 0, end) for n, end in enumerate(ends) if end}
    return tuple(found), whose


def _begins(item: Item) -> list[int]:
    """Where the lines and sentences of an item begin."""
    lines = (piece.start for piece in item.pieces)
    return sorted({0, *lines, *(stop.end() for stop in _SENTENCES.finditer(item.text))})


def _end_of_owner(text: str, at: int) -> int | None:
    """Where the words end that say whose duty the rest tells, with a role or before a colon."""
    owner = _OWNER.match(text, at)
    if owner and not _names_bodies(text[owner.end() + 1 :].split("。")[0]):
        names = named(owner.group()).names
        return owner.end() if names and all(map(is_body, names)) else None
    return _end_of_duty(text, at)


def _end_of_duty(text: str, at: int) -> int | None:
    end = None
    if not _FIRST.match(text, at):
        return None
    while (clause := _CLAUSE.match(text, at)) and _names_bodies(clause.group()):
        end = clause.end()
        if text[end : end + 1] not in ("，", ","):
            break
        at = end + 1
    return end


def _names_bodies(words: str) -> bool:
    reading = _NOBODY_KNOWN.read(words)
    names = [name for run in reading.unknown for name in named(run).names]
    if not reading.speaks_of_roles or not names:
        return False
    if _SAID_BY.match(words):  # 由公安、交通部门负责: one written short beside one that is a body
        return any(map(is_body, names)) and all(map(can_be_body, names))
    return all(is_surely_body(name) or (len(name) >= _LONG and is_body(name)) for name in names)
