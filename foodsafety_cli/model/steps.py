"""What the office does about a task besides figures: sign-offs, extensions, letters."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from foodsafety_cli.model.valuetype import ValueType


class SignOffStep(StrEnum):
    """A step of a sign-off (销号)."""

    APPLY = "apply"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    RETURN = "return"
    REOPEN = "reopen"
    CLOSE_UNMET = "close-unmet"

    @property
    def label(self) -> str:
        """What the office calls it."""
        labels = ("申请销号", "撤回申请", "同意销号", "退回", "重新打开", "未完成结案")
        return labels[list(SignOffStep).index(self)]


class ExtensionStep(StrEnum):
    """A step of an extension (延期)."""

    APPLY = "apply"
    WITHDRAW = "withdraw"
    GRANT = "grant"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        """What the office calls it."""
        labels = ("申请延期", "撤回延期申请", "同意延期", "不同意延期")
        return labels[list(ExtensionStep).index(self)]


class LetterStep(StrEnum):
    """A letter goes out, and may be answered."""

    WRITE = "write"
    ANSWERED = "answered"


class LetterKind(StrEnum):
    """What a letter asks, from the mildest on."""

    REMIND = "提醒"
    URGE = "催办"
    SUPERVISE = "督办"
    SUMMON = "约谈"

    @property
    def heading(self) -> str:
        """What stands above it."""
        endings = {"提醒": "函", "催办": "函", "督办": "单", "约谈": "通知书"}
        return self.value + endings[self.value]

    @property
    def sign(self) -> str:
        """The character that its numbers have."""
        return self.value[0]

    @property
    def takes_several(self) -> bool:
        """Whether one letter may be about several tasks (督办 and 催办: 一事一单)."""
        return self in (LetterKind.REMIND, LetterKind.SUMMON)


class Attachment(ValueType):
    """A file given as evidence, as it was on that day; `path` from the ledger's folder on."""

    path: str
    sha256: str
    size: int
    day: dt.date


class SignOff(ValueType):
    """A step of the sign-off of a department's part in a task; `of` is the application."""

    id: str
    at: dt.datetime
    by: str
    step: SignOffStep
    task: int
    department: str
    date: dt.date
    of: str | None = None
    reason: str = ""
    note: str = ""
    redo_by: dt.date | None = None
    evidence: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()
    completion: Decimal | None = None  # what the figures then made of the part, in percent
    forced: bool = False  # decided by the name that applied

    @property
    def tasks(self) -> tuple[int, ...]:
        """The tasks that it is about."""
        return (self.task,)


class Extension(ValueType):
    """A step of an extension; `to` is the day asked for, `of` the application decided on."""

    id: str
    at: dt.datetime
    by: str
    step: ExtensionStep
    task: int
    department: str
    date: dt.date
    indicator: str = ""  # of the whole task where none is named
    to: dt.date | None = None
    of: str | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()

    @property
    def tasks(self) -> tuple[int, ...]:
        """The tasks that it is about."""
        return (self.task,)


class Letter(ValueType):
    """A letter to a department, or (`of`) that it was answered otherwise than by reporting."""

    id: str
    at: dt.datetime
    by: str
    step: LetterStep
    date: dt.date
    number: str = ""
    letter: LetterKind = LetterKind.REMIND
    department: str = ""
    tasks: tuple[int, ...] = ()
    reply_by: dt.date | None = None
    signer: str = ""
    file: str = ""
    of: str | None = None
    note: str = ""
    item: str = ""  # of the rubric, in a letter about points that were taken off


class MarkStep(StrEnum):
    """What is recorded of the marking (评议考核)."""

    MARK = "mark"
    FLAG = "flag"  # a downgrade or a veto
    PUBLISH = "publish"


class Stage(StrEnum):
    """Who has marked; the later counts."""

    OWN = "自评"
    BUREAU = "部门评"
    SECOND = "复核"


class Mark(ValueType):
    """Points for an item of the rubric, a downgrade or veto of a department, or a publication."""

    id: str
    at: dt.datetime
    by: str
    step: MarkStep
    date: dt.date
    item: str = ""
    department: str = ""
    stage: Stage = Stage.OWN
    points: Decimal | None = None  # None with `not_concerned`
    not_concerned: bool = False
    times: Decimal | None = None  # how often, for items that are counted by hand
    basis: str = ""
    evidence: tuple[str, ...] = ()
    files: tuple[Attachment, ...] = ()
    checksum: str = ""  # of the table that was published
    table: tuple[str, ...] = ()


Step = SignOff | Extension | Letter

# The kinds of lines besides submissions and undos, by what the ledger calls them: reading, writing,
# the index and its problems go by this.
KINDS: Mapping[str, type[Step | Mark]] = {
    "signoff": SignOff,
    "extension": Extension,
    "letter": Letter,
    "mark": Mark,
}
