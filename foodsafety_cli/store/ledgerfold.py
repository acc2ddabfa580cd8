"""A ledger's bytes to its fold: line by line only where something is wrong.

The quick way takes a block of whole lines that are all sound; any doubt about a block sends it
the careful way, by `ledger.parse` and `reports.vet`, which name every fault with its line. What
concerns lines far apart (an id twice, an undo of nothing) sends the whole ledger that way.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from foodsafety_cli.analysis.reports import Vetting, history, vet
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Problem
from foodsafety_cli.model.progress import Entry, Submission, Undo
from foodsafety_cli.store import ledger, ledgerline
from foodsafety_cli.store.fold import Fold, Row, microseconds, new_tables
from foodsafety_cli.store.ledger import BOM
from foodsafety_cli.store.ledgerline import Line
from foodsafety_cli.store.ledgerwalk import Block, Doubt, Walk, blocks

_ZERO = Decimal(0)
_LEAST = Decimal("1e-12")  # what is between it and the most is sound at a glance

_UNSOUND = (Doubt, ArithmeticError, *ledgerline.NOT_SOUND)


def fold_ledger(file: BinaryIO, name: str, plan: Plan) -> Fold:
    """The fold of an open ledger; `name` is what its problems call it."""
    try:
        return _quickly(file, name, plan)
    except Doubt:
        file.seek(0)
        return carefully(file.read(), name, plan)


def carefully(content: bytes, name: str, plan: Plan) -> Fold:
    """The fold of a ledger, record by record; what the quick way must agree with."""
    found = ledger.parse(content.removeprefix(BOM), name)
    records, misfits = vet(plan, found.records)
    fold = Fold(new_tables())
    fold.add(Row.of(report) for report in history(records) if not report.undone)
    problems = [ledger.misfit_problem(m, name, found.lines[m.record]) for m in misfits]
    fold.add_problems(sorted((*found.problems, *problems), key=lambda problem: problem.line))
    return fold


def rows_after(file: BinaryIO, covered: int, tail: bytes, plan: Plan) -> list[Row] | None:
    """The reports of a ledger's last lines; None where only the whole ledger tells what counts.

    That is so if a line is unsound, takes something back, or may have an id that was there before.
    """
    standing = _Standing(plan, frozenset())
    try:
        lines = ledgerline.decode_block(tail.removeprefix(b"\n"))
        standing.take(lines)
    except _UNSOUND:
        return None
    file.seek(max(covered - 1, 0))
    is_torn_before = covered and file.read(1) != b"\n" and not tail.startswith(b"\n")
    ids = {line.id for line in lines}
    if len(ids) < len(lines) or is_torn_before:
        return None
    sought = (b"\\u00", *(name.encode() for name in ids))  # an id may be written in escapes
    file.seek(0)
    for content in blocks(file):
        covered -= len(content)
        before = content if covered >= 0 else content[:covered]
        if any(piece in before for piece in sought):
            return None
        if covered <= 0:
            break
    return list(standing.rows())


def _quickly(file: BinaryIO, name: str, plan: Plan) -> Fold:
    walk = Walk(file, name)
    standing = _Standing(plan, walk.undone)
    problems: list[Problem] = []
    for block in walk:
        try:
            standing.take(_sound(block))
        except _UNSOUND:
            found = block.found
            records, misfits = vet(plan, found.records, undone=walk.undone)
            standing.take_records(records)
            problems += found.problems
            problems += [ledger.misfit_problem(m, name, found.lines[m.record]) for m in misfits]
    if walk.undoes_nothing():
        raise Doubt
    fold = Fold(new_tables())
    fold.add(standing.rows())
    fold.add_problems(problems)
    return fold


def _sound(block: Block) -> list[Line]:
    if block.lines is None:
        raise Doubt
    return block.lines


class _Counts:
    """What counts for one slot: a report of it, and the most that a figure there may be."""

    __slots__ = ("at", "entry", "line", "most", "position")

    def __init__(self, most: Decimal, line: Any, position: int, entry: Any) -> None:
        self.most = most
        self.put(line, position, entry)

    def put(self, line: Any, position: int, entry: Any) -> None:
        self.at, self.line, self.position, self.entry = line.at, line, position, entry

    def is_before(self, line: Any, position: int) -> bool:
        return (self.at, self.line.id, self.position) < (line.at, line.id, position)


class _Standing:
    """What stands for each day of each series, as blocks of lines come in."""

    def __init__(self, plan: Plan, undone: frozenset[str]) -> None:
        self._vetting = Vetting(plan)
        self._undone = undone
        self._start = plan.period.start
        self._most: dict[Entry, Decimal] = {}
        self._standing: dict[tuple[Any, ...], _Counts] = {}

    def take(self, lines: list[Any]) -> None:
        """Take sound submissions in; raises `Doubt` at anything else.

        This loop is run for every line of a ledger: it makes nothing that it can do without.
        """
        standing, undone, start = self._standing, self._undone, self._start
        for line in lines:
            date, entries = line.date, line.entries
            if line.undo is not None or date is None or entries is None:
                if line.undo in undone and entries is None:
                    continue
                raise Doubt
            if len(entries) > 1:  # a line counts whole or is looked at with care
                self._check(entries)
            position = 0
            for entry in entries:
                value, percent = entry.value, entry.percent
                slot = (
                    entry.task,
                    entry.indicator,
                    entry.department,
                    value is None,
                    percent is None,
                    entry.done,
                    date,
                )
                known = standing.get(slot)
                if known is None and date < start:
                    raise Doubt
                most = self._limit(entry) if known is None else known.most
                figure = percent if value is None else value
                if figure is not None and not (_LEAST <= figure < most or _is_sound(figure, most)):
                    raise Doubt
                if undone and line.id in undone:
                    continue
                if known is None:
                    standing[slot] = _Counts(most, line, position, entry)
                elif known.at < line.at or known.is_before(line, position):
                    known.at, known.line = line.at, line
                    known.position, known.entry = position, entry
                position += 1

    def _check(self, entries: Sequence[Any]) -> None:
        for entry in entries:
            most = self._limit(entry)
            for figure in (entry.value, entry.percent):
                if figure is not None and not _is_sound(figure, most):
                    raise Doubt

    def take_records(self, records: tuple[Submission | Undo, ...]) -> None:
        """Take in what the careful way found sound."""
        lines = (r for r in records if isinstance(r, Submission) and r.id not in self._undone)
        for line in lines:
            for position, entry in enumerate(line.entries):
                shape = (entry.value is None, entry.percent is None, entry.done)
                slot = (*entry[:3], *shape, line.date)
                known = self._standing.get(slot)
                if known is None:
                    self._standing[slot] = _Counts(self._limit(entry), line, position, entry)
                elif known.is_before(line, position):
                    known.put(line, position, entry)

    def rows(self) -> Iterator[Row]:
        """What stands: a row for each slot, and more where figures were of several kinds."""
        for slot, known in self._standing.items():
            task, indicator, department, no_value, no_percent, done, date = slot
            figure = not (no_value and no_percent) or done
            series = (task, indicator or "", department or "", figure)
            made = (microseconds(known.at), known.line.id, known.position, known.line.by)
            figures = (_digits(known.entry.value), _digits(known.entry.percent), done)
            yield Row(*series, date.isoformat(), *made, *figures)

    def _limit(self, entry: Any) -> Decimal:
        """The most that a figure of this kind may be; raises `Doubt` if there can be none."""
        zero = None if entry.value is None else _ZERO
        share = None if entry.percent is None else _ZERO
        lone = Entry(entry.task, entry.indicator, entry.department, zero, share, entry.done)
        if lone not in self._most:
            if any(self._vetting.faults(lone, self._start)):
                raise Doubt
            self._most[lone] = self._vetting.most(lone)
        return self._most[lone]


def _is_sound(figure: Decimal, most: Decimal) -> bool:
    return _ZERO <= figure <= most and -13 < figure.adjusted() < 13


def _digits(figure: Decimal | None) -> str | None:
    return None if figure is None else str(figure)
