"""What is said of handed-in files: what was recorded, what was known, what looks like a slip."""

import datetime as dt
from collections.abc import Sequence

from foodsafety_cli.analysis.amending import ever_in_force
from foodsafety_cli.analysis.cautions import cautions
from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.streams import say, say_caution, tell
from foodsafety_cli.exchange.handing_in import CheckedFile, Taken
from foodsafety_cli.exchange.sheets import HandedIn
from foodsafety_cli.exchange.submissions import LocatedDraft
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.text import first_few, one_line

_FAULTS_SHOWN = 50
_COLUMNS_NAMED = 20


def tell_taken(
    taken: Sequence[Taken],
    checked: Sequence[CheckedFile],
    date: dt.date | None,
    *,
    dry_run: bool,
) -> None:
    """Say what was recorded of each file; `date`: the day given for rows without one."""
    for one in taken:
        _tell(one, dry_run=dry_run)
    _tell_known(taken, checked)
    if date and not any(row.is_undated for file in checked for row in file.drafts):
        say_caution(MessageCode.NOT_USED, "各行都写了日期，--date 没有用上")
    _tell_batch(taken, dry_run=dry_run)


def tell_notes(
    office: Office,
    taken: Sequence[Taken],
    checked: Sequence[CheckedFile],
    handed_in: Sequence[HandedIn],
) -> None:
    """Say what was not used of each file, for which day it counts, and what looks like a slip."""
    by_name = {one.name: one for one in handed_in}
    _tell_once([by_name[one.name] for one in taken])
    for one, file in zip(taken, checked, strict=True):
        handed = by_name[one.name]
        if handed.unread:
            named = first_few(handed.unread, _COLUMNS_NAMED)
            say_caution(MessageCode.NOT_USED, f"{one.name} 里有没用到的列：{named}")
        _tell_days(one, file.drafts, handed)
        _tell_left_out(one)
        _caution(office, one, file.drafts)
    if any(one.left_out for one in taken):
        say("要再记一次，请加 --again")


def _tell_once(files: Sequence[HandedIn]) -> None:
    """Say what must be known of how they were read, and of which, where it is not of all."""
    noted: dict[str, list[str]] = {}
    for file in files:
        for note in file.notes:
            noted.setdefault(note, []).append(one_line(file.name))
    for note, names in noted.items():
        is_of_all = len(names) == len(files) or note.startswith(names[0])
        whose = "" if is_of_all else f"{first_few(names, _COLUMNS_NAMED)}："
        say_caution(MessageCode.HAND_IN_NOTE, whose + note)


def _tell_days(taken: Taken, located: Sequence[LocatedDraft], handed_in: HandedIn) -> None:
    """Say which day rows without one were recorded for, where it is not today."""
    added = {(submission.date, e) for submission in taken.submissions for e in submission.entries}
    undated = [
        one for one in located if one.is_undated and (one.draft.date, one.draft.entry) in added
    ]
    if undated and handed_in.day:
        day, whose = handed_in.day
        name = one_line(taken.name)
        say(f"{name}：没有写日期的 {len(undated)} 条记在{whose}（{day}）")


def _tell_left_out(taken: Taken) -> None:
    """Say what was known already; by row, where it does not stand any more."""
    if taken.known and taken.submissions:
        say(f"{one_line(taken.name)}：另有 {taken.known} 条以前导入过，没有再记")
    for fault in taken.left_out[:_FAULTS_SHOWN]:
        say_caution(MessageCode.KNOWN_ROW, f"{fault}，没有再记")
    if len(taken.left_out) > _FAULTS_SHOWN:
        say(f"……另有 {len(taken.left_out) - _FAULTS_SHOWN} 处")


def _caution(office: Office, taken: Taken, located: Sequence[LocatedDraft]) -> None:
    """Say what looks like a slip in what was added."""
    standings = office.workspace.standings(office.printed, office.as_of)
    added = {(submission.date, e) for submission in taken.submissions for e in submission.entries}
    tasks = ever_in_force(office.printed).tasks()
    sections = {task.id: section for section, task in tasks}
    for place, draft, _ in located:
        if (draft.date, draft.entry) in added:
            before = taken.before[draft.date, draft.entry]
            standing = standings.of(sections[draft.task.id], draft.task)
            for caution in cautions(office.plan, draft, before, standings, standing):
                say_caution(caution.code, f"{place}：{caution.words}")


def _tell_batch(taken: Sequence[Taken], *, dry_run: bool) -> None:
    made = [submission for one in taken for submission in one.submissions]
    if len(made) > 1 and not dry_run:
        tell(f"整批撤销：fs progress undo --batch {made[0].batch}")


def _tell_known(taken: Sequence[Taken], checked: Sequence[CheckedFile]) -> None:
    """Say once how the same figures are recorded again, where files brought some once more."""
    is_old = [one.known > len(one.left_out) for one in taken]
    files = [file for file, old in zip(checked, is_old, strict=True) if old]
    if any(row.is_undated for file in files for row in file.drafts):
        say("又报了一次同样的数的，加 --again --date 数据日期 再导入")
    elif files:
        say("又报了一次同样的数的，请把行里的日期改成新的再导入")


def _tell(taken: Taken, *, dry_run: bool) -> None:
    name = "标准输入" if taken.name == "-" else one_line(taken.name)
    entries = [(s, entry) for s in taken.submissions for entry in s.entries]
    if not entries:
        known = "以前导入过，没有新增" if taken.known else "没有填写任何进展"
        tell(f"{name}：{known}")
        return
    word = "将记录" if dry_run else "已记录"
    numbers = "" if dry_run else f"，编号 {'、'.join(s.id for s in taken.submissions)}"
    tell(f"{name}：{word} {len(entries)} 条{numbers}")
    if dry_run:
        for submission, entry in entries:
            before = taken.before[submission.date, entry]
            was = figure_words(before) if before else "未报"
            report = Report(submission, entry, 0)
            whose = f"（{entry.department}）" if entry.department else ""
            tell(f"  任务 {entry.task}{whose}：{was} → {figure_words(report) or '文字'}")
