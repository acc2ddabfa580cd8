"""Figures told in other words: what comes about, is put somewhere, is measured by the day."""

from decimal import Decimal

import pytest

from tests.notice.made import drafted, tasks


def figures(sentence: str) -> list[tuple[str, Decimal, str]]:
    """The figures of a task of these words."""
    (task,) = tasks(f"某县工作要点\n一、加强监管\n1.{sentence}（责任单位：县公安局）\n")
    return [(one.name, one.target or Decimal(0), one.unit) for one in task.indicators]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("推动首批13个“一件事”落地见效。", [("“一件事”", 13, "个")]),
        ("将95项高频事项下沉至乡镇办理。", [("高频事项", 95, "项")]),
        ("为全县42所寄宿制学校安装直饮水设备。", [("寄宿制学校", 42, "所")]),
        ("信用企业80%达到市级建设标准。", [("信用企业", 80, "%")]),
        ("新增完成环境综合整治的建制村110个。", [("环境综合整治的建制村", 110, "个")]),
        (
            "城市污水处理率达到95%，县城达到90%。",
            [("城市污水处理率", 95, "%"), ("县城污水处理率", 90, "%")],
        ),
        ("粮食总产量稳定在500亿斤以上。", [("粮食总产量", 500, "亿斤")]),
        ("申报材料平均压减40%以上。", [("申报材料平均压减", 40, "%")]),
        ("新增处理能力8万吨/日。", [("处理能力", 80000, "吨/日")]),
        ("孕产妇死亡率控制在15/10万以内。", [("孕产妇死亡率", 15, "/10万")]),
        (
            "持证率达百分之百，合格率不低于百分之九十五。",
            [("持证率", 100, "%"), ("合格率", 95, "%")],
        ),
        ("改造老旧食堂三十个。", [("改造老旧食堂", 30, "个")]),
        (
            "加快2个国家改造试点和4个国家转型试点建设。",
            [("国家改造试点", 2, "个"), ("国家转型试点建设", 4, "个")],
        ),
        ("落实抢险队伍58支4300人。", [("落实抢险队伍", 58, "支"), ("落实抢险队伍2", 4300, "人")]),
        ("5年内选拔资助500名优秀教师、医生到农村工作。", [("优秀教师、医生", 500, "名")]),
        ("5年内重点引进和培养500名系统人才。", [("系统人才", 500, "名")]),
        ("汛前完成易涝积水点整治15处。", [("易涝积水点整治", 15, "处")]),
        (
            "城镇、农村居民收入分别增长8%、9.5%。",
            [("城镇居民收入", 8, "%"), ("农村居民收入", Decimal("9.5"), "%")],
        ),
        ("就业率达到95%，各地可降至16%。", [("就业率", 95, "%")]),
        (
            "1.新建管网186公里。2.改造管网20公里。",
            [("新建管网", 186, "公里"), ("管网", 20, "公里")],
        ),
    ],
)
def test_what_is_to_be_reached(sentence: str, meant: list[tuple[str, int | Decimal, str]]) -> None:
    told = figures(sentence)
    assert [(target, unit) for _, target, unit in told] == [(Decimal(t), u) for _, t, u in meant]
    assert all(name.endswith(said) for (name, _, _), (said, _, _) in zip(told, meant, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "落实好“促进消费恢复发展19条”“培育中心城市23条”等政策措施。",
        "低于5000元的服务全额抵用，超过5000元部分抵用50%。",
        "矿山修复缓慢，应完成的58处仅完成21处。",
        "年应纳税所得额不超过200万元部分减半征收。",
    ],
)
def test_what_is_called_so_given_or_lacking_is_no_target(sentence: str) -> None:
    assert figures(sentence) == []


def test_a_column_of_targets_says_what_the_words_do_not() -> None:
    text = (
        "某市2024年重点任务清单\n序号\t任务内容\t目标值\t牵头单位\t完成时间\n"
        "1\t企业开办网办率\t95%\t市市场监管局\t2024年5月\n"
        "2\t引进人才3000名，筹集公寓1200套\t3000名\t市人社局\t2024年6月\n"
        "3\t办电压减至20个工作日，160千瓦及以下企业报装“零投资”\t100%\t市供电公司\t2024年9月\n"
    )
    told = [[f"{one.target}{one.unit}" for one in task.indicators] for task in tasks(text)]
    assert told == [["95%"], ["3000名", "1200套"], ["20个工作日", "100%"]]


def test_what_is_an_indicator_is_not_told_as_left_out() -> None:
    text = "一、抗旱\n1.建设水源工程12处，保障农田灌溉面积210万亩。（市水利局负责）\n"
    assert len(tasks(text)[0].indicators) == 2
    assert drafted(text).coverage.figures_not_taken == ()


def test_a_limit_is_one_in_any_unit() -> None:
    text = (
        "1.可采总量不超过420万吨，能耗总量不超过300万吨标准煤，事故不超过12起。（市水利局负责）\n"
    )
    told = [(one.name, one.target, one.unit, one.at_most) for one in tasks(text)[0].indicators]
    assert told == [
        ("可采总量", Decimal(4200000), "吨", True),
        ("能耗总量", Decimal(3000000), "吨标准煤", True),
        ("事故", Decimal(12), "起", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("2个园区达到D级标准。", ["2个"]),
        ("公开行政处罚案件150件。", ["150件"]),
        ("选取企业100家作为监测点。", ["100家"]),
        ("不良反应报告数达到800份/百万人。", ["800份/百万人"]),
        ("为500人以上寄宿制学校配备营养指导员68人。", ["68人"]),
        ("对脱贫户发放5万元以下、3年期以内贷款。", []),
    ],
)
def test_conditions_are_no_figures_and_deeds_are(sentence: str, meant: list[str]) -> None:
    assert [f"{target}{unit}" for _, target, unit in figures(sentence)] == meant


def test_a_year_before_the_period_is_told_to_compare_with() -> None:
    text = (
        "2024年工作要点\n1.推进保险。投保企业较2023年增长10%，2023年全市投保企业1260家。"
        "（市市场监管局负责）\n"
    )
    assert [str(one.target) for one in tasks(text)[0].indicators] == ["10"]


def test_names_keep_what_belongs_to_them() -> None:
    told = [
        figures("培训后就业率达到70%，储备粮合格率达到100%，创建氛围知晓率达到90%。"),
        figures("新建、提升产业园3个；投保企业数量较上年增长10%；实现街道全覆盖。"),
    ]
    assert [[name for name, _, _ in one] for one in told] == [
        ["培训后就业率", "储备粮合格率", "创建氛围知晓率"],
        ["新建、提升产业园", "投保企业数量", "街道"],
    ]
