"""Plans and ledgers of any size, the same every time; and the same tasks for other tools."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.model.plan import Indicator
from foodsafety_cli.model.plan import Task as PlanTask
from foodsafety_cli.store.plan import file as plan_file

ROOT = Path(__file__).resolve().parent.parent.parent
TASKS_A_CITY = 59
DEPARTMENT = "第0市第7局"
_HEAD = """title: 全省食品安全重点工作安排
document_number: 文〔2021〕1号
issuer: 省人民政府办公室
issued_on: 2021-01-01
period: {start: 2021-01-01, end: 2021-12-31}
departments:
"""


class Task(NamedTuple):
    """A task as every tool is given it."""

    number: int
    city: int
    lead: str
    other: str

    @property
    def counties(self) -> str:
        """The group that helps."""
        return f"第{self.city}市各县"

    @property
    def title(self) -> str:
        """What it is called."""
        return f"任务{self.number}加强监管"

    @property
    def text(self) -> str:
        """What the notice says of it."""
        return (
            f"{self.title}。对重点单位开展检查，完成{self.number}批次检验，"
            "提高食品安全保障水平，落实各项责任，按月报告进展情况。"
        )

    @property
    def responsibility(self) -> str:
        """The notice's bracket."""
        return f"{self.lead}牵头，{self.other}、{self.counties}按职责分工负责"


def tasks(count: int) -> Iterator[Task]:
    """The same tasks every time."""
    for number in range(1, count + 1):
        city = (number - 1) // TASKS_A_CITY
        first, second = number * 7 % 28, (number * 11 + 3) % 28
        if first == second:
            second = (second + 1) % 28
        yield Task(number, city, f"第{city}市第{first}局", f"第{city}市第{second}局")


def plan(count: int) -> str:
    """A province's plan: cities of 59 tasks, each with departments, counties and a group."""
    lines = [_HEAD]
    for city in range((count - 1) // TASKS_A_CITY + 1):
        lines += (f"  - {{name: 第{city}市第{n}局, aliases: [{city}市{n}局]}}\n" for n in range(28))
        counties = [f"第{city}市第{n}县" for n in range(6)]
        lines += (f"  - {{name: {county}}}\n" for county in counties)
        lines.append(f"  - {{name: 第{city}市各县, members: [{', '.join(counties)}]}}\n")
    lines.append("sections:\n")
    for task in tasks(count):
        place = (task.number - 1) % TASKS_A_CITY
        if place % 6 == 0:
            section = task.city * 10 + place // 6 + 1
            lines.append(f"  - number: {section}\n    title: 第{task.city}市第{place // 6}部分\n")
            lines.append("    tasks:\n")
        lines.append(
            f"      - id: {task.number}\n        title: {task.title}\n        text: {task.text}\n"
            f"        responsibility: {task.responsibility}\n        lead: [{task.lead}]\n"
            f"        responsible: [{task.other}, {task.counties}]\n"
        )
        if task.number % 3 == 0:
            lines.append(
                "        indicators:\n"
                f"          - {{name: 检验量, quote: 完成{task.number}批次检验, "
                f"kind: cumulative, target: {task.number}, unit: 批次}}\n"
            )
    return "".join(lines)


def ledger(count: int) -> Iterator[str]:
    """Lines reported through the year as they are in life: every department of every task."""
    chance = random.Random(5)
    series = list(_series()) if count else []
    for n in range(count):
        task, indicator, department = series[n % len(series)]
        day = dt.date(2021, 1, 1) + dt.timedelta(days=n * 272 // count)
        entry: dict[str, object] = {"task": task.id, "department": department}
        if indicator is None:
            entry["percent"] = n * 100 // count
        else:
            entry["indicator"] = indicator.name
            if indicator.target is None:
                entry["done"] = True
            else:
                entry["value"] = round(float(indicator.target) * n / count, 2)
        if n % 3:
            entry["note"] = "按月推进"
        line = {
            "id": f"{chance.getrandbits(64):016x}",
            "at": f"{day}T{8 + n % 10:02}:{n % 60:02}:{n // 7 % 60:02}.123456+08:00",
            "by": "张三",
            "date": str(day),
            "entries": [entry],
        }
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _series() -> Iterator[tuple[PlanTask, Indicator | None, str]]:
    """What each department of the shipped plan reports."""
    shipped = plan_file.load(ROOT / "plan.yaml").whole()
    duties = Duties(shipped)
    for _, task in shipped.tasks():
        for department in duties.accountable(task):
            for indicator in task.indicators or (None,):
                yield task, indicator, department


def write_ledger(path: Path, count: int) -> None:
    """A ledger of that many lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(ledger(count))
