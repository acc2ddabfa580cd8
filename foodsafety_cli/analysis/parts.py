"""A department's part in a task: what its figures make of it, and what a reviewer reads of that."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.measures import HUNDRED, ZERO, is_full, mean, measure_of
from foodsafety_cli.analysis.own import OwnFigure, own_standing
from foodsafety_cli.analysis.signoff import Review, State
from foodsafety_cli.analysis.standing import Due, IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import (
    completed,
    digits,
    due_words,
    later_dues,
    percent,
    rounded_to,
    value_words,
    without_stop,
)
from foodsafety_cli.model.events import NOT_CONCERNED
from foodsafety_cli.model.plan import Section
from foodsafety_cli.model.steps import Extension, SignOff
from foodsafety_cli.model.valuetype import ValueType

MET = "✓"
UNREPORTED = "未报"
CHANGED = "销号后数字有变，请复核"


class Part(ValueType):
    """What figures make of a part; `completion` and `is_met` are None where they cannot tell."""

    completion: Decimal | None
    is_met: bool | None
    words: str  # ✓, or what is missing: 数据 118/120，未达目标
    has_changed: bool = False  # signed off, and figures that came after it are below the target
    is_silent: bool = False  # nothing was reported by the department itself


def part(standings: Standings, standing: TaskStanding, department: str) -> Part:
    """The part of one of a task's signers: all of it, where it is the only one."""
    found = _as_it_stands(standings, standing, department)
    accepted = (
        r for r in standing.reviews if r.department == department and r.state is State.ACCEPTED
    )
    decision = next((review.decision for review in accepted), None)
    if decision is None:
        return found
    is_below = found.is_met is False and decision.completion != found.completion
    # who took a signed-off part over changes nothing by having told nothing
    is_own = (standings.reporters.name_of(decision.department) or "") == department
    is_silent = not is_own and found.is_silent and standing.is_met
    is_below = is_below and not is_silent
    return found._replace(
        has_changed=is_below or _has_fallen(standings, standing, department, decision.at)
    )


def _has_fallen(
    standings: Standings, standing: TaskStanding, department: str, since: dt.datetime
) -> bool:
    """Whether a figure that counts for a department, its own or the whole's, fell short since."""
    task = standing.task
    for indicator in task.figures:
        reporters = standings.reporters.of(task, indicator)
        last = standings.known(task, indicator, standing.reports).of(department)
        is_new = department in reporters and last is not None and last.submission.at > since
        if not is_new or last is None or last.entry.is_not_concerned:
            continue
        measure = measure_of(indicator)
        own = measure.own_target(department, standings.bases_of(indicator))
        target = measure.target if len(reporters) == 1 else own
        if target is None and measure.is_figure:  # of a count that is not shared out, the sum
            same = (s for s in standing.indicators if s.indicator == indicator)
            if any(not one.met and not one.silent for one in same):
                return True
        elif not measure.is_met(measure.figure_of(last.entry), target):
            return True
    return False


def _as_it_stands(standings: Standings, standing: TaskStanding, department: str) -> Part:
    if standing.is_not_concerned:
        return Part(None, None, NOT_CONCERNED)
    if standings.reviews.signers(standing.task) == (department,):
        return Part(_rounded(standing.completion), standing.is_met, _of_all(standing))
    own = own_standing(standings, department, [standing.task])
    unreported = without_own_report(standings, standing, department)
    judged = [figure for figure in own.figures if figure.is_judged]
    if not judged:
        said = [words for figure in own.figures if (words := _own_words(figure))]
        words = f"数据 {'，'.join(said)}" if said else unreported
        return Part(None, None, words, is_silent=not said)
    completion = mean([min(figure.attainment or ZERO, HUNDRED) for figure in judged])
    is_met = is_full(completion)
    short = [_own_words(f) or UNREPORTED for f in judged if not is_full(f.attainment)]
    is_silent = all(figure.report is None for figure in judged)
    words = MET if is_met else unreported if is_silent else f"数据 {'，'.join(short)}，未达目标"
    return Part(_rounded(completion), is_met, words, is_silent=is_silent)


def without_own_report(standings: Standings, standing: TaskStanding, department: str) -> str:
    """What is said of one that has told nothing itself: somebody may have, for the whole task."""
    task, reports = standing.task, standing.reports
    known = (standings.known(task, figure, reports).of(department) for figure in task.figures)
    return f"没有单独报，任务完成率{completed(standing)}" if any(known) else UNREPORTED


def to_look_at_again(standings: Standings, standing: TaskStanding) -> Iterator[Review]:
    """The parts of a task whose figures have changed since they were signed off."""
    for review in standing.reviews:
        if part(standings, standing, review.department).has_changed:
            yield review


