"""`fs indicators`."""

import typer

from foodsafety_cli.analysis.query import selected_indicators
from foodsafety_cli.cli.asking import QueryResult, ask, one_listing
from foodsafety_cli.cli.options import Days, Filters, ListOptions, SinceOption
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.listing import Listing
from foodsafety_cli.render.output import show
from foodsafety_cli.render.task_views import indicators_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def indicators(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    since: SinceOption = None,
) -> None:
    """各项指标的目标值、完成值、达成率和是否达标；筛选条件与 fs tasks 相同。"""
    asked = ask(ctx, filters, days, listing.output, since=since)
    show(one_listing(asked, _listing), listing.as_output())


def _listing(asked: QueryResult) -> Listing:
    return indicators_listing(s for _, s in selected_indicators(asked.selected, asked.selection))
