"""`fs tasks`, `show`, `sections`, `depts`, `indicators`, and `fs` alone."""

import unicodedata

import hypothesis
import pytest
from hypothesis import strategies as st

from foodsafety_cli.analysis.match import plain
from foodsafety_cli.model.text import visible, without_radicals
from tests.conftest import Fs


def ids(fs: Fs, *args: str) -> list[int]:
    """The ids that `fs tasks` lists."""
    return [int(row[0]) for row in fs("tasks", "-c", "id", "--no-header", *args).ok().rows]


def test_the_line_everyone_types_first(fs: Fs) -> None:
    run = fs("tasks", "--dept", "市市场监督管理局").ok()
    assert run.err == ""
    assert run.rows[0][:3] == ["id", "title", "roles"]
    assert run.rows[1][:3] == ["1", "加快完善进口冷链食品追溯平台", "负责"]
    assert len(run.rows) == 1 + 33


def test_all_59_tasks_without_a_filter(fs: Fs) -> None:
    assert ids(fs) == list(range(1, 60))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--dept", "市教育局", "--direct"], [14]),
        (["--dept", "教育局"], [14, 24, 42, 44, 49, 51, 59]),
        (["--dept", "市监局", "--role", "牵头"], [2, 13, 15, 36, 42, 55]),
        (["--dept", "晋城海关", "--dept", "市检察院", "--direct"], [2, 3, 21, 30, 33, 52]),
        (["--dept", "市监局", "--role", "lead", "--section", "二"], [13, 15]),
        (["--section", "3", "--indicator", "批次"], [16, 17, 18, 19, 20, 21, 22]),
        (["--section", "第十部分"], [57, 58, 59]),
        (["--section", "社会共治", "-d", "市司法局", "--direct"], [52]),
        (["--search", "明厨亮灶"], [14, 25, 42]),
        (["--search", "互联网＋"], [14, 35, 53]),
        (["--indicator", "明厨亮灶", "--dept", "市教育局"], [14, 42]),
        (["--role", "配合"], [42]),
        (["--due-before", "2021-11-21"], [59]),
        (["--status", "已完成"], []),
        (["--search", "没有这样的话"], []),
    ],
)
def test_filters_combine(fs: Fs, filters: list[str], expected: list[int]) -> None:
    assert ids(fs, *filters) == expected


def test_what_is_owed_through_a_group_is_marked_with_its_name(fs: Fs) -> None:
    rows = fs.objects("tasks", "--dept", "阳城")
    assert {row["id"]: row["roles"] for row in rows}[34] == ["负责（各县（市、区）人民政府）"]
    assert len(rows) == 12
    assert ids(fs, "--dept", "阳城", "--direct") == []


def test_what_a_department_owes_itself_goes_before_its_groups_share(fs: Fs) -> None:
    rows = {row["id"]: row["roles"] for row in fs.objects("tasks", "--dept", "市监局")}
    assert rows[42] == ["牵头"]
    assert rows[24] == ["负责（市食安委成员单位）"]


def test_status_and_light_filters(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "100").ok()
    fs("progress", "update", "3", "--percent", "70").ok()
    fs("progress", "update", "4", "--percent", "50").ok()
    fs("progress", "update", "8", "--percent", "10").ok()
    assert ids(fs, "--status", "已完成") == [1]
    assert ids(fs, "--light", "绿") == [1, 3]
    assert ids(fs, "--light", "黄") == [4]
    assert ids(fs, "--light", "红", "--light", "yellow") == [4, 8]
    assert ids(fs, "--status", "推进中") == [3, 4, 8]
    assert ids(fs, "--light", "红", "--as-of", "2021-09-29") == []
    assert ids(fs, "--status", "逾期", "--as-of", "2022-01-01") == list(range(2, 60))


