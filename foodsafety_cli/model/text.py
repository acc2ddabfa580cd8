"""What people wrote, without what nobody sees and a program may obey.

One filter for every door in and every way out: control characters (C0 but for line breaks and
tabs, C1), noncharacters and lone surrogates, which XML cannot hold; marks that turn the direction
of writing; characters without width, which make two names of one.
"""

import re
from collections.abc import Sequence
from functools import cache

_KEPT = "\n\t"
_HIDDEN_RANGES = (
    (0x00, 0x1F),
    (0x7F, 0x9F),
    (0xAD, 0xAD),  # a hyphen that is not there
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x2028, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),  # an empty pattern of Braille
    (0x3164, 0x3164),
    (0xD800, 0xDFFF),
    (0xFDD0, 0xFDEF),
    (0xFE00, 0xFE0F),  # which of a character's shapes
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF9, 0xFFFB),
    (0xFFFE, 0xFFFF),
    (0xE0000, 0xE01EF),  # tags, which only programs see, and shapes again
)
# those of them that count as printable
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_REFUSED_RANGES = ((0x00, 0x1F), (0x7F, 0x9F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF))
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~&"})
# a radical and its character, one after the other (CJK Radicals Supplement)
_SUPPLEMENT = (
    "⺁厂⺃乚⺅亻⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺕彐⺖忄⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬"
    "⺧牛⺨犭⺩王⺫目⺬示⺭礻⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足"
    "⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_RADICALS = frozenset(map(chr, range(0x2E80, 0x2FD6)))
_INNER_QUOTES = str.maketrans("“”", "‘’")
SEPARATORS = "、，,；;"  # between names, as they are listed in Chinese
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def is_clean(text: str) -> bool:
    """Whether a text has no hidden characters, nor line breaks."""
    return text.isprintable() and (text.isascii() or _UNSEEN.isdisjoint(text))


def clean_words(text: str) -> str:
    """The same of somebody's words: what parts their lines by other signs is a line break."""
    return clean(text.replace("\u2028", "\n").replace("\u2029", "\n"))


def clean(text: str) -> str:
    """The text without hidden characters."""
    return text if is_clean(text) else text.translate(_hidden())


def visible(text: str) -> str:
    """The text without what has no width or only turns the direction of writing."""
    return text if is_clean(text) else text.translate(_invisible())


def without_radicals(text: str) -> str:
    """The text with the characters that PDF files write as their radicals: ⻝ is 食, ⺠ 民."""
    return text if _RADICALS.isdisjoint(text) else text.translate(_radicals())


def has_refused(text: str) -> bool:
    """Whether a text has characters that nobody types: control characters and their like."""
    if text.isprintable():
        return False
    codes = (ord(char) for char in text if char not in _KEPT)
    return any(first <= code <= last for code in codes for first, last in _REFUSED_RANGES)


def quoted(text: str) -> str:
    """In Chinese quotation marks; those within become single ones (GB/T 15834 4.8)."""
    return f"“{text.translate(_INNER_QUOTES)}”"


def shell_word(text: str) -> str:
    """A word of a command line that can be pasted: in quotes where it is more than a name."""
    import os
    import shlex

    sign = r"\\" if os.sep == "\\" else ""  # parts folders there, and is a sign of the shell here
    return text if re.fullmatch(rf"[\w@%+=:,./{sign}〔〕（）、-]+", text) else shlex.quote(text)


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one person's: 张　三 is 张三."""
    return "".join(one.split()) == "".join(other.split())


def first_few(
    words: Sequence[object], most: int, rest: str = " 等 {} 个", between: str = "、"
) -> str:
    """Some of many, and how many there are: 甲、乙 等 5 个; `rest` says how many."""
    more = rest.format(len(words)) if len(words) > most else ""
    return between.join(map(str, words[:most])) + more


def one_line(text: str) -> str:
    """A text from somebody's file on one line, with nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def for_markdown(text: str) -> str:
    """A text that stays text in Markdown, on one line."""
    return " ".join(clean(text).translate(_MARKDOWN).split())


def for_spreadsheet(text: str) -> str:
    """A text that a spreadsheet would run as a formula, kept a text by an apostrophe."""
    bare = text.lstrip()
    return f"'{text}" if bare.startswith(RUN_BY_SPREADSHEETS) and not _is_figure(text) else text


def _is_figure(text: str) -> bool:
    return text.lstrip("+-＋－").removesuffix("%").replace(".", "", 1).isdecimal()


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
def _radicals() -> dict[int, str]:
    """Unicode's EquivalentUnifiedIdeograph of the radicals that stand for a character alone."""
    import unicodedata

    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True))


@cache
def _invisible() -> dict[int, None]:
    """The same less what nobody types at all."""
    refused = {code for first, last in _REFUSED_RANGES for code in range(first, last + 1)}
    return {code: None for code in _hidden() if code not in refused}


def half_widths(text: str) -> int:
    """How many half-width characters a text takes on paper."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’…—·" else 1 for char in text)
