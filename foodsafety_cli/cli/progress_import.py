"""`fs progress import`."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from foodsafety_cli.analysis.admission import Allowed
from foodsafety_cli.analysis.days import read_day
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.cli.import_messages import tell_notes, tell_taken
from foodsafety_cli.cli.ledger_back import without_unchanged
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import date_option
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.partial_import import Recorder, Trial, every_fault, give_back, take_good
from foodsafety_cli.cli.people import AllowDecrease, By, DryRun, Force, reporter
from foodsafety_cli.cli.streams import confirming, say, say_caution, say_fault, say_for_now
from foodsafety_cli.exchange.handing_in import (
    CheckedFile,
    Taken,
    Taker,
    faults_in,
    in_order,
    refuse,
)
from foodsafety_cli.exchange.naming import named_files
from foodsafety_cli.exchange.row_drafts import RowFault
from foodsafety_cli.exchange.sheets import HandedIn, read
from foodsafety_cli.exchange.submissions import Faulty, drafts, says_no_day
from foodsafety_cli.model.errors import BadOutput, FileUnreadable, why_unread
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.text import one_line
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.files import read_file

app = new_app()

_FAULTS_SHOWN = 50


class ImportOptions(ValueType):
    """What handed-in rows count for, and what becomes of faulty files, as typed."""

    date: Annotated[
        dt.date | None,
        date_option("没有写日期的行截至哪一天（默认文件存盘那天）"),
    ] = None
    again: Annotated[
        bool, typer.Option("--again", help="以前导入过、后来改报或撤回了的行，再记一次")
    ] = False
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="没有毛病的文件照样记录，有毛病的退回")
    ] = False
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="文件夹", help="与 --keep-good 合用：标好毛病的副本放在哪里"
        ),
    ] = None


@app.command(
    "import",
    cls=Command,
    epilog=(
        "例：\n"
        "  fs progress import 填报表/*.xlsx          导入交回的填报表\n"
        "  fs progress import 报数.csv --dry-run     先看会改动什么\n"
        "  fs progress import 填报表/ --keep-good -o 退改/  好的记上，有毛病的标好退回\n"
        "  curl … | fs progress import -             从标准输入读 JSON"
    ),
)
@with_bundles
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="文件…",
            help=".xlsx（fs form 的表）、.csv、.tsv、.json，或它们的文件夹；- 为标准输入",
        ),
    ],
    options: ImportOptions,
    by: By = None,
    allow_decrease: AllowDecrease = False,
    force: Force = False,
    dry_run: DryRun = False,
) -> None:
    """导入填好的表：先全部检查，有一处不对就什么也不记录；导入过的行再导入不会重复。"""
    if options.output is not None and not options.keep_good:
        raise BadOutput("-o", "要与 --keep-good 合用")
    if options.output is not None and options.output.exists() and not options.output.is_dir():
        raise BadOutput("-o", f"“{options.output}”不是文件夹，请换一个名字")
    office = office_of(ctx)
    handed_in, checked, unreadable = _read_all(office, files, options.date)
    checked = in_order(checked, Reporters(office.printed))

    def record(good: Sequence[CheckedFile], *, dry_run: bool = dry_run) -> list[Taken]:
        with office.recording(dry_run=dry_run) as book:
            taker = Taker(
                office.printed,
                book,
                reporter(by),
                office.today,
                Allowed(allow_decrease, force),
                again=options.again,
                is_of_a_day=options.date is not None,
            )
            return taker.take(good)

    def try_out(files: Sequence[CheckedFile]) -> None:
        record(files, dry_run=True)
        office.workspace.forget_pending()

    if unreadable and not options.keep_good:
        _refuse(unreadable, every_fault(checked, try_out))
    taken, checked, bad = _taken(checked, record, try_out, keep_good=options.keep_good)
    bad |= {name: [_as_fault(name, error)] for name, error in unreadable.items()}
    office.report_problems()
    if dry_run:
        office.workspace.forget_pending()
    with nullcontext() if dry_run else confirming("已记录"):
        tell_taken(taken, checked, options.date, dry_run=dry_run)
    tell_notes(office, taken, checked, handed_in)
    if bad:
        is_all_kept = bool(taken) and not any(one.left_out for one in taken)
        give_back(options.output, bad, kept=is_all_kept, dry_run=dry_run)


def _taken(
    checked: list[CheckedFile], record: Recorder, try_out: Trial, *, keep_good: bool
) -> tuple[list[Taken], list[CheckedFile], dict[str, list[RowFault]]]:
    """What was recorded, of which files, and the faults of the others; raises `Faulty`."""
    if keep_good:
        return take_good(checked, record, try_out)
    try:
        if faults_in(checked):
            refuse(every_fault(checked, try_out))
        return record(checked), checked, {}
    except Faulty as error:
        _tell_faults(error.faults)
        raise


def _refuse(unreadable: Mapping[str, FileUnreadable], faults: Sequence[RowFault]) -> NoReturn:
    """Tell all that is wrong, and raise the last of the errors."""
    *others, last = unreadable.values()
    for error in others:
        say_fault(error.code, str(error))
    _tell_faults(faults)
    raise last


def _as_fault(name: str, error: FileUnreadable) -> RowFault:
    return RowFault(one_line(name), str(error).removeprefix(name).lstrip(), name, error.code)


def _tell_faults(faults: Sequence[RowFault]) -> None:
    for fault in faults[:_FAULTS_SHOWN]:
        say_fault(fault.code, str(fault))
    if len(faults) > _FAULTS_SHOWN:
        say(f"……另有 {len(faults) - _FAULTS_SHOWN} 处")


def _read_all(
    office: Office, arguments: Sequence[str], date: dt.date | None
) -> tuple[list[HandedIn], list[CheckedFile], dict[str, FileUnreadable]]:
    """The files read and checked, and why the others cannot be read or are not of this plan."""
    files, passed_over = named_files(arguments)
    for words in passed_over:
        say_caution(MessageCode.PASSED_OVER, words)
    found: list[HandedIn] = []
    checked: list[CheckedFile] = []
    unreadable: dict[str, FileUnreadable] = {}
    for number, name in enumerate(files, 1):
        if len(files) > 1:
            say_for_now(f"正在读第 {number} 个文件，共 {len(files)} 个……")
        try:
            handed_in = _dated(office, without_unchanged(office, _read(name)), date)
            checked.append(_checked(office, handed_in))
            found.append(handed_in)
        except FileUnreadable as error:
            unreadable[name] = error
    if len(files) > 1:
        say_for_now("")
    return found, checked, unreadable


def _checked(office: Office, handed_in: HandedIn) -> CheckedFile:
    found, faults = drafts(office.printed, handed_in, office.today)
    return CheckedFile(handed_in.name, tuple(found), tuple(faults))


def _read(name: str) -> HandedIn:
    try:
        content = sys.stdin.buffer.read() if name == "-" else read_file(Path(name))
    except OSError as error:
        raise FileUnreadable(f"{name} 读不出来（{why_unread(error)}），请核对路径") from error
    return read(name, content)


def _dated(office: Office, handed_in: HandedIn, date: dt.date | None) -> HandedIn:
    """The file with the day of its rows that give none.

    As told, else the form's own, else when it was saved, or today.
    """
    if date is not None:
        rest = {key: value for key, value in handed_in.meta.items() if key != "day"}
        return handed_in._replace(day=(date, " --date 写的那天"), meta=rest)
    if own := read_day(handed_in.meta.get("day", "")):
        note = f"没有写日期的行，记在表上写的那天（{own}）"
        notes = (note,) if any(map(says_no_day, handed_in.rows)) else ()
        return handed_in._replace(day=(own, "表上写的那天"), notes=(*handed_in.notes, *notes))
    if handed_in.name != "-":
        saved = dt.date.fromtimestamp(Path(handed_in.name).stat().st_mtime)
        if office.plan.period.start <= saved < office.today:
            return handed_in._replace(day=(saved, "文件存盘那天"))
        if saved < office.today:
            why = f"今天：文件存盘那天 {saved} 不在工作期里"
            return handed_in._replace(day=(office.today, why))
    return handed_in
