"""`fs score publish`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.publication import checksum, published_rows
from foodsafety_cli.cli.documents import DocumentFile, ForceDocument, write_document
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.scoring import NEVER, Scoring
from foodsafety_cli.cli.streams import confirming, say, tell
from foodsafety_cli.exchange.document import as_document
from foodsafety_cli.exchange.score_papers import circular
from foodsafety_cli.model.errors import BadDay, StepRefused
from foodsafety_cli.model.steps import Mark, MarkStep
from foodsafety_cli.render.score_views import provisional

app = new_app()


@app.command(cls=Command)
@with_bundles
def publish(
    ctx: typer.Context,
    days: Days,
    output: DocumentFile,
    provisionally: Annotated[
        bool, typer.Option("--provisional", help="还有未评的也公布，注明等次是暂定的")
    ] = False,
    force: ForceDocument = False,
    by: By = None,
) -> None:
    """公布：把得分表、日子和校验码记进台账，写考核结果通报；以后有变会提醒。"""
    office = office_of(ctx, days)
    if office.as_of > office.today:
        raise BadDay("--as-of", f"{office.as_of} 还没有到，不能公布")
    scoring = Scoring(office)
    found = scoring.scores()
    words = provisional(found)
    if words and not provisionally:
        raise StepRefused(f"还不能公布{words}；确实要公布请加 --provisional。")
    rows = published_rows(found)
    days_of = (office.as_of, office.today)
    content = as_document(circular(office.plan, scoring.rubric, found, days_of))
    with office.recording() as book:
        write_document(office, output, content, force=force)  # failing, nothing is recorded
        recorded = book.record(
            Mark(
                "",
                NEVER,
                reporter(by),
                MarkStep.PUBLISH,
                office.as_of,
                checksum=checksum(rows),
                table=tuple(rows),
            )
        )
    with confirming(f"已记录，编号 {recorded.id}"):
        tell(f"已公布：{len(rows)} 个单位，编号 {recorded.id}")
    if words:
        say(words)
