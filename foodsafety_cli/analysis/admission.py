"""Whether a report may be recorded: against the plan, the calendar and what was reported."""

import datetime as dt
from decimal import Decimal

from foodsafety_cli.analysis.amending import AmendedPlan, handovers
from foodsafety_cli.analysis.figure_reading import BEYOND
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.splitting import base_of
from foodsafety_cli.analysis.wording import Computed, digits, in_brackets
from foodsafety_cli.model.errors import BadDay, Refused
from foodsafety_cli.model.events import Entry, Report
from foodsafety_cli.model.plan import Indicator, Plan, Task
from foodsafety_cli.model.valuetype import ValueType

_TAKE_BACK = "如果它以前报过，要更正的请撤销那一条（编号见 fs log）。"


class ReportDraft(ValueType):
    """A report as it was asked for; `indicator` is the one meant, if one is meant."""

    task: Task
    entry: Entry
    indicator: Indicator | None
    date: dt.date


class Allowed(ValueType):
    """What is let through that would otherwise be refused as a slip."""

    decrease: bool = False
    far_off: bool = False


EVERYTHING = Allowed(decrease=True, far_off=True)


def same_series(amended: AmendedPlan, draft: ReportDraft) -> tuple[str, ...]:
    """The spellings under which figures of what is drafted stand in the ledger.

    Where one department has taken over from another that reported alone, theirs are one series.
    """
    reporters = Reporters(amended.on(draft.date))
    task, indicator = draft.task, draft.indicator
    names = reporters.one_series(task, indicator, draft.entry.department)
    if "" not in names or len(reporters.of(task, indicator)) > 1:
        return names
    for number, day in handovers(amended.printed, draft.date):
        then = amended.on(day)
        before = next((t for _, t in then.tasks() if t.id == number == task.id), None)
        departments = Reporters(then).of(before, indicator) if before else ()
        if len(departments) == 1:
            known = next(d for d in then.departments if d.name == departments[0])
            names = (*names, known.name, *known.aliases)
    return tuple(dict.fromkeys(names))


def admit(
    plan: Plan,
    draft: ReportDraft,
    before: Report | None,
    after: Report | None,
    today: dt.date,
    allowed: Allowed,
) -> None:
    """Raise `Refused` or `BadValue` if the draft may not be recorded.

    `before` and `after` are the figures of its series that stand on its day, and on the next day
    that has one; a date that has not come yet is a slip, and must not be among them.
    """
    _check_date(plan, draft.date, today)
    _check_department(plan, draft)
    measure_of(draft.indicator).admit(draft.task, draft.entry)
    if not allowed.decrease:
        _check_growth(plan, draft, before, after)
    if not allowed.far_off:
        _check_size(plan, draft, before)
        _check_base(plan, draft)


def _check_date(plan: Plan, date: dt.date, today: dt.date) -> None:
    if date > today:
        raise BadDay("--date", f"{date} 还没有到（今天是 {today}），不能填报将来的进展")
    if date < plan.period.start:
        raise BadDay("--date", f"{date} 早于工作期开始的 {plan.period.start}，请核对年份")


def _check_department(plan: Plan, draft: ReportDraft) -> None:
    name = draft.entry.department
    if name is None:
        return
    reporters = Reporters(plan)
    duties = reporters.duties
    if duties.is_group(name):
        members = "、".join(duties.members(name))
        raise Refused(f"“{name}”是一组单位，请写明是哪一个（{members}）；填报整个任务时不写单位。")
    if not reporters.may_report(draft.task, name):
        named = [duty.department for duty in duties.in_task(draft.task)]
        named += [
            department for one in draft.task.figures for department in reporters.of(draft.task, one)
        ]
        owing = "、".join(
            department for department in dict.fromkeys(named) if not duties.is_group(department)
        )
        raise Refused(
            f"任务 {draft.task.id} 的括号里没有“{name}”。这项任务的单位：{owing}。"
            + (_at_other_times(plan, draft, name) or _TAKE_BACK)
        )


def _at_other_times(plan: Plan, draft: ReportDraft, name: str) -> str:
    """When a department answers for a task, if it does so on other days; else empty."""
    told = ""
    for one in plan.amendments:
        if one.task != draft.task.id or not one.hands_on:
            continue
        since = f"{one.basis} 自 {one.effective} 起"
        if one.effective <= draft.date and _is_printed(plan, draft.task, name):
            told = f"{since}这项任务改了负责的单位；报这一天以前的数请写 --date。"
        roles = (one.lead or (), one.responsible or (), one.support or ())
        if one.effective > draft.date and any(name in departments for departments in roles):
            told = f"{since}才由它承担；报那天以后的数请写 --date。"
    return told


def _is_printed(plan: Plan, task: Task, name: str) -> bool:
    """Whether the printed bracket names a department, itself or its group."""
    groups = [d for d in plan.departments if name in (d.name, *d.members)]
    return any(s in task.responsibility for d in groups for s in (d.name, *d.aliases))


