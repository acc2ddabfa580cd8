"""Extensions (延期): what was asked for, what was granted, and the dates that follow from it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from foodsafety_cli.analysis.handovers import Handovers
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.model.steps import Extension, ExtensionStep
from foodsafety_cli.model.valuetype import ValueType


class ExtensionState(StrEnum):
    """Where an application for more time stands."""

    PENDING = "待审批"
    GRANTED = "已同意"
    REFUSED = "未同意"
    WITHDRAWN = "已撤回"
    REPLACED = "已另申请"
    LAPSED = "已了结"  # nobody decided before the work was signed off or closed


_AFTER = {
    ExtensionStep.GRANT: ExtensionState.GRANTED,
    ExtensionStep.REFUSE: ExtensionState.REFUSED,
    ExtensionStep.WITHDRAW: ExtensionState.WITHDRAWN,
}


class Request(ValueType):
    """An application for more time and what became of it; `to` is the day granted or asked for."""

    application: Extension
    department: str
    state: ExtensionState
    decision: Extension | None
    to: dt.date
    others: tuple[Extension, ...] = ()  # decisions that a later one has overtaken


class Extensions:
    """The requests of a plan's tasks, from steps in any order.

    Whose time a grant gives is said by who reported on the day of the decision: a task that was
    handed on keeps the time that it was given before.
    """

    def __init__(
        self, steps: Iterable[Extension], reporters: Reporters, handovers: Handovers
    ) -> None:
        self._reporters = reporters
        self._handovers = handovers
        self._steps: dict[int, list[Extension]] = {}
        for step in steps:
            self._steps.setdefault(step.task, []).append(step)

    def of(self, task: Task) -> tuple[Request, ...]:
        """A task's requests, in the order in which they were made."""
        steps = self._steps.get(task.id, [])
        found = list(_requests(steps))
        last = {(r.department, r.application.indicator): r.application.id for r in found}
        names = self._reporters.name_of
        return tuple(
            request._replace(
                department=names(request.department) or request.department,
                state=ExtensionState.REPLACED
                if request.state is ExtensionState.PENDING
                and last[request.department, request.application.indicator]
                != request.application.id
                else request.state,
            )
            for request in found
        )

    def dates(
        self, task: Task, indicator: Indicator | None, since: dt.date = dt.date.min
    ) -> Mapping[str, dt.date]:
        """The days granted, by department; "" for the whole task, which the others ask within."""
        found: dict[str, dt.date] = {}
        name = indicator.name if indicator else ""
        for request in self.granted(task, since):
            whose = self._whose(task, indicator, request)
            if request.application.indicator in ("", name) and whose is not None:
                found[whose] = max(request.to, found.get(whose, request.to))  # never less time
        return found

    def granted(self, task: Task, since: dt.date = dt.date.min) -> list[Request]:
        """The requests granted, in the order of their decisions, from a day on."""
        granted = [
            request
            for request in self.of(task)
            if request.state is ExtensionState.GRANTED
            and request.decision
            and request.decision.date >= since
            and self._has_a_part(task, request.decision.date, request.department)
        ]
        return sorted(granted, key=lambda r: (r.decision.at, r.decision.id) if r.decision else ())

    def _has_a_part(self, task: Task, day: dt.date, department: str) -> bool:
        then, reporters = self._handovers.on(day, task)
        now = self._reporters
        return now.may_report(task, department) or reporters.may_report(then, department)

    def times(
        self,
        task: Task,
        department: str | None = None,
        indicator: Indicator | None = None,
        since: dt.date = dt.date.min,
    ) -> int:
        """How often a department was given more time; of all, the one that was most often.

        With an indicator, for it or for the whole task.
        """
        counts: dict[str, int] = {}
        latest: dict[str, dt.date] = {}
        for request in self.granted(task, since):
            asked_by = request.department
            is_meant = indicator is None or request.application.indicator in ("", indicator.name)
            # what is within the time that an indicator was given already gives it none
            if is_meant and (indicator is None or request.to > latest.get(asked_by, dt.date.min)):
                counts[asked_by] = counts.get(asked_by, 0) + 1
                latest[asked_by] = request.to
        if department is not None:
            return counts.get(department, 0)
        return max(counts.values(), default=0)

    def _whose(self, task: Task, indicator: Indicator | None, request: Request) -> str | None:
        """Whose day a grant moves: "" for everyone's, None where it is about other figures."""
        decided = request.decision or request.application
        then, reporters = self._handovers.on(decided.date, task)
        figure = then.indicator(indicator.name) if indicator else None
        figures = [set(reporters.of(then, i)) for i in then.indicators]
        whole = set().union(*figures) if figures else set(reporters.of(then))
        asked = set(reporters.of(then, figure)) if figure else whole
        department = request.department
        if department in asked:
            return department if len(asked) > 1 else ""
        answers_for_all = reporters.answers_alone(then) == department
        return None if department in whole and not answers_for_all else ""


def in_force_for(awaited: Iterable[str], due: dt.date, granted: Mapping[str, dt.date]) -> dt.date:
    """The first day on which one of those that are awaited is late, with what was granted them."""
    if not granted:
        return due
    whole = max(due, granted.get("", due))
    return min(
        (max(whole, granted.get(department, whole)) for department in awaited), default=whole
    )


def _requests(steps: Sequence[Extension]) -> Iterator[Request]:
    in_order = sorted(steps, key=lambda step: (step.at, step.id))
    for step in in_order:
        if step.step is ExtensionStep.APPLY and step.to:
            decisions = [one for one in in_order if one.of == step.id]
            last = decisions[-1] if decisions else None
            state = _AFTER[last.step] if last else ExtensionState.PENDING
            to = (last.to if last else None) or step.to
            yield Request(step, step.department, state, last, to, tuple(decisions[:-1]))
