"""`fs letter write`."""

import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis import letters as correspondence
from foodsafety_cli.analysis.forecast import Outlook
from foodsafety_cli.analysis.letter_words import messages
from foodsafety_cli.analysis.letters import Addressed, LeftOut
from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.analysis.signoff import reviewer_of
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.letter_choice import Head, Which, ready_letters
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Filters, FormatOption
from foodsafety_cli.cli.outlook import outlooks
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.streams import answering, say, say_on_terminal, tell
from foodsafety_cli.model.errors import BadValue, CannotWrite, Refused, reason_of
from foodsafety_cli.model.steps import Letter, LetterStep
from foodsafety_cli.render.forecast_views import in_words
from foodsafety_cli.render.letter_views import to_write_listing
from foodsafety_cli.render.output import Output, show
from foodsafety_cli.store.files import file_names, make_folder, write_new_file
from foodsafety_cli.store.unfinished import clear_unfinished, finish, mark_unfinished

app = new_app()
_USUAL_DAYS = 7
_NAMED = 3


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs letter write --kind 督办 --light 红 --reply-by 2021-10-20 --signer 姓名 -o 督办/\n"
        "  fs letter write --kind 催办 --unanswered -o 催办/\n"
        "  fs letter write --overdue --message       只要发微信、短信的文字，不编号、不记账\n"
        "  fs letter write 17 --kind 督办 --dry-run  先看发给谁"
    ),
)
@with_bundles
def write(
    ctx: typer.Context,
    filters: Filters,
    which: Which,
    head: Head,
    task: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="任务序号…", help="只写这些任务；不写则看筛选", autocompletion=suggest.tasks
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件夹", help="写到哪个文件夹")
    ] = None,
    message: Annotated[
        bool, typer.Option("--message", help="只输出发微信、短信的文字，一个单位一段")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看发给谁，不写")] = False,
    form: FormatOption = None,
    by: By = None,
) -> None:
    """写函：选出任务，给没有完成自己那一份的单位各写一件（.docx，一页），编号并记入台账。"""
    office = office_of(ctx)
    reply_by = head.reply_by or office.today + dt.timedelta(days=_USUAL_DAYS)
    if reply_by <= office.today:
        raise BadValue("--reply-by", f"{reply_by} 要晚于今天，请写今天以后的一天")
    if message or dry_run:
        ready = ready_letters(office, filters, which, head, task or ())
        _tell_left_out(ready.left_out)
        office.report_problems()
        if message:
            texts = messages(office.plan, head.kind, ready.found, office.as_of, reply_by)
            tell("\n\n".join(texts) or "没有要提醒的单位。")
            say("只是文字，没有编号，也没有记入台账。")
        else:
            show(to_write_listing(ready.numbered, reply_by), Output(form))
        return
    if output is None:
        raise BadValue("-o", "请写把函放到哪个文件夹，如 -o 督办/；先看发给谁用 --dry-run")
    Output(form).resolve(sys.stdout)
    with _whole() as written, office.workspace.recording(on_wait=say_on_terminal) as book:
        ready = ready_letters(office, filters, which, head, task or ())
        clear_unfinished(
            output, {one.letter.file for one in office.workspace.letters(office.standings)}
        )
        files = _files(output, ready.numbered)
        recorded = []
        if files:
            make_folder(output)
            written.append(mark_unfinished(output, files))
        for (number, one), file in zip(ready.numbered, files, strict=True):
            content = _document(office, head, number, one, reply_by)
            _write(file, content)
            written.append(file)
            recorded.append(book.record(_letter(office, head, number, one, reply_by, file, by)))
    finish(output)
    office.report_problems()
    _tell_left_out(ready.left_out)
    with answering(f"已写好 {len(recorded)} 件并记入台账"):
        if form:
            show(to_write_listing(ready.numbered, reply_by, recorded), Output(form))
        else:
            tell(_sentence(recorded))


def _files(folder: Path, numbered: Sequence[tuple[str, Addressed]]) -> list[Path]:
    """Where each letter goes; raises `Refused` where its number is there already."""
    try:
        there = sorted(os.listdir(folder)) if folder.is_dir() else []
    except OSError as error:
        raise CannotWrite(f"文件夹 {folder} 读不了（{reason_of(error)}）") from error
    names = file_names(f"{number}-{one.department}" for number, one in numbered)
    for number, _ in numbered:
        (start,) = file_names([number])
        taken = [file for file in there if file.startswith(start)]
        if taken:
            raise Refused(
                f"{folder / taken[0]} 已经有了，用的就是 {number}（发过又撤销的，或别处编的号）："
                "请换一个文件夹，或用 --number 另编。"
            )
    return [folder / f"{name}.docx" for name in names]


def _document(office: Office, head: Head, number: str, one: Addressed, reply_by: dt.date) -> bytes:
    from foodsafety_cli.exchange.letters import Letterhead, as_letter

    reviewer = reviewer_of(office.plan.closing)
    signed = (head.signer or "", reviewer, office.today, reply_by)
    letterhead = Letterhead(head.kind, number, *signed, _ahead(office, one))
    return as_letter(letterhead, office.standings, one)


def _ahead(office: Office, one: Addressed) -> str:
    """What the indicators of a letter about one task will come to, as far as it can be said."""
    if len(one.tasks) != 1 or not one.tasks[0].indicators:
        return ""
    (standing,) = one.tasks
    history = office.workspace.history.reports(standing.task.id)
    found = outlooks(office, [Selected(standing, ())], history)
    behind = (Outlook.OPEN, Outlook.HARD)
    return "".join(in_words(o) for o in found if o.forecast.outlook in behind and o.basis)


def _letter(
    office: Office,
    head: Head,
    number: str,
    one: Addressed,
    reply_by: dt.date,
    file: Path,
    by: str | None,
) -> Letter:
    return Letter(
        "",
        dt.datetime.min.replace(tzinfo=dt.UTC),
        reporter(by),
        LetterStep.WRITE,
        office.today,
        number,
        head.kind,
        one.department,
        tuple(standing.task.id for standing in one.tasks),
        reply_by,
        head.signer or "",
        file.name,
    )


def _write(path: Path, content: bytes) -> None:
    try:
        write_new_file(path, content)
    except OSError as error:
        raise CannotWrite(f"文件 {path} 写不进去（{reason_of(error)}）") from error


@contextmanager
def _whole() -> Iterator[list[Path]]:
    """Files that are taken away again where what comes after them fails."""
    written: list[Path] = []
    try:
        yield written
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise


def _tell_left_out(left_out: Sequence[LeftOut]) -> None:
    for one in left_out:
        say(
            f"没有写给{one.department}（任务 {one.task}）：{one.last.number} 之后，"
            f"{one.reported} 已经填报。还要写请加 --again。"
        )


def _sentence(recorded: Sequence[Letter]) -> str:
    if not recorded:
        return "没有要发函的：选中的任务都没有落后的单位。"
    first, last = recorded[0].number, recorded[-1].number
    parts = correspondence.read_number(last)
    until = f"—{parts[2]}号" if len(recorded) > 1 and parts else "号"
    named = "，".join(
        f"{one.department} 任务{'、'.join(map(str, one.tasks))}" for one in recorded[:_NAMED]
    )
    more = "…" if len(recorded) > _NAMED else ""
    numbers = f"{first.removesuffix('号')}{until}"
    return f"已写好 {len(recorded)} 份：{numbers}（{named}{more}）。已记入台账，等反馈。"
