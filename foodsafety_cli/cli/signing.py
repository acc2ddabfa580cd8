"""What the steps of a sign-off share: whose part is meant, what is possible, the answer."""

import datetime as dt
from typing import Annotated, Any

import typer

from foodsafety_cli.analysis.parts import UNREPORTED
from foodsafety_cli.analysis.signoff_steps import (
    SignOffMatter,
    completed,
    matter_of,
    refuse_earlier,
)
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, keep_apart, office_of
from foodsafety_cli.cli.options import FormOptions, date_option, dept_option
from foodsafety_cli.cli.people import parse_words
from foodsafety_cli.cli.streams import confirming, say_caution, tell
from foodsafety_cli.model.errors import BadDay
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.steps import SignOff, SignOffStep
from foodsafety_cli.render.output import show
from foodsafety_cli.render.step_views import signoff_thing
from foodsafety_cli.store.plan.narrowing import PlanQuery

Dept = Annotated[
    str | None,
    dept_option("哪个单位的那一份；只有一个单位报数的不用写", suggest.reporters),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="文字", help="原因", parser=parse_words("--reason"))
]
When = Annotated[
    dt.date | None,
    date_option("哪一天（默认今天）"),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar="材料",
        help="佐证材料：文件（记下校验码）、文号或网址；可重复",
        parser=parse_words("--evidence"),
    ),
]


def take(
    ctx: typer.Context,
    typed: tuple[str, str | None],
    step: SignOff,
    form: FormOptions,
) -> None:
    """Take a step about the task and department `typed`, and answer; raises `Refused`.

    `step` lacks what only the ledger under its lock can tell.
    """
    office = office_of(ctx)
    output = form.as_output()
    keep_apart(office.workspace, output.file)
    task, dept = typed
    _refuse_future(step.date, office.today)
    office.narrow(PlanQuery(task, [dept] if dept is not None else ()))
    with office.recording() as book:
        meant = matter_of(office.standings, task, dept, step.step)
        refuse_earlier(meant, step)
        recorded = book.record(
            completed(office.standings, meant, step, office.today, office.reports)
        )
    office.report_problems()
    with confirming(f"已记录，编号 {recorded.id}"):
        answer = signoff_thing(recorded, meant.standing.task, meant.review, meant.part)
        if form.format or form.output:
            show(answer, output)
        else:
            for sentence in _sentences(recorded, meant):
                tell(sentence)
    if recorded.step in (SignOffStep.APPLY, SignOffStep.ACCEPT) and not meant.part.is_met:
        told = "还没有填报完成情况" if meant.part.words == UNREPORTED else meant.part.words
        say_caution(MessageCode.NOT_ALL_DONE, f"{told}。{_what_then(office)}")


def _refuse_future(date: dt.date, today: dt.date) -> None:
    if date > today:
        raise BadDay("--date", f"{date} 还没有到")


def _what_then(office: Office) -> str:
    required = office.plan.closing and office.plan.closing.required
    return "数到了、又销了号，任务才算已完成。" if required else "任务完成与否仍看填报的数。"


def _sentences(step: SignOff, meant: SignOffMatter) -> list[str]:
    review = meant.review
    what = f"任务 {review.task}（{review.department}）"
    if step.step is SignOffStep.APPLY:
        evidence = f"佐证 {len(step.evidence)} 份，" if step.evidence else ""
        first = f"已申请销号：{what}，{evidence}等{meant.reviewer}审核。"
    elif step.step is SignOffStep.RETURN:
        until = f"请于 {step.redo_by} 前重新申请，" if step.redo_by else ""
        first = f"已退回：{what}，{step.reason}。{until}这是第 {review.returns + 1} 次退回。"
    else:
        reason = f"，{step.reason}" if step.reason else ""
        verb = "已按" if step.step is SignOffStep.CLOSE_UNMET else "已"
        first = f"{verb}{step.step.label}：{what}{reason}。"
    forced = "  申请和审核是同一个人，已照此记下。"
    undo = f"  填错了可以撤销：fs progress undo {step.id}"
    return [first, *([forced] if step.forced else []), undo]


def step_of(step: SignOffStep, by: str, date: dt.date, **given: Any) -> SignOff:
    """A step before it is known what it is about."""
    nowhen = dt.datetime.min.replace(tzinfo=dt.UTC)
    return SignOff("", nowhen, by, step, 0, "", date, **given)
