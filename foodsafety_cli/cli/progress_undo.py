"""`fs progress undo`."""

import sys
from typing import Annotated

import typer

from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.streams import confirming, say, say_question, tell
from foodsafety_cli.model.errors import AmbiguousName, StepRefused, UnknownName, UsageError
from foodsafety_cli.model.events import Event, UnknownEvent
from foodsafety_cli.model.steps import Extension, Letter, SignOff, Step
from foodsafety_cli.render.event_words import described
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
    batch: Annotated[
        bool, typer.Option("--batch", help="撤销整批导入：编号写这一批的，或其中任何一份的")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再询问，直接撤销")] = False,
    by: By = None,
) -> None:
    """撤销一次填报（或销号、延期、发函）。台账里另记一行“撤销”，原来的记录仍在。"""
    office = office_of(ctx)
    office.report_problems()
    history = office.workspace.history
    meant = _batch(history, submission) if batch else [_meant(history, submission)]
    for sentence in (sentence for event in meant for sentence in described(event)):
        say(f"要撤销：{sentence}")
    if not yes and not _agreed():
        say("没有撤销。")
        return

    with office.recording() as book:
        for event in meant:
            _meant(history, event.id)  # somebody may have taken it back meanwhile
            _refuse_decided(history, event)
            book.undo(event.id, reporter(by))
    with confirming(f"已撤销 {'、'.join(event.id for event in meant)}"):
        for sentence in (sentence for event in meant for sentence in described(event)):
            tell(f"已撤销：{sentence}")


def _meant(history: History, given: str | None) -> Event:
    """The event meant; without a name, the submission made last."""
    if given is None:
        last = history.last_made()
        if last is None:
            raise StepRefused(
                "台账里没有可以撤销的填报。销号、延期、发函的撤销要写编号：fs progress undo 编号"
                "（编号见 fs log）。"
            )
        return last
    start = given.strip()
    found = {e.id: (e, u) for e, u in history.named(start) if not isinstance(e, UnknownEvent)}
    ids = [start] if start in found else list(found)
    if not ids or not start:
        raise UnknownName("填报编号（编号见 fs log）", given)
    if len(ids) > 1:
        raise AmbiguousName("填报编号", given, ids)
    event, is_undone = found[ids[0]]
    if is_undone:
        raise StepRefused(f"{event.id} 已经撤销过了。")
    return event


def _batch(history: History, given: str | None) -> list[Event]:
    """What stands of the import meant."""
    start = (given or "").strip()
    if not start:
        raise StepRefused(
            "请写明是哪一批：fs progress undo --batch 编号（见导入时的回答或 fs log）。"
        )
    found = history.batches(start)
    if not found:
        raise UnknownName("导入编号（编号见 fs log）", start)
    if len(found) > 1:
        raise AmbiguousName("导入编号", start, found)
    events = [event for event, is_undone in history.of_batch(found[0]) if not is_undone]
    if not events:
        raise StepRefused(f"{found[0]} 这一批已经全部撤销过了。")
    return events


def _refuse_decided(history: History, event: Event) -> None:
    """Raise `Refused` for what somebody has decided on: that has to be taken back first."""
    steps: list[Step] = history.steps(SignOff, Extension, Letter)
    for step in steps:
        if step.of == event.id:
            name = getattr(step.step, "label", "反馈")
            raise StepRefused(
                f"{event.id} 之后已有“{name}”（{step.by}，编号 {step.id}），"
                f"请先撤销那一步：fs progress undo {step.id}"
            )


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UsageError("撤销前要确认：在脚本里请加 --yes。")
    say_question("确定撤销吗？[y/N]")
    try:
        answer = sys.stdin.readline()
    except UnicodeDecodeError:  # not a yes we can read
        return False
    return answer.strip().lower() in ("y", "yes", "是", "好")
