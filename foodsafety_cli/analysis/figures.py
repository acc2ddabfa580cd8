"""Many departments' figures as one: which of them count, and what they make together."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from foodsafety_cli.analysis.measures import HUNDRED, ZERO, Measure, mean, measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Aggregate, Indicator, Task
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


class Together(ValueType):
    """What the figures of one thing make together.

    `value` is theirs who reported; `counted` is the attainment with 0 for who did not, at most
    100. `is_plain_mean`: shares averaged without the counts behind them (简单平均).
    """

    value: Decimal | None = None
    attainment: Decimal | None = None
    counted: Decimal = ZERO
    met: bool = False
    used: tuple[Report, ...] = ()
    reported: tuple[str, ...] = ()  # the reporters that have a figure
    missing: tuple[str, ...] = ()
    not_concerned: tuple[str, ...] = ()  # who reported that there was nothing to count
    parts: Mapping[str, Decimal] = MappingProxyType({})  # whose own attainment is what
    unmet: tuple[str, ...] = ()  # who has reported less than its own target, as far as it has one
    is_plain_mean: bool = False

    @property
    def is_not_concerned(self) -> bool:
        """Whether all that was reported is that there was nothing to count."""
        return bool(self.not_concerned) and self.value is None and not self.missing


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
        body = entry.department
        who, of = _then(report, (reporters, task), earlier)
        expected = who.of(of, indicator)
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
    still = tuple(b for b in former if whole is None or own[b].order > whole.order)
    now = reporters.of(task, indicator)
    if earlier and whole is None:
        if not measure_of(indicator).is_sum and _have_taken_over(now, own, earlier[-1].until):
            still = ()
        else:
            before = [v.reporters.of(v.task, indicator) for v in earlier]
            now = _with_stand_ins(now, own, before)
    return Known((*now, *still), whole, own)


def _then(
    report: Report, now: tuple[Reporters, Task], earlier: Sequence[Version]
) -> tuple[Reporters, Task]:
    """Who reported on a report's day; of a department without a part then, when it had one.

    A paper that hands a task on often comes when figures for later days are already there.
    """
    body = report.entry.department
    all_times = [*((v.reporters, v.task) for v in earlier), now]
    place = sum(report.submission.date >= version.until for version in earlier)
    nearest = (all_times[place], *all_times[:place][::-1], *all_times[place + 1 :])
    meant = ((who, of) for who, of in nearest if body is None or not who.is_former(of, body))
    return next(meant, all_times[place])


def _have_taken_over(now: Sequence[str], own: Mapping[str, Report], since: dt.date) -> bool:
    """Whether all who report now have done so since the task was handed on: then they alone count.

    Of counts that add up, what was done before remains done.
    """
    return bool(now) and all(b in own and own[b].submission.date >= since for b in now)


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


def together(measure: Measure, known: Known, bases: Mapping[str, Decimal]) -> Together:
    """What they make; `bases` are the reporters' bases of a ratio, where the plan has them."""
    if measure.is_sum:
        return _sum(measure, known)
    figures = known.by_reporter
    idle = tuple(b for b, report in figures.items() if report.entry.is_not_concerned)
    concerned = {b: report for b, report in figures.items() if b not in idle}
    missing = tuple(b for b in known.reporters if b not in figures)
    found: dict[str, Any] = {
        "used": _once(figures.values()),
        "reported": tuple(figures),
        "missing": missing,
        "not_concerned": idle,
    }
    if not concerned:
        return Together(**found)
    own = {b: measure.figure_of(report.entry) for b, report in concerned.items()}
    targets = {b: measure.own_target(b, bases) for b in own}
    weights = _weights(known, concerned, bases if measure.is_ratio else {})
    if measure.combine is Aggregate.MEAN and weights and not measure.is_each:
        value: Decimal | None = _pooled(measure, known, concerned, weights)
        each_met = value is not None and measure.is_met(value)
        is_plain_mean = False
    else:
        value = measure.combined(list(own.values()))
        each_met = all(measure.is_met(f, targets[b]) for b, f in own.items())
        # shares of a target may well be met where the mean of them is not
        each_met &= measure.is_each or measure.is_met(value or ZERO)
        is_several = len(_once(concerned.values())) > 1
        is_averaged = measure.combine is Aggregate.MEAN and measure.is_figure
        is_plain_mean = is_averaged and is_several and not measure.is_each
    parts = {b: measure.attainment(f, targets[b]) for b, f in own.items()}
    if measure.is_each:
        attainment = mean([min(part, HUNDRED) for part in parts.values()])
    else:
        attainment = measure.attainment(value or ZERO)
    capped = min(attainment, HUNDRED)
    is_of_all = any(not weight for weight in weights.values())  # silence counts 0 in it already
    return Together(
        value,
        attainment if measure.is_figure or not missing else ZERO,
        capped if is_of_all else measure.with_missing(capped, len(concerned), len(missing)),
        each_met and not missing,
        parts=parts | dict.fromkeys(idle, HUNDRED),
        unmet=tuple(b for b, f in own.items() if not measure.is_met(f, targets[b])),
        **found,
        is_plain_mean=is_plain_mean,
    )


