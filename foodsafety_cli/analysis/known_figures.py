"""Whose figures count for an indicator, or a task without any; across handovers, too."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.model.valuetype import ValueType


class KnownFigures(ValueType):
    """The figures that are known of one thing: the latest for the whole, and each department's own.

    `covered`: for whom the whole speaks, all who had a part in it by its day.
    """

    reporters: tuple[str, ...]
    whole: Report | None
    own: Mapping[str, Report]
    covered: frozenset[str]
    stands_for: Mapping[str, str] = {}  # a newcomer that is waited for: who had left without any

    def of(self, department: str) -> Report | None:
        """What counts for a reporter: its own, or a later figure for the whole."""
        whole = self.whole if department in self.covered else None
        given = [report for report in (self.own.get(department), whole) if report]
        return max(given, key=lambda report: report.order, default=None)

    @property
    def by_reporter(self) -> dict[str, Report]:
        """What counts for each reporter that has a figure."""
        found = {department: self.of(department) for department in self.reporters}
        return {department: report for department, report in found.items() if report}


class EarlierReporters(ValueType):
    """Who reported what before an amendment handed a task on: until the day before `until`."""

    until: dt.date
    reporters: Reporters
    task: Task


def known_figures(
    reporters: Reporters,
    task: Task,
    indicator: Indicator | None,
    reports: Sequence[Report],
    earlier: Sequence[EarlierReporters] = (),
) -> KnownFigures:
    """The figures known of an indicator (or a task without any); `reports` the latest last.

    What was reported before a task was handed on (`earlier`, the first version first) counts as
    it did then.
    """
    times = _times(reporters, task, indicator, earlier)
    name = indicator.name if indicator else None
    whole: Report | None = None
    expected_of_whole: Sequence[str] = ()
    own: dict[str, Report] = {}
    for report in reports:
        entry = report.entry
        if entry.indicator != name or not entry.has_figure:
            continue
        who, of = _then(report, (reporters, task), earlier)
        expected = who.of(of, indicator)
        department = entry.department
        is_one_of_many = len(expected) > 1 and department in expected
        if department is None or (
            not is_one_of_many and who.speaks_for_all(of, indicator, department)
        ):
            whole, expected_of_whole = report, expected
        elif is_one_of_many or who.is_former(of, department):
            own.pop(department, None)  # the latest stands last, whoever began
            own[department] = report
    asked = _asked_by(times, whole, expected_of_whole) if whole else ()
    ever = {department for time in times for department in time.departments}
    strangers = [
        b for b, r in own.items() if b not in ever and (not whole or r.order > whole.order)
    ]
    known = KnownFigures((*times[0].departments, *strangers), whole, own, frozenset(asked))
    is_sum = measure_of(indicator).is_sum
    for before, time in pairwise(times):
        known = known._replace(reporters=_after(known, before, time, is_sum=is_sum))
    silent = [department for department in known.reporters if not known.of(department)]
    left = (
        b
        for time in times
        for b in time.departments
        if b not in known.reporters and not known.of(b)
    )
    newcomers = (department for department in silent if department not in times[0].departments)
    return known._replace(stands_for=dict(zip(newcomers, dict.fromkeys(left), strict=False)))


class _Time(ValueType):
    """Who reported from a day on."""

    since: dt.date
    departments: tuple[str, ...]


def _times(
    reporters: Reporters,
    task: Task,
    indicator: Indicator | None,
    earlier: Sequence[EarlierReporters],
) -> list[_Time]:
    """Who reported, from when to when; a paper that names the same ones again changes nothing."""
    since = [dt.date.min, *(version.until for version in earlier)]
    departments = [v.reporters.of(v.task, indicator) for v in earlier]
    found: list[_Time] = []
    for day, who in zip(since, [*departments, reporters.of(task, indicator)], strict=True):
        if not found or {*who} != {*found[-1].departments}:
            found.append(_Time(day, who))
    return found


def _asked_by(times: Sequence[_Time], report: Report, expected: Sequence[str]) -> set[str]:
    """All who had a part in a thing by a report's day, and those it was expected of."""
    day = report.submission.date
    return {
        department for time in times if time.since <= day for department in time.departments
    } | {*expected}


