"""The fields of plan values as columns of tables: which there are, and how each is read back."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.model.plan import (
    Aggregate,
    Amendment,
    Base,
    Closing,
    Department,
    Indicator,
    Kind,
    LetterNumbering,
    Period,
    Plan,
    Section,
    Task,
    Thresholds,
)

SEPARATOR = "\x1f"  # between names; a plan with control characters in it is not a valid one
Columns = Mapping[str, Callable[[Any], Any]]


def _same(value: Any) -> Any:
    return value


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEPARATOR)[:-1])


def _if_given(read: Callable[[str], Any]) -> Callable[[str | None], Any]:
    return lambda text: None if text is None else read(text)


def _figures(text: str) -> dict[str, Decimal]:
    pairs = iter(_names(text))
    return {name: Decimal(figure) for name, figure in zip(pairs, pairs, strict=True)}


def _texts(text: str) -> dict[str, str]:
    pairs = iter(_names(text))
    return dict(zip(pairs, pairs, strict=True))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, _names(text)))


_day = _if_given(dt.date.fromisoformat)


def _columns(of: Any, *elsewhere: str, **read_by: Callable[[Any], Any]) -> Columns:
    """The fields of a value type but those kept in tables of their own; `read_by`: what converts.

    What nothing converts is kept as it is: words and whole numbers.
    """
    return {name: read_by.get(name, _same) for name in of._fields if name not in elsewhere}


DEPARTMENT = _columns(Department, aliases=_names, members=_names)
SECTION = _columns(Section, "tasks")
_ROLES = {"lead": _names, "responsible": _names, "support": _names}
TASK = _columns(
    *(Task, "indicators"),
    **_ROLES,
    due=_day,
    and_others=bool,
    reported_by=_names,
    continues=_numbers,
)
INDICATOR = _columns(
    Indicator,
    kind=Kind,
    target=_if_given(Decimal),
    aggregate=_if_given(Aggregate),
    due=_day,
    reported_by=_names,
    split=_figures,
    each=bool,
    at_most=bool,
    stages=_texts,
)
BASE = _columns(Base, values=_figures, total=_if_given(Decimal), as_of=_day)
AMENDMENT = _columns(
    *(Amendment, "add"),
    **_ROLES,
    effective=_day,
    target=_if_given(Decimal),
    due=_day,
    split=_figures,
    withdrawn=bool,
)
PERIOD = _columns(Period, start=_day, end=_day)
CLOSING = _columns(Closing, required=bool, evidence=bool)
LETTERS = _columns(LetterNumbering)
LIGHTS = _columns(Thresholds, yellow=Decimal, red=Decimal)
HEAD = _columns(
    *(Plan, "period", "lights", "departments", "sections", "bases"),
    *("closing", "letters", "amendments"),
    issued_on=_day,
    course=_texts,
)


def listed(columns: Columns, of: str = "") -> str:
    """The columns' names, as SQL lists them; with `of`, those of one table."""
    return ", ".join(f'{of}."{name}"' if of else f'"{name}"' for name in columns)


def written(value: object, columns: Columns) -> list[Any]:
    """A value's fields as a row."""
    return [_plain(getattr(value, name)) for name in columns]


def read(columns: Columns, row: Sequence[Any]) -> dict[str, Any]:
    """A row's values by field, typed again."""
    pairs = zip(columns.items(), row, strict=True)
    return {name: convert(value) for (name, convert), value in pairs}


def placeholders(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ",".join("?" * len(values))


def _plain(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict):
        value = tuple(str(part) for pair in value.items() for part in pair)
    if isinstance(value, tuple):
        return "".join(f"{name}{SEPARATOR}" for name in value)
    return str(value)
