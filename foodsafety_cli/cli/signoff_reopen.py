"""`fs signoff reopen`."""

import typer

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
def reopen(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    reason: Reason,
    dept: Dept = None,
    date: When = None,
    by: By = None,
) -> None:
    """已销号（或未完成结案）的重新打开，写明原因。"""
    step = step_of(SignOffStep.REOPEN, reporter(by), date or today(), reason=reason)
    take(ctx, (task, dept), step, form)
