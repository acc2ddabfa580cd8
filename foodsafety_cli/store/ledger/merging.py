"""Another copy of a ledger taken in: the lines that this one lacks, whole, in one write."""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path

from foodsafety_cli.model.errors import FileUnreadable, why_unread
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.ledger import file as ledger_file
from foodsafety_cli.store.ledger import lines, questions
from foodsafety_cli.store.ledger.index import Index
from foodsafety_cli.store.ledger.lines import BOM, BadLine

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class LeftOut(ValueType):
    """A line of the other copy that was not taken: it stays there."""

    line: int
    why: str


class Merged(ValueType):
    """What became of the other copy's lines."""

    taken: int
    known: int
    left_out: tuple[LeftOut, ...]


def merge(
    ledger: Path, index: Index, other: Path, on_wait: Callable[[str], None] | None = None
) -> Merged:
    """Append the lines of `other` that `ledger` lacks.

    A line is known by its id; one that is no event, or has an id that stands here with other
    words, is left out and told. Raises `FileUnreadable`, `CannotWrite`, `LedgerUnreadable`.
    """
    from foodsafety_cli.store.ledger.locking import locked, share_like_folder

    theirs = list(_lines(_content(other)))
    with locked(ledger, on_wait):
        index.refresh()
        ours = set(_own(ledger))
        taken: dict[str, bytes] = {}
        known = 0
        left_out: list[LeftOut] = []
        for number, raw in theirs:
            try:
                name = lines.decode(raw).id
            except BadLine as bad:
                left_out.append(LeftOut(number, f"{bad.message}。{bad.remedy}"))
                continue
            if raw in ours:
                known += 1
                continue
            mine = taken.get(name) or _mine(ledger, index, name)
            if mine is None or lines.says_the_same(mine, raw):  # of two the same one counts
                taken[name if mine is None else f"{name} {number}"] = raw
                ours.add(raw)
            else:
                words = f"编号 {name} 这里也有，内容不同，没有并入；请核对是谁改过"
                left_out.append(LeftOut(number, words))
        if taken:
            size = ledger_file.size_of(ledger)
            start = b"" if ledger_file.ends_clean(ledger, size) else b"\n"
            data = start + b"".join(raw + b"\n" for raw in taken.values())
            ledger_file.append(ledger, data, is_new=share_like_folder(ledger))
    return Merged(len(taken), known, tuple(left_out))


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
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace").encode()
    try:
        content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030").encode()
        except UnicodeDecodeError:
            return content  # a damaged line is told as such
    return content


def _lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    for number, raw in enumerate(content.split(b"\n"), 1):
        bare = raw.strip().removeprefix(BOM)
        for record in lines.unglued(bare) if b"}{" in bare else [bare]:
            if record:
                yield number, record
