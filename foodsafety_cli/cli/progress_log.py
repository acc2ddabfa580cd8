"""`fs progress log`."""

import datetime as dt
from typing import Annotated

import typer

from foodsafety_cli.analysis.match import match_departments, match_task
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, ListOptions, dept_option
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.model.errors import BadDay, BadValue
from foodsafety_cli.model.steps import Mark, Step
from foodsafety_cli.render.listing import Row
from foodsafety_cli.render.report_views import reports_listing
from foodsafety_cli.store.plan.narrowing import PlanQuery

app = new_app()
_MOST_DIGITS = 9  # of a count: more reports than that there are not


def _count(text: str) -> int:
    if not text.isdecimal() or not text.strip("0０"):
        raise BadValue("--limit", f"“{text}”应是大于 0 的整数")
    return int(text[:_MOST_DIGITS]) if len(text) > _MOST_DIGITS else int(text)


@app.command(cls=Command)
@with_bundles
def log(
    ctx: typer.Context,
    days: Days,
    listing: ListOptions,
    task: Annotated[
        str | None,
        typer.Argument(metavar="任务序号", help="只看这项任务", autocompletion=suggest.tasks),
    ] = None,
    dept: Annotated[
        str | None,
        dept_option("只看这个单位自己填报的"),
    ] = None,
    since: Annotated[
        dt.date | None,
        typer.Option(
            "--since",
            metavar="日期",
            help="从哪一天起（数据日期）",
            parser=parse_day("--since", month_begins=True),
        ),
    ] = None,
    until: Annotated[
        dt.date | None,
        typer.Option(
            "--until",
            metavar="日期",
            help="到哪一天止（含）；可写 2021-08、上月底",
            parser=parse_day("--until", month_ends=True),
        ),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="只看这个人录入的；写几个字也行")
    ] = "",
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", metavar="条数", help="只看最近几条", parser=_count),
    ] = None,
) -> None:
    """填报、销号、延期、发函的记录，日期新的在前；撤销过的填报也列出，并标明。"""
    if since and until and since > until:
        raise BadDay("--since", f"{since} 晚于 --until {until}，这样什么也没有")
    office = office_of(ctx)
    number, departments = _asked(office, task, dept)
    is_filtered = bool(since or until or by)
    most = None if is_filtered else limit
    found = office.reports(number, departments, most=most, days=days)
    steps = _steps(office, departments, days)
    marks = _marks(office, departments, days) if number is None else []
    empty = _if_empty(departments, is_filtered=is_filtered)
    answer = reports_listing(found[::-1], steps, marks, if_empty=empty, task=number)
    between = (since or dt.date.min, until or dt.date.max)
    rows = [row for row in answer.rows if _is_between(row, between) and by in str(row["by"] or "")]
    office.show(answer._replace(rows=rows[:limit]), listing.as_output())


def _asked(office: Office, task: str | None, dept: str | None) -> tuple[int | None, list[str]]:
    """The task's number and the departments that are meant, where any are."""
    if task is None and dept is None:
        return None, []
    plan = office.narrow(PlanQuery(task, [dept] if dept is not None else ()))
    number = None
    if task is not None:  # one that was withdrawn still has its lines
        is_printed = any(str(one.id) == task.strip() for _, one in office.printed.tasks())
        number = match_task(office.printed if is_printed else plan, task)[1].id
    return number, match_departments(plan, dept) if dept is not None else []


def _steps(office: Office, departments: list[str], days: Days) -> list[tuple[Step, bool]]:
    """The steps of these departments by the names that they have now, and which were undone."""
    names = Reporters(office.plan).name_of
    return [
        (step._replace(department=names(step.department) or step.department), is_undone)
        for step, is_undone in office.workspace.history.story(days)
        if not departments or {step.department, names(step.department)} & set(departments)
    ]


def _marks(office: Office, departments: list[str], days: Days) -> list[Mark]:
    names = Reporters(office.plan).name_of
    marks = office.workspace.history.steps(Mark, days=days)
    return [m for m in marks if not departments or names(m.department) in departments]


def _if_empty(departments: list[str], *, is_filtered: bool) -> str:
    if is_filtered:
        return "没有符合条件的记录"
    if departments:
        whose = "、".join(departments)
        return f"没有“{whose}”自己填报的记录；为整个任务填报的，不写 --dept 就看得到"
    return "还没有填报记录"


def _is_between(row: Row, days: tuple[dt.date, dt.date]) -> bool:
    day = row["date"]
    return isinstance(day, dt.date) and days[0] <= day <= days[1]
