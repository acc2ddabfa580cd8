"""The numbers Word would print before paragraphs: kept as settings, not as text."""

from typing import Any

from foodsafety_cli.analysis.numerals import spelt

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "ideographDigital",
    "taiwaneseCountingThousand",
}
_LEGAL = {"chineseLegalSimplified", "chineseLegalTraditional", "ideographLegalTraditional"}
_CAPITAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_NONE = {"none", "bullet"}
_LAST_CIRCLED = 20


class Numbers:
    """Counts through a document, paragraph by paragraph."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[tuple[str, int], int] = {}  # by kind of list, and level
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._kinds: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._begun: set[str] = set()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        kinds = {kind.get(f"{_W}abstractNumId"): kind for kind in root.findall(f"{_W}abstractNum")}
        for number in root.findall(f"{_W}num"):
            self._learn(number, kinds.get(_value(number, "abstractNumId")))

    def _learn(self, number: Any, kind: Any) -> None:
        name = number.get(f"{_W}numId")
        self._kinds[name] = _value(number, "abstractNumId")
        for level in () if kind is None else kind.findall(f"{_W}lvl"):
            place = int(level.get(f"{_W}ilvl"))
            start = int(_value(level, "start") or 1)
            settings = _value(level, "numFmt"), _value(level, "lvlText")
            self._levels[name, place] = (*settings, start)
        for override in number.findall(f"{_W}lvlOverride"):
            if again := _value(override, "startOverride"):
                self._restarts[name, int(override.get(f"{_W}ilvl"))] = int(again)

    def label(self, paragraph: Any, style: Any) -> str:
        """The number of a paragraph as Word prints it, empty if it has none."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is None and style is not None:
            own = style.element.find(f"{_W}pPr/{_W}numPr")
        name = "" if own is None else _value(own, "numId")
        level = int((_value(own, "ilvl") if own is not None else "") or 0)
        if (name, level) not in self._levels:
            return ""
        self._count(name, level)
        return self._printed(name, level)

    def _count(self, name: str, level: int) -> None:
        """One more at this level; the levels below begin again, as does a list told to."""
        kind = self._kinds[name]
        if name not in self._begun:
            self._begun.add(name)
            for (other, at), begins in self._restarts.items():
                if other == name:
                    self._counts[kind, at] = begins - 1
        for below in [key for key in self._counts if key[0] == kind and key[1] > level]:
            del self._counts[below]
        start = self._levels[name, level][2]
        self._counts[kind, level] = self._counts.get((kind, level), start - 1) + 1

    def _printed(self, name: str, level: int) -> str:
        text = self._levels[name, level][1]
        if self._levels[name, level][0] in _NONE:
            return ""
        for at in range(level + 1):
            settings = self._levels.get((name, at))
            if settings is not None:
                count = self._counts.get((self._kinds[name], at), settings[2])
                text = text.replace(f"%{at + 1}", _spelt(count, settings[0]))
        return text


def _spelt(count: int, form: str) -> str:
    if form in _CHINESE:
        return spelt(count)
    if form in _LEGAL:
        return spelt(count).translate(_CAPITAL)
    if form in _CIRCLED and 1 <= count <= _LAST_CIRCLED:
        return chr(ord("①") + count - 1)
    return str(count)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val") or "")
