"""Letters (提醒函、督办单 …): to whom, numbered, answered; a file and its line, or neither."""

import json
import os
import signal
import subprocess
from contextlib import suppress
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from foodsafety_cli.analysis.letter_numbers import number, read_number
from tests.conftest import FS, Fs
from tests.test_shared_figures import amended

SUPERVISE = ("letter", "write", "--kind", "督办", "--reply-by", "2021-10-20", "--signer", "王五")


@pytest.fixture
def behind(fs: Fs) -> Fs:
    """A folder where two tasks are behind: red lights."""
    fs("progress", "update", "17", "--value", "0.1").ok()
    fs("progress", "update", "37", "--value", "3").ok()
    return fs


def files(fs: Fs, folder: str = "督办") -> list[str]:
    path = fs.folder / folder
    return sorted(os.listdir(path)) if path.exists() else []


def written(fs: Fs, name: str, folder: str = "督办") -> str:
    document = Document(str(fs.folder / folder / name))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_one_letter_a_task_numbered_and_recorded(behind: Fs) -> None:
    run = behind(*SUPERVISE, "--light", "红", "-o", "督办/").ok()
    assert run.out == (
        "已写好 2 份：晋市食安办督〔2021〕1—2号（市农业农村局 任务17，市农业农村局 任务37）。"
        "已记入台账，等反馈。\n"
    )
    assert files(behind) == [
        "晋市食安办督〔2021〕1号-市农业农村局.docx",
        "晋市食安办督〔2021〕2号-市农业农村局.docx",
    ]
    said = written(behind, files(behind)[0])
    for part in (
        "督办单",
        "晋市食安办督〔2021〕1号",
        "签发人：王五",
        "市农业农村局：",
        "任务17要求：",
        "截至2021年9月30日",
        "达成率6.7%",
        "2021年10月20日前",
        "办理情况",
        "存在问题",
        "下步措施",
        "承办人",
        "签字、盖章",
        "送达人",
        "签收人",
        "市食安办",
    ):
        assert part in said, part
    last = behind.reported()[-1]
    assert (last["tasks"], last["letter"]) == ([37], "督办")
    assert last["number"] == "晋市食安办督〔2021〕2号"
    assert behind("check").ok().out == ""


def test_numbers_run_on_by_kind_and_over_merged_ledgers(behind: Fs) -> None:
    behind(*SUPERVISE, "17", "-o", "督办").ok()
    behind("letter", "write", "37", "--kind", "催办", "-o", "催办").ok()
    assert files(behind, "催办") == ["晋市食安办催〔2021〕1号-市农业农村局.docx"]
    run = behind(*SUPERVISE, "37", "-o", "督办", "--number", "7").ok()
    assert "督〔2021〕7号" in run.out
    behind("progress", "update", "42", "--value", "10").ok()
    run = behind(*SUPERVISE, "42", "--dry-run").ok()
    assert "督〔2021〕8号" in run.out
    run = behind(*SUPERVISE, "42", "-o", "督办", "--number", "7")
    assert (run.code, "已经用过" in run.err) == (2, True)
    run = behind(*SUPERVISE, "42", "-o", "督办", "--number", "某督〔2021〕3号").ok()
    assert "某督〔2021〕3号" in run.out


def test_a_number_used_twice_is_an_error_of_the_check(behind: Fs) -> None:
    common = behind.ledger.read_bytes()
    behind(*SUPERVISE, "17", "-o", "甲").ok()
    first = behind.ledger.read_bytes()
    behind.ledger.write_bytes(common)
    behind(*SUPERVISE, "37", "-o", "乙").ok()
    behind.ledger.write_bytes(first + behind.ledger.read_bytes()[len(common) :])
    run = behind("check")
    assert run.code == 1
    assert "错误[ledger-number-twice] 文号 晋市食安办督〔2021〕1号 用了 2 次" in run.out


def test_a_report_answers_and_what_is_late_is_told_everywhere(behind: Fs) -> None:
    behind(*SUPERVISE, "--light", "红", "-o", "督办").ok()
    late = {"FS_TODAY": "2021-10-23"}
    behind("progress", "update", "17", "--value", "0.2", **late).ok()
    rows = {row["tasks"][0]: row for row in _letters(behind, **late)}
    assert rows[17]["answered"] == "2021-10-23"
    assert (rows[37]["answered"], rows[37]["late"]) == (None, True)
    assert "逾期 3 天未反馈" in rows[37]["answer"]
    assert len(_letters(behind, "--unanswered", **late)) == 1
    assert (
        "督办未复 1 件：晋市食安办督〔2021〕2号（市农业农村局）"
        in behind("-f", "table", **late).out
    )
    assert "unanswered" in behind("due", "--unanswered", **late).out
    behind("report", "-o", "a.html", **late).ok()
    assert "督办未复 1 件" in (behind.folder / "a.html").read_text("utf-8")
    behind("letter", "answered", "督〔2021〕2号", "--note", "来人说明", **late).ok()
    assert _letters(behind, "--unanswered", **late) == []
    run = behind("letter", "answered", "督〔2021〕2号", **late)
    assert (run.code, "已经反馈过" in run.err) == (2, True)


