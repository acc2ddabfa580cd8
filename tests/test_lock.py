"""Two people at once, one lock."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from foodsafety_cli.store.ledger import LOCK_NAME
from foodsafety_cli.store.lock import Busy, take
from tests.conftest import FS, Fs

UPDATE = ("progress", "update", "16", "--value", "5.2")
IMPATIENT = """
import sys
from foodsafety_cli.__main__ import run
from foodsafety_cli.store import ledger
ledger.LOCK_SECONDS = 0
run()
"""
TAKE_AND_DIE = """
import os, sys
from pathlib import Path
from foodsafety_cli.store.lock import take
with take(Path(sys.argv[1]), 0):
    os.kill(os.getpid(), 9)
"""


def test_only_one_has_it_at_a_time(tmp_path: Path) -> None:
    lock = tmp_path / "锁 %3f?#"
    with take(lock, 0), pytest.raises(Busy):
        take(lock, 0)
    with take(lock, 0):
        assert list(tmp_path.iterdir()) == [lock]


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_it_dies_with_its_holder(fs: Fs) -> None:
    lock = fs.folder / LOCK_NAME
    done = subprocess.run([sys.executable, "-c", TAKE_AND_DIE, lock], env=fs.env, check=False)
    assert done.returncode == -signal.SIGKILL
    fs(*UPDATE).ok()
    assert lock.read_bytes() == b""
    assert {path.name for path in fs.folder.iterdir()} == {"plan.yaml", "progress.jsonl", LOCK_NAME}


def test_who_waited_in_vain_is_told_so(fs: Fs) -> None:
    with take(fs.folder / LOCK_NAME, 0):
        command = [sys.executable, "-c", IMPATIENT, *UPDATE]
        done = subprocess.run(command, cwd=fs.folder, env=fs.env, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (4, b"")
    assert "台账正被别人占用，等了 0 秒仍未轮到，请稍后再试" in done.stderr.decode()
    assert not fs.ledger.exists()


def test_who_waits_gets_its_turn(fs: Fs) -> None:
    with take(fs.folder / LOCK_NAME, 0):
        waiting = subprocess.Popen(
            [*FS, *UPDATE], cwd=fs.folder, env=fs.env, stdout=subprocess.PIPE
        )
    out, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert out.decode().startswith("已记录")
    assert len(fs.reported()) == 1


def test_a_file_that_is_no_lock_is_named(fs: Fs) -> None:
    (fs.folder / LOCK_NAME).write_bytes(b"x" * 5000)
    run = fs(*UPDATE)
    assert (run.code, run.out) == (4, "")
    assert "锁不住，请删去旁边的 .progress.lock 再试" in run.err
    (fs.folder / LOCK_NAME).unlink()
    (fs.folder / LOCK_NAME).mkdir()
    run = fs(*UPDATE)
    assert (run.code, run.out) == (4, "")
    assert "那是一个文件夹" in run.err
    assert not fs.ledger.exists()
