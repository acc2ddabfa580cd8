"""Figures that several departments make together: parts, handovers, wholes, averages."""

import pytest

from tests.conftest import Fs, Run

PEOPLE = """bases:
  - name: 常住人口
    unit: 千人
    total: 2194.5
    values: {城区: 574.7, 泽州县: 426.6, 高平市: 453.1, 阳城县: 346.8, 陵川县: 200.5, 沁水县: 192.8}
departments:"""
UNIT = "            unit: 批次/千人\n            # 检验由"
SPLIT = (
    "split: {城区: 2477, 泽州县: 1840, 高平市: 1954, 阳城县: 1495, 陵川县: 863, 沁水县: 828, "
    "市市场监督管理局: 3710}"
)


def update(fs: Fs, *args: str, **env: str) -> Run:
    return fs("progress", "update", *args, **env).ok()


def with_people(fs: Fs, more: str = "") -> None:
    """Task 16 is counted per thousand people of each county."""
    fs.edit_plan("departments:", PEOPLE)
    fs.edit_plan(
        UNIT, f"            unit: 批次/千人\n            per: 常住人口\n{more}            # 检验由"
    )
    fs("check").ok()


def amended(fs: Fs, *lines: str) -> None:
    plan = fs.folder / "plan.yaml"
    text = plan.read_text("utf-8") + "\namendments:\n" + "".join(f"  - {one}\n" for one in lines)
    plan.write_text(text, "utf-8")


def indicator(fs: Fs, task: int, name: str, *more: str) -> dict[str, object]:
    row: dict[str, object]
    (row,) = [i for i in fs.thing("show", str(task), *more)["indicators"] if i["name"] == name]
    return row


def test_a_part_of_a_ratio_is_a_count_held_against_the_base(fs: Fs) -> None:
    with_people(fs, f"            {SPLIT}\n")
    update(fs, "16", "--dept", "阳城县", "--value", "1495", "--of", "346.8")
    own = {row["name"]: row for row in fs.thing("depts", "阳城县")["own_figures"]}
    assert own["食品检验量"]["attainment"] == 100
    update(fs, "16", "--dept", "市市场监督管理局", "--value", "3710", "--of", "2194.5")
    others = {"城区": "2477/574.7", "泽州县": "1840/426.6", "高平市": "1954/453.1"}
    for name, figure in (others | {"陵川县": "863/200.5", "沁水县": "828/192.8"}).items():
        update(fs, "16", "--dept", name, "--value", figure)
    found = indicator(fs, 16, "食品检验量")
    assert (found["value"], found["met"], found["reported"]) == (6, True, "7/7")


def test_a_figure_for_the_whole_weighs_as_much_as_those_it_stands_for(fs: Fs) -> None:
    with_people(fs)
    update(fs, "16", "--value", "6583.5", "--of", "2194.5", "--date", "2021-06-30")
    update(fs, "16", "--dept", "城区", "--value", "3448.2", "--of", "574.7", "--date", "2021-07-31")
    by_counts = indicator(fs, 16, "食品检验量")["value"]
    assert by_counts == 3.79  # (3 × 1619.8 + 3448.2) ÷ 2194.5
    update(fs, "5", "--value", "50/100")
    update(fs, "5", "--dept", "城区", "--value", "40/40")
    found = indicator(fs, 5, "冷库全覆盖排查")
    assert (found["value"], found["plain_mean"]) == (56.25, True)  # seven of 50, one of 100


def test_who_reports_another_indicator_does_not_speak_for_this_one(fs: Fs) -> None:
    update(fs, "16", "-i", "核查处置率", "--dept", "城区", "--value", "1/2")
    run = update(fs, "16", "-i", "核查处置率", "--dept", "阳城县", "--value", "98/98")
    assert "只作记录" in run.err
    assert "此前：未报" in run.out
    assert indicator(fs, 16, "核查处置率")["value"] is None


