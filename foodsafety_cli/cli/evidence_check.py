"""`fs evidence check`."""

import typer

from foodsafety_cli.analysis.evidence import items
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.errors import CheckFailed
from foodsafety_cli.model.steps import Extension, Mark, SignOff
from foodsafety_cli.render.evidence_views import file_record, files_listing
from foodsafety_cli.store.evidence import change_of

app = new_app()


@app.command(cls=Command)
@with_bundles
def check(ctx: typer.Context, listing: ListOptions) -> None:
    """核对佐证文件的校验码：改过的、不见了的逐个列出，有则退出码 1。"""
    office = office_of(ctx)
    history = office.workspace.history
    folder = office.workspace.ledger_path.parent
    steps = history.steps(SignOff, Extension, Mark)
    found = (item for item in items(history.reports(), steps) if item.file)
    files = sorted(found, key=lambda item: (item.task or 0, item.date, item.at))
    states = [(item, change_of(folder, item.file)) for item in files if item.file]
    changed = [(item, state) for item, state in states if state]
    title = f"佐证文件 {len(states)} 份，改过或不见了的 {len(changed)} 份"
    answer = files_listing((file_record(item, state) for item, state in changed), title)
    empty = f"佐证文件 {len(states)} 份，都没有变" if states else answer.if_empty
    office.show(answer._replace(if_empty=empty), listing.as_output())
    if changed:
        raise CheckFailed(f"有 {len(changed)} 份佐证文件与记录不符，请找回原件，或重新申请时再附")
