"""Brackets and labels: which say who is responsible, and what they mean."""

import pytest

from foodsafety_cli.analysis.bracket import matching
from tests.notice.made import drafted, roles, tasks


def one(bracket: str) -> dict[str, tuple[str, ...]]:
    (found,) = roles(f"1.加强监管。{bracket}")
    return found


ONE = [
    ("〔市公安局〕", {"responsible": ("市公安局",)}),
    ("（市公安局负责）", {"responsible": ("市公安局",)}),
    ("(市公安局、市教育局按职责分工负责)", {"responsible": ("市公安局", "市教育局")}),
    ("[市公安局牵头，市教育局配合]", {"lead": ("市公安局",), "support": ("市教育局",)}),
    ("【责任单位：市公安局】", {"responsible": ("市公安局",)}),
    (
        "（牵头单位：市公安局；配合单位：市教育局、市民政局）",
        {"lead": ("市公安局",), "support": ("市教育局", "市民政局")},
    ),
    ("（负责部门：市公安局、市教育局；适用范围：全市）", {"responsible": ("市公安局", "市教育局")}),
    ("（6月底完成，牵头考核单位：市公安局）", {"lead": ("市公安局",)}),
    ("（市公安局会同市教育局负责）", {"lead": ("市公安局",), "responsible": ("市教育局",)}),
    ("（市公安局牵头，市教育局按职责分工配合）", {"lead": ("市公安局",), "support": ("市教育局",)}),
    ("（由市公安局牵头，市教育局参与）", {"lead": ("市公安局",), "support": ("市教育局",)}),
    ("（市公安局和市教育局负责）", {"responsible": ("市公安局", "市教育局")}),
    ("（市公安局，市教育局；市民政局）", {"responsible": ("市公安局", "市教育局", "市民政局")}),
    (
        "（市规划和自然资源局、市发展和改革委员会及市工业和信息化局负责）",
        {"responsible": ("市规划和自然资源局", "市发展和改革委员会", "市工业和信息化局")},
    ),
    ("（市住房和城乡建设局、市文化和旅游局负责）",
     {"responsible": ("市住房和城乡建设局", "市文化和旅游局")}),
    ("（省公安厅、政务和数据局负责）", {"responsible": ("省公安厅", "省政务和数据局")}),
    ("（市住建局、审批服务局负责）", {"responsible": ("市住建局", "市审批服务局")}),
    ("（省商务厅牵头，合肥海关配合）", {"lead": ("省商务厅",), "support": ("合肥海关",)}),
    ("（市市场监管局负责）", {"responsible": ("市市场监管局",)}),
    ("（市公安局、各县（市、区）负责）", {"responsible": ("市公安局", "各县（市、区）")}),
    ("〔各县〔市、区〕人民政府〕", {"responsible": ("各县〔市、区〕人民政府",)}),
    ("（市公安局、市教育局等有关部门和单位负责）", {"responsible": ("市公安局", "市教育局")}),
    ("（市推进专班牵头单位牵头，市公安局配合）",
     {"lead": ("市推进专班牵头单位",), "support": ("市公安局",)}),
    ("（各有关部门和单位，各县按职责分工负责）", {"responsible": ("各有关部门和单位", "各县")}),
    ("（市公安局在职责范围内负责）", {"responsible": ("市公安局",)}),
    ("（市公安局负责，市教育局按照各自职责配合）",
     {"responsible": ("市公安局",), "support": ("市教育局",)}),
    ("（市委组织部、市委网信办）", {"responsible": ("市委组织部", "市委网信办")}),
    ("〔市公安局牵头，市教育局负责", {"lead": ("市公安局",), "responsible": ("市教育局",)}),
    ("（市公安局、市公安局负责）", {"responsible": ("市公安局",)}),
    ("（市纪委监委机关牵头，市委巡察办参与）",
     {"lead": ("市纪委监委机关",), "support": ("市委巡察办",)}),
    ("（城区、泽州县、高平市人民政府）", {"responsible": ("城区", "泽州县", "高平市人民政府")}),
    ("（牵头单位：省发改委，配合单位：省财政厅，各市、州、县人民政府）",
     {"lead": ("省发改委",), "support": ("省财政厅", "各市、州、县人民政府")}),
    ("（责任单位：市公安局；责任人：各单位主要负责人）", {"responsible": ("市公安局",)}),
    ("（省发展改革委牵头，省级有关部门配合）",
     {"lead": ("省发展改革委",), "support": ("省级有关部门",)}),
    ("（市教育局等12个部门配合，2022年6月底前完成）", {"support": ("市教育局",)}),
    ("（医务科、护理部）", {"responsible": ("医务科", "护理部")}),
    ("（兵团发展改革委，各师市）", {"responsible": ("兵团发展改革委", "各师市")}),
    ("由市大数据局牵头，市公安局配合。", {"lead": ("市大数据局",), "support": ("市公安局",)}),
]  # fmt: skip


