"""Which items are tasks: those that somebody answers for, with their words and their place."""

import re
from collections.abc import Iterator, Mapping, Sequence

from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.dates import WHEN_LABEL
from foodsafety_cli.notice.department_names import is_surely_department
from foodsafety_cli.notice.labelled_lines import STOPS
from foodsafety_cli.notice.outline import Item, children_of
from foodsafety_cli.notice.owners_above import with_owners
from foodsafety_cli.notice.responsibility import (
    Bracket,
    candidates,
    ends_heading,
    is_responsibility,
    labels_head,
    said_within,
)

_WHEN = re.compile(f"(?:[（(〔\\[【［])?{WHEN_LABEL}")
_WHEN_BEGINS = re.compile("[。；;，,）)〕】］ ]")
_WHEN_ENDS = re.compile(  # 6月底前完成一期；12月底前全部完成 goes on
    "[。）)〕】］]|[，,](?=[^，。；]{2,10}[:：])"
    "|[；;](?!(?:(?:20[0-9]{2}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月|年底|第?[一二三四]季度)"
    "[^。；;，,]{0,12}(?:完成|落实|建成|到位|结束|开工|实现)[^。；;，,]{0,12}(?:[。；;，,]|$))"
)
_STOPS_AT_END = re.compile("。{2,}$")  # where what stood between them is left out
_OPENING = "（(〔[【［"
ANNOUNCING = re.compile("(?:具体|主要|重点)(?:措施|举措|任务|内容|工作)[:：]$")
# below who is responsible: what is to be reached or done
_MORE_OF_IT = re.compile("(?:整改|工作|主要|具体|年度|任务|治理)?(?:目标|措施|要求|内容|任务)[:：]")
_AFTER_THE_LAST = re.compile(
    f"(?![，,])(?:抄送|抄报|附件?[0-9一二三]*[:：]|[（(]此件|(?!{WHEN_LABEL}|[一-龥]{{2,6}}(?:单位|部门)[:：])[^。；]{{2,40}}?(?:20[0-9]{{2}}|二[〇○零].{{2}})年.{{1,3}}月.{{1,3}}日)"
)


class FoundTask(ValueType):
    """A task as the text has it."""

    item: Item
    text: str
    brackets: tuple[Bracket, ...]
    remarks: tuple[str, ...] = ()  # lines that say until when
    left_out: tuple[int, ...] = ()  # lines after the last bracket that belong to no item

    @property
    def is_merged(self) -> bool:
        """Whether several brackets speak for parts of it; 牵头单位：, 配合单位： are one piece."""
        return len(self.brackets) > 1 and not all(b.is_labelled for b in self.brackets)


class Tasks(ValueType):
    """The tasks, the items nobody answers for, and the brackets that say something else."""

    found: tuple[FoundTask, ...]
    without: tuple[Item, ...]
    rejected: tuple[Bracket, ...]


def tasks(items: Sequence[Item], whose: Mapping[int, Bracket]) -> Tasks:
    """The tasks of an outline: at whichever level names who is responsible.

    `whose`: what counts, by place, for an item without any such bracket in it or its parts.
    """
    looked_at = [list(candidates(item)) for item in items]
    known = {
        name
        for brackets in looked_at
        for bracket in brackets
        if is_responsibility(bracket, ())
        for name in bracket.names
    }
    taken: list[list[Bracket]] = [[] for _ in items]
    rejected: list[Bracket] = []
    for brackets, own in zip(looked_at, taken, strict=True):
        for bracket in brackets:
            (own if is_responsibility(bracket, known) else rejected).append(bracket)
    if not any(taken):
        looked_at = [list(said_within(item)) for item in items]
        taken = [[b for b in brackets if is_responsibility(b, known)] for brackets in looked_at]
    children = children_of(items)
    taken = with_owners(items, taken, whose)
    named = [
        bool(own) or any(map(_is_like_one, brackets))
        for brackets, own in zip(looked_at, taken, strict=True)
    ]
    ended = [any(bracket.is_at_an_end for bracket in brackets) for brackets in looked_at]
    lifted = _lifted(items, children, taken, named, ended)
    headings = [
        bool(own) and (ends_heading(item, own[-1].end) or labels_head(item, own))
        for item, own in zip(items, taken, strict=True)
    ]
    # in one place it may be the words that close the text
    is_usual = sum(headings) > 1 and 2 * sum(headings) >= sum(map(bool, taken))
    below = {place for place, is_one in enumerate(headings) if is_one and is_usual}
    found = _found(items, children, taken, lifted, below)
    if found and found[-1][1].item is items[-1]:
        found[-1] = (found[-1][0], _without_closing(found[-1][1]))
    covered = {place for place, _ in found}
    without = _without(items, children, covered)
    return Tasks(tuple(task for _, task in found), tuple(without), tuple(rejected))


