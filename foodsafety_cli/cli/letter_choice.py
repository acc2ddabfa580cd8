"""Which letters are to be written: to whom, about which tasks."""

from collections.abc import Sequence
from typing import Annotated

import typer

from foodsafety_cli.analysis import letters as correspondence
from foodsafety_cli.analysis.letters import Addressed, LeftOut
from foodsafety_cli.analysis.match import match_task
from foodsafety_cli.analysis.signoff import reviewer_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import Filters, one_of
from foodsafety_cli.model.errors import Refused
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
        bool,
        typer.Option("--again", help="已填报的、函还没到期的、没有落后的也写（不写则略过）"),
    ] = False


Kind = Annotated[
    LetterKind,
    typer.Option(
        "--kind",
        metavar="种类",
        help="提醒、催办、督办（一事一单）或约谈；默认提醒",
        parser=one_of("--kind", LetterKind, **{kind.heading: kind for kind in LetterKind}),
        autocompletion=suggest.words_of(LetterKind),
        show_default=False,
    ),
]


class Ready(ValueType):
    """All that is known before anything is written."""

    found: list[tuple[str, TaskStanding]]
    left_out: list[LeftOut]
    addressed: list[Addressed]


def ready_letters(
    office: Office, filters: Filters, which: Which, kind: LetterKind | None, tasks: Sequence[str]
) -> Ready:
    """Whom to write to about what, by a letter of a kind or by a message; raises `Refused`."""
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
        for item in office.select(selection._replace(reporting=True))
        if (not named or item.standing.task.id in named)
        and (not which.overdue or item.standing.status is Status.OVERDUE)
    ]
    writer = reviewer_of(office.plan.closing)
    found = list(correspondence.addressed(standings, meant, bodies, writer))
    is_about_some = bool(selection.returned or selection.roles or which.unanswered)
    passed_over = correspondence.never_written_to(standings, meant, bodies, by_name=bool(named))
    never = [] if is_about_some else [one for one in passed_over if one.department != writer]
    left_out: list[LeftOut] = []
    if selection.returned:
        found = [(b, s) for b, s in found if b in {review.department for review in s.returned}]
    if selection.roles:
        found = [
            (b, s)
            for b, s in found
            if any(d.role in selection.roles for d in standings.duties.of(b, s.task))
        ]
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

        def is_named(body: str, standing: TaskStanding) -> bool:
            signers = standings.reviews.signers(standing.task)
            is_by_number = standing.task.id in named and (body in bodies or len(signers) == 1)
            return is_by_number or which.unanswered

        found, on_pace = correspondence.apart_from_on_pace(standings, found, is_named)
        reported = office.workspace.reported_since(standings)
        found, left_out = correspondence.apart_from_answered(
            found, letters, reported, kind, office.as_of
        )
        left_out = on_pace + left_out
    written = {(body, standing.task.id) for body, standing in found}
    never = [one for one in never if (one.department, one.task) not in written]
    return Ready(found, never + left_out, correspondence.gathered(kind, found) if kind else [])
