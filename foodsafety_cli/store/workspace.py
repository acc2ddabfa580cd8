"""The folder an officer works in: which plan, which ledger, which day.

What only an answer needs is imported where it is given: completion goes by the plan alone.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from foodsafety_cli.model.errors import BadValue, CannotWrite
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.progress import Record, Submission
from foodsafety_cli.store import ledger as ledgerfile
from foodsafety_cli.store import planfile
from foodsafety_cli.store.ledger import Appended, R
from foodsafety_cli.store.planindex import PlanIndex, Wanted

if TYPE_CHECKING:
    from foodsafety_cli.analysis.standing import Standings
    from foodsafety_cli.store.fold import Fold
    from foodsafety_cli.store.foldcache import FoldKeeper
    from foodsafety_cli.store.history import History


class Workspace:
    """A plan's file and the ledger beside it; each is read when it is first asked for.

    Plan and fold are kept from then on; the history is read anew for each question.
    """

    def __init__(self, plan_path: Path, *, is_shipped: bool = False) -> None:
        self.plan_path = plan_path
        self.is_shipped = is_shipped
        # one folder a plan, so that nobody has to say which ledger is meant
        self.ledger_path = plan_path.parent / ledgerfile.NAME

    @cached_property
    def _index(self) -> PlanIndex:
        return planfile.load(self.plan_path)

    @cached_property
    def _keeper(self) -> FoldKeeper:
        from foodsafety_cli.store.foldcache import FoldKeeper

        return FoldKeeper(self.ledger_path, self._index)

    @cached_property
    def plan(self) -> Plan:
        """The validated plan; raises `PlanUnreadable`."""
        return self._index.whole()

    def plan_for(self, wanted: Wanted) -> Plan:
        """The validated plan with at least what is wanted of it, and little else."""
        return self._index.narrowed(wanted)

    @cached_property
    def fold(self) -> Fold:
        """The ledger's reports that tell how tasks stand; raises `LedgerUnreadable`."""
        from foodsafety_cli.store.fold import Fold, new_tables

        return Fold(new_tables()) if self.is_shipped else self._keeper.current()

    def standings(self, plan: Plan, as_of: dt.date) -> Standings:
        """How the tasks of a plan (all of it, or what was wanted) stand when `as_of` ends."""
        from foodsafety_cli.analysis.standing import Standings

        tasks = [task.id for _, task in plan.tasks()]
        return Standings(plan, self.fold.reports(tasks, as_of), as_of)

    def close(self) -> None:
        """Let go of the files; what was read of them stays."""
        for held in (self.__dict__.get("_index"), self.__dict__.get("fold")):
            if held is not None:
                held.close()

    @cached_property
    def history(self) -> History:
        """What was reported, by whom and when."""
        from foodsafety_cli.store.history import History

        return History(None if self.is_shipped else self.ledger_path, self._index)

    def submit(self, make: Callable[[Fold], R]) -> R:
        """Record what `make` returns, given the fold as it is under the ledger's lock."""
        self._check_writable()

        def make_now() -> R:
            self.fold = self._keeper.current()
            return make(self.fold)

        def took_in(record: R, appended: Appended) -> None:
            self._keeper.took_in(self.fold, record, appended)

        return ledgerfile.submit(self.ledger_path, make_now, took_in)

    def submit_all(self, make: Callable[[Fold], Sequence[Record]]) -> Sequence[Record]:
        """Record all that `make` returns in one write, or nothing."""
        self._check_writable()

        def make_now() -> Sequence[Record]:
            self.fold = self._keeper.current()
            return make(self.fold)

        records: Sequence[Record] = ledgerfile.submit_all(self.ledger_path, make_now)
        return records

    def _check_writable(self) -> None:
        if self.is_shipped:
            raise CannotWrite(
                "现在用的是程序自带的计划，只能查询。请先建一个工作文件夹：fs init 文件夹，"
                "再到里面填报"
            )

    def rehearse(self, make: Callable[[Fold], Submission]) -> Submission:
        """The same without writing: only this object sees the submission."""
        from foodsafety_cli.store.fold import rows_of

        submission = make(self.fold)
        self.fold.add(rows_of(submission))
        return submission


def today() -> dt.date:
    """Today, or the day FS_TODAY fixes for tests and reruns."""
    fixed = os.environ.get("FS_TODAY")
    if not fixed:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(fixed)
    except ValueError:
        raise BadValue("FS_TODAY", f"“{fixed}”不是日期，请写成 2021-09-30 这样") from None
