"""Whatever the plan: read, kept as tables, narrowed to a question, it answers the same."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from foodsafety_cli.model.plan import (
    Aggregate,
    Department,
    Indicator,
    Kind,
    Period,
    Plan,
    Section,
    Task,
    Thresholds,
)
from foodsafety_cli.model.problem import has_errors
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan import tables as plan_tables
from foodsafety_cli.store.plan.narrowing import PlanQuery, PlanTables
from tests.test_kept_answers import answer

BODIES = ["市公安局", "市教育局", "甲县", "乙县", "市Ａ局", "市食安办"]
GROUP = "各县（市、区）"
WORDS = ["检验", "冷链", "抽检ABC", "65%", "“食品”", "公安"]
days = st.dates(dt.date(2021, 1, 1), dt.date(2021, 12, 31))


@st.composite
def indicator(draw: st.DrawFn, number: int) -> Indicator:
    """A sound indicator; its quote says its target."""
    kind = draw(st.sampled_from(Kind))
    name, due = f"指标{number}{draw(st.sampled_from(WORDS))}", draw(st.none() | days)
    how = draw(st.none() | st.sampled_from(Aggregate))
    if kind is Kind.MILESTONE:
        return Indicator(name, "完成", kind, aggregate=how, due=due)
    target = Decimal(draw(st.integers(1, 10_000))) / 100
    unit = draw(st.sampled_from(["%", "批次", "次/年"]))
    return Indicator(name, f"完成{target:f}{unit}", kind, target, unit, how, due)


@st.composite
def task(draw: st.DrawFn, number: int) -> Task:
    """A sound task: its bracket says what its roles say."""
    named = draw(st.lists(st.sampled_from([*BODIES, GROUP]), min_size=1, max_size=4, unique=True))
    first, second = sorted(draw(st.tuples(*[st.integers(0, len(named))] * 2)))
    roles = named[:first], named[first:second], named[second:]
    said = zip(roles, ("牵头", "负责", "配合"), strict=True)
    bracket = "，".join("、".join(names) + word for names, word in said if names)
    title = f"{draw(st.sampled_from(WORDS))}工作"
    indicators = tuple(draw(indicator(n)) for n in range(draw(st.integers(0, 3))))
    targets = "，".join(dict.fromkeys(i.quote for i in indicators))
    return Task(
        id=number,
        title=title,
        text=f"{title}。{draw(st.sampled_from(WORDS))}，按时完成。{targets}",
        responsibility=bracket,
        lead=tuple(roles[0]),
        responsible=tuple(roles[1]),
        support=tuple(roles[2]),
        due=draw(st.none() | days),
        indicators=indicators,
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A sound plan of a few sections, its numbers in any order."""
    numbers = draw(st.lists(st.integers(1, 99), min_size=1, max_size=8, unique=True))
    cuts = draw(st.integers(1, len(numbers)))
    sections = [
        Section(n, f"第{n}章{draw(st.sampled_from(WORDS))}", tuple(draw(task(m)) for m in part))
        for n, part in ((2, numbers[:cuts]), (1, numbers[cuts:]))
        if part
    ]
    group = Department(GROUP, ("各县",), tuple(draw(st.sets(st.sampled_from(BODIES[2:4])))))
    bodies = [Department(name, (name.removeprefix("市") + "甲",)) for name in BODIES]
    return Plan(
        "某市安排",
        "某政〔2021〕1号",
        "某市政府",
        draw(days),
        Period(dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        tuple(draw(st.permutations([*bodies, group]))),
        tuple(sections),
        Thresholds(Decimal(draw(st.integers(0, 9))), Decimal(20), draw(st.integers(0, 60))),
    )


def as_file(value: Any) -> Any:
    """A plan as its file has it; JSON is YAML too."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        fields = value._asdict().items()
        return {name: as_file(field) for name, field in fields if field not in (None, (), "", {})}
    if isinstance(value, tuple):
        return [as_file(item) for item in value]
    if isinstance(value, dict):
        return {name: as_file(item) for name, item in value.items()}
    return value if isinstance(value, int | str) else str(value)


wanted = st.builds(
    PlanQuery,
    task=st.none() | st.sampled_from(["1", "07", "任务3", "99", "二"]),
    departments=st.lists(st.sampled_from(["公安局甲", "甲", "各县", "市A局", "无"]), max_size=2),
    sections=st.lists(st.sampled_from(["1", "二", "第2章", "冷链", "9"]), max_size=2),
    words=st.lists(st.sampled_from(["", "检验", "abc", "％", "公安"]), min_size=2, max_size=2),
)


@given(plans())
@settings(max_examples=60, deadline=None)
def test_a_plan_is_read_as_it_was_meant(plan: Plan) -> None:
    read, problems = examining.examine(json.dumps(as_file(plan)).encode(), "x")
    assert not has_errors(problems), [str(problem) for problem in problems]
    assert read == plan


@given(plans())
@settings(max_examples=100, deadline=None)
def test_the_tables_give_back_any_plan(plan: Plan) -> None:
    assert PlanTables(plan_tables.build(plan)).whole() == plan


@given(plans(), wanted, st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_plan_narrowed_answers_as_the_whole(plan: Plan, asked: PlanQuery, direct: bool) -> None:
    if asked.task is not None:
        asked = PlanQuery(asked.task)
    narrowed = PlanTables(plan_tables.build(plan)).narrowed(asked)
    assert answer(narrowed, asked, direct) == answer(plan, asked, direct)
