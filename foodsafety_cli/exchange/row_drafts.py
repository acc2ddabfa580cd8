"""One row of a handed-in file as a draft, read cell by cell: all its faults are told at once."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar

from foodsafety_cli.analysis.admission import EVERYTHING, ReportDraft, admit, held_against
from foodsafety_cli.analysis.amending import AmendedPlan
from foodsafety_cli.analysis.match import match_department, match_task, plain, task_told
from foodsafety_cli.analysis.measures import COMPLETION, measure_of
from foodsafety_cli.analysis.wording import percent
from foodsafety_cli.exchange.fields import HEADINGS, WORDS, Cell, Field, Row
from foodsafety_cli.exchange.readings import (
    NOTHING,
    CellFigure,
    day_of,
    figure_given,
    figure_of,
    indicator_named,
    text_of,
    usable,
    words_of,
)
from foodsafety_cli.model.errors import BadValue, UsageError
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.plan import Indicator, Plan, Task
from foodsafety_cli.model.text import quoted
from foodsafety_cli.model.valuetype import ValueType

T = TypeVar("T")
_RATE = re.compile(r"\d+(?:\.\d+)?")


class RowFault(ValueType):
    """What is wrong, where, and what to do."""

    place: str
    message: str
    file: str = ""  # as it was named
    code: MessageCode = MessageCode.ROW_FAULT

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


class RowReader:
    """Reads one row; `department`: whose form it is, if it is a form."""

    def __init__(self, plans: AmendedPlan, row: Row, department: str | None) -> None:
        self._plans = plans
        self._row = row
        self._department = department
        self._faults: list[RowFault] = []

    def draft(self, undated: dt.date, today: dt.date) -> tuple[ReportDraft | None, list[RowFault]]:
        """The draft, or every fault; a row without a day is of the day `undated`."""
        day = self._read(Field.DATE, day_of, undated)
        plan = self._plans.on(day)  # who was responsible then may report on it
        task = self._read(Field.TASK, lambda v: match_task(plan, text_of(v))[1], None)
        if task is None:
            no_task = RowFault(_first(self._row).place, "没有写任务序号，请填写")
            return None, self._faults or [no_task]
        self._check_title(plan, task)
        department = self._whose(plan)
        indicator = self._indicator(plan, task)
        figure = self._figure(indicator)
        draft = ReportDraft(task, self._entry(task, department, indicator, figure), indicator, day)
        known = {fault.place for fault in self._faults}  # a cell not read stands for nothing
        refusals = _refusals(plan, draft, self._row, today)
        self._faults += [fault for fault in refusals if fault.place not in known]
        return (None if self._faults else draft), self._faults

    def _read(self, field: Field, reader: Callable[[object], T], otherwise: T) -> T:
        return self._read_cell(self._row.get(field), reader, otherwise)

    def _read_cell(self, cell: Cell | None, reader: Callable[[object], T], otherwise: T) -> T:
        if cell is None or cell.value is None:
            return otherwise
        try:
            return reader(usable(cell.value))
        except UsageError as error:
            self._faults.append(fault_of(error, cell.place))
            return otherwise

    def _check_title(self, plan: Plan, task: Task) -> None:
        """A row whose number went astray (sorted, pasted) says what another task is about."""
        cell = self._row.get(Field.TITLE)
        other = task_told(plan, text_of(cell.value), task) if cell and cell.value else None
        if cell and other:
            named = f"任务 {other.id}{quoted(other.title)}"
            self._faults.append(
                RowFault(cell.place, f"这里写的是{named}，序号写的是 {task.id}，请核对是哪一项")
            )

    def _whose(self, plan: Plan) -> str | None:
        named, form = self._row.get(Field.DEPARTMENT), self._department
        own = self._read(Field.DEPARTMENT, lambda v: match_department(plan, text_of(v)), form)
        if form is not None and own not in (None, form) and named is not None:
            self._faults.append(RowFault(named.place, f"这是{form}的表，不能替“{own}”填报"))
        return own

    def _indicator(self, plan: Plan, task: Task) -> Indicator | None:
        """The indicator that is named; the only one, where a figure is given without a name."""
        named = self._read(Field.INDICATOR, lambda v: indicator_named(plan, task, text_of(v)), None)
        if named is not None or not task.indicators or not figure_given(self._row):
            return named
        place = self._row.get(Field.INDICATOR, self._row[Field.TASK]).place
        is_unknown = any(fault.place == place for fault in self._faults)
        if len(task.indicators) > 1 and not is_unknown:
            names = "、".join(known.name for known in task.indicators)
            self._faults.append(
                RowFault(place, f"任务 {task.id} 有几个指标，请写明是哪一个：{names}")
            )
        return task.indicators[0]

    def _figure(self, indicator: Indicator | None) -> CellFigure:
        of = self._read(Field.OF, text_of, None)
        cell, lacking = _numerator(self._row)
        self._faults += lacking
        figure = self._read_cell(cell, lambda v: figure_of(v, indicator, of), NOTHING)
        self._faults += _strange_units(cell, self._row.get(Field.UNIT), indicator)
        return figure

    def _entry(
        self, task: Task, department: str | None, indicator: Indicator | None, figure: CellFigure
    ) -> Entry:
        words = {field: self._read(field, words_of, "") for field in WORDS}
        evidence = re.split("[；;\n]", words[Field.EVIDENCE])
        counts = figure if indicator or figure.value is None else NOTHING  # of a rate, only 0/0
        return Entry(
            task.id,
            indicator.name if indicator else None,
            department,
            value=figure.value if indicator else None,
            percent=None if indicator else figure.value,
            done=figure.is_done,
            note=words[Field.NOTE],
            problems=words[Field.PROBLEMS],
            next_steps=words[Field.NEXT_STEPS],
            evidence=tuple(filter(None, map(str.strip, evidence))),
            counted=counts.counted,
            out_of=counts.out_of,
        )


def strange(plan: Plan, row: Row) -> Iterator[RowFault]:
    """What a row without a figure or words has in its other cells and cannot have been meant.

    Its figure may well stand in a wrong one: another sign parts it than the rest.
    """
    number, indicator = row.get(Field.TASK), row.get(Field.INDICATOR)
    if number is None or number.value is None or not str(number.value).strip()[:1].isdecimal():
        return  # a line of words, a sum
    try:
        _, task = match_task(plan, text_of(usable(number.value)))
        if indicator is not None and indicator.value is not None:
            indicator_named(plan, task, text_of(usable(indicator.value)))
    except UsageError as error:
        yield RowFault(number.place, f"这一行没有填数，{_reason(error)}")


def _refusals(plan: Plan, draft: ReportDraft, row: Row, today: dt.date) -> Iterator[RowFault]:
    """What the plan and the calendar have against it; what was reported comes under the lock."""
    try:
        admit(plan, draft, None, None, today, EVERYTHING)
    except UsageError as error:
        is_date = isinstance(error, BadValue) and error.option == "--date"
        is_department = f"“{draft.entry.department}”" in str(error) and Field.DEPARTMENT in row
        field = Field.DATE if is_date else Field.DEPARTMENT if is_department else Field.VALUE
        yield fault_of(error, row.get(field, _first(row)).place)
    if (figure := row.get(Field.VALUE)) and (words := _contradicted(plan, draft, figure)):
        yield RowFault(figure.place, words)


def _contradicted(plan: Plan, draft: ReportDraft, cell: Cell) -> str:
    """How the rate beside an indicator's figure says something else than the figure does."""
    measure, value = measure_of(draft.indicator), draft.entry.value
    written = text_of(cell.attained).rstrip("%％") if cell.attained is not None else ""
    if value is None or measure.target is None or not _RATE.fullmatch(written):
        return ""
    own = held_against(plan, draft)
    goals = {measure.target, *([own[1]] if own else [])}
    meant = [measure.attainment(value, goal) for goal in goals] + [value] * measure.is_share
    told = Decimal(written)
    if any(abs(one - said) <= 1 for one in meant for said in (told, told * 100)):
        return ""
    attained = percent(measure.attainment(value))
    return (
        f"{value:f} 是目标 {measure.target:f} 的 {attained}，“完成率”列写的是 {written}%，"
        "请核对，留下对的"
    )


