"""`fs extension refuse`."""

import typer

from foodsafety_cli.cli.extending import IndicatorOption, step_of, take
from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.signing import Dept, Reason, When
from foodsafety_cli.model.steps import ExtensionStep
from foodsafety_cli.store.clock import today

app = new_app()


@app.command(cls=Command)
@with_bundles
def refuse(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    reason: Reason,
    dept: Dept = None,
    indicator: IndicatorOption = None,
    date: When = None,
    by: By = None,
) -> None:
    """不同意延期，写明原因；时限不变。"""
    step = step_of(ExtensionStep.REFUSE, reporter(by), date or today(), reason=reason)
    take(ctx, (task, dept, indicator), step, form)
