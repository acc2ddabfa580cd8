"""How much may be done: limits that end what goes beyond them, in place of stopwatches."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


def in_ci(most: int, at_a_desk: int) -> int:
    """How many of a kind are tried: all where CI does it, fewer where somebody waits."""
    return most if os.environ.get("CI") else at_a_desk


class BeyondLimit(BaseException):
    """More than was allowed; no `except Exception` of what is tried may swallow it."""


@contextmanager
def seconds_of_work(most: int) -> Iterator[None]:
    """End the block by a `BeyondLimit` once it has used so much of the processor's time.

    What else the machine does is not counted. Windows has no such limit.
    """
    if sys.platform == "win32":
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise BeyondLimit(f"more than {most} seconds of work")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def calls_of(function: Callable[[], object]) -> int:
    """How many functions are called by one."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count
