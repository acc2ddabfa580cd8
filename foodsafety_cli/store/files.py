"""Files that people point at, read whatever stands there; and files written whole or not at all."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from foodsafety_cli.model.errors import CannotWrite, FileUnreadable, reason_of
from foodsafety_cli.model.text import clean, one_line

_NO_FILE_NAME = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"}
_RESERVED |= {f"{device}{n}" for device in ("COM", "LPT") for n in "123456789¹²³"}
_MOST_BYTES = 200  # of 255, with an ending and what a temporary name adds
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


def packed_names(name: str, content: bytes, most: int = _MOST_UNPACKED) -> list[str]:
    """The names of what a file packs (.docx, .xlsx).

    Raises `BadZipFile`, and `FileUnreadable` where it would unpack to more than can be meant.
    """
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > most:
            raise FileUnreadable(
                f"{name} 解开来太大，不像是办公用的文件，请只留有内容的行和列，另存一份再试"
            )
        return packed.namelist()


def packed(content: bytes, part: str) -> bytes:
    """A part of what a file packs; empty if it has none of that name."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part) if part in archive.namelist() else b""


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises `CannotWrite`.

    A link is followed, never replaced; a file that is replaced keeps its owner and mode.
    """
    if os.path.isdir(path):
        raise CannotWrite(f"“{path}”是文件夹，请写明文件名")
    is_stream = path.is_relative_to("/dev") or (os.path.exists(path) and not os.path.isfile(path))
    try:
        if is_stream:
            with path.open("wb") as stream:
                stream.write(content)
            return
        target = Path(os.path.realpath(path))
        with _whole(target, content) as temporary:
            with suppress(OSError):
                _make_like(temporary, target.stat())
            temporary.replace(target)
    except OSError as error:
        raise CannotWrite(f"文件 {path} 写不进去（{reason_of(error)}）") from error


def _make_like(path: Path, status: os.stat_result) -> None:
    """Give a file the owner and the mode of another; raises `OSError`."""
    if hasattr(os, "chown"):
        with suppress(PermissionError):  # whoever may not give it away keeps it
            os.chown(path, status.st_uid, status.st_gid)
    path.chmod(stat.S_IMODE(status.st_mode))


def write_new_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all; raises `OSError`.

    Whoever may write to its folder may write to it, whatever the umask.
    """
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    with _whole(path, content) as temporary:
        try:
            os.link(temporary, path)  # never covers what somebody has put there meanwhile
        except FileExistsError:
            raise
        except OSError:  # a disk that knows no links
            temporary.replace(path)
    with suppress(OSError):
        path.chmod(shared_mode(path))


def shared_mode(path: Path) -> int:
    """The rights of a file that go with those of its folder; raises `OSError`.

    In a folder where nobody may touch another's files (/tmp), nobody else may write to it.
    """
    mode = stat.S_IMODE(path.parent.stat().st_mode)
    return mode & (0o644 if mode & stat.S_ISVTX else 0o666) | 0o600


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it; raises `CannotWrite`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"文件夹 {folder} 建不了（{reason_of(error)}）") from error


@contextmanager
def folder_for(folder: Path) -> Iterator[None]:
    """A folder for what is written in the block; taken away again where nothing could be.

    Raises `CannotWrite`.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    make_folder(folder)
    try:
        yield
    except BaseException:
        for path in made:
            with suppress(OSError):  # something is in it
                path.rmdir()
        raise


def file_names(names: Iterable[str]) -> list[str]:
    """Names as files can be called on any system, short enough, no two of them the same."""
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        base = clean(one_line(name)).translate(_NO_FILE_NAME).strip(". ") or "未命名"
        base = f"_{base}" if base.split(".")[0].upper() in _RESERVED else base
        number, candidate = 1, _shortened(base, "")
        while candidate.casefold() in taken:
            number += 1
            candidate = _shortened(base, f"({number})")
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def _shortened(name: str, ending: str) -> str:
    """As much of a name as a file system takes with its ending, which counts bytes."""
    room = _MOST_BYTES - len(ending)
    return name.encode()[:room].decode("utf-8", "ignore") + ending


@contextmanager
def _whole(path: Path, content: bytes) -> Iterator[Path]:
    """A file beside `path` with this content, under a name nobody can foresee; then gone."""
    temporary = path.with_name(f".{os.urandom(8).hex()}.tmp")
    file = os.open(
        temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666
    )
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(content)
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
