"""An exported ledger (fs export) that comes back: its changed cells as rows of a form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from foodsafety_cli.exchange.fields import WORDS, Cell, Field, Row
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.store.cells import GOES_ON

_HEADS = ("序号", "任务", "完成值", "完成率", "状态", "亮灯")  # that no form has
_TITLE = re.compile(r"(?:.*　)?(?P<whose>[^　]*)责任清单（截至 \d{4}-\d\d-\d\d）")
_LOOKED_AT = 3
_WORD_HEADS = {
    "进展情况": Field.NOTE,
    "存在问题": Field.PROBLEMS,
    "下步措施": Field.NEXT_STEPS,
    "佐证材料": Field.EVIDENCE,
}
_SHARED = (Field.NOTE, Field.PROBLEMS, Field.NEXT_STEPS)  # which several may have words in
Table = Sequence[Sequence[object]]
Key = tuple[str, str]  # a task's number and an indicator's name


def head_of(table: Table) -> int:
    """The number of the row of headings, if the table is an exported ledger; else 0."""
    for number, row in enumerate(table[:_LOOKED_AT], 1):
        if set(_HEADS) <= {str(cell).strip() for cell in row if cell is not None}:
            return number
    return 0


def ledger_rows(name: str, table: Table) -> tuple[Row, ...]:
    """The rows with the figure where a form has it: 完成值, of a task without any 完成率.

    Raises `FileUnreadable` for one department's list that no longer says whose it is.
    """
    head = head_of(table)
    columns = {str(cell).strip(): n for n, cell in enumerate(table[head - 1]) if cell is not None}
    whose = _whose(table[: head - 1])
    if "角色" in columns and not whose:
        raise FileUnreadable(
            f"{name} 是一个单位的责任清单，没有写明是哪个单位的。请交回 .xlsx 的那一份"
        )
    return tuple(_rows(name, table, head, columns, whose))


def _whose(above: Table) -> str:
    for row in above:
        found = _TITLE.fullmatch(str(row[0] or "").strip()) if row else None
        if found:
            return found["whose"]
    return ""


def _rows(
    name: str, table: Table, head: int, columns: Mapping[str, int], whose: str
) -> Iterator[Row]:
    for number, cells in _joined(table, head, columns):

        def cell(heading: str, cells: Sequence[object] = cells, number: int = number) -> Cell:
            place = columns.get(heading, len(cells))
            value = cells[place] if place < len(cells) else None
            words = value.strip() if isinstance(value, str) else value
            return Cell(f"{name} 第 {number} 行 “{heading}”列", None if words == "" else words)

        if cell("序号").value is None:
            continue
        indicator = cell("指标")
        row = {Field.TASK: cell("序号"), Field.INDICATOR: indicator}
        row[Field.VALUE] = cell("完成值" if indicator.value else "完成率")
        row |= {field: cell(heading) for heading, field in _WORD_HEADS.items()}
        if whose:
            row[Field.DEPARTMENT] = Cell(f"{name} 的标题", whose)
        yield row


def _joined(
    table: Table, head: int, columns: Mapping[str, int]
) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows with their numbers; what was parted over the rows below is one again."""
    whole: list[object] = []
    first = head + 1
    place = columns["序号"]
    for number, cells in enumerate(table[head:], head + 1):
        if len(cells) > place and cells[place] is not None:
            if whole:
                yield first, whole
            first, whole = number, list(cells)
            continue
        for n, value in enumerate(cells):
            if value is not None and n < len(whole) and isinstance(whole[n], str):
                whole[n] = f"{str(whole[n]).removesuffix(GOES_ON)}{value}"
    if whole:
        yield first, whole


def changed(
    rows: Sequence[Row],
    current: Mapping[Key, Row],
    names: Sequence[str],
    before: Mapping[Key, Sequence[Row]] = MappingProxyType({}),
) -> tuple[Row, ...]:
    """The rows with what differs from `current`, the same ledger as it is exported today.

    And from `before`, what it said at other times: an old copy changes nothing.

    Words of several departments stand in one cell (阳城县：…；城区：…): what was changed of each
    is a row of its own.
    """
    parted = re.compile(f"(?:^|；)({'|'.join(map(re.escape, sorted(names, key=len)[::-1]))})：")
    found: list[Row] = []
    for row in rows:
        key = (_words(row[Field.TASK].value), _words(row[Field.INDICATOR].value))
        known = (current.get(key, {}), *before.get(key, ()))
        kept = {
            field: cell
            for field, cell in row.items()
            if field not in (Field.VALUE, *WORDS)
            or not any(_is_same(cell, then.get(field)) for then in known)
        }
        whose = kept.get(Field.DEPARTMENT)
        own = _by_department(kept, known, parted, str(whose.value) if whose else "")
        kept = {f: c for f, c in kept.items() if f not in _SHARED} | own.pop("", {})
        if any(kept[field].value is not None for field in (Field.VALUE, *WORDS) if field in kept):
            found.append(kept)
        for body, said in own.items():
            place = next(iter(said.values())).place
            named = {Field.DEPARTMENT: Cell(place, body)}
            found.append({f: row[f] for f in (Field.TASK, Field.INDICATOR)} | named | said)
    return tuple(found)


def _by_department(
    kept: Row, known: Sequence[Row], parted: re.Pattern[str], whose: str
) -> dict[str, dict[Field, Cell]]:
    """The changed words by department, "" for the whole task (or for whom the list is)."""
    found: dict[str, dict[Field, Cell]] = {}
    for field in _SHARED:
        cell = kept.get(field)
        if cell is None or not isinstance(cell.value, str):
            continue
        said = {
            pair
            for then in known
            if field in then
            for pair in _parted(str(then[field].value or ""), parted).items()
        }
        for body, words in _parted(cell.value, parted).items():
            if words and (body, words) not in said:
                name = "" if body == whose else body
                found.setdefault(name, {})[field] = Cell(cell.place, words)
    return found


def _parted(text: str, parted: re.Pattern[str]) -> dict[str, str]:
    first, *rest = parted.split(text)
    found = {"": first.strip("； ")} if first.strip("； ") else {}
    return found | {body: words.strip() for body, words in zip(rest[::2], rest[1::2], strict=True)}


def _is_same(cell: Cell, now: Cell | None) -> bool:
    """Whether a cell says what the export says; an emptied one takes nothing back."""
    if cell.value is None:
        return True
    if now is None or now.value is None:
        return False
    one, other = _figure(cell.value), _figure(now.value)
    if one is not None and other is not None:
        return one == other
    return _words(cell.value) == _words(now.value)


def _figure(value: object) -> Decimal | None:
    try:
        number = Decimal(_words(value).rstrip("%％"))
    except InvalidOperation:
        return None
    return round(number, 1) if _words(value).endswith(("%", "％")) else number


def _words(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
