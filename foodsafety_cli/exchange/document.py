"""The report, and tables, as official documents in Word."""

from typing import Any

from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import BODY, HEADING, LINE, SIZES, SUBHEADING, TITLE
from foodsafety_cli.exchange.papers import Heading, Paper, Paragraph, Table
from foodsafety_cli.model.text import clean


def as_document(paper: Paper) -> bytes:
    """The document's bytes."""
    document = layout.new_document()
    line = layout.line
    layout.title(document, paper.title)
    line(document, paper.to, BODY)
    for block in paper.blocks:
        _add_block(document, block)
    _keep_with_next(document.paragraphs[-1])  # who signs never stands on a page alone
    ending = [line(document, "", BODY)]
    if paper.annexes:
        names = "　".join(f"{n}．{table.title}" for n, table in enumerate(paper.annexes, 1))
        ending += [line(document, f"附件：{names}", BODY, indent=2), line(document, "", BODY)]
    for paragraph in ending:
        _keep_with_next(paragraph)
    for words in (paper.issuer, paper.day):
        shape = line(document, words, BODY, place="right").paragraph_format
        shape.right_indent = layout.points(64)
        shape.keep_with_next = words == paper.issuer
    for n, table in enumerate(paper.annexes, 1):
        line(document, f"附件{n}", HEADING).paragraph_format.page_break_before = True
        line(document, table.title, TITLE, SIZES["title"], place="center", after=LINE / 2)
        layout.add_table(document, table.head, table.rows, table.widths, SIZES["small"])
    return layout.saved(document)


def _keep_with_next(paragraph: Any) -> None:
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.keep_together = True


def _add_block(document: Any, block: Heading | Paragraph | Table) -> None:
    if isinstance(block, Table):
        layout.add_table(document, block.head, block.rows, block.widths, SIZES["dense"])
    elif isinstance(block, Heading):
        font = HEADING if block.level == 1 else SUBHEADING
        layout.line(document, block.text, font, indent=2).paragraph_format.keep_with_next = True
    elif block.lead:
        paragraph = layout.line(document, block.lead, SUBHEADING, indent=2)
        layout.dress(paragraph.add_run(clean(block.text)), BODY, SIZES["body"])
    else:
        layout.line(document, block.text, BODY, indent=2)


def table_document(table: Table) -> bytes:
    """A table as a document of its own."""
    document = layout.new_document()
    layout.line(document, table.title, TITLE, SIZES["title"], place="center", after=LINE / 2)
    layout.add_table(document, table.head, table.rows, table.widths)
    return layout.saved(document)
