"""Where an answer goes and in which form: stdout or a file, table or data."""

import os
import sys
from codecs import BOM_UTF8
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from foodsafety_cli.model.errors import BadOutput, BadValue, CannotWrite
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.forms.registry import BY_ENDING, BY_FORMAT, Answer, Form, Format, Layout
from foodsafety_cli.render.listing import Listing, choose_columns, sort_rows
from foodsafety_cli.store.files import write_file

# endings of what people go on editing, or have signed
_OFFICE = tuple(
    f".{ending}"
    for endings in (
        ("doc", "docx", "docm", "dot", "dotx", "wps", "wpt", "rtf", "odt", "xls", "xlsx", "xlsm"),
        ("xlsb", "et", "ett", "ods", "ppt", "pptx", "dps", "odp", "pdf", "ofd", "ceb"),
        ("jpg", "jpeg", "png", "zip", "rar", "7z"),
    )
    for ending in endings
)


class Output(ValueType):
    """What was asked of the answer's form."""

    format: Format | None = None
    columns: tuple[str, ...] = ()
    sort: str | None = None
    header: bool = True
    file: Path | None = None
    force: bool = False

    def resolve(self, stdout: TextIO) -> Form:
        """The form to use: as asked, by the file's ending, else by where stdout leads.

        Raises `BadValue`; `CannotWrite` for a file that somebody may have edited since.
        """
        form = self._form(stdout)
        if self.file and (form.is_edited or not _is_data(self.file)):
            keep_edited(self.file, force=self.force)
        return form

    def _form(self, stdout: TextIO) -> Form:
        by_ending = BY_ENDING.get(self.file.suffix.lower()) if self.file else None
        if self.format and by_ending and by_ending.format is None:
            raise BadValue("-f", f"“{self.file}”的后缀已经说明格式，请去掉 -f 或换一个文件名")
        if self.format:
            return BY_FORMAT[self.format]
        if by_ending:
            return by_ending
        if self.file:
            known = "、".join(BY_ENDING)
            words = f"“{self.file}”的后缀看不出格式，请用 {known}，或加 -f 指明格式"
            raise BadOutput("-o", words)
        return BY_FORMAT[Format.TABLE if stdout.isatty() else Format.TSV]


def _is_data(file: Path) -> bool:
    """Whether what a file has is data or a page, which scripts expect to be replaced.

    Of Markdown a table alone is; whatever has other words in it somebody may have written.
    """
    ending = file.suffix.lower()
    if ending == ".md" and file.is_file():
        with suppress(OSError), file.open("rb") as there:
            lines = (line.removeprefix(BOM_UTF8).strip() for line in there)
            return all(line.startswith(b"|") for line in lines if line)
    return ending not in _OFFICE


def keep_edited(file: Path, *, force: bool) -> None:
    """Raise `CannotWrite` where a document is there, which somebody may have edited since."""
    if os.path.lexists(file) and not force and not str(file).startswith("/dev/"):
        raise CannotWrite(f"{file} 已经有了，没有覆盖。确实要覆盖请加 --force")


def show(answer: Answer, output: Output) -> None:
    """Write the answer as asked; raises `BadValue` for unknown columns, `CannotWrite`."""
    form = output.resolve(sys.stdout)
    if isinstance(answer, Listing):
        if output.sort:
            answer = sort_rows(answer, output.sort)
        if output.columns:
            answer = choose_columns(answer, output.columns)
    elif output.columns or output.sort:
        raise BadValue("-c、--sort", "这里只有一项内容，不能选列或排序")
    if form.format is Format.TABLE and not output.file:
        from foodsafety_cli.render.forms.terminal import draw

        draw(answer, sys.stdout, header=output.header)
        return
    only = tuple(column.field for column in answer.columns) if output.columns else ()
    content = form.write(answer, Layout(output.header, only))
    if output.file:
        write_content(output.file, content, bom=form.has_bom)
    else:
        assert isinstance(content, str)  # what is bytes has no name that -f could ask for
        write_data(content, is_for_pagers=output.format is None)


def write_content(path: Path, content: str | bytes, *, bom: bool = False) -> None:
    """Write a text or document to a file whole or not at all; raises `CannotWrite`."""
    if isinstance(content, str):
        content = content.encode("utf-8-sig" if bom else "utf-8")
    write_file(path, content)


def write_data(text: str, *, is_for_pagers: bool = False) -> None:
    """Write to stdout: what goes into a file or a program is UTF-8 whatever the console speaks.

    What people read in a pipe is in the console's encoding, if that has Chinese at all. Line ends
    stay as they are, where a text stream would turn them into the system's own.
    """
    if sys.stdout.isatty() or (is_for_pagers and _has_chinese(sys.stdout)):
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())


def _has_chinese(stream: TextIO) -> bool:
    try:
        "中".encode(stream.encoding)
    except UnicodeEncodeError:
        return False
    return True
