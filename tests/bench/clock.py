"""Whole processes, timed in shuffled rounds."""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """A command in its folder; `before` sets the folder up for each round."""

    command: list[str]
    folder: Path
    before: Callable[[], object] = lambda: None
    env: Mapping[str, str] = {}
    code: int = 0


class Figure(NamedTuple):
    """What a case took: the median in seconds, and the most memory in kilobytes."""

    seconds: float
    memory: int


_LAUNCHER = (
    "import os, sys\n"
    "null = os.open(os.devnull, os.O_RDWR)\n"
    "for stream in 0, 1, 2: os.dup2(null, stream) if stream != 2 else None\n"
    "child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)\n"
    "print(os.wait4(child, 0)[2].ru_maxrss, file=sys.stderr)\n"
)


def measure(cases: Mapping[str, Case], env: Mapping[str, str], rounds: int) -> dict[str, Figure]:
    """Each case's figure, all measured in the same shuffled rounds."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    names = list(cases)
    if hasattr(os, "sync"):  # what setting up wrote would else be written while time is taken
        os.sync()
    for turn in range(rounds + 1):
        random.shuffle(names)
        for name in names:
            case = cases[name]
            case.before()
            seconds = _seconds(case, env)
            if turn:  # the first round warms caches
                times[name].append(seconds)
    return {
        name: Figure(statistics.median(times[name]), _memory(case, env))
        for name, case in cases.items()
    }


def _seconds(case: Case, env: Mapping[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        case.command,
        cwd=case.folder,
        env={**env, **case.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode != case.code:
        sys.exit(f"{' '.join(case.command)}: {done.returncode}\n{done.stderr.decode()}")
    return seconds


def _memory(case: Case, env: Mapping[str, str]) -> int:
    """The most memory; started by a small process, for a child's count begins with its parent's."""
    case.before()
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCHER, *case.command]
    done = subprocess.run(
        launcher, cwd=case.folder, env={**env, **case.env}, capture_output=True, check=True
    )
    return int(done.stderr.split()[-1])
