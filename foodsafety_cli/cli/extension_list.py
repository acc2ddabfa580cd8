"""`fs extension list`."""

from collections.abc import Iterator
from typing import Annotated

import typer

from foodsafety_cli.analysis.extensions import ExtensionState
from foodsafety_cli.analysis.parts import due_asked_about, is_late
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.extension_views import request_record, requests_listing
from foodsafety_cli.render.records import Record

app = new_app()


@app.command(cls=Command)
@with_bundles
def extensions(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    state: Annotated[
        list[ExtensionState] | None,
        typer.Option(
            "--state",
            metavar="结果",
            help="待审批、已同意、未同意、已撤回、已另申请或已了结；可重复",
            parser=one_of("--state", ExtensionState),
            autocompletion=suggest.words_of(ExtensionState),
        ),
    ] = None,
) -> None:
    """延期申请、结果和现在的时限；等审批的在前。"""
    office = office_of(ctx, days)
    found = [r for r in _records(office, filters) if not state or r["state"] in state]
    found.sort(key=lambda r: (r["state"] is not ExtensionState.PENDING, str(r["applied"])))
    office.show(requests_listing(found), listing.as_output())


def _records(office: Office, filters: Filters) -> Iterator[Record]:
    office.narrow(filters.wanted())
    standings, selection = office.standings, filters.selection(office.plan)._replace(reporting=True)
    departments = {m for d in selection.departments for m in standings.duties.members(d)}
    for item in office.select(selection):
        for request in standings.requests(item.standing.task):
            if not departments or request.department in departments:
                late = is_late(standings, item.standing.section, request.application)
                due = due_asked_about(
                    standings, item.standing, request.department, request.application.indicator
                )
                yield request_record(item.standing, request, due, late=late)
