"""What is wrong with a ledger as a whole: its days, its figures together, its steps, its copies."""

import re
from collections.abc import Iterator
from pathlib import Path

from foodsafety_cli.analysis import cautions, contradictions
from foodsafety_cli.analysis.step_checks import (
    check_doubtful,
    check_letters,
    check_marks,
    check_signed_off,
    check_steps,
)
from foodsafety_cli.model.errors import FoodSafetyError
from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.model.steps import Extension, Letter, Mark, SignOff, Step
from foodsafety_cli.model.text import shell_word
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.workspace import Workspace

_COPY = re.compile(r"\.jsonl(?: ?[(（][0-9]{1,3}[)）]|\.orig)?$")


def apart(workspace: Workspace) -> Iterator[Problem]:
    """Where a figure for the whole and the sum of the parts differ: one of them is wrong."""
    standings = workspace.standings(workspace.plan, today())
    for section, task in standings.plan.tasks():
        standing = standings.of(section, task)
        for indicator in task.figures:
            if words := contradictions.apart(standings, standing, indicator):
                told = f"任务 {task.id} {words.removesuffix('，请核对。')}"
                yield _warning(
                    workspace, 0, Code.LEDGER_APART, told, "请核对哪一个不对，更正那一个"
                )


def doubtful(workspace: Workspace) -> Iterator[Problem]:
    """Figures that count and that nobody can have meant: another copy may have brought them."""
    standings = workspace.standings(workspace.plan, today())
    for _, task in standings.plan.tasks():
        for indicator in task.indicators:
            known = standings.known(task, indicator, standings.reports_of(task))
            for report in dict.fromkeys(known.by_reporter.values()):
                if words := cautions.doubtful(indicator, report):
                    day = report.submission.date
                    told = f"任务 {task.id} {day} 报的“{indicator.name}”{words}"
                    yield _warning(
                        workspace, 0, Code.LEDGER_DOUBTFUL, told, "请核对；确实如此的，不用管"
                    )


def wrong_steps(workspace: Workspace) -> list[Problem]:
    """What is wrong with sign-offs, extensions, letters and marks, with their lines."""
    steps: list[Step] = workspace.history.steps(SignOff, Extension, Letter)
    marks = workspace.history.steps(Mark)
    if not steps and not marks:
        return []
    standings = workspace.standings(workspace.plan, today())
    faults = [
        *check_steps(workspace.plan, steps),
        *check_doubtful(steps),
        *check_letters(workspace.letters(standings)),
        *check_signed_off(standings),
        *check_marks(workspace.plan, marks),
    ]
    lines = workspace.index.ask(lambda d: questions.lines_of(d, [f.id for f in faults]))
    ledger = str(workspace.ledger_path)
    found = [
        Problem(ledger, lines.get(f.id, 0), 0, f.code, f.message, f.remedy, f.severity)
        for f in faults
    ]
    return sorted(found, key=lambda problem: problem.line)


def copies(workspace: Workspace) -> Iterator[Problem]:
    """Copies of the ledger beside it, as synchronizing programs leave them: they do not count."""
    ledger = workspace.ledger_path
    stem = ledger.stem.casefold()
    for path in sorted(ledger.parent.iterdir()):
        name = path.name.casefold()
        if path.name != ledger.name and stem in name and _COPY.search(name):
            is_merged = _is_merged(workspace, path)
            words = "台账旁边有它的另一份，里面的填报没有计入"
            remedy = f"请并进来（并过的不会重复），再把它移走：fs merge {shell_word(str(path))}"
            if is_merged:
                words, remedy = "台账旁边有它的另一份，里面的填报都已并入", "请把它移走"
            yield Problem(str(path), 0, 0, Code.LEDGER_COPY, words, remedy, Severity.WARNING)


def _is_merged(workspace: Workspace, path: Path) -> bool:
    try:
        compared = workspace.compare(path)
    except FoodSafetyError:
        return False
    return bool(compared.known) and not compared.new and not compared.left_out


def _warning(workspace: Workspace, line: int, code: Code, words: str, remedy: str) -> Problem:
    return Problem(str(workspace.ledger_path), line, 0, code, words, remedy, Severity.WARNING)
