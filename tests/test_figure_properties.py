"""What holds of figures whatever is reported, in whatever order."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from foodsafety_cli.analysis.own import OwnStanding, own_standing
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.plan import Amendment, Indicator
from tests.test_figures import (
    COUNTIES,
    DAY,
    EACH,
    LIMIT,
    MEAN,
    MILESTONE,
    MIN,
    PER,
    RATE,
    SUM,
    Given,
    only,
    plan,
    stand,
    standings,
)

INDICATORS = st.sampled_from([SUM, MEAN, MIN, PER, EACH, RATE, LIMIT, MILESTONE])
FIGURES = st.integers(0, 100)
REPORTS = st.lists(st.tuples(st.sampled_from((None, *COUNTIES)), FIGURES), max_size=8)
OWN_REPORTS = st.lists(st.tuples(st.sampled_from(COUNTIES), FIGURES), max_size=8)
PARTS = st.lists(
    st.integers(1, 1000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
)


def own(indicator: Indicator, reports: Sequence[Given], body: str) -> OwnStanding:
    """How a body stands by its own figures after these reports."""
    of = plan(indicator)
    ((_, task),) = of.tasks()
    return own_standing(standings(of, reports), body, [task])


@given(INDICATORS, OWN_REPORTS, st.sampled_from(COUNTIES))
def test_what_others_report_never_changes_ones_own_standing(
    indicator: Indicator, reports: list[Given], body: str
) -> None:
    alone = own(indicator, [one for one in reports if one[0] == body], body)
    among_others = own(indicator, reports, body)
    assert among_others.completion == alone.completion
    assert among_others.reported == alone.reported
    figures = [(f.value, f.attainment) for f in among_others.figures]
    assert figures == [(f.value, f.attainment) for f in alone.figures]


@given(st.sampled_from([MEAN, RATE]), st.tuples(PARTS, PARTS, PARTS))
def test_a_share_is_that_of_its_parts_however_they_are_cut(
    indicator: Indicator, cut: tuple[list[tuple[int, int]], ...]
) -> None:
    """Counts pooled over the counties are the counts of the whole."""
    sums = [(sum(n for n, _ in parts), sum(of for _, of in parts)) for parts in cut]
    counted = [(body, pair) for body, pair in zip(COUNTIES, sums, strict=True) if pair[1]]
    if not counted:
        return
    count, of = (sum(pair[n] for _, pair in counted) for n in (0, 1))
    together = only(stand(plan(indicator), counted)).value
    whole = only(stand(plan(indicator), [(None, (count, of))])).value
    assert together is not None
    assert whole is not None
    assert abs(together - whole) < Decimal("0.000001")


@given(INDICATORS, REPORTS)
def test_nothing_incomplete_is_done(indicator: Indicator, reports: list[Given]) -> None:
    standing = stand(plan(indicator), reports)
    figure = only(standing)
    if standing.status is Status.DONE:
        assert standing.light is Light.GREEN
        assert standing.completion == 100
        assert figure.date is not None
        if indicator is not SUM:  # of a sum, some may reach the target for all
            assert not figure.silent
    else:
        assert not figure.met


@given(INDICATORS, OWN_REPORTS)
def test_the_last_figure_of_each_is_all_that_counts(
    indicator: Indicator, reports: list[Given]
) -> None:
    latest = list(dict(reports).items())
    fields = ("value", "completion", "met", "reported", "silent")
    long, short = only(stand(plan(indicator), reports)), only(stand(plan(indicator), latest))
    assert [getattr(long, f, None) for f in fields] == [getattr(short, f, None) for f in fields]


BODIES = st.lists(st.sampled_from((*COUNTIES, "市局", "二局")), min_size=1, max_size=4, unique=True)


@given(
    st.sampled_from([None, SUM, MEAN, MIN, PER, EACH, RATE, LIMIT, MILESTONE]),
    BODIES,
    st.lists(BODIES, min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from((None, *COUNTIES, "市局", "二局")), FIGURES), max_size=6),
)
def test_papers_alone_change_no_figure(
    indicator: Indicator | None,
    first: list[str],
    papers: list[list[str]],
    reports: list[Given],
) -> None:
    """What was reported before a task is handed on stands until somebody reports anew.

    Some leave and some come each time: who only joins is waited for, who only leaves is not.
    """
    steps = [({*one}, {*other}) for one, other in pairwise((first, *papers))]
    assume(all(one == other or (one - other and other - one) for one, other in steps))
    days = [DAY + dt.timedelta(days=5 * n) for n in range(1, len(papers) + 1)]
    amendments = tuple(
        Amendment(f"文{n}", day, task=1, responsible=tuple(bodies))
        for n, (day, bodies) in enumerate(zip(days, papers, strict=True))
    )
    of = plan(indicator, responsible=tuple(first))._replace(amendments=amendments)
    heard = [(body, figure) for body, figure in reports if body is None or body in first]
    found = [stand(of, heard, day) for day in (DAY, *days)]
    told = {
        (s.completion, s.is_met, *((i.value, i.attainment) for i in s.indicators)) for s in found
    }
    assert len(told) == 1
