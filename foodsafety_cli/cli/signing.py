"""What the steps of a sign-off share: whose part is meant, what is possible, the answer."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from foodsafety_cli.analysis.match import match_department, match_task
from foodsafety_cli.analysis.parts import UNREPORTED, Part, part
from foodsafety_cli.analysis.signoff import NEXT, Review, State, reviewer_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.dates import parse_day, refuse_far_off
from foodsafety_cli.cli.office import Office, keep_apart, office_of
from foodsafety_cli.cli.options import FormOptions
from foodsafety_cli.cli.people import parse_words
from foodsafety_cli.cli.streams import answering, say, say_on_terminal, tell
from foodsafety_cli.model.errors import BadValue, Refused
from foodsafety_cli.model.steps import SignOff, SignOffStep
from foodsafety_cli.model.text import first_few, is_same_name
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.output import show
from foodsafety_cli.render.step_views import signoff_thing
from foodsafety_cli.store.plan.narrowing import PlanQuery

_NAMED = 4
Dept = Annotated[
    str | None,
    typer.Option(
        "--dept",
        "-d",
        metavar="单位",
        help="哪个单位的那一份；只有一个单位报数的不用写",
        autocompletion=suggest.answering,
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="文字", help="原因", parser=parse_words("--reason"))
]
When = Annotated[
    dt.date | None,
    typer.Option(
        "--date",
        metavar="日期",
        help="哪一天（默认今天）",
        parser=parse_day("--date", month_ends=True),
    ),
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


class Meant(ValueType):
    """The part that a step is about, as it stands before it."""

    standing: TaskStanding
    review: Review
    part: Part
    reviewer: str


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
    office.narrow(PlanQuery(task))
    with office.workspace.recording(on_wait=say_on_terminal) as book:
        meant = _meant(office, task, dept, step.step)
        _refuse_earlier(meant, step)
        completed = _completed(office, meant, step)
        recorded = book.record(completed)
    office.report_problems()
    with answering(f"已记录，编号 {recorded.id}"):
        answer = signoff_thing(recorded, meant.standing.task, meant.review, meant.part)
        if form.format or form.output:
            show(answer, output)
        else:
            for sentence in _sentences(recorded, meant):
                tell(sentence)
    if recorded.step in (SignOffStep.APPLY, SignOffStep.ACCEPT) and not meant.part.is_met:
        told = "还没有填报完成情况" if meant.part.words == UNREPORTED else meant.part.words
        say(f"注意：{told}。{_what_then(office)}")


def _refuse_earlier(meant: Meant, step: SignOff) -> None:
    """Raise `BadValue` for an application dated before what was applied for or decided by then."""
    last = max(meant.review.steps, key=lambda one: (one.date, one.at, one.id), default=None)
    if step.step is SignOffStep.APPLY and last and step.date < last.date:
        words = f"{step.date} 早于 {last.date} 的“{last.step.label}”，请写那天或以后的一天"
        raise BadValue("--date", words)


def _meant(office: Office, task: str, dept: str | None, step: SignOffStep) -> Meant:
    section, found = match_task(office.plan, task)
    standings = office.standings
    reviews = {review.department: review for review in standings.reviews.of(found)}
    if dept is not None:
        name = match_department(office.workspace.plan, dept)
        if name not in reviews:
            names = first_few(list(reviews), _NAMED)
            raise Refused(f"任务 {found.id} 不由“{name}”报数，不能由它销号。报数单位：{names}。")
        chosen = reviews[name]
    else:
        chosen = _only(found.id, list(reviews.values()), step)
    refusal = chosen.refusal(step)
    if refusal:
        raise Refused(refusal)
    standing = standings.of(section, found)
    closing = standings.plan.closing
    return Meant(
        standing, chosen, part(standings, standing, chosen.department), reviewer_of(closing)
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
        raise Refused(f"任务 {task} 由几个单位分别销号，请用 --dept 写明哪一个：{names}。")
    raise Refused(f"任务 {task} 没有可以{step.label}的：{_states(reviews)}。")


def _states(reviews: Sequence[Review]) -> str:
    """Where the parts stand and what can be done about each; what was done already comes first."""
    by_state: dict[State, list[str]] = {}
    for review in sorted(reviews, key=lambda review: not review.steps):
        by_state.setdefault(review.state, []).append(review.department)
    return "；".join(
        f"{first_few(bodies, _NAMED)}{state}，可以{'、'.join(one.label for one in NEXT[state])}"
        for state, bodies in by_state.items()
    )


def _completed(office: Office, meant: Meant, step: SignOff) -> SignOff:
    """The step with what it is about; raises `Refused` or `BadValue` for what cannot be."""
    review, application = meant.review, meant.review.application
    values: dict[str, Any] = {"task": review.task, "department": review.department}
    is_decision = step.step not in (SignOffStep.APPLY, SignOffStep.REOPEN)
    if is_decision and application and review.state is State.PENDING:
        values["of"] = application.id
        if step.date < application.date:
            raise BadValue("--date", f"{step.date} 早于申请日 {application.date}")
    if step.step is SignOffStep.REOPEN and review.decision:
        values["of"] = review.decision.id
        if step.date < review.decision.date:
            raise BadValue("--date", f"{step.date} 早于销号的 {review.decision.date}")
    if step.step in (SignOffStep.APPLY, SignOffStep.ACCEPT):
        values["completion"] = meant.part.completion
    if step.step is SignOffStep.APPLY and not step.evidence:
        values |= _evidence_reported(office, meant)
    if step.date < office.plan.period.start:
        raise BadValue("--date", f"{step.date} 早于工作期")
    if step.step is SignOffStep.ACCEPT and application and is_same_name(application.by, step.by):
        if not step.forced:
            raise Refused(
                f"“{step.by}”就是申请人，销号要由另一个人审核：--by 姓名；"
                "确实只有一个人的请加 --force，会照样记下。"
            )
    elif step.forced:
        values["forced"] = False  # there was nothing to force
    if step.redo_by and step.redo_by < office.today:
        raise BadValue("--redo-by", f"{step.redo_by} 已经过去")
    if step.redo_by:
        refuse_far_off("--redo-by", step.redo_by, office.today)
    return step._replace(**values)


def _evidence_reported(office: Office, meant: Meant) -> dict[str, Any]:
    """Where evidence is asked for, what came with the reports; raises `Refused` for none."""
    closing = office.plan.closing
    if not closing or not closing.evidence:
        return {}
    task, body = meant.standing.task, meant.review.department
    reporters = office.standings.reporters
    own = {i and i.name for i in (*task.indicators, None) if body in reporters.of(task, i)}
    given = [
        report.entry
        for report in office.reports(task.id)
        if report.entry.evidence
        and not report.undone
        and report.entry.department in (body, None)
        and report.entry.indicator in (*own, None)
    ]
    if not given:
        raise Refused("申请销号要有佐证材料（计划里 closing.evidence）：请加 --evidence。")
    return {
        "evidence": tuple(dict.fromkeys(item for entry in given for item in entry.evidence)),
        "files": tuple(dict.fromkeys(file for entry in given for file in entry.files)),
    }


def _refuse_future(date: dt.date, today: dt.date) -> None:
    if date > today:
        raise BadValue("--date", f"{date} 还没有到")


def _what_then(office: Office) -> str:
    required = office.plan.closing and office.plan.closing.required
    return "数到了、又销了号，任务才算已完成。" if required else "任务完成与否仍看填报的数。"


def _sentences(step: SignOff, meant: Meant) -> list[str]:
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
