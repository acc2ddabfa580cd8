"""A table of tasks as the lines of a list: number and task, then who and until when."""

import re
from collections.abc import Iterator, Sequence

Row = tuple[int, list[str]]  # where it stands, and its cells
_LOOKED_AT = 4  # rows in which the head may stand, under a title
_NUMBER = re.compile("序号|编号|项目号")
_TASK = re.compile("任务|工作|内容|事项|措施|目标|要求|举措")
_BODY = re.compile("单位|部门|牵头|责任|配合|科室|处室")
_WHEN = re.compile("时限|时间|期限|进度|节点")


def as_lines(rows: Sequence[Row]) -> Iterator[tuple[int, str, int]]:
    """Each line with its place and no heading level; a table without such a head, cell by cell."""
    rows = [row for row in rows if not all(re.fullmatch(":?-*:?", cell) for cell in row[1])]
    if not rows:
        return
    heads = [[re.sub(r"\s+", "", cell) for cell in cells] for _, cells in rows[:_LOOKED_AT]]
    at = next((n for n, head in enumerate(heads) if _is_of_tasks(head)), None)
    for n, (place, cells) in enumerate(rows):
        if at is None or n < at or len(set(filter(None, cells))) == 1:
            # a cell that spans several columns is told once
            lines = [cell for i, cell in enumerate(cells) if cell not in cells[:i]]
        else:
            lines = list(_task(heads[at], cells)) if n > at else []
        yield from ((place, line, 0) for line in lines if line)


def _is_of_tasks(head: Sequence[str]) -> bool:
    return any(map(_BODY.search, head)) and any(map(_TASK.search, head)) and len(set(head)) > 1


def _task(head: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    number, words, rest = "", [], []
    for title, cell in zip(head, cells, strict=False):
        text = " ".join(cell.split())
        if not text:
            continue
        if _NUMBER.search(title):
            number = text
        elif _WHEN.search(title):
            rest.append(f"完成时限：{text}")
        elif _BODY.search(title) and not re.search("[:：]", title):
            rest.append(f"{title}：{text}")
        else:
            words.append(text)
    task = "。".join(word.rstrip("。") for word in words)
    yield f"{number}. {task}" if re.fullmatch("[0-9０-９]+", number) else f"{number}{task}"
    yield from rest
