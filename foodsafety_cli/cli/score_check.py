"""`fs score check`."""

import sys
from functools import partial

import typer

from foodsafety_cli.analysis.score_facts import members_of
from foodsafety_cli.analysis.scoring_checks import lost_marks
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.model.errors import CheckFailed
from foodsafety_cli.model.problem import Code, Problem, Severity, has_errors
from foodsafety_cli.model.scoring import Rubric
from foodsafety_cli.model.steps import Mark
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.scoring import examine, read_rubric
from foodsafety_cli.store.shipped import RUBRIC_NAME

app = new_app()


@app.command(cls=Command)
def check(ctx: typer.Context) -> None:
    """检查评分细则，逐处列出 文件:行:列、代号、问题和办法；没有问题则什么也不说。"""
    office = office_of(ctx)
    path = office.workspace.plan_path.parent / RUBRIC_NAME
    rubric, problems = examine(read_rubric(path), str(path), office.printed)
    problems += _lost(office, rubric) if rubric else []
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    if has_errors(problems):
        raise CheckFailed(f"有 {len(problems)} 处问题，请逐处改好")


def _lost(office: Office, rubric: Rubric) -> list[Problem]:
    """Marks that the rubric has no place for, with their lines."""
    workspace = office.workspace
    members = {series.name: members_of(office.plan, series) for series in rubric.series}
    found = list(lost_marks(rubric, members, workspace.history.steps(Mark)))
    names = [mark.id for mark, _ in found]
    lines = workspace.index.ask(partial(questions.lines_of, ids=names))
    remedy = "细则改过编号或分值的，请重新评（fs score mark）"
    place = str(workspace.ledger_path)
    return [
        Problem(place, lines[mark.id], 0, Code.SCORE_MARK_LOST, words, remedy, Severity.WARNING)
        for mark, words in found
    ]
