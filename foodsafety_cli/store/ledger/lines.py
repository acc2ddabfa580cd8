"""One line of the ledger to an event; figures keep every digit they were given.

Each kind of event has a reader in `_READERS`; what it writes stands in `encoding.py`.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from foodsafety_cli.analysis.measures import is_countable
from foodsafety_cli.model.events import (
    Entry,
    Event,
    Submission,
    Undo,
    UnknownEvent,
)
from foodsafety_cli.model.problem import Code
from foodsafety_cli.model.steps import KINDS, Attachment
from foodsafety_cli.model.text import clean, clean_words, is_clean
from foodsafety_cli.store.ledger.charset import is_in_gb18030
from foodsafety_cli.store.ledger.codec import step_decoder, struct_of, value_of

BOM = b"\xef\xbb\xbf"
_CENT = Decimal("0.01")
# half of a pair of code units, which is no character
_HALF = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\xed[\xa0-\xbf][\x80-\xbf]")
_CONFLICT = re.compile(rb"(?:<{7}|>{7}|\|{7})(?: .*)?\s*$|={7}\s*$")


class BadLine(Exception):
    """A line that is no event: a code, what is wrong in Chinese, and what to do."""

    def __init__(self, code: Code, message: str, remedy: str, column: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.remedy, self.column = code, message, remedy, column


_Entry = struct_of(Entry)
# Ids end up on command lines and in file names: nothing in one means anything to a shell.
_Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z_-]{1,64}\Z")]


class LedgerLine(msgspec.Struct, gc=False):
    """What a line may hold: `date` and `entries`, an `undo`, or another `kind`."""

    id: _Id
    at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    by: str = ""
    date: dt.date | None = None
    entries: tuple[_Entry, ...] | None = None  # type: ignore[valid-type]  # made of Entry above
    file: str = ""
    undated: bool = False
    batch: _Id | None = None
    undo: _Id | None = None
    kind: str | None = None


_decoder = msgspec.json.Decoder(LedgerLine)
_untyped = msgspec.json.Decoder(dict[str, Any])
Decoded = tuple[LedgerLine, dict[str, Any]]  # the same, with types and without


def decode(line: bytes) -> Event:
    """The event on a line, whatever else is on it; raises `BadLine`."""
    return event_of(decode_line(line)[0], line)


def says_the_same(one: bytes, other: bytes) -> bool:
    """Whether both are one file's report, which two offices have imported each for itself."""
    try:
        ours, theirs = decode(one), decode(other)
    except BadLine:
        return False
    if not isinstance(ours, Submission) or not isinstance(theirs, Submission):
        return False
    return ours == theirs._replace(at=ours.at, by=ours.by, batch=ours.batch)


