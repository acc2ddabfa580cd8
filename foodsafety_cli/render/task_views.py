"""Tasks and their indicators: as lists, and one task whole."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.model.progress import Report
from foodsafety_cli.render.listing import Column, Listing, Shown, Thing, pick
from foodsafety_cli.render.records import indicator_record, report_record, task_record
from foodsafety_cli.render.report_views import reports_listing

_TASK_COLUMNS = (
    Column("id", "序号", Shown.FIGURE),
    Column("section", "部分", Shown.FIGURE, asked_only=True),
    Column("section_title", "章节", asked_only=True),
    Column("title", "任务", wraps_at=20),
    Column("text", "任务原文", asked_only=True, wraps_at=24),
    Column("responsibility", "责任单位（原文）", wraps_at=24, asked_only=True),
    Column("lead", "牵头单位", asked_only=True, wraps_at=24),
    Column("responsible", "责任单位", asked_only=True, wraps_at=24),
    Column("support", "配合单位", asked_only=True, wraps_at=24),
    Column("roles", "角色", wraps_at=14),
    Column("indicators", "指标", asked_only=True, wraps_at=24),
    Column("due", "时限", gives_way=4),
    Column("days_left", "剩余天数", Shown.FIGURE, asked_only=True),
    Column("completion", "完成率", Shown.PERCENT, gives_way=1),
    Column("expected", "应完成", Shown.PERCENT, gives_way=3),
    Column("pace", "序时进度", Shown.PERCENT, asked_only=True),
    Column("light", "亮灯", Shown.LIGHT),
    Column("status", "状态", gives_way=2),
    Column("last_reported", "最近填报", asked_only=True),
    Column("label", "原序号", asked_only=True),
    Column("and_others", "单位未列全", asked_only=True),
)
_INDICATOR_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("name", "指标", wraps_at=24),
    Column("kind", "性质", asked_only=True),
    Column("target", "目标值", Shown.FIGURE),
    Column("unit", "单位", gives_way=1),
    Column("value", "完成值", Shown.FIGURE),
    Column("attainment", "达成率", Shown.PERCENT),
    Column("met", "达标"),
    Column("date", "数据日期", gives_way=2),
    Column("due", "时限", asked_only=True),
    Column("reported_by", "填报人", asked_only=True),
    Column("departments", "汇总自", asked_only=True, wraps_at=24),
    Column("silent", "还缺单位", asked_only=True, wraps_at=24),
    Column("quote", "原文", asked_only=True, wraps_at=24),
)


def tasks_listing(selected: Sequence[Selected], as_of: dt.date) -> Listing:
    """`fs tasks`: with a department asked for, its roles; without, no such column."""
    has_roles = any(item.duties for item in selected)
    columns = tuple(
        column._replace(asked_only=not has_roles) if column.field == "roles" else column
        for column in _TASK_COLUMNS
    )
    return Listing(
        f"任务 {len(selected)} 项（截至 {as_of}）",
        columns,
        [task_record(item.standing, item.duties) for item in selected],
        if_empty="没有符合条件的任务",
    )


def task_thing(
    standing: TaskStanding, answering: Sequence[str], history: Iterable[Report], as_of: dt.date
) -> Thing:
    """`fs show`: one task, its indicators and its history; `answering` are who may report it."""
    task, section = standing.task, standing.section
    record = task_record(standing)
    reports = [report for report in history if report.entry.task == task.id]
    record["history"] = [report_record(report) for report in reversed(reports)]
    hidden = ("id", "section", "section_title", "title", "text", "completion", "pace")
    seen = ("responsibility", "lead", "responsible", "support", "due", "days_left")
    columns = (
        *(column._replace(asked_only=True) for column in pick(_TASK_COLUMNS, *hidden)),
        Column("part", "所属部分"),
        *pick(_TASK_COLUMNS, *seen),
        Column("bar", "进度", Shown.BAR),
        *pick(_TASK_COLUMNS, "expected", "light", "status", "last_reported"),
    )
    record["part"] = f"{section.label}、{section.title}"
    return Thing(
        f"任务 {task.id}  {task.title}",
        tuple(c._replace(shown=Shown.TEXT) if c.shown is Shown.FIGURE else c for c in columns),
        record,
        (
            _less_task(indicators_listing(standing.indicators, title="指标")),
            _less_task(reports_listing(list(reversed(reports)), title="填报记录")),
        ),
        text=task.text,
        hints=tuple(_how_to_report(standing, answering, as_of)),
    )


def indicators_listing(standings: Iterable[IndicatorStanding], title: str = "") -> Listing:
    """`fs indicators`: targets, figures and whether they are met."""
    rows = [indicator_record(standing) for standing in standings]
    met = sum(bool(row["met"]) for row in rows)
    return Listing(
        title or f"指标 {len(rows)} 个，达标 {met} 个",
        _INDICATOR_COLUMNS,
        rows,
        if_empty="没有符合条件的指标",
    )


def _less_task(listing: Listing) -> Listing:
    """The listing as a part of one task's page, where the task goes without saying."""
    columns = (c if c.field != "task" else c._replace(asked_only=True) for c in listing.columns)
    return listing._replace(columns=tuple(columns))


def _how_to_report(
    standing: TaskStanding, answering: Sequence[str], as_of: dt.date
) -> Iterator[str]:
    figure = "--percent 60"
    if standing.indicators:
        is_milestone = standing.indicators[0].indicator.target is None
        figure = "--done" if is_milestone else "--value 数值"
    command = f"fs progress update {standing.task.id}"
    yield f"截至 {as_of}。填报：{command} {figure} --note 进展情况"
    if len(answering) > 1:
        yield f"一个单位报自己的：{command} --dept {answering[0]} {figure}"
