"""Ranges and what is said in words: one figure of two, told; none where no figure stands."""

import pytest

from tests.notice.made import drafted, tasks

NOTICE = "松溪县2024年工作方案\n1.做好工作。{}（县发改局负责）\n"


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("收购秋粮12万～14万吨。", "120000 吨"),
        ("改造危房700—900户。", "700 户"),
        ("投入资金2亿—3亿元。", "2 亿元"),
        ("财政收入增长5%—8%。", "5 %"),
        ("失水率控制在2%—3%以内。", "3 %"),  # at most: what must not be passed
        ("投诉3至5个工作日内办结。", "5 个工作日"),
    ],
)
def test_of_a_range_the_least_is_asked_for_and_of_a_limit_the_most(words: str, figure: str) -> None:
    found = drafted(NOTICE.format(words))
    (task,) = [task for _, task in found.plan.tasks()]
    (one,) = task.indicators
    assert f"{one.target} {one.unit}" == figure
    assert any("原文是" in note for notes in found.notes.values() for note in notes)


def test_a_rise_is_no_range() -> None:
    (task,) = tasks(NOTICE.format("覆盖率由50%提高到70%。"))
    assert [str(one.target) for one in task.indicators] == ["70"]


@pytest.mark.parametrize(
    "words", ["总产值较2020年翻一番", "办结时限压缩一半", "排名进入全省前三名", "事故零发生"]
)
def test_what_is_said_in_words_is_told(words: str) -> None:
    found = drafted(NOTICE.format(f"{words}。"))
    assert [one.text for one in found.coverage.figures_not_taken] == [words]
