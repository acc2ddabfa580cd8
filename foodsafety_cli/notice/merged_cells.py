"""Rows of a text, which leaves merged cells out or empty: under their titles, and filled again."""

import re
from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.bracket_words import role_of
from foodsafety_cli.model.plan import Role
from foodsafety_cli.notice.aligning import aligned, names_departments
from foodsafety_cli.notice.cellwords import bare
from foodsafety_cli.notice.columntitles import (
    is_number,
    is_of_departments,
    is_of_groups,
    role_label,
)
from foodsafety_cli.notice.tables import Row, adds_up, is_table_of_tasks

_COUNTS_ROWS = re.compile("[（(]?[0-9０-９]{1,4}(?:[-—.][0-9]{1,3})?[)）]?[.．、]?|[①-⑳]")


def with_merged(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, each cell under its title; who is responsible stands over those that name nobody.

    For tables written in signs (Markdown, tabs, commas): other files say what is merged.
    """
    head: list[str] = []
    above: list[str] = []  # the row above, in the same part of the table
    for place, cells in rows:
        if is_table_of_tasks([cells]):
            head, above = list(map(bare, cells)), []
        elif head and _is_of_a_task(head, cells):
            cells = _under_titles(head, cells)
            cells = above = _with_owners(head, cells, above)
        else:
            above = []
        yield place, cells


def _is_of_a_task(head: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row is no heading over others, no rule, no sum and no note at the foot."""
    filled = [bare(cell) for cell in cells if cell.strip(":- ")]
    first = bare(cells[0])
    is_other = is_number(head[0]) and bool(first) and not _COUNTS_ROWS.fullmatch(first)
    return len(filled) > 1 and not is_other and not any(map(adds_up, filled))


def _under_titles(head: Sequence[str], cells: list[str]) -> list[str]:
    """A row of fewer cells than there are titles, by what they say where that is another place."""
    departments = [n for n, title in enumerate(head) if is_of_departments(title)]
    last = departments[-1]
    in_place = all(
        names_departments(bare(cell)) is (n in departments)
        for n, cell in enumerate(cells)
        if cell.strip() and not _COUNTS_ROWS.fullmatch(bare(cell))
    )
    if len(cells) >= len(head) or (len(cells) > last and in_place):
        return [*cells, *[""] * (len(head) - len(cells))]
    numbered = is_number(head[0]) and bool(_COUNTS_ROWS.fullmatch(bare(cells[0])))
    return aligned(head, cells[0] if numbered else "", list(filter(None, cells[numbered:])))


def _with_owners(head: Sequence[str], cells: list[str], above: Sequence[str]) -> list[str]:
    """A row that names nobody, with the departments of the row above that answer for it."""
    owners = [
        n
        for n, title in enumerate(head)
        if is_of_departments(title) and role_of(role_label(title)) is not Role.SUPPORT
    ]
    says = any(cells[n].strip() for n, title in enumerate(head) if not _is_beside(title))
    if not above or not owners or not says or any(cells[n].strip() for n in owners):
        return cells
    return [above[n] if n in owners else cell for n, cell in enumerate(cells)]


def _is_beside(title: str) -> bool:
    """Whether a column has no words of the task."""
    return is_number(title) or is_of_groups(title) or is_of_departments(title)