def held_against(plan: Plan, draft: ReportDraft) -> tuple[str, Decimal] | None:
    """What a figure has to reach, and what that is called: the share of its department, if any."""
    measure, indicator = measure_of(draft.indicator), draft.indicator
    department = draft.entry.department
    if indicator and department and department in indicator.split:
        base = plan.base(indicator.per)
        bases = base.values if base else {}
        share = measure.own_target(department, bases)
        if share:
            return "分到的目标", Computed(share) if indicator.per else share
    return ("目标", measure.target) if measure.target else None


def _check_size(plan: Plan, draft: ReportDraft, before: Report | None) -> None:
    """A hundred times too much is a wrong unit or a slip of the hand."""
    value, measure = draft.entry.value, measure_of(draft.indicator)
    known = before.entry.value if before else None
    held = held_against(plan, draft)
    if value is None or held is None or value < held[1]:
        return
    for whose, figure in (held, ("此前报的", known)):
        if figure and value >= figure * BEYOND:
            raise Refused(
                f"{value:f} 是{whose} {digits(figure)} 的 {value // figure:f} 倍，"
                f"请核对数和单位{in_brackets(measure.unit)}；{count_instead(plan, draft)}"
                "确实如此请加 --force。"
            )


def count_instead(plan: Plan, draft: ReportDraft) -> str:
    """How to report a count where the indicator is held per a base of the plan; else empty."""
    of = _base_of(plan, draft) if draft.entry.out_of is None else None
    per = draft.indicator.per if draft.indicator else ""
    return f"报的是件数的，请加 --of {of:f}（{per}；表里填分子、分母两列）；" if of else ""


def _check_base(plan: Plan, draft: ReportDraft) -> None:
    """Where the plan knows a base, 0/0 is no case of nothing to count."""
    indicator, base = draft.indicator, _base_of(plan, draft)
    if base and indicator and draft.entry.is_not_concerned:
        raise Refused(
            f"0/0 是说本期无此事，可是计划里“{indicator.per}”是 {base:f}：一件也没有的请报 "
            f"0/{base:f}。确实如此请加 --force。"
        )


def _base_of(plan: Plan, draft: ReportDraft) -> Decimal | None:
    """What the plan says that a drafted count is to be divided by; None if it says nothing."""
    indicator, department = draft.indicator, draft.entry.department
    if indicator is None or not indicator.per:
        return None
    base = plan.base(indicator.per)
    values = base.values if base else {}
    of = values.get(department or "")
    is_of_all = department is None or department in indicator.split  # a bureau: of them all
    if base and of is None and is_of_all:
        of = base_of(base, Reporters(plan).of(draft.task, indicator))
    return of


def _check_growth(
    plan: Plan, draft: ReportDraft, before: Report | None, after: Report | None
) -> None:
    indicator, measure = draft.indicator, measure_of(draft.indicator)
    if indicator is None or not measure.grows:
        return
    if draft.entry.is_not_concerned and before and before.entry.value:
        raise Refused(
            f"“{indicator.name}”{before.submission.date} 已报 {_as_given(before.entry)}，"
            "累计数不会变成“本期无此事”（0/0）；如果是更正，请加 --allow-decrease。"
        )
    if draft.entry.value is None:
        return
    if after and after.entry.is_not_concerned and draft.entry.value:
        raise Refused(
            f"“{indicator.name}”{after.submission.date} 报的是“本期无此事”（0/0），"
            f"{draft.date} 就数到 {_as_given(draft.entry)}，对不上。请先更正那一次；"
            "确实如此请加 --allow-decrease。"
        )
    value = measure.figure_of(draft.entry)  # of what was counted exactly, not as it is shown
    advice = "累计数只增不减；如果是更正，请加 --allow-decrease。"
    spelt = before.entry.department if before else None
    earlier = spelt and (Reporters(plan).name_of(spelt) or spelt)
    if earlier and draft.entry.department and earlier != draft.entry.department:
        advice = f"接手的单位报的是全部，请连同以前做的一起报。{advice}"
    for report, is_earlier in ((before, True), (after, False)):
        if report is None or report.entry.value is None:
            continue
        known = measure.figure_of(report.entry)
        if (value < known) if is_earlier else (value > known):
            word = "小于" if is_earlier else "大于后来"
            raise Refused(
                f"“{indicator.name}”的累计数 {_as_given(draft.entry)} {word} "
                f"{report.submission.date} 已报的 {_as_given(report.entry)}。{advice}"
            )


def _as_given(entry: Entry) -> str:
    """A figure as it was reported: 5.2, or with what was counted, 49.99（49993/100000）."""
    counted = f"（{entry.counted:f}/{entry.out_of:f}）" if entry.out_of is not None else ""
    return f"{entry.value:f}{counted}"
