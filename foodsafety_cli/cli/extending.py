"""What the steps of an extension share: which application is meant, what can be, the answer."""

import datetime as dt
from typing import Annotated, Any

import typer

from foodsafety_cli.analysis.extensions import ExtensionState, Request
from foodsafety_cli.analysis.match import match_department, match_indicator, match_task
from foodsafety_cli.analysis.parts import due_asked_about, is_late
from foodsafety_cli.analysis.standing import Due, TaskStanding
from foodsafety_cli.analysis.wording import due_words
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, keep_apart, office_of
from foodsafety_cli.cli.options import FormOptions
from foodsafety_cli.cli.streams import answering, say, say_on_terminal, tell
from foodsafety_cli.model.errors import BadValue, Refused
from foodsafety_cli.model.plan import Task
from foodsafety_cli.model.steps import Extension, ExtensionStep
from foodsafety_cli.model.text import first_few, is_same_name
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.extension_views import extension_thing
from foodsafety_cli.render.output import show

IndicatorOption = Annotated[
    str | None,
    typer.Option(
        "--indicator",
        "-i",
        metavar="指标",
        help="只延这个指标；不写（或写“整项任务”）则为整项任务",
        autocompletion=suggest.indicators,
    ),
]
_NAMED = 6
_WHOLE = "整项任务"


class Meant(ValueType):
    """What a step is about: the task, who asks, which indicator; and what waits for a decision."""

    standing: TaskStanding
    department: str
    indicator: str
    pending: Request | None
    due: Due  # of what is meant, before
    is_late: bool = False  # an application that comes after that day


def take(
    ctx: typer.Context,
    typed: tuple[str, str | None, str | None],
    step: Extension,
    form: FormOptions,
) -> None:
    """Take a step about the task, department and indicator `typed`, and answer."""
    office = office_of(ctx)
    output = form.as_output()
    keep_apart(office.workspace, output.file)
    if step.date > office.today:
        raise BadValue("--date", f"{step.date} 还没有到")
    with office.workspace.recording(on_wait=say_on_terminal) as book:
        meant = _meant(office, typed, step.step)
        recorded = book.record(_completed(office, meant, step))
        is_late_then = meant.pending is None and is_late(
            office.standings, meant.standing.section, recorded
        )
        meant = meant._replace(is_late=is_late_then)
    office.report_problems()
    with answering(f"已记录，编号 {recorded.id}"):
        if form.format or form.output:
            title = meant.standing.task.title
            to = recorded.to or (meant.pending.to if meant.pending else None)
            show(extension_thing(recorded, title, to, _due_now(office, meant)), output)
        else:
            tell(_sentence(recorded, meant, _due_now(office, meant)))
            is_decided = recorded.step in (ExtensionStep.GRANT, ExtensionStep.REFUSE)
            if (
                is_decided
                and meant.pending
                and is_same_name(recorded.by, meant.pending.application.by)
            ):
                say(f"注意：申请和审批都是“{recorded.by}”。")
            tell(f"  填错了可以撤销：fs progress undo {recorded.id}")


def chosen(
    office: Office, task: Task, dept: str | None, indicator: str | None, *, decided: bool = False
) -> Request:
    """The last request of a task that a document is about; raises `Refused`."""
    found = list(office.standings.requests(task))
    if dept is not None:
        name = match_department(office.plan, dept)
        found = [request for request in found if request.department == name]
    if indicator is not None:
        meant = "" if indicator == _WHOLE else match_indicator(office.plan, task, indicator).name
        found = [request for request in found if request.application.indicator == meant]
    if decided:
        known = (ExtensionState.GRANTED, ExtensionState.REFUSED)
        found = [request for request in found if request.state in known]
    if not found:
        lacks = "还没有审批过的延期申请" if decided else "没有延期申请"
        raise Refused(f"任务 {task.id} {lacks}。")
    names = list(dict.fromkeys(request.department for request in found))
    if len(names) > 1:
        named = first_few(names, _NAMED)
        raise Refused(f"任务 {task.id} 有几个单位申请，请用 --dept 写明：{named}。")
    about = list(dict.fromkeys(request.application.indicator or _WHOLE for request in found))
    if len(about) > 1:
        raise Refused(f"任务 {task.id} 有几件申请，请用 -i 写明是哪个指标的：{'、'.join(about)}。")
    return found[-1]


