"""`fs signoff withdraw`."""

import typer

from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.signing import Dept, When, step_of, take
from foodsafety_cli.model.steps import SignOffStep
from foodsafety_cli.store.clock import today

app = new_app()


@app.command(cls=Command)
@with_bundles
def withdraw(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    dept: Dept = None,
    date: When = None,
    by: By = None,
) -> None:
    """撤回还没有审核的申请。"""
    step = step_of(SignOffStep.WITHDRAW, reporter(by), date or today())
    take(ctx, (task, dept), step, form)
