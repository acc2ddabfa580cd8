"""The styles of a Word document: what is hidden, headings, numbers, by themselves or inherited."""

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")


class Styles:
    """The styles by their ids; `hidden` are those that hide what has them."""

    def __init__(self, root: Any) -> None:
        found = [] if root is None else root.findall(f"{_W}style")
        self._styles = {style.get(f"{_W}styleId"): style for style in found}
        self._inherited: dict[tuple[str, str], Any] = {}
        self.hidden = frozenset(
            n for n in self._styles if is_on(self._of(n, f"{_W}rPr/{_W}vanish"))
        )

    def _of(self, name: str, path: str) -> Any:
        """An element of a style, or of the first one it is based on that has it; None if none."""
        passed: dict[str, None] = {}
        found = None
        while name in self._styles and name not in passed:
            if (name, path) in self._inherited:
                found = self._inherited[name, path]
                break
            passed[name] = None
            found = self._styles[name].find(path)
            if found is not None:
                break
            based = self._styles[name].find(f"{_W}basedOn")
            name = "" if based is None else str(based.get(f"{_W}val"))
        self._inherited |= dict.fromkeys(((one, path) for one in passed), found)
        return found

    def numbering(self, paragraph: Any) -> Any:
        """A paragraph's settings of its number, its own or its style's; None if it has none."""
        properties = properties_of(paragraph)
        own = None if properties is None else properties.find(f"{_W}numPr")
        return own if own is not None else self._of(_named(paragraph), f"{_W}pPr/{_W}numPr")

    def heading(self, paragraph: Any) -> int:
        """The level of the heading that a paragraph is; 0 for other paragraphs."""
        style = self._styles.get(_named(paragraph))
        name = None if style is None else style.find(f"{_W}name")
        said = "" if name is None else str(name.get(f"{_W}val") or "")
        found = re.fullmatch("(?:[Hh]eading|标题) ([1-9])", said)
        return int(found[1]) if found else 0


def _named(paragraph: Any) -> str:
    properties = properties_of(paragraph)
    style = None if properties is None else properties.find(f"{_W}pStyle")
    return "" if style is None else str(style.get(f"{_W}val"))


def properties_of(paragraph: Any) -> Any:
    """A paragraph's settings, which stand first in it; None where there are none."""
    first = next(iter(paragraph), None)  # its length would be counted, child by child
    return first if first is not None and first.tag == f"{_W}pPr" else None


def is_on(element: Any) -> bool:
    """Whether a setting is there and not off."""
    return element is not None and element.get(f"{_W}val") not in _OFF


def whole(element: Any, default: int) -> int:
    """The whole number that a setting holds, and the default where it holds none."""
    said = "" if element is None else str(element.get(f"{_W}val") or "")
    found = re.fullmatch(r"\s*(\d{1,9})(?:\.0*)?\s*", said)
    return int(found[1]) if found else default
