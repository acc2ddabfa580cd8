"""All that is wrong with a plan and the ledger beside it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from foodsafety_cli.analysis.cautions import apart, doubtful
from foodsafety_cli.analysis.step_checks import (
    check_doubtful,
    check_letters,
    check_marks,
    check_signed_off,
    check_steps,
)
from foodsafety_cli.model.errors import FoodSafetyError
from foodsafety_cli.model.problem import Code, Problem, Severity, has_errors
from foodsafety_cli.model.steps import Extension, Letter, Mark, SignOff, Step
from foodsafety_cli.model.text import shell_word
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.outdated import outdated_reports
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan import file as plan_file
from foodsafety_cli.store.previous_checks import check_previous
from foodsafety_cli.store.workspace import Workspace

_PENDING = "待核"  # marks in a draft what was guessed
_LONGEST_PENDING = 60
_HEAD_LINES = 3  # in which a draft says what the mark means


def check(workspace: Workspace) -> list[Problem]:
    """Every problem of the plan and, where the plan stands, of the ledger beside it.

    Raises `PlanUnreadable` or `LedgerUnreadable` for a file that cannot be opened at all.
    """
    path = workspace.plan_path
    _, problems = examining.examine(plan_file.read_bytes(path), str(path))
    if has_errors(problems) or workspace.is_shipped:
        return problems
    found = workspace.every_ledger_problem()
    return [
        *problems,
        *_count(pending(workspace)),
        *found,
        *_not_yet(workspace),
        *_of_last_year(workspace),
        *clock_ahead(workspace),
        *_apart(workspace),
        *_doubtful(workspace),
        *_of_steps(workspace),
        *outdated_reports(workspace),
        *_copies(workspace),
    ]


def pending(workspace: Workspace) -> list[Problem]:
    """Every line of the plan that a draft has marked to be reviewed, and nobody has since."""
    path = str(workspace.plan_path)
    text = plan_file.read_bytes(workspace.plan_path).decode("utf-8-sig", "replace")
    lines = enumerate(text.splitlines(), 1)
    return [
        Problem(
            path,
            number,
            line.index(_PENDING) + 1,
            Code.PENDING_REVIEW,
            line.strip().removeprefix("#").strip()[:_LONGEST_PENDING],
            "请对照通知核对，核完删去注释",
            Severity.WARNING,
        )
        for number, line in lines
        if _PENDING in line and number > _HEAD_LINES
    ]


def _count(found: list[Problem]) -> Iterator[Problem]:
    """All of them as one."""
    if found:
        words = f"还有 {len(found)} 处待核，都要人看过"
        first = found[0]
        yield Problem(
            first.file,
            first.line,
            first.column,
            Code.PENDING_REVIEW,
            words,
            "用 fs check --pending 逐处列出",
            Severity.WARNING,
        )


def _of_last_year(workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with what the plan says of last year's, where it says it."""
    faults = list(check_previous(workspace))
    if faults:
        from foodsafety_cli.store.plan.yamltree import parse

        path = workspace.plan_path
        root, _ = parse(plan_file.read_bytes(path).decode("utf-8-sig"))
        assert root is not None  # the plan has been read
        yield from examining.placed(faults, root, str(path))


def clock_ahead(workspace: Workspace) -> Iterator[Problem]:
    """Lines stamped by a clock that was wrong: what is reported later must be stamped later yet."""
    limit = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    found = workspace.index.ask(lambda database: questions.recorded_after(database, limit))
    if found is not None:
        count, line = found
        yield Problem(
            str(workspace.ledger_path),
            line,
            0,
            Code.LEDGER_AT_AHEAD,
            f"有 {count} 行的填报时间比现在晚一天以上，此后的填报时间都会跟着它",
            "请核对那台电脑的时钟；把这一行的 at 改对",
            Severity.WARNING,
        )


def _apart(workspace: Workspace) -> Iterator[Problem]:
    """Where a figure for the whole and the sum of the parts differ: one of them is wrong."""
    standings = workspace.standings(workspace.plan, today())
    for section, task in standings.plan.tasks():
        for indicator in task.indicators or (None,):
            if words := apart(standings, standings.of(section, task), indicator):
                yield Problem(
                    str(workspace.ledger_path),
                    0,
                    0,
                    Code.LEDGER_APART,
                    f"任务 {task.id} {words.removesuffix('，请核对。')}",
                    "请核对哪一个不对，更正那一个",
                    Severity.WARNING,
                )


def _doubtful(workspace: Workspace) -> Iterator[Problem]:
    """Figures that count and that nobody can have meant: another copy may have brought them."""
    standings = workspace.standings(workspace.plan, today())
    for _, task in standings.plan.tasks():
        for indicator in task.indicators:
            known = standings.known(task, indicator, standings.reports_of(task))
            for report in dict.fromkeys(known.by_reporter.values()):
                if words := doubtful(indicator, report):
                    yield Problem(
                        str(workspace.ledger_path),
                        0,
                        0,
                        Code.LEDGER_DOUBTFUL,
                        f"任务 {task.id} {report.submission.date} 报的“{indicator.name}”{words}",
                        "请核对；确实如此的，不用管",
                        Severity.WARNING,
                    )


def _of_steps(workspace: Workspace) -> list[Problem]:
    """What is wrong with sign-offs, extensions and letters, with their lines."""
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
    found = [
        Problem(
            str(workspace.ledger_path),
            lines.get(fault.id, 0),
            0,
            fault.code,
            fault.message,
            fault.remedy,
            fault.severity,
        )
        for fault in faults
    ]
    return sorted(found, key=lambda problem: problem.line)


def _copies(workspace: Workspace) -> Iterator[Problem]:
    """Copies of the ledger beside it, as synchronizing programs leave them: they do not count."""
    ledger = workspace.ledger_path
    stem = ledger.stem.casefold()
    for path in sorted(ledger.parent.iterdir()):
        name = path.name.casefold()
        if path.name != ledger.name and stem in name and name.endswith(".jsonl"):
            said = "里面的填报没有计入"
            if _is_merged(workspace, path):
                said = "里面的填报都已并入"
            yield Problem(
                str(path),
                0,
                0,
                Code.LEDGER_COPY,
                f"台账旁边有它的另一份，{said}",
                f"请并进来（并过的不会重复），再把它移走：fs merge {shell_word(str(path))}",
                Severity.WARNING,
            )


def _is_merged(workspace: Workspace, path: Path) -> bool:
    try:
        compared = workspace.compare(path)
    except FoodSafetyError:
        return False
    return bool(compared.known) and not compared.new and not compared.left_out


def _not_yet(workspace: Workspace) -> list[Problem]:
    """Reports dated after today; they count when their day comes, which nobody may have meant."""
    ahead = workspace.index.ask(lambda database: questions.dated_after(database, today()))
    return [
        Problem(
            str(workspace.ledger_path),
            line,
            0,
            Code.LEDGER_DATE_AHEAD,
            f"数据日期 {date} 还没有到",
            f"写错了的请撤销后重新填报：fs progress undo {name}",
        )
        for name, date, line in ahead
    ]
