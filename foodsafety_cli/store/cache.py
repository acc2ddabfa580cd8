"""The user's cache folder: what can be computed again, private, safe to delete, never trusted.

A database in it is opened only by its mark: which file it was (inode, size, times) when it had
been written whole and synced. Anything else is as good as absent, silently; what cannot be
written is no one's concern.
"""

import os
import sqlite3
import sys
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli import __version__

_KEPT_FILES = 6000  # a thousand plans with their ledgers, an edit or two of each
_FORMAT = 6  # counts the shapes that the tables have had
_PRIME = (1 << 30) - 35
_HEAD = f"foodsafety-cli {__version__} {_FORMAT}\n".encode()


def residue(content: bytes | memoryview) -> int:
    """Thirty bits of a content, that a torn one or another one hardly shares.

    A checksum of zlib's would say no more; loading zlib takes as long as this for 200 kB, and
    more memory.
    """
    return int.from_bytes(content, "big") % _PRIME  # so that noughts at its end count too


def read(name: str) -> bytes | None:
    """What this user and this version of the program wrote under a name, if it is there."""
    with suppress(OSError), open_entry(name) or nullcontext() as file:
        return file.read() if file else None
    return None


def open_entry(name: str) -> BinaryIO | None:
    """The same as a file, for who need not have it whole in memory."""
    try:
        path = _folder() / name
        if not _is_private(path):
            return None
        file = path.open("rb")
        if file.read(len(_HEAD)) == _HEAD:
            return file
        file.close()
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        pass
    return None


def write(name: str, *parts: bytes) -> None:
    """Put a file there whole or not at all."""
    _write(name, (_HEAD, *parts), synced=False)


def write_database(name: str, database: sqlite3.Connection) -> str:
    """Put a database there; returns its mark, empty if it could not be written."""
    path = _write(name, (database.serialize(),), synced=True)
    return _mark(path) if path else ""


def open_database(mark: str) -> sqlite3.Connection | None:
    """The database that has this mark, read-only; None if it is not there as it was written."""
    try:
        path = _folder() / mark.partition(" ")[0]
        if not _is_private(path) or _mark(path) != mark:
            return None
        return sqlite3.connect(f"{_address(path)}?mode=ro&immutable=1", uri=True)
    except (OSError, RuntimeError, ValueError, sqlite3.Error):
        return None


def _address(path: Path) -> str:
    """The file as SQLite takes it with options; every byte escaped, none means anything."""
    name = path.absolute().as_posix()
    rooted = name if name.startswith("/") else f"/{name}"  # before a drive of Windows
    return "file:" + "".join(f"%{byte:02x}" for byte in os.fsencode(rooted))


def forget(mark: str) -> None:
    """Remove a database that nothing points to any more."""
    with suppress(OSError, RuntimeError):
        if mark:
            (_folder() / mark.partition(" ")[0]).unlink(missing_ok=True)


def _mark(path: Path) -> str:
    status = path.stat()
    known = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return " ".join((path.name, *map(str, known)))


def _write(name: str, parts: tuple[bytes, ...], *, synced: bool) -> Path | None:
    temporary = None
    try:
        path = _folder() / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f"{name}.{os.getpid()}.tmp")
        with open(temporary, "wb", opener=_private) as file:
            file.writelines(parts)
            if synced:  # a mark must not outlive, in a power failure, what it marks
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
        _forget_oldest(path.parent)
        return path
    except (OSError, RuntimeError):
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return None


def _folder() -> Path:
    """The platform's cache folder; a library for these lines costs half an interpreter start."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "foodsafety-cli"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_private(path: Path) -> bool:
    if os.name == "nt":  # the profile's own permissions guard it there
        return True
    return (
        all(
            status.st_uid == os.geteuid() and not status.st_mode & 0o022
            for status in (path.lstat(), path.parent.stat())
        )
        and path.is_file()
    )


@cache
def _forget_oldest(folder: Path) -> None:
    """Once a run is often enough: looking through the folder for every file would add up."""
    with suppress(OSError):
        if len(os.listdir(folder)) > _KEPT_FILES:
            files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for path in files[:-_KEPT_FILES]:
                path.unlink(missing_ok=True)
