"""Where the headings of handed-in rows stand, and which column is which."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.exchange.fields import (
    ALSO_CALLED,
    BY_HEADING,
    COMPLETION,
    HEADINGS,
    OPTIONAL,
    Cell,
    Field,
    Row,
)
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.text import clean
from foodsafety_cli.model.valuetype import ValueType

LOOKED_AT = 30  # rows in which the headings must stand
_UNIT = re.compile(r"[（(][^（()）]*[）)]$")  # 数值（批次/千人）
_RATES = (COMPLETION, "percent")  # beside 数值: the figure of a task, an indicator's attainment


class Head(ValueType):
    """The row of the headings, the field of each column, and which columns hold rates."""

    number: int
    fields: Mapping[int, Field]
    rates: frozenset[int]
    units: Mapping[int, str]
    unread: tuple[str, ...]  # the headings that nothing is taken from

    def row(self, cells: Mapping[int, Cell]) -> Row:
        """The cells by field; of several columns of figures the one that is meant.

        Raises `FileUnreadable` where two of them say different things.
        """
        figures = [n for n in cells if self.fields[n] is Field.VALUE]
        own = [n for n in figures if n not in self.rates] or figures
        row = {self.fields[n]: cell for n, cell in cells.items() if n not in figures}
        indicator = row.get(Field.INDICATOR)
        is_of_task = indicator is None or indicator.value in (None, COMPLETION)
        candidates = [*own, *(figures if is_of_task else ())]
        filled = [n for n in candidates if cells[n].value is not None]
        if candidates:
            meant = (filled or candidates)[0]
            _check_one(cells[meant], [cells[n] for n in filled[1:]])
            row[Field.VALUE] = cells[meant]._replace(unit=self.units.get(meant, ""))
        return row


def _check_one(meant: Cell, others: Sequence[Cell]) -> None:
    for other in others:
        if _said(other) != _said(meant):
            raise FileUnreadable(
                f"{meant.place}写的是“{meant.value}”，另一列写的是“{other.value}”，"
                "不知道以哪个为准，请只填一列"
            )


def _said(cell: Cell) -> str:
    return f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value).rstrip("%％")


def find_head(name: str, rows: Sequence[Sequence[object]]) -> Head:
    """Where the headings stand and what they say; raises `FileUnreadable`."""
    for number, row in enumerate(rows, 1):
        texts = {n: _bare(str(value)) for n, value in enumerate(row, 1) if value is not None}
        fields = {n: BY_HEADING[text] for n, text in texts.items() if text in BY_HEADING}
        for n, text in texts.items():
            field = ALSO_CALLED.get(text)
            if field and (field not in fields.values() or field is Field.VALUE):
                fields[n] = field
        if Field.TASK in fields.values() and len(fields) > 1:
            _check_single(name, texts)
            if name.endswith(".xlsx"):
                _check_complete(name, fields)
            rates = frozenset(n for n, text in texts.items() if text in _RATES)
            units = {n: _unit(row[n - 1]) for n in fields if fields[n] is Field.VALUE}
            unread = tuple(text for n, text in texts.items() if text and n not in fields)
            return Head(number, fields, rates, units, unread)
    raise FileUnreadable(
        f"{name} 里找不到表头（至少要有“序号”和“数值/完成率”等列），请不要改动表头"
    )


def _unit(heading: object) -> str:
    """批次/千人, of 数值（批次/千人）."""
    found = _UNIT.search(clean(str(heading)).strip())
    return found.group()[1:-1].strip() if found else ""


def _bare(heading: str) -> str:
    heading = clean(heading).strip()
    without_unit = _UNIT.sub("", heading).strip()
    known = without_unit in BY_HEADING or without_unit in ALSO_CALLED
    return without_unit if known else heading


def _check_single(name: str, texts: Mapping[int, str]) -> None:
    """Of two columns that are called the same, nobody can tell which is meant."""
    known = [text for text in texts.values() if text in BY_HEADING or text in ALSO_CALLED]
    for text in known:
        columns = [n for n, other in texts.items() if other == text]
        if len(columns) > 1:
            places = "、".join(f"第 {n} 列" for n in columns)
            raise FileUnreadable(f"{name} 的表头里有几列都叫“{text}”（{places}），请只留一列")


def _check_complete(name: str, fields: Mapping[int, Field]) -> None:
    missing = [
        HEADINGS[field] for field in Field if field not in OPTIONAL and field not in fields.values()
    ]
    if missing:
        raise FileUnreadable(f"{name} 的表头里缺少“{'、'.join(missing)}”，请不要删改表头")
