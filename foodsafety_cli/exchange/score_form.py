"""The self-marking form (自评表): out to each department, and back."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.analysis.figure_reading import parse_figure
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.scoring import CENT, Score, Scored
from foodsafety_cli.analysis.wording import rounded_to
from foodsafety_cli.documents.cells import put, saved, set_for_print, set_heights
from foodsafety_cli.exchange.cells import value_of
from foodsafety_cli.exchange.readings import text_of, usable, words_of
from foodsafety_cli.exchange.workbooks import open_workbook
from foodsafety_cli.model.errors import BadValue, FileUnreadable, UsageError
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.steps import Stage
from foodsafety_cli.model.valuetype import ValueType

_SHEET, _META, _TITLE = "自评表", "_fs", "评议考核自评表"
_HEAD_ROW = 3
_GUIDE = (
    "填白底的格子：自评分（不超过分值）或次数，佐证材料用“；”隔开。"
    "自动得分由填报的数算出，不用填。填好存盘，交回{}。"
)
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
_FIRST_TO_FILL, _EVIDENCE, _WORDS = 7, 9, 10


class SelfMark(ValueType):
    """What a department says of one item, and where it stands."""

    place: str
    item: str
    title: str
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
    notes: tuple[str, ...]  # what was made of a figure: rounded


def as_form(plan: Plan, score: Score, rules: Sequence[str]) -> bytes:
    """The workbook's bytes; `rules` say in words how each item's points come about."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = _SHEET
    put(sheet.cell(1, 1), f"{score.department}　{_TITLE}")
    put(sheet.cell(2, 1), _GUIDE.format(reviewer_of(plan)))
    for n, (heading, _) in enumerate(_COLUMNS, 1):
        put(sheet.cell(_HEAD_ROW, n), heading)
    for n, (one, rule) in enumerate(zip(score.scored, rules, strict=True), _HEAD_ROW + 1):
        for m, value in enumerate(_row(one, rule), 1):
            put(sheet.cell(n, m), value)
    _dress(sheet, last_row=_HEAD_ROW + len(score.scored))
    _sign(book, plan, score.department)
    return saved(book)


def _dress(sheet: Any, last_row: int) -> None:
    """Its looks, for the screen and on paper; what is not to be filled in is locked and grey."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="A6A6A6")
    for row in sheet.iter_rows(min_row=_HEAD_ROW, max_row=last_row, max_col=len(_COLUMNS)):
        for m, cell in enumerate(row, 1):
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.font = Font(name="宋体", size=10, bold=cell.row == _HEAD_ROW)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if cell.row == _HEAD_ROW:
                continue
            is_open = m >= _FIRST_TO_FILL
            cell.protection = Protection(locked=not is_open)
            cell.number_format = "@" if m in (1, _EVIDENCE, _WORDS) else "General"
            if not is_open:
                cell.fill = PatternFill("solid", fgColor="F2F2F2")
    for n, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet["A1"].font, sheet["A2"].font = Font(name="黑体", size=16), Font(name="宋体", size=9)
    sheet.protection.sheet = True
    set_heights(sheet, first_row=_HEAD_ROW + 1)
    set_for_print(sheet, head_row=_HEAD_ROW)


def _sign(book: Any, plan: Plan, department: str) -> None:
    """Whose form it is, and of which plan, where nobody changes it by the way."""
    hidden = book.create_sheet(_META)
    year = str(plan.period.start.year)
    said = {"department": department, "document_number": plan.document_number, "year": year}
    for row, (key, value) in enumerate(said.items(), 1):
        put(hidden.cell(row, 1), key)
        put(hidden.cell(row, 2), value)
    hidden.sheet_state = "veryHidden"


def _row(one: Scored, rule: str) -> Iterator[object]:
    item = one.item
    automatic = "" if one.automatic is None else rounded_to(one.automatic, CENT)
    yield from (item.id, item.title, item.points, rule, item.proof, automatic)
    own = next((mark for mark in one.marks if mark.stage is Stage.OWN), None)
    if own is not None:  # what the department has said before
        yield from (own.points, own.times, "；".join(own.evidence), own.basis)


def read_form(name: str, content: bytes) -> Filled:
    """What a form says; raises `FileUnreadable` for a file that is none."""
    values, formulas = open_workbook(name, content)
    if _SHEET not in values.sheetnames or _META not in values.sheetnames:
        raise FileUnreadable(f"{name} 不是自评表，请用 fs score form 发出的表填")
    copies = [sheet.title for sheet in values.worksheets if sheet.title not in (_SHEET, _META)]
    if copies:
        raise FileUnreadable(f"{name} 里除“{_SHEET}”外还有“{copies[0]}”，请只留填好的那一张")
    meta = {str(key): str(value) for key, value in values[_META].iter_rows(values_only=True) if key}
    faults: list[str] = []
    notes: list[str] = []
    marks = tuple(_marks(name, (values[_SHEET], formulas[_SHEET]), faults, notes))
    whose = meta.get("department", "")
    _check_whose(name, whose, values[_SHEET].cell(1, 1).value)
    of = meta.get("document_number", ""), meta.get("year", "")
    return Filled(whose, *of, marks, tuple(faults), tuple(notes))


def _check_whose(name: str, whose: str, printed: object) -> None:
    """Raise `FileUnreadable` where the form's title names another department than it keeps."""
    said = text_of(printed).removesuffix(_TITLE).strip() if printed is not None else whose
    if said != whose:
        raise FileUnreadable(
            f"{name} 自相矛盾：上面写的是“{said}”，表里记的是“{whose}”，没有导入。"
            "请用 fs score form 重新发一张"
        )


