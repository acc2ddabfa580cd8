"""`fs letter write`."""

import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from foodsafety_cli.analysis.forecast import Outlook
from foodsafety_cli.analysis.letter_choice import Addressed, GetsNoLetter, OpenPart, gathered
from foodsafety_cli.analysis.letter_words import messages
from foodsafety_cli.analysis.offices import reviewer_of
from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.letter_choice import Kind, Which, ready_letters
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
from foodsafety_cli.cli.options import Filters, FormatOption
from foodsafety_cli.cli.outlook import outlooks
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By
from foodsafety_cli.cli.streams import say, tell
from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.model.steps import Letter, LetterKind
from foodsafety_cli.render.forecast_views import in_words
from foodsafety_cli.render.output import Output

app = new_app()
_USUAL_DAYS = 7
_NOBODY = "没有要发函的：选中的任务没有别的落后的单位"


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
    head: LetterHead,
    task: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="任务序号…", help="只写这些任务；不写则看筛选", autocompletion=suggest.tasks
        ),
    ] = None,
    kind: Kind = LetterKind.REMIND,
    reply_by: ReplyBy = None,
    output: ToFolder = None,
    message: Annotated[
        bool, typer.Option("--message", help="只输出发微信、短信的文字，一个单位一段")
    ] = False,
    dry_run: DryRun = False,
    form: FormatOption = None,
    by: By = None,
) -> None:
    """写函：选出任务，给落后的单位各写一件（.docx，一页），记入台账；默认 7 天后反馈。"""
    office = office_of(ctx)
    day = day_to_reply(office, reply_by, _USUAL_DAYS)

    if message and (output is not None or form is not None):
        words = "只输出文字，不写文件、不选格式，请去掉 -o、-f；要存下来，用 > 提醒.txt"
        raise BadValue("--message", words)
    if message or dry_run:
        ready = ready_letters(office, filters, which, None if message else kind, task or ())
        _tell_left_out(ready.left_out)
        office.report_problems()
        if message:
            texts = messages(office.standings, kind, ready.parts, day)
            tell("\n\n".join(texts) or "没有要提醒的单位。")
            say("只是文字，没有编号，也没有记入台账。")
        else:
            drafts = _drafts(office, kind, head, ready.parts, day, by)
            show_drafts(drafts, _NOBODY, form)
        return
    folder = named_folder(output, "督办/")
    Output(form).resolve(sys.stdout)

    def prepare(office: Office) -> Outgoing:
        ready = ready_letters(office, filters, which, kind, task or ())
        return Outgoing(_drafts(office, kind, head, ready.parts, day, by), ready.left_out)

    posted = post(office, folder, prepare)
    office.report_problems()
    _tell_left_out(posted.left_out)
    tell_posted(posted.drafts, _NOBODY, form)


def _drafts(
    office: Office,
    kind: LetterKind,
    head: LetterHead,
    parts: Sequence[OpenPart],
    reply_by: dt.date,
    by: str | None,
) -> list[LetterDraft]:
    addressed = gathered(kind, parts)
    drafts = []
    free = numbers(office, kind, head.number, len(addressed))
    for number, one in zip(free, addressed, strict=True):
        letter = new_letter(office, kind, number, one.department, by)._replace(
            tasks=tuple(standing.task.id for standing in one.tasks),
            reply_by=reply_by,
            signer=head.signer or "",
        )
        titles = tuple(standing.task.title for standing in one.tasks)
        drafts.append(LetterDraft(letter, titles, partial(_document, office, letter, one)))
    return drafts


def _document(office: Office, letter: Letter, one: Addressed) -> bytes:
    from foodsafety_cli.exchange.letters import about_tasks, as_letter

    matter = about_tasks(letter, office.standings, one, _ahead(office, one))
    return as_letter(letter, reviewer_of(office.plan), matter)


def _ahead(office: Office, one: Addressed) -> str:
    """What the indicators of a letter about one task will come to, as far as it can be said."""
    if len(one.tasks) != 1 or not one.tasks[0].indicators:
        return ""
    (standing,) = one.tasks
    history = office.reports(standing.task.id)
    found = outlooks(office, [Selected(standing, ())], history)
    behind = (Outlook.OPEN, Outlook.HARD)
    return "".join(in_words(o) for o in found if o.forecast.outlook in behind and o.basis)


def _why_not(one: GetsNoLetter) -> str:
    if one.why_never:
        return one.why_never
    if one.last is None:
        return "它自己的数跟得上应完成的"
    if one.reported:
        return f"{one.last.number} 之后，{one.reported} 已经填报"
    return f"{one.last.number} 请在 {one.last.reply_by} 前反馈，还没有到期"


def _tell_left_out(left_out: Sequence[GetsNoLetter]) -> None:
    by_reason: dict[tuple[str, str, bool], list[int]] = {}
    for one in left_out:
        key = (one.department, _why_not(one), not one.why_never)
        by_reason.setdefault(key, []).append(one.task)
    for (department, why, may_be), tasks in by_reason.items():
        again = "还要写请加 --again。" if may_be else ""
        say(f"没有写给{department}（任务 {'、'.join(map(str, tasks))}）：{why}。{again}")
