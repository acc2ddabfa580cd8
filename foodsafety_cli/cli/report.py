"""`fs report`."""

from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.digest import Digest, digest
from foodsafety_cli.cli.office import keep_apart, office_of
from foodsafety_cli.cli.options import Days
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say
from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.render.output import keep_edited
from foodsafety_cli.store.files import write_file

app = new_app()

_ENDINGS = (".html", ".docx", ".md")


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs report -o 进展.html                    一页看全年，给领导看、贴墙上\n"
        "  fs report -o 报告.docx                    年度报告的初稿（公文格式）\n"
        "  fs report --as-of 2021-09-30 -o 三季度.docx"
    ),
)
@with_bundles
def report(
    ctx: typer.Context,
    days: Days,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="文件", help=".html 网页，.docx 或 .md 报告"),
    ],
    full: Annotated[
        bool, typer.Option("--full", help="报告的长稿：每项任务的进展逐项写（.docx、.md）")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="报告（.docx、.md）已有也覆盖（改过的会丢）")
    ] = False,
) -> None:
    """进展网页或报告初稿：数都是现算的，没有填报的写明未报。"""
    ending = output.suffix.lower()
    if ending not in _ENDINGS:
        raise BadValue("-o", f"“{output}”的后缀看不出格式，请用 {'、'.join(_ENDINGS)}")
    if full and ending == ".html":
        raise BadValue("--full", "只用于报告（.docx、.md），网页本来就有全部任务")
    if ending in (".docx", ".md"):  # what people go on editing
        keep_edited(output, force=force)
    office = office_of(ctx, days)
    keep_apart(office.workspace, output)
    plan = office.printed
    found = digest(
        lambda day: office.workspace.standings(plan, day, days.known_on),
        office.workspace.history.reports(days=(None, days.known_on)),
        office.workspace.letters(office.standings, days.known_on),
        office.as_of,
    )
    office.report_problems()
    write_file(output, _content(found, ending, full=full))
    say(f"已写好 {output}（截至 {office.as_of}）")


def _content(found: Digest, ending: str, *, full: bool) -> bytes:
    if ending == ".html":
        from foodsafety_cli.exchange.page import as_page

        return as_page(found).encode()
    from foodsafety_cli.exchange.longpaper import long_paper
    from foodsafety_cli.exchange.paper import paper

    written = long_paper(found) if full else paper(found)
    if ending == ".md":
        from foodsafety_cli.exchange.markdown import as_markdown

        return as_markdown(written).encode()
    from foodsafety_cli.exchange.document import as_document

    return as_document(written)
