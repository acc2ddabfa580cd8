"""What was reported: the ledger's submissions as reports, all of them or some, oldest first."""

from collections.abc import Callable, Iterable
from heapq import nlargest
from operator import attrgetter
from pathlib import Path

from foodsafety_cli.analysis.reports import history, vet
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.progress import Entry, Report, Submission
from foodsafety_cli.store.ledger import opened
from foodsafety_cli.store.ledgerpick import Choice, pick
from foodsafety_cli.store.planindex import PlanIndex, Wanted


class History:
    """The reports of one ledger under one plan; those taken back are marked so.

    Each question reads the ledger as it is then.
    """

    def __init__(self, ledger: Path | None, index: PlanIndex) -> None:
        self._ledger = ledger
        self._index = index

    def all(self) -> list[Report]:
        """Every report that the plan has a place for."""
        return self._fitting(self._index.whole(), lambda found, _: found)

    def of_task(self, number: int) -> list[Report]:
        """The same of one task."""

        def of_task(found: Iterable[Submission], _: frozenset[str]) -> Iterable[Submission]:
            return (s for s in found if any(entry.task == number for entry in s.entries))

        submissions, undone = self._picked(of_task)
        bodies = {e.department for s in submissions for e in s.entries if e.task == number}
        plan = self._index.narrowed(Wanted(str(number), tuple(filter(None, bodies))))
        kept, _ = vet(plan, submissions, undone=undone)
        return [report for report in history(kept, undone=undone) if report.entry.task == number]

    def latest(self, is_wanted: Callable[[Entry], bool], most: int | None) -> list[Report]:
        """The last of the reports that are wanted: by date, then by when they were made."""

        def wanted(found: Iterable[Submission], _: frozenset[str]) -> Iterable[Submission]:
            return (s for s in found if any(map(is_wanted, s.entries)))

        def last_wanted(found: Iterable[Submission], undone: frozenset[str]) -> list[Submission]:
            return nlargest(most or 0, wanted(found, undone), key=attrgetter("date", "at", "id"))

        def reports(choose: Choice) -> list[Report]:
            fitting = self._fitting(self._index.whole(), choose)
            return [report for report in fitting if is_wanted(report.entry)]

        found = reports(last_wanted) if most else []
        if not most or len(found) < most:  # the plan may have no place for some of the last
            found = reports(wanted)
        return found[-most:] if most else found

    def last_made(self) -> list[Report]:
        """The reports of the submission made last of those that stand, whatever the plan says."""

        def last(found: Iterable[Submission], undone: frozenset[str]) -> list[Submission]:
            standing = (s for s in found if s.entries and s.id not in undone)
            return nlargest(1, standing, key=attrgetter("at", "id"))

        return self._unjudged(last)

    def named(self, start: str) -> list[Report]:
        """The reports of the submissions whose ids begin like this, whatever the plan says."""
        return self._unjudged(lambda found, _: (s for s in found if s.id.startswith(start)))

    def _fitting(self, plan: Plan, choose: Choice) -> list[Report]:
        submissions, undone = self._picked(choose)
        kept, _ = vet(plan, submissions, undone=undone)
        return history(kept, undone=undone)

    def _unjudged(self, choose: Choice) -> list[Report]:
        submissions, undone = self._picked(choose)
        return history(submissions, undone=undone)

    def _picked(self, choose: Choice) -> tuple[list[Submission], frozenset[str]]:
        if self._ledger is None:
            return [], frozenset()
        with opened(self._ledger) as file:
            return pick(file, choose) if file else ([], frozenset())