def _numerator(row: Row) -> tuple[Cell | None, list[RowFault]]:
    """The cell of the figure, or of the count that it is the ratio of; and what is lacking."""
    filled = {field: cell for field, cell in row.items() if cell.value is not None}
    value, count, of = map(filled.get, (Field.VALUE, Field.COUNT, Field.OF))
    if count and value:
        return count, [RowFault(count.place, f"已填了“{HEADINGS[Field.VALUE]}”，两样只填一样")]
    if count and not of:
        return None, [RowFault(count.place, f"只有分子，请把“{HEADINGS[Field.OF]}”也填上")]
    if of and not count and not value:
        return None, [RowFault(of.place, f"只有分母，请把“{HEADINGS[Field.COUNT]}”也填上")]
    return count or value, []


def _strange_units(
    cell: Cell | None, beside: Cell | None, indicator: Indicator | None
) -> Iterator[RowFault]:
    """The units that the heading and the cell beside give a figure, and that are not its own."""
    own = indicator.unit if indicator else "%"
    known = [plain(unit) for unit in (own, COMPLETION, "")]
    said = [(cell.place, "表头", cell.unit)] if cell else []
    if cell and beside and beside.value is not None:
        said.append((beside.place, "这里", text_of(beside.value)))
    for place, where, unit in said:
        if plain(unit) not in known:
            words = f"{where}写的单位是“{unit}”，计划里是{own or '完成与否'}"
            yield RowFault(place, f"{words}，请换算好，改对{where}")


def _first(row: Row) -> Cell:
    return next(cell for cell in row.values())


def fault_of(error: UsageError, place: str, file: str = "") -> RowFault:
    """What the command line would refuse, as a fault of a place."""
    code = MessageCode.ROW_FAULT if error.code is MessageCode.USAGE else error.code
    return RowFault(place, _reason(error), file, code)


def _reason(error: UsageError) -> str:
    """The error less the option of the command line, which a file has not."""
    return error.reason if isinstance(error, BadValue) else str(error)
