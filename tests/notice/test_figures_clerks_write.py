"""Figures, their names and their days as clerks of other offices write them."""

import datetime as dt

import pytest

from tests.notice.made import drafted, roles, table, tasks

HEAD = "松溪县2025年冷链食品监管任务分工\n一、追溯管理\n"


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("抽检量达到每千人5批次以上。", [("抽检量", 5, "批次/千人")]),
        ("每万人配备协管员不少于6名。", [("协管员", 6, "名/万人")]),
        ("备案率、公示率均保持100%。", [("备案率", 100, "%"), ("公示率", 100, "%")]),
        ("备案率、公示率均稳定在98%以上。", [("备案率", 98, "%"), ("公示率", 98, "%")]),
        ("备案率、公示率均为100%。", [("备案率", 100, "%"), ("公示率", 100, "%")]),
        ("备案率、公示率双100%。", [("备案率", 100, "%"), ("公示率", 100, "%")]),
        ("覆盖率较2024年提高20个百分点。", [("覆盖率较2024年提高", 20, "个百分点")]),
        ("服务站点覆盖街道100%。", [("服务站点", 100, "%")]),
        ("服务站覆盖100%的街道。", [("服务站", 100, "%")]),
        ("备案率达到100%,登记冷库175座.", [("备案率", 100, "%"), ("登记冷库", 175, "座")]),
        ("总量不低于8PB，算力达到500PFlops。", [("总量", 8, "PB"), ("算力", 500, "PFlops")]),
        ("关停4.3米焦炉产能120万吨。", [("关停4.3米焦炉产能", 1200000, "吨")]),
        ("利用率达到93%，扣减支付资金每个火点5万元。", [("利用率", 93, "%")]),
        (
            "对9月底前完成改造的小餐饮，每家给予补助，奖补商户不少于150家。",
            [("奖补商户", 150, "家")],
        ),
        ("种植主体签订承诺书率100%。", [("种植主体签订承诺书率", 100, "%")]),
        ("占道经营投诉量下降25%。", [("占道经营投诉量下降", 25, "%")]),
        (
            "专项经费不低于1200万元，较上年增长8%以上。",
            [("专项经费", 1200, "万元"), ("专项经费增长", 8, "%")],
        ),
        ("可再生能源使用占比提高到20%。", [("可再生能源使用占比", 20, "%")]),
        ("冷库间距控制在0.8处/公里以内。", [("冷库间距", 0.8, "处/公里")]),
        ("登记率巩固在98%。", [("登记率", 98, "%")]),
        ("温度预警提前量达到30分钟以上。", [("温度预警提前量", 30, "分钟")]),
        ("编制清单，涵盖16个环节。", [("环节", 16, "个")]),
        ("与9家物流企业签订协议。", [("物流企业签订协议", 9, "家")]),
        ("设立总规模5亿元的冷链基金。", [("冷链基金", 5, "亿元")]),
        ("购置雷达3部。", [("雷达", 3, "部")]),
        ("到2025年，建成区冷库登记率达到95%。", [("建成区冷库登记率", 95, "%")]),
        ("货运量年均增长8%。", [("货运量", 8, "%")]),
        ("推动松北冷库、城南冷库等18个项目竣工投产。", [("项目", 18, "个")]),
        ("新增冷库6座，对2023年以来形成的4亿元资产开展清查。", [("冷库", 6, "座")]),
        ("登记冷库6座，落实“冷链新政”20条。", [("登记冷库", 6, "座")]),
        ("新建冷库6座，发放期限不超过36个月。", [("冷库", 6, "座")]),
        ("可疑交易核查率达到90%。", [("可疑交易核查率", 90, "%")]),
        ("征收水土保持补偿费2亿元。", [("征收水土保持补偿费", 2, "亿元")]),
        ("年内完成冷库改造56座。", [("冷库改造", 56, "座")]),
        ("冷链政策惠及3500人。", [("冷链政策惠及", 3500, "人")]),
        ("冷库温度不高于5摄氏度。", [("冷库温度", 5, "摄氏度")]),
        ("货运量达到9万吨，年均增长8%。", [("货运量", 90000, "吨"), ("货运量增长", 8, "%")]),
        ("登记率达到九成以上。", [("登记率", 90, "%")]),
        ("补贴资金发放率100%。", [("补贴资金发放率", 100, "%")]),
        ("预警提前量达到45分钟。", [("预警提前量", 45, "分钟")]),
        ("保证金存储率达到98%。", [("保证金存储率", 98, "%")]),
        ("吞吐量达到6万标箱。", [("吞吐量", 60000, "标箱")]),
        (
            "建筑面积5万平方米以上工地安装率达到100%。",
            [("建筑面积5万平方米以上工地安装率", 100, "%")],
        ),
    ],
)
def test_figures_and_their_names(sentence: str, meant: list[tuple[str, float, str]]) -> None:
    (task,) = tasks(f"{HEAD}1.{sentence}（责任单位：县商务局）\n")
    told = [(one.name, float(one.target or 0), one.unit) for one in task.indicators]
    assert told == [(name, float(target), unit) for name, target, unit in meant]


