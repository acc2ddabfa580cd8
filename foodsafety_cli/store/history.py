"""What was reported: the ledger's submissions as reports, all of them or some, oldest first."""

from collections.abc import Iterable
from heapq import nlargest
from operator import attrgetter
from pathlib import Path

from foodsafety_cli.analysis import reports
from foodsafety_cli.model.progress import Report, Submission
from foodsafety_cli.store.ledger import opened
from foodsafety_cli.store.ledgerpick import Choice, Said, SaidOfATask, pick
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
        return self._fitting(*self._picked(lambda said, _: said))

    def latest(
        self, task: int | None = None, department: str | None = None, most: int | None = None
    ) -> list[Report]:
        """The same of one task or one department, or the last of these by date and moment."""

        def is_meant(entry: SaidOfATask) -> bool:
            return task in (None, entry.task) and department in (None, entry.department)

        def meant(said: Iterable[Said], _: frozenset[str]) -> Iterable[Said]:
            return (one for one in said if any(map(is_meant, one.entries)))

        def last_meant(said: Iterable[Said], undone: frozenset[str]) -> Iterable[Said]:
            return nlargest(most or 0, meant(said, undone), key=attrgetter("date", "at", "id"))

        submissions, undone = self._picked(last_meant if most else meant)
        short = [s._replace(entries=tuple(filter(is_meant, s.entries))) for s in submissions]
        found = self._fitting(short, undone)
        if most and len(found) < most == len(submissions):
            return self.latest(task, department)[-most:]  # no place in the plan for some of these
        return found[-most:] if most else found

    def last_made(self) -> list[Report]:
        """The reports of the submission made last of those that stand, whatever the plan says."""

        def last(said: Iterable[Said], undone: frozenset[str]) -> Iterable[Said]:
            standing = (one for one in said if one.entries and one.id not in undone)
            return nlargest(1, standing, key=attrgetter("at", "id"))

        return self._unjudged(last)

    def named(self, start: str) -> list[Report]:
        """The reports of the submissions whose ids begin like this, whatever the plan says."""
        return self._unjudged(lambda said, _: (one for one in said if one.id.startswith(start)))

    def _fitting(self, submissions: list[Submission], undone: frozenset[str]) -> list[Report]:
        """What the plan has a place for; only what it takes to judge that is loaded of it."""
        entries = [entry for submission in submissions for entry in submission.entries]
        numbers = {entry.task for entry in entries}
        if len(numbers) == 1:
            bodies = {entry.department for entry in entries if entry.department}
            plan = self._index.narrowed(Wanted(str(numbers.pop()), tuple(bodies)))
        else:
            plan = self._index.whole()
        kept, _ = reports.vet(plan, submissions, undone=undone)
        return reports.history(kept, undone=undone)

    def _unjudged(self, choose: Choice) -> list[Report]:
        submissions, undone = self._picked(choose)
        return reports.history(submissions, undone=undone)

    def _picked(self, choose: Choice) -> tuple[list[Submission], frozenset[str]]:
        if self._ledger is None:
            return [], frozenset()
        with opened(self._ledger) as file:
            return pick(file, choose) if file else ([], frozenset())
