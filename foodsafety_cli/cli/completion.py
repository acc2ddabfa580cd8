"""`fs completion`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import keep_source
from foodsafety_cli.cli.options import one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import keep_line_ends, say
from foodsafety_cli.model.errors import BadOutput, why_unread
from foodsafety_cli.store.files import read_file, write_file

app = new_app()

_SCRIPTS = Path(__file__).with_name("scripts")
_MARK = b"_FS_COMPLETE"  # that every script has


class Shell(StrEnum):
    """The shells that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


@app.command(
    cls=Command,
    epilog=(
        "用法：\n"
        "  bash        fs completion bash >> ~/.bashrc\n"
        "  zsh         fs completion zsh >> ~/.zshrc\n"
        "  fish        fs completion fish > ~/.config/fish/completions/fs.fish\n"
        "  PowerShell  fs completion powershell -o fs.ps1，再在 $PROFILE 里写 . fs.ps1 的路径\n"
        "新开一个终端即生效。"
    ),
)
def completion(
    shell: Annotated[
        Shell,
        typer.Argument(
            metavar="SHELL",
            help="bash、zsh、fish 或 powershell",
            parser=one_of("SHELL", Shell, pwsh=Shell.POWERSHELL),
            autocompletion=suggest.words_of(Shell),
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="写入文件（PowerShell 的 > 会改编码）"),
    ] = None,
) -> None:
    """输出命令补全脚本：命令、选项，以及单位、任务、部分、指标的名称。"""
    text = (_SCRIPTS / f"fs.{shell}").read_text("utf-8")
    if output is None:
        keep_line_ends()
        sys.stdout.write(text)
        return
    keep_source(output)
    if output.exists() and _MARK not in _start_of(output):
        raise BadOutput(
            "-o", f"“{output}”里是别的内容，没有覆盖，请换一个文件名，再在它里面写一行引用"
        )
    # without the mark, the PowerShell that comes with Windows takes the file for GBK
    write_file(output, text.encode("utf-8-sig" if shell is Shell.POWERSHELL else "utf-8"))
    say(f"已写好 {output}")


def _start_of(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise BadOutput("-o", f"“{path}”读不出来（{why_unread(error)}），没有写") from error
