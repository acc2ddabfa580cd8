"""`fs progress log`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.match import match_department, match_task
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.render.report_views import reports_listing
from foodsafety_cli.store.plan.narrowing import PlanQuery

app = new_app()


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise BadValue("--limit", f"“{text}”应是大于 0 的整数")
    return int(text)


@app.command(cls=Command)
@with_bundles
def log(
    ctx: typer.Context,
    days: Days,
    listing: ListOptions,
    task: Annotated[
        str | None,
        typer.Argument(metavar="任务序号", help="只看这项任务", autocompletion=suggest.tasks),
    ] = None,
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept",
            "-d",
            metavar="单位",
            help="只看这个单位自己填报的",
            autocompletion=suggest.departments,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", metavar="条数", help="只看最近几条", parser=_count),
    ] = None,
) -> None:
    """填报、销号、延期、发函的记录，日期新的在前；撤销过的填报也列出，并标明。"""
    office = office_of(ctx)
    number = department = None
    if task is not None or dept is not None:
        plan = office.narrow(PlanQuery(task, [dept] if dept is not None else ()))
        number = match_task(plan, task)[1].id if task is not None else None
        department = match_department(plan, dept) if dept is not None else None
    found = office.workspace.history.reports(number, department, most=limit, days=days)
    if_empty = "还没有填报记录"
    if department:
        if_empty = f"没有“{department}”自己填报的记录；为整个任务填报的，不写 --dept 就看得到"
    names = Reporters(office.plan).name_of
    own = [
        (step, is_undone)
        for step, is_undone in office.workspace.history.story(days)
        if department in (None, step.department, names(step.department))
    ]
    answer = reports_listing(found[::-1], own, if_empty=if_empty, task=number)
    office.show(answer._replace(rows=answer.rows[:limit]), listing.as_output())
