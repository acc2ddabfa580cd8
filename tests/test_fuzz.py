"""Whatever is handed in: recorded exactly what was acknowledged, or refused and nothing changed.

One target each for forms, CSV, JSON, lines of the ledger and plans. The commands run in this
process: a subprocess each would take the time of a hundred examples.
"""

import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from foodsafety_cli.cli.main import main
from foodsafety_cli.model.text import has_refused
from tests.conftest import ROOT, TODAY
from tests.limits import in_ci

PLAN = (ROOT / "plan.yaml").read_text("utf-8")
SOUND = (
    '{"id":"a1","at":"2021-09-01T08:00:00+08:00","by":"某人","date":"2021-09-01",'
    '"entries":[{"task":17,"indicator":"定量监测量","value":0.5}]}\n'
)
bounded = settings(
    max_examples=in_ci(40, 20),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ODD = (
    *("", " ", "5.2", "5,2", "１２", "-1", "1e9", "98/99", "0/0", "100%", "完成", "=1+1", "#N/A"),
    *("\u202e5", "a\x00b", "2021-09-30", "2021/13/1", "NaN", "99999999999999", "各县", "\ud800"),
)
HEAD = ["序号", "指标", "单位", "数值", "日期", "进展情况"]
KEYS = ("task", "value", "percent", "department", "date", "note", "indicator", "x")
Row = dict[str, Any]
Rows = Sequence[Row]
odd = st.sampled_from(ODD)
texts = odd | st.text(max_size=12)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder that each example finds as it was."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("FS_TODAY", TODAY)
        patch.setenv("FS_BY", "张三")
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("FS_PLAN", raising=False)
        (folder / "plan.yaml").write_text(PLAN, "utf-8")
        run("form", "-d", "阳城县", "-o", "form.xlsx")
        yield folder


def run(*args: str) -> tuple[int, str]:
    """The exit code of a command and what it says on stdout."""
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(b""), "utf-8")
    sys.stdout = io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stderr = io.TextIOWrapper(io.BytesIO(), "utf-8")
    try:
        code = main(args)
        sys.stdout.flush()
        content = sys.stdout.buffer.getvalue()
        return code, content.decode("utf-8", "replace")
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams


def hand_in(office: Path, name: str, meant: Rows = (), *, all_sound: bool = False) -> None:
    """Hand a file in, and hold the answer against the ledger, and both against what was meant."""
    ledger = office / "progress.jsonl"
    ledger.write_text(SOUND, "utf-8")
    code, out = run("progress", "import", name)
    assert code in (0, 1, 2, 3), (code, out)
    after = ledger.read_bytes()
    if code:
        assert not all_sound, (code, meant)
        assert after == SOUND.encode()
        assert out == ""
        return
    assert after.startswith(SOUND.encode())
    added = [json.loads(line) for line in after.splitlines()[1:]]
    acknowledged = sum(map(int, re.findall(r"已记录 (\d+) 条", out)))
    assert sum(len(line["entries"]) for line in added) == acknowledged
    assert all(line["id"] in out for line in added)
    recorded = [said(line["date"], entry) for line in added for entry in line["entries"]]
    assert not all_sound or len(recorded) == len(meant)
    for row in meant:
        assert said(row["date"] or TODAY, row) in recorded, (row, recorded)


def said(day: str, entry: Row) -> Row:
    """What an entry says, of a day."""
    fields = ("task", "indicator", "department", "value", "percent", "note")
    return {"day": day, **{field: entry.get(field) or None for field in fields}}


def sound_row(of: tuple[int, str | None, str | None], figure: int, date: str, note: str) -> Row:
    """A row that may be handed in, as JSON has it; `of`: a task, its indicator and whose."""
    task, indicator, department = of
    named = {"task": task, "indicator": indicator, "department": department}
    return {**named, "value" if indicator else "percent": figure, "date": date, "note": note}


# each of another task, so that none is held against another
series: st.SearchStrategy[tuple[int, str | None, str | None]] = st.sampled_from(
    [
        (1, None, None),
        (2, None, None),
        (34, None, "阳城县"),
        (44, None, "阳城县"),
        (18, "风险监测", None),
        (37, "合格证覆盖率", None),
    ]
)
sound_rows = st.lists(
    st.builds(
        sound_row,
        series,
        st.integers(2, 50),
        st.sampled_from(["2021-08-31", "2021-09-30", ""]),
        st.text("好的，完成了。", max_size=8),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda row: str(row["task"]),
)


@given(sound_rows, st.lists(st.lists(texts, min_size=6, max_size=6), max_size=1))
@bounded
def test_csv_with_sound_rows(office: Path, rows: list[Row], odd_rows: list[list[str]]) -> None:
    lines = [
        [
            str(row["task"]),
            str(row["indicator"] or ""),
            str(row["department"] or ""),
            str(row.get("value", row.get("percent"))),
            str(row["date"]),
            str(row["note"]),
        ]
        for row in rows
    ]
    text = "\n".join(",".join(line) for line in [HEAD, *lines, *odd_rows])
    (office / "a.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    hand_in(office, "a.csv", rows, all_sound=not odd_rows)


@given(sound_rows, st.lists(st.dictionaries(st.sampled_from(KEYS), texts, max_size=4), max_size=1))
@bounded
def test_json_with_sound_rows(office: Path, rows: list[Row], odd_rows: list[Row]) -> None:
    content = [{k: v for k, v in row.items() if v not in (None, "")} for row in rows]
    (office / "a.json").write_bytes(json.dumps([*content, *odd_rows]).encode())
    hand_in(office, "a.json", rows, all_sound=not odd_rows)


@given(sound_rows, st.booleans())
@bounded
def test_forms_with_sound_rows(office: Path, rows: list[Row], is_odd: bool) -> None:
    own = [row | {"department": "阳城县"} for row in rows if row["department"] == "阳城县"]
    book = load_workbook(office / "form.xlsx")
    sheet = book.worksheets[0]
    numbers = {sheet.cell(n, 1).value: n for n in range(4, sheet.max_row + 1)}
    for row in own:
        line = numbers[row["task"]]
        for column, value in ((8, row["percent"]), (11, row["date"]), (12, row["note"])):
            sheet.cell(line, column).value = value or None
    if is_odd:
        sheet.cell(numbers[16], 8).value = "很多"
    book.save(office / "filled.xlsx")
    hand_in(office, "filled.xlsx", own, all_sound=not is_odd)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(7, 14), texts), max_size=6))
