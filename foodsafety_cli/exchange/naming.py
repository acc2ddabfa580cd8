"""Which files are meant: folders and patterns count without a shell's help (PowerShell, cmd)."""

import os
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable

_TAKEN = (".xlsx", ".csv", ".tsv", ".json")
_OPENED = "~$"  # what office programs leave beside a workbook that somebody has open


def named_files(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files that arguments name, each once, and those passed over because they are open.

    Raises `FileUnreadable` where a folder or a pattern names none.
    """
    named = [name for argument in arguments for name in _named(argument)]
    files: list[str] = []
    passed: list[str] = []
    for name in dict.fromkeys(named):
        (passed if Path(name).name.startswith(_OPENED) else files).append(name)
    return files, passed


def _named(argument: str) -> Iterator[str]:
    if argument == "-" or os.path.isfile(argument):
        yield argument
        return
    if os.path.isdir(argument):
        found = [str(path) for path in Path(argument).iterdir() if path.suffix.lower() in _TAKEN]
        where = f"文件夹 {argument}"
    elif has_magic(argument):
        found, where = glob(argument, recursive=True), argument
    else:
        yield argument
        return
    if not found:
        raise FileUnreadable(f"{where} 里没有填好的表（{'、'.join(_TAKEN)}），请核对路径")
    yield from sorted(found)
