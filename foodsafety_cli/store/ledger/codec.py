"""Value types of the model as the ledger's JSON has them: both ways, for every kind of line.

What is empty is not written; words are read without what would break what is made of them.
"""

from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from foodsafety_cli.model.events import LEDGER_NAMES
from foodsafety_cli.model.steps import KINDS
from foodsafety_cli.model.text import clean


def struct_of(kind: Any, **limits: Any) -> Any:
    """What msgspec reads a value type as; `limits` replace the types of some fields."""
    fields = [
        (name, limits.get(name, _read_as(hint)), kind._field_defaults.get(name, msgspec.NODEFAULT))
        for name, hint in get_type_hints(kind).items()
    ]
    return msgspec.defstruct(kind.__name__, fields, gc=False, rename=LEDGER_NAMES)


def value_of(kind: Any, read: Any) -> Any:
    """The value of what was read."""
    hints = get_type_hints(kind)
    return kind(*(_value(hints[n], v) for n, v in msgspec.structs.asdict(read).items()))


@cache
def step_decoder(kind: str, identifier: Any) -> msgspec.json.Decoder[Any]:
    """What reads the lines of a kind of step; `identifier` is what an id may be."""
    ids = {"id": identifier, "of": identifier | None}
    return msgspec.json.Decoder(struct_of(KINDS[kind], **ids))


def _read_as(hint: Any) -> Any:
    if get_origin(hint) is tuple and hasattr(get_args(hint)[0], "_fields"):
        return tuple[struct_of(get_args(hint)[0]), ...]  # type: ignore[misc]  # made as we run
    return hint


def _value(hint: Any, value: Any) -> Any:
    if isinstance(value, tuple):
        (of, _) = get_args(hint)
        return tuple(_value(of, one) for one in value)
    if isinstance(value, msgspec.Struct):
        return value_of(hint, value)
    return clean(value) if type(value) is str else value
