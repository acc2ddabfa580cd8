"""A department's reporting form (填报表): its tasks, and cells to fill that check what is typed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.documents.cells import LINE, plain_font, put, saved, set_for_print, set_heights
from foodsafety_cli.exchange.cellrules import date_rule, figure_rule
from foodsafety_cli.exchange.fields import (
    DONE,
    HEADINGS,
    META_SHEET,
    NOTED,
    OF_DAY,
    SHEET,
    SIGNED_BY,
    Field,
)
from foodsafety_cli.exchange.onepage import shortened
from foodsafety_cli.model.events import NOT_CONCERNED, Report
from foodsafety_cli.model.plan import Indicator, Plan, Task
from foodsafety_cli.model.valuetype import ValueType

_HEAD_ROW = 3
_LONGEST_LAST = 150  # characters of the words of last time: a row has its greatest height
_COLUMNS: tuple[tuple[str, float], ...] = (
    (HEADINGS[Field.TASK], 6),
    ("任务", 25),
    ("角色", 6),
    (HEADINGS[Field.INDICATOR], 12),
    ("目标值", 8),
    (HEADINGS[Field.UNIT], 7),
    ("上次填报", 18),
    (HEADINGS[Field.VALUE], 9),
    (HEADINGS[Field.COUNT], 6),
    (HEADINGS[Field.OF], 6),
    (HEADINGS[Field.DATE], 10),
    (HEADINGS[Field.NOTE], 12),
    (HEADINGS[Field.PROBLEMS], 10),
    (HEADINGS[Field.NEXT_STEPS], 10),
    (HEADINGS[Field.EVIDENCE], 7),
)
_FIRST_TO_FILL = 8
_SIGNED = {1: SIGNED_BY, 4: "联系电话", 7: "审核人", 10: "单位盖章"}  # by column
_DEADLINE = 13
_LAST, _VALUE, _COUNT, _OF, _DATE = 7, 8, 9, 10, 11
_GUIDE = (
    "填白底的格子：报数（没有指标的报完成率，节点选“完成”；有分子、分母的比率填这两格，不填数值）、"
    "日期和文字；没有进展的一行空着。填好存盘，盖章后交回{}。"
)


class _Line(ValueType):
    """A row: a task's indicator, or the task itself where it has none."""

    task: Task
    role: str
    indicator: Indicator | None
    last: str
    words: str  # the task's own, and what the office says of it
    target: str | Decimal  # its own


class Asked(ValueType):
    """A task, the department's role in it, and which of its figures are asked for."""

    task: Task
    role: str
    figures: tuple[tuple[Indicator | None, Decimal | None], ...]  # asked for, with its own targets
    stages: tuple[str, ...] = ()  # of each, what is to be reached next and by when; mostly empty
    returned: str = ""  # why its sign-off was sent back, if it was
    dues: tuple[str, ...] = ()  # of each, in words, where that is not the period's end


class ReportedByOthers(ValueType):
    """A task that others report for, and the department's role in it."""

    task: Task
    role: str


def as_form(
    plan: Plan,
    department: str,
    asked: Sequence[Asked],
    own: Sequence[Report],
    known: Sequence[ReportedByOthers] = (),
    days: tuple[dt.date | None, dt.date | None] = (None, None),
) -> bytes:
    """The workbook's bytes; `own` are the department's reports that count, oldest first.

    `known` are the tasks it has a part in while others report; `days`: to hand it in by, and of
    which its figures are unless their rows say otherwise.
    """
    deadline, day = days
    from openpyxl import Workbook

    book = Workbook()
    plain_font(book)
    sheet: Any = book.active
    sheet.title = SHEET
    lines = [line for item in asked for line in _lines(item, own)]
    put(sheet.cell(1, 1), f"{department}　工作填报表")
    of_day = f"{OF_DAY} {day}，另有日期的写在行里。" if day else ""
    put(
        sheet.cell(2, 1),
        f"{plan.title}（{plan.document_number}）。{of_day}{_GUIDE.format(reviewer_of(plan))}",
    )
    for n, (heading, _) in enumerate(_COLUMNS, 1):
        put(sheet.cell(_HEAD_ROW, n), heading)
    for line in lines:
        _write(sheet, line)
    _dress(sheet, lines)
    _guard(sheet, plan, lines)
    last_row = sheet.max_row
    _write_below(sheet, known, deadline)
    set_for_print(sheet, head_row=_HEAD_ROW, last_row=last_row)
    _sign(book, plan, department, day)
    return saved(book)


