"""The page, lines and tables of an official document in Word (GB/T 9704: paper, margins, fonts)."""

import io
import re
from collections.abc import Sequence
from enum import Enum
from typing import Any

from foodsafety_cli.model.text import clean, half_widths

TITLE, HEADING, SUBHEADING, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
SIZES = {"title": 22.0, "body": 16.0, "table": 12.0, "dense": 10.5, "small": 9.0, "page": 14.0}
# 二号、三号、小四、五号、小五、四号
_TOGETHER = 4  # rows
LINE = 28.0  # points, fixed
_TITLE_WIDTH = 39  # half-width characters of a title's size in a line
_WORD_ENDS = re.compile("[市省县区年》]|安全|工作|重点|任务|安排|情况|落实|的")
_IN_DATE = re.compile(r"(?<=\d{4})-(?=\d\d-\d\d)|(?<=\d{4}-\d\d)-(?=\d\d)")
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # millimetres
_TURNED = {"right": 37, "left": 35, "top": 28, "bottom": 26}  # the same on a page on its side


class PageSize(Enum):
    """Pages by their width and height in millimetres."""

    A4 = (210, 297)
    A4_LANDSCAPE = (297, 210)
    A3_LANDSCAPE = (420, 297)


def new_document(paper: PageSize = PageSize.A4, *, page_numbers: bool = True) -> Any:
    """A document with the page set."""
    from docx import Document

    document = Document()
    _set_page(document.sections[0], paper)
    if page_numbers:
        _number_pages(document)
    return document


def saved(document: Any) -> bytes:
    """The document's bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def points(size: float) -> Any:
    """A length."""
    from docx.shared import Pt

    return Pt(size)


def _set_page(section: Any, paper: PageSize) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    width, height = paper.value
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    for side, margin in (_TURNED if width > height else _MARGINS).items():
        setattr(section, f"{side}_margin", Mm(margin))
    section.footer_distance = Mm(25)


def _number_pages(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        for text, is_field in (("— ", False), ("PAGE", True), (" —", False)):
            run = paragraph.add_run("" if is_field else text)
            dress(run, "宋体", SIZES["page"])
            if is_field:
                _add_field(run, text)


def _add_field(run: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = name
        run._r.append(element)


def dress(run: Any, font: str, size: float) -> None:
    """A run in a font, Chinese and Western."""
    from docx.oxml.ns import qn

    run.font.name, run.font.size = "Times New Roman", points(size)
    fonts = run._element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotes and dashes, which both scripts have, too


def line(
    holder: Any,
    text: str,
    font: str,
    size: float = SIZES["body"],
    *,
    place: str = "justify",
    indent: int = 0,
    after: float = 0,
    spacing: float = LINE,
) -> Any:
    """A paragraph in a font, its first line set in by so many characters."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING

    paragraph = holder.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, place.upper())
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, points(spacing)
    shape.space_before, shape.space_after = points(0), points(after)
    shape.first_line_indent = points(indent * size)
    dress(paragraph.add_run(clean(text)), font, size)
    return paragraph


def title(document: Any, text: str) -> None:
    """The title in the middle, on lines that end where a word does."""
    lines = _title_lines(text)
    for n, words in enumerate(lines, 1):
        after = LINE if n == len(lines) else 0
        line(document, words, TITLE, SIZES["title"], place="center", after=after)


_NO_BEGINNING = tuple("）》〉〕】”’、，。；：")  # of a line


def _title_lines(text: str) -> list[str]:
    """A title in lines of much the same length, none too long, none ending inside a word."""
    if half_widths(text) <= _TITLE_WIDTH:
        return [text]
    ends = [match.end() for match in _WORD_ENDS.finditer(text)]
    ends = [end for end in ends if text[end : end + 1] not in _NO_BEGINNING]
    middle = half_widths(text) / max(2, -(-half_widths(text) // _TITLE_WIDTH))
    fitting = [end for end in ends if half_widths(text[:end]) <= _TITLE_WIDTH and end < len(text)]
    if not fitting:
        return [text]
    end = min(fitting, key=lambda end: abs(half_widths(text[:end]) - middle))
    return [text[:end], *_title_lines(text[end:])]


def add_table(
    document: Any,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    proportions: Sequence[int],
    size: float = SIZES["table"],
) -> None:
    """A table under its head, which is repeated on every page; `proportions`: of the columns."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement

    if not rows:
        line(document, "没有。", BODY, indent=2)
        return
    grid = document.add_table(rows=0, cols=len(head))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    page = document.sections[0]
    whole = page.page_width - page.left_margin - page.right_margin
    widths = [int(whole * width / sum(proportions)) for width in proportions]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for n, words in enumerate((head, *rows)):
        row = grid.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = points(size / 6)
            paragraph.paragraph_format.space_after = points(size / 6)
            # the last rows keep together: none of them stands on a page alone
            paragraph.paragraph_format.keep_with_next = len(rows) - _TOGETHER < n < len(rows)
            dress(_add_words(paragraph, clean(text)), HEADING if n == 0 else BODY, size)


def _add_words(paragraph: Any, text: str) -> Any:
    """A run of words in which no line ends inside a date."""
    from docx.oxml import OxmlElement

    run = paragraph.add_run()
    for n, piece in enumerate(_IN_DATE.split(text)):
        if n:
            run._r.append(OxmlElement("w:noBreakHyphen"))
        if piece:
            run.add_text(piece)
    return run
