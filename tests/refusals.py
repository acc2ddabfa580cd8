"""Every sentence with which the program refuses or cautions, under the code that it has.

`docs/reference/refusals.md` goes through the enum of codes, renewed by `make docs`; the sentences
are taken from where the program says them, so that none is missing and none says something else.
What has a code of `problem.Code` stands in `problems.md`.
"""

import ast
import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from foodsafety_cli.exchange import headings, submissions  # noqa: F401 - they derive errors
from foodsafety_cli.model import errors
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.notice import draft  # noqa: F401 - it derives one, too
from tests.conftest import ROOT

REFUSALS = ROOT / "docs" / "reference" / "refusals.md"
_HEAD = """# 拒绝和提醒的话

每一种拒绝和提醒有一个代号，代号不会改变意思；脚本要看代号的，设环境变量 `FS_MESSAGES=json`
（见 [写脚本](../how-to/scripts.md)）。拒绝了就什么也没有写；提醒的那些照样记下。
“…”处填的是您的文件、名称或数。由 `make docs` 从程序里的代号和句子取出。
计划、台账、细则里的毛病另有代号，见 [problems.md](problems.md)。
"""
_CAUTIONS = "提醒：照样做了，请核对"
# by code: the exit code (0: done all the same), what it means, and the remedy where a sentence
# says none itself
_MEANINGS: dict[MessageCode, tuple[int, str, str]] = {
    MessageCode.USAGE: (2, "命令写得不对", "照这句话改了再试；命令的写法见 --help"),
    MessageCode.BAD_VALUE: (2, "选项的值不对", "改这个选项的值；能写什么见命令的 --help"),
    MessageCode.BAD_OUTPUT: (2, "不能写到这个文件", "换一个文件名"),
    MessageCode.BAD_DAY: (2, "日期不对", "改这个日期；现在的期限和工作期见 fs show 任务序号"),
    MessageCode.BAD_FIGURE: (2, "数不对", "照这句话改了再报"),
    MessageCode.UNKNOWN_NAME: (2, "没有这个名称", "句尾列出了最像的名字和能用的名字，照它改"),
    MessageCode.AMBIGUOUS_NAME: (2, "名称不止对应一个", "写得更完整些"),
    MessageCode.MISFIT: (
        2,
        "与计划、细则或以前报的不合",
        "照这句话改了再试；任务的全部内容见 fs show 任务序号",
    ),
    MessageCode.STEP_REFUSED: (
        2,
        "这一步现在不能办",
        "照这句话办；走到哪一步见 fs signoff list、fs extension list、fs log",
    ),
    MessageCode.ROW_FAULT: (2, "交回的表里有一处不对", "照这句话改了那一格，再导入"),
    MessageCode.HAND_IN_FAULTY: (
        2,
        "交回的文件里有要改的",
        "照上面逐处列出的改；好的那些可以先用 --keep-good 记上",
    ),
    MessageCode.PLAN_UNREADABLE: (3, "计划读不了", "核对路径；fs check 逐处指出"),
    MessageCode.RUBRIC_UNREADABLE: (3, "评分细则读不了", "核对路径；fs score check 逐处指出"),
    MessageCode.LEDGER_UNREADABLE: (3, "台账读不了", "照这句话办；台账里的填报不要删"),
    MessageCode.FILE_UNREADABLE: (3, "交来的文件读不了", "核对路径和文件；打得开的另存一份再试"),
    MessageCode.CANNOT_WRITE: (4, "写不进去", "解决了括号里的原因再试；原来的文件没有动"),
    MessageCode.LEDGER_BUSY: (
        4,
        "别人正在写台账",
        "过一会儿再试；要多等些时候，设 FS_LOCK_SECONDS",
    ),
    MessageCode.CHECK_FAILED: (1, "要查的没有通过", "照上面列出的逐条处理"),
    MessageCode.OUT_OF_MEMORY: (70, "内存不够", "关掉别的程序，或换小一些的文件再试"),
    MessageCode.OWN_FAULT: (70, "程序自己出了毛病", "把上面的内容发给维护的人"),
    MessageCode.INTERRUPTED: (
        130,
        "被 Ctrl-C 中断",
        "已经说过“已记录”的，记下了；没有说的，没有记",
    ),
    MessageCode.FAR_OFF: (0, "数大得出奇", "核对数和单位；不对就撤销重报（fs progress undo）"),
    MessageCode.AFTER_PERIOD: (0, "数据日期在工作期以后", "用 --date 写明数据日期重报，撤销这一条"),
    MessageCode.COMPLETION_FELL: (0, "完成率比以前低", "核对；不对就撤销重报（fs progress undo）"),
    MessageCode.TOTAL_FELL: (0, "合计变小了", "核对；接手的单位连同以前做的一起报"),
    MessageCode.OTHER_BASE: (
        0,
        "分母和计划里的基数不一样",
        "核对单位；不对就撤销重报（fs progress undo）",
    ),
    MessageCode.OWN_STANDING_ONLY: (0, "不是这项任务的报数单位", "要算在任务里的，由报数单位报"),
    MessageCode.WHOLE_AND_PARTS: (
        0,
        "整项任务的数和各单位的数对不上",
        "核对哪一个不对，更正那一个",
    ),
    MessageCode.STILL_AWAITED: (0, "接手的单位还没有都报", "等它们报了，任务的数才换成它们的"),
    MessageCode.KNOWN_ROW: (0, "这一行以前导入过", "要再记一次，加 --again"),
    MessageCode.NOT_USED: (0, "有没用上的", "核对；本来要用的，照填报表的写法改"),
    MessageCode.HAND_IN_NOTE: (0, "读表时的一句说明", "核对；读得不对的，改那一格再导入"),
    MessageCode.PASSED_OVER: (0, "文件夹里有没读的", "要读的，写明它的名字"),
    MessageCode.NOT_ALL_DONE: (0, "数还没有做到", "核对；报了再申请、审核"),
    MessageCode.ONE_PERSON: (
        0,
        "申请和审批是同一个人",
        "换一个人审批；不对就撤销（fs progress undo）",
    ),
    MessageCode.SAME_PLAN: (0, "两份计划是同一份或同一年的", "核对路径"),
    MessageCode.SEVERAL_YEARS: (0, "合看的计划不是同一年的", "请核对路径，一年一年地看"),
    MessageCode.NO_PREVIOUS_YEAR: (
        0,
        "上一年的用不上",
        "照括号里的改好上一年的计划；在那以前没有同比",
    ),
    MessageCode.BASE_LACKS: (0, "基数里缺单位", "在 bases 里补上，或用 --keep 先定下来"),
    MessageCode.PICTURES_LOST: (0, "副本里没有原表的图片", "核对原表上盖的章；原表没有动"),
    MessageCode.OTHER_FILES: (0, "文件夹里有别的文件", "核对后移走"),
    MessageCode.CHANGED_SINCE: (0, "公布以后有变", "核对；要以现在的为准，重新公布"),
    MessageCode.NOT_PUBLISHED: (0, "考核结果还没有公布", "先 fs score publish"),
    MessageCode.OTHER_MARK_COUNTS: (0, "算数的是另一次评分", "核对；不要的那一次，撤销它"),
}
_SAYS = re.compile("[一-龥].*[一-龥].*[一-龥]")
_REMEDY = re.compile("(?:^|[，。；：])((?:请|要)[^。]*)$")
_TEXTS = (ast.Constant, ast.JoinedStr, ast.IfExp)
Said = tuple[MessageCode, str]


