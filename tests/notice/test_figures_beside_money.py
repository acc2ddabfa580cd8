"""Figures that are caps, costs, conditions or what was before: no targets."""

import datetime as dt
from decimal import Decimal

import pytest

from foodsafety_cli.model.plan import Period
from foodsafety_cli.notice.quantities import quantities
from tests.notice.made import drafted, table, tasks

_YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def _figures(text: str) -> list[tuple[str, int]]:
    return [(str(one.indicator.target), len(one.indicator.unit)) for one in quantities(text, _YEAR)]


@pytest.mark.parametrize(
    "clause",
    [
        "支持比例原则上不超过15%",
        "省级配套资金不超过1000万元",
        "支持资金原则上不超过1亿元",
        "其他学校不超过2亿元",
        "按不超过50%提高报废补贴标准",
        "其中国债资金7.6万元",
        "单体项目投资不低于2000万元",
        "总投资不低于3000万元",
        "年节能量须不低于50万千瓦时",
        "对达不到登记条件的2.6万家存量小餐饮",
        "全面落实促进发展的20条措施",
    ],
)
def test_caps_and_conditions_are_no_targets(clause: str) -> None:
    assert _figures(f"{clause}。") == []


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("每季度召开1次例会", [("1", 1)]),
        ("优化提升50条背街后巷", [("50", 1)]),
        ("压减许可环节30%", [("30", 1)]),
        ("围绕特色食品制定团体标准8项", [("8", 1)]),
        ("气瓶全部赋码", [("100", 1)]),
        ("抽检样品200种次", [("200", 2)]),
        ("更新车船18辆（艘）", [("18", 4)]),
        ("95%取得许可", [("95", 1)]),
        ("行政处罚信用修复时限缩短至3个工作日", [("3", 4)]),
    ],
)
def test_targets_beside_such_words(clause: str, meant: list[tuple[str, int]]) -> None:
    assert _figures(f"{clause}。") == meant


def test_each_of_several_years_has_its_own_figure() -> None:
    found = list(
        quantities(
            "2023年、2024年食品抽检量分别达到5份、6份。",
            Period(dt.date(2023, 1, 1), dt.date(2025, 12, 31)),
        )
    )
    assert [one.indicator.due for one in found] == [dt.date(2023, 12, 31), dt.date(2024, 12, 31)]


def test_what_is_of_all_the_year_has_no_day_of_what_stands_before() -> None:
    found = quantities("6月份组织宣传周，全年刊发信息100篇。", _YEAR)
    named = {one.indicator.name: one.indicator.due for one in found}
    assert named == {"刊发信息": None, "组织宣传周": dt.date(_YEAR.end.year, 6, 30)}


def test_columns_of_money_of_last_year_and_of_marks_set_no_targets() -> None:
    text = table(
        "序号|任务|2023年完成值|2024年目标|计划投资（万元）|评分标准|责任单位",
        "---|---|---|---|---|---|---",
        "1|抽检|820批次|1000批次|180|抽查20户，每户不符扣1分|市市场监管局",
        "2|培训|5次|6次|20|查记录|市教育局",
    )
    assert [[i.target for i in task.indicators] for task in tasks(text)] == [[1000], [6]]
    assert [task.text for task in tasks(text)] == ["抽检1000批次", "培训6次"]


def test_columns_of_quarters_are_told_and_set_no_targets() -> None:
    text = table(
        "序号|重点工作|年度目标|一季度|二季度|责任单位",
        "---|---|---|---|---|---",
        "1|食品抽检|全年完成4400批次|完成600批次|累计完成2000批次|县市场监管局",
        "2|农贸建设|新建2个|选址|开工|县商务局",
    )
    assert [[i.target for i in task.indicators] for task in tasks(text)] == [[4400], [2]]
    assert {place.text for place in drafted(text).coverage.unread} >= {"一季度：完成600批次"}


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("新增门店2023年4家、2024年8家", [4, 8]),
        ("服务覆盖13个街镇", [13]),
        ("召开对标会2次", [2]),
        ("全省12家市场全部设立快检室", [100]),
    ],
)
def test_more_targets(clause: str, meant: list[int]) -> None:
    assert [one.indicator.target for one in quantities(f"{clause}。", _YEAR)] == meant


def test_at_least_so_much_below_is_no_limit() -> None:
    (found,) = quantities("平价菜价格低于市场均价15%以上。", _YEAR)
    assert not found.indicator.at_most


