"""The plan as later documents have left it on a day; text and bracket stay as printed."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from foodsafety_cli.model.plan import Amendment, Indicator, Plan, Section, Task


def in_force(plan: Plan, day: dt.date) -> Plan:
    """The plan with the amendments that apply on a day; the plan itself where there are none."""
    amendments = [a for a in plan.amendments if a.effective <= day]
    if not amendments:
        return plan
    amendments.sort(key=lambda amendment: amendment.effective)
    sections = tuple(_section(section, amendments) for section in plan.sections)
    return plan._replace(sections=sections)


class AmendedPlan:
    """A plan as it was on any day, put together once for all days between two amendments."""

    def __init__(self, plan: Plan) -> None:
        self.printed = plan
        self._days = sorted({amendment.effective for amendment in plan.amendments})
        self._known: dict[int, Plan] = {}

    def on(self, day: dt.date) -> Plan:
        """The plan in force on a day."""
        number = bisect_right(self._days, day)
        if number not in self._known:
            self._known[number] = in_force(self.printed, day)
        return self._known[number]


def added_on(plan: Plan) -> dict[int, dt.date]:
    """The day from which each task is there that an amendment adds."""
    return {a.add.id: a.effective for a in plan.amendments if a.add}


def amendments_of(plan: Plan, task: int, day: dt.date) -> list[Amendment]:
    """The amendments of a task that apply on a day, the earliest first."""
    found = [
        a
        for a in plan.amendments
        if a.effective <= day and (a.task == task or (a.add and a.add.id == task))
    ]
    return sorted(found, key=lambda amendment: amendment.effective)


def later(plan: Plan, day: dt.date) -> list[Amendment]:
    """The amendments that do not apply yet on a day."""
    return [amendment for amendment in plan.amendments if amendment.effective > day]


def handovers(plan: Plan, day: dt.date) -> Iterator[tuple[int, dt.date]]:
    """Tasks that were handed on up to a day, each with the last day of who had it before."""
    for amendment in plan.amendments:
        if amendment.task is not None and amendment.hands_on and amendment.effective <= day:
            yield amendment.task, amendment.effective - dt.timedelta(days=1)


def ever_in_force(plan: Plan) -> Plan:
    """The plan with every task that it has ever had: what reports of any day are held against."""
    added = [a for a in plan.amendments if a.add]
    if not added:
        return plan
    return plan._replace(sections=tuple(_with_added(s, added) for s in plan.sections))


def _section(section: Section, amendments: Iterable[Amendment]) -> Section:
    tasks = _with_added(section, amendments).tasks
    for amendment in amendments:
        is_gone = amendment.withdrawn and not amendment.indicator
        tasks = tuple(
            _task(task, amendment) if task.id == amendment.task else task
            for task in tasks
            if not (task.id == amendment.task and is_gone)
        )
    return section._replace(tasks=tasks)


def _with_added(section: Section, amendments: Iterable[Amendment]) -> Section:
    added = tuple(a.add for a in amendments if a.add and a.section == section.number)
    return section._replace(tasks=(*section.tasks, *added))


def _task(task: Task, amendment: Amendment) -> Task:
    if amendment.indicator:
        indicators = tuple(
            _indicator(i, amendment) if i.name == amendment.indicator else i
            for i in task.indicators
            if not (i.name == amendment.indicator and amendment.withdrawn)
        )
        return task._replace(indicators=indicators)
    roles = (amendment.lead, amendment.responsible, amendment.support)
    if any(roles[:2]):  # who answers; a paper about support alone leaves them
        task = task._replace(lead=roles[0], responsible=roles[1], support=roles[2])
    elif amendment.support:
        task = task._replace(support=amendment.support)
    return task._replace(due=amendment.due or task.due)


def _indicator(indicator: Indicator, amendment: Amendment) -> Indicator:
    """With its new target; shares and stages that were figures of the old one go along with it."""
    before = indicator.target
    target = before if amendment.target is None else amendment.target
    changed = indicator._replace(target=target, due=amendment.due or indicator.due)
    if before and target and target != before:
        split = _shares(indicator.split, target, before)
        changed = changed._replace(split=split, stages=_in_percent(indicator.stages, before))
    return changed._replace(split=amendment.split) if amendment.split else changed


def _shares(split: Mapping[str, Decimal], now: Decimal, before: Decimal) -> Mapping[str, Decimal]:
    """Each one's share of a new target; of whole things, whole ones that add up as before."""
    whole = sum(split.values()) * now / before
    if any(share % 1 for share in split.values()) or whole % 1 or not whole:
        return {name: share * now / before for name, share in split.items()}
    from foodsafety_cli.analysis.splitting import largest_remainder  # seldom: a new target

    return largest_remainder(whole, split)


def _in_percent(stages: Mapping[str, str], target: Decimal) -> dict[str, str]:
    """Stages that were written as figures, as what they were of the target."""
    return {
        day: text if text.strip().endswith(("%", "％")) else f"{Decimal(text) * 100 / target}%"
        for day, text in stages.items()
    }
