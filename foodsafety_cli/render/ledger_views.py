"""The office's ledger (台账) as a table: a row an indicator, or a task that has none."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from foodsafety_cli.analysis.measures import HUNDRED, measure_of
from foodsafety_cli.analysis.own import OwnFigure, OwnStanding
from foodsafety_cli.analysis.query import Selected, Selection
from foodsafety_cli.analysis.standing import IndicatorStanding
from foodsafety_cli.analysis.statements import statements
from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.model.events import Report
from foodsafety_cli.render.listing import Column, Listing, Row, Shown
from foodsafety_cli.render.records import indicator_record, task_record

_COLUMNS = (
    Column("id", "序号", Shown.FIGURE, is_key=True),
    Column("section_title", "章节", asked_only=True, wraps_at=10),
    Column("title", "任务", wraps_at=14),
    Column("text", "任务原文", asked_only=True, wraps_at=30),
    Column("roles", "角色", asked_only=True),
    Column("lead", "牵头单位", wraps_at=10, gives_way=8),
    Column("responsible", "责任单位", wraps_at=10, gives_way=8),
    Column("support", "配合单位", asked_only=True, wraps_at=10),
    Column("indicator", "指标", wraps_at=10, is_key=True),
    Column("target", "目标值", Shown.FIGURE),
    Column("unit", "计量单位", gives_way=7),
    Column("value", "完成值", Shown.FIGURE),
    Column("made_of", "数的说明", wraps_at=6, gives_way=9),
    Column("completion", "完成率", Shown.PERCENT),
    Column("due", "完成时限", Shown.DUE, gives_way=6),
    Column("status", "状态"),
    Column("light", "亮灯", Shown.LIGHT),
    Column("note", "进展情况", wraps_at=14, gives_way=5),
    Column("problems", "存在问题", wraps_at=12, gives_way=11),
    Column("next_steps", "下步措施", wraps_at=12, gives_way=12),
    Column("evidence", "佐证材料", asked_only=True, wraps_at=12),
    Column("date", "填报日期", asked_only=True),
)


_OF_THE_TASK = {"status": "任务状态", "light": "任务亮灯"}  # beside a department's own figures
_MORE = ("section_title", "support", "evidence", "date")  # with --all-columns


def ledger_listing(
    selected: Sequence[Selected],
    selection: Selection,
    reports: Mapping[int, Sequence[Report]],
    plan: tuple[str, dt.date],
    own: OwnStanding | None = None,
    *,
    all_columns: bool = False,
) -> Listing:
    """`fs export` of a plan (its title and the day).

    With departments asked for, their list of duties, with the roles shown.

    With `own`, that of one department, which holds its own figures and words and nobody else's.
    """
    plan_title, as_of = plan
    whose = "、".join(selection.departments)
    title = f"{whose}责任清单" if whose else "工作台账"
    if own is None:
        rows = [row for item in selected for row in _rows(item, reports)]
    else:
        figures = {(f.task.id, f.indicator and f.indicator.name): f for f in own.figures}
        rows = [row for item in selected for row in _own_rows(item, reports, own, figures)]
    columns = tuple(
        c._replace(
            heading=_OF_THE_TASK.get(c.field, c.heading) if own else c.heading,
            asked_only=_is_left_out(c, selection, rows, all_columns=all_columns),
        )
        for c in _COLUMNS
    )
    return Listing(
        f"{plan_title}　{title}（截至 {as_of}）", columns, rows, if_empty="没有符合条件的任务"
    )


def _is_left_out(
    column: Column, selection: Selection, rows: Sequence[Row], *, all_columns: bool
) -> bool:
    if column.field == "roles":
        return not selection.departments
    if column.field == "made_of":
        return not any(row.get("made_of") for row in rows)
    return column.asked_only and not (all_columns and column.field in _MORE)


def _own_rows(
    item: Selected,
    reports: Mapping[int, Sequence[Report]],
    own: OwnStanding,
    figures: Mapping[tuple[int, str | None], OwnFigure],
) -> Iterator[Row]:
    """The rows of a task as one department has reported them, against its own target."""
    task = task_record(item.standing, item.duties)
    said = [
        report
        for report in reports.get(item.standing.task.id, ())
        if report.entry.department == own.department or _speaks_for_all(report, figures)
    ]
    for standing in item.standing.indicators:
        figure = figures.get((standing.task, standing.indicator.name))
        words = statements(said, standing.indicator.name)
        yield {**task, **_indicator(standing), **_own(figure), **words._asdict()}
    if not item.standing.indicators:
        figure = figures.get((item.standing.task.id, None))
        own_due = _own_due(figure)
        completion = {"completion": _own(figure)["completion"]}
        yield {**task, **completion, **own_due, "made_of": "", **statements(said)._asdict()}


def _speaks_for_all(report: Report, figures: Mapping[tuple[int, str | None], OwnFigure]) -> bool:
    """Whether a report for the whole task is the department's own: it alone reports."""
    own = figures.get((report.entry.task, report.entry.indicator))
    return own is not None and own.report is not None and own.report.entry.department is None


def _own(figure: OwnFigure | None) -> dict[str, object]:
    if figure is None:
        return {"target": None, "value": None, "completion": None, "made_of": ""}
    done = None if figure.attainment is None else computed(min(figure.attainment, HUNDRED))
    is_figure = measure_of(figure.indicator).is_figure
    value = figure.shown_value if is_figure else None  # of a milestone its completion says all
    own = {"target": figure.shown_target, "value": value, "completion": done}
    return own | _own_due(figure) | {"made_of": ""}


def _own_due(figure: OwnFigure | None) -> dict[str, object]:
    if figure is None:
        return {}
    return {"due": figure.due.day, "due_first": figure.due.first, "extensions": figure.due.times}


def _rows(item: Selected, reports: Mapping[int, Sequence[Report]]) -> Iterator[Row]:
    task = task_record(item.standing, item.duties)
    own = reports.get(item.standing.task.id, ())
    for standing in item.standing.indicators:
        said = statements(own, standing.indicator.name)
        yield {**task, **_indicator(standing), **said._asdict()}
    if not item.standing.indicators:
        yield {**task, **statements(own)._asdict()}


def _indicator(standing: IndicatorStanding) -> dict[str, object]:
    record = indicator_record(standing)
    kept = {
        field: record[field]
        for field in (
            *("target", "unit", "value", "due", "due_first", "extensions"),
            *("expected", "reported", "silent", "made_of"),
        )
    }
    return {
        "indicator": record["name"],
        **kept,
        "completion": None if standing.is_not_concerned else computed(standing.counted),
    }
