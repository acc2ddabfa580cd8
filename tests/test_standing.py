"""How things stand, as examples and as properties of the fold."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodsafety_cli.analysis.lights import light_of, pace, status_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import (
    Entry,
    Light,
    Report,
    Reports,
    Status,
    Submission,
    Undo,
)
from foodsafety_cli.model.plan import (
    Department,
    Indicator,
    Kind,
    Period,
    Plan,
    Section,
    Task,
    Thresholds,
)
from tests import oracle

YEAR = Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
END = dt.date(2021, 12, 31)
UTC = dt.UTC
BODIES = ("甲县", "乙县", "丙县")
NUMERIC = Indicator("检验量", "检验量", Kind.CUMULATIVE, Decimal(10), "批次")
RATE = Indicator("合格率", "合格率", Kind.RATE, Decimal(80), "%")
MILESTONE = Indicator("报告", "报告", Kind.MILESTONE, due=dt.date(2021, 6, 30))
TASKS = (
    Task(1, "一", "一", "各县", responsible=("各县",)),
    Task(2, "二", "检验量", "各县", responsible=("各县",), indicators=(NUMERIC,)),
    Task(3, "三", "合格率", "甲县", responsible=("甲县",), indicators=(RATE, MILESTONE)),
)
PLAN = Plan(
    "计划",
    "文号",
    "机关",
    dt.date(2021, 1, 1),
    YEAR,
    (*map(Department, BODIES), Department("各县", members=BODIES)),
    (Section(1, "部分", TASKS),),
)


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), UTC)


def submission(number: int, day: dt.date, *entries: Entry) -> Submission:
    return Submission(f"{number:04}", at(day), "某人", day, entries)


def counting(records: Sequence[Submission | Undo], day: dt.date) -> Reports:
    """The reports that count on a day, by the definition: all of them, nothing folded away."""
    by_task: dict[int, list[Report]] = {}
    for report in oracle.history(records):
        if not report.undone and report.submission.date <= day:
            by_task.setdefault(report.entry.task, []).append(report)
    return by_task


def standings(records: Sequence[Submission | Undo], day: dt.date = END) -> dict[int, TaskStanding]:
    assert len(oracle.fitting(PLAN, records)) == len(oracle.history(records))
    found = Standings(PLAN, counting(records, day), day)
    return {task.id: found.of(section, task) for section, task in PLAN.tasks()}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2020, 12, 31), Decimal(0)),
        (dt.date(2021, 1, 1), Decimal(100) / 365),
        (dt.date(2021, 9, 30), Decimal(27300) / 365),
        (END, Decimal(100)),
        (dt.date(2022, 5, 1), Decimal(100)),
    ],
)
def test_pace_is_the_share_of_days_elapsed(day: dt.date, expected: Decimal) -> None:
    assert pace(YEAR, END, day) == expected


def test_a_task_due_today_is_not_overdue_until_the_day_has_ended() -> None:
    assert status_of(review=None, done=False, reported=True, due=END, day=END) is Status.UNDER_WAY
    after = END + dt.timedelta(days=1)
    assert status_of(review=None, done=False, reported=True, due=END, day=after) is Status.OVERDUE
    assert status_of(review=None, done=True, reported=True, due=END, day=after) is Status.DONE
    assert status_of(review=None, done=False, reported=False, due=END, day=END) is Status.UNREPORTED


@pytest.mark.parametrize(
    ("status", "behind", "light"),
    [
        (Status.DONE, "90", Light.GREEN),
        (Status.OVERDUE, "-5", Light.RED),
        (Status.UNREPORTED, "0", Light.GREY),
        (Status.UNDER_WAY, "-20", Light.GREEN),
        (Status.UNDER_WAY, "9.99", Light.GREEN),
        (Status.UNDER_WAY, "10", Light.YELLOW),
        (Status.UNDER_WAY, "29.99", Light.YELLOW),
        (Status.UNDER_WAY, "30", Light.RED),
    ],
)
def test_lights(status: Status, behind: str, light: Light) -> None:
    assert light_of(status, Decimal(behind), Thresholds()) is light


def test_nought_point_one_times_three_meets_nought_point_three() -> None:
    tenth = Indicator("量", "量", Kind.CUMULATIVE, Decimal("0.3"), "批次")
    task = Task(1, "一", "量", "各县", responsible=("各县",), indicators=(tenth,))
    plan = Plan("p", "d", "i", END, YEAR, PLAN.departments, (Section(1, "s", (task,)),))
    records = [
        submission(n, END, Entry(1, "量", body, Decimal("0.1"))) for n, body in enumerate(BODIES)
    ]
    standing = Standings(plan, counting(records, END), END).of(plan.sections[0], task)
    assert standing.indicators[0].met
    assert standing.status is Status.DONE


def test_attainment_is_capped_only_where_it_is_averaged() -> None:
    day = dt.date(2021, 7, 1)
    found = standings([submission(1, day, Entry(2, "检验量", value=Decimal(15)))])[2]
    assert found.indicators[0].attainment == 150
    assert found.completion == 100


def test_a_rate_is_held_against_its_target_and_a_count_against_the_calendar() -> None:
    day = dt.date(2021, 3, 1)
    found = standings(
        [
            submission(1, day, Entry(2, "检验量", value=Decimal(2))),
            submission(2, day, Entry(3, "合格率", value=Decimal(60))),
        ],
        day,
    )
    assert found[2].light is Light.GREEN, "20 of 100 when 16 of 100 days have passed"
    assert found[3].indicators[0].expected == 100


def test_a_milestone_is_neutral_before_its_day_and_due_after() -> None:
    day = dt.date(2021, 6, 30)
    records = [submission(1, day, Entry(3, "合格率", value=Decimal(80)))]
    before, after = standings(records, day)[3], standings(records, dt.date(2021, 7, 1))[3]
    assert before.behind == 0
    assert after.status is Status.OVERDUE
    assert (before.due, after.due) == (day, day)
    met = standings([*records, submission(2, day, Entry(3, "报告", done=True))], END)[3]
    assert met.status is Status.DONE
    assert met.due == END


days = st.dates(dt.date(2021, 1, 1), END)
shares = st.decimals(0, 100, places=1, allow_nan=False, allow_infinity=False)
bodies = st.sampled_from([None, *BODIES])


def entry(**given: st.SearchStrategy[Any]) -> st.SearchStrategy[Entry]:
    """Entries with these fields, and nothing in the others."""
    return st.fixed_dictionaries(given).map(lambda fields: Entry(**fields))


entries = st.one_of(
    entry(task=st.just(1), department=bodies, percent=shares),
    entry(task=st.just(2), indicator=st.just("检验量"), department=bodies, value=shares),
    entry(task=st.just(3), indicator=st.just("合格率"), value=shares),
    entry(task=st.just(3), indicator=st.just("报告"), done=st.booleans()),
    entry(task=st.sampled_from([1, 2, 3]), note=st.just("文字")),
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Submission | Undo]:
    count = draw(st.integers(0, 12))
    records: list[Submission | Undo] = []
    for number in range(count):
        day = draw(days)
        moment = at(day, draw(st.integers(0, 3)))
        found = tuple(draw(st.lists(entries, min_size=1, max_size=3)))
        records.append(Submission(f"{number:04}", moment, "某人", day, found))
    for number in draw(st.lists(st.integers(0, max(count - 1, 0)), max_size=3)) if count else []:
        records.append(Undo(f"u{len(records)}", at(END), "某人", f"{number:04}"))
    return records


@given(ledgers(), st.randoms(use_true_random=False), days)
@settings(max_examples=150, deadline=None)
def test_the_fold_does_not_depend_on_the_order_of_lines(
    records: list[Submission | Undo], random: object, day: dt.date
) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert standings(shuffled, day) == standings(records, day)


@given(ledgers(), days)
@settings(max_examples=150, deadline=None)
def test_what_was_undone_might_as_well_not_have_been(
    records: list[Submission | Undo], day: dt.date
) -> None:
    undone = {record.undo for record in records if isinstance(record, Undo)}
    left = [r for r in records if isinstance(r, Submission) and r.id not in undone]
    assert standings(records, day) == standings(left, day)


@given(ledgers(), days)
@settings(max_examples=150, deadline=None)
def test_what_comes_later_does_not_change_a_day(
    records: list[Submission | Undo], day: dt.date
) -> None:
    until = [r for r in records if isinstance(r, Undo) or r.date <= day]
    known = {r.id for r in until}
    until = [r for r in until if isinstance(r, Submission) or r.undo in known]
    assert standings(until, day) == standings(records, day)


@given(ledgers(), days)
@settings(max_examples=150, deadline=None)
def test_completion_stays_in_bounds_and_done_means_a_hundred(
    records: list[Submission | Undo], day: dt.date
) -> None:
    for standing in standings(records, day).values():
        assert 0 <= standing.completion <= 100
        assert (standing.status is Status.DONE) == (standing.completion == 100)
        if standing.status is Status.UNREPORTED:
            assert standing.reports == ()
