"""The one screen of `fs`: the plan, how far it is, what wants attention, what to type next."""

import datetime as dt
from collections.abc import Sequence

from foodsafety_cli.analysis.agenda import Agenda
from foodsafety_cli.analysis.reminders import Reason, reasons_for
from foodsafety_cli.analysis.rollup import tally
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.render.listing import Column, Listing, Shown, Thing
from foodsafety_cli.render.records import due_fields, tally_record

_LISTED = 5
_UNREPORTED_LISTED = 3  # all of it is to stay on one screen
_COLUMNS = (
    Column("title", "工作安排", asked_only=True),
    Column("document_number", "文号"),
    Column("issuer", "印发机关", asked_only=True),
    Column("issued_on", "成文日期", asked_only=True),
    Column("as_of", "截至"),
    Column("bar", "进度", Shown.BAR),
    Column("completion", "完成率", Shown.PERCENT, asked_only=True),
    Column("pace", "序时进度", Shown.PERCENT, asked_only=True),
    Column("counts", "任务"),
    Column("tasks", "任务数", Shown.FIGURE, asked_only=True),
    Column("done", "已完成", Shown.FIGURE, asked_only=True),
    Column("lights", "亮灯", Shown.LIGHTS),
    Column("overdue_count", "逾期", Shown.FIGURE, asked_only=True),
    Column("due_soon_count", "临期", Shown.FIGURE, asked_only=True),
    Column("unreported_count", "未报", Shown.FIGURE, asked_only=True),
    Column("in_review", "待审核的任务", asked_only=True),
    Column("returned", "退回待改的任务", asked_only=True),
    Column("changed", "销号后数字有变的任务", asked_only=True),
    Column("extensions_asked_for", "延期待审批的任务", asked_only=True),
    Column("extended", "延期执行中的任务", asked_only=True),
    Column("letters_unanswered", "督办未复", asked_only=True),
)
_TASK_COLUMNS = (
    Column("id", "序号", Shown.FIGURE),
    Column("title", "任务", wraps_at=24),
    Column("due", "时限", Shown.DUE, wraps_at=12),
    Column("days_left", "剩余天数", Shown.FIGURE),
    Column("light", "亮灯", Shown.LIGHT),
)


def overview_thing(
    plan: Plan,
    standings: Sequence[TaskStanding],
    matters: Agenda,
    as_of: dt.date,
    *,
    can_report: bool,
) -> Thing:
    """Everything the screen says, and as fields for scripts the ids behind it."""
    fields = {"overdue": Reason.OVERDUE, "due_soon": Reason.DUE_SOON}
    fields["unreported"] = Reason.UNREPORTED
    by_reason: dict[Reason, list[TaskStanding]] = {reason: [] for reason in fields.values()}
    for standing in sorted(standings, key=lambda s: (s.due, s.task.id)):
        for reason in reasons_for(standing, plan.lights):
            if reason in by_reason:
                by_reason[reason].append(standing)
    record: dict[str, object] = {
        "title": plan.title,
        "document_number": plan.document_number,
        "issuer": plan.issuer,
        "issued_on": plan.issued_on,
        "as_of": as_of,
        **tally_record(tally(standings)),
    }
    for field, reason in fields.items():
        record[f"{field}_count"] = len(by_reason[reason])
        record[field] = [standing.task.id for standing in by_reason[reason]]
    record["counts"] = f"共 {record['tasks']} 项：已完成 {record['done']}，" + "，".join(
        f"{reason} {len(found)}" for reason, found in by_reason.items()
    )
    record |= _matters(matters)
    parts = (_part(reason, found) for reason, found in by_reason.items())
    hints = (*matters.sentences(), *_hints(can_report=can_report))
    return Thing(plan.title, _COLUMNS, record, tuple(parts), hints=hints)


def _matters(matters: Agenda) -> dict[str, object]:
    """What the office has to see to, as fields: tasks, and the numbers of letters."""
    return {
        "in_review": list(dict.fromkeys(review.task for review in matters.in_review)),
        "returned": [review.task for review in matters.returned],
        "changed": [review.task for review in matters.changed],
        "extensions_asked_for": [request.application.task for request in matters.asked_for],
        "extended": [standing.task.id for standing in matters.extended],
        "letters_unanswered": [one.letter.number for one in matters.unanswered],
    }


def _part(reason: Reason, standings: Sequence[TaskStanding]) -> Listing:
    most = _UNREPORTED_LISTED if reason is Reason.UNREPORTED else _LISTED
    rows = [
        {
            "id": standing.task.id,
            "title": standing.task.title,
            **due_fields(standing),
            "days_left": standing.days_left,
            "light": standing.light,
        }
        for standing in standings[:most]
    ]
    more = f"，这里列出最早到期的 {most} 项" if len(standings) > most else ""
    return Listing(f"{reason} {len(standings)} 项{more}", _TASK_COLUMNS, rows)


def _hints(*, can_report: bool) -> tuple[str, ...]:
    look = "fs tasks --dept 单位  看一个单位的任务"
    if not can_report:
        start = "要填报，先建工作文件夹：fs init 文件夹"
        return (look, "fs due  今天该提醒谁", start)
    report = "fs progress update 任务序号 --value 数  填报"
    return (look, report, "fs due 今天该提醒谁；fs progress 进度表；fs --help 全部命令")
