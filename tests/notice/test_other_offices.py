"""Notices of schools, towns and party offices: each rule in two texts, imported as a user does."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.conftest import Fs

HEAD = "甲县{who}\n关于印发《2023年{what}方案》的通知\n甲发〔2023〕9号\n各单位：\n2023年3月10日\n"
Roles = tuple[Sequence[str], Sequence[str], Sequence[str]]


def drafted(fs: Fs, text: str) -> list[dict[str, Any]]:
    """The tasks of the draft that a text becomes."""
    (fs.folder / "文.txt").write_text(text, "utf-8")
    fs("import", "文.txt", "-o", "新.yaml").ok()
    return fs.objects("--plan", "新.yaml", "tasks")


def roles(task: dict[str, Any]) -> Roles:
    return task["lead"], task["responsible"], task["support"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (  # a label of any unit, after that of a person
            "责任领导：王某 责任站所：自然资源所、司法所 责任单位：各村（社区）",
            ([], ["自然资源所", "司法所", "各村（社区）"], []),
        ),
        (
            "牵头科（室）：食品科\n配合股室：办公室、财务股",
            (["食品科"], [], ["办公室", "财务股"]),
        ),
        (
            "责任分工：县教育局牵头，县公安局配合。",
            (["县教育局"], [], ["县公安局"]),
        ),
        (  # a name that begins like a word, ends in a room, has angle brackets in it
            "（县经信局牵头，县教育局配合）",
            (["县经信局"], [], ["县教育局"]),
        ),
        ("（经开区管委会、县教育局）", ([], ["经开区管委会", "县教育局"], [])),
        ("（食堂管理中心、校医务室）", ([], ["食堂管理中心", "校医务室"], [])),
        ("（县疾控局〈县疾控中心〉、妇幼处负责）", ([], ["县疾控局〈县疾控中心〉", "妇幼处"], [])),
        (  # several places in one name
            "牵头单位：县教育局\n责任单位：各镇党委、政府",
            (["县教育局"], ["各镇党委、政府"], []),
        ),
        (
            "（县教育局牵头，各省、自治区、直辖市人民政府负责）",
            (["县教育局"], ["各省、自治区、直辖市人民政府"], []),
        ),
        ("（能源集团、港口集团等省属企业）", ([], ["能源集团", "港口集团"], [])),
        ("（县教育局，县财政局保障经费）", ([], ["县教育局", "县财政局"], [])),
        (  # a line of names that the layout has broken
            "责任单位：县教育局、县市场监\n督管理局、县公安局",
            ([], ["县教育局", "县市场监督管理局", "县公安局"], []),
        ),
    ],
)
def test_who_is_named(fs: Fs, said: str, meant: Roles) -> None:
    body = (
        f"一、重点任务\n（一）抓好食堂。检查食堂20家。\n{said}\n（二）抓好培训。（县教育局负责）\n"
    )
    first, second = drafted(fs, HEAD.format(who="人民政府", what="工作") + body)
    assert roles(first) == meant
    assert roles(second) == ([], ["县教育局"], [])


@pytest.mark.parametrize(
    "body",
    [
        "（一）包保走过场\n整改措施：1.建立机制；2.抽查干部50名；3.约谈后三位。\n"
        "牵头单位：县食安办\n责任单位：县教育局\n（二）经费不足\n整改措施：追加预算。\n"
        "牵头单位：县财政局\n",
        "（一）包保走过场。\n1.建立机制。\n2.抽查干部50名。\n牵头单位：县食安办\n责任单位：县教育局\n"
        "（二）经费不足。\n1.追加预算。（县财政局负责）\n2.按月调度。（县审计局负责）\n",
    ],
)
def test_labelled_lines_below_a_list_speak_for_all_of_it(fs: Fs, body: str) -> None:
    first = drafted(fs, HEAD.format(who="食安委", what="整改") + "一、责任落实\n" + body)[0]
    assert first["text"].startswith("包保走过场")
    assert "抽查干部50名" in first["text"]
    assert roles(first) == (["县食安办"], ["县教育局"], [])


@pytest.mark.parametrize(
    ("text", "count", "first_section"),
    [
        (
            "甲县食安委关于印发2022年工作要点的通知甲食安委〔2022〕2号各单位：现印发给你们。"
            "2022年5月9日2022年工作要点一、强化责任1.健全体系。（县食安办）2.落实责任（县教育局）"
            "二、防控风险（一）抓源头1.控药残。（县农业农村局）2.推合格证。（县农业农村局）"
            "（二）抓重点1.抓校园。（县教育局，县财政局落实）三、提升能力（三）抓检验。抽检。"
            "（县教育局）（四）抓应急。演练。（县卫健委负责）",
            7,
            "强化责任",
        ),
        (
            "乙县2023年食品安全工作安排如下一、抓生产。检查工厂。（县市场监管局负责）"
            "二、抓流通。检查市场。（县商务局负责）",
            2,
            None,
        ),
    ],
)
def test_a_text_in_one_line(fs: Fs, text: str, count: int, first_section: str | None) -> None:
    found = drafted(fs, text)
    assert len(found) == count
    if first_section:
        assert found[0]["section_title"] == first_section


@pytest.mark.parametrize(
    ("lines", "issuer", "title"),
    [
        (
            "中共甲市委办公室\n甲市人民政府办公室\n关于印发《甲市整改方案》的通知",
            "中共甲市委办公室、甲市人民政府办公室",
            "甲市整改方案",
        ),
        ("红旗中学\n关于印发《红旗中学食堂管理方案》的通知", "红旗中学", "红旗中学食堂管理方案"),
        (
            "甲省人民政府办公厅关于印发全省优化营商环境\n电视电话会议重点任务\n分工方案的通知",
            "甲省人民政府办公厅",
            "全省优化营商环境电视电话会议重点任务分工方案",
        ),
    ],
)
def test_titles_and_issuers_of_several_lines(fs: Fs, lines: str, issuer: str, title: str) -> None:
    drafted(fs, f"{lines}\n甲发〔2023〕3号\n2023年5月1日\n一、抓培训。（县教育局负责）\n")
    found = fs.thing("--plan", "新.yaml", "overview")
    assert (found["issuer"], found["title"]) == (issuer, title)


@pytest.mark.parametrize("label", ["任务1　", "行动一 "])
def test_items_that_are_called_task_or_action(fs: Fs, label: str) -> None:
    second = label.replace("1", "2").replace("一", "二")
    body = f"{label}抓食堂。检查食堂。（县教育局负责）\n{second}抓培训。培训。（县卫健委负责）\n"
    assert len(drafted(fs, HEAD.format(who="食安委", what="工作") + body)) == 2


@pytest.mark.parametrize(
    ("when", "due", "told"),
    [
        ("2023年Q3", "2023-09-30", ""),
        ("Q2末", "2023-06-30", ""),
        ("2023年第三季度", "2023-09-30", ""),
        ("供暖季前", "2023-12-31", "时限“完成时限：供暖季前”没有读出日子，按工作期末计"),
        ("另行通知", "2023-12-31", "时限“完成时限：另行通知”没有读出日子"),
    ],
)
def test_no_deadline_is_dropped_without_a_word(fs: Fs, when: str, due: str, told: str) -> None:
    body = f"一、抓食堂。检查食堂。\n牵头单位：县教育局\n完成时限：{when}\n"
    (task,) = drafted(fs, HEAD.format(who="食安委", what="工作") + body)
    assert task["due"] == due
    assert task["responsible"] + task["lead"] == ["县教育局"]
    assert told in (fs.folder / "新.yaml").read_text("utf-8")
