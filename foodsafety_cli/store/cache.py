"""The user's cache folder: what can be computed again, private, safe to delete, never trusted.

Nothing in it is read, written or cleaned unless the folder is the user's own and closed to others:
a link planted there leads nowhere. What cannot be had is as good as absent, silently.
"""

import os
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from foodsafety_cli import __version__

VERSION = f"{__version__} 27"  # the number counts the shapes that the tables have had
_KEPT_FILES = 6000  # a thousand plans with their ledgers, an edit or two of each
_OWN_NAME = r"(plan|ledger)-[0-9a-f]{8}\.db(-wal|-shm)?|\.new-[0-9a-f]{16}"
# a time that nobody's writing puts on a file; even and whole, for some disks keep no finer
_SEAL = 946_684_800
_UNAVAILABLE = (OSError, RuntimeError, ValueError)  # RuntimeError: no home folder


def checksum(content: bytes, before: int = 0) -> int:
    """What a file is named by; two contents with one checksum are told apart by what they say."""
    return zlib.crc32(content, before)


def path_of(name: str) -> Path | None:
    """Where a file of this name is or may be kept; None if there is no private folder for it."""
    try:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / name if _is_private(folder) else None
    except _UNAVAILABLE:
        return None


def open_private(name: str) -> Path | None:
    """Make sure that a private file of this name is there, empty if it was not; and where."""
    path = path_of(name)
    try:
        if path is None:
            return None
        if not os.path.lexists(path):
            _clean(path.parent)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        return path if _is_private_file(path) else None
    except _UNAVAILABLE:
        return None


def address(path: Path, options: str) -> str:
    """A file as SQLite takes it with options; every byte escaped, none means anything."""
    name = path.absolute().as_posix()
    rooted = name if name.startswith("/") else f"/{name}"  # before a drive of Windows
    escaped = "".join(f"%{byte:02x}" for byte in os.fsencode(rooted))
    return f"file:{escaped}?{options}"


def forget(name: str) -> None:
    """Remove a database and what SQLite keeps beside it."""
    path = path_of(name)
    for ending in ("", "-wal", "-shm") if path else ():
        with suppress(OSError):
            os.unlink(f"{path}{ending}")


def write_database(name: str, database: sqlite3.Connection) -> None:
    """Put a database there whole or not at all; what cannot be written is no one's concern."""
    path = path_of(name)
    if path is None:
        return
    with suppress(*_UNAVAILABLE), _new_file(path) as temporary:
        with temporary.open("r+b") as file:
            file.write(database.serialize())
            file.flush()
            os.fsync(file.fileno())
        seal(temporary)
        temporary.replace(path)
        _clean(path.parent)


def open_database(name: str) -> sqlite3.Connection | None:
    """The database of this name, read-only; None if it is not there as it was written."""
    path = path_of(name)
    try:
        if path is None or not _is_private_file(path):
            return None
        if not is_sealed(path):
            return None
        return sqlite3.connect(address(path, "mode=ro&immutable=1"), uri=True)
    except (*_UNAVAILABLE, sqlite3.Error):
        return None


def seal(path: Path) -> None:
    """Put a time on a file that we have written, by which another's writing is known."""
    with suppress(OSError):
        os.utime(path, (_SEAL, _SEAL))


def is_sealed(path: Path) -> bool:
    """Whether nobody has written to a file since it was sealed."""
    with suppress(OSError):
        return path.stat().st_mtime == _SEAL
    return False


@contextmanager
def _new_file(beside: Path) -> Iterator[Path]:
    """A new private file, under a name that nobody can have foreseen."""
    path = beside.with_name(f".new-{os.urandom(8).hex()}")
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


@cache
def _folder() -> Path:
    """The platform's cache folder; a library for these lines costs half an interpreter start."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    if not os.path.isabs(base):  # the standard has relative ones ignored
        base = Path.home() / ".cache"
    return Path(base) / "foodsafety-cli"


@cache
def _is_private(folder: Path) -> bool:
    """Whether it is a folder of the user's own, no link, that nobody else can write to."""
    return _is_own(folder) and folder.is_dir()


def _is_private_file(path: Path) -> bool:
    return _is_own(path) and path.is_file()


def _is_own(path: Path) -> bool:
    if path.is_symlink():
        return False
    if os.name == "nt":  # the profile's own permissions guard it there
        return path.exists()
    status = os.lstat(path)
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


@cache
def _clean(folder: Path) -> None:
    """Forget what is oldest; once a run is enough, looking through it for every file adds up."""
    with suppress(OSError):
        own = [path for path in folder.iterdir() if re.fullmatch(_OWN_NAME, path.name)]
        if len(own) > _KEPT_FILES:
            own.sort(key=lambda path: path.lstat().st_ctime)  # the other is the seal
            for path in own[:-_KEPT_FILES]:
                path.unlink(missing_ok=True)
