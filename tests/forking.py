"""Commands run in processes forked from one that has the program loaded: quicker by a half or more.

It is the command as it is: with its arguments, folder, environment, streams, umask and exit code.
Not for what is settled before a program runs (encodings, `PYTHON…`): `can_run` says so.
"""

import gc
import importlib
import json
import os
import pkgutil
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

_SECONDS = 300
_SIZE = struct.Struct(">Q")
_SETTLED = ("PYTHON", "LC_", "LANG", "LD_")  # variables that a process is started with
_LOADED = ("openpyxl", "docx", "lxml.etree", "yaml", "rich.table", "sqlite3", "jinja2")


class Loaded:
    """A process that has the program loaded, and forks for every command."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = {name: value for name, value in env.items() if name.startswith(_SETTLED)}
        self._folder = tempfile.TemporaryDirectory()
        self._path = str(Path(self._folder.name) / "s")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.forking", self._path],
            cwd=Path(__file__).parents[1],
            env=env,
            stdin=subprocess.PIPE,  # its end tells it that nobody is left to ask
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def can_run(self, env: Mapping[str, str]) -> bool:
        """Whether a process of this environment would have begun as this one did."""
        return self._env == {n: value for n, value in env.items() if n.startswith(_SETTLED)}

    def run(
        self, args: Sequence[str], folder: Path, env: Mapping[str, str], stdin: bytes | None
    ) -> tuple[int, bytes, bytes]:
        """The exit code, and what was written to stdout and stderr."""
        umask = os.umask(0)
        os.umask(umask)
        said = json.dumps([list(args), str(folder), dict(env), umask]).encode()
        with socket.socket(socket.AF_UNIX) as link, tempfile.TemporaryFile() as given:
            given.write(stdin or b"")
            given.seek(0)
            null = os.open(os.devnull, os.O_RDONLY)
            out, to_out = os.pipe()
            err, to_err = os.pipe()
            link.connect(self._path)
            streams = [null if stdin is None else given.fileno(), to_out, to_err]
            socket.send_fds(link, [_SIZE.pack(len(said))], streams)
            link.sendall(said)
            for end in (null, to_out, to_err):
                os.close(end)
            told = _read_to_the_end(out, err)
            code = link.recv(4)
            return int.from_bytes(code, "big") if code else -signal.SIGKILL, told[out], told[err]

    def end(self) -> None:
        """Let the process end."""
        self._process.communicate()
        self._folder.cleanup()


def _read_to_the_end(*ends: int) -> dict[int, bytes]:
    written = dict.fromkeys(ends, b"")
    until = time.monotonic() + _SECONDS
    with selectors.DefaultSelector() as waiting:
        for end in ends:
            waiting.register(end, selectors.EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(until - time.monotonic())
            if not ready:
                raise TimeoutError(f"a command took more than {_SECONDS} seconds")
            for key, _ in ready:
                piece = os.read(key.fd, 1 << 16)
                written[key.fd] += piece
                if not piece:
                    waiting.unregister(key.fd)
                    os.close(key.fd)
    return written


def _serve(path: str) -> None:
    """Fork for whoever asks, until nobody is left who could."""
    from foodsafety_cli.cli.parser.deferred import import_typer

    import_typer()
    import foodsafety_cli

    for found in pkgutil.walk_packages(foodsafety_cli.__path__, "foodsafety_cli."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    for name in _LOADED:
        importlib.import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        os.write(1, b"ready\n")
        while True:
            ready, _, _ = select.select([listener.fileno(), 0], [], [])
            if 0 in ready:
                return
            link, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _run(link)
            link.close()


def _run(link: socket.socket) -> NoReturn:
    """Be the command that is asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    head, streams, _, _ = socket.recv_fds(link, _SIZE.size, 3)
    (size,) = _SIZE.unpack(head)
    said = b""
    while len(said) < size:
        said += link.recv(size - len(said))
    args, folder, env, umask = json.loads(said)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.umask(umask)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    sys.argv = ["fs", *args]
    end = os._exit

    def exit_telling(code: int) -> NoReturn:
        link.sendall(code.to_bytes(4, "big"))
        end(code)

    os._exit = exit_telling  # type: ignore[assignment]  # the same, and the asker knows
    from foodsafety_cli.__main__ import run

    run()


if __name__ == "__main__":
    _serve(sys.argv[1])
