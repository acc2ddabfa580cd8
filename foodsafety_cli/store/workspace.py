"""The folder an officer works in: which plan, which ledger, which day."""

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from foodsafety_cli.analysis import reports as folding
from foodsafety_cli.analysis.standing import Standings
from foodsafety_cli.model.errors import BadValue, CannotWrite, PlanUnreadable
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Problem
from foodsafety_cli.model.progress import Record, Report
from foodsafety_cli.store import ledger as ledgerfile
from foodsafety_cli.store import planfile

PLAN_NAME = "plan.yaml"
SCHEMA_NAME = "plan.schema.json"
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Workspace:
    """A plan's file and the ledger beside it; both are read when first asked for."""

    plan_path: Path
    is_shipped: bool = False

    @property
    def ledger_path(self) -> Path:
        """The ledger lies beside its plan, one folder a plan."""
        return self.plan_path.parent / ledgerfile.NAME

    @cached_property
    def plan(self) -> Plan:
        """The validated plan; raises `PlanUnreadable`."""
        return planfile.load(self.plan_path)

    @cached_property
    def ledger(self) -> ledgerfile.Ledger:
        """The ledger, less what the plan has no place for (kept among its problems)."""
        if self.is_shipped:
            return ledgerfile.Ledger()
        return self._vetted(ledgerfile.read(self.ledger_path))

    @cached_property
    def history(self) -> list[Report]:
        """Every report, oldest first, those taken back marked so."""
        return folding.history(self.ledger.records)

    def standings(self, as_of: dt.date) -> Standings:
        """How the plan's tasks stand when `as_of` ends."""
        return Standings(self.plan, folding.counting(self.history, as_of), as_of)

    def submit(self, make: Callable[[list[Report]], Record]) -> Record:
        """Record what `make` returns, given the history as it is under the ledger's lock."""
        if self.is_shipped:
            raise CannotWrite(
                "现在用的是程序自带的计划，只能查询。请先建一个工作文件夹：fs init 文件夹，"
                "再到里面填报"
            )

        def check(current: ledgerfile.Ledger) -> Record:
            return make(folding.history(self._vetted(current).records))

        return ledgerfile.submit(self.ledger_path, check)

    def _vetted(self, raw: ledgerfile.Ledger) -> ledgerfile.Ledger:
        records, misfits = folding.vet(self.plan, raw.records)
        name = self.ledger_path.name
        problems = [
            Problem(name, raw.lines[m.record], 0, m.code, m.message, m.remedy) for m in misfits
        ]
        found = sorted((*raw.problems, *problems), key=lambda problem: problem.line)
        return ledgerfile.Ledger(records, raw.lines, tuple(found))


def find(option: str | None = None) -> Workspace:
    """The workspace meant: `--plan`, FS_PLAN, plan.yaml here or above, the shipped plan."""
    named = option or os.environ.get("FS_PLAN")
    if named:
        return Workspace(Path(named))
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise PlanUnreadable("当前文件夹已被删除，请先 cd 到别处") from None
    for folder in (here, *here.parents):
        if (folder / PLAN_NAME).exists():
            return Workspace(folder / PLAN_NAME)
    return Workspace(shipped(PLAN_NAME), is_shipped=True)


def shipped(name: str) -> Path:
    """A file that comes with the program: inside the wheel, or in the source tree."""
    packed = _PACKAGE / "data" / name
    folder = "schema" if name == SCHEMA_NAME else ""
    return packed if packed.exists() else _PACKAGE.parent / folder / name


def today() -> dt.date:
    """Today, or the day FS_TODAY fixes for tests and reruns."""
    fixed = os.environ.get("FS_TODAY")
    if not fixed:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(fixed)
    except ValueError:
        raise BadValue("FS_TODAY", f"“{fixed}”不是日期，请写成 2021-09-30 这样") from None