def _lines(item: Asked, own: Sequence[Report]) -> Iterator[_Line]:
    task = item.task
    nothing = ("",) * len(item.figures)
    stages, dues = item.stages or nothing, item.dues or nothing
    for (indicator, own_target), stage, due in zip(item.figures, stages, dues, strict=True):
        name = indicator.name if indicator else None
        mine = [r for r in own if r.entry.task == task.id and r.entry.indicator == name]
        figures = [report for report in mine if report.entry.has_figure]
        last = [_last(figures[-1])] if figures else []
        if mine:
            words = {"情况": mine[-1].entry.note, "问题": mine[-1].entry.problems}
            said = {heading: shortened(text, _LONGEST_LAST) for heading, text in words.items()}
            last += [f"{heading}：{text}" for heading, text in said.items() if text]
        target = _target(indicator, own_target)
        if stage:
            target = f"{target}\n（{stage}）"
        yield _Line(task, item.role, indicator, "\n".join(last), _words(item, due), target)


def _words(item: Asked, due: str) -> str:
    said = {"时限": due, "退回": item.returned}
    return "\n".join([item.task.text, *(f"【{what}】{w}" for what, w in said.items() if w)])


def _target(indicator: Indicator | None, own: Decimal | None) -> str | Decimal:
    """Its own target; of a sum that is not shared out, the whole, marked so."""
    measure = measure_of(indicator)
    if own is not None and measure.is_figure:
        return own
    is_shared = measure.is_figure and measure.target is not None
    return f"合计 {measure.target_words}" if is_shared else measure.target_words


def _last(report: Report) -> str:
    entry = report.entry
    if entry.is_not_concerned:
        return f"{NOT_CONCERNED}（{report.submission.date}）"
    figure = entry.value if entry.value is not None else entry.percent
    words = DONE if figure is None else f"{figure:f}{'' if entry.percent is None else '%'}"
    return f"{words}（{report.submission.date}）"


def _write(sheet: Any, line: _Line) -> None:
    indicator, task = line.indicator, line.task
    measure = measure_of(indicator)
    known = (
        task.id,
        line.words,
        line.role,
        measure.name,
        line.target,
        measure.unit,
        line.last,
    )
    row = sheet.max_row + 1
    for n, value in enumerate(known, 1):
        put(sheet.cell(row, n), value)
    for n in range(_FIRST_TO_FILL, len(_COLUMNS) + 1):
        sheet.cell(row, n)


def _is_open(line: _Line, column: int) -> bool:
    """Whether a cell is to be filled in: counts and what they are of, only where it is a ratio."""
    measure = measure_of(line.indicator)
    is_ratio = measure.is_figure and measure.is_indicator and measure.is_ratio
    return column >= _FIRST_TO_FILL and (is_ratio or column not in (_COUNT, _OF))


