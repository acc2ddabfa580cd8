"""Who has not reported is named, and figures say whose they are, wherever tasks are told."""

import json

import pytest

from tests.conftest import Fs
from tests.test_handed_on import hand_on
from tests.test_shared_figures import amended, indicator, update
from tests.test_small_plans import END, plan


def told(fs: Fs, task: str) -> str:
    return "".join(fs.thing("show", task)["why"])


def test_an_indicator_without_any_figure_lacks_all_its_reporters(fs: Fs) -> None:
    update(fs, "14", "-i", "明厨亮灶", "-d", "市教育局", "--value", "100")
    assert (
        "还没有报的：“明厨亮灶”：市市场监督管理局；"
        "“互联网+明厨亮灶”：市教育局、市市场监督管理局。" in told(fs, "14")
    )
    rows = {row["name"]: row for row in fs.thing("show", "14")["indicators"]}
    assert rows["互联网+明厨亮灶"]["silent"] == ["市教育局", "市市场监督管理局"]


def test_a_task_without_indicators_says_how_many_have_reported(fs: Fs) -> None:
    update(fs, "25", "-d", "市民政局", "--percent", "100")
    task = fs.thing("show", "25")
    assert (task["reported"], len(task["silent"])) == ("1/8", 7)
    rows = fs("export", "-f", "csv", "-c", "id,completion,made_of").ok().out.splitlines()
    assert "25,12.5%,已报 1/8" in rows
    fs("report", "--full", "-o", "详.md").ok()
    assert "完成率12.5%（已报1/8）" in (fs.folder / "详.md").read_text("utf-8").replace(" ", "")


def test_a_grey_task_names_who_is_to_report(fs: Fs) -> None:
    update(fs, "9", "-d", "城区", "--percent", "80")
    assert "该报的单位还没有填报。还没有报的：市发展和改革委员会。" in told(fs, "9")


def test_who_has_taken_over_and_not_reported_is_named(fs: Fs) -> None:
    for body in ("市城市管理局", "市发展和改革委员会"):
        update(fs, "43", "-d", body, "--percent", "50", "--date", "2021-08-15")
    hand_on(fs, 43, "市住房和城乡建设局", day="2021-09-10")
    assert "接手后还没有报的：市住房和城乡建设局。" in told(fs, "43")
    late = fs("progress", "update", "43", "-d", "市城市管理局", "--percent", "55")
    if late.code:
        assert "自 2021-09-10 起这项任务改了负责的单位" in late.err


def test_a_count_that_falls_at_a_handover_is_told(fs: Fs) -> None:
    update(fs, "20", "-d", "市规划和自然资源局", "--value", "60", "--date", "2021-06-30")
    hand_on(fs, 20, "市农业农村局", day="2021-09-01")
    run = fs("progress", "update", "20", "-d", "市农业农村局", "--value", "30")
    assert (run.code, "接手的单位报的是全部，请连同以前做的一起报" in run.err) == (2, True)
    less = ("-d", "市农业农村局", "--value", "30", "--allow-decrease")
    assert indicator(fs, 20, "食用林产品监测")["value"] == 60
    update(fs, "20", *less)
    assert indicator(fs, 20, "食用林产品监测")["value"] == 30
    assert "合计" not in update(fs, "20", "-d", "市农业农村局", "--value", "70").err


def test_the_name_of_a_withdrawn_indicator_is_no_part_of_another(fs: Fs) -> None:
    paper = "effective: 2021-09-05, task: 14, indicator: 明厨亮灶, withdrawn: true"
    amended(fs, f"{{basis: 甲文, {paper}}}")
    run = fs("progress", "update", "14", "-i", "明厨亮灶", "-d", "市教育局", "--value", "80")
    assert (run.code, "指标“明厨亮灶”甲文 自 2021-09-05 起不再执行" in run.err) == (2, True)
    rows = "任务,指标,单位,数值,日期\n14,明厨亮灶,市教育局,80,2021-09-30\n"
    (fs.folder / "a.csv").write_text(rows, "utf-8")
    assert fs("progress", "import", "a.csv").code == 2


