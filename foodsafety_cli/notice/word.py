"""Word documents as lines: what Word shows as the final text, automatic numbers spelt out.

Insertions that were tracked are in, deletions and hidden text are out (ECMA-376 part 1, 17.13.5).
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from foodsafety_cli.analysis.bracket_words import ROLE_LABEL
from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.notice.numbering import Numbers
from foodsafety_cli.notice.tables import MOST_REPEATED, UNREAD, Told, as_lines
from foodsafety_cli.notice.word_parts import WordParts
from foodsafety_cli.notice.word_styles import Styles, is_on, properties_of, whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "rt", "instrText", "delText", "rPr", "pPr")}
_GONE.add(f"{_MC}Fallback")  # what older programs show instead of a text box
_P, _TBL, _TR, _TC = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
_BOX = f"{_W}txbxContent"
_DEEPEST = 60  # tables and boxes in one another
_WIDEST = 64  # columns
_SYMBOLS = 0xF000


def paragraphs(content: bytes) -> Iterator[Told]:
    """Each line with its place (counted through) and heading level; raises `FileUnreadable`."""
    parts = _opened(content)
    reader = _DocumentReader(parts)
    yield from reader.blocks(parts.body)
    yield from reader.unread(parts.body)
    for place, words in parts.beside:
        yield Told(reader.place, f"{place}：{words}", lost=UNREAD)
    if parts.has_chunks:
        yield Told(reader.place, "插在里面的另一个文件，请在 Word 里另存一份再试", lost=UNREAD)


def _opened(content: bytes) -> WordParts:
    try:
        return WordParts(content)
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        raise unreadable("这个 Word 文件打不开，可能已损坏", error) from error


class _DocumentReader:
    """Walks a document's blocks; a paragraph whose end was deleted runs on into the next."""

    def __init__(self, parts: WordParts) -> None:
        self._styles = Styles(parts.styles)
        self._numbers = Numbers(parts.numbering, self._styles)
        self._hidden = self._styles.hidden
        self.place = 0
        self._repeated = 0  # characters that merged cells repeat
        self._seen: set[Any] = set()  # the texts that reached a line

    def unread(self, body: Any) -> Iterator[Told]:
        """Every visible text that has reached no line, so that nobody has to find it missing."""
        for text in body.iter(f"{_W}t", _FORMULA_TEXT, _DRAWN_TEXT):
            is_said = text in self._seen or not (text.text or "").strip()
            if not is_said and not _is_gone(text, self._hidden):
                yield Told(self.place, text.text, lost=UNREAD)

    def blocks(self, holder: Any, depth: int = 0) -> Iterator[Told]:
        if depth > _DEEPEST:
            raise FileUnreadable(f"这个 Word 文件里表格套了 {_DEEPEST} 层以上，没有读")
        for block, text in self._joined(holder):
            if block.tag == _TBL:
                yield from self._table(block, depth)
                continue
            heading = self._styles.heading(block)
            for line in text.split("\n"):
                self.place += 1
                yield Told(self.place, line, heading)
            for box in _boxes(block):
                yield from self.blocks(box, depth + 1)

    def _joined(self, holder: Any) -> Iterator[tuple[Any, str]]:
        """Tables, and paragraphs with their texts; one whose end was deleted is in the next.

        A number is printed where the first that is left of them begins, and counted once.
        """
        label = carried = ""
        last = None
        for block in _blocks(holder):
            if block.tag == _TBL:
                yield block, ""
                continue
            words = "".join(self._runs(block))
            is_deleted = _is_deleted(block)
            if is_deleted and not words.strip():
                continue  # nothing of it is left, nor is it counted
            label = label if carried else self._numbers.label(block)
            carried, last = carried + words, block
            if not is_deleted:
                yield block, label + carried
                label = carried = ""
        if carried:
            yield last, label + carried

    def _table(self, table: Any, depth: int) -> Iterator[Told]:
        if depth > _DEEPEST:
            raise FileUnreadable(f"这个 Word 文件里表格套了 {_DEEPEST} 层以上，没有读")
        rows: list[tuple[int, list[str]]] = []
        inner: list[Told] = []
        for row in _descend(table, _TR):
            if _is_row_gone(row):
                continue
            self.place += 1
            rows.append((self.place, self._cells(row, rows, inner, depth)))
        yield from as_lines(rows)
        yield from inner

    def _cells(
        self, row: Any, above: list[tuple[int, list[str]]], inner: list[Told], depth: int
    ) -> list[str]:
        """A row's texts; a cell over several columns or rows stands in each of them."""
        cells: list[str] = [""] * min(whole(row.find(f"{_W}trPr/{_W}gridBefore"), 0), _WIDEST)
        for cell in _descend(row, _TC):
            properties = cell.find(f"{_W}tcPr")
            merged = None if properties is None else properties.find(f"{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") in (None, "continue")
            if goes_on and above and len(above[-1][1]) > len(cells):
                text = above[-1][1][len(cells)]
                self._repeated += len(text)
                if self._repeated > MOST_REPEATED:
                    raise FileUnreadable(
                        "这个 Word 文件里有写满字又合并了很多行的格子，请取消合并，另存一份再试"
                    )
            else:
                text = self._in_cell(cell, depth)
            nested = [b for b in _blocks(cell) if b.tag == _TBL]
            if nested and len(list(_descend(row, _TC))) > 1:  # it belongs to what stands beside it
                pairs = (pair for table in nested for pair in self._pairs(table, depth + 1))
                text = "\n".join(filter(None, (text, *pairs)))
            else:
                inner += (line for table in nested for line in self._table(table, depth + 1))
            span = None if properties is None else properties.find(f"{_W}gridSpan")
            cells += [text] * min(max(whole(span, 1), 1), _WIDEST)
        return cells

    def _in_cell(self, cell: Any, depth: int) -> str:
        """The words of a cell, with those of the boxes that are drawn in it."""
        lines: list[str] = []
        for block, text in self._joined(cell):
            boxes = [told.text for box in _boxes(block) for told in self.blocks(box, depth + 1)]
            lines += [text, *boxes] if block.tag == _P else []
        return "\n".join(lines).strip("\n")

    def _pairs(self, table: Any, depth: int) -> Iterator[str]:
        """The rows of a small table in a cell; a label and what it stands before are one line."""
        if depth > _DEEPEST:
            raise FileUnreadable(f"这个 Word 文件里表格套了 {_DEEPEST} 层以上，没有读")
        for row in _descend(table, _TR):
            if not _is_row_gone(row):
                inner: list[Told] = []
                cells = self._cells(row, [], inner, depth)
                is_pair = len(cells) == 2 and re.fullmatch(ROLE_LABEL, f"{cells[0].strip()}：")
                yield "：".join(cells) if is_pair else "\n".join(cells)
                yield from (line.text for line in inner)

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
            elif tag == f"{_W}sym":
                yield _symbol(child)
            else:
                yield from self._runs(child)


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
    return is_deleted or is_on(row.find(f"{_W}trPr/{_W}hidden"))


