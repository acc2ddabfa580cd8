"""Opening the files people point at, whatever stands there."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


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
