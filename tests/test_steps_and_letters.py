"""Steps of the cycle in an answer's words; what lapses, and what is told of who is passed over."""

import json
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import Fs
from tests.test_shared_figures import amended, update


def asked(fs: Fs, task: str, to: str, *more: str) -> None:
    fs("extension", "apply", task, "--to", to, "--reason", "疫情", *more).ok()


def test_the_answer_to_a_grant_has_the_date_that_holds_now(fs: Fs) -> None:
    asked(fs, "21", "2022-02-15")
    row = fs.thing("extension", "grant", "21", "--by", "李四")
    assert (row["to"], row["due"], row["due_first"]) == ("2022-02-15", "2022-02-15", "2021-12-31")
    asked(fs, "22", "2022-01-15")
    told = fs("extension", "grant", "22", "--by", "李四", "-f", "md").ok().out
    assert "2022-01-15（原 2021-12-31，延期1次）" in told


@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_steps_are_told_in_the_words_of_the_office(fs: Fs, form: str) -> None:
    told = fs("signoff", "apply", "21", "-f", form).ok().out
    assert ("申请销号" in told, "apply" in told) == (True, False)


def letter(number: int, name: str, task: int, body: str) -> str:
    step = {"kind": "letter", "step": "write", "number": f"晋市食安办督〔2021〕{number}号"}
    when = {
        "at": f"2021-10-01T09:00:0{number}+08:00",
        "date": "2021-10-01",
        "reply_by": "2021-10-08",
    }
    about = {"by": "张三", "letter": "督办", "department": body, "tasks": [task]}
    return json.dumps({"id": name} | when | about | step, ensure_ascii=False)


def test_a_number_is_a_number_whatever_ids_begin_with(fs: Fs) -> None:
    lines = (
        letter(1, "2aaaaaaaaaaaaaa1", 21, "晋城海关"),
        letter(2, "baa2", 22, "市市场监督管理局"),
    )
    fs.ledger.write_text("\n".join(lines) + "\n", "utf-8")
    fs.env["FS_TODAY"] = "2021-10-02"
    assert "2号（市市场监督管理局）" in fs("letter", "answered", "2").ok().out
    assert "1号（晋城海关）" in fs("letter", "answered", "2aaaaa").ok().out


def test_nobody_has_approved_what_was_taken_back(fs: Fs) -> None:
    asked(fs, "21", "2022-01-31", "--by", "张三")
    fs("extension", "withdraw", "21", "--by", "张三").ok()
    fs("extension", "form", "21", "-o", "a.docx").ok()
    (table,) = Document(str(fs.folder / "a.docx")).tables
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert ("撤回申请" in words, "审批人：张三" in words) == (True, False)


