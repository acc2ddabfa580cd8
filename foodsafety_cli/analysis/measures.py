"""What a figure of each kind may be, is expected to be, and counts for: one class a kind.

Cumulative counts grow towards a target; rates are held against it on any day; milestones are
done or not; a task without indicators is told in percent. A new kind is a class here and a line in
`_KINDS`, its words and its page in docs/explanation/standing.md.
"""

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from typing import ClassVar

from foodsafety_cli.model.errors import BadFigure, Refused
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.plan import Aggregate, Indicator, Kind, Task

ZERO, HUNDRED = Decimal(0), Decimal(100)
INTEGER_DIGITS, DECIMALS = 12, 6  # what a reported figure may have
# what divisions leave in the last of 28 digits is nothing that anybody reported
_STEADY = Context(prec=20)
_BEYOND_ANY = Decimal(10) ** INTEGER_DIGITS  # finite, so that an infinite figure is over it
# what is measured of one case, and never added up: 5个工作日, 90分
_OF_ONE_CASE = (*"日天周月年岁分秒元级位度克", "小时", "分钟", "名次")
DONE = "完成"
COMPLETION = "完成率"  # stands in the indicator's place where a task has none


def is_countable(number: Decimal | int) -> bool:
    """Whether anybody can have counted it; arithmetic bears no numbers far beyond that."""
    if isinstance(number, int):
        return abs(number) < _BEYOND_ANY
    return number.is_finite() and -INTEGER_DIGITS <= number.adjusted() < INTEGER_DIGITS


class Measure:
    """How one thing is measured: a task's indicator, or the task itself."""

    grows: ClassVar[bool] = False  # later figures are not smaller
    is_figure: ClassVar[bool] = True  # a number, against a target
    is_indicator: ClassVar[bool] = True
    option: ClassVar[str] = "--value 数值"  # how it is reported from the shell
    cell: ClassVar[str] = "count"  # which rule a form's cell has

    def __init__(self, indicator: Indicator | None) -> None:
        self._given = indicator
        self.name = indicator.name if indicator else COMPLETION
        self.unit = indicator.unit if indicator else "%"
        self.target = indicator.target if indicator else HUNDRED
        self.is_share = self.unit == "%"
        self.is_each = bool(indicator and indicator.each)
        self.is_at_most = bool(indicator and indicator.at_most)
        self.per = indicator.per if indicator else ""

    @property
    def is_ratio(self) -> bool:
        """Whether a figure is so much of something: shares, and units such as 批次/千人, 每店."""
        return self.is_share or bool(self.per) or self.has_ratios_unit

    @property
    def has_ratios_unit(self) -> bool:
        """Whether its unit says that it is a ratio."""
        return self.is_share or any(sign in self.unit for sign in "/／每")

    @property
    def target_words(self) -> str:
        """The target as tables show it."""
        return DONE if self.target is None else f"{self.target:f}"

    @property
    def most(self) -> Decimal:
        """The most that a figure can be."""
        return HUNDRED if self.is_share else _BEYOND_ANY

    @property
    def combine(self) -> Aggregate:
        """How departments' figures make one: counts add up, shares never do."""
        given = self._given.aggregate if self._given else None
        if given and not (given is Aggregate.SUM and self.is_ratio):  # which is never summed
            return given
        if self.is_each:
            return Aggregate.MEAN
        return Aggregate.SUM if self.grows and not self.is_ratio else Aggregate.MEAN

    @property
    def averages_counts(self) -> bool:
        """Whether several departments' counts are averaged though the plan does not say so."""
        return False

    @property
    def is_sum(self) -> bool:
        """Whether departments' figures add up."""
        return self.combine is Aggregate.SUM

    def has_share(self, department: str) -> bool:
        """Whether the plan gives a department a part of the target."""
        return bool(self._given and department in self._given.split)

    def own_target(self, department: str, bases: Mapping[str, Decimal]) -> Decimal | None:
        """What one department must reach by itself; None where that is not said.

        The parts of a ratio per base are counts: held against its base, or that of all of them.
        """
        if self._given and department in self._given.split:
            share = self._given.split[department]
            if not self.per or self.is_share:
                return share
            base = bases.get(department) or sum(bases.values())
            return share / base if base else None
        return None if self.is_sum else self.target

    def admit(self, task: Task, entry: Entry) -> None:
        """Raise `Refused` or `BadValue` for a figure that is none of this kind."""
        if entry.done:
            raise Refused(
                f"“{self.name}”有目标值（{self.target:f}{self.unit}），"
                "完成与否由数算出，请报数（--value）。"
            )
        if entry.percent is not None:
            names = "、".join(indicator.name for indicator in task.indicators)
            raise Refused(
                f"任务 {task.id} 的完成率由指标算出（{names}），"
                f"请用 {self.option.split()[0]} 填报指标{'的数' if self.is_figure else ''}。"
            )
        if entry.value is not None and self.is_share and entry.value > HUNDRED:
            raise BadFigure("--value", f"“{self.name}”是百分比，不能超过 100")

    def fits(self, entry: Entry) -> bool:
        """Whether a figure in the ledger is of this kind, whatever its size."""
        is_counted = entry.counted is not None or entry.out_of is not None
        return not entry.done and entry.percent is None and (self.is_ratio or not is_counted)

    def attainment(self, value: Decimal, target: Decimal | None = None) -> Decimal:
        """Value ÷ target in percent, not capped; of an upper limit, 100 within it, then less."""
        target = self.target if target is None else target
        if target is None:
            target = HUNDRED
        if self.is_at_most:
            return HUNDRED if value <= target else target * 100 / value
        return value * 100 / target if target else HUNDRED

    def is_met(self, value: Decimal, target: Decimal | None = None) -> bool:
        """Whether a figure has reached the target, or keeps to the limit."""
        target = self.target if target is None else target
        target, value = steady(ZERO if target is None else target), steady(value)
        return value <= target if self.is_at_most else value >= target

    def with_missing(self, attained: Decimal, reported: int, missing: int) -> Decimal:
        """The attainment of those who reported, with 0 for each who did not."""
        if missing and self.combine is Aggregate.MIN:
            return ZERO
        return attained * reported / (reported + missing)

    def expected(self, elapsed: Decimal, attained: Decimal, *, is_due: bool) -> Decimal:
        """What attainment is held against, in percent; `is_due`: its last day has ended."""
        return HUNDRED

    def figure_of(self, entry: Entry) -> Decimal:
        """What an entry's figure counts as, in the indicator's own unit; a ratio exactly."""
        if entry.counted is not None and entry.out_of:
            return entry.counted * (HUNDRED if self.is_share else 1) / entry.out_of
        return entry.value or ZERO

    def combined(self, values: Sequence[Decimal]) -> Decimal | None:
        """Several departments' figures as one; None of none."""
        if not values:
            return None
        if self.combine is Aggregate.SUM:
            return sum(values, ZERO)
        if self.combine is Aggregate.MIN:  # the weakest: of an upper limit, the largest
            return max(values) if self.is_at_most else min(values)
        return mean(values)


