"""Whether a file is still what it was: by its status where that can be relied on."""

import os
import time
from collections.abc import Iterator
from typing import BinaryIO

_PIECE = 1 << 20  # bytes
_REST = 50_000_000  # nanoseconds: several ticks of the clock that file times are taken from


def status_of(status: os.stat_result) -> str:
    """What tells a file from itself after a change."""
    known = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return " ".join(map(str, known))


def is_at_rest(status: os.stat_result, *, just_written: bool = False) -> bool:
    """Whether whatever changes the file from now on will change its times.

    `just_written`: by ourselves under the lock, so that nobody else of us can be at it.
    """
    if os.name == "nt":  # no time of change there, and the other can be set at will
        return False
    latest = max(status.st_mtime_ns, status.st_ctime_ns)
    if latest % 1_000_000_000 == 0:  # times no finer than that hide a second edit
        return False
    return just_written or time.time_ns() - latest > _REST


def read_through(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """A part of a file, piece by piece."""
    file.seek(start)
    while start < end and (piece := file.read(min(_PIECE, end - start))):
        start += len(piece)
        yield piece
