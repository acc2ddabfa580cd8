"""Checked drafts of handed-in files into the ledger's book: all of them, or faults and none.

A row is known by what it says, in its file: what the ledger has of it is not recorded again,
and what was corrected or undone since only with `again`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import PurePath
from typing import Protocol

from foodsafety_cli.analysis.admission import Allowed, admit, same_series
from foodsafety_cli.analysis.amending import AmendedPlan
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.exchange.row_drafts import RowFault, fault_of
from foodsafety_cli.exchange.submissions import (
    Faulty,
    LocatedDraft,
    duplicates,
    identity,
    of_all,
)
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.events import Entry, KnownRow, Report, Submission
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.text import clean
from foodsafety_cli.model.valuetype import ValueType

Before = Mapping[tuple[dt.date, Entry], Report | None]


class Book(Protocol):
    """Where submissions go; see `store.ledger.recording`."""

    def around(
        self, entry: Entry, departments: Sequence[str], date: dt.date
    ) -> tuple[Report | None, Report | None]: ...
    def is_undone(self, name: str) -> bool | None: ...
    def told(self, file: str, day: dt.date | None, entry: Entry) -> KnownRow | None: ...
    def submit_file(
        self, date: dt.date, entries: Sequence[Entry], by: str, origin: tuple[str, str, bool]
    ) -> Submission: ...


class CheckedFile(ValueType):
    """A handed-in file's drafts, and the faults found in it so far."""

    name: str
    drafts: tuple[LocatedDraft, ...]
    faults: tuple[RowFault, ...]


class Taken(ValueType):
    """What a file adds: its submissions, and what stood before each figure, by day and entry."""

    name: str
    submissions: tuple[Submission, ...]
    before: Before
    known: int  # rows that are in the ledger already
    left_out: tuple[RowFault, ...]  # of these, what was corrected or undone since


def in_order(files: Sequence[CheckedFile], reporters: Reporters) -> list[CheckedFile]:
    """The files as they go in: first those with figures for tasks that others report, too."""
    return sorted(files, key=lambda file: not any(of_all(reporters, one) for one in file.drafts))


