"""Forms of one page that are filled in by hand and stamped: labelled boxes under a title."""

from collections.abc import Callable
from typing import Any

from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import BODY, HEADING, LINE, SIZES, TITLE
from foodsafety_cli.model.text import clean, half_widths
from foodsafety_cli.model.valuetype import ValueType

_LABEL, _CONTENT = 27, 51  # millimetres; two of each make a row
POINTS_A_LINE = 21
_ROOM = 545  # points of the page that boxes may take; the title and a line above it take the rest
_SIZES = (SIZES["table"], SIZES["dense"], SIZES["small"])  # of letters, tried before words are cut
_AMOUNTS = (600, 400, 300, 220, 160, 110, 70)  # characters of anybody's words


class Box(ValueType):
    """A label with what stands beside it; `lines` is the least height.

    `below` stands at the foot of the box, to the right: where it is signed.
    """

    label: str
    text: str = ""
    lines: float = 1
    below: str = ""


class Slip(ValueType):
    """A form: rows of one box over the whole width, or of two."""

    title: str
    rows: tuple[tuple[Box, ...], ...]
    above: str = ""  # to the left, over the boxes: 填报单位（盖章）
    note: str = ""  # under them


def as_slip(make: Callable[[int], Slip]) -> bytes:
    """The form as a Word document of one page; `make`: with so many characters of others' words.

    What is too long is set smaller, then cut with “……”.
    """
    tried = ((make(most), size) for most in _AMOUNTS for size in _SIZES)
    slip, size = next((s for s in tried if _height(*s) <= _ROOM), (make(_AMOUNTS[-1]), _SIZES[-1]))
    document = layout.new_document()
    layout.line(document, slip.title, TITLE, SIZES["title"], place="center", after=LINE / 3)
    if slip.above:
        layout.line(document, slip.above, BODY, SIZES["table"])
    add_boxes(document, slip.rows, size)
    if slip.note:
        layout.line(document, slip.note, BODY, SIZES["table"])
    return layout.saved(document)


def _height(slip: Slip, size: float) -> float:
    """About how many points of the page the boxes take."""
    return sum(_row_height(boxes, size) for boxes in slip.rows)


def _row_height(boxes: tuple[Box, ...], size: float) -> float:
    wide = _CONTENT if len(boxes) == 2 else 2 * _CONTENT + _LABEL
    in_label, in_box = (int((millimetres - 4) * 2.835 / size * 2) for millimetres in (_LABEL, wide))
    least = max(box.lines + bool(box.below) for box in boxes) * POINTS_A_LINE
    lines = max(
        max(_lines(box.label, in_label), _lines(box.text, in_box) + bool(box.below))
        for box in boxes
    )
    return max(least, lines * (size * 1.32 + 2))


def _lines(text: str, room: int) -> int:
    return sum(max(1, -(-half_widths(part) // room)) for part in text.split("\n"))


def add_boxes(
    document: Any, rows: tuple[tuple[Box, ...], ...], size: float = SIZES["table"]
) -> None:
    """The boxes, a table of four columns."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    grid = document.add_table(rows=0, cols=4)
    grid.style, grid.alignment, grid.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    widths = (Mm(_LABEL), Mm(_CONTENT), Mm(_LABEL), Mm(_CONTENT))
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for boxes in rows:
        row = grid.add_row()
        lines = max(box.lines + bool(box.below) for box in boxes)
        row.height = layout.points(lines * POINTS_A_LINE)
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        cells = list(row.cells)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = width
        if len(boxes) == 1:
            cells = [cells[0], cells[1].merge(cells[3])]
        for n, box in enumerate(boxes):
            _fill(cells[2 * n], box.label, HEADING, size, place="center")
            _fill(cells[2 * n + 1], box.text, BODY, size, below=box.below)


def _fill(
    cell: Any, text: str, font: str, size: float, *, place: str = "left", below: str = ""
) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    first, *rest = text.split("\n")
    paragraphs = [(cell.paragraphs[0], first, place)]
    paragraphs += [(cell.add_paragraph(), line, place) for line in rest]
    if below:
        paragraphs.append((cell.add_paragraph(), below, "right"))
    for paragraph, words, where in paragraphs:
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, where.upper())
        paragraph.paragraph_format.space_before = layout.points(1)
        paragraph.paragraph_format.space_after = layout.points(1)
        layout.dress(paragraph.add_run(clean(words)), font, size)
