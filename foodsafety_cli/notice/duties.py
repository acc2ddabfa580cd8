"""Sentences that begin with whose duty they tell: 市公安局负责……；市教育局负责……."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from foodsafety_cli.analysis.bracket import BracketReader, Reading
from foodsafety_cli.notice.department_names import (
    can_be_department,
    is_department,
    is_surely_department,
    named,
)
from foodsafety_cli.notice.labels import ROW
from foodsafety_cli.notice.outline import Item
from foodsafety_cli.notice.paragraphs import RANK, part_of
from foodsafety_cli.notice.responsibility import Bracket, said_at

_SENTENCES = re.compile("(?<=[。；;！])")
_NOT_A_PERSON = "(?!人|单位|部门|同志|制|任|解释)"
_ANSWERS = f"(?:牵头|负责|承办|主办){_NOT_A_PERSON}"
_ROLE = (
    f"(?:{_ANSWERS}|(?:配合|协办|协助|参与){_NOT_A_PERSON})"
    "(?:(?:负责|组织|实施|落实)(?=[，,。；;]))?"
)
# 这项工作由市公安局负责; 夜市整治由市公安局负责
_BY = "(?:[这此该][一-龥]{0,8}|具体|[一-龥]{2,14}(?<![自理缘])(?=由[各省市县区州旗镇乡街]))?由"
# 会议议定，由市公安局负责; 6月底前，由市公安局负责
_LEAD_IN = re.compile(
    "(?:(?:(?:会议)?(?:议定|明确|要求|决定|强调|指出)[，,:：]"
    f"|[^，,。；;：:]{{0,12}}[0-9]+月[底末]?前?[，,])(?={_BY}))?"
)
_NAMES = f"(?:{_BY})?(?:(?!(?<!自)由)[^，,。；;：:（）()]|[（(][^（）()]{{1,8}}[）)]){{2,80}}?"
# 由省经贸委承办，省农业厅、公安厅协办: clauses that end with a role, the last one perhaps not
_CLAUSE = re.compile(_NAMES + _ROLE)
_FIRST = re.compile(_NAMES + _ANSWERS)
_SAID_BY = re.compile(_BY)
# 县教育局：做好……; （二）县公安局。负责……
_OWNER = re.compile(
    "(?![^，。；：:]{0,40}(?:如下|以下|下列|(?<!职责)分工))"
    "(?:[^，,。；;：:（）()]|[（(][^（）()]{1,8}[）)]){2,40}"
    "(?=[：:](?!$)|。(?:负责|承担|做好|组织))"
)
_HEAD = re.compile("[^，,。；;：:（(]{2,20}。")
_LEAST, _SHARE = 2, 8  # sentences, one in so many: fewer stand there by the way
_LONG = 4  # characters; 公安消防支队, but not 本站
# what no sentence about an owner is without
_MAY_TELL = re.compile("牵头|负责|承办|主办|[：:]|。(?:承担|做好|组织)")
_LOOKED_AT = 300  # characters behind a colon
_NOBODY_KNOWN = BracketReader(())


def led_by(items: Sequence[Item]) -> dict[int, Bracket]:
    """Who answers for an item, by its place, where a sentence of it begins with 由 and that.

    （一）由市食安办负责，市公安局配合，建立……; ……。这项工作由人社部负责，…… Where each line of an
    item says it, the lines are meant.
    """
    found = {}
    for place, item in enumerate(items):
        told = _told_by(item) if item.rank != ROW else []
        if told and len({_line_of(item, at) for at, _ in told}) == 1:
            found[place] = said_at(item, *told[0])
    if len(found) < _LEAST:
        return found
    for place, item in enumerate(items):  # where that is usual, one may do without 由
        if place not in found and (own := _below_a_head(item) or _at_the_beginning(item)):
            found[place] = said_at(item, *own)
    return found


def _below_a_head(item: Item) -> tuple[int, int] | None:
    """Whose duty an item is where its second sentence begins with that: 扩岗。县人社局负责，……"""
    head = _HEAD.match(item.text) if item.label else None
    end = _end_of_duty(item.text, head.end()) if head else None
    is_one = head is not None and len(_owners(item, _begins(item))) == 1
    return (head.end(), end) if head and end and is_one else None


def _at_the_beginning(item: Item) -> tuple[int, int] | None:
    """The same where its first does, and no other: 县住建局、城管局负责清淤65公里."""
    end = _end_of_duty(item.text, 0) if item.label else None
    return (0, end) if end and len(_owners(item, _begins(item))) == 1 else None


def with_duties(items: Sequence[Item]) -> tuple[tuple[Item, ...], dict[int, Bracket]]:
    """The items, with each sentence that begins with whose duty it tells as one; and whose.

    For texts in which nothing else says who answers for what.
    """
    found: list[Item] = []
    whose: dict[int, Bracket] = {}
    places: dict[int, int] = {}
    begins = [_begins(item) for item in items]
    owners = [_owners(item, own) for item, own in zip(items, begins, strict=True)]
    number = sum(map(len, owners))
    is_usual = number >= _LEAST and number * _SHARE >= sum(map(len, begins))
    for place, (item, own) in enumerate(zip(items, owners, strict=True)):
        places[place] = len(found)
        parent = None if item.parent is None else places[item.parent]
        if is_usual and (at := _below_a_head(item)):
            whose[len(found)] = said_at(item, *at)
            found.append(item._replace(parent=parent))
            continue
        starts = list(own) if is_usual else []
        begins_so = starts[:1] == [0]  # then the others stand beside the item, not under it
        above = parent if begins_so else places[place]
        for start, stop in pairwise([*([] if begins_so else [0]), *starts, len(item.text)]):
            part = part_of(item, start, stop)
            if (
                is_usual
                and start in own
                and (bracket := _within(part, item.text[slice(*own[start])]))
            ):
                whose[len(found)] = bracket
            if start:
                part = part._replace(label="", number=0, rank=RANK)
            found.append(part._replace(parent=above if start else parent))
    return tuple(found), whose


def _within(part: Item, words: str) -> Bracket | None:
    """The words of a part that say whose it is, if they name anybody."""
    at = part.text.find(words.strip(" "))
    bracket = said_at(part, at, at + len(words.strip(" "))) if at >= 0 else None
    return bracket if bracket and bracket.names else None


def _owners(item: Item, begins: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Where each duty of an item begins, and where whose it is stands in it."""
    found: dict[int, tuple[int, int]] = {}
    if not _MAY_TELL.search(item.text):
        return found
    for at in begins:
        if end := _end_of_owner(item.text, at):
            start = _line_of(item, at) if _SAID_BY.match(item.text, at) else at
            found.setdefault(start, (at, end))
    return found


