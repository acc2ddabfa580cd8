"""`fs show`."""

import typer

from foodsafety_cli.analysis.amending import ever_in_force, later
from foodsafety_cli.analysis.explaining import changes, how_held, stages, why
from foodsafety_cli.analysis.match import match_task
from foodsafety_cli.analysis.parts import where_signed_off
from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.analysis.reminders import still_asked
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, FormOptions, TaskNumber
from foodsafety_cli.cli.outlook import outlooks
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.render.forecast_views import in_words
from foodsafety_cli.render.task_page import task_thing
from foodsafety_cli.store.plan.narrowing import PlanQuery

app = new_app()


@app.command(cls=Command)
@with_bundles
def show(
    ctx: typer.Context,
    days: Days,
    task: TaskNumber,
    form: FormOptions,
) -> None:
    """一项任务的全部内容：原文、责任单位、指标、亮灯和填报记录。"""
    office = office_of(ctx, days)
    office.narrow(PlanQuery(task))
    section, found = match_task(ever_in_force(office.printed), task)  # a withdrawn one, too
    if any(a.add and a.add.id == found.id for a in later(office.printed, office.as_of)):
        match_task(office.plan, task)  # which tells from when on there is one
    standing = office.standings.of(section, found)
    reporters = office.standings.reporters.of(found, next(iter(found.indicators), None))
    history = office.reports(found.id, days=days)
    ahead = outlooks(office, [Selected(standing, ())], history) if found.indicators else []
    told = [*changes(office.printed, found, office.as_of)]
    is_withdrawn = all(task.id != found.id for _, task in office.plan.tasks())
    if not is_withdrawn:
        told += [
            *why(standing, office.plan.lights),
            *still_asked(office.standings, standing),
            *how_held(standing),
            *stages(office.plan, standing),
            *where_signed_off(office.standings, standing),
            *map(in_words, ahead),
        ]
    renamed = office.standings.renamed
    story = [(renamed(step), undone) for step, undone in office.workspace.history.story(days)]
    story.sort(key=lambda one: (one[0].date, one[0].at, one[0].id))
    answer = task_thing(
        standing, reporters, (history, story), office.as_of, told, is_withdrawn=is_withdrawn
    )
    office.show(answer, form.as_output())
