"""All that is wrong with a plan and the ledger beside it."""

from foodsafety_cli.analysis.reports import history, vet
from foodsafety_cli.model.problem import Problem, has_errors
from foodsafety_cli.store import ledger, planfile
from foodsafety_cli.store.ledger import Ledger
from foodsafety_cli.store.workspace import Workspace, today


def examine(workspace: Workspace) -> list[Problem]:
    """Every problem of the plan and, where the plan stands, of the ledger beside it.

    Raises `PlanUnreadable` or `LedgerUnreadable` for a file that cannot be opened at all.
    """
    path = workspace.plan_path
    _, problems = planfile.examine(planfile.read_bytes(path), str(path))
    if has_errors(problems) or workspace.is_shipped:
        return problems
    name = str(workspace.ledger_path)
    found = ledger.read(workspace.ledger_path)
    records, misfits = vet(workspace.plan, found.records)
    told = [ledger.misfit_problem(misfit, name, found.lines[misfit.record]) for misfit in misfits]
    vetted = Ledger(records, found.lines, (*found.problems, *told))
    in_order = sorted(vetted.problems, key=lambda problem: problem.line)
    return [*problems, *in_order, *_not_yet(vetted, name)]


def _not_yet(vetted: Ledger, name: str) -> list[Problem]:
    """Reports dated after today; they count when their day comes, which nobody may have meant."""
    ahead = {
        report.submission.id: report.submission.date
        for report in history(vetted.records)
        if report.submission.date > today() and not report.undone
    }
    return [
        Problem(
            name,
            vetted.lines[submission],
            0,
            "ledger-date-ahead",
            f"数据日期 {date} 还没有到",
            f"写错了的请撤销后重新填报：fs progress undo {submission}",
        )
        for submission, date in ahead.items()
    ]