def decode_line(line: bytes) -> Decoded:
    """A line, typed but not yet judged; raises `BadLine`."""
    try:
        return _decoder.decode(line), _untyped.decode(line)
    except msgspec.ValidationError as error:
        raise _wrong_field(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if "truncated" in str(error) and not _HALF.search(line):
            raise BadLine(
                Code.LEDGER_TORN,
                "这一行不完整（写入时可能断了电或满了盘）",
                "核对后请重新填报；这一行可以留着",
            ) from error
        raise _not_json(line, error) from error


def decode_block(content: bytes) -> list[Decoded] | None:
    """The lines of a block at once; None where any of them has to be looked at by itself."""
    # msgspec would also take two events on one line, or one over two
    ends = content.endswith(b"}\n") + content.count(b"}\n{")
    if not content.startswith(b"{") or ends != content.count(b"\n"):
        return None
    try:
        found = _decoder.decode_lines(content), _untyped.decode_lines(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return list(zip(*found, strict=True)) if len(found[0]) == ends else None


def event_of(line: LedgerLine, raw: bytes) -> Event:
    """The event that a decoded line is; raises `BadLine`."""
    if line.kind is not None and line.kind in KINDS:
        return _step(line.kind, raw)
    if line.kind is not None and line.kind not in _READERS:
        return UnknownEvent(line.id, line.at, line.by, line.kind)
    kind = line.kind or ("undo" if line.undo is not None else "submission")
    return _READERS[kind](line)


def _step(kind: str, raw: bytes) -> Event:
    try:
        event: Event = value_of(KINDS[kind], step_decoder(kind, _Id).decode(raw))
    except msgspec.ValidationError as error:
        raise _wrong_field(str(error)) from error
    numbers = (one for value in event for one in (value if isinstance(value, tuple) else (value,)))
    for number in numbers:
        _check_size(number)
    return event


def _check_size(number: object) -> None:
    """Raise `BadLine` for a number far beyond what anybody counts or what arithmetic can bear."""
    if isinstance(number, Decimal) and not number.is_finite():
        raise BadLine(Code.LEDGER_FIELD, "数值不是有限的数", "请核对这一行")
    if isinstance(number, Decimal | int) and not is_countable(number):
        raise BadLine(Code.LEDGER_FIELD, "数值的位数不可能", "请核对这一行")


def _submission(line: LedgerLine) -> Submission:
    if line.undo is not None or line.entries is None or line.date is None:
        raise _neither()
    entries = tuple(_entry(entry) for entry in line.entries)
    for entry in entries:
        if entry.department == "" or entry.indicator == "":
            field = "department" if entry.department == "" else "indicator"
            words = f"“{field}”是空的，不知道说的是哪一个"
            raise BadLine(Code.LEDGER_FIELD, words, "请补上，或删去这一项")
        _check_ratio(entry)
        sizes = (file.size for file in entry.files)
        figures = (entry.value, entry.percent, entry.counted, entry.out_of)
        for number in (entry.task, *sizes, *figures):
            _check_size(number)
    entries = tuple(entry for entry in entries if not entry.is_empty)  # told, and no report
    origin = clean(line.file), line.undated, line.batch or ""
    return Submission(line.id, line.at, clean(line.by), line.date, entries, *origin)


def _check_ratio(entry: Entry) -> None:
    """Raise `BadLine` for a value that is not what was counted of how many, give or take a cent."""
    counted, whole, value = entry.counted, entry.out_of, entry.value
    if counted is None or not whole or value is None:
        return
    ratio = counted / whole
    if min(abs(value - ratio), abs(value - ratio * 100)) > _CENT:
        told = f"value 是 {value:f}，count、of 是 {counted:f}/{whole:f}"
        raise BadLine(Code.LEDGER_FIELD, f"{told}，不是一回事", "请核对，留下对的")


def _entry(read: Any) -> Entry:
    """The entry, its words without what would break what is made of them."""
    entry = Entry(*msgspec.structs.astuple(read))
    if entry.files:
        entry = entry._replace(files=tuple(value_of(Attachment, file) for file in read.files))
    words = (entry.indicator, entry.department, entry.note, entry.problems, entry.next_steps)
    said = entry[6:9]
    is_plain = all(map(is_clean, filter(None, (*words, *entry.evidence))))
    if is_plain and not any(text.isspace() for text in said):
        return entry
    return entry._replace(
        indicator=entry.indicator and clean(entry.indicator),
        department=entry.department and clean(entry.department),
        note=_words(entry.note),
        problems=_words(entry.problems),
        next_steps=_words(entry.next_steps),
        evidence=tuple(filter(None, map(_words, entry.evidence))),
    )


def _words(text: str) -> str:
    """Words as they are shown; blanks alone are none."""
    text = clean_words(text)
    return "" if text.isspace() else text


def _undo(line: LedgerLine) -> Undo:
    if line.undo is None or line.entries is not None:
        raise _neither()
    return Undo(line.id, line.at, line.by, line.undo)


def _neither() -> BadLine:
    return BadLine(
        Code.LEDGER_FIELD, "既不是填报也不是撤销", "填报要有 date 和 entries，撤销只有 undo"
    )


_READERS: dict[str, Callable[[LedgerLine], Event]] = {"submission": _submission, "undo": _undo}
PLAIN_KINDS = frozenset(_READERS)


def _not_json(line: bytes, error: Exception) -> BadLine:
    if _CONFLICT.match(line):
        message = "这一行是 git 合并冲突的记号，不是填报"
        return BadLine(Code.LEDGER_NOT_JSON, message, "请只删去这一行，上下的填报都留着")
    byte = re.search(r"byte (\d+)", str(error))
    if b'{\0"' in line:
        message = "这一行是 UTF-16 编码（PowerShell 的 >> 会这样写）"
        return BadLine(Code.LEDGER_NOT_JSON, message, "请把这些行另存为 UTF-8，再并进来")
    if half := _HALF.search(line):
        told = half.group().decode("ascii", "backslashreplace")
        message = f"这一行里有半个字符（{told}），不成文字"
        column = len(line[: half.start()].decode("utf-8", "replace")) + 1
        return BadLine(Code.LEDGER_NOT_JSON, message, "请删去那半个字符，别的不动", column)
    if is_in_gb18030(line):
        message = "这一行是 GBK 编码（别的编辑器存的）"
        return BadLine(Code.LEDGER_NOT_JSON, message, "请把这一行另存为 UTF-8，别的不动")
    before = line[: int(byte[1])].decode("utf-8", "replace") if byte else ""
    return BadLine(
        Code.LEDGER_NOT_JSON,
        "这一行不是 JSON",
        "请核对是否被手工改过；改不好就留着这一行，重新填报",
        len(before) + 1 if byte else 0,
    )


def _wrong_field(message: str) -> BadLine:
    missing = re.search(r"missing required field `(\w+)`", message)
    place = re.search(r"at `\$\.?([^`]*)`", message)
    where = place[1] if place else ""
    if "timezone" in message:
        return BadLine(Code.LEDGER_FIELD, "at 没有时区", "请写成 2021-09-30T09:12:33+08:00 这样")
    if "matching regex" in message:
        remedy = "编号只用字母、数字、- 和 _，最多 64 个；请改这一行的编号"
        return BadLine(Code.LEDGER_ID, f"“{where}”不是编号", remedy)
    if missing:
        name = f"{where}.{missing[1]}" if where else missing[1]
        return BadLine(Code.LEDGER_FIELD, f"缺少“{name}”", "请补上这一项")
    return BadLine(Code.LEDGER_FIELD, f"“{where or '整行'}”的值不对", "请核对类型与写法")
