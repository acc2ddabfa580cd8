"""When something is due: the days a text names, as due dates, stages or work without an end."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum

from foodsafety_cli.analysis.numerals import value
from foodsafety_cli.model.plan import Period
from foodsafety_cli.model.valuetype import ValueType

_N = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_TO = "[—–\\-~～至到]{1,2}"
_WHEN = re.compile(
    f"(?:20[0-9]{{2}}年(?:{_N})月(?:(?:{_N})[日号]|份|初|底)?{_TO}(?=20[0-9]{{2}}年))?"
    f"(?:(?P<year>20[0-9]{{2}})年|(?P<this>今年|本年|当年)|(?P<next>次年|翌年|明年))?"
    f"(?:(?:(?:{_N})月(?:(?:{_N})[日号]|份|初|底)?|(?<![0-9])[0-9]{{1,2}}){_TO}(?=(?:{_N})月))?"
    f"(?:(?P<month>{_N})月(?:(?P<day>{_N})[日号]|份?(?P<part>底|末|初|上旬|中旬|下旬)|份)?"
    "|(?:第?(?=[一二三四1-4]季度)|(?<![A-Za-z])[QqＱ](?=[1-4](?![0-9])))(?P<quarter>[一二三四1-4])(?:季度)?(?:底|末)?|(?P<half>[上下])半年(?:底|末)?"
    "|(?P<end>(?<![0-9近两几一二三四五去上前])年?(?:底|末|内|终))"
    "|“?(?P<feast>国庆|元旦|劳动节|五一|六一|七一|八一|(?<=“)十一)”?(?:国际)?(?:劳动|儿童|建军|建党)?节?(?:假期|长假|黄金周)?(?=之?前|以前))"
    "(?:（[^（）]{1,6}）)?(?P<before>前后|之?前|以前|前)?"
    f"|(?<![0-9.])(?P<printed>20[0-9]{{2}})[./-](?P<of>[0-9]{{1,2}})(?:[./-](?P<on>[0-9]{{1,2}}))?"
    "(?![0-9.])(?P<by>之?前|以前|前)?"
)
_NAMES_A_DAY = re.compile("[月季QqＱ半底末内终国元劳一./-]")  # one of which each of these has
# what a time without “前” asks for where a verb stands right behind it
_TO_BE_DONE = re.compile(
    "(?:前)?(?:完成|制定|出台|印发|建成|投入使用|投用|竣工|完工|验收|上线|启用|启动|开工|办结|报送)"
)
# and of a clause that begins with the time: 二季度举办读书节
_TO_BE_HELD = re.compile(
    "(?:集中|组织|陆续)?(?:举办|开展|评选|召开|举行|查处|排查|整治|抽检|检查|发布|公布|新?开工|新建成|新增|安排|组织)"
)
# what stands before the day of a task, in a line or a bracket of its own
WHEN_LABEL = "[一-龥]{0,4}(?:时限|时间|期限|进度|节点)(?:要求|安排|节点)?[:：]"
_SPAN = re.compile(f"(?:20[0-9]{{2}}年)?(?:{_N})月(?:(?:{_N})[日号])?{_TO}")
_FROM_YEAR = re.compile(f"(20[0-9]{{2}})年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?{_TO}")
_BASELINE = ("较", "比", "自", "从", "与", "以")
# a whole year, which is no baseline, no span and no part of a name
_YEAR = re.compile(
    "(?<![较比自从与以0-9〔《“—–～~至-])(20[0-9]{2})年"
    "(?![0-9一二三四五六七八九十]{1,3}月|[—–～~至-]|以来|相比|起|开始|[^，。；]{0,6}(?:建成|修订|印发|出台|发布|颁布|成立)的|[上下]半年|第?[一二三四1-4]季|底|末|[^，。；]{0,12}[》”])"
)
_REACHES = "(?:达|提[高升]到|不[低少]于|建成|完成|增长|实现|稳定在|控制在)"
_BY_YEAR = re.compile(  # 到2025年，合格率达到98%; 到2025年合格率达到98%; 合格率2025年达到98%
    "(?:^|[，,。；;：:（(])(?:力争|确保)?到(20[0-9]{2})年(?=[，,])"
    f"|到(20[0-9]{{2}})年(?=[^，。；0-9]{{2,40}}{_REACHES})|(20[0-9]{{2}})年(?=到?{_REACHES})"
)
_STAGE = re.compile("取得|阶段|初步|初见")
_CONTINUOUS = re.compile("^全年$|[:：]全年|持续|长期|常态|常年|坚持|按进度|按时序|推进中")
_CLAUSE_END = re.compile("[，,；;。：:（）()]")
_CLAUSE_BEGINS = "，,；;。：:（(、 "
HALF_DIGITS = str.maketrans("０１２３４５６７８９％．", "0123456789%.")
_FROM_THEN = re.compile(f"(?:起|开始|以来|以后)|{_TO}(?:次年|翌年|20[0-9]{{2}}[./-])")
# in a cell or a line about nothing but the day
_IN_FIGURES = re.compile(r"(?<![0-9.])(1[0-2]|0?[1-9])\.([12][0-9]|3[01]|0?[1-9])(?![0-9.%])")
_RUN_TOGETHER = re.compile("(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?![0-9])")
_QUOTED = re.compile("《[^《》]*》")
# feasts and seasons that are on other days each year
_MOVABLE = re.compile(
    "(?:春节|元宵节?|清明节?|端午节?|中秋节?|重阳节?|暑[假期]|寒假|(?:春|秋)季?开学|入冬|(?:主?汛|采暖|供暖|防火|雨)[期季])"
    "(?:来临|到来|开始)?(?:之前|以前|前(?!期|后))"
)
_NEXT_DAY = re.compile(f"、(?=(?:{_N})月|[上下]半年|第?[一二三四1-4]季度|年[底末])")
_ENDS = ("底", "末", "上旬", "中旬", "下旬")
# the days before feasts that are on one day every year
_EVES = {
    "元旦": (12, 31),
    "五一": (4, 30),
    "劳动节": (4, 30),
    "六一": (5, 31),
    "七一": (6, 30),
    "八一": (7, 31),
    "国庆": (9, 30),
    "十一": (9, 30),
}
_DAY_OF_PART = {"初": 10, "上旬": 10, "中旬": 20}


class DateSense(StrEnum):
    """What a date asks for."""

    DONE = "完成"
    STAGE = "阶段"
    CONTINUOUS = "持续"


class Deadline(ValueType):
    """A date with the words it was read from; work without an end has none.

    `time` is how they begin: 9月底前 of 9月底前完成.
    """

    words: str
    kind: DateSense
    date: dt.date | None = None
    time: str = ""


def deadlines(
    text: str, period: Period, *, is_remark: bool = False, year: int | None = None
) -> Iterator[Deadline]:
    """The deadlines in a text; in a remark (时限：6月) a bare month is one too.

    A day without a year is in the year of the date before it, the first in the given year or the
    period's last; one past the calendar is no date.
    """
    text = text.translate(HALF_DIGITS)
    if is_remark:
        text = _RUN_TOGETHER.sub(r"\1年\2月\3日", text)
        text = _NEXT_DAY.sub("，", _IN_FIGURES.sub(r"\1月\2日", text))
    end = 0
    for found, its_year in _whens_with_years(text, period, year):
        if found.start() < end or not _is_deadline(found, is_remark=is_remark):
            continue
        words = _clause_from(text, found)
        end = found.start() + len(words)
        day = _day(found, its_year)
        if day is not None:
            kind = DateSense.STAGE if _STAGE.search(words) else DateSense.DONE
            yield Deadline(words, kind, day, found.group())
        if _CONTINUOUS.search(words):
            yield Deadline(words, DateSense.CONTINUOUS)
    if is_remark and not end and (found_on := _CONTINUOUS.search(text)):
        yield Deadline(_clause_from(text, found_on), DateSense.CONTINUOUS)


def marks(text: str, period: Period, year: int | None = None) -> list[tuple[int, dt.date]]:
    """Where a text says by when what follows in the sentence is to be reached, and the day."""
    text = text.translate(HALF_DIGITS)
    found: list[tuple[int, dt.date]] = []
    for when, its_year in _whens_with_years(text, period, year):
        is_end = when.group().endswith(("底", "末")) and bool(when["quarter"] or when["half"])
        day = _day(when, its_year) if is_end or _is_deadline(when, is_remark=False) else None
        if day and text[when.start() - 1 : when.start()] not in _BASELINE:
            found.append((when.start(), day))
    found += [(when.start(), dt.date(int(when[1]), 12, 31)) for when in _YEAR.finditer(text)]
    return sorted(found)


def times_in(text: str, period: Period, year: int | None) -> Iterator[tuple[str, dt.date | None]]:
    """Every time within the period that a text names, with the words that follow it.

    Without a day where it is on another one each year: 春节前.
    """
    text = _QUOTED.sub(lambda found: "《" * len(found.group()), text.translate(HALF_DIGITS))
    for when, its_year in _whens_with_years(text, period, year):
        before = text[max(0, when.start() - 2) : when.start()]
        day = _day(when, its_year)
        is_of_work = not (before.endswith(_BASELINE) or "每" in before or "起" in before)
        is_of_work &= not _FROM_THEN.match(text, when.end())
        is_of_work &= not when["end"] or when["end"].startswith("年") or bool(when["year"])
        if day and is_of_work and period.start <= day and (day <= period.end or when["next"]):
            yield _clause_from(text, when), day
    yield from ((_clause_from(text, when), None) for when in _MOVABLE.finditer(text))


def _clause_from(text: str, found: re.Match[str]) -> str:
    stop = _CLAUSE_END.search(text, found.end())
    return text[found.start() : stop.start() if stop else len(text)]


def _whens_with_years(
    text: str, period: Period, year: int | None
) -> Iterator[tuple[re.Match[str], int]]:
    """The times of a text, each with its year: its own, or that of the one before it.

    In a winter (October to March) the months that its last year has no more of are of its first.
    """
    year = year or period.end.year
    is_winter = period.start.year + 1 == period.end.year and (period.end - period.start).days < 365
    for found in _whens(text):
        if found["year"] or found["printed"]:
            year, is_winter = int(found["year"] or found["printed"]), False
        elif found["this"] or found["next"]:
            year = period.start.year + bool(found["next"])
        day = _day(found, year) if is_winter and year == period.end.year else None
        yield found, year - bool(day and day.month > period.end.month)


def _whens(text: str) -> Iterator[re.Match[str]]:
    return _WHEN.finditer(text) if _NAMES_A_DAY.search(text) else iter(())


def _is_deadline(found: re.Match[str], *, is_remark: bool) -> bool:
    if _FROM_THEN.match(found.string, found.end()):
        return False
    if found["end"]:
        return found["end"] != "末" and (found["end"].startswith("年") or bool(found["year"]))
    if found["before"] or found["by"] or found["on"] or found["part"] in _ENDS:
        return True
    if found.string[max(0, found.start() - 3) : found.start()] in ("时限为", "时间为", "时限是"):
        return True
    # 2019年1月1日至12月31日，对不裁员的: as long as a rule holds, and no time of work
    is_policy = bool(found["year"] and found["day"])
    is_before_comma = found.string[found.end() : found.end() + 1] in ("，", ",")
    if _SPAN.match(found.group()) and is_before_comma and not is_policy:
        return found.start() == 0 or found.string[found.start() - 1] in f"{_CLAUSE_BEGINS}从自"
    is_span = found["quarter"] or found["half"] or found["month"]
    begins = found.start() == 0 or found.string[found.start() - 1] in _CLAUSE_BEGINS
    is_done = _TO_BE_DONE.match(found.string, found.end())
    is_held = begins and _TO_BE_HELD.match(found.string, found.end())
    return is_remark or bool(is_span and (is_done or is_held))


def years(text: str, *, is_remark: bool = False) -> Iterator[int]:
    """The years of the deadlines that a text gives with their year."""
    text = text.translate(HALF_DIGITS)
    if "20" not in text:
        return
    for found in _whens(text):
        year = found["year"] or found["printed"]
        if year and _is_deadline(found, is_remark=is_remark):
            yield int(year) - (found["feast"] == "元旦")
    yield from (int(found[1] or found[2] or found[3]) for found in _BY_YEAR.finditer(text))


def years_told(text: str) -> Iterator[int]:
    """The years in which a text says that something is to be, baselines and names left out."""
    text = text.translate(HALF_DIGITS)
    yield from years(text)
    yield from (int(found[1]) for found in _YEAR.finditer(text))
    yield from (int(found[1]) for found in _FROM_YEAR.finditer(text))


def _day(found: re.Match[str], year: int) -> dt.date | None:
    month, day = 12, 0
    if found["printed"]:
        month, day = int(found["of"]), int(found["on"] or 0)
    elif found["feast"]:
        month, day = _EVES[found["feast"]]
        year -= found["feast"] == "元旦" and bool(found["year"])  # 2026年元旦前
    elif found["quarter"]:
        month = 3 * (value(found["quarter"]) or 4)
    elif found["half"]:
        month = 6 if found["half"] == "上" else 12
    elif found["month"]:
        month = value(found["month"]) or 0
        day = value(found["day"]) or 0 if found["day"] else _DAY_OF_PART.get(found["part"] or "", 0)
    try:
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
