"""What is kept, narrowed or indexed answers as the definitions do: properties, and cases."""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foodsafety_cli.analysis.query import Selected, Selection, select
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.errors import FoodSafetyError
from foodsafety_cli.model.events import Entry, Report
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.store.ledger import intake
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan import tables as plan_tables
from foodsafety_cli.store.plan.narrowing import PlanQuery, PlanTables
from foodsafety_cli.store.workspace import Workspace
from tests import oracle
from tests.bench import made
from tests.conftest import ROOT, Fs
from tests.limits import in_ci
from tests.random_ledgers import DAYS, FIGURES, PLAN, TABLES, TASKS, ledgers

_EVERY = 1 << 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder for many ledgers, one after the other, with a cache of its own."""
    found = tmp_path_factory.mktemp("office")
    (found / "plan.yaml").write_bytes((ROOT / "plan.yaml").read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("kept")))
        patch.setattr(intake, "_BLOCK", 400)  # so that small ledgers too have several
        yield found


def workspace(folder: Path, content: bytes) -> Workspace:
    """The folder with this ledger in it."""
    found = Workspace(folder / "plan.yaml")
    found.ledger_path.write_bytes(content)
    return found


def told(standings: Standings) -> Iterator[tuple[object, ...]]:
    """How tasks stand, in all that is shown of it."""
    for section, task in PLAN.tasks():
        found: TaskStanding = standings.of(section, task)
        last = found.reports[-1].submission.date if found.reports else None
        heard = {report.entry.department for report in found.reports}
        yield (*found[:-1], last, heard)


def agree(office: Workspace, content: bytes) -> None:
    """Hold all that an index tells against the careful reading."""
    for day in DAYS:
        expected = Standings(PLAN, oracle.counting(PLAN, content, day), day)
        assert list(told(office.standings(PLAN, day))) == list(told(expected)), day
    every = office.every_ledger_problem()
    strange = [(p.line, p.code) for p in every if p.code != "ledger-kind"]
    assert sorted(strange) == oracle.problems(PLAN, content)
    found, count = office.ledger_problems(_EVERY)
    assert count == len(found)
    harmless = [p for p in every if p.code == "ledger-duplicate-id" and p.severity == "提醒"]
    assert len(found) == len(every) - len(harmless)


lasting = settings(
    max_examples=in_ci(200, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(content=ledgers)
@lasting
def test_an_index_tells_what_the_whole_ledger_tells(folder: Path, content: bytes) -> None:
    office = workspace(folder, content)
    agree(office, content)
    office.close()


@given(content=ledgers, hour=st.integers(0, 80), day=st.sampled_from(DAYS))
@lasting
def test_what_was_known_on_a_day_is_the_ledger_cut_by_then(
    folder: Path, content: bytes, hour: int, day: dt.date
) -> None:
    known = dt.date(2021, 9, 30) + dt.timedelta(days=hour // 20)
    office = workspace(folder, content)
    expected = Standings(PLAN, oracle.counting(PLAN, content, day, known), day)
    assert list(told(office.standings(PLAN, day, known))) == list(told(expected))
    office.close()


@given(
    parts=st.lists(ledgers, min_size=2, max_size=4), is_appended=st.booleans(), cut=st.booleans()
)
@settings(lasting, max_examples=in_ci(200, 15))  # each of up to four steps, twice
def test_an_index_brought_up_is_the_same_as_a_new_one(
    folder: Path, parts: list[bytes], is_appended: bool, cut: bool
) -> None:
    written = b""
    for part in parts:
        written = written + part if is_appended else part
        content = written[:-3] if cut else written  # a torn line, completed in the next step
        for _ in range(2):
            office = workspace(folder, content)
            agree(office, content)
            office.close()


@given(content=ledgers, day=st.sampled_from(DAYS), before=st.booleans())
@lasting
def test_an_edited_plan_judges_as_if_there_had_been_no_other(
    folder: Path, content: bytes, day: dt.date, before: bool
) -> None:
    plan = folder / "plan.yaml"
    other = plan.read_bytes().replace("name: 食品检验量".encode(), "name: 食品检验总量".encode())
    original = plan.read_bytes()
    plan.write_bytes(other)
    try:
        office = workspace(folder, content)
        office.ledger_problems(1)
        office.close()
    finally:
        plan.write_bytes(original)
    office = workspace(folder, content)
    agree(office, content)
    office.close()


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("kind", ["value", "percent"])
def test_figures_at_the_bounds_are_taken_or_refused_alike(
    folder: Path, kind: str, figure: object
) -> None:
    indicator = {"indicator": "食品检验量"} if kind == "value" else {}
    entry = {"task": 16 if indicator else 1, **indicator, kind: figure}
    record = {"id": "a", "at": "2021-10-01T08:00:00Z", "by": "某人", "date": "2021-09-30"}
    content = json.dumps(record | {"entries": [entry]}).encode() + b"\n"
    office = workspace(folder, content)
    agree(office, content)
    office.close()


@given(content=ledgers, most=st.sampled_from([None, 1, 3, 50]))
@lasting
def test_history_is_what_the_whole_ledger_tells(
    folder: Path, content: bytes, most: int | None
) -> None:
    office = workspace(folder, content)
    events = oracle.parse(content).events
    whole = oracle.fitting(PLAN, events)
    history = office.history
    assert said(history.reports()) == said(whole)
    for task in TASKS:
        assert said(history.reports(task.id)) == said(r for r in whole if r.entry.task == task.id)
    of_county = [report for report in whole if report.entry.department == "阳城县"]
    latest = history.reports(departments=("阳城县",), most=most)
    assert said(latest) == said(of_county[-(most or 1000) :])

    unjudged = oracle.history(events)
    named = {r.submission.id: r.undone for r in unjudged if r.submission.id.startswith("000")}
    assert [(event.id, undone) for event, undone in history.named("000")] == list(named.items())
    standing = [r.submission for r in unjudged if not r.undone]
    last = max(standing, key=lambda submission: (submission.at, submission.id), default=None)
    assert (found.id if (found := history.last_made()) else None) == (last.id if last else None)
    office.close()


def said(found: Iterable[Report]) -> list[tuple[object, ...]]:
    """All that is shown of some reports, in their order."""
    return [(*r.submission[:4], r.entry, r.undone) for r in found]


names = st.sampled_from(
    ["市监局", "市市场监督管理局", "阳城县", "各县（市、区）人民政府", "县", "无", "市发改委"]
)
one_task = st.builds(
    PlanQuery,
    task=st.sampled_from(["16", "016", "任务5", "60", "x", "五"]),
    departments=st.lists(names, max_size=2),
    sections=st.just(()),
    words=st.just(()),
)
some_tasks = st.builds(
    PlanQuery,
    task=st.none(),
    departments=st.lists(names, max_size=2),
    sections=st.lists(st.sampled_from(["3", "三", "第十部分", "食品", "99", "科技"]), max_size=2),
    words=st.lists(st.sampled_from(["", "冷链", "检验量", "％", "65%", "ABC"]), max_size=2),
)


@given(one_task | some_tasks, st.booleans())
@settings(max_examples=in_ci(300, 60), deadline=None)
def test_a_narrowed_plan_answers_as_the_whole_one(wanted: PlanQuery, is_direct: bool) -> None:
    assert answer(TABLES.narrowed(wanted), wanted, is_direct) == answer(PLAN, wanted, is_direct)


def answer(plan: Plan, wanted: PlanQuery, is_direct: bool) -> object:
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
    whole, _ = examining.examine(made.plan(1000).encode(), "x")
    assert whole is not None
    index = PlanTables(plan_tables.build(whole))
    for wanted in (
        PlanQuery("16"),
        PlanQuery("16", ["第3市第1局"]),
        PlanQuery(words=["完成16批次"]),
    ):
        plan = index.narrowed(wanted)
        assert [task.id for _, task in plan.tasks()] == [16]
        named = {name for _, task in plan.tasks() for name, _ in task.named()}
        counties = {f"第0市第{n}县" for n in range(6)}
        assert {d.name for d in plan.departments} == named | counties | {*wanted.departments}


def test_the_tables_give_back_the_plan() -> None:
    assert PlanTables(plan_tables.build(PLAN)).whole() == PLAN
    assert examining.examine((ROOT / "plan.yaml").read_bytes(), "x")[0] == PLAN


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


def test_figures_keep_their_digits_through_the_index(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.20").ok()
    for _ in range(2):
        assert "5.20" in fs("indicators", "-c", "value").ok().out


def test_an_edited_plan_has_its_ledger_judged_anew(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    fs.edit_plan("name: 食品检验量", "name: 食品检验总量")
    run = fs("tasks")
    assert "ledger-indicator-gone" in run.err


def test_a_line_written_past_the_lock_is_seen(folder: Path) -> None:
    """On a drive that shares no locks another may append while a report is being recorded."""
    line = {"at": "2021-05-01T10:00:00+08:00", "by": "乙", "date": "2021-05-01"}
    lines = [line | {"id": f"{n}" * 16, "entries": [{"task": 3, "percent": n}]} for n in (1, 2)]
    first, foreign = (json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in lines)
    office = workspace(folder, first)
    with office.recording() as book:
        book.submit(dt.date(2021, 6, 1), [Entry(4, percent=Decimal(50))], "甲")
        with office.ledger_path.open("ab") as file:
            file.write(foreign)
    office.close()
    for _ in range(2):
        again = Workspace(folder / "plan.yaml")
        assert [report.entry.task for report in again.history.reports()] == [3, 3, 4]
        again.close()
