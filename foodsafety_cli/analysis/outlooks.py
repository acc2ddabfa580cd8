"""The forecasts of a plan's indicators, out of all that was reported."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.forecast import Basis, Clock, Course, Forecast, Outlook, forecast
from foodsafety_cli.analysis.lights import pace
from foodsafety_cli.analysis.measures import HUNDRED
from foodsafety_cli.analysis.stages import Point, points_of, reached_by
from foodsafety_cli.analysis.standing import IndicatorStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Aggregate, Indicator, Task
from foodsafety_cli.model.valuetype import ValueType

_MONTH = 31  # days
Figures = tuple[tuple[dt.date, Decimal], ...]  # by day, oldest first
Courses = Mapping[tuple[int, str], Sequence[Point]]  # last year's, by task and indicator


class Expected(ValueType):
    """An indicator with its forecast, and the figure that it should have by now."""

    task: Task
    standing: IndicatorStanding
    forecast: Forecast
    basis: Basis | None  # None where nothing grows
    expected: Decimal | None


def outlook_of(
    standings: Standings,
    task: Task,
    standing: IndicatorStanding,
    reports: Sequence[Report],
    last_year: Sequence[Point] = (),
) -> Expected:
    """The forecast of one indicator; `reports` are the task's that count, oldest first."""
    indicator, measure = standing.indicator, standing.measure
    if not measure.grows:
        return Expected(task, standing, _kept(standing, standings.as_of), None, None)
    target = measure.target or HUNDRED
    clock, basis = _clock(standings, standing, last_year)
    course = Course(
        series(standings, task, indicator, reports),
        target,
        measure.most,
        standing.due,
        clock,
        basis,
        pace(standings.dues.period_of(task.id), standing.due, standings.as_of) / 100,
        measure.is_at_most,
    )
    expected = None if measure.is_at_most else clock(standings.as_of) * target
    if standing.silent and not measure.is_sum:  # what some have reached says nothing of all
        return Expected(task, standing, Forecast(Outlook.UNKNOWN), basis, expected)
    found = forecast(course, standings.as_of)
    if found.outlook is Outlook.REACHED and not measure.is_sum and not standing.met:
        outlook = _of_each(standings, standing, reports, course)
        found = found._replace(outlook=outlook)
        if outlook is Outlook.UNKNOWN:  # where that of one cannot be told, no range is
            found = Forecast(outlook, monthly=found.monthly, restarted=found.restarted)
    return Expected(task, standing, found, basis, expected)


def _of_each(
    standings: Standings, standing: IndicatorStanding, reports: Sequence[Report], course: Course
) -> Outlook:
    """What is met only if every reporter's own figure is will not be because their mean is."""
    measure, bases = standing.measure, standings.bases_of(standing.indicator)
    if len(standing.reporters) < 2 or not (
        standing.is_plain_mean or measure.is_each or measure.combine is Aggregate.MIN
    ):
        return Outlook.REACHED
    found = []
    named = list(map(standings.reporters.named, reports))
    for department in standing.reporters:
        own = {
            r.submission.date: measure.figure_of(r.entry)
            for r in sorted(named, key=lambda report: report.order)
            if r.entry.department in (department, None)
            and r.entry.indicator == standing.indicator.name
            and r.entry.has_figure
        }
        target = measure.own_target(department, bases) or course.target
        its = course._replace(figures=tuple(sorted(own.items())), target=target)
        found.append(forecast(its, standings.as_of).outlook)
    return min(found, key=[Outlook.HARD, Outlook.OPEN, Outlook.UNKNOWN, Outlook.REACHED].index)


def _kept(standing: IndicatorStanding, as_of: dt.date) -> Forecast:
    """Of what is kept or done, not grown: what is so now, and what can no longer be."""
    if standing.met:
        return Forecast(Outlook.REACHED)
    if as_of > standing.due:
        return Forecast(Outlook.HARD)
    known = standing.date is not None and standing.measure.is_figure
    return Forecast(Outlook.OPEN if known else Outlook.UNKNOWN)


def _clock(
    standings: Standings, standing: IndicatorStanding, last_year: Sequence[Point]
) -> tuple[Clock, Basis]:
    plan, due = standings.plan, standing.due
    period = standings.dues.period_of(standing.task)
    stages = points_of(plan, standing.indicator, due)
    points, basis = (stages, Basis.STAGES) if stages else (tuple(last_year), Basis.LAST_YEAR)
    if not points:
        return lambda day: pace(period, due, day) / 100, Basis.DAYS
    return lambda day: reached_by(points, period.start, due, day) / 100, basis


def series(
    standings: Standings, task: Task, indicator: Indicator, reports: Sequence[Report]
) -> Figures:
    """An indicator's figure on each day on which it was reported, oldest first."""
    mine = [
        standings.reporters.named(report)
        for report in sorted(reports, key=lambda report: report.order)
        if report.entry.indicator == indicator.name
        and report.entry.has_figure
        and report.submission.date <= standings.as_of
    ]
    figures: dict[dt.date, Decimal] = {}
    for n, report in enumerate(mine, 1):
        day = report.submission.date
        if n < len(mine) and mine[n].submission.date == day:
            continue
        value = standings.together(task, indicator, mine[:n]).value
        if value is not None:
            figures[day] = value
    return tuple(figures.items())


def added_up(found: Sequence[Figures]) -> Figures:
    """Counts of several tasks as one: on each day that any was reported, what all had by then."""
    if len(found) == 1:
        return found[0]
    days = sorted({day for one in found for day, _ in one})
    return tuple((day, sum((_by(one, day) for one in found), Decimal(0))) for day in days)


def _by(figures: Figures, day: dt.date) -> Decimal:
    return next((value for on, value in reversed(figures) if on <= day), Decimal(0))


def course_of_last_year(
    found: Figures, end: dt.date, now: tuple[int, dt.date]
) -> tuple[Point, ...]:
    """How last year's figures went until the day they were due, as percent of where they ended.

    `now`: how many years later it is lent to, and what is due on which day there. It tells nothing
    of work that is to end in another part of the year.
    """
    years, due = now
    if len(found) < 3 or not found[-1][1] or (end - found[-1][0]).days > _MONTH:
        return ()
    if abs((due - _later(end, years)).days) > _MONTH:
        return ()
    last = found[-1][1]
    points: list[Point] = []
    for day, value in found[:-1]:
        percent = min(value * 100 / last, HUNDRED)
        is_more = not points or percent >= points[-1][1]
        # where last year was done early, this year's clock goes on to the end all the same
        if is_more and percent < HUNDRED and _later(day, years) < due:
            points.append((_later(day, years), percent))
    return tuple(points)


def _later(day: dt.date, years: int) -> dt.date:
    """The same day some years later; of a 29th of February, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def counted(found: Sequence[Expected]) -> Iterator[str]:
    """能达标 9、未定 4…, and 依据: how many by what."""
    numbers = [(o, sum(one.forecast.outlook is o for one in found)) for o in Outlook]
    yield "、".join(f"{outlook} {count}" for outlook, count in numbers)
    bases = [(b, sum(one.basis is b for one in found)) for b in Basis]
    rest = len(found) - sum(count for _, count in bases)
    told = [f"{basis} {count} 个" for basis, count in bases]
    yield "，".join([*told, f"比率和节点不用 {rest} 个"] if rest else told)
