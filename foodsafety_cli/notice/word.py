"""Word documents as lines: what Word shows as the final text, automatic numbers spelt out.

Insertions that were tracked are in, deletions and hidden text are out (ECMA-376 part 1, 17.13.5).
"""

import io
import re
from collections.abc import Collection, Iterator
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.notice.numbering import Numbers
from foodsafety_cli.notice.tables import UNREAD, Told, as_lines
from foodsafety_cli.store.files import packed_names

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "rt", "instrText", "delText", "rPr", "pPr")}
_GONE.add(f"{_MC}Fallback")  # what older programs show instead of a text box
_P, _TBL, _TR, _TC = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
_BOX = f"{_W}txbxContent"
_DEEPEST = 60  # tables and boxes in one another
_OFF = ("0", "false", "off")


def paragraphs(content: bytes) -> Iterator[Told]:
    """Each line with its place (counted through) and heading level; raises `FileUnreadable`."""
    document = _opened(content)
    reader = _DocumentReader(document)
    yield from reader.blocks(document.element.body)
    yield from reader.unread(document.element.body)


def _opened(content: bytes) -> Any:
    from docx import Document

    try:
        if "word/document.xml" not in packed_names("这个 Word 文件", content):
            raise FileUnreadable("这不是 Word 文档（.docx）。请另存为 .docx 或 .txt 再试")
        return Document(io.BytesIO(content))
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        raise unreadable("这个 Word 文件打不开，可能已损坏", error) from error


class _DocumentReader:
    """Walks a document's blocks; a paragraph whose end was deleted runs on into the next."""

    def __init__(self, document: Any) -> None:
        self._numbers = Numbers(document)
        self._styles = {style.style_id: style for style in document.styles}
        self._hidden = frozenset(name for name, s in self._styles.items() if _hides(s))
        self._place = 0
        self._seen: set[Any] = set()  # the texts that reached a line

    def unread(self, body: Any) -> Iterator[Told]:
        """Every visible text that has reached no line, so that nobody has to find it missing."""
        for text in body.iter(f"{_W}t", _FORMULA_TEXT, _DRAWN_TEXT):
            is_said = text in self._seen or not (text.text or "").strip()
            if not is_said and not _is_gone(text, self._hidden):
                yield Told(self._place, text.text, lost=UNREAD)

    def blocks(self, holder: Any, depth: int = 0) -> Iterator[Told]:
        if depth > _DEEPEST:
            raise FileUnreadable(f"这个 Word 文件里表格套了 {_DEEPEST} 层以上，没有读")
        carried = ""
        for block in _blocks(holder):
            if block.tag == _TBL:
                yield from self._table(block, depth)
                continue
            if _is_deleted(block) and not "".join(self._runs(block)).strip():
                continue  # nothing of it is left, nor is it counted
            text = carried + self._text(block)
            if _is_deleted(block):
                carried = text
                continue
            carried = ""
            heading = self._heading(block)
            for line in text.split("\n"):
                self._place += 1
                yield Told(self._place, line, heading)
            for box in _boxes(block):
                yield from self.blocks(box, depth + 1)
        if carried:
            self._place += 1
            yield Told(self._place, carried)

    def _text(self, paragraph: Any) -> str:
        return self._numbers.label(paragraph, self._style(paragraph)) + "".join(
            self._runs(paragraph)
        )

    def _table(self, table: Any, depth: int) -> Iterator[Told]:
        if depth > _DEEPEST:
            raise FileUnreadable(f"这个 Word 文件里表格套了 {_DEEPEST} 层以上，没有读")
        rows: list[tuple[int, list[str]]] = []
        inner: list[Told] = []
        for row in _descend(table, _TR):
            if _is_row_gone(row):
                continue
            self._place += 1
            rows.append((self._place, self._cells(row, rows, inner, depth)))
        yield from as_lines(rows)
        yield from inner

    def _cells(
        self, row: Any, above: list[tuple[int, list[str]]], inner: list[Told], depth: int
    ) -> list[str]:
        """A row's texts; a cell over several columns or rows stands in each of them."""
        cells: list[str] = []
        for cell in _descend(row, _TC):
            properties = cell.find(f"{_W}tcPr")
            merged = None if properties is None else properties.find(f"{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") in (None, "continue")
            if goes_on and above and len(above[-1][1]) > len(cells):
                text = above[-1][1][len(cells)]
            else:
                text = "\n".join(self._text(p) for p in _blocks(cell) if p.tag == _P).strip("\n")
            nested = [b for b in _blocks(cell) if b.tag == _TBL]
            told = [line for table in nested for line in self._table(table, depth + 1)]
            if nested and len(list(_descend(row, _TC))) > 1:  # it belongs to what stands beside it
                text = "\n".join(filter(None, (text, *(line.text for line in told))))
            else:
                inner += told
            span = None if properties is None else properties.find(f"{_W}gridSpan")
            width = int(span.get(f"{_W}val") or 1) if span is not None else 1
            cells += [text] * min(max(width, 1), 64)
        return cells

    def _runs(self, element: Any) -> Iterator[str]:
        """The words of a paragraph as they are shown."""
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _GONE or tag == _BOX:
                continue
            if tag == f"{_W}r" and _is_hidden(child, self._hidden):
                continue
            if tag in (f"{_W}t", _FORMULA_TEXT):
                self._seen.add(child)
                yield child.text or ""
            elif tag == f"{_W}tab":
                yield "\t"
            elif tag in (f"{_W}br", f"{_W}cr"):
                yield "\n"
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            else:
                yield from self._runs(child)

    def _style(self, paragraph: Any) -> Any:
        named = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return None if named is None else self._styles.get(named.get(f"{_W}val"))

    def _heading(self, paragraph: Any) -> int:
        style = self._style(paragraph)
        name = str(getattr(style, "name", "") or "")
        found = re.fullmatch("(?:[Hh]eading|标题) ([1-9])", name)
        return int(found[1]) if found else 0


