"""Handed-in rows to reports: every fault is collected with its place, nothing is recorded here."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from foodsafety_cli.analysis.admission import (
    EVERYTHING,
    Draft,
    admit,
    held_against,
)
from foodsafety_cli.analysis.amending import AmendedPlan
from foodsafety_cli.analysis.match import match_department, match_task, plain
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.wording import percent
from foodsafety_cli.exchange.fields import (
    COMPLETION,
    HEADINGS,
    SAYING,
    WORDS,
    Cell,
    Field,
    Row,
)
from foodsafety_cli.exchange.readings import (
    NOTHING,
    day_of,
    figure_given,
    figure_of,
    indicator_named,
    text_of,
    usable,
    words_of,
)
from foodsafety_cli.exchange.sheets import HandedIn
from foodsafety_cli.model.errors import BadValue, FileUnreadable, UsageError
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.plan import Indicator, Plan
from foodsafety_cli.model.valuetype import ValueType

T = TypeVar("T")


class Fault(ValueType):
    """What is wrong, where, and what to do."""

    place: str
    message: str
    file: str = ""  # as it was named

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"


class Faulty(UsageError):
    """Files with faults in them: nothing was recorded."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"有 {len(faults)} 处要改，什么也没有记录。改好后再导入")
        self.faults = tuple(faults)


class LocatedDraft(ValueType):
    """A draft and the place of its figure; `is_undated` if its row gave no day."""

    place: str
    draft: Draft
    is_undated: bool


def drafts(
    plan: Plan, handed_in: HandedIn, today: dt.date
) -> tuple[list[LocatedDraft], list[Fault]]:
    """The reports of a file's rows that say something, by day, and every fault.

    Raises `FileUnreadable`.
    """
    _check_plan(plan, handed_in)
    placed: list[LocatedDraft] = []
    faults: list[Fault] = []
    whose = handed_in.meta.get("department")
    if whose is not None:  # a form that was handed out under an earlier name
        whose = Reporters(plan).name_of(whose) or whose
    day = handed_in.day[0] if handed_in.day else today
    plans = AmendedPlan(plan)
    for row in handed_in.rows:
        if not any(row[field].value is not None for field in SAYING if field in row):
            faults += _strange(plans.on(day), row)
            continue
        draft, found = _draft(plans, row, whose, day, today)
        faults += found
        if draft:
            is_undated = Field.DATE not in row or row[Field.DATE].value is None
            place = row.get(Field.VALUE, row[Field.TASK]).place
            placed.append(LocatedDraft(place, draft, is_undated))
    return sorted(placed, key=attrgetter("draft.date", "is_undated")), faults


def _strange(plan: Plan, row: Row) -> Iterator[Fault]:
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
        yield Fault(number.place, f"这一行没有填数，{_reason(error)}")


def _check_plan(plan: Plan, handed_in: HandedIn) -> None:
    meant = {
        "document_number": plan.document_number,
        "title": plan.title,
        "start": plan.period.start.isoformat(),
    }
    for key, value in meant.items():
        given = handed_in.meta.get(key, value)
        if given != value:
            raise _another_plans(plan, handed_in, given)
    printed = handed_in.meta.get("printed")
    if printed is not None and not printed.startswith(f"{plan.title}（{plan.document_number}）"):
        raise _another_plans(plan, handed_in, printed.partition("。")[0])


def _another_plans(plan: Plan, handed_in: HandedIn, whose: str) -> FileUnreadable:
    return FileUnreadable(
        f"{handed_in.name} 是另一份安排的填报表（{whose}），现在的计划是“{plan.title}”"
        f"（{plan.document_number}），没有导入"
    )


def _draft(
    plans: AmendedPlan, row: Row, department: str | None, undated: dt.date, today: dt.date
) -> tuple[Draft | None, list[Fault]]:
    """One row: read cell by cell, so that all its faults are told at once."""
    faults: list[Fault] = []

    def read(cell: Cell | None, reader: Callable[[object], T], otherwise: T) -> T:
        if cell is None or cell.value is None:
            return otherwise
        try:
            return reader(usable(cell.value))
        except UsageError as error:
            faults.append(Fault(cell.place, _reason(error)))
            return otherwise

    day = read(row.get(Field.DATE), day_of, undated)
    plan = plans.on(day)  # who was responsible then may report on it
    task = read(row.get(Field.TASK), lambda v: match_task(plan, text_of(v))[1], None)
    if task is None:
        return None, faults or [Fault(_first(row).place, "没有写任务序号，请填写")]
    named = row.get(Field.DEPARTMENT)
    own = read(named, lambda v: match_department(plan, text_of(v)), department)
    if department is not None and own not in (None, department) and named is not None:
        faults.append(Fault(named.place, f"这是{department}的表，不能替“{own}”填报"))
    named = row.get(Field.INDICATOR)
    indicator = read(named, lambda v: indicator_named(plan, task, text_of(v)), None)
    if indicator is None and task.indicators and figure_given(row):
        indicator = task.indicators[0]
        is_unknown = named is not None and any(fault.place == named.place for fault in faults)
        if len(task.indicators) > 1 and not is_unknown:
            names = "、".join(known.name for known in task.indicators)
            place = row.get(Field.INDICATOR, row[Field.TASK]).place
            faults.append(Fault(place, f"任务 {task.id} 有几个指标，请写明是哪一个：{names}"))
    of = read(row.get(Field.OF), text_of, None)
    cell, lacking = _numerator(row)
    faults += lacking
    figure = read(cell, lambda v: figure_of(v, indicator, of), NOTHING)
    faults += _strange_unit(cell, indicator)
    words = {field: read(row.get(field), words_of, "") for field in WORDS}
    counts = figure if indicator or figure.value is None else NOTHING  # of a rate, only 0/0
    entry = Entry(
        task.id,
        indicator.name if indicator else None,
        own,
        value=figure.value if indicator else None,
        percent=None if indicator else figure.value,
        done=figure.is_done,
        note=words[Field.NOTE],
        problems=words[Field.PROBLEMS],
        next_steps=words[Field.NEXT_STEPS],
        evidence=tuple(filter(None, map(str.strip, re.split("[；;\n]", words[Field.EVIDENCE])))),
        counted=counts.counted,
        out_of=counts.out_of,
    )
    draft = Draft(task, entry, indicator, day)
    known = {fault.place for fault in faults}  # a cell that was not read stands for nothing
    faults += [f for f in _refusals(plan, draft, row, today) if f.place not in known]
    return (None if known else draft), faults


