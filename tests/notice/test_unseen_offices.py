"""Rules that notices of other offices showed: heads of tables, periods, limits, names, dates."""

from decimal import Decimal

import pytest

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.plan import Task
from foodsafety_cli.notice import pdf
from foodsafety_cli.notice.tables import UNREAD, Told, as_lines
from foodsafety_cli.notice.webpage import page_lines
from tests.notice.made import drafted

HEAD = "某县2024年食品安全工作要点\n一、加强监管\n"
REST = "\n（二）做好宣传。（县委宣传部负责）\n"


def first(text: str) -> Task:
    return next(task for _, task in drafted(text).plan.tasks())


def figures(sentence: str) -> list[tuple[str, Decimal, str]]:
    draft = drafted(f"{HEAD}（一）{sentence}（县公安局负责）{REST}")
    task = draft.plan.sections[0].tasks[0]
    return [(i.name, i.target or Decimal(0), i.unit) for i in task.indicators]


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("视频在线率不得低于95%。", [("视频在线率", 95, "%")]),
        ("抽测柴油车3500辆次。", [("抽测柴油车", 3500, "辆次")]),
        ("新建公共充电桩1500根。", [("公共充电桩", 1500, "根")]),
        ("食盐摄入量不高于9克。", [("食盐摄入量", 9, "克")]),
        ("取消证明材料20余项。", [("取消证明材料", 20, "项")]),
        ("对标达标企业40家。", [("对标达标企业", 40, "家")]),
        ("举报奖励资金发放率100%。", [("举报奖励资金发放率", 100, "%")]),
        ("抽检火锅底料、蘸料等220批次。", [("抽检火锅底料、蘸料等", 220, "批次")]),
        ("全年完成食品抽检1200批次。", [("食品抽检", 1200, "批次")]),
        ("办结率要达到100%。", [("办结率", 100, "%")]),
        ("督导完成率、问题整改率达到100%。", [("督导完成率", 100, "%"), ("问题整改率", 100, "%")]),
        ("调整后3日内公示。", []),
        ("自收到之日起5个工作日内办结。", [("", 5, "个工作日")]),
    ],
)
def test_figures_of_other_offices(sentence: str, meant: list[tuple[str, int, str]]) -> None:
    found = [(figure, unit) for _, figure, unit in figures(sentence)]
    assert found == [(Decimal(figure), unit) for _, figure, unit in meant]
    if meant and meant[0][0]:
        assert [name for name, _, _ in figures(sentence)] == [name for name, _, _ in meant]


@pytest.mark.parametrize(
    ("sentence", "is_most"),
    [("投诉率不得超过5%。", True), ("覆盖率不应低于95%。", False), ("处置率不得少于95%。", False)],
)
def test_a_minimum_is_no_limit(sentence: str, is_most: bool) -> None:
    draft = drafted(f"{HEAD}（一）{sentence}（县公安局负责）{REST}")
    (indicator,) = draft.plan.sections[0].tasks[0].indicators
    assert indicator.at_most is is_most


def test_what_is_done_every_quarter_is_done_by_each() -> None:
    draft = drafted(f"{HEAD}（一）加强督导，每季度至少督导一次。（县公安局、县司法局负责）{REST}")
    (indicator,) = draft.plan.sections[0].tasks[0].indicators
    assert (indicator.target, indicator.unit, indicator.each) == (Decimal(1), "次", True)
    assert indicator.quote == "每季度至少督导一次"


@pytest.mark.parametrize(
    ("bracket", "names"),
    [
        ("县市场监管局、县公安局等相关执法部门负责", ["县市场监管局", "县公安局"]),
        ("县公安局等县级行政执法部门负责", ["县公安局"]),
        ("县财政局负责，各市、县级人民政府落实", ["县财政局", "各市、县级人民政府"]),
        ("县住建局负责，各乡镇、街道落实", ["县住建局", "各乡镇、街道"]),
        ("县公安局负责，县政府督查室督办", ["县公安局", "县政府督查室"]),
        ("县公安局负责，消防大队按职责负责", ["县公安局", "县消防大队"]),
    ],
)
def test_names_of_other_offices(bracket: str, names: list[str]) -> None:
    assert list(first(f"{HEAD}（一）加强监管。检查一批。（{bracket}）{REST}").responsible) == names


