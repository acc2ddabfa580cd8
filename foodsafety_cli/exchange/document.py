"""The report, and tables, as official documents in Word."""

from foodsafety_cli.exchange import layout
from foodsafety_cli.exchange.layout import BODY, HEADING, LINE, SIZES, SUBHEADING, TITLE
from foodsafety_cli.exchange.paper import Heading, Paper, Table


def as_document(paper: Paper) -> bytes:
    """The document's bytes."""
    document = layout.new_document()
    line = layout.line
    line(document, paper.title, TITLE, SIZES["title"], place="center", after=LINE)
    line(document, paper.to, BODY)
    for block in paper.blocks:
        font = BODY
        if isinstance(block, Heading):
            font = HEADING if block.level == 1 else SUBHEADING
        shape = line(document, block.text, font, indent=2).paragraph_format
        shape.keep_with_next = isinstance(block, Heading)
    line(document, "", BODY)
    names = "　".join(f"{n}．{table.title}" for n, table in enumerate(paper.annexes, 1))
    line(document, f"附件：{names}", BODY, indent=2)
    line(document, "", BODY)
    for words in (paper.issuer, paper.day):
        shape = line(document, words, BODY, place="right").paragraph_format
        shape.right_indent = layout.points(64)
    for n, table in enumerate(paper.annexes, 1):
        line(document, f"附件{n}", HEADING).paragraph_format.page_break_before = True
        line(document, table.title, TITLE, SIZES["title"], place="center", after=LINE / 2)
        layout.add_table(document, table.head, table.rows, table.widths)
    return layout.saved(document)


def table_document(table: Table) -> bytes:
    """A table as a document of its own."""
    document = layout.new_document()
    layout.line(document, table.title, TITLE, SIZES["title"], place="center", after=LINE / 2)
    layout.add_table(document, table.head, table.rows, table.widths)
    return layout.saved(document)
