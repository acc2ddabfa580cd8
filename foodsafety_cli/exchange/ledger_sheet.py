"""An exported ledger (fs export) that comes back: its rows, by the headings it has."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from foodsafety_cli.analysis.days import read_day
from foodsafety_cli.documents.cells import is_continued, joined
from foodsafety_cli.exchange.cells import Unusable
from foodsafety_cli.exchange.fields import Cell
from foodsafety_cli.exchange.readings import text_of
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.valuetype import ValueType

_KEY = _NUMBER, _INDICATOR = "序号", "指标"
_HEADS = (_NUMBER, "任务", "完成值", "完成率", "状态", "亮灯")  # that no form has
# what a .tsv, which is for scripts, calls the columns
_FIELDS = {
    "id": _NUMBER,
    "section_title": "章节",
    "title": "任务",
    "text": "任务原文",
    "roles": "角色",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "support": "配合单位",
    "indicator": _INDICATOR,
    "target": "目标值",
    "unit": "计量单位",
    "value": "完成值",
    "made_of": "数的说明",
    "completion": "完成率",
    "due": "完成时限",
    "status": "状态",
    "light": "亮灯",
    "note": "进展情况",
    "problems": "存在问题",
    "next_steps": "下步措施",
    "evidence": "佐证材料",
    "date": "填报日期",
}
_OF_THE_TASK = re.compile("^任务(?=状态$|亮灯$)")  # as a department's own list has them
_TITLE = re.compile(
    r"(?P<plan>.*)　(?:工作台账|(?P<whose>[^　]*)责任清单)（截至 (?P<day>\d{4}-\d\d-\d\d)）.*"
)
_LOOKED_AT = 3
_DIFFERENT = Unusable("和它下面续行里写的不一样；续行里只有文字，数请只写在第一行")
_LACKING = Unusable("的前后几段不全，分在几行的字要都在；请照原样补齐")
Table = Mapping[int, Sequence[object]]  # the rows that have anything in them, by number


class LedgerRow(ValueType):
    """A task or an indicator of one, and what stands under each heading."""

    task: str
    indicator: str
    cells: Mapping[str, Cell]
    headings: frozenset[str]  # of the sheet


class LedgerSheet(ValueType):
    """Its rows; of which plan, of which departments (of all, if none) and as of which day."""

    rows: tuple[LedgerRow, ...]
    plan: str = ""
    whose: tuple[str, ...] = ()
    day: dt.date | None = None
    is_for_scripts: bool = False  # its figures are not rounded as people read them


def head_of(table: Table) -> int:
    """The number of the row of headings, if the table is an exported ledger; else 0."""
    for number in sorted(table)[:_LOOKED_AT]:
        if set(_HEADS) <= {_OF_THE_TASK.sub("", text) for text in _headings(table[number])}:
            return number
    return 0


def ledger_of(name: str, table: Table) -> LedgerSheet:
    """What the table says; raises `FileUnreadable` where a heading stands twice.

    And for one department's list that no longer says whose it is.
    """
    head = head_of(table)
    headings = _headings(table[head])
    twice = [text for text in headings if text and headings.count(text) > 1]
    if twice:
        raise FileUnreadable(f"{name} 的表头里有几列都叫“{twice[0]}”，请只留一列")
    is_for_scripts = "id" in map(str, table[head])
    rows = tuple(_rows(name, table, head, headings))
    titles = [str(table[n][0] or "").strip() for n in sorted(table) if n < head and table[n]]
    found = next(filter(None, map(_TITLE.fullmatch, titles)), None)
    if found:
        whose = tuple((found["whose"] or "").split("、")) if found["whose"] else ()
        return LedgerSheet(rows, found["plan"], whose, read_day(found["day"]))
    if "角色" in headings:
        raise FileUnreadable(
            f"{name} 是一个单位的责任清单，没有写明是哪个单位的。请交回 .xlsx 的那一份"
        )
    return LedgerSheet(rows, is_for_scripts=is_for_scripts)


def _headings(cells: Sequence[object]) -> list[str]:
    texts = ["" if cell is None else text_of(cell) for cell in cells]
    return [_FIELDS.get(text, text) for text in texts] if "id" in texts else texts


def _rows(name: str, table: Table, head: int, headings: Sequence[str]) -> Iterator[LedgerRow]:
    """The rows; of what was parted over several, the first, with all of the words in it."""
    found: dict[tuple[str, str], list[LedgerRow]] = {}
    for number in sorted(n for n in table if n > head):
        titles = [*headings, *[""] * (len(table[number]) - len(headings))]
        cells = {
            heading or f"第 {n} 列（没有表头）": Cell(f"{name} 第 {number} 行 “{heading}”列", value)
            for n, (heading, value) in enumerate(zip(titles, table[number], strict=False), 1)
            if value is not None
        }
        if cells:
            key = _key_of(cells)
            found.setdefault(key, []).append(LedgerRow(*key, cells, frozenset(headings)))
    for rows in found.values():
        parts = [row for row in rows if _is_continuation(row)]
        yield from (_joined(row, parts) for row in rows if row not in parts)
        if len(parts) == len(rows):  # what they go on from is not there any more
            yield from (_joined(row, ()) for row in parts)


def _key_of(cells: Mapping[str, Cell]) -> tuple[str, str]:
    number, indicator = (cells.get(heading) for heading in (_NUMBER, _INDICATOR))
    return (
        "" if number is None else text_of(number.value),
        "" if indicator is None else text_of(indicator.value),
    )


def _is_continuation(row: LedgerRow) -> bool:
    """Whether a row only goes on with words; what somebody filled down beside them says nothing."""
    said = [cell.value for heading, cell in row.cells.items() if heading not in _KEY]
    words = [value for value in said if isinstance(value, str)]
    return bool(words) and all(map(is_continued, words))


def _joined(row: LedgerRow, parts: Sequence[LedgerRow]) -> LedgerRow:
    cells = dict(row.cells)
    for heading, cell in row.cells.items():
        others = [part.cells[heading].value for part in parts if heading in part.cells]
        if heading in _KEY:
            continue
        if not isinstance(cell.value, str):
            if any(other != cell.value for other in others):
                cells[heading] = cell._replace(value=_DIFFERENT)
        else:
            whole = joined([cell.value, *map(str, others)])
            cells[heading] = cell._replace(value=_LACKING if whole is None else whole)
    return row._replace(cells=cells)
