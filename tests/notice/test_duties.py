"""Whose duty it is said at the head of an item or a sentence, not behind it."""

import pytest

from tests.notice.made import drafted, roles, tasks

HEAD = "某县食品安全专项整治方案\n县食安办\n2024年3月1日\n"


def test_an_item_may_begin_with_who_answers_for_it() -> None:
    text = (
        f"{HEAD}一、校园周边整治\n"
        "由县教育局承办，县市场监管局、公安局协办。整治目标：校园周边持证率达到98%以上。\n"
        "（一）由县市场监管局负责，县教育局、各乡镇配合，检查校园周边的食品店。\n"
        "（二）由公安、交通部门负责，排查送餐车辆。\n"
    )
    assert roles(text) == [
        {"responsible": ("县教育局",), "support": ("县市场监管局", "县公安局")},
        {"responsible": ("县市场监管局",), "support": ("县教育局", "各乡镇")},
        {"responsible": ("公安", "交通部门")},
    ]
    assert tasks(text)[1].text.startswith("由县市场监管局负责")
    assert tasks(text)[1].responsibility == "由县市场监管局负责，县教育局、各乡镇配合"
    assert tasks(text)[1].title == "检查校园周边的食品店"


def test_sentences_that_each_begin_with_whose_duty_they_tell_are_tasks() -> None:
    text = (
        f"{HEAD}十、明确责任分工。县市场监管局负责餐饮单位的检查和抽检；县教育局负责学校食堂的管理；"
        "各乡镇人民政府、县开发区管委会负责本辖区内的宣传。县公安消防支队牵头,负责组织开展消防检查。\n"
    )
    assert roles(text) == [
        {"responsible": ("县市场监管局",)},
        {"responsible": ("县教育局",)},
        {"responsible": ("各乡镇人民政府", "县开发区管委会")},
        {"lead": ("县公安消防支队",)},
    ]
    assert [task.title for task in tasks(text)][:2] == ["餐饮单位的检查和抽检", "学校食堂的管理"]
    assert tasks(text)[2].text == "各乡镇人民政府、县开发区管委会负责本辖区内的宣传。"


def test_where_brackets_say_it_such_sentences_are_words_of_a_task() -> None:
    text = (
        f"{HEAD}1.检查学校食堂。县教育局负责组织，县市场监管局负责抽检。（县教育局、县市场监管局）\n"
        "2.检查养老机构。由县民政局牵头，逐家检查。（县民政局牵头）\n"
    )
    assert len(tasks(text)) == 2
    assert tasks(text)[1].responsibility == "县民政局牵头"


def test_a_duty_told_by_the_way_makes_no_task() -> None:
    text = f"{HEAD}一、总体要求\n坚持问题导向。县食安办负责各项检查的安排。鼓励各类机构参与监督。\n"
    assert tasks(text) == []


@pytest.mark.parametrize("by", ["此项工作由", "这项任务由", "由"])
def test_who_is_named_after_the_work_in_a_sentence(by: str) -> None:
    text = (
        f"{HEAD}1.城镇登记失业率控制在4.5%以内。{by}人社部负责，请认真落实。\n"
        f"2.开展应急演练。{by}市教育局负责。\n"
    )
    assert roles(text) == [{"responsible": ("人社部",)}, {"responsible": ("市教育局",)}]


def test_lines_that_begin_with_a_body_and_a_colon_tell_its_duty() -> None:
    text = (
        f"{HEAD}五、各单位职责分工如下：\n"
        "县委宣传部：制订宣传方案，协调媒体做好报道，教育群众自觉遵守。\n"
        "商委：协调公安、供销社做好供应，掌握供销情况。\n"
        "教委：负责在中小学校贯彻规定，安排各校开展教育。\n"
    )
    assert [one["responsible"] for one in roles(text)] == [("县委宣传部",), ("商委",), ("教委",)]
    assert tasks(text)[1].text == "商委：协调公安、供销社做好供应，掌握供销情况。"


def test_words_below_the_name_of_a_body_are_no_names() -> None:
    text = (
        f"{HEAD}二、水利部门：\n要把山丘、沿海缺水地区的供水纳入计划。\n"
        "三、城建部门：\n要制订公共卫生设施规划，搞好粪便、垃圾的处理。\n"
    )
    assert roles(text) == [{"responsible": ("水利部门",)}, {"responsible": ("城建部门",)}]
    assert tasks(text)[0].text == "水利部门：要把山丘、沿海缺水地区的供水纳入计划。"


def test_numbered_items_may_begin_with_whose_duty_they_are() -> None:
    text = (
        f"{HEAD}（二十一）市公安局。负责对市区治安的调研。\n"
        "（二十二）市教育局负责对教育资源的调研。\n"
    )
    assert roles(text) == [{"responsible": ("市公安局",)}, {"responsible": ("市教育局",)}]


