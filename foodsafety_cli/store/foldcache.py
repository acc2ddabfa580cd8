"""Folds kept between runs, and the proof that a kept one still answers for its ledger.

A kept fold answers at once for a file whose status (inode, size, times) is what it was when the
fold was made, if by then the file had been at rest long enough for any later change to get other
times, or if the change was our own append under the lock. Otherwise the bytes that it was made
of are compared, as such or by their hash, with what the file begins with: if they still stand
there, only the lines after them are taken in; if not, the ledger is folded again from nothing.
"""

import os
import sqlite3
import time
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.progress import Record, Submission
from foodsafety_cli.store import cache
from foodsafety_cli.store.fold import Fold, new_tables, rows_of
from foodsafety_cli.store.ledger import Appended, opened
from foodsafety_cli.store.planindex import PlanIndex

_REST = 50_000_000  # nanoseconds: several ticks of the clock that file times are taken from
_REST_IN_WHOLE_SECONDS = 2_100_000_000  # where a file system keeps times no finer
_SMALL = 1 << 20  # a ledger that is folded again as fast as it is compared
_MOST_LINES_AFTER = 16
_VERBATIM = 1 << 16  # bytes kept as they are
_MOST_ROWS_BESIDE = 3000  # what is read whole at every start


class FoldKeeper:
    """The fold of one ledger under one plan: the kept one where it still holds, else a new one."""

    def __init__(self, ledger: Path, index: PlanIndex) -> None:
        self._ledger = ledger
        self._index = index
        self._path = os.fsencode(os.path.abspath(ledger))  # its name may be in no encoding
        self._name = f"fold-{cache.residue(self._path):08x}"

    def current(self) -> Fold:
        """The fold of the ledger as it is now; raises `LedgerUnreadable`."""
        with opened(self._ledger) as file:
            if file is None:
                return Fold(new_tables())
            status = os.fstat(file.fileno())
            if status.st_size == 0:
                return Fold(new_tables())
            kept = self._kept()
            if kept is not None:
                known = kept.tables.execute("select status, is_at_rest from head").fetchone()
                if known == (_status(status), True):
                    return kept
                if self._is_brought_up(kept, file, status):
                    return kept
            return self._anew(file, status)

    def took_in(self, fold: Fold, record: Record, appended: Appended) -> None:
        """Keep the fold with what was appended under the lock, if it was of all before that."""
        if not isinstance(record, Submission):
            return  # taking back may bring an earlier report to the fore: the next run sees
        fold.add(rows_of(record))
        if fold.covers + len(appended.data) == appended.status.st_size:
            fold.tables.execute(_SEGMENT, (len(appended.data), appended.data))
            self._keep(fold, appended.status, is_at_rest=os.name != "nt")

    def _kept(self) -> Fold | None:
        content = memoryview(cache.read(self._name) or b"") if self._index.mark else b""
        known, written = content[:4], content[4:]
        if not written or known != cache.residue(written).to_bytes(4):
            return None
        try:
            tables = sqlite3.connect(":memory:")
            tables.deserialize(written)
            path, plan, mark = tables.execute("select path, plan, base from head").fetchone()
        except (sqlite3.Error, TypeError):
            return None
        if (path, plan) != (self._path, self._index.mark):
            return None
        base = cache.open_database(mark) if mark else None
        return Fold(tables, base) if base or not mark else None

    def _is_brought_up(self, fold: Fold, file: BinaryIO, status: os.stat_result) -> bool:
        """Add the lines since to a kept fold; False if that is not for certain all it takes."""
        if fold.covers > status.st_size:
            return False
        segments = fold.tables.execute("select length, proof from segment order by position")
        if any(_proof(file, length) != proof for length, proof in segments.fetchall()):
            return False
        tail = file.read()
        if tail:
            from foodsafety_cli.store import ledgerfold

            if (
                fold.covers < _SMALL
                or len(tail) > _VERBATIM
                or tail.count(b"\n") > _MOST_LINES_AFTER
            ):
                return False
            rows = ledgerfold.rows_after(file, fold.covers, tail, self._index.whole())
            if rows is None:
                return False
            fold.add(rows)
            fold.tables.execute(_SEGMENT, (len(tail), tail))
        self._keep_if_unchanged(fold, file, status)
        return True

    def _anew(self, file: BinaryIO, status: os.stat_result) -> Fold:
        from foodsafety_cli.store.ledgerfold import fold_ledger

        file.seek(0)
        fold = fold_ledger(file, self._ledger.name, self._index.whole())
        if self._index.mark:
            file.seek(0)
            proof = _proof(file, status.st_size)
            fold.tables.execute(_SEGMENT, (status.st_size, proof))
            self._keep_if_unchanged(fold, file, status)
        return fold

    def _keep_if_unchanged(self, fold: Fold, file: BinaryIO, status: os.stat_result) -> None:
        if _status(os.fstat(file.fileno())) == _status(status):
            self._keep(fold, status, is_at_rest=_is_at_rest(status))

    def _keep(self, fold: Fold, status: os.stat_result, *, is_at_rest: bool) -> None:
        if not self._index.mark:
            return
        mark = self._mark_of_base(fold)
        tables = fold.tables
        tables.execute("delete from head")
        head = (self._path, self._index.mark, _status(status), is_at_rest, mark)
        tables.execute("insert into head values (?, ?, ?, ?, ?)", head)
        tables.commit()
        content = tables.serialize()
        cache.write(self._name, cache.residue(content).to_bytes(4), content)

    def _mark_of_base(self, fold: Fold) -> str:
        """The mark of the kept tables; the rows beside them go in when they are many."""
        (mark,) = fold.tables.execute("select base from head").fetchone() or ("",)
        if fold.tables.execute("select count(*) from report").fetchone()[0] <= _MOST_ROWS_BESIDE:
            return str(mark)
        merged = fold.merged()
        name = f"{self._name}-{os.urandom(4).hex()}.db"  # readers of the old one go on reading it
        new_mark = cache.write_database(name, merged)
        if new_mark:
            fold.rest_on(merged)
            cache.forget(str(mark))
        return new_mark or str(mark)


_SEGMENT = "insert into segment (length, proof) values (?, ?)"


def _status(status: os.stat_result) -> str:
    known = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return " ".join(map(str, known))


def _is_at_rest(status: os.stat_result) -> bool:
    """Whether whatever changes the file from now on will change its times."""
    if os.name == "nt":  # no time of change there, and the other can be set at will
        return False
    latest = max(status.st_mtime_ns, status.st_ctime_ns)
    is_coarse = latest % 1_000_000_000 == 0
    return time.time_ns() - latest > (_REST_IN_WHOLE_SECONDS if is_coarse else _REST)


def _proof(file: BinaryIO, length: int) -> bytes:
    """What the next bytes are known by: themselves while they are few, else their hash."""
    if length <= _VERBATIM:
        return file.read(length)
    # takes longer to load than all the rest of a report; where the processor knows SHA-256, as
    # most do, it is two to three times as quick as BLAKE2
    from hashlib import sha256

    hashed = sha256()
    while length and (content := file.read(min(length, 1 << 20))):
        hashed.update(content)
        length -= len(content)
    return hashed.digest()
