"""Letters as rows: what was sent, who has answered, what would be sent."""

import datetime as dt
from collections.abc import Iterable, Sequence

from foodsafety_cli.analysis.letters import Sent
from foodsafety_cli.model.steps import Letter
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import Record

_COLUMNS = (
    Column("number", "文号", wraps_at=24),
    Column("letter", "种类"),
    Column("department", "单位", wraps_at=12),
    Column("tasks", "任务", wraps_at=10),
    Column("item", "考核内容", wraps_at=10),
    Column("date", "发出", gives_way=2),
    Column("reply_by", "限期反馈"),
    Column("answer", "反馈", wraps_at=16),
    Column("answered", "反馈日", asked_only=True),
    Column("waited_days", "等了几天", Shown.FIGURE, asked_only=True),
    Column("late", "逾期", asked_only=True),
    Column("signer", "签发人", asked_only=True),
    Column("by", "经手人", asked_only=True),
    Column("note", "反馈说明", asked_only=True, wraps_at=16),
    Column("file", "文件", asked_only=True),
    Column("id", "编号", asked_only=True),
)
_TO_WRITE = (
    Column("number", "文号", wraps_at=24),
    Column("department", "单位", wraps_at=12),
    Column("tasks", "任务", wraps_at=10),
    Column("item", "考核内容", wraps_at=10),
    Column("titles", "名称", wraps_at=20, gives_way=1),
    Column("reply_by", "限期反馈"),
    Column("file", "文件", asked_only=True),
    Column("id", "编号", asked_only=True),
)


def letters_listing(letters: Iterable[Sent], as_of: dt.date) -> Listing:
    """`fs letter`: who has answered, who has not, and for how long."""
    rows = [_record(one, as_of) for one in letters]
    waiting = sum(row["answered"] is None for row in rows)
    title = f"已发 {len(rows)} 件，没有反馈的 {waiting} 件（截至 {as_of}）"
    return Listing(title, _with_items(_COLUMNS, rows), rows, if_empty="没有符合条件的函")


def _record(one: Sent, as_of: dt.date) -> Record:
    letter = one.letter
    waited = (as_of - letter.date).days
    if one.answered:
        how = "，另行反馈" if one.answer else ""
        late = f"，逾期 {one.days_late} 天" if one.days_late else ""
        answer = f"{one.answered} 已反馈{how}{late}"
    elif not one.is_open:
        answer = "任务已办结、移交或不再执行，不用再反馈"
    elif one.is_late(as_of) and letter.reply_by:
        answer = f"逾期 {(as_of - letter.reply_by).days} 天未反馈{_so_far(one)}"
    else:
        answer = f"未反馈，等了 {waited} 天" if waited else "未反馈，今天发出"
        answer += _so_far(one)
    return {
        "number": letter.number,
        "letter": letter.letter,
        "department": letter.department,
        "tasks": letter.tasks,
        "item": letter.item,
        "date": letter.date,
        "reply_by": letter.reply_by,
        "answer": answer,
        "answered": one.answered,
        "waited_days": None if one.answered else waited,
        "late": one.is_late(as_of) or one.days_late > 0,
        "signer": letter.signer,
        "by": letter.by,
        "note": one.answer.note if one.answer else "",
        "file": letter.file,
        "id": letter.id,
    }


def _so_far(one: Sent) -> str:
    """Of a letter about several tasks, those that are still to be reported on."""
    if len(one.still_open) in (0, len(one.letter.tasks)):
        return ""
    return f"（还差任务 {'、'.join(map(str, one.still_open))}）"


def to_write_listing(letters: Sequence[tuple[Letter, tuple[str, ...]]], if_empty: str) -> Listing:
    """Who gets, or got, which letter about what; each with the titles of what it is about."""
    rows: list[Record] = [
        {
            "number": letter.number,
            "department": letter.department,
            "tasks": letter.tasks,
            "item": letter.item,
            "titles": titles,
            "reply_by": letter.reply_by,
            "file": letter.file,
            "id": letter.id or None,
        }
        for letter, titles in letters
    ]
    words = "已写好" if any(letter.id for letter, _ in letters) else "要写"
    return Listing(f"{words} {len(rows)} 件", _with_items(_TO_WRITE, rows), rows, if_empty=if_empty)


def _with_items(columns: Sequence[Column], rows: Sequence[Record]) -> tuple[Column, ...]:
    """Items of the rubric have their column where a letter is about one, and tasks theirs."""
    shown = {"item": any(row["item"] for row in rows)}
    shown["tasks"] = not rows or any(row["tasks"] for row in rows)
    return tuple(
        column._replace(asked_only=not shown[column.field]) if column.field in shown else column
        for column in columns
    )
