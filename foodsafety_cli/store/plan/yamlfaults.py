"""What is wrong with a text as YAML: where it is, and in which words it is told."""

import re
from typing import Protocol

import yaml

from foodsafety_cli.model.problem import Code
from foodsafety_cli.model.valuetype import ValueType

TOO_DEEP = (Code.YAML_DEPTH, "括号或缩进套得太深", "请检查这里的括号")
_WORDS_FOR = {
    "found character that cannot start any token": "这里有不能开头的字符",
    "did not find expected key": "这里缩进不对，或少了“键:”",
    "did not find expected '-' indicator": "列表里的这一行应以“- ”开头",
    "mapping values are not allowed in this context": "这里不该出现“:”，文字里有冒号时请加引号",
    "could not find expected ':'": "这一行少了“:”",
    "found unexpected end of stream": "引号或括号没有收尾",
    "did not find expected ',' or ']'": "方括号里少了“,”或“]”",
    "did not find expected ',' or '}'": "花括号里少了“,”或“}”",
}

# a key, and behind it the colon that Chinese keyboards give
_WIDE_COLON = re.compile(r"^[ ]*(?:- )?(?:[{｛] ?)?([a-z_]+)(：)", re.MULTILINE)
_WIDE_COLON_INSIDE = re.compile(
    r"^[ ]*(?:- |[a-z_]+: ?)?[{｛](?:[^\"'\n]*[,，])? ?([a-z_]+)(：)", re.MULTILINE
)
_BLOCK = re.compile(r"[:-] [|>][-+0-9]*[ ]*$", re.MULTILINE)  # whose words may be anything
_LOOKED_BACK = 3  # lines
_SLIPS = (
    re.compile(r"\s*(?:- )?([a-z_]+:)(?=[^\s/]|[\u3000\xa0])"),
    re.compile(r"\s*(-)(?=[a-z_]+: )"),
)
_OPEN_QUOTE = re.compile("""^[^"']*: (?:"[^"]*|'[^']*)$""")


class YamlMark(Protocol):
    """A place as either of the library's parsers has it, counted from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Position(ValueType):
    """A place in the text, counted from 1, columns in characters."""

    line: int
    column: int

    @classmethod
    def of(cls, mark: YamlMark | None) -> "Position":
        """The place that the library means; none stands for the whole text."""
        return cls(mark.line + 1, mark.column + 1) if mark else cls(1, 1)

    @classmethod
    def at(cls, text: str, place: int) -> "Position":
        """That of the character at a place of the text."""
        return cls(text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))


class YamlFault(ValueType):
    """What is wrong with the text as YAML, where, and what to do."""

    position: Position
    code: Code
    message: str
    remedy: str


def syntax_fault(error: yaml.MarkedYAMLError, text: str) -> YamlFault:
    """Where the library could not read on, in words that an officer understands."""
    position = Position.of(error.problem_mark or error.context_mark)
    if wide := _WIDE_COLON.search(text):
        return _wide_colon(text, wide)
    lines = text.splitlines()
    if slip := _slip(lines, position):
        return slip
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[position.column - 1 :][:1] == "\t":
        return YamlFault(position, Code.YAML_TAB, "缩进里有制表符（Tab）", "请改用空格缩进")
    if error.problem == "exceeded maximum nesting depth":  # libyaml 0.2.6 scans ahead that far
        return YamlFault(position, *TOO_DEEP)
    comma = line[: position.column].rfind("，")
    if comma >= 0 and "expected ','" in (error.problem or ""):  # libyaml's words, or PyYAML's own
        at = Position(position.line, comma + 1)
        return YamlFault(at, Code.YAML_SYNTAX, "这里的逗号是全角的“，”", "请改成半角的“,”")
    words = _WORDS_FOR.get(error.problem or "", "不合 YAML 的写法")
    return YamlFault(position, Code.YAML_SYNTAX, words, "请检查这一行和上一行的缩进、冒号与引号")


def _slip(lines: list[str], position: Position) -> YamlFault | None:
    """What is often typed so, and stops the library lines later; looked for only then."""
    for number in range(min(position.line, len(lines)), max(0, position.line - _LOOKED_BACK), -1):
        for shape in _SLIPS:
            if found := shape.match(lines[number - 1]):
                at = Position(number, found.start(1) + 1)
                words = f"“{found[1]}”后面要空一格"
                return YamlFault(at, Code.YAML_SYNTAX, words, "请加一个半角空格")
    open_quote = next((n for n, line in enumerate(lines, 1) if _OPEN_QUOTE.search(line)), None)
    if open_quote and position.line > len(lines) - 1:
        column = len(lines[open_quote - 1].rpartition(": ")[0]) + 3
        words = "引号没有收尾"
        return YamlFault(
            Position(open_quote, column), Code.YAML_SYNTAX, words, "请在这一行末尾补上引号"
        )
    return None


def _wide_colon(text: str, found: re.Match[str]) -> YamlFault:
    words = f"“{found[1]}”后面的冒号是全角的“：”"
    at = Position.at(text, found.start(2))
    return YamlFault(at, Code.YAML_SYNTAX, words, "请改成半角的“:”，后面空一格")


def character_fault(error: yaml.reader.ReaderError, text: str) -> YamlFault:
    """The first character that no plan may hold."""
    found = next((n for n, char in enumerate(text) if is_control(char)), 0)
    code = ord(text[found]) if text else error.character
    words = f"有不可见的控制字符（U+{code:04X}）"
    return YamlFault(Position.at(text, found), Code.YAML_CHARACTER, words, "请删去它")


def colon_fault(text: str) -> YamlFault | None:
    """A full-width colon behind a key within braces, which makes one word of it and its value."""
    found = _WIDE_COLON_INSIDE.search(text)
    return _wide_colon(text, found) if found and not _BLOCK.search(text) else None


def separator_fault(text: str) -> YamlFault | None:
    """A line separator that web pages have, and that YAML takes for the end of the line."""
    found = re.search("[\u2028\u2029]", text)
    if not found:
        return None
    words = f"有看不见的换行符（U+{ord(found[0]):04X}），常是从网页复制来的"
    return YamlFault(Position.at(text, found.start()), Code.YAML_CHARACTER, words, "请删去它")


def is_control(char: str) -> bool:
    """Whether a character is one that nobody sees and a terminal may obey."""
    return (
        (char < " " and char not in "\t\n\r")
        or ("\x7f" <= char < "\xa0" and char != "\x85")
        or char in "\ufeff\ufffe\uffff"
        or "\ud800" <= char <= "\udfff"
    )
