"""Faults in a user's file, as values: collected, then reported all at once."""

from collections.abc import Iterable
from enum import StrEnum

from foodsafety_cli.model.valuetype import ValueType

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """Errors make a check fail; warnings are only said."""

    ERROR = "错误"
    WARNING = "提醒"


class Fault(ValueType):
    """A fault at a place inside a plan's data (keys and list positions from the top)."""

    path: Path
    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    on_key: bool = False


class Problem(ValueType):
    """A fault at a place in a file; line and column count from 1, column 0 is the whole line."""

    file: str
    line: int
    column: int
    code: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.column else self.place
        return one_line(f"{place}: {self.severity}[{self.code}] {self.message}。{self.remedy}")

    @property
    def place(self) -> str:
        """`file:line`, or the file alone where the fault is the file itself."""
        return f"{self.file}:{self.line}" if self.line else self.file


def one_line(text: str) -> str:
    """A text from somebody's file on one line, with nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them is more than a reminder."""
    return any(problem.severity is Severity.ERROR for problem in problems)
