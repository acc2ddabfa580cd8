"""Which files are meant: folders and patterns count without a shell's help (PowerShell, cmd)."""

import os
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.text import one_line

_TAKEN = (".xlsx", ".csv", ".tsv", ".json")
_UNREAD = (".xls", ".et", ".xlsm", ".ods", ".wps", ".doc", ".docx", ".pdf", ".numbers")
_PLAIN = (".txt", ".tab", ".prn")
_PACKED = (".zip", ".rar", ".7z")
_OPENED = "~$"  # what office programs leave beside a workbook that somebody has open


def named_files(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files that arguments name, each once; and in words what was passed over.

    Raises `FileUnreadable` where a folder or a pattern names none.
    """
    named = [name for argument in arguments for name in _named(argument)]
    files: list[str] = []
    passed: list[str] = []
    for name in dict.fromkeys(named):
        if Path(name).name.startswith(_OPENED):
            passed.append(f"{one_line(name)} 是正开着的表留下的临时文件，没有读")
        elif Path(name).name.startswith("._"):
            passed.append(f"{one_line(name)} 是苹果电脑附带的文件，不是表，没有读")
        elif Path(name).name.startswith(".") and name not in arguments:
            passed.append(f"{one_line(name)} 是隐藏文件，没有读；要读请写明它的名字")
        else:
            files.append(name)
    passed += (words for argument in arguments for words in _passed_over(argument))
    return files, passed


def _passed_over(argument: str) -> Iterator[str]:
    """What a folder holds that looks as if it had been meant."""
    if not os.path.isdir(argument):
        return
    for path in sorted(Path(argument).iterdir()):
        name = one_line(str(path))
        if path.is_dir() and any(_looks_meant(inner) for inner in path.iterdir()):
            yield f"{name} 是下一级文件夹，里面的没有读；要读请另写上它"
        elif path.suffix.lower() in _PACKED:
            yield f"{name} 是压缩包，没有读；请先解开"
        elif path.suffix.lower() in _PLAIN:
            yield f"{name} 是文字文件，没有读；里面是报的数的，请写明它的名字"
        elif path.suffix.lower() in _UNREAD and not path.name.startswith(_OPENED):
            yield f"{name} 不是能读的格式（{'、'.join(_TAKEN)}），没有读；请另存为 .xlsx"


def _looks_meant(path: Path) -> bool:
    return path.suffix.lower() in (*_TAKEN, *_UNREAD, *_PACKED)


def _named(argument: str) -> Iterator[str]:
    if argument == "-" or os.path.isfile(argument):
        yield argument
        return
    if os.path.isdir(argument):
        found = [str(path) for path in Path(argument).iterdir() if path.suffix.lower() in _TAKEN]
        where = f"文件夹 {argument}"
    elif has_magic(argument):
        folder, pattern = os.path.split(argument)  # a folder's own name may look like a pattern
        root = folder if os.path.isdir(folder) else None
        names = glob(pattern if root else argument, root_dir=root, recursive=True)
        found, where = [os.path.join(root or "", name) for name in names], argument
    else:
        yield argument
        return
    if not found:
        passed = "；".join(_passed_over(argument))
        remedy = f"：{passed}" if passed else "，请核对路径"
        raise FileUnreadable(f"{where} 里没有填好的表（{'、'.join(_TAKEN)}）{remedy}")
    yield from sorted(found)
