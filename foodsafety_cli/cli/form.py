"""`fs form`."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.match import match_departments
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.analysis.stages import points_of
from foodsafety_cli.analysis.statements import counting
from foodsafety_cli.analysis.wording import computed, due_words, rounded_to
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import date_option, dept_option
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import say, say_on_terminal
from foodsafety_cli.exchange.form import Asked, ReportedByOthers, as_form
from foodsafety_cli.model.errors import BadOutput, BadValue, CannotWrite, Refused
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.store.files import file_names, folder_for, write_file

app = new_app()

_ONLY_REPORTS = "报数"  # of a department that the bracket does not name


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs form -o 填报表                         每个单位一张，放进一个文件夹\n"
        "  fs form -d 市公安局 -o 市公安局.xlsx      一个单位的\n"
        "  fs progress import 填报表/*.xlsx          填好交回以后导入"
    ),
)
def form(
    ctx: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="位置", help="文件夹，或一个 .xlsx 文件")
    ],
    dept: Annotated[
        list[str] | None,
        dept_option("单位；可重复，不写则每个单位一张；写一组单位则其中每个一张"),
    ] = None,
    deadline: Annotated[
        dt.date | None,
        typer.Option(
            "--deadline",
            metavar="日期",
            help="报送截止，写在表上（不写则留空）",
            parser=parse_day("--deadline", month_ends=True),
        ),
    ] = None,
    date: Annotated[
        dt.date | None,
        date_option("数据截至哪一天，写在表上；行里没有写日期的照它"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已有也覆盖（填了的会丢）")] = False,
) -> None:
    """填报表：每个单位一张 Excel 表，列出它的任务和指标，留好要填的格子。"""
    office = office_of(ctx)
    forms = list(_forms(office, dept or ()))
    is_file = output.suffix.lower() == ".xlsx"
    if not is_file and output.suffix[1:].isalpha() and not output.is_dir():
        raise BadOutput("-o", f"填报表是 .xlsx 文件，不能存成 {output.suffix}，请换一个文件名")
    if is_file and len(forms) != 1:
        raise BadOutput("-o", f"{len(forms)} 个单位要 {len(forms)} 张表，请写一个文件夹")
    names = file_names(name for name, _ in forms)
    files = [output if is_file else output / f"{name}.xlsx" for name in names]
    there = [str(file) for file in files if os.path.lexists(file)]
    if there and not force:
        more = f"等 {len(there)} 个文件" if len(there) > 1 else ""
        raise CannotWrite(f"{there[0]} {more}已经有了，没有覆盖。确实要覆盖请加 --force")
    own = _by_department(office)
    with nullcontext() if is_file else folder_for(output):
        for (name, asked), file in zip(forms, files, strict=True):
            known = list(_known(office, name, asked))
            reports = own.get(name, ())
            content = as_form(office.plan, name, asked, reports, known, (deadline, date))
            write_file(file, content)
    office.report_problems()
    say(f"已做好填报表 {len(files)} 张：{output}")
    say_on_terminal(f"交回来以后：fs progress import {output}")


def _by_department(office: Office) -> dict[str, list[Report]]:
    """The reports that count by whose they are, oldest first within a task."""
    found: dict[str, list[Report]] = {}
    for reports in counting(office.reports(), office.today).values():
        for report in reports:
            if department := office.standings.department_of(report):
                found.setdefault(department, []).append(report)
    return found


def _forms(office: Office, wanted: Iterable[str]) -> Iterator[tuple[str, list[Asked]]]:
    """Each department that can report, with what it is asked; a group's form is its members'."""
    duties = office.standings.duties
    named = [name for given in wanted for name in match_departments(office.plan, given)]
    for name in named:
        if duties.is_unnamed(name):
            raise Refused(f"“{name}”没有列出是哪些单位，不能给它发表；请在计划里写明成员。")
    names = named or [d.name for d in office.plan.departments if not duties.is_unnamed(d.name)]
    for name in dict.fromkeys(department for n in names for department in duties.members(n)):
        asked = list(_asked(office, name))
        if asked:
            yield name, asked
        elif named:
            raise BadValue("--dept", f"“{name}”没有任务要报，不用填报")


def _asked(office: Office, department: str) -> Iterator[Asked]:
    reporters = office.standings.reporters
    for _, task in office.plan.tasks():
        indicators = reporters.asked_of(department, task)
        if indicators:
            duties = reporters.duties.of(department, task)
            role = "、".join(dict.fromkeys(str(duty.role) for duty in duties))
            yield Asked(
                task,
                role or _ONLY_REPORTS,
                tuple((one, _target(office, department, task, one)) for one in indicators),
                tuple(_stage(office, department, task, one) for one in indicators),
                returned=_returned(office, task, department),
                dues=tuple(_due(office, task, one, department) for one in indicators),
            )


def _due(office: Office, task: Task, indicator: Indicator | None, department: str) -> str:
    """When its figure is due, the first date beside the one in force; "" for the period's end."""
    due = office.standings.dues.for_department(task, indicator, department)
    is_usual = due.day == due.first == office.plan.period.end
    return "" if is_usual else due_words(due.day, due.first, due.times)


def _target(
    office: Office, department: str, task: Task, indicator: Indicator | None
) -> Decimal | None:
    """What the department itself has to reach; None for its part of a sum not shared out."""
    measure = measure_of(indicator)
    standings = office.standings
    if len(standings.reporters.of(task, indicator)) == 1:
        return measure.target
    own = measure.own_target(department, standings.bases_of(indicator))
    return own and rounded_to(own, Decimal("0.01")).normalize() + 0


def _stage(office: Office, department: str, task: Task, indicator: Indicator | None) -> str:
    """The next stage, of the department's own target: 9月30日前达到 3.7."""
    target = _target(office, department, task, indicator)
    if indicator is None:
        return ""
    due = indicator.due or office.plan.due(task)
    ahead = (p for p in points_of(office.plan, indicator, due) if p[0] >= office.today)
    day, percent = next(ahead, (None, None))
    if day is None or percent is None:
        return ""
    if target is None:  # its part of a count that is not shared out
        return f"{day.month}月{day.day}日前全部达到 {percent.normalize():f}%"
    reached = computed(target * percent / 100)
    return f"{day.month}月{day.day}日前达到 {reached.shown():f}" if reached else ""


def _known(office: Office, department: str, asked: Iterable[Asked]) -> Iterator[ReportedByOthers]:
    """The tasks that it has a part in and others report for."""
    there = {item.task.id for item in asked}
    duties = office.standings.duties
    for _, task in office.plan.tasks():
        own = duties.of(department, task)
        if own and task.id not in there:
            yield ReportedByOthers(task, "、".join(dict.fromkeys(str(duty.role) for duty in own)))


def _returned(office: Office, task: Task, department: str) -> str:
    """Why the sign-off of its part was sent back, and until when it may mend that."""
    for review in office.standings.reviews.of(task):
        if review.department == department and review.state is State.RETURNED and review.decision:
            until = review.decision.redo_by
            return review.decision.reason + (f"（请于 {until} 前补报）" if until else "")
    return ""
