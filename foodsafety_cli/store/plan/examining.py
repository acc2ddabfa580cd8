"""plan.yaml to a `Plan`: read, typed, checked; every fault with its line and column."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Fault, Problem

if TYPE_CHECKING:
    from foodsafety_cli.store.plan.yamltree import Node


def examine(content: bytes, name: str) -> tuple[Plan | None, list[Problem]]:
    """The plan (None if it cannot be typed) and every problem, in the file's order."""
    from foodsafety_cli.analysis.checks import check_plan
    from foodsafety_cli.store.plan import schema

    root, problems = parsed(content, name)
    if root is None:
        return None, problems or [_nothing_in(content, name)]
    plan, faults = schema.read_plan(root.plain())
    problems += placed(faults, root, name)
    if plan is not None:
        problems += placed(check_plan(plan), root, name)
    else:
        from foodsafety_cli.store.plan import salvage

        if partial := salvage.without(root, faults):
            problems += placed(partial.consequent(check_plan(partial.plan)), partial.root, name)
    return plan, sorted(problems, key=lambda problem: (problem.line, problem.column))


def parsed(content: bytes, name: str) -> tuple["Node | None", list[Problem]]:
    """A file's data, each part of which knows its place, and what is wrong with it as YAML.

    Without data it is none; without problems besides, nothing stands in it.
    """
    from foodsafety_cli.store.plan import yamltree

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(content, error.start, name)]
    root, syntax = yamltree.parse(text)
    problems = [
        Problem(name, f.position.line, f.position.column, f.code, f.message, f.remedy)
        for f in syntax
    ]
    return (None if any(f.code.is_syntax for f in syntax) else root), problems


def placed(faults: Iterable[Fault], root: "Node", name: str) -> Iterator[Problem]:
    """Faults of the data as problems of the file, each at its line and column."""
    for fault in faults:
        at = root.locate(fault.path, on_key=fault.on_key)
        yield Problem(
            name, at.line, at.column, fault.code, fault.message, fault.remedy, fault.severity
        )


def _not_utf8(content: bytes, start: int, name: str) -> Problem:
    before = content[:start]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    return Problem(
        name,
        before.count(b"\n") + 1,
        column,
        Code.FILE_ENCODING,
        "文件不是 UTF-8 编码",
        "请用编辑器另存为 UTF-8（记事本：另存为 → 编码 UTF-8）",
    )


def _nothing_in(content: bytes, name: str) -> Problem:
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        remedy = "请从备份恢复；或删去它，再用 fs init 取一份样例"
        return Problem(name, 1, 1, Code.FILE_EMPTY, "计划文件是空的", remedy)
    remedy = "请写上内容；或删去它，再用 fs init 取一份样例"
    return Problem(name, 1, 1, Code.FILE_EMPTY, "计划文件里只有注释", remedy)