def _marks(
    name: str, sheets: tuple[Any, Any], faults: list[str], notes: list[str]
) -> Iterator[SelfMark]:
    values, formulas = sheets
    columns = _columns_of(name, values)
    used = {row for (row, _), cell in formulas._cells.items() if cell.value is not None}
    for number in sorted(row for row in used if row > _HEAD_ROW):
        row = _Row(f"{name} {_SHEET} 第 {number} 行", number, values, formulas, columns)
        item, title = row.text("序号", faults), row.text("考核内容", faults)
        points, times = (row.figure(heading, faults, notes) for heading in ("自评分", "次数"))
        evidence = row.text("佐证材料", faults).replace(";", "；").split("；")
        words = row.text("说明", faults)
        if not any((item, points is not None, times is not None)):
            continue
        if not item:
            faults.append(f"{row.place}：没有考核内容的序号，请照发出的表填")
        elif points is not None and times is not None:
            faults.append(f"{row.place}：自评分和次数只填一个")
        elif points is not None or times is not None:
            proofs = tuple(filter(None, (part.strip() for part in evidence)))
            yield SelfMark(row.place, item, title, points, times, proofs, words)
        elif any(evidence) or words:
            faults.append(f"{row.place}：写了佐证材料或说明，没有写自评分")


def _columns_of(name: str, sheet: Any) -> dict[str, int]:
    """Where each heading stands; raises `FileUnreadable` where one is missing or there twice."""
    found: dict[str, int] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        heading = text_of(cell.value) if row == _HEAD_ROW and cell.value is not None else ""
        if heading in found:
            raise FileUnreadable(f"{name} 的表头里有几列都叫“{heading}”，请只留一列")
        if heading:
            found[heading] = column
    missing = [heading for heading, _ in _COLUMNS if heading not in found]
    if missing:
        raise FileUnreadable(
            f"{name} 第 {_HEAD_ROW} 行的表头缺少“{'、'.join(missing)}”，"
            "请用 fs score form 发出的表填"
        )
    return found


class _Row(ValueType):
    """A row of the form, and where it is; `formulas` is the same sheet with its formulas."""

    place: str
    number: int
    values: Any
    formulas: Any
    columns: Mapping[str, int]

    def value(self, heading: str) -> tuple[object, str]:
        """What a cell says, None if nothing; and what was done to it."""
        where = self.number, self.columns[heading]
        return value_of(self.values.cell(*where), self.formulas.cell(*where))

    def text(self, heading: str, faults: list[str]) -> str:
        """A cell's words; what are none goes into `faults`."""
        value, _ = self.value(heading)
        try:
            return "" if value is None else words_of(usable(value))
        except UsageError as error:
            faults.append(f"{self.place} “{heading}”列：{error}")
            return ""

    def figure(self, heading: str, faults: list[str], notes: list[str]) -> Decimal | None:
        """A cell's number; what is none goes into `faults`, what was rounded into `notes`."""
        value, note = self.value(heading)
        if value is None:
            return None
        notes += [f"{self.place} “{heading}”列：{note}"] if note else []
        try:
            return parse_figure(self.place, text_of(usable(value)))
        except UsageError as error:
            reason = error.reason if isinstance(error, BadValue) else error
            faults.append(f"{self.place} “{heading}”列：{reason}")
            return None
