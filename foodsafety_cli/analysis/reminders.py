"""Whom to remind today: what is overdue, due soon or unreported, by department."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.standing import TaskStanding, latest
from foodsafety_cli.model.events import Status
from foodsafety_cli.model.plan import Indicator, Role, Thresholds
from foodsafety_cli.model.valuetype import ValueType


class Reason(StrEnum):
    """Why a department is reminded; more than one can hold for a task."""

    OVERDUE = "逾期"
    DUE_SOON = "临期"
    UNREPORTED = "未报"


class Reminder(ValueType):
    """One task, one department that answers for it, and why it is reminded."""

    department: str
    standing: TaskStanding
    reasons: tuple[Reason, ...]


def reasons_for(standing: TaskStanding, thresholds: Thresholds) -> tuple[Reason, ...]:
    """Why a task as a whole wants attention; nothing for one that is done."""
    if standing.status is Status.DONE:
        return ()
    reasons = []
    if standing.days_left < 0:
        reasons.append(Reason.OVERDUE)
    elif standing.days_left <= thresholds.due_soon_days:
        reasons.append(Reason.DUE_SOON)
    if not standing.reports:
        reasons.append(Reason.UNREPORTED)
    return tuple(reasons)


def reminders(
    standings: Iterable[TaskStanding],
    duties: Duties,
    thresholds: Thresholds,
    roles: Collection[Role] = tuple(Role),
) -> list[Reminder]:
    """A reminder for every body that answers, in these roles, for a task that wants attention.

    Who has done its own part is left in peace. A body that an average lacks is reminded also
    where the others' figures have met the target.
    """
    found = []
    for standing in standings:
        common = [r for r in reasons_for(standing, thresholds) if r is not Reason.UNREPORTED]
        bodies = duties.accountable(standing.task)
        for body in bodies:
            if not any(duty.role in roles for duty in duties.of(body, standing.task)):
                continue
            if has_done_its_part(standing, body):
                continue
            reasons: list[Reason] = list(common)
            is_awaited = standing.status is not Status.DONE or body in standing.silent
            if is_awaited and not _is_heard(standing, body, is_alone=len(bodies) == 1):
                reasons.append(Reason.UNREPORTED)
            if reasons:
                found.append(Reminder(body, standing, tuple(reasons)))
    return found


def _is_heard(standing: TaskStanding, body: str, *, is_alone: bool) -> bool:
    """Whether it reported, or a figure for the whole task did; words speak only for their own."""
    return any(
        report.entry.department == body
        or (report.entry.department is None and (report.entry.has_figure or is_alone))
        for report in standing.reports
    )


def has_done_its_part(standing: TaskStanding, body: str) -> bool:
    """Whether its own figures are all that can be asked of it alone (of a sum, none is)."""
    indicators: list[Indicator | None] = [each.indicator for each in standing.indicators]
    for indicator in indicators or [None]:
        measure = measure_of(indicator)
        own = latest(standing.reports, indicator.name if indicator else None)[1].get(body)
        target = measure.own_target(body)
        if own is None or (measure.is_figure and target is None):
            return False
        if not measure.is_met(measure.figure_of(own.entry), target):
            return False
    return True
