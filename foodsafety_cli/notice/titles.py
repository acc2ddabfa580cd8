"""Short titles out of a task's own words."""

import re
from collections.abc import Iterator

from foodsafety_cli.analysis.bracket import matching

_LONGEST_TITLE = 30
_SHORTEST_TITLE = 4
_SENTENCE = re.compile("[。；;！？!?： ]")
_PAUSE = re.compile("[，,。；;！？!?： ]")
_GROUNDS = re.compile(
    "按照?|依照|依据|依托|根据|围绕|结合|通过|利用|在|为|对标|以|针对|本着|到20|到“|对于"
)
_OPEN_END = re.compile("[（(〔《“][^）)〕》”]*$|[、（]$")


def short_title(text: str) -> str:
    """A piece of a task's words that is short enough for a table.

    Its first sentence; else its first clause that says what is done, not on what grounds.
    """
    head = text[: 8 * _LONGEST_TITLE]
    first = next(_pieces(head, _SENTENCE), "")
    if _SHORTEST_TITLE <= len(first) <= _LONGEST_TITLE:
        return first
    clauses = [clause for clause in _pieces(head, _PAUSE) if len(clause) >= _SHORTEST_TITLE]
    done = (clause for clause in clauses if not _GROUNDS.match(clause))
    title = next(done, "") or next(iter(clauses), "") or text
    return _OPEN_END.sub("", title[:_LONGEST_TITLE]).strip() or text[:_LONGEST_TITLE]


def _pieces(text: str, stops: re.Pattern[str]) -> Iterator[str]:
    """What stands between stops that are in no bracket; a last piece that is cut off is none."""
    inside = {n for start, end in matching(text).items() for n in range(start, end)}
    start = 0
    for stop in stops.finditer(text):
        if stop.start() not in inside:
            yield text[start : stop.start()]
            start = stop.end()
    if len(text) < 8 * _LONGEST_TITLE:
        yield text[start:]
