"""What must hold in a plan beyond the types of its fields."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from foodsafety_cli.analysis.amendment_checks import check_amendments
from foodsafety_cli.analysis.bracket import BracketReader, Reading
from foodsafety_cli.analysis.faults import repeated, unknown_department
from foodsafety_cli.analysis.figure_checks import check_bases, check_figures
from foodsafety_cli.analysis.match import plain
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.stage_checks import check_course, check_stages
from foodsafety_cli.model.plan import Indicator, Plan, Role, Task
from foodsafety_cli.model.problem import Code, Fault, Path, Severity

_MOST_YEARS = 6
_OF_FIGURES = {  # of an indicator, which a milestone has not
    "target": "目标值",
    "unit": "计量单位",
    "per": "基数",
    "split": "分到各单位的目标",
    "at_most": "上限",
}
_ROLE_FIELDS = {Role.LEAD: "lead", Role.RESPONSIBLE: "responsible", Role.SUPPORT: "support"}


def check_plan(plan: Plan) -> list[Fault]:
    """Every fault of a well-typed plan, in no particular order."""
    brackets = BracketReader(plan.departments)
    names = {department.name for department in plan.departments}
    faults = [
        *_check_head(plan),
        *_check_first_leads(plan),
        *_check_reviewer(plan),
        *_check_presence(plan),
        *_check_departments(plan),
        *_check_numbers(plan),
        *check_bases(plan),
        *check_amendments(plan),
        *check_course(plan),
    ]
    first_leads = False
    for s, section in enumerate(plan.sections):
        for t, task in enumerate(section.tasks):
            path: Path = ("sections", s, "tasks", t)
            first_leads |= task.id == plan.first_leads_from
            faults += _check_task(plan, task, names, path)
            reading = brackets.read(task.responsibility, first_leads=first_leads)
            faults += _check_bracket(task, path, reading)
    for n, amendment in enumerate(plan.amendments):
        if amendment.add:
            path = ("amendments", n, "add")
            faults += _check_task(plan, amendment.add, names, path)
            faults += _check_bracket(
                amendment.add, path, brackets.read(amendment.add.responsibility)
            )
    return faults


def _check_head(plan: Plan) -> Iterator[Fault]:
    days = (plan.period.end - plan.period.start).days
    if days > _MOST_YEARS * 366:
        years = days // 365
        words = f"工作期 {plan.period.start} 至 {plan.period.end} 有 {years} 年"
        yield Fault(("period",), Code.PERIOD_LENGTH, words, "请核对年份")
    elif not plan.period.start.year - 1 <= plan.issued_on.year <= plan.period.end.year + 1:
        words = f"工作期从 {plan.period.start} 起，通知是 {plan.issued_on} 印发的"
        yield Fault(("period", "start"), Code.PERIOD_LENGTH, words, "请核对年份", Severity.WARNING)
    if plan.period.end < plan.period.start:
        yield Fault(
            ("period", "end"), Code.PERIOD_ORDER, "工作期的结束早于开始", "请核对 start 和 end"
        )
    if plan.lights.red < plan.lights.yellow:
        yield Fault(
            ("lights", "red"), Code.LIGHTS_ORDER, "红灯界限小于黄灯界限", "请让 red 不小于 yellow"
        )


def _check_first_leads(plan: Plan) -> Iterator[Fault]:
    number = plan.first_leads_from
    if number is not None and all(task.id != number for _, task in plan.tasks()):
        yield Fault(
            ("first_leads_from",), Code.UNKNOWN_TASK, f"没有任务 {number}", "请写一项任务的序号"
        )


def _check_continues(task: Task, path: Path) -> Iterator[Fault]:
    places = ((n, (*path, "continues", at)) for at, n in enumerate(task.continues))
    yield from repeated(places, Code.UNKNOWN_TASK, "上一年的任务 {} 写了两次")


def _check_reviewer(plan: Plan) -> Iterator[Fault]:
    reviewer = plan.closing.reviewer if plan.closing else ""
    known = {name for d in plan.departments for name in (d.name, *d.aliases)}
    if reviewer and reviewer not in known:
        yield Fault(
            ("closing", "reviewer"),
            Code.UNKNOWN_DEPARTMENT,
            f"departments 里没有“{reviewer}”，查不到它自己该办的",
            "请登记这个单位，才能用 fs due -d 查它",
            Severity.WARNING,
        )


def _check_presence(plan: Plan) -> Iterator[Fault]:
    places: list[tuple[Path, object]] = [
        (("departments",), plan.departments),
        (("sections",), plan.sections),
        *((("sections", n, "tasks"), s.tasks) for n, s in enumerate(plan.sections)),
    ]
    for path, items in places:
        if not items:
            yield Fault(path, Code.EMPTY_VALUE, f"“{path[-1]}”里一项也没有", "请至少写一项")


def _check_departments(plan: Plan) -> Iterator[Fault]:
    spellings: list[tuple[str, Path]] = []
    groups = {department.name for department in plan.departments if department.members}
    names = {department.name for department in plan.departments}
    for n, department in enumerate(plan.departments):
        spellings.append((department.name, ("departments", n, "name")))
        spellings += [
            (alias, ("departments", n, "aliases", a)) for a, alias in enumerate(department.aliases)
        ]
        for m, member in enumerate(department.members):
            path: Path = ("departments", n, "members", m)
            if member not in names:
                yield unknown_department(plan, member, path)
            elif member in groups:
                yield Fault(
                    path,
                    Code.GROUP_IN_GROUP,
                    f"成员“{member}”本身是一组单位",
                    "请直接写出其中的单位",
                )
        members = [
            (member, ("departments", n, "members", m))
            for m, member in enumerate(department.members)
        ]
        yield from repeated(members, Code.DUPLICATE_MEMBER, "成员“{}”写了两次")
    yield from repeated(spellings, Code.DUPLICATE_DEPARTMENT, "单位名称或别名“{}”已被用过")
    seen: dict[str, str] = {}
    for spelling, path in spellings:
        known = seen.setdefault(plain(spelling), spelling)
        if known != spelling:
            words = f"“{spelling}”与“{known}”看上去一样，只差看不见的字或全角半角"
            yield Fault(path, Code.DUPLICATE_DEPARTMENT, words, "请改成同一种写法，或删去一个")


def _check_numbers(plan: Plan) -> Iterator[Fault]:
    sections = ((s.number, ("sections", n, "number")) for n, s in enumerate(plan.sections))
    yield from repeated(sections, Code.DUPLICATE_SECTION, "部分序号 {} 已被用过")
    tasks = (
        (task.id, ("sections", s, "tasks", t, "id"))
        for s, section in enumerate(plan.sections)
        for t, task in enumerate(section.tasks)
    )
    yield from repeated(tasks, Code.DUPLICATE_TASK, "任务序号 {} 已被用过")


def _check_task(plan: Plan, task: Task, names: set[str], path: Path) -> Iterator[Fault]:
    if task.title not in task.text:
        yield Fault(
            (*path, "title"),
            Code.TITLE_NOT_IN_TEXT,
            f"标题“{task.title}”不是任务原文中的字句",
            "请从 text 中截取一小段作标题",
        )
    yield from _check_due(plan, task.due, (*path, "due"))
    yield from _check_continues(task, path)
    for field in _ROLE_FIELDS.values():
        for n, name in enumerate(getattr(task, field)):
            if name not in names:
                yield unknown_department(plan, name, (*path, field, n))
    named = [
        (name, (*path, _ROLE_FIELDS[role], n))
        for role in Role
        for n, name in enumerate(getattr(task, _ROLE_FIELDS[role]))
    ]
    yield from repeated(named, Code.DUPLICATE_ROLE, "“{}”在这项任务里已有角色")
    for n, name in enumerate(task.reported_by):
        if name not in names:
            yield unknown_department(plan, name, (*path, "reported_by", n))
    for i, indicator in enumerate(task.indicators):
        for n, name in enumerate(indicator.reported_by):
            if name not in names:
                yield unknown_department(plan, name, (*path, "indicators", i, "reported_by", n))
    if not named:
        yield Fault(
            path, Code.NO_DEPARTMENT, f"任务 {task.id} 没有任何单位", "请按括号填写责任单位"
        )
    yield from _check_indicators(plan, task, path)


def _check_indicators(plan: Plan, task: Task, path: Path) -> Iterator[Fault]:
    for i, indicator in enumerate(task.indicators):
        place = (*path, "indicators", i)
        yield from _check_indicator(plan, task, indicator, place)
        yield from check_figures(plan, task, indicator, place)
        yield from check_stages(plan, indicator, indicator.due or plan.due(task), place)
    yield from repeated(
        ((i.name, (*path, "indicators", n, "name")) for n, i in enumerate(task.indicators)),
        Code.DUPLICATE_INDICATOR,
        "同一任务内已有指标“{}”",
    )


def _check_due(plan: Plan, due: dt.date | None, path: Path) -> Iterator[Fault]:
    period = plan.period
    if due is not None and not period.start <= due <= period.end:
        yield Fault(
            path,
            Code.DUE_OUTSIDE_PERIOD,
            f"时限 {due} 不在工作期 {period.start} 至 {period.end} 之内",
            "请核对日期",
            Severity.WARNING,
        )


def _check_bracket(task: Task, path: Path, reading: Reading) -> Iterator[Fault]:
    for words in reading.unknown:
        yield Fault(
            (*path, "responsibility"),
            Code.BRACKET_UNKNOWN,
            f"括号里的“{words}”不是已知的单位或角色用语",
            "请把单位或这种写法加进 departments（可作别名）",
        )
    if reading.unknown:
        return
    for role, field in _ROLE_FIELDS.items():
        meant, given = reading.of(role), getattr(task, field)
        if set(meant) != set(given):
            yield Fault(
                (*path, field) if given else (*path, "responsibility"),
                Code.BRACKET_MISMATCH,
                f"括号里的{role}单位是“{'、'.join(meant) or '无'}”，"
                f"{field} 写的是“{'、'.join(given) or '无'}”",
                "请照括号改",
            )

    if reading.and_others is not task.and_others:
        said = "有" if reading.and_others else "没有"
        yield Fault(
            (*path, "and_others") if task.and_others else (*path, "responsibility"),
            Code.OTHERS_MISMATCH,
            f"括号里{said}“等”，and_others 写的不一样",
            "括号里有“等”（单位没有列全）的，请写 and_others: true",
            Severity.WARNING,
        )


def _check_indicator(plan: Plan, task: Task, indicator: Indicator, path: Path) -> Iterator[Fault]:
    if indicator.quote not in task.text:
        yield Fault(
            (*path, "quote"),
            Code.QUOTE_NOT_IN_TEXT,
            f"引文“{indicator.quote}”不在任务原文中",
            "请从 text 中原样摘录，标点也要一致",
        )
    yield from _check_due(plan, indicator.due, (*path, "due"))
    if not measure_of(indicator).is_figure:
        values = {field: getattr(indicator, field) for field in _OF_FIGURES}
        given = [f for f, value in values.items() if value or (value is not False and value == 0)]
        if given:
            yield Fault(
                (*path, given[0]),
                Code.MILESTONE_TARGET,
                f"节点“{indicator.name}”只有完成与否，没有"
                + "、".join(_OF_FIGURES[field] for field in given),
                "节点不写 target、unit、per、split、at_most，请删去",
            )
    else:
        yield from _check_target(indicator, path)


def _check_target(indicator: Indicator, path: Path) -> Iterator[Fault]:
    """Whether the figure to be reached is there, and one that can be."""
    target, named = indicator.target, f"指标“{indicator.name}”"
    place = (*path, "target")
    if target is None:
        yield Fault(path, Code.TARGET_MISSING, f"{named}没有目标值", "请填写 target 和 unit")
    elif not target and not indicator.at_most:
        remedy = "请核对数值；不许发生的（上限是 0），请加 at_most: true"
        yield Fault(place, Code.OUT_OF_RANGE, f"{named}的目标值应大于 0", remedy)
    elif target and not Decimal("1e-6") <= target < Decimal("1e12"):
        words = f"{named}的目标值 {target} 不可能"
        yield Fault(place, Code.OUT_OF_RANGE, words, "请核对数值")
    elif indicator.is_share and target > 100:
        words = "百分比的目标超过了 100"
        yield Fault(place, Code.SHARE_OVER_100, words, "请核对 target 和 unit")
