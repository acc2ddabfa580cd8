"""What was reported, by whom and when: the index tells which lines, the ledger what they say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar, get_args

from foodsafety_cli.model.errors import LedgerUnreadable
from foodsafety_cli.model.events import Event, Report, Submission
from foodsafety_cli.model.steps import KINDS, Mark, Step
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.ledger.file import opened
from foodsafety_cli.store.ledger.index import Index
from foodsafety_cli.store.ledger.questions import FoundSubmission

Days = tuple[date | None, date | None]
_Kind = TypeVar("_Kind", bound=Step | Mark)
_MORE = 8  # times as many are read where some of the last ones fit nowhere
_Question = Callable[[Connection], Iterable[FoundSubmission]]


class History:
    """The reports of one ledger, oldest first; those taken back are marked so."""

    def __init__(self, ledger: Path, index: Index) -> None:
        self._ledger = ledger
        self._index = index

    def reports(
        self,
        task: int | None = None,
        departments: Sequence[str] = (),
        *,
        most: int | None = None,
        days: Days = (None, None),
    ) -> list[Report]:
        """All reports that the plan has a place for, or those of a task or of these departments.

        With `most`, the last of them by date and moment. `days`: up to which date, and as far as
        they were recorded by which day.
        """

        def is_meant(report: Report) -> bool:
            entry = report.entry
            is_own = not departments or entry.department in departments
            return task in (None, entry.task) and is_own

        meant = partial(
            questions.submissions, task=task, departments=departments, days=days, most=most
        )
        read = list(self._read(meant))
        found = [report for reports in read for report in reversed(reports) if is_meant(report)]
        if most and len(found) < most == len(read):  # the plan has no place for some of these
            return self.reports(task, departments, most=_MORE * most, days=days)[-most:]
        return found[:most][::-1]

    def last_day(self, end: date) -> date | None:
        """The last day up to `end` for which a figure or words were reported; None if none was."""
        return self._index.ask(lambda database: questions.last_day(database, end))

    def last_made(self) -> Event | None:
        """The submission recorded last of those that stand, fitting or not."""
        return next((event for _, event in self._lines(questions.last_recorded)), None)

    def named(self, start: str) -> list[tuple[Event, bool]]:
        """The events whose ids begin like this, fitting or not, and whether they were undone."""
        question = partial(questions.named, start=start)
        return [(event, found.undone) for found, event in self._lines(question)]

    def batches(self, start: str) -> list[str]:
        """The imports meant by the beginning of an id: theirs, or that of one of their files."""
        return self._index.ask(lambda database: questions.batches(database, start))

    def of_batch(self, batch: str) -> list[tuple[Event, bool]]:
        """The submissions of one import, and whether they were undone."""
        question = partial(questions.of_batch, batch=batch)
        return [(event, found.undone) for found, event in self._lines(question)]

    def steps(self, *kinds: type[_Kind], days: Days = (None, None)) -> list[_Kind]:
        """The events of these kinds that stand, in no order."""
        return [step for step, is_undone in self._steps(kinds, days) if not is_undone]

    def steps_undone(self, *kinds: type[_Kind]) -> list[_Kind]:
        """The events of these kinds that were taken back, in no order."""
        return [step for step, is_undone in self._steps(kinds, (None, None)) if is_undone]

    def story(self, days: Days = (None, None)) -> list[tuple[Step, bool]]:
        """All steps, and whether they were undone, in no order."""
        return list(self._steps(get_args(Step), days))

    def _steps(self, kinds: Sequence[type[_Kind]], days: Days) -> Iterator[tuple[_Kind, bool]]:
        names = [name for name, kind in KINDS.items() if kind in kinds]
        for found, event in self._lines(partial(questions.steps, kinds=names, days=days)):
            for kind in kinds:
                if isinstance(event, kind):
                    yield event, found.undone

    def _read(self, question: _Question) -> Iterator[list[Report]]:
        """The reports of each submission found."""
        for found, event in self._lines(question):
            if not isinstance(event, Submission):
                raise _changed(self._ledger)
            yield [
                Report(event, entry, position, found.undone)
                for position, entry in enumerate(event.entries)
                if position not in found.misfits
            ]

    def _lines(self, question: _Question) -> Iterator[tuple[FoundSubmission, Event]]:
        """What is found, read from the lines where the index has it."""
        places = self._index.ask(lambda database: list(question(database)))
        if not places:
            return
        from foodsafety_cli.store.ledger.lines import BOM, BadLine, decode

        with opened(self._ledger) as file:
            for found in places if file else ():
                assert file is not None
                file.seek(found.start)
                line = file.read(found.length).strip().removeprefix(BOM)
                try:
                    event = decode(line)
                except BadLine as error:
                    raise _changed(self._ledger) from error
                yield found, event


def _changed(ledger: Path) -> LedgerUnreadable:
    return LedgerUnreadable(f"台账 {ledger} 刚刚被别的程序改动，请再试一次")
