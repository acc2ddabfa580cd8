"""The parts of a Word document that a notice is in, whatever else the file packs.

A macro, a template, a picture without its type or a link to a part that is not there are no
reason to refuse a document whose words are sound.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.store.files import packed_names

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# ISO/IEC 29500 strict: the same elements under other names
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml)/")
_STRICT_OFFICE = re.compile(rb"http://purl\.oclc\.org/ooxml/officeDocument/")
_BESIDE = {"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}


class WordParts:
    """The parsed parts: the document itself, its numbering and its styles, and what is beside."""

    def __init__(self, content: bytes) -> None:
        """Raises `FileUnreadable`, and what the parsers raise."""
        names = packed_names("这个 Word 文件", content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self._packed = packed
            main = next(
                (part for kind, part in self._related("") if kind.endswith("/officeDocument")), ""
            )
            main = main if main in names else "word/document.xml"
            if main not in names:
                raise FileUnreadable("这不是 Word 文档（.docx）。请另存为 .docx 或 .txt 再试")
            related = ((kind.rpartition("/")[2], part) for kind, part in self._related(main))
            parts = [*dict.fromkeys(related)]
            known = {kind: part for kind, part in parts if part in names}
            self.body: Any = self._parsed(main).find(f"{_W}body")
            self.numbering = self._sound(known.get("numbering"))
            self.styles = self._sound(known.get("styles"))
            self.beside = [
                (_BESIDE[kind], words)
                for kind, part in parts
                if kind in _BESIDE and part in names and (words := self._words(part))
            ]
            # a document within the document, shown by Word and by nothing else
            self.has_chunks = any(kind == "aFChunk" for kind, _ in parts)
        if self.body is None:
            raise FileUnreadable("这不是 Word 文档（.docx）。请另存为 .docx 或 .txt 再试")

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        """The kinds and names of the parts that a part, or the whole file, refers to."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._packed.namelist():
            return
        for one in self._parsed(rels):
            target = str(one.get("Target") or "")
            if one.get("TargetMode") != "External" and target:
                place = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                yield str(one.get("Type") or ""), posixpath.normpath(place).lstrip("/")

    def _parsed(self, name: str) -> Any:
        from lxml import etree

        content = _STRICT.sub(
            rb"http://schemas.openxmlformats.org/\1/2006/", self._packed.read(name)
        )
        content = _STRICT_OFFICE.sub(
            b"http://schemas.openxmlformats.org/officeDocument/2006/", content
        )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(content, parser)

    def _sound(self, name: str | None) -> Any:
        """A part that the words can do without; None where it is missing or broken."""
        from lxml import etree

        try:
            return None if name is None else self._parsed(name)
        except etree.XMLSyntaxError:
            return None

    def _words(self, part: str) -> str:
        """The words of a part, without those that only number its pages."""
        root = self._sound(part)
        texts = () if root is None else root.iter(f"{_W}t")
        found = "".join(text.text or "" for text in texts).strip()
        return found if re.search("[一-龥]{2}", found) else ""
