"""Extensions as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foodsafety_cli.render.listing import Column, Listing, Shown, Thing
from foodsafety_cli.render.step_views import step_record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from foodsafety_cli.analysis.extensions import Request
    from foodsafety_cli.analysis.standing import Due, TaskStanding
    from foodsafety_cli.model.steps import Extension
    from foodsafety_cli.render.records import Record

_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("title", "名称", wraps_at=16, gives_way=3),
    Column("department", "单位", wraps_at=10),
    Column("indicator", "指标", asked_only=True, wraps_at=12),
    Column("state", "结果"),
    Column("applied", "申请日", gives_way=2),
    Column("late", "逾期申请", gives_way=4),
    Column("to", "延至"),
    Column("due", "现在的时限", Shown.DUE, wraps_at=22),
    Column("reason", "原因", wraps_at=16, gives_way=1),
    Column("decided", "审批日", asked_only=True),
    Column("decided_by", "审批人", asked_only=True),
    Column("decision", "审批说明", asked_only=True, wraps_at=16),
    Column("applied_by", "申请人", asked_only=True),
    Column("evidence", "佐证材料", asked_only=True, wraps_at=16),
    Column("due_first", "原时限", asked_only=True),
    Column("extensions", "延期次数", Shown.FIGURE, asked_only=True),
    Column("id", "申请编号", asked_only=True),
)
_STEP_COLUMNS = (
    Column("id", "编号"),
    Column("step", "步骤"),
    Column("task", "任务"),
    Column("department", "单位"),
    Column("indicator", "指标"),
    Column("to", "延至"),
    Column("due", "现在的时限", Shown.DUE),
    Column("date", "日期"),
    Column("by", "经手人"),
    Column("reason", "原因"),
)


def request_record(standing: TaskStanding, request: Request, due: Due, *, late: bool) -> Record:
    """An application for more time, what became of it, and the date that holds now."""
    application, decision = request.application, request.decision
    return {
        "task": standing.task.id,
        "title": standing.task.title,
        "department": request.department,
        "indicator": application.indicator,
        "state": request.state,
        "applied": application.date,
        "late": late,
        "to": request.to,
        "due": due.day,
        "due_first": due.first,
        "extensions": due.times,
        "reason": application.reason,
        "decided": decision and decision.date,
        "decided_by": decision and decision.by,
        "decision": decision.reason if decision else "",
        "applied_by": application.by,
        "evidence": application.evidence,
        "id": application.id,
    }


def requests_listing(records: Sequence[Record]) -> Listing:
    """`fs extension`: applications and what became of them."""
    title = f"延期申请 {len(records)} 件"
    is_of_some = any(record["indicator"] for record in records)
    columns = [
        c._replace(asked_only=False) if c.field == "indicator" and is_of_some else c
        for c in _COLUMNS
    ]
    return Listing(title, tuple(columns), records, if_empty="没有延期申请")


def extension_thing(step: Extension, title: str, to: dt.date | None, due: Due) -> Thing:
    """A step just taken, for scripts; `to` the day it is about, `due` what holds after it."""
    record = step_record(step) | {
        "title": title,
        "to": to,
        "due": due.day,
        "due_first": due.first,
        "extensions": due.times,
    }
    return Thing("延期", _STEP_COLUMNS, record)
