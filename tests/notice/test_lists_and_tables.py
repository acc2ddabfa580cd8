"""Names, figures and tables as further offices write them: each rule in two texts."""

from decimal import Decimal

import pytest

from foodsafety_cli.notice import pdf
from tests.conftest import Fs
from tests.notice.made import tasks
from tests.notice.test_other_offices import HEAD, Roles, drafted, roles

START = HEAD.format(who="人民政府办公室", what="重点工作") + "一、重点任务\n"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("（责任单位：县住建局 供电公司）", ([], ["县住建局", "供电公司"], [])),
        ("（县环卫中心 各街道（镇））", ([], ["县环卫中心", "各街道（镇）"], [])),
        ("（县委宣传部、县融媒体中心等新闻单位）", ([], ["县委宣传部", "县融媒体中心"], [])),
        (
            "（县林业局牵头，县财政局等林长制成员单位配合）",
            (["县林业局"], [], ["县财政局"]),
        ),
        ("（县发改局牵头，县财政局协同）", (["县发改局"], [], ["县财政局"])),
        ("（县文旅局，县商务局配合）", ([], ["县文旅局"], ["县商务局"])),
        ("（牵头部门及责任人：县农业农村局（张某））", (["县农业农村局"], [], [])),
        (
            "牵头单位及责任人：县教育局 何某某\n配合单位：各乡镇、街道办事处",
            (["县教育局"], [], ["各乡镇", "街道办事处"]),
        ),
        (
            "由县绿委办牵头负责，县直各部门、驻地部队配合。",
            (["县绿委办"], [], ["县直各部门", "驻地部队"]),
        ),
        ("（县教育局、县属各高中）", ([], ["县教育局", "县属各高中"], [])),
    ],
)
def test_who_is_meant(fs: Fs, said: str, meant: Roles) -> None:
    line = said if said.startswith(("（", "由")) else f"\n{said}"
    (task,) = drafted(fs, f"{START}1．做好日常工作。{line}\n")
    assert roles(task) == meant


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("配备灭火器180具", [("灭火器", "180", "具")]),
        ("能耗下降至300克标准煤/千瓦时", [("能耗", "300", "克标准煤/千瓦时")]),
        ("新开公交线路5条（次）", [("新开公交线路", "5", "条（次）")]),
        (
            "建立应急加工企业5家，共享材料30项",
            [("建立应急加工企业", "5", "家"), ("共享材料", "30", "项")],
        ),
        (
            "加装电梯120部；10月底前完成管网改造45公里",
            [("加装电梯", "120", "部"), ("管网改造", "45", "公里")],
        ),
        ("为5万名妇女免费检查", [("妇女免费检查", "50000", "名")]),
        ("案件处罚率不低于30%", [("案件处罚率", "30", "%")]),
        ("审批时限压缩至1个工作日以内（力争0.5天）", [("审批时限", "1", "个工作日")]),
        ("建成高标准农田24.5万亩（含高效节水2万亩）", [("高标准农田", "245000", "亩")]),
        ("完成率较上年提高2个百分点", [("完成率较上年提高", "2", "个百分点")]),
        ("办事材料精简50%", [("办事材料精简", "50", "%")]),
        ("自收到之日起5个工作日内办结", [("收到之日起", "5", "个工作日")]),
        ("消除56人以上大班额", []),
        ("校园周边200米内禁设烟草销售点", []),
        ("全年12场宣讲活动", [("宣讲活动", "12", "场")]),
        ("设置监测井4口", [("设置监测井", "4", "口")]),
    ],
)
def test_which_figures_are_targets(fs: Fs, clause: str, meant: list[tuple[str, str, str]]) -> None:
    (task,) = drafted(fs, f"{START}1．做好日常工作，{clause}。（县教育局负责）\n")
    told = [(i["name"], Decimal(str(i["target"])), i["unit"]) for i in _indicators(fs, task["id"])]
    figures = [(name, target, unit) for name, target, unit in told]
    wanted = [(Decimal(target), unit) for _, target, unit in meant]
    assert [(target, unit) for _, target, unit in figures] == wanted
    if not clause.startswith("自收到"):
        assert [name for name, *_ in figures] == [name for name, *_ in meant]