def test_show_tells_everything_about_one_task(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.20", "--note", "按月推进").ok()
    task = fs.thing("show", "16")
    assert task["text"].startswith("加大抽检监测力度。完成食品检验量")
    assert task["responsibility"] == "市市场监督管理局"
    assert [i["name"] for i in task["indicators"]] == ["食品检验量", "核查处置率", "按时完成率"]
    assert task["indicators"][0]["value"] == 5.2
    assert task["indicators"][0]["reported_by"] == ["张三"]
    assert task["history"][0]["note"] == "按月推进"
    assert task["days_left"] == 92
    assert '"value": 5.20' in fs("show", "16", "-f", "json").out, "digits stay as they were given"


def test_show_as_markdown_has_the_parts_as_tables(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    out = fs("show", "16", "-f", "md").ok().out
    assert out.startswith("## 任务 16  加大抽检监测力度\n")
    assert "### 指标\n\n| 指标 | 目标值 | 单位 |" in out
    assert "### 填报记录" in out


def test_sections(fs: Fs) -> None:
    rows = fs.objects("sections")
    assert [row["number"] for row in rows] == list(range(1, 11))
    assert rows[1] | {"lights": None} == {
        "number": 2,
        "label": "二",
        "title": "强化突出问题整顿治理",
        "ids": "7–15",
        "tasks": 9,
        "done": 0,
        "completion": 0,
        "pace": 74.79,
        "lights": None,
    }
    assert rows[1]["lights"] == {"绿": 0, "黄": 0, "红": 0, "灰": 9}


def test_departments_count_their_roles(fs: Fs) -> None:
    rows = {row["name"]: row for row in fs.objects("depts")}
    office = rows["市市场监督管理局"]
    counts = [office[k] for k in ("lead", "responsible", "support", "through_group", "tasks")]
    assert counts == [6, 22, 0, 5, 33]
    assert rows["各县（市、区）人民政府"]["responsible"] == 12
    assert len(rows) == 37


def test_one_department(fs: Fs) -> None:
    county = fs.thing("depts", "泽州")
    assert county["name"] == "泽州县"
    assert county["groups"] == ["各县（市、区）人民政府"]
    assert county["task_ids"] == [5, 9, 11, 34, 44, 45, 46, 55, 56, 57, 58, 59]
    assert fs.thing("depts", "各县")["members"][0] == "城区"


def test_indicators(fs: Fs) -> None:
    fs("progress", "update", "18", "--value", "650").ok()
    rows = {row["name"]: row for row in fs.objects("indicators")}
    assert len(rows) == 22
    assert rows["风险监测"]["met"] is True
    assert rows["风险监测"]["attainment"] == 100
    assert rows["食品检验量"]["value"] is None
    assert [row["task"] for row in fs.objects("indicators", "--dept", "市农业农村局")] == [
        17,
        17,
        37,
        42,
        42,
        59,
    ]
    assert len(fs.objects("indicators", "-i", "明厨亮灶")) == 3


def test_fs_alone_is_the_one_screen(fs: Fs) -> None:
    fs("progress", "update", "1", "--done").ok()
    assert fs().ok().out == fs("overview").ok().out
    screen = fs.thing("overview", "--as-of", "2021-12-20")
    assert screen["title"] == "晋城市2021年食品安全重点工作安排"
    assert (screen["tasks"], screen["done"]) == (59, 1)
    assert screen["overdue"] == [59]
    assert len(screen["due_soon"]) == 57
    assert fs("--as-of", "2021-12-20").ok().out == fs("overview", "--as-of", "2021-12-20").out


def test_names_are_matched_exactly_then_by_alias_then_by_a_part(fs: Fs) -> None:
    for given in ("市市场监督管理局", "市监局", "市场监", "市市场"):
        assert fs.thing("depts", given)["name"] == "市市场监督管理局"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (
            ["tasks", "--dept", "市市场监管理局"],
            ["没有叫“市市场监管理局”的单位", "市市场监督管理局"],
        ),
        (["tasks", "--dept", "市"], ["对应不止一个单位", "等 "]),
        (["tasks", "--dept", ""], ["没有叫“”的单位"]),
        (["tasks", "--section", "十一"], ["没有叫“十一”的部分"]),
        (["tasks", "--section", "食品"], ["对应不止一个部分"]),
        (["show", "60"], ["没有叫“60”的任务（序号 1 到 59）"]),
        (["show", "抽检"], ["没有叫“抽检”的任务序号", "16 加大抽检监测力度"]),
        (["16"], ["fs show 16"]),
        (["undo"], ["fs progress undo"]),
        (["list"], ["fs tasks"]),
        (["help"], ["fs --help"]),
        (["progress", "updat"], ["update"]),
        (["tasks", "--light", "蓝"], ["没有“蓝”", "绿、黄、红、灰"]),
        (["tasks", "--status", "好"], ["已完成、待审核、未完成结案、逾期、未报、推进中"]),
        (["tasks", "--as-of", "明年"], ["“明年”不是日期", "2021-09-30"]),
        (["tasks", "--as-of", "2021-02-30"], ["不是日期"]),
        (["tasks", "--direct"], ["--direct", "--dept"]),
        (["progress", "log", "99"], ["没有叫“99”的任务"]),
    ],
)
def test_what_is_mistyped_gets_help(fs: Fs, args: list[str], words: list[str]) -> None:
    run = fs(*args)
    assert (run.code, run.out) == (2, "")
    for word in words:
        assert word in run.err


