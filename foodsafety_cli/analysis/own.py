"""How a department stands by its own figures: beside how its tasks stand, never instead of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.measures import DECIMALS, HUNDRED, ZERO, mean, measure_of
from foodsafety_cli.analysis.standing import Due
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import TENTH, Computed, beside_target, computed, rounded_to
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.model.valuetype import ValueType


class OwnFigure(ValueType):
    """What a department reported of one indicator (or task), against its own target.

    `attainment` is None where it cannot be judged: a count without a share of the target.
    """

    task: Task
    indicator: Indicator | None
    target: Decimal | None
    report: Report | None
    value: Decimal | None
    attainment: Decimal | None
    is_judged: bool
    counts: bool  # for the task, too; what is reported unasked only for its own standing
    due: Due
    is_alone: bool  # nobody else reports it

    @property
    def shown_target(self) -> Decimal | None:
        """The target as it is shown: as the plan has it, or computed of a share."""
        exponent = self.target.as_tuple().exponent if self.target is not None else 0
        is_computed = isinstance(exponent, int) and exponent < -DECIMALS
        return computed(self.target) if is_computed else self.target

    @property
    def _target_as_shown(self) -> Decimal | None:
        target = self.shown_target
        return target.shown() if isinstance(target, Computed) else target

    @property
    def shown_value(self) -> Decimal | None:
        """The value as it is shown: as it was reported, or computed of what was counted."""
        has_counts = self.report is not None and self.report.entry.counted is not None
        return (
            beside_target(self.value, measure_of(self.indicator), self._target_as_shown)
            if has_counts
            else self.value
        )


class OwnStanding(ValueType):
    """All that a department reports for; `completion` over what can be judged of it."""

    department: str
    figures: tuple[OwnFigure, ...]
    completion: Decimal | None
    tasks: int  # that it reports for, or has reported for unasked
    reported: int  # of these, with a figure of its own
    date: dt.date | None


def own_standing(standings: Standings, department: str, tasks: Iterable[Task]) -> OwnStanding:
    """A department's own standing in these tasks; groups have none of their own."""
    figures = [figure for task in tasks for figure in _of_task(standings, department, task)]
    by_task: dict[int, list[OwnFigure]] = {}
    for figure in figures:
        by_task.setdefault(figure.task.id, []).append(figure)
    judged = [[_counted(f) for f in group if f.is_judged] for group in by_task.values()]
    is_unnamed = standings.duties.is_unnamed(department)  # 相关部门: nobody stands anywhere
    parts = [mean(group) for group in judged if group and not is_unnamed]
    return OwnStanding(
        department,
        tuple(figures),
        mean(parts) if parts else None,
        len(by_task),
        sum(any(f.report for f in group) for group in by_task.values()),
        max((f.report.submission.date for f in figures if f.report), default=None),
    )


def ranks(own: Sequence[OwnStanding]) -> Mapping[str, int]:
    """The departments' places by completion as it is shown; equal ones share it: 1, 2, 2, 4.

    Before anybody has reported, nobody has one.
    """
    if not any(one.reported for one in own):
        return {}
    shown = {o.department: rounded_to(o.completion, TENTH) for o in own if o.completion is not None}
    known = sorted(shown.values(), reverse=True)
    return {department: known.index(figure) + 1 for department, figure in shown.items()}


def _counted(figure: OwnFigure) -> Decimal:
    return min(figure.attainment or ZERO, HUNDRED)


def _of_task(standings: Standings, department: str, task: Task) -> Iterable[OwnFigure]:
    reports = standings.reports_of(task)
    for indicator in task.figures:
        reporters = standings.reporters.of(task, indicator)
        own = _own_report(standings, department, task, indicator, reports)
        if department not in reporters and own is None:
            continue
        measure = measure_of(indicator)
        was_alone = department not in reporters and own is not None
        is_alone = reporters == (department,) or (
            was_alone
            and own is not None
            and standings.handovers.sole_reporter_on(own.submission.date, task, indicator)
            == department
        )
        target = (
            measure.target
            if is_alone
            else measure.own_target(department, standings.bases_of(indicator))
        )
        is_idle = own is not None and own.entry.is_not_concerned
        has_target = target is not None and (bool(target) or measure.is_at_most)
        is_judged = not is_idle and (has_target or not measure.is_figure)
        value = None if own is None or is_idle else measure.figure_of(own.entry)
        attainment = measure.attainment(value, target) if value is not None and is_judged else None
        counts = standings.reporters.counts(task, indicator, department) or (
            own is not None and department in standings.known(task, indicator, reports).reporters
        )
        due = standings.dues.for_department(task, indicator, department)
        figure = (target, own, value, attainment, is_judged, counts, due, is_alone)
        yield OwnFigure(task, indicator, *figure)


def _own_report(
    standings: Standings,
    department: str,
    task: Task,
    indicator: Indicator | None,
    reports: Sequence[Report],
) -> Report | None:
    """Its latest figure; who reported alone on its day has given one for the whole task, too."""
    name = indicator.name if indicator else None
    given = (r for r in reversed(reports) if r.entry.indicator == name and r.entry.has_figure)
    mine = (
        report
        for report in given
        if department == report.entry.department
        or (
            report.entry.department is None
            and standings.handovers.sole_reporter_on(report.submission.date, task, indicator)
            == department
        )
    )
    return next(mine, None)
