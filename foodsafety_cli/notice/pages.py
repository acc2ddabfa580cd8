"""The pages of a PDF that has its text in it: the lines, and the tables by their rules."""

import io
import logging
from typing import Any

from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.model.text import without_radicals
from foodsafety_cli.notice.department_names import is_department

Part = str | list[list[str]]  # a line, or a table
_MOST_PAGES = 300


def read_pages(content: bytes) -> list[list[Part]]:
    """What stands on each page; raises `FileUnreadable`."""
    try:
        import pdfplumber
    except ImportError as error:
        raise FileUnreadable(
            "读 PDF 要装 pdfplumber：pip install 'foodsafety-cli[pdf]'；"
            "或者把文字复制出来，存成 .txt 再试"
        ) from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > _MOST_PAGES:
                count = len(document.pages)
                raise FileUnreadable(f"这个 PDF 有 {count} 页，最多读 {_MOST_PAGES} 页，请删减")
            return [_page(page) for page in document.pages]
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        words = "这个 PDF 打不开，有密码或已损坏。请去掉密码，另存一份再试"
        raise unreadable(words, error) from error


def _page(page: Any) -> list[Part]:
    """The lines above, between and below the tables that are of tasks, and those tables."""
    parts: list[Part] = []
    top = 0.0
    for table in sorted(page.find_tables(), key=lambda found: found.bbox[1]):
        rows = [[_cell(cell or "") for cell in row] for row in table.extract()]
        if not rows or max(map(len, rows)) < 2 or table.bbox[1] < top:
            continue
        parts += _lines(page, top, table.bbox[1])
        parts.append(rows)
        top = table.bbox[3]
    return [*parts, *_lines(page, top, page.height)]


def _cell(text: str) -> str:
    """A cell's words; its lines are layout, but where each of them is a department."""
    lines = without_radicals(text).split("\n")
    are_departments = len(lines) > 1 and all(
        is_department(line) and _is_closed(line) for line in lines
    )
    return "\n".join(lines) if are_departments else "".join(lines)


def _is_closed(line: str) -> bool:
    """Whether a line breaks off within no bracket, and begins with no end of a list."""
    return sum(map(line.count, "（(")) == sum(map(line.count, "）)")) and "、" not in line


def _lines(page: Any, top: float, bottom: float) -> list[str]:
    if bottom - top < 1:
        return []
    box = (0, max(top, 0), page.width, min(bottom, page.height))
    area = page.within_bbox(box, strict=False)  # what reaches into a table is in the table
    text = without_radicals(area.extract_text() or "")
    return [line for line in text.split("\n") if line.strip()]
