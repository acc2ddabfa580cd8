"""`fs progress import`."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.admission import Draft, admit
from foodsafety_cli.analysis.cautions import cautions
from foodsafety_cli.cli.app import Command, new_app
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.people import AllowDecrease, By, DryRun, reporter
from foodsafety_cli.cli.streams import answering, say, say_for_now
from foodsafety_cli.exchange.sheets import HandedIn, read
from foodsafety_cli.exchange.submissions import Fault, Faulty, Placed, drafts, identity, told_twice
from foodsafety_cli.model.errors import FileUnreadable, UsageError, why_unread
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.progress import Entry, Record, Report, Submission
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.report_views import figure_words
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.fold import Fold
from foodsafety_cli.store.ledger import now

app = new_app()

_FAULTS_SHOWN = 50


class _Taken(ValueType):
    """What a file adds: its submissions, and what stood before each figure, by day and entry."""

    name: str
    submissions: tuple[Submission, ...]
    before: Mapping[tuple[dt.date, Entry], Report | None]
    is_known: bool  # all that it says is in the ledger already


@app.command(
    "import",
    cls=Command,
    epilog=(
        "例：\n"
        "  fs progress import 填报表/*.xlsx          导入交回的填报表\n"
        "  fs progress import 报数.csv --dry-run     先看会改动什么\n"
        "  curl … | fs progress import -             从标准输入读 JSON"
    ),
)
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="文件…", help=".xlsx（fs form 的表）、.csv、.json；- 为标准输入"),
    ],
    by: By = None,
    allow_decrease: AllowDecrease = False,
    dry_run: DryRun = False,
) -> None:
    """导入填好的表：先全部检查，有一处不对就什么也不记录；同一份表再导入不会重复。"""
    office = office_of(ctx)
    handed_in = _read_all(files)
    checked = [(one, *drafts(office.plan, one, office.today)) for one in handed_in]
    _refuse(
        [fault for _, _, faults in checked for fault in faults]
        + list(told_twice([placed for _, placed, _ in checked]))
    )
    taken: list[_Taken] = []

    def make(fold: Fold) -> Sequence[Record]:
        faults: list[Fault] = []
        beside = _Beside(fold, office.today)
        there = {report.submission.id: report.undone for report in office.workspace.history.all()}
        for one, placed, _ in checked:
            before, found = _admit(office, beside, placed, allow_decrease=allow_decrease)
            faults += found
            made = _submissions(office.plan, fold, placed, reporter(by), there)
            taken.append(_Taken(one.name, made, before, is_known=bool(placed) and not made))
        _refuse(faults)
        return [submission for one in taken for submission in one.submissions]

    if dry_run:
        make(office.workspace.fold)
    else:
        office.workspace.submit_all(make)
    office.report_problems()
    with nullcontext() if dry_run else answering("已记录"):
        for one in taken:
            _tell(one, dry_run=dry_run)
    for one, (handed, placed, _) in zip(taken, checked, strict=True):
        if handed.unread:
            say(f"注意：{one.name} 里有没用到的列：{'、'.join(handed.unread)}")
        _caution(office, one, placed)


def _read_all(files: Sequence[str]) -> list[HandedIn]:
    found = []
    for number, name in enumerate(dict.fromkeys(files), 1):
        if len(files) > 1:
            say_for_now(f"正在读第 {number} 个文件，共 {len(files)} 个……")
        try:
            content = sys.stdin.buffer.read() if name == "-" else read_file(Path(name))
        except OSError as error:
            raise FileUnreadable(f"{name} 读不出来（{why_unread(error)}），请核对路径") from error
        found.append(read(name, content))
    if len(files) > 1:
        say_for_now("")
    return found


def _refuse(faults: Sequence[Fault]) -> None:
    if not faults:
        return
    for fault in faults[:_FAULTS_SHOWN]:
        say(str(fault))
    if len(faults) > _FAULTS_SHOWN:
        say(f"……另有 {len(faults) - _FAULTS_SHOWN} 处")
    raise Faulty(faults)


class _Beside:
    """What stands beside a figure: in the ledger, and among what is handed in with it."""

    def __init__(self, fold: Fold, today: dt.date) -> None:
        self._fold = fold
        self._today = today
        self._handed_in: dict[tuple[object, ...], list[Report]] = {}

    def put_in(self, draft: Draft) -> tuple[Report | None, Report | None]:
        """Put a draft among them; returns the figure that stood on its day, and the next after."""
        entry, day = draft.entry, draft.date
        with_it = self._handed_in.setdefault(entry[:3], [])
        known = [r for r in self._fold.around(entry, day, self._today) if r] + with_it
        before = [report for report in known if report.submission.date <= day]
        after = [report for report in known if report.submission.date > day]
        if entry.has_figure:
            moment = dt.datetime.max.replace(tzinfo=dt.UTC)
            with_it.append(Report(Submission("", moment, "", day, (entry,)), entry, 0))
        dated = attrgetter("submission.date")
        return max(before, key=dated, default=None), min(after, key=dated, default=None)


def _admit(
    office: Office, beside: _Beside, placed: Sequence[Placed], *, allow_decrease: bool
) -> tuple[Mapping[tuple[dt.date, Entry], Report | None], list[Fault]]:
    """What was reported before each, and what that has against it."""
    before: dict[tuple[dt.date, Entry], Report | None] = {}
    faults = []
    for place, draft in placed:
        earlier, later = beside.put_in(draft)
        before[draft.date, draft.entry] = earlier
        try:
            admit(office.plan, draft, earlier, later, office.today, allow_decrease=allow_decrease)
        except UsageError as error:
            faults.append(Fault(place, str(error)))
    return before, faults


def _submissions(
    plan: Plan, fold: Fold, placed: Sequence[Placed], by: str, there: dict[str, bool]
) -> tuple[Submission, ...]:
    """A submission for each day of a file, but for those that are there and not taken back."""
    by_day: dict[dt.date, list[Entry]] = {}
    for _, draft in placed:
        by_day.setdefault(draft.date, []).append(draft.entry)
    made = []
    for day, entries in sorted(by_day.items()):
        times = 0
        while there.get(name := identity(plan, day, entries, times)):
            times += 1  # taken back: what is handed in once more is a report of its own
        if name not in there:
            there[name] = False
            made.append(Submission(name, now(fold.latest), by, day, tuple(entries)))
    return tuple(made)


def _caution(office: Office, taken: _Taken, placed: Sequence[Placed]) -> None:
    """Say what looks like a slip in what was added; the standings are those of before."""
    added = {(submission.date, e) for submission in taken.submissions for e in submission.entries}
    sections = {task.id: section for section, task in office.plan.tasks()}
    for place, draft in placed:
        if (draft.date, draft.entry) in added:
            before = taken.before[draft.date, draft.entry]
            standing = office.standings.of(sections[draft.task.id], draft.task)
            for caution in cautions(office.plan, draft, before, standing):
                say(f"注意：{place}：{caution}")


def _tell(taken: _Taken, *, dry_run: bool) -> None:
    name = "标准输入" if taken.name == "-" else taken.name
    entries = [(s, entry) for s in taken.submissions for entry in s.entries]
    if not entries:
        known = "以前导入过，没有新增" if taken.is_known else "没有填写任何进展"
        print(f"{name}：{known}")
        return
    word = "将记录" if dry_run else "已记录"
    numbers = "" if dry_run else f"，编号 {'、'.join(s.id for s in taken.submissions)}"
    print(f"{name}：{word} {len(entries)} 条{numbers}")
    if dry_run:
        for submission, entry in entries:
            before = taken.before[submission.date, entry]
            was = figure_words(before) if before else "未报"
            report = Report(submission, entry, 0)
            whose = f"（{entry.department}）" if entry.department else ""
            print(f"  任务 {entry.task}{whose}：{was} → {figure_words(report) or '文字'}")
