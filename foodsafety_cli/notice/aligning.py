"""A row's cells under the titles of their columns, by what they say: names, days, words."""

import re
from collections.abc import Sequence

from foodsafety_cli.model.text import SEPARATORS
from foodsafety_cli.notice.columntitles import (
    is_number,
    is_of_days,
    is_of_departments,
    is_of_groups,
    is_of_persons,
)
from foodsafety_cli.notice.department_names import is_department, is_surely_department

_LONGEST_BODIES, _LONGEST_PERSON = 120, 8
_DEED = re.compile("建立|建设|建成|完善|健全|推进|开展|加强|制定|实施|打造|搭建|新建|改造|设立")
_A_LIST = 3  # names, which no sentence about work is
_DAY = re.compile(
    "20[0-9]{2}[-./][0-9]{1,2}|(?:20[0-9]{2}年)?(?:[0-9]{1,2}月|年|[上下]半年|第?[一二三四]季度)|(?:长期|全年|持续|常态)"
)
_OF_MANY = re.compile(
    "[0-9]+个?[街镇乡县区市社][^、，]{0,3}|[镇乡]|.{2,12}等(?:相关|有关)?(?:部门|单位)?"
)
_A_NAME = re.compile("[^0-9]+$")
_IN_SENTENCE = re.compile("[省市县区州旗盟镇乡各][^0-9]+$")  # 区财政局。, and not 迁建县政务中心。
_DOES = re.compile("(?:分别|共同)?(?:牵头|负责|配合|协助)?(?:组织)?(?:落实|实施|负责)?$")


def aligned(head: Sequence[str], number: str, texts: Sequence[str]) -> list[str]:
    """A row's cells under their titles; where some are empty, by what they say."""
    numbered = is_number(head[0])
    if not numbered and texts[0].isdecimal() and len(texts) > 1:
        texts = texts[1:]  # counts the rows, under no title
    if len(texts) == len(head) - numbered:
        return [*([number] if numbered else []), *texts]
    row = [""] * len(head)
    if numbered:
        row[0] = number
    departments = [n for n, title in enumerate(head) if is_of_departments(title)]
    days = [n for n, title in enumerate(head) if is_of_days(title) and n not in departments]
    has_persons = any(map(is_of_persons, head))
    others = [n for n in range(numbered, len(head)) if n not in (*departments, *days)]
    words = [n for n in others if not is_of_groups(head[n])] or others
    named = [text for text in texts if names_departments(text)]
    tells_progress = departments and departments[-1] + 1 < len(head) and not days
    if named and tells_progress:
        texts = texts[: len(texts) - texts[::-1].index(named[-1])]
    left = [text for text in texts if text not in named and not (days and is_day(text))]
    if len(left) == len(others) > 1:
        row = [left.pop(0) if n in others else cell for n, cell in enumerate(row)]
    for text in texts:
        if text in row or text in named or (text.isdecimal() and not numbered):
            continue
        is_person = has_persons and len(text) <= _LONGEST_PERSON and "。" not in text
        place = days[0] if days and is_day(text) else words[0] if words else numbered
        if not (is_person and row[place]):
            row[place] = f"{row[place]}\n{text}" if row[place] else text
    if not departments:
        return row
    first, last = departments[0], departments[-1]
    if first == last or len(named) < 2:
        row[first] = "\n".join(named)
    else:
        row[first], row[last] = named[0], "\n".join(named[1:])
    return row


def names_departments(text: str) -> bool:
    """Whether a cell is a list of departments: 市发改委、市财政局, 县住建局牵头落实."""
    if len(text) > _LONGEST_BODIES or "。" in text[:-1]:
        return False
    if _DEED.match(text) and not text.endswith(("局", "委", "办", "厅", "部")):
        return False  # 建立智慧监管平台
    listed = _DOES.sub("", text.removesuffix("。"))
    names = [name for name in re.split(f"[{SEPARATORS} ](?![^（(]*[）)])", listed) if name]
    is_sentence = text.endswith("。") and len(names) < _A_LIST
    shape = _IN_SENTENCE if is_sentence else _A_NAME
    return bool(names) and all(
        (
            shape.match(name)
            and (is_surely_department(name) or (len(name) > 2 and is_department(name)))
        )
        or _OF_MANY.fullmatch(name)
        for name in names
    )


def is_day(text: str) -> bool:
    """Whether a cell says until when: 6月底, 长期."""
    return len(text) <= _LONGEST_PERSON + 4 and bool(_DAY.match(text))
