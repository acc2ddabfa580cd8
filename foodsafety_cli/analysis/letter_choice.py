"""Which letters are to be written: to whom, about which tasks, and who gets none and why."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.analysis.letters import Reported, Sent
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.own import own_standing
from foodsafety_cli.analysis.reminders import has_done_its_part
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Status
from foodsafety_cli.model.plan import Role
from foodsafety_cli.model.steps import Letter, LetterKind
from foodsafety_cli.model.valuetype import ValueType

MOST_TASKS = 6  # in one letter, so that it stays on one page
OpenPart = tuple[str, TaskStanding]  # a department's part of a task


class LetterQuery(ValueType):
    """Which departments' parts of which tasks are meant; what is empty narrows nothing.

    `again`: also those who are on pace, have answered, or have time to answer.
    """

    departments: frozenset[str] = frozenset()
    tasks: frozenset[int] = frozenset()
    roles: tuple[Role, ...] = ()
    returned: bool = False
    overdue: bool = False
    unanswered: bool = False
    again: bool = False

    def means(self, standing: TaskStanding) -> bool:
        """Whether a task is meant."""
        is_late = not self.overdue or standing.status is Status.OVERDUE
        return is_late and (not self.tasks or standing.task.id in self.tasks)


class Addressed(ValueType):
    """A letter still to be written: to whom, about which tasks."""

    department: str
    tasks: tuple[TaskStanding, ...]


class GetsNoLetter(ValueType):
    """A department that gets no letter: it is not behind, has answered, or has time to answer.

    `why_never`: what speaks against any letter about it.
    """

    department: str
    task: int
    last: Letter | None = None  # None where its own figures are not behind
    reported: dt.date | None = None  # None where the last one still waits
    why_never: str = ""


class LettersSoFar(ValueType):
    """What is known of letters so far."""

    sent: Sequence[Sent]
    reported: Reported
    day: dt.date

    def owing(self) -> set[tuple[str, int]]:
        """Whose answer is late, about which task."""
        late = (one.letter for one in self.sent if one.is_late(self.day))
        return {(letter.department, task) for letter in late for task in letter.tasks}


class Chosen(ValueType):
    """The parts to write about, and those that are left out."""

    parts: Sequence[OpenPart]
    left_out: Sequence[GetsNoLetter]


def choose(
    standings: Standings,
    tasks: Iterable[TaskStanding],
    query: LetterQuery,
    letters: LettersSoFar,
    kind: LetterKind | None,
) -> Chosen:
    """Whom to write to about what, by a letter of a kind or by a message (None)."""
    meant = [standing for standing in tasks if query.means(standing)]
    writer = reviewer_of(standings.plan)
    open_parts = _addressed(standings, meant, query.departments, writer)
    found = list(_narrowed(standings, open_parts, query, letters))
    left_out: list[GetsNoLetter] = []
    if not query.again:
        found, on_pace = _apart_from_on_pace(standings, found, query)
        found, answered = _apart_from_answered(found, letters, kind)
        left_out = on_pace + answered
    return Chosen(found, [*_never(standings, meant, query, found), *left_out])


def _narrowed(
    standings: Standings, parts: Iterable[OpenPart], query: LetterQuery, letters: LettersSoFar
) -> Iterator[OpenPart]:
    owing = letters.owing()
    for department, standing in parts:
        is_returned = department in {review.department for review in standing.returned}
        roles = {duty.role for duty in standings.duties.of(department, standing.task)}
        if (
            (is_returned or not query.returned)
            and (not query.roles or roles.intersection(query.roles))
            and (not query.overdue or standing.days_left_of(department) < 0)
            and (not query.unanswered or (department, standing.task.id) in owing)
        ):
            yield department, standing


def _never(
    standings: Standings,
    meant: Sequence[TaskStanding],
    query: LetterQuery,
    found: Sequence[OpenPart],
) -> Iterator[GetsNoLetter]:
    """Who is not written to in any case, where nothing asks for some parts only."""
    if query.returned or query.roles or query.unanswered:
        return
    writer = reviewer_of(standings.plan)
    written = {(department, standing.task.id) for department, standing in found}
    for one in _never_written_to(standings, meant, query.departments, by_name=bool(query.tasks)):
        if one.department != writer and (one.department, one.task) not in written:
            yield one


def _addressed(
    standings: Standings, tasks: Iterable[TaskStanding], departments: frozenset[str], writer: str
) -> Iterator[OpenPart]:
    """Who is behind with what: every department that has not done its part of an open task.

    `departments` are those asked for; none means all but the office that writes.
    """
    for standing in tasks:
        returned = {review.department for review in standing.returned}
        if standing.status.is_settled and not returned:
            continue
        signers = standings.reviews.signers(standing.task)
        for department in signers:
            is_meant = department in departments if departments else department != writer
            if (
                department in standing.settled
                or not is_meant
                or standings.duties.is_unnamed(department)
            ):
                continue
            is_open = department in returned or not has_done_its_part(
                standings, standing, department
            )
            if standing.status.is_settled and department not in returned:
                continue
            if len(signers) == 1 or is_open:
                yield department, standing


def _never_written_to(
    standings: Standings,
    tasks: Iterable[TaskStanding],
    departments: frozenset[str],
    *,
    by_name: bool,
) -> Iterator[GetsNoLetter]:
    """Who is not asked for anything, though the task is meant: its application waits.

    Meant `by_name`, also who has done its part, and who has none.
    """
    for standing in tasks:
        reviews = {r.department: r for r in standing.reviews}
        signers = standings.reviews.signers(standing.task)
        for department in signers:
            if departments and department not in departments:
                continue
            state = reviews[department].state if department in reviews else State.OPEN
            if state is State.PENDING:
                why = "已申请销号，等审核"
            elif state in (State.ACCEPTED, State.CLOSED):
                why = f"它的这一份{state}" if by_name else ""
            else:
                is_done = has_done_its_part(standings, standing, department)
                is_done = is_done or standing.status.is_settled
                why = "它的这一份已经做完" if by_name and is_done else ""
            if why:
                yield GetsNoLetter(department, standing.task.id, why_never=why)
        if by_name:
            for department in sorted(departments - {*signers}):
                if standings.duties.of(department, standing.task):
                    yield GetsNoLetter(department, standing.task.id, why_never="这项任务不由它报数")


def _apart_from_on_pace(
    standings: Standings, found: Iterable[OpenPart], query: LetterQuery
) -> tuple[list[OpenPart], list[GetsNoLetter]]:
    """Those who are behind, due or asked to mend, or meant by name; and those who are not."""
    kept, left_out = [], []
    for department, standing in found:
        is_due = standing.days_left_of(department) <= standings.plan.lights.due_soon_days
        returned = {review.department for review in standing.returned}
        lags = (
            department in standing.lagging or department in standing.silent or not standing.reports
        )
        lags = lags and not standing.keeps_its_time(department)
        lags = lags and not _has_used_nothing(standings, standing, department)
        if (
            lags
            or is_due
            or department in returned
            or _is_named(standings, query, department, standing)
        ):
            kept.append((department, standing))
        else:
            left_out.append(GetsNoLetter(department, standing.task.id))
    return kept, left_out


def _has_used_nothing(standings: Standings, standing: TaskStanding, department: str) -> bool:
    """Whether it lags only in limits that others have exceeded: its own figure is 0."""
    behind = [one for one in standing.indicators if department in one.lagging]
    own = own_standing(standings, department, [standing.task]).figures
    values = {figure.indicator.name: figure.value for figure in own if figure.indicator}
    return bool(behind) and all(
        one.measure.is_at_most and values.get(one.indicator.name) == 0 for one in behind
    )


def _is_named(
    standings: Standings, query: LetterQuery, department: str, standing: TaskStanding
) -> bool:
    """Whether a part is asked for by its task's number, or because its answer is late."""
    is_one = department in query.departments or len(standings.reviews.signers(standing.task)) == 1
    return query.unanswered or (standing.task.id in query.tasks and is_one)


