"""Letters going out: numbered, put into a folder and recorded, all of them or none."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.days import refuse_far_off
from foodsafety_cli.analysis.letter_choice import GetsNoLetter
from foodsafety_cli.analysis.letter_numbers import Numbering, read_number
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.people import parse_words, reporter
from foodsafety_cli.cli.streams import confirming, tell
from foodsafety_cli.model.errors import (
    BadDay,
    CannotWrite,
    FoodSafetyError,
    Refused,
    UsageError,
    reason_of,
)
from foodsafety_cli.model.steps import Letter, LetterKind, LetterStep
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.forms.registry import Format
from foodsafety_cli.render.letter_views import to_write_listing
from foodsafety_cli.render.output import Output, show
from foodsafety_cli.store.files import file_names, folder_for, make_folder, write_new_file
from foodsafety_cli.store.unfinished import clear_unfinished, finish, mark_unfinished

ReplyBy = Annotated[
    dt.date | None,
    typer.Option(
        "--reply-by",
        metavar="日期",
        help="请在哪一天前反馈",
        parser=parse_day("--reply-by", month_ends=True),
    ),
]
ToFolder = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="文件夹", help="写到哪个文件夹")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看发给谁，不写")]
_NAMED = 3
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)  # until the ledger gives the moment


class LetterHead(ValueType):
    """What stands in a letter besides its words, as typed."""

    signer: Annotated[
        str | None,
        typer.Option(
            "--signer", metavar="姓名", help="签发人；不写则留空", parser=parse_words("--signer")
        ),
    ] = None
    number: Annotated[
        str | None,
        typer.Option("--number", metavar="号", help="从几号起编（默认接着编），或写整个文号"),
    ] = None


class LetterDraft(ValueType):
    """A letter before it goes out (without an id) or after, and how its document is made."""

    letter: Letter
    titles: tuple[str, ...]  # of what it is about
    document: Callable[[], bytes]


class Outgoing(ValueType):
    """The letters that go out, and those that were asked for and do not."""

    drafts: Sequence[LetterDraft]
    left_out: Sequence[GetsNoLetter] = ()


def day_to_reply(office: Office, wanted: dt.date | None, usual_days: int) -> dt.date:
    """The day by which answers are asked for; raises `BadValue` where it is over."""
    day = wanted or office.today + dt.timedelta(days=usual_days)
    if day <= office.today:
        raise BadDay("--reply-by", f"{day} 要晚于今天，请写今天以后的一天")
    refuse_far_off("--reply-by", day, office.today)
    return day


def named_folder(output: Path | None, example: str) -> Path:
    """The folder that was named; raises `BadValue` where none was."""
    if output is None:
        words = f"请写把函放到哪个文件夹，如 -o {example}；先看发给谁用 --dry-run"
        raise UsageError(f"-o：{words}")
    return output


def numbers(office: Office, kind: LetterKind, wanted: str | None, count: int) -> list[str]:
    """So many numbers, from the one that is wanted or the next on; raises `BadValue`."""
    used = {*office.workspace.letter_numbers(), *_numbers_before(office)}
    return Numbering(office.plan, kind, office.today.year, used).numbers(count, wanted)


def _numbers_before(office: Office) -> list[str]:
    """The numbers that last year's folder has used: in January it writes letters, too."""
    if not office.printed.previous:
        return []
    try:
        return office.workspace.previous(office.printed.previous).letter_numbers()
    except FoodSafetyError:
        return []  # `fs check` says what is wrong with that folder


def new_letter(
    office: Office, kind: LetterKind, number: str, department: str, by: str | None
) -> Letter:
    """A letter of today, which the ledger does not have yet."""
    step, who = LetterStep.WRITE, reporter(by)
    return Letter("", _NEVER, who, step, office.today, number, kind, department)


def post(office: Office, folder: Path, prepare: Callable[[Office], Outgoing]) -> Outgoing:
    """Write letters into a folder and record them: all of them, or none.

    Raises `Refused` where the folder has a number already, `CannotWrite` where it cannot.
    """
    workspace = office.workspace
    status = workspace.ledger_status()
    outgoing = prepare(office)
    documents = _documents(outgoing)  # the long part, without the lock
    with (
        folder_for(folder) if documents else nullcontext(),
        _whole() as written,
        office.recording() as book,
    ):
        if workspace.ledger_status() != status:  # somebody has reported meanwhile
            office = office.anew()
            outgoing = prepare(office)
            documents = _documents(outgoing)
        sent = workspace.letters(office.standings)
        clear_unfinished(folder, {one.letter.file for one in sent})
        files = _files(folder, [draft.letter for draft in outgoing.drafts])
        if files:
            make_folder(folder)  # there were none to write before somebody reported
            written.append(mark_unfinished(folder, files))
        recorded = []
        for draft, file, document in zip(outgoing.drafts, files, documents, strict=True):
            _write(file, document)
            written.append(file)
            letter = book.record(draft.letter._replace(file=file.name))
            recorded.append(draft._replace(letter=letter))
    finish(folder)
    return outgoing._replace(drafts=recorded)


def _documents(outgoing: Outgoing) -> list[bytes]:
    return [draft.document() for draft in outgoing.drafts]


def _files(folder: Path, letters: Sequence[Letter]) -> list[Path]:
    """Where each letter goes; raises `Refused` where its number is there already."""
    try:
        there = sorted(os.listdir(folder)) if folder.is_dir() else []
    except OSError as error:
        raise CannotWrite(f"文件夹 {folder} 读不了（{reason_of(error)}）") from error
    for number in (letter.number for letter in letters):
        (start,) = file_names([number])
        taken = [file for file in there if file.startswith(start)]
        if taken:
            raise Refused(
                f"{folder / taken[0]} 已经有了，用的就是 {number}（发过又撤销的，或别处编的号）："
                "请换一个文件夹，或用 --number 另编。"
            )
    names = file_names(f"{letter.number}-{letter.department}" for letter in letters)
    return [folder / f"{name}.docx" for name in names]


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


def show_drafts(drafts: Sequence[LetterDraft], if_none: str, form: Format | None) -> None:
    """Print them as a listing."""
    rows = [(draft.letter, draft.titles) for draft in drafts]
    show(to_write_listing(rows, if_none), Output(form))


def tell_posted(recorded: Sequence[LetterDraft], if_none: str, form: Format | None) -> None:
    """Say what went out, or print it where a form is asked for."""
    with confirming(f"已写好 {len(recorded)} 件并记入台账"):
        if form:
            show_drafts(recorded, if_none, form)
        else:
            tell(_sentence([draft.letter for draft in recorded]) if recorded else f"{if_none}。")


def _sentence(letters: Sequence[Letter]) -> str:
    first, last = letters[0].number, letters[-1].number
    parts = read_number(last)
    until = f"—{parts[2]}号" if len(letters) > 1 and parts else "号"
    named = "，".join(f"{one.department} {_about(one)}" for one in letters[:_NAMED])
    more = "…" if len(letters) > _NAMED else ""
    numbered = f"{first.removesuffix('号')}{until}"
    return f"已写好 {len(letters)} 份：{numbered}（{named}{more}）。已记入台账，等反馈。"


def _about(letter: Letter) -> str:
    return f"细则{letter.item}" if letter.item else f"任务{'、'.join(map(str, letter.tasks))}"
