"""The standings of a plan's tasks on a day, computed from the reports that count.

The rules, with an example each: docs/explanation/standing.md.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.amending import in_force
from foodsafety_cli.analysis.dues import Dues
from foodsafety_cli.analysis.extensions import Extensions, ExtensionState, Request
from foodsafety_cli.analysis.figures import Together, together
from foodsafety_cli.analysis.handovers import Handovers
from foodsafety_cli.analysis.known_figures import KnownFigures, known_figures
from foodsafety_cli.analysis.lights import light_of, pace, status_of
from foodsafety_cli.analysis.measures import mean, measure_of
from foodsafety_cli.analysis.outcome import Outcome, concerned, of_indicators, of_percents
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.signoff import Review, Reviews, State
from foodsafety_cli.analysis.signoff import together as signed_off
from foodsafety_cli.analysis.stages import points_of, reached_by
from foodsafety_cli.analysis.standing import (
    BY_DAYS,
    BY_STAGES,
    Due,
    IndicatorStanding,
    OwnPace,
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
        self._printed = {task.id: task for _, task in self.printed.tasks()}
        is_amended = self.plan is not self.printed
        self._in_force = {t.id: t for _, t in self.plan.tasks()} if is_amended else self._printed
        self.reporters = Reporters(self.plan)
        self.duties = self.reporters.duties
        self.handovers = Handovers(plan, as_of, self.reporters)
        self._reports = reports
        self._steps = steps
        self._named: dict[int, tuple[Report, ...]] = {}
        self._bases: Mapping[str, Mapping[str, Decimal]] = {b.name: b.values for b in plan.bases}
        self.closing = plan.closing or Closing()
        self.reviews = Reviews(
            (s for s in steps if isinstance(s, SignOff)), self.reporters, self.handovers.versions
        )
        extensions = (s for s in steps if isinstance(s, Extension))
        self.extensions = Extensions(extensions, self.reporters, self.handovers)
        self.dues = Dues((plan, self.plan), as_of, self.reporters, self.extensions)

    def of(self, section: Section, task: Task) -> TaskStanding:
        """How one task stands, as it is in force on the day."""
        task = self.in_force(task.id) or task
        reports = self.reports_of(task)
        indicators = tuple(self._indicator(task, i, reports) for i in task.indicators)
        whole = Together() if indicators else self.together(task, None, reports)
        own = self.dues.of(task, None, whole)
        elapsed = pace(self.dues.period_of(task.id), own.day, self.as_of)
        outcome = of_indicators(indicators) if indicators else of_percents(whole, own, elapsed)
        # what has been met and waits for its sign-off has as long as the task has
        due = own if outcome.is_met else outcome.due
        reviews = self.reviews.of(task) if self.reviews.has_any(task) else ()
        has_figures = bool(whole.reported) or any(one.date for one in indicators)
        reported = has_figures or any(self._is_heard(task, report) for report in reports)
        status = self._status(outcome._replace(due=due), reviews, reported=reported)
        due = outcome.due if status is Status.DONE else due
        own_dues = self.dues.own(task, concerned(indicators))
        own_paces = self._own_paces(task, indicators, own_dues, due.day)
        behind = outcome.expected - outcome.completion
        return TaskStanding(
            section,
            task,
            due.day,
            due.first,
            due.times if due.day != due.first else 0,
            own_dues,
            own_paces,
            (due.day - self.as_of).days,
            indicators,
            outcome.completion,
            elapsed,
            outcome.expected,
            status,
            light_of(status, behind, self.plan.lights, reported=reported),
            outcome.silent,
            self._released(task, indicators, outcome),
            outcome.parts,
            outcome.is_met,
            outcome.is_not_concerned,
            self.reporters.answers_alone(task),
            reviews,
            reported,
            reports,
        )

    def in_force(self, number: int) -> Task | None:
        """A task as it is in force on the day; one that was withdrawn, as it was last."""
        return self._in_force.get(number) or self.handovers.last_in_force(number)

    def requests(self, task: Task) -> tuple[Request, ...]:
        """A task's requests for more time; what waited when its part was signed off has lapsed."""
        return tuple(
            request._replace(state=ExtensionState.LAPSED)
            if request.state is ExtensionState.PENDING
            and self.settled_for(task, request.department) is not None
            else request
            for request in self.extensions.of(task)
        )

    def settled_for(self, task: Task, department: str) -> Review | None:
        """The sign-off or closing after which a department needs no more time; None if it may.

        Who signs off nothing itself needs none once all the others are through.
        """
        reviews = self.reviews.of(task)
        over = [r for r in reviews if r.state in (State.ACCEPTED, State.CLOSED)]
        own = [review for review in reviews if review.department == department]
        waited_for = own or reviews
        is_over = bool(waited_for) and all(review in over for review in waited_for)
        return waited_for[-1] if is_over else None

    def before(self, step: Step) -> "Standings":
        """How things stood on a step's day, before it was taken."""
        earlier = [one for one in self._steps if one.at < step.at]
        return Standings(self.printed, self._reports, step.date, earlier)

    def is_over(self, number: int) -> bool:
        """Whether a task is done or closed, so that nothing more is asked of anyone."""
        found = ((s, task) for s, task in self.plan.tasks() if task.id == number)
        section, task = next(found, (None, None))
        return bool(section and task and self.of(section, task).status.is_settled)

    def asks_nothing(self, number: int, department: str) -> bool:
        """Whether nothing more is asked of a department in a task: it is over, or another's now."""
        task = next((task for _, task in self.plan.tasks() if task.id == number), None)
        if task is None:  # withdrawn by now, if there ever was one
            return any(a.task == number and a.withdrawn for a in self.printed.amendments)
        return not self.reporters.may_report(task, department) or self.is_over(number)

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

    def spellings(self, number: int, department: str) -> Iterator[tuple[dt.date, tuple[str, ...]]]:
        """Under which names a department's reports on a task stand in the ledger, up to when."""
        task = self.in_force(number)
        if task is None:
            return iter([(self.as_of, (department,))])
        return self.handovers.spellings(task, department)

    def together(
        self, task: Task, indicator: Indicator | None, reports: Sequence[Report]
    ) -> Together:
        """What the figures of an indicator, or of a task without any, make together."""
        known = self.known(task, indicator, reports)
        return together(measure_of(indicator), known, self.bases_of(indicator))

    def known(
        self, task: Task, indicator: Indicator | None, reports: Sequence[Report]
    ) -> KnownFigures:
        """Which figures count for an indicator, or a task without any."""
        return known_figures(
            self.reporters, task, indicator, reports, self.handovers.versions(task)
        )

    def department_of(self, report: Report) -> str | None:
        """Whose a report is: in whose name it is; for the whole, of who reported alone by then."""
        if report.entry.department is not None:
            return self.reporters.name_of(report.entry.department)
        return self.handovers.sole_reporter_of(report, self._in_force.get(report.entry.task))

    def bases_of(self, indicator: Indicator | None) -> Mapping[str, Decimal]:
        """What departments' counts are held against; empty where the plan does not say."""
        return self._bases.get(indicator.per, {}) if indicator else {}

    def _indicator(
        self, task: Task, indicator: Indicator, reports: Sequence[Report]
    ) -> IndicatorStanding:
        measure = measure_of(indicator)
        found = self.together(task, indicator, reports)
        due = self.dues.of(task, indicator, found)
        points = points_of(self.plan, indicator, due.day)
        elapsed = self._elapsed(task, indicator, due.day)
        expected = measure.expected(elapsed, found.counted, is_due=self.as_of > due.day)
        is_several = len(found.used) > 1 and measure.combine is Aggregate.MEAN
        is_computed = is_several or any(r.entry.counted is not None for r in found.used)
        return IndicatorStanding(
            task.id,
            indicator,
            due.day,
            due.first,
            due.times if due.day != due.first else 0,
            found.value if measure.is_figure else None,
            found.attainment,
            expected
            if found.is_not_concerned
            else found.counted,  # nothing to count pulls nothing either way
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

    def _released(
        self, task: Task, indicators: Sequence[IndicatorStanding], outcome: Outcome
    ) -> frozenset[str]:
        departments = {b for one in indicators for b in one.reporters} | {*outcome.parts}
        return frozenset(
            department for department in departments if self.reporters.is_former(task, department)
        )

    def _own_paces(
        self,
        task: Task,
        indicators: Sequence[IndicatorStanding],
        dues: Mapping[str, Due],
        due: dt.date,
    ) -> dict[str, OwnPace]:
        """What is expected by now of who was given more time than the task has, by its own date."""
        found = {}
        for department, own in dues.items():
            if own.day <= due:
                continue
            figures = [s for s in indicators if department in s.reporters]
            if not figures:
                elapsed = pace(self.dues.period_of(task.id), own.day, self.as_of)
                found[department] = OwnPace(elapsed, {None: elapsed})
                continue
            by_name: dict[str | None, Decimal] = {}
            for one in figures:
                until = self.dues.for_department(task, one.indicator, department).day
                elapsed, is_due = self._elapsed(task, one.indicator, until), self.as_of > until
                by_name[one.indicator.name] = one.measure.expected(
                    elapsed, one.part_of(department), is_due=is_due
                )
            found[department] = OwnPace(mean(list(by_name.values())), by_name)
        return found

    def _elapsed(self, task: Task, indicator: Indicator, due: dt.date) -> Decimal:
        """How much of the way to a date lies behind: by the stages, else by days."""
        points, period = points_of(self.plan, indicator, due), self.dues.period_of(task.id)
        if points:
            return reached_by(points, period.start, due, self.as_of)
        return pace(period, due, self.as_of)

    def _status(self, outcome: Outcome, reviews: Sequence[Review], *, reported: bool) -> Status:
        state = signed_off(reviews) if reviews else None
        is_closed = state is State.CLOSED
        is_accepted = state is State.ACCEPTED or not self.closing.required
        # where there was nothing to count, it is over once that has been signed off
        is_over = outcome.is_met or (outcome.is_not_concerned and state is State.ACCEPTED)
        return status_of(
            done=is_over and is_accepted and not is_closed,
            review=_OF_REVIEW.get(state) if state else None,
            reported=reported,
            due=outcome.due.day,
            day=outcome.day_held_against(self.as_of),
        )

    def _is_heard(self, task: Task, report: Report) -> bool:
        """Whether it is words of one that answers for the task, or reported on it at the time."""
        department, day = report.entry.department, report.submission.date
        if report.entry.has_figure:
            return False  # if it counts, it has been counted
        if department is None or department in self.duties.accountable(task):
            return True
        then = (self.handovers.reporters_on(day, task, figure) for figure in task.figures)
        return any(department in reporters for reporters in then)
