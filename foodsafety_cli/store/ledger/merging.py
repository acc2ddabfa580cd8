"""Another copy of a ledger taken in: the lines that this one lacks, whole, in one write."""

import codecs
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable, why_unread
from foodsafety_cli.model.events import Event, Submission
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.ledger import file as ledger_file
from foodsafety_cli.store.ledger import lines, questions
from foodsafety_cli.store.ledger.index import Index
from foodsafety_cli.store.ledger.joined_records import is_glued, unglued
from foodsafety_cli.store.ledger.lines import BOM, BadLine

_LOOKED_AT = 400  # bytes
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LineLeftOut(ValueType):
    """A line of the other copy that was not taken: it stays there."""

    line: int
    why: str


class Merged(ValueType):
    """What becomes of the other copy's lines."""

    new: tuple[bytes, ...]
    known: int
    left_out: tuple[LineLeftOut, ...]
    misfits: int  # of the new ones, reports that the plan has no place for
    tasks: frozenset[int]  # of which the new ones report

    @property
    def is_foreign(self) -> bool:
        """Whether it looks like another arrangement's: nothing is shared, and little fits."""
        return not self.known and self.misfits * 2 > len(self.new)


def compare(ledger: Path, index: Index, other: Path, fits: Callable[[Submission], bool]) -> Merged:
    """What merging would make of the other copy's lines; nothing is written.

    A line is known by its id; one that is no event, or has an id that stands here with other
    words, is left out. Raises `FileUnreadable`.
    """
    return _compared(ledger, index, list(_events(other)), fits)


def _compared(
    ledger: Path,
    index: Index,
    copy: Sequence[tuple[int, bytes, Event | BadLine]],
    fits: Callable[[Submission], bool],
) -> Merged:
    ours = set(_own(ledger))
    taken: dict[str, bytes] = {}
    known = misfits = 0
    tasks: set[int] = set()
    left_out: list[LineLeftOut] = []
    for number, raw, event in copy:
        if isinstance(event, BadLine):
            left_out.append(LineLeftOut(number, f"{event.message}。{event.remedy}"))
            continue
        if raw in ours:
            known += 1
            continue
        name = event.id
        mine = taken.get(name) or _mine(ledger, index, name)
        if mine is None or lines.says_the_same(mine, raw):  # of two the same one counts
            taken[name if mine is None else f"{name} {number}"] = raw
            ours.add(raw)
            if isinstance(event, Submission):
                misfits += not fits(event)
                tasks.update(entry.task for entry in event.entries)
        else:
            words = f"编号 {name} 这里也有，内容不同，没有并入；请核对是谁改过"
            left_out.append(LineLeftOut(number, words))
    return Merged(tuple(taken.values()), known, tuple(left_out), misfits, frozenset(tasks))


def merge(
    ledger: Path,
    index: Index,
    other: Path,
    fits: Callable[[Submission], bool],
    on_wait: Callable[[str], None] | None = None,
) -> Merged:
    """Append the lines of `other` that `ledger` lacks, in one write.

    Under the lock it is only looked whether the ledger is still as it was: others are to report.
    Raises `FileUnreadable`, `CannotWrite`, `LedgerUnreadable`.
    """
    from foodsafety_cli.store.ledger.locking import locked, share_like_folder

    copy = list(_events(other))
    seen = ledger_file.status_text(ledger)
    index.refresh()
    merged = _compared(ledger, index, copy, fits)
    with locked(ledger, on_wait):
        if ledger_file.status_text(ledger) != seen:
            index.refresh()
            merged = _compared(ledger, index, copy, fits)
        if merged.new:
            size = ledger_file.size_of(ledger)
            start = b"" if ledger_file.ends_clean(ledger, size) else b"\n"
            data = start + b"".join(raw + b"\n" for raw in merged.new)
            ledger_file.append(ledger, data, is_new=share_like_folder(ledger))
    return merged


def _own(ledger: Path) -> frozenset[bytes]:
    """The lines that are here, whatever is thought of them: none of them comes in again."""
    with ledger_file.opened(ledger) as file:
        return frozenset(raw.strip().removeprefix(BOM) for raw in file or ())


def _mine(ledger: Path, index: Index, name: str) -> bytes | None:
    """The line of this id here, without what editors leave around it."""
    place = index.ask(lambda database: questions.place_of(database, name))
    if place is None:
        return None
    with ledger_file.opened(ledger) as file:
        if file is None:
            return None
        file.seek(place[0])
        return file.read(place[1]).strip().removeprefix(BOM)


def _content(other: Path) -> bytes:
    """The bytes of the other copy, as UTF-8 whatever PowerShell has made of them."""
    try:
        content = read_file(other)
    except OSError as error:
        raise FileUnreadable(f"{other} 读不出来（{why_unread(error)}），请核对路径") from error
    encoding = _wide_encoding(content)
    if encoding:
        return content.decode(encoding, "replace").removeprefix("\ufeff").encode()
    try:
        content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030").encode()
        except UnicodeDecodeError:
            return content  # a damaged line is told as such
    return content


def _wide_encoding(content: bytes) -> str:
    """UTF-32 or UTF-16, with or without its mark; empty where it is neither."""
    if content.startswith(_UTF_32):
        return "utf-32"
    if content.startswith(_UTF_16):
        return "utf-16"
    places = [n % 4 for n, byte in enumerate(content[:_LOOKED_AT]) if not byte]
    if 0 not in content[:4] or 3 * len(places) < len(content[:_LOOKED_AT]):
        return ""
    is_big = 0 in places[:2]
    if 2 * len(places) > 1.2 * len(content[:_LOOKED_AT]):
        return "utf-32-be" if is_big else "utf-32-le"
    return "utf-16-be" if is_big else "utf-16-le"


def _events(other: Path) -> Iterator[tuple[int, bytes, Event | BadLine]]:
    for number, raw in _lines(_content(other)):
        try:
            yield number, raw, lines.decode(raw)
        except BadLine as bad:
            yield number, raw, bad


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    for number, raw in enumerate(content.split(b"\n"), 1):
        bare = raw.strip().removeprefix(BOM)
        pieces = unglued(bare) if is_glued(bare) else [(0, bare)]
        yield from ((number, piece) for _, piece in pieces if piece)
