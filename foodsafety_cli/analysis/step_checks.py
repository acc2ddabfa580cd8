"""What is wrong with the steps of a ledger: decided twice, numbered twice, about nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from foodsafety_cli.analysis.amending import ever_in_force, in_force
from foodsafety_cli.analysis.letters import Sent, used_twice
from foodsafety_cli.analysis.parts import CHANGED, to_look_at_again
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.signoff import Review
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.problem import Code, Severity
from foodsafety_cli.model.steps import (
    Extension,
    ExtensionStep,
    Letter,
    LetterStep,
    Mark,
    MarkStep,
    SignOff,
    SignOffStep,
    Step,
)
from foodsafety_cli.model.text import is_same_name
from foodsafety_cli.model.valuetype import ValueType

_Version = tuple[Reporters, Mapping[int, Task]]  # who had a part in what, at one time
_DECIDING = ("accept", "return", "withdraw", "close-unmet", "grant", "refuse")


class StepFault(ValueType):
    """A fault of the line with this id."""

    id: str
    code: Code
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


def check_steps(plan: Plan, steps: Sequence[Step]) -> Iterator[StepFault]:
    """Steps that the plan has no place for, and those that contradict each other."""
    by_id = {step.id: step for step in steps}
    tasks = {task.id: task for _, task in ever_in_force(plan).tasks()}
    reporters = Reporters(plan)
    times = [plan, *(in_force(plan, a.effective) for a in plan.amendments)]
    versions = [(Reporters(p), {task.id: task for _, task in p.tasks()}) for p in times]
    for step in steps:
        for number in step.tasks:
            if number not in tasks:
                words = f"计划里没有任务 {number}"
                yield StepFault(step.id, Code.LEDGER_TASK_GONE, words, "请核对计划是不是换过")
        yield from _unfit(step, tasks, reporters, versions)
        yield from _unknown(step, reporters)
        if step.of is not None and step.of not in by_id:
            yield StepFault(
                step.id,
                Code.LEDGER_STEP_OF_NOTHING,
                f"这一步针对的 {step.of} 不在台账里，或已撤销，没有计入",
                "合并的另一份台账里也许有，请一并合并",
                Severity.WARNING,
            )
    yield from _decided_twice(steps)


def check_marks(plan: Plan, marks: Iterable[Mark]) -> Iterator[StepFault]:
    """Marks and flags of departments that the plan does not have."""
    reporters = Reporters(plan)
    for mark in marks:
        if mark.step is not MarkStep.PUBLISH:
            yield from _unknown(mark, reporters)


def _unknown(step: Step | Mark, reporters: Reporters) -> Iterator[StepFault]:
    if reporters.name_of(step.department) is None:
        yield StepFault(
            step.id,
            Code.LEDGER_DEPARTMENT_GONE,
            f"计划里没有单位“{step.department}”",
            "单位改过名的，请在 plan.yaml 里把旧名写成新名的别名（aliases）",
        )


def _unfit(
    step: Step, tasks: Mapping[int, Task], reporters: Reporters, versions: Sequence[_Version]
) -> Iterator[StepFault]:
    """What only somebody who edits the ledger by hand can have written."""
    remedy = "请核对这一行"
    if isinstance(step, Letter):
        if step.step is LetterStep.WRITE and not (step.number and (step.tasks or step.item)):
            words = "这件函没有文号，或没有写是关于什么的"
            yield StepFault(step.id, Code.LEDGER_FIELD, words, remedy)
        return
    task, name = tasks.get(step.task), reporters.name_of(step.department)
    if (
        task
        and name
        and not any(step.task in t and r.may_report(t[step.task], name) for r, t in versions)
    ):
        words = f"任务 {step.task} 没有“{name}”的份，没有计入"
        yield StepFault(step.id, Code.LEDGER_DEPARTMENT_OUTSIDE, words, remedy, Severity.WARNING)
    if isinstance(step, Extension):
        if step.step is ExtensionStep.APPLY and step.to is None:
            words = "延期申请没有写延到哪一天，没有计入"
            yield StepFault(step.id, Code.LEDGER_FIELD, words, remedy)
        if task and step.indicator and all(i.name != step.indicator for i in task.indicators):
            words = f"任务 {step.task} 没有指标“{step.indicator}”"
            yield StepFault(step.id, Code.LEDGER_INDICATOR_GONE, words, remedy)


def _decided_twice(steps: Sequence[Step]) -> Iterator[StepFault]:
    by_application: dict[tuple[type, str], list[SignOff | Extension]] = {}
    reopened = {step.of for step in steps if isinstance(step, SignOff) and step.step == "reopen"}
    for step in steps:
        if isinstance(step, SignOff | Extension) and step.of and step.step.value in _DECIDING:
            by_application.setdefault((type(step), step.of), []).append(step)
    for decisions in by_application.values():
        said = {(one.step, one.to if isinstance(one, Extension) else None) for one in decisions}
        is_reopened = len(decisions) > 1 and any(one.id in reopened for one in decisions)
        if len(said) < 2 and not is_reopened:
            continue
        *earlier, last = _by_moment(decisions)
        for one in earlier:
            yield StepFault(
                one.id,
                Code.LEDGER_DECIDED_TWICE,
                f"任务 {one.task}（{one.department}）的同一件申请有两个决定："
                f"{one.by}“{one.step.label}”，{last.by}“{last.step.label}”（编号 {last.id}），"
                "以后一个为准",
                f"请两人核对；前一个作废的请撤销：fs progress undo {one.id}",
                Severity.WARNING,
            )


def _by_moment(decisions: Iterable[SignOff | Extension]) -> list[SignOff | Extension]:
    return sorted(decisions, key=lambda step: (step.at, step.id))


def check_doubtful(steps: Sequence[Step]) -> Iterator[StepFault]:
    """What no command would have recorded: a hand has written it, or another copy's clock."""
    by_id = {step.id: step for step in steps}
    for step in steps:
        for words in _strange(step, by_id.get(step.of or "")):
            yield StepFault(
                step.id,
                Code.LEDGER_STEP_DOUBTFUL,
                words,
                f"请核对；写错了的请撤销后重办：fs progress undo {step.id}",
                Severity.WARNING,
            )