def test_what_each_county_does() -> None:
    (found,) = quantities("每个县（市、区）认定示范户10户以上。", _YEAR)
    assert found.indicator.each


def test_a_bounded_figure_takes_its_unit_from_its_column() -> None:
    text = table(
        "指标|现状值（2020年）|目标值（2022年）|单位|责任单位",
        "---|---|---|---|---",
        "监测合格率|98.1|98.5以上|%|区农业农村局",
        "群众满意度|78|85|%|区委宣传部",
    )
    assert [(t.text, t.indicators[0].target) for t in tasks(text)] == [
        ("监测合格率98.5%以上", Decimal("98.5")),
        ("群众满意度85%", 85),
    ]


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("城镇年均新增就业人数24万以上", [(240000, "人")]),
        ("年均开发2万个以上的公益性岗位", [(20000, "个")]),
        ("建成食品检验监测、应急指挥调度、农产品质量追溯、信息化溯源监管等3个平台", [(3, "个")]),
        ("100%的镇卫生院、村卫生站建设达标", [(100, "%")]),
        ("单个项目贴息期不超过3年", []),
    ],
)
def test_what_a_count_is_of(clause: str, meant: list[tuple[int, str]]) -> None:
    found = [one.indicator for one in quantities(f"{clause}。", _YEAR)]
    assert [(str(one.target), one.unit) for one in found] == [(str(n), unit) for n, unit in meant]


@pytest.mark.parametrize("clause", ["各区（县级市）有1所三甲医院", "每个街（镇）有1所托老机构"])
def test_what_each_has_is_each_one_s(clause: str) -> None:
    (found,) = quantities(f"{clause}。", _YEAR)
    assert found.indicator.each


def test_later_years_without_a_comma_make_the_period_longer() -> None:
    text = (
        "松溪县2023年工作方案\n1.抽检。到2024年合格率达到90%。（县农业局）\n"
        "2.建档。建档率2025年达到98%。（县商务局）\n"
    )
    made = drafted(text).plan
    assert made.period.end == dt.date(2025, 12, 31)
    first, second = (task for _, task in made.tasks())
    assert first.indicators[0].due == dt.date(2024, 12, 31)
    assert second.indicators[0].target == 98


def test_the_year_that_was_judged_is_not_that_of_the_work() -> None:
    text = (
        "根据省食安办对安河市2021年度食品安全考核反馈意见，制定本方案。\n2022年3月15日\n"
        "1.建成中心。9月底前建成投用，覆盖率达到90%。（县商务局）\n"
    )
    assert drafted(text).plan.period.start == dt.date(2022, 1, 1)


def test_columns_that_are_years_and_such_of_a_base() -> None:
    text = table(
        "指标名称|2020年基准值|2025年目标值|责任单位",
        "---|---|---|---",
        "合格率|97.5|98.5|县农业局",
        "建档率|60|90|县商务局",
    )
    assert [t.text for t in tasks(text)] == ["合格率98.5", "建档率90"]


def test_of_two_columns_of_years_the_later_one_is_the_target() -> None:
    text = table(
        "任务|2022年|2023年|单位|责任单位",
        "---|---|---|---|---",
        "合格率|98.1|99|%|县农业局",
        "建档率|60|90|%|县商务局",
    )
    assert [[i.target for i in t.indicators] for t in tasks(text)] == [[99], [90]]


def test_which_companies_are_counted() -> None:
    found = quantities("培育产值超10亿元企业2家、超5亿元企业4家。", _YEAR)
    assert [one.indicator.target for one in found] == [2, 4]


def test_what_one_figure_is_told_of_is_two() -> None:
    found = list(quantities("知晓率、满意度均保持在85%以上。", _YEAR))
    assert [one.indicator.name for one in found] == ["知晓率", "满意度"]


def test_columns_of_what_is_planned_to_be_done_hold_targets() -> None:
    text = table(
        "序号|任务|2024年计划完成|责任单位",
        "---|---|---|---",
        "1|抽检|1000批次|县公安局",
        "2|培训|6次|县公安局",
    )
    assert [[i.target for i in t.indicators] for t in tasks(text)] == [[1000], [6]]


def test_the_years_of_a_span_of_months_are_those_of_the_work() -> None:
    text = "1.清淤。自2024年3月至2025年6月，开展排查。（县水利局负责）\n"
    period = drafted(text).plan.period
    assert (period.start.year, period.end.year) == (2024, 2025)
