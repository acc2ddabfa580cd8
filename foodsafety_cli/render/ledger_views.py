"""The office's ledger (台账) as a table: a row an indicator, or a task that has none."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from foodsafety_cli.analysis.query import Selected, Selection
from foodsafety_cli.analysis.standing import IndicatorStanding
from foodsafety_cli.analysis.statements import statements
from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.model.events import Report
from foodsafety_cli.render.listing import Column, Listing, Row, Shown
from foodsafety_cli.render.records import indicator_record, task_record

_COLUMNS = (
    Column("id", "序号", Shown.FIGURE),
    Column("section_title", "章节", wraps_at=10, gives_way=9),
    Column("title", "任务", wraps_at=14),
    Column("text", "任务原文", asked_only=True, wraps_at=30),
    Column("roles", "角色", asked_only=True),
    Column("lead", "牵头单位", wraps_at=10, gives_way=8),
    Column("responsible", "责任单位", wraps_at=10, gives_way=8),
    Column("support", "配合单位", wraps_at=10, gives_way=10),
    Column("indicator", "指标", wraps_at=10),
    Column("target", "目标值", Shown.FIGURE),
    Column("unit", "计量单位", gives_way=7),
    Column("value", "完成值", Shown.FIGURE),
    Column("completion", "完成率", Shown.PERCENT),
    Column("due", "完成时限", Shown.DUE, gives_way=6),
    Column("status", "状态"),
    Column("light", "亮灯", Shown.LIGHT),
    Column("note", "进展情况", wraps_at=14, gives_way=5),
    Column("problems", "存在问题", wraps_at=12, gives_way=11),
    Column("next_steps", "下步措施", wraps_at=12, gives_way=12),
    Column("evidence", "佐证材料", wraps_at=12, gives_way=13),
    Column("date", "填报日期", gives_way=14),
)


def ledger_listing(
    selected: Sequence[Selected],
    selection: Selection,
    reports: Mapping[int, Sequence[Report]],
    as_of: dt.date,
) -> Listing:
    """`fs export`: with departments asked for, their list of duties, with the roles shown."""
    columns = tuple(
        c._replace(asked_only=not selection.departments) if c.field == "roles" else c
        for c in _COLUMNS
    )
    whose = "、".join(selection.departments)
    title = f"{whose}责任清单" if whose else "工作台账"
    rows = [row for item in selected for row in _rows(item, reports)]
    return Listing(f"{title}（截至 {as_of}）", columns, rows, if_empty="没有符合条件的任务")


def _rows(item: Selected, reports: Mapping[int, Sequence[Report]]) -> Iterator[Row]:
    task = task_record(item.standing, item.duties)
    own = reports.get(item.standing.task.id, ())
    for standing in item.standing.indicators:
        said = statements(own, standing.indicator.name)
        yield {**task, **_indicator(standing), **said._asdict()}
    if not item.standing.indicators:
        yield {**task, **statements(own)._asdict()}


def _indicator(standing: IndicatorStanding) -> dict[str, object]:
    record = indicator_record(standing)
    kept = {field: record[field] for field in ("target", "unit", "value", "due", "due_first")}
    return {"indicator": record["name"], **kept, "completion": computed(standing.counted)}
