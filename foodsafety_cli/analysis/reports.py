"""The ledger's records folded to the reports that count; line order never matters."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.model.plan import Kind, Plan, Task
from foodsafety_cli.model.progress import Entry, Record, Report, Submission, Undo

_REMEDY = "请核对后重新填报"

Reports = Mapping[int, Sequence[Report]]


class Misfit(NamedTuple):
    """Something in the ledger that the plan has no place for."""

    record: str
    code: str
    message: str
    remedy: str


def history(records: Iterable[Record]) -> list[Report]:
    """Every report ever made, oldest first, those taken back marked so."""
    records = list(records)
    undone = {record.undo for record in records if isinstance(record, Undo)}
    reports = [
        Report(record, entry, position, record.id in undone)
        for record in records
        if isinstance(record, Submission)
        for position, entry in enumerate(record.entries)
    ]
    return sorted(reports, key=attrgetter("order"))


def counting(reports: Iterable[Report], as_of: dt.date) -> Reports:
    """By task, in order: the reports dated up to `as_of` and not taken back."""
    by_task: dict[int, list[Report]] = {}
    for report in reports:
        if not report.undone and report.submission.date <= as_of:
            by_task.setdefault(report.entry.task, []).append(report)
    return by_task


def vet(plan: Plan, records: Iterable[Record]) -> tuple[tuple[Record, ...], list[Misfit]]:
    """The records with only those entries that the plan has a place for, and what was left out."""
    records = tuple(records)
    tasks = {task.id: task for _, task in plan.tasks()}
    duties = Duties(plan)
    departments = {department.name for department in duties.departments()}
    submissions = {record.id for record in records if isinstance(record, Submission)}
    may_report: dict[tuple[int, str], bool] = {}
    kept: list[Record] = []
    misfits: list[Misfit] = []
    for record in records:
        if isinstance(record, Undo):
            kept.append(record)
            if record.undo not in submissions:
                misfits.append(_undo_of_nothing(record))
            continue
        entries = []
        for entry in record.entries:
            task = tasks.get(entry.task)
            found = list(_misfits(entry, task, departments))
            if task and not found and record.date < plan.period.start:
                words = f"数据日期 {record.date} 早于工作期"
                found.append(("ledger-out-of-range", words, _REMEDY))
            if task and not found and entry.department and entry.has_figure:
                key = (task.id, entry.department)
                if key not in may_report:
                    owes = bool(duties.of(entry.department, task))
                    may_report[key] = owes and not duties.is_group(entry.department)
                if not may_report[key]:
                    words = f"任务 {task.id} 不由“{entry.department}”自己填报"
                    found.append(("ledger-department-outside", words, "请核对单位与任务的括号"))
            misfits += [Misfit(record.id, *words) for words in found]
            if not found:
                entries.append(entry)
        kept.append(
            Submission(record.id, record.at, record.by, record.date, tuple(entries))
            if len(entries) < len(record.entries)
            else record
        )
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
