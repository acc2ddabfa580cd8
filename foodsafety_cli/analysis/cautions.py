"""What looks like a slip in a report that may well be recorded: told, never refused."""

from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.admission import FAR, Draft
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.standing import TaskStanding, latest
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Plan


def cautions(
    plan: Plan, draft: Draft, before: Report | None, standing: TaskStanding
) -> Iterator[str]:
    """Sentences about a report, its series' last figure before it, and the task with it."""
    entry, indicator = draft.entry, draft.indicator
    if draft.date > plan.period.end:
        yield f"数据日期 {draft.date} 在工作期（到 {plan.period.end}）之后；补报请写明数据日期。"
    yield from _far_off(draft, before)
    known = before.entry.percent if before else None
    if entry.percent is not None and known is not None and entry.percent < known:
        yield f"完成率 {entry.percent:f}% 比此前报的 {known:f}% 低，请核对。"
    if entry.department and entry.has_figure:
        reporters = Reporters(plan)
        if not reporters.counts(draft.task, indicator, entry.department):
            named = "、".join(reporters.of(draft.task, indicator))
            yield (
                f"这项任务的数由{named}报，“{entry.department}”的这个数只作记录，"
                "算它自己的进展，不影响任务怎样算。"
            )
    yield from _apart(draft, standing)


def _far_off(draft: Draft, before: Report | None) -> Iterator[str]:
    measure, value = measure_of(draft.indicator), draft.entry.value
    known = before.entry.value if before else None
    if value is None or not measure.target:
        return
    of_target = value // measure.target
    of_known = value // known if known and value > measure.target else Decimal(0)
    if max(of_target, of_known) >= FAR:
        told = f"{value:f} 是目标 {measure.target:f} 的 {of_target:f} 倍"
        told += f"、此前报的 {known:f} 的 {value // known:f} 倍" if known else ""
        yield f"{told}，请核对数和单位（{measure.unit}）。"


def _apart(draft: Draft, standing: TaskStanding) -> Iterator[str]:
    if draft.entry.has_figure and (told := apart(standing, draft.indicator)):
        yield told


def apart(standing: TaskStanding, indicator: Indicator | None) -> str:
    """How the figure for the whole and the sum of the parts differ, if by more than 1 %."""
    measure = measure_of(indicator)
    whole, own = latest(standing.reports, indicator.name if indicator else None)
    if whole is None or not own or not measure.is_sum:
        return ""
    figure = measure.figure_of(whole.entry)
    parts = sum((measure.figure_of(report.entry) for report in own.values()), Decimal(0))
    if abs(figure - parts) * 100 <= max(figure, parts):
        return ""
    return (
        f"“{measure.name}”{whole.submission.date} 为整个任务报的 {figure:f} "
        f"与各单位之和 {parts:f} 不一致，请核对。"
    )
