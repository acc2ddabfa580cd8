"""A target shared out among departments by a base: whole numbers that add up exactly."""

import re
from collections.abc import Collection, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.model.errors import BadValue, Refused
from foodsafety_cli.model.plan import Base, Indicator
from foodsafety_cli.model.valuetype import ValueType

ONE = Decimal(1)
_SIZE = r"(\d{0,6}[十百千万亿]*)(\D*)"


class Share(ValueType):
    """One department's part: its base, and what it has to reach; `is_kept` was set by hand."""

    department: str
    base: Decimal | None
    target: Decimal
    is_kept: bool


def split(
    indicator: Indicator, base: Base, reporters: tuple[str, ...], kept: Mapping[str, Decimal]
) -> list[Share]:
    """The shares, in the order of the base; raises `Refused`, `BadValue`."""
    whole = whole_target(indicator, base, reporters)
    others = {
        name: value for name, value in base.values.items() if name in reporters and name not in kept
    }
    left = whole - sum(kept.values())
    if not sum(others.values()):
        if not kept:
            words = f"基数“{base.name}”里没有这个指标的报数单位，无从分解。请在 bases 里补上。"
            raise Refused(words)
        if left:
            words = f"留下的合计 {sum(kept.values()):f}，总目标是 {whole:f}，没有别的单位可分了"
            raise BadValue("--keep", words)
    step = _step_of(whole)
    odd = next((name for name, figure in kept.items() if figure % step), None)
    if odd:
        words = f"{odd}的 {kept[odd]:f} 位数太细，总目标 {whole:f} 分到 {step:f} 为止"
        raise BadValue("--keep", words)
    if left < 0:
        raise BadValue("--keep", f"留下的合计 {sum(kept.values()):f} 超过了总目标 {whole:f}")
    shares = largest_remainder(left, others, step) if sum(others.values()) else {}
    order = [*(name for name in kept if name not in base.values), *base.values]
    return [
        Share(
            name, base.values.get(name), kept[name] if name in kept else shares[name], name in kept
        )
        for name in order
        if name in kept or name in shares
    ]


def misses_unit(indicator: Indicator, base: Base) -> bool:
    """Whether a base is counted in another size than the indicator: 万人 beside 批次/千人."""
    parts = re.split("[/／每]", indicator.unit)
    wanted, given = (re.fullmatch(_SIZE, unit.strip()) for unit in (parts[-1], base.unit))
    if len(parts) < 2 or not wanted or not given:
        return False
    return wanted[2] == given[2] and _size(wanted[1]) != _size(given[1])


def _size(words: str) -> int:
    """千 is 1000, 10万 is 100000; of no word, 1."""
    digits = "".join(char for char in words if char.isdecimal())
    size = int(digits or 1)
    for char in words:
        size *= {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}.get(char, 1)
    return size


def base_of(base: Base, reporters: Collection[str]) -> Decimal:
    """What the whole is counted per: the base of those who report it; its total where all do."""
    own = [value for name, value in base.values.items() if name in reporters]
    if own and len(own) < len(base.values):
        return sum(own, Decimal(0))
    return base.total if base.total is not None else sum(base.values.values(), Decimal(0))


def whole_target(indicator: Indicator, base: Base, reporters: Collection[str]) -> Decimal:
    """How many there are to be in all: the target, of a ratio times the base; a whole number."""
    if indicator.target is None or indicator.is_share:
        raise Refused(f"“{indicator.name}”不是可以分解的个数或比率。")
    if misses_unit(indicator, base):
        words = f"基数“{base.name}”的单位是{base.unit}，“{indicator.name}”的是{indicator.unit}"
        raise Refused(f"{words}，差了倍数。请把基数换算成指标那样的单位。")
    if indicator.each:
        raise Refused(f"“{indicator.name}”的目标对每个单位都成立（each），不用分解。")
    if not measure_of(indicator).is_ratio:
        return indicator.target
    return (indicator.target * base_of(base, reporters)).quantize(ONE, ROUND_HALF_UP)


def _step_of(whole: Decimal) -> Decimal:
    """What shares are multiples of: 1, or of 1.5 (万批次) a hundredth of its last place."""
    exponent = whole.normalize().as_tuple().exponent
    return ONE.scaleb(exponent - 2) if isinstance(exponent, int) and exponent < 0 else ONE


def largest_remainder(
    whole: Decimal, weights: Mapping[str, Decimal], step: Decimal = ONE
) -> dict[str, Decimal]:
    """Multiples of `step` in proportion to the weights that add up to `whole` exactly."""
    whole = whole / step
    total = sum(weights.values())
    exact = {name: whole * weight / total for name, weight in weights.items()}
    shares = {name: part.quantize(ONE, ROUND_FLOOR) for name, part in exact.items()}
    left = whole - sum(shares.values())
    by_remainder = sorted(exact, key=lambda name: exact[name] - shares[name], reverse=True)
    for name in by_remainder[: int(left)]:
        shares[name] += ONE
    return {name: (share * step).normalize() + 0 for name, share in shares.items()}
