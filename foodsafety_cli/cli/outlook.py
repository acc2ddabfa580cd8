"""What forecasts and comparisons with last year need: all reports, and last year's folder."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from foodsafety_cli.analysis.amending import ever_in_force
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.outlooks import (
    Courses,
    Expected,
    added_up,
    course_of_last_year,
    outlook_of,
    series,
)
from foodsafety_cli.analysis.stages import Point
from foodsafety_cli.analysis.statements import counting
from foodsafety_cli.cli.streams import say_caution
from foodsafety_cli.model.errors import FoodSafetyError, PlanUnreadable
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.plan import Indicator, Task

if TYPE_CHECKING:
    from decimal import Decimal

    from foodsafety_cli.analysis.query import Selected
    from foodsafety_cli.cli.office import Office


class LastYear:
    """Last year's plan with how it stood on the same day, and at its end."""

    def __init__(self, office: "Office", previous: "Office") -> None:
        self.years = office.printed.period.start.year - previous.printed.period.start.year
        day = _earlier(office.as_of, self.years)
        plan = previous.printed
        known_on = office.known_on
        self.same_day = previous.workspace.standings(plan, day, known_on)
        self.whole = previous.workspace.standings(plan, plan.period.end, known_on)
        history = previous.workspace.history.reports(days=(None, known_on))
        self._reports = counting(history, plan.period.end)
        self._tasks = {
            task.id: (section, self.whole.in_force(task.id) or task)
            for section, task in ever_in_force(plan).tasks()
        }

    def value(self, task: Task, indicator: Indicator) -> "Decimal | None":
        """What the same indicator of the tasks that it continues had reached on the same day.

        Of several, their sum where it adds up; nothing where they cannot be compared.
        """
        found = [
            standing
            for number in dict.fromkeys(task.continues)
            if number in self._tasks
            for standing in self.same_day.of(*self._tasks[number]).indicators
            if standing.indicator.name == indicator.name
        ]
        values = [one.value for one in found if one.value is not None]
        if any(one.silent for one in found):  # a part of all is nothing to compare with
            return None
        if not values or any(one.indicator.unit != indicator.unit for one in found):
            return None
        if len(found) > 1 and not measure_of(indicator).is_sum:
            return None
        return sum(values[1:], values[0])

    def course(self, task: Task, name: str, due: dt.date) -> tuple[Point, ...]:
        """How the same indicator went through last year, for what is due on that day."""
        found = [
            series(self.whole, self._tasks[number][1], indicator, self._reports.get(number, ()))
            for number, indicator in self._same(task, name)
        ]
        ends = [
            indicator.due or self.whole.plan.due(self._tasks[number][1])
            for number, indicator in self._same(task, name)
        ]
        if not found or (len(found) > 1 and not measure_of(self._same(task, name)[0][1]).is_sum):
            return ()
        return course_of_last_year(added_up(found), max(ends), (self.years, due))

    def _same(self, task: Task, name: str) -> list[tuple[int, Indicator]]:
        """The indicators of that name of the tasks that one continues."""
        return [
            (number, indicator)
            for number in dict.fromkeys(task.continues)
            if number in self._tasks
            for indicator in self._tasks[number][1].indicators
            if indicator.name == name
        ]


def last_year(office: "Office") -> LastYear | None:
    """Last year's plan, where this one names it; what cannot be read is told and left out."""
    from foodsafety_cli.cli.office import Office

    if not office.printed.previous:
        return None
    try:
        found = Office(office.workspace.previous(office.printed.previous))
        if found.printed.period.start >= office.printed.period.start:
            raise PlanUnreadable(f"它从 {found.printed.period.start} 起，不早于这一份")
        return LastYear(office, found)
    except FoodSafetyError as error:
        say_caution(
            MessageCode.NO_PREVIOUS_YEAR,
            f"上一年的 {office.printed.previous} 用不上（{error}），没有同比",
        )
        return None


def courses(office: "Office") -> Courses:
    """How the indicators of this year's tasks went last year, by task and name."""
    before = last_year(office)
    if before is None:
        return {}
    plan = office.printed
    found = {
        (task.id, i.name): before.course(task, i.name, i.due or plan.due(task))
        for _, task in plan.tasks()
        for i in task.indicators
    }
    return {key: points for key, points in found.items() if points}


def same_day_last_year(office: "Office") -> dict[tuple[int, str], "Decimal"]:
    """What the indicators of this year's tasks had reached on the same day last year."""
    before = last_year(office)
    if before is None:
        return {}
    known = {
        (task.id, indicator.name): before.value(task, indicator)
        for _, task in office.printed.tasks()
        for indicator in task.indicators
    }
    return {key: value for key, value in known.items() if value is not None}


def outlooks(
    office: "Office", selected: Iterable["Selected"], history: Iterable[Report] | None = None
) -> list[Expected]:
    """The forecasts of the indicators of the tasks selected; `history` are their reports."""
    if history is None:
        history = office.reports(days=(None, office.known_on))
    reports = counting(history, office.as_of)
    before = last_year(office)
    return [
        outlook_of(
            office.standings,
            item.standing.task,
            standing,
            reports.get(item.standing.task.id, ()),
            before.course(item.standing.task, standing.indicator.name, standing.due)
            if before
            else (),
        )
        for item in selected
        for standing in item.standing.indicators
        if not standing.is_not_concerned
    ]


def _earlier(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # a 29th of February
        return day.replace(year=day.year - years, day=28)
