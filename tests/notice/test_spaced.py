"""Tables out of a PDF: nothing but blanks between the cells."""

import pytest

from tests.notice.made import roles, tasks


def test_rows_whose_cells_blanks_part() -> None:
    text = (
        "某部关于量化指标分工的通知\n序号 工 作 任 务 牵头负责部门\n"
        "1 居民消费价格涨幅3%左右 发展改革委\n"
        "2 安排财政赤字2.18万亿元，赤字率提高到3% 财政部\n"
        "7 铁路投资8000亿元\n以上 发展改革委、交通运输部\n"
        "以上任务请抓紧落实。\n"
    )
    assert roles(text) == [
        {"lead": ("发展改革委",)},
        {"lead": ("财政部",)},
        {"lead": ("发展改革委", "交通运输部")},
    ]
    assert [task.text for task in tasks(text)][2] == "铁路投资8000亿元以上"
    assert [task.id for task in tasks(text)] in ([1, 2, 7], [1, 2, 3])


def test_several_columns_of_bodies_and_the_day() -> None:
    text = (
        "2024年重点任务\n序号 工作任务 牵头单位 配合单位 完成时限\n"
        "1 新建农贸市场2个 县商务局 县住建局、各乡镇 6月底前\n"
        "2 培训食品安全员100人 县市场监管局 12月底前\n"
    )
    assert roles(text) == [
        {"lead": ("县商务局",), "support": ("县住建局", "各乡镇")},
        {"lead": ("县市场监管局",)},
    ]
    assert str(tasks(text)[0].due) == "2024-06-30"


@pytest.mark.parametrize("head", ["序号 工作任务 备注", "工作任务 责任单位", "序号 责任单位"])
def test_other_lines_with_blanks_are_no_table(head: str) -> None:
    text = f"{head}\n1 查酒 县公安局\n2 查茶 县商务局\n1.查酒。（县公安局负责）\n"
    assert len(tasks(text)) == 1


def test_words_may_stand_in_several_columns() -> None:
    text = (
        "主要任务分解表\n序号 类别 主要任务 细化措施 牵头单位 参与单位 责任单位\n"
        "1 加强水资源保 护 严守红线 控制用水总量。到2020年，用水总量控制在11.88亿立方米以内。 "
        "市水利局 市发展改革委、市农业局等 "
        "各县（市、区）党委和人民政府，示范区、高新区党工委和管委会\n"
        "2  严守用水 效率 落实评估体系。 市水利局 市住房和城乡建设局 各县（市、区）政府\n"
        "3 水环境 治污 新建污水处理厂2座。 市水利局 市财政局 各县（市、区）政府\n"
    )
    first, second, third = tasks(text)
    assert (first.lead, first.support) == (("市水利局",), ("市发展改革委", "市农业局"))
    assert first.responsible == (
        "各县（市、区）党委和人民政府",
        "示范区",
        "高新区党工委和管委会",
    )
    assert second.support == ("市住房和城乡建设局",)
    assert third.text.startswith("治污")
    assert third.indicators[0].target == 2
