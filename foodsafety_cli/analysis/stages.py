"""What should be reached by when: an indicator's stages, or the plan's course, as points.

A stage is written as a percent of the target (26%) or as a figure; between two of them the way is
straight, and the last day is 100 %.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from foodsafety_cli.analysis.match import read_day
from foodsafety_cli.model.plan import Indicator, Kind, Plan
from foodsafety_cli.model.problem import Code, Fault, Path

HUNDRED = Decimal(100)
Point = tuple[dt.date, Decimal]  # by the end of which day, how many percent


def points_of(plan: Plan, indicator: Indicator, due: dt.date) -> tuple[Point, ...]:
    """The indicator's own stages, else the plan's course; nothing where days are counted."""
    if indicator.kind is not Kind.CUMULATIVE or indicator.at_most:
        return ()
    if indicator.stages:
        return tuple(p for p in _points(indicator.stages, indicator.target) if p[0] < due)
    return tuple(p for p in _points(plan.course, None) if p[0] < due)


def reached_by(points: Sequence[Point], start: dt.date, due: dt.date, day: dt.date) -> Decimal:
    """How many percent should be reached when `day` ends."""
    before: Point = (start - dt.timedelta(days=1), Decimal(0))
    if day <= before[0]:
        return Decimal(0)
    for point in (*points, (due, HUNDRED)):
        if day <= point[0]:
            days = (point[0] - before[0]).days
            share = Decimal((day - before[0]).days) / days if days else Decimal(1)
            return before[1] + (point[1] - before[1]) * share
        before = point
    return HUNDRED


def check_stages(plan: Plan, indicator: Indicator, due: dt.date, path: Path) -> Iterator[Fault]:
    """Days inside the period, each more than the one before, none past the whole or the due day."""
    if indicator.stages and indicator.kind is not Kind.CUMULATIVE:
        yield Fault(
            (*path, "stages"),
            Code.STAGES,
            "阶段目标只用于累计指标",
            "请删去 stages，或把 kind 改成 cumulative",
        )
    elif indicator.stages and indicator.at_most:
        words = "有上限的指标（at_most）任何时候都应做到，没有阶段目标"
        yield Fault((*path, "stages"), Code.STAGES, words, "请删去 stages")
    else:
        yield from _check(plan, indicator.stages, indicator.target, due, (*path, "stages"))


def check_course(plan: Plan) -> Iterator[Fault]:
    """The same of the course of all."""
    yield from _check(plan, plan.course, None, plan.period.end, ("course",))


def _check(
    plan: Plan, written: Mapping[str, str], target: Decimal | None, due: dt.date, path: Path
) -> Iterator[Fault]:
    before = Decimal(0)
    last: dt.date | None = None
    for key, text in written.items():
        day, percent = read_day(key), _percent(text, target)
        place = (*path, key)
        if day is None:
            yield Fault(place, Code.STAGES, f"“{key}”不是日期", "请写成 2021-06-30 这样")
            continue
        if percent is None:
            words = "26% 这样" if target is None else "26% 或一个数"
            yield Fault(place, Code.STAGES, f"“{text}”不是阶段目标", f"请写成 {words}")
            continue
        if not plan.period.start <= day <= due:
            words = f"{day} 不在工作期开始到时限 {due} 之间"
            yield Fault(place, Code.STAGES, words, "请核对日期")
        if last is not None and day <= last:
            yield Fault(place, Code.STAGES, f"{day} 排在 {last} 之后", "请按日期先后写")
        if day == due and percent < HUNDRED:
            words = f"{day} 是时限，那天应是目标的 100%"
            yield Fault(place, Code.STAGES, words, "请改成 100%，或删去这一行")
        elif percent > HUNDRED:
            yield Fault(place, Code.STAGES, f"{text} 超过了目标", "请核对数值")
        elif percent < before:
            yield Fault(place, Code.STAGES, f"{text} 比前一个阶段少", "阶段目标只增不减，请核对")
        before, last = max(before, percent), day


def _points(written: Mapping[str, str], target: Decimal | None) -> Iterator[Point]:
    for key, text in written.items():
        day, percent = read_day(key), _percent(text, target)
        if day is not None and percent is not None:
            yield day, percent


def _percent(text: str, target: Decimal | None) -> Decimal | None:
    bare = text.strip().rstrip("%％")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0:
        return None
    if bare != text.strip():
        return number
    return number * 100 / target if target else None
