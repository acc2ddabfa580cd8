"""Real pseudo-terminals: what a person would see."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path


def run_on_terminal(
    command: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    *,
    width: int,
    typed: str = "",
) -> tuple[int, str]:
    """Run a program with a terminal for all three streams; its exit code and what was seen."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**env, "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        seen = b""
        with suppress(OSError):  # Linux says EIO when the other side is gone
            while piece := os.read(ours, 65536):
                seen += piece
    os.close(ours)
    return process.returncode, seen.decode()


def plain(text: str) -> str:
    """What was seen, without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r", "")
