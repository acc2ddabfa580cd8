"""What a command works with: the workspace, the day, and where answers and talk go."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from foodsafety_cli.analysis.amending import in_force
from foodsafety_cli.cli.streams import say, say_fault, say_on_terminal
from foodsafety_cli.model.errors import BadDay, BadOutput, BadValue
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.render.listing import Listing, Thing
from foodsafety_cli.render.output import Output, show
from foodsafety_cli.store import locating
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.ledger.file import is_ledger
from foodsafety_cli.store.plan.narrowing import PlanQuery
from foodsafety_cli.store.shipped import PLAN_NAME, RUBRIC_NAME
from foodsafety_cli.store.workspace import Workspace

if TYPE_CHECKING:
    from foodsafety_cli.analysis.query import Selected, Selection
    from foodsafety_cli.analysis.standings import Standings
    from foodsafety_cli.model.events import Report
    from foodsafety_cli.store.ledger.recording import Book

_SOURCES = {PLAN_NAME, RUBRIC_NAME}
_PROBLEMS_SHOWN = 5
Day = dt.date | None


def workspaces_of(ctx: typer.Context) -> list[Workspace]:
    """The workspaces that `--plan` and the folder mean."""
    named = ctx.find_root().ensure_object(dict).get("plans")
    return locating.find_named(named) if named else [locating.find()]


def workspace_of(ctx: typer.Context) -> Workspace:
    """The one workspace meant; raises `BadValue` where `--plan` names several."""
    found = workspaces_of(ctx)
    if len(found) > 1:
        raise BadValue(
            "--plan",
            f"这个命令一次只用一个计划，这里写了 {len(found)} 个；"
            "几个计划合看请用 fs progress、fs tasks、fs indicators 或 fs due",
        )
    return found[0]


def office_of(ctx: typer.Context, days: tuple[Day, Day] = (None, None)) -> Office:
    """The one office meant; `days`: as of which day, and known on which."""
    return Office(workspace_of(ctx), *days)


class Office:
    """A workspace on a day; what it says besides the answer goes to stderr."""

    def __init__(
        self,
        workspace_meant: Workspace,
        as_of: dt.date | None = None,
        known_on: dt.date | None = None,
    ) -> None:
        self.workspace = workspace_meant
        self.today = today()
        self.as_of = as_of or self.today
        self.known_on = known_on

    @cached_property
    def printed(self) -> Plan:
        """The validated plan as it was printed: all of it, unless `narrow` was called first."""
        return self.workspace.plan

    @property
    def plan(self) -> Plan:
        """The same as later documents have left it on the day."""
        return in_force(self.printed, self.as_of)

    def narrow(self, wanted: PlanQuery) -> Plan:
        """Load only what is wanted of the plan; returns it as it is in force."""
        self.printed = self.workspace.plan_for(wanted)
        return self.plan

    @cached_property
    def standings(self) -> Standings:
        """How the tasks stand on the day; raises `LedgerUnreadable` if no line counts."""
        self.workspace.check_counts()
        return self.workspace.standings(self.printed, self.as_of, self.known_on)

    def reports(
        self,
        task: int | None = None,
        departments: Sequence[str] = (),
        *,
        most: int | None = None,
        days: tuple[Day, Day] = (None, None),
    ) -> list[Report]:
        """What was reported, oldest first, under the names that departments have now."""
        from foodsafety_cli.analysis.reporters import Reporters

        known = {d.name: (d.name, *d.aliases) for d in self.plan.departments}
        spellings = [name for one in departments for name in known.get(one, (one,))]
        found = self.workspace.history.reports(task, spellings, most=most, days=days)
        return list(map(Reporters(self.plan).named, found))

    def on_earlier(self, day: dt.date) -> Office:
        """The same office on an earlier day; raises `BadValue` for one that is not earlier."""
        if day >= self.as_of:
            raise BadDay("--since", f"{day} 不早于看的那一天（{self.as_of}），请写更早的日期")
        then = Office(self.workspace, day, self.known_on)
        then.printed = self.printed
        return then

    def anew(self) -> Office:
        """The same office with what the ledger says now."""
        return Office(self.workspace, self.as_of, self.known_on)

    def select(self, selection: Selection | None = None) -> list[Selected]:
        """The tasks meant, with their standings."""
        from foodsafety_cli.analysis.query import Selection, select

        return list(select(self.standings, selection or Selection()))

    def show(self, answer: Listing | Thing, output: Output) -> None:
        """Report what is wrong with the ledger, then give the answer."""
        keep_apart(self.workspace, output.file)
        self.report_problems()
        show(answer._replace(title=answer.title + known_words(self.known_on)), output)

    def say_if_over(self, whose: str = "") -> None:
        """Say that the working period is over, where nobody has said which day is meant.

        `whose`: the plan, where there are several.
        """
        end = self.printed.period.end
        if self.as_of == self.today and self.today > end:
            last = self.workspace.history.last_day(end) or end
            say(f"{whose}工作期已于 {end} 结束；看当时：--as-of {last}")

    @contextmanager
    def recording(self, *, dry_run: bool = False) -> Iterator[Book]:
        """A book to put events into; says afterwards if the clock that stamps them is wrong."""
        self.workspace.check_counts()
        with self.workspace.recording(dry_run=dry_run, on_wait=say_on_terminal) as book:
            yield book
        self.say_clock_ahead()

    def say_clock_ahead(self) -> None:
        """Say which lines a clock has stamped that was ahead: later ones follow them."""
        from foodsafety_cli.checking.future_dates import clock_ahead

        for problem in clock_ahead(self.workspace):
            say_fault(problem.code, str(problem))

    def report_problems(self) -> None:
        """Say on stderr which lines of the ledger were passed over, and that there is none."""
        if self.workspace.is_shipped:
            say("这里没有计划，看的是程序自带的那一份，没有填报记录。")
        self.workspace.check_counts()
        problems, count = self.workspace.ledger_problems(_PROBLEMS_SHOWN)
        for problem in problems:
            say_fault(problem.code, f"台账有误，已跳过 {problem}")
        if count > len(problems):
            ledger = self.workspace.ledger_path
            say(f"台账 {ledger} 另有 {count - len(problems)} 处，运行 fs check 全部列出。")


def keep_apart(workspace: Workspace, file: Path | None) -> None:
    """Refuse to write an answer over this folder's plan, or what `keep_source` protects."""
    if file is None:
        return
    if os.path.realpath(file) == os.path.realpath(workspace.plan_path):
        raise BadOutput("-o", f"“{file}”是计划本身，不能被覆盖，请换一个文件名")
    keep_source(file)


def keep_source(file: Path) -> None:
    """Refuse to write over any plan, rubric or ledger that is there, by whatever link."""
    names = {os.path.basename(path).casefold() for path in (file, os.path.realpath(file))}
    if is_ledger(file) or (names & _SOURCES and file.exists()) or _is_plan(file):
        raise BadOutput("-o", f"“{file}”是计划、评分细则或台账本身，不能被覆盖，请换一个文件名")


def _is_plan(file: Path) -> bool:
    """Whether a file is a plan, whatever it is called: a draft that somebody has gone through."""
    if file.suffix.casefold() not in (".yaml", ".yml") or not file.is_file():
        return False
    try:
        content = b"\n" + read_file(file)
    except OSError:
        return False
    return b"\ndepartments:" in content and b"\nsections:" in content


def known_words(known_on: Day) -> str:
    """What a title adds where not all that is known is counted, but what was on that day."""
    return "" if known_on is None else f"，只算 {known_on}（含）以前录入的"
