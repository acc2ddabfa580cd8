"""What is asked of a ledger's index: standings' figures, history, problems.

`known_on` leaves out what was recorded after that day, undos too: so a report that was handed in
can be made again. The day is that of the clock by which a line was written, wherever it is read.
Undone submissions count for nothing and are shown as undone.
"""

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from foodsafety_cli.model.events import Entry, KnownRow, Report
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.ledger.rows import series_key
from foodsafety_cli.store.ledger.tables import REPORT_COLUMNS, microseconds, moment, report

_MOST_ASKED_FOR = 500  # tasks asked for one by one; beyond, all are read
_FOREVER = dt.date.max.toordinal()
# of entry `e`: nobody has taken it back by then
_STANDS = "not exists (select 1 from event u where u.undoes = e.id and u.known <= :known)"
_STANDS_ITSELF = _STANDS.replace("e.id", "v.id")
_NEWEST_FIRST = "e.date desc, e.at desc, e.id desc, e.position desc"
_LATEST = f"""
select {REPORT_COLUMNS} from series s
join entry e on e.series = s.number and (e.date, e.at, e.id, e.position) = (
    select e.date, e.at, e.id, e.position from entry e
    where e.series = s.number and e.date <= :day and e.known <= :known
        and e.misfits = 0 and {_STANDS}
    order by {_NEWEST_FIRST} limit 1
)
"""
_ONE_SERIES = f"""
select {REPORT_COLUMNS} from series s join entry e on e.series = s.number
where s.task = :task and s.indicator = :indicator and s.department in ({{departments}})
    and s.is_figure = 1 and e.misfits = 0 and {_STANDS}
"""
_BEFORE = f"{_ONE_SERIES} and e.date <= :day order by {_NEWEST_FIRST} limit 1"
_AFTER = (
    f"{_ONE_SERIES} and e.date = (select min(e.date) from series s "
    f"join entry e on e.series = s.number where s.task = :task and s.indicator = :indicator "
    f"and s.department in ({{departments}}) and s.is_figure = 1 and e.misfits = 0 and {_STANDS} "
    f"and e.date > :day and e.date <= :last) order by {_NEWEST_FIRST} limit 1"
)


class FoundSubmission(ValueType):
    """A submission's place in the ledger, whether it was undone, and which entries do not fit."""

    start: int
    length: int
    undone: bool
    misfits: frozenset[int]


def latest(
    database: sqlite3.Connection,
    tasks: Collection[int],
    day: dt.date,
    known_on: dt.date | None = None,
) -> dict[int, list[Report]]:
    """By task, the report of each series that stands when a day ends, the latest last."""
    values = {"day": day.isoformat(), "known": _day(known_on)}
    query = _LATEST
    if len(tasks) <= _MOST_ASKED_FOR:
        query += f"where s.task in ({','.join(map(str, tasks))})"
    found: dict[int, list[Report]] = {}
    for one in sorted(map(report, database.execute(query, values)), key=lambda one: one.order):
        found.setdefault(one.entry.task, []).append(one)
    return found


def around(
    database: sqlite3.Connection,
    entry: Entry,
    departments: Sequence[str],
    day: dt.date,
    last: dt.date,
) -> tuple[Report | None, Report | None]:
    """The figures that stand on a day, and on the next up to `last` that has one.

    `departments` are the spellings under which figures of the same thing stand, "" for the whole.
    """
    task, indicator, _, _ = series_key(entry)
    named = {f"department{n}": name for n, name in enumerate(departments)}
    values = {
        "task": task,
        "indicator": indicator,
        **named,
        "day": day.isoformat(),
        "last": last.isoformat(),
        "known": _FOREVER,
    }
    marks = ", ".join(f":{name}" for name in named)
    queries = (query.replace("{departments}", marks) for query in (_BEFORE, _AFTER))
    rows = (database.execute(query, values).fetchone() for query in queries)
    before, after = (None if row is None else report(row) for row in rows)
    return before, after


