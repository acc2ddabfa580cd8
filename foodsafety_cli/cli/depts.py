"""`fs depts`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.match import match_department, match_departments
from foodsafety_cli.analysis.own import OwnStanding, own_standing, ranks
from foodsafety_cli.analysis.query import Selection, select
from foodsafety_cli.analysis.rollup import by_department, tally
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, ListOptions, SinceOption
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.errors import BadValue, UsageError
from foodsafety_cli.model.text import shell_word
from foodsafety_cli.render import group_views
from foodsafety_cli.render.listing import Listing, Thing
from foodsafety_cli.render.since import with_changes
from foodsafety_cli.render.task_views import tasks_listing

app = new_app()


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs depts 阳城县                           一个单位的任务，和它自己报的数\n"
        "  fs depts --group 各县（市、区） --sort 名次  各县（市、区）按自报完成率排名"
    ),
)
@with_bundles
def depts(
    ctx: typer.Context,
    days: Days,
    listing: ListOptions,
    since: SinceOption = None,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="单位", help="写单位名，看这一个单位", autocompletion=suggest.departments
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            metavar="单位组",
            help="只列这一组的成员，在组内排名",
            autocompletion=suggest.departments,
        ),
    ] = None,
) -> None:
    """各单位的任务数、完成率和亮灯，自己报的完成率和名次；写单位名看一个单位的全部任务。"""
    office = office_of(ctx, days)
    if name is not None:
        if since:
            raise BadValue("--since", "用于单位的列表；一个单位的变化请用 fs tasks -d 单位 --since")
        meant = match_departments(office.plan, name)
        if len(meant) > 1:
            raise UsageError(
                f"一次只看一个单位，这里写了 {len(meant)} 个。"
                f"几个单位的任务请写：fs tasks --dept {shell_word(name)}"
            )
        answer: Listing | Thing = _one(office, meant[0])
    else:
        found = match_department(office.plan, group) if group else None
        answer = _all(office, found)
        if since:
            answer = with_changes(answer, _all(office.on_earlier(since), found), since)
    office.show(answer, listing.as_output())


def _one(office: Office, found: str) -> Thing:
    duties = office.standings.duties
    selected = list(select(office.standings, Selection(departments=(found,))))
    standings = [item.standing for item in selected]
    own = _own(office, found)
    return group_views.department_thing(
        next(d for d in office.plan.departments if d.name == found),
        group_views.role_counts(found, standings, duties),
        tally(standings),
        duties.groups_of(found),
        (tasks_listing(selected, office.as_of), group_views.own_listing(own)),
        own,
    )


def _all(office: Office, group: str | None) -> Listing:
    duties = office.standings.duties
    members = set(duties.members(group)) if group else None
    found = [
        (department, standings)
        for department, standings in by_department(
            [item.standing for item in office.select()], office.standings
        )
        if members is None or department.name in members
    ]
    own = {department.name: _own(office, department.name) for department, _ in found}
    places = ranks(list(own.values()))
    rows = [
        (
            department,
            group_views.role_counts(department.name, standings, duties),
            tally(standings),
            own[department.name],
            places.get(department.name),
        )
        for department, standings in found
    ]
    return group_views.departments_listing(rows)


def _own(office: Office, name: str) -> OwnStanding:
    tasks = [task for _, task in office.plan.tasks()]
    return own_standing(office.standings, name, tasks)
