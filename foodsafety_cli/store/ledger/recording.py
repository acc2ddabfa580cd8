"""The one way to write the ledger: what is put into the book is appended whole, or not at all."""

import datetime as dt
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from foodsafety_cli.model.events import Entry, Event, KnownRow, Report, Submission, Undo
from foodsafety_cli.model.steps import Extension, Letter, Mark, SignOff
from foodsafety_cli.store.clock import now, today
from foodsafety_cli.store.ledger import file, questions
from foodsafety_cli.store.ledger.encoding import encode
from foodsafety_cli.store.ledger.head import head_of
from foodsafety_cli.store.ledger.index import Index
from foodsafety_cli.store.ledger.rows import (
    LineSpan,
    entry_rows,
    put_entry,
    put_event,
    series_number,
    told_key,
)
from foodsafety_cli.store.ledger.tables import microseconds, moment

T = TypeVar("T")
S = TypeVar("S", SignOff, Extension, Letter, Mark)
Origin = tuple[str, str, bool]  # an id, a file's name, and whether its rows gave no day


class Book:
    """The ledger as it stands, with what is about to be recorded already in it."""

    def __init__(self, index: Index, size: int, separator: bytes) -> None:
        self._index = index
        self._start = size + len(separator)
        self._data = separator
        self._latest, self._line = index.ask(_ends)
        self._pending: list[tuple[Event, LineSpan]] = []
        self._batch = os.urandom(8).hex()  # what files are handed in together are known by

    @property
    def data(self) -> bytes:
        """What is to be appended; empty if nothing is."""
        return self._data if self._pending else b""

    @property
    def latest(self) -> int:
        """When the latest of all events was recorded."""
        return self._latest or 0

    def around(
        self, entry: Entry, departments: Sequence[str], date: dt.date
    ) -> tuple[Report | None, Report | None]:
        """The figures that stand on that day, and on the next day up to today.

        `departments`: under which spellings, "" for the whole task.
        """
        return self._ask(lambda d: questions.around(d, entry, departments, date, today()))

    def is_undone(self, name: str) -> bool | None:
        """Whether the submission of this id was undone; None if there is none."""
        return self._ask(lambda database: questions.state_of(database, name))

    def told(self, file: str, day: dt.date | None, entry: Entry) -> KnownRow | None:
        """The submission in which a file's row was recorded last; `day` is what it gave."""
        return self._ask(lambda database: questions.told(database, told_key(file, day, entry)))

    def submit(self, date: dt.date, entries: Sequence[Entry], by: str) -> Submission:
        """Put a submission in; its id is random."""
        at = self._now()
        submission = Submission(self._new_id(at), at, by, date, tuple(entries))
        self._put(submission)
        return submission

    def submit_file(
        self, date: dt.date, entries: Sequence[Entry], by: str, origin: Origin
    ) -> Submission:
        """Put in what a file says of a day, under an id that the same words have always."""
        name, file, undated = origin
        said = (by, date, tuple(entries), file, undated)
        submission = Submission(name, self._now(), *said, self._batch)
        self._put(submission)
        return submission

    def record(self, step: S) -> S:
        """Put a step in, with an id and the moment."""
        at = self._now()
        dated: S = step._replace(id=self._new_id(at), at=at)
        self._put(dated)
        return dated

    def undo(self, name: str, by: str) -> Undo:
        """Take a submission back."""
        at = self._now()
        undo = Undo(self._new_id(at), at, by, name)
        self._put(undo)
        return undo

    def _now(self) -> dt.datetime:
        return now(None if self._latest is None else moment(self._latest))

    def _new_id(self, at: dt.datetime) -> str:
        """A random id: copies of a ledger kept apart can be merged as sets.

        At the calendar's end, where no moment is later than the last, the id is later instead.
        """
        if self._latest is None or microseconds(at) > self._latest:
            return os.urandom(8).hex()
        last = self._ask(lambda database: questions.last_id_at(database, microseconds(at)))
        number = int(last[1:], 16) + 1 if re.fullmatch("z[0-9a-f]{15}", last) else 0
        return f"z{number:015x}"

    def _put(self, event: Event) -> None:
        line = encode(event)
        place = LineSpan(self._line, self._start, len(line) - 1)
        self._latest = max(microseconds(event.at), self._latest or 0)
        self._data += line
        self._line += 1
        self._start += len(line)
        self._ask(lambda database: _insert(database, event, place))
        self._pending.append((event, place))

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the index; one that fails is made anew in memory, with what is pending."""

        def with_pending(database: sqlite3.Connection) -> T:
            if not database.in_transaction:
                database.execute("begin")
                for event, place in self._pending:
                    _insert(database, event, place)
            return question(database)

        return self._index.ask(with_pending)


@contextmanager
def recording(
    ledger: Path,
    index: Index,
    *,
    dry_run: bool = False,
    on_wait: Callable[[str], None] | None = None,
) -> Iterator[Book]:
    """A book to put events into; leaving the block well appends them in one write, and syncs.

    Leaving it by an error writes nothing. With `dry_run` nothing is written either way, but until
    it is closed the index answers as if it had been. Raises `CannotWrite`, `LedgerUnreadable`.
    """
    index.refresh()  # the long part, if there is one, without the lock
    if dry_run:
        index.begin()
        yield Book(index, 0, b"")
        return
    from foodsafety_cli.store.ledger.locking import locked

    with locked(ledger, on_wait):
        index.refresh()
        size = file.size_of(ledger)
        separator = b"" if file.ends_clean(ledger, size) else b"\n"
        if index.is_empty:
            index.begin_first()
        else:
            index.begin()
        try:
            book = Book(index, size, separator)
            yield book
            status = _append(ledger, book.data) if book.data else None
        except BaseException:
            index.roll_back()
            raise
        if status is not None:
            index.keep(book.data, status, book.latest)
        else:  # or whoever reports next would wait until this process has ended
            index.roll_back()


def _append(ledger: Path, data: bytes) -> os.stat_result:
    from foodsafety_cli.store.ledger.locking import share_like_folder

    return file.append(ledger, data, is_new=share_like_folder(ledger))


def _ends(database: sqlite3.Connection) -> tuple[int | None, int]:
    head = head_of(database)
    return head.latest, head.lines + 1 + head.is_open


def _insert(database: sqlite3.Connection, event: Event, place: LineSpan) -> None:
    """As `Intake` does; what is recorded now has been held against the plan already."""
    put_event(database, event, place)
    if isinstance(event, Submission):
        for series, row in entry_rows(event):
            put_entry(database, series_number(database, series), row, 0)
