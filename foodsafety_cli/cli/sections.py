"""`fs sections`."""

import typer

from foodsafety_cli.analysis.rollup import by_section, tally
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.group_views import sections_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def sections(ctx: typer.Context, days: Days, listing: ListOptions) -> None:
    """各部分的标题、任务、完成率和亮灯。"""
    office = office_of(ctx, days)
    standings = [item.standing for item in office.select()]
    rows = [(section, tally(group)) for section, group in by_section(standings)]
    office.show(sections_listing(rows, tally(standings)), listing.as_output())
