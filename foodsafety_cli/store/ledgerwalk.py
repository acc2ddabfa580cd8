"""A ledger block by block: decoded where a block is sound, else read line by line with care."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import BinaryIO

from foodsafety_cli.model.progress import Undo
from foodsafety_cli.store import ledger, ledgerline
from foodsafety_cli.store.ledger import BOM, Ledger

_BLOCK = 1 << 16  # bytes; what is made of more of them falls out of the processor's caches


class Doubt(Exception):
    """A block, or a ledger as a whole, that has to be read with care."""


class Block:
    """Some whole lines of a ledger, from line `first` on; `lines` only if all of them are sound."""

    def __init__(self, content: bytes, first: int, name: str, undone: frozenset[str]) -> None:
        self._content = content
        self._first = first
        self._name = name
        self._undone = undone
        self.lines: list[ledgerline.Line] | None = None
        with suppress(*ledgerline.NOT_SOUND):
            self.lines = ledgerline.decode_block(content)

    @cached_property
    def found(self) -> Ledger:
        """The block read with care; raises `Doubt` at what concerns lines outside of it."""
        found = ledger.parse(self._content, self._name, self._first)
        if any(problem.code == ledger.TWICE for problem in found.problems):
            raise Doubt
        if any(isinstance(r, Undo) and r.undo not in self._undone for r in found.records):
            raise Doubt  # written so that it was not found in advance
        return found

    def ids(self) -> list[int]:
        """Hashes of the ids in it: of all its lines, or of the records it was found to hold."""
        known = self.found.records if self.lines is None or "found" in vars(self) else self.lines
        return [hash(one.id) for one in known]


class Walk:
    """The blocks of an open ledger, and what is known of it only from all of its lines.

    `name` is what its problems call it. `undone` are the ids taken back anywhere in it; `ids`,
    once it has been walked through, hashes of all ids.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self.undone = _undone_in(file)
        self.ids: set[int] = set()

    def __iter__(self) -> Iterator[Block]:
        """Raises `Doubt` at the end if an id is repeated: two with one hash only cost time."""
        self._file.seek(0)
        first, count = 1, 0
        for content in blocks(self._file):
            block = Block(content, first, self._name, self.undone)
            yield block
            ids = block.ids()  # afterwards: whoever walks may have had to look with care
            self.ids.update(ids)
            count += len(ids)
            first += content.count(b"\n")
        if len(self.ids) < count:
            raise Doubt


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """A file in blocks of whole lines, without the mark that some editors put at its start."""
    start = file.read(len(BOM)).removeprefix(BOM)
    while content := start + file.read(_BLOCK):
        yield content + file.readline()
        start = b""


def _undone_in(file: BinaryIO) -> frozenset[str]:
    """The ids of what is taken back, but for those written in an unusual way."""
    found: set[str] = set()
    for content in blocks(file):
        if b'"undo"' not in content:
            continue
        for line in content.split(b"\n"):
            if b'"undo"' in line:
                try:
                    record = ledgerline.decode(line.strip())
                except ledgerline.BadLine:
                    continue
                if isinstance(record, Undo):
                    found.add(record.undo)
    return frozenset(found)
