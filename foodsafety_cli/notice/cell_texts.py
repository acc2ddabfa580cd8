"""A cell of a workbook as its sheet shows it: formats, units in formats, words struck out."""

import datetime as dt
import re
from typing import Any

# [红色], _) and * are layout; "人" and \\人 are printed beside the number
_LAYOUT = re.compile(r"\[[^\]]*\]|_.|\*.")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(r"General|G/通用格式|[#0?][#0?,.]*")
_SCALED = re.compile(r"[#0?.]*,(?![#0?])|![.,]|\\\\[.,]")  # 0!.0, shows ten thousands


def text_of(cell: Any) -> str:
    """The words of a cell, without those that are struck out."""
    value = cell.value
    if value is None or (cell.has_style and cell.font.strike):
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float | int):
        return _number(value, str(cell.number_format))
    if isinstance(value, dt.date):
        return _day(value, str(cell.number_format))
    if isinstance(value, list):  # pieces with fonts of their own
        return "".join(str(piece) for piece in value if not _is_struck_out(piece)).strip()
    return str(value).strip()


def _is_struck_out(piece: Any) -> bool:
    font = getattr(piece, "font", None)
    return bool(font is not None and font.strike)


def _number(value: float, form: str) -> str:
    """A number with the sign for percent and the words that its format puts around it."""
    form = form.split(";")[0]
    if _SCALED.search(form):  # in thousands and more: only the number itself is certain
        return f"{value:.15g}"
    form = _LAYOUT.sub("", form)
    plain = _QUOTED.sub("", form).replace("G/通用格式", "")
    shown = f"{value * 100:.10g}%" if "%" in plain else f"{value:.15g}"
    place = _DIGITS.search(form)
    if place is None or "/" in plain or "E" in plain:
        return shown
    before, after = form[: place.start()], form[place.end() :]
    return f"{_words(before)}{shown}{_words(after)}".strip()


def _words(part: str) -> str:
    return "".join(quoted or escaped for quoted, escaped in _QUOTED.findall(part))


def _day(day: dt.date, form: str) -> str:
    """A day as its format shows it: 2025年6月 is no first of June."""
    plain = _QUOTED.sub("", _LAYOUT.sub("", form.split(";")[0])).lower()
    has_year, has_day = "y" in plain or "e" in plain, "d" in plain
    if has_year and "m" not in plain and not has_day:  # 2025年底前
        return f"{day:%Y}{_words(form[form.lower().rfind('y') + 1 :]) or '年'}"
    if "m" in plain and not has_day and "h" not in plain:
        return f"{day:%Y年}{day.month}月" if has_year else f"{day.month}月"
    return f"{day:%Y年%m月%d日}"