def _meant(office: Office, typed: tuple[str, str | None, str | None], step: ExtensionStep) -> Meant:
    given, dept, indicator = typed
    section, task = match_task(office.plan, given)
    standing = office.standings.of(section, task)
    is_whole = indicator == _WHOLE
    name = match_indicator(office.plan, task, indicator).name if indicator and not is_whole else ""
    requests = office.standings.requests(task)
    pending = [r for r in requests if r.state is ExtensionState.PENDING]
    body = match_department(office.plan, dept) if dept is not None else None
    if step is ExtensionStep.APPLY:
        asking = _who_asks(office, task, body)
        _refuse_settled(office, standing, asking)
        if name and indicator is not None:
            who, meant = office.standings.reporters, match_indicator(office.plan, task, indicator)
            if not who.counts(task, meant, asking):
                named = "、".join(who.of(task, meant))
                raise Refused(f"“{name}”由{named}报数，“{asking}”不能为它申请延期。")
        return Meant(standing, asking, name, None, _due(office, standing, asking, name))
    fitting = [
        r
        for r in pending
        if body in (None, r.department)
        and (r.application.indicator == name or not (name or is_whole))
    ]
    if not fitting:
        for request in requests:
            is_meant = body in (None, request.department)
            if is_meant and request.state is ExtensionState.LAPSED:
                _refuse_settled(office, standing, request.department)
        whose = f"{body}" if body else ""
        raise Refused(
            f"任务 {task.id} 没有{whose}等审批的延期申请，现在不能“{step.label}”。"
            f"申请：fs extension apply {task.id} --to 日期 --reason 原因。"
        )
    if len(fitting) > 1:
        told = "、".join(
            f"{r.department}（{r.application.indicator or _WHOLE}）" for r in fitting[:_NAMED]
        )
        words = f"任务 {task.id} 有几件申请，请用 --dept、-i 写明哪一件：{told}。"
        raise Refused(words)
    only = fitting[0]
    due = _due(office, standing, only.department, only.application.indicator)
    return Meant(standing, only.department, only.application.indicator, only, due)


def _due(office: Office, standing: TaskStanding, body: str, name: str) -> Due:
    """When a department's part, or its indicator of this name, is due."""
    return due_asked_about(office.standings, standing, body, name)


def _due_now(office: Office, meant: Meant) -> Due:
    """When what is meant is due after the step."""
    after = office.anew()
    standing = after.standings.of(meant.standing.section, meant.standing.task)
    return _due(after, standing, meant.department, meant.indicator)


def _refuse_settled(office: Office, standing: TaskStanding, body: str) -> None:
    """Raise `Refused` for more time for what is signed off or closed."""
    task = standing.task
    if review := office.standings.settled_for(task, body):
        raise Refused(
            f"任务 {task.id}（{review.department}）现在是“{review.state}”，不用延期。"
            f"要接着办，先 fs signoff reopen {task.id} --dept {review.department} --reason 原因。"
        )


def _who_asks(office: Office, task: Task, named: str | None) -> str:
    """The department that asks: it must have a part in the task."""
    standings = office.standings
    signers = standings.reviews.signers(task)
    if named is None:
        alone = standings.reporters.answers_alone(task)
        if alone:
            return alone
        if len(signers) > 1:
            names = first_few(signers, _NAMED)
            raise Refused(f"任务 {task.id} 由几个单位报数，请用 --dept 写明谁申请：{names}。")
        return signers[0]
    if named not in signers and standings.reporters.answers_alone(task) != named:
        who = first_few(signers, _NAMED)
        raise Refused(f"任务 {task.id} 不由“{named}”报数，不能由它申请延期。报数的是：{who}。")
    return named


def _completed(office: Office, meant: Meant, step: Extension) -> Extension:
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
            raise BadValue("--date", f"{step.date} 早于申请日 {applied}")
    if step.step is ExtensionStep.APPLY and step.date < office.plan.period.start:
        raise BadValue("--date", f"{step.date} 早于工作期")
    if step.to is not None:
        _check_day(office, meant, step.to)
    elif step.step is ExtensionStep.GRANT and meant.pending and meant.pending.to <= meant.due.day:
        raise BadValue(
            "--to",
            f"申请的 {meant.pending.to} 不晚于现在的时限 {meant.due.day}，同意了也没有用；"
            "请写 --to 更晚的一天，或 fs extension refuse",
        )
    return step._replace(**values)


def _check_day(office: Office, meant: Meant, to: dt.date) -> None:
    """Refuse a day that is no extension, or so far off that it is a slip of the finger."""
    due = meant.due.day
    if to <= due:
        raise BadValue("--to", f"{to} 不晚于现在的时限 {due}")
    if to < office.today:
        raise BadValue("--to", f"{to} 已经过去，延到那一天没有用")
    if to.year > office.plan.period.end.year + 2:
        raise BadValue("--to", f"{to} 比工作期晚两年以上，请核对年份")


def _sentence(step: Extension, meant: Meant, now: Due) -> str:
    indicator = f"，指标“{step.indicator}”" if step.indicator else ""
    what = f"任务 {step.task}（{step.department}{indicator}）"
    due = meant.due.day
    reason = f"，{step.reason}" if step.reason else ""
    if step.step is ExtensionStep.APPLY:
        late = f"原时限 {due} 已过，记为逾期申请；" if meant.is_late else ""
        return f"已申请延期：{what}，时限 {due}，申请延至 {step.to}{reason}。{late}等审批。"
    if step.step is ExtensionStep.GRANT and meant.pending:
        return f"已同意延期：{what}，时限 {due_words(now.day, now.first, now.times)}{reason}。"
    return f"已{step.step.label}：{what}{reason}。时限仍是 {due}。"


def step_of(step: ExtensionStep, by: str, date: dt.date, **given: Any) -> Extension:
    """A step before it is known what it is about."""
    nowhen = dt.datetime.min.replace(tzinfo=dt.UTC)
    return Extension("", nowhen, by, step, 0, "", date, **given)