def _refusals(plan: Plan, draft: Draft, row: Row, today: dt.date) -> Iterator[Fault]:
    """What the plan and the calendar have against it; what was reported comes under the lock."""
    try:
        admit(plan, draft, None, None, today, EVERYTHING)
    except UsageError as error:
        is_date = isinstance(error, BadValue) and error.option == "--date"
        cell = row.get(Field.DATE if is_date else Field.VALUE, _first(row))
        yield Fault(cell.place, _reason(error))
    if (figure := row.get(Field.VALUE)) and (words := _contradicted(plan, draft, figure)):
        yield Fault(figure.place, words)


def _contradicted(plan: Plan, draft: Draft, cell: Cell) -> str:
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


def _reason(error: UsageError) -> str:
    """The error less the option of the command line, which a file has not."""
    return error.reason if isinstance(error, BadValue) else str(error)


_RATE = re.compile(r"\d+(?:\.\d+)?")
_SAME_FIGURE = "报的是同一个数、同一天，请只留一行"


def duplicates(files: Sequence[tuple[str, Sequence[LocatedDraft]]]) -> Iterator[Fault]:
    """Rows that give one figure of one day a second time: nobody can tell which is meant.

    `files`: their names and rows. Two copies of one file are no matter: what the second says is
    known by then.
    """
    first: dict[tuple[object, ...], tuple[int, LocatedDraft]] = {}
    for number, (name, placed) in enumerate(files):
        for one in placed:
            entry = one.draft.entry
            told = (entry.task, entry.indicator, entry.department, one.draft.date)
            if not entry.has_figure:
                continue
            known, earlier = first.setdefault(told, (number, one))
            is_copy = known != number and earlier.draft.entry == entry
            if earlier is not one and not is_copy:
                yield Fault(one.place, f"与 {earlier.place} {_SAME_FIGURE}", name)
                if known != number:  # nor which of the two files is right
                    yield Fault(earlier.place, f"与 {one.place} {_SAME_FIGURE}", files[known][0])


def _numerator(row: Row) -> tuple[Cell | None, list[Fault]]:
    """The cell of the figure, or of the count that it is the ratio of; and what is lacking."""
    filled = {field: cell for field, cell in row.items() if cell.value is not None}
    value, count, of = map(filled.get, (Field.VALUE, Field.COUNT, Field.OF))
    if count and value:
        return count, [Fault(count.place, f"已填了“{HEADINGS[Field.VALUE]}”，两样只填一样")]
    if count and not of:
        return None, [Fault(count.place, f"只有分子，请把“{HEADINGS[Field.OF]}”也填上")]
    if of and not count and not value:
        return None, [Fault(of.place, f"只有分母，请把“{HEADINGS[Field.COUNT]}”也填上")]
    return count or value, []


def _strange_unit(cell: Cell | None, indicator: Indicator | None) -> Iterator[Fault]:
    """The unit that a heading gives, where it is not the indicator's."""
    unit = cell.unit if cell else ""
    known = (indicator.unit if indicator else "%", COMPLETION, "")
    if cell and plain(unit) not in map(plain, known):
        words = f"表头写的单位是“{unit}”，这里的单位是{known[0] or '完成与否'}，请换算好，改对表头"
        yield Fault(cell.place, words)


def _first(row: Row) -> Cell:
    return next(cell for cell in row.values())


def identity(plan: Plan, day: dt.date, entries: Sequence[Entry], times: int = 0) -> str:
    """An id that the same words of the same plan have always: what comes twice is known by it.

    `times` tells apart what was handed in again after it had been taken back.
    """
    said = repr((plan.document_number, plan.period.start, day, [e.says for e in entries], times))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
