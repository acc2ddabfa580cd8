"""Whose figures count, and what they make together: the rules, worked out by hand.

Three bodies report (甲县, 乙县, 丙县); the target is 10 批次, or 80 %.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Entry, Light, Report, Status, Submission
from foodsafety_cli.model.plan import (
    Aggregate,
    Amendment,
    Base,
    Department,
    Indicator,
    Kind,
    Period,
    Plan,
    Section,
    Task,
)

DAY = dt.date(2021, 9, 30)
COUNTIES = ("甲县", "乙县", "丙县")
SUM = Indicator("检验量", "10", Kind.CUMULATIVE, Decimal(10), "批次")
MEAN = Indicator("覆盖率", "80", Kind.CUMULATIVE, Decimal(80), "%")
PER = Indicator("检验量", "10", Kind.CUMULATIVE, Decimal(10), "批次/千人", per="人口")
MIN = MEAN._replace(aggregate=Aggregate.MIN)
EACH = SUM._replace(each=True)
RATE = Indicator("合格率", "80", Kind.RATE, Decimal(80), "%")
LIMIT = Indicator("超标数", "10", Kind.CUMULATIVE, Decimal(10), "起", at_most=True)
MILESTONE = Indicator("报告", "报告", Kind.MILESTONE)
Given = tuple[str | None, Any]  # who, and a figure or (count, of)


def plan(indicator: Indicator | None, **task: Any) -> Plan:
    """A plan of one task that the three counties report, unless `task` says otherwise."""
    roles = task or {"responsible": ("各县",)}
    made = Task(1, "甲", "甲", "各县", **roles, indicators=(indicator,) if indicator else ())
    bodies = (*map(Department, (*COUNTIES, "市局", "二局")), Department("各县", members=COUNTIES))
    year = Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    base = Base("人口", "千人", {"甲县": Decimal(100), "乙县": Decimal(200), "丙县": Decimal(700)})
    sections = (Section(1, "一", (made,)),)
    day = dt.date(2021, 1, 1)
    return Plan("计划", "文号", "机关", day, year, bodies, sections, bases=(base,))


def stand(of: Plan, given: Iterable[Given], day: dt.date = DAY) -> TaskStanding:
    """How the task stands after these reports, one after the other."""
    ((section, task),) = of.tasks()
    return standings(of, given, day).of(section, task)


def standings(of: Plan, given: Iterable[Given], day: dt.date = DAY) -> Standings:
    """The standings after these reports, one after the other."""
    ((_, task),) = of.tasks()
    indicator = task.indicators[0] if task.indicators else None
    reports = []
    for number, (body, figure) in enumerate(given):
        entry = Entry(1, indicator.name if indicator else None, body, **_figure(indicator, figure))
        at = dt.datetime(2021, 9, 1, 8, number, tzinfo=dt.UTC)
        reports.append(Report(Submission(f"{number}", at, "某", DAY, ()), entry, 0))
    return Standings(of, {1: reports}, day)


def _figure(indicator: Indicator | None, figure: Any) -> dict[str, Any]:
    if isinstance(figure, tuple):
        counted, out_of = map(Decimal, figure)
        value = counted * (100 if indicator and indicator.is_share else 1) / out_of
        return {"value": value, "counted": counted, "out_of": out_of}
    if indicator is None:
        return {"percent": Decimal(figure)}
    return {"done": True} if indicator.target is None else {"value": Decimal(str(figure))}


def only(standing: TaskStanding) -> IndicatorStanding:
    """The one indicator's standing."""
    (found,) = standing.indicators
    return found


