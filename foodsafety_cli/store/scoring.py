"""scoring.yaml beside plan.yaml: read, typed, checked; every fault with its line and column."""

from pathlib import Path

from foodsafety_cli.model.errors import RubricUnreadable
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Problem, has_errors
from foodsafety_cli.model.scoring import Rubric
from foodsafety_cli.store.files import read_file


def load(path: Path, plan: Plan) -> Rubric:
    """The rubric; raises `RubricUnreadable` with all its problems."""
    try:
        content = read_file(path)
    except FileNotFoundError:
        raise RubricUnreadable(f"没有评分细则 {path}；请用 fs score init 取一份样例") from None
    except OSError as error:
        raise RubricUnreadable(f"评分细则 {path} 读不出来（{error.strerror}）") from error
    rubric, problems = examine(content, str(path), plan)
    if rubric is None or has_errors(problems):
        raise RubricUnreadable(f"评分细则 {path} 有 {len(problems)} 处错误，改好后再试", problems)
    return rubric


def examine(content: bytes, name: str, plan: Plan) -> tuple[Rubric | None, list[Problem]]:
    """The rubric (None if it cannot be typed) and every problem, in the file's order."""
    from foodsafety_cli.analysis.scoring_checks import check_rubric
    from foodsafety_cli.store.plan import schema, yamltree
    from foodsafety_cli.store.plan.examining import placed

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        remedy = "请用编辑器另存为 UTF-8"
        return None, [Problem(name, 1, 1, Code.FILE_ENCODING, "文件不是 UTF-8 编码", remedy)]
    root, syntax = yamltree.parse(text)
    problems = [
        Problem(name, f.position.line, f.position.column, f.code, f.message, f.remedy)
        for f in syntax
    ]
    if root is None or any(f.code.is_syntax for f in syntax):
        empty = Problem(name, 1, 1, Code.FILE_EMPTY, "评分细则是空的", "请用 fs score init 取样例")
        return None, problems or [empty]
    rubric, faults = schema.read_rubric(root.plain())
    problems += placed(faults, root, name)
    if rubric is not None:
        problems += placed(check_rubric(rubric, plan), root, name)
    return rubric, sorted(problems, key=lambda problem: (problem.line, problem.column))
