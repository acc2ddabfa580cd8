"""A record to its line of the ledger; apart from reading, which takes longer to load."""

import datetime as dt
import json
from collections.abc import Mapping
from decimal import Decimal

from foodsafety_cli.model.progress import Record, Undo


def encode(record: Record) -> bytes:
    """The line for a record, newline included; what was not given is not written."""
    head = {"id": record.id, "at": record.at, "by": record.by}
    if isinstance(record, Undo):
        return f"{_json(head | {'undo': record.undo})}\n".encode()
    entries = tuple(
        {name: given for name, given in entry._asdict().items() if _says_something(given)}
        for entry in record.entries
    )
    return f"{_json(head | {'date': record.date, 'entries': entries})}\n".encode()


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
