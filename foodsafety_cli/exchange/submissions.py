"""Handed-in rows to reports: every fault is collected with its place, nothing is recorded here."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from operator import attrgetter

from foodsafety_cli.analysis.admission import ReportDraft
from foodsafety_cli.analysis.amending import AmendedPlan
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.exchange.fields import SAYING, Field, Row
from foodsafety_cli.exchange.row_drafts import RowFault, RowReader, strange
from foodsafety_cli.exchange.sheets import HandedIn
from foodsafety_cli.model.errors import FileUnreadable, HandInFaulty
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.valuetype import ValueType


class Faulty(HandInFaulty):
    """Reports that were handed in with faults; carries them."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(len(faults))
        self.faults = tuple(faults)


class LocatedDraft(ValueType):
    """A draft and the place of its figure; `is_undated` if its row gave no day."""

    place: str
    draft: ReportDraft
    is_undated: bool


def drafts(
    plan: Plan, handed_in: HandedIn, today: dt.date
) -> tuple[list[LocatedDraft], list[RowFault]]:
    """The reports of a file's rows that say something, by day, and every fault.

    Raises `FileUnreadable`.
    """
    _check_plan(plan, handed_in)
    placed: list[LocatedDraft] = []
    faults: list[RowFault] = []
    whose = handed_in.meta.get("department")
    if whose is not None:  # a form that was handed out under an earlier name
        whose = Reporters(plan).name_of(whose) or whose
    day = handed_in.day[0] if handed_in.day else today
    plans = AmendedPlan(plan)
    for row in handed_in.rows:
        if not _says_something(row):
            faults += strange(plans.on(day), row)
            continue
        draft, found = RowReader(plans, row, whose).draft(day, today)
        faults += found
        if draft:
            is_undated = says_no_day(row) and "day" not in handed_in.meta  # the form's is its own
            place = row.get(Field.VALUE, row[Field.TASK]).place
            placed.append(LocatedDraft(place, draft, is_undated))
    reporters = Reporters(plan)
    in_order = attrgetter("draft.date", "is_undated")
    return sorted(placed, key=lambda one: (in_order(one), not of_all(reporters, one))), faults


def says_no_day(row: Row) -> bool:
    """Whether a row that reports something leaves open for which day."""
    return _says_something(row) and (Field.DATE not in row or row[Field.DATE].value is None)


def _says_something(row: Row) -> bool:
    return any(row[field].value is not None for field in SAYING if field in row)


def of_all(reporters: Reporters, located: LocatedDraft) -> bool:
    """Whether a figure is that of a task that several report: theirs count beside it, of a day.

    It goes in first, whatever order the rows and the files have.
    """
    draft, department = located.draft, located.draft.entry.department
    if not draft.entry.has_figure or len(reporters.of(draft.task, draft.indicator)) < 2:
        return False
    return department is None or reporters.speaks_for_all(draft.task, draft.indicator, department)


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


_SAME_FIGURE = "报的是同一项、同一天，请只留一行"


def duplicates(files: Sequence[tuple[str, Sequence[LocatedDraft]]]) -> Iterator[RowFault]:
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
                yield RowFault(one.place, f"与 {earlier.place} {_SAME_FIGURE}", name)
                if known != number:  # nor which of the two files is right
                    yield RowFault(earlier.place, f"与 {one.place} {_SAME_FIGURE}", files[known][0])


def identity(plan: Plan, day: dt.date, entries: Sequence[Entry], times: int = 0) -> str:
    """An id that the same words of the same plan have always: what comes twice is known by it.

    `times` tells apart what was handed in again after it had been taken back.
    """
    said = repr((plan.document_number, plan.period.start, day, [e.says for e in entries], times))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
