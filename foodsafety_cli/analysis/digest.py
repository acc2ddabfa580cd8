"""Everything a page or a report says of the year, computed once from the standings."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis import rollup
from foodsafety_cli.analysis.agenda import Agenda, agenda
from foodsafety_cli.analysis.amending import ever_in_force
from foodsafety_cli.analysis.explaining import changes
from foodsafety_cli.analysis.letters import Sent
from foodsafety_cli.analysis.outlooks import Courses, Expected, outlook_of
from foodsafety_cli.analysis.own import OwnStanding, own_standing, ranks
from foodsafety_cli.analysis.query import Selection, select
from foodsafety_cli.analysis.reminders import Reason, reasons_for
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.statements import Statements, counting, statements
from foodsafety_cli.analysis.wording import day_in_words
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
    completions: dict[int, Decimal]  # by task that had something to count
    sections: dict[int, Decimal | None]  # their completion, by number
    done: frozenset[int]  # tasks
    reported: frozenset[int]

    @property
    def words(self) -> str:
        """8月末, or 9月15日 for a day inside a month."""
        is_end = (self.day + dt.timedelta(days=1)).day == 1
        return f"{self.day.month}月{'末' if is_end else f'{self.day.day}日'}"


class SectionDigest(ValueType):
    """A part of the notice, how it stands, and its tasks."""

    section: Section
    tally: Tally
    tasks: tuple[TaskStanding, ...]


class DepartmentDigest(ValueType):
    """A department with what it leads or answers for, and how it stands by its own figures."""

    department: Department
    tally: Tally
    own: OwnStanding
    rank: int | None
    tasks: frozenset[int]  # that it leads or answers for
    own_before: Decimal | None  # its own completion when the last month ended
    is_unnamed: bool  # 相关部门: nobody who could be ranked or asked


class Digest(ValueType):
    """The year up to a day."""

    plan: Plan
    as_of: dt.date
    tally: Tally
    sections: tuple[SectionDigest, ...]
    departments: tuple[DepartmentDigest, ...]
    months: tuple[Month, ...]
    before: Month | None  # the day to compare with: by default when the last month ended
    said: dict[int, Statements]
    reports: dict[int, list[Report]]
    involved: dict[int, tuple[str, ...]]  # by task, all who have a part in it
    agenda: Agenda
    outlooks: dict[tuple[int, str], Expected]  # by task and indicator
    last_year: Mapping[tuple[int, str], Decimal]  # on the same day, by task and indicator
    notes: tuple[str, ...]  # what must be known to read the figures: amendments, known on which day

    @property
    def tasks(self) -> Iterator[TaskStanding]:
        """Every task, in the notice's order."""
        return (task for part in self.sections for task in part.tasks)

    @property
    def indicators(self) -> Iterator[tuple[TaskStanding, IndicatorStanding]]:
        """Every indicator with its task."""
        return ((task, standing) for task in self.tasks for standing in task.indicators)

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
    since: dt.date | None = None,
    courses: Courses | None = None,
    known_on: dt.date | None = None,
    last_year: Mapping[tuple[int, str], Decimal] | None = None,
) -> Digest:
    """The digest of a day; `standings_on` tells how things stood on any day.

    `since`: the day to compare with, which is when the last month ended unless told otherwise;
    `courses`: how the same indicators went last year, by task and name.
    """
    standings = standings_on(as_of)
    since = since or _end_of_last_month(as_of)
    earlier = standings_on(since)
    tasks = [item.standing for item in select(standings, Selection())]
    reports = counting(history, as_of)
    duties = standings.duties
    accountable = dict(rollup.by_department(tasks, standings, roles=(Role.LEAD, Role.RESPONSIBLE)))
    by_department = [(d, accountable.get(d, [])) for d, _ in rollup.by_department(tasks, standings)]
    has_begun = since >= standings.plan.period.start
    return Digest(
        standings.plan,
        as_of,
        rollup.tally(tasks),
        tuple(_sections(tasks)),
        tuple(_departments(standings, by_department, earlier)),
        tuple(_months(standings_on, standings.plan, as_of)),
        _month(earlier, since) if has_begun else None,
        {task.task.id: statements(reports.get(task.task.id, ())) for task in tasks},
        reports,
        {
            task.task.id: tuple(dict.fromkeys(d.department for d in duties.in_task(task.task)))
            for task in tasks
        },
        agenda(standings, tasks, letters),
        _outlooks(standings, tasks, reports, courses or {}),
        last_year or {},
        tuple(_notes(standings, known_on)),
    )


