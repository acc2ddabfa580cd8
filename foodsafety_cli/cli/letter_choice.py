"""Which letters are to be written: to whom about what, and with which numbers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from foodsafety_cli.analysis import letters as correspondence
from foodsafety_cli.analysis.letters import Addressed, LeftOut, Sent
from foodsafety_cli.analysis.match import match_task
from foodsafety_cli.analysis.signoff import reviewer_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import Filters, one_of
from foodsafety_cli.cli.people import parse_words
from foodsafety_cli.model.errors import BadValue, Refused
from foodsafety_cli.model.events import Status
from foodsafety_cli.model.steps import LetterKind
from foodsafety_cli.model.valuetype import ValueType


class Which(ValueType):
    """Further filters of letters, as typed."""

    overdue: Annotated[bool, typer.Option("--overdue", help="只写逾期的任务")] = False
    unanswered: Annotated[bool, typer.Option("--unanswered", help="只写上次的函到期没有反馈的")] = (
        False
    )
    again: Annotated[
        bool, typer.Option("--again", help="上次发函以后已经填报的也写（不写则略过）")
    ] = False


class Head(ValueType):
    """What stands in a letter besides its words, as typed."""

    kind: Annotated[
        LetterKind,
        typer.Option(
            "--kind",
            metavar="种类",
            help="提醒、催办、督办（一事一单）或约谈；默认提醒",
            parser=one_of("--kind", LetterKind),
            autocompletion=suggest.words_of(LetterKind),
            show_default=False,
        ),
    ] = LetterKind.REMIND
    reply_by: Annotated[
        dt.date | None,
        typer.Option(
            "--reply-by",
            metavar="日期",
            help="请在哪一天前反馈（默认 7 天后）",
            parser=parse_day("--reply-by"),
        ),
    ] = None
    signer: Annotated[
        str | None,
        typer.Option(
            "--signer", metavar="姓名", help="签发人；不写则留空", parser=parse_words("--signer")
        ),
    ] = None
    number: Annotated[
        str | None,
        typer.Option("--number", metavar="号", help="从几号起编（默认接着编），或写整个文号"),
    ] = None


class Ready(ValueType):
    """All that is known before anything is written."""

    found: list[tuple[str, TaskStanding]]
    left_out: list[LeftOut]
    numbered: list[tuple[str, Addressed]]


def ready_letters(
    office: Office, filters: Filters, which: Which, head: Head, tasks: Sequence[str]
) -> Ready:
    """Whom to write to about what, with the numbers that come next; raises `Refused`."""
    standings = office.standings
    selection = filters.selection(office.plan)
    named = {match_task(office.plan, given)[1].id for given in tasks}
    if not named and not any(selection) and not which.overdue and not which.unanswered:
        raise Refused("没有写给谁、关于什么：请用 --light 红、--overdue、--dept 单位等选出任务。")
    for name in selection.departments:
        if standings.duties.is_unnamed(name):
            raise Refused(f"“{name}”没有列出是哪些单位，不能给它发函；请在计划里写明成员。")
    bodies = frozenset(m for d in selection.departments for m in standings.duties.members(d))
    letters = office.workspace.letters(standings)
    meant = [
        item.standing
        for item in office.select(selection)
        if (not named or item.standing.task.id in named)
        and (not which.overdue or item.standing.status is Status.OVERDUE)
    ]
    writer = reviewer_of(office.plan.closing)
    found = list(correspondence.addressed(standings, meant, bodies, writer))
    left_out: list[LeftOut] = []
    if which.overdue:
        found = [(body, s) for body, s in found if s.days_left_of(body) < 0]
    if which.unanswered:
        owing = {
            (one.letter.department, task)
            for one in letters
            if one.is_late(office.as_of)
            for task in one.letter.tasks
        }
        found = [(body, s) for body, s in found if (body, s.task.id) in owing]
    if not which.again:
        reported = office.workspace.reported_since(standings)
        found, left_out = correspondence.apart_from_answered(found, letters, reported)
    addressed = correspondence.gathered(head.kind, found)
    return Ready(found, left_out, list(_numbered(office, head, addressed, letters)))


def _numbered(
    office: Office, head: Head, addressed: Sequence[Addressed], letters: Sequence[Sent]
) -> Iterator[tuple[str, Addressed]]:
    prefix, year = correspondence.head_of(office.plan, head.kind), office.today.year
    first = correspondence.next_number(prefix, year, letters)
    if head.number is not None:
        whole = correspondence.read_number(head.number)
        if whole and whole[0].strip() and whole[0].isprintable() and not set(whole[0]) & set("/\\"):
            prefix, year, first = whole
        elif head.number.strip().isdecimal() and 0 < len(head.number.strip().lstrip("0")) < 6:
            first = int(head.number)
        else:
            raise BadValue("--number", f"“{head.number}”应是几号，或 {prefix}〔{year}〕7号 这样")
    used = {one.letter.number for one in letters}
    for n, one in enumerate(addressed, first):
        name = correspondence.number(prefix, year, n)
        if name in used:
            raise BadValue("--number", f"{name} 已经用过")
        yield name, one