def _sum(measure: Measure, known: Known) -> Together:
    """Counts add up; a figure for the whole stands unless what came since is more."""
    whole = known.whole
    counting = [b for b in known.reporters if b in known.own]
    since = [known.own[b] for b in counting if whole is None or known.own[b].order > whole.order]
    value = sum((measure.figure_of(report.entry) for report in since), ZERO)
    used = tuple(since)
    if whole is not None and measure.figure_of(whole.entry) >= value:
        value, used = measure.figure_of(whole.entry), (whole,)
    reported = known.reporters if whole else tuple(counting)
    if not reported:
        return Together(missing=known.reporters)
    attainment = measure.attainment(value)
    capped = min(attainment, HUNDRED)
    missing = tuple(b for b in known.reporters if b not in reported)
    if measure.is_at_most and missing:  # what is missing can only make it more
        capped = measure.with_missing(capped, len(reported), len(missing))
    met = measure.is_met(value) and not (measure.is_at_most and missing)
    parts = _of_shares(measure, known)
    unmet = tuple(b for b in reported if parts.get(b, ZERO) < HUNDRED)
    return Together(
        value, attainment, capped, met, used, reported, missing, parts=parts, unmet=unmet
    )


def _of_shares(measure: Measure, known: Known) -> dict[str, Decimal]:
    """How much of its share each has reported, where the plan splits the target."""
    targets = {body: measure.own_target(body, {}) for body in known.own}
    return {
        body: measure.attainment(measure.figure_of(known.own[body].entry), target)
        for body, target in targets.items()
        if target
    }


def _weights(
    known: Known, figures: Mapping[str, Report], bases: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """What each figure weighs, where that is known of all of them; else empty.

    A figure for the whole that stands for a reporter weighs as much as the reporter's base. Who
    has no base where others have (a bureau beside the counties) adds its count to theirs, and all
    is held against what the bureau's was counted of, if that is more.
    """
    if len(_once(figures.values())) == 1:
        return {}  # one figure for all of them
    found = {}
    for body, report in figures.items():
        counted = report.entry.counted is not None and report is not known.whole
        if counted and bases and body not in bases:
            found[body] = ZERO
            continue
        weight = (report.entry.out_of if counted else None) or bases.get(body)
        if not weight:
            return {}
        found[body] = weight
    return found if any(found.values()) else {}


def _pooled(
    measure: Measure,
    known: Known,
    figures: Mapping[str, Report],
    weights: Mapping[str, Decimal],
) -> Decimal:
    """Σ count ÷ Σ of: exact where counts were given, else figure × base."""
    scale = HUNDRED if measure.is_share else Decimal(1)
    counts = (
        measure.figure_of(r.entry) * weights[b] / scale
        if r.entry.counted is None or r is known.whole
        else r.entry.counted
        for b, r in figures.items()
    )
    beside = (r.entry.out_of or ZERO for b, r in figures.items() if not weights[b])
    return sum(counts, ZERO) * scale / max(sum(weights.values()), *beside, ZERO)


def _once(reports: Any) -> tuple[Report, ...]:
    """The reports, each once, in the order of their making."""
    found = {report.order: report for report in reports}
    return tuple(found[order] for order in sorted(found))


def latest(
    reports: Sequence[Report], indicator: str | None
) -> tuple[Report | None, dict[str, Report]]:
    """The latest figure given for the whole task, and each department's own latest."""
    whole: Report | None = None
    own: dict[str, Report] = {}
    for report in reports:
        if report.entry.indicator == indicator and report.entry.has_figure:
            if report.entry.department is None:
                whole = report
            else:
                own[report.entry.department] = report
    return whole, own
