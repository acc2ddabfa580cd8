"""OFD files (GB/T 33190), the national format for fixed pages: a packed folder of XML."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.notice.tables import Told, without_text

_MOST_PAGES = 500
_MOST_LINES = 50_000
_SAME_LINE = 2.0  # millimetres


def ofd_lines(content: bytes) -> Iterator[Told]:
    """The lines of the pages' texts, from top to bottom; raises `FileUnreadable`."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pages = list(_pages(packed))
        if len(pages) > _MOST_PAGES:
            raise FileUnreadable(f"这个 OFD 文件有 {len(pages)} 页，最多读 {_MOST_PAGES} 页")
        lines: list[str] = []
        empty: list[int] = []
        for number, page in enumerate(pages, 1):
            found = list(_page(packed, page))
            lines += found
            empty += [] if found else [number]
            if len(lines) > _MOST_LINES:
                raise FileUnreadable(f"这个 OFD 文件有 {_MOST_LINES} 行以上，请删减再试")
    if not lines:
        raise FileUnreadable("这个 OFD 文件里没有文字，像是扫描件。请先做文字识别，存成 .txt 再试")
    told = [Told(place, line) for place, line in enumerate(lines, 1)]
    return iter([*told, *without_text(empty, len(lines))])


def _parsed(packed: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(packed.read(name), parser)
    except (KeyError, etree.XMLSyntaxError, RuntimeError, zipfile.BadZipFile) as error:
        raise unreadable(f"这个 OFD 文件的 {name} 读不出来，有密码或已损坏", error) from error


def _pages(packed: zipfile.ZipFile) -> Iterator[str]:
    """The names of the pages' parts, in their order."""
    for root in _parsed(packed, "OFD.xml").iter("{*}DocRoot"):
        document = (root.text or "").lstrip("/")
        for page in _parsed(packed, document).iter("{*}Page"):
            if page.get("BaseLoc"):
                # from the root of the file, or from where the document is
                yield posixpath.normpath(
                    posixpath.join("/", posixpath.dirname(document), page.get("BaseLoc"))
                ).lstrip("/")


def _page(packed: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The page's lines: words at one height, from left to right."""
    words: list[tuple[float, float, str]] = []
    for text in _parsed(packed, name).iter("{*}TextObject"):
        if text.get("Visible") == "false":
            continue
        left, top, *_ = [*map(_number, (text.get("Boundary") or "0 0").split()), 0.0, 0.0]
        for code in text.iter("{*}TextCode"):
            y, x = top + _number(code.get("Y")), left + _number(code.get("X"))
            words.append((y, x, code.text or ""))
    words.sort()
    line: list[tuple[float, str]] = []
    height = None
    for y, x, said in words:
        if height is not None and y - height > _SAME_LINE:
            yield "".join(piece for _, piece in sorted(line))
            line = []
        line.append((x, said))
        height = y
    if line:
        yield "".join(piece for _, piece in sorted(line))


def _number(text: str | None) -> float:
    found = re.match(r"-?\d+(?:\.\d+)?", text or "")
    return float(found.group()) if found else 0.0
