"""What an attack found in the store, and must not come back."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fasteners import InterProcessLock

from foodsafety_cli.model.errors import CannotWrite, reason_of
from foodsafety_cli.store.ledger import file
from foodsafety_cli.store.ledger.file import LOCK_NAME
from foodsafety_cli.store.ledger.locking import lock_path
from tests.conftest import FS, Fs

OURS, THEIRS = b'{"ours":1}\n', b'{"theirs":1}\n'
HEAD = '"at":"2021-09-30T09:00:00+08:00","by":"x","date":"2021-09-30"'

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and links as POSIX has them")


@pytest.mark.parametrize("theirs", [b"", THEIRS])
def test_taking_back_erases_nobody_elses_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: bytes
) -> None:
    """Where the lock does not hold, somebody may have written after us."""
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b'{"first":1}\n')

    def broken(_: int) -> None:
        with path.open("ab") as other:
            other.write(theirs)
        raise OSError(5, "EIO")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(CannotWrite):
        file.append(path, OURS, is_new=False)
    expected = b'{"first":1}\n' + (OURS + theirs if theirs else b"")
    assert path.read_bytes() == expected


@pytest.mark.parametrize("broken_by", [OSError(28, "ENOSPC"), KeyboardInterrupt()])
def test_a_ledger_made_for_nothing_goes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken_by: BaseException
) -> None:
    """Once it is closed: Windows removes no open file."""
    path = tmp_path / "progress.jsonl"

    def broken(_: int) -> None:
        raise broken_by

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises((CannotWrite, KeyboardInterrupt)):
        file.append(path, OURS, is_new=True)
    assert not path.exists()


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_open_in_excel_is_told_as_one(code: int) -> None:
    error = PermissionError(13, "EACCES")
    setattr(error, "winerror", code)  # noqa: B010 - only Windows knows the name
    assert "Excel" in reason_of(error)
    assert "关上" in reason_of(error)
    assert reason_of(PermissionError(13, "EACCES")) == "没有权限"


def test_a_failure_after_fsync_is_none(tmp_path: Path) -> None:
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b"")
    handler = signal.getsignal(signal.SIGINT)
    try:
        file.append(path, OURS, is_new=False)
        assert path.read_bytes() == OURS
        os.kill(os.getpid(), signal.SIGINT)  # which is no longer heeded
    finally:
        signal.signal(signal.SIGINT, handler)


def test_an_interrupt_after_it_is_recorded_says_so(fs: Fs) -> None:
    script = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from foodsafety_cli.store.ledger import index\n"
        "keep = index.Index.keep\n"
        "def interrupted(*args):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    return keep(*args)\n"
        "index.Index.keep = interrupted\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(['progress', 'update', '16', '--value', '5.2']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.decode().startswith("已记录")
    assert len(fs.reported()) == 1


def test_one_ledger_has_one_lock_whichever_link_leads_to_it(fs: Fs) -> None:
    fs.ledger.write_bytes(b"")
    other = fs.folder / "别处"
    other.mkdir()
    (other / "plan.yaml").write_bytes(fs.plan.read_bytes())
    (other / "progress.jsonl").symlink_to(fs.ledger)
    assert lock_path(other / "progress.jsonl") == lock_path(fs.ledger)
    Fs(other, fs.env)("progress", "update", "1", "--percent", "5").ok()
    assert not (other / LOCK_NAME).exists()
    assert len(fs.reported()) == 1


def test_a_lock_that_was_deleted_meanwhile_is_no_lock(fs: Fs) -> None:
    """Who waits on a file that is gone takes the one that stands there now."""
    path = fs.folder / LOCK_NAME
    gone = InterProcessLock(path)
    assert gone.acquire()
    path.unlink()
    held = InterProcessLock(path)
    assert held.acquire()
    gone.release()
    run = fs("progress", "update", "1", "--percent", "5", FS_LOCK_SECONDS="1")
    assert run.code == 4
    assert "删" not in run.err
    held.release()
    fs("progress", "update", "1", "--percent", "5").ok()


def test_a_reader_says_nothing_of_a_line_that_is_being_written(fs: Fs) -> None:
    whole = f'{{"id":"a1",{HEAD},"entries":[{{"task":1,"percent":5}}]}}\n'
    fs.ledger.write_text(whole + whole.replace("a1", "a2")[:40], "utf-8")
    with InterProcessLock(fs.folder / LOCK_NAME):
        run = fs("tasks", "-c", "id,completion").ok()
    assert run.err == ""
    assert run.rows[1] == ["1", "5"]
    assert "ledger-torn" in fs("tasks").err, "but of one that nobody is writing any more"


def test_no_file_is_left_or_followed_beside_an_answer(fs: Fs) -> None:
    victim = fs.folder / "victim"
    victim.write_text("mine")
    before = {path.name for path in fs.folder.iterdir()}
    fs("tasks", "-o", "a.csv").ok()
    assert {path.name for path in fs.folder.iterdir()} == before | {"a.csv"}
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("writers", [16])
def test_many_writers_and_readers_at_once(fs: Fs, writers: int) -> None:
    running = [
        subprocess.Popen(
            [*FS, "progress", "update", "3", "--percent", str(n + 2), "--by", f"人{n}"],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.PIPE,
        )
        for n in range(writers)
    ]
    reading = [
        subprocess.Popen(
            [*FS, "tasks"],
            cwd=fs.folder,
            env=fs.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(8)
    ]
    for process in reading:
        assert process.communicate(timeout=60)[1] == b""
    for process in running:
        assert "已记录" in process.communicate(timeout=60)[0].decode()
    assert len({line["id"] for line in fs.reported()}) == writers
    moments = [line["at"] for line in fs.reported()]
    assert moments == sorted(moments)


@pytest.mark.slow
@pytest.mark.parametrize("call", range(0, 120, 3))
def test_killed_at_any_system_call_the_ledger_is_whole(fs: Fs, call: int) -> None:
    """From the lock on; what was acknowledged is there, what is there is whole."""
    script = (
        "import os, signal, sys\n"
        "from foodsafety_cli.store.ledger import locking\n"
        "left = int(sys.argv[1])\n"
        "def watch(frame, event, arg):\n"
        "    global left\n"
        "    if event == 'c_call':\n"
        "        left -= 1\n"
        "        if left < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "share = locking.share_like_folder\n"
        "def started(path):\n"
        "    sys.setprofile(watch)\n"
        "    return share(path)\n"
        "locking.share_like_folder = started\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(['progress', 'update', '3', '--percent', '7']))\n"
    )
    fs("progress", "update", "1", "--percent", "5").ok()
    done = subprocess.run(
        [sys.executable, "-c", script, str(call * call)],
        cwd=fs.folder,
        env=fs.env,
        capture_output=True,
        check=False,
    )
    lines = fs.ledger.read_bytes().splitlines()
    assert all(json.loads(line) for line in lines)
    if b"\xe5\xb7\xb2\xe8\xae\xb0\xe5\xbd\x95" in done.stdout:
        assert len(lines) == 2
    fs("progress", "update", "3", "--percent", "8").ok()
    assert fs.thing("show", "3")["completion"] == 8
    assert fs("check").ok().out == ""


def test_an_interrupt_inside_the_write_leaves_no_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes when the bytes are in the file, and before the call has said how many."""
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b'{"first":1}\n')

    class Interrupted(io.FileIO):
        def write(self, data: object) -> int:
            super().write(data)  # type: ignore[arg-type]  # as it was given
            raise KeyboardInterrupt

    monkeypatch.setattr(Path, "open", lambda self, mode="r", **_: Interrupted(self, mode))
    with pytest.raises(KeyboardInterrupt):
        file.append(path, OURS, is_new=False)
    monkeypatch.undo()
    assert path.read_bytes() == b'{"first":1}\n'


