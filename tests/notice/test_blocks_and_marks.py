"""Tasks as blocks of labelled lines, numbers with a mark before them, and heads of sites."""

import pytest

from tests.notice.made import drafted, roles, tasks

_PLAN = (
    "某市督察反馈意见整改方案\n一、整改任务\n"
    "问题一：污水管网建设滞后。\n整改目标：污水集中收集率达到70%以上。\n整改措施：\n"
    "1.新建污水管网186公里。\n2.扩建污水处理厂。\n"
    "牵头单位：市住建局\n责任单位：市水务集团\n督导单位：市生态环境局\n整改时限：2023年12月底前\n"
    "问题二：矿山修复缓慢。\n整改目标：完成剩余37处矿山修复。\n整改措施：\n"
    "1.编制方案。\n2.建立责任制。\n责任单位：市自然资源局\n整改时限：2022年10月底前\n"
)


def test_a_block_is_one_task_whatever_is_numbered_in_it() -> None:
    first, second = tasks(_PLAN)
    assert first.title == "污水管网建设滞后"
    assert "新建污水管网186公里" in first.text
    assert "矿山" not in first.text
    assert second.title == "矿山修复缓慢"
    assert [str(one.target) for one in second.indicators] == ["37"]


def test_who_supervises_is_not_responsible() -> None:
    assert roles(_PLAN)[0] == {
        "lead": ("市住建局",),
        "responsible": ("市水务集团",),
        "support": ("市生态环境局",),
    }


def test_the_period_begins_with_the_first_day_that_anything_is_due() -> None:
    plan = drafted(_PLAN).plan
    assert (plan.period.start.year, plan.period.end.year) == (2022, 2023)
    assert str(tasks(_PLAN)[1].due) == "2022-10-31"


@pytest.mark.parametrize("mark", ["★", "*", "▲ ", "※"])
def test_a_mark_before_a_number_is_no_word(mark: str) -> None:
    text = (
        "某市任务分工\n一、党政同责\n"
        f"{mark}1.未发生重特大食品安全事故。\n（牵头单位：市食安办　责任单位：市公安局）\n"
        f"二、食品安全状况*\n{mark}2.抽检合格率达到98%以上。\n（牵头单位：市市场监管局）\n"
    )
    assert [task.title for task in tasks(text)] == [
        "未发生重特大食品安全事故",
        "抽检合格率达到98%以上",
    ]
    sections = drafted(text).plan.sections
    assert [section.title for section in sections] == ["党政同责", "食品安全状况"]


@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        ("政策动态 | 关于实施“领飞计划”的若干意见\n", "关于实施“领飞计划”的若干意见", "（待核）"),
        (
            "甲市人民政府关于印发《促进工业的若干意见》《促进商贸的若干意见》的通知\n",
            "关于印发《促进工业的若干意见》《促进商贸的若干意见》的通知",
            "甲市人民政府",
        ),
        ("台政办函〔2021〕39号\n", "（待核）", "（待核）"),
        (
            "甲市贯彻落实促进就业实施方案为深入贯彻上级部署，制定本方案。",
            "甲市贯彻落实促进就业实施方案",
            "",
        ),
    ],
)
def test_titles(head: str, title: str, issuer: str) -> None:
    plan = drafted(f"{head}一、激发活力\n1.加大投入。（责任单位：市经信局）\n").plan
    assert plan.title == title
    assert not issuer or plan.issuer == issuer


def test_a_bracket_that_explains_an_office_names_nobody() -> None:
    text = (
        "一、重点任务\n1.加强抽检。（市市场监管局负责）\n二、工作要求\n"
        "各单位要将总结报市食安办（设在市市场监管局，联系电话：0888-8123456）。\n"
    )
    assert len(tasks(text)) == 1


def test_counties_cities_and_districts_are_one_group() -> None:
    text = "一、任务\n1.落实政策。（市税务局、市财政局，各县市、区政府负责）\n"
    assert roles(text) == [{"responsible": ("市税务局", "市财政局", "各县市、区政府")}]


