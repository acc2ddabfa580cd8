"""Keys of a ledger line that are not understood: a misspelt one changes what a line means."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foodsafety_cli.model.events import LEDGER_NAMES, Entry, Submission
from foodsafety_cli.model.problem import Code
from foodsafety_cli.model.steps import KINDS, Attachment
from foodsafety_cli.store.ledger.lines import PLAIN_KINDS, BadLine

_OF_LINE = frozenset({*Submission._fields, "undo", "kind"})
_OF_STEP = {kind: frozenset({"kind", *step._fields}) for kind, step in KINDS.items()}
_OF_ENTRY = frozenset(LEDGER_NAMES.get(name, name) for name in Entry._fields)

_OF_FILE = frozenset(Attachment._fields)
_BEFORE_COLONS = (b'" ', b'"\t', b'"\r')  # a key may end so, too: "date" : …
_SAYING = _OF_ENTRY - {"task", "indicator", "department"}


def check(raw: bytes, line: Any) -> BadLine | None:
    """Raise `BadLine` where a line cannot be understood for its keys; else a warning, or None.

    `line` is the same, decoded without types; of repeated keys it has the last.
    """
    entries = line.get("entries") or ()
    keys = len(line) + sum(map(len, entries))
    known = _OF_STEP.get(line.get("kind"), _OF_LINE)
    is_plain = raw.count(b'":') == keys and known.issuperset(line)
    is_plain = is_plain and not any(blank in raw for blank in _BEFORE_COLONS)
    says_something = "entries" not in line or (bool(entries) and not any(map(_is_silent, entries)))
    if is_plain and says_something and all(map(_OF_ENTRY.issuperset, entries)):
        return None
    return _look_closely(raw.decode("utf-8", "replace"), line, known)


def _is_silent(entry: Mapping[str, Any]) -> bool:
    """Whether an entry says nothing: no figure, no words but blanks; not done is nothing, too."""
    return not any(_says(entry[key]) for key in _SAYING if key in entry)


def _says(value: object) -> bool:
    """Whether a value is one; nought is."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value is not False and value != []


def _look_closely(text: str, line: Mapping[str, Any], known: frozenset[str]) -> BadLine | None:
    for key in _repeated(text):
        second = _column(text, key, times=2)
        message = f"“{key}”写了两次，不知道以哪个为准"
        raise BadLine(Code.LEDGER_REPEATED_KEY, message, "请只留一个", second)
    for entry in line.get("entries") or ():
        for key in entry:
            if key not in _OF_ENTRY:
                raise BadLine(
                    Code.LEDGER_UNKNOWN_KEY,
                    f"没有“{key}”这一项，不知道这一条说的是什么，没有计入",
                    "请核对拼写",
                    _column(text, key),
                )
    if line.get("kind") in (None, *PLAIN_KINDS, *KINDS):
        files = (file for entry in line.get("entries") or () for file in entry.get("files") or ())
        strange = [key for key in line if key not in known]
        strange += [key for file in files for key in file if key not in _OF_FILE]
        for key in strange:
            message = f"没有“{key}”这一项，没有用它；这一行别的都计入"
            return BadLine(Code.LEDGER_STRANGE_KEY, message, "请核对拼写", _column(text, key))
    if "entries" in line and (not line["entries"] or any(map(_is_silent, line["entries"]))):
        words = "有一条没有数也没有文字" if line["entries"] else "entries 里一条也没有"
        return BadLine(Code.LEDGER_SAYS_NOTHING, words, "请核对是不是漏写了什么")
    return None


def _repeated(text: str) -> Iterator[str]:
    found: list[str] = []

    def look(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        found.extend(name for n, name in enumerate(names) if name in names[:n])
        return dict(pairs)

    json.loads(text, object_pairs_hook=look)
    yield from found


def _column(text: str, key: str, times: int = 1) -> int:
    """Where a key stands, counted from 1; 0 where it is written with escapes."""
    at = -1
    for _ in range(times):
        at = text.find(f'"{key}"', at + 1)
    return at + 1
