"""Plans and ledgers of any size, the same every time; and the same tasks for other tools."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path

TASKS_A_CITY = 59
DEPARTMENT = "第0市第7局"
_HEAD = """title: 全省食品安全重点工作安排
document_number: 文〔2021〕1号
issuer: 省人民政府办公室
issued_on: 2021-01-01
period: {start: 2021-01-01, end: 2021-12-31}
departments:
"""


def tasks(count: int) -> Iterator[tuple[int, int, str, str]]:
    """Each task's number, city, leading and other department."""
    for number in range(1, count + 1):
        city = (number - 1) // TASKS_A_CITY
        first, second = number * 7 % 28, (number * 11 + 3) % 28
        if first == second:
            second = (second + 1) % 28
        yield number, city, f"第{city}市第{first}局", f"第{city}市第{second}局"


def plan(count: int) -> str:
    """A province's plan: cities of 59 tasks, each with departments, counties and a group."""
    lines = [_HEAD]
    for city in range((count - 1) // TASKS_A_CITY + 1):
        lines += (f"  - {{name: 第{city}市第{n}局, aliases: [{city}市{n}局]}}\n" for n in range(28))
        counties = [f"第{city}市第{n}县" for n in range(6)]
        lines += (f"  - {{name: {county}}}\n" for county in counties)
        lines.append(f"  - {{name: 第{city}市各县, members: [{', '.join(counties)}]}}\n")
    lines.append("sections:\n")
    for number, city, lead, other in tasks(count):
        place = (number - 1) % TASKS_A_CITY
        if place % 6 == 0:
            section = city * 10 + place // 6 + 1
            lines.append(f"  - number: {section}\n    title: 第{city}市第{place // 6}部分\n")
            lines.append("    tasks:\n")
        lines.append(
            f"      - id: {number}\n        title: 任务{number}加强监管\n"
            f"        text: 任务{number}加强监管。对重点单位开展检查，完成{number}批次检验，"
            "提高食品安全保障水平，落实各项责任，按月报告进展情况。\n"
            f"        responsibility: {lead}牵头，{other}、第{city}市各县按职责分工负责\n"
            f"        lead: [{lead}]\n        responsible: [{other}, 第{city}市各县]\n"
        )
        if number % 3 == 0:
            lines.append(
                f"        indicators:\n          - {{name: 检验量, quote: 完成{number}批次检验, "
                f"kind: cumulative, target: {number}, unit: 批次}}\n"
            )
    return "".join(lines)


def ledger(count: int, indicator: str = "食品检验量", task: int = 16) -> Iterator[str]:
    """Lines reported through the year, of all tasks; one indicator, elsewhere percentages."""
    chance = random.Random(5)
    for n in range(count):
        day = dt.date(2021, 1, 1) + dt.timedelta(days=n * 272 // count)
        number = chance.randint(1, 4) if n % 2 else task
        entry: dict[str, object] = {"task": number}
        if number == task:
            entry |= {"indicator": indicator, "value": round(n * 6 / count, 2)}
        else:
            entry |= {"percent": n * 100 // count}
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


def write_ledger(path: Path, count: int) -> None:
    """A ledger of that many lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(ledger(count))