def submissions(
    database: sqlite3.Connection,
    *,
    task: int | None = None,
    departments: Sequence[str] = (),
    days: tuple[dt.date | None, dt.date | None] = (None, None),
    most: int | None = None,
) -> Iterator[FoundSubmission]:
    """Submissions, those of the latest days first: all, or what concerns a task or departments."""
    given: dict[str, Any] = {f"department{n}": name for n, name in enumerate(departments)}
    conditions = [f"s.department in ({', '.join(f':{name}' for name in given)})"] if given else []
    if task is not None:
        given["task"] = task
        conditions.append("s.task = :task")
    of_series = " and ".join(conditions)
    which = (
        f"v.id in (select e.id from series s join entry e on e.series = s.number where {of_series})"
        if given
        else "v.kind = 'submission'"
    )
    until, known_on = days
    if until is not None:
        which, given["until"] = f"v.date <= :until and {which}", until.isoformat()
    order = f"order by v.date desc, v.at desc, v.id desc limit {most or -1}"
    return _found(database, f"{which} {order}", given, known_on)


def steps(
    database: sqlite3.Connection,
    kinds: Sequence[str],
    days: tuple[dt.date | None, dt.date | None],
) -> Iterator[FoundSubmission]:
    """Steps of these kinds, up to a day, and as far as they were recorded by a day."""
    until, known_on = days
    wanted = {f"kind{n}": kind for n, kind in enumerate(kinds)}
    marks = ", ".join(f":{name}" for name in wanted)
    other = "v.kind not in ('submission', 'undo')"  # as the index says it
    which = f"{other} and v.kind in ({marks}) and v.date <= :until"
    values = {**wanted, "until": (until or dt.date.max).isoformat()}
    return _found(database, which, values, known_on)


