"""The cache: never trusted, never in the way, never noisy."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foodsafety_cli import __version__
from tests.conftest import FS, Fs


@pytest.fixture
def cached(fs: Fs, tmp_path: Path) -> tuple[Fs, Path]:
    """`fs` with a cache of its own that holds the plan and the ledger's index; and its folder."""
    own = fs.at(fs.folder, XDG_CACHE_HOME=str(tmp_path / "own-cache"))
    own("tasks").ok()
    own("progress", "update", "16", "--value", "5.2").ok()
    return own, tmp_path / "own-cache" / "foodsafety-cli"


def entries(folder: Path) -> dict[str, Path]:
    """The files of the cache by what they hold."""
    kinds = {"plan": "plan-*.db", "index": "ledger-*.db", "log": "ledger-*.db-wal"}
    found = {kind: next(folder.glob(pattern)) for kind, pattern in kinds.items()}
    assert len(found) == len([path for path in folder.iterdir() if path.suffix != ".db-shm"])
    return found


def entries_but_the_log(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix == ".db"]


def torn(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:100])


def torn_at_a_page(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:8192])


def emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def altered(entry: Path) -> None:
    """Something else where the words were."""
    entry.write_bytes(entry.read_bytes().replace("抽检监测力度".encode(), "抽检监测强度".encode()))


def of_another_version(entry: Path) -> None:
    altered(entry)
    content = entry.read_bytes()
    entry.write_bytes(content.replace(f"{__version__} ".encode(), b"0.0.9 "))


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
    torn_at_a_page,
    emptied,
    altered,
    of_another_version,
    open_to_others,
    a_folder,
    a_link_to_nowhere,
    deleted,
    a_file_where_the_folder_was,
]


@pytest.mark.parametrize("kind", ["plan", "index", "log"])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_cache_changes_nothing_and_says_nothing(
    cached: tuple[Fs, Path], damage: Callable[[Path], None], kind: str
) -> None:
    fs, folder = cached
    before = fs("tasks", "-f", "json").ok().out
    fs("progress", "update", "16", "--value", "5.2").ok()  # which stays in the log for now
    damage(entries(folder)[kind])
    for _ in range(2):
        run = fs("tasks", "-f", "json").ok()
        assert (run.out, run.err) == (before, "")


@pytest.mark.parametrize(
    ("there", "instead"),
    [(b"CREATE TABLE", b"CREATE TA\x84LE"), (b"INTEGER", b"INT\xffGER"), (b"table", b"tab\x80e")],
)
def test_an_index_whose_own_names_are_damaged_is_built_again(
    cached: tuple[Fs, Path], there: bytes, instead: bytes
) -> None:
    fs, folder = cached
    kept = entries(folder)["index"]
    kept.unlink()
    before = fs("progress", "-f", "json").ok().out  # and all is in the one file now
    content = kept.read_bytes()
    assert there.lower() in content.lower()
    places = re.sub(re.escape(there), lambda _: instead, content, flags=re.IGNORECASE)
    kept.write_bytes(places)
    for _ in range(2):
        run = fs("progress", "-f", "json").ok()
        assert (run.out, run.err) == (before, "")
    fs("progress", "update", "16", "--value", "5.3").ok()


def test_whatever_byte_of_it_is_changed_the_figures_stay(cached: tuple[Fs, Path]) -> None:
    fs, folder = cached
    for value in range(1, 40):
        day = f"2021-0{1 + value // 28}-{value % 28 + 1:02}"
        fs("progress", "update", "37", "--value", f"{value}.25", "--date", day).ok()
    for path in folder.iterdir():
        path.unlink()
    questions = [("progress", "-f", "json"), ("show", "37", "-f", "json"), ("log", "-f", "json")]
    before = [fs(*question).ok().out for question in questions]
    whole = {path: path.read_bytes() for path in entries_but_the_log(folder)}
    at_random = random.Random(20211225)
    for _ in range(40):
        for path, content in whole.items():
            damaged = bytearray(content)
            place = at_random.randrange(len(content))
            damaged[place] = (damaged[place] + at_random.randrange(1, 256)) % 256
            path.write_bytes(damaged)
        assert [fs(*question).ok().out for question in questions] == before


def test_an_edited_plan_is_validated_before_anything_is_answered(cached: tuple[Fs, Path]) -> None:
    fs, _ = cached
    times = fs.plan.stat()
    fs.edit_plan("quote: 完成30批次进出口", "quote: 完成80批次进出口")
    os.utime(fs.plan, ns=(times.st_atime_ns, times.st_mtime_ns))
    run = fs("tasks")
    assert (run.code, run.out) == (3, "")
    assert "quote-not-in-text" in run.err


