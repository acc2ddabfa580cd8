"""`fs progress import --keep-good`: the sound files are recorded, the others are given back."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from foodsafety_cli.cli.streams import say
from foodsafety_cli.exchange.handing_in import CheckedFile, Taken, check_files
from foodsafety_cli.exchange.marking import marked
from foodsafety_cli.exchange.submissions import Fault, Faulty
from foodsafety_cli.model.errors import CannotWrite, CheckFailed
from foodsafety_cli.model.text import one_line
from foodsafety_cli.store.files import make_folder, read_file, write_file

Faults = Mapping[str, Sequence[Fault]]


def take_good(
    checked: Sequence[CheckedFile], record: Callable[[Sequence[CheckedFile]], list[Taken]]
) -> tuple[list[Taken], list[CheckedFile], dict[str, list[Fault]]]:
    """What was recorded, of which files, and the faults of the others by file.

    A file that is at fault only beside another one (the same figure twice) is left out, too.
    """
    good, bad = list(checked), dict[str, list[Fault]]()
    while True:
        try:
            check_files(good)
            return (record(good) if good else []), good, bad
        except Faulty as error:
            for fault in error.faults:
                bad.setdefault(fault.file, []).append(fault)
            good = [file for file in good if file.name not in bad]


def give_back(folder: Path | None, bad: Faults, *, force: bool) -> None:
    """Tell the faults, write the marked copies; raises `CheckFailed`, for not all was taken."""
    for name, faults in bad.items():
        say(f"没有导入 {one_line(name)}：{len(faults)} 处要改")
        for fault in faults:
            say(f"  {fault}")
    if folder is not None:
        _write_copies(folder, bad, force=force)
    where = f"，标好的副本在 {folder}" if folder is not None else "，加 -o 文件夹 可得标好的副本"
    raise CheckFailed(f"有 {len(bad)} 份没有导入{where}；其余的已经记上，不用再导入")


def _write_copies(folder: Path, bad: Faults, *, force: bool) -> None:
    make_folder(folder)
    for name, faults in bad.items():
        try:
            content = b"" if name == "-" else read_file(Path(name))
        except OSError:  # what could not be read is told in words
            content = b""
        file, marked_content = marked(name, content, faults)
        path = folder / file
        if os.path.lexists(path) and not force:
            raise CannotWrite(f"{path} 已经有了，没有覆盖；其余的已经记上。覆盖请加 --force")
        write_file(path, marked_content)
