"""What is said to departments inside their own time, sent back, or past a letter's day."""

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import Fs
from tests.test_shared_figures import amended, update


@pytest.fixture
def later(fs: Fs) -> Fs:
    """One county of six has until the middle of 2023 for task 34, and is further than that."""
    asked = ("extension", "apply", "34", "-d", "阳城县", "--to", "2023-06-30", "--reason", "推迟")
    fs(*asked, "--by", "张三").ok()
    fs("extension", "grant", "34", "-d", "阳城县", "--by", "李四").ok()
    fs.env["FS_TODAY"] = "2021-12-20"
    for body in ("城区", "泽州县", "高平市", "陵川县", "沁水县"):
        update(fs, "34", "-d", body, "--percent", "30")
    update(fs, "34", "-d", "阳城县", "--percent", "45")
    return fs


def test_who_keeps_to_its_own_time_is_not_behind(later: Fs) -> None:
    assert later.thing("show", "34")["light"] == "红"
    assert "红灯" not in later("due", "-d", "阳城县", "--message").ok().out
    planned = later("letter", "write", "34", "--kind", "催办", "--dry-run", "-f", "md").ok()
    assert "阳城县" not in planned.out
    assert "城区" in planned.out


def test_a_letter_to_it_by_name_says_its_own_pace(later: Fs) -> None:
    named = ("letter", "write", "34", "-d", "阳城县", "--kind", "提醒", "--message")
    assert "应完成" not in later(*named).ok().out
    update(later, "34", "-d", "阳城县", "--percent", "10", "--allow-decrease")
    assert "应完成38.9%" in later(*named).ok().out


