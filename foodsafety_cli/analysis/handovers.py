"""Tasks that later documents have handed on: who reported on them when."""

import datetime as dt
from collections.abc import Iterator

from foodsafety_cli.analysis.amending import AmendedPlan, amendments_of
from foodsafety_cli.analysis.known_figures import EarlierReporters
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Plan, Task


class Handovers:
    """The tasks of a plan that have been handed on up to a day; `now` reports on it."""

    def __init__(self, printed: Plan, as_of: dt.date, now: Reporters) -> None:
        self._printed = printed
        self._as_of = as_of
        self._now = now
        self._amended = AmendedPlan(printed)

    def versions(self, task: Task) -> tuple[EarlierReporters, ...]:
        """Who reported on a task before each document that handed it on."""
        found = []
        for amendment in amendments_of(self._printed, task.id, self._as_of):
            if amendment.hands_on:
                day = amendment.effective - dt.timedelta(days=1)
                if earlier := self.on_day(day, task.id):
                    before = Reporters(self._amended.on(day))
                    found.append(EarlierReporters(amendment.effective, before, earlier))
        return tuple(found)

    def reporters_on(
        self, day: dt.date, task: Task, indicator: Indicator | None
    ) -> tuple[str, ...]:
        """Who reported on a day, whoever the task has been handed on to since."""
        for version in self.versions(task):
            if day < version.until:
                return version.reporters.of(version.task, indicator)
        return self._now.of(task, indicator)

    def on(self, day: dt.date, task: Task) -> tuple[Task, Reporters]:
        """A task as it was on a day, and who reported on it."""
        for version in self.versions(task):
            if day < version.until:
                return version.task, version.reporters
        return task, self._now

    def since(self, task: Task, indicator: Indicator | None, department: str) -> dt.date:
        """From which day on a department reports on a task."""
        day = dt.date.min
        for version in self.versions(task):
            if department in version.reporters.of(version.task, indicator):
                break
            day = version.until
        return day

    def sole_reporter_on(self, day: dt.date, task: Task, indicator: Indicator | None) -> str | None:
        """Who alone reported on a day, so that a figure for the whole was its own."""
        departments = self.reporters_on(day, task, indicator)
        return departments[0] if len(departments) == 1 else None

    def sole_reporter_of(self, report: Report, task: Task | None) -> str | None:
        """Who alone reported what a report for the whole is about; `task`: as it is by now."""
        day, name = report.submission.date, report.entry.indicator
        figure = task.indicator(name) if task else None
        if task is None or (name and figure is None):  # withdrawn since
            task = self.on_day(day, report.entry.task) or task
        if task is None:
            return None
        figure = task.indicator(name)
        figures = [figure] if figure or not task.indicators else task.indicators
        departments = {self.sole_reporter_on(day, task, one) for one in figures}
        return departments.pop() if len(departments) == 1 else None

    def spellings(self, task: Task, department: str) -> Iterator[tuple[dt.date, tuple[str, ...]]]:
        """Up to which day a department's reports stand under which names, "" for all.

        A figure for the whole task was its own while it reported alone.
        """
        for until, reporters, then in self.versions(task):
            yield (
                min(until - dt.timedelta(days=1), self._as_of),
                reporters.series_in(then, department),
            )
        yield self._as_of, self._now.series_in(task, department)

    def last_in_force(self, number: int) -> Task | None:
        """A task that was withdrawn, as it was on its last day."""
        found = None
        for amendment in amendments_of(self._printed, number, self._as_of):
            if amendment.withdrawn and not amendment.indicator:
                found = self.on_day(amendment.effective - dt.timedelta(days=1), number) or found
        return found

    def on_day(self, day: dt.date, number: int) -> Task | None:
        """A task as it was in force on a day; None if it was not."""
        return next((t for _, t in self._amended.on(day).tasks() if t.id == number), None)
