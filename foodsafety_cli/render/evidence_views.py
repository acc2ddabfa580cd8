"""Evidence as rows: what there is, what has changed, what was collected."""

from collections.abc import Iterable, Sequence

from foodsafety_cli.analysis.evidence import EvidenceItem, Holding
from foodsafety_cli.render.listing import Column, Listing, Shown
from foodsafety_cli.render.records import Record

_HOLDING_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("title", "名称", wraps_at=16, gives_way=1),
    Column("department", "单位", wraps_at=12),
    Column("count", "份数", Shown.FIGURE),
    Column("evidence", "佐证材料", wraps_at=24),
    Column("missing", "缺"),
)
_FILE_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("department", "单位", wraps_at=12),
    Column("name", "材料", wraps_at=24),
    Column("state", "情况", wraps_at=20),
    Column("date", "日期"),
    Column("came_with", "来自"),
    Column("sha256", "校验码（SHA-256）", asked_only=True),
    Column("size", "字节", Shown.FIGURE, asked_only=True),
    Column("path", "路径", asked_only=True),
    Column("id", "编号", asked_only=True),
    Column("copy", "收集为", asked_only=True, wraps_at=24),
)


def holdings_listing(found: Sequence[Holding]) -> Listing:
    """`fs evidence`: by task and department, what there is and what is missing."""
    rows = [
        {
            "task": one.task.id,
            "title": one.task.title,
            "department": one.department or "（整个任务）",
            "count": len(one.items),
            "evidence": tuple(item.name for item in one.items),
            "missing": "缺" if one.is_missing else "",
        }
        for one in found
    ]
    missing = sum(one.is_missing for one in found)
    title = f"佐证材料 {sum(len(one.items) for one in found)} 份，缺 {missing} 处"
    return Listing(title, _HOLDING_COLUMNS, rows, if_empty="还没有要佐证的填报")


def file_record(item: EvidenceItem, state: str, copy: str = "") -> Record:
    """One piece of evidence and what became of it."""
    file = item.file
    return {
        "task": item.task,
        "department": item.department or "（整个任务）",
        "name": item.name,
        "state": state,
        "date": item.date,
        "came_with": item.came_with,
        "sha256": file.sha256 if file else "",
        "size": file.size if file else None,
        "path": file.path if file else "",
        "id": item.id,
        "copy": copy,
    }


def files_listing(records: Iterable[Record], title: str, *shown: str) -> Listing:
    """`fs evidence check`, and the list of what was collected."""
    columns = (c._replace(asked_only=c.asked_only and c.field not in shown) for c in _FILE_COLUMNS)
    return Listing(title, tuple(columns), list(records), if_empty="没有记下校验码的文件")
