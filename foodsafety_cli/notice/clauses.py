"""The clauses in which figures are looked for, with their numerals as digits."""

import re
from collections import deque
from collections.abc import Iterator

from foodsafety_cli.analysis.bracket import matching
from foodsafety_cli.analysis.numerals import NUMERAL, value
from foodsafety_cli.notice.figurewords import BOTH, CLAUSE_STOP, COUNT, URGING
from foodsafety_cli.notice.naming import LONGEST_NAME

LONGEST = 400  # characters of a clause that is looked at
_ENUMERATED = re.compile(
    f"、(?=[^，。；、0-9]{{2,{LONGEST_NAME}}}(?:{COUNT.pattern}|[0-9.]+[%％]))"
)
_HOW_OFTEN = re.compile(  # 两 is two as well
    "(每个?(?:季度|季|月|半年|学期|周)[^，,。；;0-9]{0,10})([一二两三四])(?=[次轮])"
)
_PER_CENT = re.compile(f"(?<![0-9.．个])百分之({NUMERAL})(?![点.])")
_TENTHS = re.compile(  # 超过八成, 九成五以上
    "(?<=[过到于达在率例比占长高加升降少])([一二两三四五六七八九])成([五半])?(?=以上|以内|左右|$|[，。；、]|的)"
)
_TENS = re.compile(  # small ones are said of anything: 两个维护, 第三个
    "(?<![一-龥]第)(?<![0-9.．〇零一二三四五六七八九十百千])[一二三四五六七八九]?[十百](?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
    "(?=(?:个|家|所|场|名|座|处|批次|批|件|项|户|人次|人|台|套|条|公里|万)(?!方面|行业|领域|以上))"
)
_LACKS_UNIT = re.compile(  # 分别达到8、6个, 分别压缩至3个、1个工作日
    "(分别[^0-9，。；]{0,8})([0-9.]+)(?:个(?=、[0-9.]+个[工月小])|(?=、))"
    "(?=、[0-9.]+(个工作日|个月|个小时|[%％万家个所座处条人名件场]))"
)
# 就业人数24万以上: what is counted tells the unit
_OF_ITS_NUMBER = re.compile(
    "(([人户家件])数[^0-9，。；]{0,8}[0-9.]+[万亿]?)(?=以上|左右|[，。；]|$)"
)
_SAYS_WHO = re.compile("牵头|负责|配合|责任单位|主抓|主办|承办|协办|协助")
_PER_HEAD = re.compile(  # 每千人5批次, 每万人配备不少于6名
    "每([百千万])人口?([^0-9，。；、]{0,14}?)([0-9.]+)(批次|份|个|名|张|家|所|人|例|起|件|台|辆|处)(?!/)"
)


def without_whom(text: str) -> str:
    """The text with stops in place of the brackets in it that say who does what before them."""
    pieces, end = [], 0
    for start, stop in _outermost(_saying_who(text)):
        pieces += [text[end:start], "。" * (stop + 1 - start)]
        end = stop + 1
    return "".join([*pieces, text[end:]])


def _saying_who(text: str) -> dict[int, int]:
    """The brackets with such a word in them, and not only in one that stands inside them."""
    found: dict[int, int] = {}
    words = deque(word.start() for word in _SAYS_WHO.finditer(text))
    waiting: list[int] = []
    for start, stop in matching(text).items():  # as they close: the inner ones first
        while words and words[0] < stop:
            waiting.append(words.popleft())
        while waiting and waiting[-1] > start:
            waiting.pop()
            found[start] = stop
    return found


def in_digits(clause: str) -> str:
    """每季度1次 of 每季度一次, 95% of 百分之九十五 and 九成五, 30个 of 三十个."""
    clause = _HOW_OFTEN.sub(lambda often: f"{often[1]}{'一二三四'.find(often[2]) + 1 or 2}", clause)
    clause = _PER_CENT.sub(lambda share: f"{value(share[1]) or 100}%", clause)  # 百分之百
    clause = _LACKS_UNIT.sub(r"\1\2\3", clause)
    clause = _OF_ITS_NUMBER.sub(r"\1\2", clause)
    clause = _PER_HEAD.sub(r"\2\3\4/\1人", clause)
    clause = _TENTHS.sub(_in_per_cent, clause)
    return _TENS.sub(lambda count: str(value(count.group()) or count.group()), clause)


def _in_per_cent(share: re.Match[str]) -> str:
    tens = value(share[1].replace("两", "二"))
    return f"{tens}{5 if share[2] else 0}%"


def clauses_of(text: str) -> Iterator[str]:
    """What stands between stops; those inside brackets do not count."""
    inside = _outermost(matching(text))
    start = 0
    span = next(inside, None)
    for stop in CLAUSE_STOP.finditer(text):
        while span and span[1] < stop.start():
            span = next(inside, None)
        if (span and span[0] < stop.start()) or _is_thousand(text, stop.start()):
            continue
        yield from _each_figure(text[start : stop.start()])
        start = stop.end()
    yield from _each_figure(text[start:])


def _each_figure(clause: str) -> Iterator[str]:
    """侦破案件20起、抓获嫌疑人30名: a clause for each with words of its own before its figure."""
    clause = URGING.sub("", clause)
    if len(clause) > LONGEST or "、" not in clause or BOTH.match(clause):
        yield clause
        return
    start = 0
    for stop in _ENUMERATED.finditer(clause):
        if COUNT.search(clause, start, stop.start()) and not _is_inside(clause, stop.start()):
            yield clause[start : stop.start()]
            start = stop.end()
    yield clause[start:]


def _is_inside(clause: str, at: int) -> bool:
    return any(start < at < end for start, end in matching(clause).items())


def _outermost(closes: dict[int, int]) -> Iterator[tuple[int, int]]:
    end = -1
    for opened, closed in sorted(closes.items()):
        if opened > end:
            end = closed
            yield opened, closed


def _is_thousand(text: str, at: int) -> bool:
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit()
