"""Small words that decide: at the head of titles, in spans of days, behind names, in cells."""

import datetime as dt

import pytest

from foodsafety_cli.model.plan import Period
from foodsafety_cli.notice.dates import deadlines
from tests.notice.made import drafted, roles, table, tasks

_YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
_BY = "（县水利局负责）"


@pytest.mark.parametrize(
    ("bracket", "meant"),
    [
        ("县公安局；考核单位：县食安办", ("县公安局",)),
        ("考核单位：县食安办；责任单位：县公安局", ("县公安局",)),
        ("责任单位：县公安局，考核单位：县食安办，县教育局", ("县公安局",)),
    ],
)
def test_who_assesses_beside_who_answers(bracket: str, meant: tuple[str, ...]) -> None:
    assert roles(f"1.清淤。（{bracket}）\n") == [{"responsible": meant}]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7月1日至9月30日，检查12家企业", dt.date(2024, 9, 30)),
        ("从7月1日至9月30日，检查12家企业", dt.date(2024, 9, 30)),
        ("2024年3月—11月，开展排查", dt.date(2024, 11, 30)),
        ("整治完成时限为10月31日", dt.date(2024, 10, 31)),
        ("2024年起开展检查", None),
        ("2024年1月1日至12月31日，对不裁员的企业返还50%", None),
    ],
)
def test_spans_and_words_before_days(text: str, day: dt.date | None) -> None:
    assert [one.date for one in deadlines(text, _YEAR)] == ([day] if day else [])


def test_a_year_from_which_on_is_no_figure_s_day() -> None:
    (task,) = tasks(f"某县2024—2026年方案\n1.检查。2025年起每年检查12家。{_BY}\n")
    assert task.indicators[0].due is None


def test_two_names_of_other_levels_in_one_word_are_one() -> None:
    assert roles("1.清淤。（县农业农村局市场信息科负责）\n") == [
        {"responsible": ("县农业农村局市场信息科",)}
    ]


def test_the_first_leads_in_what_follows() -> None:
    text = (
        f"1.清淤。{_BY}\n2.护坡。以下任务列第一位的为牵头单位。（县水利局、县公安局）\n"
        "3.绿化。（县林业局、县财政局）\n"
    )
    assert roles(text)[2] == {"lead": ("县林业局",), "responsible": ("县财政局",)}


def test_a_page_s_end_before_an_item_is_an_end() -> None:
    text = f"1.清淤。抓好河道，抓好沟渠，抓好塘坝清淤工作{_BY}\n* * *\n2.护坡。{_BY}\n"
    assert [task.title for task in tasks(text)] == ["清淤", "护坡"]


def test_a_sixth_item_in_the_line_that_begins_with_a_day() -> None:
    text = f"一、任务 1.1月底前清淤。{_BY}2.2月底前护坡。{_BY}3.绿化。{_BY}"
    assert len(tasks(text)) == 3


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("【重点工作】青山县2024年食品安全工作要点", "青山县2024年食品安全工作要点"),
        ("青山县整改清单\n（餐饮油烟部分）", "青山县整改清单（餐饮油烟部分）"),
    ],
)
def test_what_a_title_begins_and_ends_with(head: str, title: str) -> None:
    assert drafted(f"{head}\n1.清淤。{_BY}\n").plan.title == title


def test_a_label_behind_a_dash() -> None:
    text = "1.清淤。疏通河道。—责任单位：县水利局\n2.护坡。加固堤防。★责任单位：县住建局\n"
    assert roles(text) == [{"responsible": ("县水利局",)}, {"responsible": ("县住建局",)}]


def test_a_time_of_work_that_is_told_in_a_sentence() -> None:
    text = f"某县创建方案\n创建期为2021年5月至2022年12月\n1.清淤。{_BY}\n"
    assert drafted(text).plan.period == Period(dt.date(2021, 5, 1), dt.date(2022, 12, 31))


@pytest.mark.parametrize(
    ("target", "text"), [("85左右", "满意度85%左右"), ("85%以上", "满意度85%以上")]
)
def test_bounds_in_a_cell(target: str, text: str) -> None:
    made = table("指标|目标值|单位|责任单位", "---|---|---|---", f"满意度|{target}|%|县食安办")
    assert [task.text for task in tasks(made)] == [text]


def test_bold_cells_are_read_without_their_signs() -> None:
    text = table(
        "类别|任务|责任单位", "---|---|---", "**一、监管**|清淤|县水利局", "|护坡|县住建局"
    )
    assert [section.title for section in drafted(text).plan.sections] == ["监管"]
