"""Which plan is meant: the one named, the one of this folder or one above, or the shipped one."""

import os
from collections.abc import Iterable
from pathlib import Path

from foodsafety_cli.model.errors import BadValue, PlanUnreadable, reason_of
from foodsafety_cli.store.shipped import PLAN_NAME, shipped
from foodsafety_cli.store.workspace import Workspace


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
    option = os.path.expanduser(option)
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
        return Workspace(Path(os.path.expanduser(named)))
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
