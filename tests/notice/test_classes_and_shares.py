"""Sizes that name a class, shares that are taken of something, units, problems, days in figures."""

import pytest

from tests.notice.made import drafted, tasks
from tests.notice.test_figures_told_otherwise import figures


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("新建3000吨级救助船1艘、60米级巡逻船3艘。", [(1, "艘"), (3, "艘")]),
        ("建成5万吨级泊位4个。", [(4, "个")]),
        ("安装率达到100%，50公斤气瓶一律淘汰。", [(100, "%")]),
        ("清理河道两侧500米范围内堆场126处。", [(126, "处")]),
        ("对49吨以上货车一律劝返。", []),
        ("拿出不低于10%的岗位招录退役军人。", [(10, "%")]),
        ("按不少于在用电梯10%的比例抽查。", [(10, "%")]),
        ("为每家机构提供不少于2次的健康指导。", [(2, "次")]),
        ("面积不少于50平方米的商户落实登记。", []),
        ("贷款平均利率下降50个基点。", [(50, "个基点")]),
        ("国际航线恢复至2019年同期的60%。", [(60, "%")]),
        ("高风险账户数量压降25%。", [(25, "%")]),
        ("参数由1860项扩项至2500项，检测人员由20人扩充至35人。", [(2500, "项"), (35, "人")]),
        ("覆盖率由60%左右提高到85%。", [(85, "%")]),
        ("开展公开课400节，举办讲座20讲。", [(400, "节"), (20, "讲")]),
        ("现场指导3000桌次，采集样品300份次。", [(3000, "桌次"), (300, "份次")]),
        ("抽检2.2万头份，抽查150个批次。", [(22000, "头份"), (150, "批次")]),
        ("培训600人（次）。", [(600, "人（次）")]),
        ("日均供餐能力提高到9000客，发放标识2000副。", [(9000, "客"), (2000, "副")]),
        ("用水节约2节约3。", []),
        ("送书上门1万册次，提供岗位6万个次。", [(10000, "册次"), (60000, "个次")]),
        ("举办读书月1届、活动1200场。", [(1, "届"), (1200, "场")]),
        ("可调节课桌椅配备率不低于90%。", [(90, "%")]),
    ],
)  # fmt: skip
def test_figures(sentence: str, meant: list[tuple[int, str]]) -> None:
    assert [(int(figure), unit) for _, figure, unit in figures(sentence)] == meant


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("化肥、农药利用率分别提高到44%、43%。", ["化肥利用率", "农药利用率"]),
        (
            "学校食堂、中央厨房“明厨亮灶”接入率分别达到100%、95%。",
            ["学校食堂“明厨亮灶”接入率", "中央厨房“明厨亮灶”接入率"],
        ),
        ("处置率、满意率分别达到98%、90%。", ["处置率", "满意率"]),
        ("使用冻品原料查验率100%。", ["使用冻品原料查验率"]),
    ],
)
def test_names(sentence: str, names: list[str]) -> None:
    assert [name for name, _, _ in figures(sentence)] == names


@pytest.mark.parametrize("label", ["问题表现", "存在问题", "问题"])
@pytest.mark.parametrize("asked", ["整改措施", "整改目标"])
def test_a_problem_below_a_heading_sets_no_target(label: str, asked: str) -> None:
    text = (
        "某县2024年食品安全问题整改清单\n（一）投诉处置不及时。\n"
        f"{label}：复议纠错率达8%，不合格21批次。\n{asked}：复议纠错率降至3%以下。\n责任单位：县司法局\n"
    )
    (task,) = tasks(text)
    assert [(one.name, str(one.target)) for one in task.indicators] == [("复议纠错率", "3")]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("6.30", "2024-06-30"),
        ("8.15前", "2024-08-15"),
        ("20240630", "2024-06-30"),
        ("2024.6-2024.8", "2024-08-31"),
        ("3月底、6月底、9月底", "2024-09-30"),
        ("3月底、6月底、9月底、12月底", ""),
        ("上半年、下半年各1次", ""),
        ("每年10月至次年3月", ""),
        ("提高到8.5%，6月底前", "2024-06-30"),
    ],
)
def test_days(said: str, day: str) -> None:
    text = (
        "某县2024年重点工作清单\n一、监管\n1.做好监管，新建快检室5个。\n责任单位：县公安局\n"
        f"完成时限：{said}\n"
    )
    (task,) = [task for _, task in drafted(text).plan.tasks()]
    assert str(task.due or "") == day


def test_what_is_wrong_stands_in_a_column_of_its_own() -> None:
    text = (
        "序号,反馈问题,整改措施,整改目标,牵头单位,责任单位,整改时限\n"
        "1,抽查3个县有1个未公示,修订责任清单,公示率达到100%,市食安办,市司法局,6月底\n"
        "2,检查28家有9家不合格,实施改造,改造小餐饮1500家,市司法局,市城管局,10月底\n"
    )
    found = [[f"{i.target}{i.unit}" for i in task.indicators] for task in tasks(text)]
    assert found == [["100%"], ["1500家"]]


@pytest.mark.parametrize("label", ["【完成时限】", "【整改时限】", "【完成时间】"])
def test_a_day_behind_a_label_in_brackets(label: str) -> None:
    text = (
        "某区2025年任务分解\n一、整治\n1.严查油烟。完成治理65家。\n【牵头部门】区城管局\n"
        f"【配合部门】区教育局\n{label}2025年10月\n"
    )
    (task,) = tasks(text)
    assert (str(task.due), [f"{i.target}{i.unit}" for i in task.indicators]) == (
        "2025-10-31",
        ["65家"],
    )
