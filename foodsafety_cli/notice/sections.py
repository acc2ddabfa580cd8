"""Under which heading each task stands, and which number it has."""

from collections import Counter
from collections.abc import Sequence

from foodsafety_cli.notice.outline import Item
from foodsafety_cli.notice.tasks import Found


def sections(items: Sequence[Item], found: Sequence[Found]) -> list[Item | None]:
    """The heading of each task: of the first level of headings that tells tasks apart.

    None for a task without any heading above it.
    """
    paths = [_path(items, task.item) for task in found]
    depth = 0
    while True:
        level = [path[depth] if depth < len(path) else None for path in paths]
        most = Counter(id(item) for item in level if item).most_common(1)
        deeper = any(len(path) > depth + 1 for path in paths)
        if not most or most[0][1] < len(found) or not deeper:
            return [path[min(depth, len(path) - 1)] if path else None for path in paths]
        depth += 1


def _path(items: Sequence[Item], item: Item) -> list[Item]:
    """The headings above an item, the highest first."""
    path: list[Item] = []
    while item.parent is not None:
        item = items[item.parent]
        path.insert(0, item)
    return path


def ids(found: Sequence[Found]) -> list[int]:
    """The printed numbers where they are all different and begin with 1, else 1, 2, 3…"""
    printed = [task.item.number for task in found]
    is_one_series = len(set(printed)) == len(printed) and min(printed, default=0) == 1
    return printed if is_one_series else list(range(1, len(found) + 1))