SMALL = """title: 甲市2021年安排
document_number: 甲政办〔2021〕1号
issuer: 甲市政府办
issued_on: 2021-01-10
period: {start: 2021-01-01, end: 2021-12-31}
bases:
  - {name: 人口, unit: 千人, total: 100, values: {东县: 50, 西县: 30, 南县: 20}}
departments: [{name: 东县}, {name: 西县}, {name: 南县}, {name: 各县, members: [东县, 西县, 南县]}]
sections:
  - number: 1
    title: 一
    tasks:
      - id: 1
        title: 抽检
        text: 抽检达到6批次/千人，检查600家次，投诉控制在10件以内。
        responsibility: 各县
        responsible: [各县]
        indicators:
          - name: 量
            quote: 抽检达到6批次/千人
            kind: cumulative
            target: 6
            unit: 批次/千人
            per: 人口
            split: {东县: 300, 西县: 180, 南县: 120}
          - name: 家次
            quote: 检查600家次
            kind: cumulative
            target: 600
            unit: 家次
            split: {东县: 300, 西县: 200, 南县: 100}
          - name: 投诉
            quote: 投诉控制在10件以内
            kind: cumulative
            target: 10
            unit: 件
            at_most: true
"""


@pytest.fixture
def small(fs: Fs) -> Fs:
    (fs.folder / "plan.yaml").write_text(SMALL, "utf-8")
    return fs


def test_a_county_among_counties_wants_its_base_whatever_its_share(small: Fs) -> None:
    small.edit_plan("total: 100", "total: 80")
    small.edit_plan(", 南县: 20}", "}")
    small.edit_plan("{东县: 300, 西县: 180, 南县: 120}", "{东县: 240, 西县: 140, 南县: 100}")
    run = small("check")
    assert (run.code, "基数“人口”里没有南县的数" in run.out) == (1, True)


def test_shares_of_who_has_left_are_told_at_the_amendment(small: Fs) -> None:
    amended(small, "{basis: 甲, effective: 2021-09-01, task: 1, responsible: [东县, 西县]}")
    run = small("check")
    told = [line for line in run.out.splitlines() if "改由这些单位负责以后" in line]
    assert (run.code, len(told)) == (0, 2)


def test_how_a_target_is_held_is_told(small: Fs) -> None:
    why = told(small, "1")
    assert "“量”按人口计算，分到各单位：东县 300、西县 180、南县 120。" in why
    assert "“投诉”不超过目标为达标。" in why
    (first, *_) = small.thing("show", "1")["indicators"]
    assert (first["per"], first["split"]["南县"], first["aggregate"]) == ("人口", 120, "mean")


def test_shares_of_a_new_target_are_whole_and_add_up(small: Fs) -> None:
    amended(small, "{basis: 甲, effective: 2021-09-01, task: 1, indicator: 家次, target: 500}")
    shares = {
        name: figure["target"]
        for name in ("东县", "西县", "南县")
        for figure in small.thing("depts", name)["own_figures"]
        if figure["name"] == "家次"
    }
    assert shares == {"东县": 250, "西县": 167, "南县": 83}


def test_shares_stay_whole_whatever_the_new_target_is_of_the_old(small: Fs) -> None:
    small.edit_plan("检查600家次", "检查3000家次")
    small.edit_plan("quote: 检查600家次", "quote: 检查3000家次")
    small.edit_plan("target: 600", "target: 3000")
    small.edit_plan("{东县: 300, 西县: 200, 南县: 100}", "{东县: 1000, 西县: 900, 南县: 1100}")
    amended(small, "{basis: 甲, effective: 2021-09-01, task: 1, indicator: 家次, target: 1000}")
    rows = {row["name"]: row for row in small.thing("show", "1")["indicators"]}
    assert rows["家次"]["split"] == {"东县": 333, "西县": 300, "南县": 367}


def test_a_milestone_has_no_target_of_nothing_either(fs: Fs) -> None:
    fs.edit_plan(
        "            kind: milestone\n", "            kind: milestone\n            target: 0\n"
    )
    assert "没有目标值" in fs("check").out


def test_who_is_asked_for_alone_has_no_place(fs: Fs) -> None:
    update(fs, "5", "-d", "城区", "--value", "100")
    (alone,) = fs.objects("progress", "--by", "dept", "--dept", "泽州县")
    assert alone["rank"] is None


