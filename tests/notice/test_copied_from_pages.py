"""Rules that notices copied from web pages showed: heads, headings, labels, lists."""

import pytest

from tests.notice.made import drafted, roles, tasks

HEAD = "某市2024年食品安全工作要点\n某政办发〔2024〕3号\n某市人民政府办公室\n2024年3月1日\n"


def test_a_strange_name_under_a_second_label_throws_nobody_away() -> None:
    text = "1.甲事。（牵头单位：市文旅局；责任单位：市房管局，江岸、江汉区人民政府，文旅集团）"
    others = ("市房管局", "江岸区人民政府", "江汉区人民政府", "文旅集团")
    assert roles(HEAD + text) == [{"lead": ("市文旅局",), "responsible": others}]


def test_who_works_along_supports() -> None:
    text = "1.甲事。（市食安办牵头，市公安局协作）"
    assert roles(HEAD + text) == [{"lead": ("市食安办",), "support": ("市公安局",)}]


@pytest.mark.parametrize(
    "remark",
    [
        "（列第一位者为牵头单位，下同）",
        "（列第一位者为工作牵头单位或汇总单位，下同）",
        "，列第一位者为工作牵头单位或汇总单位，下同",
    ],
)
def test_what_is_said_of_the_list_is_no_part_of_a_name(remark: str) -> None:
    text = f"1.甲事。\n责任单位：市经信局、市财政局{remark}\n2.乙事。\n责任单位：市财政局、市教育局"
    assert roles(HEAD + text) == [
        {"lead": ("市经信局",), "responsible": ("市财政局",)},
        {"lead": ("市财政局",), "responsible": ("市教育局",)},
    ]


def test_a_branch_with_its_place_in_its_name_gets_no_other() -> None:
    text = "1.甲事。（区发改局、环保拱墅分局、城乡建设局负责）"
    (found,) = roles(HEAD + text)
    assert found["responsible"] == ("区发改局", "环保拱墅分局", "区城乡建设局")


@pytest.mark.parametrize(
    ("head", "title", "number"),
    [
        (
            "各区县人民政府，市府各部门：\n《甲分解》和《乙分解》已经市政府同意，现印发给你们。\n"
            "某市人民政府办公室\n2024年5月22日\n附件1\n2024年政府工作报告重点工作责任分解\n",
            "2024年政府工作报告重点工作责任分解",
            "（待核）",
        ),
        (
            "各市人民政府：\n为贯彻《国务院办公厅关于印发2024年工作要点的通知》（国办发〔2024〕2号）"
            "要求，现将《2024年信息公开任务分解表》印发给你们，请认真落实。\n",
            "2024年信息公开任务分解表",
            "（待核）",
        ),
        (
            "某市打赢蓝天保卫战实施方案\n为落实《某省人民政府关于印发〈某省打赢蓝天保卫战实施方案〉"
            "的通知》（某府〔2018〕128号）部署要求，制定本方案。\n",
            "某市打赢蓝天保卫战实施方案",
            "（待核）",
        ),
    ],
)
def test_whom_it_goes_to_and_what_it_quotes_are_not_its_head(
    head: str, title: str, number: str
) -> None:
    plan = drafted(f"{head}一、抓好甲事。（市教育局负责）\n二、抓好乙事。（市公安局负责）").plan
    assert (plan.title, plan.document_number) == (title, number)


def test_a_line_with_dashes_over_numbers_is_a_heading() -> None:
    text = "（一）推进教育\n1.做甲。（市教育局负责）\n——建设健康城市\n5.做乙。（市卫健委负责）\n"
    sections = drafted(HEAD + text).plan.sections
    assert [section.title for section in sections] == ["推进教育", "建设健康城市"]
    assert [task.title for task in tasks(HEAD + text)] == ["做甲", "做乙"]


def test_dashes_before_what_is_to_be_done_are_no_heading() -> None:
    text = (
        "1.甲事。\n——新建示范店20家。\n——培训业务骨干\n（市教育局负责）\n2.做乙。（市公安局负责）"
    )
    assert [task.title for task in tasks(HEAD + text)] == ["甲事", "做乙"]


CELLS = """2024年民生实事任务分解表
序号

民生实事

责任单位

完成时限

1

新建2座人行天桥。

县住建局

9月底前

2

启动县图书馆新馆建设。

县文体局

县代建中心

12月底前
"""


def test_a_table_that_was_pasted_cell_by_cell() -> None:
    first, second = tasks(CELLS)
    assert (first.title, first.responsible, str(first.due)) == (
        "新建2座人行天桥",
        ("县住建局",),
        "2024-09-30",
    )
    assert second.responsible == ("县文体局", "县代建中心")


