"""Many cities' plans and ledgers in one tree: rolled up by `fs`, and asked by DuckDB."""

import json
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT, Fs
from tests.limits import in_ci

ALL = ("--plan", "*/plan.yaml")
CITIES = 24
PLANS = in_ci(1000, 80)


def reported(city: int) -> Iterator[str]:
    """A city's ledger: figures, shares, late ones, some taken back, a line twice, a torn one."""
    chance = random.Random(city)
    for n in range(20):
        month = chance.randint(1, 9)
        at = f"2021-09-30T08:{n:02}:00+08:00"
        head = {"id": f"{city:04}{n:02}", "at": at, "by": "李四"}
        if n in (9, 19):
            yield json.dumps(head | {"undo": f"{city:04}{n - 4:02}"})
            continue
        entry: dict[str, object] = {"task": chance.choice([1, 2, 3]), "percent": n * 5}
        if n % 3 == 0:
            entry = {"task": 16, "indicator": "食品检验量", "value": n / 4}
        line = json.dumps(head | {"date": f"2021-{month:02}-15", "entries": [entry]})
        yield from [line, line] if n == 3 else [line]
    yield '{"id": "torn", "at": "2021-'


def cities(folder: Path, count: int) -> Path:
    """A tree of as many cities, each with its plan and its ledger."""
    text = (ROOT / "plan.yaml").read_text("utf-8")
    for city in range(count):
        home = folder / f"市{city:02}"
        home.mkdir()
        title = text.replace("title: 晋城市2021年", f"title: 第{city}市2021年", 1)
        (home / "plan.yaml").write_text(title, "utf-8")
        (home / "progress.jsonl").write_text("\n".join(reported(city)), "utf-8")
    return folder


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cities(tmp_path_factory.mktemp("province"), CITIES)


@pytest.fixture
def province(tree: Path, environment: dict[str, str]) -> Fs:
    """`fs` in a tree of many cities."""
    return Fs(tree, environment)


@pytest.fixture
def two(anywhere: Fs) -> Fs:
    """Two cities; the second has other departments and has reported nothing."""
    text = (ROOT / "plan.yaml").read_text("utf-8")
    for city, bureau in (("甲", "市供销合作社"), ("乙", "市供销总社")):
        (anywhere.folder / city).mkdir()
        renamed = text.replace("市供销合作社", bureau)
        (anywhere.folder / city / "plan.yaml").write_text(renamed, "utf-8")
    anywhere("--plan", "甲/plan.yaml", "progress", "update", "16", "--value", "6").ok()
    return anywhere


def test_several_plans_are_rows_and_their_total_counts_every_task(two: Fs) -> None:
    run = two("--plan", "甲/plan.yaml", "--plan", "乙/plan.yaml", "progress").ok()
    assert run.rows[0][:2] == ["plan", "tasks"]
    assert [row[:2] for row in run.rows[1:]] == [["甲", "59"], ["乙", "59"], ["合计", "118"]]
    alone = Decimal(two("--plan", "甲/plan.yaml", "progress").ok().rows[-1][4])
    assert Decimal(run.rows[-1][3]) == pytest.approx(alone / 2, abs=Decimal("0.01"))


def test_a_pattern_means_all_that_fit_and_a_plan_named_twice_is_one(two: Fs) -> None:
    once = two("--plan", "*/plan.yaml", "progress").ok()
    assert [row[0] for row in once.rows] == ["plan", "乙", "甲", "合计"]
    twice = two("--plan", "*/plan.yaml", "progress", "--plan", "甲/../甲/plan.yaml").ok()
    assert twice.out == once.out
    nothing = two("--plan", "丙*/plan.yaml", "progress")
    assert (nothing.code, nothing.out) == (2, "")
    assert "没有符合“丙*/plan.yaml”的计划文件" in nothing.err


@pytest.mark.parametrize("command", ["tasks", "indicators", "due"])
def test_rows_of_several_plans_say_whose_they_are(two: Fs, command: str) -> None:
    rows = two.objects(*ALL, command)
    assert {row["plan"] for row in rows} == {"甲", "乙"}
    assert {row["plan_title"] for row in rows} == {"晋城市2021年食品安全重点工作安排"}
    for city in ("甲", "乙"):
        alone = two.objects("--plan", f"{city}/plan.yaml", command)
        mine = [row for row in rows if row["plan"] == city]
        assert [dict(list(row.items())[2:]) for row in mine] == alone