def _told_by(item: Item) -> list[tuple[int, int]]:
    """Where sentences of an item that begin with 由 say whose it is."""
    if not _SAID_BY.search(item.text):
        return []
    said = (at for at in _begins(item) if _SAID_BY.match(item.text, at))
    return [(at, end) for at in said if (end := _end_of_duty(item.text, at))]


def _line_of(item: Item, at: int) -> int:
    """Where the line begins in which a place stands."""
    place = bisect_right(item.pieces, at, key=lambda piece: piece.start)
    return item.pieces[place - 1].start if place else 0


def _begins(item: Item) -> list[int]:
    """Where the lines and sentences of an item begin."""
    text = item.text  # a blank stands between a heading and the line below it
    lines = (piece.start + text.startswith(" ", piece.start) for piece in item.pieces)
    begins = {0, *lines, *(stop.end() for stop in _SENTENCES.finditer(text))}
    return sorted({found.end() for at in begins if (found := _LEAD_IN.match(text, at))})


def _end_of_owner(text: str, at: int) -> int | None:
    """Where the words end that say whose duty the rest tells, with a role or before a colon."""
    owner = _OWNER.match(text, at)
    if owner and not _names_departments(
        text[owner.end() + 1 : owner.end() + _LOOKED_AT].split("。")[0]
    ):
        names = _names(_NOBODY_KNOWN.read(owner.group()))
        return owner.end() if names and all(map(is_department, names)) else None
    return _end_of_duty(text, at)


def _end_of_duty(text: str, at: int) -> int | None:
    end = None
    if not _FIRST.match(text, at):
        return None
    while (clause := _CLAUSE.match(text, at)) and _names_departments(clause.group()):
        end = clause.end()
        if text[end : end + 1] not in ("，", ",", "、"):
            break
        at = end + 1
    return end


def _names(reading: Reading) -> list[str]:
    return [name for run in reading.unknown for name in named(run).names]


def _names_departments(words: str) -> bool:
    reading = _NOBODY_KNOWN.read(words)
    names = _names(reading)
    if not reading.speaks_of_roles or not names:
        return False
    if _SAID_BY.match(
        words
    ):  # 由公安、交通部门负责: one written short beside one that is a department
        return any(map(is_department, names)) and all(map(can_be_department, names))
    return all(
        is_surely_department(name) or (len(name) >= _LONG and is_department(name)) for name in names
    )
