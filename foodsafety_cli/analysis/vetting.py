"""What a plan has a place for: each entry of the ledger is held against it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.amending import ever_in_force, in_force
from foodsafety_cli.analysis.measures import HUNDRED, ZERO, Measure, measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.problem import Code

_REMEDY = "请核对后重新填报"
Misfit = tuple[Code, str, str]  # a code, a sentence, a remedy


class PlanVersion:
    """A plan as it was in force for some time."""

    def __init__(self, plan: Plan) -> None:
        self._tasks = {task.id: task for _, task in plan.tasks()}
        self._reporters = Reporters(plan)
        self._known: dict[tuple[int, str], bool] = {}

    def may_report(self, task: int, department: str) -> bool:
        """Whether a department had a part in a task then."""
        key = (task, department)
        if key not in self._known:
            found = self._tasks.get(task)
            self._known[key] = bool(found and self._reporters.may_report(found, department))
        return self._known[key]


def _turns(plan: Plan) -> list[dt.date]:
    """The days from which on each version of a plan has held."""
    return [plan.period.start, *(amendment.effective for amendment in plan.amendments)]


class Vetting:
    """What a plan has a place for, entry by entry."""

    def __init__(self, plan: Plan) -> None:
        plan = ever_in_force(plan)
        self._start = plan.period.start
        self._tasks = {task.id: task for _, task in plan.tasks()}
        self._reporters = Reporters(plan)
        self._versions = [PlanVersion(in_force(plan, day)) for day in _turns(plan)]
        named = {name for task in self._tasks.values() for name in task.all_named()}
        self._groups_with_tasks = set(filter(self._reporters.duties.is_group, named))
        self._limits: dict[tuple[object, ...], Decimal] = {}

    def misfits(self, entry: Entry, date: dt.date) -> Iterator[Misfit]:
        """Why an entry of this date has no place in the plan."""
        task = self._tasks.get(entry.task)
        if task is None:
            yield Code.LEDGER_TASK_GONE, f"计划里没有任务 {entry.task}", "请核对计划是不是换过"
            return
        found = [*self._department_misfits(entry, task), *_figure_misfits(entry, task)]
        yield from found
        if not found and date < self._start:
            yield Code.LEDGER_OUT_OF_RANGE, f"数据日期 {date} 早于工作期", _REMEDY

    def count(self, entry: Entry, date: dt.date) -> int:
        """How many misfits there are; quick for what is like an earlier entry that fitted."""
        value, percent = entry.value, entry.percent
        is_plain = entry.counted is None and entry.out_of is None
        shape = (*entry[:3], value is None, percent is None, entry.done)
        limit = self._limits.get(shape) if is_plain else None
        figure = percent if value is None else value
        if limit is not None and date >= self._start and (not figure or ZERO <= figure <= limit):
            return 0
        found = len(list(self.misfits(entry, date)))
        if not found and is_plain:
            self._limits[shape] = self._most(entry)
        return found

    def _most(self, entry: Entry) -> Decimal:
        """The most that the entry's figure may be."""
        if entry.percent is not None:
            return HUNDRED
        named = (i for i in self._tasks[entry.task].indicators if i.name == entry.indicator)
        return measure_of(next(named, None)).most

    def _department_misfits(self, entry: Entry, task: Task) -> Iterator[Misfit]:
        if entry.department is None:
            return
        name = self._reporters.name_of(entry.department)
        if name is None:
            yield (
                Code.LEDGER_DEPARTMENT_GONE,
                f"计划里没有单位“{entry.department}”",
                "单位改过名的，请在 plan.yaml 里把旧名写成新名的别名（aliases）",
            )
        elif entry.has_figure and self._reporters.duties.is_group(name):
            yield (
                Code.LEDGER_DEPARTMENT_OUTSIDE,
                f"“{entry.department}”是一组单位，不由它自己填报",
                "请由其中的单位分别填报",
            )
        elif entry.has_figure and not self._had_a_part(name, task):
            words = f"任务 {task.id} 不由“{entry.department}”自己填报"
            remedy = "请核对单位与任务的括号；任务交给别的单位的，请写进 amendments"
            yield Code.LEDGER_DEPARTMENT_OUTSIDE, words, remedy

    def _had_a_part(self, name: str, task: Task) -> bool:
        """Whether a department has or had a part in a task.

        Of a group's former members no record is left: for a group's task, any department is
        believed that is now in no group with tasks.
        """
        duties = self._reporters.duties
        is_of_group = any(map(duties.is_group, task.all_named()))
        is_free = self._groups_with_tasks.isdisjoint(duties.groups_of(name))
        return (is_of_group and is_free) or any(
            version.may_report(task.id, name) for version in self._versions
        )


def _figure_misfits(entry: Entry, task: Task) -> Iterator[Misfit]:
    indicator = task.indicator(entry.indicator)
    is_ratio = entry.counted is not None and not entry.is_not_concerned and entry.percent is None
    is_named = entry.indicator is not None or entry.value is not None or is_ratio
    if indicator is None and is_named:
        name = f"指标“{entry.indicator}”" if entry.indicator else "数值所属的指标"
        yield (
            Code.LEDGER_INDICATOR_GONE,
            f"任务 {task.id} 没有{name}",
            "请核对计划是不是改过",
        )
        return
    measure = measure_of(indicator)
    given = (entry.value is not None) + (entry.percent is not None) + entry.done
    if indicator is not None and not measure.fits(entry):
        words = f"指标“{measure.name}”是{indicator.kind.label}，填报的不是它的数"
        yield Code.LEDGER_WRONG_FIGURE, words, _REMEDY
    if given > 1:
        words = f"任务 {task.id} 的这一条报了不该一起报的数"
        yield Code.LEDGER_WRONG_FIGURE, words, _REMEDY
    if entry.percent is not None and not ZERO <= entry.percent <= HUNDRED:
        yield Code.LEDGER_OUT_OF_RANGE, f"完成率 {entry.percent} 不在 0 到 100 之间", _REMEDY
    value = entry.value if indicator else None
    if value is not None and not ZERO <= value <= measure.most:
        words = f"“{measure.name}”的数值 {value} 不可能"
        yield Code.LEDGER_OUT_OF_RANGE, words, _REMEDY
    yield from _ratio_misfits(entry, measure)


def _ratio_misfits(entry: Entry, measure: Measure) -> Iterator[Misfit]:
    """A count and what it is counted of go together; a share is never more than the whole."""
    if (entry.counted is None) != (entry.out_of is None):
        yield Code.LEDGER_WRONG_FIGURE, "count 和 of 要一起写", _REMEDY
    elif entry.counted is not None and entry.out_of is not None:
        is_over = measure.is_share and entry.counted > entry.out_of
        if entry.counted < 0 or entry.out_of < 0 or is_over or (entry.counted and not entry.out_of):
            words = f"“{measure.name}”的 {entry.counted:f}/{entry.out_of:f} 不可能"
            yield Code.LEDGER_OUT_OF_RANGE, words, _REMEDY
