"""`fs signoff form`."""

from functools import partial

import typer

from foodsafety_cli.analysis.match import match_department, match_task
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.cli.documents import DocumentFile, ForceDocument, write_document
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.signing import Dept
from foodsafety_cli.model.errors import StepRefused

app = new_app()


@app.command(cls=Command)
@with_bundles
def form(
    ctx: typer.Context,
    days: Days,
    task: TaskNumber,
    output: DocumentFile,
    dept: Dept = None,
    force: ForceDocument = False,
) -> None:
    """销号审核表（.docx）：申请的情况已经填好，留出意见和签字、盖章的地方。"""
    office = office_of(ctx, days)
    section, found = match_task(office.plan, task)
    standings = office.standings
    standing = standings.of(section, found)
    reviews = {review.department: review for review in standings.reviews.of(found)}
    known = (State.ACCEPTED, State.CLOSED)
    applied = [n for n, review in reviews.items() if review.application or review.state in known]
    if dept is not None:
        name = match_department(office.plan, dept)
    elif len(applied) == 1:
        name = applied[0]
    elif applied:
        names = "、".join(applied[:6])
        raise StepRefused(f"任务 {found.id} 有几个单位申请，请用 --dept 写明：{names}。")
    else:
        raise StepRefused(f"任务 {found.id} 还没有申请销号，请先 fs signoff apply {found.id}。")
    if name not in applied:
        raise StepRefused(f"“{name}”没有为任务 {found.id} 申请销号。")
    from foodsafety_cli.exchange.approvals import signoff_slip
    from foodsafety_cli.exchange.slips import as_slip

    slip = partial(signoff_slip, standings, standing, reviews[name])
    office.report_problems()
    write_document(office, output, as_slip(slip), force=force)
