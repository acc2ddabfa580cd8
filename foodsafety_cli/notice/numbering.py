"""The numbers Word would print before paragraphs: kept as settings, not as text."""

from typing import Any

from foodsafety_cli.analysis.numerals import spelt
from foodsafety_cli.notice.word_styles import Styles, is_on, whole

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
_SET = {"decimalEnclosedFullstop": "{}.", "decimalEnclosedParen": "（{}）"}
_NONE = {"none", "bullet"}
_LAST_CIRCLED = 20
_DEEPEST = 8  # of a list's levels, which count from 0


class Numbers:
    """Counts through a document, paragraph by paragraph."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}  # by kind of list, and level
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._kinds: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._in_digits: set[tuple[str, int]] = set()  # legal numbers: 一.1 is 1.1
        self._begun: set[str] = set()
        if root is None:
            return
        kinds = {kind.get(f"{_W}abstractNumId"): kind for kind in root.findall(f"{_W}abstractNum")}
        by_style = {_value(kind, "styleLink"): kind for kind in kinds.values()}
        for number in root.findall(f"{_W}num"):
            kind = kinds.get(_value(number, "abstractNumId"))
            link = "" if kind is None else _value(kind, "numStyleLink")
            self._learn(number, by_style.get(link, kind) if link else kind)

    def _learn(self, number: Any, kind: Any) -> None:
        name = number.get(f"{_W}numId")
        self._kinds[name] = _value(number, "abstractNumId")
        for level in () if kind is None else kind.findall(f"{_W}lvl")[: _DEEPEST + 1]:
            place = _level(level)
            start = whole(level.find(f"{_W}start"), 1)
            settings = _value(level, "numFmt"), _value(level, "lvlText")
            self._levels[name, place] = (*settings, start)
            if is_on(level.find(f"{_W}isLgl")):
                self._in_digits.add((name, place))
        for override in number.findall(f"{_W}lvlOverride"):
            if _value(override, "startOverride"):
                again = whole(override.find(f"{_W}startOverride"), 1)
                self._restarts.setdefault(name, {})[_level(override)] = again

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph as Word prints it, empty if it has none."""
        own = self._styles.numbering(paragraph)
        name = "" if own is None else _value(own, "numId")
        level = 0 if own is None else whole(own.find(f"{_W}ilvl"), 0)
        if level > _DEEPEST or (name, level) not in self._levels:
            return ""
        self._count(name, level)
        return self._printed(name, level)

    def _count(self, name: str, level: int) -> None:
        """One more at this level; the levels below begin again, as does a list told to."""
        kind = self._kinds[name]
        if name not in self._begun:
            self._begun.add(name)
            for at, begins in self._restarts.get(name, {}).items():
                self._counts.setdefault(kind, {})[at] = begins - 1
        counts = self._counts.setdefault(kind, {})
        for below in [at for at in counts if at > level]:
            del counts[below]
        counts[level] = counts.get(level, self._levels[name, level][2] - 1) + 1

    def _printed(self, name: str, level: int) -> str:
        text = self._levels[name, level][1]
        if self._levels[name, level][0] in _NONE:
            return ""
        for at in range(level + 1):
            settings = self._levels.get((name, at))
            if settings is not None:
                count = self._counts.get(self._kinds[name], {}).get(at, settings[2])
                form = "decimal" if (name, level) in self._in_digits else settings[0]
                text = text.replace(f"%{at + 1}", _spelt(count, form))
        return text


def _spelt(count: int, form: str) -> str:
    if form in _CHINESE:
        return spelt(count)
    if form in _LEGAL:
        return spelt(count).translate(_CAPITAL)
    if form in _CIRCLED and 1 <= count <= _LAST_CIRCLED:
        return chr(ord("①") + count - 1)
    if form in _SET:
        return _SET[form].format(count)
    return str(count)


def _level(element: Any) -> int:
    said = str(element.get(f"{_W}ilvl") or "")
    return int(said) if said.isdecimal() and len(said) < 3 else 0


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val") or "")
