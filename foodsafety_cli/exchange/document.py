"""The report as an official document in Word (GB/T 9704: paper, margins, fonts, lines)."""

import io
from typing import Any

from foodsafety_cli.exchange.paper import Heading, Paper, Table
from foodsafety_cli.model.text import clean

_TITLE, _HEADING, _SUBHEADING, _BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_SIZES = {"title": 22.0, "body": 16.0, "table": 12.0, "page": 14.0}  # 二号、三号、小四、四号
_LINE = 28.0  # points, fixed
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # millimetres


def as_document(paper: Paper) -> bytes:
    """The document's bytes."""
    from docx import Document

    document = Document()
    _set_page(document)
    _line(document, paper.title, _TITLE, _SIZES["title"], place="center", after=_LINE)
    _line(document, paper.to, _BODY)
    for block in paper.blocks:
        font = _BODY
        if isinstance(block, Heading):
            font = _HEADING if block.level == 1 else _SUBHEADING
        line = _line(document, block.text, font, indent=2)
        line.paragraph_format.keep_with_next = isinstance(block, Heading)
    _line(document, "", _BODY)
    names = "　".join(f"{n}．{table.title}" for n, table in enumerate(paper.annexes, 1))
    _line(document, f"附件：{names}", _BODY, indent=2)
    _line(document, "", _BODY)
    for words in (paper.issuer, paper.day):
        _line(document, words, _BODY, place="right").paragraph_format.right_indent = _points(64)
    for n, table in enumerate(paper.annexes, 1):
        _line(document, f"附件{n}", _HEADING).paragraph_format.page_break_before = True
        _line(document, table.title, _TITLE, _SIZES["title"], place="center", after=_LINE / 2)
        _add_table(document, table)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def table_document(table: Table) -> bytes:
    """A table as a document of its own."""
    from docx import Document

    document = Document()
    _set_page(document)
    _line(document, table.title, _TITLE, _SIZES["title"], place="center", after=_LINE / 2)
    _add_table(document, table)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _set_page(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.footer_distance = Mm(25)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, is_field in (("— ", False), ("PAGE", True), (" —", False)):
        run = footer.add_run("" if is_field else text)
        _dress(run, "宋体", _SIZES["page"])
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


def _dress(run: Any, font: str, size: float) -> None:
    from docx.oxml.ns import qn

    run.font.name, run.font.size = "Times New Roman", _points(size)
    fonts = run._element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")  # quotes and dashes, which both scripts have, too


def _line(
    holder: Any,
    text: str,
    font: str,
    size: float = _SIZES["body"],
    *,
    place: str = "justify",
    indent: int = 0,
    after: float = 0,
) -> Any:
    """A paragraph in a font, its first line set in by so many characters."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING

    paragraph = holder.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, place.upper())
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, _points(_LINE)
    shape.space_before, shape.space_after = _points(0), _points(after)
    shape.first_line_indent = _points(indent * size)
    _dress(paragraph.add_run(clean(text)), font, size)
    return paragraph


def _add_table(document: Any, table: Table) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    if not table.rows:
        _line(document, "没有。", _BODY, indent=2)
        return
    grid = document.add_table(rows=0, cols=len(table.head))
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    whole = 210 - _MARGINS["left"] - _MARGINS["right"]
    widths = [Mm(whole * width / sum(table.widths)) for width in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for n, words in enumerate((table.head, *table.rows)):
        row = grid.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = _points(2)
            paragraph.paragraph_format.space_after = _points(2)
            _dress(paragraph.add_run(clean(text)), _HEADING if n == 0 else _BODY, _SIZES["table"])
