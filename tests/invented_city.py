"""A city of a few departments, so that what is computed for it can be worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Fs

HEAD = """\
title: 云州市2024年食品安全重点工作安排
document_number: 云政办〔2024〕9号
issuer: 云州市人民政府办公室
issued_on: 2024-01-10
period: {start: 2024-01-01, end: 2024-12-31}
letters: {prefix: 云食安办}
bases:
  - {name: 常住人口, unit: 千人, values: {东区: 680, 西区: 300, 黑县: 20}}
departments:
  - {name: 市监局}
  - {name: 市公安局}
  - {name: 市商务局}
  - {name: 东区}
  - {name: 西区}
  - {name: 黑县}
sections:
  - number: 1
    title: 计数
    tasks:
"""
RATIO = (
    "检验量达到6批次/千人",
    "{name: 检验量, quote: 检验量达到6批次/千人, kind: cumulative, target: 6, unit: 批次/千人,"
    " per: 常住人口}",
)
COUNT = ("培训共10次", "{name: 次数, quote: 培训共10次, kind: cumulative, target: 10, unit: 次}")
RATE = ("达到80%", "{name: 率, quote: 达到80%, kind: rate, target: 80, unit: '%'}")
DAY = "2024-08-15"
CLOSING = "closing: {required: true}\n"
PLAN_MADE = ("制定方案", "{name: 方案, quote: 制定方案, kind: milestone, due: 2024-07-31}")


def task(number: int, bodies: str, what: tuple[str, str] = ("会商", ""), more: str = "") -> str:
    text, indicator = what
    lines = [
        f"- id: {number}",
        f"  title: {text}",
        f"  text: {text}。",
        f"  responsibility: {bodies}",
        f"  responsible: [{bodies.replace('、', ', ')}]",
        *([f"  indicators: [{indicator}]"] if indicator else []),
        *more.splitlines(),
    ]
    return "".join(f"      {line}\n" for line in lines)


def rubric(fs: Fs, members: str, *items: str) -> None:
    """A rubric of one series: `items` are their titles, points and rules."""
    names = "abcdef"[: len(items)]
    lines = [
        "title: 评议",
        "base: 100",
        f"series: [{{name: 局, members: [{members}]}}]",
        "items:",
        *(f"  - {{id: {n}, title: {item}}}" for n, item in zip(names, items, strict=True)),
        "grades: [{name: A, least: 0}]",
    ]
    (fs.folder / "scoring.yaml").write_text("\n".join(lines), "utf-8")


def paper(day: str, words: str) -> str:
    return f"  - {{basis: 甲, effective: {day}, {words}}}\n"


def update(fs: Fs, day: str, *args: str) -> None:
    fs("progress", "update", *args, FS_TODAY=day).ok()
