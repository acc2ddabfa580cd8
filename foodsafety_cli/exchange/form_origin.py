"""Whose form of which plan a file is, as its first rows say; and whether it says so twice alike."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from foodsafety_cli.exchange.fields import HEADINGS, OF_DAY, Field
from foodsafety_cli.exchange.headings import LOOKED_AT
from foodsafety_cli.model.errors import FileUnreadable

FORM = "工作填报表"  # what a form's title ends with
LOST_ITS_HEAD = (
    "没有写明是哪个单位、哪一份安排的表（填报表前两行不见了），没有导入。请用 fs form 重新发一张"
)
_OF_A_FORM = ("角色", "上次填报")  # columns that nothing else has


def origin_of(sheet: Any) -> dict[str, str]:
    """Whose form of which plan it is, as its first rows say: a copy loses the hidden sheet."""
    return _origin(*(str(sheet.cell(row, 1).value or "") for row in (1, 2)))


def origin_above(name: str, table: Sequence[Sequence[str]]) -> dict[str, str]:
    """The same of a form that was saved as text; raises `FileUnreadable` where it says nothing."""
    title, told, *_ = [row[0] if row else "" for row in table[:2]] + ["", ""]
    heads = ({cell.strip() for cell in row} for row in table[:LOOKED_AT])
    whose = HEADINGS[Field.DEPARTMENT]
    is_form = any({*_OF_A_FORM} <= head and whose not in head for head in heads)
    if is_form and not title.strip().endswith(FORM):
        raise FileUnreadable(f"{name} {LOST_ITS_HEAD}")
    if not title.strip().endswith(FORM):
        return {}
    found = _origin(title, told)
    if not found:
        raise FileUnreadable(
            f"{name} 是填报表，却没有写明是哪个单位、哪一份安排的（前两行改过了），没有导入。"
            "请用 fs form 重新发一张"
        )
    return found


def _origin(title: str, told: str) -> dict[str, str]:
    whose = re.fullmatch(r"(.+?)\s*工作填报表", title.strip())
    if not whose or "（" not in told:
        return {}
    day = re.search(f"{OF_DAY} ?([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})", told)
    found = {"department": whose[1].strip(), "printed": told.strip()}
    return found | ({"day": day[1]} if day else {})


def check_agreeing(name: str, kept: Mapping[str, str], seen: Mapping[str, str]) -> None:
    """Raise `FileUnreadable` where a form's first rows say something else than its hidden sheet."""
    printed = f"{kept.get('title', '')}（{kept.get('document_number', '')}）"
    department = kept.get("department", seen.get("department", ""))
    wrong = [] if seen.get("department", department) == department else [seen["department"]]
    has_printed = {"title", "document_number"} <= kept.keys()
    if has_printed and not seen.get("printed", printed).startswith(printed):
        wrong.append(seen["printed"])
    if wrong:
        wrong = [words.partition("。")[0] for words in wrong]
        of_plan = f"、“{printed}”" if has_printed else ""
        raise FileUnreadable(
            f"{name} 自相矛盾：上面写的是“{wrong[0]}”，表里记的是“{department}”{of_plan}，"
            "没有导入。请用 fs form 重新发一张"
        )