def test_one_without_numbers_under_headings() -> None:
    text = (
        "2024年政务公开任务分解表\n目标\n任务\n主要内容\n责任单位\n一、助力稳增长\n"
        "加强预期引导。\n市发改委牵头落实\n公开就业政策。\n市人社局、市教育局\n"
    )
    assert [(task.title, task.lead, task.responsible) for task in tasks(text)] == [
        ("加强预期引导", ("市发改委",), ()),
        ("公开就业政策", (), ("市人社局", "市教育局")),
    ]
    assert [section.title for section in drafted(text).plan.sections] == ["助力稳增长"]


@pytest.mark.parametrize(
    "table",
    [
        "序号 | 任务 | 牵头单位 | 责任单位 |\n1 | 办好甲事。 | 县住建局 | 县水务局 |\n",
        "序号 |\n任务 |\n牵头单位 |\n责任单位 |\n1 |\n办好甲事。 |\n县住建局 |\n县水务局 |\n",
    ],
)
def test_cells_that_end_with_strokes(table: str) -> None:
    found = {"lead": ("县住建局",), "responsible": ("县水务局",)}
    assert roles(f"2024年任务分解表\n{table}") == [found]


def test_cells_of_the_row_above_reach_down() -> None:
    text = (
        "2024年任务分解表\n工作任务 |\n牵头单位 |\n责任单位 |\n一、公开 | ||\n1.公开清单 |\n"
        "省编办 |\n省财政厅 |\n2.公开事项 | ||\n"
    )
    both = {"lead": ("省编办",), "responsible": ("省财政厅",)}
    assert roles(text) == [both, both]


def test_persons_behind_labels_end_a_list() -> None:
    text = (
        "1.新建天桥2座。 牵头领导：王某 责任单位：市公安局 项目责任人：王某某 配合单位：市城管局"
        " 2.新辟线路10条。 责任单位：市交通委\n"
    )
    assert roles(HEAD + text) == [
        {"responsible": ("市公安局",), "support": ("市城管局",)},
        {"responsible": ("市交通委",)},
    ]


def test_paragraphs_with_labels_below_them() -> None:
    text = (
        "民生实事\n新增学位2.36万个。\n主管领导：刘某\n责任单位：市教育局\n主要责任人：毛某\n"
        "进度安排：6月底前完成基建；12月底前全部落实。\n新建学校30所。\n主管领导：刘某\n"
        "责任单位：市教育局\n主要责任人：毛某\n进度安排：10月底前开工。\n"
    )
    found = tasks(f"2024年为民实事\n{text}")
    assert [task.title for task in found] == ["新增学位2.36万个", "新建学校30所"]
    assert [str(task.due) for task in found] == ["None", "2024-10-31"]


def test_sentences_that_say_who_where_nothing_else_does() -> None:
    text = (
        "（一）道路安全整治，由市公安局、市交通局负责，有关部门配合。要继续加大力度。\n"
        "（二）划定永久基本农田，由市自然资源局会同市农业农村局等部门负责落实。\n"
    )
    assert roles(HEAD + text) == [
        {"responsible": ("市公安局", "市交通局"), "support": ("有关部门",)},
        {"lead": ("市自然资源局",), "responsible": ("市农业农村局",)},
    ]
    labelled = f"{text}（三）做好宣传。（市委宣传部负责）\n"
    assert roles(HEAD + labelled) == [{"responsible": ("市委宣传部",)}]


def test_so_many_streets_and_towns_are_one_name() -> None:
    text = "1.做好甲事。\n责任单位：市教育局，13个街道、镇\n"
    assert roles(HEAD + text) == [{"responsible": ("市教育局", "13个街道、镇")}]


def test_strokes_that_have_a_line_to_themselves_part_cells() -> None:
    cells = ["工作任务", "责任单位", "时限", "全面清理文件。", "市教育局", "年底前"]
    cells += ["公开办事指南。", "市公安局", "持续推进"]
    text = "2024年任务表\n" + "\n|\n".join(cells)
    assert [task.responsible for task in tasks(text)] == [("市教育局",), ("市公安局",)]


def test_what_has_been_done_is_no_words_of_a_task() -> None:
    text = (
        "2024年任务表\n序号 | 任务 | 责任单位 | 完成情况 |\n"
        "1 | 办好甲事。 | 县住建局 | 已完成30%。 |\n"
    )
    (task,) = tasks(text)
    assert (task.text, task.indicators) == ("办好甲事", ())


