"""plan.yaml as a file: the validated plan, from the cache or validated anew."""

import os
from pathlib import Path

from foodsafety_cli.model.errors import PlanUnreadable, reason_of
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.plan import cache
from foodsafety_cli.store.plan.narrowing import PlanTables


def load(path: Path) -> PlanTables:
    """The validated plan, as tables; from the cache where these bytes have been validated before.

    Raises `PlanUnreadable` with all problems of the file.
    """
    return cache.get(path) or _validated(path, read_bytes(path))


def load_anew(path: Path) -> PlanTables:
    """The same where what was kept has turned out to be damaged."""
    content = read_bytes(path)
    cache.forget(content)
    return _validated(path, content)


def _validated(path: Path, content: bytes) -> PlanTables:
    from foodsafety_cli.model.problem import has_errors
    from foodsafety_cli.store.plan.examining import examine

    plan, problems = examine(content, str(path))
    if plan is None or has_errors(problems):
        raise PlanUnreadable(f"计划文件 {path} 有错误，改好后再试（fs check 可随时检查）", problems)
    return cache.put(content, plan)


def read_bytes(path: Path) -> bytes:
    """The file's bytes; raises `PlanUnreadable` with the reason when there are none to be had."""
    try:
        return read_file(path)
    except OSError as error:
        raise PlanUnreadable(f"计划文件 {path} {_why(path, error)}") from error


def _why(path: Path, error: OSError) -> str:
    """Why it cannot be read, and what to do; Windows reports a folder as a matter of permission."""
    if isinstance(error, IsADirectoryError) or os.path.isdir(path):
        return f"是文件夹；要用里面的计划请写 {path / 'plan.yaml'}"
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        return f"是一个断了的链接，指向 {os.readlink(path)}；请把链接改好"
    if isinstance(error, FileNotFoundError):
        return "不存在；请核对路径，或用 fs init 新建一个工作文件夹"
    if isinstance(error, PermissionError):
        return "没有读取权限；请向管这个文件的人要权限"
    return f"读不出来（{reason_of(error)}）"
