"""`fs score mark`."""

from typing import Annotated

import typer

from foodsafety_cli.analysis.figure_reading import parse_figure
from foodsafety_cli.analysis.scoring import is_judged, last_mark, mark_words
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import dept_option, one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, parse_words, reporter
from foodsafety_cli.cli.scoring import NEVER, Scoring
from foodsafety_cli.cli.signing import Evidence, When
from foodsafety_cli.cli.streams import confirming, say_caution, tell
from foodsafety_cli.model.errors import BadDay, UsageError
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.steps import Mark, MarkStep, Stage
from foodsafety_cli.store.evidence import attachments

app = new_app()


@app.command(cls=Command)
@with_bundles
def mark(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="序号", help="考核内容的序号，如 3.1")],
    dept: Annotated[
        str,
        dept_option("给哪个单位"),
    ],
    points: Annotated[
        str | None, typer.Option("--points", metavar="分", help="几分，不超过分值")
    ] = None,
    times: Annotated[
        str | None, typer.Option("--count", metavar="次", help="几次（按次加分、减分的）")
    ] = None,
    not_concerned: Annotated[
        bool, typer.Option("--not-concerned", help="不涉及：其余各项按比例折算")
    ] = False,
    stage: Annotated[
        Stage,
        typer.Option(
            "--stage",
            metavar="阶段",
            help="自评、部门评或复核（默认复核）；后面的阶段算数",
            parser=one_of("--stage", Stage),
            autocompletion=suggest.words_of(Stage),
            show_default=False,
        ),
    ] = Stage.SECOND,
    basis: Annotated[
        str | None,
        typer.Option("--basis", metavar="文字", help="依据、理由", parser=parse_words("--basis")),
    ] = None,
    evidence: Evidence = None,
    date: When = None,
    by: By = None,
) -> None:
    """给一个单位的一项评分；同一阶段再评一次，以后一次为准。"""
    given = [points is not None, times is not None, not_concerned]
    if sum(given) != 1:
        raise UsageError("请写 --points 分数、--count 次数、--not-concerned 中的一个。")
    scoring = Scoring(office_of(ctx))
    proofs = tuple(evidence or ())
    name = scoring.department(dept)
    recorded = Mark(
        "",
        NEVER,
        reporter(by),
        MarkStep.MARK,
        date or scoring.office.today,
        scoring.item(item).id,
        name,
        stage,
        None if points is None else parse_figure("--points", points),
        not_concerned,
        None if times is None else parse_figure("--count", times),
        basis or "",
        proofs,
        attachments(scoring.office.workspace.ledger_path.parent, proofs),
    )
    if recorded.date > scoring.office.today:
        raise BadDay("--date", f"{recorded.date} 还没有到")
    if recorded.date < (start := scoring.office.plan.period.start):
        raise BadDay("--date", f"{recorded.date} 在工作期（{start} 起）之前，请核对")
    scoring.check_mark(recorded)
    with scoring.office.recording() as book:
        recorded = book.record(recorded)
    with confirming(f"已记录，编号 {recorded.id}"):
        _tell(scoring, recorded)


def _tell(scoring: Scoring, recorded: Mark) -> None:
    """What was recorded, and whether it is what counts now."""
    found, name = scoring.item(recorded.item), recorded.department
    words = f"{name} {found.id} {found.title}，{recorded.stage} {mark_words(recorded)}"
    tell(f"已记录：{words}，编号 {recorded.id}")
    counts = last_mark([*scoring.marks(), recorded], name, found.id)
    if counts is not None and counts.id != recorded.id:
        words = f"{counts.date} 的{counts.stage} {mark_words(counts)}"
        say_caution(MessageCode.OTHER_MARK_COUNTS, f"这次评分不是最后的，现在算数的还是{words}。")
    elif not is_judged(found):
        say_caution(
            MessageCode.OTHER_MARK_COUNTS,
            f"{found.id} 本来由填报的数算出，现在以这次评分为准；要改回去请撤销它。",
        )
