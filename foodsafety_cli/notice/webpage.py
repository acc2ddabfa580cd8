"""Web pages as lines: their paragraphs, and their tables row by row."""

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.tables import MOST_REPEATED, UNREAD, Told, as_lines, is_table_of_tasks

_SKIPPED = {"script", "style", "template", "noscript", "title", "meta", "link", "base", "iframe"}
_SKIPPED |= {"rt", "rp", "del", "s", "strike"}  # over a character, or struck out
_SKIPPED |= {"nav", "aside"}  # of the site, not of the paper
_BLOCKS = {
    "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dd", "dt",
    "blockquote", "pre", "ul", "ol", "table", "caption", "header", "footer", "center", "form",
}  # fmt: skip
# what a site says of itself below the paper: <div class="footer">主办单位：……
_FOOT = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?|copyright|bottom)(?:$|[\s_-])", re.IGNORECASE)
_OF_SITE = re.compile("主办(?:单位)?[:：]|承办(?:单位)?[:：]|版权所有|备案|技术支持|网站标识码")
_LONGEST_FOOT = 400
_DEEPEST = 200
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_MOST_STRANGE = 20  # bytes beyond ASCII, for each sign that is none
_MOST_SPAN = 1000
_MOST_CELLS = 200_000  # of one table, with those that spans make


def archive_lines(content: bytes) -> Iterator[Told]:
    """The lines of a page saved whole (.mht)."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return page_lines(payload, part.get_content_charset())
    raise FileUnreadable("这个 .mht 文件里没有网页。请用浏览器另存为 .html 再试")


def page_lines(content: bytes, charset: str | None = None) -> Iterator[Told]:
    """The lines of a page; raises `FileUnreadable`."""
    from lxml import etree, html

    # decoded here: at a byte that is none of the charset's, the parser would stop and say nothing
    text = _XML_HEAD.sub("", _decoded(content, charset)).replace("\0", "")
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise FileUnreadable("这个网页读不出来。请在浏览器里全选复制，存成 .txt 再试") from error
    if any("depth" in told.message for told in parser.error_log):  # what is deeper was left out
        raise FileUnreadable(
            "这个网页的标签套得太深，里面的文字读不到。请在浏览器里全选复制，存成 .txt 再试"
        )
    return _Page().lines(root)


def _decoded(content: bytes, charset: str | None) -> str:
    """A page's text; what is none of its charset is left as the sign for that."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    zeros = content[:_MOST_SPAN].count(b"\0")
    if zeros * 4 > len(content[:_MOST_SPAN]):  # UTF-16 without its mark
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    text = content.decode("utf-8-sig", "replace")
    strange = text.count("\ufffd")
    if strange * _MOST_STRANGE <= len(content) - len(text):  # hardly any
        return text
    said = _CHARSET.search(content[:4096])
    name = (charset or (said[1].decode("ascii") if said else "")).lower()
    if name.startswith(("gb", "utf")) or not _is_charset(name):
        name = "gb18030"
    return content.decode(name, "replace")


def _is_charset(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, ValueError):
        return False
    return bool(name)


class _Page:
    def __init__(self) -> None:
        self._place = 0
        self._words: list[str] = []

    def lines(self, root: Any) -> Iterator[Told]:
        yield from self._walk(root, 0)
        yield from self._end()

    def _walk(self, element: Any, depth: int) -> Iterator[Told]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _is_hidden(element) or _is_foot(element):
            return
        if depth > _DEEPEST:
            words = " ".join("".join(element.itertext()).split())
            if words:  # nobody has to find it missing
                yield Told(self._next(), words, lost=UNREAD)
            return
        # a table with tables in its tables only lays out the page
        if tag == "table" and element.find(".//table//table") is None:
            rows = _rows(element)
            if is_table_of_tasks(rows):
                yield from self._end()
                yield from as_lines([(self._next(), row) for row in rows])
                return
        is_block = tag in _BLOCKS
        if is_block:
            yield from self._end()
        if tag == "br":
            yield from self._end()
        self._words.append(_flat(element.text, is_pre=tag == "pre"))
        for child in element:
            yield from self._walk(child, depth + 1)
            self._words.append(_flat(child.tail, is_pre=tag == "pre"))
        if is_block or tag == "td":
            heading = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
            yield from self._end(heading)

    def _next(self) -> int:
        self._place += 1
        return self._place

    def _end(self, heading: int = 0) -> Iterator[Told]:
        text = "".join(self._words)
        self._words = []
        for line in text.split("\n"):
            if line.strip():
                yield Told(self._next(), line.strip(" \t\r"), heading)


def _is_hidden(element: Any) -> bool:
    return bool(_HIDDEN.search(element.get("style") or "")) or element.get("hidden") is not None


def _is_foot(element: Any) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag != "footer" and not _FOOT.search(marks):
        return False
    words = "".join(element.itertext())
    return len(words) < _LONGEST_FOOT and bool(_OF_SITE.search(words))


def _flat(text: str | None, *, is_pre: bool) -> str:
    """Text as a page shows it: blanks and line breaks of its source are one blank."""
    return (text or "") if is_pre else re.sub("[ \t\r\n]+", " ", text or "")


def _rows(table: Any) -> list[list[str]]:
    """The rows of a table; a cell over several columns or rows stands in each of them."""
    rows: list[list[str]] = []
    waiting: dict[int, tuple[int, str]] = {}  # columns that a cell above reaches down into
    made = repeated = 0
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table or _is_hidden(row):
            continue
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("td", "th") or _is_hidden(cell):
                continue
            _fill(cells, waiting)
            text = "\n".join(part.text for part in _Page().lines(cell))
            area = _span(cell, "colspan") * _span(cell, "rowspan")
            made += area
            repeated += (area - 1) * len(text)
            if made > _MOST_CELLS or repeated > MOST_REPEATED:
                raise FileUnreadable(
                    "这个网页里有一张表格太大（格子太多，合并的算它占的每一格），请删减再试"
                )
            for _ in range(_span(cell, "colspan")):
                down = _span(cell, "rowspan")
                if down > 1:
                    waiting[len(cells)] = (down - 1, text)
                cells.append(text)
        _fill(cells, waiting)
        rows.append(cells)
    return rows


def _fill(cells: list[str], waiting: dict[int, tuple[int, str]]) -> None:
    while len(cells) in waiting:
        left, text = waiting.pop(len(cells))
        if left > 1:
            waiting[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: Any, name: str) -> int:
    said = str(cell.get(name) or "1").strip()
    return min(max(int(said[:9]), 1), _MOST_SPAN) if said.isdecimal() else 1
