"""`fs score import`."""

from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.scoring import latest_marks
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, reporter
from foodsafety_cli.cli.scoring import NEVER, Scoring
from foodsafety_cli.cli.streams import answering, say, say_on_terminal, tell
from foodsafety_cli.exchange.naming import named_files
from foodsafety_cli.exchange.score_form import Filled, SelfMark, read_form
from foodsafety_cli.model.errors import (
    BadValue,
    FileUnreadable,
    FoodSafetyError,
    UsageError,
    reason_of,
)
from foodsafety_cli.model.steps import Mark, MarkStep, Stage
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
    scoring = Scoring(ctx)
    faults: list[str] = []
    marks: list[Mark] = []
    named, passed_over = named_files(files)
    for words in passed_over:
        say(f"注意：{words}")
    for name in named:
        filled = read_form(name, _content(Path(name)))
        faults += filled.faults
        marks += _judged(scoring, filled, name, reporter(by), faults)
    if faults:
        for fault in faults:
            say(fault)
        raise UsageError(f"有 {len(faults)} 处要改，什么也没有记录。改好后再导入")
    with scoring.office.workspace.recording(on_wait=say_on_terminal) as book:
        known = latest_marks(scoring.marks())
        fresh = []
        for mark in marks:  # two copies of one form are one
            if not _is_known(mark, known):
                fresh.append(mark)
                known.setdefault((mark.department, mark.item), {})[Stage.OWN] = mark
        for mark in fresh:
            book.record(mark)
    with answering(f"已记录 {len(fresh)} 条"):
        repeated = len(marks) - len(fresh)
        more = f"，{repeated} 条与此前相同，没有重复记" if repeated else ""
        tell(f"已记录自评 {len(fresh)} 条{more}")


def _content(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise FileUnreadable(f"{path} 读不出来（{reason_of(error)}）") from error


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
    )


def _is_known(mark: Mark, known: dict[tuple[str, str], dict[Stage, Mark]]) -> bool:
    last = known.get((mark.department, mark.item), {}).get(Stage.OWN)
    if last is None:
        return False
    said = (last.points, last.times, last.basis, last.evidence)
    return said == (mark.points, mark.times, mark.basis, mark.evidence)
