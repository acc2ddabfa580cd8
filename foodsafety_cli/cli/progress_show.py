"""`fs progress show`."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.asking import QueryResult, ask, one_listing
from foodsafety_cli.cli.options import Days, Filters, ListOptions, SinceOption, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.errors import CheckFailed
from foodsafety_cli.model.events import Light
from foodsafety_cli.render import progress_views
from foodsafety_cli.render.listing import Listing
from foodsafety_cli.render.output import show as show_answer

app = new_app()


class ProgressRows(StrEnum):
    """What the rows of a progress table are."""

    PLAN = "plan"
    SECTION = "section"
    DEPT = "dept"
    TASK = "task"
    INDICATOR = "indicator"


class ProgressFailure(StrEnum):
    """What makes the command fail: a light or a worse one, no light, nothing reported."""

    RED = "红"
    YELLOW = "黄"
    GREY = "灰"
    UNREPORTED = "未报"


_LIGHTS = {
    ProgressFailure.RED: (Light.RED,),
    ProgressFailure.YELLOW: (Light.YELLOW, Light.RED),
    ProgressFailure.GREY: (Light.GREY,),
}


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs progress --by dept                     各单位的进度\n"
        "  fs progress --by task --section 三        第三部分逐项任务\n"
        "  fs progress --since 上月底                比上月底进了多少，哪些灯变了\n"
        "  fs progress --fail-on 红                  有红灯时退出码为 1，供脚本使用\n"
        "  fs --plan '*/plan.yaml' progress          各市的计划合在一起看，每行一个计划"
    ),
)
@with_bundles
def show(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    since: SinceOption = None,
    by: Annotated[
        ProgressRows | None,
        typer.Option(
            "--by",
            metavar="分组",
            help="每行一个：section 部分（默认）、dept 单位、task 任务、indicator 指标、"
            "plan 计划（--plan 写了几个时默认）",
            parser=one_of(
                "--by",
                ProgressRows,
                计划=ProgressRows.PLAN,
                部分=ProgressRows.SECTION,
                单位=ProgressRows.DEPT,
                任务=ProgressRows.TASK,
                指标=ProgressRows.INDICATOR,
            ),
            autocompletion=suggest.words_of(ProgressRows),
        ),
    ] = None,
    fail_on: Annotated[
        list[ProgressFailure] | None,
        typer.Option(
            "--fail-on",
            metavar="灯",
            help="红：有红灯即以退出码 1 结束；黄：有黄灯或红灯即如此；灰：有灰灯；未报：有"
            "一次也没有填报的；可重复",
            parser=one_of(
                "--fail-on",
                ProgressFailure,
                red=ProgressFailure.RED,
                yellow=ProgressFailure.YELLOW,
                grey=ProgressFailure.GREY,
                unreported=ProgressFailure.UNREPORTED,
            ),
            autocompletion=suggest.words_of(ProgressFailure),
        ),
    ] = None,
) -> None:
    """进度表：完成率、序时进度和亮灯，末行合计；筛选条件与 fs tasks 相同。"""
    asked = ask(ctx, filters, days, listing.output, since=since)
    grouped = by or (ProgressRows.PLAN if asked[0].among > 1 else ProgressRows.SECTION)
    show_answer(_tables(asked, grouped), listing.as_output())
    if told := [words for wanted in fail_on or () if (words := _failing(asked, wanted))]:
        raise CheckFailed("；".join(told))


def _tables(asked: list[QueryResult], by: ProgressRows) -> Listing:
    if by is ProgressRows.PLAN:
        plans = [(one.place, one.selected) for one in asked]
        return progress_views.by_plan(plans, asked[0].standings.as_of)
    selected = [item for one in asked for item in one.selected]
    return one_listing(asked, _VIEWS[by], progress_views.total_record(selected))


_VIEWS: dict[ProgressRows, Callable[[QueryResult], Listing]] = {
    ProgressRows.SECTION: lambda one: progress_views.by_section(one.selected, one.standings.as_of),
    ProgressRows.DEPT: lambda one: progress_views.by_department(
        one.selected, one.selection, one.standings
    ),
    ProgressRows.TASK: lambda one: progress_views.by_task(one.selected, one.standings.as_of),
    ProgressRows.INDICATOR: lambda one: progress_views.by_indicator(
        one.selected, one.selection, one.standings.as_of
    ),
}


def _fails(standing: TaskStanding, wanted: ProgressFailure) -> bool:
    if wanted is ProgressFailure.UNREPORTED:
        return standing.is_unreported
    return standing.light in _LIGHTS[wanted]


def _failing(asked: list[QueryResult], wanted: ProgressFailure) -> str:
    """Which tasks are as they should not be; empty where none is."""
    failing = {
        one.place: [str(s.standing.task.id) for s in one.selected if _fails(s.standing, wanted)]
        for one in asked
    }
    count = sum(map(len, failing.values()))
    lights = _LIGHTS.get(wanted, ())
    words = "或".join(f"{light}灯" for light in lights)
    what = f"亮{words}的任务" if lights else "一次也没有填报的任务"
    told = "；".join(
        f"{place.plan} {'、'.join(ids)}" if asked[0].among > 1 else "、".join(ids)
        for place, ids in failing.items()
        if ids
    )
    return f"{what}有 {count} 项：{told}" if count else ""
