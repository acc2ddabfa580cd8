"""What is kept, narrowed or folded answers exactly as the definitions do: properties, and cases."""

import datetime as dt
import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foodsafety_cli.analysis import reports
from foodsafety_cli.analysis.query import Selected, Selection, select
from foodsafety_cli.analysis.standing import Standings, TaskStanding
from foodsafety_cli.model.errors import FoodSafetyError
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.progress import Report
from foodsafety_cli.store import foldcache, ledger, ledgerfold, ledgerwalk, planfile, plantables
from foodsafety_cli.store.fold import Fold
from foodsafety_cli.store.planindex import PlanIndex, Wanted
from tests.bench import made
from tests.conftest import ROOT, Fs
from tests.random_ledgers import DAYS, FIGURES, INDEX, PLAN, blocks, ledgers


def counting(content: bytes, day: dt.date) -> dict[int, list[Report]]:
    """The reports that count on a day, by the definition."""
    kept, _ = reports.vet(PLAN, ledger.parse(content.removeprefix(ledger.BOM), "x").records)
    found: dict[int, list[Report]] = {}
    for report in reports.history(kept):
        if not report.undone and report.submission.date <= day:
            found.setdefault(report.entry.task, []).append(report)
    return found


def told(standings: Standings, plan: Plan) -> Iterator[tuple[object, ...]]:
    """How tasks stand, in all that is shown of it."""
    for section, task in plan.tasks():
        found: TaskStanding = standings.of(section, task)
        last = found.reports[-1].submission.date if found.reports else None
        heard = {report.entry.department for report in found.reports}
        yield (*found[:-1], last, heard)


def ids() -> range:
    return range(1, 60)


@given(ledgers, st.sampled_from(DAYS))
@settings(max_examples=300, deadline=None)
def test_a_fold_tells_what_the_whole_history_tells(content: bytes, day: dt.date) -> None:
    fold = ledgerfold.fold_ledger(io.BytesIO(content), "x", PLAN)
    folded = Standings(PLAN, fold.reports(ids(), day), day)
    assert list(told(folded, PLAN)) == list(
        told(Standings(PLAN, counting(content, day), day), PLAN)
    )


@blocks
@given(content=ledgers)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_quick_way_agrees_with_the_careful_one(
    monkeypatch: pytest.MonkeyPatch, block: int, content: bytes
) -> None:
    monkeypatch.setattr(ledgerwalk, "_BLOCK", block)
    quick = ledgerfold.fold_ledger(io.BytesIO(content), "x", PLAN)
    careful = ledgerfold.carefully(content, "x", PLAN)
    assert everything(quick) == everything(careful)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("kind", ["value", "percent"])
def test_figures_at_the_bounds_are_taken_or_refused_alike(kind: str, figure: object) -> None:
    indicator = {"indicator": "食品检验量"} if kind == "value" else {}
    entry = {"task": 16 if indicator else 1, **indicator, kind: figure}
    record = {"id": "a", "at": "2021-10-01T08:00:00Z", "by": "某人", "date": "2021-09-30"}
    content = json.dumps(record | {"entries": [entry]}).encode() + b"\n"
    quick = ledgerfold.fold_ledger(io.BytesIO(content), "x", PLAN)
    assert everything(quick) == everything(ledgerfold.carefully(content, "x", PLAN))


def everything(fold: Fold) -> tuple[object, ...]:
    """All that a fold holds."""
    days = [fold.reports(ids(), day) for day in DAYS]
    return days, fold.problems(1000), fold.latest


@given(st.lists(ledgers, min_size=2, max_size=4), st.booleans())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_kept_fold_is_the_same_as_a_new_one(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    parts: list[bytes],
    is_appended: bool,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("kept")))
    monkeypatch.setattr(foldcache, "_SMALL", 0)  # so that small ledgers too are only brought up
    monkeypatch.setattr(foldcache, "_MOST_ROWS_BESIDE", 4)
    plan = tmp_path_factory.mktemp("plan") / "plan.yaml"
    plan.write_bytes((ROOT / "plan.yaml").read_bytes())
    path = plan.parent / "progress.jsonl"
    written = b""
    for part in parts:
        written = written + part if is_appended else part
        path.write_bytes(written)
        for _ in range(2):
            kept = foldcache.FoldKeeper(path, planfile.load(plan)).current()
            assert everything(kept) == everything(ledgerfold.carefully(written, path.name, PLAN))


