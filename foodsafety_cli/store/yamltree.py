"""YAML text to plain strings, lists and mappings that know where they stand.

Scalars stay the strings that were written: the schema types them, so `016`, `no` and `12:30`
mean what they show. Anchors, aliases, tags and duplicate keys are faults. The loop over parse
events keeps its own stack: nothing a file can nest makes it recurse.
"""

from dataclasses import dataclass
from typing import NamedTuple

import yaml

from foodsafety_cli.model.problem import Path

MAX_DEPTH = 32
_TOO_DEEP = ("yaml-depth", "括号或缩进套得太深", "请检查这里的括号")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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


class Position(NamedTuple):
    """A place in the text, counted from 1, columns in characters."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A value and where it starts; mappings also keep where each key starts."""

    position: Position
    value: "str | list[Node] | dict[str, Node] | None"
    keys: dict[str, Position] | None = None

    def plain(self) -> object:
        """The value as nested strings, lists and dictionaries."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    @classmethod
    def of(cls, plain: object, position: Position) -> "Node":
        """A tree for plain data, all of it standing at one place."""
        if isinstance(plain, dict):
            return cls(position, {key: cls.of(value, position) for key, value in plain.items()})
        if isinstance(plain, list):
            return cls(position, [cls.of(value, position) for value in plain])
        return cls(position, str(plain))

    def nodes_along(self, path: Path) -> "list[Node]":
        """This node and those that `path` leads through, as far as it can be followed."""
        nodes = [self]
        for step in path:
            value = nodes[-1].value
            if isinstance(value, dict) and step in value:
                nodes.append(value[str(step)])
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                nodes.append(value[step])
            else:
                break
        return nodes

    def locate(self, path: Path, *, on_key: bool = False) -> Position:
        """Where `path` stands; for a missing key, the mapping that should hold it."""
        holder = self.nodes_along(path[:-1])[-1]
        if on_key and holder.keys and path[-1] in holder.keys:
            return holder.keys[str(path[-1])]
        return self.nodes_along(path)[-1].position


class YamlFault(NamedTuple):
    """What is wrong with the text as YAML, where, and what to do."""

    position: Position
    code: str
    message: str
    remedy: str


def parse(text: str) -> tuple[Node | None, list[YamlFault]]:
    """Read one YAML document; faults are collected, and a broken syntax ends the reading."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.faults.append(_syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        builder.faults.append(_character_fault(error, text))
    return builder.root, builder.faults


class _Builder:
    """Builds the tree from parse events, with an explicit stack of open collections."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[YamlFault] = []
        self._stack: list[tuple[Node, tuple[str, Position] | None]] = []
        self._key: tuple[str, Position] | None = None

    def take(self, event: yaml.Event) -> bool:
        """Add one event to the tree; False ends the reading."""
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            node, self._key = self._stack.pop()
            self._place(node)
        elif isinstance(event, yaml.AliasEvent):
            self._check(event)
            self._place(Node(_start(event), None))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._fault(_start(event), "yaml-documents", "一个文件里只能有一份计划", "请删去“---”")
            return False
        return True

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._check(event)
        position = _start(event)
        if not event.value.isprintable():
            self._check_characters(event.value, position)
        if self._expects_key():
            self._key = (event.value, position)
        else:
            self._place(Node(position, event.value if event.value or event.style else None))

    def _open(self, event: yaml.CollectionStartEvent) -> bool:
        self._check(event)
        position = _start(event)
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        node = Node(position, {}, {}) if is_mapping else Node(position, [])
        self._stack.append((node, self._key))
        self._key = None
        if len(self._stack) > MAX_DEPTH:
            self._fault(position, *_TOO_DEEP)
            return False
        return True

    def _expects_key(self) -> bool:
        return not self._key and bool(self._stack) and self._stack[-1][0].keys is not None

    def _place(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        holder = self._stack[-1][0]
        if isinstance(holder.value, list):
            holder.value.append(node)
        elif isinstance(holder.value, dict) and holder.keys is not None:
            self._place_under_key(holder.value, holder.keys, node)

    def _place_under_key(
        self, values: dict[str, Node], keys: dict[str, Position], node: Node
    ) -> None:
        if self._key is None:
            self._fault(node.position, "yaml-key", "键只能是文字", "请写成“键: 值”")
            self._key = ("", node.position)
            return
        key, position = self._key
        self._key = None
        if key in values:
            line = keys[key].line
            self._fault(position, "duplicate-key", f"“{key}”在第 {line} 行已写过", "请删去一个")
        else:
            values[key] = node
            keys[key] = position

    def _check(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._fault(
                _start(event),
                "yaml-alias",
                f"计划中不用锚点和别名（{mark}{event.anchor}）",
                "请把内容直接写出来",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._fault(_start(event), "yaml-tag", f"计划中不用标签（{tag}）", "请删去标签")

    def _check_characters(self, text: str, position: Position) -> None:
        for char in filter(_is_control, text):  # written as an escape: "\x1b"
            words = f"文字里有控制字符（U+{ord(char):04X}）"
            self._fault(position, "yaml-character", words, "请删去它")
            return

    def _fault(self, position: Position, code: str, message: str, remedy: str) -> None:
        self.faults.append(YamlFault(position, code, message, remedy))


def _start(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> YamlFault:
    mark = error.problem_mark or error.context_mark
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    lines = text.splitlines()
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or line[position.column - 1 :][:1] == "\t":
        return YamlFault(position, "yaml-tab", "缩进里有制表符（Tab）", "请改用空格缩进")
    if error.problem == "exceeded maximum nesting depth":  # libyaml 0.2.6 scans ahead that far
        return YamlFault(position, *_TOO_DEEP)
    words = _WORDS_FOR.get(error.problem or "", "不合 YAML 的写法")
    return YamlFault(position, "yaml-syntax", words, "请检查这一行和上一行的缩进、冒号与引号")


def _character_fault(error: yaml.reader.ReaderError, text: str) -> YamlFault:
    found = next((n for n, char in enumerate(text) if _is_control(char)), 0)
    line_start = text.rfind("\n", 0, found) + 1
    position = Position(text.count("\n", 0, found) + 1, found - line_start + 1)
    code = ord(text[found]) if text else error.character
    return YamlFault(position, "yaml-character", f"有不可见的控制字符（U+{code:04X}）", "请删去它")


def _is_control(char: str) -> bool:
    return (
        (char < " " and char not in "\t\n\r")
        or ("\x7f" <= char < "\xa0" and char != "\x85")
        or char in "\ufeff\ufffe\uffff"
        or "\ud800" <= char <= "\udfff"
    )
