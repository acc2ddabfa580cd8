"""The ledger's records folded to the reports that count; line order never matters."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from operator import attrgetter

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.model.plan import Kind, Plan, Task
from foodsafety_cli.model.progress import Entry, Record, Report, Submission, Undo
from foodsafety_cli.model.valuetype import ValueType

_BEYOND_ANY = Decimal("1e13")  # finite, so that an infinite figure is over it
_REMEDY = "请核对后重新填报"


class Misfit(ValueType):
    """Something in the ledger that the plan has no place for."""

    record: str
    code: str
    message: str
    remedy: str


def history(records: Iterable[Record], *, undone: frozenset[str] = frozenset()) -> list[Report]:
    """Every report ever made, oldest first, those taken back marked so.

    `undone` are ids that are taken back elsewhere, where the records are only some of a ledger's.
    """
    records = list(records)
    undone |= {record.undo for record in records if isinstance(record, Undo)}
    reports = [
        Report(record, entry, position, record.id in undone)
        for record in records
        if isinstance(record, Submission)
        for position, entry in enumerate(record.entries)
    ]
    return sorted(reports, key=attrgetter("order"))


class Vetting:
    """What a plan has a place for, entry by entry."""

    def __init__(self, plan: Plan) -> None:
        self._start = plan.period.start
        self._tasks = {task.id: task for _, task in plan.tasks()}
        self._duties = Duties(plan)
        self._departments = {department.name for department in plan.departments}
        self._may_report: dict[tuple[int, str], bool] = {}

    def faults(self, entry: Entry, date: dt.date) -> Iterator[tuple[str, str, str]]:
        """Why an entry of this date has no place: each a code, a sentence and a remedy."""
        task = self._tasks.get(entry.task)
        found = list(_misfits(entry, task, self._departments))
        yield from found
        if task is None or found:
            return
        if date < self._start:
            yield "ledger-out-of-range", f"数据日期 {date} 早于工作期", _REMEDY
        if entry.department and entry.has_figure and not self._may(task, entry.department):
            words = f"任务 {task.id} 不由“{entry.department}”自己填报"
            yield "ledger-department-outside", words, "请核对单位与任务的括号"

    def most(self, entry: Entry) -> Decimal:
        """The most that the entry's figure may be."""
        indicators = self._tasks[entry.task].indicators
        is_share = any(i.is_share for i in indicators if i.name == entry.indicator)
        return Decimal(100) if is_share or entry.percent is not None else _BEYOND_ANY

    def _may(self, task: Task, department: str) -> bool:
        key = (task.id, department)
        if key not in self._may_report:
            owes = bool(self._duties.of(department, task))
            self._may_report[key] = owes and not self._duties.is_group(department)
        return self._may_report[key]


def vet(
    plan: Plan, records: Iterable[Record], *, undone: frozenset[str] = frozenset()
) -> tuple[tuple[Record, ...], list[Misfit]]:
    """The records with only those entries that the plan has a place for, and what was left out.

    What was taken back is no fault any more. `undone` are ids that are taken back elsewhere, where
    the records are only some of a ledger's.
    """
    records = tuple(records)
    vetting = Vetting(plan)
    known = {record.id for record in records if isinstance(record, Submission)} | undone
    undone |= {record.undo for record in records if isinstance(record, Undo)}
    kept: list[Record] = []
    misfits: list[Misfit] = []
    for record in records:
        if isinstance(record, Undo):
            kept.append(record)
            if record.undo not in known:
                misfits.append(_undo_of_nothing(record))
            continue
        entries = []
        for entry in record.entries:
            found = [Misfit(record.id, *words) for words in vetting.faults(entry, record.date)]
            if record.id not in undone:
                misfits += found
            if not found:
                entries.append(entry)
        is_whole = len(entries) == len(record.entries)
        kept.append(record if is_whole else record._replace(entries=tuple(entries)))
    return tuple(kept), misfits


def _undo_of_nothing(record: Undo) -> Misfit:
    return Misfit(
        record.id,
        "ledger-undo-unknown",
        f"撤销的填报 {record.undo} 不在台账里",
        "合并的另一份台账里也许有，请一并合并",
    )


def _misfits(
    entry: Entry, task: Task | None, departments: set[str]
) -> Iterator[tuple[str, str, str]]:
    if task is None:
        yield "ledger-task-gone", f"计划里没有任务 {entry.task}", "请核对计划是不是换过"
        return
    if entry.department is not None and entry.department not in departments:
        yield (
            "ledger-department-gone",
            f"计划里没有单位“{entry.department}”",
            "单位改过名的，请把旧名加为别名对应的新名重新填报",
        )
    if entry.indicator is not None or entry.value is not None:
        yield from _indicator_misfits(entry, task)
    given = (entry.value is not None) + (entry.percent is not None) + entry.done
    if given > 1 or (entry.indicator is not None and entry.percent is not None):
        yield "ledger-wrong-figure", f"任务 {task.id} 的这一条报了不该一起报的数", _REMEDY
    if entry.percent is not None and not 0 <= entry.percent <= 100:
        yield "ledger-out-of-range", f"完成率 {entry.percent} 不在 0 到 100 之间", _REMEDY


def _indicator_misfits(entry: Entry, task: Task) -> Iterator[tuple[str, str, str]]:
    indicator = next((i for i in task.indicators if i.name == entry.indicator), None)
    if indicator is None:
        name = f"指标“{entry.indicator}”" if entry.indicator else "数值所属的指标"
        yield "ledger-indicator-gone", f"任务 {task.id} 没有{name}", "请核对计划是不是改过"
        return
    is_milestone = indicator.kind is Kind.MILESTONE
    if (entry.value is not None and is_milestone) or (entry.done and not is_milestone):
        yield (
            "ledger-wrong-figure",
            f"指标“{indicator.name}”是{indicator.kind.label}，填报的不是它的数",
            _REMEDY,
        )
    limit = Decimal(100) if indicator.is_share else Decimal("Infinity")
    if entry.value is not None and not 0 <= entry.value <= limit:
        yield "ledger-out-of-range", f"“{indicator.name}”的数值 {entry.value} 不可能", _REMEDY
