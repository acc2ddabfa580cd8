"""Texts that are a piece of a longer one, and tables whose cells strokes part."""

import pytest

from tests.notice.made import drafted, roles, tasks

AREA = "某县2024年工作要点\n一、主要任务\n"


def test_paragraphs_under_a_sentence_that_announces_them_are_tasks() -> None:
    text = (
        f"{AREA}（一）做强冷链。形成三级冷链网络。\n"
        "县城冷库：扩建一座。（牵头单位：县商务局，责任单位：县供销社）\n"
        "乡镇冷库：每镇一座。（牵头单位：县农业农村局，配合单位：县财政局）\n"
        "（二）做实检测。（县市场监管局负责）\n"
    )
    assert roles(text) == [
        {"lead": ("县商务局",), "responsible": ("县供销社",)},
        {"lead": ("县农业农村局",), "support": ("县财政局",)},
        {"responsible": ("县市场监管局",)},
    ]
    assert tasks(text)[1].text == "乡镇冷库：每镇一座。"


def test_a_sentence_broken_by_layout_announces_nothing() -> None:
    text = f"{AREA}（一）做强冷链，扩建县城冷库（县商务局负责），\n新建乡镇冷库。（县供销社负责）\n"
    assert len(tasks(text)) == 1


@pytest.mark.parametrize("star", ["*", "★", "△"])
def test_who_has_a_star_leads(star: str) -> None:
    text = f"{AREA}（一）查酒。（责任单位：{star}县公安局、县商务局）\n（二）查茶。（县商务局）\n"
    assert roles(text)[0] == {"lead": ("县公安局",), "responsible": ("县商务局",)}
    notes = [note for notes in drafted(text).notes.values() for note in notes]
    assert "待核：名称前有星号的按牵头单位计" in notes


def test_what_site_makers_keep_above_a_page_is_its_title_and_no_words() -> None:
    text = (
        "---\nlayout: notice\ntitle: 某县2024年餐饮安全工作要点\ntags:\n  - 餐饮\n---\n\n"
        "一、重点\n1.查酒。（县公安局负责）\n2.查茶。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert plan.title == "某县2024年餐饮安全工作要点"
    assert [task.text for _, task in plan.tasks()] == ["查酒。", "查茶。"]


def test_a_piece_of_a_text_without_line_breaks_begins_with_any_number() -> None:
    text = (
        "某县行动方案 二、重点任务（四）守住入口关。7.查验进货。登记造册。"
        "（县商务局牵头，县公安局配合）"
        "8.查验冷库。（县供销社负责）9.查验网店。（县公安局负责）"
    )
    assert roles(text) == [
        {"lead": ("县商务局",), "support": ("县公安局",)},
        {"responsible": ("县供销社",)},
        {"responsible": ("县公安局",)},
    ]


def test_a_figure_behind_a_sentence_begins_no_item() -> None:
    text = f"{AREA}（一）查酒。3.5万户全覆盖。第5条照办。（县公安局负责）\n（二）查茶。（县商务局）"
    assert len(tasks(text)) == 2


def test_a_chinese_number_may_have_a_blank_behind_it() -> None:
    text = (
        "某县2024年计划 特制定本计划。 一 完善制度 （一）查验 "
        "1.查酒。（县公安局负责） 2.查茶。（县商务局负责）"
    )
    assert [task.text for task in tasks(text)] == ["查酒。", "查茶。"]


def test_all_places_before_the_last_of_a_list_are_what_it_is() -> None:
    text = "某省要点\n1.查酒。（广州、深圳、东莞市政府负责）\n2.查茶。（省公安厅负责）"
    assert roles(text)[0] == {"responsible": ("广州市政府", "深圳市政府", "东莞市政府")}


def test_a_table_whose_rows_a_stroke_begins() -> None:
    text = (
        "某县2024年民生实事\n|\n序号 |\n项目名称 |\n投资（万元） |\n责任单位 |\n"
        "|\n1 |\n改造农贸市场 |\n300 |\n县商务局 |\n"
        "|\n2 |\n新建检测室 |\n80 |\n县市场监管局、\n县财政局 |\n"
    )
    assert roles(text) == [
        {"responsible": ("县商务局",)},
        {"responsible": ("县市场监管局", "县财政局")},
    ]


def test_rows_below_a_merged_cell_have_its_bodies() -> None:
    text = (
        "某县2024年民生实事\n序号 | 项目内容 | 进展 | 责任单位 |\n"
        "1 | 新建驿站7家。 | 建成3家。 | 县卫健局 |\n新增托位500个。 | 新增200个。 | ||\n"
        "2 | 新增线路3条。 | 无 | 县交通局 |\n | 优化线路20条。 | 完成 |  |\n"
    )
    assert [(task.text, task.responsible) for task in tasks(text)] == [
        ("新建驿站7家", ("县卫健局",)),
        ("新增托位500个", ("县卫健局",)),
        ("新增线路3条", ("县交通局",)),
        ("优化线路20条", ("县交通局",)),
    ]
