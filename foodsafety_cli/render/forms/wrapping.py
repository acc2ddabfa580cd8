"""Chinese text in lines: widths in terminal cells, numbers and Latin words kept whole."""

from collections.abc import Iterator
from unicodedata import east_asian_width

_NEVER_FIRST = "，。；：、？！）》”’…〕%％"


def cells(text: str) -> int:
    """How many terminal cells a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` cells; a stop or closing mark never begins one."""
    for paragraph in text.split("\n"):
        yield from _wrap_paragraph(paragraph, width)


def _wrap_paragraph(text: str, width: int) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for piece in _pieces(text, width):
        size = cells(piece)
        if used + size > width and "".join(line).strip():
            carried: list[str] = []
            while len(line) > 1 and (carried or [piece])[0] in _NEVER_FIRST:
                carried.insert(0, line.pop())
            yield "".join(line).rstrip()
            line, used = carried, cells("".join(carried))
            if not line:
                piece = piece.lstrip()
        line.append(piece)
        used += cells(piece)
    if line or not text:
        yield "".join(line).rstrip()


def _pieces(text: str, width: int) -> Iterator[str]:
    """What a line is not broken inside of: one wide character, or a run of others that fits."""
    run = ""
    for char in text:
        stands_alone = east_asian_width(char) in "WF" or char in _NEVER_FIRST or char == " "
        if run and (stands_alone or len(run) >= max(width, 1)):
            yield run
            run = ""
        if stands_alone:
            yield char
        elif char == "→":  # what it was and what it is are two
            yield run + char
            run = ""
        else:
            run += char
    if run:
        yield run
