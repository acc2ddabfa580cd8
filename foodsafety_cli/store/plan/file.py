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
    except IsADirectoryError:
        reason = f"是文件夹；要用里面的计划请写 {path / 'plan.yaml'}"
    except FileNotFoundError:
        is_link = os.path.islink(path)
        reason = (
            f"是一个断了的链接，指向 {os.readlink(path)}；请把链接改好"
            if is_link
            else "不存在；请核对路径，或用 fs init 新建一个工作文件夹"
        )
    except PermissionError:
        is_folder = os.path.isdir(path)  # Windows reports a folder as a matter of permission
        reason = "是文件夹；请写明其中的计划文件" if is_folder else "没有读取权限"
    except OSError as error:
        reason = f"读不出来（{reason_of(error)}）"
    raise PlanUnreadable(f"计划文件 {path} {reason}")
