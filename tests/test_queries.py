"""`fs tasks`, `show`, `sections`, `depts`, `indicators`, `progress`, `due`, and `fs` alone."""

from typing import Any

import pytest

from tests.conftest import Fs


def ids(fs: Fs, *args: str) -> list[int]:
    """The ids that `fs tasks` lists."""
    return [int(row[0]) for row in fs("tasks", "-c", "id", "--no-header", *args).ok().rows]


def objects(fs: Fs, *args: str) -> list[dict[str, Any]]:
    """The JSON list that a command answers."""
    data = fs(*args, "-f", "json").ok().data
    assert isinstance(data, list)
    return data


def thing(fs: Fs, *args: str) -> dict[str, Any]:
    """The JSON object that a command answers."""
    data = fs(*args, "-f", "json").ok().data
    assert isinstance(data, dict)
    return data


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
    rows = objects(fs, "tasks", "--dept", "阳城")
    assert {row["id"]: row["roles"] for row in rows}[34] == ["负责（各县（市、区）人民政府）"]
    assert len(rows) == 12
    assert ids(fs, "--dept", "阳城", "--direct") == []


def test_what_a_department_owes_itself_goes_before_its_groups_share(fs: Fs) -> None:
    rows = {row["id"]: row["roles"] for row in objects(fs, "tasks", "--dept", "市监局")}
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
    task = thing(fs, "show", "16")
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
    rows = objects(fs, "sections")
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
    rows = {row["name"]: row for row in objects(fs, "depts")}
    office = rows["市市场监督管理局"]
    counts = [office[k] for k in ("lead", "responsible", "support", "through_group", "tasks")]
    assert counts == [6, 22, 0, 5, 33]
    assert rows["各县（市、区）人民政府"]["responsible"] == 12
    assert len(rows) == 37


def test_one_department(fs: Fs) -> None:
    county = thing(fs, "depts", "泽州")
    assert county["name"] == "泽州县"
    assert county["groups"] == ["各县（市、区）人民政府"]
    assert county["task_ids"] == [5, 9, 11, 34, 44, 45, 46, 55, 56, 57, 58, 59]
    assert thing(fs, "depts", "各县")["members"][0] == "城区"


def test_indicators(fs: Fs) -> None:
    fs("progress", "update", "18", "--value", "650").ok()
    rows = {row["name"]: row for row in objects(fs, "indicators")}
    assert len(rows) == 22
    assert rows["风险监测"]["met"] is True
    assert rows["风险监测"]["attainment"] == 100
    assert rows["食品检验量"]["value"] is None
    assert [row["task"] for row in objects(fs, "indicators", "--dept", "市农业农村局")] == [
        17,
        17,
        37,
        42,
        42,
        59,
    ]
    assert len(objects(fs, "indicators", "-i", "明厨亮灶")) == 3


@pytest.mark.parametrize(
    ("by", "field", "count"),
    [("section", "section", 10), ("dept", "department", 37), ("task", "id", 59)],
)
def test_progress_groups(fs: Fs, by: str, field: str, count: int) -> None:
    rows = objects(fs, "progress", "--by", by)
    assert len(rows) == count
    assert {field, "tasks", "done", "completion", "pace", "lights"} <= set(rows[0])


def test_progress_by_indicator(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "9").ok()
    rows = {row["name"]: row for row in objects(fs, "progress", "--by", "indicator")}
    assert len(rows) == 22
    assert rows["食品检验量"]["completion"] == 100, "capped where it counts"
    assert rows["食品检验量"]["attainment"] == 150, "not capped where it is shown"


def test_progress_by_indicator_totals_the_tasks_that_have_one(fs: Fs) -> None:
    fs("progress", "update", "37", "--value", "50").ok()
    out = fs("progress", "--by", "indicator", "-f", "md").ok().out
    assert "合计 |  |  |  | 6.7% |" in out, "one of fifteen tasks"


