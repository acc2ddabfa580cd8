"""`fs progress import --keep-good`: the sound files are recorded, the others are given back."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from foodsafety_cli.cli.streams import say_caution, say_fault
from foodsafety_cli.exchange.handing_in import CheckedFile, Taken, faults_in, refuse
from foodsafety_cli.exchange.marking import has_pictures, marked
from foodsafety_cli.exchange.row_drafts import RowFault
from foodsafety_cli.exchange.submissions import Faulty
from foodsafety_cli.model.errors import CannotWrite, CheckFailed
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.text import one_line
from foodsafety_cli.store.files import make_folder, read_file, write_file

Faults = Mapping[str, Sequence[RowFault]]
Recorder = Callable[[Sequence[CheckedFile]], list[Taken]]
Trial = Callable[[Sequence[CheckedFile]], None]  # raises `Faulty` where recording would


def every_fault(checked: Sequence[CheckedFile], try_out: Trial) -> list[RowFault]:
    """What is wrong with files by themselves, and what the ledger has against the other figures."""
    faults = faults_in(checked)
    told = {fault.place for fault in faults}
    others = [
        file._replace(drafts=tuple(one for one in file.drafts if one.place not in told))
        for file in checked
    ]
    try:
        try_out(others)
    except Faulty as error:
        faults += error.faults
    return faults


def take_good(
    checked: Sequence[CheckedFile], record: Recorder, try_out: Trial
) -> tuple[list[Taken], list[CheckedFile], dict[str, list[RowFault]]]:
    """What was recorded, of which files, and the faults of the others by file.

    Files that contradict each other (another figure for the same) are all left out; one that is
    faulty by itself speaks against no other.
    """
    bad = {file.name: every_fault([file], try_out) for file in checked if faults_in([file])}
    while True:
        good = [file for file in checked if file.name not in bad]
        try:
            refuse(faults_in(good))
            return (record(good) if good else []), good, bad
        except Faulty as error:
            for fault in error.faults:
                bad.setdefault(fault.file, []).append(fault)


def give_back(folder: Path | None, bad: Faults, *, kept: bool, dry_run: bool) -> None:
    """Tell the faults, write the marked copies; raises `CheckFailed`, for not all was taken.

    A copy never takes the place of another one: somebody may be at work on that.
    """
    for name, faults in bad.items():
        words = f"没有导入 {one_line(name)}：{len(faults)} 处要改"
        say_fault(MessageCode.HAND_IN_FAULTY, words)
        for fault in faults:
            say_fault(fault.code, f"  {fault}")
    if dry_run:
        raise CheckFailed(f"有 {len(bad)} 份不能导入；只是试一遍，什么也没有记，也没有写副本")
    rest = "；其余的已经记上，不用再导入" if kept else ""
    if folder is not None:
        try:
            _write_copies(folder, bad)
        except CannotWrite as error:
            raise CannotWrite(f"标好的副本没有写成：{error}{rest}") from error
    where = f"，标好的副本在 {folder}" if folder is not None else "，加 -o 文件夹 可得标好的副本"
    raise CheckFailed(f"有 {len(bad)} 份没有导入{where}{rest}")


def _write_copies(folder: Path, bad: Faults) -> None:
    make_folder(folder)
    for name, faults in bad.items():
        try:
            content = b"" if name == "-" else read_file(Path(name))
        except OSError:  # what could not be read is told in words
            content = b""
        file, marked_content = marked(name, content, faults)
        path, number = folder / file, 1
        while os.path.lexists(path):
            number += 1
            path = folder / f"{Path(file).stem}({number}){Path(file).suffix}"
        write_file(path, marked_content)
        if has_pictures(content) and not has_pictures(marked_content):
            say_caution(MessageCode.PICTURES_LOST, f"{path} 里没有带上原表的图片（盖的章）")
