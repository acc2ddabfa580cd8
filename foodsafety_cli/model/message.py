"""What each kind of refusal and caution is known by, to scripts (`FS_MESSAGES=json`)."""

from enum import StrEnum

from foodsafety_cli.model.valuetype import ValueType


class MessageCode(StrEnum):
    """The kinds of talk, each explained in docs/reference/refusals.md; a code keeps its meaning.

    Faults in a plan, ledger or rubric have codes of their own (`problem.Code`).
    """

    USAGE = "usage"
    BAD_VALUE = "bad-value"
    BAD_OUTPUT = "bad-output"
    BAD_DAY = "bad-day"
    BAD_FIGURE = "bad-figure"
    UNKNOWN_NAME = "unknown-name"
    AMBIGUOUS_NAME = "ambiguous-name"
    MISFIT = "misfit"
    STEP_REFUSED = "step-refused"
    ROW_FAULT = "row-fault"
    HAND_IN_FAULTY = "hand-in-faulty"
    PLAN_UNREADABLE = "plan-unreadable"
    RUBRIC_UNREADABLE = "rubric-unreadable"
    LEDGER_UNREADABLE = "ledger-unreadable"
    FILE_UNREADABLE = "file-unreadable"
    CANNOT_WRITE = "cannot-write"
    LEDGER_BUSY = "ledger-busy"
    CHECK_FAILED = "check-failed"
    OUT_OF_MEMORY = "out-of-memory"
    OWN_FAULT = "own-fault"
    INTERRUPTED = "interrupted"

    FAR_OFF = "far-off"
    AFTER_PERIOD = "after-period"
    COMPLETION_FELL = "completion-fell"
    TOTAL_FELL = "total-fell"
    OTHER_BASE = "other-base"
    OWN_STANDING_ONLY = "own-standing-only"
    WHOLE_AND_PARTS = "whole-and-parts"
    STILL_AWAITED = "still-awaited"
    KNOWN_ROW = "known-row"
    NOT_USED = "not-used"
    HAND_IN_NOTE = "hand-in-note"
    PASSED_OVER = "passed-over"
    NOT_ALL_DONE = "not-all-done"
    ONE_PERSON = "one-person"
    SAME_PLAN = "same-plan"
    SEVERAL_YEARS = "several-years"
    NO_PREVIOUS_YEAR = "no-previous-year"
    BASE_LACKS = "base-lacks"
    PICTURES_LOST = "pictures-lost"
    OTHER_FILES = "other-files"
    CHANGED_SINCE = "changed-since"
    NOT_PUBLISHED = "not-published"
    OTHER_MARK_COUNTS = "other-mark-counts"


class Caution(ValueType):
    """What looks like a slip in something that was done all the same: a sentence, and its kind."""

    code: MessageCode
    words: str
