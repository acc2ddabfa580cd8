"""Steps of a sign-off before they are recorded: whose part each is about, and what cannot be."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from foodsafety_cli.analysis.days import refuse_far_off
from foodsafety_cli.analysis.match import match_department, match_task
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.parts import Part, part
from foodsafety_cli.analysis.signoff import NEXT, Review, State
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.errors import BadDay, StepRefused
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.steps import SignOff, SignOffStep
from foodsafety_cli.model.text import first_few, is_same_name
from foodsafety_cli.model.valuetype import ValueType

Reported = Callable[[int], Iterable[Report]]  # all that was reported of a task
_NAMED = 4


class SignOffMatter(ValueType):
    """The part that a step is about, as it stands before it."""

    standing: TaskStanding
    review: Review
    part: Part
    reviewer: str


def refuse_earlier(meant: SignOffMatter, step: SignOff) -> None:
    """Raise `BadValue` for an application dated before what was applied for or decided by then."""
    last = max(meant.review.steps, key=lambda one: (one.date, one.at, one.id), default=None)
    if step.step is SignOffStep.APPLY and last and step.date < last.date:
        words = f"{step.date} 早于 {last.date} 的“{last.step.label}”，请写那天或以后的一天"
        raise BadDay("--date", words)


def matter_of(
    standings: Standings, task: str, dept: str | None, step: SignOffStep
) -> SignOffMatter:
    """The part of a task that a step is about; raises `UsageError`."""
    section, found = match_task(standings.plan, task)
    reviews = {review.department: review for review in standings.reviews.of(found)}
    if dept is not None:
        name = match_department(standings.printed, dept)
        if name not in reviews:
            names = first_few(list(reviews), _NAMED)
            raise StepRefused(
                f"任务 {found.id} 不由“{name}”报数，不能由它销号。报数单位：{names}。"
            )
        chosen = reviews[name]
    else:
        chosen = _only(found.id, list(reviews.values()), step)
    refusal = chosen.refusal(step)
    if refusal:
        raise StepRefused(refusal)
    standing = standings.of(section, found)
    return SignOffMatter(
        standing, chosen, part(standings, standing, chosen.department), reviewer_of(standings.plan)
    )


def _only(task: int, reviews: Sequence[Review], step: SignOffStep) -> Review:
    """The part that is meant where no department is named."""
    if len(reviews) == 1:
        return reviews[0]
    # an application may come from anyone; a decision is about one that waits for it
    fitting = [review for review in reviews if step in NEXT[review.state]]
    if len(fitting) == 1 and step is not SignOffStep.APPLY:
        return fitting[0]
    if fitting:
        names = first_few([review.department for review in fitting], _NAMED)
        raise StepRefused(f"任务 {task} 由几个单位分别销号，请用 --dept 写明哪一个：{names}。")
    raise StepRefused(f"任务 {task} 没有可以{step.label}的：{_states(reviews)}。")


def _states(reviews: Sequence[Review]) -> str:
    """Where the parts stand and what can be done about each; what was done already comes first."""
    by_state: dict[State, list[str]] = {}
    for review in sorted(reviews, key=lambda review: not review.steps):
        by_state.setdefault(review.state, []).append(review.department)
    return "；".join(
        f"{first_few(names, _NAMED)}{state}，可以{'、'.join(one.label for one in NEXT[state])}"
        for state, names in by_state.items()
    )


def completed(
    standings: Standings, meant: SignOffMatter, step: SignOff, today: dt.date, reported: Reported
) -> SignOff:
    """The step with what it is about; raises `Refused` or `BadValue` for what cannot be."""
    review, application = meant.review, meant.review.application
    values: dict[str, Any] = {"task": review.task, "department": review.department}
    is_decision = step.step not in (SignOffStep.APPLY, SignOffStep.REOPEN)
    if is_decision and application and review.state is State.PENDING:
        values["of"] = application.id
        if step.date < application.date:
            raise BadDay("--date", f"{step.date} 早于申请日 {application.date}")
    if step.step is SignOffStep.REOPEN and review.decision:
        values["of"] = review.decision.id
        if step.date < review.decision.date:
            raise BadDay("--date", f"{step.date} 早于销号的 {review.decision.date}")
    if step.step in (SignOffStep.APPLY, SignOffStep.ACCEPT):
        values["completion"] = meant.part.completion
    if step.step is SignOffStep.APPLY and not step.evidence:
        values |= _evidence_reported(standings, meant, reported)
    if step.date < standings.plan.period.start:
        raise BadDay("--date", f"{step.date} 早于工作期")
    if step.step is SignOffStep.ACCEPT and application and is_same_name(application.by, step.by):
        if not step.forced:
            raise StepRefused(
                f"“{step.by}”就是申请人，销号要由另一个人审核：--by 姓名；"
                "确实只有一个人的请加 --force，会照样记下。"
            )
    elif step.forced:
        values["forced"] = False  # there was nothing to force
    if step.redo_by and step.redo_by < today:
        raise BadDay("--redo-by", f"{step.redo_by} 已经过去")
    if step.redo_by:
        refuse_far_off("--redo-by", step.redo_by, today)
    return step._replace(**values)


def _evidence_reported(
    standings: Standings, meant: SignOffMatter, reported: Reported
) -> dict[str, Any]:
    """Where evidence is asked for, what came with the reports; raises `Refused` for none."""
    closing = standings.plan.closing
    if not closing or not closing.evidence:
        return {}
    task, department = meant.standing.task, meant.review.department
    reporters = standings.reporters
    own = {i and i.name for i in (*task.indicators, None) if department in reporters.of(task, i)}
    given = [
        report.entry
        for report in reported(task.id)
        if report.entry.evidence
        and not report.undone
        and report.entry.department in (department, None)
        and report.entry.indicator in (*own, None)
    ]
    if not given:
        raise StepRefused("申请销号要有佐证材料（计划里 closing.evidence）：请加 --evidence。")
    return {
        "evidence": tuple(dict.fromkeys(item for entry in given for item in entry.evidence)),
        "files": tuple(dict.fromkeys(file for entry in given for file in entry.files)),
    }