def test_a_milestone_inside_its_own_time_asks_for_nothing(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-11-15"
    asked = ("extension", "apply", "59", "-d", "阳城县", "--to", "2022-01-31", "--reason", "推迟")
    fs(*asked, "--by", "张三").ok()
    fs("extension", "grant", "59", "-d", "阳城县", "--by", "李四").ok()
    update(fs, "59", "-d", "城区", "--done")
    fs.env["FS_TODAY"] = "2021-11-25"
    planned = fs("letter", "write", "59", "--kind", "督办", "--dry-run", "-f", "md").ok().out
    assert ("泽州县" in planned, "阳城县" in planned) == (True, False)


@pytest.fixture
def returned(fs: Fs) -> Fs:
    update(fs, "20", "--value", "120")
    fs("signoff", "apply", "20").ok()
    back = ("--reason", "材料缺", "--redo-by", "2021-10-05", "--by", "李四")
    fs("signoff", "return", "20", *back).ok()
    fs.env["FS_TODAY"] = "2021-10-09"
    return fs


def test_what_was_sent_back_can_be_written_about(returned: Fs) -> None:
    run = returned("letter", "write", "--returned", "--kind", "催办", "-o", "函").ok()
    assert "市规划和自然资源局" in run.out


def test_a_day_that_has_gone_is_no_day_to_mend_by(returned: Fs) -> None:
    told = returned("due", "-d", "市规划和自然资源局", "--message").ok().out
    assert "应于2021年10月5日前补齐，已过期" in told


def test_an_unanswered_letter_is_named_as_what_it_is(fs: Fs) -> None:
    update(fs, "37", "--value", "3")
    fs("letter", "write", "37", "--kind", "提醒", "--reply-by", "2021-10-05", "-o", "函").ok()
    fs.env["FS_TODAY"] = "2021-10-07"
    told = fs("due", "-d", "市农业农村局", "--message").ok().out
    assert "提醒函 晋市食安办提〔2021〕1号（应于2021年10月5日前反馈）已过期限" in told


def test_who_answers_for_what_others_report_is_not_unreported(fs: Fs) -> None:
    for body in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        update(fs, "57", "-d", body, "--value", "1")
    rows = fs("due", "-d", "市食安办", "--unreported", "-f", "csv").ok().out
    assert "57" not in rows


def test_to_a_department_only_what_it_reports_itself(fs: Fs) -> None:
    update(fs, "57", "-d", "阳城县", "--value", "3")
    named = ("letter", "write", "57", "-d", "城区", "--kind", "催办", "--message")
    assert "差在“权重”（3/2，已报1/6，你单位未报）" in fs(*named).ok().out


def test_what_was_decided_on_something_taken_back_is_marked(fs: Fs) -> None:
    update(fs, "20", "--value", "120")
    fs("signoff", "apply", "20", "--by", "张三").ok()
    (application,) = (r["id"] for r in fs.objects("log", "20") if r["kind"] == "signoff")
    before = fs.ledger.read_bytes()
    fs("signoff", "accept", "20", "--by", "李四").ok()
    accepted = fs.ledger.read_bytes()[len(before) :]
    fs.ledger.write_bytes(before)
    fs("progress", "undo", str(application), "--yes").ok()
    fs.ledger.write_bytes(fs.ledger.read_bytes() + accepted)
    assert "同意销号（没有计入）" in fs("log", "20", "-f", "md").ok().out


def test_the_number_that_is_used_is_the_one_that_was_typed(fs: Fs) -> None:
    many = ("letter", "write", "--light", "灰", "--section", "三", "--kind", "督办", "-o", "函")
    fs(*many).ok()
    run = fs(*many, "--again", "--number", "3")
    assert (run.code, "〔2021〕3号 已经用过（已用到 " in run.err) == (2, True)


def test_a_forecast_under_extension_names_its_day(fs: Fs) -> None:
    for month, value in ((3, 3), (6, 6), (8, 8)):
        update(fs, "21", "--value", str(value), "--date", f"2021-0{month}-28")
    fs("extension", "apply", "21", "--to", "2022-03-31", "--reason", "口岸", "--by", "甲").ok()
    fs("extension", "grant", "21", "--by", "乙").ok()
    assert "到 2022-03-31 预计 15，目标 30" in "".join(fs.thing("show", "21")["why"])


def test_each_figure_is_held_against_its_own_date(fs: Fs) -> None:
    fs.edit_plan("            due: 2021-11-20\n", "            due: 2021-09-20\n")
    forms = {}
    for body in ("阳城县", "城区"):
        fs("form", "-d", body, "-o", f"{body}.xlsx").ok()
        sheet = load_workbook(fs.folder / f"{body}.xlsx").worksheets[0]
        forms[body] = {row[0].value: str(row[1].value) for row in sheet.iter_rows(min_row=4)}
    assert "【时限】2021-09-20" in forms["城区"][59]
    assert "【时限】" not in forms["城区"][57]


def test_a_part_of_a_sum_is_as_far_as_the_sum_inside_its_own_time(fs: Fs) -> None:
    for number, body in enumerate(("城区", "阳城县", "陵川县"), 1):
        update(fs, "55", "-i", "示范县创建", "-d", body, "--value", f"0.{number}")
    asked = ("extension", "apply", "55", "-d", "阳城县", "-i", "示范县创建", "--to", "2023-12-31")
    fs(*asked, "--reason", "改期", "--by", "甲").ok()
    fs("extension", "grant", "55", "--by", "乙").ok()
    told = fs("due", "-d", "阳城县", "--message").ok().out
    assert "55" not in told or "进度滞后" not in told.split("任务55")[1].split("\n")[0]


def test_a_new_application_is_dated_before_nothing_that_was(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2022-01-20"
    update(fs, "1", "--percent", "100", "--date", "2022-01-15")
    fs("signoff", "apply", "1").ok()
    fs("signoff", "return", "1", "--reason", "材料不全", "--by", "乙").ok()
    fs("signoff", "apply", "1").ok()
    assert fs("signoff", "apply", "1", "--date", "2021-12-20").code == 2


def test_a_long_letter_has_all_that_the_page_has_room_for(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-11-25"
    for body in ("城区", "泽州县"):
        update(fs, "16", "-i", "食品检验量", "-d", body, "--value", "3.2")
    update(fs, "16", "-i", "核查处置率", "--value", "160/171")
    fs("signoff", "apply", "16", "-d", "高平市").ok()
    back = ("--reason", "没有填报，请先填报食品检验量，再附国家抽检信息系统截图", "--by", "乙")
    fs("signoff", "return", "16", "-d", "高平市", *back, "--redo-by", "2021-12-10").ok()
    fs("letter", "write", "16", "--kind", "督办", "-d", "高平市", "-o", "函").ok()
    (path,) = (fs.folder / "函").iterdir()
    words = "".join(p.text for p in Document(str(path)).paragraphs)
    assert "应于2021年12月10日前补齐。你单位未报。" in words
    assert "……" not in words


def test_an_extension_of_others_is_not_ones_own(fs: Fs) -> None:
    paper = "effective: 2021-02-15, task: 34, due: 2021-11-30"
    amended(fs, f"{{basis: 甲文, {paper}}}")
    update(fs, "34", "-d", "城区", "--percent", "10")
    asked = ("extension", "apply", "34", "-d", "阳城县", "--to", "2021-12-15", "--reason", "疫情")
    fs(*asked, "--by", "甲").ok()
    fs("extension", "grant", "34", "-d", "阳城县", "--by", "乙").ok()
    told = fs("letter", "write", "34", "-d", "城区", "--kind", "督办", "--message").ok().out
    assert "延期" not in told


def test_nothing_to_count_is_no_completion_in_the_form(fs: Fs) -> None:
    update(fs, "5", "-d", "城区", "--value", "0/0")
    fs("form", "-d", "城区", "-o", "f.xlsx").ok()
    sheet = load_workbook(fs.folder / "f.xlsx").worksheets[0]
    said = {row[0].value: str(row[6].value) for row in sheet.iter_rows(min_row=4)}
    assert said[5] == "不涉及（2021-09-30）"
