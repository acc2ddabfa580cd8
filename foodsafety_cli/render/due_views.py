"""The tables of `fs due`: whom to remind, by department or by task."""

import datetime as dt
from collections.abc import Iterable, Sequence

from foodsafety_cli.analysis.reminders import Reason, Reminder
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import Record, due_fields, task_record

_FIELDS = {
    Reason.OVERDUE: "overdue",
    Reason.DUE_SOON: "due_soon",
    Reason.UNREPORTED: "unreported",
    Reason.RED: "red",
    Reason.NOT_SINCE: "not_since",
    Reason.RETURNED: "returned",
    Reason.UNANSWERED: "unanswered",
    Reason.IN_REVIEW: "in_review",
}


_URGENCY = (
    Reason.OVERDUE,
    Reason.RETURNED,
    Reason.UNANSWERED,
    Reason.RED,
    Reason.DUE_SOON,
)
_URGENT = 3  # tasks that are named on the first screen
_SELDOM = (
    Reason.RED,
    Reason.NOT_SINCE,
    Reason.RETURNED,
    Reason.UNANSWERED,
    Reason.IN_REVIEW,
)


def by_department(
    found: Sequence[Reminder],
    wanted: Iterable[Reason],
    as_of: dt.date,
    *,
    most: int | None = _URGENT,
) -> Listing:
    """A row a department, with the task ids for each reason; `most` tasks by name, or all."""
    wanted = list(wanted)
    rows = _rows_of_departments(found, wanted, most)
    columns = (
        Column("department", "单位"),
        *(
            Column(
                _FIELDS[reason],
                f"{reason}任务序号",
                wraps_at=24,
                asked_only=reason in _SELDOM and not any(r[_FIELDS[reason]] for r in rows),
            )
            for reason in wanted
        ),
        Column("urgent", "最急的", asked_only=True, wraps_at=24),
        Column("counts", "事由", asked_only=True, wraps_at=16),
        Column("by_reason", "按事由", asked_only=True, wraps_at=30),
    )
    title = f"该提醒的单位 {len(rows)} 个（截至 {as_of}）"
    return Listing(title, columns, rows, if_empty=_nobody(as_of))


def in_full(found: Sequence[Reminder], wanted: Iterable[Reason], as_of: dt.date) -> Listing:
    """Of departments that were asked for: all their tasks by name, under the reasons."""
    listing = by_department(found, wanted, as_of, most=None)
    return _only(listing, ("department", "by_reason"))


def in_short(found: Sequence[Reminder], wanted: Iterable[Reason], as_of: dt.date) -> Listing:
    """The first screen: a row a department, with its most urgent tasks by name, and counts."""
    return _only(by_department(found, wanted, as_of), ("department", "urgent", "counts"))


def _only(listing: Listing, shown: Sequence[str]) -> Listing:
    columns = tuple(c._replace(asked_only=c.field not in shown) for c in listing.columns)
    return listing._replace(columns=columns)


def _rows_of_departments(
    found: Sequence[Reminder], wanted: Sequence[Reason], most: int | None
) -> list[Record]:
    by_department: dict[str, list[Reminder]] = {}
    for reminder in found:
        by_department.setdefault(reminder.department, []).append(reminder)
    return [
        _row_of_department(department, own, wanted, most)
        for department, own in by_department.items()
    ]


def _row_of_department(
    department: str, own: Sequence[Reminder], wanted: Sequence[Reason], most: int | None
) -> Record:
    ids = {
        reason: [one.standing.task.id for one in own if reason in one.reasons] for reason in wanted
    }
    urgent = sorted(own, key=how_urgent)
    names = [f"{one.standing.task.id} {one.standing.task.title}" for one in urgent[:most]]
    return {
        "department": department,
        **{_FIELDS[reason]: found for reason, found in ids.items()},
        "urgent": names,
        "counts": "，".join(f"{reason} {len(found)}" for reason, found in ids.items() if found),
        "by_reason": "\n".join(_under(reason, urgent) for reason, found in ids.items() if found),
    }


def _under(reason: Reason, own: Sequence[Reminder]) -> str:
    """红灯：5 落实总仓管理、44 做好规划."""
    tasks = [one.standing.task for one in own if reason in one.reasons]
    return f"{reason}：{'、'.join(f'{task.id} {task.title}' for task in tasks)}"


def how_urgent(one: Reminder) -> tuple[object, ...]:
    """What reminders are sorted by: overdue first, then red lights, then by the days left."""
    place = min((_URGENCY.index(r) for r in one.reasons if r in _URGENCY), default=len(_URGENCY))
    return place, one.standing.days_left, -one.standing.behind


def by_task(found: Sequence[Reminder], wanted: Iterable[Reason], as_of: dt.date) -> Listing:
    """A row a task, with the departments to remind."""
    wanted = list(wanted)
    rows: dict[int, dict[str, object]] = {}
    departments: dict[int, list[str]] = {}
    for reminder in found:
        standing = reminder.standing
        departments.setdefault(standing.task.id, []).append(reminder.department)
        row = rows.setdefault(
            standing.task.id,
            {
                "id": standing.task.id,
                "title": standing.task.title,
                "reasons": [],
                **due_fields(standing),
                "days_left": standing.days_left,
                "completion": task_record(standing)["completion"],
                "light": standing.light,
                "departments": departments[standing.task.id],
            },
        )
        known = row["reasons"]
        assert isinstance(known, list)
        known += [str(r) for r in reminder.reasons if r in wanted and str(r) not in known]
    columns = (
        Column("id", "序号", Shown.FIGURE),
        Column("title", "任务", wraps_at=24),
        Column("reasons", "事由"),
        Column("due", "时限", Shown.DUE, wraps_at=12, gives_way=2),
        Column("days_left", "剩余天数", Shown.FIGURE),
        Column("completion", "完成率", Shown.PERCENT, gives_way=1),
        Column("light", "亮灯", Shown.LIGHT, gives_way=3),
        Column("departments", "提醒单位", wraps_at=24),
    )
    title = f"该提醒的任务 {len(rows)} 项（截至 {as_of}）"
    return Listing(title, columns, list(rows.values()), if_empty=_nobody(as_of))


def _nobody(as_of: dt.date) -> str:
    return f"没有要提醒的单位（截至 {as_of}）"
