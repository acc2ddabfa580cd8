"""`fs forecast`."""

import typer

from foodsafety_cli.analysis.query import selected_indicators
from foodsafety_cli.cli.office import keep_apart, office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions
from foodsafety_cli.cli.outlook import outlooks
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say
from foodsafety_cli.render.forecast_views import forecast_listing, summary

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs forecast                               照现在的速度，哪些指标年底能达标\n"
        "  fs forecast --dept 市农业农村局           一个单位的\n"
        "  fs forecast --as-of 2021-09-30 -f csv     那一天看到的"
    ),
)
@with_bundles
def forecast(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
) -> None:
    """照现在的速度年底到多少：范围是八成把握，预判不改变亮灯（docs/explanation/forecast.md）。"""
    output = listing.as_output()
    office = office_of(ctx, days)
    keep_apart(office.workspace, output.file)
    selection = filters.selection(office.plan)
    selected = office.select(selection)
    meant = {
        (item.standing.task.id, one.indicator.name)
        for item, one in selected_indicators(selected, selection)
    }
    every = outlooks(office, selected)
    found = [one for one in every if (one.task.id, one.standing.indicator.name) in meant]
    office.show(forecast_listing(found, office.as_of), output)
    if found:
        say(summary(found))
