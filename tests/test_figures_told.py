"""A figure is told as what it is: on its side of a target, with what it replaces, or not at all."""

import pytest
from openpyxl import load_workbook

from foodsafety_cli.analysis.explaining import why
from foodsafety_cli.model.plan import Thresholds
from tests.conftest import Fs
from tests.test_figures import MEAN, plan, stand
from tests.test_shared_figures import SPLIT, amended, indicator, update, with_people

PAPER = "basis: 晋市政办函〔2021〕40号, effective: 2021-09-01"


def extended(fs: Fs, task: str, to: str = "2022-03-31") -> None:
    asked = ("extension", "apply", task, "--to", to, "--reason", "改期", "--by", "张三")
    fs(*asked, FS_TODAY="2021-08-01").ok()
    fs("extension", "grant", task, "--by", "李四", FS_TODAY="2021-08-02").ok()


@pytest.mark.parametrize(
    ("task", "amendment"),
    [
        ("18", "responsible: [市公安局]"),
        ("18", "responsible: [市公安局], support: [市卫生健康委]"),
        ("2", "lead: [市公安局]"),
        ("2", "lead: [市市场监督管理局, 市商务局]"),
    ],
)
def test_a_task_that_was_handed_on_keeps_its_time(fs: Fs, task: str, amendment: str) -> None:
    extended(fs, task)
    amended(fs, f"{{{PAPER}, task: {task}, {amendment}}}")
    found = fs.thing("show", task)
    assert (found["due"], found["due_first"]) == ("2022-03-31", "2021-12-31")
    assert fs.thing("show", task, "--as-of", "2021-08-01")["due"] == "2021-12-31"


def test_a_part_that_is_just_its_share_is_shown_as_its_share(fs: Fs) -> None:
    with_people(fs, f"            {SPLIT}\n")
    update(fs, "16", "--dept", "城区", "--value", "2477", "--of", "574.7")
    (own,) = [r for r in fs.thing("depts", "城区")["own_figures"] if r["name"] == "食品检验量"]
    assert (own["target"], own["value"], own["attainment"]) == (4.31, 4.31, 100)


def test_what_is_expected_of_nothing_is_nothing(fs: Fs) -> None:
    for name in ("食品检验量", "核查处置率", "按时完成率"):
        out = update(fs, "16", "-i", name, "--value", "0/0").out
    assert "应完成" not in out
    shown = fs.thing("show", "16")
    assert (shown["completion"], shown["expected"]) == (None, None)
    assert [one["expected"] for one in shown["indicators"]] == [None, None, None]
    (row,) = [row for row in fs.objects("tasks", "--section", "3") if row["id"] == 16]
    (by_task,) = [row for row in fs.objects("progress", "--by", "task") if row["id"] == 16]
    exported = [row for row in fs.objects("export") if row["id"] == 16]
    assert {one["expected"] for one in (row, by_task, *exported)} == {None}


def test_beside_a_light_stands_what_it_is_held_against(fs: Fs) -> None:
    update(fs, "37", "--value", "40")
    update(fs, "17", "-i", "例行监测合格率", "--value", "90")
    rows = {row["id"]: row for row in fs.objects("progress", "--by", "task")}
    for row in fs.objects("tasks"):
        told = rows[row["id"]]
        assert (told["expected"], told["light"]) == (row["expected"], row["light"])
    (rate,) = [r for r in fs.objects("progress", "--by", "indicator") if "合格率" in r["name"]]
    assert rate["expected"] == 100
    assert "应完成" in fs("progress", "--by", "task", "-f", "table", COLUMNS="140").ok().out


def test_a_milestone_has_no_figure_in_a_departments_ledger(fs: Fs) -> None:
    update(fs, "59", "--dept", "城区", "--done")
    (row,) = [row for row in fs.objects("export", "--dept", "城区") if row["id"] == 59]
    assert (row["value"], row["completion"]) == (None, 100)


def test_what_a_figure_for_the_whole_had_said_of_a_department_is_told(fs: Fs) -> None:
    update(fs, "34", "--percent", "80", "--date", "2021-06-30")
    run = update(fs, "34", "--dept", "城区", "--percent", "10")
    assert "此前：未报，为整个任务报过完成率 80%（2021-06-30）" in run.out
    assert "“完成率”从 80 变成了 68.33：“城区”原来按 2021-06-30 为整个任务报的" in run.err
    assert (
        "此前：完成率 10%（2021-09-30）\n" in update(fs, "34", "-d", "城区", "--percent", "20").out
    )
    assert "此前：完成率 80%（2021-06-30）\n" in update(fs, "34", "--percent", "85").out
    both = update(fs, "34", "--dept", "城区", "--percent", "90")
    assert "此前：完成率 20%（2021-09-30），为整个任务报过完成率 85%" in both.out
    assert "变成了" not in both.err