def _indicators(fs: Fs, task: int) -> list[dict[str, object]]:
    rows = fs.objects("--plan", "新.yaml", "indicators")
    return [row for row in rows if row["task"] == task]


def test_of_a_span_the_last_day_counts(fs: Fs) -> None:
    text = f"{START}1．开展整治。（2022年12月1日至2023年2月28日，县教育局负责）\n"
    (task,) = drafted(fs, text)
    assert task["due"] == "2023-02-28"


def test_what_stands_below_who_is_responsible_is_part_of_the_task(fs: Fs) -> None:
    text = (
        f"{START}1．设施运行不正常。\n责任单位：县住建局\n整改时限：2023年11月底前\n"
        "整改目标：正常运行率达到90%以上。\n整改措施：补齐管网36公里。\n"
    )
    (task,) = drafted(fs, text)
    assert task["text"].endswith("整改措施：补齐管网36公里。")
    assert [row["target"] for row in _indicators(fs, task["id"])] == [90, 36]


HEADINGS = ["考核项目", "序号", "考核内容", "考核标准", "牵头单位", "完成时限"]
FIRST = ["基础工作", "1", "落实责任", "研究食品安全工作各2次", "市食安办", "11月底前"]


def test_a_table_goes_on_over_a_page_number_and_through_a_row() -> None:
    pages: list[list[str | list[list[str]]]] = [
        [[HEADINGS, FIRST, ["", "2", "督导", "督导率达到100%，", "市食安办", "每季度"]], "— 1 —"],
        [[["", "", "", "问题整改率达到98%", "", ""]], "— 2 —"],
        [[["监管工作", "3", "抽检", "抽检300批次", "市市场监管局", "6月底前"]], "第 3 页"],
    ]
    told = [line.text for line in pdf._told(pdf._without_running_heads(pages))]
    assert "督导。督导率达到100%，问题整改率达到98%" in told
    assert "抽检。抽检300批次" in told
    assert "— 1 —" not in told
    assert told.index("监管工作") < told.index("抽检。抽检300批次")


def test_section_rows_of_a_table_lose_their_number(fs: Fs) -> None:
    rows = ["序号,工作任务,责任单位", "一、国土绿化,,", "1,植树造林50亩,县林业局"]
    rows += ["二、资源管护,,", "2,巡护4次,县林业局"]
    (fs.folder / "表.csv").write_text("\n".join(rows) + "\n", "utf-8")
    fs("import", "表.csv", "-o", "新.yaml").ok()
    assert [row["title"] for row in fs.objects("--plan", "新.yaml", "sections")] == [
        "国土绿化",
        "资源管护",
    ]


def test_names_that_only_blanks_part_in_a_cell_are_several() -> None:
    text = (
        "序号 | 重点工作 | 责任单位 |\n"
        "1 | 整治烟花爆竹 | 安监站 派出所 |\n"
        "2 | 整治学校周边 | 文化站、中心学校 卫生院 |\n"
    )
    assert [task.responsible for task in tasks(text)] == [
        ("安监站", "派出所"),
        ("文化站", "中心学校", "卫生院"),
    ]


def test_who_is_included_in_pointed_brackets_is_no_part_of_a_name() -> None:
    text = "1．加强监管。（责任单位：市数据局，各区人民政府〈含开发区，下同〉）\n"
    assert tasks(text)[0].responsible == ("市数据局", "各区人民政府")


def test_a_paper_that_is_issued_is_the_title_where_it_is_long() -> None:
    text = (
        "1．印发《全面加强和改进新时代学生心理健康专项行动计划（2023—2025年）》。（市教育局负责）\n"
    )
    assert tasks(text)[0].title == "全面加强和改进新时代学生心理健康专项行动计划"
