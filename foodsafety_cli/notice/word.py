"""Word documents as lines: paragraphs and tables in their order, automatic numbers spelt out."""

import io
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.numerals import spelt
from foodsafety_cli.notice.tables import as_lines
from foodsafety_cli.store.files import packed_names

_SPELT = {
    "chineseCounting": "一",
    "chineseCountingThousand": "一",
    "japaneseCounting": "一",
    "ideographDigital": "一",
    "taiwaneseCountingThousand": "一",
}


def paragraphs(content: bytes) -> Iterator[tuple[int, str, int]]:
    """Each line with its place (counted through) and heading level; raises `FileUnreadable`."""
    document = _opened(content)
    numbers = _Numbers(document)
    place = 0
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            rows = []
            for row in block.rows:
                place += 1
                rows.append((place, [cell.text for cell in row.cells]))
            yield from as_lines(rows)
            continue
        text = numbers.label(block) + block.text
        for line in text.split("\n"):
            place += 1
            yield place, line, _heading(block)


def _opened(content: bytes) -> Any:
    from docx import Document

    try:
        if "word/document.xml" not in packed_names("这个 Word 文件", content):
            raise FileUnreadable("这不是 Word 文档（.docx）。请另存为 .docx 或 .txt 再试")
        return Document(io.BytesIO(content))
    except FileUnreadable:
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        raise FileUnreadable(
            f"这个 Word 文件打不开（{type(error).__name__}），可能已损坏"
        ) from error


def _heading(paragraph: Any) -> int:
    name = str(getattr(paragraph.style, "name", "") or "")
    return int(name[-1]) if name.startswith(("Heading ", "标题 ")) and name[-1].isdigit() else 0


class _Numbers:
    """The numbers Word would print before paragraphs: kept as settings, not as text."""

    def __init__(self, document: Any) -> None:
        from docx.oxml.ns import qn

        self._qn = qn
        self._counts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        kinds = {
            kind.get(qn("w:abstractNumId")): kind for kind in root.findall(qn("w:abstractNum"))
        }
        for number in root.findall(qn("w:num")):
            kind = kinds.get(self._value(number, "w:abstractNumId"))
            for level in () if kind is None else kind.findall(qn("w:lvl")):
                key = (number.get(qn("w:numId")), int(level.get(qn("w:ilvl"))))
                start = int(self._value(level, "w:start") or 1)
                settings = self._value(level, "w:numFmt"), self._value(level, "w:lvlText")
                self._levels[key] = (*settings, start)

    def _value(self, element: Any, name: str) -> str:
        found = element.find(self._qn(name))
        return "" if found is None else str(found.get(self._qn("w:val")) or "")

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph as Word prints it, empty if it has none."""
        properties = [paragraph._p.pPr, getattr(paragraph.style.element, "pPr", None)]
        chosen = next((p.numPr for p in properties if p is not None and p.numPr is not None), None)
        if chosen is None or chosen.numId is None:
            return ""
        level = 0 if chosen.ilvl is None else int(chosen.ilvl.val)
        key = (str(chosen.numId.val), level)
        if key not in self._levels:
            return ""
        for other in [k for k in self._counts if k[0] == key[0] and k[1] > level]:
            del self._counts[other]
        self._counts[key] = self._counts.get(key, self._levels[key][2] - 1) + 1
        return self._printed(key)

    def _printed(self, key: tuple[str, int]) -> str:
        text = self._levels[key][1]
        for level in range(key[1] + 1):
            settings = self._levels.get((key[0], level))
            if settings is None:
                continue
            count = self._counts.get((key[0], level), settings[2])
            text = text.replace(
                f"%{level + 1}", spelt(count) if settings[0] in _SPELT else str(count)
            )
        return text