def test_an_application_for_time_lapses_when_the_work_is_signed_off(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2022-01-10"
    update(fs, "48", "--percent", "100", "--date", "2022-01-08")
    asked(fs, "48", "2022-03-31")
    fs("signoff", "apply", "48").ok()
    fs("signoff", "accept", "48", "--by", "李四").ok()
    assert "延期待审批" not in fs("-f", "md").ok().out
    assert fs.objects("extension")[0]["state"] == "已了结"
    run = fs("extension", "grant", "48", "--by", "李四")
    assert (run.code, "已销号" in run.err) == (2, True)
    assert fs.objects("signoff", "-a")[0]["late"] is True
    fs("signoff", "reopen", "48", "--reason", "抽查不实", "--by", "李四").ok()
    assert fs.objects("extension")[0]["state"] == "待审批"


def test_a_message_asks_for_what_is_lacking(fs: Fs) -> None:
    fs.edit_plan("# closing:", "closing:")
    fs.env["FS_TODAY"] = "2022-01-05"
    for county in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        update(fs, "45", "-d", county, "--percent", "100", "--date", "2021-12-20")
    fs("signoff", "apply", "45", "-d", "阳城县", "--evidence", "文1号").ok()
    back = ("--reason", "缺签发", "--redo-by", "2022-01-08", "--by", "李四")
    fs("signoff", "return", "45", "-d", "阳城县", *back).ok()
    named = ("-d", "阳城县", "-d", "高平市", "--kind", "提醒", "--message", "--again")
    yangcheng, gaoping = fs("letter", "write", "45", *named).ok().out.split("【提醒】")[1:]
    yangcheng, gaoping = sorted((yangcheng, gaoping), key=lambda text: "高平市" in text)
    assert "已退回：缺签发，应于2022年1月8日前补齐" in yangcheng
    assert "你单位的数已达标，还没有申请销号" in gaoping


def test_who_waits_for_the_office_is_named_and_not_written_to(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2022-01-10"
    fs("signoff", "apply", "48").ok()
    run = fs("letter", "write", "48", "--kind", "督办", "-o", "函").ok()
    assert "已申请销号，等审核" in run.err
    assert "不由它报数" in fs("letter", "write", "51", "-d", "市公安局", "--dry-run").ok().err


def test_what_is_possible_is_told_of_each_part(fs: Fs) -> None:
    fs("signoff", "apply", "45", "-d", "沁水县").ok()
    fs("signoff", "return", "45", "--reason", "缺", "--by", "李四").ok()
    told = fs("signoff", "accept", "45", "--by", "李四").err
    assert "沁水县已退回，可以申请销号" in told
    assert "等 5 个未申请，可以申请销号" in told


def handed_on(fs: Fs, task: int, whom: str) -> None:
    amended(
        fs, f"{{basis: 甲〔2021〕5号, effective: 2021-10-05, task: {task}, responsible: [{whom}]}}"
    )
    fs.env["FS_TODAY"] = "2021-10-18"


def test_nothing_is_waited_for_from_who_has_handed_on(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-10-01"
    fs("letter", "write", "22", "--kind", "督办", "-o", "函").ok()
    handed_on(fs, 22, "市公安局")
    assert "未复" not in fs("-f", "md").ok().out
    assert "移交" in fs("letter").ok().out


def test_the_register_keeps_former_bodies_however_it_is_asked_for(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-10-01"
    fs("signoff", "apply", "23").ok()
    fs("signoff", "return", "23", "--reason", "补", "--by", "李四").ok()
    handed_on(fs, 23, "市公安局, 市教育局")
    for more in ((), ("--state", "已退回"), ("-d", "市卫生健康委")):
        assert [row["task"] for row in fs.objects("signoff", "-a", *more)] == [23], more
    fs("report", "-o", "r.md").ok()
    assert "退回1次" in (fs.folder / "r.md").read_text("utf-8")


def test_the_whole_tasks_application_shows_the_tasks_date(fs: Fs) -> None:
    asked(fs, "55", "2022-03-31")
    asked(fs, "55", "2022-04-30", "-i", "初评")
    fs("extension", "grant", "55", "-i", "整项任务", "--by", "李四").ok()
    fs("extension", "grant", "55", "--by", "李四").ok()
    dues = {row["indicator"]: row["due"] for row in fs.objects("extension")}
    assert dues == {"": "2022-03-31", "初评": "2022-04-30"}
    assert fs.thing("show", "55")["due"] == "2022-03-31"


def test_only_a_date_in_force_runs_on(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-10-01"
    asked(fs, "21", "2022-03-01")
    fs("extension", "grant", "21", "--by", "李四").ok()
    assert "延期执行中" in fs("-f", "md").ok().out
    amended(fs, "{basis: 甲〔2021〕5号, effective: 2021-10-05, task: 21, due: 2022-01-31}")
    fs.env["FS_TODAY"] = "2021-10-08"
    assert "延期执行中" not in fs("-f", "md").ok().out


def test_numbers_run_on_over_the_folders_of_two_years(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2021-12-20"
    fs("letter", "write", "21", "--kind", "督办", "-o", "函", "--number", "7").ok()
    after = fs.folder / "2021-12"
    after.mkdir()
    text = fs.plan.read_text("utf-8")
    text = text.replace("period:", "previous: ..\nperiod:", 1)
    text = text.replace("start: 2021-01-01, end: 2021-12-31", "start: 2021-12-01, end: 2022-11-30")
    (after / "plan.yaml").write_text(text, "utf-8")
    there = ("--plan", str(after / "plan.yaml"))
    planned = fs("letter", "write", "21", "--kind", "督办", "--dry-run", "-f", "md", *there)
    assert "督〔2021〕8号" in planned.ok().out


def test_a_number_of_another_kind_is_refused(fs: Fs) -> None:
    number = ("--number", "晋市食安办提〔2021〕5号")
    run = fs("letter", "write", "22", "--kind", "督办", *number, "-o", "函")
    assert (run.code, "是提醒函的文号" in run.err) == (2, True)


def test_evidence_that_came_with_a_report_is_listed_with_the_application(fs: Fs) -> None:
    fs.edit_plan("# closing:", "closing:")
    Path(fs.folder / "材料.pdf").write_bytes(b"x")
    update(fs, "48", "--percent", "100", "--evidence", "文1", "--evidence", "材料.pdf")
    assert "佐证 2 份" in fs("signoff", "apply", "48").ok().out
    assert fs.objects("signoff")[0]["evidence"] == ["文1", "材料.pdf"]


def test_what_cannot_be_undone_without_its_id_is_said_so(fs: Fs) -> None:
    asked(fs, "48", "2022-02-01")
    assert "fs log" in fs("progress", "undo", "--yes").err


def letters(fs: Fs, *lines: str) -> None:
    fs.ledger.write_text("\n".join(lines) + "\n", "utf-8")
    fs.env["FS_TODAY"] = "2021-10-21"


WRITTEN = letter(1, "c3", 19, "市发展和改革委员会")


def answer(name: str, day: str) -> str:
    return (
        f'{{"id":"{name}","at":"2021-10-20T09:00:00+08:00","by":"{name}","kind":"letter",'
        f'"step":"answered","of":"c3","date":"{day}"}}'
    )


def test_the_first_of_two_answers_counts_in_any_order(fs: Fs) -> None:
    both = [answer("a1", "2021-10-07"), answer("a2", "2021-10-19")]
    for order in (both, both[::-1]):
        letters(fs, WRITTEN, *order)
        assert "2021-10-07 已反馈" in fs("letter").ok().out


def step(name: str, kind: str, more: str, day: str = "2021-10-05") -> str:
    whose = '"task":19,"department":"市发展和改革委员会"'
    return (
        f'{{"id":"{name}","at":"{day}T09:00:00+08:00","by":"张三","kind":"signoff","step":"{kind}",'
        f'{whose},"date":"{day}"{more}}}'
    )


def test_an_answer_in_time_stays_one(fs: Fs) -> None:
    report = (
        '{"id":"d1","at":"2021-10-20T09:00:00+08:00","by":"张三","date":"2021-10-20",'
        '"entries":[{"task":19,"indicator":"粮食检验监测","value":300}]}'
    )
    letters(fs, WRITTEN, step("c4", "apply", ""), report)
    assert "2021-10-05 已反馈" in fs("letter").ok().out


def test_an_application_taken_back_is_no_answer(fs: Fs) -> None:
    letters(fs, WRITTEN, step("c4", "apply", ""), step("c5", "withdraw", ',"of":"c4"'))
    assert "逾期 13 天未反馈" in fs("letter").ok().out


@pytest.mark.parametrize("number", ["晋市食安办督[2021]1号", "晋市食安办督（2021）1号"])
def test_a_number_may_be_typed_with_any_brackets(fs: Fs, number: str) -> None:
    letters(fs, WRITTEN)
    assert "已记下反馈" in fs("letter", "answered", number).ok().out


def test_a_late_application_is_told_after_the_decision_too(fs: Fs) -> None:
    update(fs, "21", "--value", "30", "--date", "2021-09-20")
    fs.env["FS_TODAY"] = "2022-01-05"
    fs("signoff", "apply", "21").ok()
    fs("signoff", "accept", "21", "--by", "李四").ok()
    assert "2022-01-05 申请（逾期申请）" in "".join(fs.thing("show", "21")["why"])


def test_what_counties_sign_off_lets_the_applicants_request_lapse(fs: Fs) -> None:
    for county in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        fs("signoff", "apply", "45", "-d", county).ok()
        fs("signoff", "accept", "45", "-d", county, "--by", "李四").ok()
    ask = ("extension", "apply", "45", "-d", "城区", "--to", "2022-03-01", "--reason", "x")
    run = fs(*ask)
    assert (run.code, "已销号" in run.err) == (2, True)


def test_steps_that_were_not_possible_are_marked_in_the_story(fs: Fs) -> None:
    letters(
        fs,
        step("s1", "apply", ""),
        step("s2", "accept", ',"of":"s1"', "2021-10-06"),
        step("s3", "reopen", ',"of":"s2","reason":"甲查"', "2021-10-07"),
        step("s4", "reopen", ',"of":"s2","reason":"乙查"', "2021-10-08"),
    )
    figures = {row["id"]: row["figure"] for row in fs.objects("log", "19")}
    assert figures["s3"] == "重新打开"
    assert figures["s4"] == "重新打开（没有计入）"
    assert "重新打开（没有计入）" in fs("show", "19").ok().out


def test_what_no_command_would_have_recorded_is_told(fs: Fs) -> None:
    letters(
        fs,
        WRITTEN.replace('"2021-10-08"', '"2021-09-20"'),
        step("s1", "apply", "", "2021-10-05"),
        step("s2", "accept", ',"of":"s1"', "2021-10-01"),
    )
    told = fs("check").ok().out
    assert "早于发出的 2021-10-01" in told
    assert "“同意销号”的日子 2021-10-01 早于“申请销号”的 2021-10-05" in told
    assert "申请和审核都是“张三”" in told


def test_a_late_application_stays_late_whatever_is_granted_afterwards(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2022-01-10"
    fs("signoff", "apply", "21", "--date", "2022-01-10").ok()
    assert [row["late"] for row in fs.objects("signoff", "list")] == [True]
    asked(fs, "21", "2022-03-01")
    fs("extension", "grant", "21", "--by", "李四").ok()
    assert [row["late"] for row in fs.objects("signoff", "list")] == [True]
    assert "（逾期申请）" in fs("show", "21", "-f", "md").ok().out


def test_the_day_of_a_request_is_one_and_the_same_everywhere(fs: Fs) -> None:
    """A lead that reports beside another has more time for its own part alone."""
    fs.edit_plan(
        "        responsible: [市卫生健康委]\n",
        "        responsible: [市卫生健康委]\n        reported_by: [市卫生健康委, 城区]\n",
    )
    amended(fs, "{basis: 甲文, effective: 2021-03-01, task: 18, lead: [市卫生健康委]}")
    asked(fs, "18", "2022-02-15", "-d", "市卫生健康委")
    granted = fs.thing("extension", "grant", "18", "--by", "李四")
    (row,) = [row for row in fs.objects("extension") if row["task"] == 18]
    assert (granted["due"], row["due"]) == ("2022-02-15", "2022-02-15")


def test_a_moment_is_told_by_the_clock_here_everywhere(fs: Fs) -> None:
    update(fs, "34", "-d", "城区", "--percent", "5")
    (row,) = fs.objects("log")
    line = json.loads(fs.ledger.read_text("utf-8")) | {"at": "2021-09-30T09:00:00+08:00"}
    fs.ledger.write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    fs.env["TZ"] = "UTC"
    assert "01:00" in fs("log", "-f", "csv").ok().out
    assert "2021-09-30 01:00 填报" in fs("progress", "undo", str(row["id"])).err
