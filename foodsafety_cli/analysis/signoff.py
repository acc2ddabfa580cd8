"""Sign-off (销号): which steps are possible when, and where each department's part stands.

A task is signed off department by department: by each one that reports for it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

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
        """The steps about each part, those of who had it before among them."""
        signers = self.signers(task)
        own: dict[str, list[SignOff]] = {}
        for step in self._steps.get(task.id, ()):
            name = self._reporters.name_of(step.department) or step.department
            own.setdefault(name, []).append(step)
        inherited, moved = self._inherited(task, own)
        found = {one: [*inherited.get(one, ()), *own.get(one, ())] for one in signers}
        gone = {one: steps for one, steps in own.items() if one not in found and one not in moved}
        return found | gone

    def _inherited(
        self, task: Task, own: Mapping[str, Sequence[SignOff]]
    ) -> tuple[dict[str, list[SignOff]], set[str]]:
        """By newcomer, the steps that it took over, handover by handover; and whose they were.

        Of one that had all of it to one that has, everything; to others, what was signed off.
        """
        earlier = self._earlier(task)
        times = [_reporting(version.reporters, version.task) for version in earlier]
        inherited: dict[str, list[SignOff]] = {}
        moved: set[str] = set()
        for version, (old, new) in zip(
            earlier, pairwise([*times, self.signers(task)]), strict=True
        ):
            steps = {
                one: [
                    *inherited.get(one, ()),
                    *(step for step in own.get(one, ()) if step.date < version.until),
                ]
                for one in old
            }
            left = [one for one in old if one not in new]
            states = {review(task.id, one, steps[one]).state for one in old}
            is_moved = len(old) == len(new) == len(left) == 1
            taken = steps[left[0]] if left and (is_moved or states == {State.ACCEPTED}) else []
            inherited |= {one: taken for one in new if one not in old}
            moved |= {*left} if is_moved else set()
        return inherited, moved

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