def test_numbers_that_skip_behind_a_bracket_that_says_who() -> None:
    text = (
        "一、重点任务（一）甲行动1.推进甲，（责任单位：市教育局）3.推进丙，（责任单位：市公安局）"
        "（二）乙行动4.推进丁，（责任单位：市财政局）"
    )
    found = [task.responsible for task in tasks(HEAD + text)]
    assert found == [("市教育局",), ("市公安局",), ("市财政局",)]


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        ("部门分工：市财政局牵头，各部门配合", {"lead": ("市财政局",), "support": ("各部门",)}),
        ("责任单位：各县、特区、区人民政府", {"responsible": ("各县、特区、区人民政府",)}),
        ("责任单位：相关市、县政府", {"responsible": ("相关市、县政府",)}),
        (
            "责任单位：市发改委、外经贸局（第一责任单位为牵头单位，下同）",
            {"lead": ("市发改委",), "responsible": ("市外经贸局",)},
        ),
        (
            "责任单位：省商务厅、甲城、乙城市政府",
            {"responsible": ("省商务厅", "甲城市政府", "乙城市政府")},
        ),
    ],
)
def test_labels_and_names_of_pages(bracket: str, meant: dict[str, tuple[str, ...]]) -> None:
    assert roles(f"{HEAD}1.做好甲事。\n{bracket}\n2.做好乙事。（市公安局负责）")[0] == meant


def test_for_whom_money_is_given_is_no_target() -> None:
    text = "1.对年收入首次突破1000万元、2000万元的，给予奖励5万元。培育企业20家。（市工信局负责）"
    (task,) = tasks(HEAD + text)
    assert [(i.name, str(i.target)) for i in task.indicators] == [("企业", "20")]


def test_a_head_that_has_its_number_in_brackets_and_its_issuer_above() -> None:
    text = "某市人民政府\n关于加快服务业发展的意见\n（某政〔2017〕101号）\n"
    plan = drafted(f"{text}一、抓好甲事。（市教育局负责）\n二、抓好乙事。（市公安局负责）").plan
    assert plan.title == "某市人民政府关于加快服务业发展的意见"
    assert (plan.document_number, plan.issuer) == ("某政〔2017〕101号", "某市人民政府")


def test_a_dash_before_a_sentence_is_no_part_of_a_name() -> None:
    text = "1.覆盖率达到90%。\n──由市卫生局会同有关部门和各县市区组织落实。\n"
    (found,) = roles(HEAD + text)
    assert found["lead"] == ("市卫生局",)


LISTS = [
    "目录\n工作目标\n重点任务\n责任分工\n保障措施\n",
    "目标责任\n任务清单\n部门分工\n考核措施\n",
]


@pytest.mark.parametrize("listed", LISTS)
def test_a_list_of_short_lines_is_no_table(listed: str) -> None:
    text = f"{listed}1.做好甲事。（市教育局负责）\n2.做好乙事。（市公安局负责）\n"
    signed = "某市食品安全委员会办公室\n2024年3月1日\n"
    draft = drafted(f"2024年工作要点\n{text}{signed}")
    assert [task.responsible for _, task in draft.plan.tasks()] == [("市教育局",), ("市公安局",)]
    inside = f"1.做好甲事。\n{listed}（市教育局负责）\n2.做好乙事。（市公安局负责）\n"
    assert [task.responsible for task in tasks(HEAD + inside)] == [("市教育局",), ("市公安局",)]


def test_an_item_that_is_nothing_but_a_bracket_is_a_draft_still() -> None:
    assert len(tasks(f"{HEAD}1.。（市教育局负责）\n2.做好乙事。（市公安局负责）")) == 2


def test_the_last_of_a_list_with_dashes_stays_in_it() -> None:
    text = "1.加大力度（市教育局负责）\n——抓好农产品\n——抓好食品\n2.做好乙事。（市公安局负责）"
    assert len(drafted(HEAD + text).plan.sections) == 1


def test_companies_and_forces_are_no_places() -> None:
    text = "1.做好甲事。\n责任单位：国网、移动、武警、甲县人民政府\n2.做好乙事。（市公安局负责）"
    assert roles(HEAD + text)[0]["responsible"] == ("国网", "移动", "武警", "甲县人民政府")


def test_a_second_thing_to_do_by_a_day_is_no_part_of_the_deadline() -> None:
    text = "1.加大抽检。（市公安局负责）\n完成时限：6月底；11月底前报送总结。\n"
    (task,) = tasks(HEAD + text)
    assert str(task.due) == "2024-06-30"


def test_what_is_said_of_the_list_stands_in_the_printed_bracket() -> None:
    said = "责任单位：市经信局、市财政局（列第一位者为牵头单位，下同）"
    assert tasks(f"{HEAD}1.做好甲事。\n{said}\n")[0].responsibility == said
