"""Opening the files people point at, whatever stands there."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.errors import FileUnreadable

_MOST_UNPACKED = 200_000_000  # bytes; more, and it is no office's file


def open_file(path: Path) -> BinaryIO:
    """A file for reading; raises `OSError`, also for pipes and devices, which may never end."""
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE))
    return path.open("rb")


def read_file(path: Path) -> bytes:
    """A file's bytes; raises like `open_file`."""
    with open_file(path) as file:
        return file.read()


def packed_names(name: str, content: bytes) -> list[str]:
    """The names of what a file packs (.docx, .xlsx).

    Raises `BadZipFile`, and `FileUnreadable` where it would unpack to more than can be meant.
    """
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
            raise FileUnreadable(f"{name} 解开来太大，不像是办公用的文件")
        return packed.namelist()
