"""The labels that items are numbered with: 一、 （一） 1. （1） ①, and the rank of each."""

import re
from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.numerals import NUMERAL, value
from foodsafety_cli.model.valuetype import ValueType

_D = "[0-9０-９]"
ENDS_A_SENTENCE = '。；;！？!?：:〕）)】]”"》'
DASHED = 3  # the rank of a heading that begins with a dash: ——推进教育发展
BARE_NUMBER = 4  # the rank of 1. 2. 3., which may also be the whole part of a decimal
ROW = 9  # the rank of a row of a table
HEADING = 0  # the rank of a heading without a number
# what a number in a sentence goes on with: 6.6月底前, 3.24小时
_COUNTED = (
    "(?:[0-9０-９.%％月年日号至到万亿千\\-—–~个批次元倍人家户亩吨公平米件名项台条只头座辆套栋张岁]"
    "|小时|分钟|天|处(?![理置罚])|所(?![有在属]))"
)
_KINDS = "(?:重点|专项|主要)?(?:任务|行动|工程|举措)"
_SHAPES = (
    f"第(?:{NUMERAL}|{_D}{{1,3}})(?:章|部分|编|篇|节)[、:：]?|[壹贰叁肆伍陆柒捌玖拾]{{1,3}}、",
    f"{NUMERAL}[、.．﹒](?![一二三四五六七八九十][、级类批])|^{NUMERAL}[,，](?=[一-龥]{{4}})"
    f"|{_KINDS}(?:{NUMERAL}|{_D}{{1,2}})(?:[:：]|(?=[ 　]))",
    f"[（(]{NUMERAL}[)）][、.．]?|【{NUMERAL}】|〔{NUMERAL}〕|[㈠-㈩]|(?:反馈)?问题(?:{NUMERAL}|{_D}{{1,2}})[:：]",
    f"{_D}{{1,3}}[.．﹒·、](?!{_D}{{1,2}}(?!{_COUNTED}).)|[⒈-⒛]"
    f"|第(?:{NUMERAL}|{_D}{{1,3}})条[、:：]?",
    f"[（(]{_D}{{1,3}}[)）][、.．]?|[⑴-⒇]|\\[{_D}{{1,3}}\\]"
    f"|{_D}{{1,2}}[.．]{_D}{{1,2}}(?!{_COUNTED})(?=.)",
    f"{_D}{{1,2}}[)）]",
    "[①-⑳]",
)
_RANKS = (rank for rank in range(len(_SHAPES) + 1) if rank != DASHED)
_LABEL = re.compile(
    "|".join(f"(?P<r{rank}>{shape})" for rank, shape in zip(_RANKS, _SHAPES, strict=True))
)
_OF_TWO = re.compile(f"{_D}{{1,2}}[.．]({_D}{{1,2}})$")  # 1.2, the second under the first
_ONE_SIGN = ("①⑳", "㈠㈩", "⒈⒛", "⑴⒇")  # numbers that are one character, in their order
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_NUMBER = re.compile(f"{NUMERAL}|{_D}+|[①-⑳㈠-㈩⒈-⒛⑴-⒇]")


class Label(ValueType):
    """A label in a line: its rank (the smaller, the higher up), its number, and where it stands."""

    rank: int
    number: int
    text: str
    start: int
    end: int

    @property
    def is_of_two(self) -> bool:
        """Whether it is a 1.2, the second under the first."""
        return _OF_TWO.search(self.text) is not None


def labels_in(text: str) -> Iterator[Label]:
    """All that may be labels in a line; whether an item begins there is for the outline to say."""
    yield from filter(None, map(_label, _LABEL.finditer(text)))


def begins_with_label(text: str) -> bool:
    """Whether a line begins with what may be a label."""
    return _LABEL.match(text) is not None


def as_counted(label: Label, last: dict[int, int]) -> Label:
    """1.2 after 1.1; where it does not go on with such numbers, 1.12处 is a first item's words."""
    if label.number in (1, last.get(label.rank, 0) + 1):
        return label
    whole = re.split("[.．]", label.text)[0]
    end = label.start + len(whole) + 1
    return Label(BARE_NUMBER, int(whole), label.text[: len(whole) + 1], label.start, end)


def _label(found: re.Match[str]) -> Label | None:
    printed = found.group().translate(_CAPITAL)
    number = _OF_TWO.search(printed) or _NUMBER.search(printed)
    text = number.group(number.lastindex or 0) if number else ""
    known = next((ord(text) - ord(s[0]) + 1 for s in _ONE_SIGN if s[0] <= text <= s[1]), None)
    known = known or value(text)
    if not known:
        return None
    if _OF_TWO.search(printed) and found.start():
        return None  # a figure in a sentence
    rank = int(str(found.lastgroup)[1:])
    return Label(rank, known, found.group(), found.start(), found.end())


def with_next(labels: Sequence[Label], text: str) -> list[tuple[Label, bool]]:
    """Each label, and whether behind a sentence it stands, and behind a later one the next."""
    found: list[tuple[Label, bool]] = []
    follows: dict[int, int] = {}  # by rank, the number that comes
    for label in reversed(labels):
        is_behind = label.start > 0 and text[label.start - 1] in ENDS_A_SENTENCE
        found.append((label, is_behind and follows.get(label.rank) == label.number + 1))
        if is_behind:
            follows[label.rank] = label.number
    return found[::-1]