def test_progress_by_department_in_a_role(fs: Fs) -> None:
    rows = fs("progress", "--by", "dept", "--role", "牵头", "-c", "department,tasks").ok().rows
    counted = dict(rows[1:-1])
    assert "市公安局" not in counted
    assert counted["市市场监督管理局"] == "6"


def test_only_who_has_the_role_is_reminded(fs: Fs) -> None:
    rows = fs("due", "--role", "牵头", "-c", "department", "--no-header").ok().rows
    assert ["市食安办"] in rows
    assert ["市公安局"] not in rows


def test_who_has_done_its_part_is_left_in_peace(fs: Fs) -> None:
    fs("progress", "update", "34", "--dept", "城区", "--percent", "100").ok()
    fs("progress", "update", "59", "--dept", "城区", "--done").ok()
    rows = fs("due", "--as-of", "2021-12-31", "-c", "department,overdue,due_soon").rows
    late = {department: (overdue + "、" + soon).split("、") for department, overdue, soon in rows}
    assert not {"34", "59"} & set(late["城区"])
    assert {"34", "59"} <= set(late["阳城县"])


def test_words_for_the_whole_task_answer_for_nobody_in_particular(fs: Fs) -> None:
    fs("progress", "update", "59", "--note", "已布置").ok()
    unreported = dict(fs("due", "--unreported").rows)
    assert "59" in unreported["阳城县"].split("、")
    fs("progress", "update", "1", "--note", "已布置").ok()
    single = fs("due", "--unreported", "--by", "task", "-c", "id", "--no-header").rows
    assert ["1"] not in single


def test_nothing_short_of_a_hundred_is_told_as_a_hundred(fs: Fs) -> None:
    out = fs("progress", "update", "1", "--percent", "99.999").ok().out
    assert "任务完成率 99.9%" in out
    assert ["1", "99.99"] in fs("tasks", "-c", "id,completion").rows


def test_sums_and_minima_keep_their_digits(fs: Fs) -> None:
    for county, value in (("城区", "1.001"), ("阳城县", "0.003")):
        fs("progress", "update", "55", "-i", "2", "--dept", county, "--value", value).ok()
    assert ["1.004"] in fs("indicators", "-c", "value").rows


def test_halves_are_rounded_up(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "1.125").ok()  # 18.75% of the target, a third: 6.25
    assert "| 6.3% |" in fs("tasks", "-s", "三", "-f", "md").ok().out


def test_show_says_how_one_of_many_reports(fs: Fs) -> None:
    out = fs("show", "34", "-f", "table").ok().out
    assert "一个单位报自己的：fs progress update 34 --dept 城区 --percent 60" in out
    assert "一个单位" not in fs("show", "16", "-f", "table").ok().out


def test_progress_alone_is_progress_show(fs: Fs) -> None:
    assert fs("progress").ok().out == fs("progress", "show").ok().out
    assert (
        fs("progress", "--by", "task").ok().out == fs("progress", "show", "--by", "任务").ok().out
    )


def test_progress_ends_with_a_total_in_which_a_task_counts_once(fs: Fs) -> None:
    for by in ("section", "dept", "task"):
        total = fs("progress", "--by", by).ok().rows[-1]
        assert "合计" in total
        assert "59" in total or by == "task"
    assert "合计" in fs("progress", "-f", "md").out.splitlines()[-1]
    assert "合计" not in fs("progress", "-f", "json").out, "scripts add up by themselves"


def test_progress_by_department_for_one_department_shows_only_it(fs: Fs) -> None:
    rows = objects(fs, "progress", "--by", "dept", "--dept", "阳城")
    assert [row["department"] for row in rows] == ["阳城县"]


