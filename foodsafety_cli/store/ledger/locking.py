"""The lock of one ledger between processes: a file beside the ledger itself, links resolved."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fasteners import InterProcessLock

from foodsafety_cli.model.errors import BadValue, CannotWrite, LedgerBusy, reason_of
from foodsafety_cli.store.files import shared_mode
from foodsafety_cli.store.ledger.file import LOCK_NAME

LOCK_SECONDS = 30
_PATIENCE = 1.0  # seconds before a wait is spoken of
_LOOK_EVERY = 0.01


@contextmanager
def locked(ledger: Path, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the ledger's lock; raises `CannotWrite`. `on_wait` is told of a wait that lasts."""
    path = lock_path(ledger)
    wait = _Wait(path, on_wait)
    lock = wait.acquire()
    while not _is_the_file(lock, path):  # somebody has put another file in its place meanwhile
        _release(lock)
        lock = wait.acquire()
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


class _Wait:
    """One wait for a lock, however often it has to be taken."""

    def __init__(self, path: Path, on_wait: Callable[[str], None] | None) -> None:
        self._path = path
        self._on_wait = on_wait
        self._seconds = _seconds()
        self._end = time.monotonic() + self._seconds

    def acquire(self) -> InterProcessLock:
        """The lock, acquired; raises `CannotWrite`."""
        is_strange = self._path.exists() and not self._path.is_file()
        if is_strange or self._path.is_symlink():  # which would make a file wherever it points
            raise CannotWrite(f"没有记上：{self._path} 应是一个普通文件，请把它移走再试")
        share_like_folder(self._path)
        lock = InterProcessLock(self._path)
        try:
            if self._try(lock, min(_PATIENCE, self._left())):
                return lock
            if self._on_wait and self._left() > 0:
                self._on_wait(self._told())
            if self._try(lock, self._left()):
                return lock
        except (OSError, RuntimeError) as error:  # the library's own error is a RuntimeError
            _close(lock)
            raise CannotWrite(f"没有记上：锁文件 {self._path} 打不开（{_why(error)}）") from error
        _close(lock)
        raise LedgerBusy(f"台账正被别人占用，等了 {self._seconds} 秒仍未轮到，请稍后再试")

    def _try(self, lock: InterProcessLock, seconds: float) -> bool:
        # looking often, and always as often, is as near to taking turns as the system allows
        return bool(lock.acquire(delay=_LOOK_EVERY, max_delay=_LOOK_EVERY, timeout=seconds))

    def _left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    def _told(self) -> str:
        owner = ""
        with suppress(OSError, KeyError, NotImplementedError):
            owner = f"（锁文件是 {self._path.owner()} 的）"
        return (
            f"台账正被别人占用{owner}，最多等 {self._seconds} 秒；"
            "可用环境变量 FS_LOCK_SECONDS 改，按 Ctrl-C 不等"
        )


def _seconds() -> int:
    given = os.environ.get("FS_LOCK_SECONDS", "")
    if not given:
        return LOCK_SECONDS
    if not (given.isascii() and given.isdecimal()):
        raise BadValue(
            "FS_LOCK_SECONDS", f"“{given}”应是秒数，如 60；不要它就 unset FS_LOCK_SECONDS"
        )
    return int(given[:9])


def share_like_folder(path: Path) -> bool:
    """Make a file if it is not there, so that whoever may write to its folder may write to it.

    Whatever the umask of who comes first: the others of an office must not be shut out. Returns
    whether it was made.
    """
    with suppress(OSError):
        mode = shared_mode(path)
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


def _close(lock: InterProcessLock) -> None:
    """What the library leaves open where it gets no lock."""
    if lock.lockfile is not None:
        lock.lockfile.close()


def _why(error: Exception) -> str:
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, PermissionError):
        return "没有权限；请它的主人让大家都能写"
    return reason_of(cause) if isinstance(cause, OSError) else "锁不住"