def _is_hidden(run: Any, hidden: Collection[str]) -> bool:
    """Whether a run is hidden, by itself or by one of the `hidden` styles that it stands in."""
    said = run.find(f"{_W}rPr/{_W}vanish")
    if said is not None:
        return is_on(said)
    if not hidden:
        return False
    styles = [run.find(f"{_W}rPr/{_W}rStyle")]
    paragraph = next(run.iterancestors(_P), None)
    properties = None if paragraph is None else properties_of(paragraph)
    styles += [] if properties is None else [properties.find(f"{_W}pStyle")]
    return any(one is not None and one.get(f"{_W}val") in hidden for one in styles)


def _symbol(element: Any) -> str:
    """A sign put in by hand; of a symbol font (from F000 on) only its figures are known."""
    said = str(element.get(f"{_W}char") or "")
    code = int(said, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", said) else 0
    if code >= _SYMBOLS:
        code -= _SYMBOLS
        is_figure = element.get(f"{_W}font") == "Symbol" and chr(code).isdecimal()
        return chr(code) if is_figure and code < 128 else ""
    return chr(code) if code >= ord(" ") and not 0xD800 <= code < 0xE000 else ""


def _is_deleted(paragraph: Any) -> bool:
    """Whether the paragraph's end was deleted or moved away: the next one goes on in its line."""
    marks = paragraph.find(f"{_W}pPr/{_W}rPr")
    gone = (f"{_W}del", f"{_W}moveFrom")
    return marks is not None and any(marks.find(tag) is not None for tag in gone)
