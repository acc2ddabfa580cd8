"""The standings of a plan's tasks on a day, computed from the reports that count.

The rules, with an example each: docs/explanation/standing.md.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.amending import AmendedPlan, amendments_of, in_force
from foodsafety_cli.analysis.extensions import Extensions, in_force_for
from foodsafety_cli.analysis.figures import Known, Together, Version, known_figures, together
from foodsafety_cli.analysis.lights import light_of, pace, status_of
from foodsafety_cli.analysis.measures import ZERO, mean, measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.signoff import Reviews, State
from foodsafety_cli.analysis.signoff import together as signed_off
from foodsafety_cli.analysis.stages import points_of, reached_by
from foodsafety_cli.analysis.standing import (
    BY_DAYS,
    BY_STAGES,
    Due,
    IndicatorStanding,
    TaskStanding,
)
from foodsafety_cli.model.events import Report, Reports, Status
from foodsafety_cli.model.plan import Aggregate, Closing, Indicator, Plan, Section, Task
from foodsafety_cli.model.steps import Extension, SignOff, Step

_OF_REVIEW = {State.PENDING: Status.IN_REVIEW, State.CLOSED: Status.CLOSED_UNMET}


class Standings:
    """Standings of a plan's tasks on one day, each computed when it is asked for."""

    def __init__(
        self, plan: Plan, reports: Reports, as_of: dt.date, steps: Sequence[Step] = ()
    ) -> None:
        self.printed = plan
        self.plan = in_force(plan, as_of)
        self.as_of = as_of
        self._amended = AmendedPlan(plan)
        self._printed = {task.id: task for _, task in self.printed.tasks()}
        is_amended = self.plan is not self.printed
        self._in_force = {t.id: t for _, t in self.plan.tasks()} if is_amended else self._printed
        self.reporters = Reporters(self.plan)
        self.duties = self.reporters.duties
        self._reports = reports
        self._named: dict[int, tuple[Report, ...]] = {}
        self._bases: Mapping[str, Mapping[str, Decimal]] = {b.name: b.values for b in plan.bases}
        self.closing = plan.closing or Closing()
        self.reviews = Reviews(
            (s for s in steps if isinstance(s, SignOff)), self.reporters, self._versions
        )
        extensions = (s for s in steps if isinstance(s, Extension))
        self.extensions = Extensions(extensions, self.reporters, Reporters(plan))

    def of(self, section: Section, task: Task) -> TaskStanding:
        """How one task stands, as it is in force on the day."""
        task = self._in_force.get(task.id, task)
        reports = self.reports_of(task)
        indicators = tuple(self._indicator(task, i, reports) for i in task.indicators)
        silent = {body for standing in indicators for body in standing.silent}
        concerned = [s for s in indicators if not s.is_not_concerned] or indicators
        dues = [(s.due, s.due_first) for s in concerned if not s.met]
        whole = Together() if indicators else self.together(task, None, reports)
        due, due_first = min(dues) if dues else self._due(task, None, whole)
        elapsed = pace(self.plan.period, self._due(task, None, whole)[0], self.as_of)
        if indicators:
            completion = mean([standing.counted for standing in concerned])
            expected = mean([standing.expected for standing in concerned])
            is_met = all(standing.met for standing in concerned)
        else:
            completion, expected, is_met = whole.counted, elapsed, whole.met
            silent |= set(whole.missing if whole.reported else ())
        is_idle = (
            concerned is indicators and any(s.is_not_concerned for s in indicators)
            if indicators
            else bool(whole.not_concerned) and whole.value is None and not whole.missing
        )
        if is_idle:  # neither 0 nor 100, never late, and left out of every mean
            completion = expected = ZERO
        put_off = max((s.extensions for s in concerned if s.due == due), default=0)
        put_off = put_off if indicators else self._times(task, None)
        reviews = self.reviews.of(task) if self.reviews.has_any(task) else ()
        reported = any(self._is_heard(task, report) for report in reports)
        state = signed_off(reviews) if reviews else None
        status = status_of(
            done=is_met
            and state is not State.CLOSED
            and (state is State.ACCEPTED or not self.closing.required),
            review=_OF_REVIEW.get(state) if state else None,
            reported=reported,
            due=due,
            day=min(self.as_of, due) if is_idle else self.as_of,
        )
        return TaskStanding(
            section,
            task,
            due,
            due_first,
            put_off if due != due_first else 0,
            self._own_dues(task, concerned),
            (due - self.as_of).days,
            indicators,
            completion,
            elapsed,
            expected,
            status,
            light_of(status, expected - completion, self.plan.lights, reported=reported),
            frozenset(silent),
            {} if indicators else dict.fromkeys(whole.missing) | dict(whole.parts),
            is_met,
            is_idle,
            reviews,
            reports,
        )

    def is_over(self, number: int) -> bool:
        """Whether a task is done or closed, so that nothing more is asked of anyone."""
        found = ((s, task) for s, task in self.plan.tasks() if task.id == number)
        section, task = next(found, (None, None))
        return bool(section and task and self.of(section, task).status.is_settled)

    def reports_of(self, task: Task) -> tuple[Report, ...]:
        """A task's reports, the latest last, under the names that departments have now."""
        if task.id not in self._named:
            reports = self._reports.get(task.id, ())
            self._named[task.id] = tuple(map(self.reporters.named, reports))
        return self._named[task.id]

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
        known = self.known(task, indicator, reports)
        return together(measure_of(indicator), known, self.bases_of(indicator))

    def known(self, task: Task, indicator: Indicator | None, reports: Sequence[Report]) -> Known:
        """Which figures count for an indicator, or a task without any."""
        return known_figures(self.reporters, task, indicator, reports, self._versions(task))

    def bases_of(self, indicator: Indicator | None) -> Mapping[str, Decimal]:
        """What departments' counts are held against; empty where the plan does not say."""
        return self._bases.get(indicator.per, {}) if indicator else {}

    def _versions(self, task: Task) -> tuple[Version, ...]:
        """Who reported before amendments that handed the task on, up to the day."""
        found = []
        for amendment in amendments_of(self.printed, task.id, self.as_of):
            if amendment.lead or amendment.responsible or amendment.support:
                before = self._amended.on(amendment.effective - dt.timedelta(days=1))
                earlier = next((t for _, t in before.tasks() if t.id == task.id), None)
                if earlier:
                    found.append(Version(amendment.effective, Reporters(before), earlier))
        return tuple(found)

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
            self._times(task, indicator) if due != due_first else 0,
            found.value if measure.is_figure else None,
            found.attainment,
            expected if is_idle else found.counted,  # nothing to count pulls nothing either way
            found.met,
            expected,
            max((report.submission.date for report in found.used), default=None),
            tuple(dict.fromkeys(r.submission.by for r in found.used if r.submission.by)),
            tuple(r.entry.department for r in found.used if r.entry.department),
            (*found.reported, *found.missing),
            found.parts,
            found.missing if found.reported else (),
            found.not_concerned,
            found.is_plain_mean,
            is_computed and measure.is_figure,
            (BY_STAGES if points else BY_DAYS) if measure.grows else "",
        )

    def _is_heard(self, task: Task, report: Report) -> bool:
        """Whether it is asked for: a figure that counts, or words of one that answers for it."""
        body = report.entry.department
        figures: Sequence[Indicator | None] = task.indicators or (None,)
        return (
            body is None
            or (not report.entry.has_figure and body in self.duties.accountable(task))
            or any(self.reporters.counts(task, figure, body) for figure in figures)
        )

    def _own_dues(self, task: Task, concerned: Sequence[IndicatorStanding]) -> dict[str, Due]:
        """By department, when what it reports and is not met yet is due, if more time was given."""
        if not self.extensions.granted(task):
            return {}
        open_figures = [s.indicator for s in concerned if not s.met] or list(task.indicators)
        figures: Sequence[Indicator | None] = open_figures or (None,)
        found: dict[str, list[Due]] = {}
        for figure in figures:
            for body in self.reporters.of(task, figure):
                found.setdefault(body, []).append(self.due_for(task, figure, body))
        return {body: min(dues, key=lambda due: due.day) for body, dues in found.items()}

    def part_due(self, task: Task, body: str) -> Due:
        """When a department's part is due: the first of what it reports."""
        own = [i for i in task.indicators if body in self.reporters.of(task, i)]
        figures: Sequence[Indicator | None] = own or task.indicators or (None,)
        dues = (self.due_for(task, figure, body) for figure in figures)
        return min(dues, key=lambda due: due.day)

    def due_for(self, task: Task, indicator: Indicator | None, body: str) -> Due:
        """When one department's figure, or its whole part (None), is due, with the time given."""
        amended = (indicator.due if indicator else None) or self.plan.due(task)
        since = self._due_amended(task, indicator)
        day = in_force_for([body], amended, self.extensions.dates(task, indicator, since))
        first = self._due_first(task, indicator)
        given = self.extensions.times
        times = given(task, body, indicator, since) or given(task, None, indicator, since)
        return Due(day, first, times if day != first else 0)

    def _times(self, task: Task, indicator: Indicator | None) -> int:
        """How often a date was put off."""
        since = self._due_amended(task, indicator)
        return self.extensions.times(task, None, indicator, since)

    def _due(
        self, task: Task, indicator: Indicator | None, found: Together
    ) -> tuple[dt.date, dt.date]:
        """The date in force, amended and extended, and the one that the notice gave."""
        amended = (indicator.due if indicator else None) or self.plan.due(task)
        since = self._due_amended(task, indicator)
        granted = self.extensions.dates(task, indicator, since)
        awaited = (*found.missing, *found.unmet) or found.reported
        return in_force_for(awaited, amended, granted), self._due_first(task, indicator)

    def _due_amended(self, task: Task, indicator: Indicator | None) -> dt.date:
        """From which day on a later document has set the date: time given before is over."""
        is_own = indicator is not None and indicator.due is not None
        name = indicator.name if indicator and is_own else ""
        days = (
            a.effective
            for a in amendments_of(self.printed, task.id, self.as_of)
            if a.due and a.indicator == name
        )
        return max(days, default=dt.date.min)

    def _due_first(self, task: Task, indicator: Indicator | None) -> dt.date:
        printed = self._printed.get(task.id)
        if printed:
            name = indicator.name if indicator else None
            named = (i.due for i in printed.indicators if i.name == name)
            return next(named, None) or self.printed.due(printed)
        return (indicator.due if indicator else None) or self.plan.due(task)
