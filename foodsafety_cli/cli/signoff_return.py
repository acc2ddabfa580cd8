"""`fs signoff return`."""

import datetime as dt
from typing import Annotated

import typer

from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.signing import Dept, Reason, When, step_of, take
from foodsafety_cli.model.steps import SignOffStep
from foodsafety_cli.store.clock import today

app = new_app()


@app.command(cls=Command)
@with_bundles
def send_back(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    reason: Reason,
    dept: Dept = None,
    redo_by: Annotated[
        dt.date | None,
        typer.Option(
            "--redo-by",
            metavar="日期",
            help="请在哪一天前重新申请",
            parser=parse_day("--redo-by", month_ends=True),
        ),
    ] = None,
    date: When = None,
    by: By = None,
) -> None:
    """退回申请，写明原因和重新申请的期限。"""
    given = {"reason": reason, "redo_by": redo_by}
    step = step_of(SignOffStep.RETURN, reporter(by), date or today(), **given)
    take(ctx, (task, dept), step, form)
