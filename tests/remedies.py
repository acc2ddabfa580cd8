"""What the program says to do about each kind of fault, taken from where it says so.

`docs/reference/problems.md` has it as the last column, renewed by `make docs`: what stands there is
what an officer is told.
"""

import ast
import re
from collections.abc import Iterator

from foodsafety_cli.model.problem import Code
from tests.conftest import ROOT

PROBLEMS = ROOT / "docs" / "reference" / "problems.md"
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([^|\n]+) \|(?: [^|\n]* \|)?$", re.MULTILINE)
_HEAD = re.compile(r"^\| 代号 \| 意思 \|(?: 办法 \|)?\n\|---\|---\|(?:---\|)?$", re.MULTILINE)


def remedies() -> dict[str, list[str]]:
    """By code, every remedy that is given for it, once."""
    found: dict[str, dict[str, None]] = {code.name: {} for code in Code}
    paths = sorted((ROOT / "foodsafety_cli").rglob("*.py"))
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    passed_on: dict[str, list[str]] = {}
    for tree in trees:
        passed_on |= _passed_on(tree, _named(tree))
    for tree in trees:
        for name, words in _of_module(tree, passed_on):
            found[name][words] = None
    return {Code[name].value: list(words) for name, words in found.items()}


def _named(tree: ast.AST) -> dict[str, str]:
    """The texts that a module has names for."""
    return {
        node.targets[0].id: words
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and (words := _words(node.value, {}))
    }


def _of_module(tree: ast.AST, passed_on: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    named = _named(tree)
    for node in ast.walk(tree):
        values = _values(node)
        for n, value in enumerate(values):
            if not (isinstance(value, ast.Attribute) and _is_code(value)):
                continue
            words = _words(values[n + 2], named) if n + 2 < len(values) else ""
            if words:
                yield value.attr, words
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from ((value.attr, words) for words in passed_on.get(node.func.id, ()))


def _passed_on(tree: ast.AST, named: dict[str, str]) -> dict[str, list[str]]:
    """The remedies of functions that are given the code: `Fault(path, code, message, remedy)`."""
    found: dict[str, list[str]] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                values = _values(node)
                for n, value in enumerate(values[:-2]):
                    if isinstance(value, ast.Name) and value.id == "code":
                        words = _words(values[n + 2], named)
                        found.setdefault(function.name, []).extend([words] if words else [])
    return found


def _values(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return node.elts
    return node.args if isinstance(node, ast.Call) else []


def _is_code(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "Code"


def _words(node: ast.expr, named: dict[str, str]) -> str:
    """A text as it is written, with … for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\{(.*?)\}\}", r"{\1}", re.sub(r"(?<!\{)\{\w+\}(?!\})", "…", node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _words(part, named) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    if isinstance(node, ast.IfExp):
        return _words(node.body, named)
    return named.get(node.id, "") if isinstance(node, ast.Name) else ""


def renewed_problems(text: str) -> str:
    """The reference of problems with the remedies as the program gives them now."""
    known = remedies()

    def row(match: re.Match[str]) -> str:
        told = " ／ ".join(known.get(match[1], ())).replace("|", "｜")
        return f"| `{match[1]}` | {match[2]} | {told} |"

    return _ROW.sub(row, _HEAD.sub("| 代号 | 意思 | 办法 |\n|---|---|---|", text))
