"""`fs due`."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.reminders import (
    Reason,
    Reminder,
    overdue_decisions,
    reasons_for,
    reminders,
)
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.asking import QueryResult, ask, one_listing
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.options import Days, Filters, ListOptions, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say
from foodsafety_cli.model.errors import BadDay, BadOutput, BadValue
from foodsafety_cli.model.events import Light
from foodsafety_cli.model.plan import Role
from foodsafety_cli.render import due_views
from foodsafety_cli.render.listing import Listing
from foodsafety_cli.render.output import show, write_content, write_data
from foodsafety_cli.render.reminder_message import messages
from foodsafety_cli.store.clock import today

app = new_app()


class DueRows(StrEnum):
    """What the rows are."""

    DEPT = "dept"
    TASK = "task"


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs due                                    今天该提醒哪些单位，最急的三项\n"
        "  fs due --dept 阳城县                      一个单位的全部，按事由列出\n"
        "  fs due --message -d 阳城县                写成可以直接发的文字\n"
        "  fs due --unreported                       谁还没有填报\n"
        "  fs due --by task --overdue                逾期任务和该提醒的单位"
    ),
)
@with_bundles
def due(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    listing: ListOptions,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看逾期的")] = False,
    due_soon: Annotated[bool, typer.Option("--due-soon", help="只看临期的")] = False,
    unreported: Annotated[bool, typer.Option("--unreported", help="只看未报的")] = False,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="只看督办未复的")] = False,
    red: Annotated[bool, typer.Option("--red", help="只看红灯的")] = False,
    not_since: Annotated[
        bool, typer.Option("--not-since", help="只看本期未报的（报过，本期没有再报）")
    ] = False,
    message: Annotated[
        bool, typer.Option("--message", help="写成可以直接发的文字，一个单位一段（有联系人的写上）")
    ] = False,
    since: Annotated[
        dt.date | None,
        typer.Option(
            "--since",
            metavar="日期",
            help="本期从哪一天起（默认本月 1 日）：报过、但从那天起没有再报的，是“本期未报”",
            parser=parse_day("--since", month_begins=True),
        ),
    ] = None,
    by: Annotated[
        DueRows,
        typer.Option(
            "--by",
            metavar="分组",
            help="每行一个：dept 单位（默认）、task 任务",
            parser=one_of("--by", DueRows, 单位=DueRows.DEPT, 任务=DueRows.TASK),
            autocompletion=suggest.words_of(DueRows),
            show_default=False,
        ),
    ] = DueRows.DEPT,
) -> None:
    """今天该提醒谁：逾期、临期、未报、红灯、本期未报、退回、督办未复的，按单位列出。"""
    reasons = {Reason.OVERDUE: overdue, Reason.DUE_SOON: due_soon, Reason.UNREPORTED: unreported}
    reasons |= {Reason.UNANSWERED: unanswered, Reason.RED: red, Reason.NOT_SINCE: not_since}
    reasons[Reason.OVERDUE] |= red  # which is red, too
    wanted = [reason for reason in Reason if reasons.get(reason)] or list(Reason)
    is_whole = len(wanted) == len(Reason)

    def found(one: QueryResult) -> list[Reminder]:
        return _found(one, wanted, since or one.standings.as_of.replace(day=1))

    def reminded(one: QueryResult) -> Listing:
        rows, day = found(one), one.standings.as_of
        if by is DueRows.TASK:
            return due_views.by_task(rows, wanted, day)
        if not is_whole:
            return due_views.by_department(rows, wanted, day)
        view = due_views.in_full if filters.dept else due_views.in_short
        return view(rows, wanted, day)

    if message:
        _refuse_form(listing)
    if since is not None and since > (days.as_of or today()):
        raise BadDay("--since", f"{since} 还没有到，请写更早的日期")
    asked = ask(ctx, filters, days, listing.output, with_letters=True)
    for one in asked:
        _tell_who_cannot_be_asked(one, wanted)
    if message:
        _show_messages([(one, found(one)) for one in asked], wanted, listing.output)
    else:
        show(one_listing(asked, reminded), listing.as_output())


def _tell_who_cannot_be_asked(asked: QueryResult, wanted: Collection[Reason]) -> None:
    """Tasks of departments that nobody has listed want attention, too."""
    standings = asked.standings
    for item in asked.selected:
        reasons = {*reasons_for(item.standing, standings.plan.lights)}
        if item.standing.light is Light.RED and Reason.OVERDUE not in reasons:
            reasons.add(Reason.RED)
        reasons &= {*wanted}
        departments = standings.duties.accountable(item.standing.task)
        if reasons and departments and all(map(standings.duties.is_unnamed, departments)):
            told = "、".join(reason for reason in Reason if reason in reasons)
            say(
                f"任务 {item.standing.task.id} {told}，“{'、'.join(departments)}”没有列出是哪些"
                "单位，没有可以提醒的；请在计划里写明成员。"
            )


def _refuse_form(listing: ListOptions) -> None:
    """Raise `BadValue` for what a text has no use for."""
    if listing.format or listing.columns or listing.sort or listing.no_header:
        raise BadValue("--message", "写的是文字，不能再选格式、列或排序；存成文件请写 -o 提醒.txt")
    if listing.output and listing.output.suffix.lower() != ".txt":
        raise BadOutput("-o", f"“{listing.output}”：--message 写的是文字，请存成 .txt")


def _show_messages(
    asked: list[tuple[QueryResult, list[Reminder]]], wanted: list[Reason], file: Path | None
) -> None:
    texts = [
        messages(
            one.standings,
            reminders,
            wanted,
            [x.letter for x in one.letters if x.is_late(one.standings.as_of)],
        )
        for one, reminders in asked
        if reminders
    ]
    if not texts:
        say(f"没有要提醒的单位（截至 {asked[0][0].standings.as_of}）")
    if file:
        write_content(file, "\n".join(texts))
    else:
        write_data("\n".join(texts), is_for_pagers=True)


def _found(asked: QueryResult, wanted: Collection[Reason], since: dt.date) -> list[Reminder]:
    duties, selection = asked.standings.duties, asked.selection
    members = {m for d in selection.departments for m in duties.members(d)}
    tasks = [item.standing for item in asked.selected]
    late = (one for one in asked.letters if one.is_late(asked.standings.as_of))
    unanswered = {(one.letter.department, task) for one in late for task in one.still_open}
    reviewer = reviewer_of(asked.standings.plan)
    # the office decides on tasks that it has no part in
    every = asked.standings.plan.tasks()
    decided = [asked.standings.of(*one) for one in every] if reviewer in members else tasks
    found = [
        *reminders(
            asked.standings,
            tasks,
            selection.roles or tuple(Role),
            unanswered,
            since,
        ),
        *overdue_decisions(asked.standings, decided, reviewer),
    ]
    return [
        reminder
        for reminder in found
        if set(wanted).intersection(reminder.reasons)
        and (not members or reminder.department in members)
    ]
