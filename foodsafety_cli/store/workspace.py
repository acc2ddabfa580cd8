"""The folder an officer works in: which plan, which ledger.

What only an answer needs is imported where it is given: completion goes by the plan alone.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from foodsafety_cli.model.errors import CannotWrite, LedgerUnreadable, PlanUnreadable
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.steps import Extension, Letter, SignOff, SignOffStep, Step
from foodsafety_cli.store.ledger import file as ledger_file
from foodsafety_cli.store.plan import file as plan_file
from foodsafety_cli.store.plan.narrowing import PlanQuery, PlanTables
from foodsafety_cli.store.shipped import PLAN_NAME

if TYPE_CHECKING:
    from foodsafety_cli.analysis.letters import Reported, Sent
    from foodsafety_cli.analysis.standings import Standings
    from foodsafety_cli.model.events import Submission
    from foodsafety_cli.model.problem import Problem
    from foodsafety_cli.store.ledger.history import History
    from foodsafety_cli.store.ledger.index import Index
    from foodsafety_cli.store.ledger.merging import Merged
    from foodsafety_cli.store.ledger.recording import Book

T = TypeVar("T")


class Workspace:
    """A plan's file and the ledger beside it; each is read when it is first asked for."""

    def __init__(self, plan_path: Path, *, is_shipped: bool = False) -> None:
        self.plan_path = plan_path
        self.is_shipped = is_shipped
        # one folder a plan, so that nobody has to say which ledger is meant
        self.ledger_path = plan_path.parent / ledger_file.NAME

    @cached_property
    def _tables(self) -> PlanTables:
        return plan_file.load(self.plan_path)

    @cached_property
    def index(self) -> Index:
        """The ledger's index, as the ledger was when it was first asked for."""
        from foodsafety_cli.store.ledger.index import Index

        # the plan that comes with the program has no ledger: nothing is reported beside it
        ledger = self.ledger_path if not self.is_shipped else None
        index = Index(ledger, self._tables)
        index.refresh()
        return index

    @cached_property
    def plan(self) -> Plan:
        """The validated plan; raises `PlanUnreadable`."""
        return self._ask_tables(PlanTables.whole)

    def plan_for(self, query: PlanQuery) -> Plan:
        """The validated plan with at least what is wanted of it, and little else."""
        return self._ask_tables(lambda tables: tables.narrowed(query))

    def standings(self, plan: Plan, as_of: dt.date, known_on: dt.date | None = None) -> Standings:
        """How the tasks of a plan (all of it, or what was wanted) stand when `as_of` ends.

        `known_on` leaves out what was recorded after that day.
        """
        from foodsafety_cli.analysis.amending import ever_in_force, handovers
        from foodsafety_cli.analysis.standings import Standings
        from foodsafety_cli.store.ledger import questions

        tasks = [task.id for _, task in ever_in_force(plan).tasks()]
        reports = self.index.ask(lambda d: questions.latest(d, tasks, as_of, known_on))
        for task, day in handovers(plan, as_of):  # what stood then may count beside what came since
            stood = self.index.ask(
                partial(questions.latest, tasks=[task], day=day, known_on=known_on)
            )
            found = {r.order: r for r in (*stood.get(task, ()), *reports.get(task, ()))}
            reports[task] = [found[order] for order in sorted(found)]
        steps: list[Step] = self.history.steps(SignOff, Extension, days=(as_of, known_on))
        return Standings(plan, reports, as_of, steps)

    @cached_property
    def history(self) -> History:
        """What was reported, by whom and when."""
        from foodsafety_cli.store.ledger.history import History

        return History(self.ledger_path, self.index)

    def previous(self, folder: str) -> Workspace:
        """Last year's folder, as the plan names it; raises `PlanUnreadable`."""
        path = self.plan_path.parent / folder
        path = path / PLAN_NAME if path.is_dir() else path
        if path.resolve() == self.plan_path.resolve():
            raise PlanUnreadable(f"{path} 就是这一份自己")
        return Workspace(path)

    def letters(self, standings: Standings, known_on: dt.date | None = None) -> list[Sent]:
        """The letters that went out up to the day of the standings, and who has answered."""
        from foodsafety_cli.analysis.letters import sent

        steps = self.history.steps(Letter, days=(standings.as_of, known_on))
        reported = self.reported_since(standings, known_on)
        return sent(map(standings.renamed, steps), reported, standings.asks_nothing)

    def letter_numbers(self) -> list[str]:
        """The numbers of all letters in the ledger that stand."""
        return [letter.number for letter in self.history.steps(Letter) if letter.number]

    def reported_since(self, standings: Standings, known_on: dt.date | None = None) -> Reported:
        """What tells when a department first reported on a task after a letter."""
        from foodsafety_cli.store.ledger import questions

        days = (standings.as_of, known_on)
        steps = self.history.steps(SignOff, days=days)
        withdrawn = {step.of for step in steps if step.step is SignOffStep.WITHDRAW}
        applied = [s for s in steps if s.step is SignOffStep.APPLY and s.id not in withdrawn]

        def reported(task: int, department: str, letter: Letter) -> dt.date | None:
            since = letter.at, letter.date
            spelt = list(standings.spellings(task, department))
            asks = partial(questions.reported_since, task=task, since=since, days=days)
            reported = (
                self.index.ask(partial(asks, departments=names, last=last)) for last, names in spelt
            )
            known_as = {department, *(name for _, names in spelt for name in names)}
            asked = (
                step.date
                for step in applied
                if step.task == task and step.department in known_as and step.at > letter.at
            )
            return min((known for known in (*reported, *asked) if known), default=None)

        return reported

    def ledger_problems(self, most: int) -> tuple[list[Problem], int]:
        """The first problems of the ledger, and how many there are."""
        count = self.index.problems
        if not count:
            return [], 0
        from foodsafety_cli.store.ledger import problems

        name = str(self.ledger_path)
        return self.index.ask(lambda d: problems.first(d, self.plan, name, most)), count

    def check_counts(self) -> None:
        """Raise `LedgerUnreadable` if the ledger has lines, and none of them counts."""
        if not self.index.problems:
            return
        from foodsafety_cli.store.ledger import problems

        if self.index.ask(problems.nothing_counts):
            shown, count = self.ledger_problems(1)
            raise LedgerUnreadable(
                f"台账 {self.ledger_path} 里没有一行能计入（{count} 处问题，第一处：{shown[0]}），"
                "没有改动。请用原来的台账换回来；没有的，照 fs check 指出的逐处改好再试"
            )

    def every_ledger_problem(self) -> list[Problem]:
        """All problems of the ledger, also those that no answer tells of."""
        from foodsafety_cli.store.ledger import problems

        name = str(self.ledger_path)
        return self.index.ask(lambda d: problems.every(d, self.plan, name))

    def recording(
        self, *, dry_run: bool = False, on_wait: Callable[[str], None] | None = None
    ) -> AbstractContextManager[Book]:
        """A book to put events into, which is appended to the ledger when it is left well."""
        from foodsafety_cli.store.ledger.recording import recording

        if not dry_run:
            self._refuse_shipped()
        return recording(self.ledger_path, self.index, dry_run=dry_run, on_wait=on_wait)

    def ledger_status(self) -> str:
        """What tells the ledger from itself after a change; empty where there is none."""
        return ledger_file.status_text(self.ledger_path)

    def forget_pending(self) -> None:
        """Let go of what a dry run has put in: a slow reader of the answer keeps nobody waiting."""
        self.index.roll_back()

    def compare(self, other: Path) -> Merged:
        """What merging would make of the lines of another copy of the ledger."""
        from foodsafety_cli.store.ledger.merging import compare

        self._refuse_shipped()
        return compare(self.ledger_path, self.index, other, self._fits)

    def merge(self, other: Path, on_wait: Callable[[str], None] | None = None) -> Merged:
        """Take in the lines of another copy of the ledger."""
        from foodsafety_cli.store.ledger.merging import merge

        self._refuse_shipped()
        merged = merge(self.ledger_path, self.index, other, self._fits, on_wait)
        self.index.refresh()
        return merged

    @cached_property
    def _fits(self) -> Callable[[Submission], bool]:
        """What tells whether the plan has a place for all that a submission says."""
        from foodsafety_cli.analysis.vetting import Vetting

        vetting = Vetting(self.plan)
        return lambda one: not any(vetting.count(entry, one.date) for entry in one.entries)

    def _refuse_shipped(self) -> None:
        if self.is_shipped:
            raise CannotWrite(
                "现在用的是程序自带的计划，只能查询。请先建一个工作文件夹：fs init 文件夹，"
                "再到里面填报"
            )

    def close(self) -> None:
        """Let go of the files; what was read of them stays."""
        for held in (self.__dict__.get("_tables"), self.__dict__.get("index")):
            if held is not None:
                held.close()

    def _ask_tables(self, question: Callable[[PlanTables], T]) -> T:
        """Ask the plan's tables; those that turn out to be damaged are made again."""
        try:
            return question(self._tables)
        except sqlite3.Error:
            self._tables = plan_file.load(self.plan_path, anew=True)
            return question(self._tables)
