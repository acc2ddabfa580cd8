"""Random ledgers of the shipped plan: most lines sound, some of them not, in every way we know."""

import datetime as dt
import json
from typing import Any

from hypothesis import strategies as st

from foodsafety_cli.store.plan import file as plan_file
from tests.conftest import ROOT

TABLES = plan_file.load(ROOT / "plan.yaml")
PLAN = TABLES.whole()
TASKS = [task for _, task in PLAN.tasks() if task.id in (1, 5, 14, 16, 34, 55, 57, 59)]
FIGURES = [-1, 0, 100, 101, 0.5, "x", "Infinity", "NaN", "-0", 1e300, "1e-99"]
FIGURES += ["1e-12", "1e-13", "0e-13", "9999999999999.5", "1e13", "1e12", "100.0"]
DAYS = [dt.date(2021, 1, 1) + dt.timedelta(days=n) for n in (-1, 0, 100, 101, 272, 364)]


@st.composite
def entry(draw: st.DrawFn) -> dict[str, Any]:
    """An entry as a line has it: most often sound, now and then not."""
    task = draw(st.sampled_from(TASKS))
    made: dict[str, Any] = {"task": task.id}
    if draw(st.booleans()):
        made["department"] = draw(st.sampled_from(["城区", "阳城县", "市市场监督管理局", "无此局"]))
    kind = draw(st.sampled_from(["figure", "figure", "figure", "words", "odd"]))
    if kind == "words":
        made["note"] = "按月推进"
    elif kind == "odd":
        made[draw(st.sampled_from(["value", "percent"]))] = draw(st.sampled_from(FIGURES))
    elif task.indicators:
        indicator = draw(st.sampled_from(task.indicators))
        made["indicator"] = indicator.name
        if indicator.target is None:
            made["done"] = True
        else:
            made["value"] = draw(st.integers(0, 120)) / 4
    else:
        made["percent"] = draw(st.integers(0, 100))
    return made


@st.composite
def line(draw: st.DrawFn) -> str:
    """A line of a ledger: a submission, an undo, a copy's id, or none of these."""
    name = draw(st.sampled_from([f"{n:04}" for n in range(12)]))
    zone = draw(st.sampled_from(["+08:00"] * 10 + ["Z", ""]))
    at = f"2021-10-0{draw(st.integers(1, 3))}T08:00:0{draw(st.integers(0, 9))}{zone}"
    head: dict[str, Any] = {"id": name, "at": at, "by": "某人"}
    odd = ["undo", "undo in escapes", "broken", "blank", "two", "marked"]
    kind = draw(st.sampled_from(["submission"] * 8 + odd))
    if kind.startswith("undo"):
        undo = json.dumps(
            head | {"id": f"u{name}", "undo": draw(st.sampled_from(["0001", "9", "u0001"]))}
        )
        return undo if kind == "undo" else undo.replace('"undo"', '"\\u0075ndo"')
    if kind == "blank":
        return ""
    day = draw(st.sampled_from(DAYS))
    entries = draw(st.lists(entry(), min_size=1, max_size=3))
    text = json.dumps(head | {"date": str(day), "entries": entries}, ensure_ascii=False)
    if kind == "broken":
        return text[: draw(st.integers(1, len(text)))]
    return {"two": f"{text} {text}", "marked": f"\ufeff{text}"}.get(kind, text)


SOUND = (
    '{"id":"z1","at":"2021-10-01T08:00:00+08:00","by":"某人","date":"2021-01-01",'
    '"entries":[{"task":1,"note":"开始"}]}'
)


def written(lines: list[str]) -> bytes:
    """A ledger; where none of its lines says which record it is, it would be none at all."""
    return "".join(f"{one}\n" for one in [SOUND, *lines] if lines).encode()


ledgers = st.lists(line(), max_size=14).map(written)
