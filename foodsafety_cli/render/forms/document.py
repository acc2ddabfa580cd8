"""A listing as a Word document: a title, and a table that repeats its head on every page."""

from collections.abc import Sequence
from typing import Any

from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import LINE, SIZES, TITLE, PageSize
from foodsafety_cli.model.text import half_widths
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.words import for_people

_UPRIGHT = 6  # columns that an upright page can hold
_NARROW, _WIDE = 5, 40
_SHORT = 16  # half-width characters that are never broken
_MARGINS = 3  # half-width characters that a cell's margins take
_DATE = 10 + _MARGINS
# half-width characters that a page holds beside each other
_ROOM = {PageSize.A4: 84, PageSize.A4_LANDSCAPE: 132, PageSize.A3_LANDSCAPE: 204}


def as_document(listing: Listing, parts: Sequence[Listing] = ()) -> bytes:
    """The document's bytes, the parts of one thing below."""
    listings = (listing, *parts)
    paper = _paper(listings)
    document = layout.new_document(paper)
    for one in listings:
        _add(document, one, _ROOM[paper])
    return layout.saved(document)


def _paper(listings: Sequence[Listing]) -> PageSize:
    """With many columns a page on its side; a large one where all would be too narrow on it."""
    if max(len(_columns(one)) for one in listings) <= _UPRIGHT:
        return PageSize.A4
    least = max(sum(min(width, _DATE) for width in _needed(one)) for one in listings)
    return PageSize.A4_LANDSCAPE if least <= _ROOM[PageSize.A4_LANDSCAPE] else PageSize.A3_LANDSCAPE


def _columns(listing: Listing) -> list[Column]:
    return [column for column in listing.shown_columns() if column.shown is not Shown.BAR]


def _rows(listing: Listing) -> list[list[str]]:
    columns = _columns(listing)
    return [[for_people(row, column) for column in columns] for row in _with_total(listing)]


def _needed(listing: Listing) -> list[int]:
    """The width that each column would have."""
    rows = _rows(listing)
    return [_width(c, [row[n] for row in rows]) for n, c in enumerate(_columns(listing))]


def _add(document: Any, listing: Listing, room: int) -> None:
    title = listing.title or "一览"
    layout.line(document, title, TITLE, SIZES["body"], place="center", after=LINE / 2)
    head = [column.heading for column in _columns(listing)]
    widths = _fitted(_needed(listing), room)
    layout.add_table(document, head, _rows(listing), widths, SIZES["dense"])


def _with_total(listing: Listing) -> Sequence[dict[str, object]]:
    total = [] if listing.total is None else [listing.total]
    return [dict(row) for row in (*listing.rows, *total)]


def _width(column: Column, texts: Sequence[str]) -> int:
    """A share of the page: what most of its texts need, within bounds, and the cell's margins."""
    lengths = sorted(half_widths(text) for text in texts if text)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    if lengths and lengths[-1] <= _SHORT:
        usual = lengths[-1]
    heading = min(half_widths(column.heading), _NARROW)  # which may well stand on two lines
    return min(max(usual, heading), _WIDE) + _MARGINS


def _fitted(needed: Sequence[int], room: int) -> list[int]:
    """The shares where they are more than a page holds: long words give way, dates stay whole."""
    spare = [max(one - _DATE, 0) for one in needed]
    excess = sum(needed) - room
    if excess <= 0 or not sum(spare):
        return list(needed)
    share = min(1.0, excess / sum(spare))
    return [round(one - share * over) for one, over in zip(needed, spare, strict=True)]