A, B, C = COUNTIES
CASES: list[tuple[str, Indicator, list[Given], Any, Any, bool, str]] = [
    # name, indicator, reports, value, completion, met, reported
    ("sum of none", SUM, [], None, 0, False, "0/3"),
    ("sum of some", SUM, [(A, 3), (B, 4)], 7, 70, False, "2/3"),
    ("sum reached by some", SUM, [(A, 6), (B, 4)], 10, 100, True, "2/3"),
    ("sum of all", SUM, [(A, 3), (B, 3), (C, 3)], 9, 90, False, "3/3"),
    ("whole before the parts", SUM, [(None, 8), (A, 3)], 8, 80, False, "3/3"),
    ("parts since are more", SUM, [(None, 8), (A, 5), (B, 4)], 9, 90, False, "3/3"),
    ("whole after the parts", SUM, [(A, 9), (B, 9), (None, 8)], 8, 80, False, "3/3"),
    ("whole between", SUM, [(A, 7), (None, 8), (B, 3)], 8, 80, False, "3/3"),
    ("mean of none", MEAN, [], None, 0, False, "0/3"),
    ("mean of some", MEAN, [(A, 80)], 80, 100 / 3, False, "1/3"),
    ("mean of all, one short", MEAN, [(A, 90), (B, 90), (C, 60)], 80, 100, False, "3/3"),
    ("mean of all", MEAN, [(A, 80), (B, 90), (C, 100)], 90, 100, True, "3/3"),
    ("whole counts for who is silent", MEAN, [(None, 60), (A, 90)], 70, 87.5, False, "3/3"),
    ("whole after counts for all", MEAN, [(A, 90), (None, 60)], 60, 75, False, "3/3"),
    ("min of some", MIN, [(A, 80), (B, 90)], 80, 0, False, "2/3"),
    ("min of all", MIN, [(A, 80), (B, 90), (C, 40)], 40, 50, False, "3/3"),
    ("each of some", EACH, [(A, 20), (B, 10)], 15, 200 / 3, False, "2/3"),
    ("each of all, one short", EACH, [(A, 20), (B, 10), (C, 5)], 35 / 3, 250 / 3, False, "3/3"),
    ("each of all", EACH, [(A, 20), (B, 10), (C, 10)], 40 / 3, 100, True, "3/3"),
    ("ratios are never summed", PER, [(A, 10), (B, 10), (C, 10)], 10, 100, True, "3/3"),
    ("pooled by the base", PER, [(A, 20), (B, 10), (C, 5)], 7.5, 75, False, "3/3"),
    ("milestone of some", MILESTONE, [(A, 1), (B, 1)], None, 0, False, "2/3"),
    ("milestone of all", MILESTONE, [(A, 1), (B, 1), (C, 1)], None, 100, True, "3/3"),
    ("milestone for the whole", MILESTONE, [(None, 1)], None, 100, True, "3/3"),
    ("limit kept by some", LIMIT, [(A, 4), (B, 3)], 7, 200 / 3, False, "2/3"),
    ("limit kept", LIMIT, [(A, 4), (B, 3), (C, 3)], 10, 100, True, "3/3"),
    ("limit passed", LIMIT, [(A, 10), (B, 5), (C, 5)], 20, 50, False, "3/3"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_what_figures_make_together(case: tuple[Any, ...]) -> None:
    _, indicator, given, value, completion, met, reported = case
    standing = stand(plan(indicator), given)
    found = only(standing)
    got = None if found.value is None else float(found.value)
    assert got == (None if value is None else pytest.approx(float(value)))
    assert float(standing.completion) == pytest.approx(float(completion))
    assert (found.met, found.reported) == (met, reported)
    assert (standing.status is Status.DONE) is met
    if not met:
        assert standing.status is (Status.UNDER_WAY if given else Status.UNREPORTED)


def test_shares_pool_their_counts_where_they_are_given() -> None:
    """50 % (1 of 2) and 100 % (98 of 98): 99, not 75."""
    of = plan(MEAN, responsible=("甲县", "乙县"))
    assert only(stand(of, [(A, (1, 2)), (B, (98, 98))])).value == 99
    averaged = only(stand(of, [(A, 50), (B, 100)]))
    assert averaged.value == 75
    assert averaged.is_plain_mean
    assert not only(stand(of, [(A, (1, 2)), (B, (98, 98))])).is_plain_mean


def test_the_whole_a_city_counted() -> None:
    """Datong, 2021: 16641 batches for 3105.6 thousand inhabitants are 5.36."""
    of = plan(PER._replace(target=Decimal(5)), responsible=("市局",))
    assert round(only(stand(of, [("市局", (16641, 3105.6))])).value or 0, 2) == Decimal("5.36")


def test_who_had_nothing_to_count_is_left_out() -> None:
    of = plan(MEAN, responsible=("甲县", "乙县"))
    nothing = Entry(1, "覆盖率", B, counted=Decimal(0), out_of=Decimal(0))
    assert nothing.has_figure
    ((section, task),) = of.tasks()
    at = dt.datetime(2021, 9, 1, tzinfo=dt.UTC)
    entries = [nothing, Entry(1, "覆盖率", A, Decimal(80))]
    reports = [
        Report(Submission(f"{n}", at, "", DAY, ()), entry, 0) for n, entry in enumerate(entries)
    ]
    found = only(Standings(of, {1: reports}, DAY).of(section, task))
    assert found.value == 80
    assert (found.met, found.not_concerned, found.silent) == (True, (B,), ())


@pytest.mark.parametrize(
    ("given", "completion", "status"),
    [
        ([], 0, Status.UNREPORTED),
        ([(A, 100)], 100 / 3, Status.UNDER_WAY),
        ([(A, 100), (B, 100), (C, 100)], 100, Status.DONE),
        ([(None, 60), (A, 90)], 70, Status.UNDER_WAY),
        ([(None, 100)], 100, Status.DONE),
    ],
)
def test_a_task_in_percent(given: list[Given], completion: float, status: Status) -> None:
    standing = stand(plan(None), given)
    assert float(standing.completion) == pytest.approx(completion)
    assert standing.status is status


def test_a_sole_lead_reports_for_the_whole() -> None:
    of = plan(None, lead=("市局",), responsible=("各县",))
    assert stand(of, [("市局", 60)]).completion == 60
    assert stand(of, [("市局", 60), (A, 100)]).completion == 60, "others' count for themselves"


def test_the_only_reporter_and_the_whole_are_one_series() -> None:
    of = plan(SUM._replace(target=Decimal(650)), responsible=("市局",))
    assert only(stand(of, [(None, 100), ("市局", 320)])).value == 320
    assert only(stand(of, [("市局", 320), (None, 330)])).value == 330


def test_who_answers_for_what_others_report_speaks_for_all() -> None:
    of = plan(SUM._replace(reported_by=("各县",)), responsible=("市局",))
    assert only(stand(of, [("市局", 6), (A, 5)])).value == 6


def test_an_unmet_indicators_own_date_makes_the_task_overdue() -> None:
    of = plan(MEAN._replace(due=dt.date(2021, 6, 30)), responsible=("市局",))
    standing = stand(of, [("市局", 70)], dt.date(2021, 7, 5))
    assert (standing.status, standing.due) == (Status.OVERDUE, dt.date(2021, 6, 30))
    assert standing.light is Light.RED
    met = stand(of, [("市局", 80)], dt.date(2021, 7, 5))
    assert met.status is Status.DONE


def test_a_department_that_left_keeps_what_it_reported() -> None:
    left = plan(SUM)
    group = Department("各县", members=("甲县", "乙县"))
    left = left._replace(departments=(*left.departments[:-1], group))
    assert only(stand(left, [(A, 3), (B, 3), (C, 3)])).value == 9


def test_a_renamed_department_keeps_its_past() -> None:
    of = plan(SUM, responsible=("市局",))
    renamed = Department("市新局", ("市局",))
    bodies = (*of.departments, renamed)
    task = of.sections[0].tasks[0]._replace(responsible=("市新局",))
    of = of._replace(
        departments=tuple(d for d in bodies if d.name != "市局"),
        sections=(of.sections[0]._replace(tasks=(task,)),),
    )
    assert only(stand(of, [("市局", 3)])).value == 3
    assert only(stand(of, [("市局", 3), ("市新局", 5)])).value == 5


def test_amendments_hold_from_their_day_on() -> None:
    first = dt.date(2021, 9, 1)
    of = plan(SUM, responsible=("市局",))
    of = of._replace(
        amendments=(
            Amendment("文一", first, 1, "检验量", Decimal(5)),
            Amendment("文二", dt.date(2021, 10, 1), 1, responsible=("二局",)),
            Amendment("文三", dt.date(2021, 11, 1), 1, withdrawn=True),
        )
    )
    given = [("市局", 5)]
    assert not only(stand(of, given, dt.date(2021, 8, 31))).met
    assert only(stand(of, given, first)).met
    handed_on = stand(of, [*given, ("二局", 4)], dt.date(2021, 10, 1))
    assert only(handed_on).value == 4, "the new one goes on where the old one left off"
    assert only(stand(of, given, dt.date(2021, 10, 1))).value == 5, "the past counts on"
    assert list(Standings(of, {}, dt.date(2021, 11, 1)).plan.tasks()) == []


BESIDE = PER._replace(
    reported_by=(A, B), split={A: Decimal(500), B: Decimal(500), "市局": Decimal(9)}
)


@pytest.mark.parametrize(
    ("given", "completion", "reported"),
    [
        ([(A, (500, 100)), (B, (1000, 200))], 50, "2/3"),  # the bureau's pieces are 0 already
        ([(A, (500, 100)), (B, (1000, 200)), ("市局", (0, 300))], 50, "3/3"),
        ([(A, (500, 100)), ("市局", (500, 100))], 100 / 3, "2/3"),  # 1000 of 100 and 乙县's 200
    ],
)
def test_a_silent_bureau_beside_the_counties_is_no_county(
    given: list[Given], completion: float, reported: str
) -> None:
    of = plan(BESIDE, responsible=("市局",))
    standing = stand(of, given)
    assert float(standing.completion) == pytest.approx(completion)
    assert only(standing).reported == reported
