"""plan.yaml as a file: the validated plan, kept in the cache by the bytes that it was made from.

What is kept holds those bytes: it answers only if they are equal. No file time has to be believed.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.errors import PlanUnreadable, reason_of
from foodsafety_cli.store import cache
from foodsafety_cli.store.files import open_file, read_file
from foodsafety_cli.store.plan.narrowing import PlanTables

_PIECE = 1 << 16  # bytes; a province's plan is megabytes


def load(path: Path, *, anew: bool = False) -> PlanTables:
    """The validated plan, as tables; `anew` where what was kept has turned out to be damaged.

    Raises `PlanUnreadable` with all problems of the file.
    """
    with suppress(OSError, sqlite3.Error), open_file(path) as file:
        name = _name(_checksum(file))
        if anew:
            cache.forget(name)
        kept = cache.open_database(name)
        if kept and _holds(kept, file):
            return PlanTables(kept)
    return _validated(path, read_bytes(path))


def _name(checksum: int) -> str:
    return f"plan-{cache.checksum(cache.VERSION.encode(), checksum):08x}.db"


def _checksum(file: BinaryIO) -> int:
    checksum = 0
    while piece := file.read(_PIECE):
        checksum = cache.checksum(piece, checksum)
    return checksum


def _holds(kept: sqlite3.Connection, file: BinaryIO) -> bool:
    """Whether the tables were made from exactly this file, by this version."""
    version, length = kept.execute("select version, length(content) from source").fetchone()
    if (version, length) != (cache.VERSION, file.tell()):
        return False
    file.seek(0)
    with kept.blobopen("source", "content", 1, readonly=True) as content:
        while (piece := file.read(_PIECE)) == content.read(_PIECE):
            if not piece:
                return True
    return False


def _validated(path: Path, content: bytes) -> PlanTables:
    from foodsafety_cli.model.problem import has_errors
    from foodsafety_cli.store.plan.examining import examine
    from foodsafety_cli.store.plan.tables import build

    plan, problems = examine(content, str(path))
    if plan is None or has_errors(problems):
        raise PlanUnreadable(f"计划文件 {path} 有错误，改好后再试（fs check 可随时检查）", problems)
    tables = build(plan)
    tables.execute("insert into source values (?, ?)", (cache.VERSION, content))
    tables.commit()
    cache.write_database(_name(cache.checksum(content)), tables)
    return PlanTables(tables, plan)


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
