"""What is wrong with stages and with the plan's course: days, order, sizes."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from foodsafety_cli.analysis.days import read_day
from foodsafety_cli.analysis.measures import HUNDRED
from foodsafety_cli.analysis.stages import percent_of
from foodsafety_cli.model.plan import Indicator, Kind, Plan
from foodsafety_cli.model.problem import Code, Fault, Path


def check_stages(plan: Plan, indicator: Indicator, due: dt.date, path: Path) -> Iterator[Fault]:
    """Days inside the period, each more than the one before, none past the whole or the due day."""
    if indicator.stages and indicator.kind is not Kind.CUMULATIVE:
        yield Fault(
            (*path, "stages"),
            Code.STAGES,
            "阶段目标只用于累计指标",
            "请删去 stages，或把 kind 改成 cumulative",
        )
    elif indicator.stages and indicator.at_most:
        words = "有上限的指标（at_most）任何时候都应做到，没有阶段目标"
        yield Fault((*path, "stages"), Code.STAGES, words, "请删去 stages")
    else:
        yield from _check(plan, indicator.stages, indicator.target, due, (*path, "stages"))


def check_course(plan: Plan) -> Iterator[Fault]:
    """The same of the course of all."""
    yield from _check(plan, plan.course, None, plan.period.end, ("course",))


def _check(
    plan: Plan, written: Mapping[str, str], target: Decimal | None, due: dt.date, path: Path
) -> Iterator[Fault]:
    before = Decimal(0)
    last: dt.date | None = None
    for key, text in written.items():
        day, percent = read_day(key), percent_of(text, target)
        place = (*path, key)
        if day is None:
            yield Fault(place, Code.STAGES, f"“{key}”不是日期", "请写成 2021-06-30 这样")
            continue
        if percent is None:
            words = "26% 这样" if target is None else "26% 或一个数"
            yield Fault(place, Code.STAGES, f"“{text}”不是阶段目标", f"请写成 {words}")
            continue
        if not plan.period.start <= day <= due:
            words = f"{day} 不在工作期开始到时限 {due} 之间"
            yield Fault(place, Code.STAGES, words, "请核对日期")
        if last is not None and day <= last:
            yield Fault(place, Code.STAGES, f"{day} 排在 {last} 之后", "请按日期先后写")
        if day == due and percent < HUNDRED:
            words = f"{day} 是时限，那天应是目标的 100%"
            yield Fault(place, Code.STAGES, words, "请改成 100%，或删去这一行")
        elif percent > HUNDRED:
            yield Fault(place, Code.STAGES, f"{text} 超过了目标", "请核对数值")
        elif percent < before:
            yield Fault(place, Code.STAGES, f"{text} 比前一个阶段少", "阶段目标只增不减，请核对")
        before, last = max(before, percent), day
