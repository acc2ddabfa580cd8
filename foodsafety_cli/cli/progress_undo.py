"""`fs progress undo`."""

import sys
from typing import Annotated

import typer

from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.streams import answering, say, say_on_terminal, tell
from foodsafety_cli.model.errors import AmbiguousName, Refused, UnknownName, UsageError
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.text import one_line
from foodsafety_cli.store.ledger.history import History

app = new_app()


@app.command(cls=Command)
def undo(
    ctx: typer.Context,
    submission: Annotated[
        str | None,
        typer.Argument(
            metavar="编号",
            help="填报的编号或其开头几位（见 fs progress log）；不写则为最近一次",
            autocompletion=suggest.submissions,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接撤销")] = False,
    by: By = None,
) -> None:
    """撤销一次填报。台账里另记一行“撤销”，原来的记录仍在。"""
    office = office_of(ctx)
    office.report_problems()
    meant = _meant(office.workspace.history, submission)
    for report in meant:
        say(f"要撤销：{_describe(report)}")
    if not yes and not _agreed():
        say("没有撤销。")
        return
    chosen = meant[0].submission.id

    with office.workspace.recording(on_wait=say_on_terminal) as book:
        _meant(office.workspace.history, chosen)  # somebody may have taken it back meanwhile
        book.undo(chosen, reporter(by))
    with answering(f"已撤销 {chosen}"):
        for report in meant:
            tell(f"已撤销：{_describe(report)}")


def _meant(history: History, given: str | None) -> list[Report]:
    """The reports of the submission meant; without a name, the one made last."""
    if given is None:
        last = history.last_made()
        if not last:
            raise Refused("台账里没有可以撤销的填报。")
        return last
    start = given.strip()
    found = history.named(start)
    ids = list(dict.fromkeys(report.submission.id for report in found))
    if start in ids:
        ids = [start]
    if not ids or not start:
        raise UnknownName("填报编号", given)
    if len(ids) > 1:
        raise AmbiguousName("填报编号", given, ids)
    meant = [report for report in found if report.submission.id == ids[0]]
    if meant[0].undone:
        raise Refused(f"{ids[0]} 已经撤销过了。")
    return meant


def _describe(report: Report) -> str:
    submission, entry = report.submission, report.entry
    who = f"（{entry.department}）" if entry.department else ""
    said = "；".join(filter(None, (entry.note, entry.problems, entry.next_steps)))
    words = f"，{said}" if said else ""
    return one_line(
        f"任务 {entry.task}{who} {figure_words(report)}{words}，"
        f"{submission.by} {submission.at:%Y-%m-%d %H:%M} 填报，编号 {submission.id}"
    )


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("撤销前要确认：在脚本里请加 --yes。")
    print("确定撤销吗？[y/N] ", end="", file=sys.stderr, flush=True)
    try:
        answer = sys.stdin.readline()
    except UnicodeDecodeError:  # not a yes we can read
        return False
    return answer.strip().lower() in ("y", "yes", "是", "好")
