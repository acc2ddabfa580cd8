"""Listings and things as TSV, CSV and Markdown."""

from collections.abc import Iterable

from foodsafety_cli.model.text import for_markdown, for_spreadsheet
from foodsafety_cli.render.listing import NUMBERS, Column, Listing, Row, Shown, Thing
from foodsafety_cli.render.words import for_people, script_words


def tsv(listing: Listing, *, header: bool) -> str:
    """Tab-separated, columns named by field; a total is the last line."""
    columns = _without_bars(listing.shown_columns())
    lines = ["\t".join(column.field for column in columns)] if header else []
    lines += [
        "\t".join(_script_cell(row, column) for column in columns) for row in _with_total(listing)
    ]
    return "".join(f"{line}\n" for line in lines)


def _script_cell(row: Row, column: Column) -> str:
    value, text = row.get(column.field), script_words(row, column)
    return for_spreadsheet(text) if isinstance(value, str | tuple | list) else text


def as_csv(listing: Listing, *, header: bool) -> str:
    """Comma-separated, columns named by their Chinese headings; opens in spreadsheets."""
    import csv
    import io

    columns = _without_bars(listing.shown_columns())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if header:
        writer.writerow(column.heading for column in columns)
    for row in _with_total(listing):
        writer.writerow(for_spreadsheet(for_people(row, column)) for column in columns)
    return out.getvalue()


def markdown(listing: Listing, *, header: bool) -> str:
    """A Markdown table; without the header, its rows alone."""
    columns = _without_bars(listing.shown_columns())
    lines = []
    if header:
        lines.append(_md_line(column.heading for column in columns))
        lines.append(_md_line("--:" if _is_number(column) else "---" for column in columns))
    lines += [
        _md_line(for_people(row, column) for column in columns) for row in _with_total(listing)
    ]
    return "".join(f"{line}\n" for line in lines)


def thing_markdown(thing: Thing) -> str:
    """A thing as a Markdown section: title, fields, text, and a table a part."""
    title = "  ".join(map(for_markdown, thing.title.split("  ")))
    blocks = [f"## {title}"]
    if thing.text:
        blocks.append(for_markdown(thing.text))
    fields = [(column.heading, for_people(thing.record, column)) for column in _fields(thing)]
    blocks.append(
        "\n".join(f"- {heading}：{for_markdown(value)}" for heading, value in fields if value)
    )
    for part in thing.parts:
        if part.rows:
            blocks += [f"### {part.title}", markdown(part, header=True).rstrip("\n")]
    return "\n\n".join(blocks) + "\n"


def as_listing(answer: Listing | Thing, *, by_heading: bool) -> Listing:
    """The listing; a thing as a listing of its fields, one a row."""
    if isinstance(answer, Listing):
        return answer
    thing = answer
    rows = [
        {
            "field": column.heading if by_heading else column.field,
            "value": for_people(thing.record, column)
            if by_heading
            else _script_cell(thing.record, column),
        }
        for column in _fields(thing)
    ]
    return Listing(thing.title, (Column("field", "项目"), Column("value", "内容")), rows)


def _fields(thing: Thing) -> list[Column]:
    return [column for column in thing.columns if column.shown is not Shown.BAR]


def _with_total(listing: Listing) -> list[Row]:
    return [*listing.rows, *([listing.total] if listing.total and listing.rows else [])]


def _without_bars(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.shown is not Shown.BAR]


def _is_number(column: Column) -> bool:
    return column.shown in NUMBERS


def _md_line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(for_markdown(cell) for cell in cells)} |"
