"""The forms that an answer can take: what each is called, which endings of files mean it.

A new form is a writer and a line in `FORMS`; `-f`, `-o`, completion and help go by these.
"""

import io
from collections.abc import Callable
from enum import StrEnum

from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Listing, Thing

Answer = Listing | Thing
_FILE_TABLE_WIDTH = 120


class Format(StrEnum):
    """The forms that can be asked for by name, on stdout, too."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    YAML = "yaml"
    MD = "md"


class Layout(ValueType):
    """What was asked of a form: titles and heads, and of data only these fields."""

    header: bool = True
    only: tuple[str, ...] = ()


class Form(ValueType):
    """A form; what people go on editing is never covered unasked (`is_edited`)."""

    format: Format | None
    endings: tuple[str, ...]
    write: Callable[[Answer, Layout], str | bytes]
    has_bom: bool = False
    is_edited: bool = False


def _table(answer: Answer, layout: Layout) -> str:
    from foodsafety_cli.render.forms.terminal import draw

    drawing = io.StringIO()
    draw(answer, drawing, header=layout.header, width=_FILE_TABLE_WIDTH)
    return drawing.getvalue()


def _tsv(answer: Answer, layout: Layout) -> str:
    from foodsafety_cli.render.forms import text

    fields = text.tsv(text.as_listing(answer, by_heading=False), header=layout.header)
    tables = (text.tsv(part, header=layout.header) for part in _parts(answer))
    return "\n".join((fields, *tables))  # a blank line between them


def _csv(answer: Answer, layout: Layout) -> str:
    from foodsafety_cli.render.forms import text

    fields = text.as_csv(text.as_listing(answer, by_heading=True), header=layout.header)
    tables = (text.as_csv(part, header=layout.header) for part in _parts(answer))
    return "\r\n".join((fields, *tables))  # a blank line between them


def _markdown(answer: Answer, layout: Layout) -> str:
    from foodsafety_cli.render.forms import text

    if isinstance(answer, Thing):
        return text.thing_markdown(answer)
    return text.markdown(answer, header=layout.header)


def _json(answer: Answer, layout: Layout) -> str:
    from foodsafety_cli.render.forms.data import as_json

    return as_json(answer, only=layout.only)


def _yaml(answer: Answer, layout: Layout) -> str:
    from foodsafety_cli.render.forms.data import as_yaml

    return as_yaml(answer, only=layout.only)


def _workbook(answer: Answer, _: Layout) -> bytes:
    from foodsafety_cli.render.forms.text import as_listing
    from foodsafety_cli.render.forms.workbook import as_workbook

    return as_workbook(as_listing(answer, by_heading=True), _parts(answer))


def _page(answer: Answer, _: Layout) -> bytes:
    from foodsafety_cli.render.forms.text import as_listing
    from foodsafety_cli.render.forms.webpage import as_webpage

    return as_webpage(as_listing(answer, by_heading=True), _parts(answer)).encode()


def _document(answer: Answer, _: Layout) -> bytes:
    from foodsafety_cli.render.forms.document import as_document
    from foodsafety_cli.render.forms.text import as_listing

    return as_document(as_listing(answer, by_heading=True), _parts(answer))


def _parts(answer: Answer) -> list[Listing]:
    """The tables of one thing that have anything in them."""
    return [part for part in answer.parts if part.rows] if isinstance(answer, Thing) else []


FORMS = (
    Form(Format.TABLE, (".txt",), _table),
    Form(Format.TSV, (".tsv",), _tsv),
    Form(Format.CSV, (".csv",), _csv, has_bom=True),  # or Excel takes it for another encoding
    Form(Format.JSON, (".json",), _json),
    Form(Format.YAML, (".yaml", ".yml"), _yaml),
    Form(Format.MD, (".md",), _markdown),
    Form(None, (".xlsx",), _workbook, is_edited=True),
    Form(None, (".html",), _page),
    Form(None, (".docx",), _document, is_edited=True),
)
BY_ENDING = {ending: form for form in FORMS for ending in form.endings}
BY_FORMAT = {form.format: form for form in FORMS if form.format}
