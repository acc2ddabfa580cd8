"""Checked drafts of handed-in files into the ledger's book: all of them, or faults and none."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from foodsafety_cli.analysis.admission import Allowed, admit, same_series
from foodsafety_cli.exchange.submissions import (
    Fault,
    Faulty,
    LocatedDraft,
    duplicates,
    identity,
)
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.events import Entry, Report, Submission
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.valuetype import ValueType

Before = Mapping[tuple[dt.date, Entry], Report | None]


class Book(Protocol):
    """Where submissions go; see `store.ledger.recording`."""

    def around(
        self, entry: Entry, departments: Sequence[str], date: dt.date
    ) -> tuple[Report | None, Report | None]: ...
    def is_undone(self, name: str) -> bool | None: ...
    def submit(
        self, date: dt.date, entries: Sequence[Entry], by: str, name: str | None = None
    ) -> Submission: ...


class CheckedFile(ValueType):
    """A handed-in file's drafts, and the faults found in it so far."""

    name: str
    drafts: tuple[LocatedDraft, ...]
    faults: tuple[Fault, ...]


class Taken(ValueType):
    """What a file adds: its submissions, and what stood before each figure, by day and entry."""

    name: str
    submissions: tuple[Submission, ...]
    before: Before
    is_known: bool  # all that it says is in the ledger already


class Taker:
    """Puts files into a book, one after the other; each is held against what is there by then."""

    def __init__(self, plan: Plan, book: Book, by: str, today: dt.date, allowed: Allowed) -> None:
        self._plan = plan
        self._book = book
        self._by = by
        self._today = today
        self._allowed = allowed
        self._faults: list[Fault] = []

    def take(self, files: Sequence[CheckedFile]) -> list[Taken]:
        """Put all of them in; raises `Faulty` with every fault, and then none may be recorded."""
        taken = [self._take(file) for file in files]
        refuse(self._faults)
        return taken

    def _take(self, file: CheckedFile) -> Taken:
        before: dict[tuple[dt.date, Entry], Report | None] = {}
        made: list[Submission] = []
        for day, of_day in groupby(file.drafts, key=attrgetter("draft.date")):
            entries = []
            for located in of_day:
                entry = located.draft.entry
                before[day, entry] = self._admit(located)
                entries.append(entry)
            made += self._submit(day, entries)
        is_known = bool(file.drafts) and not made
        return Taken(file.name, tuple(made), before, is_known)

    def _admit(self, located: LocatedDraft) -> Report | None:
        """What was reported before; what that has against the draft is a fault."""
        draft = located.draft
        before, after = self._book.around(draft.entry, same_series(self._plan, draft), draft.date)
        try:
            admit(self._plan, draft, before, after, self._today, self._allowed)
        except UsageError as error:
            self._faults.append(Fault(located.place, str(error)))
        return before

    def _submit(self, day: dt.date, entries: Sequence[Entry]) -> Iterator[Submission]:
        """A submission of a day of a file, unless it is there and was not taken back."""
        times = 0
        while self._book.is_undone(name := identity(self._plan, day, entries, times)):
            times += 1  # taken back: what is handed in once more is a report of its own
        if self._book.is_undone(name) is None:
            yield self._book.submit(day, entries, self._by, name)


def check_files(files: Sequence[CheckedFile]) -> None:
    """Raise `Faulty` with what is wrong with the files by themselves and beside each other."""
    refuse(
        [fault for file in files for fault in file.faults]
        + list(duplicates([file.drafts for file in files]))
    )


def refuse(faults: Sequence[Fault]) -> None:
    """Raise `Faulty` if there are any."""
    if faults:
        raise Faulty(faults)
