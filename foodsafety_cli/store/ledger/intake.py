"""Taking lines of the ledger into its index: the one loop, for new, grown and rewritten ledgers."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import BinaryIO

from foodsafety_cli.analysis.vetting import Vetting
from foodsafety_cli.model.events import Event, Submission
from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.store.ledger import lines, unknown_keys
from foodsafety_cli.store.ledger.joined_records import is_glued, unglued
from foodsafety_cli.store.ledger.lines import BOM, BadLine, Decoded
from foodsafety_cli.store.ledger.rows import (
    LineSpan,
    SeriesKey,
    entry_rows,
    mark_misfits,
    put_entry,
    put_event,
    series_number,
)
from foodsafety_cli.store.ledger.tables import microseconds

_BLOCK = 1 << 16  # bytes; what is made of more of them falls out of the processor's caches


class Intake:
    """Puts lines into the tables of one index; `vetting` is asked for only if there are any."""

    def __init__(
        self, database: sqlite3.Connection, file: BinaryIO, vetting: Callable[[], Vetting]
    ) -> None:
        self._database = database
        self._file = file
        self._vetting = vetting
        self._series: dict[SeriesKey, int] = {}
        self.latest: int | None = None  # when the latest of the events taken in was recorded

    def take(self, start: int, end: int, first: int, digest: Callable[[bytes], object]) -> int:
        """Take the bytes from `start` to `end` in, from line `first` on; returns the next line.

        All of them pass through `digest` on the way.
        """
        for content in self._blocks(start, end):
            digest(content)
            for place, raw, event in _read(content, LineSpan(first, start, 0)):
                if isinstance(event, BadLine):
                    self._add_problem(_bad(place, event))
                else:
                    self._put(event, raw, place)
            first += content.count(b"\n")
            start += len(content)
        return first

    def _blocks(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes in blocks of whole lines."""
        while start < end:
            self._file.seek(start)
            content = self._file.read(min(_BLOCK, end - start))
            content += self._file.readline(end - start - len(content))
            yield content
            start += len(content)

    def _put(self, event: Event, raw: bytes, place: LineSpan) -> None:
        at = microseconds(event.at)
        self.latest = at if self.latest is None else max(at, self.latest)
        if put_event(self._database, event, place):
            self._put_entries(event)
            return
        # an id twice: of the two lines the one that sorts first counts, whatever their order
        query = "select line, start, length from event where id = ?"
        known = LineSpan(*self._database.execute(query, (event.id,)).fetchone())
        earlier = _bare(self._bytes_at(known))
        left_out, taken = (known, place) if raw < earlier else (place, known)
        self._add_problem(
            _twice(left_out, taken, same=raw == earlier or lines.says_the_same(raw, earlier))
        )
        if taken is place:
            self._take_out(lines.decode(earlier))
            put_event(self._database, event, place)
            self._put_entries(event)

    def _bytes_at(self, place: LineSpan) -> bytes:
        self._file.seek(place.start)
        return self._file.read(place.length)

    def _put_entries(self, event: Event) -> None:
        if not isinstance(event, Submission):
            return
        vetting, misfits = self._vetting(), []
        for (series, row), entry in zip(entry_rows(event), event.entries, strict=True):
            count = vetting.count(entry, event.date)
            put_entry(self._database, self._number_of(series), row, count)
            if count:
                misfits.append(row[3])
        if misfits:
            mark_misfits(self._database, event.id, misfits)

    def _take_out(self, event: Event) -> None:
        self._database.execute("delete from event where id = ?", (event.id,))
        if isinstance(event, Submission):
            for series, row in entry_rows(event):
                condition = "series = ? and date = ? and at = ? and id = ? and position = ?"
                values = (self._number_of(series), *row[:4])
                self._database.execute(f"delete from entry where {condition}", values)

    def _number_of(self, series: SeriesKey) -> int:
        if series not in self._series:
            self._series[series] = series_number(self._database, series)
        return self._series[series]

    def _add_problem(self, problem: Problem) -> None:
        self._database.execute(
            "insert into problem values (null, ?, ?, ?, ?, ?, ?)", tuple(problem)[1:]
        )


def _read(content: bytes, first: LineSpan) -> Iterator[tuple[LineSpan, bytes, Event | BadLine]]:
    """A block's lines, blank ones passed over: decoded at once where all of them are sound.

    A warning comes before the event that it is about.
    """
    raw_lines = content.split(b"\n")
    decoded = lines.decode_block(content)
    number, start = first.line, first.start
    for n, raw in enumerate(raw_lines):
        place = LineSpan(number + n, start, len(raw))
        start += len(raw) + 1
        bare = raw if decoded else _bare(raw)
        if not bare:
            continue
        if decoded is None and is_glued(bare):
            yield from _read_glued(place, raw, bare)
        else:
            yield from _read_line(place, bare, decoded[n] if decoded else None)


def _read_glued(
    place: LineSpan, raw: bytes, bare: bytes
) -> Iterator[tuple[LineSpan, bytes, Event | BadLine]]:
    """Records that lost the line end between them, as merges and editors leave them."""
    start = place.start + raw.index(bare)
    for at, record in unglued(bare):
        yield from _read_line(LineSpan(place.line, start + at, len(record)), record, None)


def _read_line(
    place: LineSpan, bare: bytes, decoded: Decoded | None
) -> Iterator[tuple[LineSpan, bytes, Event | BadLine]]:
    try:
        line, untyped = decoded or lines.decode_line(bare)
        warning = unknown_keys.check(bare, untyped)
        event = lines.event_of(line, bare)
    except BadLine as bad:
        yield place, bare, bad
        return
    if warning is not None:
        yield place, bare, warning
    yield place, bare, event


def _bare(raw: bytes) -> bytes:
    """A line without what editors and merges of files leave around it."""
    return raw.strip().removeprefix(BOM)


def _bad(place: LineSpan, bad: BadLine) -> Problem:
    is_told_only = bad.code in (Code.LEDGER_STRANGE_KEY, Code.LEDGER_SAYS_NOTHING)
    severity = Severity.WARNING if is_told_only else Severity.ERROR
    return Problem("", place.line, bad.column, bad.code, bad.message, bad.remedy, severity)


def _twice(left_out: LineSpan, taken: LineSpan, *, same: bool) -> Problem:
    message = "内容相同，只计一次" if same else "内容不同，只取那一行"
    return Problem(
        "",
        left_out.line,
        0,
        Code.LEDGER_DUPLICATE_ID,
        f"编号与第 {taken.line} 行重复，{message}",
        "合并文件时会这样，可以不管" if same else "请核对两行，给其中一行换一个编号",
        Severity.WARNING if same else Severity.ERROR,
    )
