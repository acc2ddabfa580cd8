"""Running totals that fall: nobody meant them to, where two ledgers have come together."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise

from foodsafety_cli.analysis.admission import ReportDraft, same_series
from foodsafety_cli.analysis.amending import AmendedPlan
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.workspace import Workspace

_Counted = tuple[Report, Decimal]  # with what its figure comes to


def falling(workspace: Workspace, tasks: Collection[int]) -> Iterator[Problem]:
    """Each figure of these tasks that is smaller than the one before it in its series."""
    for task in sorted(tasks):
        falls = [pair for series in _series_of(workspace, task) for pair in _falls(series)]
        names = [after.submission.id for _, after in falls]
        lines = workspace.index.ask(partial(questions.lines_of, ids=names))
        for before, after in falls:
            first, second = before.submission.id, after.submission.id
            yield Problem(
                str(workspace.ledger_path),
                lines[second],
                0,
                Code.LEDGER_DOUBTFUL,
                _words(before, after),
                f"请核对，报错的那条请撤销：fs progress undo {first} 或 {second}",
                Severity.WARNING,
            )


def _series_of(workspace: Workspace, number: int) -> Iterable[list[_Counted]]:
    """What was reported of a task's running totals and stands, that of one series together."""
    amended = AmendedPlan(workspace.plan)
    found: dict[tuple[str, ...], list[_Counted]] = {}
    for report in workspace.history.reports(number):
        day = report.submission.date
        task = next((task for _, task in amended.on(day).tasks() if task.id == number), None)
        indicator = task.indicator(report.entry.indicator) if task else None
        if task is None or indicator is None or report.undone or report.entry.value is None:
            continue
        measure = measure_of(indicator)
        if measure.grows:
            names = same_series(amended, ReportDraft(task, report.entry, indicator, day))
            key = indicator.name, *sorted(names)
            found.setdefault(key, []).append((report, measure.figure_of(report.entry)))
    return found.values()


def _falls(series: list[_Counted]) -> Iterator[tuple[Report, Report]]:
    in_order = sorted(series, key=lambda counted: counted[0].order)
    for (before, more), (after, less) in pairwise(in_order):
        if less < more:
            yield before, after


def _words(before: Report, after: Report) -> str:
    told = (
        f"{one.submission.date} {one.submission.by} 报“{figure_words(one)}”"
        for one in (before, after)
    )
    whose = f"（{after.entry.department}）" if after.entry.department else ""
    return f"任务 {after.entry.task}{whose}的累计数少了：{'，'.join(told)}"