def _strange(step: Step, about: Step | None) -> Iterator[str]:
    if isinstance(step, Letter) and step.reply_by and step.reply_by < step.date:
        yield f"{step.number}的反馈期限 {step.reply_by} 早于发出的 {step.date}"
    if not isinstance(step, SignOff | Extension) or not isinstance(about, SignOff | Extension):
        return
    whose = f"任务 {step.task}（{step.department}）"
    if step.date < about.date:
        earlier = f"早于“{about.step.label}”的 {about.date}"
        yield f"{whose}“{step.step.label}”的日子 {step.date} {earlier}"
    is_accepted = isinstance(step, SignOff) and step.step is SignOffStep.ACCEPT and not step.forced
    if is_accepted and is_same_name(step.by, about.by):
        yield f"{whose}申请和审核都是“{step.by}”，没有注明自审"


def check_letters(letters: Iterable[Sent]) -> Iterator[StepFault]:
    """Numbers that two letters have."""
    for number, found in used_twice(letters).items():
        names = "、".join(letter.department for letter in found)
        for letter in found[1:]:
            yield StepFault(
                letter.id,
                Code.LEDGER_NUMBER_TWICE,
                f"文号 {number} 用了 {len(found)} 次（{names}）",
                f"请撤销其中一件，另编号重发：fs progress undo {letter.id}",
            )


def check_signed_off(standings: Standings) -> Iterator[StepFault]:
    """Steps that do not count, and parts whose figures fell short after they were signed off."""
    for section, task in standings.plan.tasks():
        if not standings.reviews.has_any(task):
            continue
        standing = standings.of(section, task)
        for review in standing.reviews:
            yield from _void(review)
        for review in to_look_at_again(standings, standing):
            if review.decision:
                words = f"任务 {task.id}（{review.department}）{CHANGED}"
                remedy = (
                    f"请核对；要重新办的：fs signoff reopen {task.id} "
                    f"--dept {review.department} --reason 原因"
                )
                yield StepFault(
                    review.decision.id,
                    Code.LEDGER_SIGNED_OFF_CHANGED,
                    words,
                    remedy,
                    Severity.WARNING,
                )


def _void(review: Review) -> Iterator[StepFault]:
    """Steps that a merge, or a hand, has brought and that change nothing."""
    for step in review.void:
        yield StepFault(
            step.id,
            Code.LEDGER_STEP_VOID,
            f"任务 {step.task}（{step.department}）{step.by}的“{step.step.label}”没有计入："
            f"它针对的申请已另作处理，或那时不能这样做；现在是“{review.state}”",
            "请核对；要照它办的，请重新办一次",
            Severity.WARNING,
        )
