"""Rules of notices that other offices write: days in labels, names, each figure's own day."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.notice.made import drafted, roles, tasks

HEAD = "某市2026年防汛工作安排\n一、抓落实\n"
YEARS = "某市防汛三年行动方案（2024—2026年）\n一、抓落实\n"
NOVEMBER = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    "lines",
    [
        "责任单位：市水利局\n完成时限：2026年11月30日",
        "完成时限：2026年11月30日\n责任单位：市水利局",
        "责任单位：市水利局\n时间要求：11月30日前",
        "责任单位：市水利局\n时间安排：11月底",
        "责任单位：市水利局。完成时限：11月底。",
        "（责任单位：市水利局）（完成时限：11月30日）",
        "【责任单位：市水利局】【完成时间：2026年11月30日】",
    ],
)
@pytest.mark.parametrize("after", ["", "\n2．加固堤防。（市水利局）"])
def test_a_day_in_a_label_is_the_tasks(lines: str, after: str) -> None:
    first, *_ = tasks(f"{HEAD}1．疏浚河道。\n{lines}{after}")
    assert (first.due, first.responsible) == (NOVEMBER, ("市水利局",))
    assert "时限" not in first.text
    assert first.indicators == ()


def test_a_heading_over_a_paragraph_and_its_labels_is_one_task() -> None:
    body = "（一）疏浚河道\n清淤河道26公里。\n责任单位：市水利局\n完成时限：10月底\n"
    more = "（二）加固堤防\n对堤防开展检查。\n责任单位：市住建局"
    found = tasks(f"{HEAD}{body}{more}")
    assert [task.title for task in found] == ["疏浚河道", "加固堤防"]
    assert found[0].due == dt.date(2026, 10, 31)


def test_a_label_after_a_comma_names_who_answers() -> None:
    (task,) = tasks(f"{HEAD}1．清淤河道26公里，责任单位：市水利局，完成时限：10月底")
    assert (task.responsible, task.due) == (("市水利局",), dt.date(2026, 10, 31))


ROLES = {
    "（市水利局等市有关部门，各县区负责）": {"responsible": ("市水利局", "各县区")},
    "（市水利局等市政府有关部门、各镇按职责分工负责）": {"responsible": ("市水利局", "各镇")},
    "（市政府督查室负责）": {"responsible": ("市政府督查室",)},
    "（市林场负责）": {"responsible": ("市林场",)},
    "（青山调查队牵头，各村配合）": {"lead": ("青山调查队",), "support": ("各村",)},
    "（市水利局、市农商行、市委史志室）": {"responsible": ("市水利局", "市农商行", "市委史志室")},
    "（市水利局负责，以下任务均需各镇落实，不再列出）": {"responsible": ("市水利局",)},
    "（市水利局、市住建局按照“谁建谁管”要求分别负责）": {"responsible": ("市水利局", "市住建局")},
    "（由市水利局、市住建局按“谁建谁管”原则落实）": {"responsible": ("市水利局", "市住建局")},
    "由市水利局牵头，市消防大队、各镇（街道）配合。": {
        "lead": ("市水利局",), "support": ("市消防大队", "各镇（街道）"),
    },
    "（各县（市、区）党委和政府、市直有关单位）": {
        "responsible": ("各县（市、区）党委和政府", "市直有关单位"),
    },
    "（市直有关部门、单位，各县区按职责分工负责）": {
        "responsible": ("市直有关部门、单位", "各县区"),
    },
    "（各园区、市公安局负责）": {"responsible": ("各园区", "市公安局")},
    "（市委组织部、宣传部、统战部负责）": {
        "responsible": ("市委组织部", "市委宣传部", "市委统战部"),
    },
    "（市水利局牵头，11月30日前完成，并长期坚持）": {"lead": ("市水利局",)},
    "〔市水利局（牵头），市林业局、市公安局（配合）〕": {
        "lead": ("市水利局",), "support": ("市林业局", "市公安局"),
    },
}  # fmt: skip


@pytest.mark.parametrize("bracket", ROLES)
def test_who_does_what_in_others_words(bracket: str) -> None:
    (found,) = roles(f"{HEAD}1．疏浚河道。{bracket}")
    assert found == ROLES[bracket]


def figures(text: str, head: str = HEAD) -> list[tuple[str, Decimal | None, dt.date | None]]:
    (task,) = tasks(f"{head}1．疏浚河道。{text}（市水利局）")
    return [(one.name, one.target, one.due) for one in task.indicators]


def test_each_figure_has_its_own_day() -> None:
    end = [dt.date(2024, 12, 31), dt.date(2025, 12, 31), None]
    found = figures("达标率2024年达到80%，2025年达到90%。", YEARS)
    assert [due for _, _, due in found] == end[:2]
    found = figures("2024、2025、2026年分别建成泵站1座、2座、3座。", YEARS)
    assert [(int(target or 0), due) for _, target, due in found] == list(
        zip((1, 2, 3), end, strict=True)
    )
    assert found[0][0] == "泵站"
    found = figures("到2025年底达标率达到90%。到2026年，达标率达到95%。", YEARS)
    assert [due for _, _, due in found] == end[1:]
    found = figures("今年三季度末覆盖率达到60%，年底前达到80%。")
    assert [due for _, _, due in found] == [dt.date(2026, 9, 30), None]
    assert [name for name, _, _ in found] == ["覆盖率", "覆盖率2"]


def test_what_is_beyond_the_period_is_to_be_reviewed() -> None:
    draft = drafted(f"{HEAD}1．疏浚河道。到2028年培育企业3家。（市水利局）")
    assert any("在工作期以外" in note for notes in draft.notes.values() for note in notes)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("接入视频监控5万路。", [50000]),
        ("培训时长不少于40小时。", [40]),
        ("成交额25亿元、同比增长12%。", [25, 12]),
        ("参保企业200家以上、保费补贴比例不高于50%。", [200, 50]),
        ("查处率、移送率均达到100%。", [100, 100]),
        ("培育5亿元以上企业3家。", [3]),
        ("春秋季各开展一次全覆盖检查。", []),
        ("紧扣均衡化发展39项指标。", []),
    ],
)
def test_figures_that_are_targets_and_such_as_are_none(text: str, meant: list[int]) -> None:
    assert [int(target or 0) for _, target, _ in figures(text)] == meant


def test_limits_in_a_row_are_all_limits() -> None:
    text = "甲河、乙河、丙河损失率分别控制在2.8%、2%、3%以内。"
    (task,) = tasks(f"{HEAD}1．疏浚河道。{text}（市水利局）")
    assert [one.at_most for one in task.indicators] == [True, True, True]


def test_each_of_many_has_its_own_target() -> None:
    for text in ("每校不少于2批次。", "评比“最美河道”每镇3个。"):
        (task,) = tasks(f"{HEAD}1．疏浚河道。{text}（市水利局）")
        assert [one.each for one in task.indicators] == [True], text


def test_a_box_above_a_paper_says_who_and_when() -> None:
    box = "标题：清河市2026年防汛工作安排\n发文机关：清河市人民政府办公室\n成文日期：2026-01-27\n"
    plan = drafted(f"{box}一、抓落实\n1．疏浚河道。（市水利局）").plan
    assert (plan.issuer, plan.issued_on) == ("清河市人民政府办公室", dt.date(2026, 1, 27))


def test_two_issuers_and_years_in_the_next_line() -> None:
    who = "中共清河市委办公室 清河市人民政府办公室"
    head = f"{who}\n关于印发清河市防汛行动方案\n（2025—2026年）的通知\n"
    plan = drafted(f"{head}一、抓落实\n1．疏浚河道。（市水利局）").plan
    assert plan.issuer == "中共清河市委办公室、清河市人民政府办公室"
    assert plan.title == "清河市防汛行动方案（2025—2026年）"


def test_a_sections_title_is_its_short_line() -> None:
    text = "某市2026年防汛工作安排\n一、严守堤防\n到2026年，堤防达标率达到95%，确保安全度汛。\n"
    plan = drafted(f"{text}（一）疏浚河道。（市水利局）\n（二）加固堤防。（市住建局）").plan
    assert plan.sections[0].title == "严守堤防"


def test_a_column_of_targets_and_one_of_their_units() -> None:
    table = (
        "| 序号 | 指标名称 | 单位 | 2026年目标值 | 责任部门 |\n|---|---|---|---|---|\n"
        "| 1 | 堤防达标率 | % | ≥98 | 市水利局 |\n| 2 | 水质监测 | 批次/千人 | 4.5 | 市住建局 |\n"
    )
    first, second = tasks(f"某市2026年防汛工作安排\n\n{table}")
    assert (first.responsible, second.responsible) == (("市水利局",), ("市住建局",))
    (one,), (two,) = first.indicators, second.indicators
    assert (one.name, one.target, one.unit) == ("堤防达标率", Decimal(98), "%")
    assert (two.name, two.target, two.unit) == ("水质监测", Decimal("4.5"), "批次/千人")
