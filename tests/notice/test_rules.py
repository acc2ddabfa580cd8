"""Each rule of the grammar on words of its own (docs/explanation/notice.md says the rules)."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.notice.made import drafted, roles, tasks

HEAD = "某市2026年防汛工作安排\n一、抓落实\n"


def one(bracket: str) -> dict[str, tuple[str, ...]]:
    """The roles that a bracket behind a task gives."""
    (found,) = roles(f"{HEAD}1.疏浚河道。{bracket}")
    return found


ROLES = {
    "a name with 应": ("（市应急指挥中心牵头，市可再生能源办配合）",
                     {"lead": ("市应急指挥中心",), "support": ("市可再生能源办",)}),
    "a name with 须": ("（须江街道办负责）", {"responsible": ("须江街道办",)}),
    "等 before 和": ("（市水利局、市城管局等市级部门和各街道办负责）",
                  {"responsible": ("市水利局", "市城管局", "各街道办")}),
    "等 of the state": ("（国家防总、应急部等国务院有关部门及各省级人民政府负责）",
                      {"responsible": ("国家防总", "应急部", "各省级人民政府")}),
    "supervising": ("（市水务局督促，各镇政府推进落实）",
                    {"responsible": ("市水务局", "各镇政府")}),
    "taking on": ("（市气象台承担）", {"responsible": ("市气象台",)}),
    "in their own way": ("（市防办牵头抓总，各县结合实际落实）",
                         {"lead": ("市防办",), "responsible": ("各县",)}),
    "a strange name": ("（责任单位：市水利局、蓝天救援队）",
                       {"responsible": ("市水利局", "蓝天救援队")}),
    "a strange name with a verb": ("（市水利局、青山志愿者配合）",
                                   {"support": ("市水利局", "青山志愿者")}),
    "places": ("（市水利局牵头，各有关镇、街道配合）",
               {"lead": ("市水利局",), "support": ("各有关镇、街道",)}),
    "a sentence after": ("（市水利局、市住建局负责。以上任务长期坚持，不再逐项说明。）",
                         {"responsible": ("市水利局", "市住建局")}),
}  # fmt: skip


@pytest.mark.parametrize("rule", ROLES)
def test_who_does_what(rule: str) -> None:
    bracket, meant = ROLES[rule]
    assert one(bracket) == meant


@pytest.mark.parametrize(
    "bracket",
    [
        "（坚持政府主导、部门负责）",
        "（各单位应当于月底前上报）",
        "（含水库、河道）",
        "（以下简称专班）",
    ],
)
def test_what_names_nobody(bracket: str) -> None:
    (task,) = tasks(f"{HEAD}1.疏浚河道{bracket}，加固堤防。（市水利局负责）")
    assert task.responsible == ("市水利局",)


def test_a_level_left_out_is_put_back() -> None:
    made = drafted(f"{HEAD}1.疏浚。（市水利局、广电台、供销社、大数据中心负责）")
    assert [d.name for d in made.plan.departments] == [
        "市水利局",
        "市广电台",
        "市供销社",
        "市大数据中心",
    ]


def test_a_text_without_breaks_begins_again_with_one() -> None:
    text = (
        "某县人民政府关于加强防汛工作的意见某政发〔2026〕3号各镇人民政府：现提出如下意见。"
        "一、总体要求（一）思路。防大汛。二、重点任务（一）清淤。疏通沟渠。（县水利局负责）"
        "（二）巡堤。每日巡查。（县防办负责）各镇要高度重视，抓好落实。某县人民政府2026年5月6日"
    )
    plan = drafted(text).plan
    assert [t.text for _, t in plan.tasks()] == ["清淤。疏通沟渠。", "巡堤。每日巡查。"]
    assert plan.title == "某县人民政府关于加强防汛工作的意见"
    assert (plan.document_number, plan.issuer) == ("某政发〔2026〕3号", "某县人民政府")
    assert plan.issued_on == dt.date(2026, 5, 6)


def test_blanks_of_paragraphs_part_them() -> None:
    text = (
        "某市防汛安排　　一、清障　　（一）清淤。（市水利局负责）　　（二）拆违。（市城管局负责）"
    )
    assert [t.title for t in tasks(text)] == ["清淤", "拆违"]


def test_a_number_before_a_number_is_no_decimal_where_it_is_due() -> None:
    by = "（市水利局负责）"
    text = f"{HEAD}1.排查。{by}\n2.100座水库除险。{by}\n3.5月底前预置物资。{by}"
    made = tasks(text)
    assert [t.text for t in made] == ["排查。", "100座水库除险。", "5月底前预置物资。"]
    (only,) = tasks(f"{HEAD}1.全市堤防达标率在上年的基础上再提高\n2.5个百分点。（市水利局负责）")
    assert only.text == "全市堤防达标率在上年的基础上再提高2.5个百分点。"


def test_paragraphs_of_one_item_are_tasks_where_each_has_its_bracket() -> None:
    text = (
        f"{HEAD}（一）备足物资，专库存放。（市应急局负责）\n组建队伍，开展演练。（市消防支队负责）\n"
        "（二）加密会商。（市气象局负责）"
    )
    assert [t.responsible for t in tasks(text)] == [("市应急局",), ("市消防支队",), ("市气象局",)]


TABLE = """某市防汛任务分解表
| 任务类别 | 序号 | 重点事项 | 年度目标 | 责任分工 | 责任人 | 进度安排 |
|---|---|---|---|---|---|---|
| 工程 | 1 | 除险加固 | 完成12座水库除险 | 市水利局牵头，市财政局配合 | 张三 | 5月底前 |
| 工程 | 3 | 清淤 | 清淤40公里 | 市水利局<br>市城管局 | 李四 | 汛前 |
| 队伍 | | 演练 | 不少于2场 | 市应急局 | 王五 | 2026年6月 |
"""


def test_a_table_of_other_heads() -> None:
    plan = drafted(TABLE).plan
    made = [t for _, t in plan.tasks()]
    assert [t.title for t in made] == ["除险加固", "清淤", "演练"]
    assert [s.title for s in plan.sections] == ["工程", "队伍"]
    assert (made[0].lead, made[0].support) == (("市水利局",), ("市财政局",))
    assert made[1].responsible == ("市水利局", "市城管局")
    assert made[0].due == dt.date(2026, 5, 31)
    assert "张三" not in {name for task in made for name, _ in task.named()}
    assert [(i.target, i.unit) for i in made[0].indicators] == [(Decimal(12), "座")]


FIGURES = {
    "配备冲锋舟8艘": [("冲锋舟", 8, "艘", False)],
    "招募志愿者300名、储备编织袋2000条": [
        ("志愿者", 300, "名", False), ("编织袋", 2000, "条", False)],
    "预警信息覆盖率由90%提高到98%": [("预警信息覆盖率", 98, "%", False)],
    "险情处置时间不超过2小时": [("险情处置时间", 2, "小时", True)],
    "审批时限压缩至3个工作日以内": [("审批时限", 3, "个工作日", True)],
    "堤防达标率、闸门完好率分别达到92%、95%": [
        ("堤防达标率", 92, "%", False), ("闸门完好率", 95, "%", False)],
    "打造“示范段”5条、“样板站”60座": [("“示范段”", 5, "条", False), ("“样板站”", 60, "座", False)],
}  # fmt: skip


@pytest.mark.parametrize("clause", FIGURES)
def test_every_counted_figure_is_a_target(clause: str) -> None:
    (task,) = tasks(f"{HEAD}1.做好准备，{clause}。（市水利局负责）")
    found = [(i.name, i.target, i.unit, i.at_most) for i in task.indicators]
    assert found == [(n, Decimal(t), u, most) for n, t, u, most in FIGURES[clause]]


@pytest.mark.parametrize(
    "clause",
    ["对达标的镇给予20万元补助", "对投资1亿元以上的项目加快审批", "近3年发生过险情", "每项扣2分",
     "自发布之日起30日内公布", "标准可提高至5万元"],
)  # fmt: skip
def test_what_is_given_or_only_describes_is_no_target(clause: str) -> None:
    (task,) = tasks(f"{HEAD}1.做好准备，{clause}。（市水利局负责）")
    assert not task.indicators


def test_each_body_has_the_target_by_itself() -> None:
    (task,) = tasks(f"{HEAD}1.抓演练，每个乡镇至少开展2场演练。（各乡镇负责）")
    (indicator,) = task.indicators
    assert indicator.each
    assert indicator.target == 2


def test_a_day_before_a_figure_is_the_figures_own() -> None:
    (task,) = tasks(f"{HEAD}1.6月底前加固堤防30公里，年内建成泵站4座。（市水利局负责）")
    assert [i.target for i in task.indicators] == [Decimal(30), Decimal(4)]
    assert [i.due for i in task.indicators] == [dt.date(2026, 6, 30), None]


def test_a_month_is_in_the_year_of_the_date_before_it() -> None:
    made = drafted(
        "某市防汛方案\n2026年9月1日\n一、抓建设\n"
        "1.2026年12月底前开工，2027年5月底前主体完工，6月底前投用。（市水利局负责）"
    )
    (task,) = [t for _, t in made.plan.tasks()]
    assert made.plan.period.end == dt.date(2027, 12, 31)
    days = [i.due for i in task.indicators]
    assert days == [dt.date(2026, 12, 31), dt.date(2027, 5, 31), dt.date(2027, 6, 30)]
    assert any("工作期延到了 2027-12-31" in note for note in made.notes["period",])


def test_a_paper_of_december_is_for_the_next_year() -> None:
    plan = drafted("某市防汛要点\n2025年12月20日\n一、抓\n1.清淤。（市水利局负责）").plan
    assert (plan.period.start.year, plan.period.end.year) == (2026, 2026)


def test_the_signature_names_the_issuer() -> None:
    plan = drafted(
        "关于印发某市防汛要点的通知\n各区：\n现印发给你们。\n某市水利局\n2026年3月2日\n某市防汛要点\n"
        "一、抓\n1.清淤。（市水利局负责）"
    ).plan
    assert (plan.issuer, plan.title) == ("某市水利局", "某市防汛要点")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("对险工险段较多、责任落实较好的镇，优先安排除险资金。", "优先安排除险资金"),
        ("6月底前完成水库除险加固任务。", "完成水库除险加固任务"),
        ("建立防汛物资储备和调运机制，健全抢险救援队伍以及志愿者参与渠道并定期组织培训演练活动。",
         "建立防汛物资储备和调运机制"),
    ],
)  # fmt: skip
def test_a_title_says_what_is_done(text: str, title: str) -> None:
    (task,) = tasks(f"{HEAD}1.{text}（市水利局负责）")
    assert task.title == title


def test_a_sections_title_is_its_first_sentence() -> None:
    text = (
        "某市防汛方案\n一、任务\n（一）工程措施。围绕补短板，实施以下项目：\n1.清淤。（市水利局负责）\n"
        "（二）非工程措施。完善体系：\n2.会商。（市防办负责）"
    )
    assert [s.title for s in drafted(text).plan.sections] == ["工程措施", "非工程措施"]