def test_a_status_that_fails_after_fsync_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b"")
    seen: list[int] = []

    def broken(handle: int) -> os.stat_result:
        seen.append(handle)
        if len(seen) > 1:
            raise OSError(5, "EIO")
        return os.stat(path)

    handler = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(os, "fstat", broken)
    try:
        file.append(path, OURS, is_new=False)
    finally:
        signal.signal(signal.SIGINT, handler)
    monkeypatch.undo()
    assert path.read_bytes() == OURS


def test_what_fails_after_recording_says_that_it_is_recorded(fs: Fs) -> None:
    script = (
        "from foodsafety_cli.cli import progress_update\n"
        "from foodsafety_cli.model.errors import LedgerUnreadable\n"
        "def broken(*_): raise LedgerUnreadable('台账读不出来')\n"
        "progress_update.tell = broken\n"
        "from foodsafety_cli.cli.main import main\n"
        "raise SystemExit(main(['progress', 'update', '16', '--value', '5.2']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=fs.folder, env=fs.env, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "已记录，编号" in done.stderr.decode()


def test_no_lock_is_made_wherever_a_link_points(fs: Fs, tmp_path: Path) -> None:
    lock_path(fs.folder / "progress.jsonl").symlink_to(tmp_path / "elsewhere")
    run = fs("progress", "update", "16", "--value", "5.2")
    assert (run.code, (tmp_path / "elsewhere").exists()) == (4, False)


def test_a_list_of_unfinished_files_takes_away_letters_only(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "20").ok()
    names = ["plan.yaml", "progress.jsonl", "晋市食安办督〔2021〕9号-城区.docx", "我的.docx"]
    for name in names[2:]:
        (fs.folder / name).write_text("x", "utf-8")
    (fs.folder / ".fs-unfinished.json").write_text(json.dumps(names), "utf-8")
    before = (fs.folder / "progress.jsonl").read_bytes()
    fs("letter", "write", "2", "-o", ".").ok()
    there = [(fs.folder / name).exists() for name in names]
    assert there == [True, True, False, True]
    assert (fs.folder / "progress.jsonl").read_bytes().startswith(before)