def test_days_as_people_write_them(fs: Fs) -> None:
    plain = fs("overview", "--as-of", "2021-08-01").ok().out
    for written in ("2021/8/1", "2021.08.01", "2021年8月1日", "20210801", "２０２１-８-１"):
        assert fs("overview", "--as-of", written).ok().out == plain
    assert "2021-09-29" in fs("overview", "--as-of", "昨天").ok().out


def test_the_shipped_plan_answers_from_anywhere(anywhere: Fs) -> None:
    assert len(anywhere("tasks").ok().rows) == 60


def test_the_plan_is_found_as_git_finds_its_repository(fs: Fs) -> None:
    fs.edit_plan("title: 晋城市2021年食品安全重点工作安排", "title: 另一份")
    below = fs.folder / "a" / "b"
    below.mkdir(parents=True)
    deep = fs.at(below)
    assert deep.thing("overview")["title"] == "另一份"
    elsewhere = fs.at(fs.folder.parent)
    assert elsewhere.thing("overview")["title"] != "另一份"
    assert elsewhere.thing("--plan", str(fs.plan), "overview")["title"] == "另一份"
    assert elsewhere.thing("overview", "--plan", str(fs.plan))["title"] == "另一份"
    assert elsewhere("overview", FS_PLAN=str(fs.plan)).out.count("另一份") == 1


@hypothesis.given(
    st.text(st.characters() | st.sampled_from("，；：（）％Ａ１ \u0301\u0338か\u3099"))
)
def test_text_is_compared_in_its_compatibility_form(text: str) -> None:
    seen = "".join(
        c for c in visible(text) if c not in "\u115f\u1160\u3164" and not "\ufe00" <= c <= "\ufe0f"
    )
    form = unicodedata.normalize("NFKC", without_radicals(seen)).casefold()
    assert plain(text) == (form.strip() if text.isascii() else "".join(form.split()))


@pytest.mark.parametrize("option", ["--dept", "--section"])
def test_a_name_in_another_encoding_is_a_name_unknown(fs: Fs, option: str) -> None:
    run = fs("tasks", option, "\udccd\udcd0")
    assert (run.code, run.out) == (2, "")
    assert "没有叫" in run.err


def test_words_in_another_encoding_are_found_nowhere(fs: Fs) -> None:
    assert len(fs("tasks", "--search", "\udcff").ok().rows) == 1


def test_a_digit_that_is_no_number_here_is_told_with_all_numbers(fs: Fs) -> None:
    run = fs("show", "٣")
    assert (run.code, "序号 1 到 59" in run.err) == (2, True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["tasks", "--light", "红灯"], ["tasks", "--light", "红"]),
        (["tasks", "-f", "JSON"], ["tasks", "-f", "json"]),
        (["show", "16号"], ["show", "16"]),
        (["show", "第16项"], ["show", "16"]),
        (["show", "任务16"], ["show", "16"]),
    ],
    ids=" ".join,
)
def test_what_is_unambiguous_is_taken(fs: Fs, typed: list[str], meant: list[str]) -> None:
    assert fs(*typed).ok().out == fs(*meant).ok().out


def test_a_figure_without_its_nought(fs: Fs) -> None:
    fs("progress", "update", "16", "-i", "1", "--value", ".5").ok()
    assert fs.reported()[0]["entries"][0]["value"] == 0.5


def test_after_the_period_an_answer_says_so_first(busy: Fs) -> None:
    told = "工作期已于 2021-12-31 结束；看当时：--as-of 2021-09-30\n"
    for args in ([], ["tasks"], ["progress"], ["due"], ["indicators"]):
        assert busy(*args, FS_TODAY="2022-02-01").ok().err.startswith(told), args
        assert busy(*args, "--as-of", "2021-12-31", FS_TODAY="2022-02-01").ok().err == ""


def test_a_task_through_a_pipe_has_its_indicators_and_records(busy: Fs) -> None:
    fields, indicators, records = busy("show", "16").ok().out.split("\n\n")
    assert "id\t16" in fields
    assert indicators.startswith("name\ttarget\t")
    assert "食品检验量" in records
