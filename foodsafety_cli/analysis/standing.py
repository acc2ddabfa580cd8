"""How an indicator and a task stand on a day, computed from the reports that count.

The rules, with an example each: docs/explanation/standing.md.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.amending import in_force
from foodsafety_cli.analysis.extensions import Extensions, in_force_for
from foodsafety_cli.analysis.figures import Together, known_figures, together
from foodsafety_cli.analysis.lights import light_of, pace, status_of
from foodsafety_cli.analysis.measures import HUNDRED, ZERO, Measure, mean, measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.signoff import Review, Reviews, State
from foodsafety_cli.analysis.signoff import together as signed_off
from foodsafety_cli.analysis.stages import points_of, reached_by
from foodsafety_cli.model.events import Light, Report, Reports, Status
from foodsafety_cli.model.plan import Aggregate, Closing, Indicator, Plan, Section, Task
from foodsafety_cli.model.steps import Extension, SignOff, Step
from foodsafety_cli.model.valuetype import ValueType

BY_STAGES, BY_DAYS = "阶段目标", "按天数"


class IndicatorStanding(ValueType):
    """One indicator on a day; `value` is None for milestones and where nothing was reported.

    `counted` is the attainment as it is averaged: at most 100, with 0 for `silent` reporters.
    `due` is the date in force, `due_first` the one the notice gave.
    """

    task: int
    indicator: Indicator
    due: dt.date
    due_first: dt.date
    extensions: int
    value: Decimal | None
    attainment: Decimal | None
    counted: Decimal
    met: bool
    expected: Decimal
    date: dt.date | None
    reported_by: tuple[str, ...]  # persons
    departments: tuple[str, ...]  # whose own figures make it up
    reporters: tuple[str, ...]
    silent: tuple[str, ...]  # reporters that are missing while others have reported
    not_concerned: tuple[str, ...]
    is_plain_mean: bool
    is_computed: bool  # the value is not one that somebody reported
    course: str = ""  # what `expected` goes by: 阶段目标, or 按天数

    @property
    def measure(self) -> Measure:
        """How it is measured."""
        return measure_of(self.indicator)

    @property
    def reported(self) -> str:
        """已报 m/n, where several report."""
        count = len(self.reporters)
        missing = count if self.date is None else len(self.silent)
        return f"{count - missing}/{count}" if count > 1 else ""


_OF_REVIEW = {State.PENDING: Status.IN_REVIEW, State.CLOSED: Status.CLOSED_UNMET}


class TaskStanding(ValueType):
    """One task on a day; `due` is the earliest date of what is not met yet.

    `due_first` is the date that the notice gave for it, `extensions` how often it was put off,
    `extended` until when, for departments that were given more time than others.
    """

    section: Section
    task: Task
    due: dt.date
    due_first: dt.date
    extensions: int
    extended: Mapping[str, dt.date]
    days_left: int
    indicators: tuple[IndicatorStanding, ...]
    completion: Decimal
    pace: Decimal
    expected: Decimal
    status: Status
    light: Light
    silent: frozenset[str]  # reporters whose figures are missing while others have reported
    is_met: bool  # by the figures, signed off or not
    reviews: tuple[Review, ...]  # of its parts; empty where nothing was done about it
    reports: tuple[Report, ...]

    @property
    def behind(self) -> Decimal:
        """Points behind what is expected by now; below 0 is ahead."""
        return self.expected - self.completion

    def days_left_of(self, body: str) -> int:
        """The days that one department has left: more than others, if it was given more time."""
        due = max(self.due, self.extended.get(body, self.due))
        return self.days_left + (due - self.due).days

    @property
    def returned(self) -> tuple[Review, ...]:
        """The parts that were sent back and not applied for again."""
        return tuple(review for review in self.reviews if review.state is State.RETURNED)


class Standings:
    """Standings of a plan's tasks on one day, each computed when it is asked for."""

    def __init__(
        self, plan: Plan, reports: Reports, as_of: dt.date, steps: Sequence[Step] = ()
    ) -> None:
        self.printed = plan
        self.plan = in_force(plan, as_of)
        self.as_of = as_of
        self.reporters = Reporters(self.plan)
        self.duties = self.reporters.duties
        self._reports = reports
        self._bases: Mapping[str, Mapping[str, Decimal]] = {b.name: b.values for b in plan.bases}
        self.closing = plan.closing or Closing()
        self.reviews = Reviews((s for s in steps if isinstance(s, SignOff)), self.reporters)
        extensions = (s for s in steps if isinstance(s, Extension))
        self.extensions = Extensions(extensions, self.reporters, Reporters(plan))

    def of(self, section: Section, task: Task) -> TaskStanding:
        """How one task stands, as it is in force on the day."""
        if self.plan is not self.printed:
            task = next((t for _, t in self.plan.tasks() if t.id == task.id), task)
        reports = self.reports_of(task)
        indicators = tuple(self._indicator(task, i, reports) for i in task.indicators)
        silent = {body for standing in indicators for body in standing.silent}
        dues = [(s.due, s.due_first) for s in indicators if not s.met]
        whole = Together() if indicators else self.together(task, None, reports)
        due, due_first = min(dues) if dues else self._due(task, None, whole)
        elapsed = pace(self.plan.period, self._due(task, None, whole)[0], self.as_of)
        if indicators:
            completion = mean([standing.counted for standing in indicators])
            expected = mean([standing.expected for standing in indicators])
            is_met = all(standing.met for standing in indicators)
        else:
            completion, expected, is_met = whole.counted, elapsed, whole.met
            silent |= set(whole.missing if whole.reported else ())
        reviews = self.reviews.of(task) if self.reviews.has_any(task) else ()
        state = signed_off(reviews) if reviews else None
        status = status_of(
            done=is_met and (state is State.ACCEPTED or not self.closing.required),
            review=_OF_REVIEW.get(state) if state else None,
            reported=bool(reports),
            due=due,
            day=self.as_of,
        )
        return TaskStanding(
            section,
            task,
            due,
            due_first,
            self.extensions.times(task) if due != due_first else 0,
            self.extensions.dates(task, None),
            (due - self.as_of).days,
            indicators,
            completion,
            elapsed,
            expected,
            status,
            light_of(status, expected - completion, self.plan.lights),
            frozenset(silent),
            is_met,
            reviews,
            reports,
        )

    def reports_of(self, task: Task) -> tuple[Report, ...]:
        """A task's reports, the latest last, under the names that departments have now."""
        return tuple(map(self._renamed, self._reports.get(task.id, ())))

    def renamed(self, step: Step) -> Step:
        """A step under the name that its department has now."""
        name = self.reporters.name_of(step.department)
        return step if name in (None, step.department) else step._replace(department=name)

    def spellings(self, number: int, department: str) -> tuple[str, ...]:
        """Under which names a department's reports on a task stand in the ledger, "" for all."""
        task = next((t for _, t in self.plan.tasks() if t.id == number), None)
        if task is None:
            return (department,)
        figures = task.indicators or (None,)
        found = (self.reporters.one_series(task, one, department) for one in figures)
        return tuple(dict.fromkeys(name for names in found for name in names))

    def together(
        self, task: Task, indicator: Indicator | None, reports: Sequence[Report]
    ) -> Together:
        """What the figures of an indicator, or of a task without any, make together."""
        known = known_figures(self.reporters, task, indicator, reports)
        bases = self._bases.get(indicator.per, {}) if indicator else {}
        return together(measure_of(indicator), known, bases)

    def named(self, report: Report) -> Report:
        """A report under the name that its department has now."""
        return self._renamed(report)

    def _renamed(self, report: Report) -> Report:
        spelling = report.entry.department
        name = self.reporters.name_of(spelling) if spelling else None
        if name in (None, spelling):
            return report
        return report._replace(entry=report.entry._replace(department=name))

    def _indicator(
        self, task: Task, indicator: Indicator, reports: Sequence[Report]
    ) -> IndicatorStanding:
        measure = measure_of(indicator)
        found = self.together(task, indicator, reports)
        due, due_first = self._due(task, indicator, found)
        points = points_of(self.plan, indicator, due)
        start = self.plan.period.start
        elapsed = (
            reached_by(points, start, due, self.as_of)
            if points
            else pace(self.plan.period, due, self.as_of)
        )
        expected = measure.expected(elapsed, found.counted, is_due=self.as_of > due)
        is_idle = bool(found.not_concerned) and found.value is None and not found.missing
        is_several = len(found.used) > 1 and measure.combine is Aggregate.MEAN
        is_computed = is_several or any(r.entry.counted is not None for r in found.used)
        return IndicatorStanding(
            task.id,
            indicator,
            due,
            due_first,
            self.extensions.times(task) if due != due_first else 0,
            found.value if measure.is_figure else None,
            found.attainment,
            expected if is_idle else found.counted,  # nothing to count pulls nothing either way
            found.met,
            expected,
            max((report.submission.date for report in found.used), default=None),
            tuple(dict.fromkeys(r.submission.by for r in found.used if r.submission.by)),
            tuple(r.entry.department for r in found.used if r.entry.department),
            (*found.reported, *found.missing),
            found.missing if found.reported else (),
            found.not_concerned,
            found.is_plain_mean,
            is_computed and measure.is_figure,
            (BY_STAGES if points else BY_DAYS) if measure.grows else "",
        )

    def _due(
        self, task: Task, indicator: Indicator | None, found: Together
    ) -> tuple[dt.date, dt.date]:
        """The date in force, amended and extended, and the one that the notice gave."""
        amended = (indicator.due if indicator else None) or self.plan.due(task)
        granted = self.extensions.dates(task, indicator)
        awaited = (*found.missing, *found.unmet) or found.reported
        return in_force_for(awaited, amended, granted), self._due_first(task, indicator)

    def _due_first(self, task: Task, indicator: Indicator | None) -> dt.date:
        for _, printed in self.printed.tasks():
            if printed.id == task.id:
                name = indicator.name if indicator else None
                named = (i.due for i in printed.indicators if i.name == name)
                return next(named, None) or self.printed.due(printed)
        return (indicator.due if indicator else None) or self.plan.due(task)


def latest(
    reports: Sequence[Report], indicator: str | None
) -> tuple[Report | None, dict[str, Report]]:
    """The latest figure given for the whole task, and each department's own latest."""
    whole: Report | None = None
    own: dict[str, Report] = {}
    for report in reports:
        if report.entry.indicator == indicator and report.entry.has_figure:
            if report.entry.department is None:
                whole = report
            else:
                own[report.entry.department] = report
    return whole, own


__all__ = ["HUNDRED", "ZERO", "IndicatorStanding", "Standings", "TaskStanding", "latest"]
