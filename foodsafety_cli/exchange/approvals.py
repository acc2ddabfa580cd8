"""Sign-offs and extensions on paper: 销号审核表, 延期申请表, 审批意见书."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from foodsafety_cli.analysis.extensions import ExtensionState, Request
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.own import OwnFigure, OwnStanding, own_standing
from foodsafety_cli.analysis.parts import CHANGED, Part, applied_late, part
from foodsafety_cli.analysis.signoff import Review, State
from foodsafety_cli.analysis.standing import Due, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import (
    completed,
    day_in_words,
    digits,
    percent,
    task_words,
    value_words,
    with_unit,
    without_stop,
)
from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import BODY, LINE, SIZES, TITLE
from foodsafety_cli.exchange.onepage import PageContent, fitted, shortened
from foodsafety_cli.exchange.slips import Box, Slip
from foodsafety_cli.model.events import NOT_CONCERNED
from foodsafety_cli.model.plan import Indicator, Plan
from foodsafety_cli.model.steps import Extension, SignOffStep

_ROOM = 400  # points of the page that the paragraphs of an answer may take
_SIGNED = "负责人签字：　　　　　　（盖章）　　　　年　　月　　日"
_MOST_LINES, _LINES_OF_EVIDENCE, _LONGEST_ITEM = 6, 4, 40
_DECIDED = {State.ACCEPTED: "同意销号", State.RETURNED: "退回", State.CLOSED: "未完成结案"}


def signoff_slip(
    standings: Standings,
    standing: TaskStanding,
    review: Review,
    most: int,
) -> Slip:
    """销号审核表: what was applied for, what the figures say, and room for the decision.

    `most`: characters of anybody's words.
    """
    plan, name = standings.plan, review.department
    task, application, decision = standing.task, review.application, review.decision
    own = part(standings, standing, name)
    figures = list(_own_figures(standing, own_standing(standings, name, [task])))
    due = standings.dues.of_part(task, name)
    reviewer = reviewer_of(plan)
    ticks = "　　".join(
        f"{'☑' if review.state is state else '□'}{words}" for state, words in _DECIDED.items()
    )
    reason = _reason(review)
    evidence = _numbered(application.evidence if application else (), most)
    applied = day_in_words(application.date) if application else ""
    late = "（逾期申请）" if applied_late(standings, application) else ""
    forced = "（自审）" if decision and decision.forced else ""
    signed = f"审核人：{decision.by if decision else '　　　　　　'}{forced}（盖章）　　"
    signed += day_in_words(decision.date) if decision else "　　年　　月　　日"
    applicant = application.by if application else ""
    rows = (
        (Box("任务", f"{task.id}　{task.title}"), Box("责任单位", review.department)),
        (Box("任务原文", shortened(task.text, most), 3),),
        (Box("时限", _due_in_words(due)), Box("申请日期", f"{applied}{late}")),
        (Box("申请人", applicant), Box("退回次数", _returned(review))),
        (Box("指标", "\n".join((_as_of(standings.as_of), *(figures or [own.words]))), 2),),
        (Box("核对", f"按填报的数：{own.words}{_changed(review, own)}"),),
        (Box("完成情况", shortened(application.note if application else "", most), 4),),
        (Box("佐证材料", evidence or "（未附）", 2),),
        (Box("申请单位\n意见", "", 3, _SIGNED),),
        (Box(f"{reviewer}\n审核意见", f"{ticks}\n{shortened(reason, most)}", 3, signed),),
    )
    above = f"依据：《{plan.title}》（{plan.document_number}）"
    return Slip("销号审核表", rows, above)


def _reason(review: Review) -> str:
    """Why it was decided so, and by when it may be mended."""
    decision = review.decision
    if decision is None:
        return ""
    until = f"请于{day_in_words(decision.redo_by)}前补齐。" if decision.redo_by else ""
    other = f"{decision.step.label}：" if review.state not in _DECIDED else ""
    reason = f"{without_stop(decision.reason)}。" if until and decision.reason else decision.reason
    return f"{other}{reason}{until}"


def _returned(review: Review) -> str:
    """How often it was sent back, and why the last time."""
    reasons = [step.reason for step in review.steps if step.step is SignOffStep.RETURN]
    is_told = reasons and review.state is not State.RETURNED
    return (
        f"{review.returns}（上次：{shortened(reasons[-1], 40)}）"
        if is_told
        else str(review.returns)
    )


def _changed(review: Review, part: Part) -> str:
    if not part.has_changed or review.decision is None:
        return ""
    then = review.decision.completion
    was = f"（销号时完成率{then:f}%）" if then is not None else ""
    return f"。{CHANGED}{was}"


def extension_slip(
    standings: Standings, standing: TaskStanding, request: Request, due: Due, most: int
) -> Slip:
    """延期申请表; `due` as it was when asked for, `most` characters of anybody's words."""
    plan, task, application = standings.plan, standing.task, request.application
    asked = application.to or request.to
    evidence = _numbered(application.evidence, most)
    late = "（逾期申请）" if application.date > due.day else ""
    reached = "\n".join(_reached_so_far(standings, standing, request.department))
    rows = (
        (Box("任务", f"{task.id}　{task.title}"), Box("申请单位", request.department)),
        (Box("任务原文", shortened(task.text, most), 3),),
        (
            Box("原定时限", _due_in_words(due)),
            Box("申请延至", day_in_words(asked)),
        ),
        (
            Box("申请日期", f"{day_in_words(application.date)}{late}"),
            Box("申请人", application.by),
        ),
        (Box("指标", application.indicator or "整项任务"),),
        (Box("目前进展", f"{_as_of(standings.as_of)}\n{reached}", 2),),
        (Box("延期原因", shortened(application.reason, most), 4),),
        (Box("佐证材料", evidence or "（未附）", 2),),
        (Box("申请单位\n意见", "", 3, _SIGNED),),
        (Box("审批意见", _opinion(request, most), 3, _signed(request)),),
    )
    return Slip("延期申请表", rows, f"依据：《{plan.title}》（{plan.document_number}）")