def _sections(tasks: Sequence[TaskStanding]) -> Iterator[SectionDigest]:
    for section, group in rollup.by_section(tasks):
        yield SectionDigest(section, rollup.tally(group), tuple(group))


def _outlooks(
    standings: Standings,
    tasks: Iterable[TaskStanding],
    reports: Mapping[int, Sequence[Report]],
    courses: Courses,
) -> dict[tuple[int, str], Expected]:
    """What each indicator will come to, by task and name."""
    found = {}
    for task in tasks:
        for one in task.indicators:
            key = (task.task.id, one.indicator.name)
            own = reports.get(task.task.id, ())
            found[key] = outlook_of(standings, task.task, one, own, courses.get(key, ()))
    return found


def _departments(
    standings: Standings,
    groups: Iterable[tuple[Department, Sequence[TaskStanding]]],
    before: Standings,
) -> Iterator[DepartmentDigest]:
    """Each department with its own standing over all that it reports for, and its place by that.

    `groups`: what each answers for; who only supports is among them by what it reports itself.
    """
    found = list(groups)
    tasks = [task for _, task in standings.plan.tasks()]
    own = {
        department.name: own_standing(standings, department.name, tasks) for department, _ in found
    }
    found = [(d, group) for d, group in found if group or own[d.name].tasks]
    is_unnamed = standings.duties.is_unnamed
    places = ranks([one for name, one in own.items() if not is_unnamed(name)])
    earlier_tasks = [task for _, task in before.plan.tasks()]
    for department, group in found:
        name = department.name
        was = own_standing(before, name, earlier_tasks).completion
        numbers = frozenset(task.task.id for task in group)
        yield DepartmentDigest(
            department,
            rollup.tally(group),
            own[name],
            places.get(name),
            numbers,
            was,
            is_unnamed(name),
        )


def _months(
    standings_on: Callable[[dt.date], Standings], plan: Plan, as_of: dt.date
) -> Iterator[Month]:
    for day in month_ends(plan.period.start, min(as_of, plan.period.end)):
        yield _month(standings_on(day), day)


def _month(standings: Standings, day: dt.date) -> Month:
    tasks = [item.standing for item in select(standings, Selection())]
    tally = rollup.tally(tasks)
    known = [
        (task.task.id, standing, standing.value)
        for task in tasks
        for standing in task.indicators
        if standing.value is not None
    ]
    return Month(
        day,
        tally.completion or Decimal(0),
        tally.pace or Decimal(0),
        {(number, s.indicator.name): value for number, s, value in known if s.measure.grows},
        {(number, s.indicator.name): value for number, s, value in known},
        {task.task.id: task.light for task in tasks},
        {task.task.id: task.completion for task in tasks if not task.is_not_concerned},
        {s.number: rollup.tally(own).completion for s, own in rollup.by_section(tasks)},
        frozenset(task.task.id for task in tasks if task.status is Status.DONE),
        frozenset(task.task.id for task in tasks if task.is_heard),
    )


def _end_of_last_month(day: dt.date) -> dt.date:
    first = day.replace(day=1)
    return first if first == dt.date.min else first - dt.timedelta(days=1)


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


def _notes(standings: Standings, known_on: dt.date | None) -> Iterator[str]:
    if known_on is not None:
        yield f"只算{day_in_words(known_on)}（含）以前录入的数。"
    printed = ever_in_force(standings.printed)
    for _, task in printed.tasks():
        said = "".join(changes(printed, task, standings.as_of))
        if said:
            yield f"任务{task.id}：{said}"
