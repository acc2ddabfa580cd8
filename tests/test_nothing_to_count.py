"""0/0 is 不涉及: neither 0 nor 100, left out of every mean, and shown as what it is."""

from tests.conftest import Fs
from tests.test_shared_figures import update


def test_a_task_with_nothing_to_count_is_in_no_mean(fs: Fs) -> None:
    before = fs.objects("sections")[2]["completion"]
    for name in ("食品检验量", "核查处置率", "按时完成率"):
        run = update(fs, "16", "-i", name, "--value", "0/0")
    assert "任务完成率 不涉及" in run.out
    assert fs.thing("show", "16")["completion"] is None
    assert fs.objects("sections")[2]["completion"] == before
    late = fs.thing("show", "16", "--as-of", "2022-01-05")
    assert (late["status"], late["light"]) == ("推进中", "绿")
    for name in ("r.md", "p.html"):
        fs("report", "-o", name).ok()
        assert "不涉及" in (fs.folder / name).read_text("utf-8")


def test_what_was_counted_does_not_become_nothing(fs: Fs) -> None:
    update(fs, "5", "-d", "城区", "--value", "40/100", "--date", "2021-08-01")
    run = fs("progress", "update", "5", "-d", "城区", "--value", "0/0")
    assert (run.code, "累计数不会变成“本期无此事”（0/0）" in run.err) == (2, True)
    update(fs, "5", "-d", "城区", "--value", "0/0", "--allow-decrease")
    assert fs.thing("show", "5")["completion"] == 0


def test_of_a_percentage_too(fs: Fs) -> None:
    update(fs, "34", "-d", "阳城县", "--percent", "0/0")
    (fs.folder / "a.csv").write_text("序号,单位,完成率,分子,分母\n34,城区,,0,0\n", "utf-8")
    fs("progress", "import", "a.csv").ok()
    assert fs("check").ok().out == ""
    update(fs, "34", "-d", "高平市", "--percent", "60")
    assert fs.thing("show", "34")["completion"] == 15, "60, and three that are silent"
    own = fs.thing("depts", "阳城县")["own_figures"]
    assert [row["value"] for row in own if row["task"] == 34] == ["不涉及"]


def test_who_is_not_concerned_is_told_beside_who_has_reported(fs: Fs) -> None:
    update(fs, "5", "-d", "城区", "--value", "0/0")
    update(fs, "5", "-d", "泽州县", "--value", "50/100")
    assert "已报 2/8，不涉及 1 个" in fs.thing("show", "5")["indicators"][0]["made_of"]


def test_a_milestone_is_done_or_not(fs: Fs) -> None:
    run = fs("progress", "update", "59", "--value", "0/0")
    assert (run.code, "是节点，只有完成与否：完成后请用 --done" in run.err) == (2, True)


def test_a_plan_that_is_edited_keeps_it(fs: Fs) -> None:
    update(fs, "3", "--percent", "0/0")
    fs.edit_plan("lights:", "# 一行注释\nlights:")
    assert fs("check").ok().out == ""
    assert fs.thing("show", "3")["completion"] is None


def test_a_section_with_nothing_else_is_no_zero(fs: Fs) -> None:
    update(fs, "37", "--value", "0/0")
    update(fs, "38", "-i", "自查报告率", "--value", "0/0")
    update(fs, "38", "-i", "整改率", "--value", "0/0")
    fs("report", "-o", "r.html").ok()
    fs("report", "-o", "r.md").ok()
    text = (fs.folder / "r.md").read_text("utf-8")
    assert "2项任务，完成率不涉及。" in text
    late = ("--as-of", "2022-01-05")
    counts = fs.thing("overview", *late)
    assert 38 not in counts["overdue"]
    assert counts["overdue_count"] == len(fs.objects("tasks", "--status", "逾期", *late))
    assert 38 not in [row["id"] for row in fs.objects("due", "--by", "task", *late)]


def test_it_is_no_completion_in_any_listing(fs: Fs) -> None:
    update(fs, "5", "--value", "0/0")
    ledger = {row["id"]: row["completion"] for row in fs.objects("export")}
    by_indicator = fs.objects("progress", "--by", "indicator")
    table = {row["task"]: row["completion"] for row in by_indicator}
    assert (ledger[5], table[5]) == (None, None)
    fs("report", "-o", "f.md", "--full").ok()
    text = (fs.folder / "f.md").read_text("utf-8")
    (line,) = [line for line in text.splitlines() if "| 不涉及 |" in line]
    assert line.endswith(("|  |", "| |"))


def test_of_a_part_it_is_said_as_words(fs: Fs) -> None:
    update(fs, "57", "-d", "城区", "--value", "0/0")
    why = " ".join(fs.thing("show", "57")["why"])
    assert ("不涉及%" in why, "不涉及" in why) == (False, True)
    assert "不涉及 1 个" in fs("indicators", "-i", "权重").ok().out
    assert "。、" not in fs("show", "57").ok().out


def test_nothing_to_count_alone_is_a_report(fs: Fs) -> None:
    update(fs, "34", "-d", "阳城县", "--percent", "0/0")
    (row,) = [row for row in fs.objects("tasks") if row["id"] == 34]
    assert (row["reported"], row["made_of"]) == ("1/6", "已报 1/6")
    assert "阳城县" not in str(row["silent"])


def test_both_reports_count_the_indicators_that_are_not_concerned(fs: Fs) -> None:
    update(fs, "16", "-i", "核查处置率", "--value", "0/0")
    for args in ((), ("--full",)):
        fs("report", *args, "-o", "报告.md", "--force").ok()
        assert "不涉及1个" in (fs.folder / "报告.md").read_text("utf-8")
