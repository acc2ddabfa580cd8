"""`fs score flag`."""

from typing import Annotated

import typer

from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import dept_option
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, parse_words, reporter
from foodsafety_cli.cli.scoring import NEVER, Scoring
from foodsafety_cli.cli.signing import Evidence, When
from foodsafety_cli.cli.streams import confirming, tell
from foodsafety_cli.model.errors import BadDay, StepRefused, UnknownName
from foodsafety_cli.model.steps import Mark, MarkStep
from foodsafety_cli.store.evidence import attachments

app = new_app()


@app.command(cls=Command)
@with_bundles
def flag(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="编号", help="降等或否决情形的编号，如 降3")],
    dept: Annotated[
        str,
        dept_option("哪个单位"),
    ],
    basis: Annotated[
        str,
        typer.Option("--basis", metavar="文字", help="依据的文件", parser=parse_words("--basis")),
    ],
    evidence: Evidence = None,
    date: When = None,
    by: By = None,
) -> None:
    """记一次降等或否决的情形；记错了用 fs progress undo 编号 撤销。"""
    scoring = Scoring(office_of(ctx))
    known = {down.id: down.title for down in scoring.rubric.downgrades}
    known |= {veto.id: veto.title for veto in scoring.rubric.vetoes}
    if name not in known:
        raise UnknownName("降等、否决情形", name, list(known))
    department = scoring.department(dept)
    proofs = tuple(evidence or ())
    files = attachments(scoring.office.workspace.ledger_path.parent, proofs)
    day = date or scoring.office.today
    if day > scoring.office.today:
        raise BadDay("--date", f"{day} 还没有到")
    with scoring.office.recording() as book:
        for known_flag in scoring.marks():
            said = (known_flag.step, known_flag.item, known_flag.department, known_flag.basis)
            if said == (MarkStep.FLAG, name, department, basis):
                words = f"{department} {name}（{basis}）已经记过，编号 {known_flag.id}。"
                raise StepRefused(f"{words}是另一次的，请在 --basis 里写清楚")
        recorded = book.record(
            Mark(
                "",
                NEVER,
                reporter(by),
                MarkStep.FLAG,
                day,
                name,
                department,
                basis=basis,
                evidence=proofs,
                files=files,
            )
        )
    with confirming(f"已记录，编号 {recorded.id}"):
        tell(f"已记录：{department} {name} {known[name]}（{basis}），编号 {recorded.id}")
