"""`fs signoff accept`."""

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
def accept(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    dept: Dept = None,
    date: When = None,
    by: By = None,
) -> None:
    """同意销号：由申请人以外的一个人审核（--by）；只有一个人的用 --force。"""
    step = step_of(SignOffStep.ACCEPT, reporter(by), date or today(), forced=form.force)
    take(ctx, (task, dept), step, form)
