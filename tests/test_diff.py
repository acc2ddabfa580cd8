"""`fs diff`: two arrangements task by task, and a new draft like the old plan."""

import random
import re
from decimal import Decimal
from typing import Any

import pytest
from docx import Document

from foodsafety_cli.analysis.comparing import ChangeKind, Pair, compare
from foodsafety_cli.model.plan import Department, Indicator, Kind, Period, Plan, Section, Task
from foodsafety_cli.store.plan import file as plan_file
from tests.conftest import ROOT, Fs
from tests.limits import seconds_of_work

PLAN = plan_file.load(ROOT / "plan.yaml").whole()


def changed(text: str, chance: random.Random) -> str:
    """A rewording as new years have it: other figures, a clause less or more, words put in."""
    text = re.sub(r"\d+", lambda found: str(int(found.group()) + chance.randint(1, 9)), text)
    clauses = re.split("(?<=[，。；])", text)
    if len(clauses) > 3 and chance.random() < 0.6:
        clauses.pop(chance.randrange(1, len(clauses) - 1))
    if chance.random() < 0.5:
        clauses.insert(chance.randrange(len(clauses)), "进一步压实各方责任，")
    return "".join(clauses).replace("加强", "切实加强").replace("开展", "组织开展")


def reworded(seed: int) -> tuple[Plan, set[tuple[int, int]]]:
    """A plan made of the shipped one: some tasks gone, the rest reworded and in another order."""
    chance = random.Random(seed)
    kept = [task for _, task in PLAN.tasks() if chance.random() < 0.85]
    chance.shuffle(kept)
    tasks = [task._replace(id=n, text=changed(task.text, chance)) for n, task in enumerate(kept, 1)]
    truth = {(task.id, n) for n, task in enumerate(kept, 1)}
    return PLAN._replace(sections=(Section(1, "全部", tuple(tasks)),)), truth


def linked(pairs: list[Pair]) -> set[tuple[int, int]]:
    return {
        (p.old.id, p.new.id)
        for p in pairs
        if p.old and p.new and p.kind in (ChangeKind.GOES_ON, ChangeKind.JOINED, ChangeKind.PARTED)
    }


def test_rewordings_are_found_again() -> None:
    right = found = meant = 0
    for seed in range(8):
        plan, truth = reworded(seed)
        seen = linked(compare(PLAN, plan))
        right += len(seen & truth)
        found += len(seen)
        meant += len(truth)
    precision, recall = right / found, right / meant
    assert 2 * precision * recall / (precision + recall) >= 0.97


def test_it_is_the_same_from_either_side() -> None:
    plan, _ = reworded(1)
    there = linked(compare(PLAN, plan))
    back = {(old, new) for new, old in linked(compare(plan, PLAN))}
    assert there == back


def test_the_same_plan_goes_on_unchanged() -> None:
    pairs = compare(PLAN, PLAN)
    assert {(pair.kind, pair.changes) for pair in pairs} == {(ChangeKind.GOES_ON, ())}


def plan_of(*texts: str) -> Plan:
    tasks = (Task(n, t[:9], t, "市局负责", responsible=("市局",)) for n, t in enumerate(texts, 1))
    period = Period(PLAN.period.start, PLAN.period.end)
    return Plan("某", "某1号", "某", PLAN.issued_on, period, (Department("市局"),),
                (Section(1, "全部", tuple(tasks)),))  # fmt: skip


ONE = "开展农村集体聚餐食品安全风险隐患排查，建立聚餐申报登记制度。"
TWO = "推进学校食堂互联网加明厨亮灶建设，实现视频在线巡查监管。"


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ((ONE, TWO), (ONE + TWO,), [ChangeKind.JOINED, ChangeKind.JOINED]),
        ((ONE + TWO,), (ONE, TWO), [ChangeKind.PARTED, ChangeKind.PARTED]),
        ((ONE,), (TWO,), [ChangeKind.NEW, ChangeKind.GONE]),
        ((ONE,), (ONE, TWO), [ChangeKind.GOES_ON, ChangeKind.NEW]),
    ],
)
def test_joined_and_parted(
    old: tuple[str, ...], new: tuple[str, ...], kinds: list[ChangeKind]
) -> None:
    assert [pair.kind for pair in compare(plan_of(*old), plan_of(*new))] == kinds


def with_figures(plan: Plan, *figures: tuple[int, str, int]) -> Plan:
    """The plan with an indicator on tasks: number, name, target."""
    section = plan.sections[0]
    tasks = [
        task._replace(
            indicators=tuple(
                Indicator(name, task.text, Kind.CUMULATIVE, Decimal(target), "所")
                for number, name, target in figures
                if number == task.id
            )
        )
        for task in section.tasks
    ]
    return plan._replace(sections=(section._replace(tasks=tuple(tasks)),))


def test_figures_that_changed_are_told_whatever_else_did() -> None:
    old = "开展食品抽检监测工作。全年抽检500批次，培训人员120人次，严格核查处置。"
    new = "开展食品抽检监测工作。全年抽检600批次，培训人员200人次，严格核查处置，建立台账。"
    (pair,) = compare(plan_of(old), plan_of(new))
    assert pair.changes == ("文字有改动", "文中的数500→600、120→200")


def test_a_figure_that_is_gone_is_no_other_figure() -> None:
    old = plan_of("检查10次，检查20次，检查农贸市场。")
    (pair,) = compare(old, plan_of("检查20次，检查农贸市场，再检查。"))
    assert not [words for words in pair.changes if "→20" in words or "20→" in words]


