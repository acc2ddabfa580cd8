"""What a plan has a place for: each entry of the ledger is held against it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.plan import Kind, Plan, Task
from foodsafety_cli.model.problem import Code

_REMEDY = "请核对后重新填报"
_BEYOND_ANY = Decimal("1e13")  # finite, so that an infinite figure is over it
_ZERO = Decimal(0)
Misfit = tuple[Code, str, str]  # a code, a sentence, a remedy


class Vetting:
    """What a plan has a place for, entry by entry."""

    def __init__(self, plan: Plan) -> None:
        self._start = plan.period.start
        self._tasks = {task.id: task for _, task in plan.tasks()}
        self._duties = Duties(plan)
        self._departments = {department.name for department in plan.departments}
        self._may_report: dict[tuple[int, str], bool] = {}
        self._limits: dict[tuple[object, ...], Decimal] = {}

    def misfits(self, entry: Entry, date: dt.date) -> Iterator[Misfit]:
        """Why an entry of this date has no place in the plan."""
        task = self._tasks.get(entry.task)
        found = list(_misfits(entry, task, self._departments))
        yield from found
        if task is None or found:
            return
        if date < self._start:
            yield Code.LEDGER_OUT_OF_RANGE, f"数据日期 {date} 早于工作期", _REMEDY
        if entry.department and entry.has_figure and not self._may(task, entry.department):
            words = f"任务 {task.id} 不由“{entry.department}”自己填报"
            yield Code.LEDGER_DEPARTMENT_OUTSIDE, words, "请核对单位与任务的括号"

    def count(self, entry: Entry, date: dt.date) -> int:
        """How many misfits there are; quick for what is like an earlier entry that fitted."""
        value, percent = entry.value, entry.percent
        shape = (*entry[:3], value is None, percent is None, entry.done)
        limit = self._limits.get(shape)
        figure = percent if value is None else value
        if limit is not None and date >= self._start and (not figure or _ZERO <= figure <= limit):
            return 0
        found = len(list(self.misfits(entry, date)))
        if not found:
            self._limits[shape] = self._most(entry)
        return found

    def _most(self, entry: Entry) -> Decimal:
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


def _misfits(entry: Entry, task: Task | None, departments: set[str]) -> Iterator[Misfit]:
    if task is None:
        yield Code.LEDGER_TASK_GONE, f"计划里没有任务 {entry.task}", "请核对计划是不是换过"
        return
    if entry.department is not None and entry.department not in departments:
        yield (
            Code.LEDGER_DEPARTMENT_GONE,
            f"计划里没有单位“{entry.department}”",
            "单位改过名的，请把旧名加为别名对应的新名重新填报",
        )
    if entry.indicator is not None or entry.value is not None:
        yield from _indicator_misfits(entry, task)
    given = (entry.value is not None) + (entry.percent is not None) + entry.done
    if given > 1 or (entry.indicator is not None and entry.percent is not None):
        yield Code.LEDGER_WRONG_FIGURE, f"任务 {task.id} 的这一条报了不该一起报的数", _REMEDY
    if entry.percent is not None and not 0 <= entry.percent <= 100:
        yield Code.LEDGER_OUT_OF_RANGE, f"完成率 {entry.percent} 不在 0 到 100 之间", _REMEDY


def _indicator_misfits(entry: Entry, task: Task) -> Iterator[Misfit]:
    indicator = next((i for i in task.indicators if i.name == entry.indicator), None)
    if indicator is None:
        name = f"指标“{entry.indicator}”" if entry.indicator else "数值所属的指标"
        yield Code.LEDGER_INDICATOR_GONE, f"任务 {task.id} 没有{name}", "请核对计划是不是改过"
        return
    is_milestone = indicator.kind is Kind.MILESTONE
    if (entry.value is not None and is_milestone) or (entry.done and not is_milestone):
        yield (
            Code.LEDGER_WRONG_FIGURE,
            f"指标“{indicator.name}”是{indicator.kind.label}，填报的不是它的数",
            _REMEDY,
        )
    limit = Decimal(100) if indicator.is_share else Decimal("Infinity")
    if entry.value is not None and not 0 <= entry.value <= limit:
        yield Code.LEDGER_OUT_OF_RANGE, f"“{indicator.name}”的数值 {entry.value} 不可能", _REMEDY
