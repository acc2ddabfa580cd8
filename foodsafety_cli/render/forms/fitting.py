"""Which columns a width has room for, and how wide each may be."""

from collections.abc import Sequence

from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Column

_GAP = 3  # between columns: padding on both sides and the box's divider
_LEAST_TEXT = 8


class Measured(ValueType):
    """A column with the cells its longest value takes and the least it can do with."""

    column: Column
    natural: int
    least: int


def measured(column: Column, heading: int, widest: int) -> Measured:
    """A column's measures, from the cells of its heading and of its widest value."""
    natural = max(heading, widest)
    least = max(heading, min(widest, column.wraps_at)) if column.wraps_at else natural
    return Measured(column, natural, least)


def that_fit(columns: Sequence[Measured], width: int) -> tuple[list[Measured], list[Measured]]:
    """The columns there is room for, and those that gave way."""
    kept = list(columns)
    left_out: list[Measured] = []
    while _spare(kept, [m.least for m in kept], width) < 0:
        giving_way = max(kept, key=lambda m: m.column.gives_way)
        if not giving_way.column.gives_way:
            break
        kept.remove(giving_way)
        left_out.insert(0, giving_way)
    return kept, left_out


def share(columns: Sequence[Measured], width: int) -> list[int]:
    """Each column's cells: the wrapping ones share what is spare, or what is lacking."""
    widths = [m.least for m in columns]
    wrapping = [n for n, m in enumerate(columns) if m.column.wraps_at]
    for _ in range(max(0, _spare(columns, widths, width))):
        short = [n for n in wrapping if widths[n] < columns[n].natural]
        if not short:
            break
        widths[max(short, key=lambda n: columns[n].natural - widths[n])] += 1
    for _ in range(max(0, -_spare(columns, widths, width))):
        roomy = [n for n in wrapping if widths[n] > _LEAST_TEXT]
        if not roomy:
            break
        widths[max(roomy, key=lambda n: widths[n])] -= 1
    return widths


def _spare(columns: Sequence[Measured], widths: Sequence[int], width: int) -> int:
    return width - sum(widths) - _GAP * len(columns)
