"""Whom to remind today: what is overdue, due soon or unreported, by department."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from foodsafety_cli.analysis.extensions import ExtensionState
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Entry, Light, Status
from foodsafety_cli.model.plan import Role, Thresholds
from foodsafety_cli.model.valuetype import ValueType

DAYS_TO_DECIDE = 7  # an application that has waited so long is the office's own reminder


class Reason(StrEnum):
    """Why a department is reminded; more than one can hold for a task."""

    OVERDUE = "逾期"
    DUE_SOON = "临期"
    UNREPORTED = "未报"
    RED = "红灯"
    NOT_SINCE = "本期未报"
    RETURNED = "退回待改"
    UNANSWERED = "督办未复"
    IN_REVIEW = "待审核"


class Reminder(ValueType):
    """One task, one department that answers for it, and why it is reminded."""

    department: str
    standing: TaskStanding
    reasons: tuple[Reason, ...]


def reasons_for(standing: TaskStanding, thresholds: Thresholds) -> tuple[Reason, ...]:
    """Why a task as a whole wants attention; nothing for one that is done."""
    if standing.status.is_settled or standing.is_not_concerned:
        return ()
    reasons = _of_time(standing, standing.days_left, thresholds)
    return (*reasons, Reason.UNREPORTED) if standing.is_unreported else reasons


def _of_time(standing: TaskStanding, days_left: int, thresholds: Thresholds) -> tuple[Reason, ...]:
    """Overdue, or due soon; nothing is asked of anyone but the office while it has to decide."""
    if _is_over(standing):
        return ()
    if days_left < 0:
        return (Reason.OVERDUE,)
    return (Reason.DUE_SOON,) if days_left <= thresholds.due_soon_days else ()


def reminders(
    standings: Standings,
    tasks: Iterable[TaskStanding],
    roles: Collection[Role] = tuple(Role),
    unanswered: Collection[tuple[str, int]] = (),
    since: dt.date | None = None,
) -> list[Reminder]:
    """A reminder for every department that answers or reports for a task that wants attention.

    Who has done its own part is left in peace. A department that an average lacks is reminded
    also where the others' figures have met the target. `unanswered` are the departments and
    tasks of letters past their day; who has reported before, but not from `since` on, is asked
    again.
    """
    found = []
    for standing in tasks:
        returned = {review.department for review in standing.returned}
        departments = _asked(standings, standing, returned)
        for department in departments:
            if not _has_role(standings, standing, department, roles):
                continue
            if department not in returned and _is_done(standings, standing, department):
                continue
            reasons = _of_time(standing, standing.days_left_of(department), standings.plan.lights)
            if department in returned:
                reasons += (Reason.RETURNED,)
            if (department, standing.task.id) in unanswered and not standing.status.is_settled:
                reasons += (Reason.UNANSWERED,)
            if department in _late(standing) and Reason.OVERDUE not in reasons:
                reasons += (Reason.RED,)
            last = last_heard(standing, department, is_alone=len(departments) == 1)
            reasons += _of_silence(standings, standing, department, last, since)
            if reasons:
                found.append(Reminder(department, standing, reasons))
    return found


def _is_done(standings: Standings, standing: TaskStanding, department: str) -> bool:
    """Whether a department has nothing left to do for a task."""
    if department in standing.settled or standing.is_not_concerned:
        return True
    # only a sign-off is lacking, which others than these apply for
    is_others = standing.is_met and department not in standings.reviews.signers(standing.task)
    return is_others or has_done_its_part(standings, standing, department)


def _late(standing: TaskStanding) -> Collection[str]:
    """The departments that lag behind in a task which is red."""
    is_red = standing.light is Light.RED and not _is_over(standing)
    return standing.lagging if is_red else ()


def _of_silence(
    standings: Standings,
    standing: TaskStanding,
    department: str,
    last: dt.date | None,
    since: dt.date | None,
) -> tuple[Reason, ...]:
    """Whether its own figure is waited for: since a day, or because there is none."""
    if not _reports(standings, standing, department):
        return ()
    if last is None:
        is_wanting = standing.status is Status.DONE and department in standing.silent
        return (Reason.UNREPORTED,) if is_wanting or not _is_over(standing) else ()
    is_met = has_figures_done(standings, standing, department)  # and lacks its sign-off
    is_quiet = since is not None and last < since and not _is_over(standing) and not is_met
    return (Reason.NOT_SINCE,) if is_quiet else ()


def _is_over(standing: TaskStanding) -> bool:
    """Whether nothing is asked of the departments, if only until the office has decided."""
    return standing.status.is_settled or standing.status is Status.IN_REVIEW


def _asked(
    standings: Standings, standing: TaskStanding, returned: Collection[str]
) -> tuple[str, ...]:
    """Who answers for a task, and who reports on it though the bracket does not say so."""
    duties, task = standings.duties, standing.task
    figures = task.figures
    reporting = (department for one in figures for department in standings.reporters.of(task, one))
    named = dict.fromkeys((*duties.accountable(task), *reporting, *sorted(returned)))
    return tuple(department for department in named if not duties.is_unnamed(department))


def _reports(standings: Standings, standing: TaskStanding, department: str) -> bool:
    """Whether its own figure is waited for: not where it answers for what others have reported."""
    if not standing.reports:
        return bool(standings.reporters.asked_of(department, standing.task))
    figures = standing.task.figures
    return any(department in standings.reporters.of(standing.task, one) for one in figures)


def _has_role(
    standings: Standings, standing: TaskStanding, department: str, roles: Collection[Role]
) -> bool:
    owed = standings.duties.of(department, standing.task)
    if not owed:  # it only reports
        return set(roles) == set(Role)
    return any(duty.role in roles for duty in owed)


def overdue_decisions(
    standings: Standings, tasks: Iterable[TaskStanding], reviewer: str
) -> list[Reminder]:
    """The office's own duties: applications that have waited for a decision too long."""
    waited = dt.timedelta(days=DAYS_TO_DECIDE)
    return [
        Reminder(reviewer, standing, (Reason.IN_REVIEW,))
        for standing in tasks
        if any(standings.as_of - day >= waited for day in _applied_for(standings, standing))
    ]


