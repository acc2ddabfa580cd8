"""What was changed in an exported ledger, held against what it has said: rows of a form."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from foodsafety_cli.exchange.fields import Cell, Field, Row
from foodsafety_cli.exchange.ledger_sheet import LedgerRow
from foodsafety_cli.exchange.readings import text_of
from foodsafety_cli.model.valuetype import ValueType

Words = Mapping[str, str]  # what a row says under each heading
Key = tuple[str, str]  # a task's number and an indicator's name
_SHARED = {  # which several may have words in
    "进展情况": Field.NOTE,
    "存在问题": Field.PROBLEMS,
    "下步措施": Field.NEXT_STEPS,
}
_EVIDENCE = "佐证材料"
_FIGURES = ("完成值", "完成率")  # of an indicator, and of a task without any


class Changes(ValueType):
    """The rows to be taken, and the places of what is not."""

    rows: tuple[Row, ...] = ()
    fixed: tuple[str, ...] = ()  # changed, but the plan's or computed
    emptied: tuple[str, ...] = ()


class Before(ValueType):
    """What the ledger says today and what it has said at other times, by row."""

    now: Mapping[Key, Words]
    then: Mapping[Key, Sequence[Words]] = {}

    def of(self, row: LedgerRow) -> list[Words]:
        """All that it has said of a row."""
        key = row.task, row.indicator
        return [*([self.now[key]] if key in self.now else []), *self.then.get(key, ())]


def changes_in(
    rows: Sequence[LedgerRow], before: Before, names: Sequence[str], department: str = ""
) -> Changes:
    """What the rows say that the ledger has never said: an old copy changes nothing.

    Words of several departments stand in one cell (阳城县：…；城区：…): what was changed of each
    is a row of its own. `department`: whose list of duties it is, if it is one.
    """
    parted = re.compile(f"(?:^|；)({'|'.join(map(re.escape, sorted(names, key=len)[::-1]))})：")
    taken: list[Row] = []
    fixed: list[str] = []
    emptied: list[str] = []
    for row in rows:
        known = before.of(row)
        figure = _FIGURES[0] if row.indicator else _FIGURES[1]
        meant = (figure, *_SHARED, _EVIDENCE)
        for heading, cell in row.cells.items():
            is_known = any(heading in words for words in known)
            if heading not in meant and is_known and not _is_among(cell.value, known, heading):
                fixed.append(cell.place)
        emptied += _emptied(row, known, meant)
        taken += _taken(row, known, figure, parted, department)
    return Changes(tuple(taken), tuple(fixed), tuple(emptied))


def _emptied(row: LedgerRow, known: Sequence[Words], meant: Sequence[str]) -> list[str]:
    place = next(iter(row.cells.values())).place.partition(" “")[0]
    return [
        f"{place} “{heading}”列"
        for heading in meant
        if heading in row.headings - row.cells.keys()
        and known
        and all(words.get(heading) for words in known)
    ]


def _taken(
    row: LedgerRow,
    known: Sequence[Words],
    figure: str,
    parted: re.Pattern[str],
    department: str,
) -> list[Row]:
    own: dict[Field, Cell] = {}
    for heading, field in ((figure, Field.VALUE), (_EVIDENCE, Field.EVIDENCE)):
        cell = row.cells.get(heading)
        if cell is not None and not _is_among(cell.value, known, heading):
            own[field] = cell
    said = _by_department(row, known, parted, department)
    own |= said.pop("", {})
    which = {Field.TASK: row.cells["序号"]} if "序号" in row.cells else {}
    if "指标" in row.cells:
        which[Field.INDICATOR] = row.cells["指标"]
    if which and "任务" in row.cells:  # a column that was sorted alone says another task's
        which[Field.TITLE] = row.cells["任务"]
    if not which and own:  # words in a row that says nothing of a task
        which[Field.TASK] = next(iter(own.values()))._replace(value=None)
    found: list[Row] = []
    if own:
        place = next(iter(own.values())).place
        whose = {Field.DEPARTMENT: Cell(place, department)} if department else {}
        found.append(which | whose | own)
    for department, words in said.items():
        place = next(iter(words.values())).place
        found.append(which | {Field.DEPARTMENT: Cell(place, department)} | words)
    return found


def _by_department(
    row: LedgerRow, known: Sequence[Words], parted: re.Pattern[str], whose: str
) -> dict[str, dict[Field, Cell]]:
    """The changed words by department, "" for the whole task (or for whom the list is)."""
    found: dict[str, dict[Field, Cell]] = {}
    for heading, field in _SHARED.items():
        cell = row.cells.get(heading)
        if cell is None or _is_among(cell.value, known, heading):
            continue
        if not isinstance(cell.value, str):  # a number, a day that was words, an error
            found.setdefault("", {})[field] = cell
            continue
        said = {pair for words in known for pair in _parted(words[heading], parted).items()}
        authors = list(_parted(known[0][heading], parted)) if known else []
        for given, words in _parted(cell.value, parted).items():
            # who writes over the words of the only one that had some there writes for it
            author = authors[0] if not given and len(authors) == 1 else given
            if words and (author, words) not in said:
                name = "" if author == whose else author
                found.setdefault(name, {})[field] = Cell(cell.place, words)
    return found


def _parted(text: str, parted: re.Pattern[str]) -> dict[str, str]:
    first, *rest = parted.split(text_of(text))
    found = {"": first.strip("； ")} if first.strip("； ") else {}
    return found | {
        department: words.strip() for department, words in zip(rest[::2], rest[1::2], strict=True)
    }


def _is_among(value: object, known: Sequence[Words], heading: str) -> bool:
    """Whether a cell says what the ledger says, or has said."""
    return any(_is_same(value, words.get(heading, "")) for words in known)


def _is_same(value: object, words: str) -> bool:
    if isinstance(value, dt.datetime):
        value = value.date()
    one, other = _figure(text_of(value)), _figure(words)
    if one is not None and other is not None:
        return one == other
    return text_of(value) == text_of(words)


def _figure(words: str) -> Decimal | None:
    try:
        number = Decimal(words.rstrip("%％").replace(",", ""))
    except InvalidOperation:
        return None
    if not number.is_finite():  # NaN and Infinity are words
        return None
    return round(number, 1) if words.endswith(("%", "％")) else number