def test_what_is_kept_belongs_to_its_user(cached: tuple[Fs, Path]) -> None:
    _, folder = cached
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0


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


def test_old_files_are_forgotten(cached: tuple[Fs, Path]) -> None:
    fs, folder = cached
    for n in range(6010):
        (folder / f"plan-{n:08x}.db").write_bytes(b"")
    foreign = folder / "not ours"
    foreign.write_bytes(b"")
    os.utime(foreign, (0, 0))
    fs.plan.write_text(fs.plan.read_text("utf-8") + "# 改\n", "utf-8")
    fs("tasks").ok()
    assert len(list(folder.iterdir())) <= 6005, "but for what this run kept"
    assert foreign.exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_nothing_is_kept_behind_a_link(fs: Fs, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "plan-00000000.db").write_bytes(b"theirs")
    base = tmp_path / "cache"
    base.mkdir()
    (base / "foodsafety-cli").symlink_to(elsewhere)
    fs("progress", "update", "16", "--value", "5.2", XDG_CACHE_HOME=str(base)).ok()
    assert [path.name for path in elsewhere.iterdir()] == ["plan-00000000.db"]


def test_one_plan_in_many_folders_is_validated_once(cached: tuple[Fs, Path]) -> None:
    fs, folder = cached
    for n in range(3):
        other = fs.folder / str(n)
        other.mkdir()
        shutil.copy(fs.plan, other)
        Fs(other, fs.env)("tasks").ok()
    assert len(list(folder.glob("plan-*.db"))) == 1


def test_a_relative_cache_folder_is_ignored(fs: Fs) -> None:
    fs("tasks", XDG_CACHE_HOME="cache").ok()
    assert not (fs.folder / "cache").exists()


def test_many_updates_and_undos_leave_no_more_files(cached: tuple[Fs, Path]) -> None:
    fs, folder = cached
    before = {path.name for path in folder.glob("*.db")}
    for n in range(5):
        fs("progress", "update", "3", "--percent", str(n)).ok()
        fs("progress", "undo", "--yes").ok()
    assert {path.name for path in folder.iterdir()} <= before | {
        f"{name}-{beside}" for name in before for beside in ("wal", "shm")
    }


def test_where_times_are_whole_seconds_an_edit_within_one_is_seen(fs: Fs) -> None:
    """As on ext2, FAT and some network drives: our own append and an edit share their time."""
    fs("progress", "update", "1", "--percent", "44").ok()
    second = int(fs.ledger.stat().st_mtime)
    script = (
        "import os, sys, time\n"
        "real = os.fstat\n"
        "class Coarse:\n"
        "    def __init__(self, status): self._status = status\n"
        "    def __getattr__(self, name):\n"
        f"        if name.endswith('time_ns'): return {second} * 10**9\n"
        "        return getattr(self._status, name)\n"
        "os.fstat = lambda number: Coarse(real(number))\n"
        f"time.time_ns = lambda: {second} * 10**9 + 5 * 10**8\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(sys.argv[1:]))\n"
    )
    coarse = Fs(fs.folder, fs.env)
    coarse.command = (sys.executable, "-c", script)
    for _ in range(2):
        assert coarse("tasks", "-c", "id,completion").ok().rows[1] == ["1", "44"]
    fs.ledger.write_bytes(fs.ledger.read_bytes().replace(b":44}", b":99}"))
    assert coarse("tasks", "-c", "id,completion").ok().rows[1] == ["1", "99"]


def test_a_full_disk_keeps_nothing_from_being_answered(cached: tuple[Fs, Path]) -> None:
    fs, folder = cached
    before = fs("tasks").ok().out
    shutil.rmtree(folder)
    with_little_room = (
        "import os, resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'foodsafety_cli', 'tasks'])\n"
    )
    command = [sys.executable, "-c", with_little_room]
    done = subprocess.run(command, cwd=fs.folder, env=fs.env, capture_output=True, check=True)
    assert (done.stdout.decode(), done.stderr) == (before, b"")


def test_two_that_build_at_once_both_answer(cached: tuple[Fs, Path]) -> None:
    fs, folder = cached
    before = fs("tasks").ok().out
    shutil.rmtree(folder)
    both = [
        subprocess.Popen(
            [*FS, "tasks"],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    for process in both:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out.decode(), err) == (0, before, b"")
    assert fs("tasks").ok().out == before