def _dress(sheet: Any, lines: Sequence[_Line]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    line = Side(style="thin", color="A6A6A6")
    border = Border(left=line, right=line, top=line, bottom=line)
    known, head = PatternFill("solid", fgColor="F2F2F2"), PatternFill("solid", fgColor="DDEBF7")
    for n, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    for row in sheet.iter_rows(min_row=_HEAD_ROW, max_col=len(_COLUMNS)):
        for cell in row:
            is_head = cell.row == _HEAD_ROW
            is_open = not is_head and _is_open(lines[cell.row - _HEAD_ROW - 1], cell.column)
            cell.border, cell.font = border, Font(name="宋体", size=10, bold=is_head)
            is_short = is_head or cell.column in (1, 3, *range(5, _DATE + 1))
            place = "center" if is_short else "left"
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=place)
            if not is_open:
                cell.fill = head if is_head else known
            if cell.column == _LAST and not is_head:
                cell.font = Font(name="宋体", size=9, color="7F7F7F")
            cell.protection = Protection(locked=not is_open)
            if is_open and cell.column > _DATE:
                cell.number_format = "@"  # eighteen digits and 3-5 stay what was typed
    for row_number, size, height in ((1, 16, 30), (2, 9, 30)):
        sheet.merge_cells(
            start_row=row_number, start_column=1, end_row=row_number, end_column=len(_COLUMNS)
        )
        cell = sheet.cell(row_number, 1)
        cell.font = Font(name="黑体" if row_number == 1 else "宋体", size=size)
        cell.alignment = Alignment(
            horizontal="center" if row_number == 1 else "left", vertical="center", wrap_text=True
        )
        sheet.row_dimensions[row_number].height = height
    set_heights(sheet, first_row=_HEAD_ROW)


def _write_below(sheet: Any, known: Sequence[ReportedByOthers], deadline: dt.date | None) -> None:
    """Who has filled it in, and below that the tasks that others report for."""
    from openpyxl.styles import Alignment, Font, Protection

    row = sheet.max_row + 2
    small = Font(name="宋体", size=10)
    for column, label in _SIGNED.items():
        put(sheet.cell(row, column), label)
        sheet.cell(row, column).font = small
        sheet.cell(row, column + 1).protection = Protection(locked=False)
        sheet.cell(row, column + 1).number_format = "@"
    put(sheet.cell(row, _DEADLINE), f"报送截止：{deadline or '　　　　　'}")
    sheet.cell(row, _DEADLINE).font = small
    sheet.row_dimensions[row].height = 2 * LINE
    for item in known:
        row += 1
        for column, words in ((1, NOTED), (2, f"{item.task.id} {item.task.title}"), (3, item.role)):
            cell = sheet.cell(row, column)
            put(cell, words)
            cell.font = small
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    if known:
        set_heights(sheet, first_row=row - len(known) + 1)


def _guard(sheet: Any, plan: Plan, lines: Sequence[_Line]) -> None:
    """Let only the open cells be changed, and tell in Chinese what cannot be."""
    from openpyxl.utils import get_column_letter

    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    value, date = get_column_letter(_VALUE), get_column_letter(_DATE)
    rules = {kind: figure_rule(kind) for kind in ("share", "count", "milestone")}
    for number, line in enumerate(lines, _HEAD_ROW + 1):
        rules[_kind(line)].add(f"{value}{number}")
        if _is_open(line, _COUNT):
            count, of = get_column_letter(_COUNT), get_column_letter(_OF)
            rules["count"].add(f"{count}{number}:{of}{number}")
    for rule in rules.values():
        if rule.sqref.ranges:
            sheet.add_data_validation(rule)
    if lines:
        days = date_rule(plan.period)
        days.add(f"{date}{_HEAD_ROW + 1}:{date}{_HEAD_ROW + len(lines)}")
        sheet.add_data_validation(days)
        for number in range(_HEAD_ROW + 1, _HEAD_ROW + len(lines) + 1):
            sheet[f"{date}{number}"].number_format = "yyyy-mm-dd"


def _kind(line: _Line) -> str:
    measure = measure_of(line.indicator)
    return "share" if measure.is_figure and measure.is_share else measure.cell


def _sign(book: Any, plan: Plan, department: str, day: dt.date | None) -> None:
    """Say in a hidden sheet whose form of which plan it is, for the way back."""
    hidden = book.create_sheet(META_SHEET)
    for key, value in (
        ("document_number", plan.document_number),
        ("title", plan.title),
        ("start", plan.period.start.isoformat()),
        ("department", department),
        *([("day", day.isoformat())] if day else []),
    ):
        row = hidden.max_row + (hidden["A1"].value is not None)
        put(hidden.cell(row, 1), key)
        put(hidden.cell(row, 2), value)
    hidden.sheet_state = "veryHidden"
