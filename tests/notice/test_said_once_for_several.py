"""What is told once for several: in a heading, in two rows of titles, in a shared word."""

import datetime as dt

import pytest

from tests.notice.made import drafted, roles, table, tasks

HEAD = "松溪县2024年工作方案\n"


def test_items_counted_on_from_heading_to_heading_have_its_bracket() -> None:
    text = (
        f"{HEAD}一、完善设施（牵头单位：县体育局；责任单位：县住建局）\n"
        "1.新建步道12公里。\n2.人均场地达到2.8平方米。\n"
        "二、开展活动（牵头单位：县教育局）\n3.举办赛事6场。\n"
    )
    plan = drafted(text).plan
    assert [section.title for section in plan.sections] == ["完善设施", "开展活动"]
    both = {"lead": ("县体育局",), "responsible": ("县住建局",)}
    assert roles(text) == [both, both, {"lead": ("县教育局",)}]
    assert [i.name for task in tasks(text) for i in task.indicators] == [
        "步道",
        "人均场地",
        "赛事",
    ]


def test_items_that_begin_anew_under_each_heading_are_its_parts() -> None:
    text = (
        f"{HEAD}一、完善设施（县体育局负责）\n1.新建步道12公里。\n"
        "二、开展活动（县教育局负责）\n1.举办赛事6场。\n"
    )
    assert [task.title for task in tasks(text)] == ["完善设施", "开展活动"]


def test_lower_titles_of_levels_are_departments_too() -> None:
    text = table(
        "序号|工作任务|责任单位|责任单位|完成时限",
        "序号|工作任务|市级牵头|县级落实|完成时限",
        "1|救助儿童1200人|市残联|各县（区）残联|2025年6月底",
        "2|培训800人次|市人社局|各县（区）人社局|2025年9月底",
    )
    assert roles(text) == [
        {"lead": ("市残联",), "responsible": ("各县（区）残联",)},
        {"lead": ("市人社局",), "responsible": ("各县（区）人社局",)},
    ]


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        (
            "县粮食局会同县工商局、县物价局组织实施",
            {"lead": ("县粮食局",), "responsible": ("县工商局", "县物价局")},
        ),
        ("县卫健局主抓，县红十字会协办", {"lead": ("县卫健局",), "support": ("县红十字会",)}),
        ("县财政局兜底保障，县卫健局具体实施", {"responsible": ("县财政局", "县卫健局")}),
        ("县粮食局、县农牧局共同抓", {"responsible": ("县粮食局", "县农牧局")}),
        ("会同县教育局负责", {"responsible": ("会同县教育局",)}),  # of the county 会同
    ],
)
def test_verbs_behind_a_name_are_no_part_of_it(
    bracket: str, meant: dict[str, tuple[str, ...]]
) -> None:
    assert roles(f"{HEAD}1.检查40家。（{bracket}）\n") == [meant]


def test_shell_brackets_number_headings() -> None:
    text = (
        f"{HEAD}〔一〕深化教育\n1.检查40家。（县教育局负责）\n"
        "〔二〕落实政策\n2.新建5家。（县民政局负责）\n"
    )
    assert [section.title for section in drafted(text).plan.sections] == ["深化教育", "落实政策"]


def test_figures_without_a_unit_are_of_an_index() -> None:
    text = (
        f"{HEAD}1.灌溉水有效利用系数由0.54提高到0.56。（县水利局负责）\n"
        "2.空气质量综合指数控制在4.5以内。（县环保局负责）\n"
        "3.建立系数0.5的标准，兑现研发补助3000万元，每人发放补贴500元。（县科技局负责）\n"
        "4.厨余垃圾减量10%，解决18个村的饮水问题。（县水利局负责）\n"
    )
    found = [
        [f"{i.name} {i.target} {i.unit}".strip() for i in task.indicators] for task in tasks(text)
    ]
    assert found == [
        ["灌溉水有效利用系数 0.56"],
        ["空气质量综合指数 4.5"],
        ["兑现研发补助 3000 万元"],
        ["厨余垃圾减量 10 %", "饮水问题 18 个"],
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "松溪县专项行动方案\n一、行动时间\n2022年11月15日至2023年1月22日。\n二、任务\n",
            ("2022-11-15", "2023-01-22"),
        ),
        ("松溪县2025—2026年度供暖季保障工作方案\n", ("2025-07-01", "2026-04-30")),
        ("松溪县2024—2025年秋冬季大气污染攻坚方案\n", ("2024-10-01", "2025-03-31")),
    ],
)
def test_the_days_of_a_campaign_and_of_a_winter(text: str, period: tuple[str, str]) -> None:
    found = drafted(f"{text}1.检修管网12公里，9月底前完成。（县住建局负责）\n").plan.period
    assert found == tuple(map(dt.date.fromisoformat, period))


