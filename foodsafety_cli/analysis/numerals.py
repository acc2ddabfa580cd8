"""Chinese numerals as notices and people number with: 一 to 九百九十九; and back."""

import re
from functools import lru_cache

_DIGITS = "零一二三四五六七八九"
NUMERAL = "[〇零一二三四五六七八九十百]{1,7}"
_SHAPE = "(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?"


@lru_cache(maxsize=4096)
def value(text: str) -> int | None:
    """The number a numeral means, Chinese, full-width or plain; None if it is none."""
    if text.isdecimal():
        return int(text)
    found = re.fullmatch(_SHAPE, text)
    if not text or not found:
        return None
    hundreds, tens, ten, ones = found.groups()
    return 100 * _digit(hundreds) + (10 * (_digit(tens) or 1) if ten else 0) + _digit(ones) or None


def spelt(number: int) -> str:
    """A number from 1 to 999 in Chinese, others in digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        head += "零"
    return head + (_DIGITS[ones] if ones else "")


def _digit(char: str | None) -> int:
    return _DIGITS.index(char) if char else 0
