"""Many departments' figures as one: what those that count make together."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from foodsafety_cli.analysis.known_figures import KnownFigures
from foodsafety_cli.analysis.measures import HUNDRED, ZERO, Measure, is_full, mean
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Aggregate
from foodsafety_cli.model.valuetype import ValueType


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


def together(measure: Measure, known: KnownFigures, bases: Mapping[str, Decimal]) -> Together:
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
        return Together(**found, parts=dict.fromkeys(idle, HUNDRED))
    own = {b: measure.figure_of(report.entry) for b, report in concerned.items()}
    # a figure for the whole is held against the target of the whole
    targets = {
        b: None if report is known.whole else measure.own_target(b, bases)
        for b, report in concerned.items()
    }
    weights = _weights(measure, known, concerned, bases if measure.is_ratio else {})
    is_pooled = measure.combine is Aggregate.MEAN and bool(weights) and not measure.is_each
    if is_pooled:
        value = _pooled(measure, (known, concerned, bases), weights)
    else:
        value = measure.combined(list(own.values())) or ZERO
    # shares of a target may well be met where the mean of them is not
    is_met = measure.is_each or measure.is_met(value)
    is_met &= is_pooled or all(measure.is_met(f, targets[b]) for b, f in own.items())
    parts = {b: measure.attainment(f, targets[b]) for b, f in own.items()}
    if measure.is_each:
        attainment = mean([min(part, HUNDRED) for part in parts.values()])
    else:
        attainment = measure.attainment(value)
    averages = measure.combine is Aggregate.MEAN and measure.is_figure and not measure.is_each
    return Together(
        value,
        attainment if measure.is_figure or not missing else ZERO,
        _with_silence(measure, attainment, (known, concerned, missing, bases), weights),
        is_met and not missing,
        parts=parts | dict.fromkeys(idle, HUNDRED),
        unmet=tuple(b for b, f in own.items() if not measure.is_met(f, targets[b])),
        **found,
        is_plain_mean=averages and not is_pooled and len(_once(concerned.values())) > 1,
    )


def _with_silence(
    measure: Measure,
    attained: Decimal,
    figures: tuple[KnownFigures, Mapping[str, Report], Sequence[str], Mapping[str, Decimal]],
    weights: Mapping[str, Decimal],
) -> Decimal:
    """The attainment with 0 for who is silent, at most 100; `figures`: of whom, and who is silent.

    A bureau beside the counties whose pieces are held against a base of its own leaves no county's
    open where it has reported, and none of its own where it is silent. Where the bases of all are
    known, a silent one makes as much difference as one that reports 0.
    """
    known, concerned, missing, bases = figures
    capped = min(attained, HUNDRED)
    if _beside(known, weights, bases) > sum(weights.values()):
        return capped
    is_pooled = measure.combine is Aggregate.MEAN and not measure.is_each and measure.is_ratio
    heard, silent = (
        [b for b in departments if b in bases or not (is_pooled and bases and measure.has_share(b))]
        for departments in (concerned, missing)
    )
    silent = [known.stands_for.get(department, department) for department in silent]
    if is_pooled and silent and heard and all(map(bases.get, (*heard, *silent))):
        held = sum(bases[department] for department in heard)
        whole = held + sum(bases[department] for department in silent)
        return min((capped if measure.is_at_most else attained) * held / whole, HUNDRED)
    return measure.with_missing(capped, len(heard or concerned), len(silent))


def _sum(measure: Measure, known: KnownFigures) -> Together:
    """Counts add up; a figure for the whole stands unless what came since is more.

    What those have done who took over after it comes on top.
    """
    whole = known.whole
    own = {
        department: known.own[department]
        for department in known.reporters
        if department in known.own
    }
    beside = [report for department, report in own.items() if department not in known.covered]
    since = [
        report
        for department, report in own.items()
        if department in known.covered and (whole is None or report.order > whole.order)
    ]
    value = sum((measure.figure_of(report.entry) for report in since), ZERO)
    if whole is not None and measure.figure_of(whole.entry) >= value:
        value, since = measure.figure_of(whole.entry), [whole]
    value += sum((measure.figure_of(report.entry) for report in beside), ZERO)
    used = _once((*since, *beside))
    reported = tuple(department for department in known.reporters if known.of(department))
    if not reported:
        return Together(missing=known.reporters)
    attainment = measure.attainment(value)
    capped = min(attainment, HUNDRED)
    missing = tuple(b for b in known.reporters if b not in reported)
    if measure.is_at_most and missing:  # what is missing can only make it more
        capped = measure.with_missing(capped, len(reported), len(missing))
    met = measure.is_met(value) and not (measure.is_at_most and missing)
    parts = _of_shares(measure, known)
    unmet = tuple(b for b in reported if not is_full(parts.get(b)))
    return Together(
        value, attainment, capped, met, used, reported, missing, parts=parts, unmet=unmet
    )


def _of_shares(measure: Measure, known: KnownFigures) -> dict[str, Decimal]:
    """How much of its share each has reported, where the plan splits the target."""
    targets = {department: measure.own_target(department, {}) for department in known.own}
    return {
        department: measure.attainment(measure.figure_of(known.own[department].entry), target)
        for department, target in targets.items()
        if target
    }


def _weights(
    measure: Measure,
    known: KnownFigures,
    figures: Mapping[str, Report],
    bases: Mapping[str, Decimal],
) -> dict[str, Decimal]:
    """What each figure weighs, where that is known of all of them; else empty.

    A figure for the whole that stands for a reporter weighs as much as the reporter's base. Who
    has no base where others have (a bureau beside the counties) adds its count to theirs, and all
    is held against what the bureau's was counted of, if that is more.
    """
    if len(_once(figures.values())) == 1:
        (department, report), *others = figures.items()
        is_beside = (
            bool(bases) and department not in bases and report is not known.whole and not others
        )
        is_beside &= report.entry.counted is not None or measure.has_share(department)
        return {department: ZERO} if is_beside else {}  # else one figure for all of them
    found = {}
    for department, report in figures.items():
        counted = report.entry.counted is not None and report is not known.whole
        is_beside = bool(bases) and department not in bases
        if is_beside and (counted or report is known.whole or measure.has_share(department)):
            found[department] = ZERO
            continue
        weight = (report.entry.out_of if counted else None) or bases.get(department)
        if not weight:
            return {}
        found[department] = weight
    if not any(found.values()):  # nobody has a base: what each has counted of
        return {department: report.entry.out_of or ZERO for department, report in figures.items()}
    return found


def _pooled(
    measure: Measure,
    told: tuple[KnownFigures, Mapping[str, Report], Mapping[str, Decimal]],
    weights: Mapping[str, Decimal],
) -> Decimal:
    """Σ count ÷ Σ of: exact where counts were given, else figure × base.

    `told`: whose figures these are of what is known, and the bases. What a figure for the whole
    still stands for has a bureau's count in it, too.
    """
    known, figures, bases = told
    scale = HUNDRED if measure.is_share else Decimal(1)
    total = sum(bases.values())
    is_of_whole = known.whole is not None and known.whole in figures.values()
    count = ZERO
    for department, report in figures.items():
        if report is known.whole or (report.entry.counted is None and weights[department]):
            count += measure.figure_of(report.entry) * weights[department] / scale
        elif weights[department] or not is_of_whole:
            plain = measure.figure_of(report.entry) * total / scale  # a bureau's 0.8批次/千人
            count += plain if report.entry.counted is None else report.entry.counted
    return count * scale / max(sum(weights.values()), _beside(known, weights, bases))


def _beside(
    known: KnownFigures, weights: Mapping[str, Decimal], bases: Mapping[str, Decimal]
) -> Decimal:
    """What those have counted of who have no base themselves, a bureau beside the counties."""
    departments = (department for department, weight in weights.items() if not weight)
    own = [
        report
        for department in departments
        if (report := known.of(department)) and report is not known.whole
    ]
    plain = (
        sum(bases.values(), ZERO) if any(report.entry.counted is None for report in own) else ZERO
    )
    return max((report.entry.out_of or plain for report in own), default=ZERO)


def _once(reports: Any) -> tuple[Report, ...]:
    """The reports, each once, in the order of their making."""
    found = {report.order: report for report in reports}
    return tuple(found[order] for order in sorted(found))