class Cumulative(Measure):
    """A count (or a share) that grows through the year: held against target × pace."""

    grows = True

    def expected(self, elapsed: Decimal, attained: Decimal, *, is_due: bool) -> Decimal:
        """The pace; an upper limit must be kept all the time."""
        return HUNDRED if self.is_at_most else elapsed


class Rate(Measure):
    """A rate that must be kept: held against its target on any day."""

    @property
    def averages_counts(self) -> bool:
        """Of a rate in a unit that is counted, and that nobody has said to average."""
        is_said = bool(self._given and self._given.aggregate) or self.is_each
        return not is_said and not self.is_ratio and not self.unit.endswith(_OF_ONE_CASE)


class Milestone(Measure):
    """Done or not, by a day: neutral until that day has ended."""

    is_figure = False
    option = "--done"
    cell = "milestone"

    def admit(self, task: Task, entry: Entry) -> None:
        """Only `--done`."""
        is_alone = len(task.indicators) == 1
        if entry.value is not None or (entry.percent is not None and is_alone):
            raise Refused(f"“{self.name}”是节点，只有完成与否：完成后请用 --done 填报。")
        if entry.percent is not None:
            super().admit(task, entry)

    def fits(self, entry: Entry) -> bool:
        """Done, or words alone."""
        return entry.value is None and entry.percent is None and entry.counted is None

    def figure_of(self, entry: Entry) -> Decimal:
        """All or nothing."""
        return HUNDRED if entry.done else ZERO

    def attainment(self, value: Decimal, target: Decimal | None = None) -> Decimal:
        """0 or 100."""
        return value

    def is_met(self, value: Decimal, target: Decimal | None = None) -> bool:
        """Whether it is done."""
        return value >= HUNDRED

    def with_missing(self, attained: Decimal, reported: int, missing: int) -> Decimal:
        """Not done as long as somebody is missing."""
        return ZERO if missing else attained

    def combined(self, values: Sequence[Decimal]) -> Decimal | None:
        """Done when all have done it."""
        return min(values, default=None)

    def expected(self, elapsed: Decimal, attained: Decimal, *, is_due: bool) -> Decimal:
        """Its own attainment until it is due."""
        return HUNDRED if is_due else attained


class Percent(Measure):
    """A task without indicators: its completion, as a percentage."""

    is_indicator = False
    option = "--percent 60"
    cell = "share"

    def admit(self, task: Task, entry: Entry) -> None:
        """A percentage, or done."""
        if entry.value is not None:
            raise Refused(f"任务 {task.id} 没有指标，请用 --percent 填报完成率，如 --percent 60。")
        if entry.percent is not None and entry.percent > HUNDRED:
            raise BadFigure("--percent", "完成率不能超过 100")

    def fits(self, entry: Entry) -> bool:
        """One way of saying how far it is."""
        is_counted = entry.counted is not None and not entry.is_not_concerned
        has_value = entry.value is not None or is_counted
        return not has_value and not (entry.done and entry.percent is not None)

    def figure_of(self, entry: Entry) -> Decimal:
        """The percentage; done is all of it."""
        return HUNDRED if entry.done else entry.percent or ZERO

    def expected(self, elapsed: Decimal, attained: Decimal, *, is_due: bool) -> Decimal:
        """The pace."""
        return elapsed


_KINDS: dict[Kind, type[Measure]] = {
    Kind.CUMULATIVE: Cumulative,
    Kind.RATE: Rate,
    Kind.MILESTONE: Milestone,
}


def measure_of(indicator: Indicator | None) -> Measure:
    """How an indicator is measured; of None, a task without any."""
    return _KINDS[indicator.kind](indicator) if indicator else Percent(None)


def mean(values: Sequence[Decimal]) -> Decimal:
    """The plain mean; 0 of none."""
    return sum(values, ZERO) / len(values) if values else ZERO


def is_full(part: Decimal | None) -> bool:
    """Whether all of something is reached."""
    return part is not None and steady(part) >= HUNDRED


def steady(value: Decimal) -> Decimal:
    """A figure as it is judged and shown: two thirds and one third of 50 make 50, not 49.99….

    Twenty digits: more than any reported figure has, fewer than a division gives.
    """
    return _STEADY.plus(value)
