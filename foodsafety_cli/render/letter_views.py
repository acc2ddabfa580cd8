"""Letters as rows: what was sent, who has answered, what would be sent."""

import datetime as dt
from collections.abc import Iterable, Sequence

from foodsafety_cli.analysis.letters import Addressed, Sent
from foodsafety_cli.model.steps import Letter
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import Record

_COLUMNS = (
    Column("number", "文号", wraps_at=24),
    Column("letter", "种类"),
    Column("department", "单位", wraps_at=12),
    Column("tasks", "任务", wraps_at=10),
    Column("date", "发出", gives_way=2),
    Column("reply_by", "限期反馈"),
    Column("answer", "反馈", wraps_at=16),
    Column("answered", "反馈日", asked_only=True),
    Column("waited_days", "等了几天", Shown.FIGURE, asked_only=True),
    Column("late", "逾期未反馈", asked_only=True),
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
    Column("titles", "任务名称", wraps_at=20, gives_way=1),
    Column("reply_by", "限期反馈"),
    Column("file", "文件", asked_only=True),
    Column("id", "编号", asked_only=True),
)


def letters_listing(letters: Iterable[Sent], as_of: dt.date) -> Listing:
    """`fs letter`: who has answered, who has not, and for how long."""
    rows = [_record(one, as_of) for one in letters]
    waiting = sum(row["answered"] is None for row in rows)
    title = f"已发 {len(rows)} 件，没有反馈的 {waiting} 件（截至 {as_of}）"
    return Listing(title, _COLUMNS, rows, if_empty="没有符合条件的函")


def _record(one: Sent, as_of: dt.date) -> Record:
    letter = one.letter
    waited = (as_of - letter.date).days
    if one.answered:
        how = "，另行反馈" if one.answer else ""
        answer = f"{one.answered} 已反馈{how}"
    elif one.is_late(as_of) and letter.reply_by:
        answer = f"逾期 {(as_of - letter.reply_by).days} 天未反馈"
    else:
        answer = f"未反馈，等了 {waited} 天" if waited else "未反馈，今天发出"
    return {
        "number": letter.number,
        "letter": letter.letter,
        "department": letter.department,
        "tasks": letter.tasks,
        "date": letter.date,
        "reply_by": letter.reply_by,
        "answer": answer,
        "answered": one.answered,
        "waited_days": None if one.answered else waited,
        "late": one.is_late(as_of),
        "signer": letter.signer,
        "by": letter.by,
        "note": one.answer.note if one.answer else "",
        "file": letter.file,
        "id": letter.id,
    }


def to_write_listing(
    numbered: Sequence[tuple[str, Addressed]],
    reply_by: dt.date,
    letters: Sequence[Letter] = (),
) -> Listing:
    """`fs letter write`: who gets which letter about what; `letters` where they were recorded."""
    recorded = {letter.number: letter for letter in letters}
    rows = [
        {
            "number": number,
            "department": one.department,
            "tasks": tuple(standing.task.id for standing in one.tasks),
            "titles": tuple(standing.task.title for standing in one.tasks),
            "reply_by": reply_by,
            "file": recorded[number].file if number in recorded else "",
            "id": recorded[number].id if number in recorded else None,
        }
        for number, one in numbered
    ]
    words = "已写好" if letters else "要写"
    title = f"{words} {len(rows)} 件"
    return Listing(title, _TO_WRITE, rows, if_empty="没有要发函的：选中的任务都没有落后的单位")
