"""An exported ledger that is handed in again, held against what would be exported today."""

from foodsafety_cli.analysis.query import Selection
from foodsafety_cli.cli.export import ledger_of
from foodsafety_cli.cli.office import Office
from foodsafety_cli.exchange.fields import Cell, Field, Row
from foodsafety_cli.exchange.ledger_sheet import Key, changed
from foodsafety_cli.exchange.sheets import HandedIn
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.words import for_people

_FIELDS = {
    Field.NOTE: "note",
    Field.PROBLEMS: "problems",
    Field.NEXT_STEPS: "next_steps",
    Field.EVIDENCE: "evidence",
}


def without_unchanged(office: Office, handed_in: HandedIn) -> HandedIn:
    """The file with what was changed in it; any other file as it is."""
    if not handed_in.is_ledger or not handed_in.rows:
        return handed_in
    whose = handed_in.rows[0].get(Field.DEPARTMENT)
    departments = (str(whose.value),) if whose else ()
    names = [name for d in office.plan.departments for name in (d.name, *d.aliases)]
    now = ledger_of(office, Selection(departments=departments), all_columns=True)
    return handed_in._replace(rows=changed(handed_in.rows, _by_key(now), names))


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