def test_fail_on_a_light(fs: Fs) -> None:
    assert fs("progress", "--fail-on", "红").code == 0
    fs("progress", "update", "4", "--percent", "50").ok()
    assert fs("progress", "--fail-on", "红").code == 0
    yellow = fs("progress", "--fail-on", "黄")
    assert yellow.code == 1
    assert "合计" in yellow.out
    assert "亮黄灯或红灯的任务有 1 项：4" in yellow.err
    fs("progress", "update", "8", "--percent", "1").ok()
    assert fs("progress", "--fail-on", "红").code == 1
    assert fs("progress", "--fail-on", "红", "--section", "一").code == 0
    assert fs("progress", "--fail-on", "绿").code == 2


def test_due_says_whom_to_remind(fs: Fs) -> None:
    fs("progress", "update", "34", "--dept", "阳城", "--percent", "50").ok()
    fs("progress", "update", "3", "--percent", "50").ok()
    rows = {row["department"]: row for row in objects(fs, "due")}
    assert 34 in rows["泽州县"]["unreported"]
    assert 34 not in rows["阳城县"]["unreported"], "it has reported its own part"
    assert 3 not in rows["晋城海关"]["unreported"]
    assert "各县（市、区）人民政府" not in rows, "members are reminded, not the group"


def test_due_soon_and_overdue(fs: Fs) -> None:
    assert fs("due", "--due-soon").ok().rows[1:] == []
    soon = objects(fs, "due", "--by", "task", "--due-soon", "--as-of", "2021-11-05")
    assert [(row["id"], row["days_left"]) for row in soon] == [(59, 15)]
    assert objects(fs, "due", "--by", "task", "--due-soon", "--as-of", "2021-11-04") == []
    today = objects(fs, "due", "--by", "task", "--overdue", "--as-of", "2021-11-20")
    assert today == [], "due today is not overdue until the day has ended"
    late = objects(fs, "due", "--by", "task", "--overdue", "--as-of", "2021-11-21")
    assert [row["id"] for row in late] == [59]
    assert "城区" in late[0]["departments"]


def test_a_met_milestone_is_no_longer_due(fs: Fs) -> None:
    fs("progress", "update", "59", "--done").ok()
    assert objects(fs, "due", "--by", "task", "--overdue", "--as-of", "2021-12-01") == []


def test_due_for_one_department(fs: Fs) -> None:
    rows = objects(fs, "due", "--dept", "市教育局")
    assert [row["department"] for row in rows] == ["市教育局"]
    counties = objects(fs, "due", "--dept", "各县")
    assert len(counties) == 6


def test_fs_alone_is_the_one_screen(fs: Fs) -> None:
    fs("progress", "update", "1", "--done").ok()
    assert fs().ok().out == fs("overview").ok().out
    screen = thing(fs, "overview", "--as-of", "2021-12-20")
    assert screen["title"] == "晋城市2021年食品安全重点工作安排"
    assert (screen["tasks"], screen["done"]) == (59, 1)
    assert screen["overdue"] == [59]
    assert len(screen["due_soon"]) == 57
    assert fs("--as-of", "2021-12-20").ok().out == fs("overview", "--as-of", "2021-12-20").out


def test_names_are_matched_exactly_then_by_alias_then_by_a_part(fs: Fs) -> None:
    for given in ("市市场监督管理局", "市监局", "市场监", "市市场"):
        assert thing(fs, "depts", given)["name"] == "市市场监督管理局"


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
        (["tasks", "--status", "好"], ["已完成、逾期、未报、推进中"]),
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
    deep = Fs(below, fs.env)
    assert thing(deep, "overview")["title"] == "另一份"
    elsewhere = Fs(fs.folder.parent, fs.env)
    assert thing(elsewhere, "overview")["title"] != "另一份"
    assert thing(elsewhere, "--plan", str(fs.plan), "overview")["title"] == "另一份"
    assert thing(elsewhere, "overview", "--plan", str(fs.plan))["title"] == "另一份"
    assert elsewhere("overview", FS_PLAN=str(fs.plan)).out.count("另一份") == 1
