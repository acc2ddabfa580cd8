"""What a spreadsheet's cell says: formulas by their value, percentages by what they show."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from foodsafety_cli.model.valuetype import ValueType

_DECIMALS = Decimal("0.000001")  # as many as a figure may have
_EXACT_BELOW = 10**15  # spreadsheets keep fifteen digits of a number, and nought the rest
# in a number format: texts, single signs, colours, and signs only for their width or repeated
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_TIMES = re.compile(r"([万亿])[\"\\_ ]*(?:;|$)")  # of a format: 5.2 that is shown as 5.2万
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
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
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _figure(value, str(cell.number_format))
    return (_text(value) or None if isinstance(value, str) else value), ""


def _figure(value: float, number_format: str) -> tuple[object, str]:
    """A number as it was meant; of a cell that shows percent, with that sign."""
    figure = Decimal(f"{value:.15g}")  # as many digits as a spreadsheet shows
    if times := _TIMES.search(number_format):
        told = f"{figure:f}{times[1]}"
        return Unusable(f"格式里有“{times[1]}”，显示的是 {told}，存的是 {figure:f}，请写全"), ""
    if "%" in _LITERAL.sub("", number_format):
        short, note = _short((figure * 100).normalize())
        return f"{short:f}%", note
    return _short(figure)


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
