"""What must hold of a plan's amendments: what they change is there, and each thing once a day."""

from collections.abc import Iterator

from foodsafety_cli.analysis.amending import in_force
from foodsafety_cli.analysis.faults import unknown_department
from foodsafety_cli.analysis.figure_checks import check_figures
from foodsafety_cli.model.plan import Amendment, Plan, Task
from foodsafety_cli.model.problem import Code, Fault, Path, Severity

_ROLES = ("lead", "responsible", "support")
_CHANGES = ("target", "due", *_ROLES, "split", "withdrawn")


def check_amendments(plan: Plan) -> Iterator[Fault]:
    """Every fault of the amendments; added tasks are checked like all others."""
    tasks = {task.id: task for _, task in plan.tasks()}
    tasks |= {a.add.id: a.add for a in plan.amendments if a.add and a.add.id not in tasks}
    seen: set[tuple[object, ...]] = set()
    for n, amendment in enumerate(plan.amendments):
        path: Path = ("amendments", n)
        yield from _check_when(plan, amendment, path)
        yield from _check_what(plan, amendment, tasks, path)
        yield from _check_names(plan, amendment, path)
        for change in _changes(amendment):
            key = (amendment.task, amendment.indicator, change, amendment.effective)
            if key in seen:
                words = f"任务 {amendment.task} 的同一件事在 {amendment.effective} 改了两次"
                yield Fault(path, Code.AMENDMENT_TWICE, words, "请只留一条")
            seen.add(key)


def _changes(amendment: Amendment) -> Iterator[str]:
    for field in _CHANGES:
        if getattr(amendment, field) or (field == "target" and amendment.target is not None):
            yield "roles" if field in _ROLES else field
            if field in _ROLES:
                return


def _check_names(plan: Plan, amendment: Amendment, path: Path) -> Iterator[Fault]:
    names = {department.name for department in plan.departments}
    seen: set[str] = set()
    for field in _ROLES:
        for n, name in enumerate(getattr(amendment, field)):
            place = (*path, field, n)
            if name not in names:
                yield unknown_department(plan, name, place)
            if name in seen:
                words = f"“{name}”在这项任务里已有角色"
                yield Fault(place, Code.DUPLICATE_ROLE, words, "请只留一处")
            seen.add(name)


def _check_when(plan: Plan, amendment: Amendment, path: Path) -> Iterator[Fault]:
    day = amendment.effective
    if not plan.period.start <= day <= plan.period.end:
        words = f"生效日期 {day} 不在工作期内"
        yield Fault((*path, "effective"), Code.AMENDMENT_OUTSIDE_PERIOD, words, "请核对日期")
    if amendment.due and amendment.due < day:
        words = f"新的时限 {amendment.due} 早于生效的那一天 {day}"
        yield Fault((*path, "due"), Code.DUE_OUTSIDE_PERIOD, words, "请核对日期", Severity.WARNING)
    elif amendment.due and amendment.due > plan.period.end:
        words = f"新的时限 {amendment.due} 晚于工作期的最后一天 {plan.period.end}"
        yield Fault((*path, "due"), Code.DUE_OUTSIDE_PERIOD, words, "请核对日期", Severity.WARNING)
    others = (a for a in plan.amendments if a is not amendment and amendment.task is not None)
    for other in others:
        if other.add and other.add.id == amendment.task and day < other.effective:
            words = f"任务 {amendment.task} 从 {other.effective} 起才有"
            yield Fault((*path, "effective"), Code.AMENDMENT_OF_NOTHING, words, "请核对日期")
        elif _takes_away(other, amendment) and day >= other.effective:
            which = f"的指标“{other.indicator}”" if other.indicator else ""
            words = f"任务 {amendment.task} {which}从 {other.effective} 起不再执行，改它没有意义"
            yield Fault(path, Code.AMENDMENT_OF_NOTHING, words, "请删去一条，或核对日期")


def _takes_away(other: Amendment, amendment: Amendment) -> bool:
    """Whether another one takes away what an amendment is about."""
    is_same = other.task == amendment.task and other.indicator in ("", amendment.indicator)
    return other.withdrawn and is_same


def _check_what(
    plan: Plan, amendment: Amendment, tasks: dict[int, Task], path: Path
) -> Iterator[Fault]:
    if amendment.add:
        yield from _check_added(plan, amendment, amendment.add, path)
        if amendment.task is not None or list(_changes(amendment)):
            words = "新增任务的这一条还写了别的改动，没有用上"
            yield Fault(path, Code.AMENDMENT_OF_NOTHING, words, "请分成两条：一条 add，一条 task")
    elif amendment.task is None:
        words = "没有写改哪项任务"
        yield Fault(path, Code.AMENDMENT_OF_NOTHING, words, "请写 task；新增任务写 add 和 section")
    elif amendment.task not in tasks:
        words = f"没有任务 {amendment.task}"
        yield Fault((*path, "task"), Code.UNKNOWN_TASK, words, "请写一项任务的序号")
    else:
        yield from _check_changed(plan, amendment, tasks[amendment.task], path)


