"""A department's own figures as a rubric counts them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.measures import HUNDRED, ZERO, mean
from foodsafety_cli.analysis.own import OwnFigure
from foodsafety_cli.analysis.wording import Computed
from foodsafety_cli.model.events import NOT_CONCERNED, Status
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.scoring import Facts, RubricItem


def attained(judged: Sequence[OwnFigure], *, beyond: bool) -> Decimal:
    """The mean attainment; `beyond`: of a single figure, also what is more than all of it."""
    found = [f.attainment or ZERO for f in judged]
    is_capped = not beyond or len(found) > 1
    return mean([min(one, HUNDRED) if is_capped else one for one in found])


def used(figure: OwnFigure) -> Decimal:
    """How much of an upper limit is used, in percent, within which there is nothing to lose.

    From twice the limit on, and where nothing was reported, all is lost.
    """
    if figure.value is None:
        return 2 * HUNDRED
    limit = figure.target
    rate = figure.value * 100 / limit if limit else 2 * HUNDRED * bool(figure.value)
    return min(max(rate, HUNDRED), 2 * HUNDRED)


def figure_words(figure: OwnFigure) -> str:
    """食品检验量 5.2/6: what was reported of what was to be reached."""
    name = figure.indicator.name if figure.indicator else "完成率"
    if figure.value is None:
        return f"{name} {NOT_CONCERNED if figure.report else Status.UNREPORTED}"
    target = f"/{_shown(figure.shown_target)}" if figure.shown_target is not None else ""
    return f"{name} {_shown(figure.shown_value)}{target}"


def _shown(value: Decimal | None) -> str:
    shown = value.shown() if isinstance(value, Computed) else value or ZERO
    return f"{shown.normalize() + 0:f}"


def months(plan: Plan, since: dt.date, as_of: dt.date) -> Iterator[tuple[int, int]]:
    """The months of the period that begin on a day or after it, and have ended by another."""
    year, month = plan.period.start.year, plan.period.start.month
    last = min(as_of, plan.period.end) + dt.timedelta(days=1)
    while dt.date(year, month, 1) < last.replace(day=1):
        if dt.date(year, month, 1) >= since:
            yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def placed(
    found: Mapping[tuple[str, str], Facts], item: RubricItem, names: Sequence[str]
) -> dict[tuple[str, str], Facts]:
    """The places by what was counted, instead of that: equal figures share a place."""
    of = item.rule.of
    fewest_first = of is not None and of.is_fault
    values = (v for n in names if (v := found[n, item.id].value) is not None)
    known = sorted(values, reverse=not fewest_first)
    of_items = {}
    for name in names:
        facts = found[name, item.id]
        if facts.value is not None:
            place = known.index(facts.value) + 1
            words = f"第 {place} 名（{facts.words}）"
            of_items[name, item.id] = facts._replace(value=Decimal(place), words=words)
    return of_items
