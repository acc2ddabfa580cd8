"""What the figures of a task come to: how far it is, what is expected by now, when it is due."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.figures import Together
from foodsafety_cli.analysis.measures import ZERO, mean
from foodsafety_cli.analysis.standing import Due, IndicatorStanding
from foodsafety_cli.model.valuetype import ValueType


class Outcome(ValueType):
    """Of a task on a day, before anybody has signed it off; the fields are `TaskStanding`'s."""

    due: Due
    completion: Decimal
    expected: Decimal
    is_met: bool
    is_not_concerned: bool
    silent: frozenset[str]
    parts: Mapping[str, Decimal | None]

    def day_held_against(self, as_of: dt.date) -> dt.date:
        """The day that its due date is held against: nothing to count is never late."""
        return min(as_of, self.due.day) if self.is_not_concerned else as_of


def concerned(indicators: Sequence[IndicatorStanding]) -> Sequence[IndicatorStanding]:
    """Those that have something to count; all of them where none has."""
    return [one for one in indicators if not one.is_not_concerned] or indicators


def of_indicators(indicators: Sequence[IndicatorStanding]) -> Outcome:
    """Of a task with indicators: their mean; due is the first that is not met, else the last."""
    counting = concerned(indicators)
    waiting = [(one.due, one.due_first) for one in counting if not one.met]
    day, first = min(waiting) if waiting else max((one.due, one.due_first) for one in counting)
    times = max((one.extensions for one in counting if one.due == day), default=0)
    is_idle = all(one.is_not_concerned for one in indicators)
    return Outcome(
        Due(day, first, times),
        ZERO if is_idle else mean([one.counted for one in counting]),
        ZERO if is_idle else mean([one.expected for one in counting]),
        all(one.met for one in counting),
        is_idle,
        frozenset(department for one in indicators for department in one.silent),
        {},
    )


def of_percents(whole: Together, own: Due, elapsed: Decimal) -> Outcome:
    """Of a task without indicators: its reporters' percents, held against the days elapsed."""
    is_idle = whole.is_not_concerned
    return Outcome(
        own,
        ZERO if is_idle else whole.counted,
        ZERO if is_idle else elapsed,
        whole.met,
        is_idle,
        frozenset(whole.missing if whole.reported else ()),
        dict.fromkeys(whole.missing) | dict(whole.parts),
    )
