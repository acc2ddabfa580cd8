"""What should be reached by when: an indicator's stages, or the plan's course, as points.

A stage is written as a percent of the target (26%) or as a figure; between two of them the way is
straight, and the last day is 100 %.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from foodsafety_cli.analysis.days import read_day
from foodsafety_cli.analysis.measures import HUNDRED, is_countable
from foodsafety_cli.model.plan import Indicator, Kind, Plan

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


def _points(written: Mapping[str, str], target: Decimal | None) -> Iterator[Point]:
    for key, text in written.items():
        day, percent = read_day(key), percent_of(text, target)
        if day is not None and percent is not None:
            yield day, percent


def percent_of(text: str, target: Decimal | None) -> Decimal | None:
    """A stage as a percent of the target; None for what is none."""
    bare = text.strip().rstrip("%％")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not is_countable(number) or number < 0:
        return None
    if bare != text.strip():
        return number
    return number * 100 / target if target else None
