"""PDF files parsed in a process of its own: what is made to take all time or memory is ended.

A few kilobytes can ask a parser for gigabytes. `python -m foodsafety_cli.notice.bounded` reads a
file from standard input, and writes its pages as JSON.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.pages import Part, read_pages

SECONDS = 90
_MEMORY = 3 << 29  # bytes of address space; Windows knows no such limit
_PACKAGE = Path(__file__).parents[2]
_BROKEN = "读 PDF 的程序（pdfplumber）出了毛病，请重新安装，或把文字复制出来存成 .txt 再试"
_TOO_MUCH = "这个 PDF 太复杂，在限定的时间和内存里读不完。请另存为 Word 或 .txt 再试"


def pages_of(content: bytes, *, seconds: float = SECONDS) -> list[list[Part]]:
    """What stands on the pages; raises `FileUnreadable`, also where it would take too much."""
    paths = filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH")))
    env = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    # -P: nothing is imported from the folder that somebody works in
    command = [sys.executable, "-P", "-m", __name__]
    try:
        run = subprocess.run(
            command, input=content, capture_output=True, env=env, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise FileUnreadable(_TOO_MUCH) from error
    if run.returncode > 0:
        raise FileUnreadable(_BROKEN)
    try:
        answer = json.loads(run.stdout.rpartition(b"\n")[2])  # whatever was printed before it
    except ValueError as error:  # it was ended
        raise FileUnreadable(_TOO_MUCH) from error
    if isinstance(answer, str):
        raise FileUnreadable(answer)
    pages: list[list[Part]] = answer
    return pages


def _serve() -> None:
    with suppress(ImportError):
        import resource

        with suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        answer: object = read_pages(sys.stdin.buffer.read())
    except FileUnreadable as error:
        answer = str(error)
    except MemoryError:
        answer = _TOO_MUCH
    sys.stdout.buffer.write(b"\n" + json.dumps(answer).encode())


if __name__ == "__main__":
    _serve()
