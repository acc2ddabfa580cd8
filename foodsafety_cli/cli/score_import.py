"""`fs score import`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.scoring import latest_marks
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.scoring import NEVER, Scoring
from foodsafety_cli.cli.streams import confirming, say_caution, say_fault, tell
from foodsafety_cli.exchange.naming import named_files
from foodsafety_cli.exchange.score_form import Filled, SelfMark, read_form
from foodsafety_cli.model.errors import (
    BadValue,
    FileUnreadable,
    FoodSafetyError,
    HandInFaulty,
    Refused,
    why_unread,
)
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.steps import Mark, MarkStep, Stage
from foodsafety_cli.model.text import clean
from foodsafety_cli.store.evidence import found_files
from foodsafety_cli.store.files import read_file

app = new_app()


@app.command("import", cls=Command)
@with_bundles
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="文件", help="交回的自评表；可写文件夹、'自评表/*.xlsx'")
    ],
    by: By = None,
) -> None:
    """导入交回的自评表：先全部检查，有一处不对什么也不记；同一份再导入不重复。"""
    scoring = Scoring(office_of(ctx))
    faults: list[str] = []
    marks: list[Mark] = []
    named, passed_over = named_files(files)
    for words in passed_over:
        say_caution(MessageCode.PASSED_OVER, words)
    for name in named:
        filled = read_form(name, _content(Path(name)))
        faults += filled.faults
        for note in filled.notes:
            say_caution(MessageCode.HAND_IN_NOTE, note)
        own = _judged(scoring, filled, name, reporter(by), faults)
        faults += _contradicting(marks, own, name)
        marks += own
    if faults:
        for fault in faults:
            say_fault(MessageCode.ROW_FAULT, fault)
        raise HandInFaulty(len(faults))
    with scoring.office.recording() as book:
        undone = {_said(mark) for mark in scoring.marks_undone() if mark.stage is Stage.OWN}
        known = {_said(mark) for mark in scoring.marks() if mark.stage is Stage.OWN} | undone
        latest = {
            _said(own[Stage.OWN])
            for own in latest_marks(scoring.marks()).values()
            if Stage.OWN in own
        }
        meant = {_said(mark): mark for mark in marks}  # two copies of one form are one
        fresh = [mark for said, mark in meant.items() if said not in known]
        for mark in fresh:
            book.record(mark)
    for mark in (mark for said, mark in meant.items() if said in known - latest):
        why = "撤回了" if _said(mark) in undone else "改过"
        say_caution(
            MessageCode.KNOWN_ROW,
            f"{mark.department} {mark.item} 是以前导入过的，后来{why}，没有再记；"
            "要再记请用 fs score mark",
        )
    with confirming(f"已记录 {len(fresh)} 条"):
        repeated = len(marks) - len(fresh)
        more = f"，{repeated} 条与此前相同，没有重复记" if repeated else ""
        tell(f"已记录自评 {len(fresh)} 条{more}")


def _content(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise FileUnreadable(f"{path} 读不出来（{why_unread(error)}）") from error


def _judged(scoring: Scoring, filled: Filled, name: str, by: str, faults: list[str]) -> list[Mark]:
    """The marks that a form stands for; what is wrong with it goes into `faults`."""
    plan = scoring.office.plan
    if (filled.document_number, filled.year) != (
        plan.document_number,
        str(plan.period.start.year),
    ):
        faults.append(f"{name} 是另一份安排（{filled.document_number}）的自评表，没有导入")
        return []
    found = []
    for row in filled.marks:
        mark = _mark(scoring, filled.department, row, by)
        try:
            item = scoring.item(mark.item)
            if row.title != clean(item.title).strip():
                words = f"{item.id} 现在是“{item.title}”，表上是“{row.title}”：请重新发表填"
                raise Refused(words)
            scoring.check_mark(mark)
        except FoodSafetyError as error:
            reason = error.reason if isinstance(error, BadValue) else error
            faults.append(f"{row.place}：{reason}")
            continue
        found.append(mark)
    return found


def _mark(scoring: Scoring, department: str, row: SelfMark, by: str) -> Mark:
    name = scoring.office.standings.reporters.name_of(department) or department
    return Mark(
        "",
        NEVER,
        by,
        MarkStep.MARK,
        scoring.office.today,
        row.item,
        name,
        Stage.OWN,
        row.points,
        False,
        row.times,
        row.words,
        row.evidence,
        found_files(scoring.office.workspace.ledger_path.parent, row.evidence),
    )


def _said(mark: Mark) -> tuple[object, ...]:
    """What a row of a form is known by: whose, of what, and what it says."""
    figures = (mark.points, mark.times)
    return mark.department, mark.item, *figures, mark.basis, mark.evidence


def _contradicting(marks: Sequence[Mark], own: Sequence[Mark], name: str) -> Iterator[str]:
    """Where a form says something else than another one of the same department."""
    said = {(mark.department, mark.item): _said(mark) for mark in marks}
    for mark in own:
        other = said.get((mark.department, mark.item))
        if other is not None and other != _said(mark):
            yield f"{name}：{mark.department} {mark.item} 和另一份表写的不一样，请只交一份"
