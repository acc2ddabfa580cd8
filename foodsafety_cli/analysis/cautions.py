"""What looks like a slip in a report that may well be recorded: told, never refused."""

from collections.abc import Iterator

from foodsafety_cli.analysis.admission import Draft
from foodsafety_cli.analysis.standing import TaskStanding, latest
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Plan

_FAR_ABOVE = 10  # times the target: more likely the wrong unit than a good year


def cautions(
    plan: Plan, draft: Draft, before: Report | None, standing: TaskStanding
) -> Iterator[str]:
    """Sentences about a report, its series' last figure before it, and the task with it."""
    entry, indicator = draft.entry, draft.indicator
    if draft.date > plan.period.end:
        yield f"数据日期 {draft.date} 在工作期（到 {plan.period.end}）之后；补报请写明数据日期。"
    target = indicator.target if indicator else None
    if entry.value is not None and target and entry.value > target * _FAR_ABOVE:
        times, unit = entry.value // target, indicator.unit if indicator else ""
        yield f"{entry.value:f} 是目标 {target:f} 的 {times:f} 倍，请核对数和单位（{unit}）。"
    known = before.entry.percent if before else None
    if entry.percent is not None and known is not None and entry.percent < known:
        yield f"完成率 {entry.percent:f}% 比此前报的 {known:f}% 低，请核对。"
    whole, _ = latest(standing.reports, entry.indicator)
    if entry.department and entry.has_figure and whole:
        yield (
            f"{whole.submission.date} 已有为整个任务报的数，计算以它为准，"
            f"“{entry.department}”的这个数只作记录。"
        )
