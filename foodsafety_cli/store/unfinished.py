"""Files that go with lines of the ledger: what a kill has left of them is cleared by the next run.

Before the first file is written their names are put down in a file beside them, which goes when
the lines are on the disk. Whoever finds it knows which files may have no line.
"""

import json
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from foodsafety_cli.store.files import write_file

_NAME = ".fs-unfinished.json"
# what a letter's file is called; whatever else such a list names is not ours to take away
_LETTER = re.compile(r"[^/\\]*〔\d{4}〕\d+号[^/\\]*\.docx")


def mark_unfinished(folder: Path, files: Sequence[Path]) -> Path:
    """Put down which files are about to be written; returns where."""
    marker = folder / _NAME
    write_file(marker, json.dumps([file.name for file in files], ensure_ascii=False).encode())
    return marker


def finish(folder: Path) -> None:
    """All of them are written, and their lines, too."""
    with suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)


def clear_unfinished(folder: Path, recorded: Collection[str]) -> None:
    """Take away what an earlier run has left without lines; `recorded` are the names that have."""
    try:
        names = json.loads((folder / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return
    for name in names if isinstance(names, list) else ():
        if isinstance(name, str) and _LETTER.fullmatch(name) and name not in recorded:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
    finish(folder)
