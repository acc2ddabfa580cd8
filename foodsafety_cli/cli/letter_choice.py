"""Which letters are to be written, as typed."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer

from foodsafety_cli.analysis.letter_choice import Chosen, LetterQuery, LettersSoFar, choose
from foodsafety_cli.analysis.match import match_task
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import Filters, one_of
from foodsafety_cli.model.errors import Refused, UsageError
from foodsafety_cli.model.steps import LetterKind
from foodsafety_cli.model.text import SEPARATORS
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


def ready_letters(
    office: Office, filters: Filters, which: Which, kind: LetterKind | None, tasks: Sequence[str]
) -> Chosen:
    """Whom to write to about what, by a letter of a kind or by a message; raises `Refused`."""
    standings = office.standings
    selection = filters.selection(office.plan)
    typed = [
        one for given in tasks for one in re.split(rf"[{SEPARATORS}\s]+", given.strip()) if one
    ]
    named = frozenset(match_task(office.plan, one)[1].id for one in typed)
    if not named and not any(selection) and not which.overdue and not which.unanswered:
        raise UsageError(
            "没有写给谁、关于什么：请用 --light 红、--overdue、--dept 单位等选出任务。"
        )
    for name in selection.departments:
        if standings.duties.is_unnamed(name):
            raise Refused(f"“{name}”没有列出是哪些单位，不能给它发函；请在计划里写明成员。")
    departments = frozenset(m for d in selection.departments for m in standings.duties.members(d))
    query = LetterQuery(
        departments,
        named,
        selection.roles,
        selection.returned,
        which.overdue,
        which.unanswered,
        which.again,
    )
    selected = office.select(selection._replace(reporting=True))
    workspace = office.workspace
    letters = LettersSoFar(
        workspace.letters(standings), workspace.reported_since(standings), office.as_of
    )
    return choose(standings, (item.standing for item in selected), query, letters, kind)
