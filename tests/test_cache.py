"""The plan cache: never trusted, never in the way, never noisy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Fs


@pytest.fixture
def cached(fs: Fs, tmp_path: Path) -> tuple[Fs, Path]:
    """`fs` with a cache of its own that holds the plan."""
    folder = tmp_path / "own-cache"
    own = Fs(fs.folder, fs.env | {"XDG_CACHE_HOME": str(folder)})
    own("tasks").ok()
    (entry,) = (folder / "foodsafety-cli").iterdir()
    return own, entry


def torn(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:100])


def emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def altered(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes().replace("抽检监测力度".encode(), "抽检监测强度".encode()))


def open_to_others(entry: Path) -> None:
    altered(entry)
    entry.chmod(0o666)


def a_folder(entry: Path) -> None:
    entry.unlink()
    entry.mkdir()


def a_link_to_nowhere(entry: Path) -> None:
    entry.unlink()
    entry.symlink_to("nowhere")


def deleted(entry: Path) -> None:
    shutil.rmtree(entry.parent)


def a_file_where_the_folder_was(entry: Path) -> None:
    shutil.rmtree(entry.parent)
    entry.parent.write_text("")


DAMAGES = [
    torn,
    emptied,
    altered,
    open_to_others,
    a_folder,
    a_link_to_nowhere,
    deleted,
    a_file_where_the_folder_was,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_cache_changes_nothing_and_says_nothing(
    cached: tuple[Fs, Path], damage: Callable[[Path], None]
) -> None:
    fs, entry = cached
    before = fs("tasks", "-f", "json").ok().out
    damage(entry)
    for _ in range(2):
        run = fs("tasks", "-f", "json").ok()
        assert (run.out, run.err) == (before, "")


def test_an_edited_plan_is_validated_before_anything_is_answered(cached: tuple[Fs, Path]) -> None:
    fs, _ = cached
    times = fs.plan.stat()
    fs.edit_plan("quote: 完成30批次进出口", "quote: 完成80批次进出口")
    import os

    os.utime(fs.plan, ns=(times.st_atime_ns, times.st_mtime_ns))
    run = fs("tasks")
    assert (run.code, run.out) == (3, "")
    assert "quote-not-in-text" in run.err


def test_an_entry_belongs_to_its_user(cached: tuple[Fs, Path]) -> None:
    _, entry = cached
    assert entry.stat().st_mode & 0o077 == 0
    assert entry.parent.stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_written_is_no_ones_concern(
    fs: Fs, as_ordinary_user: Fs, tmp_path: Path
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    run = as_ordinary_user("tasks", XDG_CACHE_HOME=str(locked)).ok()
    assert run.err == ""
    assert list(locked.iterdir()) == []


def test_without_a_home_it_still_answers(fs: Fs) -> None:
    bare = Fs(fs.folder, {k: v for k, v in fs.env.items() if k not in ("HOME", "XDG_CACHE_HOME")})
    assert len(bare("tasks", HOME="/dev/null/home").ok().rows) == 60


def test_old_entries_are_forgotten(cached: tuple[Fs, Path]) -> None:
    fs, entry = cached
    text = fs.plan.read_text("utf-8")
    for n in range(20):
        (entry.parent / f"plan-{n}").write_bytes(b"")
    fs.plan.write_text(text + "# 改\n", "utf-8")
    fs("tasks").ok()
    assert len(list(entry.parent.iterdir())) == 16