def hand_on(fs: Fs, task: int, to: str) -> None:
    amended(
        fs, f"{{basis: X〔2021〕40号, effective: 2021-09-01, task: {task}, responsible: [{to}]}}"
    )


@pytest.mark.parametrize("to", ["市住房和城乡建设局", "市公安局"])
def test_counts_of_a_task_handed_on_stay_what_they_were(fs: Fs, to: str) -> None:
    bodies = "市规划和自然资源局、市公安局"
    fs.edit_plan(
        "        responsibility: 市规划和自然资源局\n        responsible: [市规划和自然资源局]\n"
        "        indicators:\n          - name: 食用林产品监测",
        f"        responsibility: {bodies}\n        responsible: [市规划和自然资源局, 市公安局]\n"
        "        indicators:\n          - name: 食用林产品监测",
    )
    update(fs, "20", "--dept", "市公安局", "--value", "50", "--date", "2021-06-30")
    update(fs, "20", "--dept", "市规划和自然资源局", "--value", "40", "--date", "2021-06-30")
    hand_on(fs, 20, to)
    for day in ("2021-08-31", "2021-09-30"):
        assert indicator(fs, 20, "食用林产品监测", "--as-of", day)["value"] == 90
    update(fs, "20", "--dept", to, "--value", "110", "--date", "2021-09-20")
    assert indicator(fs, 20, "食用林产品监测")["value"] == 110


@pytest.mark.parametrize(("first", "second", "right"), [("60", "80", 70), ("60", "", 30)])
def test_percents_of_a_task_handed_on_stay_what_they_were(
    fs: Fs, first: str, second: str, right: int
) -> None:
    update(fs, "43", "--dept", "市城市管理局", "--percent", first, "--date", "2021-06-30")
    if second:
        update(
            fs, "43", "--dept", "市发展和改革委员会", "--percent", second, "--date", "2021-06-30"
        )
    hand_on(fs, 43, "市住房和城乡建设局")
    for day in ("2021-08-31", "2021-09-30"):
        assert fs.thing("show", "43", "--as-of", day)["completion"] == right
    update(fs, "43", "--percent", "75", "--date", "2021-09-20")
    assert fs.thing("show", "43")["completion"] == 75


def test_each_counts_at_most_all_of_its_own_target(fs: Fs) -> None:
    update(fs, "57", "--dept", "城区", "--value", "3")
    run = update(fs, "57", "--dept", "泽州县", "--value", "1")
    assert "简单平均" not in run.out
    assert indicator(fs, 57, "权重")["attainment"] == 75


def test_ratios_are_never_summed(fs: Fs) -> None:
    fs.edit_plan(
        UNIT, "            unit: 批次/千人\n            aggregate: sum\n            # 检验由"
    )
    run = fs("check")
    assert (run.code, "提醒[ratio-with-sum]" in run.out) == (0, True)
    for name in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        update(fs, "16", "--dept", name, "--value", "5.2")
    assert indicator(fs, 16, "食品检验量")["value"] == 5.2


def test_a_milestone_of_many_is_nothing_until_all_have_it(fs: Fs) -> None:
    update(fs, "59", "--done", "--dept", "城区")
    (row,) = fs.objects("indicators", "-i", "年度报告")
    assert (row["attainment"], row["met"], row["reported"]) == (0, False, "1/33")


def test_what_is_made_of_some_is_told_in_every_paper(fs: Fs) -> None:
    update(fs, "5", "--dept", "城区", "--value", "100")
    for name in ("p.html", "full.md", "e.csv"):
        command = ("export", "-o", name) if name == "e.csv" else ("report", "-o", name)
        fs(*command, *(["--full"] if name == "full.md" else [])).ok()
        assert "已报 1/8" in (fs.folder / name).read_text("utf-8-sig"), name


