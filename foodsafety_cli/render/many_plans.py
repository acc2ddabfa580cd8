"""Several plans in one listing: whose row it is stands before the row."""

from collections.abc import Sequence

from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Column, Listing, Row

PLACE_COLUMNS = (
    Column("plan", "计划", wraps_at=8),
    Column("plan_title", "计划名称", asked_only=True),
)


class PlanName(ValueType):
    """Which plan a row is of: its file, or the folder where it has the usual name; its title."""

    plan: str
    plan_title: str


def across(parts: Sequence[tuple[PlanName, Listing]], total: Row | None) -> Listing:
    """One view of several plans as one listing; a column is shown if any of them shows it."""
    listings = [listing for _, listing in parts]
    rows = [place._asdict() | dict(row) for place, listing in parts for row in listing.rows]
    columns = (
        same[0]._replace(asked_only=all(column.asked_only for column in same))
        for same in zip(*(listing.columns for listing in listings), strict=True)
    )
    return Listing(
        f"{len(parts)} 个计划，共 {len(rows)} 行",
        (*PLACE_COLUMNS, *columns),
        rows,
        None if total is None else {"plan": "合计", **total},
        if_empty=listings[0].if_empty,
    )