def test_who_helps_to_look_into_it_supports() -> None:
    text = f"{HEAD}（一）加强。（县公安局负责，县司法局协抓、县文旅局协查）{REST}"
    assert list(first(text).support) == ["县司法局", "县文旅局"]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("前端采集设备全部更新。", "前端采集设备全部更新"),
        ("中秋节前对月饼生产企业逐户检查。", "对月饼生产企业逐户检查"),
        ("全年完成食品抽检1200批次。", "完成食品抽检1200批次"),
        ("今年内将供餐单位纳入智慧监管。", "将供餐单位纳入智慧监管"),
        ("坚持问题导向，严查制假售假。", "严查制假售假"),
    ],
)
def test_titles_say_what_is_done(sentence: str, title: str) -> None:
    draft = drafted(f"{HEAD}（一）{sentence}（县公安局负责）{REST}")
    assert draft.plan.sections[0].tasks[0].title == title


def test_a_year_by_which_something_is_reached_makes_the_period_longer() -> None:
    draft = drafted(f"{HEAD}（一）到2025年，培育龙头企业30家以上。（县公安局负责）{REST}")
    assert draft.plan.period.end.year == 2025


@pytest.mark.parametrize("head", ["责任事项", "责任内容", "分工任务", "主要职责"])
def test_a_matter_is_no_body(head: str) -> None:
    rows = f"| 序号 | {head} | 具体要求 | 牵头部门 |\n|---|---|---|---|\n"
    rows += "| 1 | 校园安全 | 检查14所学校 | 县教育局 |\n| 2 | 冷链 | 检查冷库8座 | 县商务局 |\n"
    draft = drafted(f"某县2024年食品安全工作要点\n{rows}")
    tasks = [task for _, task in draft.plan.tasks()]
    assert [task.lead for task in tasks] == [("县教育局",), ("县商务局",)]
    assert tasks[0].text.startswith("校园安全")


def test_signs_of_italics_are_no_part_of_a_bracket() -> None:
    text = f"{HEAD}1. 新改建户厕200座。*（县农业农村局、县财政局）*\n2. 检查。_（县公安局）_\n"
    assert len(list(drafted(text).plan.tasks())) == 2


def test_a_wrapped_line_is_no_heading() -> None:
    draft = drafted(
        f"{HEAD}1. 指导各县建立全链条追溯体系，逐步引导食用\n"
        "农产品批发市场追溯管理。（县市场监管局负责）\n"
        "2. 健全标准规范。（县交通局负责）\n"
        "3. 加大抽检力度，按时公布抽检结果。（县卫健局负责）\n做好宣传教育。（县委宣传部负责）\n"
    )
    assert next(task for _, task in draft.plan.tasks()).text.startswith(
        "指导各县建立全链条追溯体系"
    )


def test_many_days_and_many_equal_cells_take_no_time() -> None:
    draft = drafted(f"{HEAD}（一）做好监管。{'年底前，' * 20_000}完成。（县公安局负责）{REST}")
    assert len(list(draft.plan.tasks())) == 2
    lines = as_lines([(1, ["序号", "任务", "责任单位"]), (2, ["做好工作"] * 200_000)])
    assert len(list(lines)) < 10


def page(body: str) -> list[Told]:
    return list(page_lines(f"<html><body>{body}</body></html>".encode()))


def test_what_stands_over_characters_or_is_struck_out_is_not_the_text() -> None:
    lines = page("<p><ruby>餐<rt>cān</rt></ruby>饮<del>旧</del>监管</p>")
    assert [line.text for line in lines] == ["餐饮监管"]


def test_a_small_table_in_a_cell_leaves_the_tasks_a_table() -> None:
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    rows = "<tr><th>序号</th><th>任务</th><th>责任单位</th></tr>"
    rows += f"<tr><td>1</td><td>开展排查{inner}</td><td>县公安局</td></tr>"
    assert "责任单位：县公安局" in [line.text for line in page(f"<table>{rows}</table>")]


