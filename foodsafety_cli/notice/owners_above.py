"""Headings that say whose the items below are: 一、县发改局牵头落实的任务（2项）; 二、县教育局."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from foodsafety_cli.analysis.bracket import BracketReader
from foodsafety_cli.model.plan import Department, Role
from foodsafety_cli.notice.department_names import is_surely_department, named
from foodsafety_cli.notice.labelled_lines import STOPS
from foodsafety_cli.notice.labels import ROW
from foodsafety_cli.notice.outline import Item, children_of
from foodsafety_cli.notice.paragraphs import part_of
from foodsafety_cli.notice.responsibility import Bracket, candidates, is_responsibility

_OWNED = re.compile(
    "(?P<who>[^，。；：]{2,60}?(?:牵头|负责|承办|主办)(?:负责|落实|办理|实施|推进|完成|组织){0,2})的?"
    "(?:重点|主要|年度)?(?:任务|工作|事项|项目|目标)(?:任务|事项)?(?:[（(][^（()）]{1,12}[)）])?"
)
_ALL_ABOVE = re.compile(
    "(?:^|(?<=[。；;！]))[（(]?(?:以上|上述)(?:[0-9一二三四五六七八九十]{1,3}[项条])?(?:各项)?(?:任务|工作|事项|内容|措施)"
    "(?:均|都|全部)?由(?P<who>[^。；（）()]{2,80}?)[）)。]{0,2}$"
)
_LONGEST = 60
_LEAST = 2  # headings that are a name and nothing else
_NOBODY_KNOWN = BracketReader(())


def with_owner_lines(items: Sequence[Item]) -> tuple[tuple[Item, ...], dict[int, Bracket]]:
    """The items without first lines that only name a department, and those as their owners.

    （四）县教育局 / 加强学校食堂管理。 Where several are so, and none says who in another way.
    """
    children = children_of(items)
    found = {
        place: item.pieces[1].start
        for place, item in enumerate(items)
        if len(item.pieces) > 1 and item.label and not children[place] and _is_owned(item)
    }
    if len(found) < _LEAST:
        return tuple(items), {}
    kept = tuple(
        part_of(item, found[place], len(item.text)) if place in found else item
        for place, item in enumerate(items)
    )
    words = {place: items[place].text[:end].strip(STOPS) for place, end in found.items()}
    owners = {place: _bracket(kept[place], items[place], said) for place, said in words.items()}
    return kept, owners


def with_heading_brackets(
    items: Sequence[Item],
) -> tuple[tuple[Item, ...], dict[int, Bracket]]:
    """The items without the brackets of headings that are meant for what is below, and whose it is.

    一、完善设施（牵头单位：……）/ 1.…… / 2.…… / 二、开展活动（……）/ 3.……: what is counted on
    from heading to heading are tasks, and no parts of one.
    """
    children = children_of(items)
    said = {
        place: own
        for place, item in enumerate(items)
        if item.parent is None and children[place] and (own := _at_its_end(item))
    }
    below = [children[place] for place in said]
    is_one_series = all(items[b[0]].number == items[a[-1]].number + 1 for a, b in pairwise(below))
    others = (item for place, item in enumerate(items) if place not in said)
    if len(said) < _LEAST or not is_one_series or any(map(_says_who, others)):
        return tuple(items), {}
    kept = tuple(
        part_of(item, 0, said[place].start) if place in said else item
        for place, item in enumerate(items)
    )
    owners = {
        part: _bracket(items[part], items[place], own.words)
        for place, own in said.items()
        for part in children[place]
    }
    return kept, owners


def with_owners_below(items: Sequence[Item]) -> tuple[tuple[Item, ...], dict[int, Bracket]]:
    """The items without 以上任务由某局负责 behind the last of several, which is of all of them."""
    kept, owners = list(items), dict[int, Bracket]()
    told = -1  # up to here, somebody has been named
    for place, item in enumerate(items):
        found = _ALL_ABOVE.search(item.text) if "以上" in item.text or "上述" in item.text else None
        if found is None or not _names(found["who"]):
            continue
        rest = part_of(item, 0, found.start())
        others = [n for n in range(told + 1, place) if _stand_together(items[n], item)]
        told = place
        if all(map(_says_who, (*(items[n] for n in others), rest))):
            continue  # each has its own: what is said of all stays where it is read
        kept[place] = rest
        for other in (*others, place):
            owners[other] = _bracket(kept[other], item, found["who"])
    return tuple(kept), owners


def _stand_together(one: Item, other: Item) -> bool:
    return (one.parent, one.rank) == (other.parent, other.rank)


def _says_who(item: Item) -> bool:
    return any(is_responsibility(one, ()) for one in candidates(item))


def _at_its_end(item: Item) -> Bracket | None:
    """The bracket in which a heading, no sentence, says who answers."""
    own = [one for one in candidates(item) if is_responsibility(one, ())]
    if len(own) != 1 or re.search("[。；]", item.text[: own[0].start]):
        return None
    return None if item.text[own[0].end :].strip(STOPS) else own[0]


def _is_owned(item: Item) -> bool:
    first = item.text[: item.pieces[1].start].strip(STOPS)
    names = _names(first) if len(first) <= _LONGEST else ()
    return bool(names) and all(map(is_surely_department, names)) and not _says_who(item)


def with_owners(
    items: Sequence[Item], taken: Sequence[list[Bracket]], whose: Mapping[int, Bracket]
) -> list[list[Bracket]]:
    """The brackets of each item, and where it names nobody, or only who helps, its owner's.

    `whose`: who answers for an item, by its place, if neither it nor a part of it names anybody.
    """
    children = children_of(items)
    owners = _owners_above(items)
    found: list[list[Bracket]] = [[] for _ in items]
    is_named = [bool(own) for own in taken]  # the item, or a part of it
    for place in reversed(range(len(items))):
        own, owner = taken[place], owners.get(place)
        is_named[place] = is_named[place] or any(is_named[part] for part in children[place])
        if own:
            found[place] = [owner, *own] if owner and all(map(_names_helpers, own)) else own
        elif not is_named[place]:
            one = whose.get(place) or (None if children[place] else owner)
            found[place] = [one] if one else []
    return found


def _owners_above(items: Sequence[Item]) -> dict[int, Bracket]:
    """Who answers for an item by the nearest heading that says so, by the item's place."""
    children = children_of(items)
    headings = {n: words for n, item in enumerate(items) if children[n] and (words := _said(item))}
    bare = [n for n, words in headings.items() if words == items[n].text.rstrip(STOPS)]
    if len(bare) < _LEAST:
        headings = {n: words for n, words in headings.items() if n not in bare}
    found: dict[int, Bracket] = {}
    said: dict[int, int] = {}  # by place, the heading that holds for what is below
    for place, item in enumerate(items):
        above = None if item.parent is None else said.get(item.parent)
        if above is not None:
            found[place] = _bracket(item, items[above], headings[above])
        nearest = place if place in headings else above
        if nearest is not None:
            said[place] = nearest
    return found


def _names_helpers(bracket: Bracket) -> bool:
    reading = BracketReader(map(Department, bracket.names)).read(bracket.words)
    return bool(reading.roles) and all(role is Role.SUPPORT for _, role in reading.roles)


def _said(item: Item) -> str:
    """The words of a heading that name who answers for what is below it; empty if none do."""
    text = item.text.rstrip(STOPS)
    if item.rank == ROW or len(text) > _LONGEST:
        return ""
    found = _OWNED.fullmatch(text)
    words = found["who"] if found else text
    names = _names(words)
    return words if names and all(map(is_surely_department, names)) else ""


def _names(words: str) -> tuple[str, ...]:
    runs = _NOBODY_KNOWN.read(words).unknown
    return tuple(name for run in runs for name in named(run).names)


def _bracket(item: Item, heading: Item, words: str) -> Bracket:
    end, line, names = len(item.text), heading.line_at(0), _names(words)
    return Bracket(
        end,
        end,
        words,
        line,
        names,
        speaks_of_roles=True,
        is_at_an_end=True,
        is_labelled=True,  # one piece with the item's own labels
    )
