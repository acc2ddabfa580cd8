"""Rules that notices copied from web pages showed: heads, headings, labels, lists."""

import pytest

from tests.notice.made import drafted, roles, tasks

HEAD = "某市2024年食品安全工作要点\n某政办发〔2024〕3号\n某市人民政府办公室\n2024年3月1日\n"


def test_a_strange_name_under_a_second_label_throws_nobody_away() -> None:
    text = "1.甲事。（牵头单位：市文旅局；责任单位：市房管局，江岸、江汉区人民政府，文旅集团）"
    others = ("市房管局", "江岸", "江汉区人民政府", "文旅集团")
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
