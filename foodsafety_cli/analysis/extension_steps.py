"""Steps of an extension before they are recorded: what each is about, and what cannot be."""

import datetime as dt
from typing import Any

from foodsafety_cli.analysis.extensions import ExtensionState, Request
from foodsafety_cli.analysis.match import match_department, match_indicator, match_task
from foodsafety_cli.analysis.parts import due_asked_about
from foodsafety_cli.analysis.standing import Due, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.errors import BadDay, StepRefused
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.model.steps import Extension, ExtensionStep
from foodsafety_cli.model.text import first_few
from foodsafety_cli.model.valuetype import ValueType

WHOLE = "整项任务"
_NAMED = 6


class StepSubject(ValueType):
    """What a step is about: the task, who asks, which indicator; and what waits for a decision."""

    standing: TaskStanding
    department: str
    indicator: str
    pending: Request | None
    due: Due  # of what is meant, before
    is_late: bool = False  # an application that comes after that day


def request_meant(
    standings: Standings,
    task: Task,
    dept: str | None,
    indicator: str | None,
    *,
    decided: bool = False,
) -> Request:
    """The last request of a task that a document is about; raises `Refused`."""
    found = list(standings.requests(task))
    if dept is not None:
        name = match_department(standings.plan, dept)
        found = [request for request in found if request.department == name]
    if indicator is not None:
        meant = "" if indicator == WHOLE else match_indicator(standings.plan, task, indicator).name
        found = [request for request in found if request.application.indicator == meant]
    if decided:
        known = (ExtensionState.GRANTED, ExtensionState.REFUSED)
        found = [request for request in found if request.state in known]
    if not found:
        lacks = "还没有审批过的延期申请" if decided else "没有延期申请"
        raise StepRefused(f"任务 {task.id} {lacks}。")
    names = list(dict.fromkeys(request.department for request in found))
    if len(names) > 1:
        named = first_few(names, _NAMED)
        raise StepRefused(f"任务 {task.id} 有几个单位申请，请用 --dept 写明：{named}。")
    about = list(dict.fromkeys(request.application.indicator or WHOLE for request in found))
    if len(about) > 1:
        raise StepRefused(
            f"任务 {task.id} 有几件申请，请用 -i 写明是哪个指标的：{'、'.join(about)}。"
        )
    return found[-1]


def matter_of(
    standings: Standings, typed: tuple[str, str | None, str | None], step: ExtensionStep
) -> StepSubject:
    """What a step is about, of the task, department and indicator `typed`; raises `UsageError`."""
    given, dept, indicator = typed
    section, task = match_task(standings.plan, given)
    standing = standings.of(section, task)
    meant = None
    if indicator and indicator != WHOLE:
        meant = match_indicator(standings.plan, task, indicator)
    department = match_department(standings.plan, dept) if dept is not None else None
    if step is ExtensionStep.APPLY:
        return _to_apply_for(standings, standing, department, meant)
    whole = "" if indicator == WHOLE else None
    name = meant.name if meant else whole
    request = _waiting(standings, standing, department, name, step)
    about = request.application.indicator
    due = due_asked_about(standings, standing, request.department, about)
    return StepSubject(standing, request.department, about, request, due)


def _to_apply_for(
    standings: Standings,
    standing: TaskStanding,
    department: str | None,
    indicator: Indicator | None,
) -> StepSubject:
    """What an application is about; raises `Refused` where it cannot be."""
    asking = _who_asks(standings, standing.task, department)
    _refuse_settled(standings, standing, asking)
    who = standings.reporters
    if indicator and not who.counts(standing.task, indicator, asking):
        named = "、".join(who.of(standing.task, indicator))
        raise StepRefused(f"“{indicator.name}”由{named}报数，“{asking}”不能为它申请延期。")
    name = indicator.name if indicator else ""
    return StepSubject(
        standing, asking, name, None, due_asked_about(standings, standing, asking, name)
    )


