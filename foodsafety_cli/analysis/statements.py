"""What was last said of a task in words: progress, problems, next steps, evidence."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from foodsafety_cli.model.events import Report
from foodsafety_cli.model.valuetype import ValueType

Words = Literal["problems", "next_steps"]
_Said = tuple[str | None, str]  # by whom, and what
# words that tell of nothing
_NOTHING = re.compile(
    "(?:目前|现|暂时?|均|都|尚)?(?:无|没有|未|不)(?:存在|发现|出现)?(?:任何|明显|突出)?(?:的)?"
    "(?:问题|困难|情况|措施)?|[/\\\\—–-]*"
)


class Statements(ValueType):
    """The latest words of each department, put together; and the day of the latest report."""

    note: str = ""
    problems: str = ""
    next_steps: str = ""
    evidence: tuple[str, ...] = ()
    date: dt.date | None = None


def counting(history: Iterable[Report], as_of: dt.date) -> dict[int, list[Report]]:
    """By task, the reports that were not taken back and are of that day or before, oldest first."""
    found: dict[int, list[Report]] = {}
    for report in history:
        if not report.undone and report.submission.date <= as_of:
            found.setdefault(report.entry.task, []).append(report)
    return found


def statements(reports: Sequence[Report], indicator: str | None = None) -> Statements:
    """The words said last of a task, or of one of its indicators, by each department."""
    mine = [r for r in reports if indicator is None or r.entry.indicator in (None, indicator)]
    evidence = dict.fromkeys(item for report in mine for item in report.entry.evidence)
    return Statements(
        _last_said((report.entry.department, report.entry.note) for report in mine),
        _last_said((report.entry.department, report.entry.problems) for report in mine),
        _last_said((report.entry.department, report.entry.next_steps) for report in mine),
        tuple(evidence),
        max((report.submission.date for report in mine), default=None),
    )


def still_said(reports: Iterable[Report], field: Words) -> list[_Said]:
    """By whom, the problems or next steps that a report to leaders still names.

    What a department's next report of the same figure says no more is over there; the ledger keeps
    it as what was said last, since a row handed in again brings only what was changed.
    """
    last = {(r.entry.department, r.entry.indicator): getattr(r.entry, field) for r in reports}
    said = ((name, words.strip()) for (name, _), words in last.items())
    return [(name, words) for name, words in said if not _NOTHING.fullmatch(words.rstrip("。"))]


def _last_said(said: Iterable[_Said]) -> str:
    """What each department said last: it stands until the department says something else."""
    latest = {name: words for name, words in said if words}
    return "；".join(f"{name}：{words}" if name else words for name, words in latest.items())
