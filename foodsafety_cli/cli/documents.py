"""Documents that a command writes and people go on editing: where to, and what may be covered."""

from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli.office import Office, keep_apart
from foodsafety_cli.cli.streams import say
from foodsafety_cli.model.errors import BadOutput
from foodsafety_cli.render.output import keep_edited
from foodsafety_cli.store.files import write_file

DocumentFile = Annotated[
    Path, typer.Option("--output", "-o", metavar="文件", help="写入哪个 .docx 文件")
]
ForceDocument = Annotated[bool, typer.Option("--force", help="已有的文件也覆盖（改过的会丢）")]


def write_document(office: Office, output: Path, content: bytes, *, force: bool) -> None:
    """Write a Word document; raises `BadValue`, `CannotWrite`."""
    if output.suffix.lower() != ".docx":
        raise BadOutput("-o", f"“{output}”的后缀看不出格式，请用 .docx")
    keep_apart(office.workspace, output)
    keep_edited(output, force=force)
    write_file(output, content)
    say(f"已写好 {output}")