def _waiting(
    standings: Standings,
    standing: TaskStanding,
    department: str | None,
    indicator: str | None,
    step: ExtensionStep,
) -> Request:
    """The one application that waits and is meant; raises `Refused` where there is not just one.

    `indicator`: its name, "" for the whole task, None for any.
    """
    task = standing.task
    requests = [r for r in standings.requests(task) if department in (None, r.department)]
    fitting = [
        r
        for r in requests
        if r.state is ExtensionState.PENDING and indicator in (None, r.application.indicator)
    ]
    if not fitting:
        for request in requests:
            if request.state is ExtensionState.LAPSED:
                _refuse_settled(standings, standing, request.department)
        raise StepRefused(
            f"任务 {task.id} 没有{department or ''}等审批的延期申请，现在不能“{step.label}”。"
            f"申请：fs extension apply {task.id} --to 日期 --reason 原因。"
        )
    if len(fitting) > 1:
        told = "、".join(
            f"{r.department}（{r.application.indicator or WHOLE}）" for r in fitting[:_NAMED]
        )
        raise StepRefused(f"任务 {task.id} 有几件申请，请用 --dept、-i 写明哪一件：{told}。")
    if step is ExtensionStep.GRANT:
        _refuse_handed_on(standings, task, fitting[0].department)
    return fitting[0]


def _refuse_handed_on(standings: Standings, task: Task, department: str) -> None:
    """Raise `Refused` for more time for who has no part in a task any more."""
    if not standings.reporters.may_report(task, department):
        now = first_few(standings.reviews.signers(task), _NAMED)
        raise StepRefused(
            f"任务 {task.id} 已经不由{department}承担，同意了也不起作用。"
            f"请由现在承担的单位（{now}）另行申请；这一件可以不同意："
            f"fs extension refuse {task.id} --dept {department}。"
        )


def _refuse_settled(standings: Standings, standing: TaskStanding, department: str) -> None:
    """Raise `Refused` for more time for what is signed off or closed."""
    task = standing.task
    if review := standings.settled_for(task, department):
        raise StepRefused(
            f"任务 {task.id}（{review.department}）现在是“{review.state}”，不用延期。"
            f"要接着办，先 fs signoff reopen {task.id} --dept {review.department} --reason 原因。"
        )


def _who_asks(standings: Standings, task: Task, named: str | None) -> str:
    """The department that asks: it must have a part in the task."""
    signers = standings.reviews.signers(task)
    if named is None:
        alone = standings.reporters.answers_alone(task)
        if alone:
            return alone
        if len(signers) > 1:
            names = first_few(signers, _NAMED)
            raise StepRefused(f"任务 {task.id} 由几个单位报数，请用 --dept 写明谁申请：{names}。")
        return signers[0]
    if named not in signers and standings.reporters.answers_alone(task) != named:
        who = first_few(signers, _NAMED)
        raise StepRefused(f"任务 {task.id} 不由“{named}”报数，不能由它申请延期。报数的是：{who}。")
    return named


def completed(
    standings: Standings, meant: StepSubject, step: Extension, today: dt.date
) -> Extension:
    """The step with what it is about; raises `BadValue`, `Refused` for what cannot be."""
    values: dict[str, Any] = {
        "task": meant.standing.task.id,
        "department": meant.department,
        "indicator": meant.indicator,
    }
    if meant.pending is not None:
        values["of"] = meant.pending.application.id
        applied = meant.pending.application.date
        if step.date < applied:
            raise BadDay("--date", f"{step.date} 早于申请日 {applied}")
    if step.step is ExtensionStep.APPLY and step.date < standings.plan.period.start:
        raise BadDay("--date", f"{step.date} 早于工作期")
    if step.to is not None:
        _check_day(standings, meant, step.to, today)
    elif step.step is ExtensionStep.GRANT and meant.pending and meant.pending.to <= meant.due.day:
        raise BadDay(
            "--to",
            f"申请的 {meant.pending.to} 不晚于现在的时限 {meant.due.day}，同意了也没有用；"
            "请写 --to 更晚的一天，或 fs extension refuse",
        )
    return step._replace(**values)


def _check_day(standings: Standings, meant: StepSubject, to: dt.date, today: dt.date) -> None:
    """Refuse a day that is no extension, or far off by an obvious slip in typing."""
    due = meant.due.day
    if to <= due:
        raise BadDay("--to", f"{to} 不晚于现在的时限 {due}")
    if to < today:
        raise BadDay("--to", f"{to} 已经过去，延到那一天没有用")
    if to.year > standings.plan.period.end.year + 2:
        raise BadDay("--to", f"{to} 比工作期晚两年以上，请核对年份")
