"""What each query command shows: its columns, titles and parts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.model.plan import Department, Plan, Role, Section
from foodsafety_cli.model.problem import Problem
from foodsafety_cli.model.progress import Report, Tally
from foodsafety_cli.render.listing import Column, Listing, Row, Shown, Thing
from foodsafety_cli.render.records import (
    indicator_record,
    report_record,
    tally_record,
    task_record,
)

TALLY_COLUMNS = (
    Column("tasks", "任务数", Shown.FIGURE),
    Column("done", "已完成", Shown.FIGURE, gives_way=3),
    Column("bar", "进度", Shown.BAR, gives_way=1),
    Column("completion", "完成率", Shown.PERCENT),
    Column("pace", "序时进度", Shown.PERCENT, gives_way=2),
    Column("lights", "亮灯", Shown.LIGHTS),
)
_TASK_COLUMNS = (
    Column("id", "序号", Shown.FIGURE),
    Column("section", "部分", Shown.FIGURE, asked_only=True),
    Column("section_title", "章节", asked_only=True),
    Column("title", "任务", wraps_at=28),
    Column("text", "任务原文", asked_only=True, wraps_at=24),
    Column("responsibility", "责任单位（原文）", wraps_at=24, asked_only=True),
    Column("lead", "牵头单位", asked_only=True, wraps_at=24),
    Column("responsible", "责任单位", asked_only=True, wraps_at=24),
    Column("support", "配合单位", asked_only=True, wraps_at=24),
    Column("roles", "角色", wraps_at=14),
    Column("indicators", "指标", asked_only=True, wraps_at=24),
    Column("due", "时限", gives_way=3),
    Column("days_left", "剩余天数", Shown.FIGURE, asked_only=True),
    Column("completion", "完成率", Shown.PERCENT),
    Column("expected", "应完成", Shown.PERCENT, gives_way=2),
    Column("pace", "序时进度", Shown.PERCENT, asked_only=True),
    Column("light", "亮灯", Shown.LIGHT),
    Column("status", "状态", gives_way=1),
    Column("last_reported", "最近填报", asked_only=True),
)
_INDICATOR_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("name", "指标", wraps_at=24),
    Column("kind", "性质", asked_only=True),
    Column("target", "目标值", Shown.FIGURE),
    Column("unit", "单位", gives_way=1),
    Column("value", "完成值", Shown.FIGURE),
    Column("attainment", "达成率", Shown.PERCENT),
    Column("met", "达标"),
    Column("date", "数据日期", gives_way=2),
    Column("due", "时限", asked_only=True),
    Column("reported_by", "填报人", asked_only=True),
    Column("departments", "汇总自", asked_only=True, wraps_at=24),
    Column("quote", "原文", asked_only=True, wraps_at=24),
)
_REPORT_COLUMNS = (
    Column("date", "数据日期"),
    Column("task", "任务", Shown.FIGURE),
    Column("department", "单位", gives_way=1),
    Column("figure", "进展", wraps_at=24),
    Column("words", "说明", wraps_at=24, gives_way=2),
    Column("by", "填报人", gives_way=3),
    Column("id", "编号"),
    Column("undone", "已撤销", gives_way=4),
    Column("at", "填报时间", asked_only=True),
    Column("indicator", "指标", asked_only=True),
    Column("value", "数值", Shown.FIGURE, asked_only=True),
    Column("percent", "完成率", Shown.FIGURE, asked_only=True),
    Column("done", "完成", asked_only=True),
    Column("note", "进展情况", asked_only=True, wraps_at=24),
    Column("problems", "存在问题", asked_only=True, wraps_at=24),
    Column("next_steps", "下步措施", asked_only=True, wraps_at=24),
    Column("evidence", "佐证材料", asked_only=True, wraps_at=24),
)
_SECTION_COLUMNS = (
    Column("number", "序号", Shown.FIGURE, asked_only=True),
    Column("label", "部分"),
    Column("title", "标题", wraps_at=24),
    Column("ids", "任务"),
    *TALLY_COLUMNS,
)
_DEPARTMENT_COLUMNS = (
    Column("name", "单位", wraps_at=24),
    Column("aliases", "简称", asked_only=True, wraps_at=24),
    Column("members", "成员", asked_only=True, wraps_at=24),
    Column("lead", "牵头", Shown.FIGURE),
    Column("responsible", "负责", Shown.FIGURE),
    Column("support", "配合", Shown.FIGURE),
    Column("through_group", "经组承担", Shown.FIGURE, gives_way=4),
    *TALLY_COLUMNS,
)


def tasks_listing(selected: Sequence[Selected], as_of: dt.date) -> Listing:
    """`fs tasks`: with a department asked for, its roles; without, no such column."""
    has_roles = any(item.duties for item in selected)
    columns = tuple(
        replace(column, asked_only=not has_roles) if column.field == "roles" else column
        for column in _TASK_COLUMNS
    )
    return Listing(
        f"任务 {len(selected)} 项（截至 {as_of}）",
        columns,
        [task_record(item.standing, item.duties) for item in selected],
        if_empty="没有符合条件的任务",
    )


def task_thing(standing: TaskStanding, history: Iterable[Report], as_of: dt.date) -> Thing:
    """`fs show`: everything about one task, its indicators and its history."""
    task, section = standing.task, standing.section
    record = task_record(standing)
    reports = [report for report in history if report.entry.task == task.id]
    record["history"] = [report_record(report) for report in reversed(reports)]
    hidden = ("id", "section", "section_title", "title", "text", "completion", "pace")
    seen = ("responsibility", "lead", "responsible", "support", "due", "days_left")
    columns = (
        *(replace(column, asked_only=True) for column in _pick(_TASK_COLUMNS, *hidden)),
        Column("part", "部分"),
        *_pick(_TASK_COLUMNS, *seen),
        Column("bar", "进度", Shown.BAR),
        *_pick(_TASK_COLUMNS, "expected", "light", "status", "last_reported"),
    )
    record["part"] = f"{section.label}、{section.title}"
    return Thing(
        f"任务 {task.id}  {task.title}",
        tuple(replace(c, shown=Shown.TEXT) if c.shown is Shown.FIGURE else c for c in columns),
        record,
        (
            _less_task(indicators_listing(standing.indicators, title="指标")),
            _less_task(reports_listing(list(reversed(reports)), title="填报记录")),
        ),
        text=task.text,
        hints=(f"截至 {as_of}。{_how_to_report(standing)}",),
    )


def sections_listing(sections: Iterable[tuple[Section, Tally]], total: Tally) -> Listing:
    """`fs sections`: the parts of the notice and how they stand."""
    rows = [
        {
            "number": section.number,
            "label": section.label,
            "title": section.title,
            "ids": _range([task.id for task in section.tasks]),
            **tally_record(tally),
        }
        for section, tally in sections
    ]
    return Listing("各部分", _SECTION_COLUMNS, rows, total={"label": "合计", **tally_record(total)})


def departments_listing(rows: Iterable[tuple[Department, dict[str, int], Tally]]) -> Listing:
    """`fs depts`: every department with its counts by role."""
    return Listing(
        "单位",
        _DEPARTMENT_COLUMNS,
        [_department_record(department, counts, tally) for department, counts, tally in rows],
    )


def department_thing(
    department: Department,
    counts: dict[str, int],
    tally: Tally,
    groups: tuple[str, ...],
    tasks: Listing,
) -> Thing:
    """`fs depts NAME`: one department and what it owes."""
    record = _department_record(department, counts, tally)
    record |= {"groups": groups, "task_ids": [row["id"] for row in tasks.rows]}
    beside_the_bar = ("completion", "pace")
    columns = (
        *_DEPARTMENT_COLUMNS[:1],
        Column("groups", "所属组"),
        *_pick(_DEPARTMENT_COLUMNS, "aliases", "members"),
        *(
            replace(column, asked_only=column.field in beside_the_bar)
            for column in _DEPARTMENT_COLUMNS[3:]
        ),
    )
    return Thing(department.name, columns, record, (tasks,))


def indicators_listing(
    standings: Iterable[IndicatorStanding], title: str = "", total: Row | None = None
) -> Listing:
    """`fs indicators`: targets, figures and whether they are met."""
    rows = [indicator_record(standing) for standing in standings]
    met = sum(bool(row["met"]) for row in rows)
    return Listing(
        title or f"指标 {len(rows)} 个，达标 {met} 个",
        _INDICATOR_COLUMNS,
        rows,
        total,
        if_empty="没有符合条件的指标",
    )


def reports_listing(reports: Iterable[Report], title: str = "填报记录") -> Listing:
    """`fs progress log`: what was reported, the newest first as given."""
    rows = []
    for report in reports:
        record = report_record(report)
        words = {"进展": "note", "问题": "problems", "下步": "next_steps", "佐证": "evidence"}
        parts = [f"{word}：{_words(record[key])}" for word, key in words.items() if record[key]]
        rows.append(record | {"figure": figure_words(report), "words": "；".join(parts)})
    return Listing(title, _REPORT_COLUMNS, rows, if_empty="还没有填报记录")


def figure_words(report: Report) -> str:
    """What an entry says, in a few words: 食品检验量 5.2, 完成率 80%, 已完成."""
    entry = report.entry
    name = f"{entry.indicator} " if entry.indicator else ""
    if entry.done:
        return f"{name}已完成"
    if entry.value is not None:
        return f"{name}{entry.value:f}"
    return f"完成率 {entry.percent:f}%" if entry.percent is not None else "（文字）"


def role_counts(department: str, tasks: Iterable[TaskStanding], duties: Duties) -> dict[str, int]:
    """How many tasks a department leads, answers for, assists; and owes through a group."""
    fields = {Role.LEAD: "lead", Role.RESPONSIBLE: "responsible", Role.SUPPORT: "support"}
    counts = dict.fromkeys((*fields.values(), "through_group"), 0)
    for standing in tasks:
        for duty in duties.of(department, standing.task)[:1]:
            counts["through_group" if duty.via else fields[duty.role]] += 1
    return counts


def plan_title(plan: Plan) -> str:
    """The plan's name with its document number."""
    return f"{plan.title}（{plan.document_number}）"


