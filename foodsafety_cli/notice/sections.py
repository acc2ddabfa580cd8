"""Under which heading each task stands, how that is called, and which number the task has."""

import re
from collections import Counter
from collections.abc import Sequence

from foodsafety_cli.notice.outline import Item
from foodsafety_cli.notice.tasks import ANNOUNCING, FoundTask

_LEAST_HEAD = 4


def sections(items: Sequence[Item], found: Sequence[FoundTask]) -> list[Item | None]:
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
            ranks = {item.rank for item in level if item}
            # a task that stands among the headings of the others stands under its own
            own = [
                task.item if task.item.label and task.item.rank in ranks else None for task in found
            ]
            lowest = [path[-1] if path else None for path in paths]
            return [a or b or c for a, b, c in zip(level, own, lowest, strict=True)]
        depth += 1


def _path(items: Sequence[Item], item: Item) -> list[Item]:
    """The headings above an item, the highest first."""
    path: list[Item] = []
    while item.parent is not None:
        item = items[item.parent]
        path.insert(0, item)
    return path


def ids(found: Sequence[FoundTask]) -> list[int]:
    """The printed numbers where they rise and begin with 1, else 1, 2, 3…"""
    printed = [task.item.number for task in found]
    is_one_series = printed == sorted(set(printed)) and min(printed, default=0) == 1
    return printed if is_one_series else list(range(1, len(found) + 1))


def title_of(item: Item) -> str:
    """A heading's first sentence, without a last line that only announces: 具体措施："""
    last = item.pieces[-1].start if len(item.pieces) > 1 else len(item.text)
    is_announced = ANNOUNCING.fullmatch(item.text[last:].strip())
    return _first_sentence(item.text[:last] if is_announced else item.text)


def _first_sentence(text: str) -> str:
    first = re.split("[。！？]", text, maxsplit=1)[0].rstrip("：:。 ")
    head, _, rest = first.partition(" ")  # a short line over what it announces
    is_head = len(head) >= _LEAST_HEAD and len(rest) > len(head) and not re.search("[，：]", head)
    return head if is_head else first
