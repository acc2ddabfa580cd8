"""What looks like a slip in a report that may well be recorded: told, never refused."""

from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.admission import BEYOND, FAR, Draft, count_instead, held_against
from foodsafety_cli.analysis.figures import together
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reminders import still_asked
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.splitting import base_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import Computed, digits
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Plan

_NEAR = 31  # days


def cautions(
    plan: Plan,
    draft: Draft,
    before: Report | None,
    standings: Standings,
    standing: TaskStanding,
) -> Iterator[str]:
    """Sentences about a report, its series' last figure before it, and the task with it."""
    entry, indicator = draft.entry, draft.indicator
    if draft.date > max(plan.period.end, standing.due):  # more time may have been given
        yield f"数据日期 {draft.date} 在工作期（到 {plan.period.end}）之后；补报请写明数据日期。"
    yield from _far_off(plan, draft, before)
    known = before.entry.percent if before else None
    if entry.percent is not None and known is not None and entry.percent < known:
        yield f"完成率 {entry.percent:f}% 比此前报的 {known:f}% 低，请核对。"
    if indicator and entry.out_of:
        yield from _other_base(plan, draft, indicator, entry.out_of)
    if entry.department and entry.has_figure:
        reporters = Reporters(plan)
        if not reporters.counts(draft.task, indicator, entry.department):
            named = "、".join(reporters.of(draft.task, indicator))
            yield (
                f"这项任务的数由{named}报，“{entry.department}”的这个数只作记录，"
                "只算它自己的进展，不算在任务里。"
            )
    if entry.has_figure and (told := apart(standings, standing, indicator)):
        yield told
    if entry.has_figure and standings.handovers.versions(draft.task):
        yield from _fallen(draft, standings, standing)
    if entry.department and entry.has_figure and not measure_of(indicator).is_sum:
        waiting = still_asked(standings, standing)
        yield from (f"接手的单位都报了，才换成它们的数。{words}" for words in waiting)


def _fallen(draft: Draft, standings: Standings, standing: TaskStanding) -> Iterator[str]:
    """A total that fell because a department that took over alone told less than all had done."""
    task, indicator = standing.task, draft.indicator
    measure = measure_of(indicator)
    if not measure.is_figure or len(standings.reporters.of(task, indicator)) != 1:
        return
    rest = [r for r in standing.reports if r.entry is not draft.entry and r.entry != draft.entry]
    was = standings.together(task, indicator, rest).value
    now = standings.together(task, indicator, standing.reports).value
    if was is None or now is None or now >= was or measure.is_at_most:
        return
    told = f"“{measure.name}”从 {Computed(was).shown():f} 变成了 {Computed(now).shown():f}："
    if measure.is_sum:
        yield f"{told}一个单位接手的，报的是全部，请连同以前做的一起报。"
    else:
        yield f"{told}接手的单位报了，以前各单位报的就不再算，请核对。"


def _other_base(plan: Plan, draft: Draft, indicator: Indicator, out_of: Decimal) -> Iterator[str]:
    """What was counted of is not what the plan has: a slip in the unit."""
    base = plan.base(indicator.per)
    if base is None:
        return
    body = draft.entry.department
    of_all = base_of(base, Reporters(plan).of(draft.task, indicator))
    known = base.values.get(body) if body else of_all
    if known and abs(out_of - known) * 100 > known:
        whose = body or "各报数单位合计"
        words = f"分母 {out_of:f} 和计划里{whose}的基数 {known:f}（{indicator.per}）不一样"
        yield f"{words}，请核对单位。"


def _far_off(plan: Plan, draft: Draft, before: Report | None) -> Iterator[str]:
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
        yield (
            f"{value:f} 是{told}，请核对数和单位（{measure.unit}）"
            f"{f'；{instead}' if instead else ''}。"
        )


def doubtful(indicator: Indicator, report: Report) -> str:
    """What a recorded figure is that nobody can have meant: a hundred times its target or more."""
    value, target = report.entry.value, indicator.target
    if value is None or not target or value < target * BEYOND:
        return ""
    whose = f"（{report.entry.department}）" if report.entry.department else ""
    return f"{whose} {value:f} 是目标 {target:f} 的 {value // target:f} 倍"


def apart(standings: Standings, standing: TaskStanding, indicator: Indicator | None) -> str:
    """How the figure for the whole and those of the parts contradict each other, if they do.

    Counts add up, within 1 %, once all have reported, and are never less than the whole before
    that, nor less than what all of them have told last; of what grows, the whole is not less than
    the parts, once all have reported, nor a later part less than the whole.
    """
    measure = measure_of(indicator)
    known = standings.known(standing.task, indicator, standing.reports)
    whole = known.whole
    spoken_for = [body for body in known.reporters if body in known.covered]
    if whole is None or not measure.is_figure or len(spoken_for) < 2:
        return ""
    own = {body: known.own[body] for body in spoken_for if body in known.own}
    older = {body: report for body, report in own.items() if report.order < whole.order}
    figure = measure.figure_of(whole.entry)
    given = figure if whole.entry.counted is None else Computed(figure).shown()
    said = f"“{measure.name}”{whole.submission.date} 为整个任务报的 {given:f}"
    if older:
        parts = together(
            measure,
            known._replace(reporters=(*spoken_for,), whole=None, own=older),
            standings.bases_of(indicator),
        )
        value = parts.value or Decimal(0)
        is_all = len(older) == len(spoken_for)
        # a mean of some may well be more than that of all
        is_less = (value - figure) * 100 > value
        newest = max(report.submission.date for report in older.values())
        days = (whole.submission.date - newest).days  # in which it may well have grown
        is_near = days <= (0 if measure.grows else _NEAR)
        is_same_day = days <= 0 or (not measure.is_indicator and is_near)
        is_more = is_all and (measure.is_sum or is_near) and (figure - value) * 100 > figure
        is_slip = measure.is_sum or (is_all and (measure.grows or is_same_day))
        if (is_less and is_slip) or is_more:
            of_all = "各单位之和" if measure.is_sum else "各单位已报的，合在一起是"
            return f"{said} 与{of_all} {Computed(value).shown():f} 不一致，请核对。"
    if measure.is_sum and measure.grows and not older and len(own) == len(spoken_for):
        value = sum((measure.figure_of(report.entry) for report in own.values()), Decimal(0))
        if (figure - value) * 100 > figure:
            return f"{said} 与后来各单位报的之和 {Computed(value).shown():f} 不一致，请核对。"
    if measure.is_sum and measure.grows and older:
        value = sum((measure.figure_of(report.entry) for report in own.values()), Decimal(0))
        newer = sum(measure.figure_of(r.entry) for body, r in own.items() if body not in older)
        if newer <= figure and (value - figure) * 100 > figure:
            total = f"{Computed(value).shown():f}"
            return f"{said}，比各单位最近报的之和 {total} 少，合计仍按前一个算，请核对。"
    for body, report in own.items():
        if report.entry.is_not_concerned:
            continue
        less = measure.figure_of(report.entry)
        is_later = report.submission.date > whole.submission.date
        is_mean = measure.is_ratio and not measure.is_share  # below it many may well be
        if measure.grows and not measure.is_sum and not is_mean and is_later and less < figure:
            return f"{said}，{body}后来报的只有 {Computed(less).shown():f}，请核对。"
    return ""
