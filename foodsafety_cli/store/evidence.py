"""Evidence (佐证材料) that is a file: found, known by its checksum, found again, copied."""

import datetime as dt
import os
import re
from pathlib import Path

from foodsafety_cli.model.errors import BadValue, why_unread
from foodsafety_cli.model.steps import Attachment
from foodsafety_cli.store.files import open_file

_PIECE = 1 << 20
_ENDINGS = (
    *("pdf", "docx?", "xlsx?", "pptx?", "wps", "et", "dps", "ofd", "od[ts]", "rtf", "txt", "csv"),
    *("md", "html?", "jpe?g", "png", "gif", "bmp", "tiff?", "webp", "mp[34]", "avi", "mov"),
    *("zip", "rar", "7z", "tar", "t?gz", "json", "xml", "eml", "msg", "dwg", "heic", "heif"),
    *("jfif", "p7m", "p7s", "svg", "wav", "m4a", "mkv", "wmv", "pages", "numbers", "key", "log"),
)
# by its ending, or as a path: ./通报, ~/通报, C:\\通报
_LOOKS_LIKE_A_FILE = (
    rf"(?i)(?!www\.|\w+://).*\.({'|'.join(_ENDINGS)})|\.{{0,2}}[/\\].*|~[/\\].*|[A-Za-z]:[/\\].*"
)


def attachments(folder: Path, given: tuple[str, ...]) -> tuple[Attachment, ...]:
    """The items that are files, as they are now; others are document numbers or addresses.

    `folder` is the ledger's. Raises `BadValue` for what is plainly meant as a file and is none.
    """
    found = []
    for item in given:
        path = Path(item).expanduser()
        if os.path.isdir(path):
            raise BadValue("--evidence", f"“{item}”是文件夹，请逐个写文件")
        if os.path.exists(path):
            found.append(_attachment(folder, path))
        elif re.fullmatch(_LOOKS_LIKE_A_FILE, item) or (
            path.parent.name and os.path.isdir(path.parent)
        ):
            raise BadValue("--evidence", f"没有“{item}”这个文件，请核对路径；文号、网址可以直接写")
    return tuple(found)


def found_files(folder: Path, given: tuple[str, ...]) -> tuple[Attachment, ...]:
    """The items that are files here; what a report names may be kept elsewhere."""
    paths = (Path(item).expanduser() for item in given)
    return tuple(_attachment(folder, path) for path in paths if os.path.isfile(path))


def place_of(folder: Path, attachment: Attachment) -> Path:
    """Where an attachment lies: a path in the ledger goes from the ledger's folder."""
    return folder / Path(attachment.path)


def change_of(folder: Path, attachment: Attachment) -> str:
    """How a file differs from what was recorded; empty where it does not."""
    try:
        now = _attachment(folder, place_of(folder, attachment))
    except BadValue as error:
        return "不见了" if not place_of(folder, attachment).exists() else error.reason
    if now.sha256 == attachment.sha256:
        return ""
    return f"改过了（原 {attachment.size} 字节，现 {now.size} 字节）"


def _attachment(folder: Path, path: Path) -> Attachment:
    import hashlib  # only where a file is given

    checksum = hashlib.sha256()
    try:
        with open_file(path) as file:
            status = os.fstat(file.fileno())
            while piece := file.read(_PIECE):
                checksum.update(piece)
    except OSError as error:
        raise BadValue("--evidence", f"“{path}”读不了（{why_unread(error)}）") from error
    saved = dt.date.fromtimestamp(status.st_mtime)
    return Attachment(_from(folder, path), checksum.hexdigest(), status.st_size, saved)


def _from(folder: Path, path: Path) -> str:
    """The path from the folder on, where it lies in there: so it holds on other machines, too."""
    whole = Path(os.path.abspath(path))
    try:
        return whole.relative_to(os.path.abspath(folder)).as_posix()
    except ValueError:
        return str(whole)
