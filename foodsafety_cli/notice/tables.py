"""A table of tasks as items: a row each, its words, then who and until when."""

import re
from collections.abc import Generator, Iterable, Iterator, Sequence

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice import columntitles as titles
from foodsafety_cli.notice.cellwords import bare, joined, parted, repeats, whole_names, with_target

Row = tuple[int, list[str]]  # where it stands, and its cells
_LOOKED_AT = 6  # rows in which the head may stand, under a title
_IN_ALL = re.compile("合计|小计|总计|共计|总分")
_NOTHING = re.compile(r"[/／\\—–\-－]*|无|暂无|不涉及")
_UNITS = ("单位", "计量单位")
_FIGURE = re.compile(
    r"(?:[≥≤>=<＞＜]|不低于|不少于|不超过|达到)*[0-9][0-9.,]*"
    r"(?:[%％‰]|(?![0-9]*[年月日])[一-龥/]{1,6})?(?:以上|以内)?"
)
_LONGEST_HEAD = 20
_FOOT = re.compile("(?:填报|制表|填表|报送|编制)(?:单位|部门|机关|人|日期|时间)[:：]")
HEADING_LABEL = re.compile(
    "^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
LOOSE, UNREAD = "表格", "未读"
MOST_ROWS = 50_000
MOST_REPEATED = 2_000_000  # characters that merged cells repeat


class Told(ValueType):
    """A line as a table gives it: its place, its words, and what it begins."""

    place: int
    text: str
    heading: int = 0
    row: str | None = None  # the label of the row that it begins; "" with a heading over rows
    lost: str = ""  # 表格: of one that was not understood; 未读: reached no line


def without_text(pages: Iterable[int], place: int) -> Iterator[Told]:
    """What is told of pages that have no text, in a file where others have some."""
    for page in pages:
        yield Told(place, f"第 {page} 页没有文字；如果是图片，请做文字识别再试", lost=UNREAD)


class _Columns(ValueType):
    """What the columns hold, by their places."""

    number: int | None
    groups: tuple[int, ...]
    words: tuple[int, ...]
    labels: dict[int, str]  # whose cells name departments, and as what
    due: tuple[int, ...]
    target: int | None  # a figure, in the unit that stands in
    unit: int | None
    mending: dict[int, str]  # labels of what is wrong and what is done about it
    stages: dict[int, str]  # titles of what is to be reached in a part of the year


_BOUND = re.compile("以上|以下|以内|左右|及以上|及以下")
_OWN_ROLES = re.compile("牵头|主办|负责|配合|协助|参与")
_SENTENCE = re.compile("[。；;！]|[，,].*[，,]")  # no title of a column


def as_lines(rows: Sequence[Row]) -> Iterator[Told]:
    """The table's lines; one without a head of tasks and departments is read cell by cell.

    Raises `FileUnreadable` where there are more rows than any office has tasks.
    """
    if len(rows) > MOST_ROWS:
        raise FileUnreadable(f"里面有一张表有 {MOST_ROWS} 行以上，不像是任务表，请只留任务再试")
    rows = [row for row in rows if not all(re.fullmatch(":?-*:?", cell) for cell in row[1])]
    at = next((n for n, (_, cells) in enumerate(rows[:_LOOKED_AT]) if _is_head(cells)), None)
    if at is None:
        is_table = len(rows) > 1 and max(len(cells) for _, cells in rows) > 1
        lost = LOOSE if is_table else ""
        for place, cells in rows:
            yield from (Told(place, cell, lost=lost) for cell in _once(cells))
        return
    for place, cells in rows[:at]:
        yield from (Told(place, cell) for cell in _once(cells))
    group: tuple[str, ...] = ()
    while at < len(rows):
        head, first = _head(rows, at)
        heads = (n for n in range(first, len(rows)) if _begins_anew(rows[n][1], head))
        end = next(heads, len(rows))
        columns = _columns(head, [cells for _, cells in rows[first:end]])
        group = yield from _rows(rows[first:end], columns, group)
        is_again = end < len(rows) and _bare_row(rows[end]) == _bare_row(rows[at])
        group, at = (group if is_again else ()), end


def _begins_anew(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a row is a head, again or of another table; a row with its number is none."""
    number = next((n for n, title in enumerate(head) if titles.is_number(title)), len(cells))
    is_numbered = any(re.match("[0-9０-９]", text) for text in cells[number : number + 1])
    return not is_numbered and _is_head(cells)


def _bare_row(row: Row) -> list[str]:
    return [bare(cell) for cell in row[1]]


def _rows(
    rows: Sequence[Row], columns: _Columns, group: tuple[str, ...]
) -> Generator[Told, None, tuple[str, ...]]:
    """The lines of the rows below a head; gives the groups that the last of them stood in."""
    below = 0  # a heading over all columns, under which the groups stand
    above: Sequence[str] = ()
    for place, cells in rows:
        if name := _named_by_label(cells, rows, columns.number):
            below, group = 1, ()
            yield Told(place, name, heading=1, row="")
            own = _own(cells, columns)
            if not any(own) or own == _own(above, columns):
                continue  # its other cells are empty, or reach down from the row above
        above = cells
        if any(_FOOT.match(cell) for cell in cells):
            yield from (Told(place, cell) for cell in _once(cells))
            continue
        if _is_over_all(cells, columns.number):
            below, group = 1, ()
            over = cells if len(set(filter(None, cells))) == 1 else cells[-1:]
            names = (HEADING_LABEL.sub("", cell) for cell in _once(over))
            yield from (Told(place, name, heading=1, row="") for name in names if name)
            continue
        said = (joined(cells[n], "") for n in columns.groups if n < len(cells))
        now = tuple(filter(None, (HEADING_LABEL.sub("", name) for name in said)))
        for depth, name in enumerate(now):
            if now[: depth + 1] != group[: depth + 1]:
                yield Told(place, name, heading=depth + 1 + below, row="")
        group = now or group
        yield from _row(place, cells, columns)
    return group


def _named_by_label(cells: Sequence[str], rows: Sequence[Row], number: int | None) -> str:
    """The name of a row that 三、 numbers among rows with plain numbers: it heads those below."""
    if number is None or number >= len(cells):
        return ""
    if not HEADING_LABEL.fullmatch(bare(cells[number])):
        return ""
    if not any(row[number].strip().isdecimal() for _, row in rows if number < len(row)):
        return ""
    return next((joined(cell, "") for cell in cells[number + 1 :] if cell), "")


def _own(cells: Sequence[str], columns: _Columns) -> list[str]:
    return [bare(cells[n]) for n in (*columns.words[1:], *columns.labels) if n < len(cells)]


def _is_over_all(cells: Sequence[str], number: int | None) -> bool:
    """Whether one cell stands over all columns, or over all but that of its number."""
    if len(set(filter(None, cells))) == 1:
        return True
    rest = [cell for n, cell in enumerate(cells) if n != number]
    return number is not None and len(rest) > 1 and len(set(rest)) == 1 and bool(rest[0])


def is_table_of_tasks(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has a head of tasks and departments."""
    return any(_is_head(cells) for cells in rows[:_LOOKED_AT])


def adds_up(words: str) -> bool:
    """Whether a cell says that its row is the sum of those above it."""
    return bool(_IN_ALL.fullmatch(words))


def _once(cells: Sequence[str]) -> list[str]:
    """A cell that spans several columns is told once, by its paragraphs."""
    once = dict.fromkeys(filter(None, cells))
    return [part for cell in once for part in re.split(r"\n|<br\s*/?>", cell) if part.strip()]


def _is_head(cells: Sequence[str]) -> bool:
    head = [bare(cell) for cell in cells]
    short = all(len(cell) <= _LONGEST_HEAD and not _SENTENCE.search(cell) for cell in head)
    departments = [cell for cell in head if titles.is_of_departments(cell)]
    tasks = [cell for cell in head if cell not in departments and titles.is_of_tasks(cell)]
    return short and bool(departments) and bool(tasks)


def _head(rows: Sequence[Row], at: int) -> tuple[list[str], int]:
    """The names of the columns, the lowest of each, and the row where the tasks begin."""
    head = [bare(cell) for cell in rows[at][1]]
    first = at + 1
    while first < len(rows):
        below = [bare(cell) for cell in rows[first][1]]
        changed = [cell for old, cell in zip(head, below, strict=False) if cell and cell != old]
        is_head = bool(changed) and all(map(titles.may_be_lower, changed))
        is_head &= not any(map(HEADING_LABEL.match, changed))
        same = sum(cell in ("", old) for old, cell in zip(head, below, strict=False))
        if not is_head or not same or any(len(cell) > _LONGEST_HEAD for cell in below):
            break
        head = list(map(titles.with_lower, head, [*below, *[""] * len(head)]))
        first += 1
    return head, first


def _columns(head: Sequence[str], below: Sequence[Sequence[str]]) -> _Columns:
    number = next((n for n, title in enumerate(head) if titles.is_number(title)), None)
    departments = [n for n, title in enumerate(head) if titles.is_of_departments(title)]
    # beside a column of departments, a bare 单位 is that of the figures
    unit = next((n for n, t in enumerate(head) if t in _UNITS and set(departments) - {n}), None)
    labels = {n: titles.role_label(head[n]) for n in departments if n != unit}
    due = tuple(n for n, t in enumerate(head) if titles.is_of_dues(t) and n not in labels)
    left = [
        n
        for n, title in enumerate(head)
        if n not in (number, unit, *labels, *due)
        and not titles.is_of_marks(title)
        and not titles.is_of_persons(title)
        and not titles.is_of_starts(title)
    ]
    left = [n for n in left if not titles.is_of_scoring(head[n])] or left
    stages = {n: head[n] for n in left if titles.is_of_part_of_year(head[n])}
    stages = stages if len(stages) < len(left) else {}
    left = [n for n in left if n not in stages]
    targets = [n for n in left if _is_of_targets(head[n], [row[n : n + 1] for row in below])]
    of_year = [n for n in targets if not titles.is_of_part_of_year(head[n])] or targets
    target = max(of_year, key=lambda n: (titles.year_of(head[n]), -n), default=None)
    left = [n for n in left if n not in targets] or left
    groups: list[int] = []
    rows = [row for row in below if not _is_over_all(row, number)]
    for n in left[:-1]:  # at least one column holds the words
        if titles.is_of_groups(head[n]) or repeats([row[n] for row in rows if n < len(row)]):
            groups.append(n)
        else:
            break
    words = tuple(left[len(groups) :])
    target = None if target in words else target
    mending = _said_of(head, words)
    return _Columns(number, tuple(groups), words, labels, due, target, unit, mending, stages)


def _said_of(head: Sequence[str], words: Sequence[int]) -> dict[int, str]:
    """Where one column says what is wrong and another what is done, the labels of both."""
    found = {n: label for n in words if (label := titles.label_of_mending(head[n]))}
    return found if len({*found.values()}) > 1 and "问题：" in found.values() else {}


def _is_of_targets(title: str, cells: Sequence[Sequence[str]]) -> bool:
    """Whether a column has the figures to be reached, one a cell."""
    filled = [cell[0] for cell in cells if cell and cell[0].strip()]
    figures = [cell for cell in filled if _FIGURE.fullmatch(cell.strip())]
    return titles.is_of_targets(title) and bool(filled) and 2 * len(figures) >= len(filled)


def _row(place: int, cells: Sequence[str], columns: _Columns) -> Iterator[Told]:
    def cell(n: int, link: str) -> str:
        return joined(cells[n], link) if n < len(cells) else ""

    if any(adds_up(bare(text)) for text in cells):
        return
    number = "" if columns.number is None else cell(columns.number, "")
    words = {n: text for n in columns.words if not _NOTHING.fullmatch(text := cell(n, "；"))}
    if not words:  # who else does what stands above
        others = [cells[n].strip() for n in (*columns.labels, *columns.due) if n < len(cells)]
        if any(others):
            yield Told(place, "；".join(filter(None, others)), lost=UNREAD)
        return
    target = cell(columns.target, "") if columns.target is not None else ""
    if not _NOTHING.fullmatch(target):
        unit = cell(columns.unit, "") if columns.unit is not None else ""
        # of the words before it: a note behind it is about something else, or only 以上
        whose = max((n for n in words if n < (columns.target or 0)), default=max(words))
        notes = [n for n in words if n > whose and _BOUND.fullmatch(words[n])]
        bound = words.pop(notes[0]) if notes else ""
        words[whose] = with_target(words[whose].rstrip("。"), f"{target}{bound}", unit)
    given = (columns.mending.get(n, "") + text for n, text in words.items())
    said = dict.fromkeys(text.rstrip("。") for text in given)
    yield Told(place, "。".join(said), row=number)
    for n, label in columns.labels.items():
        listed = joined("\n".join(whole_names(cells[n] if n < len(cells) else "")), "、")
        names = parted(listed)
        if not _OWN_ROLES.search(names):  # all of one role, whatever parts them
            names = re.sub("[;；](?=.)", "、", names)
        if names and not _NOTHING.fullmatch(names):
            yield Told(place, f"{label}：{names}")
    for n in columns.due:
        if cell(n, "，"):
            yield Told(place, f"完成时限：{cell(n, '，')}")
    for n, title in columns.stages.items():
        if not _NOTHING.fullmatch(cell(n, "；")):
            yield Told(place, f"{title}：{cell(n, '；')}", lost=UNREAD)
