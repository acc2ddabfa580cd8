"""`fs letter list`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.letters import in_number_order
from foodsafety_cli.analysis.match import match_department
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, ListOptions, dept_option, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.steps import LetterKind
from foodsafety_cli.render.letter_views import letters_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def letters(
    ctx: typer.Context,
    days: Days,
    listing: ListOptions,
    dept: Annotated[
        list[str] | None,
        dept_option("发给谁的；可重复"),
    ] = None,
    kind: Annotated[
        list[LetterKind] | None,
        typer.Option(
            "--kind",
            metavar="种类",
            help="提醒、催办、督办或约谈；可重复",
            parser=one_of("--kind", LetterKind),
            autocompletion=suggest.words_of(LetterKind),
        ),
    ] = None,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="只看没有反馈的")] = False,
) -> None:
    """发过的函：谁反馈了、谁没有、等了多久。填报了函里的任务，就算反馈。"""
    office = office_of(ctx, days)
    standings = office.standings
    names = [match_department(office.plan, name) for name in dept or ()]
    departments = {department for name in names for department in standings.duties.members(name)}
    found = [
        one
        for one in office.workspace.letters(standings, office.known_on)
        if (not departments or one.letter.department in departments)
        and (not kind or one.letter.letter in kind)
        and (one.is_open or not unanswered)
    ]
    found.sort(key=lambda one: (one.answered is not None, one.letter.date, in_number_order(one)))
    office.show(letters_listing(found, office.as_of), listing.as_output())
