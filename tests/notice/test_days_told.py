"""Times that no indicator is due on: a step of its own where something is to be done, else told."""

import pytest

from tests.notice.made import drafted, tasks

NOTICE = "某县2024年工作安排\n一、建设\n1.建设客运站。{}（县交通运输局负责）\n"


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (
            "改造客运站6个，二季度开工，三季度投入使用。",
            [("改造客运站", ""), ("开工", "06-30"), ("投入使用", "09-30")],
        ),
        (
            "6月份启动检测，检测桥梁120座，9月份完成整改。",
            [("检测桥梁", ""), ("启动检测", "06-30"), ("整改", "09-30")],
        ),
        (
            "一季度制定方案，二季度开工。",
            [("制定方案", "03-31"), ("开工", "06-30")],
        ),
        ("一季度制定方案。", []),  # by when all of it is to be done
        (
            "第三季度建成城东处理厂，新增处理能力200吨。",
            [("处理能力", ""), ("建成城东处理厂", "09-30")],
        ),
    ],
)
def test_what_is_to_be_done_in_a_month_or_a_quarter_is_a_step(
    words: str, steps: list[tuple[str, str]]
) -> None:
    (task,) = tasks(NOTICE.format(words))
    found = [(one.name, one.due.strftime("%m-%d") if one.due else "") for one in task.indicators]
    assert found == steps


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("5月、11月各开展1次集中宣传，改造客运站6个。", ["5月、11月各开展1次集中宣传"]),
        ("春节前开展1次专项整治，改造客运站6个。", ["春节前开展1次专项整治"]),
        ("改造客运站6个，迎接主汛期到来前的检查。", ["主汛期到来前的检查"]),
        ("改造客运站6个，次年1月底前验收。", ["次年1月底前验收"]),
        ("改造客运站6个，7个工作日内上报率达到100%。", []),
        ("改造客运站6个，6月底前完成。", []),
        ("较2023年底增长8%，改造客运站6个。", []),
        ("按照《关于2024年6月底前改造客运站的通知》，改造客运站6个。", []),
        ("每年6月底前公布名单，改造客运站6个。", []),
        ("改造客运站6个，2024年6月1日起试行。", []),
    ],
)
def test_a_time_that_no_due_comes_from_is_told(words: str, told: list[str]) -> None:
    found = drafted(NOTICE.format(words)).coverage.days_not_taken
    assert [(one.line, one.text) for one in found] == [(3, words) for words in told]
