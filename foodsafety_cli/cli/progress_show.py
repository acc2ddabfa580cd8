"""`fs progress show`."""

from enum import StrEnum
from typing import Annotated

import typer

from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.app import Command, new_app
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import AsOf, Filters, ListOptions, one_of, with_bundles
from foodsafety_cli.model.errors import CheckFailed
from foodsafety_cli.model.progress import Light
from foodsafety_cli.render import progress_views

app = new_app()


class By(StrEnum):
    """What the rows of a progress table are."""

    SECTION = "section"
    DEPT = "dept"
    TASK = "task"
    INDICATOR = "indicator"


class FailOn(StrEnum):
    """The lights that make the command fail: this one or worse."""

    RED = "红"
    YELLOW = "黄"


_FAILING = {FailOn.RED: (Light.RED,), FailOn.YELLOW: (Light.YELLOW, Light.RED)}


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs progress --by dept                     各单位的进度\n"
        "  fs progress --by task --section 三        第三部分逐项任务\n"
        "  fs progress --fail-on 红                  有红灯时退出码为 1，供脚本使用"
    ),
)
@with_bundles
def show(
    ctx: typer.Context,
    filters: Filters,
    listing: ListOptions,
    by: Annotated[
        By,
        typer.Option(
            "--by",
            metavar="分组",
            help="每行一个：section 部分（默认）、dept 单位、task 任务、indicator 指标",
            parser=one_of(
                "--by", By, 部分=By.SECTION, 单位=By.DEPT, 任务=By.TASK, 指标=By.INDICATOR
            ),
            autocompletion=suggest.words_of(By),
            show_default=False,
        ),
    ] = By.SECTION,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            metavar="灯",
            help="红：有红灯即以退出码 1 结束；黄：有黄灯或红灯即如此",
            parser=one_of("--fail-on", FailOn, red=FailOn.RED, yellow=FailOn.YELLOW),
            autocompletion=suggest.words_of(FailOn),
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """进度表：完成率、序时进度和亮灯，末行合计；筛选条件与 fs tasks 相同。"""
    office = Office(ctx, as_of)
    selection = filters.selection(office.narrow(filters.wanted()))
    selected = office.select(selection)
    tables = {
        By.SECTION: lambda: progress_views.by_section(selected, office.as_of),
        By.DEPT: lambda: progress_views.by_department(
            selected, selection, office.standings.duties, office.as_of
        ),
        By.TASK: lambda: progress_views.by_task(selected, office.as_of),
        By.INDICATOR: lambda: progress_views.by_indicator(selected, selection, office.as_of),
    }
    office.show(tables[by](), listing.as_output())
    if fail_on:
        _fail_on(selected, _FAILING[fail_on])


def _fail_on(selected: list[Selected], lights: tuple[Light, ...]) -> None:
    failing = [str(s.standing.task.id) for s in selected if s.standing.light in lights]
    if failing:
        words = "或".join(f"{light}灯" for light in lights)
        raise CheckFailed(f"亮{words}的任务有 {len(failing)} 项：{'、'.join(failing)}")
