"""Real pseudo-terminals: what a person would see."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread

_ENDED = b"\0ended\0"


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
        os.write(ours, typed.encode())
        # A terminal whose last user is gone may forget what nobody has read yet: it is held open
        # here, and what was shown has been read when the mark written after it has come through.
        ending = Thread(target=lambda: (process.wait(), os.write(theirs, _ENDED)))
        ending.start()
        seen = b""
        while not seen.endswith(_ENDED):
            seen += os.read(ours, 65536)
        ending.join()
    os.close(theirs)
    os.close(ours)
    return process.returncode, seen.removesuffix(_ENDED).decode()


def plain(text: str) -> str:
    """What was seen, without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r", "")
