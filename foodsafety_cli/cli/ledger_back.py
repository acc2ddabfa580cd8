"""An exported ledger that is handed in again, held against what it said and what it says today."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from foodsafety_cli.analysis.query import Selected, Selection
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.cli.export import ledger_of, ledger_then
from foodsafety_cli.cli.office import Office
from foodsafety_cli.exchange.fields import WORDS, Field
from foodsafety_cli.exchange.ledger_changes import Before, Changes, Key, Words, changes_in
from foodsafety_cli.exchange.ledger_sheet import LedgerSheet
from foodsafety_cli.exchange.readings import text_of
from foodsafety_cli.exchange.sheets import HandedIn
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.text import first_few
from foodsafety_cli.render.listing import Column, Listing, Row
from foodsafety_cli.render.words import for_people, script_words
from foodsafety_cli.store.clock import local

_MOST_LOOKED_BACK = 300  # reports of one task
_SHOWN = 3


def without_unchanged(office: Office, handed_in: HandedIn) -> HandedIn:
    """The file with what was changed in it as its rows; any other file as it is.

    A cell that says what the ledger has said since it was exported was not changed by whoever
    hands the file in: the file is older than what has been reported, corrected or taken back.
    Raises `FileUnreadable` for the ledger of another plan.
    """
    ledger = handed_in.ledger
    if ledger is None:
        return handed_in
    if ledger.plan not in ("", office.printed.title):
        raise FileUnreadable(
            f"{handed_in.name} 是另一份安排的台账（{ledger.plan}），现在的计划是"
            f"“{office.printed.title}”，没有导入"
        )
    selection = Selection(departments=_whose(office, handed_in.name, ledger))
    is_own = len(selection.departments) == 1
    department = selection.departments[0] if is_own else ""
    if department and office.standings.duties.is_group(department):
        department = ""
    names = [name for d in office.plan.departments for name in (d.name, *d.aliases)]
    words_of = script_words if ledger.is_for_scripts else for_people
    now = _by_key(ledger_of(office, selection, all_columns=True), words_of)
    changes = changes_in(ledger.rows, Before(now), names, department)
    notes: list[str] = []
    if changes != Changes():
        before = Before(now, _before(office, ledger, changes, selection, words_of))
        fresh = changes_in(ledger.rows, before, names, department)
        notes += _notes(changes, fresh)
        changes = fresh
    known = {heading for words in now.values() for heading in words}
    unread = dict.fromkeys(h for row in ledger.rows for h in row.cells if h not in known)
    return handed_in._replace(
        rows=changes.rows, unread=tuple(unread), notes=(*handed_in.notes, *notes)
    )


def _whose(office: Office, name: str, ledger: LedgerSheet) -> tuple[str, ...]:
    """The departments whose list it is, by the names that they have now."""
    reporters = Reporters(office.plan)
    found = [(department, reporters.name_of(department)) for department in ledger.whose]
    for department, known in found:
        if known is None:
            raise FileUnreadable(f"{name} 的标题写的是“{department}”，计划里没有这个单位，没有导入")
    return tuple(known for _, known in found if known)


def _notes(changes: Changes, fresh: Changes) -> Iterator[str]:
    """What is not taken of what differs from today's ledger, and why."""
    kept = _places(fresh)
    old = [place for place in _places(changes) if place not in kept]
    for places, why in (
        (old, "写的是以前的，后来已经改报或撤回，没有当作改动；真要改回去请用 fs progress update"),
        (fresh.fixed, "和台账不一样，没有记：这些列不是填报的，出自计划或由填报算出"),
        (fresh.emptied, "空着，没有当作改动；要撤回请用 fs progress undo"),
    ):
        if places:
            yield f"{first_few(list(places), _SHOWN, '等 {} 格')}{why}"


def _places(changes: Changes) -> dict[str, None]:
    """Where the figures and words to be taken stand."""
    kept = (Field.VALUE, *WORDS)
    return {row[f].place: None for row in changes.rows for f in kept if f in row}


def _before(
    office: Office,
    ledger: LedgerSheet,
    changes: Changes,
    selection: Selection,
    words_of: Callable[[Row, Column], str],
) -> dict[Key, list[Words]]:
    """What the ledger has said of these tasks since it was exported, by row.

    And at any time, where it does not say when that was.
    """
    found: dict[Key, list[Words]] = {}
    wanted = {row.task for row in ledger.rows}
    if not changes.fixed and not changes.emptied:
        wanted = {text_of(row[Field.TASK].value) for row in changes.rows}
    for section, task in office.plan.tasks():
        if str(task.id) not in wanted:
            continue
        for standings, reports in _states(office, task.id, ledger.day):
            selected = [Selected(standings.of(section, task), ())]
            then = ledger_then(standings, selected, selection, reports, all_columns=True)
            for key, words in _by_key(then, words_of).items():
                found.setdefault(key, []).append(words)
    return found


def _states(
    office: Office, task: int, day: dt.date | None
) -> Iterator[tuple[Standings, Sequence[Report]]]:
    """How one task stood after each of its reports, and at the end of each of their days.

    What was taken back stood until then. With the day of the export: only as it was told for that
    day from its morning on.
    """
    history = [report._replace(undone=False) for report in office.reports(task)]
    by_moment = sorted(history, key=lambda report: (report.submission.at, report.submission.id))
    as_of = min(day or office.as_of, office.as_of)
    earlier = sum(local(r.submission.at).date() < as_of for r in by_moment) if day else 0
    for count in range(max(earlier, len(by_moment) - _MOST_LOOKED_BACK), len(by_moment) + 1):
        reports = [report for report in by_moment[:count] if report.submission.date <= as_of]
        ordered = sorted(reports, key=lambda report: report.order)
        yield Standings(office.printed, {task: ordered}, as_of), ordered
    if day is None:
        for then in sorted({report.submission.date for report in history}):
            if then < office.as_of:
                reports = [report for report in history if report.submission.date <= then]
                yield Standings(office.printed, {task: reports}, then), reports


def _by_key(listing: Listing, words_of: Callable[[Row, Column], str]) -> dict[Key, Words]:
    return {
        (str(row["id"]), str(row.get("indicator") or "")): {
            column.heading: words_of(row, column) for column in listing.columns
        }
        for row in listing.rows
    }
