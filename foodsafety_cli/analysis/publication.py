"""The table of scores that was published (公布), and what differs from it since."""

from collections.abc import Callable, Sequence

from foodsafety_cli.analysis.scoring import Score
from foodsafety_cli.model.steps import Mark
from foodsafety_cli.model.text import first_few

_TOLD = 5


def published_rows(found: Sequence[Score]) -> list[str]:
    """The table as it is published and compared: a line a department."""
    return [f"{o.series}\t{o.department}\t{o.shown:f}\t{o.rank or '—'}\t{o.grade}" for o in found]


def checksum(rows: Sequence[str]) -> str:
    """What tells whether a published table is still what is computed."""
    import hashlib

    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def changed_since(
    published: Mark, found: Sequence[Score], name_of: Callable[[str], str | None]
) -> str:
    """What differs from the table that was published; empty where nothing does."""
    now = [row.split("\t") for row in published_rows(found)]
    before = [row.split("\t") for row in published.table]
    were = {(series, name_of(name) or name): rest for series, name, *rest in before}
    told = []
    for series, name, *rest in now:
        was = were.pop((series, name), None)
        if was is None:
            told.append(f"{name} 是新列入的")
        elif was != rest:
            told.append(f"{name} {_placed(was)}→{_placed(rest)}")
    told += [f"{name} 不再列入" for _, name in were]
    if not told:
        return ""
    listed = first_few(told, _TOLD, between="；")
    return f"公布后有变（公布的是截至 {published.date} 的）：{listed}"


def _placed(row: Sequence[str]) -> str:
    score, rank, grade = row
    return f"{score} 第{rank}名{f' {grade}' if grade else ''}"
