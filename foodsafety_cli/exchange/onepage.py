"""Paragraphs that stay on one page: set smaller where they are long, then cut with “……”."""

from collections.abc import Callable, Sequence

from foodsafety_cli.model.text import half_widths
from foodsafety_cli.model.valuetype import ValueType

_WIDTH = 442  # points: the text's width
_SCALES = ((16.0, 28.0), (14.0, 23.0), (12.0, 19.0), (10.5, 16.0))  # letters and lines, points
_LEAST_WORDS = 60


class PageContent(ValueType):
    """What a paper says, with as many characters of others' words as there is room for."""

    paragraphs: Callable[[int], list[str]]
    longest: int  # of others' words


def fitted(matter: PageContent, room: float) -> tuple[list[str], float, float]:
    """The paragraphs, and how large letters and lines may be; `room`: points of the page."""
    most = matter.longest
    while True:
        paragraphs = matter.paragraphs(most)
        for size, spacing in _SCALES:
            if height(paragraphs, size, spacing) <= room:
                return paragraphs, size, spacing
        if most <= _LEAST_WORDS:
            return paragraphs, *_SCALES[-1]
        most = max(_LEAST_WORDS, most * 3 // 4)


def height(paragraphs: Sequence[str], size: float, spacing: float) -> float:
    """What paragraphs take of the page, in points."""
    a_line = int(_WIDTH // size)
    lines = sum(-(-(half_widths(words) // 2 + 3) // a_line) for words in paragraphs)
    return lines * spacing


def shortened(text: str, most: int) -> str:
    """The text, or its beginning."""
    return text if len(text) <= most else f"{text[: most - 2]}……"
