"""Tables written in signs, in which merged cells are left out or empty."""

from tests.notice.made import drafted, roles, table, tasks

_HEAD = ("序号|领域|任务|责任部门", "---|---|---|---")


def test_rows_that_lack_cells_are_put_under_their_titles() -> None:
    text = table(
        *_HEAD,
        "一、更新设备",
        "1|工业|改造项目30个以上。|市工信局",
        "2|新建5家示范工厂。|市工信局、市发改委",
        "3|加快支撑性项目建设。",
        "二、以旧换新",
        "4|车辆|开展促消费活动。|市商务局",
        "5|家电产品|开展送货下乡。",
    )
    assert roles(text) == [
        {"responsible": ("市工信局",)},
        {"responsible": ("市工信局", "市发改委")},
        {"responsible": ("市工信局", "市发改委")},
        {"responsible": ("市商务局",)},
        {"responsible": ("市商务局",)},
    ]
    assert [task.text for task in tasks(text)] == [
        "改造项目30个以上",
        "新建5家示范工厂",
        "加快支撑性项目建设",
        "开展促消费活动",
        "开展送货下乡",
    ]
    assert [section.title for section in drafted(text).plan.sections] == ["更新设备", "以旧换新"]


def test_who_is_responsible_for_a_row_stands_above_it_where_it_names_nobody() -> None:
    text = table(
        "责任部门|序号|任务内容|配合部门",
        "---|---|---|---",
        "县市场监管局|1|完成抽检4800批次|县农业农村局",
        "|2|每年检查不少于4次|各乡镇",
        "县教育局|3|开展护校园行动|",
        "|4|举办评比|",
    )
    assert roles(text) == [
        {"responsible": ("县市场监管局",), "support": ("县农业农村局",)},
        {"responsible": ("县市场监管局",), "support": ("各乡镇",)},
        {"responsible": ("县教育局",)},
        {"responsible": ("县教育局",)},
    ]


def test_nobody_answers_for_a_row_under_another_heading_or_for_a_sum() -> None:
    text = table(
        "序号|任务|责任单位",
        "---|---|---",
        "1|建市场3个|市商务局",
        "合计|3个|",
        "二、其他||",
        "2|做好宣传|",
    )
    assert roles(text) == [{"responsible": ("市商务局",)}]


def test_a_helper_is_not_handed_down() -> None:
    text = table(
        "序号|任务|责任单位|配合单位",
        "---|---|---|---",
        "1|建市场3个|市商务局|市城管局",
        "2|做好宣传|市司法局|",
    )
    assert roles(text)[1] == {"responsible": ("市司法局",)}


def test_a_row_without_its_empty_last_cells_stays_where_it_is() -> None:
    text = table(
        "序号|类别|任务|责任单位|备注",
        "---|---|---|---|---",
        "1|工业|改造项目30个|市工信局",
        "2|商业|建市场3个|市商务局|年底前",
    )
    assert [task.text for task in tasks(text)] == ["改造项目30个", "建市场3个"]


def test_feet_and_parts_of_a_table_are_nobody_s() -> None:
    text = table(
        "序号|任务|责任单位",
        "---|---|---",
        "1|清淤|县公安局",
        "第二部分|民生任务|",
        "2|护坡|县水利局",
        "填表人|张三|",
        "备注|数据截至6月|",
    )
    assert [task.text for task in tasks(text)] == ["清淤", "护坡"]


def test_numbers_of_two_parts_count_rows_that_lack_cells() -> None:
    text = table(
        "序号|领域|任务|责任单位",
        "---|---|---|---",
        "4-1|工业|改造30个。|市工信局",
        "4-2|新建5家。|市工信局",
    )
    assert [section.title for section in drafted(text).plan.sections] == ["工业"]
    assert [task.text for task in tasks(text)] == ["改造30个", "新建5家"]