def _without_closing(task: FoundTask) -> FoundTask:
    """The last task of all, without the words that close the text on the line of its bracket."""
    last = task.brackets[-1]
    rest = task.item.text[last.end :]
    for remark in task.remarks:
        rest = rest.replace(remark, "")
    before = task.item.text[: last.start].rstrip(" ")
    is_next_line = last.end >= _first_line_after(task.item, last)
    goes_on = rest[:1] in ("，", ",")  # 由市公安局牵头，查处……
    if not rest.lstrip(STOPS) or goes_on or before[-1:] not in "。；;！" or is_next_line:
        return task
    text = _without_last(task.item.text[: last.end], task.brackets).strip(" ") or task.text
    return task._replace(text=text, left_out=(*task.left_out, task.item.line_at(last.end)))


def _first_line_after(item: Item, bracket: Bracket) -> int:
    """Where the words on the bracket's own line end."""
    later = (piece.start for piece in item.pieces if piece.start >= bracket.end)
    return next(later, len(item.text))


def _is_like_one(bracket: Bracket) -> bool:
    """Whether a bracket says who does something, if not so that it can be taken."""
    speaks = bracket.speaks_of_roles or any(map(is_surely_department, bracket.names))
    return bracket.is_at_an_end and speaks


def _lifted(
    items: Sequence[Item],
    children: Sequence[list[int]],
    taken: Sequence[list[Bracket]],
    speaks: Sequence[bool],
    ended: Sequence[bool],
) -> set[int]:
    """The items whose bracket stands at the end of their last part, if the text is like that.

    Where most lists have a bracket after their last part only, it is meant for the whole; so it is
    for parts that stand in one line with what they are parts of, or make one sentence with ；. A
    list in which another part ends with a bracket does not show that the text is like that.
    """
    last_only, in_line, several, plain = set(), set(), 0, 0
    for place, parts in enumerate(children):
        leaves = [part for part in parts if not children[part]]
        named = [part for part in parts if speaks[part]]
        if len(parts) > 1 and leaves == parts and not taken[place]:
            several += len(named) > 1
            if named == parts[-1:] and taken[parts[-1]]:
                last_only.add(place)
                plain += not any(ended[part] for part in parts[:-1])
                begins = {items[part].pieces[0].line for part in parts if items[part].pieces}
                is_in_line = begins <= {piece.line for piece in items[place].pieces}
                # all are one sentence
                is_in_line |= all(items[part].text.endswith(("；", ";")) for part in parts[:-1])
                if items[place].text and (
                    is_in_line or _in_lines(items[parts[-1]], taken[parts[-1]])
                ):
                    in_line.add(place)
    return last_only if plain > several else in_line


def _in_lines(item: Item, brackets: Sequence[Bracket]) -> bool:
    """Whether they are lines below the item's words: 牵头单位：市食安办."""
    starts = {piece.start for piece in item.pieces[1:]}
    return all(bracket.start in starts for bracket in brackets)


def _found(
    items: Sequence[Item],
    children: Sequence[list[int]],
    taken: Sequence[list[Bracket]],
    lifted: set[int],
    headings: set[int],
) -> list[tuple[int, FoundTask]]:
    """The tasks with their places; `headings`: whose words stand below a line with the bracket."""
    found = []
    parts_of_lifted = {children[place][-1] for place in lifted}
    for place, item in enumerate(items):
        if place in lifted:
            last = children[place][-1]
            end = _task(items[last], taken[last])
            before = [_printed(items[part]) for part in children[place][:-1]]
            text = _with_parts(item.text, "".join((*before, items[last].label + end.text)))
            found.append((place, end._replace(item=item, text=text)))
        elif taken[place] and place not in parts_of_lifted:
            task = _task(item, taken[place], goes_on=place in headings)
            parts = "".join(_printed_below(items, children, taken, place))
            found.append((place, task._replace(text=_with_parts(task.text, parts))))
    return found


