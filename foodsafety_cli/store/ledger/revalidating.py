"""An edited plan: the entries of the index are held against it anew, most of them by the group."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from foodsafety_cli.analysis.vetting import Vetting
from foodsafety_cli.store.ledger.rows import mark_misfits
from foodsafety_cli.store.ledger.tables import entry_of

# Entries alike but for their figures and days; the extremes tell whether all of them fit. Figures
# have at most twelve digits before the point: as floating numbers they keep their order.
_GROUPS = """
select s.number, s.task, s.indicator, s.department, e.value is null, e.percent is null, e.done,
    e.count is null, min(e.date), min(cast(coalesce(e.value, e.percent) as real)),
    max(cast(coalesce(e.value, e.percent) as real)), sum(e.misfits)
from entry e join series s on s.number = e.series
group by s.number, e.value is null, e.percent is null, e.done, e.count is null
"""
_OF_GROUP = """
select date, at, id, position, misfits, value, percent, done, count, base from entry
where series = ? and (value is null) = ? and (percent is null) = ? and done = ?
    and (count is null) = ?
"""


def judge_anew(database: sqlite3.Connection, vetting: Vetting) -> None:
    """Count the misfits of every entry as the plan is now."""
    changed: set[str] = set()
    for row in database.execute(_GROUPS).fetchall():
        number, *what = row[:4]
        shape, (date, least, most, known) = row[4:8], row[8:]
        lacks_value, lacks_percent, done, lacks_count = shape
        day = dt.date.fromisoformat(date)
        alike = (
            entry_of(
                (*what, None if lacks_value else f, None if lacks_percent else f, done, None, None)
            )
            for f in (least, most)
        )
        if known or not lacks_count or any(vetting.count(entry, day) for entry in alike):
            changed |= set(_judge(database, vetting, what, (number, *shape)))
    for event in changed:
        query = "select position from entry where id = ? and misfits > 0 order by position"
        positions = [position for (position,) in database.execute(query, (event,))]
        mark_misfits(database, event, positions)


def _judge(
    database: sqlite3.Connection, vetting: Vetting, what: Sequence[Any], group: Sequence[Any]
) -> Iterator[str]:
    """Judge a group's entries one by one; the ids of those that changed."""
    found = database.execute(_OF_GROUP, group).fetchall()
    for date, at, name, position, known, *figures in found:
        count = vetting.count(entry_of((*what, *figures)), dt.date.fromisoformat(date))
        if count != known:
            key = "series = ? and date = ? and at = ? and id = ? and position = ?"
            values = (count, group[0], date, at, name, position)
            database.execute(f"update entry set misfits = ? where {key}", values)
            yield name
