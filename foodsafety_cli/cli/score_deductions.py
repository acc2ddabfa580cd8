"""`fs score deductions`."""

import typer

from foodsafety_cli.cli.documents import DocumentFile, ForceDocument, write_document
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.scoring import Depts, Scoring
from foodsafety_cli.cli.streams import say
from foodsafety_cli.exchange.score_papers import deductions as as_document
from foodsafety_cli.render.score_views import provisional

app = new_app()


@app.command(cls=Command)
@with_bundles
def deductions(
    ctx: typer.Context,
    days: Days,
    output: DocumentFile,
    dept: Depts = None,
    force: ForceDocument = False,
) -> None:
    """扣分明细：一个单位一页，每一处失分和原因；要发函限期整改的用 fs score letter。"""
    scoring = Scoring(office_of(ctx, days))
    wanted = [scoring.department(name) for name in dept or ()]
    every = scoring.scores()
    found = [one for one in every if not wanted or one.department in wanted]
    write_document(scoring.office, output, as_document(found), force=force)
    scoring.say_if_changed(every)
    if words := provisional(found):
        say(words)