def _with_parts(heading: str, parts: str) -> str:
    """The words of an item and of its parts; a heading without a stop gets one: they are apart."""
    is_open = bool(parts) and bool(re.search("[一-龥”》）0-9]$", heading))
    return f"{heading}。{parts}" if is_open else heading + parts


def _printed_below(
    items: Sequence[Item], children: Sequence[list[int]], taken: Sequence[list[Bracket]], place: int
) -> Iterator[str]:
    """The parts that have no bracket of their own, for which the task's speaks."""
    for part in children[place]:
        if not taken[part]:
            yield _printed(items[part])
            yield from _printed_below(items, children, taken, part)


def _printed(item: Item) -> str:
    return item.label + item.text


def _task(item: Item, brackets: Sequence[Bracket], *, goes_on: bool = False) -> FoundTask:
    """The item without the brackets at its end, and without what stands in lines after them.

    `goes_on`: its words are these lines, below a heading with the bracket.
    """
    text, left_out, more = item.text, list[int](), ""
    last = brackets[-1]
    line_ends = [piece.start for piece in item.pieces if piece.start >= last.end]
    remarks = list(_remarks(item))
    # 水利部门： at the head: the lines below are its words
    heads_all = not brackets[0].start and text[:1] not in _OPENING and not last.is_labelled
    if not heads_all and line_ends and text[line_ends[0] :].strip(STOPS):
        lines = [piece.line for piece in item.pieces if piece.start >= line_ends[0]]
        below = [
            (line, words)
            for line, words in zip(lines, _after(item, line_ends[0]), strict=True)
            if not _WHEN.match(words)
        ]
        if below and (goes_on or _MORE_OF_IT.match(below[0][1])):
            more = "".join(words for _, words in below)
        else:
            left_out = [line for line, _ in below]
        text = text[: line_ends[0]]
    text = ANNOUNCING.sub("", text)
    if _AFTER_THE_LAST.match(text, last.end):
        text = text[: last.end]
    text = _without_last(text, brackets)
    for remark in remarks:
        text = text.replace(remark, "", 1)
    if remarks:  # brackets that it stood behind end the text now
        text = _without_last(text, [b for b in brackets if b.end <= len(text)] or brackets)
    if more:
        text = f"{text.rstrip(STOPS)}。{more}"
    text = _STOPS_AT_END.sub("。", text.strip(" "))
    words = text or item.text  # an item that is nothing but a label
    return FoundTask(item, words, tuple(brackets), tuple(remarks), tuple(left_out))


def _remarks(item: Item) -> Iterator[str]:
    """What says until when: a line of its own, or a label after a stop or in a bracket."""
    text, end = item.text, 0
    lines = dict(_lines(item))
    for at in sorted({*lines, *(stop.end() for stop in _WHEN_BEGINS.finditer(text))}):
        if at < end or not (found := _WHEN.match(text, at)):
            continue
        line = min((stop for start, stop in lines.items() if start <= at < stop), default=len(text))
        stop = _WHEN_ENDS.search(text, found.end(), line)
        is_in_bracket = found.group()[0] in _OPENING
        end = (stop.end() if is_in_bracket else stop.start()) if stop else line
        yield text[at:end].rstrip("。")


def _without_last(text: str, brackets: Sequence[Bracket]) -> str:
    """The text without the brackets that end it, but with the stop that may follow them."""
    cut = len(text)
    for bracket in reversed(brackets):
        if text[bracket.end : cut].strip(STOPS):
            break
        cut = bracket.start
    rest = text[brackets[-1].end :].strip() if cut < len(text) else ""
    words = text[:cut]
    return words if words[-1:] in STOPS else words + rest


def _lines(item: Item) -> Iterator[tuple[int, int]]:
    starts = [piece.start for piece in item.pieces]
    yield from zip(starts, [*starts[1:], len(item.text)], strict=True)


def _after(item: Item, start: int) -> list[str]:
    return [item.text[a:b] for a, b in _lines(item) if a >= start]


def _without(
    items: Sequence[Item], children: Sequence[list[int]], tasks_at: set[int]
) -> Iterator[Item]:
    """The items without parts that nobody answers for, neither they nor what they stand under."""
    covered: set[int] = set()
    for place, item in enumerate(items):
        if place in tasks_at or item.parent in covered:
            covered.add(place)
        elif not children[place] and item.label:
            yield item
