"""Reports that a later document has made odd: kept, counted as before, and told."""

from collections.abc import Iterator
from functools import partial

from foodsafety_cli.analysis.amending import in_force
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Amendment
from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.workspace import Workspace


def outdated_reports(workspace: Workspace) -> Iterator[Problem]:
    """Figures for days on which their task was withdrawn already, or another department's."""
    plan = workspace.plan
    meant = [a for a in plan.amendments if a.task and (a.withdrawn or _roles(a))]
    for amendment in sorted(meant, key=lambda a: a.effective):
        reports = [
            (report, words)
            for report in workspace.history.reports(amendment.task)
            if not report.undone and (words := _odd(workspace, amendment, report))
        ]
        names = [report.submission.id for report, _ in reports]
        lines = workspace.index.ask(partial(questions.lines_of, ids=names))
        for report, words in reports:
            yield Problem(
                str(workspace.ledger_path),
                lines[report.submission.id],
                0,
                Code.LEDGER_AFTER_AMENDMENT,
                words,
                "数还留着，照以前算；请核对数据日期和那份文件的生效日",
                Severity.WARNING,
            )


def _roles(amendment: Amendment) -> tuple[str, ...]:
    return (*amendment.lead, *amendment.responsible, *amendment.support)


def _odd(workspace: Workspace, amendment: Amendment, report: Report) -> str:
    entry, day = report.entry, report.submission.date
    if day < amendment.effective or not entry.has_figure:
        return ""
    since = f"{amendment.basis} 自 {amendment.effective} 起"
    if amendment.withdrawn:
        if amendment.indicator not in ("", entry.indicator):
            return ""
        return f"任务 {entry.task} {since}不再执行，这一行报的是 {day} 的数"
    plan = in_force(workspace.plan, day)
    then = Reporters(plan)
    task = next((task for _, task in plan.tasks() if task.id == entry.task), None)
    name = then.name_of(entry.department) if entry.department else None
    if task is None or name is None or then.may_report(task, name):
        return ""
    return f"任务 {entry.task} {since}不由“{name}”负责，这一行报的是它 {day} 的数"
