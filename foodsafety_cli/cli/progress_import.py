"""`fs progress import`."""

import datetime as dt
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.admission import Allowed
from foodsafety_cli.analysis.amending import ever_in_force
from foodsafety_cli.analysis.cautions import cautions
from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.cli.dates import parse_day
from foodsafety_cli.cli.keeping_good import give_back, take_good
from foodsafety_cli.cli.ledger_back import without_unchanged
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.people import AllowDecrease, By, DryRun, Force, reporter
from foodsafety_cli.cli.streams import answering, say, say_for_now, say_on_terminal, tell
from foodsafety_cli.exchange.handing_in import CheckedFile, Taken, Taker, check_files
from foodsafety_cli.exchange.naming import named_files
from foodsafety_cli.exchange.sheets import HandedIn, read
from foodsafety_cli.exchange.submissions import Fault, Faulty, LocatedDraft, drafts
from foodsafety_cli.model.errors import BadValue, FileUnreadable, why_unread
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.text import first_few, one_line
from foodsafety_cli.store.files import read_file

app = new_app()

_FAULTS_SHOWN = 50
_COLUMNS_NAMED = 20


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
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="文件…",
            help=".xlsx（fs form 的表）、.csv、.tsv、.json，或它们的文件夹；- 为标准输入",
        ),
    ],
    date: Annotated[
        dt.date | None,
        typer.Option(
            "--date",
            metavar="日期",
            help="没有写日期的行截至哪一天（默认文件存盘那天）",
            parser=parse_day("--date", month_ends=True),
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="以前导入过、后来改报或撤回了的行，再记一次")
    ] = False,
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help="没有毛病的文件照样记录，有毛病的退回")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="文件夹", help="与 --keep-good 合用：标好毛病的副本放在哪里"
        ),
    ] = None,
    by: By = None,
    allow_decrease: AllowDecrease = False,
    force: Force = False,
    dry_run: DryRun = False,
) -> None:
    """导入填好的表：先全部检查，有一处不对就什么也不记录；导入过的行再导入不会重复。"""
    if output is not None and not keep_good:
        raise BadValue("-o", "要与 --keep-good 合用")
    office = office_of(ctx)
    named, unreadable = _read_all(files, keep_good=keep_good)
    handed_in = {one.name: _dated(office, without_unchanged(office, one), date) for one in named}
    checked = [_checked(office, one) for one in handed_in.values()]

    def record(good: Sequence[CheckedFile]) -> list[Taken]:
        with office.workspace.recording(dry_run=dry_run, on_wait=say_on_terminal) as book:
            allowed = Allowed(allow_decrease, force)
            who = reporter(by)
            is_of_a_day = date is not None
            taker = Taker(
                office.printed,
                book,
                who,
                office.today,
                allowed,
                again=again,
                is_of_a_day=is_of_a_day,
            )
            return taker.take(good)

    bad: dict[str, list[Fault]] = {}
    try:
        if keep_good:
            taken, checked, bad = take_good(checked, record)
        else:
            check_files(checked)
            taken = record(checked)
    except Faulty as error:
        _tell_faults(error)
        raise
    bad |= unreadable
    office.report_problems()
    if dry_run:
        office.workspace.forget_pending()
    with nullcontext() if dry_run else answering("已记录"):
        for one in taken:
            _tell(one, dry_run=dry_run)
        _tell_known(taken, checked)
        if date and not any(row.is_undated for file in checked for row in file.drafts):
            say("注意：各行都写了日期，--date 没有用上")
        _tell_batch(taken, dry_run=dry_run)
    for one, file in zip(taken, checked, strict=True):
        handed = handed_in[one.name]
        if handed.unread:
            say(f"注意：{one.name} 里有没用到的列：{first_few(handed.unread, _COLUMNS_NAMED)}")
        for note in handed.notes:
            say(f"注意：{note}")
        _tell_days(one, file.drafts, handed)
        _tell_left_out(one)
        _caution(office, one, file.drafts)
    if bad:
        give_back(output, bad, kept=bool(taken), dry_run=dry_run)


def _checked(office: Office, handed_in: HandedIn) -> CheckedFile:
    found, faults = drafts(office.printed, handed_in, office.today)
    return CheckedFile(handed_in.name, tuple(found), tuple(faults))


def _tell_faults(error: Faulty) -> None:
    for fault in error.faults[:_FAULTS_SHOWN]:
        say(str(fault))
    if len(error.faults) > _FAULTS_SHOWN:
        say(f"……另有 {len(error.faults) - _FAULTS_SHOWN} 处")


