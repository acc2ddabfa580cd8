"""What stands before the items, who the bodies are, and the draft as a file."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodsafety_cli.model.plan import Period
from foodsafety_cli.model.problem import has_errors
from foodsafety_cli.notice.department_names import named
from foodsafety_cli.notice.spellings import full_names, near_misses
from foodsafety_cli.notice.titles import short_title
from foodsafety_cli.notice.yamlwriting import as_yaml, scalar
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan.yamltree import parse
from tests.notice.made import drafted, tasks

ONE = "1.加强监管。（市公安局负责）"
HEADS = [
    (
        "某市人民政府办公室文件\n某政办〔2022〕12号\n某市人民政府办公室\n关于印发某市2022年食品安全\n"
        "重点工作安排的通知\n各县（市、区）人民政府：\n现印发给你们。\n2022年3月1日\n",
        (
            "某市2022年食品安全重点工作安排",
            "某政办〔2022〕12号",
            "某市人民政府办公室",
            "2022-03-01",
        ),
    ),
    (
        "某省关于促进就业的若干意见\n某政发【2023】5 号\n各市：\n",
        ("某省关于促进就业的若干意见", "某政发【2023】5号", "某省", "2023-01-01"),
    ),
    (
        "关于印发《某县2022—2024年行动方案》的通知\n二〇二二年六月十日\n",
        ("某县2022—2024年行动方案", "（待核）", "（待核）", "2022-06-10"),
    ),
]


@pytest.mark.parametrize(("head", "meant"), HEADS)
def test_what_a_notice_says_of_itself(head: str, meant: tuple[str, ...]) -> None:
    plan = drafted(head + ONE).plan
    assert (plan.title, plan.document_number, plan.issuer, str(plan.issued_on)) == meant


def test_the_period_is_the_titles_year_or_years() -> None:
    plan = drafted("关于印发《某县2022—2024年行动方案》的通知\n" + ONE).plan
    assert plan.period == Period(dt.date(2022, 1, 1), dt.date(2024, 12, 31))


def test_the_day_may_stand_at_the_end() -> None:
    plan = drafted(f"某市工作要点\n{ONE}\n某市政府\n2022年3月1日\n（此件公开发布）").plan
    assert str(plan.issued_on) == "2022-03-01"
    assert plan.period.end == dt.date(2022, 12, 31)


def test_what_is_not_said_is_marked() -> None:
    made = drafted(ONE)
    assert {path[0] for path in made.notes if len(path) == 1} == {
        "title", "document_number", "issuer", "issued_on", "period",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("市公安局和市教育局", ("市公安局", "市教育局")),
        ("市公安局及市教育局以及市民政局", ("市公安局", "市教育局", "市民政局")),
        ("市规划和自然资源局", ("市规划和自然资源局",)),
        ("市住房和城乡建设局和市文化和旅游局", ("市住房和城乡建设局", "市文化和旅游局")),
        ("国家粮食和物资储备局", ("国家粮食和物资储备局",)),
        ("各县（市、区）和开发区管委会", ("各县（市、区）", "开发区管委会")),
        ("有关部门和单位", ("有关部门和单位",)),
    ],
)
def test_and_parts_names_only_between_whole_ones(words: str, names: tuple[str, ...]) -> None:
    assert named(words).names == names


def test_a_level_left_out_is_restored_within_a_list_only() -> None:
    meant = full_names(
        [("省公安厅", "政务和数据局", "合肥海关"), ("教育局",), ("市场监管总局", "财政部")]
    )
    assert meant["政务和数据局"] == "省政务和数据局"
    assert meant["合肥海关"] == "合肥海关"
    assert meant["教育局"] == "教育局"
    assert meant["财政部"] == "财政部"


def test_a_restored_name_answers_to_what_is_printed() -> None:
    made = drafted("1.加强。（省公安厅、政务和数据局负责）")
    (department,) = [d for d in made.plan.departments if d.name == "省政务和数据局"]
    assert "政务和数据局" in department.aliases
    assert any(d.name == "省政务和数据局" for d in made.coverage.doubtful)


def test_known_short_names_are_one_body() -> None:
    made = drafted("1.加强。（市发展和改革委员会负责）\n2.严查。（市发改委负责）")
    assert [d.name for d in made.plan.departments] == ["市发展和改革委员会"]
    assert {"市发改委", "市发展改革委"} <= set(made.plan.departments[0].aliases)


def test_a_near_miss_is_proposed_and_never_merged() -> None:
    assert near_misses(["市交通运输局", "市交通和运输局", "市公安局"]) == [
        ("市交通和运输局", "市交通运输局")
    ]
    made = drafted("1.加强。（市交通运输局负责）\n2.严查。（市交通和运输局负责）")
    assert [d.name for d in made.plan.departments] == ["市交通运输局", "市交通和运输局"]
    assert "# 待核：与“市交通运输局”是不是同一个单位？" in as_yaml(made)


def test_groups_stay_groups() -> None:
    made = drafted("1.加强。（各县（市、区）人民政府负责）")
    assert made.plan.departments[0].name == "各县（市、区）人民政府"
    assert "请补 members" in as_yaml(made)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("加强监管。对全市食堂检查。", "加强监管"),
        ("按照省里的要求，加快梳理三张清单，完成全部挂载，接入统一的平台。", "加快梳理三张清单"),
        ("指导各县（市、区）建立追溯体系，" + "推进" * 20, "指导各县（市、区）建立追溯体系"),
        ("严查" * 30, "严查" * 15),
        ("宣传", "宣传"),
    ],
)
def test_a_title_is_a_short_piece_that_says_what_is_done(text: str, title: str) -> None:
    assert short_title(text) == title
    assert title in text


def test_a_deadline_in_the_bracket_or_in_a_line_is_the_tasks() -> None:
    made = drafted(
        "某市2022年要点\n1.加强。（6月底完成，牵头单位：市公安局）\n"
        "2.严查。（5月底取得阶段性成效并持续推进，市公安局负责）\n"
        "3.宣传。\n责任单位：市公安局\n完成时限：9月底前\n4.年底前完成改造。（市公安局负责）"
    )
    dues = [str(task.due) for _, task in made.plan.tasks()]
    assert dues == ["2022-06-30", "None", "2022-09-30", "None"]
    assert "待核：时限“6月底完成”，按 2022-06-30 计" in made.notes["sections", 0, "tasks", 0]
    assert "持续推进" in made.notes["sections", 0, "tasks", 1][0]


@given(
    st.text(alphabet="一、:#-\"'[]{}&*!|>%@`\\ ~?=甲乙12是no.，\u3000（", min_size=1, max_size=12)
)
@settings(max_examples=300, deadline=None)
def test_any_words_survive_as_a_scalar(text: str) -> None:
    root, faults = parse(f"a: [{scalar(text)}]\nb: {scalar(text)}\n")
    assert faults == []
    assert root is not None
    assert root.plain() == {"a": [text], "b": text}


WORDS = (
    "一、 二、 （一） 1. 2. 3． （1） 加强监管 完成5批次 达到65%以上 。 ， ； （ ） 〔 〕 市公安局 "
    "市教育局 各县（市、区） 牵头 负责 配合 责任单位： 等部门 6月底前 持续推进 "
    "附件 “ ” : 和 、 2022年 问题一： ★ 分别 三十个 百分之九十 目标 达到12/10万以下"
)
CELLS = [
    "序号",
    "重点任务",
    "目标值",
    "责任单位",
    "配合单位",
    "1",
    "2",
    "完成5批次。",
    "市公安局",
    "各县",
]
PIECES = [
    *(*re.split(" ", WORDS), "\n", "\n\n", " #", "# ", "| a | b |\n"),
    *(f"{cell}{end}" for cell in CELLS for end in (" |\n", "\n", "\t", " ")),
    *("序号 |\n重点任务 |\n责任单位 |\n", "序号 类别 重点任务 责任单位\n", "|||\n"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_whatever_the_text_its_draft_is_a_valid_plan(text: str) -> None:
    made = drafted(text)
    if not made.coverage.tasks:
        return
    plan, problems = examining.examine(as_yaml(made).encode(), "x")
    assert not has_errors(problems), [str(problem) for problem in problems]
    assert plan == made.plan
    for _, task in made.plan.tasks():
        assert task.title in task.text


def test_the_open_list_and_the_label_are_in_the_draft() -> None:
    (task,) = tasks("（三）加强。（市公安局等部门负责）")
    assert (task.id, task.label, task.and_others) == (1, "（三）", True)