def test_a_count_where_a_rate_is_meant_is_told_how_to_be_given(small: Fs) -> None:
    run = small("progress", "update", "1", "-i", "量", "-d", "东县", "--value", "1120")
    assert (run.code, "请加 --of 50（人口；" in run.err) == (2, True)


def test_what_a_copy_of_the_ledger_brought_is_doubted(fs: Fs) -> None:
    line = {
        "id": "z8", "at": "2021-09-30T09:00:07+08:00", "by": "甲", "date": "2021-09-30",
        "entries": [
            {"task": 16, "indicator": "食品检验量", "value": 600},
        ],
    }  # fmt: skip
    fs.ledger.write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    out = fs("check").ok().out
    assert "600 是目标 6 的 100 倍" in out


def test_a_figure_that_nobody_reported_is_no_report(fs: Fs) -> None:
    update(fs, "14", "-i", "明厨亮灶", "-d", "市教育局", "--value", "50", "--date", "2021-09-20")
    body = "市市场监督管理局"
    run = update(fs, "14", "-i", "明厨亮灶", "-d", body, "--value", "90", "--date", "2021-08-31")
    assert "达成率 70.0%（各单位合起来是 70%）" in run.out


def test_a_later_paper_gives_the_target_that_stands_in_the_plan(fs: Fs) -> None:
    fs.edit_plan("target: 650", "target: 700")
    assert fs("check").code == 1
    amended(fs, "{basis: 甲, effective: 2021-09-01, task: 18, indicator: 风险监测, target: 700}")
    fs("check").ok()


def test_nothing_to_count_is_not_forecast(fs: Fs) -> None:
    update(fs, "38", "-i", "自查报告率", "--value", "0/0")
    names = {row["name"] for row in fs.objects("forecast", "--section", "五")}
    assert "自查报告率" not in names
    (row,) = (
        row for row in fs.objects("indicators", "-c", "name,outlook") if row["name"] == "自查报告率"
    )
    assert row["outlook"] == "不涉及"


def test_the_next_light_where_there_is_no_yellow(fs: Fs) -> None:
    fs.edit_plan("yellow: 10, red: 30", "yellow: 30, red: 30")
    update(fs, "26", "--percent", "10")
    assert "就转绿灯" in told(fs, "26")


def test_counts_are_pooled_by_what_they_are_of_where_nobody_has_a_base(small: Fs) -> None:
    small.edit_plan("{name: 南县},", "{name: 南县}, {name: 甲局}, {name: 乙局},")
    small.edit_plan("            split: {东县: 300, 西县: 180, 南县: 120}\n", "")
    amended(small, "{basis: 甲, effective: 2021-07-01, task: 1, responsible: [甲局, 乙局]}")
    update(small, "1", "-i", "量", "-d", "甲局", "--value", "600/100")
    update(small, "1", "-i", "量", "-d", "乙局", "--value", "600/300")
    rows = {row["name"]: row for row in small.objects("indicators")}
    assert (rows["量"]["value"], rows["量"]["plain_mean"]) == (3, False)


def test_a_letter_says_ones_own_part_of_what_is_shared_out(small: Fs) -> None:
    small.edit_plan(SMALL[SMALL.index("          - name: 投诉") :], "")
    for body, count in (("东县", "300/50"), ("西县", "180/30"), ("南县", "120/20")):
        update(small, "1", "-i", "量", "-d", body, "--value", count)
    update(small, "1", "-i", "家次", "-d", "东县", "--value", "150")
    named = ("letter", "write", "1", "--kind", "催办", "--message", "-d")
    assert "（你单位完成50.0%）" in small(*named, "东县").ok().out


def test_who_only_supports_answers_where_nobody_else_is_named(fs: Fs) -> None:
    text = plan(2021, "抽检 完成抽检1000批次。 甲县", "宣传 加强宣传。 乙县")
    only_support = text.replace(
        "responsibility: 甲县, responsible:", "responsibility: 甲县配合, support:"
    )
    assert only_support != text
    fs.plan.write_text(only_support, "utf-8")
    due = fs.objects("due", FS_TODAY=END)
    assert {row["department"] for row in due} == {"甲县", "乙县"}
