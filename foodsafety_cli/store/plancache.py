"""Validated plans as tables in the cache, beside the bytes that they were validated from.

An entry answers for a file only if it holds exactly the file's bytes: no file time and no hash
has to be believed.
"""

import os
import zlib
from pathlib import Path

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.store import cache
from foodsafety_cli.store.planindex import PlanIndex, build


def get(path: Path, content: bytes) -> PlanIndex | None:
    """The plan that these bytes were validated as, if that is known for certain."""
    entry = cache.read(_name(path)) or b""
    mark, _, kept = entry.partition(b"\n")
    if not entry or kept != content:
        return None
    tables = cache.open_database(mark.decode("utf-8", "replace"))
    return PlanIndex(tables, mark.decode()) if tables else None


def put(path: Path, content: bytes, plan: Plan) -> PlanIndex:
    """Remember the plan; a cache that cannot be written is no one's concern."""
    tables = build(plan)
    mark = cache.write_database(f"{_name(path)}.db", tables)
    if mark:
        cache.write(_name(path), mark.encode(), b"\n", content)
    return PlanIndex(tables, mark)


def _name(path: Path) -> str:
    """One entry a file, so that an edited plan takes the place of what it was."""
    return f"plan-{zlib.crc32(os.fsencode(os.path.abspath(path))):08x}"
