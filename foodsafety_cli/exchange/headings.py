"""Where the headings of handed-in rows stand, and which column is which."""

import re
from collections.abc import Mapping, Sequence

from foodsafety_cli.exchange.fields import ALSO_CALLED, BY_HEADING, HEADINGS, OPTIONAL, Field
from foodsafety_cli.model.errors import FileUnreadable

LOOKED_AT = 30  # rows in which the headings must stand
_UNIT = re.compile(r"[（(][^（()）]*[）)]$")  # 数值（批次/千人）


def find_head(name: str, rows: Sequence[Sequence[object]]) -> tuple[int, dict[int, Field]]:
    """The row of the headings and the field of each column; raises `FileUnreadable`."""
    for number, row in enumerate(rows, 1):
        texts = {n: _bare(str(value)) for n, value in enumerate(row, 1) if value is not None}
        fields = {n: BY_HEADING[text] for n, text in texts.items() if text in BY_HEADING}
        for n, text in texts.items():
            field = ALSO_CALLED.get(text)
            # a second column of figures counts where the first is empty
            if field and (field not in fields.values() or field is Field.VALUE):
                fields[n] = field
        if Field.TASK in fields.values() and len(fields) > 1:
            _check_single(name, texts)
            if name.endswith(".xlsx"):
                _check_complete(name, fields)
            return number, fields
    raise FileUnreadable(
        f"{name} 里找不到表头（至少要有“序号”和“数值/完成率”等列），请不要改动表头"
    )


def _bare(heading: str) -> str:
    heading = heading.strip()
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
