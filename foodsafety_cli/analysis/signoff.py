"""Sign-off (销号): which steps are possible when, and where each department's part stands.

A task is signed off department by department: by each one that reports for it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from foodsafety_cli.analysis.known_figures import EarlierReporters
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.plan import Task
from foodsafety_cli.model.steps import SignOff, SignOffStep
from foodsafety_cli.model.valuetype import ValueType


class State(StrEnum):
    """Where the sign-off of a part stands."""

    OPEN = "未申请"
    PENDING = "待审核"
    ACCEPTED = "已销号"
    RETURNED = "已退回"
    REOPENED = "重新打开"
    CLOSED = "未完成结案"


# State × step → the state after it; what is not here is refused. What is withdrawn goes back to
# where it stood before (here: as if it had been open).
NEXT: Mapping[State, Mapping[SignOffStep, State]] = {
    State.OPEN: {
        SignOffStep.APPLY: State.PENDING,
        SignOffStep.CLOSE_UNMET: State.CLOSED,
    },
    State.PENDING: {
        SignOffStep.APPLY: State.PENDING,  # the new application replaces the old one
        SignOffStep.WITHDRAW: State.OPEN,
        SignOffStep.ACCEPT: State.ACCEPTED,
        SignOffStep.RETURN: State.RETURNED,
        SignOffStep.CLOSE_UNMET: State.CLOSED,
    },
    State.ACCEPTED: {SignOffStep.REOPEN: State.REOPENED},
    State.RETURNED: {
        SignOffStep.APPLY: State.PENDING,
        SignOffStep.CLOSE_UNMET: State.CLOSED,
    },
    State.REOPENED: {
        SignOffStep.APPLY: State.PENDING,
        SignOffStep.CLOSE_UNMET: State.CLOSED,
    },
    State.CLOSED: {SignOffStep.REOPEN: State.REOPENED},
}
_DECISIONS = (SignOffStep.WITHDRAW, SignOffStep.ACCEPT, SignOffStep.RETURN)


class Review(ValueType):
    """Where the sign-off of one department's part in a task stands, and how it came to that."""

    task: int
    department: str
    state: State = State.OPEN
    application: SignOff | None = None  # the last that counts
    decision: SignOff | None = None  # what brought the state about, where it was not applied for
    returns: int = 0  # 退回次数
    steps: tuple[SignOff, ...] = ()
    void: tuple[SignOff, ...] = ()  # steps that could not be taken, or were about what is replaced

    def refusal(self, step: SignOffStep) -> str:
        """Why a step is not possible now, and which are; empty where it is."""
        possible = NEXT[self.state]
        if step in possible:
            return ""
        known = "、".join(f"{one.label}（fs signoff {one.value}）" for one in possible)
        stands = "还没有申请销号" if self.state is State.OPEN else f"现在是“{self.state}”"
        return (
            f"任务 {self.task}（{self.department}）{stands}，不能{step.label}。现在可以：{known}。"
        )


