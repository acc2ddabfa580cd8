"""What a command answers, before it is drawn: a listing of rows, or one thing with its parts."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.model.valuetype import ValueType

Row = Mapping[str, object]


class Shown(StrEnum):
    """How a column's values are drawn for people."""

    TEXT = "text"
    FIGURE = "figure"
    PERCENT = "percent"
    LIGHT = "light"
    LIGHTS = "lights"
    BAR = "bar"
    DUE = "due"
    CHANGE = "change"
    POINTS = "points"
    YEAR_ON_YEAR = "year_on_year"
    MOMENT = "moment"


NUMBERS = (Shown.FIGURE, Shown.PERCENT, Shown.CHANGE, Shown.POINTS, Shown.YEAR_ON_YEAR)


class Column(ValueType):
    """A field of the rows: its Chinese heading, how it is drawn, when it is shown.

    `asked_only` columns appear in text forms only when named; `gives_way` columns leave a narrow
    terminal, the highest number first; a column with `wraps_at` takes what width is left, and
    its text wraps down to that many cells; `is_key` columns say which row it is, also where a
    workbook parts it over several.
    """

    field: str
    heading: str
    shown: Shown = Shown.TEXT
    asked_only: bool = False
    wraps_at: int = 0
    gives_way: int = 0
    is_key: bool = False


class Listing(ValueType):
    """Rows with the columns they may be shown in, and for people a title and a total."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    total: Row | None = None
    if_empty: str = "没有符合条件的内容"

    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that text forms show unless told otherwise."""
        return tuple(column for column in self.columns if not column.asked_only)


class Thing(ValueType):
    """One thing: `record` is all of it, `columns` what people see first, then the parts."""

    title: str
    columns: tuple[Column, ...]
    record: Row
    parts: tuple[Listing, ...] = ()
    text: str = ""
    hints: tuple[str, ...] = ()


def pick(columns: Iterable[Column], *fields: str) -> tuple[Column, ...]:
    """These of the columns, in this order, shown without being asked for."""
    by_field = {column.field: column for column in columns}
    return tuple(by_field[field]._replace(asked_only=False) for field in fields)


def choose_columns(listing: Listing, wanted: Sequence[str]) -> Listing:
    """The listing with just these columns, by field or heading; raises `BadValue`."""
    chosen = [_column(listing, name.strip(), "--columns") for name in wanted if name.strip()]
    return listing._replace(columns=tuple(c._replace(asked_only=False) for c in chosen))


def sort_rows(listing: Listing, key: str) -> Listing:
    """The rows by one column, `-` before it for descending; rows without a value come last."""
    descending = key.startswith("-")
    column = _column(listing, key.removeprefix("-"), "--sort")
    known = [row for row in listing.rows if row.get(column.field) is not None]
    unknown = [row for row in listing.rows if row.get(column.field) is None]
    known.sort(key=lambda row: _sort_key(row[column.field]), reverse=descending)
    return listing._replace(rows=[*known, *unknown])


def _column(listing: Listing, name: str, option: str) -> Column:
    for column in listing.columns:
        if name in (column.field, column.heading):
            return column
    known = "、".join(f"{column.field}（{column.heading}）" for column in listing.columns)
    raise BadValue(option, f"没有“{name}”这一列。可用的列：{known}")


def _sort_key(value: object) -> tuple[int, object]:
    if isinstance(value, bool | int | Decimal):
        return 0, value
    if isinstance(value, tuple | list):
        return 1, "、".join(map(str, value))
    return (1, value) if isinstance(value, str) else (2, str(value))