def test_a_few_such_sentences_in_a_long_text_make_no_tasks() -> None:
    words = "坚持问题导向，完善制度，加强监督，扩大宣传。" * 12
    text = f"{HEAD}一、总体要求\n{words}\n二、组织\n市教育局负责食堂。市公安局负责治安。\n"
    assert tasks(text) == []


def test_prose_with_as_many_commas_in_each_line_is_no_table() -> None:
    text = (
        "1.搞好灭鼠工作，抓好源头。（区卫健局负责）\n"
        "2.搞好禁放工作，加强宣传。（区公安局负责）\n"
        "要高度重视，责任单位要切实履行职责。\n"
    )
    assert [task.responsible for task in tasks(text)] == [("区卫健局",), ("区公安局",)]


def test_lines_that_each_say_by_whom_are_tasks_and_what_was_before_no_target() -> None:
    text = (
        "2024年预期目标完成情况\n"
        "城镇新增就业1000人以上。这项工作由县人社局负责，去年城镇新增就业1314人。\n"
        "城镇登记失业率4.5%以内。这项工作由县人社局负责，去年末失业率为4.02%。\n"
        "安排专项债券4000万元。这项工作由县财政局负责，已安排3000万元。\n"
    )
    assert [task.responsible[0] for task in tasks(text)] == ["县人社局", "县人社局", "县财政局"]
    found = [[str(i.target) for i in task.indicators] for task in tasks(text)]
    assert found == [["1000"], ["4.5"], ["4000"]]


def test_what_is_called_by_a_number_or_measured_by_one_is_no_target() -> None:
    text = (
        f"{HEAD}1.兑现支持企业“22条”和“10项举措”，为企业减负60亿元。（县发改局负责）\n"
        "2.对年发运量5万吨以上车站、港口实行派驻管理。（县交通运输局负责）\n"
        "3.完成中心幼儿园（回购配套园）等2所幼儿园建设，可提供园位1415个，"
        "推进湖田中学等5所农村中小学改扩建。（县教体局负责）\n"
    )
    found = [[f"{i.target}{i.unit}" for i in task.indicators] for task in tasks(text)]
    assert found == [["60亿元"], [], ["2所", "1415个", "5所"]]


def test_titles_say_the_deed() -> None:
    text = (
        f"{HEAD}1.县公安局牵头，对市区治安一体化的调研，形成报告。（县公安局负责）\n"
        "2.推进技术应用—「推动无人机通信等技术研发」。（县工信局负责）\n"
        "3.综合运用新闻发布会、图文等形式，对政策开展解读。（县财政局负责）\n"
    )
    assert [task.title for task in tasks(text)][1:] == ["推进技术应用", "对政策开展解读"]


def test_a_task_among_the_headings_of_others_stands_under_its_own() -> None:
    text = (
        f"{HEAD}（七）园林小区创建\n全市园林小区达60%以上。责任单位：县房产局。\n"
        "（八）环境治理\n1、清淤。责任单位：县建委。\n2、治理。责任单位：县建委。\n"
    )
    sections = drafted(text).plan.sections
    assert [section.title for section in sections] == ["园林小区创建", "环境治理"]
    assert [task.id for task in tasks(text)] == [1, 2, 3]


@pytest.mark.parametrize(
    "before",
    ["会议议定，", "会议明确：", "6月底前，", "夜市整治", "野生菌中毒防控宣传工作"],
)
def test_what_may_stand_before_by_whom(before: str) -> None:
    text = (
        f"{HEAD}一、夜市\n{before}由县城管局牵头，县公安局配合，完成32处夜市排查。\n"
        f"二、冷库\n{before}由县商务局负责，建立台账。\n"
    )
    assert roles(text) == [
        {"lead": ("县城管局",), "support": ("县公安局",)},
        {"responsible": ("县商务局",)},
    ]
    assert "完成32处夜市排查" in tasks(text)[0].text


def test_work_with_a_day_of_its_own_is_no_time_of_the_duty() -> None:
    text = (
        f"{HEAD}（一）夜市。由县城管局牵头，县公安局配合，6月10日前完成32处排查。\n"
        "（二）冷库。由县商务局负责，建立台账。\n"
    )
    first = tasks(text)[0]
    assert first.responsibility == "由县城管局牵头，县公安局配合"
    assert "完成32处排查" in first.text


def test_who_explains_a_paper_answers_for_no_task() -> None:
    text = f"{HEAD}1.清淤。（县水利局负责）\n2.未尽事宜由县食安办负责解释。\n"
    assert len(tasks(text)) == 1


def test_a_day_before_a_department_without_by_whom_stays_in_its_sentence() -> None:
    text = (
        "县公安局负责排查校园周边。6月底前，县教育局负责整改食堂20家。"
        "9月底前，县财政局负责拨付经费。\n"
    )
    assert all(not task.text.endswith("底前，") for task in tasks(text))
