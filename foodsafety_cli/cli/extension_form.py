"""`fs extension form`."""

from functools import partial

import typer

from foodsafety_cli.analysis.extension_steps import request_meant
from foodsafety_cli.analysis.match import match_task
from foodsafety_cli.analysis.parts import due_when_asked
from foodsafety_cli.cli.documents import DocumentFile, ForceDocument, write_document
from foodsafety_cli.cli.extending import IndicatorOption
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.signing import Dept

app = new_app()


@app.command(cls=Command)
@with_bundles
def form(
    ctx: typer.Context,
    days: Days,
    task: TaskNumber,
    output: DocumentFile,
    dept: Dept = None,
    indicator: IndicatorOption = None,
    force: ForceDocument = False,
) -> None:
    """延期申请表（.docx）：申请的情况已经填好，留出意见和签字、盖章的地方。"""
    office = office_of(ctx, days)
    section, found = match_task(office.plan, task)
    request = request_meant(office.standings, found, dept, indicator)
    from foodsafety_cli.exchange.approvals import extension_slip
    from foodsafety_cli.exchange.slips import as_slip

    standing = office.standings.of(section, found)
    due = due_when_asked(office.standings, section, request.application)
    content = as_slip(partial(extension_slip, office.standings, standing, request, due))
    office.report_problems()
    write_document(office, output, content, force=force)
