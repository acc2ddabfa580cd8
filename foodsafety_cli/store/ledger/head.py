"""What a ledger's index says of itself: the one row of its table `head`."""

import sqlite3

from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store import cache


class Head(ValueType):
    """What an index is of, how much of the ledger it covers, and how that is known again.

    The lines that we have appended since it was brought up to date are kept as they are; the
    bytes before them go by their digest.
    """

    version: str = cache.VERSION
    ledger: bytes | None = None
    plan: str | None = None
    status: str = ""
    is_at_rest: bool = False
    covered: int = 0
    lines: int = 0
    is_open: bool = False  # the last line covered has no end
    latest: int | None = None
    digested: int = 0
    digest: bytes | None = None
    appended: int = 0
    problems: int = 0


_FIELDS = ", ".join(Head._fields)
TABLE = f"create table head ({_FIELDS})"


def head_of(database: sqlite3.Connection) -> Head:
    """What the index says of itself."""
    row = database.execute(f"select {_FIELDS} from head").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the index has no head")
    return Head(*row)


def head_if_any(database: sqlite3.Connection) -> Head | None:
    """The same; None for a new file, or one of another version."""
    try:
        return head_of(database)
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            return None
        raise


def put_head(database: sqlite3.Connection, head: Head) -> None:
    """Say this of the index from now on."""
    database.execute("delete from head")
    marks = ",".join("?" * len(head))
    values: tuple[object, ...] = tuple(head)
    database.execute(f"insert into head values ({marks})", values)
