"""scoring.yaml beside plan.yaml: read, typed, checked; every fault with its line and column."""

from pathlib import Path

from foodsafety_cli.model.errors import RubricUnreadable, reason_of
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Problem, has_errors
from foodsafety_cli.model.scoring import Rubric
from foodsafety_cli.store.files import read_file


def load(path: Path, plan: Plan) -> Rubric:
    """The rubric; raises `RubricUnreadable` with all its problems."""
    rubric, problems = examine(read_rubric(path), str(path), plan)
    if rubric is None or has_errors(problems):
        raise RubricUnreadable(f"评分细则 {path} 有 {len(problems)} 处错误，改好后再试", problems)
    return rubric


def read_rubric(path: Path) -> bytes:
    """The file's bytes; raises `RubricUnreadable`."""
    try:
        return read_file(path)
    except FileNotFoundError:
        raise RubricUnreadable(f"没有评分细则 {path}；请用 fs score init 取一份样例") from None
    except OSError as error:
        raise RubricUnreadable(f"评分细则 {path} 读不出来（{reason_of(error)}）") from error


def examine(content: bytes, name: str, plan: Plan) -> tuple[Rubric | None, list[Problem]]:
    """The rubric (None if it cannot be typed) and every problem, in the file's order."""
    from foodsafety_cli.analysis.scoring_checks import check_rubric
    from foodsafety_cli.store.plan import schema
    from foodsafety_cli.store.plan.examining import parsed, placed

    root, problems = parsed(content, name)
    if root is None:
        empty = Problem(name, 1, 1, Code.FILE_EMPTY, "评分细则是空的", "请用 fs score init 取样例")
        return None, problems or [empty]
    rubric, faults = schema.read_rubric(root.plain())
    problems += placed(faults, root, name)
    if rubric is not None:
        problems += placed(check_rubric(rubric, plan), root, name)
    return rubric, sorted(problems, key=lambda problem: (problem.line, problem.column))
