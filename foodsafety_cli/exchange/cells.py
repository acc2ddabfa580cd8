"""What a spreadsheet's cell says: formulas by their value, percentages by what they show."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from foodsafety_cli.model.valuetype import ValueType

_DECIMALS = Decimal("0.000001")  # as many as a figure may have
_EXACT_BELOW = 10**15  # spreadsheets keep fifteen digits of a number, and nought the rest
# in a number format: texts, single signs, colours, and signs only for their width or repeated
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
# of a format: what is printed beside the figure, 3 as 3万批次; and what divides it before
_PRINTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|([㐀-鿿]+)|_.|\*.|\[[^\]]*\]')
_DIVIDED = re.compile(r"[0#?],+(?![0#?,])|!\.")
_NUMBER = re.compile("[0#?]|General")
_IS_NUMBER_LIKE = re.compile("[0-9.]")
_ERROR = re.compile(r"#(?:N/A|[A-Z_]{3,15}[!?]|DIV/0!|[一-龥]{2,6}[!！?？])|Err:\d{3}|#{3,}")
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d{2,}")  # 18 digits, as a spreadsheet saves them
_LONG = re.compile(r"\d+\.\d{10,}")  # digits that only a program writes


class Unusable(ValueType):
    """A cell's value that says nothing, with the reason."""

    reason: str


UNCALCULATED = Unusable("是还没有算出值的公式，请在表格程序里打开，存盘后再导入")


def value_of(cell: Any, source: Any) -> tuple[object, str]:
    """A cell's value, and what was done to it, if anything; `source` has the formulas."""
    value = cell.value
    if value is None:
        is_formula = source.data_type == "f" and cell.data_type != "str"
        return (UNCALCULATED if is_formula else None), ""
    if cell.data_type == "e":
        return Unusable(f"是错误值 {value}，请改好公式或直接填数"), ""
    if isinstance(value, dt.timedelta):
        return Unusable("成了时长，不是写的；请把这一格的格式设成文本，再写一次"), ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _figure(value, str(cell.number_format))
    return (_text(value) or None if isinstance(value, str) else value), ""


def _figure(value: float, number_format: str) -> tuple[object, str]:
    """A number as it was meant; of a cell that shows percent, with that sign."""
    figure = Decimal(f"{value:.15g}")  # as many digits as a spreadsheet shows
    before, after = _printed(figure, number_format)
    told = f"{before}{figure:f}{after}"
    if _DIVIDED.search(number_format) or _IS_NUMBER_LIKE.search(before + after):
        words = f"格式里有“{before or after or ','}”，显示的不是 {figure:f}"
        return Unusable(f"{words}，请改成常规格式，把数写全"), ""
    if (before + after).strip("%％ " if figure else "%％-— "):
        return told, ""  # 3万批次 is read as if it had been typed
    if "%" in _LITERAL.sub("", number_format):
        short, note = _short((figure * 100).normalize())
        return f"{short:f}%", note
    return _short(figure)


def _printed(figure: Decimal, number_format: str) -> tuple[str, str]:
    """What a format prints before and after a figure; each sign of numbers may have its own."""
    sections = _sections(number_format)
    place = 1 if figure < 0 else 2 if not figure else 0
    section = sections[place] if place < len(sections) else sections[0]
    number = _NUMBER.search(_PRINTED.sub(lambda one: "x" * len(one[0]), section))
    if number is None:  # nothing but a sign: 0 as -
        return "", ""
    texts = [
        (found.start(), "".join(filter(None, found.groups())))
        for found in _PRINTED.finditer(section)
    ]
    before = "".join(text for at, text in texts if at < number.start())
    return before.strip(), "".join(text for at, text in texts if at > number.start()).strip()


def _sections(number_format: str) -> list[str]:
    quoted = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])*', number_format)
    return [section for section in quoted if section] or [""]


def _short(figure: Decimal) -> tuple[Decimal, str]:
    if figure == figure.to_integral_value() and abs(figure) < _EXACT_BELOW:
        return figure.to_integral_value(), ""
    if abs(figure) >= _EXACT_BELOW or figure == figure.quantize(_DECIMALS):
        return figure, ""
    rounded = figure.quantize(_DECIMALS, ROUND_HALF_UP).normalize()
    return rounded, f"算出来的 {figure:f} 取六位小数，作 {rounded:f}"


def usable_text(text: str) -> object:
    """A cell of a text file; a spreadsheet's error, or a number it has shortened, says nothing."""
    if _SHORTENED.fullmatch(text.strip()):
        return Unusable(f"成了 {text.strip()}：表格程序丢掉了后面的数字，请把这一格设成文本重填")
    if _ERROR.fullmatch(text.strip()):
        return Unusable(f"是错误值 {text.strip()}，请改好公式或直接填数")
    return text


def rounded_words(text: str) -> tuple[str, str]:
    """A computed figure that was written out (66.66666666666667), as a cell's; and what was done.

    Other words as they are.
    """
    number, sign = text.rstrip("%％ "), text[len(text.rstrip("%％ ")) :]
    if not _LONG.fullmatch(number):
        return text, ""
    short, note = _short(Decimal(number))
    return f"{short:f}{sign}", note


def _text(value: str) -> str:
    """A text as it is shown: line breaks that a program has written as `_x000D_`, too."""
    from openpyxl.utils.escape import unescape

    return unescape(value).replace("\r\n", "\n").replace("\r", "\n").strip()
