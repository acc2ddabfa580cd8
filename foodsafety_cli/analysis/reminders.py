"""Whom to remind today: what is overdue, due soon or unreported, by department."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.model.plan import Thresholds
from foodsafety_cli.model.progress import Status


class Reason(StrEnum):
    """Why a department is reminded; more than one can hold for a task."""

    OVERDUE = "逾期"
    DUE_SOON = "临期"
    UNREPORTED = "未报"


class Reminder(NamedTuple):
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
    standings: Iterable[TaskStanding], duties: Duties, thresholds: Thresholds
) -> list[Reminder]:
    """A reminder for every body that answers for a task that wants attention.

    A body has reported if it did so itself, or if somebody reported for the whole task. One that
    an average lacks is reminded also where the others' figures have met the target.
    """
    found = []
    for standing in standings:
        common = [r for r in reasons_for(standing, thresholds) if r is not Reason.UNREPORTED]
        heard = {report.entry.department for report in standing.reports}
        for body in duties.accountable(standing.task):
            reasons: list[Reason] = list(common)
            is_awaited = standing.status is not Status.DONE or body in standing.silent
            if is_awaited and not heard & {None, body}:
                reasons.append(Reason.UNREPORTED)
            if reasons:
                found.append(Reminder(body, standing, tuple(reasons)))
    return found
