"""What a letter says: the task's own words, its figures, why it is behind, what is asked."""

import datetime as dt
from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.explaining import behind_in_words, changes, pulling_in_brief
from foodsafety_cli.analysis.own import own_standing
from foodsafety_cli.analysis.parts import part, without_own_report
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import (
    against_target,
    completed,
    day_in_words,
    due_words_of,
    percent,
    task_words,
    without_stop,
)
from foodsafety_cli.model.events import Status
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.steps import LetterKind

_ASKED = {
    LetterKind.REMIND: "请你单位对照时限抓紧推进，于{day}前填报进展。",
    LetterKind.URGE: "请你单位查明原因、倒排工期、加快推进，于{day}前将办理情况报我办。",
    LetterKind.SUPERVISE: (
        "请你单位立即研究，落实责任，采取有力措施整改，于{day}前将办理情况、存在问题和下步措施"
        "书面报我办。逾期不报或整改不力的，将予以通报。"
    ),
    LetterKind.SUMMON: (
        "请你单位分管负责同志于{day}前到我办当面说明情况（具体时间、地点另行联系），"
        "并带书面材料：办理情况、存在问题和下步措施。"
    ),
}


def asked(kind: LetterKind, reply_by: dt.date) -> str:
    """What the department is asked to do, and by when."""
    return _ASKED[kind].format(day=day_in_words(reply_by))


def basis(plan: Plan, standing: TaskStanding, words: str, department: str) -> str:
    """The notice's own words, and what they are."""
    return (
        f"《{plan.title}》（{plan.document_number}）任务{standing.task.id}要求：{words.rstrip('。')}。"
        f"时限{due_words_of(standing, department)}。"
    )


def situation(standings: Standings, standing: TaskStanding, department: str) -> str:
    """How far it is, by its figures and by what the department itself has reported."""
    parts = [f"{against_target(one)}；" for one in standing.indicators]
    own = own_words(standings, standing, department)
    is_others = standing.status is Status.OVERDUE and standing.days_left_of(department) >= 0
    is_others = is_others or standing.keeps_its_time(department)
    why = "" if is_others else behind_in_words(standing)
    sent_back = "".join(_sent_back(standings, standing, department))
    later = "".join(changes(standings.printed, standing.task, standings.as_of))
    return (
        f"截至{day_in_words(standings.as_of)}，{''.join(parts)}"
        f"任务完成率{completed(standing)}，应完成{percent(standing.expected_of(department))}。{sent_back}{own}{why}{later}"
    )


def _sent_back(standings: Standings, standing: TaskStanding, department: str) -> Iterator[str]:
    """Why its application for a sign-off was returned, and by when it was to be mended."""
    for review in standing.returned:
        decision = review.decision
        if review.department == department and decision:
            until = f"，应于{day_in_words(decision.redo_by)}前补齐" if decision.redo_by else ""
            late = decision.redo_by is not None and standings.as_of > decision.redo_by
            yield (
                f"你单位的销号申请{day_in_words(decision.date)}已退回：{without_stop(decision.reason)}"
                f"{until}{'，已过期' if late else ''}。"
            )


def in_short(standings: Standings, standing: TaskStanding, department: str) -> str:
    """A task in one line, with the department's own figures, for a letter about several."""
    late = "，已逾期" if standing.days_left_of(department) < 0 else ""
    own = own_words(standings, standing, department)
    if not own:
        own = f"完成率{completed(standing)}。" if standing.reports else "未报。"
    due = due_words_of(standing, department)
    is_behind = standing.behind > 0 and not standing.keeps_its_time(department)
    expected = f"，应完成{percent(standing.expected_of(department))}" if is_behind else ""
    pulling = pulling_in_brief(standing, department) if is_behind else ""
    lacks = f"。{without_stop(words)}" if (words := _lacks(standings, standing, department)) else ""
    told = f"{without_stop(own)}{expected}{pulling}{lacks}"
    return f"{task_words(standing.task)}：时限{due}{late}，{told}。"


def _lacks(standings: Standings, standing: TaskStanding, department: str) -> str:
    """What is not a matter of figures: its application was sent back, or is still to be made."""
    if sent_back := "".join(_sent_back(standings, standing, department)):
        return sent_back
    is_asked = standings.closing.required and department not in standing.settled
    is_met = is_asked and part(standings, standing, department).is_met
    return "你单位的数已达标，还没有申请销号" if is_met else ""


def messages(
    standings: Standings,
    kind: LetterKind,
    found: Sequence[tuple[str, TaskStanding]],
    reply_by: dt.date,
) -> Iterator[str]:
    """A text to paste into a chat, a department each."""
    contacts = {d.name: d.contact for d in standings.plan.departments}
    by_department: dict[str, list[TaskStanding]] = {}
    for department, standing in found:
        by_department.setdefault(department, []).append(standing)
    for department, tasks in by_department.items():
        contact = f"（联系人：{contacts[department]}）" if contacts.get(department) else ""
        lines = [
            f"【{kind}】{department}{contact}",
            f"截至{day_in_words(standings.as_of)}，你单位需要抓紧的任务 {len(tasks)} 项：",
        ]
        lines += [
            f"{n}. {in_short(standings, task, department)}" for n, task in enumerate(tasks, 1)
        ]
        yield "\n".join([*lines, asked(kind, reply_by)])


def own_words(standings: Standings, standing: TaskStanding, department: str) -> str:
    """What the department has reported itself, where it is one of several; else empty."""
    if standings.reviews.signers(standing.task) == (department,):
        return ""
    own = own_standing(standings, department, [standing.task])
    if not own.figures:
        return ""
    if own.reported == 0:
        return f"你单位{without_own_report(standings, standing, department)}。"
    return f"你单位自报完成率{percent(own.completion)}。" if own.completion is not None else ""
