"""The tables of `fs due`: whom to remind, by department or by task."""

import datetime as dt
from collections.abc import Iterable, Sequence

from foodsafety_cli.analysis.reminders import Reason, Reminder
from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import due_fields

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


_SELDOM = (
    Reason.RED,
    Reason.NOT_SINCE,
    Reason.RETURNED,
    Reason.UNANSWERED,
    Reason.IN_REVIEW,
)


def by_department(found: Sequence[Reminder], wanted: Iterable[Reason], as_of: dt.date) -> Listing:
    """A row a department, with the task ids for each reason."""
    wanted = list(wanted)
    rows: dict[str, dict[str, object]] = {}
    for reminder in found:
        new: dict[str, list[int]] = {_FIELDS[reason]: [] for reason in wanted}
        row = rows.setdefault(reminder.department, {"department": reminder.department, **new})
        for reason in reminder.reasons:
            if reason in wanted:
                ids = row[_FIELDS[reason]]
                assert isinstance(ids, list)
                ids.append(reminder.standing.task.id)
    columns = (
        Column("department", "单位"),
        *(
            Column(
                _FIELDS[reason],
                f"{reason}任务序号",
                wraps_at=24,
                asked_only=reason in _SELDOM and not any(r[_FIELDS[reason]] for r in rows.values()),
            )
            for reason in wanted
        ),
    )
    title = f"该提醒的单位 {len(rows)} 个（截至 {as_of}）"
    return Listing(title, columns, list(rows.values()), if_empty=_nobody(as_of))


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
                "completion": computed(standing.completion),
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
