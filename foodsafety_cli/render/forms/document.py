"""A listing as a Word document: a title, and a table that repeats its head on every page."""

from collections.abc import Sequence
from typing import Any

from foodsafety_cli.model.text import half_widths
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.words import for_people
from foodsafety_cli.store import layout
from foodsafety_cli.store.layout import LINE, SIZES, TITLE

_UPRIGHT = 6  # columns that an upright page can hold
_NARROW, _WIDE = 8, 40


def as_document(listing: Listing, parts: Sequence[Listing] = ()) -> bytes:
    """The document's bytes, the parts of one thing below; with many columns it lies on its side."""
    most = max(len(_columns(one)) for one in (listing, *parts))
    document = layout.new_document(landscape=most > _UPRIGHT)
    for one in (listing, *parts):
        _add(document, one)
    return layout.saved(document)


def _columns(listing: Listing) -> list[Column]:
    return [column for column in listing.shown_columns() if column.shown is not Shown.BAR]


def _add(document: Any, listing: Listing) -> None:
    columns = _columns(listing)
    rows = [[for_people(row, column) for column in columns] for row in _with_total(listing)]
    title = listing.title or "一览"
    layout.line(document, title, TITLE, SIZES["body"], place="center", after=LINE / 2)
    head = [column.heading for column in columns]
    widths = [_width(column, [row[n] for row in rows]) for n, column in enumerate(columns)]
    layout.add_table(document, head, rows, widths, SIZES["dense"])


def _with_total(listing: Listing) -> Sequence[dict[str, object]]:
    total = [] if listing.total is None else [listing.total]
    return [dict(row) for row in (*listing.rows, *total)]


def _width(column: Column, texts: Sequence[str]) -> int:
    """A share of the page: what most of its texts need, within bounds."""
    lengths = sorted(half_widths(text) for text in texts)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return min(max(usual, half_widths(column.heading), _NARROW), _WIDE)
