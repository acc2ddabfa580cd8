"""A figure as people write it: read, with the unit, sign or count that stands beside it."""

import re
from decimal import Decimal

from foodsafety_cli.analysis.measures import DECIMALS, HUNDRED, INTEGER_DIGITS, Measure
from foodsafety_cli.analysis.wording import beside_target
from foodsafety_cli.model.errors import BadFigure, Refused
from foodsafety_cli.model.plan import Indicator
from foodsafety_cli.model.text import visible
from foodsafety_cli.model.valuetype import ValueType

FAR, BEYOND = 10, 100  # times the target or the last figure: told, refused
SAYS_DONE = {"完成", "已完成", "是", "√", "true", "True", "done"}
_FRACTION = r"\s*([^/／]+?)\s*[/／]\s*([^/／]+?)\s*"
_NO_DIGITS = ("<super", "<sub", "<circle")  # ², ₂, ②: in no number


def parse_figure(option: str, text: str) -> Decimal:
    """A figure as people write it (5.2, ５．２, 65%); raises `BadValue` saying what is wrong."""
    written = _normalized(option, text).strip().removesuffix("%").strip()
    sign = written[:1]
    digits = written[1:] if sign in ("+", "-") else written
    whole, dot, decimals = digits.partition(".")
    if digits.casefold() in {"inf", "infinity", "nan", "∞"}:
        raise BadFigure(option, f"“{text}”不是有限的数")
    if "," in digits and _has_thousands(digits):
        raise BadFigure(option, f"“{text}”里有逗号，请去掉，如 {digits.replace(',', '')}")
    if not (whole + decimals).isdecimal() or (dot and not decimals):
        raise BadFigure(option, f"“{text}”不是数字，请只写数，如 5.2")
    if sign == "-":
        raise BadFigure(option, f"“{text}”是负数，填报的数不能小于 0")
    if len(whole.lstrip("0")) > INTEGER_DIGITS or len(decimals) > DECIMALS:
        raise BadFigure(
            option,
            f"“{text}”位数太多（整数最多 {INTEGER_DIGITS} 位，小数最多 {DECIMALS} 位），请核对",
        )
    return Decimal(digits)


class Figure(ValueType):
    """A figure as it was written: a number, or how many of how many."""

    value: Decimal | None
    counted: Decimal | None = None
    out_of: Decimal | None = None


def read_figure(option: str, text: str, of: str | None, measure: Measure) -> Figure:
    """A figure for a measure: `5.2`, `98.99%`, `98/99`, or a count with what it is counted of.

    Raises `BadValue` for what is no figure, or one that is likely to be meant otherwise.
    """
    text = _without_unit(text, measure)
    if not measure.is_figure and text.strip() in SAYS_DONE:
        raise BadFigure(option, f"“{measure.name}”是节点，只有完成与否：完成后请用 --done 填报")
    fraction = re.fullmatch(_FRACTION, text)
    if fraction and of is not None:
        raise BadFigure(option, f"“{text}”已经写了分母，请去掉 --of")
    if fraction is None and of is None:
        _refuse_fraction_of_one(option, text, measure)
        return Figure(parse_figure(option, text))
    numerator, denominator = fraction.groups() if fraction else (text, of or "")
    for part, name in ((numerator, "分子"), (denominator, "分母")):
        if "%" in _normalized(option, part):
            raise BadFigure(option, f"“{part}”是百分数，{name}应是个数，如 98/99")
    count = parse_figure(option, numerator)
    whole = parse_figure(option if fraction else "--of", denominator)
    if not measure.is_figure:
        raise BadFigure(option, f"“{measure.name}”是节点，只有完成与否：完成后请用 --done 填报")
    if not measure.is_ratio:
        raise BadFigure(option, f"“{measure.name}”的单位是{measure.unit}，不是比率，请只写数")
    return _ratio(option, count, whole, measure)


def _without_unit(text: str, measure: Measure) -> str:
    """A figure without its own unit behind it: 5.2批次/千人."""
    bare = text.strip().replace("／", "/")
    is_said = bool(measure.unit) and measure.unit != "%" and bare.endswith(measure.unit)
    return bare.removesuffix(measure.unit).rstrip() if is_said else text


def _ratio(option: str, count: Decimal, whole: Decimal, measure: Measure) -> Figure:
    if not whole:
        if count:
            raise BadFigure(option, f"{count:f}/0 不可能：分母是 0 时分子也应是 0（本期无此事）")
        return Figure(None, count, whole)
    if measure.is_share and count > whole:
        raise BadFigure(option, f"{count:f}/{whole:f} 超过了 100%，请核对分子和分母")
    exact = beside_target(count * (HUNDRED if measure.is_share else 1) / whole, measure)
    return Figure(None if exact is None else exact.shown(), count, whole)


def _refuse_fraction_of_one(option: str, text: str, measure: Measure) -> None:
    """0.97 where 97 is meant: a spreadsheet's way of writing 97%."""
    target = measure.target
    if not measure.is_share or target is None or target < FAR or text.strip()[-1:] in "%％":
        return
    value = parse_figure(option, text)
    if 0 < value <= 1 and (value < 1 or measure.is_indicator):
        whole = f"{(value * 100).normalize():f}"
        raise BadFigure(  # of a task without indicators, 1% is as likely as any
            option,
            f"“{text}”是 {whole}% 还是 {value:f}%？这里的数是百分数（目标 {target:f}%），"
            f"请写 {whole} 或 {value:f}%",
        )


def _normalized(option: str, text: str) -> str:
    if text.isascii():  # as nearly all are: nothing to load
        return text
    import unicodedata

    text = visible(text)
    if any(unicodedata.decomposition(char).startswith(_NO_DIGITS) for char in text):
        raise BadFigure(option, f"“{text}”不是数字，请只写数，如 5.2")
    return unicodedata.normalize("NFKC", text)


def _has_thousands(digits: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits))


def refuse_percent_sign(text: str, indicator: Indicator | None) -> None:
    """Raise `Refused` for 5% of an indicator that is counted in something else."""
    if indicator and not indicator.is_share and text.strip().endswith(("%", "％")):
        unit = indicator.unit or "完成与否"
        raise Refused(f"“{indicator.name}”的单位是{unit}，不是百分比，请去掉 %。")