def test_a_month_of_a_winter_is_of_its_first_year_where_the_last_has_it_no_more() -> None:
    text = (
        "松溪县2025—2026年度供暖季保障工作方案\n"
        "1.检修管网12公里，9月底前完成。储煤3万吨，1月底前到位。（县住建局负责）\n"
    )
    (task,) = tasks(text)
    assert [str(i.due) for i in task.indicators] == ["2025-09-30", "2026-01-31"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("投诉2小时内响应、24小时内办结。", ["投诉响应", "投诉办结"]),
        ("县、乡、村道列养率分别达到100%、95%、80%。", ["县道列养率", "乡道列养率", "村道列养率"]),
        ("将不低于55%的福彩公益金用于养老服务。", ["福彩公益金用于养老服务"]),
        ("团体献血（县总工会主抓，县人社局协助）不少于24场次。", ["团体献血"]),
        ("生猪、肉牛自给率分别达到80%、65%。", ["生猪自给率", "肉牛自给率"]),
    ],
)
def test_each_of_several_figures_is_called_by_its_own(words: str, names: list[str]) -> None:
    (task,) = tasks(f"{HEAD}1.管好。{words}（县交通局负责）\n")
    assert [one.name for one in task.indicators] == names


def test_three_issuers_above_the_title_are_three() -> None:
    names = "中共铜河市委办公室　铜河市人民政府办公室　铜河军分区政治工作处"
    text = f"{names}\n关于印发《铜河市2023年双拥工作要点》的通知\n1.检查40家。（市教育局负责）\n"
    assert drafted(text).plan.issuer == names.replace("　", "、")


def test_whose_all_above_are_is_said_behind_the_last() -> None:
    text = (
        f"{HEAD}一、放心消费\n1.培育承诺单位12家。\n2.创建街区4条。\n"
        "以上任务由县市场监管局牵头，县商务局配合。\n"
        "二、纠纷化解\n3.新增企业35家。（以上任务由县司法局负责）\n"
    )
    both = {"lead": ("县市场监管局",), "support": ("县商务局",)}
    assert roles(text) == [both, both, {"responsible": ("县司法局",)}]
    assert [section.title for section in drafted(text).plan.sections] == ["放心消费", "纠纷化解"]


def test_what_is_said_of_all_is_not_dropped_where_each_has_its_own() -> None:
    text = (
        f"{HEAD}1.培育单位12家。（县商务局负责）\n"
        "2.创建街区4条。（县文旅局负责）以上任务由县市场监管局牵头。\n"
    )
    found = roles(text)
    assert found[0] == {"responsible": ("县商务局",)}
    assert any("县市场监管局" in names for one in found for names in one.values())


def test_short_names_before_and_other_departments_are_taken() -> None:
    text = (
        f"{HEAD}1.巡林40次。（县林业、住建、文旅等部门负责）\n2.检查40家。（含快检、抽检等项目）\n"
    )
    assert roles(text) == [{"responsible": ("县林业", "住建", "文旅")}]


def test_a_row_without_words_is_told_not_dropped() -> None:
    text = table(
        "序号|工作任务|责任单位|完成时限",
        "1|压减矿山至32座以内|市自然资源局|2024年5月底",
        "||市应急管理局|2024年10月底",
    )
    assert [one.text for one in drafted(text).coverage.unread] == ["市应急管理局；2024年10月底"]


def test_a_heading_and_its_parts_are_two_sentences() -> None:
    text = f"{HEAD}一、整治环境\n1.检查主体2400户次。\n2.举办活动10场。\n责任单位：县公安局\n"
    (task,) = tasks(text)
    assert task.text == "整治环境。1.检查主体2400户次。2.举办活动10场。"
    assert [one.name for one in task.indicators] == ["检查主体", "活动"]


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("违法案件处罚不少于12件。", ["12 件"]),
        ("行政处罚信息公示率达到100%。", ["100 %"]),
        ("对违法行为处罚2万元。", []),
        ("万车死亡率下降到1.2以下。", ["1.2"]),
        ("排名较上年提升5个位次。", ["5 个位次"]),
    ],
)
def test_penalties_are_no_targets_and_their_number_is(words: str, figures: list[str]) -> None:
    (task,) = tasks(f"{HEAD}1.管好。{words}（县交通局负责）\n")
    assert [f"{one.target} {one.unit}".strip() for one in task.indicators] == figures


def test_a_bracket_that_ends_a_cell_is_no_part_of_the_next() -> None:
    text = table("序号|工作任务|牵头|配合", "1|追缴文物50件（套）|县公安局|县文旅局")
    assert roles(text) == [{"lead": ("县公安局",), "support": ("县文旅局",)}]


def test_braces_are_brackets_where_they_say_who() -> None:
    text = (
        f"{HEAD}一、压实责任\n1.巡林40次。{{责任单位：县林业局/县公安局}}\n"
        "2.检查5家。｛县公安局牵头｝\n"
    )
    assert roles(text) == [
        {"responsible": ("县林业局", "县公安局")},
        {"lead": ("县公安局",)},
    ]


def test_a_label_before_the_words_is_no_title() -> None:
    (task,) = tasks(f"{HEAD}1.任务：完成投资12亿元。（县发改局负责）\n")
    assert task.title == "完成投资12亿元"
