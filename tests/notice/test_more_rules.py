"""Rules of the grammar that unseen notices asked for, on words of their own."""

import datetime as dt

import pytest

from tests.notice.made import drafted, tasks
from tests.notice.test_rules import HEAD, one

_R = "responsible"
BRACKETS = {
    "a label by its shape": ("（责任单位：市水利局；技术支撑单位：市气象台）",
                             {_R: ("市水利局",), "support": ("市气象台",)}),
    "two nouns": ("（责任部门及单位：市水利局、市住建局）", {_R: ("市水利局", "市住建局")}),
    "a label of two words": ("（牵头责任单位：市水利局；配合责任单位：市住建局）",
                             {"lead": ("市水利局",), "support": ("市住建局",)}),
    "为 for a colon": ("（牵头单位为市水利局，责任单位为市住建局）",
                       {"lead": ("市水利局",), _R: ("市住建局",)}),
    "a role behind a name": ("（市水利局（牵头）、市住建局）",
                             {"lead": ("市水利局",), _R: ("市住建局",)}),
    "负责牵头": ("（由市水利局负责牵头，市住建局负责配合）",
                 {"lead": ("市水利局",), "support": ("市住建局",)}),
    "为主": ("（市水利局为主，市住建局配合）", {"lead": ("市水利局",), "support": ("市住建局",)}),
    "verbs of bodies": ("（市水利局组织实施，市住建局监督指导，市审计局跟踪落实）",
                        {_R: ("市水利局", "市住建局", "市审计局")}),
    "each for itself": ("（市水利局、市住建局各负其责）", {_R: ("市水利局", "市住建局")}),
    "协同 as a manner": ("（市水利局、市住建局协同负责）", {_R: ("市水利局", "市住建局")}),
    "协办 in a name": ("（市政协办公室、市人大常委会办公室负责）",
                       {_R: ("市政协办公室", "市人大常委会办公室")}),
    "where it acts": ("（城区由市住建局负责，农村由市农业农村局负责）",
                      {_R: ("市住建局", "市农业农村局")}),
    "who is guided": ("（市水利局会同市住建局，指导各县区落实）",
                      {"lead": ("市水利局",), _R: ("市住建局", "各县区")}),
    "等部门制定": ("（市水利局会同市住建局等部门制定，各县区政府实施）",
                   {"lead": ("市水利局",), _R: ("市住建局", "各县区政府")}),
    "parted by a blank": ("（责任单位：市水利局 市住建局）", {_R: ("市水利局", "市住建局")}),
    "parted by a stroke": ("（责任单位：市水利局/市住建局）", {_R: ("市水利局", "市住建局")}),
    "a stop at the end": ("(责任单位:市水利局,市住建局.)", {_R: ("市水利局", "市住建局")}),
    "half-width brackets": ("（市水利局、各县(市、区)负责）", {_R: ("市水利局", "各县（市、区）")}),
    "levels left out": ("（省商务厅、国资委、工商联）", {_R: ("省商务厅", "省国资委", "省工商联")}),
    "a body of a place": ("（市残联）", {_R: ("市残联",)}),
    "a brigade": ("（市消防救援支队）", {_R: ("市消防救援支队",)}),
    "a park": ("（高新区）", {_R: ("高新区",)}),
}  # fmt: skip


@pytest.mark.parametrize("rule", BRACKETS)
def test_who_does_what(rule: str) -> None:
    bracket, meant = BRACKETS[rule]
    assert one(bracket) == meant


@pytest.mark.parametrize(
    "bracket",
    [
        "（市级示范园区）",
        "（市区）",
        "（特色小镇）",
        "（各环节）",
        "（市场主体）",
        "（含各社会组织）",
    ],
)
def test_what_names_nobody(bracket: str) -> None:
    (task,) = tasks(f"{HEAD}1.疏浚河道{bracket}。（市水利局负责）")
    assert task.responsible == ("市水利局",)


def test_a_name_known_from_another_bracket_needs_no_role() -> None:
    found = tasks(f"{HEAD}1.疏浚。（市水利局、蓝天队负责）\n2.巡堤。（蓝天队）")
    assert [task.responsible for task in found] == [("市水利局", "蓝天队"), ("蓝天队",)]


FIGURES = {
    "2026年底前乡镇覆盖率达到90%": [("乡镇覆盖率", "90", "%")],
    "铺设管网120千米": [("铺设管网", "120", "千米")],
    "惠及群众达到3千人": [("惠及群众", "3000", "人")],
    "新造2万亩、低改3.5万亩": [("新造", "20000", "亩"), ("低改", "35000", "亩")],
    "选拔100名正职人才、200名副职人才": [("正职人才", "100", "名"), ("副职人才", "200", "名")],
    "支持300名骨干培训，500名新人研修": [("骨干培训", "300", "名"), ("新人研修", "500", "名")],
    "培养资助博士后不少于400名": [("培养资助博士后", "400", "名")],
    "侦破案件20起、抓获嫌疑人30名": [("侦破案件", "20", "起"), ("抓获嫌疑人", "30", "名")],
    "100人以上的聚餐报告率达到95%": [("100人以上的聚餐报告率", "95", "%")],
    "加大对35岁以下青年扶持": [],
    "全市现有食堂300家，年内改造150家": [("改造", "150", "家")],
    "开办时间压减至4个小时": [("开办时间", "≤4", "个小时")],
    "报装环节精简为2个": [("报装环节", "≤2", "个")],
    "打造基地2—3处": [("基地", "2", "处")],
    "处置率保持100%": [("处置率", "100", "%")],
    "能耗下降3%": [("能耗下降", "3", "%")],
    "优良天数达到310天以上": [("优良天数", "310", "天")],
    "对投资5000万元以上的项目，奖励100万元": [],
}


