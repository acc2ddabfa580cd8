"""A ledger block by block: decoded where a block is sound, else read line by line with care."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from operator import attrgetter
from typing import BinaryIO

from foodsafety_cli.model.progress import Record, Undo
from foodsafety_cli.store import ledger, ledgerline
from foodsafety_cli.store.ledger import BOM, Ledger

_id = attrgetter("id")
_ESCAPE = b"\\u00"  # as a letter of a key may be written
_BLOCK = 1 << 16  # bytes; what is made of more of them falls out of the processor's caches


class Doubt(Exception):
    """A block, or a ledger as a whole, that has to be read with care."""


class Block:
    """Some whole lines of a ledger, from line `first` on; `lines` only if all of them are sound."""

    def __init__(self, content: bytes, first: int, name: str) -> None:
        self._content = content
        self._first = first
        self._name = name
        self.lines: list[ledgerline.Line] | None = None
        with suppress(*ledgerline.NOT_SOUND):
            self.lines = ledgerline.decode_block(content)

    @cached_property
    def found(self) -> Ledger:
        """The block read with care; raises `Doubt` at what concerns lines outside of it."""
        found = ledger.parse(self._content, self._name, self._first)
        if any(problem.code == ledger.TWICE for problem in found.problems):
            raise Doubt
        return found

    def known(self) -> Sequence[ledgerline.Line | Record]:
        """All its lines, or the records that it was found to hold."""
        return self.found.records if self.lines is None or "found" in vars(self) else self.lines


class Walk:
    """The blocks of an open ledger, and what is known of it only from all of its lines.

    `name` is what its problems call it; `undone` are the ids taken back anywhere in it.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        undos = _undos_in(file)
        self.undone = frozenset(undo.undo for undo in undos)
        self._undoing = {undo.id for undo in undos}
        self._ids: frozenset[int] = frozenset()

    def __iter__(self) -> Iterator[Block]:
        """Raises `Doubt` at an undo not found in advance, and in the end if an id is repeated."""
        self._file.seek(0)
        first, ids = 1, array("q")  # a set that grows takes half as long again
        for content in blocks(self._file):
            block = Block(content, first, self._name)
            yield block
            known = block.known()  # only now: whoever walks may have had to look with care
            # looking for one byte first is ten times as quick, and most ledgers have none of it
            is_escaped = b"\\" in content and _ESCAPE in content
            if is_escaped and not self._undoing.issuperset(_undoing(known)):
                raise Doubt
            ids.extend(map(hash, map(_id, known)))  # two with one hash only cost time
            first += content.count(b"\n") if block.lines is None else len(block.lines)
        self._ids = frozenset(ids)
        if len(self._ids) < len(ids):
            raise Doubt

    def undoes_nothing(self) -> bool:
        """Whether, all walked through, something is taken back that was never reported."""
        are_there = self._ids.issuperset(map(hash, self.undone))
        return not are_there or not self.undone.isdisjoint(self._undoing)


def _undoing(known: Iterable[ledgerline.Line | Record]) -> Iterator[str]:
    """The ids of what takes something back."""
    return (one.id for one in known if getattr(one, "undo", None) is not None)


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """A file in blocks of whole lines, without the mark that some editors put at its start."""
    start = file.read(len(BOM)).removeprefix(BOM)
    while content := start + file.read(_BLOCK):
        yield content + file.readline()
        start = b""


def _undos_in(file: BinaryIO) -> list[Undo]:
    """The lines that take something back, but for those written in an unusual way."""
    found: list[Undo] = []
    for content in blocks(file):
        if b'"undo"' not in content:
            continue
        for line in content.split(b"\n"):
            if b'"undo"' in line:
                try:
                    record = ledgerline.decode(line.strip().removeprefix(BOM))
                except ledgerline.BadLine:
                    continue
                if isinstance(record, Undo):
                    found.append(record)
    return found
