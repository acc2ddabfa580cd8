"""`fs signoff apply`."""

from typing import Annotated

import typer

from foodsafety_cli.cli.office import workspace_of
from foodsafety_cli.cli.options import FormOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, parse_words, reporter
from foodsafety_cli.cli.signing import Dept, Evidence, When, step_of, take
from foodsafety_cli.model.steps import SignOffStep
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.evidence import attachments

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs signoff apply 20 --evidence 监测报告.pdf --evidence 晋规自发〔2021〕88号\n"
        "  fs signoff apply 57 --dept 阳城县 --note 已写入考评办法"
    ),
)
@with_bundles
def apply(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    dept: Dept = None,
    evidence: Evidence = None,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="文字", help="完成情况", parser=parse_words("--note")),
    ] = None,
    date: When = None,
    by: By = None,
) -> None:
    """申请销号：说这项任务（或本单位的一份）已经完成，请食安办审核。再申请一次，替换前一次。"""
    given = tuple(dict.fromkeys(evidence or ()))
    step = step_of(
        SignOffStep.APPLY,
        reporter(by),
        date or today(),
        note=note or "",
        evidence=given,
        files=attachments(workspace_of(ctx).ledger_path.parent, given),
    )
    take(ctx, (task, dept), step, form)
