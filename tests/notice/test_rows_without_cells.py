"""Tables of pages pasted as text whose merged and empty cells are not there."""

import pytest

from foodsafety_cli.notice.tables import as_lines
from tests.notice.made import drafted, roles, tasks

_HEAD = "一级 指标 |\n建设内容 |\n考评标准 |\n任务内容 |\n责任单位 |\n工作 考核 |\n"


def test_rows_with_fewer_cells_than_their_head_are_read_by_what_they_say() -> None:
    text = (
        f"任务分解表\n{_HEAD}一、责任（16分） |\n（ 一）组织 领导（4 分） |\n"
        "1.成立工作领导机构（2分）。 |\n建立由主要领导牵头的工作 领导机构。 |\n"
        "市府办 县（市、区）政府 |\n"
        "2.部门职责清晰（2分）。 |\n制定职责分工文 件。 |\n市府办 |\n|||\n"
        "（ 二）绩效 考核 |\n*3.纳入绩效考核（2分）。 |\n纳入当地\n考核体系。 |\n市发展改革委 |\n"
    )
    assert roles(text) == [
        {"responsible": ("市府办", "县（市、区）政府")},
        {"responsible": ("市府办",)},
        {"responsible": ("市发展改革委",)},
    ]
    first, second, third = (task.text for task in tasks(text))
    assert "建立由主要领导牵头的工作领导机构" in first
    assert "制定职责分工文件" in second
    assert "纳入当地考核体系" in third


def test_what_stands_behind_the_bodies_is_no_part_of_the_task() -> None:
    text = (
        "2023年实事项目\n序号 |\n主要任务 |\n分管 领导 |\n牵头 单位 |\n责任主体与协同单位 |\n"
        "1-10月推进情况 |\n1-11月推进情况 |\n是否达序 |\n说明 |\n"
        "24 |\n新建农贸市场5个。 |\n徐国江 |\n区城管局 |\n区市政局、各街道 |\n"
        "已进场施工，完成30%。 |\n已进场施工，完成60%。 |\n是 |\n||\n"
        "25 |\n新建公厕8座。 |\n徐国江 |\n区城管局 |\n各街道 |\n已建成3座。 |\n已建成7座。 |\n"
        "否 |\n土地未供 |\n"
    )
    first, second = tasks(text)
    assert roles(text) == [
        {"lead": ("区城管局",), "responsible": ("区市政局", "各街道")},
        {"lead": ("区城管局",), "responsible": ("各街道",)},
    ]
    assert [(one.name, str(one.target)) for one in first.indicators] == [("农贸市场", "5")]
    assert [(one.name, str(one.target)) for one in second.indicators] == [("公厕", "8")]


@pytest.mark.parametrize("last", ["区投资促进中心。", "区财政局、区住建局。", "区司法局"])
def test_bodies_may_end_with_a_stop(last: str) -> None:
    text = (
        "任务分解表\n\n序号\n\n重点任务\n\n责任单位\n\n配合单位\n\n1\n\n推进合作。\n\n区教育局\n\n"
        f"区工信局\n\n2\n\n建设教学楼。\n\n区教育局\n\n{last}\n"
    )
    bodies = tuple(last.removesuffix("。").split("、"))
    assert roles(text)[1] == {"responsible": ("区教育局",), "support": bodies}


def test_a_sentence_that_ends_with_a_body_is_work() -> None:
    text = (
        "任务分解表\n\n序号\n\n重点任务\n\n责任单位\n\n1\n\n迁建县政务服务中心。\n\n县政务服务中心\n\n"
        "县代建中心\n\n2\n\n开工建设老年大学。\n\n县民政局\n"
    )
    assert roles(text) == [
        {"responsible": ("县政务服务中心", "县代建中心")},
        {"responsible": ("县民政局",)},
    ]


def test_a_head_under_which_no_number_stands_is_no_table() -> None:
    text = (
        "任务分解表\n序号 |\n重点任务 |\n责任单位 |\n备注 |\n推进合作。 |\n区教育局 |\n"
        "一、任务\n1.抓好抽检。（市公安局负责）\n"
    )
    assert [task.title for task in tasks(text)] == ["抓好抽检"]


def test_a_row_with_the_number_of_a_heading_heads_the_rows_below_it() -> None:
    rows = [
        (1, ["序号", "考核项目", "分值", "考核指标", "负责部门"]),
        (2, ["一、", "巩固成果", "31", "", ""]),
        (3, ["1", "完善机制", "5", "健全体系。", "县河长办"]),
        (4, ["二、", "水岸联动", "15", "健全体系。", "县河长办"]),  # reach down from the row above
        (5, ["2", "治理污水", "3", "加强建设。", "县城建局"]),
        (6, ["三、", "信息报送", "7", "报送信息2篇。", "县河长办"]),
    ]
    told = [(one.text, one.heading) for one in as_lines(rows)]
    assert [text for text, heading in told if heading] == ["巩固成果", "水岸联动", "信息报送"]
    assert [text for text, heading in told if not heading] == [
        "完善机制。健全体系",
        "负责部门：县河长办",
        "治理污水。加强建设",
        "负责部门：县城建局",
        "信息报送。报送信息2篇",
        "负责部门：县河长办",
    ]


def test_headings_between_numbered_rows_stand_over_them() -> None:
    text = (
        "任务分解表\n序号\n工作任务\n责任单位\n一、主要目标\n3\n投资增长7.5%左右。\n县发改委\n"
        "二、扩投资\n三、惠民生\n68\n推进学前教育普及普惠。\n县教育局\n69\n深化办学合作。\n县教育局\n"
    )
    assert [section.title for section in drafted(text).plan.sections] == ["主要目标", "惠民生"]
    assert [task.text for task in tasks(text)] == [
        "投资增长7.5%左右",
        "推进学前教育普及普惠",
        "深化办学合作",
    ]


def test_columns_whose_titles_say_nothing_known_or_are_broken() -> None:
    text = (
        "民生实事项目表\n序号\n项目名称\n建设规模及内容\n建设起\n止年限\n总投资\n(万元)\n资金\n来源\n"
        "责任\n单位\n1\n燃气提升\n工程\n对28个小区进行改造。\n2023.01-2023.12\n1200\n国企投资\n县城投集团\n"
        "2\n水库整治\n完成6座小型水库加固。\n2023.01-2023.12\n4600\n政府投资\n县水利局\n"
    )
    assert roles(text) == [{"responsible": ("县城投集团",)}, {"responsible": ("县水利局",)}]
    first, second = tasks(text)
    assert "对28个小区进行改造" in first.text
    assert "完成6座小型水库加固" in second.text


def test_rows_counted_under_no_title() -> None:
    text = (
        "任务表\n工作任务\n|\n具体要求\n|\n责任科室\n|\n时限要求\n|\n"
        "主动公开\n|\n1\n|\n规范发布信息。\n|\n各科室\n|\n持续推进\n|\n"
        "2\n|\n编制年度报告。\n|\n办公室\n|\n年底前\n|\n"
    )
    assert [task.text for task in tasks(text)] == ["主动公开；规范发布信息", "编制年度报告"]
