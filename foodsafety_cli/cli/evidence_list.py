"""`fs evidence list`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.evidence import holdings, items
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.steps import Extension, SignOff
from foodsafety_cli.render.evidence_views import holdings_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def evidence(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    missing: Annotated[bool, typer.Option("--missing", help="只看缺的")] = False,
) -> None:
    """按任务和单位列出佐证材料；报了数或申请了销号却没有佐证的，标“缺”。"""
    office = office_of(ctx, days)
    history = office.workspace.history
    standings, selection = office.standings, filters.selection(office.plan)._replace(reporting=True)
    departments = frozenset(m for d in selection.departments for m in standings.duties.members(d))
    reports = history.reports(days=(office.as_of, office.known_on))
    given = items(reports, history.steps(SignOff, Extension, days=days))
    found = list(holdings(standings, office.select(selection), given, departments))
    shown = [one for one in found if one.is_missing or not missing]
    office.show(holdings_listing(shown), listing.as_output())