def _read_all(
    arguments: Sequence[str], *, keep_good: bool
) -> tuple[list[HandedIn], dict[str, list[Fault]]]:
    """The files read; with `keep_good` those that cannot be are faults instead of an error."""
    files, passed_over = named_files(arguments)
    for words in passed_over:
        say(f"注意：{words}")
    found = []
    unreadable: dict[str, list[Fault]] = {}
    for number, name in enumerate(files, 1):
        if len(files) > 1:
            say_for_now(f"正在读第 {number} 个文件，共 {len(files)} 个……")
        try:
            found.append(_read(name))
        except FileUnreadable as error:
            if not keep_good:
                raise
            unreadable[name] = [Fault(one_line(name), str(error), name)]
    if len(files) > 1:
        say_for_now("")
    return found, unreadable


def _read(name: str) -> HandedIn:
    try:
        content = sys.stdin.buffer.read() if name == "-" else read_file(Path(name))
    except OSError as error:
        raise FileUnreadable(f"{name} 读不出来（{why_unread(error)}），请核对路径") from error
    return read(name, content)


def _dated(office: Office, handed_in: HandedIn, date: dt.date | None) -> HandedIn:
    """The file with the day of its rows that give none: as told, when it was saved, or today."""
    if date is not None:
        return handed_in._replace(day=(date, " --date 写的那天"))
    if handed_in.name != "-":
        saved = dt.date.fromtimestamp(Path(handed_in.name).stat().st_mtime)
        if office.plan.period.start <= saved < office.today:
            return handed_in._replace(day=(saved, "文件存盘那天"))
        if saved < office.today:
            why = f"今天：文件存盘那天 {saved} 不在工作期里"
            return handed_in._replace(day=(office.today, why))
    return handed_in


def _tell_days(taken: Taken, located: Sequence[LocatedDraft], handed_in: HandedIn) -> None:
    """Say which day rows without one were recorded for, where it is not today."""
    added = {(submission.date, e) for submission in taken.submissions for e in submission.entries}
    undated = [
        one for one in located if one.is_undated and (one.draft.date, one.draft.entry) in added
    ]
    if undated and handed_in.day:
        day, whose = handed_in.day
        name = one_line(taken.name)
        say(f"{name}：没有写日期的 {len(undated)} 条记在{whose}（{day}）")


def _tell_left_out(taken: Taken) -> None:
    """Say what was known already; by row, where it does not stand any more."""
    if taken.known and taken.submissions:
        say(f"{one_line(taken.name)}：另有 {taken.known} 条以前导入过，没有再记")
    for fault in taken.left_out[:_FAULTS_SHOWN]:
        say(f"注意：{fault}，没有再记")
    if len(taken.left_out) > _FAULTS_SHOWN:
        say(f"……另有 {len(taken.left_out) - _FAULTS_SHOWN} 处")
    if taken.left_out:
        say("要再记一次，请加 --again")


def _caution(office: Office, taken: Taken, located: Sequence[LocatedDraft]) -> None:
    """Say what looks like a slip in what was added."""
    standings = office.workspace.standings(office.printed, office.as_of)
    added = {(submission.date, e) for submission in taken.submissions for e in submission.entries}
    tasks = ever_in_force(office.printed).tasks()
    sections = {task.id: section for section, task in tasks}
    for place, draft, _ in located:
        if (draft.date, draft.entry) in added:
            before = taken.before[draft.date, draft.entry]
            standing = standings.of(sections[draft.task.id], draft.task)
            for caution in cautions(office.plan, draft, before, standings, standing):
                say(f"注意：{place}：{caution}")


def _tell_batch(taken: Sequence[Taken], *, dry_run: bool) -> None:
    made = [submission for one in taken for submission in one.submissions]
    if len(made) > 1 and not dry_run:
        tell(f"整批撤销：fs progress undo --batch {made[0].batch}")


def _tell_known(taken: Sequence[Taken], checked: Sequence[CheckedFile]) -> None:
    """Say once how the same figures are recorded again, where files brought nothing new."""
    is_old = [one.known and not one.submissions and not one.left_out for one in taken]
    files = [file for file, old in zip(checked, is_old, strict=True) if old]
    if any(row.is_undated for file in files for row in file.drafts):
        say("又报了一次同样的数的，加 --again --date 数据日期 再导入")
    elif files:
        say("又报了一次同样的数的，请把行里的日期改成新的再导入")


def _tell(taken: Taken, *, dry_run: bool) -> None:
    name = "标准输入" if taken.name == "-" else one_line(taken.name)
    entries = [(s, entry) for s in taken.submissions for entry in s.entries]
    if not entries:
        known = "以前导入过，没有新增" if taken.known else "没有填写任何进展"
        tell(f"{name}：{known}")
        return
    word = "将记录" if dry_run else "已记录"
    numbers = "" if dry_run else f"，编号 {'、'.join(s.id for s in taken.submissions)}"
    tell(f"{name}：{word} {len(entries)} 条{numbers}")
    if dry_run:
        for submission, entry in entries:
            before = taken.before[submission.date, entry]
            was = figure_words(before) if before else "未报"
            report = Report(submission, entry, 0)
            whose = f"（{entry.department}）" if entry.department else ""
            tell(f"  任务 {entry.task}{whose}：{was} → {figure_words(report) or '文字'}")
