"""One task whole: its words, its standing, its indicators and what was reported."""

import datetime as dt
from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.steps import Step
from foodsafety_cli.render.listing import Column, Listing, Shown, Thing, pick
from foodsafety_cli.render.records import report_record, task_record
from foodsafety_cli.render.report_views import reports_listing
from foodsafety_cli.render.step_views import step_record
from foodsafety_cli.render.task_views import TASK_COLUMNS, indicators_listing


def task_thing(
    standing: TaskStanding,
    reporters: Sequence[str],
    story: tuple[Sequence[Report], Sequence[tuple[Step, bool]]],
    as_of: dt.date,
    told: Sequence[str],
    *,
    is_withdrawn: bool = False,
) -> Thing:
    """`fs show`: one task, its indicators and its story: reports, oldest first, and steps.

    `reporters` are who may report it; `told` says why it stands as it does.
    """
    task, section = standing.task, standing.section
    history, steps = story
    record = task_record(standing)
    if is_withdrawn:  # as it stood; nothing is asked of anyone any more
        record |= {"light": None, "status": None}
    record["why"] = list(told)
    record["history"] = [report_record(report) for report in reversed(history)]
    record["steps"] = [
        step_record(step) | {"undone": is_undone}
        for step, is_undone in steps
        if standing.task.id in step.tasks
    ]
    hidden = ("id", "section", "section_title", "title", "text", "completion", "pace")
    seen = ("responsibility", "lead", "responsible", "support", "due", "days_left")
    columns = (
        *(column._replace(asked_only=True) for column in pick(TASK_COLUMNS, *hidden)),
        Column("part", "所属部分"),
        *pick(TASK_COLUMNS, *seen),
        Column("bar", "进度", Shown.BAR),
        *pick(TASK_COLUMNS, "expected", "light", "status", "last_reported"),
        Column("why", "情况", asked_only=True),  # on a terminal it stands below the tables
    )
    record["part"] = f"{section.label}、{section.title}"
    return Thing(
        f"任务 {task.id}  {task.title}",
        tuple(c._replace(shown=Shown.TEXT) if c.shown is Shown.FIGURE else c for c in columns),
        record,
        (
            _less_task(indicators_listing(standing.indicators, title="指标")),
            _less_task(
                reports_listing(history[::-1], steps, title="填报记录", task=standing.task.id)
            ),
        ),
        text=task.text,
        hints=(*told, *(() if is_withdrawn else _how_to_report(standing, reporters, as_of))),
    )


def _less_task(listing: Listing) -> Listing:
    """The listing as a part of one task's page, where the task goes without saying."""
    columns = (c if c.field != "task" else c._replace(asked_only=True) for c in listing.columns)
    return listing._replace(columns=tuple(columns))


def _how_to_report(
    standing: TaskStanding, reporters: Sequence[str], as_of: dt.date
) -> Iterator[str]:
    figure = "--percent 60"
    if standing.indicators:
        figure = standing.indicators[0].measure.option
    command = f"fs progress update {standing.task.id}"
    yield f"截至 {as_of}。填报：{command} {figure} --note 进展情况"
    if len(reporters) > 1:
        yield f"一个单位报自己的：{command} --dept {reporters[0]} {figure}"