class Reviews:
    """The reviews of a plan's tasks, from steps in any order."""

    def __init__(
        self,
        steps: Iterable[SignOff],
        reporters: Reporters,
        earlier: Callable[[Task], Sequence[EarlierReporters]],
    ) -> None:
        self._reporters = reporters
        self._earlier = earlier
        self._signers: dict[int, tuple[str, ...]] = {}
        self._steps: dict[int, list[SignOff]] = {}
        for step in steps:
            self._steps.setdefault(step.task, []).append(step)

    def signers(self, task: Task) -> tuple[str, ...]:
        """Whose parts of a task are signed off: all that report for it."""
        if task.id not in self._signers:
            self._signers[task.id] = _reporting(self._reporters, task)
        return self._signers[task.id]

    def of(self, task: Task) -> tuple[Review, ...]:
        """The reviews of a task's parts; those of departments without a part are left out."""
        by_department = self._by_department(task)
        return tuple(
            review(task.id, department, by_department[department])
            for department in self.signers(task)
        )

    def former(self, task: Task) -> tuple[Review, ...]:
        """The reviews of departments that the task has been taken from: they are on record only."""
        signers = self.signers(task)
        gone = {
            department: steps
            for department, steps in self._by_department(task).items()
            if department not in signers
        }
        return tuple(review(task.id, department, steps) for department, steps in gone.items())

    def _by_department(self, task: Task) -> dict[str, list[SignOff]]:
        signers = self.signers(task)
        found: dict[str, list[SignOff]] = {department: [] for department in signers}
        for step in self._steps.get(task.id, ()):
            name = self._reporters.name_of(step.department) or step.department
            if len(signers) == 1 and self._was_alone(task, name, step.date):
                name = signers[0]  # it was handed on to
            found.setdefault(name, []).append(step)
        return found | {
            one: self._taken_over(task, one, found) for one in signers if not found[one]
        }

    def _taken_over(
        self, task: Task, newcomer: str, found: Mapping[str, Sequence[SignOff]]
    ) -> list[SignOff]:
        """The sign-off of one that left, where all of the task was signed off by then."""
        for version in self._earlier(task):
            former = _reporting(version.reporters, version.task)
            steps = [[s for s in found.get(one, ()) if s.date < version.until] for one in former]
            states = {review(task.id, "", own).state for own in steps}
            left = [n for n, one in enumerate(former) if one not in self.signers(task)]
            if states == {State.ACCEPTED} and left and newcomer not in former:
                return steps[left[0]]
        return []

    def _was_alone(self, task: Task, name: str, day: dt.date) -> bool:
        """Whether a department that has no part any more was all that signed off on that day."""
        if self._reporters.may_report(task, name):
            return False
        then = next((v for v in self._earlier(task) if day < v.until), None)
        return then is not None and _reporting(then.reporters, then.task) == (name,)

    def has_any(self, task: Task) -> bool:
        """Whether anything was done about a task."""
        return task.id in self._steps


def _reporting(reporters: Reporters, task: Task) -> tuple[str, ...]:
    figures = task.figures
    return tuple(
        dict.fromkeys(department for one in figures for department in reporters.of(task, one))
    )


def together(reviews: Sequence[Review]) -> State | None:
    """Where a task stands whose parts have come this far; None while one of them is open."""
    states = {review.state for review in reviews}
    for state in (State.PENDING, State.CLOSED):
        if state in states and states <= {state, State.ACCEPTED}:
            return state
    return State.ACCEPTED if states == {State.ACCEPTED} else None


def review(task: int, department: str, steps: Sequence[SignOff]) -> Review:
    """Where a part stands after steps that may come from copies kept apart, in any order."""
    applications = {step.id: step for step in steps if step.step is SignOffStep.APPLY}
    found = Review(task, department, steps=tuple(in_order(steps)))
    before = found  # how it stood when it was applied for
    current: SignOff | None = None
    decided: dict[str, SignOffStep] = {}
    void: list[SignOff] = []
    for step in found.steps:
        # a part may be closed while an application waits, and without one
        if step.step in _DECISIONS or (step.step is SignOffStep.CLOSE_UNMET and step.of):
            if current is None or step.of != current.id:
                void.append(step)  # its application was replaced or taken back meanwhile
                continue
            state = State.PENDING  # a second decision on the same application counts, too
        else:
            state = found.state
        after = NEXT[state].get(step.step)
        if after is None:
            void.append(step)
            continue
        if step.step is SignOffStep.APPLY:
            before = before if found.state is State.PENDING else found
            current = step
            found = found._replace(application=step, decision=None, state=after)
            continue
        decided[step.of or ""] = step.step
        if step.step is SignOffStep.WITHDRAW:  # as if it had not been applied for
            found = before
        else:
            found = found._replace(application=current, decision=step, state=after)
    returns = sum(decided.get(name) is SignOffStep.RETURN for name in applications)
    return found._replace(returns=returns, void=tuple(void))


def in_order(steps: Iterable[SignOff]) -> list[SignOff]:
    """By moment and id; but a decision never stands before its application."""
    steps = list(steps)
    applied = {step.id: step.at for step in steps if step.step is SignOffStep.APPLY}

    def place(step: SignOff) -> tuple[object, ...]:
        since = applied.get(step.of or "", step.at)
        return max(step.at, since), step.id not in applied, step.at, step.id

    return sorted(steps, key=place)