def _as_of(day: dt.date) -> str:
    """Of which day the figures are: a paper that is printed later has later ones."""
    return f"截至{day_in_words(day)}："


def _due_in_words(due: Due) -> str:
    """The first day, and the one in force where there is another."""
    first = day_in_words(due.first)
    if due.day == due.first:
        return first
    times = f"，已延期{due.times}次" if due.times else ""
    return f"{first}（现为{day_in_words(due.day)}{times}）"


def _decided(request: Request) -> Extension | None:
    """The office's decision: taking an application back is none."""
    is_decided = request.state in (ExtensionState.GRANTED, ExtensionState.REFUSED)
    return request.decision if is_decided else None


def _signed(request: Request) -> str:
    decision = _decided(request)
    return (
        f"审批人：{decision.by}（盖章）　　{day_in_words(decision.date)}" if decision else _SIGNED
    )


def opinion_document(
    plan: Plan, standing: TaskStanding, request: Request, due: Due, reviewer: str
) -> bytes:
    """审批意见书: the answer to an application for more time."""
    document = layout.new_document()
    application, decision = request.application, request.decision
    assert decision is not None
    layout.line(document, "延期审批意见书", TITLE, SIZES["title"], place="center", after=LINE)
    layout.line(document, f"{request.department}：", BODY)
    longest = max(len(application.reason), len(decision.reason))
    said = PageContent(partial(_said, plan, standing, request, due), longest)
    paragraphs, size, spacing = fitted(said, _ROOM)
    for words in paragraphs:
        layout.line(document, words, BODY, size, indent=2, spacing=spacing)
    layout.line(document, "", BODY, size, spacing=spacing)
    for words in (f"审批人：{decision.by}", reviewer, day_in_words(decision.date)):
        shape = layout.line(document, words, BODY, size, place="right", spacing=spacing)
        shape.paragraph_format.right_indent = layout.points(64)
    return layout.saved(document)


def _said(plan: Plan, standing: TaskStanding, request: Request, due: Due, most: int) -> list[str]:
    """What the answer says, with so many characters of anybody's reasons."""
    application, decision = request.application, request.decision
    asked = application.to or request.to
    what = f"指标“{application.indicator}”" if application.indicator else "这项任务"
    whose = f"（指标“{application.indicator}”）" if application.indicator else ""
    paragraphs = [
        f"你单位{day_in_words(application.date)}关于《{plan.title}》（{plan.document_number}）"
        f"{task_words(standing.task)}{whose}延期至{day_in_words(asked)}的申请收悉。"
        f"申请的理由是：{without_stop(shortened(application.reason, most))}。"
    ]
    if request.state is ExtensionState.GRANTED:
        paragraphs.append(
            f"经研究，同意延期。{what}原定时限为{day_in_words(due.first)}，"
            f"现延至{day_in_words(request.to)}。请倒排工期，按期完成；逾期未完成的，予以督办。"
        )
    else:
        paragraphs.append(f"经研究，不同意延期，仍请按{day_in_words(due.day)}的时限完成。")
    if decision and decision.reason:
        paragraphs.append(f"审批说明：{without_stop(shortened(decision.reason, most))}。")
    return paragraphs


