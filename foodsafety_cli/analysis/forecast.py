"""Where an indicator will end: a random walk with drift on the plan's own clock.

The clock runs from 0 to 1 over the indicator's time: by its stages, else by the course that the
same indicator took last year, else by days. A forecast never changes a light.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from foodsafety_cli.model.valuetype import ValueType

ZERO, HUNDRED = Decimal(0), Decimal(100)
_T80 = tuple(  # Student's t, 80 % of both sides, by degrees of freedom from 1
    Decimal(thousandths) / 1000
    for thousandths in (
        3078, 1886, 1638, 1533, 1476, 1440, 1415, 1397, 1383, 1372, 1363, 1356, 1350, 1345, 1341,
        1337, 1333, 1330, 1328, 1325, 1323, 1321, 1319, 1318, 1316, 1315, 1314, 1313, 1311, 1310,
    )
)  # fmt: skip
_T80_BEYOND = Decimal("1.282")
_NARROWEST = Decimal("0.03")  # of the target, from end to end
_LATE = Decimal("0.75")  # of the time, from where days alone bear a range
_MONTH = Decimal("30.4375")  # days
Clock = Callable[[dt.date], Decimal]


class Outlook(StrEnum):
    """Where it will end (预判), apart from lights and never in their colours."""

    REACHED = "能达标"
    OPEN = "未定"
    HARD = "难达标"
    UNKNOWN = "数据不足"


class Basis(StrEnum):
    """What the clock goes by."""

    STAGES = "阶段目标"
    LAST_YEAR = "去年进度"
    DAYS = "按天数"


class Course(ValueType):
    """An indicator's figures by day, oldest first, and how they are to be read."""

    figures: tuple[tuple[dt.date, Decimal], ...]
    target: Decimal
    most: Decimal  # that a figure can be: 100 for a share
    end: dt.date
    clock: Clock
    basis: Basis
    elapsed: Decimal  # of the time, by days
    is_limit: bool = False  # the target is not to be passed


class Forecast(ValueType):
    """The figure at the end, with its range; without one, the ends are those of two plain rates."""

    outlook: Outlook
    centre: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    monthly: Decimal | None = None  # what is still needed a month
    restarted: bool = False  # a figure was corrected downwards: what was before does not count


def forecast(course: Course, as_of: dt.date) -> Forecast:
    """The forecast of a figure that grows."""
    figures, restarted = _since_correction(course.figures)
    if not figures:
        return Forecast(Outlook.UNKNOWN)
    day, now = figures[-1]
    monthly = None if course.is_limit else _monthly(course, now, as_of)
    if as_of >= course.end or _is_settled(course, now):  # what is reported then is the end
        outlook = _outlook(now, now, course)
        return Forecast(outlook, monthly=None, restarted=restarted)
    points = _by_clock((course.clock(d), v) for d, v in figures)
    left = 1 - course.clock(max(day, as_of))
    if len(points) < 3 or left <= 0:
        return Forecast(Outlook.UNKNOWN, monthly=monthly, restarted=restarted)
    if course.basis is Basis.DAYS and course.elapsed < _LATE:
        return _two_rates(points, course, monthly, restarted=restarted)
    return _walk(points, course, monthly, restarted=restarted)


def _is_settled(course: Course, now: Decimal) -> bool:
    """Whether a count that only grows has reached its target, or passed its limit."""
    return now > course.target if course.is_limit else now >= course.target


def _by_clock(figures: Iterable[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, Decimal]]:
    """From nothing on, the last figure at each time of the clock, which may stand still."""
    latest = {ZERO: ZERO}
    for time, value in figures:
        if time > 0:
            latest[time] = value
    return list(latest.items())


def _since_correction(
    figures: Sequence[tuple[dt.date, Decimal]],
) -> tuple[list[tuple[dt.date, Decimal]], bool]:
    """The figures since the last that is smaller than the one before it."""
    start = 0
    for n in range(1, len(figures)):
        if figures[n][1] < figures[n - 1][1]:
            start = n
    return list(figures[start:]), start > 0


def _monthly(course: Course, now: Decimal, as_of: dt.date) -> Decimal | None:
    days = (course.end - as_of).days
    if days <= 0 or now >= course.target:
        return None
    return (course.target - now) / max(days / _MONTH, Decimal(1))


def _two_rates(
    points: Sequence[tuple[Decimal, Decimal]],
    course: Course,
    monthly: Decimal | None,
    *,
    restarted: bool,
) -> Forecast:
    """As fast as in all, and as fast as last."""
    (u0, v0), (u, v) = points[-2:]
    rates = (v / u, (v - v0) / (u - u0))
    ends = sorted(_bounded(v + rate * (1 - u), v, course.most) for rate in rates)
    outlook = _outlook(ends[0], ends[1], course)
    return Forecast(outlook, None, ends[0], ends[1], monthly, restarted)


def _walk(
    points: Sequence[tuple[Decimal, Decimal]],
    course: Course,
    monthly: Decimal | None,
    *,
    restarted: bool,
) -> Forecast:
    u, v = points[-1]
    drift = v / u
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    freedom = len(steps) - 1
    variance = sum(((dv - drift * du) ** 2 / du for du, dv in steps), ZERO) / freedom
    left = 1 - u
    spread = (variance * (left + left * left / u)).sqrt()
    quantile = _T80[freedom - 1] if freedom <= len(_T80) else _T80_BEYOND
    half = max(quantile * spread, course.target * _NARROWEST / 2)
    centre = v + drift * left
    low, high = (_bounded(centre + side * half, v, course.most) for side in (-1, 1))
    centre = _bounded(centre, v, course.most)
    outlook = _outlook(low, high, course)
    return Forecast(outlook, centre, low, high, monthly, restarted)


def _bounded(value: Decimal, least: Decimal, most: Decimal) -> Decimal:
    return min(max(value, least), most)


def _outlook(low: Decimal, high: Decimal, course: Course) -> Outlook:
    target = course.target
    is_kept, is_missed = low >= target, high < target
    if course.is_limit:
        is_kept, is_missed = high <= target, low > target
    if is_kept:
        return Outlook.REACHED
    return Outlook.HARD if is_missed else Outlook.OPEN
