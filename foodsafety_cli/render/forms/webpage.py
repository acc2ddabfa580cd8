"""A listing as a page of its own: a table that reads on a screen and prints on A4."""

from collections.abc import Sequence

from foodsafety_cli.documents.templates import fill
from foodsafety_cli.render.listing import Listing, Shown
from foodsafety_cli.render.words import for_people


def as_webpage(listing: Listing, parts: Sequence[Listing] = ()) -> str:
    """The page, the parts of one thing below; nothing in it comes from anywhere else."""
    tables = [_table(one) for one in (listing, *parts)]
    return fill("foodsafety_cli.render.forms", "table.html", title=listing.title, tables=tables)


def _table(listing: Listing) -> dict[str, object]:
    columns = [column for column in listing.shown_columns() if column.shown is not Shown.BAR]
    told = [*listing.rows, *([listing.total] if listing.total else [])]
    rows = [[(for_people(row, column), column.shown) for column in columns] for row in told]
    return {"title": listing.title, "columns": columns, "rows": rows}
