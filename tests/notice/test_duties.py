"""Whose duty it is said at the head of an item or a sentence, not behind it."""

from tests.notice.made import roles, tasks

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
