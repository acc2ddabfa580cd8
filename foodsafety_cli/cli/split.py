"""`fs split`."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated

import typer

from foodsafety_cli.analysis.amending import amendments_of
from foodsafety_cli.analysis.figure_reading import parse_figure
from foodsafety_cli.analysis.match import match_department, match_indicator, match_task
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.splitting import Share
from foodsafety_cli.analysis.splitting import split as split_target
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, keep_apart, office_of
from foodsafety_cli.cli.options import ListOptions, TaskNumber
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say, say_caution
from foodsafety_cli.exchange.papers import Table
from foodsafety_cli.model.errors import BadValue, Refused, UnknownName
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.plan import Base, Indicator, Task
from foodsafety_cli.render.listing import Listing
from foodsafety_cli.render.output import keep_edited, write_content
from foodsafety_cli.render.split_views import split_listing
from foodsafety_cli.render.words import for_people

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs split 16 --by 常住人口                 按人口分解，合计正好等于总目标\n"
        "  fs split 16 --keep 市市场监督管理局=3710  市局留下 3710，其余分给各县\n"
        "  fs split 16 -o 分解下达表.xlsx            存成表下达（也可 .docx）"
    ),
)
@with_bundles
def split(
    ctx: typer.Context,
    task: TaskNumber,
    listing: ListOptions,
    indicator: Annotated[
        str | None,
        typer.Option(
            "--indicator",
            "-i",
            metavar="指标",
            help="哪个指标；不写则为第一个",
            autocompletion=suggest.indicators,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="基数", help="按 bases 里的哪个基数；不写则按指标的 per"),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="单位=数", help="这个单位的数先定下来，其余再分；可重复"),
    ] = None,
) -> None:
    """把目标分解到各报数单位：按基数，取整后合计正好；给出要贴进 plan.yaml 的一行。"""
    office = office_of(ctx)
    if office.workspace.is_shipped:
        raise Refused(
            "这里没有 plan.yaml，看的是程序自带的那一份，没有基数可分。"
            "请先建一个工作文件夹：fs init 文件夹"
        )
    _, found = match_task(office.plan, task)
    if not found.indicators:
        raise Refused(f"任务 {found.id} 没有指标，没有可以分解的目标。")
    chosen = match_indicator(office.plan, found, indicator) if indicator else found.indicators[0]
    base = _base(office, chosen, by)
    reporters = office.standings.reporters.of(found, chosen)
    kept = _all_kept(office, keep or ())
    for name in kept:
        if not office.standings.reporters.may_share(found, chosen, name):
            raise BadValue("--keep", f"“{name}”不是这个指标的报数单位，分不到它的数")
    shares = split_target(chosen, base, reporters, kept)
    answer = split_listing(chosen, base, shares)
    lacking = [name for name in reporters if name not in {s.department for s in shares}]
    if lacking:
        words = f"基数“{base.name}”里没有{'、'.join(lacking)}的数，没有分给它"
        say_caution(MessageCode.BASE_LACKS, f"{words}；要分的先定下来：--keep {lacking[0]}=数")
    output = listing.as_output()
    if output.file and output.file.suffix.lower() == ".docx":
        keep_apart(office.workspace, output.file)
        keep_edited(output.file, force=output.force)
        write_content(output.file, _document(answer))
    else:
        office.show(answer, output)
    for line in _to_paste(office, found, chosen, base, shares):
        say(line)


def _to_paste(
    office: Office, task: Task, indicator: Indicator, base: Base, shares: Sequence[Share]
) -> Iterator[str]:
    """The lines for plan.yaml, and where they go: a target that was amended is shared out there."""
    pairs = ", ".join(f"{s.department}: {s.target:f}" for s in shares)
    lines = [f"split: {{{pairs}}}"]
    if measure_of(indicator).is_ratio and indicator.per != base.name:
        lines.insert(0, f"per: {base.name}")
    of = f"任务 {task.id} 的指标“{indicator.name}”"
    amended = [
        amendment
        for amendment in amendments_of(office.printed, task.id, office.as_of)
        if amendment.indicator == indicator.name and amendment.target is not None
    ]
    if not amended:
        yield f"贴进 plan.yaml {of}："
        yield from (f"            {line}" for line in lines)
        return
    yield f"贴进 plan.yaml amendments 里 {amended[-1].basis} 改{of}目标的那一条"
    yield "（一条写成一行 {…} 的，贴在 } 之前，前面加逗号）："
    yield f"    {lines[-1]}"
    if len(lines) > 1:
        yield f"{of}里另加一行："
        yield f"            {lines[0]}"


def _base(office: Office, indicator: Indicator, named: str | None) -> Base:
    bases = {base.name: base for base in office.plan.bases}
    name = named or indicator.per
    if not bases:
        raise Refused("plan.yaml 里还没有基数，请先在 bases 里写上，如各县（市、区）的常住人口。")
    if not name and len(bases) == 1:
        return next(iter(bases.values()))
    if not name:
        raise BadValue("--by", f"请写明按哪个基数：{'、'.join(bases)}")
    if name not in bases:
        raise UnknownName("基数", name, list(bases))
    return bases[name]


def _all_kept(office: Office, texts: Sequence[str]) -> dict[str, Decimal]:
    """What is set beforehand, of reporters only and of each once; raises `BadValue`."""
    kept: dict[str, Decimal] = {}
    for name, figure in (_kept(office, text) for text in texts):
        if name in kept:
            raise BadValue("--keep", f"“{name}”写了两次，只能写一次")
        duties = office.standings.duties
        if duties.is_group(name):
            raise BadValue("--keep", f"“{name}”是一组单位，请写其中的单位")
        kept[name] = figure
    return kept


def _kept(office: Office, text: str) -> tuple[str, Decimal]:
    name, sign, figure = text.replace("＝", "=").partition("=")
    if not sign:
        raise BadValue("--keep", f"“{text}”要写成 单位=数，如 市市场监督管理局=3710")
    return match_department(office.plan, name), parse_figure("--keep", figure)


def _document(answer: Listing) -> bytes:
    from foodsafety_cli.exchange.document import table_document

    columns = answer.shown_columns()
    rows = [*answer.rows, *([answer.total] if answer.total else [])]
    return table_document(
        Table(
            answer.title,
            tuple(column.heading for column in columns),
            tuple(tuple(for_people(row, column) for column in columns) for row in rows),
            tuple(max(column.wraps_at, 8) for column in columns),
        )
    )
