"""`fs report`."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.digest import Digest, digest
from foodsafety_cli.cli.dates import parse_month
from foodsafety_cli.cli.office import keep_apart, office_of
from foodsafety_cli.cli.options import Days, SinceOption
from foodsafety_cli.cli.outlook import courses, same_day_last_year
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say
from foodsafety_cli.exchange.bulletin import bulletin
from foodsafety_cli.exchange.longpaper import long_paper
from foodsafety_cli.exchange.paper import paper
from foodsafety_cli.exchange.papers import Paper
from foodsafety_cli.model.errors import BadDay, BadOutput, BadValue
from foodsafety_cli.render.output import keep_edited
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.files import write_file

app = new_app()

_ENDINGS = (".html", ".docx", ".md")


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs report -o 进展.html                    一页看全年，给领导看、贴墙上\n"
        "  fs report -o 报告.docx                    年度报告的初稿（公文格式）\n"
        "  fs report --as-of 2021-09-30 -o 三季度.docx\n"
        "  fs report --month 2021-09 -o 通报.docx    这个月的通报：排名、红灯、谁没有报"
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
    since: SinceOption = None,
    full: Annotated[
        bool, typer.Option("--full", help="报告的长稿：每项任务的进展逐项写（.docx、.md）")
    ] = False,
    month: Annotated[
        dt.date | None,
        typer.Option(
            "--month",
            metavar="月份",
            help="这个月的通报（.docx、.md）：县区和部门排名、红灯和原因、谁没有报；如 2021-09",
            parser=parse_month("--month"),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="报告（.docx、.md）已有也覆盖（改过的会丢）")
    ] = False,
) -> None:
    """进展网页或报告初稿：数都是现算的，没有填报的写明未报。"""
    ending = output.suffix.lower()
    if ending not in _ENDINGS:
        raise BadOutput("-o", f"“{output}”的后缀看不出格式，请用 {'、'.join(_ENDINGS)}")
    if full and ending == ".html":
        raise BadValue("--full", "只用于报告（.docx、.md），网页本来就有全部任务")
    if ending in (".docx", ".md"):  # what people go on editing
        keep_edited(output, force=force)
    if month:
        days = _days_of_month(month, days, ending, full=full)
    office = office_of(ctx, days)
    if month and month < office.printed.period.start:
        raise BadDay("--month", f"{month.year}年{month.month}月在工作期以前，没有要通报的")
    if since:
        office.on_earlier(since)  # which refuses a day that is not earlier
    keep_apart(office.workspace, output)
    plan = office.printed
    found = digest(
        lambda day: office.workspace.standings(plan, day, days.known_on),
        office.reports(days=(None, days.known_on)),
        office.workspace.letters(office.standings, days.known_on),
        office.as_of,
        since,
        courses(office),
        days.known_on,
        same_day_last_year(office),
    )
    office.report_problems()
    write = bulletin if month else long_paper if full else paper
    write_file(output, _content(found, ending, write))
    say(f"已写好 {output}（截至 {office.as_of}）")


def _days_of_month(month: dt.date, days: Days, ending: str, *, full: bool) -> Days:
    """The days that the 通报 of a month looks at: its last, or today where it still runs."""
    if ending == ".html" or full:
        raise BadValue("--month", "写的是通报（.docx、.md），不能和 --full 合用，也不能存成网页")
    if days.as_of:
        raise BadValue("--month", "已经说明截至哪一天（月末），请去掉 --as-of")
    if month.replace(day=1) > today():
        raise BadDay("--month", f"{month.year}年{month.month}月还没有到")
    return days._replace(as_of=min(month, today()))


def _content(found: Digest, ending: str, write: Callable[[Digest], Paper]) -> bytes:
    if ending == ".html":
        from foodsafety_cli.exchange.page import as_page

        return as_page(found).encode()
    written = write(found)
    if ending == ".md":
        from foodsafety_cli.exchange.markdown import as_markdown

        return as_markdown(written).encode()
    from foodsafety_cli.exchange.document import as_document

    return as_document(written)
