"""A target as it was shared out."""

from collections.abc import Sequence
from decimal import Decimal

from foodsafety_cli.analysis.splitting import Share
from foodsafety_cli.analysis.wording import computed, with_unit
from foodsafety_cli.model.plan import Base, Indicator
from foodsafety_cli.render.listing import Column, Listing, Shown


def split_listing(indicator: Indicator, base: Base, shares: Sequence[Share]) -> Listing:
    """`fs split`: each department's base, its part of it, and what it has to reach."""
    whole = sum((share.base or Decimal(0) for share in shares if not share.is_kept), Decimal(0))
    rows = [
        {
            "department": share.department,
            "base": share.base,
            "part": None if share.is_kept else computed((share.base or 0) * 100 / whole),
            "target": share.target,
            "kept": share.is_kept,
        }
        for share in shares
    ]
    target = with_unit(f"{indicator.target:f}", indicator.unit)
    return Listing(
        f"{indicator.name}目标分解（{target}，按{base.name}）",
        (
            Column("department", "单位", wraps_at=12),
            Column("base", f"{base.name}（{base.unit}）" if base.unit else base.name, Shown.FIGURE),
            Column("part", "占比", Shown.PERCENT),
            Column("target", "分到的目标", Shown.FIGURE),
            Column("kept", "事先定下", asked_only=True),
        ),
        rows,
        total={
            "department": "合计",
            "base": sum((share.base or Decimal(0) for share in shares), Decimal(0)),
            "target": sum((share.target for share in shares), Decimal(0)),
        },
    )
