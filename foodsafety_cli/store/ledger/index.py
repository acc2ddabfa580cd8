"""The index of a ledger: one SQLite file in the cache, derived from the ledger and never trusted.

It answers at once for a ledger whose status is what it was; otherwise the bytes that it was made
from are compared, and only what came after them is taken in. A damaged one is built again.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from foodsafety_cli.store import cache
from foodsafety_cli.store.ledger import faults, tables
from foodsafety_cli.store.ledger.file import opened
from foodsafety_cli.store.ledger.head import Head, head_if_any, head_of, put_head
from foodsafety_cli.store.ledger.status import is_at_rest, read_through, status_of
from foodsafety_cli.store.plan.narrowing import PlanTables

T = TypeVar("T")
_BROKEN = (sqlite3.Error, UnicodeDecodeError)  # the latter where the names of tables are no text
_PATIENCE = 20  # seconds for another process to bring the index up to date
_A_MOMENT = 0.2  # seconds for another process to put pages from the log in their place
_MOST_APPENDED = 5000  # lines kept as they are until they are digested
# what is wrong with the place or the moment, and not with what is kept there
_NOT_DAMAGED = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)


class Index:
    """The index of one ledger under one plan; `plan` is asked for only if lines must be judged."""

    def __init__(self, ledger: Path | None, plan: PlanTables) -> None:
        self._ledger = ledger
        self._is_empty = False
        self._plan = plan
        # where the ledger is, whichever link it is reached by; its name may be in no encoding
        self._path = os.fsencode(os.path.realpath(ledger)) if ledger else b""
        self._name = f"ledger-{cache.checksum(self._path):08x}.db"
        self._database: sqlite3.Connection | None = None
        self._is_kept = True

    def refresh(self) -> None:
        """Bring the index up to date with the ledger as it is now; raises `LedgerUnreadable`."""
        with opened(self._ledger) if self._ledger else nullcontext() as file:
            self._is_empty = file is None or os.fstat(file.fileno()).st_size == 0
            if file is None or self._is_empty:  # nothing to keep
                self._start(is_kept=False)
            else:
                self._start(is_kept=True)
                self.ask(lambda database: self._bring_up(database, file))

    def ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """The answer of the tables; asked twice where they turn out to be damaged."""
        try:
            return question(self._opened())
        except _BROKEN as error:
            if not self._is_kept:
                raise
            is_damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF not in _NOT_DAMAGED
        self.close()
        if is_damaged:
            cache.forget(self._name)
        try:
            self._refresh_once(is_kept=is_damaged)
            return question(self._opened())
        except _BROKEN:
            self._refresh_once(is_kept=False)
            return question(self._opened())

    @property
    def problems(self) -> int:
        """How many problems the ledger has."""
        return self.ask(head_of).problems

    @property
    def is_empty(self) -> bool:
        """Whether there were no lines when it was last brought up to date."""
        return self._is_empty

    def close(self) -> None:
        """Let go of the file; what was not committed is as if it had never been."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None
            self._seal()

    def begin(self) -> None:
        """What is put into the tables from here on is forgotten, unless it is kept."""
        self.ask(lambda database: database.execute("begin immediate"))

    def begin_first(self) -> None:
        """The same where the first lines of a ledger are to be kept."""
        self._start(is_kept=True)
        self.begin()
        self.ask(self._set_up)

    def roll_back(self) -> None:
        """Forget what was put in."""
        with suppress(sqlite3.Error):
            self._opened().execute("rollback")

    def keep(self, data: bytes, status: os.stat_result, latest: int) -> None:
        """Keep what was recorded, now that it is on the disk; what fails here is read again."""
        try:
            database = self._opened()
            head = head_of(database)
            if head.covered + len(data) != status.st_size:  # there are lines it has not seen
                self.roll_back()
                return
            database.execute("insert into appended values (null, ?)", (data,))
            put_head(
                database,
                head._replace(
                    status=status_of(status),
                    is_at_rest=is_at_rest(status, just_written=True),
                    covered=head.covered + len(data),
                    lines=head.lines + data.count(b"\n"),
                    is_open=False,
                    latest=max(latest, head.latest or latest),
                    appended=head.appended + 1,
                    problems=faults.count(database),
                ),
            )
            database.execute("commit")
            self._seal()
        except sqlite3.Error:
            self.close()

    def _refresh_once(self, *, is_kept: bool) -> None:
        self.close()
        self._is_kept = is_kept
        with opened(self._ledger) if self._ledger else nullcontext() as file:
            if file is not None:
                self._bring_up(self._opened(), file)

    def _set_up(self, database: sqlite3.Connection) -> None:
        tables.create(database)
        put_head(database, Head(ledger=self._path, plan=self._plan.fingerprint))

    def _start(self, *, is_kept: bool) -> None:
        if self._is_kept != is_kept or not is_kept:
            self.close()
        self._is_kept = is_kept

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = self._connected()
        return self._database

    def _connected(self) -> sqlite3.Connection:
        path = cache.open_private(self._name) if self._is_kept else None
        if path is None:
            self._is_kept = False
            return tables.in_memory()
        is_new = _is_empty(path)
        if not is_new and not _is_sealed(path):
            raise sqlite3.DatabaseError("another program has written to the index")
        database = sqlite3.connect(
            cache.address(path, "mode=rw"), uri=True, isolation_level=None, timeout=_PATIENCE
        )
        database.execute("pragma synchronous=normal")
        # what a process that ended at once has left in the log is read at every start
        database.execute("pragma wal_autocheckpoint=100")
        if is_new:
            database.execute("pragma journal_mode=wal")
            cache.seal(path)
        return database

    def _seal(self) -> None:
        """SQLite may have written to the file: in its log each page has a checksum, here none."""
        if self._is_kept and (path := cache.path_of(self._name)):
            cache.seal(path)

    def _bring_up(self, database: sqlite3.Connection, file: BinaryIO) -> None:
        if self._answers_for(head_if_any(database), os.fstat(file.fileno())):
            return
        database.execute("begin immediate")
        try:
            head = head_if_any(database)
            # as it is now: whoever was waited for may have appended a line and kept it here
            status = os.fstat(file.fileno())
            has_answer = self._answers_for(head, status)
            if not has_answer:
                self._take_in(database, file, status, head)
            database.execute("commit")
            if not has_answer:  # or each start would read it through
                database.execute("pragma wal_checkpoint(truncate)")
                self._seal()
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("rollback")
            raise

    def _answers_for(self, head: Head | None, status: os.stat_result) -> bool:
        return (
            head is not None
            and (head.version, head.ledger) == (cache.VERSION, self._path)
            and head.plan == self._plan.fingerprint
            and (head.status, bool(head.is_at_rest)) == (status_of(status), True)
            and head.appended < _MOST_APPENDED
        )

    def _take_in(
        self,
        database: sqlite3.Connection,
        file: BinaryIO,
        status: os.stat_result,
        head: Head | None,
    ) -> None:
        from foodsafety_cli.store.ledger.updating import grow

        if head is None or (head.version, head.ledger) != (cache.VERSION, self._path):
            tables.create(database)
            head = Head()
        head = grow(database, file, head, self._plan, end=self._end(file, status.st_size))
        is_whole = head.covered == status.st_size
        is_unchanged = status_of(os.fstat(file.fileno())) == status_of(status)
        put_head(
            database,
            head._replace(
                ledger=self._path,
                plan=self._plan.fingerprint,
                status=status_of(status),
                is_at_rest=is_whole and is_unchanged and is_at_rest(status),
            ),
        )

    def _end(self, file: BinaryIO, size: int) -> int:
        """How far to read: a last line without an end may be one that is being written just now."""
        file.seek(max(0, size - 1))
        if file.read(1) in (b"", b"\n"):
            return size
        from foodsafety_cli.store.ledger.locking import is_held

        is_growing = self._ledger is not None and (
            is_held(self._ledger) or os.fstat(file.fileno()).st_size != size
        )
        if not is_growing:
            return size
        tail = b""
        while b"\n" not in tail and len(tail) < size:
            start = max(0, size - 2 * len(tail) - 4096)
            tail = b"".join(read_through(file, start, size))
        return size - len(tail) + tail.rfind(b"\n") + 1


def _is_empty(path: Path) -> bool:
    try:
        return not path.stat().st_size
    except OSError as error:  # another of us has found it damaged, just now
        raise sqlite3.DatabaseError("the index is gone") from error


def _is_sealed(path: Path) -> bool:
    """Whether only we have written to it; one of us may be at it, and seal it in a moment."""
    until = time.monotonic() + _A_MOMENT
    while not (is_sealed := cache.is_sealed(path)) and time.monotonic() < until:
        time.sleep(_A_MOMENT / 20)
    return is_sealed
