"""`fs export`."""

import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from foodsafety_cli.analysis.own import own_standing
from foodsafety_cli.analysis.query import Selected, Selection
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.statements import counting
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.events import Report
from foodsafety_cli.render.ledger_views import ledger_listing
from foodsafety_cli.render.listing import Listing

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs export -o 台账.xlsx                    全部任务的台账\n"
        "  fs export --dept 市公安局 -o 清单.xlsx    一个单位的责任清单\n"
        "  fs export --light 红 -o 红灯.html         红灯任务，一个网页"
    ),
)
@with_bundles
def export(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    all_columns: Annotated[
        bool,
        typer.Option("--all-columns", help="全部的列：另有章节、配合单位、佐证材料、填报日期等"),
    ] = False,
) -> None:
    """工作台账：任务、单位、指标、进展、问题、措施，一表列全；-o 的后缀可用 .xlsx、.html。"""
    output = listing.as_output()
    output.resolve(sys.stdout)
    office = office_of(ctx, days)
    selection = filters.selection(office.narrow(filters.wanted()))
    office.show(ledger_of(office, selection, all_columns=all_columns), output)


def ledger_of(office: Office, selection: Selection, *, all_columns: bool = False) -> Listing:
    """The ledger of the tasks meant; of one department, its own figures and words."""
    selected = office.select(selection)
    reports = office.reports(days=(None, office.known_on))
    return ledger_then(office.standings, selected, selection, reports, all_columns=all_columns)


def ledger_then(
    standings: Standings,
    selected: Sequence[Selected],
    selection: Selection,
    reports: Iterable[Report],
    *,
    all_columns: bool = False,
) -> Listing:
    """The same as these standings and reports tell it."""
    told = counting(reports, standings.as_of)
    own = None
    if len(selection.departments) == 1 and not standings.duties.is_group(selection.departments[0]):
        tasks = [item.standing.task for item in selected]
        own = own_standing(standings, selection.departments[0], tasks)
    plan = standings.plan.title, standings.as_of
    return ledger_listing(selected, selection, told, plan, own, all_columns=all_columns)