def test_a_first_sentence_that_heads_several_paragraphs_is_their_heading() -> None:
    text = (
        "水污染防治行动计划\n一、全面控制污染物排放\n"
        "（一）狠抓工业污染防治。取缔“十小”企业。全部取缔小型造纸项目。（市生态环境局牵头）\n"
        "专项整治重点行业。实施清洁化改造。（市生态环境局牵头，市工信局参与）\n"
        "（二）强化城镇治理。加快污水处理设施建设。（市住建局牵头）\n"
    )
    assert [task.title for task in tasks(text)][:2] == ["取缔“十小”企业", "专项整治重点行业"]
    assert [section.title for section in drafted(text).plan.sections] == [
        "狠抓工业污染防治",
        "强化城镇治理",
    ]


def test_who_answers_may_stand_within_the_task_up_to_its_end() -> None:
    text = (
        "一、任务\n1.扩岗。由县人社局负责，新增岗位200个。\n"
        "2.帮扶。县人社局、县残联按职责分工负责，开发岗位500个。\n"
        "3.培训。由县人社局牵头、县教育局配合，开展培训4000人次。完成时限：2024年11月15日。\n"
        "4.抽检。由县市场监管局牵头，县公安局配合，抽检500批次，处置率100%。\n\n"
        "平江县人民政府\n2024年3月1日\n"
    )
    assert roles(text) == [
        {"responsible": ("县人社局",)},
        {"responsible": ("县人社局", "县残联")},
        {"lead": ("县人社局",), "support": ("县教育局",)},
        {"lead": ("县市场监管局",), "support": ("县公安局",)},
    ]
    assert [task.title for task in tasks(text)] == ["扩岗", "帮扶", "培训", "抽检"]
    assert [str(task.indicators[0].target) for task in tasks(text)] == ["200", "500", "4000", "500"]
    assert all(not task.text.endswith("。。") for task in tasks(text))


def test_a_heading_is_kept_where_nobody_writes_by_whom() -> None:
    text = (
        "一、任务\n1.培训。县人社局牵头，县教育局配合，培训600人次。\n"
        "2.扩岗。县人社局、县教育局负责，新增岗位200个。\n"
    )
    assert [task.title for task in tasks(text)] == ["培训", "扩岗"]


def test_a_bracket_on_its_own_line_speaks_for_all_parts_above_it() -> None:
    text = (
        "一、监管\n（一）强化生产监管。\n（1）分级监管；\n（2）检查60家次；\n（3）开展专项检查。\n"
        "（省药监局牵头，市市场监管局配合）\n（二）规范经营。\n"
        "（1）在岗率达到95%以上；（市市场监管局负责）\n（2）建设药房50家。（市医保局负责）\n"
    )
    assert [task.title for task in tasks(text)][:2] == ["强化生产监管", "在岗率达到95%以上"]
    assert "检查60家次" in tasks(text)[0].text


@pytest.mark.parametrize("said", ["，2024年9月底前完成。", "。2024年9月底前完成。"])
def test_by_when_the_task_itself_is_done_is_its_due(said: str) -> None:
    (task,) = tasks(f"1.建立隐患数据库{said}\n牵头部门：市应急局\n")
    assert str(task.due) == "2024-09-30"
    assert task.indicators == ()


def test_months_a_wrapped_title_and_who_fills_in() -> None:
    text = (
        "2025年临川区深入打好污染防治攻坚战重点工\n作任务\n填报单位：临川区生态环境局\n"
        "决定自2025年3月至12月开展整治。\n一、整治\n1.排查隐患。（区公安局负责）\n"
    )
    plan = drafted(text).plan
    assert plan.title == "2025年临川区深入打好污染防治攻坚战重点工作任务"
    assert plan.issuer == "临川区生态环境局"
    assert (str(plan.period.start), str(plan.period.end)) == ("2025-03-01", "2025-12-31")
