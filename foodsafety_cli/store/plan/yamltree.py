"""YAML text to plain strings, lists and mappings that know where they stand.

Scalars stay the strings that were written: the schema types them, so `016`, `no` and `12:30`
mean what they show. Anchors, aliases, tags and duplicate keys are faults. The loop over parse
events keeps its own stack: nothing a file can nest makes it recurse.
"""

from dataclasses import dataclass

import yaml

from foodsafety_cli.model.problem import Code, Path
from foodsafety_cli.model.text import clean, is_clean
from foodsafety_cli.store.plan.yamlfaults import (
    TOO_DEEP,
    Position,
    YamlFault,
    YamlMark,
    character_fault,
    colon_fault,
    is_control,
    separator_fault,
    syntax_fault,
)

MAX_DEPTH = 32
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A value and where it starts; mappings also keep where each key starts.

    The library's marks are kept as they come: few of them are ever asked for their position.
    """

    mark: YamlMark | None
    value: "str | list[Node] | dict[str, Node] | None"
    keys: dict[str, YamlMark | None] | None = None

    @property
    def position(self) -> Position:
        """Where the value starts."""
        return Position.of(self.mark)

    def plain(self) -> object:
        """The value as nested strings, lists and dictionaries."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        if self.value is None or is_clean(self.value):
            return self.value
        return clean(self.value)  # marks that turn writing around reach nobody

    @classmethod
    def of(cls, plain: object, mark: YamlMark | None) -> "Node":
        """A tree for plain data, all of it standing at one place."""
        if isinstance(plain, dict):
            return cls(mark, {key: cls.of(value, mark) for key, value in plain.items()})
        if isinstance(plain, list):
            return cls(mark, [cls.of(value, mark) for value in plain])
        return cls(mark, str(plain))

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
            return Position.of(holder.keys[str(path[-1])])
        return self.nodes_along(path)[-1].position


_Key = tuple[str, YamlMark | None]


def parse(text: str) -> tuple[Node | None, list[YamlFault]]:
    """Read one YAML document; faults are collected, and a broken syntax ends the reading."""
    builder = _TreeBuilder()
    if unseen := separator_fault(text) or colon_fault(text):
        return None, [unseen]
    try:
        loader = _LOADER(text)
        for event in iter(loader.get_event, None):  # `yaml.parse` asks twice for each of them
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        builder.faults.append(syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        builder.faults.append(character_fault(error, text))
    return builder.root, builder.faults


class _TreeBuilder:
    """Builds the tree from parse events, with an explicit stack of open collections."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[YamlFault] = []
        self._stack: list[tuple[Node | None, _Key | None]] = []  # what is open around `_holder`
        self._holder: Node | None = None
        self._key: _Key | None = None

    def take(self, event: yaml.Event) -> bool:
        """Add one event to the tree; False ends the reading."""
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            node = self._holder
            self._holder, self._key = self._stack.pop()
            if node is not None:
                self._place(node)
        elif isinstance(event, yaml.AliasEvent):
            self._check(event)
            self._place(Node(event.start_mark, None))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            words = "一个文件里只能有一份计划"
            self._fault(event.start_mark, Code.YAML_DOCUMENTS, words, "请删去“---”")
            return False
        return True

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor or event.tag:
            self._check(event)
        text = event.value
        if not text.isprintable():
            self._check_characters(text, event.start_mark)
        if self._key is None and self._holder is not None and self._holder.keys is not None:
            self._key = (text, event.start_mark)
        else:
            self._place(Node(event.start_mark, text if text or event.style else None))

    def _open(self, event: yaml.CollectionStartEvent) -> bool:
        self._check(event)
        mark = event.start_mark
        self._stack.append((self._holder, self._key))
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._holder = Node(mark, {}, {}) if is_mapping else Node(mark, [])
        self._key = None
        if len(self._stack) > MAX_DEPTH:
            self._fault(mark, *TOO_DEEP)
            return False
        return True

    def _place(self, node: Node) -> None:
        holder = self._holder
        if holder is None:
            self.root = node
        elif isinstance(holder.value, list):
            holder.value.append(node)
        elif isinstance(holder.value, dict) and holder.keys is not None:
            self._place_under_key(holder.value, holder.keys, node)

    def _place_under_key(
        self, values: dict[str, Node], keys: dict[str, YamlMark | None], node: Node
    ) -> None:
        if self._key is None:
            self._fault(node.mark, Code.YAML_KEY, "键只能是文字", "请写成“键: 值”")
            self._key = ("", node.mark)
            return
        key, mark = self._key
        self._key = None
        if key in values:
            words = f"“{key}”在第 {Position.of(keys[key]).line} 行已写过"
            self._fault(mark, Code.DUPLICATE_KEY, words, "请删去一个")
        else:
            values[key] = node
            keys[key] = mark

    def _check(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._fault(
                event.start_mark,
                Code.YAML_ALIAS,
                f"计划中不用锚点和别名（{mark}{event.anchor}）",
                "请把内容直接写出来",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._fault(event.start_mark, Code.YAML_TAG, f"计划中不用标签（{tag}）", "请删去标签")

    def _check_characters(self, text: str, mark: YamlMark | None) -> None:
        for char in filter(is_control, text):  # written as an escape: "\x1b"
            words = f"文字里有控制字符（U+{ord(char):04X}）"
            self._fault(mark, Code.YAML_CHARACTER, words, "请删去它")
            return

    def _fault(self, mark: YamlMark | None, code: Code, message: str, remedy: str) -> None:
        self.faults.append(YamlFault(Position.of(mark), code, message, remedy))