def test_what_is_too_deep_to_be_read_is_told() -> None:
    deep = f"{'<div>' * 300}深处的任务{'</div>' * 300}"
    assert [line.lost for line in page(f"<p>甲</p>{deep}")] == ["", UNREAD]


def test_spans_are_bounded() -> None:
    cell = '<td colspan="900" rowspan="900">甲</td>'
    with pytest.raises(FileUnreadable, match="太大"):
        page(f"<table><tr>{cell}</tr></table>")


def test_a_line_repeated_within_the_pages_is_no_running_head() -> None:
    bracket = "〔县公安局负责〕"
    pages: list[list[str | list[list[str]]]] = [
        ["要点", "1.检查。", bracket, "2.排查。", bracket, "— 1 —"],
        [bracket, "3.抽检。", bracket, "4.宣传。", bracket],
        [bracket, "5.培训。", bracket, "6.督导。", bracket],
    ]
    assert sum(page.count(bracket) for page in pdf._without_running_heads(pages)) == 8
    headed: list[list[str | list[list[str]]]] = [["内部资料", "1.检查。"], ["内部资料", "2.排查。"]]
    assert pdf._without_running_heads(headed) == [["1.检查。"], ["2.排查。"]]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "将建筑工程施工许可、建筑施工企业安全生产许可等工程审批类权限下放至开发区。",
            "工程审批类权限下放至开发区",
        ),
        (
            "卫生健康部门对辖区内的社会办医疗机构配置乙类大型医用设备的审批实行告知承诺制度管理。",
            "社会办医疗机构配置乙类大型医用设备的审批实行告知承诺制度管理",
        ),
        (
            "除特殊行业、重点领域和法律法规另有规定外，各级政务服务事项全部开通网办。",
            "各级政务服务事项全部开通网办",
        ),
        (
            '加快文旅“一云一池"建设，完成平台搭建、功能研发、资源池填充和推广营销。',
            '加快文旅“一云一池"建设',
        ),
        (
            "支持在开发区依法合规建设能源、工业原材料、大宗农产品等国际贸易平台和现货市场。",
            "支持在开发区依法合规建设能源、工业原材料",
        ),
    ],
)
def test_long_sentences_are_called_by_what_is_done(sentence: str, title: str) -> None:
    assert first(f"{HEAD}（一）{sentence}（县公安局负责）{REST}").title == title


@pytest.mark.parametrize(
    ("sentence", "name", "is_each"),
    [
        ("每班配备安全员1名以上。", "每班配备安全员", True),
        ("每座水库每月至少巡查2次。", "巡查", True),
        ("到场时间平均控制在15分钟以内。", "到场时间平均", False),
        ("用海审批环节由9个减少到4个。", "用海审批环节", False),
    ],
)
def test_names_of_figures_and_whose_they_are(sentence: str, name: str, is_each: bool) -> None:
    task = first(f"{HEAD}（一）{sentence}（县公安局负责）{REST}")
    (indicator,) = task.indicators
    assert (indicator.name, indicator.each) == (name, is_each)


def test_words_between_a_limit_and_its_figure_leave_it_one() -> None:
    task = first(f"{HEAD}（一）租金不高于同地段市场租金的85%。（县公安局负责）{REST}")
    assert task.indicators[0].at_most


def test_what_a_body_provides_is_no_part_of_its_name() -> None:
    task = first(f"{HEAD}（一）办好。（县卫健局牵头负责，县财政局做好经费保障）{REST}")
    assert (task.lead, task.responsible) == (("县卫健局",), ("县财政局",))


def test_a_label_in_italics_is_one() -> None:
    text = f"{HEAD}1. **疏浚渔港。** 清淤完工。*责任单位：县海洋局、县交投集团*\n"
    text += "2. 查。*责任单位：县公安局*\n"
    assert [task.responsible for _, task in drafted(text).plan.tasks()] == [
        ("县海洋局", "县交投集团"),
        ("县公安局",),
    ]
