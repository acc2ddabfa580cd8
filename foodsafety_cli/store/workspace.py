"""The folder an officer works in: which plan, which ledger, which day.

What only an answer needs is imported where it is given: completion goes by the plan alone.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from foodsafety_cli.model.errors import BadValue, CannotWrite, PlanUnreadable, reason_of
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Problem, has_errors
from foodsafety_cli.model.progress import Record, Submission
from foodsafety_cli.store import ledger as ledgerfile
from foodsafety_cli.store import planfile
from foodsafety_cli.store.ledger import Appended, Ledger, R
from foodsafety_cli.store.planindex import PlanIndex, Wanted

if TYPE_CHECKING:
    from foodsafety_cli.analysis.standing import Standings
    from foodsafety_cli.store.fold import Fold
    from foodsafety_cli.store.foldcache import FoldKeeper
    from foodsafety_cli.store.history import History

PLAN_NAME = "plan.yaml"
SCHEMA_NAME = "plan.schema.json"
_PACKAGE = Path(__file__).resolve().parent.parent


class Workspace:
    """A plan's file and the ledger beside it; each is read when first asked for, and once."""

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
    def ledger(self) -> Ledger:
        """The ledger line by line, less what the plan has no place for (among its problems)."""
        from foodsafety_cli.analysis import reports

        raw = ledgerfile.EMPTY if self.is_shipped else ledgerfile.read(self.ledger_path)
        records, misfits = reports.vet(self.plan, raw.records)
        name = str(self.ledger_path)
        problems = [ledgerfile.misfit_problem(m, name, raw.lines[m.record]) for m in misfits]
        found = sorted((*raw.problems, *problems), key=lambda problem: problem.line)
        return Ledger(records, raw.lines, tuple(found))

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


def find_named(options: Iterable[str]) -> list[Workspace]:
    """The workspaces of the plans that `--plan` names, or its patterns (城市/*/plan.yaml)."""
    paths: dict[str, Path] = {}
    for option in options:
        if not option.strip():
            raise BadValue("--plan", "是空的，请写明计划文件")
        for path in _meant(option):
            paths.setdefault(os.path.realpath(path), Path(path))
    return list(map(Workspace, paths.values()))


def _meant(option: str) -> list[str]:
    """The file named; of a pattern, which not every shell spells out, all that fit."""
    if not any(sign in option for sign in "*?[") or os.path.lexists(option):
        return [option]
    from glob import glob

    found = sorted(glob(option, recursive=True))
    if not found:
        raise BadValue("--plan", f"没有符合“{option}”的计划文件")
    return found


def find() -> Workspace:
    """The workspace meant by FS_PLAN, by plan.yaml here or above; else the shipped plan's."""
    named = os.environ.get("FS_PLAN")
    if named:
        return Workspace(Path(named))
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise PlanUnreadable("当前文件夹已被删除，请先 cd 到别处") from None
    if _stands_in(Path()):  # kept relative: messages name it as people would
        return Workspace(Path(PLAN_NAME))
    for folder in here.parents:
        if _stands_in(folder):
            return Workspace(folder / PLAN_NAME)
    return Workspace(shipped(PLAN_NAME), is_shipped=True)


def _stands_in(folder: Path) -> bool:
    """Whether a plan is there, if only a broken link; in doubt, no other one may be taken for it.

    Raises `PlanUnreadable` for a folder that cannot be searched.
    """
    try:
        os.lstat(folder / PLAN_NAME)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise PlanUnreadable(
            f"文件夹 {folder.absolute()} 进不去（{reason_of(error)}），不知道里面有没有计划；"
            "请换一个文件夹，或用 --plan 写明计划文件"
        ) from error
    return True


def create(folder: Path) -> list[tuple[Path, bool]]:
    """Lay out a working folder; returns each file and whether it is new. Nothing is overwritten.

    Raises `CannotWrite`.
    """
    contents = {
        PLAN_NAME: shipped(PLAN_NAME).read_bytes(),
        f"schema/{SCHEMA_NAME}": shipped(SCHEMA_NAME).read_bytes(),
        ".gitattributes": f"{ledgerfile.NAME} merge=union text eol=lf\n".encode(),
        ".gitignore": f"{ledgerfile.LOCK_NAME}\n".encode(),
    }
    made = []
    for name, content in contents.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
            made.append((path, True))
        except FileExistsError as error:
            if not os.path.isfile(path):
                raise CannotWrite(f"不能在 {folder} 建工作文件夹（{path} 被占用）") from error
            made.append((path, False))
        except OSError as error:
            raise CannotWrite(f"{path} 建不了（{reason_of(error)}）") from error
    return made


def examine(workspace: Workspace) -> list[Problem]:
    """Every problem of the plan and, where the plan stands, of the ledger beside it.

    Raises `PlanUnreadable` or `LedgerUnreadable` for a file that cannot be opened at all.
    """
    path = workspace.plan_path
    _, problems = planfile.examine(planfile.read_bytes(path), str(path))
    if not has_errors(problems):
        problems += [*workspace.ledger.problems, *_not_yet(workspace)]
    return problems


def _not_yet(workspace: Workspace) -> list[Problem]:
    """Reports dated after today; they count when their day comes, which nobody may have meant."""
    from foodsafety_cli.analysis.reports import history

    lines = workspace.ledger.lines
    ahead = {
        report.submission.id: report.submission.date
        for report in history(workspace.ledger.records)
        if report.submission.date > today() and not report.undone
    }
    return [
        Problem(
            str(workspace.ledger_path),
            lines[name],
            0,
            "ledger-date-ahead",
            f"数据日期 {date} 还没有到",
            f"写错了的请撤销后重新填报：fs progress undo {name}",
        )
        for name, date in ahead.items()
    ]


def merges_as_union(attributes: Path) -> bool:
    """Whether git is told to keep both sides' lines of the ledger, as far as can be seen."""
    try:
        return b"merge=union" in attributes.read_bytes()
    except OSError:
        return False


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
