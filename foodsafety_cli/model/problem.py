"""Faults in a user's file, as values: collected, then reported all at once."""

from collections.abc import Iterable
from enum import StrEnum

from foodsafety_cli.model.text import one_line
from foodsafety_cli.model.valuetype import ValueType

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """Errors make a check fail; warnings are only said."""

    ERROR = "错误"
    WARNING = "提醒"


class Code(StrEnum):
    """What each kind of fault is known by (docs/reference/problems.md)."""

    FILE_EMPTY = "file-empty"
    FILE_ENCODING = "file-encoding"
    YAML_SYNTAX = "yaml-syntax"
    YAML_TAB = "yaml-tab"
    YAML_CHARACTER = "yaml-character"
    YAML_ALIAS = "yaml-alias"
    YAML_TAG = "yaml-tag"
    YAML_KEY = "yaml-key"
    YAML_DEPTH = "yaml-depth"
    YAML_DOCUMENTS = "yaml-documents"
    DUPLICATE_KEY = "duplicate-key"
    MISSING_KEY = "missing-key"
    UNKNOWN_KEY = "unknown-key"
    EMPTY_VALUE = "empty-value"
    WRONG_TYPE = "wrong-type"
    WRONG_VALUE = "wrong-value"
    OUT_OF_RANGE = "out-of-range"
    DUPLICATE_TASK = "duplicate-task"
    DUPLICATE_SECTION = "duplicate-section"
    DUPLICATE_DEPARTMENT = "duplicate-department"
    DUPLICATE_MEMBER = "duplicate-member"
    DUPLICATE_ROLE = "duplicate-role"
    DUPLICATE_INDICATOR = "duplicate-indicator"
    UNKNOWN_DEPARTMENT = "unknown-department"
    GROUP_IN_GROUP = "group-in-group"
    NO_DEPARTMENT = "no-department"
    BRACKET_UNKNOWN = "bracket-unknown"
    BRACKET_MISMATCH = "bracket-mismatch"
    OTHERS_MISMATCH = "others-mismatch"
    UNKNOWN_TASK = "unknown-task"
    TITLE_NOT_IN_TEXT = "title-not-in-text"
    QUOTE_NOT_IN_TEXT = "quote-not-in-text"
    TARGET_MISSING = "target-missing"
    MILESTONE_TARGET = "milestone-target"
    SHARE_OVER_100 = "share-over-100"
    PERIOD_LENGTH = "period-length"
    PERIOD_ORDER = "period-order"
    LIGHTS_ORDER = "lights-order"
    DUE_OUTSIDE_PERIOD = "due-outside-period"
    TARGET_NOT_IN_QUOTE = "target-not-in-quote"
    RATIO_WITH_SUM = "ratio-with-sum"
    COUNTS_AVERAGED = "counts-averaged"
    EACH_WITH_SUM = "each-with-sum"
    DUPLICATE_BASE = "duplicate-base"
    BASE_TOTAL = "base-total"
    BASE_UNIT = "base-unit"
    UNKNOWN_BASE = "unknown-base"
    BASE_LACKS_REPORTER = "base-lacks-reporter"
    SPLIT_OUTSIDE = "split-outside"
    SPLIT_WITHOUT_BASE = "split-without-base"
    SPLIT_TOTAL = "split-total"
    AMENDMENT_OUTSIDE_PERIOD = "amendment-outside-period"
    AMENDMENT_OF_NOTHING = "amendment-of-nothing"
    AMENDMENT_INDICATOR = "amendment-indicator"
    AMENDMENT_SECTION = "amendment-section"
    AMENDMENT_TWICE = "amendment-twice"
    STAGES = "stages"
    PREVIOUS = "previous"
    CONTINUES = "continues"
    SCORE_MARK_LOST = "score-mark-lost"
    SCORE_TOTAL = "score-total"
    SCORE_UNKNOWN = "score-unknown"
    SCORE_SERIES = "score-series"
    SCORE_RULE = "score-rule"
    SCORE_TWICE = "score-twice"
    PENDING_REVIEW = "pending-review"
    LEDGER_TORN = "ledger-torn"
    LEDGER_NOT_JSON = "ledger-not-json"
    LEDGER_FIELD = "ledger-field"
    LEDGER_ID = "ledger-id"
    LEDGER_REPEATED_KEY = "ledger-repeated-key"
    LEDGER_UNKNOWN_KEY = "ledger-unknown-key"
    LEDGER_STRANGE_KEY = "ledger-strange-key"
    LEDGER_SAYS_NOTHING = "ledger-says-nothing"
    LEDGER_AT_AHEAD = "ledger-at-ahead"
    LEDGER_DUPLICATE_ID = "ledger-duplicate-id"
    LEDGER_TASK_GONE = "ledger-task-gone"
    LEDGER_INDICATOR_GONE = "ledger-indicator-gone"
    LEDGER_DEPARTMENT_GONE = "ledger-department-gone"
    LEDGER_DEPARTMENT_OUTSIDE = "ledger-department-outside"
    LEDGER_WRONG_FIGURE = "ledger-wrong-figure"
    LEDGER_OUT_OF_RANGE = "ledger-out-of-range"
    LEDGER_DATE_AHEAD = "ledger-date-ahead"
    LEDGER_UNDO_UNKNOWN = "ledger-undo-unknown"
    LEDGER_APART = "ledger-apart"
    LEDGER_DOUBTFUL = "ledger-doubtful"
    LEDGER_AFTER_AMENDMENT = "ledger-after-amendment"
    LEDGER_COPY = "ledger-copy"
    LEDGER_STEP_VOID = "ledger-step-void"
    LEDGER_STEP_DOUBTFUL = "ledger-step-doubtful"
    LEDGER_STEP_OF_NOTHING = "ledger-step-of-nothing"
    LEDGER_DECIDED_TWICE = "ledger-decided-twice"
    LEDGER_NUMBER_TWICE = "ledger-number-twice"
    LEDGER_SIGNED_OFF_CHANGED = "ledger-signed-off-changed"
    LEDGER_KIND = "ledger-kind"

    @property
    def is_syntax(self) -> bool:
        """Whether the file cannot be read on from there."""
        return self.value.startswith("yaml-")


class Fault(ValueType):
    """A fault at a place inside a plan's data (keys and list positions from the top)."""

    path: Path
    code: Code
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    on_key: bool = False


class Problem(ValueType):
    """A fault at a place in a file; line and column count from 1, column 0 is the whole line."""

    file: str
    line: int
    column: int
    code: Code
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


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them is more than a reminder."""
    return any(problem.severity is Severity.ERROR for problem in problems)
