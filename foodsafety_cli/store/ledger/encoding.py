"""An event to its line of the ledger; apart from reading, which takes longer to load."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from foodsafety_cli.model.events import LEDGER_NAMES, Event, Submission, Undo


def encode(event: Event) -> bytes:
    """The line for an event, newline included; what was not given is not written."""
    head = {"id": event.id, "at": event.at, "by": event.by}
    return f"{_json(head | _WRITERS[type(event)](event))}\n".encode()


def _submission(event: Submission) -> dict[str, object]:
    entries = tuple(
        {
            LEDGER_NAMES.get(name, name): given
            for name, given in entry._asdict().items()
            if _says_something(given)
        }
        for entry in event.entries
    )
    origin = {"file": event.file, "undated": event.undated}
    given = {name: told for name, told in origin.items() if told}
    return {"date": event.date, "entries": entries} | given


def _undo(event: Undo) -> dict[str, object]:
    return {"undo": event.undo}


_WRITERS: dict[type, Callable[[Any], dict[str, object]]] = {Submission: _submission, Undo: _undo}


def _says_something(value: object) -> bool:
    """False for None, False, "" and (); a figure of 0 says something."""
    return bool(value) or isinstance(value, Decimal)


def _json(value: object) -> str:
    """JSON, with figures as the numbers that they were written as."""
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_json(key)}:{_json(item)}' for key, item in value.items())}}}"
    if isinstance(value, tuple):
        return f"[{','.join(map(_json, value))}]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        value = value.isoformat()
    return json.dumps(value, ensure_ascii=False)
