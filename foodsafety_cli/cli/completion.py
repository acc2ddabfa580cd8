"""`fs completion`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.options import one_of
from foodsafety_cli.cli.parser.app import Command, new_app

app = new_app()

_SCRIPTS = Path(__file__).with_name("scripts")


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
        "  PowerShell  fs completion powershell >> $PROFILE\n"
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
) -> None:
    """输出命令补全脚本：命令、选项，以及单位、任务、部分、指标的名称。"""
    sys.stdout.write((_SCRIPTS / f"fs.{shell}").read_text("utf-8"))
