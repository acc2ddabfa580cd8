"""Everything a page or a report says of the year, computed once from the standings."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from foodsafety_cli.analysis import rollup
from foodsafety_cli.analysis.agenda import Agenda, agenda
from foodsafety_cli.analysis.letters import Sent
from foodsafety_cli.analysis.own import OwnStanding, own_standing, ranks
from foodsafety_cli.analysis.query import Selection, select
from foodsafety_cli.analysis.reminders import Reason, reasons_for
from foodsafety_cli.analysis.standing import IndicatorStanding, Standings, TaskStanding
from foodsafety_cli.analysis.statements import Statements, counting, statements
from foodsafety_cli.model.events import Light, Report, Status, Tally
from foodsafety_cli.model.plan import Department, Plan, Role, Section
from foodsafety_cli.model.valuetype import ValueType


class Month(ValueType):
    """How the whole stood when a month (or the day asked for) ended."""

    day: dt.date
    completion: Decimal
    pace: Decimal
    values: dict[tuple[int, str], Decimal]  # of cumulative indicators, by task and name
    figures: dict[tuple[int, str], Decimal]  # of all, as far as they were reported
    lights: dict[int, Light]  # by task


class SectionDigest(ValueType):
    """A part of the notice, how it stands, and its tasks."""

    section: Section
    tally: Tally
    tasks: tuple[TaskStanding, ...]


class DepartmentDigest(ValueType):
    """A body with what it leads or answers for, and how it stands by its own figures."""

    department: Department
    tally: Tally
    own: OwnStanding
    rank: int | None


class Digest(ValueType):
    """The year up to a day."""

    plan: Plan
    as_of: dt.date
    tally: Tally
    sections: tuple[SectionDigest, ...]
    departments: tuple[DepartmentDigest, ...]
    months: tuple[Month, ...]
    said: dict[int, Statements]
    reports: dict[int, list[Report]]
    bodies: dict[int, tuple[str, ...]]  # by task, all who have a part in it
    agenda: Agenda

    @property
    def tasks(self) -> Iterator[TaskStanding]:
        """Every task, in the notice's order."""
        return (task for part in self.sections for task in part.tasks)

    @property
    def indicators(self) -> Iterator[tuple[TaskStanding, IndicatorStanding]]:
        """Every indicator with its task."""
        return ((task, standing) for task in self.tasks for standing in task.indicators)

    @property
    def last_month(self) -> Month | None:
        """How things stood when the month before that of the day ended."""
        first = self.as_of.replace(day=1)
        return next((m for m in reversed(self.months) if m.day < first), None)

    def with_status(self, *statuses: Status) -> list[TaskStanding]:
        """The tasks of these statuses."""
        return [task for task in self.tasks if task.status in statuses]

    def with_light(self, *lights: Light) -> list[TaskStanding]:
        """The tasks with these lights."""
        return [task for task in self.tasks if task.light in lights]

    def wanting(self, reason: Reason) -> list[TaskStanding]:
        """The tasks that want attention for this reason."""
        return [t for t in self.tasks if reason in reasons_for(t, self.plan.lights)]


def digest(
    standings_on: Callable[[dt.date], Standings],
    history: Iterable[Report],
    letters: Iterable[Sent],
    as_of: dt.date,
) -> Digest:
    """The digest of a day; `standings_on` tells how things stood on any day."""
    standings = standings_on(as_of)
    tasks = [item.standing for item in select(standings, Selection())]
    reports = counting(history, as_of)
    answering = (Role.LEAD, Role.RESPONSIBLE)
    duties = standings.duties
    return Digest(
        standings.plan,
        as_of,
        rollup.tally(tasks),
        tuple(
            SectionDigest(section, rollup.tally(group), tuple(group))
            for section, group in rollup.by_section(tasks)
        ),
        tuple(_departments(standings, rollup.by_department(tasks, duties, roles=answering))),
        tuple(_months(standings_on, standings.plan, as_of)),
        {task.task.id: statements(reports.get(task.task.id, ())) for task in tasks},
        reports,
        {
            task.task.id: tuple(dict.fromkeys(d.department for d in duties.in_task(task.task)))
            for task in tasks
        },
        agenda(standings, tasks, letters),
    )


def _departments(
    standings: Standings, groups: Iterable[tuple[Department, Sequence[TaskStanding]]]
) -> Iterator[DepartmentDigest]:
    """Each body with its own standing over all that it reports for, and its place by that."""
    found = list(groups)
    tasks = [task for _, task in standings.plan.tasks()]
    own = {
        department.name: own_standing(standings, department.name, tasks) for department, _ in found
    }
    places = ranks(list(own.values()))
    for department, group in found:
        name = department.name
        yield DepartmentDigest(department, rollup.tally(group), own[name], places.get(name))


def _months(
    standings_on: Callable[[dt.date], Standings], plan: Plan, as_of: dt.date
) -> Iterator[Month]:
    for day in month_ends(plan.period.start, min(as_of, plan.period.end)):
        tasks = [item.standing for item in select(standings_on(day), Selection())]
        tally = rollup.tally(tasks)
        values = {
            (task.task.id, standing.indicator.name): standing.value
            for task in tasks
            for standing in task.indicators
            if standing.measure.grows and standing.value is not None
        }
        figures = {
            (task.task.id, standing.indicator.name): standing.value
            for task in tasks
            for standing in task.indicators
            if standing.value is not None
        }
        lights = {task.task.id: task.light for task in tasks}
        completion, pace = tally.completion or Decimal(0), tally.pace or Decimal(0)
        yield Month(day, completion, pace, values, figures, lights)


def month_ends(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    """The last days of the months from `start` on, and `end` itself."""
    year, month = start.year, start.month
    while True:
        day = dt.date(year, month, calendar.monthrange(year, month)[1])
        if day >= end:
            break
        yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if end >= start:
        yield end
