"""Days that stand behind what they are for: 安装减速带80条，5月底前完成."""

import pytest

from tests.notice.made import tasks


def asked(sentence: str) -> list[tuple[str, str]]:
    """What a task of these words asks for, and by when in its year."""
    (task,) = tasks(f"某镇2022年工作安排\n一、整治隐患\n1.排查隐患。{sentence}（镇应急办负责）\n")
    found = [(one.name, one.due.strftime("%m-%d") if one.due else "") for one in task.indicators]
    return found or [("", task.due.strftime("%m-%d") if task.due else "")]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("安装减速带80条，5月底前完成。", [("安装减速带", "05-31")]),
        ("整治内涝点9处，力争6月15日前全部完工。", [("整治内涝点", "06-15")]),
        ("形成课题成果10篇，二季度完成。", [("形成课题成果", "06-30")]),
        (
            "加装护栏6公里，3月底前完成，安装减速带80条，5月底前完成。",
            [("加装护栏", "03-31"), ("安装减速带", "05-31")],
        ),
        (
            "加装护栏6公里。安装减速带80条，5月底前完成。",
            [("加装护栏", ""), ("安装减速带", "05-31")],
        ),
        (
            "加装护栏6公里。安装减速带80条。以上工作5月底前完成。",
            [("加装护栏", "05-31"), ("安装减速带", "05-31")],
        ),
        ("安装减速带80条，6月底完成、12月底前验收。", [("安装减速带", "06-30")]),
        (
            "建立数据库，9月底前完成。安装减速带80条。",
            [("安装减速带", ""), ("建立数据库", "09-30")],
        ),
        (
            "招聘教师60名，招聘工作于8月底前完成。",
            [("教师", ""), ("招聘工作", "08-31")],
        ),
        (
            "县级预案3月底前完成，乡级预案6月底前完成。",
            [("县级预案", "03-31"), ("乡级预案", "06-30")],
        ),
        ("建立数据库，9月底前全部完成。", [("", "09-30")]),
        (
            "安装减速带80条，9月20日前后开展宣传。",
            [("安装减速带", ""), ("开展宣传", "09-20")],
        ),
    ],
)
def test_a_day_behind_is_of_what_stands_before_it(
    sentence: str, meant: list[tuple[str, str]]
) -> None:
    assert asked(sentence) == meant


def test_each_step_quotes_its_own_clause_as_it_is_printed() -> None:
    (task,) = tasks(
        "某镇2022年工作安排\n一、整治隐患\n"
        "1.排查隐患。县级预案３月底前完成，乡级预案６月底前完成。（镇应急办负责）\n"
    )
    assert [one.quote for one in task.indicators] == [
        "县级预案３月底前完成",
        "乡级预案６月底前完成",
    ]
