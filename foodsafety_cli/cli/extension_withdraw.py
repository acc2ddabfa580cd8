"""`fs extension withdraw`."""

import typer

from foodsafety_cli.cli.extending import IndicatorOption, step_of, take
from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.signing import Dept, When
from foodsafety_cli.model.steps import ExtensionStep
from foodsafety_cli.store.clock import today

app = new_app()


@app.command(cls=Command)
@with_bundles
def withdraw(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    dept: Dept = None,
    indicator: IndicatorOption = None,
    date: When = None,
    by: By = None,
) -> None:
    """撤回还没有审批的延期申请。"""
    step = step_of(ExtensionStep.WITHDRAW, reporter(by), date or today())
    take(ctx, (task, dept, indicator), step, form)
