"""`fs diff`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.comparing import MOST_TASKS, ChangeKind, Pair, compare
from foodsafety_cli.cli.office import keep_apart, workspace_of
from foodsafety_cli.cli.options import ListOptions, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say, say_caution
from foodsafety_cli.model.errors import BadOutput, BadValue, CheckFailed
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.render.comparison_views import comparison_listing, summary
from foodsafety_cli.render.output import keep_edited, show, write_content
from foodsafety_cli.store.shipped import PLAN_NAME
from foodsafety_cli.store.workspace import Workspace

app = new_app()


class DiffFailure(StrEnum):
    """What makes the command fail."""

    CHANGE = "change"


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs diff ../2020/plan.yaml                 今年的安排和去年比，变了什么\n"
        "  fs diff ../2020 -o 新旧对照表.docx        做成对照表，新加的字有下划线\n"
        "  fs diff 省/plan.yaml 市/plan.yaml         省里的任务市里接了哪些"
    ),
)
@with_bundles
def diff(
    ctx: typer.Context,
    listing: ListOptions,
    old: Annotated[Path, typer.Argument(metavar="旧", help="旧的计划文件，或它的文件夹")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="新", help="新的计划文件，不写则是这里的", show_default=False),
    ] = None,
    fail_on: Annotated[
        DiffFailure | None,
        typer.Option(
            "--fail-on",
            metavar="change",
            help="有变化即以退出码 1 结束，供脚本使用",
            parser=one_of("--fail-on", DiffFailure, 变化=DiffFailure.CHANGE),
        ),
    ] = None,
) -> None:
    """两份安排逐项对照：延续（改了什么）、合并、拆分、新增、不再列、疑似。"""
    places = _workspace(old), _workspace(new) if new else workspace_of(ctx)
    output = listing.as_output()
    for place in places:
        keep_apart(place, output.file)
        if place.is_shipped:
            say("这里没有计划，对照的是程序自带的那一份。")
    before, after = (place.plan for place in places)
    for plan in (before, after):
        if sum(len(section.tasks) for section in plan.sections) > MOST_TASKS:
            raise BadValue("任务", f"《{plan.title}》超过 {MOST_TASKS} 项，没有对照")
    if before.period.start.year == after.period.start.year:
        say_caution(MessageCode.SAME_PLAN, f"两份都是 {after.period.start.year} 年的")
    pairs = compare(before, after)
    if output.file and output.file.suffix.lower() == ".docx":
        if listing.format or listing.columns or listing.sort or listing.no_header:
            raise BadOutput("-o", "对照表（.docx）的样子是固定的，不能再选格式、列或排序")
        keep_edited(output.file, force=output.force)
        write_content(output.file, _document(before, after, pairs))
        say(f"已写好 {output.file}：{summary(pairs)}")
    else:
        show(comparison_listing(pairs), output)
    changed = sum(pair.kind is not ChangeKind.GOES_ON or bool(pair.changes) for pair in pairs)
    if fail_on and changed:
        raise CheckFailed(f"有 {changed} 处变化：{summary(pairs)}")


def _workspace(path: Path) -> Workspace:
    return Workspace(path / PLAN_NAME if path.is_dir() else path)


def _document(old: Plan, new: Plan, pairs: list[Pair]) -> bytes:
    from foodsafety_cli.exchange.comparison import as_document

    return as_document(old, new, pairs)
