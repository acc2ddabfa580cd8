"""Figures and days in a task's words."""

import datetime as dt
from decimal import Decimal

import pytest

from foodsafety_cli.model.plan import Kind, Period
from foodsafety_cli.notice.clauses import without_whom
from foodsafety_cli.notice.dates import DateSense, deadlines
from foodsafety_cli.notice.quantities import quantities

YEAR = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))

TARGETS = [
    ("覆盖率达到65%以上", 65, "%", Kind.CUMULATIVE),
    ("抽检合格率不低于98％", 98, "%", Kind.RATE),
    ("完成650批次风险监测任务", 650, "批次", Kind.CUMULATIVE),
    ("检验量达到6批次/千人", 6, "批次/千人", Kind.CUMULATIVE),
    ("成效占考评指标权重2%以上", 2, "%", Kind.RATE),
    ("对第三方冷库开展全覆盖排查", 100, "%", Kind.CUMULATIVE),
    ("分支机构全部实施备案管理", 100, "%", Kind.CUMULATIVE),
    ("培训从业人员不少于1,200人次", 1200, "人次", Kind.CUMULATIVE),
    ("新增5G基站1000座", 1000, "座", Kind.CUMULATIVE),
    ("检查单位2万户次", 20000, "户次", Kind.CUMULATIVE),
    ("完成投资3.5亿元", 3.5, "亿元", Kind.CUMULATIVE),
    ("问题处置率100%", 100, "%", Kind.RATE),
    ("群众满意度达到80分以上", 80, "分", Kind.CUMULATIVE),
    ("全市90%的重点单位纳入平台", 90, "%", Kind.CUMULATIVE),
    ("确保满意度提升至85%", 85, "%", Kind.RATE),
    ("每年信贷额度不低于50亿元", 50, "亿元", Kind.CUMULATIVE),
    ("算力规模超500P", 500, "P", Kind.CUMULATIVE),
    ("资助250名青年人才", 250, "名", Kind.CUMULATIVE),
    ("加强与80家企业开展合作", 80, "家", Kind.CUMULATIVE),
]


@pytest.mark.parametrize(("clause", "target", "unit", "kind"), TARGETS)
def test_a_target(clause: str, target: float, unit: str, kind: Kind) -> None:
    (found,) = quantities(f"加强监管。{clause}，保障安全。", YEAR)
    indicator = found.indicator
    assert (indicator.target, indicator.unit, indicator.kind) == (Decimal(str(target)), unit, kind)
    assert indicator.quote == clause.removeprefix("确保")
    assert indicator.name in clause


@pytest.mark.parametrize(
    "clause",
    [
        "第三批示范县",
        "纪念建党100周年",
        "“7×24小时”服务",
        "近3年来的问题",
        "现有62项便民服务",
        "申请不超过15万元的贷款",
        "2021年工作",
        "返还其缴纳保险费的50%",
        "落实4个最严要求",
        "全面加强监管",
        "超过100人的企业",
        "1.5米",
        "每家企业每年最高50万元",
        "按不超过实际费用的30%补贴",
        "提供最高30万元、最长3年的创业贷款",
        "补助期限不超过3年",
        "开展分层次、全覆盖的学习培训",
        "组建由3名医生和5名护士组成的队伍",
    ],
)
def test_no_target(clause: str) -> None:
    assert list(quantities(f"加强监管。{clause}。", YEAR)) == []


def test_an_upper_limit_is_one_that_less_is_better_than() -> None:
    (found,) = quantities("事故发生率控制在3%以内", YEAR)
    indicator = found.indicator
    assert (indicator.kind, indicator.unit) == (Kind.RATE, "%")
    assert indicator.target == 3
    assert indicator.at_most
    assert found.doubt == "上限 3%"


def test_every_figure_of_a_clause_is_one() -> None:
    found = [q.indicator for q in quantities("占比分别达30%、20%和10%", YEAR)]
    assert [one.target for one in found] == [30, 20, 10]
    assert len({one.name for one in found}) == 3


def test_two_shares_side_by_side_are_two() -> None:
    found = [q.indicator.quote for q in quantities("自查率达到100%、整改率达到100%。", YEAR)]
    assert found == ["自查率达到100%", "整改率达到100%"]


def test_names_within_a_task_do_not_repeat() -> None:
    found = [q.indicator.name for q in quantities("覆盖率达到5%，覆盖率达到6%，覆盖率达到7%", YEAR)]
    assert found == ["覆盖率", "覆盖率2", "覆盖率3"]


def test_one_thing_of_several_with_its_own_day() -> None:
    (found,) = quantities("加强培训。各县11月20日前要报告年度工作。", YEAR)
    assert (found.indicator.kind, found.indicator.due) == (Kind.MILESTONE, dt.date(2022, 11, 20))
    assert found.indicator.quote == "各县11月20日前要报告年度工作"


DAYS = [
    ("11月20日前报告", "2022-11-20", DateSense.DONE),
    ("6月底前完成", "2022-06-30", DateSense.DONE),
    ("年底前完成", "2022-12-31", DateSense.DONE),
    ("2023年2月底前完成", "2023-02-28", DateSense.DONE),
    ("十月底前完成", "2022-10-31", DateSense.DONE),
    ("上半年完成", "2022-06-30", DateSense.DONE),
    ("第三季度完成", "2022-09-30", DateSense.DONE),
    ("11月份取得明显成效", "2022-11-30", DateSense.STAGE),
    ("9月中旬前完成", "2022-09-20", DateSense.DONE),
]


@pytest.mark.parametrize(("words", "day", "kind"), DAYS)
def test_a_day_in_a_remark(words: str, day: str, kind: DateSense) -> None:
    (found,) = deadlines(f"{words}，市公安局负责", YEAR, is_remark=True)
    assert (str(found.date), found.kind, found.words) == (day, kind, words)


def test_work_without_an_end() -> None:
    (found,) = deadlines("持续推进，市公安局负责", YEAR, is_remark=True)
    assert (found.kind, found.date, found.words) == (DateSense.CONTINUOUS, None, "持续推进")


def test_a_stage_and_then_on() -> None:
    found = list(deadlines("5月底取得阶段性成效并持续推进", YEAR, is_remark=True))
    assert [(d.kind, str(d.date)) for d in found] == [
        (DateSense.STAGE, "2022-05-31"),
        (DateSense.CONTINUOUS, "None"),
    ]


@pytest.mark.parametrize("text", ["2021年3月以来", "13月底前", "2月30日前", "近5年内", "每月一次"])
def test_what_is_no_deadline(text: str) -> None:
    assert list(deadlines(text, YEAR)) == []


def test_brackets_that_say_who_are_no_text_and_those_around_them_stay() -> None:
    assert without_whom("（抽检30批次（市局负责））和“甲”") == "（抽检30批次。。。。。。）和“甲”"
    assert without_whom("（（甲局牵头）乙局配合）抽检") == "。" * 12 + "抽检"
    assert without_whom("甲局负责（乙") == "甲局负责（乙"


def test_brackets_by_the_ten_thousand_are_read_once() -> None:
    text = "（" * 30_000 + "负责" + "）" * 30_000
    assert without_whom(text) == f"{'（' * 29_999}。。。。{'）' * 29_999}"
