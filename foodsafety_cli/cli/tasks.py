"""`fs tasks`."""

import typer

from foodsafety_cli.cli.app import Command, new_app
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import AsOf, Filters, ListOptions, with_bundles
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
def tasks(ctx: typer.Context, filters: Filters, listing: ListOptions, as_of: AsOf = None) -> None:
    """列出任务。各筛选条件同时成立；同一条件写几次，满足其一即可。"""
    office = Office(ctx, as_of)
    selected = office.select(filters.selection(office.narrow(filters.wanted())))
    office.show(tasks_listing(selected, office.as_of), listing.as_output())
