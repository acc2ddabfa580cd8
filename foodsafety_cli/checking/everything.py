"""All that is wrong with a plan and the ledger beside it."""

from collections.abc import Iterator

from foodsafety_cli.checking.future_dates import clock_ahead, not_yet
from foodsafety_cli.checking.ledger import apart, copies, doubtful, wrong_steps
from foodsafety_cli.checking.outdated import outdated_reports
from foodsafety_cli.checking.previous import check_previous
from foodsafety_cli.model.problem import Code, Problem, Severity, has_errors
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan import file as plan_file
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
        *not_yet(workspace),
        *_of_last_year(workspace),
        *clock_ahead(workspace),
        *apart(workspace),
        *doubtful(workspace),
        *wrong_steps(workspace),
        *outdated_reports(workspace),
        *copies(workspace),
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
