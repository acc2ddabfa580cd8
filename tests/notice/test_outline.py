"""Numbered items, whatever numbers are printed; which of them are tasks, and their sections."""

import pytest

from foodsafety_cli.analysis.numerals import spelt, value
from tests.notice.made import drafted, tasks

BY = "（市公安局负责）"


def test_numerals_there_and_back() -> None:
    assert all(value(spelt(number)) == number for number in range(1, 1000))
    assert (value("十"), value("二十三"), value("１２"), value("一百零五")) == (10, 23, 12, 105)
    assert value("百一十十") is None


@pytest.mark.parametrize(
    "label", ["{}.", "{}．", "{}﹒", "{}、", "（{}）", "({})", "{})", "{} ．", "{}.\u3000"]
)
def test_numbers_in_any_shape(label: str) -> None:
    lines = [f"{label.format(n)}加强第{n}项监管。{BY}" for n in (1, 2, 3)]
    assert [(task.id, task.text) for task in tasks("\n".join(lines))] == [
        (n, f"加强第{n}项监管。") for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("label", ["{}、", "（{}）", "({})", "第{}章", "第{}部分 ", "{}．"])
def test_chinese_numbers_in_any_shape(label: str) -> None:
    lines = [f"{label.format(spelt(n))}加强第{n}项监管。{BY}" for n in range(1, 24)]
    made = tasks("\n".join(lines))
    assert [task.id for task in made] == list(range(1, 24))
    assert made[11].label == label.format("十二").rstrip("、． ")


def test_numbers_that_run_on_through_the_sections() -> None:
    plan = drafted(f"一、甲\n1.加强。{BY}\n二、乙\n2.严查。{BY}\n3.宣传。{BY}").plan
    assert [(s.number, s.title, [t.id for t in s.tasks]) for s in plan.sections] == [
        (1, "甲", [1]),
        (2, "乙", [2, 3]),
    ]


def test_numbers_that_begin_anew_are_counted_through_and_kept_as_labels() -> None:
    made = tasks(f"一、甲\n1.加强。{BY}\n2.严查。{BY}\n二、乙\n1.宣传。{BY}")
    assert [(task.id, task.label) for task in made] == [(1, ""), (2, ""), (3, "1")]


def test_a_number_left_out_stays_left_out() -> None:
    assert [t.id for t in tasks(f"1.加强。{BY}\n2.严查。{BY}\n4.宣传。{BY}")] == [1, 2, 4]


def test_sections_that_begin_anew_in_an_annex() -> None:
    text = f"一、总则\n各单位要重视。\n附件\n考核指标\n一、甲\n1.加强。{BY}\n二、乙\n2.严查。{BY}"
    made = drafted(text)
    assert [(s.number, s.title) for s in made.plan.sections] == [(1, "甲"), (2, "乙")]
    assert [place.text for place in made.coverage.without_responsibility] == [
        "一、总则 各单位要重视。"
    ]


def test_tasks_at_whichever_level_has_a_bracket() -> None:
    made = tasks(
        f"一、甲\n（一）加强监管。{BY}\n（二）严查违法。\n1.查食堂。{BY}\n2.查市场。{BY}\n"
        f"二、做好宣传。{BY}"
    )
    assert [task.text for task in made] == ["加强监管。", "查食堂。", "查市场。", "做好宣传。"]


def test_parts_without_a_bracket_belong_to_the_task_above_them() -> None:
    made = drafted(f"1.加强监管。{BY}\n（1）查食堂。\n（2）查市场。\n2.宣传。{BY}")
    assert [t.text for _, t in made.plan.tasks()] == [
        "加强监管。（1）查食堂。（2）查市场。",
        "宣传。",
    ]
    assert made.coverage.without_responsibility == ()


def test_a_task_may_have_tasks_under_it() -> None:
    made = tasks(f"1.加强监管。{BY}\n（1）查食堂。（市教育局负责）\n（2）查市场。{BY}")
    assert [task.text for task in made] == ["加强监管。", "查食堂。", "查市场。"]
    assert [task.id for task in made] == [1, 2, 3]


def test_a_bracket_after_the_last_part_is_meant_for_the_whole() -> None:
    made = tasks(
        f"（一）加强监管。\n1.查食堂。\n2.查市场。{BY}\n（二）做好宣传。\n1.印材料。\n2.进社区。{BY}"
    )
    assert [task.text for task in made] == [
        "加强监管。1.查食堂。2.查市场。",
        "做好宣传。1.印材料。2.进社区。",
    ]


def test_sections_are_the_first_headings_that_tell_tasks_apart() -> None:
    made = drafted(
        f"一、要求\n高度重视。\n二、任务\n（一）甲\n1.加强。{BY}\n（二）乙\n2.严查。{BY}"
    )
    assert [(s.number, s.title) for s in made.plan.sections] == [(1, "甲"), (2, "乙")]


def test_headings_below_the_section_are_told_in_remarks() -> None:
    made = drafted(f"一、任务\n（一）甲\n1.加强。{BY}\n2.严查。{BY}\n二、保障\n3.宣传。{BY}")
    assert [s.title for s in made.plan.sections] == ["任务", "保障"]
    assert made.notes["sections", 0, "tasks", 0] == ("（一）甲",)
    assert made.notes["sections", 0, "tasks", 1] == ()


def test_headings_without_numbers_are_sections_too() -> None:
    made = drafted(f"## 甲\n1. 加强。{BY}\n## 乙\n2. 严查。{BY}")
    assert [s.title for s in made.plan.sections][1:] == ["乙"]


def test_a_title_in_a_line_of_its_own_is_told_from_what_follows() -> None:
    (task,) = tasks(f"1.加强监管\n对全市食堂、市场、超市开展检查，发现问题立即整改。{BY}")
    assert task.title == "加强监管"
    assert task.text == "加强监管 对全市食堂、市场、超市开展检查，发现问题立即整改。"


def test_lines_broken_anywhere_are_one_text() -> None:
    (task,) = tasks(
        "1.加强监管，对全市食堂开展检\n查。〔市市场监督\n\n管理局、各县（市、\n区）负责〕"
    )
    assert task.text == "加强监管，对全市食堂开展检查。"
    assert task.responsibility == "市市场监督管理局、各县（市、区）负责"


def test_figures_at_the_start_of_a_broken_line_are_no_numbers() -> None:
    (task,) = tasks(f"1.完成检验量，达到\n1.5批次/千人，共\n3、4类。{BY}")
    assert task.text == "完成检验量，达到1.5批次/千人，共3、4类。"


def test_what_follows_the_last_bracket_is_left_out_and_told() -> None:
    made = drafted(f"1.加强。{BY}\n2.严查。{BY}\n各地要认真落实。\n某市政府\n2022年3月1日")
    assert [t.text for _, t in made.plan.tasks()] == ["加强。", "严查。"]
    assert any("第 3 行" in note for note in made.notes["sections", 0, "tasks", 1])


def test_all_line_breaks_lost() -> None:
    text = f"某市安排一、甲1.加强。{BY}2.严查。{BY}二、乙（一）丙3.宣传。{BY}4.培训{BY}抄送：各局。"
    made = drafted(text).plan
    assert [(s.title, [t.text for t in s.tasks]) for s in made.sections] == [
        ("甲", ["加强。", "严查。"]),
        ("乙", ["宣传。", "培训"]),
    ]


def test_tasks_without_numbers_under_a_heading() -> None:
    made = drafted(f"一、甲\n加强监管。{BY}\n严查违法，\n一查到底。{BY}\n二、乙\n做好宣传。{BY}")
    assert [(s.title, [t.text for t in s.tasks]) for s in made.plan.sections] == [
        ("甲", ["加强监管。", "严查违法，一查到底。"]),
        ("乙", ["做好宣传。"]),
    ]
    assert [task.id for _, task in made.plan.tasks()] == [1, 2, 3]


def test_a_text_without_any_number() -> None:
    made = tasks(f"某市2021年工作安排\n加强监管。{BY}\n严查违法。{BY}\n")
    assert [(task.id, task.label, task.text) for task in made] == [
        (1, "", "加强监管。"),
        (2, "", "严查违法。"),
    ]


def test_a_rule_in_the_middle_of_a_sentence_is_a_page_s_end() -> None:
    text = (
        "1.节能改造。开展节能诊断，督促企业根据监\n\n* * *\n\n察意见整改。（市工信局负责）\n"
        "* * *\n2.以旧换新。开展促消费。（市商务局负责）\n"
    )
    assert [task.text for task in tasks(text)] == [
        "节能改造。开展节能诊断，督促企业根据监察意见整改。",
        "以旧换新。开展促消费。",
    ]


def test_a_number_further_on_begins_an_item_behind_a_line_that_says_who() -> None:
    text = (
        "109.落实专项规划，完善设施布局。\n\n主责单位：市商务局，大兴区政府\n\n"
        "119.优化消费环境，提供便利。\n\n主责单位：市商务局，市体育局\n"
    )
    assert [task.text for task in tasks(text)] == [
        "落实专项规划，完善设施布局。",
        "优化消费环境，提供便利。",
    ]


def test_a_decimal_behind_a_sentence_is_no_first_item() -> None:
    text = "（一）排查冷库。1.5公里范围内12座冷库建档。（市商务局负责）\n"
    assert [task.text for task in tasks(text)] == ["排查冷库。1.5公里范围内12座冷库建档。"]


def test_numbers_in_square_brackets_are_of_the_second_rank() -> None:
    text = "一、整治\n【一】县商务局\n① 建立台账。\n② 开展检查。\n【二】县公安局\n① 查办案件。\n"
    assert [(task.title, task.responsible) for task in tasks(text)] == [
        ("建立台账", ("县商务局",)),
        ("开展检查", ("县商务局",)),
        ("查办案件", ("县公安局",)),
    ]


def test_a_heading_behind_a_table_ends_its_parts() -> None:
    text = (
        "二、指标\n|类别|任务|责任单位|\n|---|---|---|\n|监管|建站12个|县商务局|\n"
        f"|监管|培训50人|县教育局|\n\n## 三、重点\n\n1. 清淤。{BY}\n"
    )
    assert [section.title for section in drafted(text).plan.sections][-1] == "重点"


def test_a_heading_with_a_comma_behind_its_number() -> None:
    text = f"一,全面推进监管\n1.清淤。{BY}\n二,加强队伍建设\n1.培训。{BY}\n"
    made = drafted(text).plan
    assert [section.title for section in made.sections] == ["全面推进监管", "加强队伍建设"]


def test_an_item_whose_words_are_a_link_is_an_item() -> None:
    text = "一、任务\n1. [建站](http://x)\n责任单位：县教育局\n2. 清淤\n责任单位：县水利局\n"
    assert [task.responsible for task in tasks(text)] == [("县教育局",), ("县水利局",)]


def test_the_way_to_a_page_is_no_item() -> None:
    text = f'1. [首页](/a "首页")\n2. [政务公开](/b)\n某县2024年工作要点\n1.清淤。{BY}\n'
    made = drafted(text)
    assert made.plan.title == "某县2024年工作要点"
    assert len(tasks(text)) == 1
    assert [place.line for place in made.coverage.unread] == [1, 2]


def test_a_rule_above_a_request_ends_what_is_above() -> None:
    text = (
        f"1.清淤。抓好河道，抓好沟渠，抓好塘坝\n---\n请各单位遵照执行，抓好落实。\n2.护坡。{BY}\n"
    )
    assert all("遵照执行" not in task.text for task in tasks(text))