def reference() -> str:
    """The document, as the program speaks now."""
    said = sorted(set(all_said()))
    parts = [_HEAD]
    for code in MessageCode:
        exit_code, meaning, _ = _MEANINGS[code]
        if code is MessageCode.FAR_OFF:  # the first that refuses nothing
            parts.append(f"\n# {_CAUTIONS}\n")
        level = f"（退出码 {exit_code}）" if exit_code else ""
        rows = "".join(_row(code, words.replace("|", "｜")) for at, words in said if at is code)
        parts.append(f"\n## `{code}` {meaning}{level}\n\n| 说的话 | 怎么办 |\n|---|---|\n{rows}")
    return "".join(parts)


def _row(code: MessageCode, words: str) -> str:
    """A sentence, and what it says is to be done; where it says nothing, what is done then."""
    found = _REMEDY.search(words)
    said = words[: found.start()].rstrip("，。；：") if found else words
    remedy = found[1] if found and said else _MEANINGS[code][2]
    return f"| {said or words} | {remedy} |\n"


@cache
def _kinds() -> dict[str, type[errors.FoodSafetyError]]:
    """The classes of errors by their names, those that other rooms derive from them, too."""
    kinds = [errors.FoodSafetyError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind.__name__: kind for kind in kinds}


@cache
def all_said() -> tuple[Said, ...]:
    """Every sentence of the program, with its code."""
    return tuple(_all_said())


def _all_said() -> Iterator[Said]:
    folder = ROOT / "foodsafety_cli"
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(_with_words_in_place(ast.parse(path.read_text("utf-8")))):
            for code, words in _of_node(node, path):
                if _SAYS.search(words):
                    yield code, words.removesuffix("。").strip()


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
        if isinstance(one, ast.Assign)
        and isinstance(one.value, ast.Constant | ast.JoinedStr | ast.IfExp)
        for target in one.targets
        if isinstance(target, ast.Name) and _SAYS.search(_words(one.value))
    }


