"""Two people at once, one lock."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fasteners import InterProcessLock

from foodsafety_cli.model.errors import CannotWrite
from foodsafety_cli.store.ledger import file, locking
from foodsafety_cli.store.ledger.file import LOCK_NAME
from foodsafety_cli.store.ledger.locking import locked
from foodsafety_cli.store.workspace import Workspace
from tests.conftest import FS, Fs

UPDATE = ("progress", "update", "16", "--value", "5.2")
IMPATIENT = """
from foodsafety_cli.__main__ import run
from foodsafety_cli.store.ledger import locking
locking.LOCK_SECONDS = 0
run()
"""
INTERRUPTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where tests run in the background
from foodsafety_cli.__main__ import run
run()
"""
LOCK_AND_DIE = """
import os, sys
from fasteners import InterProcessLock
with InterProcessLock(sys.argv[1]):
    os.kill(os.getpid(), 9)
"""
HOLD = """
import sys
from fasteners import InterProcessLock
with InterProcessLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


def lock(fs: Fs) -> InterProcessLock:
    return InterProcessLock(fs.folder / LOCK_NAME)


def test_who_waits_gets_its_turn(fs: Fs) -> None:
    with lock(fs):
        waiting = subprocess.Popen(
            [*FS, *UPDATE], cwd=fs.folder, env=fs.env, stdout=subprocess.PIPE
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=1)
        assert not fs.ledger.exists()
    out, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert out.decode().startswith("已记录")
    assert len(fs.reported()) == 1


@pytest.mark.skipif(os.name == "nt", reason="interrupts as POSIX does")
def test_an_interrupt_ends_the_wait(fs: Fs) -> None:
    with lock(fs):
        waiting = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, *UPDATE],
            cwd=fs.folder,
            env=fs.env,
            stderr=subprocess.PIPE,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=1)
        waiting.send_signal(signal.SIGINT)
        _, err = waiting.communicate(timeout=10)
    assert waiting.returncode == 130
    assert err.decode() == "\n已中断。\n"
    assert not fs.ledger.exists()


def test_who_waited_in_vain_is_told_so(fs: Fs) -> None:
    command = [sys.executable, "-c", IMPATIENT, *UPDATE]
    with lock(fs):
        done = subprocess.run(command, cwd=fs.folder, env=fs.env, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (4, b"")
    assert "台账正被别人占用，等了 0 秒仍未轮到，请稍后再试" in done.stderr.decode()
    assert not fs.ledger.exists()


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_the_lock_dies_with_its_holder(fs: Fs) -> None:
    holder = [sys.executable, "-c", LOCK_AND_DIE, str(fs.folder / LOCK_NAME)]
    assert subprocess.run(holder, env=fs.env, check=False).returncode == -signal.SIGKILL
    fs(*UPDATE).ok()
    assert {path.name for path in fs.folder.iterdir()} == {"plan.yaml", "progress.jsonl", LOCK_NAME}


def test_a_folder_in_place_of_the_lock_is_named(fs: Fs) -> None:
    (fs.folder / LOCK_NAME).mkdir()
    run = fs(*UPDATE)
    assert (run.code, run.out) == (4, "")
    assert "应是一个普通文件，请把它移走再试" in run.err
    assert not fs.ledger.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_place_of_the_lock_is_named(fs: Fs) -> None:
    os.mkfifo(fs.folder / LOCK_NAME)
    run = fs(*UPDATE)
    assert (run.code, run.out) == (4, "")
    assert "应是一个普通文件，请把它移走再试" in run.err


def test_a_lock_that_others_may_not_write_is_named(fs: Fs, as_ordinary_user: Fs) -> None:
    (fs.folder / LOCK_NAME).touch(0o444)
    run = as_ordinary_user(*UPDATE)
    assert (run.code, run.out) == (4, "")
    assert ".progress.lock 打不开（没有权限；请它的主人让大家都能写）" in run.err


def test_what_recorded_nothing_keeps_nobody_waiting(
    fs: Fs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that is slow to take the answer held the index until it had read it all."""
    (fs.folder / "a.csv").write_text("序号,数值\n1,50\n", "utf-8")
    fs("progress", "import", "a.csv").ok()
    monkeypatch.setenv("XDG_CACHE_HOME", fs.env["XDG_CACHE_HOME"])
    workspace = Workspace(fs.plan)
    with workspace.recording():
        pass
    command = [*FS, "progress", "update", "1", "--percent", "60"]
    assert subprocess.run(command, cwd=fs.folder, env=fs.env, timeout=15).returncode == 0
    workspace.close()


def test_a_dry_run_that_nobody_reads_keeps_nobody_waiting(fs: Fs) -> None:
    fs("progress", "update", "2", "--percent", "10").ok()
    rows = "".join(f"1,,第 {n} 次检查，情况正常，没有发现问题\n" for n in range(3000))
    (fs.folder / "a.csv").write_text(f"序号,数值,进展情况\n{rows}", "utf-8")
    with subprocess.Popen(
        [*FS, "progress", "import", "a.csv", "--dry-run"],
        cwd=fs.folder,
        env=fs.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1)  # it has begun to answer; the rest does not fit the pipe
        command = [*FS, "progress", "update", "1", "--percent", "60"]
        assert subprocess.run(command, cwd=fs.folder, env=fs.env, timeout=15).returncode == 0
        assert process.poll() is None
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOLCK, "所在的盘不能加锁，请换一个盘"),
        (errno.ENOTSUP, "所在的盘不支持这样做，请换一个盘"),
        (errno.ENOSYS, "所在的系统不支持这样做，请换一个盘"),
        (errno.EIO, "磁盘读写出错"),
    ],
)
def test_a_disk_that_cannot_lock_is_told_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.lockf", refuse)
    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(CannotWrite, match=words), locked(tmp_path / "progress.jsonl"):
        pass


def test_a_wait_is_told_with_what_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "_PATIENCE", 0.0)
    monkeypatch.setenv("FS_LOCK_SECONDS", "1")
    told: list[str] = []
    ledger = tmp_path / "progress.jsonl"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / LOCK_NAME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CannotWrite, match="等了 1 秒仍未轮到"), locked(ledger, told.append):
            pass
        holder.communicate(b"\n")
    (words,) = told
    assert "台账正被别人占用" in words
    assert "FS_LOCK_SECONDS" in words


def test_macs_are_asked_to_write_through_their_own_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    asked: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, what: asked.append(what))
    file.append(tmp_path / "progress.jsonl", b"{}\n", is_new=True)
    assert asked == [51]
