"""Rows handed in as JSON: a list of objects, whose keys are fields or headings."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from foodsafety_cli.exchange.fields import ALSO_CALLED, BY_HEADING, Cell, Field, Row
from foodsafety_cli.model.errors import FileUnreadable

_MOST_DIGITS = 30  # of a number in JSON; what a report may have is far fewer


def json_rows(name: str, content: bytes) -> Iterator[Row]:
    """The rows of a JSON file, or of standard input (`-`); raises `FileUnreadable`."""
    where = "标准输入" if name == "-" else name
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            parse_float=_number,
            parse_int=_number,
            object_pairs_hook=lambda pairs: _once_each(where, pairs),
        )
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 列"
        raise FileUnreadable(f"{where} 不是 JSON，到{place}读不下去了") from error
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(f"{where} 不是 UTF-8 的 JSON，或套了太多层") from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise FileUnreadable(
            f'{where} 应是一个列表，每项一个对象，如 [{{"task": 16, "value": 5.2}}]'
        )
    for number, item in enumerate(found, 1):
        yield _row(f"{where} 第 {number} 项", item)


def _row(place: str, item: Mapping[str, object]) -> Row:
    row: dict[Field, Cell] = {}
    for key, value in item.items():
        field = BY_HEADING.get(key) or ALSO_CALLED.get(key)
        if field is None:
            raise FileUnreadable(f"{place}里没有“{key}”这样的字段，请核对拼写")
        if field in row:
            raise FileUnreadable(f"{place} {key}：前面已经写了同一件事，请只留一个")
        row[field] = Cell(f"{place} {key}", _plain(value))
        if isinstance(row[field].value, dict | list):
            raise FileUnreadable(f"{place} {key}：这里应是一个数或一段文字")
    return row


def _once_each(where: str, pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FileUnreadable(f"{where} 有一项里“{twice}”写了两次，请只留一个")
    return found


def _number(text: str) -> Decimal | str:
    """The number; one beyond all measure stays text, which is refused as any other text."""
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    return number if abs(number.adjusted()) < _MOST_DIGITS else text


def _plain(value: object) -> object:
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "；".join(map(str, value)) or None
    return value.strip() or None if isinstance(value, str) else value
