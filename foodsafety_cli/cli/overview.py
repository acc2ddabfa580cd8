"""`fs` alone, also `fs overview`."""

import typer

from foodsafety_cli.analysis.agenda import agenda
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, FormOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.overview import overview_thing

app = new_app()


@app.command(cls=Command)
@with_bundles
def overview(ctx: typer.Context, days: Days, form: FormOptions) -> None:
    """一屏看全局：完成率对序时进度、亮灯、逾期、临期，以及接下来可以做什么。"""
    office = office_of(ctx, days)
    standings = [item.standing for item in office.select()]
    letters = office.workspace.letters(office.standings, office.known_on)
    answer = overview_thing(
        office.plan,
        standings,
        agenda(office.standings, standings, letters),
        office.as_of,
        can_report=not office.workspace.is_shipped,
    )
    office.say_if_over()
    office.show(answer, form.as_output())