class Taker:
    """Puts files into a book, one after the other; each is held against what is there by then."""

    def __init__(
        self,
        plan: Plan,
        book: Book,
        by: str,
        today: dt.date,
        allowed: Allowed,
        *,
        again: bool = False,
        is_of_a_day: bool = False,  # which was given for all rows that have none
    ) -> None:
        self._plan = plan
        self._amended = AmendedPlan(plan)
        self._book = book
        self._by = by
        self._today = today
        self._allowed = allowed
        self._again = again
        self._is_of_a_day = is_of_a_day
        self._faults: list[RowFault] = []
        self._anew: set[str] = set()  # the places of rows that were corrected or taken back

    def take(self, files: Sequence[CheckedFile]) -> list[Taken]:
        """Put all of them in; raises `Faulty` with every fault, and then none may be recorded."""
        taken = [self._take(file) for file in files]
        refuse(self._faults)
        return taken

    def _take(self, file: CheckedFile) -> Taken:
        before: dict[tuple[dt.date, Entry], Report | None] = {}
        made: list[Submission] = []
        left_out: list[RowFault] = []
        day_of = attrgetter("draft.date", "is_undated")
        for (day, is_undated), of_day in groupby(file.drafts, key=day_of):
            rows = [one for one in of_day if self._is_wanted(file.name, one, left_out)]
            for one in rows:
                before[day, one.draft.entry] = self._admit(file.name, one)
            origin = _file_of(file.name), is_undated
            made += self._submit(day, rows, origin, left_out) if rows else ()
        added = sum(len(submission.entries) for submission in made)
        return Taken(file.name, tuple(made), before, len(file.drafts) - added, tuple(left_out))

    def _is_wanted(self, file: str, located: LocatedDraft, left_out: list[RowFault]) -> bool:
        """Whether a row is to be recorded; why a known one does not stand goes to `left_out`."""
        draft = located.draft
        day = None if located.is_undated else draft.date
        known = self._book.told(_file_of(file), day, draft.entry)
        if known is None:
            return self._is_new(file, located, left_out)
        why = "撤回了" if known.undone else self._corrected(located, known)
        if why and not self._again:
            left_out.append(_known_row(located.place, f"以前导入过，后来{why}"))
        if why and self._again:
            self._anew.add(located.place)
        if not why and file == "-":  # what a pipe says today is of today
            return True
        return self._again and (bool(why) or (self._is_of_a_day and not self._stands(located)))

    def _stands(self, located: LocatedDraft) -> bool:
        """Whether the ledger has a row's figure for that very day, and nothing after it."""
        draft = located.draft
        now, _ = self._book.around(draft.entry, same_series(self._amended, draft), draft.date)
        if now is None or now.submission.date != draft.date:
            return False
        figures = attrgetter("value", "percent", "done", "counted", "out_of")
        return bool(figures(now.entry) == figures(draft.entry))

    def _is_new(self, file: str, located: LocatedDraft, left_out: list[RowFault]) -> bool:
        """Whether a row that says something new brings no figure back that does not stand."""
        draft = located.draft
        if not draft.entry.has_figure or self._again:
            return True
        day = None if located.is_undated else draft.date
        known = self._book.told(_file_of(file), day, draft.entry.figure_alone)
        if known is None:
            return True
        why = "撤回了" if known.undone else self._corrected(located, known)
        if why:
            words = f"这个数以前导入过，后来{why}；只记文字请用 fs progress update"
            left_out.append(_known_row(located.place, words))
        return not why

    def _corrected(self, located: LocatedDraft, known: KnownRow) -> str:
        """What stands instead of a row, if another figure was recorded after it; else "".

        A row with a day is not corrected by the figures of later days.
        """
        draft = located.draft
        if not draft.entry.has_figure:
            return ""
        series = same_series(self._amended, draft)
        day = self._today if located.is_undated else draft.date
        now, _ = self._book.around(draft.entry, series, day)
        if now is None or now.submission.at <= known.at:
            return ""
        was = Report(now.submission, draft.entry, 0)
        words = figure_words(now)
        return "" if words == figure_words(was) else f"改报了 {words}（{now.submission.date}）"

    def _admit(self, file: str, located: LocatedDraft) -> Report | None:
        """What was reported before; what that has against the draft is a fault."""
        draft = located.draft
        plan = self._amended.on(draft.date)
        before, after = self._book.around(
            draft.entry, same_series(self._amended, draft), draft.date
        )
        try:
            admit(plan, draft, before, after, self._today, self._allowed)
        except UsageError as error:
            self._faults.append(fault_of(error, located.place, file))
        return before

    def _submit(
        self,
        day: dt.date,
        rows: Sequence[LocatedDraft],
        origin: tuple[str, bool],
        left_out: list[RowFault],
    ) -> Iterator[Submission]:
        """A submission of a day of a file, unless one of the same words is there."""
        entries = [one.draft.entry for one in rows]
        times = 0
        is_anew = any(one.place in self._anew for one in rows)
        while self._is_used(name := identity(self._plan, day, entries, times), is_anew=is_anew):
            times += 1
        if self._book.is_undone(name) is not None:  # it stands
            return
        if times and not self._again:  # a copy under another name of what was taken back
            left_out += (_known_row(one.place, "以前导入过，后来撤回了") for one in rows)
        else:
            yield self._book.submit_file(day, entries, self._by, (name, *origin))

    def _is_used(self, name: str, *, is_anew: bool) -> bool:
        """Whether words cannot have this id: it was taken back, or corrected and they come anew."""
        is_undone = self._book.is_undone(name)
        return bool(is_undone) or (is_anew and is_undone is not None)


def _known_row(place: str, words: str) -> RowFault:
    return RowFault(place, words, code=MessageCode.KNOWN_ROW)


def _file_of(name: str) -> str:
    """What a file is known by: its name wherever it lies; standard input is one file."""
    return clean(PurePath(name).name)


def faults_in(files: Sequence[CheckedFile]) -> list[RowFault]:
    """What is wrong with the files by themselves and beside each other."""
    own = [fault._replace(file=file.name) for file in files for fault in file.faults]
    return own + list(duplicates([(file.name, file.drafts) for file in files]))


def refuse(faults: Sequence[RowFault]) -> None:
    """Raise `Faulty` if there are any."""
    if faults:
        raise Faulty(faults)