def _apart_from_answered(
    found: Iterable[OpenPart], letters: LettersSoFar, kind: LetterKind | None
) -> tuple[list[OpenPart], list[GetsNoLetter]]:
    """Those to write to, and those whose last letter about the same is answered or still waits.

    A letter of another `kind` may follow at once, and a message (None) any: it is no letter.
    """
    last: dict[tuple[str, int], Letter] = {}
    waiting: set[tuple[str, int]] = set()
    for one in letters.sent:
        last |= {(one.letter.department, task): one.letter for task in one.letter.tasks}
        if one.letter.letter is kind and not one.is_late(letters.day):
            waiting |= {(one.letter.department, task) for task in one.still_open}
    kept, left_out = [], []
    for department, standing in found:
        letter = last.get((department, standing.task.id))
        since = letters.reported(standing.task.id, department, letter) if letter else None
        if letter and (since or (department, standing.task.id) in waiting):
            left_out.append(GetsNoLetter(department, standing.task.id, letter, since))
        else:
            kept.append((department, standing))
    return kept, left_out


def gathered(kind: LetterKind, found: Iterable[OpenPart]) -> list[Addressed]:
    """One letter a task; or, where the kind allows it, one a department."""
    if not kind.takes_several:
        return [Addressed(department, (standing,)) for department, standing in found]
    by_department: dict[str, list[TaskStanding]] = {}
    for department, standing in found:
        by_department.setdefault(department, []).append(standing)
    return [
        Addressed(department, tuple(own[n : n + MOST_TASKS]))
        for department, own in by_department.items()
        for n in range(0, len(own), MOST_TASKS)
    ]
