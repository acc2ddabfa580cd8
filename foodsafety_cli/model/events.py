"""What departments report, and the words for how things stand."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from foodsafety_cli.model.steps import KINDS, Attachment, Mark, Step
from foodsafety_cli.model.valuetype import ValueType


class Light(StrEnum):
    """Computed, never stored, and always shown with its word."""

    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"
    GREY = "灰"


class Status(StrEnum):
    """The first of these that holds, in this order."""

    DONE = "已完成"
    IN_REVIEW = "待审核"  # its sign-off is asked for
    CLOSED_UNMET = "未完成结案"
    OVERDUE = "逾期"
    UNREPORTED = "未报"
    UNDER_WAY = "推进中"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is asked of anyone."""
        return self in (Status.DONE, Status.CLOSED_UNMET)


NOT_CONCERNED = "不涉及"  # there was nothing to count: 0/0


class Entry(ValueType):
    """One figure or statement; at most one of `value`, `percent` and `done` is given."""

    task: int
    indicator: str | None = None
    department: str | None = None
    value: Decimal | None = None
    percent: Decimal | None = None
    done: bool = False
    note: str = ""
    problems: str = ""
    next_steps: str = ""
    evidence: tuple[str, ...] = ()
    counted: Decimal | None = None  # `count` in the ledger, and `of`: what `value` is the ratio of
    out_of: Decimal | None = None
    files: tuple[Attachment, ...] = ()  # those of `evidence` that are files, as they were

    @property
    def has_figure(self) -> bool:
        """Whether it says how far the work is, and not only words."""
        is_number = self.value is not None or self.percent is not None
        return self.done or is_number or self.counted is not None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: no figure, no words."""
        words = (self.note, self.problems, self.next_steps, self.evidence)
        return not self.has_figure and not any(words)

    @property
    def says(self) -> tuple[object, ...]:
        """What it says, to be compared: 4.5 and 4.50 are the same figure."""
        return tuple(one.normalize() if isinstance(one, Decimal) else one for one in self)

    @property
    def figure_alone(self) -> "Entry":
        """The same without its words."""
        return self._replace(note="", problems="", next_steps="", evidence=(), files=())

    @property
    def is_not_concerned(self) -> bool:
        """Whether there was nothing to count: 0 of 0."""
        return (
            self.counted is not None
            and not self.counted
            and self.out_of is not None
            and not self.out_of
        )


# what the ledger and JSON call fields whose names are taken in Python
LEDGER_NAMES = {"counted": "count", "out_of": "of"}


class Submission(ValueType):
    """One command's report: one line of the ledger, one unit of undo."""

    id: str
    at: dt.datetime
    by: str
    date: dt.date
    entries: tuple[Entry, ...]
    file: str = ""  # the name of the handed-in file it was read from
    undated: bool = False  # its rows gave no day: `date` is that of the file
    batch: str = ""  # what all files of one command share


class Undo(ValueType):
    """A line that takes an earlier submission back."""

    id: str
    at: dt.datetime
    by: str
    undo: str


class UnknownEvent(ValueType):
    """A line of a kind that a newer version has written: kept, counted, and left alone."""

    id: str
    at: dt.datetime
    by: str
    kind: str


Event = Submission | Undo | Step | Mark | UnknownEvent
_NAMES: Mapping[type, str] = {
    Submission: "submission",
    Undo: "undo",
    **{kind: name for name, kind in KINDS.items()},
}


def kind_of(event: Event) -> str:
    """What the ledger calls a line like this; submissions and undos do not say it."""
    return event.kind if isinstance(event, UnknownEvent) else _NAMES[type(event)]


class Report(ValueType):
    """An entry with the submission it came in: what history shows and standings count."""

    submission: Submission
    entry: Entry
    position: int
    undone: bool = False

    @property
    def order(self) -> tuple[dt.date, dt.datetime, str, int]:
        """Later reports win by this key alone, wherever their lines stand in the file."""
        return self.submission.date, self.submission.at, self.submission.id, self.position


class KnownRow(ValueType):
    """The submission in which a file's row was recorded last."""

    id: str
    at: dt.datetime
    undone: bool


Reports = Mapping[int, Sequence[Report]]  # by task, the latest last
LightCounts = Mapping[Light, int]


class Tally(ValueType):
    """How a set of tasks stands together."""

    tasks: int
    done: int
    completion: Decimal | None
    pace: Decimal | None
    lights: LightCounts