def _opinion(request: Request, most: int) -> str:
    ticks = "　　".join(
        f"{'☑' if request.state is state else '□'}{words}"
        for state, words in (
            (ExtensionState.GRANTED, "同意"),
            (ExtensionState.REFUSED, "不同意"),
        )
    )
    decision = _decided(request)
    reason = decision.reason if decision else ""
    if request.state is ExtensionState.WITHDRAWN and request.decision:
        return f"申请单位已于{day_in_words(request.decision.date)}撤回申请。"
    if request.state is ExtensionState.REPLACED:
        return "申请单位已另行申请。"
    if request.state is ExtensionState.LAPSED:
        return "没有审批，任务已销号或结案。"
    is_other = request.state is ExtensionState.GRANTED and request.to != request.application.to
    until = f"（延至{day_in_words(request.to)}）" if is_other else ""
    return f"{ticks}{until}\n{shortened(reason, most)}"


def _reached_so_far(standings: Standings, standing: TaskStanding, department: str) -> Iterator[str]:
    """Its own figures; where others report, too, or it does not, those of the whole task."""
    own = own_standing(standings, department, [standing.task])
    yield from _own_figures(standing, own)
    if not own.figures or not all(figure.is_alone for figure in own.figures):
        whole = list(_figures(standing)) or [f"完成率{completed(standing)}"]
        yield f"整项任务：{'；'.join(whole)}" if own.figures else "\n".join(whole)


def _figures(standing: TaskStanding) -> Iterator[str]:
    for found in standing.indicators[:_MOST_LINES]:
        if not found.measure.is_figure:
            yield f"{found.indicator.name}：{value_words(found)}"
            continue
        target = with_unit(found.measure.target_words, found.indicator.unit)
        value = value_words(found)
        value = value if found.value is None else with_unit(value, found.indicator.unit)
        yield f"{found.indicator.name}：目标 {target}，完成 {value}"
    if len(standing.indicators) > _MOST_LINES:
        yield f"……共 {len(standing.indicators)} 个指标"


def _own_figures(standing: TaskStanding, own: OwnStanding) -> Iterator[str]:
    """A department's own figures against its own target; of who reports alone, all of them."""
    several = {s.indicator.name for s in standing.indicators if len(s.reporters) > 1}
    for figure in own.figures[:_MOST_LINES]:
        if figure.indicator is not None:
            name = figure.indicator.name
            yield f"{name}：{_reached(figure, figure.indicator, is_shared=name in several)}"
        elif figure.report is not None:
            told = NOT_CONCERNED if figure.value is None else percent(figure.value)
            yield f"完成率：{told}"


def _reached(figure: OwnFigure, indicator: Indicator, *, is_shared: bool) -> str:
    """目标 6 批次/千人，完成 5.2 批次/千人; of one that several report, 自己的目标."""
    report = figure.report
    if not measure_of(indicator).is_figure:
        return "已完成" if report and report.entry.done else "未完成"
    target, value = figure.shown_target, figure.shown_value
    whose = "自己的目标" if is_shared else "目标"
    asked = f"{whose} {with_unit(digits(target), indicator.unit)}，" if target is not None else ""
    if report and report.entry.is_not_concerned:
        return f"{asked}完成 {NOT_CONCERNED}"
    return f"{asked}完成 {'未报' if value is None else with_unit(digits(value), indicator.unit)}"


def _numbered(evidence: Sequence[str], most: int) -> str:
    """The pieces of evidence, a line each; many of them run on, as far as there is room."""
    items = [f"{n}．{item}" for n, item in enumerate(evidence, 1)]
    if len(items) <= _LINES_OF_EVIDENCE and len("".join(items)) <= most:
        return "\n".join(items)
    short = [shortened(item, _LONGEST_ITEM) for item in items]
    while short and len("；".join(short)) > most:
        short.pop()
    more = f"……共 {len(items)} 份" if len(short) < len(items) else ""
    return "；".join(short) + more
