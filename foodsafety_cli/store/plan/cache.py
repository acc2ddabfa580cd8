"""Validated plans as tables in the cache, known by the bytes that they were validated from.

One file holds the tables and those bytes: it answers for a plan only if they are equal, wherever
the plan stands. No file time and no digest has to be believed.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.store import cache
from foodsafety_cli.store.files import open_file
from foodsafety_cli.store.plan.narrowing import PlanTables

_PIECE = 1 << 16  # bytes; a province's plan is megabytes


def get(path: Path) -> PlanTables | None:
    """The plan that the file's bytes were validated as, if that is known for certain."""
    with suppress(OSError, sqlite3.Error), open_file(path) as file:
        database = cache.open_database(_name(file))
        if database and _holds(database, file):
            return PlanTables(database)
    return None


def put(content: bytes, plan: Plan) -> PlanTables:
    """Keep the plan; returns it as tables, whether or not they could be kept."""
    from foodsafety_cli.store.plan.tables import build

    tables = build(plan)
    tables.execute("insert into source values (?, ?)", (cache.VERSION, content))
    tables.commit()
    cache.write_database(_name_by(cache.checksum(content)), tables)
    return PlanTables(tables, plan)


def forget(content: bytes) -> None:
    """Let go of what is kept of a plan with these bytes, where it has turned out damaged."""
    cache.forget(_name_by(cache.checksum(content)))


def _name(file: BinaryIO) -> str:
    checksum = 0
    while piece := file.read(_PIECE):
        checksum = cache.checksum(piece, checksum)
    file.seek(0)
    return _name_by(checksum)


def _name_by(checksum: int) -> str:
    return f"plan-{cache.checksum(cache.VERSION.encode(), checksum):08x}.db"


def _holds(database: sqlite3.Connection, file: BinaryIO) -> bool:
    """Whether the tables were made from exactly this file, by this version."""
    version, length = database.execute("select version, length(content) from source").fetchone()
    if version != cache.VERSION:
        return False
    with database.blobopen("source", "content", 1, readonly=True) as content:
        while (piece := file.read(_PIECE)) == content.read(_PIECE):
            if not piece:
                return bool(content.tell() == length)
    return False
