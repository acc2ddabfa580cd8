"""Events into the tables of a ledger's index."""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator

from foodsafety_cli.model.events import Entry, Event, Submission, Undo, kind_of
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.ledger.tables import microseconds

# what browsers, chat programs and file managers add to the name of a copy
_COPIED = (
    r"(?:\s*[(（]\d{1,2}[)）]|\s*(?:[-–—_]\s*|的)?(?:副本|复件|拷贝)\s*\d{0,2}"
    r"|(?:\s+|[-–—_]\s*)[Cc]opy\s*\d{0,2})+$"
)
_COPY_OF = r"^(?:(?:副本|复件|拷贝|Copy of)\s*[-–—_]?\s*(?:[(（]\d{1,2}[)）]\s*)?)+"
SeriesKey = tuple[int, str, str, bool]


class LineSpan(ValueType):
    """Where a line stands: its number from 1, its first byte from 0, its bytes without the end."""

    line: int
    start: int
    length: int


def series_key(entry: Entry) -> SeriesKey:
    """What later reports of the same thing share."""
    return entry.task, entry.indicator or "", entry.department or "", entry.has_figure


def told_key(file: str, day: dt.date | None, entry: Entry) -> str:
    """What a row of a handed-in file is known by: its words, with no day where it gave none.

    A copy of the file is the same one, in whatever form: 报数(1).csv, 报数 - 副本.xlsx.
    """
    import hashlib  # only where something is handed in

    said = repr((_original(file), day, entry.says))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _original(file: str) -> str:
    """A file's name without its ending, and without what a copy has more in it."""
    stem = file.rpartition(".")[0] or file
    return re.sub(_COPY_OF, "", re.sub(_COPIED, "", stem)) or stem


def entry_rows(submission: Submission) -> Iterator[tuple[SeriesKey, tuple[object, ...]]]:
    """Each entry's series and, as they stand behind its number, the columns of `entry`."""
    date, at = submission.date.isoformat(), microseconds(submission.at)
    for position, entry in enumerate(submission.entries):
        value, percent, count, base = (
            None if figure is None else str(figure)
            for figure in (entry.value, entry.percent, entry.counted, entry.out_of)
        )
        figures = value, percent, entry.done, count, base
        origin = submission.by, submission.at.toordinal(), *_told(submission, entry)
        row = (date, at, submission.id, position, *figures, *origin)
        yield series_key(entry), row


def _told(submission: Submission, entry: Entry) -> tuple[str | None, str | None]:
    """What the row is known by, and what its figure is, whatever words stand beside it."""
    if not submission.file:
        return None, None
    of = submission.file, None if submission.undated else submission.date
    return told_key(*of, entry), told_key(*of, entry.figure_alone) if entry.has_figure else None


def put_event(database: sqlite3.Connection, event: Event, place: LineSpan) -> bool:
    """Put an event in; False if there is one of its id."""
    day = getattr(event, "date", None)
    date = day.isoformat() if day else None
    undoes = event.undo if isinstance(event, Undo) else None
    batch = getattr(event, "batch", "") or None
    known = event.at.toordinal()
    row = (
        event.id,
        kind_of(event),
        microseconds(event.at),
        known,
        event.by,
        date,
        undoes,
        *place,
        batch,
    )
    query = "insert or ignore into event values (null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)"
    return database.execute(query, row).rowcount > 0


def put_entry(
    database: sqlite3.Connection, series: int, row: tuple[object, ...], misfits: int
) -> None:
    """Put an entry in, with the number of its misfits."""
    query = "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    database.execute(query, (series, *row, misfits))


def mark_misfits(database: sqlite3.Connection, event: str, positions: list[object]) -> None:
    """Say which entries of an event the plan has no place for."""
    marks = ",".join(map(str, positions)) or None
    database.execute("update event set misfits = ? where id = ?", (marks, event))


def series_number(database: sqlite3.Connection, series: SeriesKey) -> int:
    """The number of a series, a new one if it is the first time."""
    condition = "task = ? and indicator = ? and department = ? and is_figure = ?"
    found = database.execute(f"select number from series where {condition}", series).fetchone()
    if found is None:
        query = "insert into series values (null, ?, ?, ?, ?)"
        return database.execute(query, series).lastrowid or 0
    return int(found[0])
