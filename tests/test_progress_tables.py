"""`fs progress` and `fs due`: the tables, their totals, whom to remind."""

import pytest

from tests.conftest import Fs


@pytest.mark.parametrize(
    ("by", "field", "count"),
    [("section", "section", 10), ("dept", "department", 37), ("task", "id", 59)],
)
def test_progress_groups(fs: Fs, by: str, field: str, count: int) -> None:
    rows = fs.objects("progress", "--by", by)
    assert len(rows) == count
    assert {field, "tasks", "done", "completion", "pace", "lights"} <= set(rows[0])


def test_progress_by_indicator(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "9").ok()
    rows = {row["name"]: row for row in fs.objects("progress", "--by", "indicator")}
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


def test_progress_by_department_has_what_each_reported_itself(fs: Fs) -> None:
    fs("progress", "update", "5", "--dept", "城区", "--value", "100").ok()
    rows = {row["department"]: row for row in fs.objects("progress", "--by", "dept")}
    known = {row["name"]: row for row in fs.objects("depts")}
    own = ("own_completion", "own_reported", "own_date", "rank")
    assert {name: [row[f] for f in own] for name, row in rows.items()} == {
        name: [known[name][f] for f in own] for name in rows
    }
    assert rows["城区"]["rank"] == 1
    (alone,) = fs.objects("progress", "--by", "dept", "--dept", "城区", "--section", "一")
    assert (alone["own_completion"], alone["own_reported"]) == (100, "1/1")


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
    assert "一个单位" not in fs("show", "18", "-f", "table").ok().out


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
    rows = fs.objects("progress", "--by", "dept", "--dept", "阳城")
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
    rows = {row["department"]: row for row in fs.objects("due")}
    assert 34 in rows["泽州县"]["unreported"]
    assert 34 not in rows["阳城县"]["unreported"], "it has reported its own part"
    assert 3 not in rows["晋城海关"]["unreported"]
    assert "各县（市、区）人民政府" not in rows, "members are reminded, not the group"


def test_due_soon_and_overdue(fs: Fs) -> None:
    assert fs("due", "--due-soon").ok().rows[1:] == []
    soon = fs.objects("due", "--by", "task", "--due-soon", "--as-of", "2021-11-05")
    assert [(row["id"], row["days_left"]) for row in soon] == [(59, 15)]
    assert fs.objects("due", "--by", "task", "--due-soon", "--as-of", "2021-11-04") == []
    today = fs.objects("due", "--by", "task", "--overdue", "--as-of", "2021-11-20")
    assert today == [], "due today is not overdue until the day has ended"
    late = fs.objects("due", "--by", "task", "--overdue", "--as-of", "2021-11-21")
    assert [row["id"] for row in late] == [59]
    assert "城区" in late[0]["departments"]


def test_a_met_milestone_is_no_longer_due(fs: Fs) -> None:
    fs("progress", "update", "59", "--done").ok()
    assert fs.objects("due", "--by", "task", "--overdue", "--as-of", "2021-12-01") == []


def test_due_for_one_department(fs: Fs) -> None:
    rows = fs.objects("due", "--dept", "市教育局")
    assert [row["department"] for row in rows] == ["市教育局"]
    counties = fs.objects("due", "--dept", "各县")
    assert len(counties) == 6


def test_red_lights_and_who_has_not_reported_this_month(fs: Fs) -> None:
    fs("progress", "update", "37", "--value", "3", "--date", "2021-08-20").ok()
    fs("progress", "update", "17", "--value", "1.4", "--date", "2021-09-20").ok()
    (row,) = fs.objects("due", "-d", "市农业农村局")
    assert row["red"] == [17, 37]
    assert row["not_since"] == [37]
    fs("progress", "update", "34", "--dept", "阳城县", "--percent", "60").ok()
    counties = {row["department"]: row["red"] for row in fs.objects("due", "-d", "各县")}
    assert counties["阳城县"] == [34]  # 60 of the 75 that are expected
    fs("progress", "update", "34", "--dept", "阳城县", "--percent", "80").ok()
    counties = {row["department"]: row["red"] for row in fs.objects("due", "-d", "各县")}
    assert counties["阳城县"] == []  # the others are to blame
    assert counties["城区"] == [34]
    assert "not_since" not in fs("due", "--red").ok().out
    assert fs.objects("due", "--red")[0]["department"] == "市农业农村局"
    (late,) = fs.objects("due", "-d", "市农业农村局", "--since", "2021-09-25")
    assert late["not_since"] == [17, 37]
    (late,) = fs.objects("due", "-d", "市农业农村局", "--since", "2021-08-01")
    assert (late["red"], late["not_since"]) == ([17, 37], [])
