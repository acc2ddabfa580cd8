"""Validated plans, kept in the user's cache folder beside the bytes they were validated from.

An entry answers for a file only if it holds exactly the file's bytes: no file time and no hash
has to be believed. It is safe to delete and never trusted: it counts only if it is this user's
own file, whole, of this program version, and decodes into its types. Anything else is as good as
absent, silently.
"""

import os
import sys
import zlib
from pathlib import Path

import msgspec

from foodsafety_cli import __version__
from foodsafety_cli.model.plan import Plan

_KEPT_ENTRIES = 16
_HEAD = f"foodsafety-cli {__version__}\n".encode()
_CHECKSUM = 4


def get(content: bytes) -> Plan | None:
    """The plan that these bytes were validated as, if that is known for certain."""
    try:
        path = _entry(content)
        if not _is_private(path):
            return None
        entry = path.read_bytes()
        start = len(_HEAD) + len(content)
        if entry[:start] != _HEAD + content:
            return None
        checksum, body = entry[start : start + _CHECKSUM], entry[start + _CHECKSUM :]
        if checksum != _checksum(body):
            return None
        return msgspec.json.decode(body, type=Plan)
    except (OSError, RuntimeError, ValueError, msgspec.MsgspecError):
        return None


def put(content: bytes, plan: Plan) -> None:
    """Remember the plan; a cache that cannot be written is no one's concern."""
    body = msgspec.json.encode(plan)
    temporary = None
    try:
        path = _entry(content)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        with open(temporary, "wb", opener=_private) as file:
            file.write(_HEAD + content + _checksum(body) + body)
        temporary.replace(path)
        _forget_oldest(path.parent)
    except (OSError, RuntimeError):
        if temporary is not None:
            _discard(temporary)


def _entry(content: bytes) -> Path:
    """Where an entry for these bytes would be; the name only spreads entries over files."""
    return _folder() / f"plan-{zlib.crc32(content):08x}-{len(content)}"


def _folder() -> Path:
    """The platform's cache folder; a library for these lines costs half an interpreter start."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "foodsafety-cli"


def _checksum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKSUM)


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


def _forget_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("plan-*"), key=lambda path: path.stat().st_mtime)
    for path in entries[:-_KEPT_ENTRIES]:
        _discard(path)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