def test_what_is_everybodys_is_marked_as_that(fs: Fs) -> None:
    update(fs, "5", "--dept", "城区", "--value", "60")
    out = update(fs, "5", "--dept", "泽州县", "--value", "90").out
    assert "达成率 75.0%（各单位合起来是 75%）" in out


def test_a_part_that_is_in_no_total_is_told(fs: Fs) -> None:
    for body, value in (("城区", "1"), ("阳城县", "2")):
        update(fs, "55", "-i", "示范", "-d", body, "--value", value, "--date", "2021-06-30")
    update(fs, "55", "-i", "示范", "--value", "3", "--date", "2021-07-31")
    run = update(fs, "55", "-i", "示范", "-d", "陵川县", "--value", "4", "--date", "2021-09-01")
    assert [i["value"] for i in fs.thing("show", "55")["indicators"] if "示范" in i["name"]] == [4]
    assert "城区、阳城县在它以前报的不在里面（最近报的之和是 7）" in run.err
    assert "城区、阳城县在它以前报的不在里面" in fs("check").out


def test_a_count_of_many_is_held_against_what_was_counted_before(fs: Fs) -> None:
    update(fs, "37", "--value", "49993/100000")
    assert "49.99（49993/100000）" in fs("show", "37").ok().out
    update(fs, "37", "--value", "49.994")
    fallen = fs("progress", "update", "37", "--value", "49993/100000")
    assert (fallen.code, "49.99（49993/100000） 小于" in fallen.err) == (2, True)


def test_a_ratio_short_of_its_target_is_told_short_of_it(fs: Fs) -> None:
    out = update(fs, "17", "-i", "例行监测合格率", "--value", "96996/100000").out
    assert "例行监测合格率 96.99%（96996/100000）" in out
    assert indicator(fs, 17, "例行监测合格率")["met"] is False
    assert "97（" not in fs("log").ok().out


def test_who_is_short_of_the_target_is_named_where_the_mean_is_not() -> None:
    standing = stand(plan(MEAN), [("甲县", 60), ("乙县", 90), ("丙县", 90)])
    assert standing.completion == 100
    assert not standing.is_met
    told = "合起来到了目标，还没有达标：甲县自己的数没有达到。"
    assert any(told in line for line in why(standing, Thresholds()))
    reached = stand(plan(MEAN), [("甲县", 80), ("乙县", 90), ("丙县", 90)])
    assert not any("没有达标" in line for line in why(reached, Thresholds()))


def test_who_reports_again_takes_the_place_of_its_own_figure(fs: Fs) -> None:
    update(fs, "34", "--percent", "60", "--date", "2021-09-01")
    first = update(fs, "34", "--dept", "城区", "--percent", "30", "--date", "2021-09-10")
    assert "从 60 变成了 55" in first.err
    for percent, day in (("36", "2021-09-15"), ("45", "2021-09-20")):
        again = update(fs, "34", "--dept", "城区", "--percent", percent, "--date", day)
        assert "变成了" not in again.err


def test_a_share_of_nothing_done_is_a_figure(fs: Fs) -> None:
    update(fs, "14", "-i", "明厨亮灶", "--dept", "市教育局", "--value", "0/50")
    assert fs.reported()[0]["entries"][0]["value"] == 0
    fs("form", "--dept", "市教育局", "-o", "f.xlsx").ok()
    shown = [str(c.value) for row in load_workbook(fs.folder / "f.xlsx").worksheets[0] for c in row]
    assert "0（2021-09-30）" in shown
    update(fs, "14", "-i", "明厨亮灶", "--dept", "市教育局", "--value", "10/50")
    fallen = fs("progress", "update", "14", "-i", "明厨亮灶", "-d", "市教育局", "--value", "0/50")
    assert (fallen.code, "只增不减" in fallen.err) == (2, True)


def test_ones_own_figure_is_not_called_everybodys(fs: Fs) -> None:
    out = update(fs, "16", "-i", "按时完成率", "--value", "84/100", "-d", "市市场监督管理局").out
    assert "达成率 98.8%\n" in out
