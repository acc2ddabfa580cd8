"""An event to its line of the ledger; apart from reading, which takes longer to load."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from foodsafety_cli.model.events import LEDGER_NAMES, Event, kind_of
from foodsafety_cli.model.steps import Mark, Step


def encode(event: Event) -> bytes:
    """The line for an event, newline included; what was not given is not written."""
    head = {"id": event.id, "at": event.at, "by": event.by}
    kind = {"kind": kind_of(event)} if isinstance(event, Step | Mark) else {}
    return f"{_json(head | kind | _given(event))}\n".encode()


def _given(value: Any) -> dict[str, object]:
    """A value type's fields that say something, by the names that they have in the ledger."""
    return {
        LEDGER_NAMES.get(name, name): given
        for name, given in value._asdict().items()
        if _says_something(given)
    }


def _says_something(value: object) -> bool:
    """False for None, False, "" and (); a number of 0 says something."""
    return bool(value) or (isinstance(value, Decimal | int) and value is not False)


def _json(value: object) -> str:
    """JSON, with figures as the numbers that they were written as."""
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_json(key)}:{_json(item)}' for key, item in value.items())}}}"
    if hasattr(value, "_fields"):
        return _json(_given(value))
    if isinstance(value, tuple):
        return f"[{','.join(map(_json, value))}]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        value = value.isoformat()
    return json.dumps(value, ensure_ascii=False)