@bounded
def test_forms(office: Path, changes: list[tuple[int, int, str]]) -> None:
    book = load_workbook(office / "form.xlsx")
    sheet = book.worksheets[0]
    for row, column, text in changes:
        if not ILLEGAL_CHARACTERS_RE.search(text) and not has_refused(text):
            sheet.cell(4 + row, 1 + column).value = text
    book.save(office / "filled.xlsx")
    hand_in(office, "filled.xlsx")


heads = st.lists(
    st.sampled_from(["序号", "指标", "单位", "数值", "分子", "分母", "日期", "进展情况", "说明"]),
    min_size=1,
    max_size=7,
)


@given(
    heads, st.lists(st.lists(texts | st.sampled_from(["1", "16", "34"]), max_size=7), max_size=4)
)
@bounded
def test_csv(office: Path, head: list[str], rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in [head, *rows])
    (office / "a.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    hand_in(office, "a.csv")


@given(st.binary(max_size=60))
@bounded
def test_csv_of_any_bytes(office: Path, content: bytes) -> None:
    (office / "a.csv").write_bytes("序号,数值\n1,".encode() + content)
    hand_in(office, "a.csv")


values = st.none() | st.booleans() | st.integers() | st.floats() | texts
records = st.dictionaries(
    st.sampled_from(KEYS),
    values | st.lists(values, max_size=2),
    max_size=5,
)


@given(st.lists(records | st.builds(lambda r: r | {"task": 1}, records), max_size=4) | values)
@bounded
def test_json(office: Path, content: object) -> None:
    (office / "a.json").write_bytes(json.dumps(content).encode())
    hand_in(office, "a.json")


def mutated(text: str) -> st.SearchStrategy[str]:
    """The text with pieces taken out, put in, or doubled."""
    piece = st.tuples(st.integers(0, len(text)), st.integers(0, 12), st.sampled_from("rid"), texts)
    return st.lists(piece, min_size=1, max_size=3).map(lambda changes: _mutate(text, changes))


def _mutate(text: str, changes: list[tuple[int, int, str, str]]) -> str:
    for at, length, how, new in changes:
        piece = text[at : at + length]
        between = {"r": new, "i": new + piece, "d": piece + piece}[how]
        text = text[:at] + between + text[at + length :]
    return text


STEP = (
    '{"id":"b1","at":"2021-09-02T08:00:00+08:00","by":"某人","kind":"signoff","step":"apply",'
    '"task":20,"department":"市规划和自然资源局","date":"2021-09-02"}\n'
)


@given(mutated(SOUND + STEP))
@bounded
def test_lines_of_the_ledger(office: Path, content: str) -> None:
    ledger = office / "progress.jsonl"
    raw = content.encode("utf-8", "surrogatepass")
    ledger.write_bytes(raw)
    for args in (("check",), ("progress", "--by", "task"), ("signoff", "--all"), ("log",)):
        code, _ = run(*args)
        assert code in (0, 1, 3), args
        assert ledger.read_bytes() == raw
    code, _ = run("progress", "update", "1", "--percent", "50")
    if code == 0:
        assert ledger.read_bytes().startswith(raw)
        assert json.loads(ledger.read_bytes().splitlines()[-1])["entries"][0]["percent"] == 50
    else:
        assert ledger.read_bytes() == raw


@given(mutated(PLAN))
@settings(bounded, max_examples=25)
def test_plans(office: Path, content: str) -> None:
    plan, ledger = office / "plan.yaml", office / "progress.jsonl"
    ledger.write_text(SOUND, "utf-8")
    plan.write_bytes(content.encode("utf-8", "surrogatepass"))
    try:
        checked, _ = run("check")
        assert checked in (0, 1, 3)
        listed, out = run("tasks")
        assert listed in (0, 3)
        assert bool(out) == (listed == 0)
        code, _ = run("progress", "update", "1", "--percent", "50")
        assert code in (0, 2, 3)
        assert code == 0 or ledger.read_text("utf-8") == SOUND
    finally:
        plan.write_text(PLAN, "utf-8")


def test_the_invariant_is_held_against_something(office: Path) -> None:
    (office / "a.csv").write_text("序号,数值\n1,50\n", "utf-8")
    hand_in(office, "a.csv")
    assert len((office / "progress.jsonl").read_bytes().splitlines()) == 2
