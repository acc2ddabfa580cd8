"""A new working folder, laid out from what comes with the program."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from foodsafety_cli.model.errors import CannotWrite, reason_of
from foodsafety_cli.store.files import folder_for, write_new_file
from foodsafety_cli.store.ledger.file import LOCK_NAME, NAME
from foodsafety_cli.store.shipped import EXAMPLE_NAME, PLAN_NAME, SCHEMA_NAME, shipped


def create(folder: Path, *, example: bool = False) -> list[tuple[Path, bool]]:
    """Lay out a working folder; returns each file and whether it is new. Nothing is overwritten.

    With `example` there is a ledger, too, made up to try things with.

    Raises `CannotWrite`.
    """
    contents = {
        PLAN_NAME: shipped(PLAN_NAME).read_bytes(),
        f"schema/{SCHEMA_NAME}": shipped(SCHEMA_NAME).read_bytes(),
        ".gitattributes": f"{NAME} merge=union text eol=lf\n".encode(),
        ".gitignore": f"{LOCK_NAME}\n".encode(),
    }
    if example:
        contents[NAME] = shipped(EXAMPLE_NAME).read_bytes()
    is_new = not (folder / "schema").exists()
    with folder_for(folder / "schema"), _taken_back() as made:
        if is_new:
            with suppress(OSError):  # whatever the umask of who comes first
                mode = stat.S_IMODE(folder.stat().st_mode)
                (folder / "schema").chmod(mode & 0o755 if mode & stat.S_ISVTX else mode)
        for name, content in contents.items():
            path = folder / name
            try:
                write_new_file(path, content)
                made.append((path, True))
            except FileExistsError as error:
                if not os.path.isfile(path):
                    raise CannotWrite(f"不能在 {folder} 建工作文件夹（{path} 被占用）") from error
                made.append((path, False))
            except OSError as error:
                raise CannotWrite(f"{path} 建不了（{reason_of(error)}）") from error
        return made


@contextmanager
def _taken_back() -> Iterator[list[tuple[Path, bool]]]:
    """The files made; taken away again where the rest cannot be: half a folder is none."""
    made: list[tuple[Path, bool]] = []
    try:
        yield made
    except BaseException:
        for path, is_new in made:
            if is_new:
                path.unlink(missing_ok=True)
        raise


def merges_as_union(attributes: Path) -> bool:
    """Whether git is told to keep both sides' lines of the ledger, as far as can be seen."""
    try:
        return b"merge=union" in attributes.read_bytes()
    except OSError:
        return False
