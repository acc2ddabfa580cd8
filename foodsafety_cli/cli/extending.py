"""What the steps of an extension share: which application is meant, what can be, the answer."""

import datetime as dt
from typing import Annotated, Any

import typer

from foodsafety_cli.analysis.extension_steps import StepSubject, completed, matter_of
from foodsafety_cli.analysis.parts import due_asked_about, is_late
from foodsafety_cli.analysis.standing import Due
from foodsafety_cli.analysis.wording import due_words
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, keep_apart, office_of
from foodsafety_cli.cli.options import FormOptions
from foodsafety_cli.cli.streams import confirming, say_caution, tell
from foodsafety_cli.model.errors import BadDay
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.steps import Extension, ExtensionStep
from foodsafety_cli.model.text import is_same_name
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
        raise BadDay("--date", f"{step.date} 还没有到")
    with office.recording() as book:
        meant = matter_of(office.standings, typed, step.step)
        recorded = book.record(completed(office.standings, meant, step, office.today))
        is_late_then = meant.pending is None and is_late(
            office.standings, meant.standing.section, recorded
        )
        meant = meant._replace(is_late=is_late_then)
    office.report_problems()
    with confirming(f"已记录，编号 {recorded.id}"):
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
                say_caution(MessageCode.ONE_PERSON, f"申请和审批都是“{recorded.by}”。")
            tell(f"  填错了可以撤销：fs progress undo {recorded.id}")


def _due_now(office: Office, meant: StepSubject) -> Due:
    """When what is meant is due after the step."""
    after = office.anew()
    standing = after.standings.of(meant.standing.section, meant.standing.task)
    return due_asked_about(after.standings, standing, meant.department, meant.indicator)


def _sentence(step: Extension, meant: StepSubject, now: Due) -> str:
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