@pytest.mark.parametrize(("bracket", "meant"), ONE, ids=[bracket for bracket, _ in ONE])
def test_what_a_bracket_means(bracket: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert one(bracket) == meant


OTHER = [
    "（某政发〔2022〕1号）",
    "（以下简称自贸区）",
    "（以下统称牵头单位）",
    "（0.5分）",
    "（此件公开发布）",
    "（包括牵头单位自身）",
    "（检疫合格证明、核酸检测合格证明）",
    "（市、区）",
    "（库）",
    "（园长）",
    "（含技工院校）",
    "（超过100人的企业达到15%）",
    "（须经双方确认）",
    "（负责）",
    "（工程勘察除外）",
]


@pytest.mark.parametrize("bracket", OTHER)
def test_other_brackets_are_told_and_not_taken(bracket: str) -> None:
    made = drafted(f"1.加强{bracket}监管。（市公安局负责）")
    assert made.coverage.brackets == 1
    told = [place.text for place in made.coverage.brackets_rejected]
    assert told == [bracket[1:-1]]
    assert [t.text for _, t in made.plan.tasks()] == [f"加强{bracket}监管。"]


def test_a_bare_name_counts_where_a_sentence_ends_or_as_a_body_known_elsewhere() -> None:
    made = drafted("1.经主管部门（市水务局）批准后实施。（市公安局负责）\n2.严查。（市水务局）")
    assert [t.responsibility for _, t in made.plan.tasks()] == ["市公安局负责", "市水务局"]


def test_several_brackets_are_merged_the_strongest_role_holding_and_each_told() -> None:
    made = drafted(
        "1.建立清单。（合肥海关负责）扩大出口。（省商务厅牵头，合肥海关配合）"
        "注册商标。（省商务厅牵头，省农业农村厅配合）"
    )
    ((_, task),) = made.plan.tasks()
    assert task.responsibility == (
        "合肥海关负责；省商务厅牵头，合肥海关配合；省商务厅牵头，省农业农村厅配合"
    )
    assert (task.lead, task.responsible, task.support) == (
        ("省商务厅",), ("合肥海关",), ("省农业农村厅",),
    )  # fmt: skip
    assert task.text == (
        "建立清单。（合肥海关负责）扩大出口。（省商务厅牵头，合肥海关配合）注册商标。"
    )
    notes = made.notes["sections", 0, "tasks", 0]
    assert "  扩大出口〔省商务厅牵头，合肥海关配合〕" in notes
    assert made.coverage.brackets == 3


@pytest.mark.parametrize(
    "lines",
    [
        "责任单位：市公安局、市教育局",
        "责任单位：市公安局、\n市教育局",
        "负责部门：市公安局，市教育局。",
        "【责任单位】市公安局、市教育局",
        "**责任单位：** 市公安局、市教育局",
        "责任单位：市公安局、市教育局  责任人：各单位负责人",
        "（责任单位：市公安局、市教育局）",
        "责任单位：市公安局、市教育局\n完成时限：2022年6月底前",
    ],
)
def test_label_lines_below_a_task(lines: str) -> None:
    (task, _) = tasks(f"1.加强监管。\n{lines}\n2.严查。\n责任单位：市公安局")
    assert task.text == "加强监管。"
    assert task.responsible == ("市公安局", "市教育局")


def test_labels_side_by_side_in_one_line() -> None:
    text = "1.加强。\n牵头领导：李某  牵头单位：县教科局\u3000\u3000责任单位：县直有关单位"
    assert roles(text) == [{"lead": ("县教科局",), "responsible": ("县直有关单位",)}]


def test_labels_in_several_lines_are_one_task() -> None:
    assert roles(
        "1.加强。\n牵头单位：市公安局\n配合单位：市教育局\n2.严查。\n牵头单位：市公安局"
    ) == [
        {"lead": ("市公安局",), "support": ("市教育局",)},
        {"lead": ("市公安局",)},
    ]


RULES = [
    "（市公安局、市教育局负责。列第一位者为牵头单位，下同）",
    "（市公安局、市教育局负责，排在第一位的部门为牵头部门，下同）",
    "（市公安局、市教育局负责，列首位的为牵头单位，以下同）",
]


@pytest.mark.parametrize("bracket", RULES)
def test_a_rule_stated_once_holds_from_there_on(bracket: str) -> None:
    text = (
        f"1.宣传。（市教育局、市公安局负责）\n2.加强。{bracket}\n3.严查。（市民政局、市公安局负责）"
    )
    made = drafted(text)
    assert made.plan.first_leads_from == 2
    assert roles(text) == [
        {"responsible": ("市教育局", "市公安局")},
        {"lead": ("市公安局",), "responsible": ("市教育局",)},
        {"lead": ("市民政局",), "responsible": ("市公安局",)},
    ]


def test_a_group_that_stands_first_leads_nobody() -> None:
    text = "以下任务排在第一位的为牵头单位。\n1.加强。（各有关部门、市公安局负责）"
    assert roles(text) == [{"responsible": ("各有关部门", "市公安局")}]


def test_under_that_rule_the_first_of_each_bracket_of_an_item_leads() -> None:
    text = (
        "以下任务排在第一位的为牵头单位。\n"
        "1.加强宣传。（责任单位：市公安局、市教育局）严查走私。（责任单位：市民政局、市司法局）"
    )
    assert roles(text) == [
        {"lead": ("市公安局", "市民政局"), "responsible": ("市教育局", "市司法局")}
    ]
    helped = "以下任务排在第一位的为牵头单位。\n1.加强。（责任单位：市公安局；配合单位：市教育局）"
    assert roles(helped) == [{"lead": ("市公安局",), "support": ("市教育局",)}]


def test_a_rule_stated_before_all_tasks_holds_for_all() -> None:
    text = "以下任务排在第一位的为牵头单位。\n1.加强。（市公安局、市教育局负责）"
    assert roles(text) == [{"lead": ("市公安局",), "responsible": ("市教育局",)}]


def test_an_open_list_is_marked() -> None:
    (first, second) = tasks("1.加强。（市公安局等部门负责）\n2.严查。（市公安局负责）")
    assert (first.and_others, second.and_others) == (True, False)


def test_the_deepest_pair_is_matched_first_and_quotes_give_way() -> None:
    assert matching("（a（b）c）") == {2: 4, 0: 6}
    assert matching("〔各县〔市）〕") == {3: 5, 0: 6}
    assert matching("“甲（乙”丙）") == {2: 6}
    assert matching("）（") == {}


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        (
            "关于“提高农机水平”的问题，由农业农村部牵头，会同财政部等部门提出实施意见。",
            {"lead": ("农业农村部",), "responsible": ("财政部",)},
        ),
        (
            "关于“建立投入增长机制”的问题，由财政部、水利部研究提出落实意见。",
            {"responsible": ("财政部", "水利部")},
        ),
        (
            "民爆器材专项整治，由公安部门负责，有关部门配合。要加强监督管理。",
            {"responsible": ("公安部门",), "support": ("有关部门",)},
        ),
    ],
)
def test_sentences_say_who_does_what(sentence: str, meant: dict[str, tuple[str, ...]]) -> None:
    text = f"一、工作分工\n（一）{sentence}\n（二）{sentence}\n"
    assert roles(text) == [meant, meant]


def test_bodies_written_short_are_bodies_where_they_have_roles() -> None:
    text = "1．开放体育设施。（体育部门牵头，工会、共青团、教育等部门、单位配合）\n"
    (found,) = roles(text)
    assert found["lead"] == ("体育部门",)
    assert found["support"][:2] == ("工会", "共青团")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("关于“扩大大型农机具购置补贴”的问题，由农业农村部牵头负责。", "扩大大型农机具购置补贴"),
        ("民爆器材专项整治，由公安部门负责，有关部门配合。要加强管理。", "民爆器材专项整治"),
        ("2021年，改造老旧管网。由市住建局负责。", "改造老旧管网"),
    ],
)
def test_a_title_says_what_and_not_who_or_when(words: str, title: str) -> None:
    assert [task.title for task in tasks(f"一、分工\n（一）{words}\n（二）{words}\n")] == [
        title
    ] * 2
