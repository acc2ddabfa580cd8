"""A year of an office: every department reports every month, some late, some done, some in trouble.

`python -m tests.year FOLDER` writes it beside a plan, to look at what is made of it.
"""

import datetime as dt
import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from foodsafety_cli.analysis.digest import month_ends
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.model.events import Entry, Event, Submission
from foodsafety_cli.model.plan import Indicator, Plan, Task
from foodsafety_cli.model.steps import (
    Extension,
    ExtensionStep,
    Letter,
    LetterKind,
    LetterStep,
    SignOff,
    SignOffStep,
)
from foodsafety_cli.store.ledger.encoding import encode
from foodsafety_cli.store.plan.examining import examine
from tests.conftest import ROOT

PROBLEMS = (
    "基层监管力量不足，部分乡镇只有一名专职人员，难以做到全覆盖检查",
    "经费拨付滞后，第三方检测合同尚未签订",
    "个别企业主体责任落实不到位，追溯信息上传不及时",
    "农村集体聚餐点多面广，备案率偏低",
    "部门之间数据尚未共享，重复报送",
)
STEPS = (
    "倒排工期，每周调度，确保年底前完成",
    "协调财政部门尽快拨付经费",
    "对连续两月滞后的单位进行约谈",
    "开展专项培训，提高基层人员能力",
)


def year(plan: Plan, until: dt.date, seed: int = 1) -> Iterator[Event]:
    """The lines of a year's ledger up to a day, in the order of their making."""
    chance = random.Random(seed)
    reporters = Reporters(plan)
    speed = {task.id: chance.choice((0.5, 0.8, 1.0, 1.0, 1.1)) for _, task in plan.tasks()}
    number = 0
    for day in month_ends(plan.period.start, until):
        at = dt.datetime.combine(day, dt.time(9), dt.UTC)
        share = (day - plan.period.start).days / (plan.period.end - plan.period.start).days
        for department in plan.departments:
            entries = tuple(
                _entry(task, indicator, department.name, share * speed[task.id], chance)
                for _, task in plan.tasks()
                for indicator in task.indicators or (None,)
                if department.name in reporters.of(task, indicator) and chance.random() < 0.85
            )
            if entries:
                number += 1
                moment = at + dt.timedelta(minutes=number)
                yield Submission(f"r{number:05}", moment, "填报人", day, entries)
    at = dt.datetime.combine(until, dt.time(18), dt.UTC)
    yield from _steps(plan, reporters, until, at)


def _entry(
    task: Task, indicator: Indicator | None, body: str, share: float, chance: random.Random
) -> Entry:
    is_in_trouble = chance.random() < 0.3
    said = Entry(
        task.id,
        indicator.name if indicator else None,
        body,
        note=f"本月开展检查{chance.randint(3, 40)}次，完成阶段性工作",
        problems=chance.choice(PROBLEMS) if is_in_trouble else "",
        next_steps=chance.choice(STEPS) if is_in_trouble else "",
    )
    share = min(share, 1.0)
    if indicator is None:
        return said._replace(percent=Decimal(round(share * 100)))
    measure = measure_of(indicator)
    if not measure.is_figure:
        return said._replace(done=share > 0.95)
    target = measure.own_target(body, {}) or (measure.target or Decimal(1)) / 6
    part = Decimal(round(share * 100)) / 100 if measure.grows else Decimal("0.97")
    return said._replace(value=round(target * part, 2))


def _steps(plan: Plan, reporters: Reporters, day: dt.date, at: dt.datetime) -> Iterator[Event]:
    tasks = [task for _, task in plan.tasks()]
    for n, task in enumerate(tasks[:12]):
        body = reporters.of(task, next(iter(task.indicators), None))[0]
        when = at + dt.timedelta(minutes=n)
        yield SignOff(f"s{n}", when, "填报人", SignOffStep.APPLY, task.id, body, day)
        step = (SignOffStep.ACCEPT, SignOffStep.RETURN, None)[n % 3]
        if step:
            later = when + dt.timedelta(hours=1)
            reason = "佐证不全，补齐后再报" if step is SignOffStep.RETURN else ""
            yield SignOff(
                f"d{n}", later, "审核人", step, task.id, body, day, of=f"s{n}", reason=reason
            )
    for n, task in enumerate(tasks[20:23]):
        body = reporters.of(task)[0]
        ask = (task.id, body, day)
        to = dt.date(plan.period.end.year + 1, 3, 31)
        yield Extension(f"e{n}", at, "填报人", ExtensionStep.APPLY, *ask, to=to, reason="改期")
        yield Extension(f"g{n}", at, "审批人", ExtensionStep.GRANT, *ask, of=f"e{n}")
    sent = day - dt.timedelta(days=20)
    for n, task in enumerate(tasks[30:36], 1):
        yield Letter(
            f"l{n}",
            at,
            "经手人",
            LetterStep.WRITE,
            sent,
            f"晋市食安办督〔{sent.year}〕{n}号",
            LetterKind.SUPERVISE,
            reporters.of(task)[0],
            (task.id,),
            sent + dt.timedelta(days=7),
        )


def write(folder: Path, until: dt.date) -> int:
    """Write a year's ledger beside the shipped plan; returns how many lines it has."""
    content = (ROOT / "plan.yaml").read_bytes()
    plan, _ = examine(content, "plan.yaml")
    assert plan is not None
    (folder / "plan.yaml").write_bytes(content)
    lines = list(map(encode, year(plan, until)))
    (folder / "progress.jsonl").write_bytes(b"".join(lines))
    return len(lines)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), dt.date(2021, 9, 30)))
