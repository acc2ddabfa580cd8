"""`fs score show`."""

from typing import Annotated

import typer

from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import keep_apart, office_of
from foodsafety_cli.cli.options import Days, ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.scoring import Scoring
from foodsafety_cli.cli.streams import say, say_caution
from foodsafety_cli.model.errors import Refused, UnknownName
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.render.score_views import provisional, score_listing, why_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def show(
    ctx: typer.Context,
    days: Days,
    listing: ListOptions,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="单位", help="写单位名，看它每一分的来处", autocompletion=suggest.departments
        ),
    ] = None,
    series: Annotated[
        str | None, typer.Option("--series", metavar="系列", help="只看这个系列")
    ] = None,
) -> None:
    """各系列的自动得分、评议得分、加减分、得分、名次和等次。"""
    output = listing.as_output()
    scoring = Scoring(office_of(ctx, days))
    keep_apart(scoring.office.workspace, output.file)
    found = scoring.scores()
    told = scoring.changes(found)
    chosen = _series(scoring, series) if series is not None else None
    if name is not None:
        wanted = scoring.department(name)
        (score,) = [one for one in found if one.department == wanted]
        if chosen not in (None, score.series):
            raise Refused(f"“{wanted}”在“{score.series}”里，不在“{chosen}”里。")
        scoring.office.show(why_listing(scoring.rubric, score), output)
        if score.graded_because:
            say(score.graded_because)
        found = [score]
    else:
        found = [one for one in found if chosen in (None, one.series)]
        scoring.office.show(score_listing(found), output)
    if told:
        say_caution(MessageCode.CHANGED_SINCE, told)
    if words := provisional(found):
        say(words)


def _series(scoring: Scoring, typed: str) -> str:
    """A series by its name, else by a part that only one has; raises `UnknownName`."""
    known = [series.name for series in scoring.rubric.series]
    meant = [name for name in known if name == typed] or [name for name in known if typed in name]
    if len(meant) != 1:
        raise UnknownName("系列", typed, known)
    return meant[0]