def _applied_for(standings: Standings, standing: TaskStanding) -> Iterator[dt.date]:
    """The days of the applications about a task that nobody has decided on."""
    for review in standing.reviews:
        if review.state is State.PENDING and review.application:
            yield review.application.date
    for request in standings.requests(standing.task):
        if request.state is ExtensionState.PENDING:
            yield request.application.date


def last_heard(standing: TaskStanding, department: str, *, is_alone: bool) -> dt.date | None:
    """When it reported last, or a figure for all that it reports did; words are only one's own."""
    days = (
        report.submission.date
        for report in standing.reports
        if report.entry.department == department
        or (report.entry.has_figure and _is_for(standing, report.entry, department))
        or (report.entry.department is None and is_alone)
    )
    return max(days, default=None)


def _is_for(standing: TaskStanding, entry: Entry, department: str) -> bool:
    """Whether a figure is the whole's, and the department one that reports the same, or nothing."""
    reporters = {i.indicator.name: i.reporters for i in standing.indicators}
    others = reporters.get(entry.indicator or "", ())
    is_whole = entry.department is None or (
        entry.department == standing.answers_alone and entry.department not in others
    )
    own = {name for name, departments in reporters.items() if department in departments}
    return is_whole and (not own or entry.indicator in own)


def still_asked(standings: Standings, standing: TaskStanding) -> Iterator[str]:
    """Of a task that was handed on, who has taken it over and not reported, in a sentence."""
    task = standing.task
    if standing.status.is_settled or not standing.reports:
        return
    figures = task.figures
    versions = standings.handovers.versions(task)
    since = versions[-1].until if versions else dt.date.min
    lacking: dict[str, None] = {}
    for one in figures:
        name = one.name if one else None
        given = [r for r in standing.reports if r.entry.indicator == name and r.entry.has_figure]
        if any(r.entry.department is None and r.submission.date >= since for r in given):
            continue  # for the whole
        heard = {r.entry.department for r in given if r.submission.date >= since}
        counting = standings.known(task, one, standing.reports).reporters
        awaited = (b for b in standings.reporters.of(task, one) if b not in counting)
        lacking |= dict.fromkeys(b for b in awaited if b not in heard | standing.silent)
    if names := list(lacking):
        yield f"接手后还没有报的：{'、'.join(names)}。"


def has_done_its_part(standings: Standings, standing: TaskStanding, department: str) -> bool:
    """Whether nothing can be asked of it alone: its figures, and its sign-off where one is."""
    is_open = standings.closing.required and department not in standing.settled
    return not is_open and has_figures_done(standings, standing, department)


def has_figures_done(standings: Standings, standing: TaskStanding, department: str) -> bool:
    """Whether its own figures are all that can be asked of it alone (of a sum, none is)."""
    figures = standing.task.figures
    own_figures = [f for f in figures if department in standings.reporters.of(standing.task, f)]
    for indicator in own_figures or figures:
        measure = measure_of(indicator)
        known = standings.known(standing.task, indicator, standing.reports)
        own = known.of(department) if own_figures else known.own.get(department)
        target = measure.own_target(department, standings.bases_of(indicator))
        if known.reporters == (department,):
            target = measure.target
        if own is not None and own.entry.is_not_concerned:
            continue
        if own is None or (measure.is_figure and target is None):
            return False
        if not measure.is_met(measure.figure_of(own.entry), target):
            return False
    return True
