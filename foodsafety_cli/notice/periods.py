"""The period in which the work of a notice is to be done: its months, else its year."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from foodsafety_cli.model.plan import Period
from foodsafety_cli.notice.dates import WHEN_LABEL, years_told
from foodsafety_cli.notice.plan_titles import DAY, YEARS
from foodsafety_cli.notice.reading import NoticeLine

# the year that was looked at: 对某市2021年度食品安全考核反馈意见
_JUDGED = re.compile("20[0-9]{2}年度?[^，。；]{0,16}(?:考核|督[察查]|评议|审计|评估|检查)")
_MOST_YEARS = 10  # that the work of one notice takes
_DUE = re.compile(WHEN_LABEL)
_DAY = "(?:([0-9]{1,2})日)?"
_FROM, _TO = (
    f"(20[0-9]{{2}})年([0-9]{{1,2}})月{_DAY}",
    f"(?:(20[0-9]{{2}})年)?([0-9]{{1,2}})月{_DAY}",
)
_SPAN = re.compile(
    f"自{_FROM}(?:起|开始)?(?:[至到]|[—–~～-]{{1,2}}){_TO}"
    f"|[（(]{_FROM}[至到—–~～-]{{1,2}}{_TO}[)）]"
)
_WINTER = re.compile(
    "(20[0-9]{2})年?[—–~～至-]{1,2}(20[0-9]{2})年?度?(?:.{0,8}(?P<autumn>秋冬季)|(?:今冬明春)?(?:供暖|采暖|供热)[季期])"
)
_TIME_OF_WORK = re.compile(
    "(?:整治|行动|实施|活动|工作|创建|攻坚|开展)(?:的?时间|期限|期(?=为))(?:(?:[:：]|为)(?P<span>.+)|[。:：]?$)"
)
_IN_FIGURES = re.compile("(?<![0-9.])(20[0-9]{2})[./-](?=[0-9])")  # 2025/6/30


def period_of(
    title: str,
    front: Sequence[str],
    lines: tuple[Sequence[NoticeLine], Sequence[NoticeLine]],
    day: dt.date | None,
) -> Period | None:
    """The months that are told, else the years of the title, the head (`front`) or the day.

    `lines`: those before the first item, and the rest.
    """
    head, rest = lines
    found = (
        _months("".join(line.text for line in head))
        or _of_work([line.text for line in (*head, *rest)])
        or _winter(title)
        or _period(title)
        or _period(_JUDGED.sub("", "".join(text for text in front if not DAY.fullmatch(text))))
        or _year(day)
    )
    return found or _of_deadlines(rest) or _of_words([line.text for line in (*head, *rest)])


def _period(text: str) -> Period | None:
    found = YEARS.search(text)
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else None


def _months(text: str) -> Period | None:
    """自2025年3月至12月: the months, or the days, in which something is to be done."""
    found = _SPAN.search(text)
    if not found:
        return None
    groups = found.groups()[:6] if found[1] else found.groups()[6:]
    year, month, day, last, end, end_day = (int(group or 0) for group in groups)
    last = last or year
    try:
        start = dt.date(year, month, day or 1)
        stop = dt.date(last, end, end_day or calendar.monthrange(last, end)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    return Period(start, stop) if (year, month) < (last, end) else None


def _of_work(texts: Sequence[str]) -> Period | None:
    """The months told below or behind a heading of their own: 二、整治时间 / 2024年9月至12月。"""
    for text, after in pairwise([*texts, ""]):
        if found := _TIME_OF_WORK.search(text):
            said = found["span"] or after
            return _months(said if said.startswith("自") else f"自{said}")
    return None


def _winter(title: str) -> Period | None:
    """2024—2025年秋冬季: October to March, as the plans against smog have it; or 供暖季."""
    found = _WINTER.search(title)
    if found is None or int(found[2]) != int(found[1]) + 1:
        return None
    # where it is cold, there is heat until April, and what is mended for it is in summer
    start, end = ((10, 1), (3, 31)) if found["autumn"] else ((7, 1), (4, 30))
    return Period(dt.date(int(found[1]), *start), dt.date(int(found[2]), *end))


def _of_deadlines(lines: Sequence[NoticeLine]) -> Period | None:
    """The first year in which something is due by a line of its own: 整改时限：2022年10月底前."""
    dues = (_IN_FIGURES.sub(r"\1年", line.text) for line in lines if _DUE.match(line.text))
    due = [one for text in dues if (one := _period(text))]
    return min(due, key=lambda period: period.start, default=None)


def _of_words(texts: Sequence[str]) -> Period | None:
    """The first of the years of which a text speaks, without those long before the last."""
    told = [year for text in texts for year in years_told(text)]
    if not told:
        return next((one for text in texts if (one := _period(text))), None)
    last = max(told)
    first = min(year for year in told if year >= last - _MOST_YEARS)
    return Period(dt.date(first, 1, 1), dt.date(first, 12, 31))


def _year(day: dt.date | None) -> Period | None:
    """The year of a paper's day; one of December is for the year to come."""
    if day is None:
        return None
    year = day.year + (day.month == 12)
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