def test_who_has_no_such_department_is_told_and_left_out(two: Fs) -> None:
    run = two(*ALL, "tasks", "-d", "市供销总社", "-c", "plan,id").ok()
    assert {row[0] for row in run.rows[1:]} == {"乙"}
    assert "未列入：甲/plan.yaml" in run.err
    nobody = two(*ALL, "tasks", "-d", "阳光局")
    assert (nobody.code, nobody.out) == (2, "")


def test_a_light_of_any_plan_fails(two: Fs) -> None:
    run = two(*ALL, "progress", "--fail-on", "黄", "--indicator", "检验量")
    assert run.code == 1
    assert run.err.endswith("\n错误：亮黄灯或红灯的任务有 1 项：甲 16\n")


@pytest.mark.parametrize(
    "command", [["show", "16"], ["check"], ["progress", "update", "16", "--value", "1"], []]
)
def test_what_is_about_one_plan_says_so(two: Fs, command: list[str]) -> None:
    run = two(*ALL, *command)
    assert (run.code, run.out) == (2, "")
    assert "一次只用一个计划，这里写了 2 个" in run.err


def test_one_bad_plan_is_no_silence(two: Fs) -> None:
    (two.folder / "乙" / "plan.yaml").write_text("title: 坏\n", "utf-8")
    run = two(*ALL, "progress")
    assert (run.code, run.out) == (3, "")
    assert "乙/plan.yaml" in run.err


def test_bad_lines_are_told_with_their_ledger(province: Fs) -> None:
    run = province(*ALL, "progress").ok()
    assert "市07/progress.jsonl:" in run.err
    assert "市11/progress.jsonl:" in run.err


def test_the_roll_up_is_what_each_plan_says(province: Fs) -> None:
    rolled = province(*ALL, "progress").ok().rows
    assert len(rolled) == 1 + CITIES + 1
    for city in (0, 11, 23):
        alone = province("--plan", f"市{city:02}/plan.yaml", "progress").ok().rows[-1]
        assert rolled[1 + city] == [f"市{city:02}", *alone[2:]]


def test_more_plans_than_files_may_be_open(province: Fs) -> None:
    few = Fs(province.folder, province.env, before=("sh", "-c", 'ulimit -n 24; exec "$@"', "sh"))
    assert few(*ALL, "progress").ok().out == province(*ALL, "progress").ok().out


def answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    """What DuckDB answers to the questions of the document, in their order."""
    monkeypatch.chdir(folder)
    document = (ROOT / "docs" / "how-to" / "province.md").read_text("utf-8")
    for question in re.findall(r"^```sql\n(.*?)^```$", document, re.MULTILINE | re.DOTALL):
        yield duckdb.execute(question).fetchall()


def test_duckdb_gives_the_same_figures_over_many_plans(
    anywhere: Fs, monkeypatch: pytest.MonkeyPatch
) -> None:
    cities(anywhere.folder, PLANS)
    anywhere(*ALL, "tasks", "-f", "json", "-o", "tasks.json").ok()
    by_plan, behind, latest, months = answers(anywhere.folder, monkeypatch)

    rolled = anywhere.objects(*ALL, "progress")
    assert [row[0] for row in by_plan] == [row["plan"] for row in rolled]
    for (_, tasks, completion, red), row in zip(by_plan, rolled, strict=True):
        assert (tasks, red) == (row["tasks"], row["lights"]["红"])
        assert completion == pytest.approx(row["completion"], abs=0.01)

    leaders = {body for task in anywhere.objects(*ALL, "tasks") for body in task["lead"]}
    assert {row[0] for row in behind} <= leaders

    figures = anywhere.objects(*ALL, "indicators", "--indicator", "食品检验量")
    known = [(row["plan"], row["value"]) for row in figures if row["value"] is not None]
    assert [(plan, float(value)) for plan, value in latest] == known
    assert len(known) > PLANS // 2

    assert sum(row[2] for row in months) == PLANS * 18


def test_plans_of_several_years_are_told(two: Fs) -> None:
    plan = two.folder / "甲" / "plan.yaml"
    assert "不是同一年的" not in two(*ALL, "progress").ok().err
    text = plan.read_text("utf-8").replace(
        "start: 2021-01-01, end: 2021-12-31", "start: 2020-01-01, end: 2021-12-31"
    )
    plan.write_text(text, "utf-8")
    assert "不是同一年的（2020、2021）" in two(*ALL, "progress").ok().err
