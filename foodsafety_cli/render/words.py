"""Values as words, the same in every text form."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from foodsafety_cli.analysis.wording import (
    TENTH,
    Computed,
    digits,
    due_words,
    percent,
    rounded_to,
    year_on_year_words,
)
from foodsafety_cli.model.steps import ExtensionStep, SignOffStep
from foodsafety_cli.model.text import clean
from foodsafety_cli.render.listing import Column, Row, Shown
from foodsafety_cli.store.clock import local

BAR_CELLS = 16


def for_scripts(value: object) -> str:
    """A value as one field of a TSV line: no tabs or line breaks, nothing adorned."""
    return clean(" ".join(_joined(value).split()))


def script_words(row: Row, column: Column) -> str:
    """A row's value as scripts read it; times as people do."""
    if column.shown in (Shown.DUE, Shown.MOMENT):
        return time_in_words(row, column)
    return for_scripts(row.get(column.field))


def for_people(row: Row, column: Column) -> str:
    """A row's value as people read it: 28.9%, 5.2, 是/否."""
    value = row.get(column.field)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, SignOffStep | ExtensionStep):
        return value.label
    if column.shown is Shown.PERCENT and isinstance(value, Decimal):
        return percent(value)
    if column.shown is Shown.CHANGE and isinstance(value, Computed):
        return f"{value.shown():+f}" if value else "0"
    if column.shown is Shown.YEAR_ON_YEAR and isinstance(value, Decimal):
        return year_on_year_words(value, str(row.get("unit", "")))
    if column.shown is Shown.POINTS and isinstance(value, Decimal):
        points = rounded_to(value, TENTH)
        return f"{points:+f}" if points else "0"
    if column.shown in (Shown.DUE, Shown.MOMENT):
        return time_in_words(row, column)
    return clean(_joined(value))


def time_in_words(row: Row, column: Column) -> str:
    """A moment by the clock here, to the minute; a due date with the first one beside it."""
    value = row.get(column.field)
    if column.shown is Shown.MOMENT:
        if isinstance(value, dt.datetime):
            return f"{local(value):%Y-%m-%d %H:%M}"
        return clean(_joined(value))
    return _due_in_full(row)


def _due_in_full(row: Row) -> str:
    due, first, times = row.get("due"), row.get("due_first"), row.get("extensions")
    if not isinstance(due, dt.date):
        return ""
    known = first if isinstance(first, dt.date) else None
    return due_words(due, known, times if isinstance(times, int) else 0)


def bar(row: Row, *, full: str, empty: str, mark: str) -> str:
    """A row's completion as a bar, marked with what its light is held against."""
    completion = row.get("completion")
    if not isinstance(completion, Decimal):
        return ""
    filled = min(BAR_CELLS, int(completion * BAR_CELLS / 100))
    cells = [full] * filled + [empty] * (BAR_CELLS - filled)
    pace = row.get("expected", row.get("pace"))
    if isinstance(pace, Decimal) and 0 < pace < 100:
        cells[int(pace * BAR_CELLS / 100)] = mark
    return "".join(cells)


def bar_words(row: Row) -> str:
    """The bar's figures beside it: its completion, and what is marked on it."""
    completion, pace = row.get("completion"), row.get("expected", row.get("pace"))
    if not isinstance(completion, Decimal) or not isinstance(pace, Decimal):
        return ""
    what = "应完成" if "expected" in row else "序时进度"
    return f"{percent(completion)}，{what} {percent(pace)}"


def _joined(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        if "name" in value:  # an indicator inside a task
            return str(value["name"])
        return " ".join(f"{key}{_joined(item)}" for key, item in value.items())
    if isinstance(value, tuple | list):
        words = "、".join(map(_joined, value))
        return words.replace("。、", "。")  # sentences need nothing between them
    return str(value)