def _letters(fs: Fs, *args: str, **env: str) -> list[dict[str, Any]]:
    found = fs("letter", *args, "-f", "json", **env).ok().data
    assert isinstance(found, list)
    return found


def test_who_has_reported_in_between_is_left_out_and_named(behind: Fs) -> None:
    behind(*SUPERVISE, "--light", "红", "-o", "督办").ok()
    behind("progress", "update", "17", "--value", "0.2").ok()
    urge = ("letter", "write", "--kind", "催办", "--dry-run")
    run = behind(*urge, "--light", "红").ok()
    assert "没有写给市农业农村局（任务 17）：晋市食安办督〔2021〕1号 之后" in run.err
    assert "\t37\t" in run.out
    assert "\t17\t" not in run.out
    again = behind(*urge, "--light", "红", "--again").ok()
    assert "\t17\t" in again.out
    run = behind(*urge, "--unanswered", FS_TODAY="2021-10-22").ok()
    assert "\t37\t" in run.out


def test_a_reminder_carries_several_tasks_and_a_message_is_only_words(behind: Fs) -> None:
    run = behind("letter", "write", "-d", "市农业农村局", "--light", "红", "-o", "提醒").ok()
    assert "晋市食安办提〔2021〕1号（市农业农村局 任务17、37）" in run.out
    behind.edit_plan("aliases: [市农业局]", "aliases: [市农业局], contact: 张三 0356-1234567")
    before = behind.ledger.read_bytes()
    run = behind("letter", "write", "-d", "市农业农村局", "--light", "红", "--message").ok()
    assert run.out.startswith("【提醒】市农业农村局（联系人：张三 0356-1234567）\n")
    assert "任务37“" in run.out
    assert behind.ledger.read_bytes() == before


def test_each_department_of_a_group_that_has_not_done_its_part(fs: Fs) -> None:
    fs("progress", "update", "57", "--dept", "阳城县", "--value", "2").ok()
    run = fs("letter", "write", "57", "--kind", "督办", "-f", "json", "-o", "督办").ok()
    assert isinstance(run.data, list)
    assert [row["department"] for row in run.data] == [
        "城区",
        "泽州县",
        "高平市",
        "陵川县",
        "沁水县",
    ]
    assert "你单位未报" in written(fs, str(run.data[0]["file"]))


BAD = [
    (["-o", "x"], "没有写给谁"),
    (["--light", "红"], "请写把函放到哪个文件夹"),
    (["99", "-o", "x"], "99"),
    (["-d", "相关部门", "-o", "x"], "没有列出是哪些单位"),
    (["17", "--reply-by", "2021-09-30", "-o", "x"], "要晚于今天"),
    (["17", "--kind", "通报", "-o", "x"], "可用：提醒、催办、督办、约谈"),
    (["17", "--number", "七", "-o", "x"], "应是几号"),
]


