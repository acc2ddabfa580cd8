"""`--since`: what has changed since an earlier day, in every listing of how things stand."""

import re
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs

AUGUST = ("--since", "2021-08-31")


@pytest.fixture
def moved(fs: Fs) -> Fs:
    """A folder where some figures are older than September and some are not."""
    update = ("progress", "update")
    fs(*update, "16", "-i", "食品检验量", "--value", "1", "--date", "2021-08-20").ok()
    fs(*update, "16", "-i", "食品检验量", "--value", "5.2").ok()
    fs(*update, "18", "--value", "300", "--date", "2021-08-20").ok()
    fs(*update, "18", "--value", "650").ok()
    fs(*update, "1", "--percent", "80").ok()
    return fs


def by_number(rows: list[dict[str, object]], field: str = "id") -> dict[object, dict[str, object]]:
    return {row[field]: row for row in rows}


def test_tasks_say_how_much_and_what_turned(moved: Fs) -> None:
    rows = by_number(moved.objects("tasks", *AUGUST))
    assert rows[18]["turned"] == "黄→绿，新完成"
    assert rows[1]["turned"] == "灰→绿，新报"
    assert (rows[1]["change"], rows[2]["change"], rows[2]["turned"]) == (80, 0, "")
    plain = moved.objects("tasks")
    assert all("change" not in row for row in plain)


def test_what_was_filtered_is_filtered_as_it_is_now(moved: Fs) -> None:
    rows = moved.objects("tasks", "--status", "已完成", *AUGUST)
    assert [(row["id"], row["turned"]) for row in rows] == [(18, "黄→绿，新完成")]


def test_indicators_change_by_their_figures(moved: Fs) -> None:
    rows = by_number(moved.objects("indicators", *AUGUST), "name")
    assert Decimal(str(rows["食品检验量"]["change"])) == Decimal("4.2")
    assert rows["风险监测"]["turned"] == "新达标"


def test_sections_count_what_turned_and_so_does_the_total(moved: Fs) -> None:
    rows = by_number(moved.objects("progress", *AUGUST), "section")
    assert "完成+1" in str(rows[3]["turned"])
    total = moved("progress", *AUGUST, "-f", "md").ok().out.splitlines()[-1]
    assert "完成+1" in total
    assert "| +" in total


def test_departments_change_by_what_they_report_themselves(moved: Fs) -> None:
    moved("progress", "update", "34", "--dept", "阳城县", "--percent", "80").ok()
    rows = by_number(moved.objects("depts", *AUGUST), "name")
    assert rows["阳城县"]["change"] == rows["阳城县"]["own_completion"]
    assert str(rows["阳城县"]["turned"]).startswith("新报")


def test_months_and_their_ends_are_understood(moved: Fs) -> None:
    first = moved("tasks", *AUGUST).ok().out
    assert moved("tasks", "--since", "2021-08").ok().out == first
    assert moved("tasks", "--since", "上月底").ok().out == first


def test_a_day_that_is_not_earlier_is_refused(moved: Fs) -> None:
    for command in ("tasks", "progress", "indicators", "depts"):
        run = moved(command, "--since", "2021-09-30")
        assert (run.code, "请写更早的日期" in run.err, run.out) == (2, True, "")
    assert moved("depts", "阳城县", *AUGUST).code == 2


def test_signs_are_for_people_and_numbers_for_scripts(moved: Fs) -> None:
    one = ("indicators", "-i", "食品检验量", "-c", "name,change", *AUGUST)
    assert moved(*one, "-f", "csv").ok().out.splitlines()[1] == "食品检验量,+4.2"
    assert moved(*one, "-f", "tsv").ok().out.splitlines()[1] == "食品检验量\t4.2"


def test_the_ledger_between_days_and_of_a_person(moved: Fs) -> None:
    moved("progress", "update", "2", "--percent", "5", FS_BY="李四").ok()
    log = ("progress", "log")
    older = moved.objects(*log, "--until", "2021-08")
    assert {row["date"] for row in older} == {"2021-08-20"}
    assert [row["task"] for row in moved.objects(*log, "--since", "2021-09-01", "--by", "李")] == [
        2
    ]
    run = moved(*log, "--since", "2021-09-02", "--until", "2021-09-01")
    assert (run.code, "晚于 --until" in run.err) == (2, True)
    shown = moved(*log, "-c", "at", "-n", "1", TZ="Asia/Shanghai").ok().out.splitlines()[1]
    assert len(shown) == len("2021-09-30 09:12")


def test_reminders_as_text_to_paste(moved: Fs) -> None:
    moved.edit_plan("  - {name: 市公安局", "  - {name: 市公安局, contact: 王五 0356-1111111")
    text = moved("due", "--message").ok().out
    assert len(text.split("\n\n")) > 10
    assert "市公安局（王五 0356-1111111）：" in text
    assert "任务28“落实处罚到人要求”" in text
    assert "相关部门：" not in text
    alone = moved("due", "--message", "-d", "阳城县").ok().out
    assert alone.startswith("阳城县：\n")
    assert alone.count("：\n") == 1 + alone.count("需要跟进：\n")
    assert moved("due", "--message", "-o", "提醒.txt").ok().out == ""
    assert (moved.folder / "提醒.txt").read_text("utf-8") == text
    assert moved("due", "--message", "-f", "json").code == 2
    assert moved("due", "--message", "-o", "提醒.xlsx").code == 2


def test_listings_are_saved_as_word_documents(moved: Fs) -> None:
    from docx import Document

    moved("tasks", "--light", "绿", "-o", "绿灯.docx").ok()
    document = Document(str(moved.folder / "绿灯.docx"))
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells][:2] == ["序号", "任务"]
    assert len(table.rows) == 1 + len(moved.objects("tasks", "--light", "绿"))
    assert moved("tasks", "-o", "绿灯.docx").code == 4
    moved("tasks", "-o", "绿灯.docx", "--force").ok()


def test_the_log_says_when_in_every_form(fs: Fs) -> None:
    fs("progress", "update", "7", "--percent", "5").ok()
    assert fs("log", "-o", "记录.xlsx").ok()
    sheet: Any = load_workbook(fs.folder / "记录.xlsx").active
    (row,) = sheet.iter_rows(min_row=3, values_only=True)
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", str(cell)) for cell in row)
    assert "填报时间" in fs("log", "-f", "md").ok().out
