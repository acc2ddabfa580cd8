"""A notice pasted as one line is the same notice: its items and labelled lines are found again."""

import pytest

from tests.limits import seconds_of_work
from tests.notice.made import drafted

HEAD = """\
兰溪县人民政府办公室关于印发兰溪县2024年河湖清理整治工作方案的通知
兰政办发〔2024〕12号
各乡镇人民政府，县直有关部门：
《兰溪县2024年河湖清理整治工作方案》已经县政府同意，现印发给你们，请认真组织实施。
兰溪县人民政府办公室
2024年3月4日
兰溪县2024年河湖清理整治工作方案
"""
LABELS = """\
一、清理河道
1.清理岸线垃圾。清理河道126公里，整治率达到95%以上。
牵头单位：县水利局
责任单位：县城管局、县农业农村局，各乡镇人民政府
完成时限：2024年9月底前
2.拆除违建。拆除岸线违建15处。
牵头单位：县自然资源局
责任单位：县公安局、县司法局
完成时限：2024年10月底前
二、巩固成果
3.建立巡查队伍。聘请巡河员60名。
牵头单位：县水利局
责任单位：县财政局
完成时限：2024年6月30日
"""
PERSONS = """\
一、清理河道
1.清理岸线垃圾，清理河道126公里。
责任领导：李建军
牵头单位：县水利局
责任单位：县城管局、县农业农村局（水产站）
2.拆除岸线违建15处。
责任领导：王海燕
牵头单位：县自然资源局
责任单位：县公安局、县司法局
"""
BLOCKS = """\
（一）河道清理不及时。
问题表现：岸线垃圾堆放点32处。
整改目标：清理率达到100%。
整改措施：清理河道126公里。
责任单位：县水利局
整改时限：2024年9月底前
（二）违建拆除不到位。
问题表现：岸线违建21处。
整改目标：拆除岸线违建15处。
整改措施：开展联合执法12次。
责任单位：县自然资源局、县公安局
整改时限：2024年10月底前
"""
BRACKETS = """\
一、清理河道
（一）清理岸线垃圾。清理河道126公里。（牵头单位：县水利局；配合单位：县城管局）
（二）拆除违建。拆除岸线违建15处。（牵头单位：县自然资源局；配合单位：县公安局）
二、巩固成果
（三）建立巡查队伍。聘请巡河员60名。（牵头单位：县水利局；配合单位：县财政局）
"""


def found(text: str) -> list[tuple[object, ...]]:
    return [
        (t.lead, t.responsible, t.support, t.due, [(i.target, i.unit) for i in t.indicators])
        for _, t in drafted(text).plan.tasks()
    ]


@pytest.mark.parametrize("between", ["", " "], ids=["joined", "blank"])
@pytest.mark.parametrize(
    "before", ["", "首页 > 政务公开 > 文件发布时间：2024-03-05【字体：大中小】"]
)
@pytest.mark.parametrize("body", [LABELS, BRACKETS])
def test_the_head_of_one_line(body: str, before: str, between: str) -> None:
    plan = drafted(before + between.join(f"{HEAD}{body}".split("\n"))).plan
    found = (plan.title, plan.document_number, plan.issuer, str(plan.issued_on))
    assert found == (
        "兰溪县2024年河湖清理整治工作方案",
        "兰政办发〔2024〕12号",
        "兰溪县人民政府办公室",
        "2024-03-04",
    )


@pytest.mark.parametrize("between", ["", " ", "　"], ids=["joined", "blank", "wide"])
@pytest.mark.parametrize("body", [LABELS, PERSONS, BLOCKS, BRACKETS])
def test_one_line_says_the_same(body: str, between: str) -> None:
    lines = f"{HEAD}{body}"
    assert found(between.join(lines.split("\n"))) == found(lines)


def test_half_width_signs_with_blanks() -> None:
    wide = f"{HEAD}{BRACKETS}"
    narrow = wide.translate(str.maketrans("（），：；", "(),:;"))
    assert found(" ".join(narrow.split("\n"))) == found(wide)


@pytest.mark.parametrize("brackets", ["（）", "〔〕", "【】"])
def test_a_bracket_that_nobody_closed_swallows_no_other_item(brackets: str) -> None:
    text = f"{HEAD}{BRACKETS}".translate(str.maketrans("（）", brackets))
    for numeral in "一二三":
        text = text.replace(f"{brackets[0]}{numeral}{brackets[1]}", f"（{numeral}）")
    broken = text.replace(f"县城管局{brackets[1]}", "县城管局")
    assert found("".join(broken.split("\n"))) == found(text)


def test_what_a_site_says_in_the_same_line_leaves_the_text() -> None:
    head = "当前位置：首页>政务公开发布时间：2024-03-05 来源：县政府办 分享：微信打印"
    text = f"{head}\n{HEAD}{BRACKETS}版权所有：兰溪县人民政府"
    assert len(found("".join(text.split("\n")))) == 3


def test_a_line_that_ends_in_a_figure_is_no_heading() -> None:
    text = (
        "兰溪县方案\n一、重点任务\n1.新建基站80个。（县通信办负责）\n"
        "2.举办文体活动600场，建设村史馆120\n座，修订县志。（县体育局负责）\n编辑：李某\n"
    )
    _, second = drafted(text).plan.tasks()
    assert [f"{one.target}{one.unit}" for one in second[1].indicators] == ["600场", "120座"]


@pytest.mark.parametrize("end", ["", "　　各市（州）要细化措施。\n", "各地要细化措施。\n"])
def test_a_line_that_ends_in_a_comma_is_no_heading(end: str) -> None:
    text = (
        "江岭省2026年食品安全重点工作安排\n一、强化过程监管\n"
        "1.推进快检室建设，年内新增快检室20个，\n公示率达到100%。（省市场监管局牵头）\n"
    )
    ((_, task),) = drafted(text + end).plan.tasks()
    assert [f"{one.target}{one.unit}" for one in task.indicators] == ["20个", "100%"]


@pytest.mark.parametrize(
    ("said", "due"), [("2024年6、9月底前", "2024-09-30"), ("2024年9月底前", "2024-09-30")]
)
def test_days_and_ordinals_are_no_items(said: str, due: str) -> None:
    long = "加强市第一、二、三医院食堂检查，压实责任，完善制度，健全机制，强化督导。" * 5
    text = (
        f"兰溪县方案\n一、重点任务\n1.{long}检查食堂6家。责任单位：县卫健局完成时限：{said}\n"
        "2.做好宣传，举办活动8场。\n责任单位：县教育局\n"
    )
    first, second = [task for _, task in drafted(text).plan.tasks()]
    assert (str(first.due), first.responsible) == (due, ("县卫健局",))
    assert second.responsible == ("县教育局",)


def test_a_line_of_nothing_but_blanks_takes_no_time() -> None:
    text = f"兰溪县方案\n1.{' ' * 40_000}检查食堂6家。（县卫健局负责）\n"
    with seconds_of_work(5):
        drafted(text)
