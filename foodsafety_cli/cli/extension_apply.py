"""`fs extension apply`."""

import datetime as dt
from typing import Annotated

import typer

from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.extending import IndicatorOption, step_of, take
from foodsafety_cli.cli.office import workspace_of
from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.signing import Dept, Evidence, Reason, When
from foodsafety_cli.model.steps import ExtensionStep
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.evidence import attachments

app = new_app()


@app.command(
    cls=Command,
    epilog="例：\n  fs extension apply 55 --to 2022-03-31 --reason 省级初评改期",
)
@with_bundles
def apply(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    to: Annotated[
        dt.date,
        typer.Option(
            "--to", metavar="日期", help="申请延到哪一天", parser=parse_day("--to", month_ends=True)
        ),
    ],
    reason: Reason,
    dept: Dept = None,
    indicator: IndicatorOption = None,
    evidence: Evidence = None,
    date: When = None,
    by: By = None,
) -> None:
    """申请延期，写明延到哪天和原因；过了时限才申请的，记为逾期申请。"""
    given = tuple(dict.fromkeys(evidence or ()))
    step = step_of(
        ExtensionStep.APPLY,
        reporter(by),
        date or today(),
        to=to,
        reason=reason,
        evidence=given,
        files=attachments(workspace_of(ctx).ledger_path.parent, given),
    )
    take(ctx, (task, dept, indicator), step, form)