def _after(known: KnownFigures, before: _Time, time: _Time, *, is_sum: bool) -> tuple[str, ...]:
    """Whose figures count after a paper, of those that counted before it and whom it names.

    Who joins is waited for. Where some leave and nobody comes, those who stay are enough once each
    of them has told something, before the paper or after it; what those who left had told counts
    until all who stay have told anew, and of counts always, where several stay.
    """
    old, new = known.reporters, time.departments
    if {*before.departments} <= {*new}:
        joined = (one for one in new if one not in before.departments and one not in old)
        return (*old, *joined)
    told = [report for department in new if (report := known.of(department))]
    if {*new} <= {*before.departments} and len(told) == len(new):
        anew = [report for report in told if report.submission.date >= time.since]
        is_taken_over = len(anew) == len(new) and (not is_sum or len(new) == 1)
        return new if is_taken_over else _with_those_who_left(known, new)
    return _after_handover(known, time, is_sum=is_sum)


def _with_those_who_left(known: KnownFigures, new: Sequence[str]) -> tuple[str, ...]:
    """The new reporters, and behind them the old ones that have told something."""
    left = [one for one in known.reporters if one not in new and known.of(one)]
    return (*new, *left)


def _after_handover(known: KnownFigures, time: _Time, *, is_sum: bool) -> tuple[str, ...]:
    """Whose figures count when others take over from those who leave.

    What the old ones told stands until all who have taken over have told theirs; of counts that
    add up it remains done. A paper that hands on changes no figure.
    """
    old, new = known.reporters, time.departments
    has = {department for department in (*old, *new) if known.of(department)}
    newcomers = [department for department in new if department not in old]
    told = {b for b in new if (r := known.of(b)) and r.submission.date >= time.since}
    is_taken_over = has.issuperset(new) and told.issuperset(newcomers or new)
    if is_taken_over and (not is_sum or len(new) == 1):
        return new
    if is_taken_over:  # what those have done who left remains done
        return _with_those_who_left(known, new)
    if not has.intersection(old):
        return new
    is_complete = has.issuperset(old)
    is_begun = not told.isdisjoint(newcomers)
    if is_complete and not (is_sum and is_begun):
        return old
    if is_begun:
        return _with_those_who_left(known, new)
    return _with_stand_ins(old, new, has)


def _with_stand_ins(
    old: Sequence[str], new: Sequence[str], has: Collection[str]
) -> tuple[str, ...]:
    """Who is waited for after a handover: a newcomer, for each who had left without a figure.

    Where there are fewer newcomers, the places of those who left stay empty.
    """
    open_places = [
        department for department in old if department not in new and department not in has
    ]
    newcomers = [
        department for department in new if department not in old and department not in has
    ]
    waited_for = newcomers[: len(open_places)]
    nobody_took = open_places[len(waited_for) :]
    kept = (department for department in old if department not in open_places)
    return (*kept, *waited_for, *nobody_took)


def _then(
    report: Report, now: tuple[Reporters, Task], earlier: Sequence[EarlierReporters]
) -> tuple[Reporters, Task]:
    """Who reported on a report's day; of a department without a part then, when it had one.

    A paper that hands a task on often comes when figures for later days are already there.
    """
    if not earlier:
        return now
    department = report.entry.department
    all_times = [*((v.reporters, v.task) for v in earlier), now]
    place = sum(report.submission.date >= version.until for version in earlier)
    nearest = (all_times[place], *all_times[:place][::-1], *all_times[place + 1 :])
    meant = (
        (who, of) for who, of in nearest if department is None or not who.is_former(of, department)
    )
    return next(meant, all_times[place])
