"""The lock of one ledger between processes: a file beside the ledger itself, links resolved."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fasteners import InterProcessLock

from foodsafety_cli.model.errors import CannotWrite, reason_of

LOCK_NAME = ".progress.lock"
LOCK_SECONDS = 30


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Hold the ledger's lock; raises `CannotWrite`."""
    path = lock_path(ledger)
    deadline = time.monotonic() + LOCK_SECONDS
    lock = _acquired(path, deadline)
    while not _is_the_file(lock, path):  # somebody has put another file in its place meanwhile
        _release(lock)
        lock = _acquired(path, deadline)
    try:
        yield
    finally:
        _release(lock)


def lock_path(ledger: Path) -> Path:
    """Where the lock of a ledger is, whichever of its links it is reached by."""
    return Path(os.path.realpath(ledger)).with_name(LOCK_NAME)


def is_held(ledger: Path) -> bool:
    """Whether somebody is writing to the ledger just now, as far as can be told."""
    path = lock_path(ledger)
    if not path.is_file():
        return False
    lock = InterProcessLock(path)
    try:
        if not lock.acquire(blocking=False):
            return True
    except (OSError, RuntimeError):
        return False
    _release(lock)
    return False


def _acquired(path: Path, deadline: float) -> InterProcessLock:
    if path.exists() and not path.is_file():
        raise CannotWrite(f"没有记上：{path} 应是一个普通文件，请把它移走再试")
    share_like_folder(path)
    lock = InterProcessLock(path)
    try:
        acquired = lock.acquire(timeout=max(0, deadline - time.monotonic()))
    except (OSError, RuntimeError) as error:  # the library's own error is a RuntimeError
        raise CannotWrite(f"没有记上：锁文件 {path} 打不开（{_why(error)}）") from error
    if not acquired:
        raise CannotWrite(f"台账正被别人占用，等了 {LOCK_SECONDS} 秒仍未轮到，请稍后再试")
    return lock


def share_like_folder(path: Path) -> bool:
    """Make a file if it is not there, so that whoever may write to its folder may write to it.

    Whatever the umask of who comes first: the others of an office must not be shut out. Returns
    whether it was made.
    """
    with suppress(OSError):
        mode = stat.S_IMODE(path.parent.stat().st_mode) & 0o666 | 0o600
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with suppress(OSError, AttributeError):
            os.fchmod(handle, mode)
        os.close(handle)
        return True
    return False


def _is_the_file(lock: InterProcessLock, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(lock.lockfile.fileno()), os.stat(path))
    return False


def _release(lock: InterProcessLock) -> None:
    """What was recorded is recorded, whatever letting go of the lock ends in."""
    with suppress(OSError, RuntimeError):
        lock.release()


def _why(error: Exception) -> str:
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, PermissionError):
        return "没有权限；请它的主人让大家都能写"
    return reason_of(cause) if isinstance(cause, OSError) else "锁不住"