names = st.sampled_from(
    ["市监局", "市市场监督管理局", "阳城县", "各县（市、区）人民政府", "县", "无", "市发改委"]
)
one_task = st.builds(
    Wanted,
    task=st.sampled_from(["16", "016", "任务5", "60", "x", "五"]),
    departments=st.lists(names, max_size=2),
    sections=st.just(()),
    words=st.just(()),
)
some_tasks = st.builds(
    Wanted,
    task=st.none(),
    departments=st.lists(names, max_size=2),
    sections=st.lists(st.sampled_from(["3", "三", "第十部分", "食品", "99", "科技"]), max_size=2),
    words=st.lists(st.sampled_from(["", "冷链", "检验量", "％", "65%", "ABC"]), max_size=2),
)


@given(one_task | some_tasks, st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_narrowed_plan_answers_as_the_whole_one(wanted: Wanted, is_direct: bool) -> None:
    assert answer(INDEX.narrowed(wanted), wanted, is_direct) == answer(PLAN, wanted, is_direct)


def answer(plan: Plan, wanted: Wanted, is_direct: bool) -> object:
    """What a query of a plan gives: the tasks with their duties, or what is wrong with it."""
    from foodsafety_cli.analysis.match import match_department, match_section, match_task

    try:
        found: list[Selected] = []
        if wanted.task is not None:
            section, task = match_task(plan, wanted.task)
            plan = plan._replace(sections=(section._replace(tasks=(task,)),))
        selection = Selection(
            departments=tuple(match_department(plan, name) for name in wanted.departments),
            sections=tuple(match_section(plan.sections, s).number for s in wanted.sections),
            search=wanted.words[0] if wanted.words else "",
            indicator=wanted.words[1] if len(wanted.words) > 1 else "",
            direct=is_direct,
        )
        found = list(select(Standings(plan, {}, dt.date(2021, 9, 30)), selection))
    except FoodSafetyError as error:
        return str(error)
    return [(s.standing.section.number, s.standing[1:], s.duties) for s in found]


def test_a_narrowed_plan_holds_no_department_that_its_tasks_do_not_concern() -> None:
    whole, _ = planfile.examine(made.plan(1000).encode(), "x")
    assert whole is not None
    index = PlanIndex(plantables.build(whole), "")
    for wanted in (Wanted("16"), Wanted("16", ["第3市第1局"]), Wanted(words=["完成16批次"])):
        plan = index.narrowed(wanted)
        assert [task.id for _, task in plan.tasks()] == [16]
        named = {name for _, task in plan.tasks() for name, _ in task.named()}
        counties = {f"第0市第{n}县" for n in range(6)}
        assert {d.name for d in plan.departments} == named | counties | {*wanted.departments}


def test_the_tables_give_back_the_plan() -> None:
    assert PlanIndex(plantables.build(PLAN), "").whole() == PLAN
    assert planfile.examine((ROOT / "plan.yaml").read_bytes(), "x")[0] == PLAN


def spoil_in_place(path: Path) -> None:
    """Another figure in as many bytes, with the time of change put back."""
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"5.2", b"4.1"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def reverse(path: Path) -> None:
    path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))


def delete(path: Path) -> None:
    path.unlink()


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def double(path: Path) -> None:
    path.write_bytes(path.read_bytes() * 2)


@pytest.mark.parametrize(
    "change", [spoil_in_place, truncate, reverse, delete, tear, double], ids=lambda c: c.__name__
)
def test_a_ledger_that_was_rewritten_is_noticed(
    fs: Fs, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    fs("progress", "update", "34", "--dept", "城区", "--percent", "80").ok()
    fs("tasks").ok()
    change(fs.ledger)
    run = fs("tasks", "-f", "json")
    fresh = fs("tasks", "-f", "json", XDG_CACHE_HOME=str(tmp_path / "fresh"))
    assert (run.out, run.err) == (fresh.out, fresh.err)


def test_an_undo_brings_the_earlier_figure_back(fs: Fs) -> None:
    for value in ("5.2", "5.3"):
        fs("progress", "update", "16", "--value", value).ok()
        fs("tasks").ok()
    fs("progress", "undo", "--yes").ok()
    rows = fs("indicators", "--search", "抽检监测力度", "-c", "value", "--no-header").ok().rows
    assert rows[0] == ["5.2"]


def test_figures_keep_their_digits_through_the_fold(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.20").ok()
    for _ in range(2):
        assert "5.20" in fs("indicators", "-c", "value").ok().out


def test_an_edited_plan_has_its_ledger_judged_anew(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    fs.edit_plan("name: 食品检验量", "name: 食品检验总量")
    run = fs("tasks")
    assert "ledger-indicator-gone" in run.err
