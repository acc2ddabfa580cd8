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
from foodsafety_cli.model.events import Event, Report, Submission, UnknownEvent
from foodsafety_cli.model.steps import Extension, Letter, SignOff
from foodsafety_cli.model.text import one_line
from foodsafety_cli.render.step_views import story_rows
from foodsafety_cli.store.ledger.history import History

app = new_app()


@app.command(cls=Command)
def undo(
    ctx: typer.Context,
    submission: Annotated[
        str | None,
        typer.Argument(
            metavar="编号",
            help="填报、销号等的编号或其开头几位（见 fs log）；不写则为最近一次填报",
            autocompletion=suggest.submissions,
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接撤销")] = False,
    by: By = None,
) -> None:
    """撤销一次填报（或销号、延期、发函）。台账里另记一行“撤销”，原来的记录仍在。"""
    office = office_of(ctx)
    office.report_problems()
    meant = _meant(office.workspace.history, submission)
    for sentence in described(meant):
        say(f"要撤销：{sentence}")
    if not yes and not _agreed():
        say("没有撤销。")
        return

    with office.workspace.recording(on_wait=say_on_terminal) as book:
        _meant(office.workspace.history, meant.id)  # somebody may have taken it back meanwhile
        _refuse_decided(office.workspace.history, meant)
        book.undo(meant.id, reporter(by))
    with answering(f"已撤销 {meant.id}"):
        for sentence in described(meant):
            tell(f"已撤销：{sentence}")


def _meant(history: History, given: str | None) -> Event:
    """The event meant; without a name, the submission made last."""
    if given is None:
        last = history.last_made()
        if last is None:
            raise Refused("台账里没有可以撤销的填报。")
        return last
    start = given.strip()
    found = {e.id: (e, u) for e, u in history.named(start) if not isinstance(e, UnknownEvent)}
    ids = [start] if start in found else list(found)
    if not ids or not start:
        raise UnknownName("填报编号", given)
    if len(ids) > 1:
        raise AmbiguousName("填报编号", given, ids)
    event, is_undone = found[ids[0]]
    if is_undone:
        raise Refused(f"{event.id} 已经撤销过了。")
    return event


def _refuse_decided(history: History, event: Event) -> None:
    """Raise `Refused` for what somebody has decided on: that has to be taken back first."""
    for step in history.steps("signoff", "extension", "letter"):
        if step.of == event.id:
            name = getattr(step.step, "label", "反馈")
            raise Refused(
                f"{event.id} 之后已有“{name}”（{step.by}，编号 {step.id}），"
                f"请先撤销那一步：fs progress undo {step.id}"
            )


def described(event: Event) -> list[str]:
    """An event in words, a line for each task that it is about."""
    if isinstance(event, Submission):
        reports = (Report(event, entry, n) for n, entry in enumerate(event.entries))
        return [_describe(report) for report in reports]
    if not isinstance(event, SignOff | Extension | Letter):
        return []
    said = f"{event.by} {event.at:%Y-%m-%d %H:%M} 记录，编号 {event.id}"
    rows = story_rows([event]) or [{"task": "", "figure": "反馈", "words": "", "department": ""}]
    return [
        one_line(
            f"任务 {row['task']}（{row['department']}）{row['figure']}"
            f"{'，' if row['words'] else ''}{row['words']}，{said}"
        )
        for row in rows
    ]


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