def test_a_plain_mean_is_told_wherever_it_stands(fs: Fs) -> None:
    update(fs, "14", "-i", "2", "--dept", "市教育局", "--value", "50")
    update(fs, "14", "-i", "2", "--dept", "市市场监督管理局", "--value", "100")
    assert "简单平均" in fs("indicators", "-f", "md").ok().out
    assert "简单平均" in fs("show", "14", "-f", "md").ok().out
    for name in ("p.html", "r.md", "full.md"):
        fs("report", "-o", name, *(["--full"] if name == "full.md" else [])).ok()
        assert "简单平均" in (fs.folder / name).read_text("utf-8"), name


def test_nothing_to_count_holds_nothing_up(fs: Fs) -> None:
    update(fs, "16", "--value", "6")
    update(fs, "16", "-i", "2", "--value", "0/0")
    update(fs, "16", "-i", "3", "--value", "0/0")
    found = fs.thing("show", "16")
    assert (found["status"], found["completion"]) == ("已完成", 100)
    assert "不涉及" in fs("indicators", "-f", "md").ok().out


def test_a_whole_and_parts_that_contradict_each_other_are_told(fs: Fs) -> None:
    update(fs, "14", "--dept", "市教育局", "--value", "80", "--date", "2021-08-31")
    update(fs, "14", "--dept", "市市场监督管理局", "--value", "90", "--date", "2021-08-31")
    run = update(fs, "14", "--value", "50")
    assert "为整个任务报的 50 与各单位已报的，合在一起是 85 不一致" in run.err
    assert "85" in fs("check").ok().out


@pytest.mark.parametrize("day", ["2021-08-31", "2021-09-01"])
def test_a_share_for_the_whole_below_all_parts_is_told_the_next_day_too(fs: Fs, day: str) -> None:
    fs.edit_plan("target: 97\n", "target: 97\n            reported_by: [城区, 高平市]\n")
    for name in ("城区", "高平市"):
        update(fs, "17", "-i", "2", "-d", name, "--value", "98", "--date", "2021-08-31")
    run = update(fs, "17", "-i", "2", "--value", "70", "--date", day)
    assert "为整个任务报的 70 与各单位已报的，合在一起是 98 不一致" in run.err


def test_growth_after_a_figure_for_the_whole_is_no_contradiction(fs: Fs) -> None:
    update(fs, "18", "--value", "100", "--date", "2021-03-31")
    run = update(fs, "18", "--dept", "市卫生健康委", "--value", "320", "--date", "2021-06-30")
    assert "不一致" not in run.err
    assert fs("check").ok().out == ""
    for name in ("城区", "阳城县", "陵川县", "泽州县"):
        update(fs, "55", "-i", "2", "--dept", name, "--value", "1")
    assert "各单位之和 3 " in update(fs, "55", "-i", "2", "--value", "2").err


def test_why_a_task_is_overdue_names_what_is(fs: Fs) -> None:
    for name in ("市教育局", "市市场监督管理局"):
        update(fs, "14", "--dept", name, "--value", "100")
    update(fs, "14", "-i", "2", "--dept", "市教育局", "--value", "50")
    update(fs, "14", "-i", "2", "--dept", "市市场监督管理局", "--value", "90")
    fs.env["FS_TODAY"] = "2022-01-02"
    why = "".join(fs.thing("show", "14")["why"])
    assert "互联网+明厨亮灶" in why
    assert "市教育局自己的数没有达到目标" in why


def test_who_only_reports_is_reminded_and_written_to(fs: Fs) -> None:
    for name in ("城区", "泽州县", "阳城县", "陵川县", "沁水县"):
        update(fs, "16", "--dept", name, "--value", "5.2")
    assert 16 in fs.objects("due", "--dept", "高平市")[0]["unreported"]
    letters = fs.objects("letter", "write", "16", "--dept", "高平市", "--dry-run")
    assert [row["department"] for row in letters] == ["高平市"]
    update(fs, "16", "--dept", "高平市", "--value", "6")
    fs("signoff", "apply", "16", "--dept", "高平市", "--evidence", "文件").ok()
    assert [row["task"] for row in fs.objects("signoff", "--dept", "高平市")] == [16]
    assert 16 in [row["task"] for row in fs.objects("evidence", "--dept", "高平市")]
