"""Every sentence with which the program refuses or cautions, taken from where it says so.

`docs/reference/refusals.md` lists them by exit code, renewed by `make docs`; what has a code of its
own stands in `problems.md`.
"""

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path

from foodsafety_cli.model import errors
from tests.conftest import ROOT

REFUSALS = ROOT / "docs" / "reference" / "refusals.md"
_HEAD = """# 拒绝和提醒的话

不能照办时说的话，说了就什么也没有写（最后的“提醒”一节除外，那些照样记下）；“…”处填的是您的文件、名称或数。
由 `make docs` 从程序里取出。
有代号的问题（计划、台账、细则里的毛病）见 [problems.md](problems.md)。
"""
_ROOMS = {
    "cli": "命令和选项",
    "analysis": "填报、销号、延期、函件的规矩",
    "exchange": "交回的表，发出去的表和文书",
    "notice": "起草用的通知",
    "store": "计划、台账和别的文件",
    "documents": "Excel 文件",
    "render": "输出",
    "model": "各处",
}
_LEVELS = {2: "写得不对，或不合规矩", 3: "文件读不了", 4: "写不进去", 1: "查出了问题"}
_CAUTIONS = ("cautions", "contradictions")  # the modules that say them
_SAYS = re.compile("[一-龥].*[一-龥].*[一-龥].*[一-龥]")
_REMEDY = re.compile("(?:^|[，。；：])((?:请|要)[^。]*)$")
# by exit code: a sign in the sentence, and what is done then
_USUAL = {
    2: (
        ("没有叫", "句尾列出了最像的名字和能用的名字，照它改"),
        ("没有“", "照后面列出的改"),
        ("以前导入过", "要再记一次，加 --again"),
        ("撤销过", "不用再撤；编号见 fs log"),
        ("--", "改这个选项的值；能写什么见命令的 --help"),
        ("", "照这句话改了再试；命令的写法见 --help"),
    ),
    3: (("", "核对路径和文件；打得开的另存一份再试"),),
    4: (("", "解决了括号里的原因再试；原来的文件没有动"),),
    1: (("", "照上面列出的逐条处理"),),
    0: (("", "核对；不对就撤销重报（fs progress undo）"),),
}
Said = tuple[int, str, str]  # exit code (0: recorded all the same), room, sentence


def reference() -> str:
    """The document, as the program speaks now."""
    said = sorted(set(_all_said()))
    parts = [_HEAD]
    for level, title in (*_LEVELS.items(), (0, "提醒：照样记下，请核对")):
        code = f"（退出码 {level}）" if level else ""
        parts.append(f"\n## {title}{code}\n")
        for room, name in _ROOMS.items():
            sentences = [words for at, where, words in said if (at, where) == (level, room)]
            if sentences:
                rows = "".join(_row(level, words.replace("|", "｜")) for words in sentences)
                parts.append(f"\n| {name} | 怎么办 |\n|---|---|\n{rows}")
    return "".join(parts)


def _row(level: int, words: str) -> str:
    """A sentence, and what it says is to be done; where it says nothing, what is done then."""
    found = _REMEDY.search(words)
    said = words[: found.start()].rstrip("，。；：") if found else words
    remedy = found[1] if found and said else next(r for sign, r in _USUAL[level] if sign in words)
    return f"| {said or words} | {remedy} |\n"


def _all_said() -> Iterator[Said]:
    folder = ROOT / "foodsafety_cli"
    for path in sorted(folder.rglob("*.py")):
        room = path.relative_to(folder).parts[0]
        for node in ast.walk(_with_words_in_place(ast.parse(path.read_text("utf-8")))):
            for level, words in _of_node(node, path):
                if _SAYS.search(words):
                    yield level, room, words.removesuffix("。")


class _InPlace(ast.NodeTransformer):
    """Puts a sentence that a function gives a name to where the name stands."""

    def __init__(self, given: dict[str, ast.expr]) -> None:
        self._given = copy.deepcopy(given)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self._given.get(node.id, node))


def _with_words_in_place(tree: ast.Module) -> ast.Module:
    shared = _sentences_named(tree.body)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            inside = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
            _InPlace(shared | _sentences_named(inside)).visit(function)
    return tree


def _sentences_named(statements: list[ast.stmt]) -> dict[str, ast.expr]:
    return {
        target.id: one.value
        for one in statements
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant | ast.JoinedStr)
        for target in one.targets
        if isinstance(target, ast.Name) and _SAYS.search(_words(one.value))
    }


def _of_node(node: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Yield | ast.Return) and path.stem in _CAUTIONS and node.value:
        yield 0, _words(node.value)
    if not (isinstance(node, ast.Call) and node.args):
        return
    if isinstance(node.func, ast.Attribute) and node.func.attr == "fail":  # the parser's
        yield 2, _words(node.args[0])
    if not isinstance(node.func, ast.Name):
        return
    if node.func.id == "say" and (words := _words(node.args[0])).startswith("注意："):
        yield 0, words.removeprefix("注意：")
    kind = getattr(errors, node.func.id, None)
    if path.parent.name == "exchange" and node.func.id == "Fault":
        yield 2, _words(node.args[1])
    elif isinstance(kind, type) and issubclass(kind, errors.FoodSafetyError):
        yield kind.exit_code, _sentence(node, kind)


def _sentence(node: ast.Call, kind: type[errors.FoodSafetyError]) -> str:
    words = [_words(arg) for arg in node.args]
    if issubclass(kind, errors.BadValue):
        return "：".join(words)
    if issubclass(kind, errors.UnknownName):
        return f"没有叫“…”的{words[0]}"
    if issubclass(kind, errors.AmbiguousName):
        return f"“…”对应不止一个{words[0]}：…。请写得更完整些"
    return words[0]


def _filled(node: ast.expr) -> str:
    """… for what is filled in; a sentence that has a name, as it is."""
    inner = node.value if isinstance(node, ast.FormattedValue) else node
    return _words(inner) if isinstance(inner, ast.Constant | ast.JoinedStr) else "…"


def _words(node: ast.expr) -> str:
    """A text as it is written, with … for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [_words(v) if isinstance(v, ast.Constant) else _filled(v) for v in node.values]
        return "".join(parts)
    if isinstance(node, ast.IfExp):
        return f"{_words(node.body)} ／ {_words(node.orelse)}"
    if isinstance(node, ast.BinOp):
        return f"{_words(node.left)}{_words(node.right)}"
    return "…"
