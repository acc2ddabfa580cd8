"""progress.jsonl as a file: opened to be read, and appended to under its lock."""

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.errors import CannotWrite, LedgerUnreadable, reason_of
from foodsafety_cli.store.files import open_file
from foodsafety_cli.store.ledger.status import status_of

NAME = "progress.jsonl"
LOCK_NAME = ".progress.lock"
_LONGEST_START = 200  # bytes of a first line that are looked at


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO | None]:
    """The ledger for reading, None where there is none yet; raises `LedgerUnreadable`."""
    try:
        with open_file(path) as file:
            yield file
    except FileNotFoundError as error:
        if path.is_symlink():
            raise LedgerUnreadable(
                f"台账 {path} 是一个链接，它指的文件不在（盘没有接上？），请核对"
            ) from error
        yield None
    except OSError as error:
        reason = "是文件夹" if os.path.isdir(path) else f"读不出来（{reason_of(error)}）"
        raise LedgerUnreadable(f"台账 {path} {reason}，请核对") from error


def is_ledger(path: Path) -> bool:
    """Whether a path is that of a ledger or its lock, in whatever folder, case and by what link.

    A copy under another name is one, too: its first line says so.
    """
    names = [name.casefold() for name in (path.name, os.path.basename(os.path.realpath(path)))]
    is_called_so = not {NAME, LOCK_NAME}.isdisjoint(names)
    return is_called_so or (names[0].endswith(".jsonl") and _begins_as_one(path))


def _begins_as_one(path: Path) -> bool:
    try:
        with open_file(path) as file:
            start = file.readline(_LONGEST_START)
    except OSError:
        return False
    return start.lstrip(b"\xef\xbb\xbf {").startswith(b'"id"')


def size_of(path: Path) -> int:
    """How many bytes the ledger has; 0 where there is none yet."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def status_text(path: Path) -> str:
    """What tells the ledger from itself after a change; empty where there is none."""
    try:
        return status_of(path.stat())
    except OSError:
        return ""


def ends_clean(path: Path, size: int) -> bool:
    """Whether the last line is whole; after a torn one, the next must start on its own."""
    if size == 0:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"


def append(path: Path, data: bytes, *, is_new: bool) -> os.stat_result:
    """Append in one write and fsync; returns the file's status then. The lock must be held.

    `is_new`: the file was made for this, and goes again if nothing can be written.

    Once this returns, `data` is on the disk, and nothing that goes wrong later undoes that: an
    interrupt is no longer heeded. What cannot be written whole is taken back. Raises `CannotWrite`.
    """
    try:
        status = _append(path, data)
    except BaseException as error:  # an interrupt, too
        if is_new:
            _remove_empty(path)
        if not isinstance(error, OSError):
            raise
        raise CannotWrite(
            f"没有记上：台账 {path} 写不进去（{reason_of(error)}）。原有内容没有改动"
        ) from error
    if is_new:
        _sync_folder(path.parent)
    return status


def _append(path: Path, data: bytes) -> os.stat_result:
    file = path.open("ab", buffering=0)
    try:
        _write(path, file, data)
        return _status(path, file)
    finally:
        with suppress(OSError):
            file.close()


def _write(path: Path, file: BinaryIO, data: bytes) -> None:
    size = os.fstat(file.fileno()).st_size
    try:
        if file.write(data) != len(data):
            raise OSError(errno.ENOSPC, "磁盘已满")
        _sync(file.fileno())
        _heed_no_interrupt()
    except BaseException:  # an interrupt, too: what was broken off is not recorded
        with suppress(OSError):
            _take_back(path, file, size, data)
        raise


def _status(path: Path, file: BinaryIO) -> os.stat_result:
    """The status after the fsync, whose failing is no failure any more."""
    try:
        return os.fstat(file.fileno())
    except OSError:
        return path.stat()


def _sync(handle: int) -> None:
    """Wait until what was written is on the disk, on macOS also out of the disk's own memory."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # a network disk does not know it
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def _remove_empty(path: Path) -> None:
    """Take away a file that was made for nothing; it is closed, which Windows wants."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            path.unlink()


def _take_back(path: Path, file: BinaryIO, size: int, data: bytes) -> None:
    """Undo a write, unless somebody whom the lock did not hold back has written after it.

    How much was written is read from the file: an interrupt may come before the call says so.
    """
    with path.open("rb") as reader:
        reader.seek(size)
        if data.startswith(reader.read(len(data) + 1)):
            file.truncate(size)


def _heed_no_interrupt() -> None:
    """From here on it is recorded: whoever interrupts is told so, not that it was broken off."""
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, lambda *_: None)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content, where the system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
