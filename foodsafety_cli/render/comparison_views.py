"""`fs diff`: two arrangements, pair by pair."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from foodsafety_cli.analysis.comparing import ChangeKind, Pair
from foodsafety_cli.analysis.wording import computed
from foodsafety_cli.render.listing import Column, Listing, Shown

_COLUMNS = (
    Column("kind", "变化"),
    Column("old_id", "旧序号", Shown.FIGURE),
    Column("old_title", "旧任务", wraps_at=16),
    Column("new_id", "新序号", Shown.FIGURE),
    Column("new_title", "新任务", wraps_at=16),
    Column("changes", "改了什么", wraps_at=24),
    Column("likeness", "相似度", Shown.FIGURE, asked_only=True),
    Column("old_text", "旧原文", asked_only=True, wraps_at=24),
    Column("new_text", "新原文", asked_only=True, wraps_at=24),
)


def comparison_listing(pairs: Sequence[Pair]) -> Listing:
    """A row a pair."""
    rows = [
        {
            "kind": pair.kind,
            "old_id": pair.old and pair.old.id,
            "old_title": pair.old.title if pair.old else "",
            "new_id": pair.new and pair.new.id,
            "new_title": pair.new.title if pair.new else "",
            "changes": pair.changes,
            "likeness": computed(Decimal(str(round(pair.likeness, 2)))) if pair.likeness else None,
            "old_text": pair.old.text if pair.old else "",
            "new_text": pair.new.text if pair.new else "",
        }
        for pair in pairs
    ]
    return Listing(f"新旧对照：{summary(pairs)}", _COLUMNS, rows, if_empty="两份都没有任务")


def summary(pairs: Sequence[Pair]) -> str:
    """延续 40（其中有改动 12）、新增 3…"""
    counts = Counter(pair.kind for pair in pairs)
    changed = sum(bool(pair.changes) for pair in pairs if pair.kind is ChangeKind.GOES_ON)
    told = []
    for kind in ChangeKind:
        if counts[kind]:
            more = f"（其中有改动 {changed}）" if kind is ChangeKind.GOES_ON and changed else ""
            told.append(f"{kind} {counts[kind]}{more}")
    return "、".join(told) or "没有任务"
