"""What was reported, and what is wrong: the ledger's entries, the files' problems."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from foodsafety_cli.analysis.signoff import review
from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.problem import Problem
from foodsafety_cli.model.steps import Mark, SignOff, SignOffStep, Step
from foodsafety_cli.model.text import clean
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import Record, report_record
from foodsafety_cli.render.step_views import mark_rows, story_rows

_REPORT_COLUMNS = (
    Column("date", "数据日期"),
    Column("task", "任务", Shown.FIGURE),
    Column("department", "单位", wraps_at=12, gives_way=1),
    Column("figure", "进展", wraps_at=14),
    Column("words", "说明", wraps_at=20, gives_way=2),
    Column("by", "填报人", wraps_at=8, gives_way=3),
    Column("id", "编号"),
    Column("kind", "种类", asked_only=True),
    Column("undone", "已撤销", asked_only=True),
    Column("at", "填报时间", Shown.MOMENT, gives_way=5),
    Column("indicator", "指标", asked_only=True),
    Column("value", "数值", Shown.FIGURE, asked_only=True),
    Column("percent", "完成率", Shown.FIGURE, asked_only=True),
    Column("done", "完成", asked_only=True),
    Column("count", "分子", Shown.FIGURE, asked_only=True),
    Column("of", "分母", Shown.FIGURE, asked_only=True),
    Column("note", "进展情况", asked_only=True, wraps_at=24),
    Column("problems", "存在问题", asked_only=True, wraps_at=24),
    Column("next_steps", "下步措施", asked_only=True, wraps_at=24),
    Column("evidence", "佐证材料", asked_only=True, wraps_at=24),
)
_BEGINNINGS = (SignOffStep.APPLY, SignOffStep.CLOSE_UNMET)


def reports_listing(
    reports: Iterable[Report],
    steps: Iterable[tuple[Step, bool]] = (),
    marks: Iterable[Mark] = (),
    title: str = "填报记录",
    if_empty: str = "还没有填报记录",
    task: int | None = None,
) -> Listing:
    """`fs progress log`: what was reported and done about it, the newest first."""
    rows: list[Record] = []
    for report in reports:
        record = report_record(report)
        words = {"进展": "note", "问题": "problems", "下步": "next_steps", "佐证": "evidence"}
        parts = [f"{word}：{_words(record[key])}" for word, key in words.items() if record[key]]
        taken_back = "（已撤销）" if report.undone else ""
        figure = f"{figure_words(report)}{taken_back}"
        rows.append(record | {"figure": figure, "words": "；".join(parts)})
    rows += [*_story(list(steps), task), *mark_rows(marks)]
    rows.sort(key=_when, reverse=True)
    return Listing(title, _REPORT_COLUMNS, rows, if_empty=if_empty)


def _story(steps: Sequence[tuple[Step, bool]], task: int | None) -> Iterator[Record]:
    """Steps as rows; it is said of those that do not count.

    What was decided on something that was taken back, and what was not possible by then.
    """
    standing = {step.id for step, is_undone in steps if not is_undone}
    void = {step.id for step, _ in steps if step.of is not None and step.of not in standing}
    taken = [step for step, is_undone in steps if isinstance(step, SignOff) and not is_undone]
    asked_by = {step.id: step.department for step in taken}
    # who took a part over goes on with what its predecessor had applied for
    one_part = {(s.task, s.department): asked_by[s.of] for s in taken if s.of in asked_by}
    by_part: dict[tuple[int, str], list[SignOff]] = {}
    for step in taken:
        whose = one_part.get((step.task, step.department), step.department)
        by_part.setdefault((step.task, whose), []).append(step)
    for (number, department), own in by_part.items():
        # a part with neither goes on with what another had signed off
        if any(step.step in _BEGINNINGS for step in own):
            void |= {step.id for step in review(number, department, own).void}
    for row in story_rows(steps, task=task):
        is_void = row["id"] in void and not row["undone"]
        yield row | {"figure": f"{row['figure']}（没有计入）"} if is_void else row


def _when(row: Record) -> tuple[Any, ...]:
    return row["date"], row["at"], row["id"]


def problems_listing(problems: Iterable[Problem]) -> Listing:
    """`fs check`: faults with their places."""
    columns = (
        Column("file", "文件"),
        Column("line", "行", Shown.FIGURE),
        Column("column", "列", Shown.FIGURE),
        Column("severity", "程度"),
        Column("code", "代号"),
        Column("message", "问题", wraps_at=24),
        Column("remedy", "办法", wraps_at=24),
    )
    rows = [
        {key: _shown(value) for key, value in problem._asdict().items()} for problem in problems
    ]
    return Listing("", columns, rows, if_empty="没有问题")


def _shown(value: object) -> object:
    """A problem's words without what a terminal would obey: they quote what stands in files."""
    return clean(value) if type(value) is str else value


def _words(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
