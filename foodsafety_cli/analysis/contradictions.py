"""How a figure for the whole task and those of its departments contradict each other."""

from collections.abc import Mapping
from decimal import Decimal

from foodsafety_cli.analysis.admission import ReportDraft
from foodsafety_cli.analysis.figures import together
from foodsafety_cli.analysis.known_figures import KnownFigures
from foodsafety_cli.analysis.measures import Measure, measure_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import Computed
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator
from foodsafety_cli.model.valuetype import ValueType

_NEAR = 31  # days


class _Told(ValueType):
    """A figure for the whole, and the parts' own: all, and those told before it."""

    measure: Measure
    whole: Report
    own: Mapping[str, Report]
    older: Mapping[str, Report]
    is_complete: bool

    @property
    def figure(self) -> Decimal:
        return self.measure.figure_of(self.whole.entry)

    @property
    def total(self) -> Decimal:
        """What all have told last, added up."""
        return self._sum_of(self.own)

    @property
    def newer_total(self) -> Decimal:
        """What was told after the whole, added up."""
        return self._sum_of({b: r for b, r in self.own.items() if b not in self.older})

    def _sum_of(self, reports: Mapping[str, Report]) -> Decimal:
        return sum((self.measure.figure_of(r.entry) for r in reports.values()), Decimal(0))

    def __str__(self) -> str:
        is_as_given = self.whole.entry.counted is None
        given = self.figure if is_as_given else Computed(self.figure).shown()
        return f"“{self.measure.name}”{self.whole.submission.date} 为整个任务报的 {given:f}"


def apart(standings: Standings, standing: TaskStanding, indicator: Indicator | None) -> str:
    """How the figure for the whole and those of the parts contradict each other, if they do.

    Counts add up, within 1 %, once all have reported, and are never less than the whole before
    that, nor less than what all of them have told last; of what grows, the whole is not less than
    the parts, once all have reported, nor a later part less than the whole.
    """
    measure = measure_of(indicator)
    known = standings.known(standing.task, indicator, standing.reports)
    whole = known.whole
    spoken_for = tuple(department for department in known.reporters if department in known.covered)
    if whole is None or not measure.is_figure or len(spoken_for) < 2:
        return ""
    own = {
        department: known.own[department] for department in spoken_for if department in known.own
    }
    older = {department: report for department, report in own.items() if report.order < whole.order}
    told = _Told(measure, whole, own, older, len(own) == len(spoken_for))
    parts = known._replace(reporters=spoken_for, whole=None, own=older)
    return (
        _unlike_those_before(told, parts, standings.bases_of(indicator))
        or _unlike_the_sum(told)
        or _more_than_a_later_part(told)
    )


def whole_before(draft: ReportDraft, standing: TaskStanding) -> Report | None:
    """What was last reported for the whole task before a department's own figure."""
    entry = draft.entry
    if entry.department is None:
        return None
    own = [r for r in standing.reports if r.entry == entry and r.submission.date == draft.date]
    wholes = (
        report
        for report in reversed(standing.reports)
        if report.entry.department is None
        and report.entry.indicator == entry.indicator
        and report.entry.has_figure
        and (report.order < own[-1].order if own else report.submission.date <= draft.date)
    )
    return next(wholes, None)


def _unlike_those_before(told: _Told, parts: KnownFigures, bases: Mapping[str, Decimal]) -> str:
    """The whole beside what the departments had reported before it."""
    if not told.older:
        return ""
    measure, figure = told.measure, told.figure
    value = together(measure, parts, bases).value
    if value is None:  # 0/0, all of them
        return f"{told}，各单位已报的都是“本期无此事”（0/0），请核对。" if figure else ""
    # a mean of some may well be more than that of all
    is_all = len(told.older) == len(parts.reporters)
    newest = max(report.submission.date for report in told.older.values())
    days = (told.whole.submission.date - newest).days  # in which it may well have grown
    is_near = days <= (0 if measure.grows else _NEAR)
    is_slip = measure.is_sum or (is_all and (measure.grows or is_near))
    is_less = is_slip and (value - figure) * 100 > value
    is_more = is_all and (measure.is_sum or is_near) and (figure - value) * 100 > figure
    if not is_less and not is_more:
        return ""
    of_all = "各单位之和" if measure.is_sum else "各单位已报的，合在一起是"
    return f"{told} 与{of_all} {Computed(value).shown():f} 不一致，请核对。"


def _unlike_the_sum(told: _Told) -> str:
    """The whole of what is counted up beside what the departments have told last."""
    if not told.measure.is_sum or not told.measure.grows:
        return ""
    figure, total = told.figure, told.total
    shown = f"{Computed(total).shown():f}"
    if not told.older and told.is_complete and (figure - total) * 100 > figure:
        return f"{told} 与后来各单位报的之和 {shown} 不一致，请核对。"
    if told.older and told.newer_total <= figure and (total - figure) * 100 > figure:
        return f"{told}，比各单位最近报的之和 {shown} 少，合计仍按前一个算，请核对。"
    newer = told.newer_total
    if told.older and newer > figure and (total - newer) * 100 > newer:
        left = "、".join(told.older)
        return (
            f"{told}，后来报的之和 {Computed(newer).shown():f} 比它多，合计按后来的算；"
            f"{left}在它以前报的不在里面（最近报的之和是 {shown}），请核对。"
        )
    return ""


def _more_than_a_later_part(told: _Told) -> str:
    """The whole of a share that grows beside what one department told on a later day."""
    measure, figure = told.measure, told.figure
    is_mean = measure.is_ratio and not measure.is_share  # below it many may well be
    if not measure.grows or measure.is_sum or is_mean:
        return ""
    for department, report in told.own.items():
        is_later = report.submission.date > told.whole.submission.date
        if report.entry.is_not_concerned or not is_later:
            continue
        less = measure.figure_of(report.entry)
        if less < figure:
            return f"{told}，{department}后来报的只有 {Computed(less).shown():f}，请核对。"
    return ""
