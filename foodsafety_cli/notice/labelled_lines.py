"""Where the names behind a label (责任单位：……) end, over the lines that layout has broken."""

import re
from bisect import bisect_right

from foodsafety_cli.model.text import SEPARATORS
from foodsafety_cli.notice.department_names import is_department, is_surely_department

STOPS = "。；;，,、 "  # what may stand after a bracket that ends an item
_LONGEST = 2000  # characters; a bracket with more in it is no list of names
_REST_OF_ASIDE = re.compile("[^（）。；：]{1,10}）")
_ASIDE_FIRST = re.compile("（[^（）。；：]{1,6}）(?:[、，,。；]|$)")


def is_parted(starts: list[int], at: int, end: int) -> bool:
    """Whether a line begins within a run of words."""
    place = bisect_right(starts, at)
    return place < len(starts) and starts[place] < end


def end_of_run(text: str, at: int, starts: list[int]) -> int:
    """Where the names behind a label end: at a full stop, or with the line if no name goes on."""
    stop = text.find("。", at, at + _LONGEST)
    stop = len(text) if stop < 0 else stop + 1
    place = bisect_right(starts, at)
    while place < len(starts) and starts[place] < stop:
        start = starts[place]
        after = starts[place + 1] if place + 1 < len(starts) else len(text)
        if text[start - 1] not in f"{SEPARATORS}和及与":
            above = text[max(at, starts[place - 1]) : start]
            line = text[start : min(after, stop)]
            if not (_is_within_brackets(above, line) or _goes_on(above, line)):
                return start
        place += 1
    return stop


def _is_within_brackets(names: str, line: str) -> bool:
    """Whether a line goes on with what a name has in brackets: 各乡镇（街 / 道）."""
    is_open = names.count("（") == names.count("）") + 1
    return bool((_REST_OF_ASIDE if is_open else _ASIDE_FIRST).match(line))


def _goes_on(names: str, line: str) -> bool:
    """Whether a line goes on in the middle of the last name of those above it, and ends the list.

    责任单位：市公安局、市市场监 / 督管理局、市教育局
    """
    last = re.split(f"[{SEPARATORS}：:]", names)[-1]
    first, *others = re.split(f"[{SEPARATORS}]", line.rstrip(STOPS))
    is_cut = not is_department(last) and is_surely_department(last + first)
    return bool(last) and is_cut and all(map(is_department, others))
