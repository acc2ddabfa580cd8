"""The tables of `fs progress`: by section, department, task or indicator, with a total row."""

import datetime as dt
from collections.abc import Sequence

from foodsafety_cli.analysis import rollup
from foodsafety_cli.analysis.own import own_standing, ranks
from foodsafety_cli.analysis.query import Selected, Selection, selected_indicators
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.model.plan import Role
from foodsafety_cli.render.group_views import OWN_COLUMNS, TALLY_COLUMNS, own_record
from foodsafety_cli.render.listing import Column, Listing, Row, Shown
from foodsafety_cli.render.many_plans import PLACE_COLUMNS, PlanName
from foodsafety_cli.render.records import expected_of, indicator_record, tally_record

_ONE = ("tasks", "done", "lights")  # of a single task these say nothing, or say it again
_BAR_COLUMNS = (  # the light and the mark in the bar go by what is expected of this one
    *(column._replace(asked_only=column.field in _ONE) for column in TALLY_COLUMNS),
    Column("expected", "应完成", Shown.PERCENT, gives_way=4),
)
_OWN_COLUMNS = tuple(  # beside the bar, not instead of it
    column._replace(gives_way=column.gives_way or (7 if column.field == "rank" else 3))
    for column in OWN_COLUMNS
)
_LIGHT_COLUMNS = (
    Column("light", "亮灯", Shown.LIGHT),
    Column("status", "状态", gives_way=2),
)


def by_plan(plans: Sequence[tuple[PlanName, Sequence[Selected]]], as_of: dt.date) -> Listing:
    """A row a plan."""
    rows = [
        {**place._asdict(), **tally_record(rollup.tally(_standings(selected)))}
        for place, selected in plans
    ]
    everything = [item for _, selected in plans for item in selected]
    return _listing("计划", (*PLACE_COLUMNS, *TALLY_COLUMNS), rows, everything, as_of)


def by_section(selected: Sequence[Selected], as_of: dt.date) -> Listing:
    """A row a section."""
    rows = [
        {
            "section": section.number,
            "label": section.label,
            "section_title": section.title,
            **tally_record(rollup.tally(standings)),
        }
        for section, standings in rollup.by_section(_standings(selected))
    ]
    columns = (
        Column("section", "序号", Shown.FIGURE, asked_only=True),
        Column("label", "部分"),
        Column("section_title", "标题", wraps_at=14),
        *TALLY_COLUMNS,
    )
    return _listing("部分", columns, rows, selected, as_of)


def by_department(selected: Sequence[Selected], selection: Selection, known: Standings) -> Listing:
    """A row a department, with its own standing in them; with some asked for, only theirs.

    These have no place: the tasks of the others are not known.
    """
    roles = selection.roles or tuple(Role)
    groups = {
        department.name: standings
        for department, standings in rollup.by_department(
            _standings(selected), known, roles=roles, direct=selection.direct
        )
        if not selection.departments or department.name in selection.departments
    }
    tasks = [item.standing.task for item in selected]
    own = {name: own_standing(known, name, tasks) for name in groups}
    places = {} if selection.departments else ranks(list(own.values()))
    rows = [
        {
            "department": name,
            **tally_record(rollup.tally(standings)),
            **own_record(own[name]),
            "rank": places.get(name),
        }
        for name, standings in groups.items()
    ]
    columns = (Column("department", "单位", wraps_at=16), *TALLY_COLUMNS, *_OWN_COLUMNS)
    return _listing("单位", columns, rows, selected, known.as_of)


def by_task(selected: Sequence[Selected], as_of: dt.date) -> Listing:
    """A row a task."""
    rows = [
        {
            "id": standing.task.id,
            "title": standing.task.title,
            **tally_record(rollup.tally([standing])),
            "expected": expected_of(standing),
            "light": standing.light,
            "status": standing.status,
        }
        for standing in _standings(selected)
    ]
    columns = (
        Column("id", "序号", Shown.FIGURE),
        Column("title", "任务", wraps_at=20),
        *_BAR_COLUMNS,
        *_LIGHT_COLUMNS,
    )
    return _listing("任务", columns, rows, selected, as_of)


def by_indicator(selected: Sequence[Selected], selection: Selection, as_of: dt.date) -> Listing:
    """A row an indicator, its completion the attainment up to 100; the total is of its tasks."""
    rows = []
    shown: dict[int, Selected] = {}
    for item, standing in selected_indicators(selected, selection):
        shown[item.standing.task.id] = item
        known = indicator_record(standing)
        kept = ("task", "name", "target", "unit", "value", "attainment", "met")
        rows.append(
            {
                **{field: known[field] for field in kept},
                **tally_record(rollup.tally([item.standing])),
                "done": int(standing.met),
                "completion": None if standing.is_not_concerned else computed(standing.counted),
                "expected": known["expected"],
                "light": item.standing.light,
            }
        )
    columns = (
        Column("task", "任务", Shown.FIGURE),
        Column("name", "指标", wraps_at=16),
        Column("target", "目标值", Shown.FIGURE),
        Column("unit", "单位", gives_way=4),
        Column("value", "完成值", Shown.FIGURE),
        *_BAR_COLUMNS,
        Column("attainment", "达成率", Shown.PERCENT, asked_only=True),
        Column("met", "达标"),
    )
    return _listing("指标", columns, rows, list(shown.values()), as_of)


def _listing(
    what: str,
    columns: tuple[Column, ...],
    rows: Sequence[Row],
    selected: Sequence[Selected],
    as_of: dt.date,
) -> Listing:
    """The rows with a total in which every task counts once."""
    total = total_record(selected)
    first = next(column.field for column in columns if column.wraps_at)
    return Listing(
        f"进度（按{what}，{total['tasks']} 项任务，已完成 {total['done']} 项，截至 {as_of}）",
        columns,
        rows,
        {first: "合计", **total},
        if_empty="没有符合条件的任务",
    )


def total_record(selected: Sequence[Selected]) -> dict[str, object]:
    """How all of them stand together, every task counted once."""
    return tally_record(rollup.tally(_standings(selected)))


def _standings(selected: Sequence[Selected]) -> list[TaskStanding]:
    return [item.standing for item in selected]
