"""Bringing an index up to date: what it covers is compared, what came after it is taken in."""

import sqlite3
from functools import cache
from hashlib import sha256
from typing import Any, BinaryIO

from foodsafety_cli.analysis.vetting import Vetting
from foodsafety_cli.store.ledger import faults, tables
from foodsafety_cli.store.ledger.charset import check_charset
from foodsafety_cli.store.ledger.head import Head
from foodsafety_cli.store.ledger.intake import Intake
from foodsafety_cli.store.ledger.lines import BOM
from foodsafety_cli.store.ledger.revalidating import judge_anew
from foodsafety_cli.store.ledger.status import read_through
from foodsafety_cli.store.plan.narrowing import PlanTables


def grow(
    database: sqlite3.Connection, file: BinaryIO, known: Head, plan: PlanTables, *, end: int
) -> Head:
    """Make the index cover the file up to `end`; returns what its head says of that."""

    @cache
    def vetting() -> Vetting:
        return Vetting(plan.whole())

    hashed = sha256()
    start, lines, latest = known.covered, known.lines, known.latest
    if not _still_holds(database, file, known, end, hashed):
        tables.create(database)
        hashed, start, lines, latest = sha256(), 0, 0, None
    elif known.plan != plan.fingerprint and start:
        judge_anew(database, vetting())
    if start == 0:
        check_charset(file)
        file.seek(0)
        if file.read(len(BOM)) == BOM:
            hashed.update(BOM)
            start = len(BOM)
    intake = Intake(database, file, vetting)
    next_line = intake.take(start, end, lines + 1, hashed.update)
    database.execute("delete from appended")
    file.seek(max(0, end - 1))
    return known._replace(
        covered=end,
        lines=next_line - 1,
        is_open=end > 0 and file.read(1) != b"\n",
        latest=max((at for at in (latest, intake.latest) if at is not None), default=None),
        digested=end,
        digest=hashed.digest(),
        appended=0,
        problems=faults.count(database),
    )


def _still_holds(
    database: sqlite3.Connection, file: BinaryIO, known: Head, end: int, hashed: Any
) -> bool:
    """Whether the file begins with what the index was made from, whole lines; all of it hashed."""
    if known.covered > end:
        return False
    for piece in read_through(file, 0, known.digested):
        hashed.update(piece)
    if known.digested and hashed.digest() != known.digest:
        return False
    file.seek(known.digested)
    for (content,) in database.execute("select content from appended order by number"):
        if file.read(len(content)) != content:
            return False
        hashed.update(content)
    return not (known.is_open and known.covered < end and file.read(1) != b"\n")
