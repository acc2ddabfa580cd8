"""Where an answer goes and in which form (DESIGN 5): stdout or a file, table or data."""

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Listing, Thing, choose_columns, sort_rows
from foodsafety_cli.store.files import write_file

_FILE_TABLE_WIDTH = 120


class Format(StrEnum):
    """The forms every listing command offers."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    YAML = "yaml"
    MD = "md"


_ENDINGS = {
    ".txt": Format.TABLE,
    ".tsv": Format.TSV,
    ".csv": Format.CSV,
    ".json": Format.JSON,
    ".yaml": Format.YAML,
    ".yml": Format.YAML,
    ".md": Format.MD,
}


class Output(ValueType):
    """What was asked of the answer's form."""

    format: Format | None = None
    columns: tuple[str, ...] = ()
    sort: str | None = None
    header: bool = True
    file: Path | None = None

    def resolve(self, stdout: TextIO) -> Format:
        """The form to use: as asked, by the file's ending, else by where stdout leads."""
        if self.format:
            return self.format
        if self.file:
            if self.file.suffix.lower() in _ENDINGS:
                return _ENDINGS[self.file.suffix.lower()]
            raise BadValue("-o", f"“{self.file}”的后缀看不出格式，{_remedy(self.file)}")
        return Format.TABLE if stdout.isatty() else Format.TSV


def _remedy(file: Path) -> str:
    known = f"请用 {'、'.join(_ENDINGS)}，或加 -f 指明格式"
    is_export = file.suffix.lower() in (".xlsx", ".html")
    return f"存成 {file.suffix} 要用 fs export -o；这里{known}" if is_export else known


def show(answer: Listing | Thing, output: Output) -> None:
    """Write the answer as asked; raises `BadValue` for unknown columns, `CannotWrite`."""
    form = output.resolve(sys.stdout)
    if isinstance(answer, Listing):
        if output.sort:
            answer = sort_rows(answer, output.sort)
        if output.columns:
            answer = choose_columns(answer, output.columns)
    elif output.columns or output.sort:
        raise BadValue("-c、--sort", "这里只有一项内容，不能选列或排序")
    if form is Format.TABLE and not output.file:
        _draw(answer, sys.stdout, header=output.header)
        return
    text = _as_text(answer, form, output)
    if output.file:
        write_text(output.file, text, bom=form is Format.CSV)
    else:
        write_data(text, form)


def write_data(text: str, form: Format = Format.YAML) -> None:
    """Write to stdout: what goes into a file or a program is UTF-8 whatever the console speaks.

    Tables and TSV, which people read in a pipe, too, are in the console's encoding, if that has
    Chinese at all. Line ends stay as they are, where a text stream would turn them into the
    system's own.
    """
    is_read = form is Format.TABLE or (form is Format.TSV and _has_chinese(sys.stdout))
    if is_read or sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def write_text(path: Path, text: str, *, bom: bool) -> None:
    """Write a text to a file whole or not at all; raises `CannotWrite`."""
    write_file(path, text.encode("utf-8-sig" if bom else "utf-8"))


def _has_chinese(stream: TextIO) -> bool:
    try:
        "中".encode(stream.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _as_text(answer: Listing | Thing, form: Format, output: Output) -> str:
    from foodsafety_cli.render import textforms

    if form in (Format.JSON, Format.YAML):
        from foodsafety_cli.render import dataforms

        only = tuple(column.field for column in answer.columns) if output.columns else ()
        encode = dataforms.as_json if form is Format.JSON else dataforms.as_yaml
        return encode(answer, only=only)
    if form is Format.TABLE:
        drawing = io.StringIO()
        _draw(answer, drawing, header=output.header, width=_FILE_TABLE_WIDTH)
        return drawing.getvalue()
    if isinstance(answer, Thing):
        if form is Format.MD:
            return textforms.thing_markdown(answer)
        answer = textforms.as_fields(answer, by_heading=form is Format.CSV)
    form_text = {Format.TSV: textforms.tsv, Format.CSV: textforms.as_csv}
    return form_text.get(form, textforms.markdown)(answer, header=output.header)


def _draw(
    answer: Listing | Thing, stream: TextIO, *, header: bool, width: int | None = None
) -> None:
    from foodsafety_cli.render.terminal import Screen, draw_listing, draw_thing

    screen = Screen(stream, width)
    if isinstance(answer, Listing):
        draw_listing(screen, answer, header=header)
    else:
        draw_thing(screen, answer)
