"""A PDF file as lines: without running heads and page numbers, with tables that go on joined."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from foodsafety_cli.analysis.bracket_words import ROLE_LABEL
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.bounded import pages_of
from foodsafety_cli.notice.columntitles import is_number
from foodsafety_cli.notice.dates import WHEN_LABEL
from foodsafety_cli.notice.pages import Part
from foodsafety_cli.notice.tables import Told, as_lines, without_text

_REPEATED = 3  # pages at whose edge the same line is a running head
_OF_A_TASK = re.compile(f"{ROLE_LABEL}|{WHEN_LABEL}")  # may well stand there, too
_COUNT = r"(?:\d{1,4}|[ivxlIVXLⅠ-Ⅻ]{1,7})"
_NUMBER = re.compile(
    rf"[-—–·\s]*(?:第\s*[一二三四五六七八九十百]{{1,5}}|(?:第\s*|[Pp]age\s*)?{_COUNT})(?:\s*页)?"
    rf"(?:[\s，,]*(?:[/共]+|of)\s*{_COUNT}\s*页?)?[-—–·\s]*"
)
_MOST_UNKNOWN = 20  # signs of a page
_EDGE = 2  # lines from the top and from the bottom


def pdf_lines(content: bytes) -> Iterator[Told]:
    """The lines of the pages; raises `FileUnreadable`."""
    pages = pages_of(content)
    if not any(pages):
        raise FileUnreadable("这个 PDF 里没有文字，像是扫描件。请先做文字识别，存成 .txt 再试")
    _refuse_unknown_signs(pages)
    empty = [number for number, page in enumerate(pages, 1) if not page]
    told = list(_told(_without_running_heads(pages)))
    return iter([*told, *without_text(empty, len(told))])


def _refuse_unknown_signs(pages: Sequence[Sequence[Part]]) -> None:
    """Raise `FileUnreadable` where signs are told by their numbers in the font: (cid:123)."""
    for number, page in enumerate(pages, 1):
        if sum(str(part).count("(cid:") for part in page) > _MOST_UNKNOWN:
            raise FileUnreadable(
                f"这个 PDF 第 {number} 页的字取不出来（字体里没有对照表）。"
                "请用生成它的程序另存为 .docx，或做文字识别后存成 .txt 再试"
            )


def _without_running_heads(pages: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """The pages without the lines that stand at the edge of many of them, and hardly elsewhere.

    Of two pages both have to begin, or to end, with it.
    """
    heads: Counter[str] = Counter()
    feet: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    depth = _EDGE if len(pages) > _REPEATED else 1
    for page in pages:
        lines = [part for part in page if isinstance(part, str)]
        heads.update({*lines[:depth]})
        feet.update({*lines[-depth:]})
        inside.update(lines[depth:-depth])
    many = max(min(_REPEATED, len(pages)), len(pages) // 2, 2)
    running = {
        line
        for edge in (heads, feet)
        for line, count in edge.items()
        if count >= many and not _OF_A_TASK.match(line) and inside[line] * _REPEATED < count
    }
    return [_without_page_number(_without(page, running, depth)) for page in pages]


def _without(page: Sequence[Part], running: Collection[str], depth: int) -> list[Part]:
    """A page without these lines at its edges; the title below a head that repeats it stays."""
    lines = [n for n, part in enumerate(page) if isinstance(part, str)]
    gone: set[int] = set()
    for edge in (lines[:depth], lines[-depth:]):
        seen: set[str] = set()
        for n in edge:
            if (line := str(page[n])) in running and line not in seen:
                seen.add(line)
                gone.add(n)
    return [part for n, part in enumerate(page) if n not in gone]


def _without_page_number(page: list[Part]) -> list[Part]:
    """A page without the number at its foot or head, over which a table goes on."""
    for place in (-1, 0):
        if len(page) > 1 and isinstance(page[place], str) and _NUMBER.fullmatch(str(page[place])):
            page.pop(place)
    return page


def _told(pages: Sequence[Sequence[Part]]) -> Iterator[Told]:
    place = 0
    table: list[list[str]] = []
    for page in pages:
        for n, part in enumerate(page):
            place += 1
            if isinstance(part, str):
                if table:
                    yield from as_lines([(place, row) for row in table])
                    table = []
                yield Told(place, part)
            elif table and n == 0:
                _go_on(table, part)
            else:
                yield from as_lines([(place, row) for row in table])
                table = [list(row) for row in part]
    if table:
        yield from as_lines([(place, row) for row in table])


def _is_cut(table: Sequence[Sequence[str]], row: Sequence[str]) -> bool:
    """Whether a row is the rest of the one above: it has no number, where every row has one."""
    number = next((n for n, title in enumerate(table[0]) if is_number(title)), None)
    if number is not None and all(above[number].strip() for above in table[1:]):
        return not row[number].strip()
    # an empty first cell is the rest of a row only where no whole row has one
    return not row[0] and all(above[0] for above in table[1:])


def _go_on(table: list[list[str]], part: Sequence[Sequence[str]]) -> None:
    """Join a table with what stands at the top of the next page: a row may be cut in two."""
    rows = [list(row) for row in part]
    if rows and rows[0] == table[0]:
        rows = rows[1:]
    if rows and len(rows[0]) == len(table[-1]) and _is_cut(table, rows[0]):
        cut = rows.pop(0)
        table[-1] = [above + below for above, below in zip(table[-1], cut, strict=True)]
    table += rows
