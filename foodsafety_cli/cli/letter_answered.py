"""`fs letter answered`."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated

import typer

from foodsafety_cli.analysis.letter_numbers import with_year_brackets
from foodsafety_cli.analysis.letters import Sent
from foodsafety_cli.analysis.match import plain
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import By, parse_words, reporter
from foodsafety_cli.cli.signing import When
from foodsafety_cli.cli.streams import confirming, tell
from foodsafety_cli.model.errors import AmbiguousName, BadDay, StepRefused, UnknownName
from foodsafety_cli.model.steps import Letter, LetterStep

app = new_app()
_SHORTEST_ID = 4  # of a part of an id that is taken for one


@app.command(cls=Command)
@with_bundles
def answered(
    ctx: typer.Context,
    number: Annotated[
        str,
        typer.Argument(
            metavar="文号", help="文号或其中一段，或编号", autocompletion=suggest.letters
        ),
    ],
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="文字", help="怎么反馈的", parser=parse_words("--note")),
    ] = None,
    date: When = None,
    by: By = None,
) -> None:
    """记下一件函已经另行反馈（如来人、来文）；填报了函里的任务，就已算反馈。"""
    office = office_of(ctx)
    day = date or office.today
    with office.recording() as book:
        meant = _meant(office.workspace.letters(office.standings), number)
        if meant.answered is not None:
            raise StepRefused(f"{meant.letter.number} {meant.answered} 已经反馈过了。")
        if not meant.letter.date <= day <= office.today:
            words = f"{day} 要在发出之日（{meant.letter.date}）和今天之间"
            raise BadDay("--date", words)
        nowhen = dt.datetime.min.replace(tzinfo=dt.UTC)
        recorded = book.record(
            Letter(
                "",
                nowhen,
                reporter(by),
                LetterStep.ANSWERED,
                day,
                letter=meant.letter.letter,
                department=meant.letter.department,
                tasks=meant.letter.tasks,
                item=meant.letter.item,
                of=meant.letter.id,
                note=note or "",
            )
        )
    office.report_problems()
    with confirming(f"已记录，编号 {recorded.id}"):
        tell(f"已记下反馈：{meant.letter.number}（{meant.letter.department}），{day}。")
        tell(f"  填错了可以撤销：fs progress undo {recorded.id}")


def _meant(letters: list[Sent], given: str) -> Sent:
    """The letter with this number or part of one; else the one whose id begins so.

    7 is always 7号: ids are random, and some begin with a 7.
    """
    wanted, name = plain(with_year_brackets(given)), given.strip()
    part = re.compile(f"(?<![0-9]){re.escape(wanted)}(?![0-9])")
    ways: tuple[Callable[[Letter], bool], ...] = (
        lambda letter: name == letter.id or plain(letter.number) == wanted,
        lambda letter: part.search(plain(letter.number)) is not None,
        lambda letter: len(name) >= _SHORTEST_ID and letter.id.startswith(name),
    )
    matches = ([one for one in letters if wanted and fits(one.letter)] for fits in ways)
    found = next((some for some in matches if some), [])
    if not found:
        near = [one.letter.number for one in letters if one.answered is None]
        raise UnknownName("函", given, near[-3:])
    if len(found) > 1:
        named = [f"{o.letter.number}（{o.letter.department}，编号 {o.letter.id}）" for o in found]
        raise AmbiguousName("函", given, named)
    return found[0]