def where_signed_off(standings: Standings, standing: TaskStanding) -> Iterator[str]:
    """Where the sign-off of a task's parts stands, in sentences; the reason of a return is told."""
    several = len(standing.reviews) > 1
    for review in standing.reviews:
        whose = f"（{review.department}）" if several else ""
        application, decision = review.application, review.decision
        if review.state is State.PENDING and application:
            late = "（逾期申请）" if applied_late(standings, application) else ""
            yield f"待审核{whose}：{application.date} 申请销号{late}。"
        elif review.state is State.RETURNED and decision:
            until = f"，请于 {decision.redo_by} 前重新申请" if decision.redo_by else ""
            is_over = decision.redo_by is not None and standings.as_of > decision.redo_by
            until += "（已过期）" if is_over else ""
            yield f"已退回{whose}：{decision.date} {without_stop(decision.reason)}{until}。"
        elif review.state is State.ACCEPTED and decision:
            is_late = applied_late(standings, application)
            late = f"，{application.date} 申请（逾期申请）" if application and is_late else ""
            yield f"已销号{whose}：{decision.date}，审核 {decision.by}{late}。"
        elif review.state is State.REOPENED and decision:
            yield f"重新打开{whose}：{decision.date} {without_stop(decision.reason)}。"
        elif review.state is State.CLOSED and decision:
            yield f"未完成结案{whose}：{decision.date} {without_stop(decision.reason)}。"
    yield from _extended(standing)
    for review in to_look_at_again(standings, standing):
        yield f"{CHANGED}（{review.department}）。"


def _extended(standing: TaskStanding) -> Iterator[str]:
    """Which indicators and departments have more time than the task; each once."""
    told: dict[str, set[str]] = {}
    for one in standing.indicators:
        if one.extensions and one.due != standing.due:
            words = due_words(one.due, one.due_first, one.extensions)
            told.setdefault(words, set()).update(one.reporters)
            yield f"延期（指标“{one.indicator.name}”）：时限 {words}。"
    for words, departments in later_dues(standing).items():
        if not told.get(words, set()).issuperset(departments):
            yield f"延期（{'、'.join(departments)}）：时限 {words}。"


def due_asked_about(
    standings: Standings, standing: TaskStanding, department: str, name: str
) -> Due:
    """When what more time is asked for is due: a department's part, or its indicator's figure."""
    indicator = standing.task.indicator(name)
    if indicator is not None:
        return standings.dues.for_department(standing.task, indicator, department)
    if standings.reporters.answers_alone(standing.task) != department:
        return standing.due_of(department)
    # who answers for all of it asks for all of it, whoever reports the figures
    waiting = [one.indicator for one in standing.indicators if not one.met]
    figures = waiting or standing.task.figures
    dues = (standings.dues.for_department(standing.task, one, department) for one in figures)
    return min(dues, key=lambda due: due.day)


def applied_late(standings: Standings, application: SignOff | None) -> bool:
    """Whether a sign-off was applied for when its day had gone, as that stood then (逾期申请)."""
    if application is None:
        return False
    then = standings.before(application)
    task = next((t for _, t in then.plan.tasks() if t.id == application.task), None)
    department = then.reporters.name_of(application.department) or application.department
    return task is not None and application.date > then.dues.of_part(task, department).day


def is_late(standings: Standings, section: Section, asked: Extension) -> bool:
    """Whether more time was asked for when what there was had run out (逾期申请)."""
    return asked.date > due_when_asked(standings, section, asked).day


def due_when_asked(standings: Standings, section: Section, asked: Extension) -> Due:
    """When what an application is about was due, as papers and grants stood on its day."""
    then = standings.before(asked)
    task = next((t for _, t in then.plan.tasks() if t.id == asked.task), None)
    if task is None:  # it came later than the application
        then = standings
        task = next(t for _, t in then.plan.tasks() if t.id == asked.task)
    department = then.reporters.name_of(asked.department) or asked.department
    return due_asked_about(then, then.of(section, task), department, asked.indicator)


def _rounded(value: Decimal) -> Decimal:
    return rounded_to(value, Decimal("0.01")).normalize() + 0


def _of_all(standing: TaskStanding) -> str:
    if standing.is_met:
        return MET
    if not any(report.entry.has_figure for report in standing.reports):
        return UNREPORTED
    short = [_of_indicator(s) for s in standing.indicators if not s.met]
    told = "，".join(short) or f"完成率 {completed(standing)}"
    return f"数据 {told}，未达目标"


def _of_indicator(standing: IndicatorStanding) -> str:
    indicator = standing.indicator
    if not standing.measure.is_figure or standing.date is None:
        return f"{indicator.name}{value_words(standing)}"
    return _against(value_words(standing), indicator.target, indicator.unit)


def _own_words(figure: OwnFigure) -> str:
    if figure.report is None or figure.value is None:
        return ""
    if not measure_of(figure.indicator).is_figure:
        return "未完成" if figure.value < HUNDRED else "已完成"
    if figure.indicator is None:
        return f"完成率 {percent(figure.value)}"
    value = figure.shown_value
    said = "" if value is None else digits(value)
    return _against(said, figure.shown_target, figure.indicator.unit)


def _against(value: str, target: Decimal | None, unit: str) -> str:
    sign = "%" if unit == "%" else ""
    return f"{value}{sign}/{digits(target)}{sign}" if target is not None else f"{value}{sign}"
