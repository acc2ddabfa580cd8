"""One folder a rule: what is handed in, step by step, what is said, and what is recorded.

A new case is a folder with its files and a `case.json`: the rule in a sentence, and steps with the
command, the exit code, words that are said, and what the ledger has more by then.
"""

import json
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Fs

FOLDER = Path(__file__).parent / "hand_ins"
CASES = sorted(path.parent for path in FOLDER.glob("*/case.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_hand_in(fs: Fs, case: Path) -> None:
    shutil.copytree(case, fs.folder, dirs_exist_ok=True)
    told = json.loads((case / "case.json").read_text("utf-8"))
    known = 0
    for step in told["steps"]:
        run = fs(*shlex.split(step["run"]), FS_TODAY=step.get("today", TODAY))
        assert run.code == step["code"], (told["rule"], run.err)
        for words in step.get("says", ()):
            assert words in run.out + run.err, told["rule"]
        entries = recorded(fs)
        if "recorded" in step:
            assert len(entries) - known == len(step["recorded"]), told["rule"]
            for expected, found in zip(step["recorded"], entries[known:], strict=True):
                assert found | expected == found, told["rule"]
        known = len(entries)


def recorded(fs: Fs) -> list[dict[str, Any]]:
    """The ledger's entries, each with the day of its line."""
    lines = fs.reported() if fs.ledger.exists() else []
    return [{"date": line["date"], **entry} for line in lines for entry in line["entries"]]
