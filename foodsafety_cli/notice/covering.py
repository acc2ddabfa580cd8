"""What a draft covers of its notice, counted over all that was found in it."""

from collections.abc import Iterator, Sequence

from foodsafety_cli.model.plan import Period, Plan, Task
from foodsafety_cli.notice.coverage import Coverage, Doubtful, Passage
from foodsafety_cli.notice.dates import times_in
from foodsafety_cli.notice.quantities import figures
from foodsafety_cli.notice.reading import NoticeLine
from foodsafety_cli.notice.tables import LOOSE, UNREAD
from foodsafety_cli.notice.tasks import FoundTask, Tasks

_FEW = 1000


def coverage_of(
    read: Tasks,
    plan: Plan,
    doubtful: Sequence[Doubtful],
    made: Sequence[tuple[FoundTask, Task]],
    lines: Sequence[NoticeLine],
    year: int,
) -> Coverage:
    """What was taken of a notice, and all that was not; `made` are the tasks as they were found.

    `year`: that of days without one.
    """
    without = tuple(Passage(i.line_at(0), f"{i.label}{i.text}"[:80]) for i in read.without)
    indicators = [each for _, task in made for each in task.indicators]
    return Coverage(
        items=len(read.found) + len(without),
        tasks=len(made),
        brackets=sum(len(task.brackets) for task in read.found),
        with_responsibility=len(read.found),
        without_responsibility=without,
        brackets_rejected=tuple(Passage(b.line, b.words[:80]) for b in read.rejected),
        departments=tuple(department.name for department in plan.departments),
        doubtful=tuple(doubtful),
        indicators=len(indicators),
        figures_not_taken=tuple(_not_taken(made)),
        days_not_taken=tuple(_days_not_taken(made, plan.period, year)),
        merged=tuple(
            Passage(found.item.line_at(0), f"任务 {task.id} {task.title}")
            for found, task in made
            if found.is_merged
        ),
        tables_not_understood=_lost(lines, LOOSE),
        unread=_lost(lines, UNREAD),
    )


def _lost(lines: Sequence[NoticeLine], kind: str) -> tuple[Passage, ...]:
    return tuple(Passage(line.number, line.text[:80]) for line in lines if line.lost == kind)


def _days_not_taken(
    made: Sequence[tuple[FoundTask, Task]], period: Period, year: int
) -> Iterator[Passage]:
    """The times in the tasks' words that no day of a task or an indicator comes from."""
    for found, task in made:
        if task.due:  # whose note in the draft tells all of them
            continue
        taken = {period.end, *(one.due for one in task.indicators if one.due)}
        before = ""
        for words, day in times_in(found.text, period, year):
            if day not in taken and not before.endswith(words):
                yield Passage(found.item.line_at(0), words[:80])
                before = words


def _not_taken(made: Sequence[tuple[FoundTask, Task]]) -> Iterator[Passage]:
    """The figures with a unit in the tasks' words that no indicator quotes."""
    for found, task in made:
        quotes = [indicator.quote for indicator in task.indicators]
        taken = {figure for quote in quotes for figure in figures(quote)}
        left = [figure for figure in figures(found.text) if figure not in taken]
        # one may have more words before it than a quote, or fewer; among thousands nobody looks
        quotes = quotes if len(left) < _FEW else []
        for figure in left:
            if not any(figure in quote or quote in figure for quote in quotes):
                yield Passage(found.item.line_at(0), figure)
