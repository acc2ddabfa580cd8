"""What people wrote, without what nobody sees and a program may obey.

One filter for every door in and every way out: control characters (C0 but for line breaks and
tabs, C1), noncharacters and lone surrogates, which XML cannot hold; marks that turn the direction
of writing; characters without width, which make two names of one.
"""

from functools import cache

_KEPT = "\n\t"
_HIDDEN_RANGES = (
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),  # a hyphen that is not there
    (0x061C, 0x061C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0xD800, 0xDFFF),
    (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xFFFE, 0xFFFF),
)
_REFUSED_RANGES = ((0x00, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF))
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~&"})
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@")


def clean(text: str) -> str:
    """The text without hidden characters."""
    return text if text.isprintable() else text.translate(_hidden())


def visible(text: str) -> str:
    """The text without what has no width or only turns the direction of writing."""
    return text if text.isprintable() else text.translate(_invisible())


def has_refused(text: str) -> bool:
    """Whether a text has characters that nobody types: control characters and their like."""
    if text.isprintable():
        return False
    codes = (ord(char) for char in text if char not in _KEPT)
    return any(first <= code <= last for code in codes for first, last in _REFUSED_RANGES)


def one_line(text: str) -> str:
    """A text from somebody's file on one line, with nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def for_markdown(text: str) -> str:
    """A text that stays text in Markdown, on one line."""
    return " ".join(clean(text).translate(_MARKDOWN).split())


def for_spreadsheet(text: str) -> str:
    """A text that a spreadsheet would run as a formula, kept a text by an apostrophe."""
    bare = text.lstrip()
    return f"'{text}" if bare.startswith(_RUN_BY_SPREADSHEETS) and not _is_figure(text) else text


def _is_figure(text: str) -> bool:
    return text.lstrip("+-").removesuffix("%").replace(".", "", 1).isdecimal()


@cache
def _hidden() -> dict[int, None]:
    """What is left out, for `str.translate`; made when it is needed, which is seldom."""
    return dict.fromkeys(
        code
        for first, last in _HIDDEN_RANGES
        for code in range(first, last + 1)
        if chr(code) not in _KEPT
    )


@cache
def _invisible() -> dict[int, None]:
    """The same less what nobody types at all."""
    refused = {code for first, last in _REFUSED_RANGES for code in range(first, last + 1)}
    return {code: None for code in _hidden() if code not in refused}
