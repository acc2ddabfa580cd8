"""Where an answer goes and in which form (DESIGN 5): stdout or a file, table or data."""

import io
import os
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from foodsafety_cli.model.errors import BadValue, CannotWrite, reason_of
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Listing, Thing, choose_columns, sort_rows

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
        write_file(output.file, text, bom=form is Format.CSV)
    elif form is Format.JSON and not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # JSON is UTF-8 whatever the console speaks
    else:
        sys.stdout.write(text)


def write_file(path: Path, text: str, *, bom: bool) -> None:
    """Write a text to a file whole or not at all; raises `CannotWrite`."""
    write_bytes(path, text.encode("utf-8-sig" if bom else "utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises `CannotWrite`."""
    if os.path.isdir(path):
        raise CannotWrite(f"“{path}”是文件夹，请写明文件名")
    is_stream = path.is_relative_to("/dev") or (os.path.exists(path) and not os.path.isfile(path))
    target = Path(os.path.realpath(path))  # a link is followed, never replaced
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if is_stream:
            with path.open("wb") as stream:
                stream.write(content)
            return
        temporary.write_bytes(content)
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise CannotWrite(f"文件 {path} 写不进去（{reason_of(error)}）") from error


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
