"""`fs score letter`."""

import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.scoring import Score, Scored, deductions
from foodsafety_cli.cli.letter_posting import (
    DryRun,
    LetterDraft,
    LetterHead,
    Outgoing,
    ReplyBy,
    ToFolder,
    day_to_reply,
    named_folder,
    new_letter,
    numbers,
    post,
    show_drafts,
    tell_posted,
)
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, FormatOption
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By
from foodsafety_cli.cli.scoring import Depts, Scoring
from foodsafety_cli.cli.streams import say_caution
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.steps import Letter, LetterKind
from foodsafety_cli.render.output import Output

app = new_app()
_USUAL_DAYS = 30  # a month for mending
_NOTHING = "没有要发函的：选中的单位在这些考核内容上没有失分，或者已经发过"


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs score letter --dept 阳城县 --dry-run       看阳城县有哪些失分要整改\n"
        "  fs score letter 4.1 --reply-by 2022-02-28 --signer 姓名 -o 整改/"
    ),
)
@with_bundles
def letter(
    ctx: typer.Context,
    days: Days,
    head: LetterHead,
    item: Annotated[
        list[str] | None,
        typer.Argument(metavar="考核内容序号…", help="只写这些考核内容；不写则每一处失分"),
    ] = None,
    dept: Depts = None,
    again: Annotated[
        bool, typer.Option("--again", help="为同一处失分发过函的也写（不写则略过）")
    ] = False,
    reply_by: ReplyBy = None,
    output: ToFolder = None,
    dry_run: DryRun = False,
    form: FormatOption = None,
    by: By = None,
) -> None:
    """把失分写成限期整改的督办单：一处一件（.docx，一页），编号并记入台账；默认 30 天后反馈。"""
    scoring = Scoring(office_of(ctx, days))
    items = [scoring.item(given).id for given in item or ()]
    departments = [scoring.department(name) for name in dept or ()]
    if not items and not departments:
        raise UsageError("没有写给谁、关于哪一处失分：请写考核内容的序号，或用 --dept 单位。")
    day = day_to_reply(scoring.office, reply_by, _USUAL_DAYS)
    if dry_run:
        meant = _meant(scoring, items, departments, again=again)
        show_drafts(_drafts(scoring, head, meant, day, by), _NOTHING, form)
        return
    folder = named_folder(output, "整改/")
    Output(form).resolve(sys.stdout)

    def prepare(office: Office) -> Outgoing:
        scoring = Scoring(office)
        meant = _meant(scoring, items, departments, again=again)
        return Outgoing(_drafts(scoring, head, meant, day, by))

    posted = post(scoring.office, folder, prepare)
    scoring.office.report_problems()
    if scoring.published() is None:
        say_caution(MessageCode.NOT_PUBLISHED, "考核结果还没有公布（fs score publish）。")
    tell_posted(posted.drafts, _NOTHING, form)


def _meant(
    scoring: Scoring, items: Sequence[str], departments: Sequence[str], *, again: bool
) -> list[tuple[Score, Scored]]:
    """What was lost by those asked for, apart from what they have been written to about."""
    office = scoring.office
    sent = {
        (one.letter.department, one.letter.item)
        for one in office.workspace.letters(office.standings)
    }
    return [
        (score, scored)
        for score in scoring.scores()
        for scored in deductions(score)
        if (not departments or score.department in departments)
        and (not items or scored.item.id in items)
        and (again or (score.department, scored.item.id) not in sent)
    ]


def _drafts(
    scoring: Scoring,
    head: LetterHead,
    meant: Sequence[tuple[Score, Scored]],
    reply_by: dt.date,
    by: str | None,
) -> list[LetterDraft]:
    office, kind = scoring.office, LetterKind.SUPERVISE
    drafts = []
    for number, (score, scored) in zip(
        numbers(office, kind, head.number, len(meant)), meant, strict=True
    ):
        letter = new_letter(office, kind, number, score.department, by)._replace(
            item=scored.item.id, reply_by=reply_by, signer=head.signer or ""
        )
        document = partial(_document, scoring, letter, scored)
        drafts.append(LetterDraft(letter, (scored.item.title,), document))
    return drafts


def _document(scoring: Scoring, letter: Letter, scored: Scored) -> bytes:
    from foodsafety_cli.exchange.letters import about_deduction, as_letter

    plan = scoring.office.plan
    matter = about_deduction(letter, plan, scoring.rubric, scored)
    return as_letter(letter, reviewer_of(plan), matter)
