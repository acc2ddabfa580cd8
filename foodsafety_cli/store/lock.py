"""The lock by which those who write to one folder take turns; held by a process, it dies with it.

SQLite keeps it, as it keeps its databases' locks: it is loaded already, it knows how every system
does this, and what it is given here is an empty file that stays empty.
"""

import errno
import sqlite3
import time
from contextlib import AbstractContextManager, closing
from pathlib import Path

_TAKE = "pragma journal_mode = memory; begin exclusive"  # else a journal may be left lying about
_AT_A_TIME = 0.1  # seconds; meanwhile an interrupt has to wait


class Busy(Exception):
    """Others held the lock all the time that one was ready to wait."""


def take(path: Path, seconds: float) -> AbstractContextManager[object]:
    """Take the lock that this file stands for, to be let go of at the end of a `with`.

    Raises `Busy`, or `OSError` where there can be no lock.
    """
    path.open("ab").close()  # tells the system's reason, where there is one
    connection = sqlite3.connect(path, timeout=_AT_A_TIME, isolation_level=None)
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.executescript(_TAKE)
            return closing(connection)
        except sqlite3.Error as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise OSError(errno.ENOLCK, str(error)) from error
            if time.monotonic() >= deadline:
                raise Busy from error
