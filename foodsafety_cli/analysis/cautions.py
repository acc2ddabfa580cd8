"""What looks like a slip in a report that may well be recorded: told, never refused."""

from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.admission import ReportDraft, count_instead, held_against
from foodsafety_cli.analysis.contradictions import apart, whole_before
from foodsafety_cli.analysis.figure_reading import BEYOND, FAR
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reminders import still_asked
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.splitting import base_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import Computed, digits, figure_words, in_brackets
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.message import Caution, MessageCode
from foodsafety_cli.model.plan import Indicator, Plan


def cautions(
    plan: Plan,
    draft: ReportDraft,
    before: Report | None,
    standings: Standings,
    standing: TaskStanding,
) -> Iterator[Caution]:
    """What to say of a report, its series' last figure before it, and the task with it."""
    entry, indicator = draft.entry, draft.indicator
    if draft.date > max(plan.period.end, standing.due):  # more time may have been given
        late = f"数据日期 {draft.date} 在工作期（到 {plan.period.end}）之后；补报请写明数据日期。"
        yield Caution(MessageCode.AFTER_PERIOD, late)
    yield from _far_off(plan, draft, before)
    known = before.entry.percent if before else None
    if entry.percent is not None and known is not None and entry.percent < known:
        less = f"完成率 {entry.percent:f}% 比此前报的 {known:f}% 低，请核对。"
        yield Caution(MessageCode.COMPLETION_FELL, less)
    if indicator and entry.out_of:
        yield from _other_base(plan, draft, indicator, entry.out_of)
    if entry.department and entry.has_figure:
        reporters = Reporters(plan)
        if not reporters.counts(draft.task, indicator, entry.department):
            named = "、".join(reporters.of(draft.task, indicator))
            yield Caution(
                MessageCode.OWN_STANDING_ONLY,
                f"这项任务的数由{named}报，“{entry.department}”的这个数只作记录，"
                "只算它自己的进展，不算在任务里。",
            )
    if entry.has_figure and (told := apart(standings, standing, indicator)):
        yield Caution(MessageCode.WHOLE_AND_PARTS, told)
    if entry.has_figure and standings.handovers.versions(draft.task):
        yield from _fallen(draft, before, standings, standing)
    if entry.department and entry.has_figure:
        yield from _taken_out(draft, before, standings, standing)
    if entry.department and entry.has_figure and not measure_of(indicator).is_sum:
        for asked in still_asked(standings, standing):
            waiting = f"接手的单位都报了，才换成它们的数。{asked}"
            yield Caution(MessageCode.STILL_AWAITED, waiting)


def _fallen(
    draft: ReportDraft, before: Report | None, standings: Standings, standing: TaskStanding
) -> Iterator[Caution]:
    """A total that fell because a department that took over alone told less than all had done."""
    measure = measure_of(draft.indicator)
    told = _less_by(draft, before, standings, standing)
    if not told or len(standings.reporters.of(standing.task, draft.indicator)) != 1:
        return
    if measure.is_sum:
        why = f"{told}一个单位接手的，报的是全部，请连同以前做的一起报。"
    else:
        why = f"{told}接手的单位报了，以前各单位报的就不再算，请核对。"
    yield Caution(MessageCode.TOTAL_FELL, why)


def _taken_out(
    draft: ReportDraft, before: Report | None, standings: Standings, standing: TaskStanding
) -> Iterator[Caution]:
    """A total that fell because a department that the whole spoke for told less by itself."""
    whole = whole_before(draft, standing)
    if whole is None or (before is not None and before.order >= whole.order):
        return  # it has counted by its own figure since
    if told := _less_by(draft, before, standings, standing):
        yield Caution(
            MessageCode.TOTAL_FELL,
            f"{told}“{draft.entry.department}”原来按 {whole.submission.date} 为整个任务报的"
            f"{figure_words(whole)}算，现在按它自己报的算，请核对。",
        )


def _less_by(
    draft: ReportDraft, before: Report | None, standings: Standings, standing: TaskStanding
) -> str:
    """From what to what a total has fallen by one report; empty where it has not.

    `before`: what the report has taken the place of, which does not stand any more.
    """
    task, indicator = standing.task, draft.indicator
    measure = measure_of(indicator)
    if not measure.is_figure or measure.is_at_most:
        return ""
    rest = [r for r in standing.reports if r.entry is not draft.entry and r.entry != draft.entry]
    rest += [standings.reporters.named(before)] if before else []
    rest.sort(key=lambda report: report.order)
    was = standings.together(task, indicator, rest).value
    now = standings.together(task, indicator, standing.reports).value
    if was is None or now is None or now >= was:
        return ""
    return f"“{measure.name}”从 {Computed(was).shown():f} 变成了 {Computed(now).shown():f}："


def _other_base(
    plan: Plan, draft: ReportDraft, indicator: Indicator, out_of: Decimal
) -> Iterator[Caution]:
    """What was counted of is not what the plan has: a slip in the unit."""
    base = plan.base(indicator.per)
    if base is None:
        return
    department = draft.entry.department
    of_all = base_of(base, Reporters(plan).of(draft.task, indicator))
    known = base.values.get(department) if department else of_all
    if known and abs(out_of - known) * 100 > known:
        whose = department or "各报数单位合计"
        words = f"分母 {out_of:f} 和计划里{whose}的基数 {known:f}（{indicator.per}）不一样"
        yield Caution(MessageCode.OTHER_BASE, f"{words}，请核对单位。")


def _far_off(plan: Plan, draft: ReportDraft, before: Report | None) -> Iterator[Caution]:
    measure, value = measure_of(draft.indicator), draft.entry.value
    held = held_against(plan, draft)
    known = before.entry.value if before else None
    if value is None or held is None:
        return
    whose, target = held
    times = [(f"{whose} {digits(target)}", value // target)]
    times += [(f"此前报的 {known:f}", value // known)] if known else []
    if any(of >= FAR for _, of in times):
        told = "、".join(f"{what} 的 {of:f} 倍" for what, of in times if of > 1)
        instead = count_instead(plan, draft).rstrip("；")
        yield Caution(
            MessageCode.FAR_OFF,
            f"{value:f} 是{told}，请核对数和单位{in_brackets(measure.unit)}"
            f"{f'；{instead}' if instead else ''}。",
        )


def doubtful(indicator: Indicator, report: Report) -> str:
    """What a recorded figure is that nobody can have meant: a hundred times its target or more."""
    value, target = report.entry.value, indicator.target
    if value is None or not target or value < target * BEYOND:
        return ""
    whose = f"（{report.entry.department}）" if report.entry.department else ""
    return f"{whose} {value:f} 是目标 {target:f} 的 {value // target:f} 倍"
