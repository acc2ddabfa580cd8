"""The ledger folded: for every series, the report that stands on each day that has one.

A series is what later reports of the same thing replace: one task's indicator (or the task
itself), one department (or the whole task), figures apart from mere words. Nothing else of the
ledger is needed to tell how tasks stand on any day (DESIGN 3).
"""

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.model.problem import Problem, Severity
from foodsafety_cli.model.progress import Entry, Report, Reports, Submission
from foodsafety_cli.model.valuetype import ValueType

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_MOST_ASKED_FOR = 500  # tasks asked for one by one; beyond, all are read
_TABLES = """
create table report (
    task integer, indicator, department, figure integer, date,
    at integer, id, position integer, by, value, percent, done integer,
    primary key (task, indicator, department, figure, date)
) without rowid;
create table series (
    task integer, indicator, department, figure integer,
    primary key (task, indicator, department, figure)
) without rowid;
create index report_at on report (at);
create table problem (
    position integer primary key,
    file, line integer, column integer, code, message, remedy, severity
);
create table head (path, plan, status, is_at_rest integer, base);
create table segment (position integer primary key, length integer, proof);
"""
_SERIES = (
    "{0}.task = {1}.task and {0}.indicator = {1}.indicator and "
    "{0}.department = {1}.department and {0}.figure = {1}.figure"
)
_LATEST = (
    f"select report.* from series join report on {_SERIES.format('report', 'series')} "
    f"and report.date = (select max(date) from report d "
    f"where {_SERIES.format('d', 'series')} and d.date <= ?)"
)
_ONE_SERIES = (
    "select * from report where task = ? and indicator = ? and department = ? and figure = 1"
)
_BEFORE = f"{_ONE_SERIES} and date <= ? order by date desc limit 1"
_AFTER = f"{_ONE_SERIES} and date > ? and date <= ? order by date limit 1"


class Row(ValueType):
    """A report as the tables hold it; what is not given is empty text, or nothing for figures."""

    task: int
    indicator: str
    department: str
    figure: bool
    date: str
    at: int
    id: str
    position: int
    by: str
    value: str | None
    percent: str | None
    done: bool

    @property
    def series(self) -> tuple[object, ...]:
        """What later reports of the same thing share."""
        return self[:4]

    @property
    def slot(self) -> tuple[object, ...]:
        """A series on a day, of which one report stands."""
        return self[:5]

    @property
    def order(self) -> tuple[object, ...]:
        """Later reports win by this key alone, wherever their lines stand in the file."""
        return self[4:8]

    @classmethod
    def of(cls, report: Report) -> "Row":
        """A report as a row."""
        entry, submission = report.entry, report.submission
        return cls(
            entry.task,
            entry.indicator or "",
            entry.department or "",
            entry.has_figure,
            submission.date.isoformat(),
            microseconds(submission.at),
            submission.id,
            report.position,
            submission.by,
            None if entry.value is None else str(entry.value),
            None if entry.percent is None else str(entry.percent),
            entry.done,
        )

    def report(self) -> Report:
        """The report, without its words."""
        entry = Entry(
            self.task,
            self.indicator or None,
            self.department or None,
            None if self.value is None else Decimal(self.value),
            None if self.percent is None else Decimal(self.percent),
            bool(self.done),
        )
        date = dt.date.fromisoformat(self.date)
        return Report(Submission(self.id, moment(self.at), self.by, date, ()), entry, self.position)


def rows_of(submission: Submission) -> Iterator[Row]:
    """A submission's entries as rows."""
    for position, entry in enumerate(submission.entries):
        yield Row.of(Report(submission, entry, position))


def microseconds(at: dt.datetime) -> int:
    """A moment as a number that orders moments of any zone."""
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> dt.datetime:
    """The moment again; at the ends of the calendar, the nearest that can be told."""
    try:
        return _EPOCH + at * _MICROSECOND
    except OverflowError:
        return (dt.datetime.min if at < 0 else dt.datetime.max).replace(tzinfo=dt.UTC)


def new_tables() -> sqlite3.Connection:
    """Empty tables in memory."""
    tables = sqlite3.connect(":memory:")
    tables.executescript(_TABLES)
    return tables


