"""`fs extension grant`."""

import datetime as dt
from typing import Annotated

import typer

from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.extending import IndicatorOption, step_of, take
from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, parse_words, reporter
from foodsafety_cli.cli.signing import Dept, When
from foodsafety_cli.model.steps import ExtensionStep
from foodsafety_cli.store.clock import today

app = new_app()


@app.command(cls=Command)
@with_bundles
def grant(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    to: Annotated[
        dt.date | None,
        typer.Option(
            "--to",
            metavar="日期",
            help="延到哪一天（默认照申请）",
            parser=parse_day("--to", month_ends=True),
        ),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="文字", help="说明", parser=parse_words("--reason")),
    ] = None,
    dept: Dept = None,
    indicator: IndicatorOption = None,
    date: When = None,
    by: By = None,
) -> None:
    """同意延期：从这一天起按新的时限算，原来的时限总是写在旁边。"""
    given = {"to": to, "reason": reason or ""}
    step = step_of(ExtensionStep.GRANT, reporter(by), date or today(), **given)
    take(ctx, (task, dept, indicator), step, form)
