"""How an indicator and a task stand on a day.

The rules, with an example each: docs/explanation/standing.md.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from foodsafety_cli.analysis.measures import ZERO, Measure, measure_of
from foodsafety_cli.analysis.signoff import Review, State
from foodsafety_cli.model.events import NOT_CONCERNED, Light, Report, Status
from foodsafety_cli.model.plan import Indicator, Section, Task
from foodsafety_cli.model.valuetype import ValueType

BY_STAGES, BY_DAYS = "阶段目标", "按天数"


class IndicatorStanding(ValueType):
    """One indicator on a day; `value` is None for milestones and where nothing was reported.

    `counted` is the attainment as it is averaged: at most 100, with 0 for `silent` reporters.
    `due` is the date in force, `due_first` the one the notice gave.
    """

    task: int
    indicator: Indicator
    due: dt.date
    due_first: dt.date
    extensions: int
    value: Decimal | None
    attainment: Decimal | None
    counted: Decimal
    met: bool
    expected: Decimal
    date: dt.date | None
    reported_by: tuple[str, ...]  # persons
    departments: tuple[str, ...]  # whose own figures make it up
    reporters: tuple[str, ...]
    parts: Mapping[str, Decimal]  # the attainment of reporters whose own figures can be judged
    silent: tuple[str, ...]  # reporters that are missing while others have reported
    not_concerned: tuple[str, ...]
    is_plain_mean: bool  # shares averaged without the counts behind them
    is_computed: bool  # the value is not one that somebody reported
    course: str = ""  # what `expected` goes by: 阶段目标, or 按天数

    @property
    def measure(self) -> Measure:
        """How it is measured."""
        return measure_of(self.indicator)

    @property
    def missing(self) -> tuple[str, ...]:
        """The reporters that have no figure, whether or not others have."""
        return self.reporters if self.date is None else self.silent

    @property
    def reported(self) -> str:
        """已报 m/n, where several report."""
        count = len(self.reporters)
        missing = count if self.date is None else len(self.silent)
        return f"{count - missing}/{count}" if count > 1 else ""

    def part_of(self, department: str) -> Decimal:
        """How far a reporter is: by its own figure; of a sum not shared out, by all of theirs."""
        is_of_all = (
            self.measure.is_sum and not self.indicator.split and department not in self.missing
        )
        return self.counted if is_of_all else self.parts.get(department, ZERO)

    @property
    def lagging(self) -> tuple[str, ...]:
        """The reporters whose own figures are missing, or less than is expected by now.

        Of a count that is not shared out all its reporters are, where the sum lags.
        """
        if self.counted >= self.expected:
            return ()
        return tuple(b for b in self.reporters if self.parts.get(b, ZERO) < self.expected)

    @property
    def is_not_concerned(self) -> bool:
        """Whether all that was reported is that there was nothing to count."""
        return bool(self.not_concerned) and self.value is None and not self.silent

    @property
    def made_of(self) -> str:
        """What the figure is made of, where that must be said: 已报 1/8, 简单平均, 不涉及."""
        count = len(self.reporters)
        is_part = count > 1 and self.date is not None and bool(self.silent)
        said = [f"已报 {self.reported}"] if is_part else []
        said += ["简单平均"] if self.is_plain_mean else []
        said += [f"不涉及 {len(self.not_concerned)} 个"] if self.not_concerned else []
        return "，".join([NOT_CONCERNED] if self.is_not_concerned else said)


class Due(ValueType):
    """The day in force, the one that the notice gave, and how often it was put off."""

    day: dt.date
    first: dt.date
    times: int


class OwnPace(ValueType):
    """What is expected by now of a department that was given more time, by its own date."""

    expected: Decimal  # the mean of its figures
    figures: Mapping[str | None, Decimal]  # by indicator; None for a task without any


class TaskStanding(ValueType):
    """One task on a day; `due` is the earliest date of what is not met yet.

    `due_first` is the date that the notice gave for it, `extensions` how often it was put off,
    `own_dues` the same of the reporters, where some were given more time than others.
    """

    section: Section
    task: Task
    due: dt.date
    due_first: dt.date
    extensions: int
    own_dues: Mapping[str, Due]
    own_paces: Mapping[str, OwnPace]  # of those of them that have more time than the task
    days_left: int
    indicators: tuple[IndicatorStanding, ...]
    completion: Decimal
    pace: Decimal
    expected: Decimal
    status: Status
    light: Light
    silent: frozenset[str]  # reporters whose figures are missing while others have reported
    released: frozenset[str]  # whose figures count or whose place is kept, without a part by now
    parts: Mapping[str, Decimal | None]  # of a task without indicators: each reporter's percent
    is_met: bool  # by the figures, signed off or not
    is_not_concerned: bool  # all that was reported is that there was nothing to count
    answers_alone: str | None  # whose figure for what others report is that of the whole
    reviews: tuple[Review, ...]  # of its parts; empty where nothing was done about it
    is_heard: bool  # whether a figure that counts was reported, or words of who answers for it
    reports: tuple[Report, ...]

    @property
    def reporters(self) -> tuple[str, ...]:
        """Who reports on it by now."""
        of_indicators = (department for one in self.indicators for department in one.reporters)
        departments = dict.fromkeys((*self.parts, *of_indicators))
        return tuple(department for department in departments if department not in self.released)

    @property
    def is_unreported(self) -> bool:
        """Whether nothing was reported and something is asked for, be it overdue or not."""
        return not (self.is_heard or self.status.is_settled)

    @property
    def behind(self) -> Decimal:
        """Points behind what is expected by now; below 0 is ahead."""
        return self.expected - self.completion

    @property
    def reported(self) -> str:
        """已报 m/n of a task without indicators, where several report."""
        count = len(self.parts)
        given = sum(part is not None for part in self.parts.values())
        return f"{given}/{count}" if count > 1 else ""

    @property
    def made_of(self) -> str:
        """What its completion is made of, where that must be said: 已报 1/8, 不涉及."""
        if self.is_not_concerned:
            return NOT_CONCERNED
        return f"已报 {self.reported}" if self.silent and self.reported else ""

    def due_of(self, department: str) -> Due:
        """When one department's part is due: later than others', if it was given more time."""
        return self.own_dues.get(department) or Due(self.due, self.due_first, self.extensions)

    def days_left_of(self, department: str) -> int:
        """The days that one department has left."""
        return self.days_left + (self.due_of(department).day - self.due).days

    @property
    def settled(self) -> frozenset[str]:
        """The departments whose own part is signed off or closed, or waits for that."""
        states = (State.ACCEPTED, State.CLOSED, State.PENDING)
        return frozenset(r.department for r in self.reviews if r.state in states)

    @property
    def lagging(self) -> tuple[str, ...]:
        """The reporters that lag in any of its figures.

        Who was given more time is held against its own date.
        """
        if not self.indicators:
            behind = [b for b, part in self.parts.items() if (part or ZERO) < self.expected]
        else:
            behind = [department for one in self.indicators for department in one.lagging]
        asked = (
            department for department in dict.fromkeys(behind) if department not in self.released
        )
        return tuple(department for department in asked if not self.keeps_its_time(department))

    def keeps_its_time(self, department: str) -> bool:
        """Whether a department was given more time, and is as far as it has to be by now."""
        own = self.own_paces.get(department)
        if own is None:
            return False
        reached: dict[str | None, Decimal] = {None: self.parts.get(department) or ZERO}
        reached |= {one.indicator.name: one.part_of(department) for one in self.indicators}
        return all(reached[name] >= expected for name, expected in own.figures.items())

    def expected_of(self, department: str) -> Decimal:
        """What is expected by now of a department's part."""
        own = self.own_paces.get(department)
        return own.expected if own else self.expected

    @property
    def returned(self) -> tuple[Review, ...]:
        """The parts that were sent back and not applied for again."""
        return tuple(review for review in self.reviews if review.state is State.RETURNED)
