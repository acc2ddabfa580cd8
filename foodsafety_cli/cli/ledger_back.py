"""An exported ledger that is handed in again, held against what it said and what it says today."""

from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.analysis.query import Selected, Selection
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.cli.export import ledger_of, ledger_then
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.streams import say
from foodsafety_cli.exchange.fields import Cell, Field, Row
from foodsafety_cli.exchange.ledger_sheet import Key, changed
from foodsafety_cli.exchange.sheets import HandedIn
from foodsafety_cli.model.events import Report
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.words import for_people

_FIELDS = {
    Field.NOTE: "note",
    Field.PROBLEMS: "problems",
    Field.NEXT_STEPS: "next_steps",
    Field.EVIDENCE: "evidence",
}
_MOST_LOOKED_BACK = 300  # reports of one task
_SHOWN = 3


def without_unchanged(office: Office, handed_in: HandedIn) -> HandedIn:
    """The file with what was changed in it; any other file as it is.

    A cell that says what the ledger said at any time before was not changed by whoever hands the
    file in: the file is older than what has been reported, corrected or taken back since.
    """
    if not handed_in.is_ledger or not handed_in.rows:
        return handed_in
    whose = handed_in.rows[0].get(Field.DEPARTMENT)
    departments = (str(whose.value),) if whose else ()
    names = [name for d in office.plan.departments for name in (d.name, *d.aliases)]
    now = _by_key(ledger_of(office, Selection(departments=departments), all_columns=True))
    rows = changed(handed_in.rows, now, names)
    if rows:
        meant = {str(row[Field.TASK].value) for row in rows}
        before = _before(office, meant, departments)
        fresh = changed(handed_in.rows, now, names, before)
        _tell_old(_cells(rows), _cells(fresh))
        rows = fresh
    return handed_in._replace(rows=rows)


def _cells(rows: Iterable[Row]) -> dict[str, None]:
    """The places of the figures and words to be taken."""
    kept = (Field.VALUE, *_FIELDS)
    return {row[f].place: None for row in rows for f in kept if f in row and row[f].value}


def _tell_old(found: dict[str, None], fresh: dict[str, None]) -> None:
    old = [place for place in found if place not in fresh]
    if old:
        more = f"等 {len(old)} 格" if len(old) > _SHOWN else ""
        say(
            f"注意：{'、'.join(old[:_SHOWN])}{more}写的是以前的，后来已经改报或撤回，没有当作改动；"
            "真要改回去请用 fs progress update"
        )


def _before(office: Office, tasks: set[str], departments: tuple[str, ...]) -> dict[Key, list[Row]]:
    """What the ledger has said of these tasks at any time: by task and indicator."""
    found: dict[Key, list[Row]] = {}
    selection = Selection(departments=departments)
    for section, task in office.plan.tasks():
        if str(task.id) not in tasks:
            continue
        for standings, reports in _states(office, task.id):
            selected = [Selected(standings.of(section, task), ())]
            then = ledger_then(standings, selected, selection, reports, all_columns=True)
            for key, row in _by_key(then).items():
                found.setdefault(key, []).append(row)
    return found


def _states(office: Office, task: int) -> Iterator[tuple[Standings, Sequence[Report]]]:
    """How one task stood after each of its reports, and at the end of each of their days.

    What was taken back stood until then.
    """
    history = [report._replace(undone=False) for report in office.reports(task)]
    by_moment = sorted(history, key=lambda report: (report.submission.at, report.submission.id))
    for count in range(max(0, len(by_moment) - _MOST_LOOKED_BACK), len(by_moment) + 1):
        reports = by_moment[:count]
        ordered = sorted(reports, key=lambda report: report.order)
        yield Standings(office.printed, {task: ordered}, office.as_of), ordered
    for day in sorted({report.submission.date for report in history}):
        if day < office.as_of:
            reports = [report for report in history if report.submission.date <= day]
            yield Standings(office.printed, {task: reports}, day), reports


def _by_key(listing: Listing) -> dict[Key, Row]:
    percent = Column("completion", "", Shown.PERCENT)
    found: dict[Key, Row] = {}
    for row in listing.rows:
        indicator = str(row.get("indicator") or "")
        value = Column("value", "") if indicator else percent
        cells = {Field.VALUE: Cell("", for_people(row, value).rstrip("%") or None)}
        for field, name in _FIELDS.items():
            cells[field] = Cell("", for_people(row, Column(name, "")) or None)
        found[str(row["id"]), indicator] = cells
    return found
