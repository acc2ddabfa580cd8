"""Many departments' figures as one: which of them count, and what they make together."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from foodsafety_cli.analysis.measures import HUNDRED, ZERO, Measure, mean
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
    unmet: tuple[str, ...] = ()  # who has reported less than its own target, as far as it has one
    is_plain_mean: bool = False


def known_figures(
    reporters: Reporters, task: Task, indicator: Indicator | None, reports: Sequence[Report]
) -> Known:
    """The figures known of an indicator (or a task without any); `reports` the latest last."""
    name = indicator.name if indicator else None
    expected = list(reporters.of(task, indicator))
    whole: Report | None = None
    own: dict[str, Report] = {}
    is_shared = len(expected) > 1
    for report in reports:
        entry = report.entry
        if entry.indicator != name or not entry.has_figure:
            continue
        body = entry.department
        is_one_of_many = is_shared and body in expected
        if body is None or (not is_one_of_many and reporters.speaks_for_all(task, indicator, body)):
            whole = report
        else:
            own.pop(body, None)  # the latest stands last, whoever began
            own[body] = report
            if not is_one_of_many and reporters.is_former(task, indicator, body):
                expected.append(body)
    return Known(tuple(expected), whole, own)


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
    weights = _weights(concerned, bases if measure.is_ratio else {})
    if measure.combine is Aggregate.MEAN and weights and not measure.is_each:
        value: Decimal | None = _pooled(measure, own, concerned, weights)
        each_met = value is not None and measure.is_met(value)
        is_plain_mean = False
    else:
        value = measure.combined(list(own.values()))
        each_met = all(measure.is_met(f, measure.own_target(b)) for b, f in own.items())
        is_several = len(_once(concerned.values())) > 1
        is_plain_mean = measure.combine is Aggregate.MEAN and measure.is_figure and is_several
    parts = [measure.attainment(f, measure.own_target(b)) for b, f in own.items()]
    attainment = mean(parts) if measure.is_each else measure.attainment(value or ZERO)
    capped = mean([min(p, HUNDRED) for p in parts]) if measure.is_each else min(attainment, HUNDRED)
    return Together(
        value,
        attainment,
        measure.with_missing(capped, len(concerned), len(missing)),
        each_met and not missing,
        unmet=tuple(b for b, f in own.items() if not measure.is_met(f, measure.own_target(b))),
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
    unmet = tuple(b for b in reported if not _has_its_share(measure, known, b))
    return Together(value, attainment, capped, met, used, reported, missing, unmet=unmet)


def _has_its_share(measure: Measure, known: Known, body: str) -> bool:
    """Whether it has reported as much as the plan's split asks of it."""
    target, own = measure.own_target(body), known.own.get(body)
    return bool(target and own and measure.is_met(measure.figure_of(own.entry), target))


def _weights(figures: Mapping[str, Report], bases: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What each figure weighs, where all of them have counts or bases behind them."""
    if len(_once(figures.values())) == 1:
        return {}  # one figure for all of them
    counted = {b: r.entry.out_of for b, r in figures.items() if r.entry.counted is not None}
    found = {b: counted.get(b) or bases.get(b) or ZERO for b in figures}
    return found if all(found.values()) else {}


def _pooled(
    measure: Measure,
    own: Mapping[str, Decimal],
    figures: Mapping[str, Report],
    weights: Mapping[str, Decimal],
) -> Decimal:
    """Σ count ÷ Σ of: exact where counts were given, else figure × base."""
    scale = HUNDRED if measure.is_share else Decimal(1)
    counts = (
        own[b] * weights[b] / scale if r.entry.counted is None else r.entry.counted
        for b, r in figures.items()
    )
    return sum(counts, ZERO) * scale / sum(weights.values())


def _once(reports: Any) -> tuple[Report, ...]:
    """The reports, each once, in the order of their making."""
    found = {report.order: report for report in reports}
    return tuple(found[order] for order in sorted(found))
