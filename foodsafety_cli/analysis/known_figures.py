"""Whose figures count for an indicator, or a task without any; across handovers, too."""

import datetime as dt
from collections.abc import Mapping, Sequence

from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.model.valuetype import ValueType


class Known(ValueType):
    """The figures that are known of one thing: the latest for the whole, and each body's own."""

    reporters: tuple[str, ...]
    whole: Report | None
    own: Mapping[str, Report]

    def of(self, body: str) -> Report | None:
        """What counts for a reporter: its own, or a later figure for the whole."""
        given = [report for report in (self.own.get(body), self.whole) if report]
        return max(given, key=lambda report: report.order, default=None)

    @property
    def by_reporter(self) -> dict[str, Report]:
        """What counts for each reporter that has a figure."""
        found = {body: self.of(body) for body in self.reporters}
        return {body: report for body, report in found.items() if report}


class Version(ValueType):
    """Who reported what before an amendment handed a task on: until the day before `until`."""

    until: dt.date
    reporters: Reporters
    task: Task


def known_figures(
    reporters: Reporters,
    task: Task,
    indicator: Indicator | None,
    reports: Sequence[Report],
    earlier: Sequence[Version] = (),
) -> Known:
    """The figures known of an indicator (or a task without any); `reports` the latest last.

    What was reported before a task was handed on (`earlier`, the first version first) counts as
    it did then.
    """
    name = indicator.name if indicator else None
    whole: Report | None = None
    own: dict[str, Report] = {}
    former: list[str] = []
    for report in reports:
        entry = report.entry
        if entry.indicator != name or not entry.has_figure:
            continue
        who, of = _then(report, (reporters, task), earlier)
        expected = who.of(of, indicator)
        body = entry.department
        is_one_of_many = len(expected) > 1 and body in expected
        if body is None or (not is_one_of_many and who.speaks_for_all(of, indicator, body)):
            whole = report
            continue
        is_former = is_one_of_many or who.is_former(of, body)
        if body in former and not is_former:
            continue  # on record only: what it reported while it was asked stands
        own.pop(body, None)  # the latest stands last, whoever began
        own[body] = report
        if is_former and body not in former and body not in reporters.of(task, indicator):
            former.append(body)
    now = reporters.of(task, indicator)
    before = [v.reporters.of(v.task, indicator) for v in earlier]
    is_sum = measure_of(indicator).is_sum
    times = [v.reporters.of(v.task, indicator) for v in earlier if _is_from_before(whole, v)]
    if whole is not None and (alone := _who_reported_alone([*times, now])):
        # it came into several hands: the figure is what that one has done
        own = {alone: whole} | {b: r for b, r in own.items() if r.order > whole.order}
        if not is_sum:
            return Known(_last_complete([(alone,), *times, now], own), None, own)
        former = [alone, *former] if alone not in (*now, *former) else former
        whole = None
    still = tuple(b for b in former if b in own and (whole is None or own[b].order > whole.order))
    if earlier and whole is None:
        if not is_sum and _have_taken_over(now, own, before, earlier[-1].until):
            still = ()
        else:
            if not is_sum:
                own = _until_all_have(own, before)
            now = _with_stand_ins(now, own, before)
    return Known((*now, *still), whole, own)


def _is_from_before(whole: Report | None, version: Version) -> bool:
    return whole is not None and whole.submission.date < version.until


def _who_reported_alone(times: Sequence[tuple[str, ...]]) -> str | None:
    """Whose a figure for the whole was, if one alone reported then and several have since.

    `times`: who reported then, and after each handover. Where one has handed it to another,
    theirs is one series: it is the last one's.
    """
    alone: str | None = None
    for bodies in times:
        if len(bodies) != 1:
            return alone
        alone = bodies[0]
    return None


def _last_complete(times: Sequence[tuple[str, ...]], own: Mapping[str, Report]) -> tuple[str, ...]:
    """Who reported at the last time of which all have told theirs: until then it stands."""
    complete = (b for b in reversed(times) if b and all(body in own for body in b))
    return next(complete, times[0])


def _then(
    report: Report, now: tuple[Reporters, Task], earlier: Sequence[Version]
) -> tuple[Reporters, Task]:
    """Who reported on a report's day; of a department without a part then, when it had one.

    A paper that hands a task on often comes when figures for later days are already there.
    """
    if not earlier:
        return now
    body = report.entry.department
    all_times = [*((v.reporters, v.task) for v in earlier), now]
    place = sum(report.submission.date >= version.until for version in earlier)
    nearest = (all_times[place], *all_times[:place][::-1], *all_times[place + 1 :])
    meant = ((who, of) for who, of in nearest if body is None or not who.is_former(of, body))
    return next(meant, all_times[place])


def _have_taken_over(
    now: Sequence[str],
    own: Mapping[str, Report],
    earlier: Sequence[tuple[str, ...]],
    since: dt.date,
) -> bool:
    """Whether all who have taken over have reported since: then those who report now alone count.

    What those told who keep their part stands. Of counts that add up, what was done before
    remains done.
    """
    newcomers = {*now} - {body for bodies in earlier for body in bodies}
    awaited = newcomers or {*now}
    has_all = bool(now) and all(body in own for body in now)
    return has_all and all(own[body].submission.date >= since for body in awaited)


def _until_all_have(
    own: dict[str, Report], earlier: Sequence[tuple[str, ...]]
) -> dict[str, Report]:
    """The figures without those of newcomers, where all had reported who did so before.

    What they told stands until all who have taken over have told theirs.
    """
    before = {body for bodies in earlier for body in bodies}
    had = {body: report for body, report in own.items() if body in before}
    return had if earlier and had.keys() >= set(earlier[-1]) else own


def _with_stand_ins(
    now: tuple[str, ...], own: Mapping[str, Report], earlier: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    """Who is waited for after a handover: a newcomer, for each who had left without a figure.

    Once a newcomer has reported, or where nobody ever has, all of them are waited for. Where there
    are fewer newcomers, the places of those who left stay empty: a paper alone makes no figure
    better.
    """
    before = {body for bodies in earlier for body in bodies}
    newcomers = [body for body in now if body not in before]
    if not own or any(body in own for body in newcomers):
        return now
    left_open = [b for b in earlier[-1] if b not in now and b not in own]
    waited_for = newcomers[: len(left_open)]
    nobody_took = left_open[len(waited_for) :]
    return (*(body for body in now if body in before or body in waited_for), *nobody_took)
