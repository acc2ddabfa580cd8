"""`fs signoff list`."""

from collections.abc import Iterator
from typing import Annotated

import typer

from foodsafety_cli.analysis.parts import applied_late, part
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, Filters, ListOptions, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.records import Record
from foodsafety_cli.render.step_views import review_record, reviews_listing

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs signoff                                等审核的，先申请的在前\n"
        "  fs signoff --state 已退回                 退回后还没有再报的\n"
        "  fs signoff -o 销号台账.xlsx               全部，存成表"
    ),
)
@with_bundles
def signoffs(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    state: Annotated[
        list[State] | None,
        typer.Option(
            "--state",
            metavar="结论",
            help="待审核、已销号、已退回、重新打开或未完成结案；可重复",
            parser=one_of("--state", State),
            autocompletion=suggest.words_of(State),
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="全部（销号台账）；存成文件时也是全部")
    ] = False,
) -> None:
    """等审核的销号申请，先申请的在前；核对一栏是填报的数怎么说。"""
    office = office_of(ctx, days)
    is_register = not state and (everything or listing.output is not None)
    wanted = set(State) if is_register else set(state or [State.PENDING])
    records = _records(office, filters, with_former=is_register or everything)
    found = [record for record in records if record["state"] in wanted]
    found.sort(key=lambda record: (str(record["applied"] or ""), record["task"]))
    office.show(reviews_listing(found, is_register=is_register or bool(state)), listing.as_output())


def _records(office: Office, filters: Filters, *, with_former: bool) -> Iterator[Record]:
    """The parts that something was done about; a register has those of former departments, too."""
    if not with_former:
        office.narrow(filters.wanted())
    standings, selection = office.standings, filters.selection(office.plan)._replace(reporting=True)
    departments = {m for d in selection.departments for m in standings.duties.members(d)}
    found = [(item, item.standing.reviews) for item in office.select(selection)]
    if with_former and not selection.roles:  # what tasks were theirs before, no selection tells
        every = office.select(selection._replace(departments=()))
        found += [(item, standings.reviews.former(item.standing.task)) for item in every]
    for item, reviews in found:
        task = item.standing.task
        for review in reviews:
            if review.steps and (not departments or review.department in departments):
                figures = part(standings, item.standing, review.department)
                is_late = applied_late(standings, review.application)
                yield review_record(task, review, figures, office.as_of, is_late=is_late)
