"""`fs score awards`."""

from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli.documents import ForceDocument, write_document
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.scoring import Scoring
from foodsafety_cli.cli.streams import say
from foodsafety_cli.exchange.document import as_document
from foodsafety_cli.exchange.score_papers import awards as award_paper
from foodsafety_cli.exchange.score_papers import praised
from foodsafety_cli.render.output import Output
from foodsafety_cli.render.score_views import provisional, score_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def awards(
    ctx: typer.Context,
    days: Days,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件", help="写成 .docx")
    ] = None,
    force: ForceDocument = False,
) -> None:
    """表彰建议名单：最好等次、没有降等否决的，按名次；是建议，由市里定。"""
    scoring = Scoring(office_of(ctx, days))
    found = scoring.scores()
    if output is not None:
        content = as_document(award_paper(scoring.office.plan, scoring.rubric, found))
        write_document(scoring.office, output, content, force=force)
    else:
        listing = score_listing(praised(scoring.rubric, found))
        title = "表彰建议名单（建议，由市里定）"
        scoring.office.show(listing._replace(title=title, if_empty="没有符合条件的单位"), Output())
    scoring.say_if_changed(found)
    if words := provisional(found):
        say(words)
