"""`fs tasks`."""

import typer

from foodsafety_cli.cli.asking import QueryResult, ask, one_listing
from foodsafety_cli.cli.options import Days, Filters, ListOptions, SinceOption
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.listing import Listing
from foodsafety_cli.render.output import show
from foodsafety_cli.render.task_views import tasks_listing

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs tasks --dept 市监局 --role 牵头        市市场监督管理局牵头的任务\n"
        "  fs tasks -d 阳城县 --direct               点名阳城县的任务（不含“各县”）\n"
        "  fs tasks --light 红 -f csv -o 红灯.csv    红灯任务存成表格"
    ),
)
@with_bundles
def tasks(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    since: SinceOption = None,
) -> None:
    """列出任务。各筛选条件同时成立；同一条件写几次，满足其一即可。"""
    asked = ask(ctx, filters, days, listing.output, since=since)
    show(one_listing(asked, _listing), listing.as_output())


def _listing(asked: QueryResult) -> Listing:
    return tasks_listing(asked.selected, asked.standings.as_of)
