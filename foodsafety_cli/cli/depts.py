"""`fs depts`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.match import match_department
from foodsafety_cli.analysis.query import Selection, select
from foodsafety_cli.analysis.rollup import by_department, tally
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.app import Command, new_app
from foodsafety_cli.cli.bundles import with_bundles
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import AsOf, ListOptions
from foodsafety_cli.render import group_views
from foodsafety_cli.render.task_views import tasks_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def depts(
    ctx: typer.Context,
    listing: ListOptions,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="单位", help="写单位名，看这一个单位", autocompletion=suggest.departments
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """各单位牵头、负责、配合的任务数，完成率和亮灯；写单位名看一个单位的全部任务。"""
    office = office_of(ctx, as_of)
    duties = office.standings.duties
    if name is not None:
        found = match_department(office.plan, name)
        selected = list(select(office.standings, Selection(departments=(found,))))
        standings = [item.standing for item in selected]
        office.show(
            group_views.department_thing(
                next(d for d in office.plan.departments if d.name == found),
                group_views.role_counts(found, standings, duties),
                tally(standings),
                duties.groups_of(found),
                tasks_listing(selected, office.as_of),
            ),
            listing.as_output(),
        )
        return
    groups = by_department([item.standing for item in office.select()], duties)
    rows = [
        (department, group_views.role_counts(department.name, standings, duties), tally(standings))
        for department, standings in groups
    ]
    office.show(group_views.departments_listing(rows), listing.as_output())
