"""Listings and things as JSON and YAML: every field, figures with the digits they have."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from foodsafety_cli.analysis.wording import Computed
from foodsafety_cli.render.listing import Listing, Row, Thing


def as_json(answer: Listing | Thing, *, only: tuple[str, ...] = ()) -> str:
    """UTF-8 JSON: a list of objects for a listing, one object for a thing."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    raw = encoder.encode(_data(answer, only))
    return msgspec.json.format(raw, indent=2).decode() + "\n"


def as_yaml(answer: Listing | Thing, *, only: tuple[str, ...] = ()) -> str:
    """The same as YAML."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes figures as they are and never folds or references."""

        def ignore_aliases(self, _: object) -> bool:
            return True

    def figure(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
        kind = "int" if value == value.to_integral_value() and "." not in str(value) else "float"
        return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", f"{value:f}")

    Dumper.add_representer(Decimal, figure)
    plain = msgspec.to_builtins(_data(answer, only), builtin_types=(Decimal,))
    return yaml.dump(plain, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**6)


def _data(answer: Listing | Thing, only: tuple[str, ...]) -> object:
    if isinstance(answer, Thing):
        return _told(answer.record)
    return [_told(_fields(row, only)) for row in answer.rows]


def _fields(row: Row, only: tuple[str, ...]) -> Row:
    return {field: row.get(field) for field in only} if only else row


def _told(value: object) -> object:
    """A value with what was computed in it rounded."""
    if isinstance(value, Computed):
        return value.shown()
    if isinstance(value, Mapping):
        return {key: _told(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_told(item) for item in value]
    return value
