"""What must hold of a plan's amendments: what they change is there, and each thing once a day."""

from collections.abc import Iterator

from foodsafety_cli.model.plan import Amendment, Plan, Task
from foodsafety_cli.model.problem import Code, Fault, Path

_ROLES = ("lead", "responsible", "support")
_CHANGES = ("target", "due", *_ROLES, "withdrawn")


def check_amendments(plan: Plan) -> Iterator[Fault]:
    """Every fault of the amendments."""
    tasks = {task.id: task for _, task in plan.tasks()}
    tasks |= {a.add.id: a.add for a in plan.amendments if a.add and a.add.id not in tasks}
    names = {department.name for department in plan.departments}
    seen: set[tuple[object, ...]] = set()
    for n, amendment in enumerate(plan.amendments):
        path: Path = ("amendments", n)
        yield from _check_when(plan, amendment, path)
        yield from _check_what(plan, amendment, tasks, path)
        for field in _ROLES:
            for place, name in enumerate(getattr(amendment, field)):
                if name not in names:
                    yield Fault(
                        (*path, field, place),
                        Code.UNKNOWN_DEPARTMENT,
                        f"departments 里没有“{name}”",
                        "请用单位全称，或先登记这个单位",
                    )
        for change in _changes(amendment):
            key = (amendment.task, amendment.indicator, change, amendment.effective)
            if key in seen:
                words = f"任务 {amendment.task} 的同一件事在 {amendment.effective} 改了两次"
                yield Fault(path, Code.AMENDMENT_TWICE, words, "请只留一条")
            seen.add(key)


def _changes(amendment: Amendment) -> Iterator[str]:
    for field in _CHANGES:
        if getattr(amendment, field):
            yield "roles" if field in _ROLES else field
            if field in _ROLES:
                return


def _check_when(plan: Plan, amendment: Amendment, path: Path) -> Iterator[Fault]:
    if not plan.period.start <= amendment.effective <= plan.period.end:
        yield Fault(
            (*path, "effective"),
            Code.AMENDMENT_OUTSIDE_PERIOD,
            f"生效日期 {amendment.effective} 不在工作期内",
            "请核对日期",
        )


def _check_what(
    plan: Plan, amendment: Amendment, tasks: dict[int, Task], path: Path
) -> Iterator[Fault]:
    if amendment.add:
        yield from _check_added(plan, amendment, amendment.add, path)
    elif amendment.task is None:
        words = "没有写改哪项任务"
        yield Fault(path, Code.AMENDMENT_OF_NOTHING, words, "请写 task；新增任务写 add 和 section")
    elif amendment.task not in tasks:
        words = f"没有任务 {amendment.task}"
        yield Fault((*path, "task"), Code.UNKNOWN_TASK, words, "请写一项任务的序号")
    else:
        yield from _check_changed(amendment, tasks[amendment.task], path)


def _check_changed(amendment: Amendment, task: Task, path: Path) -> Iterator[Fault]:
    indicator = next((i for i in task.indicators if i.name == amendment.indicator), None)
    if amendment.indicator and indicator is None:
        known = "、".join(i.name for i in task.indicators) or "无"
        yield Fault(
            (*path, "indicator"),
            Code.AMENDMENT_INDICATOR,
            f"任务 {task.id} 没有指标“{amendment.indicator}”",
            f"这项任务的指标：{known}",
        )
    elif amendment.target is not None and (indicator is None or indicator.target is None):
        words = "目标值要写明是哪个有目标值的指标"
        yield Fault((*path, "target"), Code.AMENDMENT_INDICATOR, words, "请写 indicator")
    elif indicator and indicator.is_share and (amendment.target or 0) > 100:
        words = "百分比的目标超过了 100"
        yield Fault((*path, "target"), Code.SHARE_OVER_100, words, "请核对 target")
    elif not list(_changes(amendment)):
        words = "没有写改成什么"
        yield Fault(path, Code.AMENDMENT_OF_NOTHING, words, f"请写 {'、'.join(_CHANGES)} 之一")


def _check_added(plan: Plan, amendment: Amendment, task: Task, path: Path) -> Iterator[Fault]:
    if all(section.number != amendment.section for section in plan.sections):
        words = "新增的任务没有写放在哪一部分" if amendment.section is None else "没有这一部分"
        place = path if amendment.section is None else (*path, "section")
        yield Fault(place, Code.AMENDMENT_SECTION, words, "请写 section：一个部分的序号")
    if any(known.id == task.id for _, known in plan.tasks()):
        words = f"任务序号 {task.id} 已被用过"
        yield Fault((*path, "add", "id"), Code.DUPLICATE_TASK, words, "请换一个序号")
