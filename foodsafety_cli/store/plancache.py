"""Validated plans as tables in the cache, beside the bytes that they were validated from.

An entry answers for a file only if it holds exactly the file's bytes: no file time and no hash
has to be believed.
"""

import os
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.store import cache
from foodsafety_cli.store.files import open_file
from foodsafety_cli.store.planindex import PlanIndex

_PIECE = 1 << 16  # bytes
_LONGEST_MARK = 200  # bytes


def get(path: Path) -> PlanIndex | None:
    """The plan that the file's bytes were validated as, if that is known for certain."""
    with suppress(OSError), cache.open_entry(_name(path)) or nullcontext() as entry:
        if not entry:
            return None
        mark = entry.readline(_LONGEST_MARK).decode("utf-8", "replace").rstrip("\n")
        tables = cache.open_database(mark) if _goes_on_like(entry, path) else None
        return PlanIndex(tables, mark) if tables else None
    return None


def _goes_on_like(entry: BinaryIO, path: Path) -> bool:
    """Whether the rest of the entry is the file; piecewise, as a province's plan is megabytes."""
    with open_file(path) as file:
        while (content := file.read(_PIECE)) == entry.read(_PIECE):
            if not content:
                return True
    return False


def put(path: Path, content: bytes, plan: Plan) -> PlanIndex:
    """Remember the plan; a cache that cannot be written is no one's concern."""
    from foodsafety_cli.store.plantables import build

    tables = build(plan)
    mark = cache.write_database(f"{_name(path)}.db", tables)
    if mark:
        cache.write(_name(path), mark.encode(), b"\n", content)
    return PlanIndex(tables, mark, plan)


def _name(path: Path) -> str:
    """One entry a file, so that an edited plan takes the place of what it was."""
    return f"plan-{cache.residue(os.fsencode(os.path.abspath(path))):08x}"
