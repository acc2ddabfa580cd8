"""The tables of a ledger's index, and a report as a row of them."""

import datetime as dt
import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.model.events import Entry, Report, Submission
from foodsafety_cli.store.ledger import head

# `appended` has the lines that we have appended since the index was brought up to date.
# `misfits` of an event are the places of its entries that the plan has no place for; `entry` has
# how many reasons there are, and for what a file told, the keys that this row of it
# and its figure go by.
# `known` is the day of `at`, by the clock that it was written by.
TABLES = """
create table appended (number integer primary key, content blob);
create table event (
    number integer primary key, id, kind, at integer, known integer, by, date, undoes, line integer,
    start integer, length integer, batch, misfits
);
create unique index event_id on event (id);
create index event_date on event (date, at, id);
create index event_undoes on event (undoes) where undoes is not null;
create index event_batch on event (batch) where batch is not null;
create index event_kind on event (kind, line) where kind not in ('submission', 'undo');
create table series (
    number integer primary key, task integer, indicator, department, is_figure integer,
    unique (task, indicator, department, is_figure)
);
create table entry (
    series integer, date, at integer, id, position integer, value, percent, done integer,
    count, base, by, known integer, told, told_figure, misfits integer,
    primary key (series, date, at, id, position)
) without rowid;
create index entry_told on entry (told) where told is not null;
create index entry_told_figure on entry (told_figure) where told_figure is not null;
create index entry_misfits on entry (misfits) where misfits > 0;
create table problem (
    number integer primary key, line integer, column integer, code, message, remedy, severity
);
"""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_LAST = (dt.datetime.max.replace(tzinfo=dt.UTC) - _EPOCH) // _MICROSECOND


def in_memory() -> sqlite3.Connection:
    """Empty tables, as good as those of a ledger without lines."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    create(database)
    return database


def create(database: sqlite3.Connection) -> None:
    """Make the tables, empty; what there was is gone."""
    names = "select type, name from sqlite_master where sql not null and name not like 'sqlite_%'"
    for kind, name in database.execute(names).fetchall():
        database.execute(f"drop {kind} if exists {name}")
    for statement in TABLES.split(";"):
        database.execute(statement)
    database.execute(head.TABLE)
    head.put_head(database, head.Head())


REPORT_COLUMNS = (
    "s.task, s.indicator, s.department, e.value, e.percent, e.done, e.count, e.base, "
    "e.id, e.at, e.by, e.date, e.position"
)


def report(row: Sequence[Any]) -> Report:
    """A row of `REPORT_COLUMNS` as a report, without its words."""
    *given, name, at, by, date, position = row
    submission = Submission(name, moment(at), by, dt.date.fromisoformat(date), ())
    return Report(submission, entry_of(given), position)


def entry_of(row: Sequence[Any]) -> Entry:
    """An entry without its words: its series, then its figures."""
    task, indicator, department, value, percent, done, count, base = row
    return Entry(
        task,
        indicator or None,
        department or None,
        _figure(value),
        _figure(percent),
        bool(done),
        counted=_figure(count),
        out_of=_figure(base),
    )


def _figure(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)


def microseconds(at: dt.datetime) -> int:
    """A moment as a number that orders moments of any zone; none is after the calendar's end."""
    return min((at - _EPOCH) // _MICROSECOND, _LAST)


def moment(at: int) -> dt.datetime:
    """The moment again; at the ends of the calendar, the nearest that can be told."""
    try:
        return _EPOCH + at * _MICROSECOND
    except OverflowError:
        return (dt.datetime.min if at < 0 else dt.datetime.max).replace(tzinfo=dt.UTC)
