"""How an indicator and a task stand on a day, computed from the reports that count (DESIGN 3)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.analysis.lights import HUNDRED, light_of, pace, status_of
from foodsafety_cli.model.events import Light, Report, Reports, Status
from foodsafety_cli.model.plan import Aggregate, Indicator, Kind, Plan, Section, Task
from foodsafety_cli.model.valuetype import ValueType

ZERO = Decimal(0)


class IndicatorStanding(ValueType):
    """One indicator on a day; `value` is None for milestones and where nothing was reported.

    `silent` are the bodies an average still lacks: they answer for the task and reported nothing.
    """

    task: int
    indicator: Indicator
    due: dt.date
    value: Decimal | None
    attainment: Decimal | None
    met: bool
    expected: Decimal
    date: dt.date | None
    reported_by: tuple[str, ...]
    departments: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def counted(self) -> Decimal:
        """Attainment as it is averaged: at most 100, and 0 where nothing was reported."""
        return min(self.attainment or ZERO, HUNDRED)


class TaskStanding(ValueType):
    """One task on a day; `due` is the earliest of its own and its unmet milestones' dates."""

    section: Section
    task: Task
    due: dt.date
    days_left: int
    indicators: tuple[IndicatorStanding, ...]
    completion: Decimal
    pace: Decimal
    expected: Decimal
    status: Status
    light: Light
    reports: tuple[Report, ...]

    @property
    def silent(self) -> frozenset[str]:
        """The bodies that some indicator's average still lacks."""
        return frozenset(body for standing in self.indicators for body in standing.silent)

    @property
    def behind(self) -> Decimal:
        """Points behind what is expected by now; below 0 is ahead."""
        return self.expected - self.completion


class Standings:
    """Standings of a plan's tasks on one day, each computed when it is asked for."""

    def __init__(self, plan: Plan, reports: Reports, as_of: dt.date) -> None:
        self.plan = plan
        self.as_of = as_of
        self.duties = Duties(plan)
        self._reports = reports

    def of(self, section: Section, task: Task) -> TaskStanding:
        """How one task stands."""
        reports = tuple(self._reports.get(task.id, ()))
        indicators = tuple(
            self._indicator(task, indicator, reports) for indicator in task.indicators
        )
        elapsed = pace(self.plan.period, self.plan.due(task), self.as_of)
        if indicators:
            completion = _mean([standing.counted for standing in indicators])
            expected = _mean([standing.expected for standing in indicators])
            done = all(standing.met for standing in indicators)
        else:
            completion, expected = self._percent(task, reports), elapsed
            done = completion >= HUNDRED
        due = min(
            [self.plan.due(task)]
            + [s.due for s in indicators if s.indicator.kind is Kind.MILESTONE and not s.met]
        )
        status = status_of(done=done, reported=bool(reports), due=due, day=self.as_of)
        return TaskStanding(
            section,
            task,
            due,
            (due - self.as_of).days,
            indicators,
            completion,
            elapsed,
            expected,
            status,
            light_of(status, expected - completion, self.plan.lights),
            reports,
        )

    def _indicator(
        self, task: Task, indicator: Indicator, reports: Sequence[Report]
    ) -> IndicatorStanding:
        due = indicator.due or self.plan.due(task)
        whole, own = latest(reports, indicator.name)
        used = [whole] if whole else list(own.values())
        is_average = bool(own) and not whole and indicator.combine is not Aggregate.SUM
        answering = self.duties.accountable(task) if is_average else ()
        if indicator.kind is Kind.MILESTONE:
            value = None
            needed = [whole] if whole else [own.get(b) for b in self.duties.accountable(task)]
            met = bool(used) and all(report and report.entry.done for report in needed)
            attainment = (HUNDRED if met else ZERO) if used else None
            neutral = self.as_of <= due
            expected = (attainment or ZERO) if neutral else HUNDRED
        else:
            target = indicator.target or ZERO
            value = _combined([r.entry.value or ZERO for r in used], indicator.combine)
            met = value is not None and value >= target
            attainment = None if value is None else value * 100 / target
            elapsed = pace(self.plan.period, due, self.as_of)
            expected = elapsed if indicator.kind is Kind.CUMULATIVE else HUNDRED
        return IndicatorStanding(
            task.id,
            indicator,
            due,
            value,
            attainment,
            met,
            expected,
            max((report.submission.date for report in used), default=None),
            tuple(dict.fromkeys(report.submission.by for report in used if report.submission.by)),
            tuple(report.entry.department for report in used if report.entry.department),
            tuple(body for body in answering if body not in own),
        )

    def _percent(self, task: Task, reports: Sequence[Report]) -> Decimal:
        whole, own = latest(reports, None)
        if whole:
            return _percent_of(whole)
        answering = self.duties.accountable(task)
        return _mean([_percent_of(own[body]) if body in own else ZERO for body in answering])


def latest(
    reports: Sequence[Report], indicator: str | None
) -> tuple[Report | None, dict[str, Report]]:
    """The latest figure for the whole task, and each department's own latest."""
    whole: Report | None = None
    own: dict[str, Report] = {}
    for report in reports:
        if report.entry.indicator != indicator or not report.entry.has_figure:
            continue
        if report.entry.department is None:
            whole = report
        else:
            own.pop(report.entry.department, None)  # the latest stands last, whoever began
            own[report.entry.department] = report
    return whole, own


def _percent_of(report: Report) -> Decimal:
    return HUNDRED if report.entry.done else report.entry.percent or ZERO


def _combined(values: Sequence[Decimal], how: Aggregate) -> Decimal | None:
    if not values:
        return None
    if how is Aggregate.SUM:
        return sum(values, ZERO)
    return min(values) if how is Aggregate.MIN else _mean(values)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, ZERO) / len(values) if values else ZERO
