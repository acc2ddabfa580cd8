"""Validated plans, kept in the user's cache folder by the hash of their bytes.

Safe to delete and never trusted: an entry counts only if it is this user's own file, its
checksum holds, and it decodes into the types of this program version. Anything else is as good
as absent, silently. File times are no key: two edits within one second can leave them equal.
"""

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from foodsafety_cli import __version__
from foodsafety_cli.model.plan import Plan

_KEPT_ENTRIES = 16
_DIGEST = 20


def get(content: bytes) -> Plan | None:
    """The plan that these bytes were validated as, if that is known for certain."""
    try:
        path = _entry(content)
        if not _is_private(path):
            return None
        raw = path.read_bytes()
        digest, body = raw[:_DIGEST], raw[_DIGEST:]
        if blake2b(body, digest_size=_DIGEST).digest() != digest:
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
            file.write(blake2b(body, digest_size=_DIGEST).digest() + body)
        temporary.replace(path)
        _forget_oldest(path.parent)
    except (OSError, RuntimeError):
        if temporary is not None:
            _discard(temporary)


def _entry(content: bytes) -> Path:
    key = blake2b(content, digest_size=_DIGEST, key=__version__.encode()).hexdigest()
    return _folder() / f"plan-{key}.json"


def _folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("foodsafety-cli", appauthor=False))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _is_private(path: Path) -> bool:
    if os.name == "nt":  # the profile's own permissions guard it there
        return True
    return all(
        status.st_uid == os.geteuid() and not status.st_mode & 0o022
        for status in (path.lstat(), path.parent.stat())
    )


def _forget_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("plan-*.json"), key=lambda path: path.stat().st_mtime)
    for path in entries[:-_KEPT_ENTRIES]:
        _discard(path)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
