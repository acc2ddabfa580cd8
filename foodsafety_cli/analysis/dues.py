"""When tasks, their indicators and departments' parts of them are due: amended, extended."""

import datetime as dt
from collections.abc import Sequence

from foodsafety_cli.analysis.amending import added_on, amendments_of
from foodsafety_cli.analysis.extensions import Extensions, in_force_for
from foodsafety_cli.analysis.figures import Together
from foodsafety_cli.analysis.measures import is_full
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.standing import Due, IndicatorStanding
from foodsafety_cli.model.plan import Indicator, Period, Plan, Task


class Dues:
    """The dates in force on a day, beside those that the notice gave."""

    def __init__(
        self,
        plans: tuple[Plan, Plan],
        as_of: dt.date,
        reporters: Reporters,
        extensions: Extensions,
    ) -> None:
        """`plans`: as printed, and as it is in force."""
        self._printed, self._plan = plans
        self._as_of = as_of
        self._reporters = reporters
        self._extensions = extensions
        self._tasks = {task.id: task for _, task in self._printed.tasks()}
        self._added = added_on(self._printed)

    def period_of(self, task: int) -> Period:
        """When a task is worked on: one that was added, from the day of the paper that adds it."""
        period = self._plan.period
        since = self._added.get(task)
        return period._replace(start=since) if since and since > period.start else period

    def own(self, task: Task, concerned: Sequence[IndicatorStanding]) -> dict[str, Due]:
        """By department, when what it reports and is not met yet is due, if more time was given."""
        if not self._extensions.granted(task):
            return {}
        found: dict[str, list[Due]] = {}
        waiting = [one for one in concerned if not one.met]
        for one in waiting:
            for department in one.reporters:
                if not is_full(one.parts.get(department)):  # its own part is met: nothing is due
                    found.setdefault(department, []).append(
                        self.for_department(task, one.indicator, department)
                    )
        figures: Sequence[Indicator | None] = () if waiting else task.figures
        for figure in figures:
            for department in self._reporters.of(task, figure):
                found.setdefault(department, []).append(
                    self.for_department(task, figure, department)
                )
        return {
            department: min(dues, key=lambda due: due.day) for department, dues in found.items()
        }

    def of_part(self, task: Task, department: str) -> Due:
        """When a department's part is due: the last of what it reports."""
        own = [i for i in task.indicators if department in self._reporters.of(task, i)]
        figures: Sequence[Indicator | None] = own or task.figures
        dues = (self.for_department(task, figure, department) for figure in figures)
        return max(dues, key=lambda due: due.day)

    def for_department(self, task: Task, indicator: Indicator | None, department: str) -> Due:
        """When one department's figure, or its whole part (None), is due, with the time given."""
        amended = (indicator.due if indicator else None) or self._plan.due(task)
        since = self._amended(task, indicator)
        day = in_force_for([department], amended, self._extensions.dates(task, indicator, since))
        first = self._first(task, indicator)
        given = self._extensions.times
        times = given(task, department, indicator, since)
        if not times and day != amended:  # by what was granted to who answers for the whole
            times = given(task, None, indicator, since)
        return Due(day, first, times if day != first else 0)

    def of(self, task: Task, indicator: Indicator | None, found: Together) -> Due:
        """Of a task or indicator: the date in force, and the one that the notice gave."""
        amended = (indicator.due if indicator else None) or self._plan.due(task)
        since = self._amended(task, indicator)
        granted = self._extensions.dates(task, indicator, since)
        awaited = (*found.missing, *found.unmet) or found.reported
        day = in_force_for(awaited, amended, granted)
        times = self._extensions.times(task, None, indicator, since)
        return Due(day, self._first(task, indicator), times)

    def _amended(self, task: Task, indicator: Indicator | None) -> dt.date:
        """From which day on a later document has set the date: time given before is over."""
        is_own = indicator is not None and indicator.due is not None
        name = indicator.name if indicator and is_own else ""
        days = (
            a.effective
            for a in amendments_of(self._printed, task.id, self._as_of)
            if a.due and a.indicator == name
        )
        return max(days, default=dt.date.min)

    def _first(self, task: Task, indicator: Indicator | None) -> dt.date:
        printed = self._tasks.get(task.id)
        if printed:
            name = indicator.name if indicator else None
            named = (i.due for i in printed.indicators if i.name == name)
            return next(named, None) or self._printed.due(printed)
        return (indicator.due if indicator else None) or self._plan.due(task)