def _department_record(
    department: Department, counts: dict[str, int], tally: Tally
) -> dict[str, object]:
    return {
        "name": department.name,
        "aliases": department.aliases,
        "members": department.members,
        **counts,
        **tally_record(tally),
    }


def _less_task(listing: Listing) -> Listing:
    """The listing as a part of one task's page, where the task goes without saying."""
    columns = (c if c.field != "task" else replace(c, asked_only=True) for c in listing.columns)
    return replace(listing, columns=tuple(columns))


def _pick(columns: Iterable[Column], *fields: str) -> tuple[Column, ...]:
    by_field = {column.field: column for column in columns}
    return tuple(replace(by_field[field], asked_only=False) for field in fields)


def _how_to_report(standing: TaskStanding) -> str:
    command = f"fs progress update {standing.task.id}"
    if not standing.indicators:
        return f"填报：{command} --percent 60 --note 进展情况"
    is_milestone = standing.indicators[0].indicator.target is None
    return f"填报：{command} {'--done' if is_milestone else '--value 数值'} --note 进展情况"


def _range(ids: Sequence[int]) -> str:
    runs = ids and list(ids) == list(range(ids[0], ids[-1] + 1))
    return f"{ids[0]}–{ids[-1]}" if runs and len(ids) > 1 else "、".join(map(str, ids))


def _words(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def problems_listing(problems: Iterable[Problem]) -> Listing:
    """`fs check`: faults with their places."""
    columns = (
        Column("file", "文件"),
        Column("line", "行", Shown.FIGURE),
        Column("column", "列", Shown.FIGURE),
        Column("severity", "程度"),
        Column("code", "代号"),
        Column("message", "问题", wraps_at=24),
        Column("remedy", "办法", wraps_at=24),
    )
    return Listing("", columns, [asdict(problem) for problem in problems], if_empty="没有问题")