def _check_changed(plan: Plan, amendment: Amendment, task: Task, path: Path) -> Iterator[Fault]:
    indicator = task.indicator(amendment.indicator)
    if amendment.indicator and indicator is None:
        known = "、".join(i.name for i in task.indicators) or "无"
        yield Fault(
            (*path, "indicator"),
            Code.AMENDMENT_INDICATOR,
            f"任务 {task.id} 没有指标“{amendment.indicator}”",
            f"这项任务的指标：{known}",
        )
    elif amendment.indicator and "roles" in _changes(amendment):
        words = "单位是整项任务的，不能只改一个指标的"
        yield Fault((*path, "indicator"), Code.AMENDMENT_INDICATOR, words, "请删去 indicator")
    elif amendment.indicator and amendment.withdrawn and len(task.indicators) == 1:
        words = "任务只有这一个指标"
        yield Fault(
            (*path, "indicator"),
            Code.AMENDMENT_INDICATOR,
            words,
            "整项任务不再执行的，请删去 indicator",
        )
    elif amendment.target is not None and (indicator is None or indicator.target is None):
        words = "目标值要写明是哪个有目标值的指标"
        yield Fault((*path, "target"), Code.AMENDMENT_INDICATOR, words, "请写 indicator")
    elif amendment.split and indicator is None:
        words = "分解要写明是哪个指标的"
        yield Fault((*path, "split"), Code.AMENDMENT_INDICATOR, words, "请写 indicator")
    elif indicator and indicator.is_share and (amendment.target or 0) > 100:
        words = "百分比的目标超过了 100"
        yield Fault((*path, "target"), Code.SHARE_OVER_100, words, "请核对 target")
    elif indicator and amendment.target == 0 and not indicator.at_most:
        words = "新的目标值应大于 0"
        yield Fault((*path, "target"), Code.OUT_OF_RANGE, words, "请核对 target")
    elif not list(_changes(amendment)):
        words = "没有写改成什么"
        yield Fault(path, Code.AMENDMENT_OF_NOTHING, words, f"请写 {'、'.join(_CHANGES)} 之一")
    elif indicator and (amendment.target is not None or amendment.split):
        yield from _check_shares(plan, amendment, indicator.name, path)
    elif amendment.hands_on:
        yield from _check_handed_on(plan, amendment, path)


def _check_shares(plan: Plan, amendment: Amendment, name: str, path: Path) -> Iterator[Fault]:
    """That the shares in force from then on are those of reporters, and add up to the target."""
    then = in_force(plan, amendment.effective)
    task = next((task for _, task in then.tasks() if task.id == amendment.task), None)
    indicator = task.indicator(name) if task else None
    if task is None or indicator is None:
        return
    shares = (Code.SPLIT_TOTAL, Code.SPLIT_OUTSIDE, Code.OUT_OF_RANGE)
    where = (*path, "split" if amendment.split else "target")
    for fault in check_figures(then, task, indicator, where):
        if fault.code in shares:
            yield fault._replace(path=where)


def _check_handed_on(plan: Plan, amendment: Amendment, path: Path) -> Iterator[Fault]:
    """That the shares and bases of the figures are those of who report from then on."""
    then = in_force(plan, amendment.effective)
    task = next((task for _, task in then.tasks() if task.id == amendment.task), None)
    field = next(field for field in _ROLES if getattr(amendment, field))
    lacking = (Code.SPLIT_OUTSIDE, Code.BASE_LACKS_REPORTER)
    for indicator in task.indicators if task else ():
        for fault in check_figures(then, task, indicator, path) if task else ():
            if fault.code in lacking:
                words = f"改由这些单位负责以后，“{indicator.name}”：{fault.message}"
                remedy = "请在这份修改以后另写一条 split，或在 bases 里补上"
                yield Fault((*path, field), fault.code, words, remedy, Severity.WARNING)


def _check_added(plan: Plan, amendment: Amendment, task: Task, path: Path) -> Iterator[Fault]:
    if all(section.number != amendment.section for section in plan.sections):
        words = "新增的任务没有写放在哪一部分" if amendment.section is None else "没有这一部分"
        place = path if amendment.section is None else (*path, "section")
        yield Fault(place, Code.AMENDMENT_SECTION, words, "请写 section：一个部分的序号")
    earlier = plan.amendments[: int(path[1])]
    used = [known.id for _, known in plan.tasks()] + [a.add.id for a in earlier if a.add]
    if task.id in used:
        words = f"任务序号 {task.id} 已被用过"
        yield Fault((*path, "add", "id"), Code.DUPLICATE_TASK, words, "请换一个序号")
