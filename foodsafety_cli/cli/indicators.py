"""`fs indicators`."""

import typer

from foodsafety_cli.analysis.query import selected_indicators
from foodsafety_cli.cli.asking import QueryResult, ask, one_listing
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions, SinceOption
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.render.listing import Listing
from foodsafety_cli.render.output import show
from foodsafety_cli.render.task_views import indicators_listing

app = new_app()
_OUTLOOK = {"outlook", "预判"}


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
    output = listing.as_output()
    answer = one_listing(asked, _listing)
    if asked[0].among == 1:
        answer = _with_years(ctx, days, asked[0], answer, output.columns)
    elif not _OUTLOOK.isdisjoint(output.columns):
        raise BadValue("--columns", "几个计划合在一起看时没有预判；请一次看一个计划")
    show(answer, output)


def _with_years(
    ctx: typer.Context, days: Days, asked: QueryResult, answer: Listing, wanted: tuple[str, ...]
) -> Listing:
    """The listing with forecasts where they are asked for, and beside last year where that is."""
    plan = asked.standings.printed
    if _OUTLOOK.isdisjoint(wanted) and not plan.previous:
        return answer
    from foodsafety_cli.cli.outlook import outlooks, same_day_last_year
    from foodsafety_cli.render.forecast_views import beside_last_year, with_outlooks

    office = office_of(ctx, days)
    if not _OUTLOOK.isdisjoint(wanted):
        answer = with_outlooks(answer, outlooks(office, asked.selected))
    return beside_last_year(answer, same_day_last_year(office)) if plan.previous else answer


def _listing(asked: QueryResult) -> Listing:
    return indicators_listing(s for _, s in selected_indicators(asked.selected, asked.selection))
