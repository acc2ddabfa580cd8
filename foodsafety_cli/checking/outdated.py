"""Reports that a later document has made odd: kept, counted as before, and told."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial

from foodsafety_cli.analysis.amending import AmendedPlan
from foodsafety_cli.analysis.figure_reading import BEYOND
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Amendment, Plan, Task
from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.workspace import Workspace

_Then = Callable[[dt.date], tuple[Reporters, dict[int, Task]]]


def outdated_reports(workspace: Workspace) -> Iterator[Problem]:
    """Figures for days on which their task was not there, another department's, or far smaller."""
    plan = workspace.plan
    meant = [a for a in plan.amendments if a.add or a.withdrawn or a.hands_on or a.target]
    then = _in_force_on(plan)
    for amendment in sorted(meant, key=lambda a: a.effective):
        reports = [
            (report, words)
            for report in workspace.history.reports(
                amendment.add.id if amendment.add else amendment.task
            )
            if not report.undone and (words := _odd(then, amendment, report))
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
                f"数还留着，{_becomes(amendment)}；请核对数据日期和那份文件的生效日",
                Severity.WARNING,
            )


def _in_force_on(plan: Plan) -> _Then:
    """Who reported, and the tasks by number, on a day: put together once a day, not a report."""
    amended = AmendedPlan(plan)

    @cache
    def then(day: dt.date) -> tuple[Reporters, dict[int, Task]]:
        plan_then = amended.on(day)
        return Reporters(plan_then), {task.id: task for _, task in plan_then.tasks()}

    return then


def _becomes(amendment: Amendment) -> str:
    return "不再计入" if amendment.withdrawn else "照以前算"


def _odd(then: _Then, amendment: Amendment, report: Report) -> str:
    entry, day = report.entry, report.submission.date
    if not entry.has_figure:
        return ""
    since = f"{amendment.basis} 自 {amendment.effective} 起"
    if amendment.add:
        is_early = day < amendment.effective
        words = f"任务 {entry.task} {since}才有，这一行报的是 {day} 的数"
        return words if is_early else ""
    if amendment.indicator not in ("", entry.indicator):
        return ""
    if amendment.target:  # what was reported before is held against it, too
        return _far_off(amendment.target, since, report)
    if day < amendment.effective:
        return ""
    if amendment.withdrawn:
        name = f"的指标“{amendment.indicator}”" if amendment.indicator else ""
        return f"任务 {entry.task} {name}{since}不再执行，这一行报的是 {day} 的数"
    return _handed_on(then, amendment, since, report)


def _far_off(target: Decimal, since: str, report: Report) -> str:
    """A figure that would be refused under the new target."""
    value = report.entry.value
    if value is None or value < BEYOND * target:
        return ""
    told = f"这一行报的 {value:f} 是它的 {value // target:f} 倍"
    return f"任务 {report.entry.task} 的目标{since}是 {target:f}，{told}"


def _handed_on(then: _Then, amendment: Amendment, since: str, report: Report) -> str:
    entry, day = report.entry, report.submission.date
    reporters, tasks = then(day)
    task = tasks.get(entry.task)
    if task and not (amendment.lead or amendment.responsible) and (task.lead or task.responsible):
        return ""  # it only says who helps
    name = reporters.name_of(entry.department) if entry.department else None
    if task is None or name is None or reporters.may_report(task, name):
        return ""
    return f"任务 {entry.task} {since}不由“{name}”负责，这一行报的是它 {day} 的数"
