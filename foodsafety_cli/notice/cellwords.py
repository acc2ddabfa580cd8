"""The words of a table's cell: its lines, its names, and the breaks that layout has put in."""

import re
from collections.abc import Sequence
from itertools import pairwise

from foodsafety_cli.model.text import SEPARATORS
from foodsafety_cli.notice.department_names import is_department

# 各乡镇人民｜政府, 县直有关｜部门: what is cut where a name cannot end
_CUT = re.compile("(?:人民｜政府|[有相]关｜(?:部门|单位|机构))")


def whole_names(cell: str) -> list[str]:
    """A cell's lines, without the breaks that layout has put into names: 市政府办 / 公室."""
    lines: list[str] = []
    for line in filter(None, (part.strip() for part in re.split(r"\n|<br\s*/?>", cell))):
        above = re.split(f"[{SEPARATORS} ]", lines[-1])[-1] if lines else ""
        first = re.split(f"[{SEPARATORS} ]", line)[0]
        is_end = not is_department(first) or _CUT.fullmatch(f"{above[-2:]}｜{first}")
        if above and is_end and is_department(above + first):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def parted(names: str) -> str:
    """A list of names that only blanks part: 安监站 派出所."""
    words = names.split(" ")
    are_names = all(is_department(re.split(f"[{SEPARATORS}]", word)[-1]) for word in words)
    return "、".join(words) if len(words) > 1 and are_names else names


def joined(cell: str, link: str) -> str:
    """A cell's paragraphs in one line."""
    parts = [" ".join(part.split()) for part in re.split(r"\n|<br\s*/?>", cell)]
    joined = ""
    for part in filter(None, parts):
        ends = not joined or joined[-1] in f"{SEPARATORS}。：:"
        joined += part if ends else link + part
    return joined


def bare(cell: str) -> str:
    """A cell's words without any blank or break."""
    return re.sub(r"\s+|<br\s*/?>", "", cell)


_BOUNDED = re.compile("(.*)(及?以[上下内]|左右)")
_UNIT_AT_END = re.compile("[（(]([^（）()]{1,6})[）)]$")


def with_target(words: str, target: str, unit: str) -> str:
    """The words with what is to be reached, where they do not say it and other figures anyway.

    Without a column of its own the unit may stand behind the words: 进出口总额（亿元）.
    """
    said = _UNIT_AT_END.search(words) if not unit and target[-1:].isdigit() else None
    words, unit = (words[: said.start()], said[1]) if said else (words, unit)
    bounded = _BOUNDED.fullmatch(target)
    figure, bound = (bounded[1], bounded[2]) if bounded else (target, "")
    target = figure.removesuffix(unit) + unit + bound
    if target in words:
        return words
    return f"{words}，目标{target}" if re.search("[0-9]", words) else words + target


def repeats(cells: Sequence[str]) -> bool:
    """Whether a column's cells stand over several rows, as merged ones do: again, or empty."""
    pairs = [(a, b) for a, b in pairwise(cells) if b]
    is_again = bool(pairs) and 3 * sum(a == b for a, b in pairs) >= len(pairs)
    filled = sum(bool(cell) for cell in cells)
    return is_again or (bool(cells) and bool(cells[0]) and 1 < filled <= 2 * len(cells) / 3)
