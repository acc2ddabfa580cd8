"""Sign-offs, extensions and letters as rows: for lists, for a task's story, for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foodsafety_cli.analysis.parts import CHANGED
from foodsafety_cli.analysis.scoring import mark_words
from foodsafety_cli.model.events import kind_of
from foodsafety_cli.model.steps import Extension, MarkStep, SignOff
from foodsafety_cli.render.listing import Column, Listing, Shown, Thing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from foodsafety_cli.analysis.parts import Part
    from foodsafety_cli.analysis.signoff import Review
    from foodsafety_cli.model.plan import Task
    from foodsafety_cli.model.steps import Mark, Step
    from foodsafety_cli.render.records import Record

_REVIEW_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("title", "名称", wraps_at=20, gives_way=3),
    Column("department", "单位", wraps_at=12),
    Column("state", "结论", asked_only=True, wraps_at=8),
    Column("applied", "申请日"),
    Column("applied_by", "申请人", asked_only=True, gives_way=8),
    Column("late", "逾期申请", gives_way=4),
    Column("evidence_count", "佐证", Shown.FIGURE),
    Column("waiting", "等了", gives_way=2),
    Column("check", "核对", wraps_at=20),
    Column("decided", "审核日", asked_only=True, gives_way=6),
    Column("decided_by", "审核人", asked_only=True, gives_way=7),
    Column("reason", "原因", asked_only=True, wraps_at=16, gives_way=5),
    Column("redo_by", "限期补齐", asked_only=True),
    Column("returns", "退回次数", Shown.FIGURE, asked_only=True, gives_way=9),
    Column("changed", "请复核", asked_only=True),
    Column("waited_days", "等了几天", Shown.FIGURE, asked_only=True),
    Column("evidence", "佐证材料", asked_only=True, wraps_at=20, gives_way=10),
    Column("note", "完成情况", asked_only=True, wraps_at=20),
    Column("forced", "自审", asked_only=True),
    Column("id", "申请编号", asked_only=True),
)
_REGISTER = ("state", "applied_by", "decided", "decided_by", "reason", "returns", "evidence")
_STEP_COLUMNS = (
    Column("id", "编号"),
    Column("step", "步骤"),
    Column("task", "任务"),
    Column("department", "单位"),
    Column("date", "日期"),
    Column("by", "经手人"),
    Column("reason", "原因"),
    Column("note", "说明"),
    Column("redo_by", "限期补齐"),
    Column("evidence", "佐证材料"),
    Column("check", "核对"),
)


def review_record(
    task: Task, review: Review, part: Part, as_of: dt.date, *, is_late: bool
) -> Record:
    """A part's sign-off, with what its figures say; `is_late`: applied for after its day."""
    application, decision = review.application, review.decision
    is_pending = application is not None and decision is None
    waited = (as_of - application.date).days if application and is_pending else None
    changed = part.has_changed
    evidence = application.evidence if application else ()
    return {
        "task": task.id,
        "title": task.title,
        "department": review.department,
        "state": review.state,
        "applied": application and application.date,
        "applied_by": application and application.by,
        "late": is_late,
        "evidence_count": len(evidence),
        "waiting": "" if waited is None else f"{waited}天" if waited else "今天",
        "check": CHANGED if changed else part.words,
        "decided": decision and decision.date,
        "decided_by": decision and decision.by,
        "reason": decision.reason if decision else "",
        "redo_by": decision and decision.redo_by,
        "returns": review.returns,
        "changed": changed,
        "waited_days": waited,
        "evidence": evidence,
        "note": application.note if application else "",
        "forced": bool(decision and decision.forced),
        "id": application and application.id,
    }


def reviews_listing(records: Sequence[Record], *, is_register: bool) -> Listing:
    """`fs signoff`: what waits for a decision; as a register, all that was ever applied for."""
    shown = _REGISTER if is_register else ()
    hidden = ("waiting",) if is_register else ()
    columns = (
        c._replace(asked_only=(c.asked_only and c.field not in shown) or c.field in hidden)
        for c in _REVIEW_COLUMNS
    )
    what = "销号台账" if is_register else "等审核的销号申请"
    title = f"{what} {len(records)} 件"
    if_empty = "还没有销号" if is_register else "没有等审核的销号申请"
    return Listing(title, tuple(columns), records, if_empty=if_empty)


def signoff_thing(step: SignOff, task: Task, review: Review, part: Part) -> Thing:
    """A step just taken, for scripts."""
    record = step_record(step) | {
        "title": task.title,
        "before": review.state,
        "check": part.words,
    }
    return Thing("销号", _STEP_COLUMNS, record)


def step_record(step: Step) -> Record:
    """A step with all that the ledger has of it."""
    record: Record = {"kind": kind_of(step), **step._asdict()}
    if isinstance(step, SignOff | Extension):
        record["files"] = [file._asdict() for file in step.files]
    return record


def story_rows(steps: Iterable[tuple[Step, bool]], *, task: int | None = None) -> list[Record]:
    """Steps as rows of `fs progress log`; with each, whether it was undone."""
    return [
        row | {"undone": is_undone, "figure": f"{row['figure']}{'（已撤销）' if is_undone else ''}"}
        for step, is_undone in steps
        for row in _story(step)
        if task in (None, row["task"])
    ]


def _story(step: Step) -> Iterable[Record]:
    common = {"kind": kind_of(step), "id": step.id, "at": step.at, "by": step.by, "date": step.date}
    if isinstance(step, SignOff | Extension):
        if isinstance(step, SignOff):
            until = f"请于 {step.redo_by} 前补齐" if step.redo_by else ""
            parts = [step.reason, until, step.note, _evidence(step)]
            figure = step.step.label + ("（自审）" if step.forced else "")
        else:
            parts = [step.reason, _evidence(step)]
            what = f"（指标“{step.indicator}”）" if step.indicator else ""
            figure = f"{step.step.label}{what}{f'至 {step.to}' if step.to else ''}"
        words = "；".join(filter(None, parts))
        yield {
            **common,
            "task": step.task,
            "department": step.department,
            "figure": figure,
            "words": words,
        }
        return
    about = f"评分细则 {step.item}" if step.item else ""
    for task in step.tasks or ((None,) if step.item else ()):
        figure = f"{step.letter}：{step.number}" if step.number else "已反馈"
        until = f"请于 {step.reply_by} 前反馈" if step.reply_by else ""
        words = "；".join(filter(None, (about, until, step.note)))
        common_row = {**common, "task": task, "department": step.department}
        yield common_row | {"figure": figure, "words": words}


def _evidence(step: SignOff | Extension) -> str:
    return f"佐证：{'、'.join(step.evidence)}" if step.evidence else ""


def mark_rows(marks: Iterable[Mark]) -> list[Record]:
    """Marks, flags and publications of the scoring as rows of `fs progress log`."""
    return [
        {
            "kind": kind_of(mark),
            "id": mark.id,
            "at": mark.at,
            "by": mark.by,
            "date": mark.date,
            "task": None,
            "department": mark.department,
            "figure": _marked(mark),
            "words": "；".join(filter(None, (mark.basis, "、".join(mark.evidence)))),
            "undone": False,
        }
        for mark in marks
    ]


def _marked(mark: Mark) -> str:
    if mark.step is MarkStep.PUBLISH:
        return f"公布考核结果（{len(mark.table)} 个单位）"
    if mark.step is MarkStep.FLAG:
        return f"考核 {mark.item}"
    return f"评分 {mark.item} {mark.stage} {mark_words(mark)}"
