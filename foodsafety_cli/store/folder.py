"""A new working folder, laid out from what comes with the program."""

import os
from pathlib import Path

from foodsafety_cli.model.errors import CannotWrite, reason_of
from foodsafety_cli.store import ledger
from foodsafety_cli.store.finding import PLAN_NAME

SCHEMA_NAME = "plan.schema.json"
_PACKAGE = Path(__file__).resolve().parent.parent


def create(folder: Path) -> list[tuple[Path, bool]]:
    """Lay out a working folder; returns each file and whether it is new. Nothing is overwritten.

    Raises `CannotWrite`.
    """
    contents = {
        PLAN_NAME: shipped(PLAN_NAME).read_bytes(),
        f"schema/{SCHEMA_NAME}": shipped(SCHEMA_NAME).read_bytes(),
        ".gitattributes": f"{ledger.NAME} merge=union text eol=lf\n".encode(),
        ".gitignore": f"{ledger.LOCK_NAME}\n".encode(),
    }
    made = []
    for name, content in contents.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
            made.append((path, True))
        except FileExistsError as error:
            if not os.path.isfile(path):
                raise CannotWrite(f"不能在 {folder} 建工作文件夹（{path} 被占用）") from error
            made.append((path, False))
        except OSError as error:
            raise CannotWrite(f"{path} 建不了（{reason_of(error)}）") from error
    return made


def merges_as_union(attributes: Path) -> bool:
    """Whether git is told to keep both sides' lines of the ledger, as far as can be seen."""
    try:
        return b"merge=union" in attributes.read_bytes()
    except OSError:
        return False


def shipped(name: str) -> Path:
    """A file that comes with the program: inside the wheel, or in the source tree."""
    packed = _PACKAGE / "data" / name
    folder = "schema" if name == SCHEMA_NAME else ""
    return packed if packed.exists() else _PACKAGE.parent / folder / name
