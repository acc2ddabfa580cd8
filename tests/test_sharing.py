"""Ledgers that git carries between machines."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Fs


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_two_offices_report_apart_and_merge(anywhere: Fs, tmp_path: Path) -> None:
    anywhere("init", "one").ok()
    one = anywhere.at(anywhere.folder / "one")

    def git(folder: Path, *args: str) -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.invalid")
        subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)

    one("progress", "update", "1", "--percent", "10").ok()
    git(one.folder, "init", "-b", "main")
    git(one.folder, "add", "-A")
    git(one.folder, "commit", "-m", "plan")
    git(tmp_path, "clone", str(one.folder), "two")
    two = anywhere.at(tmp_path / "two")
    one("progress", "update", "1", "--percent", "20", "--date", "2021-09-01").ok()
    two("progress", "update", "1", "--percent", "30", "--date", "2021-09-02").ok()
    two("progress", "update", "3", "--percent", "40").ok()
    for office in (one, two):
        git(office.folder, "commit", "-am", "report")
    git(one.folder, "pull", "--no-rebase", "--no-edit", str(two.folder), "main")
    git(two.folder, "pull", "--no-rebase", "--no-edit", str(one.folder), "main")
    assert one("tasks").ok().out == two("tasks").ok().out
    assert one.thing("show", "1")["completion"] == 10, "the figure of the latest day counts"
    assert len(one("progress", "log").rows) == 1 + 4


def test_the_lock_is_left_out_of_git(anywhere: Fs) -> None:
    anywhere("init").ok()
    anywhere("progress", "update", "1", "--percent", "1").ok()
    ignored = (anywhere.folder / ".gitignore").read_text().split()
    left = {path.name for path in anywhere.folder.iterdir()} - {"plan.yaml", "schema"}
    assert left - set(ignored) == {"progress.jsonl", ".gitattributes", ".gitignore"}
