"""A ledger that another program has saved as something else: named, never taken for empty."""

import codecs
import json
from typing import BinaryIO

from foodsafety_cli.model.errors import LedgerUnreadable
from foodsafety_cli.store.ledger.joined_records import unglued

_LOOKED_AT = 1 << 16  # bytes
_SEVERAL = 3  # lines of which none can be read
_MANY = 10  # lines that are no records: another text
_KINDS = {
    b"<": "网页",
    b"\x1f\x8b": "压缩包",
    b"PK\x03\x04": "压缩包或 Office 文件",
    b"\0" * 16: "坏掉的文件（全是空字节）",
    b"%PDF": "PDF",
    b"SQLite format 3": "数据库",
}
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_charset(file: BinaryIO) -> None:
    """Raise `LedgerUnreadable` for a ledger in UTF-16 or GB18030, or what is none at all."""
    file.seek(0)
    start = file.read(_LOOKED_AT)
    if start.startswith(_UTF_32):
        raise _unreadable(file, "UTF-32", "")
    if start.startswith(_UTF_16) or start[:4].count(0) == 2:
        raise _unreadable(file, "UTF-16", "（PowerShell 的 > 会这样写）")
    kind = _other_kind(start)
    if kind and not any(map(_is_record, start.splitlines())):
        raise LedgerUnreadable(
            f"台账 {file.name} 里不是台账，是{kind}，一条也读不了，没有改动。"
            "请把它移走，把原来的台账放回来再试"
        )
    # of a ledger in UTF-8 with a damaged line, other lines are sound
    strange = [line for line in start.splitlines()[:-1] or [start] if not line.isascii()]
    if strange and all(map(is_in_gb18030, strange)):
        raise _unreadable(file, "GB18030（GBK）", "")
    whole = start if len(start) < _LOOKED_AT else start.rpartition(b"\n")[0]
    told = [bare for line in whole.splitlines() if (bare := line.strip())]
    # of two lines both may be torn; of several that show an id, one at least is sound
    least = _SEVERAL if any(b'"id":' in line for line in told) else 2
    if len(told) >= least and not any(map(_has_id, told)):
        raise LedgerUnreadable(
            f"台账 {file.name} 开头的 {len(told)} 行一条也读不了，像是被别的程序改过，没有改动。"
            "请用原来的台账换回来；没有的，请在文本编辑器里把引号、逗号改回半角再试"
        )


def _other_kind(start: bytes) -> str:
    """What a file is whose every line is no record, as far as that can be told by its start."""
    bare = start.lstrip()
    first, _, rest = bare.partition(b"\n")
    for sign, kind in _KINDS.items():
        if bare.startswith(sign):
            return kind
    if first.strip() in (b"{", b"[") and rest[:1] == b" ":
        return "排成许多行的 JSON"
    if bare.startswith(b"[{"):
        return "JSON 数组"
    # some lines may be damaged; of many, one at least begins as a record does
    lines = [line.strip() for line in bare.splitlines() if line.strip()]
    is_other = len(lines) >= _MANY and not any(_begins_record(line) for line in lines)
    return "别的文字" if is_other else ""


def _has_id(line: bytes) -> bool:
    """Whether a line, or what another program left of it, says which record it is.

    What else is wrong with it is told of it.
    """
    return _is_of_an_id(line) or any(_is_of_an_id(piece) for _, piece in unglued(line))


def _is_of_an_id(record: bytes) -> bool:
    try:
        found = json.loads(record.decode("utf-8-sig").strip("[], "))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "id" in found


def _begins_record(line: bytes) -> bool:
    return line.removeprefix(codecs.BOM_UTF8).startswith(b"{")


def _is_record(line: bytes) -> bool:
    return line.lstrip().startswith(b'{"') and b'"id"' in line


def is_in_gb18030(line: bytes) -> bool:
    """Whether a line is a record in GB18030, and not one in UTF-8."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return False
    try:
        return isinstance(json.loads(line.decode("gb18030")), dict)
    except ValueError:
        return False


def _unreadable(file: BinaryIO, charset: str, why: str) -> LedgerUnreadable:
    return LedgerUnreadable(
        f"台账 {file.name} 被存成了 {charset} 编码{why}，一条也读不了，没有改动。"
        "请用文本编辑器打开，另存为 UTF-8 再试"
    )