@pytest.mark.parametrize("clause", FIGURES)
def test_figures_of_a_clause(clause: str) -> None:
    (task,) = tasks(f"{HEAD}1.{clause}。（市水利局负责）")
    found = [
        (i.name, f"{'≤' if i.at_most else ''}{i.target:f}", i.unit)
        for i in task.indicators
        if i.target is not None
    ]
    assert found == FIGURES[clause]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("（市水利局；完成时限：2026.06.30）", (2026, 6, 30)),
        ("（市水利局，2026/9/30前）", (2026, 9, 30)),
        ("（市水利局；2026年3月—11月）", (2026, 11, 30)),
        ("（市水利局，7月至9月）", (2026, 9, 30)),
        ("。一季度制定方案。（市水利局）", (2026, 3, 31)),
        ("（市水利局，2026年6月30日（星期二）前）", (2026, 6, 30)),
        ("（市水利局；完成时限：2028年3月）", (2028, 3, 31)),
    ],
)
def test_days_in_every_dress(words: str, day: tuple[int, int, int]) -> None:
    (task,) = tasks(f"{HEAD}1.疏浚{words}")
    assert task.due == dt.date(*day)


def test_a_day_without_a_year_is_in_the_year_of_the_paper() -> None:
    found = tasks(
        "某市防汛方案\n2026年9月10日\n1.2028年3月底前疏浚。（市水利局负责）\n2.巡堤。（市水利局，12月20日前）"
    )
    assert [task.due for task in found] == [dt.date(2028, 3, 31), dt.date(2026, 12, 20)]


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("㈠", "㈡", "㈠"),
        ("⑴", "⑵", "⑴"),
        ("⒈", "⒉", "⒈"),
        ("第一条 ", "第二条 ", "第一条"),
        ("任务一：", "任务二：", "任务一"),
        ("[1] ", "[2] ", "[1]"),
        ("1.1 ", "1.2 ", "1.1"),
        ("● ", "● ", ""),
        ("1 ", "2 ", ""),
    ],
)
def test_numbers_in_every_shape(first: str, second: str, label: str) -> None:
    found = tasks(
        f"某市防汛工作安排\n{first}疏浚河道。（市水利局负责）\n{second}巡堤。（市水利局负责）"
    )
    assert [(task.title, task.text) for task in found] == [
        ("疏浚河道", "疏浚河道。"),
        ("巡堤", "巡堤。"),
    ]
    assert found[0].label == label


@pytest.mark.parametrize("numbers", [("行动一：", "行动二："), ("壹、", "贰、")])
def test_sections_in_other_words(numbers: tuple[str, str]) -> None:
    first, second = numbers
    text = f"某市防汛安排\n{first}备汛\n1.疏浚。（市水利局）\n{second}抢险\n1.巡堤。（市水利局）"
    assert [section.title for section in drafted(text).plan.sections] == ["备汛", "抢险"]


def test_a_list_within_a_line_is_one_task() -> None:
    parts = "2.疏浚三段，做到：（1）清淤；（2）护坡。（市住建局负责）"
    text = f"{HEAD}1.巡堤。（市水利局负责）\n{parts}\n3.报汛。（市气象台负责）"
    assert tasks(text)[1].text == "疏浚三段，做到：（1）清淤；（2）护坡。"


def test_titles_are_the_items_own_words() -> None:
    text = f"{HEAD}（一）疏浚河道\n1.清淤。\n2.护坡。\n（市水利局负责）"
    assert [task.title for task in tasks(text)] == ["疏浚河道"]
    (task,) = tasks(f"{HEAD}1.2026年6月底前，疏浚全市河道。（市水利局负责）")
    assert task.title == "疏浚全市河道"


def test_two_bodies_of_a_column_have_one_role() -> None:
    head = "某市防汛安排\n|序号|任务|牵头单位|配合单位|\n|-|-|-|-|\n"
    (task,) = tasks(f"{head}|1|疏浚|市水利局|市住建局;市气象台|")
    assert (task.lead, task.support) == (("市水利局",), ("市住建局", "市气象台"))


def test_a_row_over_all_columns_parts_a_table_of_tabs() -> None:
    text = "某市防汛安排\n序号\t任务\t责任单位\n一、备汛\n1\t疏浚\t市水利局\n2\t巡堤\t市水利局"
    assert [task.title for task in tasks(text)] == ["疏浚", "巡堤"]
