"""`fs extension opinion`."""

import typer

from foodsafety_cli.analysis.extension_steps import request_meant
from foodsafety_cli.analysis.match import match_task
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.parts import due_asked_about
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
def opinion(
    ctx: typer.Context,
    days: Days,
    task: TaskNumber,
    output: DocumentFile,
    dept: Dept = None,
    indicator: IndicatorOption = None,
    force: ForceDocument = False,
) -> None:
    """审批意见书（.docx）：对延期申请的答复，同意的写明新的时限。"""
    office = office_of(ctx, days)
    section, found = match_task(office.plan, task)
    request = request_meant(office.standings, found, dept, indicator, decided=True)
    from foodsafety_cli.exchange.approvals import opinion_document

    standing = office.standings.of(section, found)
    reviewer = reviewer_of(office.plan)
    office.report_problems()
    due = due_asked_about(
        office.standings, standing, request.department, request.application.indicator
    )
    content = opinion_document(office.plan, standing, request, due, reviewer)
    write_document(office, output, content, force=force)
