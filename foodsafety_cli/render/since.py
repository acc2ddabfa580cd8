"""What has changed since an earlier day: the same listing made twice, side by side."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.render.listing import Column, Listing, Row, Shown

_KEY = ("plan", "id", "task", "name", "section", "number", "department")
_NARROW = 16  # cells
_REPORTED = ("last_reported", "date", "own_date")


def with_changes(now: Listing, then: Listing, since: dt.date) -> Listing:
    """The listing with two columns more: by how much each row has grown, and what turned."""
    measured = _measured(now)
    shown = Shown.CHANGE if measured == "value" else Shown.POINTS
    was = {_key(row): row for row in then.rows}
    columns = (
        *map(_narrower, now.columns),
        Column("change", f"比{since.month}月{since.day}日", shown),
        Column("turned", "变化", wraps_at=8),
    )
    rows = [{**row, **_changes(row, was.get(_key(row), {}), measured)} for row in now.rows]
    total = None
    if now.total is not None:
        total = {**now.total, **_changes(now.total, then.total or {}, measured)}
    return now._replace(columns=columns, rows=rows, total=total)


def _narrower(column: Column) -> Column:
    """A column with room beside it for the two more: a title may wrap earlier."""
    return column._replace(wraps_at=min(column.wraps_at, _NARROW))


def _measured(listing: Listing) -> str:
    """The field that tells how far a row is: an indicator's value, else a completion."""
    fields = {column.field for column in listing.columns}
    return next(f for f in ("own_completion", "value", "completion") if f in fields)


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row.get(field) for field in _KEY)


def _changes(now: Row, then: Row, measured: str) -> Row:
    # a total has no value of its own
    field = measured if measured in now else "completion"
    value, was = now.get(field), then.get(field)
    change = None
    if isinstance(value, Decimal):
        change = computed(value - (was if isinstance(was, Decimal) else Decimal(0)))
    return {"change": change, "turned": "，".join(_turned(now, then))}


def _turned(now: Row, then: Row) -> Iterator[str]:
    """黄→红, 新完成, 新达标, 新报; of several tasks together how many more: 完成+1、红−2."""
    light, was = now.get("light"), then.get("light")
    if isinstance(light, Light) and isinstance(was, Light) and light is not was:
        yield f"{was}→{light}"
    if now.get("status") is Status.DONE is not then.get("status"):
        yield "新完成"
    if then.get("status") is Status.DONE is not now.get("status"):
        yield "不再是已完成"
    if now.get("met") is True and then.get("met") is not True:
        yield "新达标"
    for field in _REPORTED:
        if now.get(field) is not None and then.get(field) is None:
            yield "新报"
            break
    if "light" not in now:  # of several tasks, be it of one
        yield from _counted(now, then)


def _counted(now: Row, then: Row) -> Iterator[str]:
    done, was_done = now.get("done"), then.get("done")
    if isinstance(done, int) and isinstance(was_done, int) and done != was_done:
        yield f"完成{done - was_done:+d}"
    lights, were = now.get("lights"), then.get("lights")
    if isinstance(lights, dict) and isinstance(were, dict):
        for light, count in lights.items():
            if count != were.get(light, 0):
                yield f"{light}{count - were.get(light, 0):+d}"