def test_what_is_wrong_by_now_sets_no_target() -> None:
    text = (
        "松溪县问题整改清单\n（一）冷链监管\n1.问题：登记缓慢，全县冷库320座，登记率41%。\n"
        "责任单位：县商务局\n整改目标：冷库登记率达到100%。\n"
        "2.存在问题：抽查的30台冷柜有12台不合格。\n责任单位：县市场监管局\n"
    )
    first, second = tasks(text)
    assert [i.name for i in first.indicators] == ["冷库登记率"]
    assert first.title == "登记缓慢，全县冷库320座，登记率41%"
    assert second.indicators == ()


def test_a_day_by_which_something_is_done_is_not_that_of_the_next_figure() -> None:
    text = f"{HEAD}1.9月底前报县商务局备案，新建冷库60座，新增货位1200个。（县商务局负责）\n"
    (task,) = tasks(text)
    assert {i.name: i.due for i in task.indicators} == {
        "报县商务局备案": dt.date(2025, 9, 30),
        "冷库": None,
        "货位": None,
    }


def test_a_day_from_which_on_is_no_deadline() -> None:
    text = f"{HEAD}1.登记冷库。（责任单位：县商务局；完成时限：2025年7月起持续推进）\n"
    assert tasks(text)[0].due is None


def test_a_number_that_a_line_begins_with_is_no_items_where_a_unit_follows() -> None:
    text = f"{HEAD}1.登记冷库12座，配套道路\n68 公里，新建货位\n12 座。（县商务局负责）\n"
    (task,) = tasks(text)
    assert [f"{i.target}{i.unit}" for i in task.indicators] == ["12座", "68公里", "12座"]


def test_years_in_figures_are_the_plans_years() -> None:
    text = table(
        "序号|任务|责任单位|完成时间", "1|登记冷库|县商务局|2024/6/30", "2|抽查|县财政局|2024/9/30"
    ).replace("松溪县任务分解表", "任务分解表")
    plan = drafted(text).plan
    assert plan.period.start == dt.date(2024, 1, 1)
    assert [task.due for _, task in plan.tasks()] == [dt.date(2024, 6, 30), dt.date(2024, 9, 30)]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("国庆节前完成", dt.date(2025, 9, 30)),
        ("“七一”前完成", dt.date(2025, 6, 30)),
        ("五一前完成", dt.date(2025, 4, 30)),
        ("2026年元旦前完成", None),  # the period's last day
        ("第三季度末完成", dt.date(2025, 9, 30)),
        ("汛前完成", None),
        ("开学前完成", None),
        ("供暖季前完成", None),
    ],
)
def test_a_feast_is_a_day_and_never_a_body(words: str, due: dt.date | None) -> None:
    text = f"{HEAD}1.登记冷库12座。（县市场监管局牵头，县商务局配合，{words}）\n"
    assert roles(text) == [{"lead": ("县市场监管局",), "support": ("县商务局",)}]
    assert tasks(text)[0].due == due


def test_a_bracket_between_sentences_is_of_what_stands_before_it() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。（县商务局牵头，6月底前完成）组织“清库”行动25场。〔县公安局负责〕\n"
    )
    (task,) = tasks(text)
    assert [(i.name, i.due) for i in task.indicators] == [("登记冷库", None), ("“清库”行动", None)]


def test_how_often_is_marked_to_be_made_the_years() -> None:
    text = f"{HEAD}1.督导。每季度至少开展1次督导检查，全年登记冷库12座。（县商务局负责）\n"
    made = drafted(text)
    (notes,) = (n for path, n in made.notes.items() if path[-2:-1] == ("tasks",))
    assert [note for note in notes if "写成全年的" in note] == [
        "待核：督导检查：每季度1次，累计填报的请把目标写成全年的"
    ]
