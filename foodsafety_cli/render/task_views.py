"""Tasks and their indicators, as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import indicator_record, task_record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from foodsafety_cli.analysis.query import Selected
    from foodsafety_cli.analysis.standing import IndicatorStanding

TASK_COLUMNS = (
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
    Column("due", "时限", Shown.DUE, wraps_at=12, gives_way=2),
    Column("days_left", "剩余天数", Shown.FIGURE, asked_only=True),
    Column("completion", "完成率", Shown.PERCENT, gives_way=1),
    Column("expected", "应完成", Shown.PERCENT, gives_way=4),
    Column("pace", "序时进度", Shown.PERCENT, asked_only=True),
    Column("light", "亮灯", Shown.LIGHT),
    Column("status", "状态", gives_way=3),
    Column("last_reported", "最近填报", asked_only=True),
    Column("due_first", "原时限", asked_only=True),
    Column("extensions", "延期次数", Shown.FIGURE, asked_only=True),
    Column("returns", "退回次数", Shown.FIGURE, asked_only=True),
    Column("label", "原序号", asked_only=True),
    Column("and_others", "单位未列全", asked_only=True),
    Column("reported", "已报", asked_only=True),
    Column("made_of", "说明", asked_only=True),
    Column("silent", "还缺单位", asked_only=True, wraps_at=24),
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
    Column("reported", "已报", gives_way=4),
    Column("made_of", "说明", asked_only=True, wraps_at=12, gives_way=5),
    Column("due", "时限", Shown.DUE, wraps_at=12, gives_way=3, asked_only=True),
    Column("reported_by", "填报人", asked_only=True),
    Column("departments", "汇总自", asked_only=True, wraps_at=24),
    Column("silent", "还缺单位", asked_only=True, wraps_at=24),
    Column("reporters", "报数单位", asked_only=True, wraps_at=24),
    Column("not_concerned", "不涉及", asked_only=True, wraps_at=24),
    Column("plain_mean", "简单平均", asked_only=True),
    Column("due_first", "原时限", asked_only=True),
    Column("extensions", "延期次数", Shown.FIGURE, asked_only=True),
    Column("quote", "原文", asked_only=True, wraps_at=24),
    Column("at_most", "越少越好", asked_only=True),
    Column("each", "各自达到", asked_only=True),
    Column("per", "基数", asked_only=True),
    Column("split", "分到的目标", asked_only=True, wraps_at=24),
    Column("aggregate", "汇总办法", asked_only=True),
    Column("expected", "应达", Shown.PERCENT, asked_only=True),
    Column("course", "应达依据", asked_only=True),
)


def tasks_listing(selected: Sequence[Selected], as_of: dt.date) -> Listing:
    """`fs tasks`: with a department asked for, its roles; without, no such column."""
    has_roles = any(item.duties for item in selected)
    columns = tuple(
        column._replace(asked_only=not has_roles) if column.field == "roles" else column
        for column in TASK_COLUMNS
    )
    return Listing(
        f"任务 {len(selected)} 项（截至 {as_of}）",
        columns,
        [task_record(item.standing, item.duties) for item in selected],
        if_empty="没有符合条件的任务",
    )


def indicators_listing(standings: Iterable[IndicatorStanding], title: str = "") -> Listing:
    """`fs indicators`: targets, figures and whether they are met."""
    shown = list(standings)
    rows = [indicator_record(standing) for standing in shown]
    met = sum(bool(row["met"]) for row in rows)
    asked_only = {
        "made_of": not any(s.is_plain_mean or s.not_concerned for s in shown),
        "due": all(s.due == s.due_first for s in shown),
    }
    columns = (
        c._replace(asked_only=asked_only.get(c.field, c.asked_only)) for c in _INDICATOR_COLUMNS
    )
    return Listing(
        title or f"指标 {len(rows)} 个，达标 {met} 个",
        tuple(columns),
        rows,
        if_empty="没有符合条件的指标",
    )
