"""The date in force with the first beside it, in every output that says when something is due."""

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs

EXTENDED = "2022-03-31（原 2021-12-31，延期1次）"


@pytest.fixture
def extended(fs: Fs) -> Fs:
    """Task 55 is under way, and its counties have more time for their figure."""
    fs("progress", "update", "55", "-i", "示范县创建", "-d", "城区", "--value", "0.5").ok()
    asked = ("extension", "apply", "55", "-i", "示范县创建", "--to", "2022-03-31")
    fs(*asked, "--reason", "改期", "--by", "甲").ok()
    fs("extension", "grant", "55", "--by", "乙").ok()
    return fs


def test_the_indicators_list(extended: Fs) -> None:
    assert EXTENDED in extended("indicators", "-f", "md").ok().out
    assert extended("indicators", "-c", "name,extensions").ok().out.splitlines()[0]


def test_no_column_of_dates_where_none_was_put_off(fs: Fs) -> None:
    assert "时限" not in fs("indicators", "-f", "md").ok().out


def test_the_story_says_which_figure_was_put_off(extended: Fs) -> None:
    told = extended("show", "55", "-f", "md").ok().out
    assert "申请延期（指标“示范县创建”）至 2022-03-31" in told
    assert "同意延期（指标“示范县创建”）" in told
    assert told.count(f"时限 {EXTENDED}") == 1


def test_the_form_of_who_has_more_time(extended: Fs) -> None:
    extended("form", "-d", "城区", "-o", "城区.xlsx").ok()
    sheet = load_workbook(extended.folder / "城区.xlsx").worksheets[0]
    said = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=4)}
    assert said["55"].endswith(f"【时限】{EXTENDED}")
    assert "【时限】" not in said["57"]


def test_the_long_report(extended: Fs) -> None:
    extended("extension", "apply", "1", "--to", "2022-01-31", "--reason", "改期", "--by", "甲").ok()
    extended("extension", "grant", "1", "--by", "乙").ok()
    extended("progress", "update", "1", "--percent", "40").ok()
    extended("report", "--full", "-o", "报告.md").ok()
    told = (extended.folder / "报告.md").read_text(encoding="utf-8")
    assert "时限2022-01-31（原 2021-12-31，延期1次）" in told


def test_what_is_done_keeps_the_date_it_was_done_by(fs: Fs) -> None:
    """Task 59 has one thing to do, by 20 November, in a plan that runs to the year's end."""
    day = "2021-11-18"
    due = ("tasks", "--due-before", "2021-11-21", "-c", "id,due")
    before = fs(*due, FS_TODAY=day).ok().rows
    assert ["59", "2021-11-20"] in before
    (report,) = (i for i in fs.thing("show", "59")["indicators"] if i["name"] == "年度报告")
    rows = [f"59,年度报告,{name},完成,{day}" for name in report["silent"]]
    (fs.folder / "a.csv").write_text("\n".join(["序号,指标,单位,数值,日期", *rows]), "utf-8")
    fs("progress", "import", "a.csv", FS_TODAY=day).ok()
    done = fs("tasks", "-c", "id,status,due", FS_TODAY=day).ok().rows
    assert ["59", "已完成", "2021-11-20"] in done
    assert fs(*due, FS_TODAY=day).ok().rows == before