@pytest.mark.parametrize(("args", "words"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_refused_and_nothing_written(fs: Fs, args: list[str], words: str) -> None:
    run = fs("letter", "write", *args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not fs.ledger.exists()
    assert not (fs.folder / "x").exists()


def test_a_folder_that_holds_the_number_is_refused(behind: Fs) -> None:
    (behind.folder / "督办").mkdir()
    (behind.folder / "督办" / "晋市食安办督〔2021〕2号-某局.docx").write_bytes(b"")
    before = behind.ledger.read_bytes()
    run = behind(*SUPERVISE, "--light", "红", "-o", "督办")
    assert (run.code, "--number" in run.err) == (2, True)
    assert behind.ledger.read_bytes() == before
    assert len(files(behind)) == 1


def test_where_the_ledger_cannot_be_written_no_letter_is_left(
    behind: Fs, as_ordinary_user: Fs
) -> None:
    behind.ledger.chmod(0o444)
    run = as_ordinary_user(*SUPERVISE, "--light", "红", "-o", "督办")
    assert run.code == 4
    assert files(behind) == []


def test_where_a_letter_cannot_be_written_nothing_is_recorded(behind: Fs) -> None:
    (behind.folder / "督办").write_text("a file")
    before = behind.ledger.read_bytes()
    assert behind(*SUPERVISE, "--light", "红", "-o", "督办").code == 4
    assert behind.ledger.read_bytes() == before


def test_a_hundred_letters_in_one_command(fs: Fs) -> None:
    sections = ("-s", "3", "-s", "4", "-s", "8")
    run = fs("letter", "write", "--status", "未报", *sections, "--kind", "督办", "-o", "督办").ok()
    count = len(files(fs))
    assert count >= 100
    assert f"已写好 {count} 份" in run.out
    assert len(fs.reported()) == count
    assert len({line["number"] for line in fs.reported()}) == count


def test_killed_at_any_moment_a_letter_is_recorded_only_with_its_file(behind: Fs) -> None:
    letters = (*SUPERVISE, "--status", "未报", "-s", "8", "-s", "9", "-o", "督办")
    command = [*FS, *letters]
    before = behind.ledger.read_bytes()
    for pause in (0.2, 0.5, 0.9):
        process = subprocess.Popen(
            command,
            cwd=behind.folder,
            env=behind.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=pause)
        process.send_signal(signal.SIGKILL)
        process.wait()
        recorded = [line for line in behind.reported() if line.get("kind") == "letter"]
        there = set(files(behind))
        assert all(line["file"] in there for line in recorded)
    run = behind(*letters).ok()  # clears what was left
    names = {line["file"] for line in behind.reported() if line.get("kind") == "letter"}
    assert names == set(files(behind))
    assert behind.ledger.read_bytes().startswith(before)
    assert "已写好" in run.out


@given(
    st.sampled_from(["晋市食安办督", "A-1", "某"]), st.integers(1000, 9999), st.integers(1, 9999)
)
def test_a_number_is_read_as_it_is_written(head: str, year: int, n: int) -> None:
    assert read_number(number(head, year, n)) == (head, year, n)


def test_a_renamed_department_keeps_its_letters(behind: Fs) -> None:
    behind(*SUPERVISE, "17", "-o", "督办").ok()
    text = behind.plan.read_text("utf-8").replace("市农业农村局", "市农业农村总局")
    behind.plan.write_text(text.replace("[市农业局]", "[市农业局, 市农业农村局]"), "utf-8")
    late = {"FS_TODAY": "2021-10-25"}
    assert len(_letters(behind, "-d", "市农业农村总局", **late)) == 1
    rows = behind("due", "--unanswered", "-f", "json", **late).ok().data
    assert isinstance(rows, list)
    assert [row["department"] for row in rows] == ["市农业农村总局"]
    assert behind.objects("log", "-d", "市农业农村总局")[0]["kind"] == "letter"
    behind("progress", "update", "17", "--value", "0.3", **late).ok()
    assert _letters(behind, "--unanswered", **late) == []


def test_no_answer_is_older_than_its_letter(behind: Fs) -> None:
    behind(*SUPERVISE, "17", "-o", "督办").ok()
    report = ("progress", "update", "17", "--value", "0.05", "--date", "2021-09-20")
    behind(*report, FS_TODAY="2021-10-09").ok()
    (row,) = _letters(behind, FS_TODAY="2021-10-09")
    assert str(row["answered"]) >= "2021-09-30"


def test_an_answer_came_when_it_was_recorded_though_the_task_was_handed_on(fs: Fs) -> None:
    write = ("letter", "write", "34", "-d", "阳城县", "--kind", "督办", "--reply-by")
    fs(*write, "2021-10-10", "--signer", "王五", "-o", "督办").ok()
    report = ("progress", "update", "34", "-d", "阳城县", "--percent", "60", "--date")
    fs(*report, "2021-10-05", FS_TODAY="2021-10-12").ok()
    letter, answer = fs.reported()
    letter["at"], answer["at"] = (f"2021-{day}T09:00:00+08:00" for day in ("09-30", "10-12"))
    fs.ledger.write_text("".join(json.dumps(line) + "\n" for line in (letter, answer)), "utf-8")
    late = {"FS_TODAY": "2021-10-25"}
    before = _letters(fs, **late)
    assert (before[0]["answered"], before[0]["late"]) == ("2021-10-12", True)
    amended(fs, "{basis: 甲文, effective: 2021-10-10, task: 34, responsible: [阳城县, 市公安局]}")
    assert _letters(fs, **late) == before


def test_who_applies_for_the_sign_off_has_answered(behind: Fs) -> None:
    behind(*SUPERVISE, "17", "-o", "督办").ok()
    behind("signoff", "apply", "17", FS_TODAY="2021-10-05").ok()
    (row,) = _letters(behind, FS_TODAY="2021-10-25")
    assert (row["answered"], row["late"]) == ("2021-10-05", False)


@pytest.mark.parametrize("given", ["/../x〔2021〕1号", "〔2021〕5号", "9" * 27, "0"])
def test_a_number_is_one(behind: Fs, given: str) -> None:
    run = behind(*SUPERVISE, "17", "-o", "督办", "--number", given)
    assert (run.code, "--number" in run.err) == (2, True)


def test_what_was_reported_of_a_letters_tasks_is_not_asked_again(fs: Fs) -> None:
    fs(
        "letter",
        "write",
        "7",
        "12",
        "37",
        "-d",
        "市农业农村局",
        "--reply-by",
        "2021-10-05",
        "-o",
        "x",
    ).ok()
    fs.env["FS_TODAY"] = "2021-10-12"
    fs("progress", "update", "7", "--percent", "80").ok()
    (row,) = fs.objects("due", "-d", "市农业农村局", "-c", "department,unanswered")
    assert row["unanswered"] == [12, 37]
    assert "还差任务 12、37" in fs.objects("letter")[0]["answer"]
    fs("signoff", "close-unmet", "12", "--by", "李四", "--reason", "取消").ok()
    (row,) = fs.objects("due", "-d", "市农业农村局", "-c", "department,unanswered")
    assert row["unanswered"] == [37]


def test_letters_are_sorted_as_numbers_and_meant_as_such(behind: Fs) -> None:
    behind(*SUPERVISE, "17", "37", "--number", "9", "-o", "督办/").ok()
    assert [row["number"][-3:] for row in behind.objects("letter")] == ["〕9号", "10号"]
    run = behind("letter", "answered", "0号")
    assert (run.code, "没有叫" in run.err) == (2, True)


def test_a_message_writes_no_file(behind: Fs) -> None:
    run = behind("letter", "write", "17", "--message", "-o", "m.txt")
    assert (run.code, "--message" in run.err) == (2, True)


def test_what_was_sent_back_is_written_to(fs: Fs) -> None:
    fs("progress", "update", "45", "-d", "城区", "--percent", "100").ok()
    fs("signoff", "apply", "45", "-d", "城区", "--evidence", "文").ok()
    back = ("--reason", "缺文件", "--redo-by", "2021-10-20", "--by", "李四")
    fs("signoff", "return", "45", "-d", "城区", *back).ok()
    rows = fs.objects("letter", "write", "--returned", "-d", "城区", "--kind", "催办", "--dry-run")
    assert [row["department"] for row in rows] == ["城区"]
    told = fs("due", "-d", "城区", "--message").ok().out
    assert "销号被退回（缺文件，请于2021年10月20日前补齐），请改后再报" in told
    run = fs("signoff", "apply", "45", "-d", "城区", "--evidence", "文", "--date", "2021-09-01")
    assert (run.code, "早于" in run.err) == (2, True)


def test_closed_unmet_is_closed_whatever_the_figures(fs: Fs) -> None:
    fs("progress", "update", "20", "--value", "120").ok()
    fs("signoff", "close-unmet", "20", "--by", "李四", "--reason", "数据不实").ok()
    found = fs.thing("show", "20")
    assert (found["status"], found["light"]) == ("未完成结案", "红")


def test_the_same_letter_is_not_written_again_while_there_is_time_to_answer(behind: Fs) -> None:
    first = ("letter", "write", "37", "--kind", "督办", "-o", "函")
    behind(*first).ok()
    again = behind(*first).ok()
    assert "还没有到期。还要写请加 --again" in again.err
    assert len(behind.objects("letter")) == 1
    behind("letter", "write", "37", "--kind", "约谈", "-o", "函").ok()
    behind(*first, "--again").ok()
    assert len(behind.objects("letter")) == 3


def test_a_reminder_tells_a_department_its_own_figure(fs: Fs) -> None:
    fs("progress", "update", "44", "-d", "城区", "--percent", "30").ok()
    for county in ("泽州县", "高平市"):
        fs("progress", "update", "44", "-d", county, "--percent", "90").ok()
    told = fs("due", "-d", "城区", "--message").ok().out
    (line,) = [line for line in told.splitlines() if "任务44“" in line]
    assert "你单位自报完成率30" in line
    (line,) = [line for line in told.splitlines() if "任务34“" in line]
    assert "你单位未报" in line


def test_who_is_on_pace_is_left_out_and_named(fs: Fs) -> None:
    for body in ("市商务局", "市民政局"):
        fs("progress", "update", "25", "-d", body, "--percent", "10").ok()
    fs("progress", "update", "25", "-d", "市文化和旅游局", "--percent", "90").ok()
    which = ("letter", "write", "--light", "红", "--kind", "督办", "--dry-run")
    run = fs(*which, "-d", "市文化和旅游局").ok()
    assert "没有写给市文化和旅游局（任务 25）：它自己的数跟得上应完成的" in run.err
    assert fs.objects(*which, "-d", "市商务局")
    assert fs.objects(*which, "-d", "市文化和旅游局", "--again")


def test_a_reminder_says_what_was_expected_and_what_pulls(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "1").ok()
    told = fs("letter", "write", "16", "--message").ok().out
    assert "应完成" in told
    assert "主要是“" in told
