"""The text of `fs due --message`: what to paste into a message, a department each."""

import datetime as dt
from collections.abc import Iterable, Sequence

from foodsafety_cli.analysis.letter_words import own_words
from foodsafety_cli.analysis.parts import part
from foodsafety_cli.analysis.reminders import Reason, Reminder
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import (
    completed,
    day_in_words,
    due_words_of,
    task_words,
    without_stop,
)
from foodsafety_cli.model.steps import Letter
from foodsafety_cli.model.text import clean
from foodsafety_cli.render.due_views import how_urgent

_ASKED = {
    Reason.OVERDUE: "已逾期，请尽快完成并说明原因",
    Reason.DUE_SOON: "即将到期，请抓紧完成",
    Reason.UNREPORTED: "还没有填报，请尽快填报",
    Reason.RED: "进度滞后（红灯），请加快推进",
    Reason.NOT_SINCE: "本期还没有填报，请补报",
    Reason.RETURNED: "销号被退回，请改后再报",
    Reason.IN_REVIEW: "销号或延期申请等候审核，请尽快办理",
}


def messages(
    standings: Standings,
    found: Iterable[Reminder],
    wanted: Sequence[Reason],
    unanswered: Sequence[Letter] = (),
) -> str:
    """All messages, a blank line between them; a task asks for what weighs most in it.

    `unanswered`: the letters past their day.
    """
    by_department: dict[str, list[Reminder]] = {}
    for reminder in found:
        by_department.setdefault(reminder.department, []).append(reminder)
    return "\n".join(
        _message(standings, department, own, (wanted, unanswered))
        for department, own in by_department.items()
    )


def _message(
    standings: Standings,
    department: str,
    own: Sequence[Reminder],
    asked_for: tuple[Sequence[Reason], Sequence[Letter]],
) -> str:
    wanted, unanswered = asked_for
    plan, day = standings.plan, standings.as_of
    contact = next((one.contact for one in plan.departments if one.name == department), None)
    lines = [f"{department}{f'（{contact}）' if contact else ''}："]
    lines.append(
        f"《{plan.title}》中由你单位承担的任务，截至{day_in_words(day)}有{len(own)}项需要跟进："
    )
    for n, reminder in enumerate(sorted(own, key=how_urgent), 1):
        standing = reminder.standing
        due = due_words_of(standing, department)
        lacks_sign_off = part(standings, standing, department).is_met
        asked = "；".join(
            _asked(reminder, r, (day, unanswered), lacks_sign_off=bool(lacks_sign_off))
            for r in reminder.reasons
            if r in wanted
        )
        done = _done(standings, standing, department)
        title = task_words(standing.task)
        lines.append(f"{n}. {title}（时限{due}{done}）：{asked}。")
    return "".join(f"{clean(line)}\n" for line in lines)


def _done(standings: Standings, standing: TaskStanding, department: str) -> str:
    """What has been done, by the department itself where it is one of several."""
    own = without_stop(own_words(standings, standing, department))
    if own:
        return f"，{own}"
    return f"，完成率{completed(standing)}" if standing.reports else ""


def _asked(
    reminder: Reminder,
    reason: Reason,
    known: tuple[dt.date, Sequence[Letter]],
    *,
    lacks_sign_off: bool,
) -> str:
    """What a reason asks for; of what was sent back, why, and until when it may be mended.

    `known`: the day, and the letters that wait for an answer.
    """
    day, unanswered = known
    if reason is Reason.UNANSWERED:
        task = reminder.standing.task.id
        late = [x for x in unanswered if x.department == reminder.department and task in x.tasks]
        named = "、".join(map(_letter_in_words, late))
        return f"{named or '函件'}已过期限，请尽快反馈"
    returned = (r for r in reminder.standing.returned if r.department == reminder.department)
    decision = next((review.decision for review in returned), None)
    if reason in (Reason.OVERDUE, Reason.DUE_SOON, Reason.RED) and lacks_sign_off:
        return "数已达标，请尽快申请销号"
    if reason is not Reason.RETURNED or decision is None:
        return _ASKED[reason]
    is_over = decision.redo_by is not None and day > decision.redo_by
    until = f"，请于{day_in_words(decision.redo_by)}前补齐" if decision.redo_by else ""
    if is_over and decision.redo_by:
        until = f"，应于{day_in_words(decision.redo_by)}前补齐，已过期"
    return f"销号被退回（{without_stop(decision.reason)}{until}），请改后再报"


def _letter_in_words(letter: Letter) -> str:
    until = f"（应于{day_in_words(letter.reply_by)}前反馈）" if letter.reply_by else ""
    return f"{letter.letter.heading} {letter.number}{until}"
