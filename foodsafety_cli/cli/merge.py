"""`fs merge`."""

import os
from glob import glob, has_magic
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import answering, say, say_on_terminal, tell
from foodsafety_cli.model.errors import BadValue, CheckFailed, FileUnreadable
from foodsafety_cli.model.text import one_line

app = new_app()
_SHOWN = 20


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs merge 王五/progress.jsonl              把另一台电脑的台账并进来\n"
        "  fs merge 'progress (冲突副本).jsonl'      网盘留下的副本"
    ),
)
def merge(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="台账…", help="另一份 progress.jsonl；可写几个，可写 '*/progress.jsonl'"
        ),
    ],
) -> None:
    """把另一份台账里、这里没有的行并进来；有了的不重复，哪一份的行都不会丢。"""
    office = office_of(ctx)
    ledger = office.workspace.ledger_path
    files = [path for file in files for path in _named(file)]
    for file in files:
        if os.path.realpath(file) == os.path.realpath(ledger):
            raise BadValue("台账", f"“{file}”就是这里的台账")
    left_out = 0
    for file in files:
        merged = office.workspace.merge(file, on_wait=say_on_terminal)
        left_out += len(merged.left_out)
        with answering(f"已并入 {merged.taken} 行"):
            tell(f"{one_line(str(file))}：并入 {merged.taken} 行，原有 {merged.known} 行")
        for one in merged.left_out[:_SHOWN]:
            say(f"没有并入 {file}:{one.line}: {one.why}")
        if len(merged.left_out) > _SHOWN:
            say(f"……另有 {len(merged.left_out) - _SHOWN} 行")
    office.report_problems()
    if left_out:
        raise CheckFailed(f"有 {left_out} 行没有并入，还在原来的文件里；其余的已经并入")


def _named(file: Path) -> list[Path]:
    """The files of a pattern, which not every shell resolves."""
    if file.exists() or not has_magic(str(file)):
        return [file]
    found = [Path(name) for name in sorted(glob(str(file), recursive=True))]
    if not found:
        raise FileUnreadable(f"没有和 {file} 相符的文件，请核对路径")
    return found