def test_a_figure_that_became_an_indicator_is_told_as_it_is() -> None:
    old = plan_of("推进校园明厨亮灶建设。中小学建成90所，幼儿园建成80所。")
    new = plan_of("推进校园明厨亮灶建设。中小学建成90所，幼儿园建成85所。")
    (pair,) = compare(
        with_figures(old, (1, "中小学", 90)),
        with_figures(new, (1, "中小学", 90), (1, "幼儿园", 85)),
    )
    assert pair.changes == ("新增指标“幼儿园”85所", "文中的数80→85")


def test_indicators_that_only_moved_are_neither_new_nor_gone() -> None:
    whole = with_figures(plan_of(ONE + TWO), (1, "排查", 100), (1, "建设", 300))
    parts = with_figures(plan_of(ONE, TWO), (1, "排查", 100), (2, "建设", 300))
    for old, new in ((whole, parts), (parts, whole)):
        told = [words for pair in compare(old, new) for words in pair.changes]
        assert not [words for words in told if "指标" in words]


def test_thousands_of_tasks_take_seconds() -> None:
    chance = random.Random(3)
    words = [chr(0x4E00 + n) + chr(0x5E00 + chance.randrange(3000)) for n in range(3000)]
    texts = ["".join(chance.choices(words, k=25)) for _ in range(2000)]
    with seconds_of_work(20):
        pairs = compare(plan_of(*texts), plan_of(*texts))
    assert all(pair.kind is ChangeKind.GOES_ON for pair in pairs)


@pytest.fixture
def two(fs: Fs) -> Fs:
    """Last year's plan in a folder, this year's changed in a few places."""
    (fs.folder / "旧").mkdir()
    (fs.folder / "旧" / "plan.yaml").write_bytes((fs.folder / "plan.yaml").read_bytes())
    fs.edit_plan("target: 650\n", "target: 700\n")
    plan = (fs.folder / "plan.yaml").read_text("utf-8").replace("650批次", "700批次")
    (fs.folder / "plan.yaml").write_text(plan, "utf-8")
    return fs


def test_the_command_tells_what_changed(two: Fs) -> None:
    rows = {row["new_id"]: row for row in two.objects("diff", "旧")}
    assert rows[18]["changes"] == ["“风险监测”650→700批次"]
    assert rows[1]["changes"] == []
    assert "两份都是 2021 年的" in two("diff", "旧").ok().err
    run = two("diff", "旧", "--fail-on", "change")
    assert (run.code, "有 1 处变化" in run.err) == (1, True)
    assert two("diff", "旧", "旧/plan.yaml", "--fail-on", "change").code == 0
    assert two("diff", "没有").code == 3


def test_the_table_of_old_and_new_underlines_what_is_new(two: Fs) -> None:
    two("diff", "旧", "-o", "对照表.docx").ok()
    document: Any = Document(str(two.folder / "对照表.docx"))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "2021年", "2021年", "变化"]
    runs = table.rows[18].cells[2].paragraphs[0].runs
    assert "".join(run.text for run in runs if run.font.underline) == "70"
    assert two("diff", "旧", "-o", "对照表.docx").code == 4
    assert two("diff", "旧", "-o", "又.docx", "-f", "csv").code == 2


def test_a_draft_like_last_years_plan(fs: Fs) -> None:
    notice = (ROOT / "docs" / "notice" / "notice-2021-26.md").read_text("utf-8")
    (fs.folder / "新.md").write_text(notice.replace("650", "700"), "utf-8")
    (fs.folder / "今").mkdir()
    fs("import", "新.md", "--like", "plan.yaml", "-o", "今/plan.yaml").ok()
    made = plan_file.load(fs.folder / "今" / "plan.yaml").whole()
    tasks = {task.id: task for _, task in made.tasks()}
    assert tasks[18].continues == (18,)
    assert tasks[18].indicators[0].name == "风险监测"
    assert tasks[18].indicators[0].target == 700
    assert tasks[16].indicators[0].reported_by == ("各县（市、区）人民政府",)
    members = {d.name: d.members for d in made.departments}
    assert "阳城县" in members["各县（市、区）人民政府"]
    assert made.previous == ".."
    run = fs("--plan", "今/plan.yaml", "check")
    assert (
        run.code,
        "接着上一年的任务 18" in fs("check", "--plan", "今/plan.yaml", "--pending").out,
    ) == (0, True)


def test_a_draft_knows_a_group_by_another_name_and_a_reporter_by_its_alias(fs: Fs) -> None:
    notice = (ROOT / "docs" / "notice" / "notice-2021-26.md").read_text("utf-8")
    words = notice.replace("各县（市、区）人民政府", "各相关县（市、区）").replace(
        "市卫生健康委", "市卫健委"
    )
    (fs.folder / "新.md").write_text(words, "utf-8")
    fs("import", "新.md", "--like", "plan.yaml", "-o", "今.yaml").ok()
    made = plan_file.load(fs.folder / "今.yaml").whole()
    group = next(d for d in made.departments if d.name == "各相关县（市、区）")
    assert "阳城县" in group.members
    assert "各县（市、区）人民政府" in group.aliases
    tasks = {task.id: task for _, task in made.tasks()}
    assert tasks[16].indicators[0].reported_by == ("各相关县（市、区）",)
    pending = fs("check", "--plan", "今.yaml", "--pending").out
    assert "上一年作“各县（市、区）人民政府”，照它补了成员" in pending