def lines_of(database: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    """On which line each of these events stands."""
    query = "select line from event where id = ?"
    found = ((name, database.execute(query, (name,)).fetchone()) for name in ids)
    return {name: row[0] for name, row in found if row}


def reported_since(
    database: sqlite3.Connection,
    task: int,
    departments: Sequence[str],
    last: dt.date,
    since: tuple[dt.datetime, dt.date],
    days: tuple[dt.date, dt.date | None],
) -> dt.date | None:
    """The day on which a task was first reported after a letter; None if it was not.

    `since` is the letter's moment and day, `departments` are the spellings under which it may
    stand for figures dated up to `last`, "" for the whole task.
    """
    until, known_on = days
    named = {f"department{n}": name for n, name in enumerate(departments)}
    marks = ", ".join(f":{name}" for name in named)
    query = (
        "select e.date, e.known from series s join entry e on e.series = s.number "
        f"where s.task = :task and s.department in ({marks}) and e.at > :since "
        f"and e.known <= :known and e.date <= :last and {_STANDS} order by e.at limit 1"
    )
    values = {
        **named,
        "task": task,
        "since": microseconds(since[0]),
        "known": _day(known_on),
        "last": last.isoformat(),
    }
    row = database.execute(query, values).fetchone()
    if row is None:
        return None
    said, recorded = dt.date.fromisoformat(row[0]), dt.date.fromordinal(row[1])
    # by the day of recording; where that is not known (FS_TODAY), no day before what was answered
    return recorded if recorded <= until else max(said, since[1])


def last_recorded(database: sqlite3.Connection) -> Iterator[FoundSubmission]:
    """Submissions that stand, the last recorded first."""
    which = f"v.kind = 'submission' and {_STANDS_ITSELF} order by v.at desc, v.id desc"
    return _found(database, which, {})


def named(database: sqlite3.Connection, start: str) -> Iterator[FoundSubmission]:
    """What can be undone whose id begins like this, oldest first."""
    values = {"start": start, "end": f"{start}\x7f"}
    order = "order by v.date, v.at, v.id"
    which = f"v.kind <> 'undo' and v.id >= :start and v.id < :end {order}"
    return _found(database, which, values)


def place_of(database: sqlite3.Connection, name: str) -> tuple[int, int] | None:
    """The first byte and the length of the line with this id."""
    row = database.execute("select start, length from event where id = ?", (name,)).fetchone()
    return None if row is None else (row[0], row[1])


def of_batch(database: sqlite3.Connection, batch: str) -> Iterator[FoundSubmission]:
    """The submissions of one import, oldest first."""
    which = "v.batch = :batch order by v.date, v.at, v.id"
    return _found(database, which, {"batch": batch})


def batches(database: sqlite3.Connection, start: str) -> list[str]:
    """The imports whose batch, or one of whose submissions, has an id that begins like this."""
    query = (
        "select distinct batch from event where batch is not null "
        "and ((batch >= :start and batch < :end) or (id >= :start and id < :end))"
    )
    values = {"start": start, "end": f"{start}\x7f"}
    return [batch for (batch,) in database.execute(query, values)]


def state_of(database: sqlite3.Connection, name: str) -> bool | None:
    """Whether the submission of an id was undone; None if there is none."""
    undone = "exists (select 1 from event u where u.undoes = v.id)"
    row = database.execute(f"select {undone} from event v where id = ?", (name,)).fetchone()
    return None if row is None else bool(row[0])


def told(database: sqlite3.Connection, key: str) -> KnownRow | None:
    """When a file's row or its figure, by its `told_key`, was recorded last; None if never."""
    undone = "exists (select 1 from event u where u.undoes = e.id)"
    which = "e.told = :key or e.told_figure = :key"
    query = f"select e.id, e.at, {undone} from entry e where {which} order by e.at desc limit 1"
    row = database.execute(query, {"key": key}).fetchone()
    return None if row is None else KnownRow(row[0], moment(row[1]), bool(row[2]))


def dated_after(database: sqlite3.Connection, day: dt.date) -> Sequence[tuple[str, str, int]]:
    """Submissions that stand and whose day has not come: id, day and line of each."""
    query = (
        f"select id, date, line from event v where date > :day and {_STANDS_ITSELF} order by line"
    )
    return database.execute(query, {"day": day.isoformat(), "known": _FOREVER}).fetchall()


def last_id_at(database: sqlite3.Connection, at: int) -> str:
    """The last id, in order, of the events recorded at a moment."""
    (found,) = database.execute("select max(id) from event where at = ?", (at,)).fetchone()
    return str(found or "")


def recorded_after(database: sqlite3.Connection, at: dt.datetime) -> tuple[int, int] | None:
    """How many events are said to have been recorded after a moment, and the first one's line."""
    query = "select count(*), min(line) from event where at > ?"
    count, line = database.execute(query, (microseconds(at),)).fetchone()
    return (count, line) if count else None


def _day(known_on: dt.date | None) -> int:
    """The day as the index has it; of no day, the last one."""
    return _FOREVER if known_on is None else known_on.toordinal()


def _found(
    database: sqlite3.Connection,
    which: str,
    values: dict[str, Any],
    known_on: dt.date | None = None,
) -> Iterator[FoundSubmission]:
    query = (
        "select v.start, v.length, v.misfits, "
        "exists (select 1 from event u where u.undoes = v.id and u.known <= :known) "
        f"from event v where v.known <= :known and {which}"
    )
    for start, length, misfits, undone in database.execute(
        query, values | {"known": _day(known_on)}
    ):
        places = frozenset(map(int, misfits.split(","))) if misfits else frozenset()
        yield FoundSubmission(start, length, bool(undone), places)


def last_day(database: sqlite3.Connection, end: dt.date) -> dt.date | None:
    """The last day up to `end` that has an entry which stands."""
    undone = "select 1 from event u where u.undoes = e.id"
    query = f"select max(date) from entry e where date <= ? and not exists ({undone})"
    (found,) = database.execute(query, (end.isoformat(),)).fetchone()
    return dt.date.fromisoformat(found) if found else None