# what yields or returns sentences that its callers give a code to
_GIVEN_A_CODE = {
    ("contradictions.py", None): MessageCode.WHOLE_AND_PARTS,
    ("reminders.py", "still_asked"): MessageCode.STILL_AWAITED,
    ("naming.py", "_passed_over"): MessageCode.PASSED_OVER,
    ("ledger_back.py", "_notes"): MessageCode.HAND_IN_NOTE,
    ("cells.py", "_short"): MessageCode.HAND_IN_NOTE,
    ("wording.py", "in_chinese"): MessageCode.USAGE,
    ("signing.py", "_what_then"): MessageCode.NOT_ALL_DONE,
    ("publication.py", "changed_since"): MessageCode.CHANGED_SINCE,
    ("signoff.py", "refusal"): MessageCode.STEP_REFUSED,
    ("merge.py", "_foreign"): MessageCode.MISFIT,
    ("progress_show.py", "_failing"): MessageCode.CHECK_FAILED,
    ("file.py", "_why"): MessageCode.PLAN_UNREADABLE,
}


# what makes a fault of a place in a handed-in file: its code, and where its sentence stands
_FAULTS = {
    "RowFault": (MessageCode.ROW_FAULT, 1),
    "Unusable": (MessageCode.ROW_FAULT, 0),
    "_known_row": (MessageCode.KNOWN_ROW, 1),
}
_COLLECTED = {"notes": MessageCode.HAND_IN_NOTE, "faults": MessageCode.ROW_FAULT}


def _of_node(node: ast.AST, path: Path) -> Iterator[Said]:
    if isinstance(node, ast.FunctionDef):
        yield from _of_function(node, path)
    for collection, its in _COLLECTED.items() if path.parent.name == "exchange" else ():
        yield from ((its, words) for words in _collected(node, collection))
    if not isinstance(node, ast.Call) or not node.args:
        return
    if isinstance(node.func, ast.Attribute) and node.func.attr == "fail":  # the parser's
        yield MessageCode.USAGE, _words(node.args[0])
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    kind = _kinds().get(name)
    if name == "unreadable":  # what a library could not parse
        yield MessageCode.FILE_UNREADABLE, _words(node.args[0])
    if path.parent.name == "exchange" and name in _FAULTS:
        code, at = _FAULTS[name]
        yield code, _words(node.args[at])
    elif name == "Caution" or name in ("say_caution", "say_refusal", "say_fault", "_speak"):
        at = 1 if name != "_speak" else 2
        if len(node.args) > at and (given := _code(node.args[at - 1])):
            yield given, _words(node.args[at])
    elif kind:
        is_of_a_cell = kind is errors.UsageError and path.parent.name == "exchange"
        yield MessageCode.ROW_FAULT if is_of_a_cell else kind.code, _sentence(node, kind)


def _collected(node: ast.AST, name: str) -> Iterator[str]:
    """What `name += [...]` and `name.append(...)` add."""
    if isinstance(node, ast.AugAssign) and _names(node.target, name):
        yield from _sentences_in(node.value)
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == f"{name}.append":
        yield from _sentences_in(node.args[0])


def _of_function(node: ast.FunctionDef, path: Path) -> Iterator[Said]:
    code = _GIVEN_A_CODE.get((path.name, node.name)) or _GIVEN_A_CODE.get((path.name, None))
    for inner in ast.walk(node) if code else ():
        if code and isinstance(inner, ast.Yield | ast.Return) and inner.value:
            yield from ((code, words) for words in _sentences_in(inner.value))


def _sentences_in(node: ast.expr) -> Iterator[str]:
    """The texts in an expression, one in another only as part of it."""
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.IfExp | ast.BinOp):
        yield _words(node)
    else:
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.expr):
                yield from _sentences_in(inner)


def _names(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _code(node: ast.expr) -> MessageCode | None:
    is_one = isinstance(node, ast.Attribute) and _names(node.value, "MessageCode")
    return MessageCode[node.attr] if isinstance(node, ast.Attribute) and is_one else None


def _sentence(node: ast.Call, kind: type[errors.FoodSafetyError]) -> str:
    words = [_words(arg) for arg in node.args]
    if issubclass(kind, errors.HandInFaulty):
        return "有 … 处要改，什么也没有记录。改好后再导入"
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
    return _words(inner) if isinstance(inner, _TEXTS) else "…"


def _words(node: ast.expr) -> str:
    """A text as it is written, with … for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [_words(v) if isinstance(v, ast.Constant) else _filled(v) for v in node.values]
        return "".join(parts)
    if isinstance(node, ast.IfExp):
        return " ／ ".join(filter(None, (_words(node.body), _words(node.orelse))))
    if isinstance(node, ast.BinOp):
        return f"{_words(node.left)}{_words(node.right)}"
    return "…"