def _blocks(holder: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those in content controls and the like."""
    for child in holder:
        if child.tag in (_P, _TBL):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _blocks(child)


def _descend(holder: Any, tag: str) -> Iterator[Any]:
    """The rows or cells of a table, not those of a table inside."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _descend(child, tag)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes of a paragraph, each told once."""
    for child in paragraph:
        if child.tag == _BOX:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _boxes(child)


def _is_gone(text: Any, hidden: Collection[str]) -> bool:
    """Whether a text is not shown: deleted, hidden, or only for older programs."""
    for above in text.iterancestors():
        if above.tag in _GONE or (above.tag == f"{_W}r" and _is_hidden(above, hidden)):
            return True
        if above.tag == _TR and _is_row_gone(above):
            return True
    return False


def _is_row_gone(row: Any) -> bool:
    is_deleted = row.find(f"{_W}trPr/{_W}del") is not None
    return is_deleted or _is_on(row.find(f"{_W}trPr/{_W}hidden"))


def _is_hidden(run: Any, hidden: Collection[str]) -> bool:
    """Whether a run is hidden, by itself or by one of the `hidden` styles that it stands in."""
    said = [run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "webHidden")]
    if any(one is not None for one in said):
        return any(map(_is_on, said))
    if not hidden:
        return False
    styles = [run.find(f"{_W}rPr/{_W}rStyle")]
    paragraph = next(run.iterancestors(_P), None)
    styles += [paragraph.find(f"{_W}pPr/{_W}pStyle")] if paragraph is not None else []
    return any(one is not None and one.get(f"{_W}val") in hidden for one in styles)


def _hides(style: Any) -> bool:
    """Whether a style hides what has it, by itself or by the one it is based on."""
    for _ in range(_DEEPEST):
        said = style.element.find(f"{_W}rPr/{_W}vanish")
        if said is not None:
            return _is_on(said)
        style = getattr(style, "base_style", None)
        if style is None:
            break
    return False


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val") not in _OFF


def _is_deleted(paragraph: Any) -> bool:
    """Whether the paragraph's end was deleted or moved away: the next one goes on in its line."""
    marks = paragraph.find(f"{_W}pPr/{_W}rPr")
    gone = (f"{_W}del", f"{_W}moveFrom")
    return marks is not None and any(marks.find(tag) is not None for tag in gone)
