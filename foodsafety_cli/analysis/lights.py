"""Pace, status and light: how a task stands against the calendar."""

import datetime as dt
from decimal import Decimal

from foodsafety_cli.analysis.measures import HUNDRED, steady
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.plan import Period, Thresholds


def pace(period: Period, due: dt.date, day: dt.date) -> Decimal:
    """Percent of the working time up to `due` that has elapsed when `day` ends."""
    whole = (due - period.start).days + 1
    elapsed = (day - period.start).days + 1
    if elapsed <= 0:
        return Decimal(0)
    return HUNDRED if elapsed >= whole else Decimal(elapsed) * 100 / whole


def status_of(
    *, done: bool, review: Status | None, reported: bool, due: dt.date, day: dt.date
) -> Status:
    """The first that holds; a task due today is not overdue until the day has ended.

    `review` is what its sign-off makes of it, if anything.
    """
    if done:
        return Status.DONE
    if review is not None:
        return review
    if day > due:
        return Status.OVERDUE
    return Status.UNDER_WAY if reported else Status.UNREPORTED


def light_of(
    status: Status, behind: Decimal, thresholds: Thresholds, *, reported: bool = True
) -> Light:
    """The light for a status and the points that completion is behind what is expected."""
    fixed = {
        Status.DONE: Light.GREEN,
        Status.OVERDUE: Light.RED,
        Status.CLOSED_UNMET: Light.RED,
        Status.UNREPORTED: Light.GREY,
    }
    if status in fixed:
        return fixed[status]
    if not reported:  # a sign-off that is asked for is no figure
        return Light.GREY
    behind = steady(behind)
    if behind < thresholds.yellow:
        return Light.GREEN
    return Light.YELLOW if behind < thresholds.red else Light.RED
