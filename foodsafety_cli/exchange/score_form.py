"""The self-marking form (自评表): out to each department, and back."""

import io
import warnings
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from foodsafety_cli.analysis.scoring import CENT, Score, Scored
from foodsafety_cli.analysis.wording import rounded_to
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.cells import put, saved, set_for_print, set_heights
from foodsafety_cli.store.files import packed_names

_SHEET, _META = "自评表", "_fs"
_HEAD_ROW = 3
_COLUMNS = (
    ("序号", 7),
    ("考核内容", 34),
    ("分值", 8),
    ("办法", 26),
    ("要看的材料", 20),
    ("自动得分", 10),
    ("自评分", 10),
    ("次数", 8),
    ("佐证材料", 24),
    ("说明", 20),
)
_POINTS, _TIMES, _EVIDENCE, _WORDS = 7, 8, 9, 10


class SelfMark(ValueType):
    """What a department says of one item, and where it stands."""

    place: str
    item: str
    points: Decimal | None
    times: Decimal | None
    evidence: tuple[str, ...]
    words: str


class Filled(ValueType):
    """A form that came back: whose, of which plan, what it says; and what is wrong with it."""

    department: str
    document_number: str
    year: str
    marks: tuple[SelfMark, ...]
    faults: tuple[str, ...]


def as_form(plan: Plan, score: Score, rules: Sequence[str]) -> bytes:
    """The workbook's bytes; `rules` say in words how each item's points come about."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _SHEET
    put(sheet.cell(1, 1), f"{score.department}　评议考核自评表")
    put(sheet.cell(2, 1), "填白底的格子：自评分（不超过分值）或次数，佐证材料用“；”隔开。"
        "自动得分由填报的数算出，不用填。填好存盘，交回市食安办。")  # fmt: skip
    line = Side(style="thin", color="A6A6A6")
    for n, (heading, width) in enumerate(_COLUMNS, 1):
        put(sheet.cell(_HEAD_ROW, n), heading)
        sheet.column_dimensions[get_column_letter(n)].width = width
    for n, (one, rule) in enumerate(zip(score.scored, rules, strict=True), _HEAD_ROW + 1):
        for m, value in enumerate(_row(one, rule), 1):
            put(sheet.cell(n, m), value)
        for m in range(1, len(_COLUMNS) + 1):
            cell = sheet.cell(n, m)
            is_open = m >= _POINTS
            cell.protection = Protection(locked=not is_open)
            cell.number_format = "@" if m in (1, _EVIDENCE, _WORDS) else "General"
            if not is_open:
                cell.fill = PatternFill("solid", fgColor="F2F2F2")
    for row in sheet.iter_rows(min_row=_HEAD_ROW, max_col=len(_COLUMNS)):
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.font = Font(name="宋体", size=10, bold=cell.row == _HEAD_ROW)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet["A1"].font, sheet["A2"].font = Font(name="黑体", size=16), Font(name="宋体", size=9)
    sheet.protection.sheet = True
    set_heights(sheet, first_row=_HEAD_ROW + 1)
    set_for_print(sheet, head_row=_HEAD_ROW)
    hidden = book.create_sheet(_META)
    for pair in (
        ("department", score.department),
        ("document_number", plan.document_number),
        ("year", str(plan.period.start.year)),
    ):
        hidden.append(pair)
    hidden.sheet_state = "veryHidden"
    return saved(book)


def _row(one: Scored, rule: str) -> Iterator[object]:
    item = one.item
    automatic = "" if one.state else rounded_to(one.counts, CENT)
    yield from (item.id, item.title, item.points, rule, item.proof, automatic)


def read_form(name: str, content: bytes) -> Filled:
    """What a form says; raises `FileUnreadable` for a file that is none."""
    from openpyxl import load_workbook

    try:
        packed_names(name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True)
    except FileUnreadable:
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        raise FileUnreadable(f"{name} 不是 Excel 工作簿，或已损坏。请重新存一份 .xlsx") from error
    if _SHEET not in book.sheetnames or _META not in book.sheetnames:
        raise FileUnreadable(f"{name} 不是自评表，请用 fs score form 发出的表填")
    meta = {str(key): str(value) for key, value in book[_META].iter_rows(values_only=True) if key}
    faults: list[str] = []
    marks = tuple(_marks(name, book[_SHEET], faults))
    whose = meta.get("department", "")
    return Filled(
        whose, meta.get("document_number", ""), meta.get("year", ""), marks, tuple(faults)
    )


def _marks(name: str, sheet: Any, faults: list[str]) -> Iterator[SelfMark]:
    for number in range(_HEAD_ROW + 1, sheet.max_row + 1):
        item = str(sheet.cell(number, 1).value or "").strip()
        given = [sheet.cell(number, column).value for column in (_POINTS, _TIMES)]
        if not item or all(value in (None, "") for value in given):
            continue
        place = f"{name} {_SHEET} 第 {number} 行"
        points, times = (_figure(value, place, faults) for value in given)
        if points is not None and times is not None:
            faults.append(f"{place}：自评分和次数只填一个")
            continue
        said = str(sheet.cell(number, _EVIDENCE).value or "")
        evidence = tuple(
            part.strip() for part in said.replace(";", "；").split("；") if part.strip()
        )
        words = str(sheet.cell(number, _WORDS).value or "").strip()
        if points is not None or times is not None:
            yield SelfMark(place, item, points, times, evidence, words)


def _figure(value: object, place: str, faults: list[str]) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        faults.append(f"{place}：“{value}”不是数字，请只写数")
        return None
    if not number.is_finite() or number < 0:
        faults.append(f"{place}：“{value}”应是不小于 0 的数")
        return None
    return number
