"""Sections and departments: what they hold and how they stand."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.own import OwnStanding
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.model.events import NOT_CONCERNED, Tally
from foodsafety_cli.model.plan import Department, Role, Section
from foodsafety_cli.render.listing import Column, Listing, Shown, Thing, pick
from foodsafety_cli.render.records import tally_record

TALLY_COLUMNS = (
    Column("tasks", "任务数", Shown.FIGURE, gives_way=4),
    Column("done", "已完成", Shown.FIGURE, gives_way=6),
    Column("bar", "进度", Shown.BAR, gives_way=2),
    Column("completion", "完成率", Shown.PERCENT),
    Column("pace", "序时进度", Shown.PERCENT, gives_way=5),
    Column("lights", "亮灯", Shown.LIGHTS, gives_way=1),
)
OWN_COLUMNS = (
    Column("own_completion", "自报完成率", Shown.PERCENT),
    Column("own_reported", "已报", gives_way=8),
    Column("own_date", "最近填报", gives_way=9),
    Column("rank", "名次", Shown.FIGURE),
)
_SECTION_COLUMNS = (
    Column("number", "序号", Shown.FIGURE, asked_only=True),
    Column("label", "部分"),
    Column("title", "标题", wraps_at=14),
    Column("ids", "任务", gives_way=3),
    *TALLY_COLUMNS,
)
_DEPARTMENT_COLUMNS = (
    Column("name", "单位", wraps_at=16),
    Column("aliases", "简称", asked_only=True, wraps_at=24),
    Column("members", "成员", asked_only=True, wraps_at=24),
    Column("lead", "牵头", Shown.FIGURE, gives_way=4),
    Column("responsible", "负责", Shown.FIGURE, gives_way=4),
    Column("support", "配合", Shown.FIGURE, gives_way=4),
    Column("through_group", "经组承担", Shown.FIGURE, gives_way=7),
    *TALLY_COLUMNS,
    *OWN_COLUMNS,
)
_FIGURE_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("title", "任务名称", wraps_at=16, gives_way=2),
    Column("name", "指标", wraps_at=14),
    Column("target", "自己的目标", Shown.FIGURE),
    Column("unit", "单位", gives_way=3),
    Column("value", "自己报的", Shown.FIGURE),
    Column("attainment", "达成率", Shown.PERCENT),
    Column("judged", "计入", asked_only=True),
    Column("date", "数据日期", gives_way=1),
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


def departments_listing(
    rows: Iterable[tuple[Department, dict[str, int], Tally, OwnStanding, int | None]],
) -> Listing:
    """`fs depts`: every department with its counts by role, its own standing and its rank."""
    return Listing(
        "单位",
        _DEPARTMENT_COLUMNS,
        [
            _department_record(department, counts, tally) | own_record(own) | {"rank": rank}
            for department, counts, tally, own, rank in rows
        ],
    )


def own_listing(own: OwnStanding) -> Listing:
    """What a department reported itself, task by task, against its own target."""
    rows = []
    for figure in own.figures:
        measure = measure_of(figure.indicator)
        is_number = measure.is_figure and figure.value is not None
        done = "已完成" if figure.value else "未报"
        is_idle = figure.report is not None and figure.report.entry.is_not_concerned
        rows.append(
            {
                "task": figure.task.id,
                "title": figure.task.title,
                "name": measure.name,
                "target": figure.shown_target if measure.is_figure else None,
                "unit": measure.unit,
                "value": NOT_CONCERNED
                if is_idle
                else figure.shown_value
                if is_number or measure.is_figure
                else done,
                "attainment": computed(figure.attainment),
                "judged": figure.is_judged,
                "date": figure.report and figure.report.submission.date,
            }
        )
    return Listing("自己报的数（没有分到目标的个数只列出，不评判）", _FIGURE_COLUMNS, rows)


def own_record(own: OwnStanding) -> dict[str, object]:
    """A department's own standing."""
    return {
        "own_completion": computed(own.completion),
        "own_reported": f"{own.reported}/{own.tasks}" if own.tasks else "",
        "own_date": own.date,
    }


def department_thing(
    department: Department,
    counts: dict[str, int],
    tally: Tally,
    groups: tuple[str, ...],
    parts: tuple[Listing, Listing],
    own: OwnStanding,
) -> Thing:
    """`fs depts NAME`: one department and what it owes."""
    tasks, figures = parts
    record = _department_record(department, counts, tally) | own_record(own)
    record |= {"groups": groups, "task_ids": [row["id"] for row in tasks.rows]}
    record["own_figures"] = figures.rows
    beside_the_bar = ("completion", "pace")
    columns = (
        *_DEPARTMENT_COLUMNS[:1],
        Column("groups", "所属组"),
        *pick(_DEPARTMENT_COLUMNS, "aliases", "members"),
        *(
            column._replace(asked_only=column.field in beside_the_bar)
            for column in _DEPARTMENT_COLUMNS[3:-1]
        ),
    )
    return Thing(department.name, columns, record, parts)


def role_counts(department: str, tasks: Iterable[TaskStanding], duties: Duties) -> dict[str, int]:
    """How many tasks a department leads, answers for, assists; and owes through a group."""
    fields = {Role.LEAD: "lead", Role.RESPONSIBLE: "responsible", Role.SUPPORT: "support"}
    counts = dict.fromkeys((*fields.values(), "through_group"), 0)
    for standing in tasks:
        for duty in duties.of(department, standing.task)[:1]:
            counts["through_group" if duty.via else fields[duty.role]] += 1
    return counts


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


def _range(ids: Sequence[int]) -> str:
    runs = bool(ids) and all(after == before + 1 for before, after in pairwise(ids))
    return f"{ids[0]}–{ids[-1]}" if runs and len(ids) > 1 else "、".join(map(str, ids))
