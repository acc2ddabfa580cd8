"""What a plan says of its targets and shares: read as people write them, judged as they mean."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from foodsafety_cli.analysis.admission import ReportDraft, held_against
from foodsafety_cli.analysis.figure_checks import check_figures
from foodsafety_cli.analysis.lights import light_of
from foodsafety_cli.analysis.measures import mean, measure_of
from foodsafety_cli.analysis.splitting import largest_remainder
from foodsafety_cli.analysis.wording import CENT, beside_target, digits, rounded_to
from foodsafety_cli.model.events import Entry, Light, Status
from foodsafety_cli.model.plan import Indicator, Kind, Thresholds
from foodsafety_cli.model.problem import Code
from tests.conftest import Fs
from tests.test_figures import A, B, only, plan, stand
from tests.test_shared_figures import PEOPLE, SPLIT, UNIT, amended, indicator, update, with_people


@pytest.mark.parametrize(
    ("quote", "target", "is_there"),
    [
        ("覆盖率达到九成", "90", True),
        ("覆盖率达到九成五", "95", True),
        ("覆盖率达到百分之九十五点五", "95.5", True),
        ("抽检一万二批次", "12000", True),
        ("抽检1万2千批次", "12000", True),
        ("抽检三千五批次", "3500", True),
        ("抽检廿批次", "20", True),
        ("各县抽检合格率均达到97%", "100", False),
        ("所有批次处置率达到85%", "100", False),
        ("对生产企业全覆盖检查", "100", True),
    ],
)
def test_numbers_in_words_stand_in_a_quote(quote: str, target: str, *, is_there: bool) -> None:
    unit = "批次" if "批次" in quote and "率" not in quote else "%"
    kind = Kind.CUMULATIVE
    indicator = Indicator("甲", quote, kind, Decimal(target), unit)
    of = plan(indicator)
    task = of.sections[0].tasks[0]._replace(text=quote)
    found = [fault.code for fault in check_figures(of, task, indicator, ())]
    assert (Code.TARGET_NOT_IN_QUOTE not in found) is is_there


def test_a_limit_of_nothing_is_kept_by_nothing() -> None:
    limit = Indicator("事故", "不超过6起", Kind.CUMULATIVE, Decimal(6), "起", at_most=True)
    of = plan(limit._replace(split={A: Decimal(0), B: Decimal(6)}), responsible=(A, B))
    parts = only(stand(of, [(A, 5), (B, 3)])).parts
    assert parts == {B: 100}
    measure = measure_of(limit)
    assert measure.attainment(Decimal(5), Decimal(0)) == 0
    assert not measure.is_met(Decimal(5), Decimal(0))


def test_a_bureaus_part_beside_the_counties_is_of_all_their_people(fs: Fs) -> None:
    with_people(fs, f"            {SPLIT}\n")
    update(fs, "16", "--dept", "阳城县", "--value", "1120", "--of", "346.8")
    update(fs, "16", "--dept", "市监局", "--value", "3000", "--of", "2194.5")
    found = indicator(fs, 16, "食品检验量")
    assert (found["value"], found["attainment"]) == (1.88, 31.29)
    told = (
        fs("depts", "阳城县", "-f", "csv").ok().out + fs("depts", "阳城县", "-f", "json").ok().out
    )
    assert "4.31" in told
    assert "4.3108" not in told


def test_a_split_is_of_those_that_report_in_steps_of_the_target(fs: Fs) -> None:
    with_people(fs, f"            {SPLIT}\n")
    for args, words in (
        (("--keep", "各县=500"), "是一组单位"),
        (("--keep", "市监局=3", "--keep", "市监局=4"), "写了两次"),
        (("--keep", "市监局=3.5"), "位数太细"),
    ):
        run = fs("split", "16", *args)
        assert (run.code, words in run.err) == (2, True), (args, run.err)
    assert "没有分给它" in fs("split", "16").ok().err
    fs("split", "16", "--keep", "市监局=3710", "-o", "分.xlsx").ok()
    sheet = load_workbook(fs.folder / "分.xlsx").active
    assert sheet is not None
    last = [cell.value for cell in list(sheet.iter_rows())[-1]]
    assert "合计" in last
    shares = largest_remainder(
        Decimal("1.5"), {"甲": Decimal(1), "乙": Decimal(2)}, Decimal("0.001")
    )
    assert shares == {"甲": Decimal("0.5"), "乙": Decimal(1)}


def test_another_base_than_the_plans_is_told(fs: Fs) -> None:
    with_people(fs)
    run = fs("progress", "update", "16", "-d", "阳城县", "--value", "112", "--of", "34.68").ok()
    assert "和计划里阳城县的基数 346.8" in run.err


@pytest.mark.parametrize(
    ("quote", "target", "unit"),
    [
        ("完成3百批次", "300", "批次"),
        ("不低于千分之五", "0.5", "%"),
        ("达到四分之三", "75", "%"),
        ("达到三分之二以上", "66.7", "%"),
        ("一半以上达标", "50", "%"),
    ],
)
def test_parts_and_halves_stand_in_a_quote(quote: str, target: str, unit: str) -> None:
    indicator = Indicator("甲", quote, Kind.CUMULATIVE, Decimal(target), unit)
    of = plan(indicator)
    task = of.sections[0].tasks[0]._replace(text=quote)
    found = [fault.code for fault in check_figures(of, task, indicator, ())]
    assert Code.TARGET_NOT_IN_QUOTE not in found


def test_shares_that_are_met_do_not_make_a_mean_met(fs: Fs) -> None:
    at = "- name: 互联网+明厨亮灶"
    fs.edit_plan(at, f"{at}\n            split: {{市教育局: 50, 市市场监督管理局: 40}}")
    for body, value in (("市教育局", "50"), ("市市场监督管理局", "40")):
        update(fs, "14", "-i", "互联网+明厨亮灶", "-d", body, "--value", value)
    row = indicator(fs, 14, "互联网+明厨亮灶")
    assert (row["value"], row["met"]) == (45, False)


def test_what_split_prints_makes_standings_that_can_be(fs: Fs) -> None:
    fs.edit_plan("departments:", PEOPLE)
    told = fs("split", "16").ok().err
    lines = told[told.index("            per: 常住人口") :].rstrip()
    fs.edit_plan(UNIT, f"            unit: 批次/千人\n{lines}\n            # 检验由")
    assert fs("check").ok().out == ""
    update(fs, "16", "-d", "城区", "--value", "3448", "--of", "574.7")
    own = fs.thing("depts", "城区")["own_figures"]
    (row,) = [r for r in own if r["task"] == 16 and r["value"]]
    assert row["attainment"] == 100
    without = told[told.index("            split:") :].rstrip()
    text = fs.plan.read_text("utf-8").replace("            per: 常住人口\n", "")
    fs.plan.write_text(text, "utf-8")
    assert without in text
    assert "split-without-base" in fs("check").ok().out


def test_a_target_that_was_amended_is_shared_out_where_it_was(fs: Fs) -> None:
    with_people(fs)
    amended(fs, "{basis: 甲文, effective: 2021-09-01, task: 16, indicator: 食品检验量, target: 5}")
    told = fs("split", "16").ok().err
    assert "贴进 plan.yaml amendments 里 甲文 改任务 16 的指标“食品检验量”目标的那一条" in told
    share = told[told.index("split:") :].rstrip()
    fs.edit_plan("target: 5}", f"target: 5, {share}}}")
    assert fs("check").ok().out == ""


def test_who_keeps_a_part_keeps_its_place(fs: Fs) -> None:
    with_people(fs)
    rows = fs.objects("split", "16", "--keep", "阳城县=2000")
    assert [r["department"] for r in rows][3:5] == ["阳城县", "陵川县"]
    run = fs("split", "16", "--keep", "市教育局=350")
    assert (run.code, "不是这个指标的报数单位" in run.err) == (2, True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("split: {各县（市、区）人民政府: 13167}", "不是这个指标的报数单位"),
        ("split: {市公安局: 13167}", "不是这个指标的报数单位"),
    ],
)
def test_a_share_is_a_reporters(fs: Fs, line: str, words: str) -> None:
    with_people(fs)
    fs.edit_plan("per: 常住人口\n", f"per: 常住人口\n            {line}\n")
    run = fs("check")
    assert (run.code, words in run.out) == (1, True)


def test_a_base_of_nobody_is_told_like_a_missing_one(fs: Fs) -> None:
    with_people(fs)
    fs.edit_plan("    total: 2194.5\n", "")
    fs.edit_plan("城区: 574.7", "城区: 0")
    assert "基数“常住人口”里没有城区的数" in fs("check").out


@pytest.mark.parametrize(
    ("quote", "target", "unit"),
    [
        ("确保不发生重大食品安全事故", "0", "起"),
        ("杜绝重大事故", "0", "起"),
        ("不合格率控制在6‰以内", "0.6", "%"),
        ("做到家家有台账", "100", "%"),
        ("排查无遗漏", "100", "%"),
    ],
)
def test_what_a_quote_means_without_the_number(quote: str, target: str, unit: str) -> None:
    limit = Indicator("甲", quote, Kind.CUMULATIVE, Decimal(target), unit, at_most=True)
    of = plan(limit)
    task = of.sections[0].tasks[0]._replace(text=quote)
    found = [fault.code for fault in check_figures(of, task, limit, ())]
    assert Code.TARGET_NOT_IN_QUOTE not in found


def test_what_each_must_reach_is_not_shared_out(fs: Fs) -> None:
    fs.edit_plan("departments:", PEOPLE)
    each = "            each: true\n"
    fs.edit_plan("            target: 650\n", f"            target: 650\n{each}")
    run = fs("split", "18", "--by", "常住人口")
    assert (run.code, "对每个单位都成立（each），不用分解" in run.err) == (2, True)
    fs.edit_plan(each, f"{each}            split: {{市卫生健康委: 5}}\n")
    assert "[split-total]" in fs("check").out


def test_a_base_of_another_size_is_told(fs: Fs) -> None:
    fs.edit_plan("departments:", PEOPLE.replace("千人", "万人"))
    run = fs("split", "16")
    assert (run.code, "差了倍数" in run.err) == (2, True)
    unit = "            unit: 批次/千人\n"
    fs.edit_plan(unit, f"{unit}            per: 常住人口\n")
    assert "错误[base-unit] 基数“常住人口”的单位是万人，指标的是批次/千人" in fs("check").out


def test_ten_times_the_last_figure_is_told(fs: Fs) -> None:
    update(fs, "18", "--value", "1", "--date", "2021-02-01")
    run = fs("progress", "update", "18", "--value", "20", "--date", "2021-03-01").ok()
    assert "20 是此前报的 1 的 20 倍" in run.err


def test_a_department_is_held_against_its_share() -> None:
    shared = Indicator("甲", "完成650件", Kind.CUMULATIVE, Decimal(650), "件")
    shared = shared._replace(split={A: Decimal(5), B: Decimal(645)})
    of = plan(shared, responsible=(A, B))
    (task,) = of.sections[0].tasks
    for body, held in ((A, ("分到的目标", Decimal(5))), (None, ("目标", Decimal(650)))):
        entry = Entry(task.id, "甲", body, Decimal(500))
        assert held_against(of, ReportDraft(task, entry, shared, of.period.start)) == held


def test_what_the_whole_is_counted_of_is_held_against_the_base(fs: Fs) -> None:
    with_people(fs)
    run = fs("progress", "update", "16", "--value", "11000", "--of", "2194500").ok()
    assert "分母 2194500 和计划里各报数单位合计的基数" in run.err


def test_a_ratio_is_rounded_where_it_contradicts(fs: Fs) -> None:
    update(fs, "14", "--value", "2/3", "--date", "2021-06-30")
    update(fs, "14", "--value", "1/3", "-d", "市教育局")
    assert "为整个任务报的 66.67，" in fs("check").out


@pytest.mark.parametrize(
    ("value", "at_most", "shown"),
    [
        ("96.996", False, "96.99"),
        ("97.004", False, "97"),
        ("96.994", False, "96.99"),
        ("97.004", True, "97.01"),
        ("96.996", True, "97"),
    ],
)
def test_a_computed_figure_is_shown_on_its_side_of_the_target(
    value: str, shown: str, *, at_most: bool
) -> None:
    of = Indicator("合格率", "97%", Kind.RATE, Decimal(97), "%", at_most=at_most)
    found = beside_target(Decimal(value), measure_of(of))
    assert found is not None
    assert digits(found) == shown


def test_what_divisions_leave_is_no_part_of_a_figure() -> None:
    third, weights = Decimal(100) / 3, (Decimal(1), Decimal(1), Decimal(1))
    assert rounded_to(mean([third * w for w in weights]) * 3, CENT) == 100
    assert rounded_to(Decimal("46.59499999999999999999999999"), CENT) == Decimal("46.60")
    of = measure_of(Indicator("合格率", "97%", Kind.RATE, Decimal(97), "%"))
    assert of.is_met(Decimal("96.99999999999999999999999999"))
    assert light_of(Status.UNDER_WAY, Decimal(10) - Decimal("1e-27"), Thresholds()) is Light.YELLOW


def test_a_share_just_short_of_its_target_never_looks_met(fs: Fs) -> None:
    update(fs, "17", "-i", "例行监测合格率", "--value", "96996/100000")
    assert indicator(fs, 17, "例行监测合格率")["value"] == 96.99
    told = fs("show", "17").ok().out
    assert "96.99" in told
    assert "97.00" not in told
    for name in ("台账.csv", "报告.md", "页面.html"):
        fs("export" if name.endswith("csv") else "report", "-o", name).ok()
        assert "96.99" in (fs.folder / name).read_text("utf-8-sig"), name
    own = fs("depts", "市农业农村局").ok().out
    assert "96.99" in own