class Fold:
    """A fold in one or two sets of tables: a kept one, and what came since."""

    def __init__(self, tables: sqlite3.Connection, base: sqlite3.Connection | None = None) -> None:
        self.tables = tables
        self._parts = (base, tables) if base else (tables,)

    @property
    def covers(self) -> int:
        """How many bytes of the ledger it is made of."""
        (length,) = self.tables.execute("select sum(length) from segment").fetchone()
        return length or 0

    @property
    def latest(self) -> dt.datetime | None:
        """When the latest of its reports was made."""
        found = [part.execute("select max(at) from report").fetchone()[0] for part in self._parts]
        return max((moment(at) for at in found if at is not None), default=None)

    def merged(self) -> sqlite3.Connection:
        """Tables of their own with all that this fold holds."""
        merged = new_tables()
        fold = Fold(merged)
        for part in self._parts:
            fold.add(map(Row._make, part.execute("select * from report")))
            fold.add_problems(_problems(part.execute("select * from problem")))
        merged.commit()
        return merged

    def rest_on(self, base: sqlite3.Connection) -> None:
        """Go on with nothing beside tables that hold all that this fold holds."""
        beside = new_tables()
        segments = self.tables.execute("select * from segment").fetchall()
        beside.executemany("insert into segment values (?, ?, ?)", segments)
        self.tables = beside
        self._parts = (base, beside)

    def add(self, rows: Iterable[Row]) -> None:
        """Take reports in, in any order: of two for one day of one series the later stands."""
        standing: dict[tuple[object, ...], Row] = {}
        for row in rows:
            known = standing.get(row.slot)
            if known is None or known.order < row.order:
                standing[row.slot] = row
        later = [row for row in standing.values() if self._is_later(row)]
        marks = ",".join("?" * len(Row._fields))
        self.tables.executemany(f"insert or replace into report values ({marks})", later)
        series = {row.series for row in later}
        self.tables.executemany("insert or ignore into series values (?, ?, ?, ?)", series)

    def _is_later(self, row: Row) -> bool:
        query = (
            "select * from report where task = ? and indicator = ? and department = ? "
            "and figure = ? and date = ?"
        )
        known = self.tables.execute(query, row.slot).fetchone()
        return known is None or Row(*known).order < row.order

    def close(self) -> None:
        """Let go of the tables' file."""
        for part in self._parts:
            part.close()

    def reports(self, tasks: Collection[int], as_of: dt.date) -> Reports:
        """By task, the report of each series that stands on a day, the latest last."""
        where, values = "", [as_of.isoformat()]
        if len(tasks) <= _MOST_ASKED_FOR:
            where = f" where series.task in ({','.join(map(str, tasks))})"
        standing: dict[tuple[object, ...], Row] = {}
        for part in self._parts:
            for row in map(Row._make, part.execute(_LATEST + where, values)):
                known = standing.get(row.series)
                if known is None or known.order < row.order:
                    standing[row.series] = row
        by_task: dict[int, list[Report]] = {}
        for row in sorted(standing.values(), key=lambda row: row.order):
            by_task.setdefault(row.task, []).append(row.report())
        return by_task

    def around(
        self, entry: Entry, date: dt.date, until: dt.date
    ) -> tuple[Report | None, Report | None]:
        """The figure of the entry's series that stands on a day, and the next day's after it."""
        series = (entry.task, entry.indicator or "", entry.department or "")
        before = self._rows(_BEFORE, (*series, date.isoformat()))
        after = self._rows(_AFTER, (*series, date.isoformat(), until.isoformat()))
        last = max(before, key=lambda row: row.order, default=None)
        day = min((row.date for row in after), default="")
        on_it = (row for row in after if row.date == day)  # both sets of tables may know the day
        first = max(on_it, key=lambda row: row.order, default=None)
        return last and last.report(), first and first.report()

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Keep what was wrong with the ledger beside what was right."""
        self.tables.executemany(
            "insert into problem values (null, ?, ?, ?, ?, ?, ?, ?)", map(tuple, problems)
        )

    def problems(self, most: int) -> tuple[list[Problem], int]:
        """The first problems of the ledger, and how many there are."""
        found: list[Problem] = []
        count = 0
        for part in self._parts:
            count += part.execute("select count(*) from problem").fetchone()[0]
            rows = part.execute("select * from problem order by line, position limit ?", (most,))
            found += _problems(rows)
        return sorted(found, key=lambda problem: problem.line)[:most], count

    def _rows(self, query: str, values: tuple[object, ...]) -> list[Row]:
        return [Row(*row) for part in self._parts for row in part.execute(query, values)]


def _problems(rows: Iterable[Sequence[Any]]) -> Iterator[Problem]:
    for _, file, line, column, code, message, remedy, severity in rows:
        yield Problem(file, line, column, code, message, remedy, Severity(severity))
