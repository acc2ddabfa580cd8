"""Sign-off (销号): the table of steps, the commands, merges of two offices' ledgers."""

import datetime as dt
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodsafety_cli.analysis.signoff import NEXT, Review, State, review
from foodsafety_cli.model.steps import SignOff, SignOffStep
from tests.conftest import Fs, Run

TABLE = """
state      apply    withdraw  accept    return    reopen    close-unmet
未申请     待审核   -         -         -         -         未完成结案
待审核     待审核   未申请    已销号    已退回    -         未完成结案
已销号     -        -         -         -         重新打开  -
已退回     待审核   -         -         -         -         未完成结案
重新打开   待审核   -         -         -         -         未完成结案
未完成结案 -        -         -         -         重新打开  -
"""
HOW_TO_REACH = {
    "未申请": [],
    "待审核": ["apply"],
    "已销号": ["apply", "accept"],
    "已退回": ["apply", "return"],
    "重新打开": ["apply", "accept", "reopen"],
    "未完成结案": ["close-unmet"],
}
CLOSING = "letters:"  # before which the plan's `closing` is written


def rows() -> list[tuple[str, str, str]]:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (line[0], step, after)
        for line in lines
        for step, after in zip(head[1:], line[1:], strict=True)
    ]


def step(fs: Fs, name: str, task: str = "20", *more: str, by: str = "审核人") -> Run:
    """Take a step that needs no more than a reason and another name than the applicant's."""
    reason = ["--reason", "原因"] if name in ("return", "reopen", "close-unmet") else []
    who = ["--by", by] if name != "apply" else []
    return fs("signoff", name, task, *reason, *who, *more)


def state(fs: Fs, task: str = "20") -> str:
    found = fs.objects("signoff", "--all")
    return next((str(row["state"]) for row in found if str(row["task"]) == task), "未申请")


@pytest.mark.parametrize(("before", "name", "after"), rows(), ids=" ".join)
def test_every_step_in_every_state(before: str, name: str, after: str) -> None:
    possible = NEXT[State(before)].get(SignOffStep(name))
    assert (possible or "-") == after
    refusal = Review(20, "市规划和自然资源局", State(before)).refusal(SignOffStep(name))
    assert bool(refusal) == (after == "-")
    if refusal:
        assert all(f"fs signoff {one.value}" in refusal for one in NEXT[State(before)])


@pytest.mark.parametrize("before", HOW_TO_REACH)
def test_the_commands_follow_the_table(fs: Fs, before: str) -> None:
    for name in HOW_TO_REACH[before]:
        step(fs, name).ok()
    assert state(fs) == before
    for name in SignOffStep:
        if name not in NEXT[State(before)]:
            content = fs.ledger.read_bytes() if fs.ledger.exists() else b""
            run = step(fs, name)
            assert (run.code, run.out) == (2, "")
            assert "现在可以" in run.err
            assert (fs.ledger.read_bytes() if fs.ledger.exists() else b"") == content


def test_an_application_waits_with_what_its_figures_say(fs: Fs) -> None:
    (fs.folder / "监测报告.pdf").write_bytes(b"%PDF")
    fs("progress", "update", "20", "--value", "118").ok()
    proof = ("--evidence", "监测报告.pdf", "--evidence", "晋规自发〔2021〕88号")
    run = fs("signoff", "apply", "20", *proof, "--note", "120批次全部完成").ok()
    assert run.out.startswith(
        "已申请销号：任务 20（市规划和自然资源局），佐证 2 份，等市食安办审核。\n"
    )
    assert "数据 118/120，未达目标" in run.err
    (row,) = fs.objects("signoff")
    assert row["check"] == "数据 118/120，未达目标"
    assert (row["evidence_count"], row["waiting"], row["late"]) == (2, "今天", False)
    (line,) = [line for line in fs.reported() if line.get("kind") == "signoff"]
    (file,) = line["files"]
    assert (file["path"], file["size"], len(file["sha256"])) == ("监测报告.pdf", 4, 64)
    assert fs.objects("tasks", "--status", "待审核")[0]["id"] == 20


def test_what_waits_longest_stands_first_with_how_long(fs: Fs) -> None:
    fs("signoff", "apply", "37", "--date", "2021-09-29").ok()
    fs("signoff", "apply", "20", "--date", "2021-09-28").ok()
    assert [(r["task"], r["waiting"]) for r in fs.objects("signoff")] == [(20, "2天"), (37, "1天")]


def test_a_return_names_the_reason_the_day_and_counts(fs: Fs) -> None:
    for n in (1, 2):
        step(fs, "apply").ok()
        run = step(fs, "return", "20", "--redo-by", "2021-12-15").ok()
        assert f"请于 2021-12-15 前重新申请，这是第 {n} 次退回" in run.out
    (row,) = fs.objects("signoff", "--state", "已退回")
    assert (row["returns"], row["redo_by"], row["reason"]) == (2, "2021-12-15", "原因")
    assert [task["id"] for task in fs.objects("tasks", "--returned")] == [20]
    assert (
        "已退回：2021-09-30 原因，请于 2021-12-15 前重新申请" in fs("show", "20", "-f", "table").out
    )
    (row,) = [r for r in fs.objects("due") if r["department"] == "市规划和自然资源局"]
    assert row["returned"] == [20]


def test_nobody_accepts_what_he_applied_for(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    before = fs.ledger.read_bytes()
    run = fs("signoff", "accept", "20")
    assert run.code == 2
    assert "就是申请人" in run.err
    assert fs.ledger.read_bytes() == before
    assert "同一个人" in fs("signoff", "accept", "20", "--force").ok().out
    assert fs.reported()[-1]["forced"] is True
    fs("signoff", "apply", "37").ok()
    fs("signoff", "accept", "37", "--by", "李四", "--force").ok()  # nothing had to be forced
    assert "forced" not in fs.reported()[-1]


def test_figures_below_the_target_after_a_sign_off_want_another_look(fs: Fs) -> None:
    fs("progress", "update", "20", "--value", "120").ok()
    fs("signoff", "apply", "20").ok()
    assert fs.objects("signoff")[0]["check"] == "✓"
    step(fs, "accept").ok()
    assert "请复核" not in fs("show", "20", "-f", "table").out
    fs("progress", "update", "20", "--value", "110", "--allow-decrease").ok()
    said = "销号后数字有变，请复核"
    assert said in fs("show", "20", "-f", "table").out
    assert said in fs("-f", "table").out
    run = fs("check").ok()
    assert "progress.jsonl:3: 提醒[ledger-signed-off-changed] 任务 20" in run.out
    assert said in run.out


def test_where_sign_off_is_required_done_means_signed_off(fs: Fs) -> None:
    fs.edit_plan(
        CLOSING, "closing: {required: true, evidence: true, reviewer: 市食品安全办}\n" + CLOSING
    )
    fs("progress", "update", "20", "--value", "120").ok()

    def status() -> object:
        return fs.thing("show", "20")["status"]

    assert status() == "推进中"
    run = fs("signoff", "apply", "20")
    assert (run.code, "closing.evidence" in run.err) == (2, True)
    assert (
        "等市食品安全办审核"
        in fs("signoff", "apply", "20", "--evidence", "某文〔2021〕1号").ok().out
    )
    assert status() == "待审核"
    step(fs, "return").ok()
    assert status() == "推进中"
    fs("signoff", "apply", "20", "--evidence", "某文〔2021〕2号").ok()
    step(fs, "accept").ok()
    assert status() == "已完成"
    step(fs, "reopen").ok()
    assert status() == "推进中"


def test_a_group_signs_off_department_by_department(fs: Fs) -> None:
    counties = ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县")
    fs.edit_plan(CLOSING, "closing: {required: true}\n" + CLOSING)
    for county in counties:
        fs("progress", "update", "57", "--dept", county, "--value", "2").ok()
    run = fs("signoff", "apply", "57")
    assert (run.code, "--dept" in run.err, "城区" in run.err) == (2, True, True)
    for county in counties:
        fs("signoff", "apply", "57", "-d", county).ok()
    run = fs("signoff", "accept", "57", "--by", "李四")
    assert (run.code, "--dept" in run.err) == (2, True)
    for county in counties[:-1]:
        fs("signoff", "accept", "57", "-d", county, "--by", "李四").ok()
        assert fs.thing("show", "57")["status"] != "已完成"
    fs("signoff", "accept", "57", "--by", "李四").ok()  # the only one that waits
    assert fs.thing("show", "57")["status"] == "已完成"


def test_on_time_goes_by_the_day_of_application(fs: Fs) -> None:
    fs.edit_plan(CLOSING, "closing: {required: true}\n" + CLOSING)
    fs("progress", "update", "20", "--value", "120", FS_TODAY="2021-12-30").ok()
    fs("signoff", "apply", "20", FS_TODAY="2021-12-30").ok()
    assert (
        fs(
            "tasks",
            "--status",
            "逾期",
            "-d",
            "市规自局",
            "--search",
            "林产品",
            FS_TODAY="2022-01-20",
        ).out.count("\n")
        == 1
    )
    (row,) = json.loads(fs("signoff", "-f", "json", FS_TODAY="2022-01-20").out)
    assert (row["late"], row["waiting"]) == (False, "21天")
    assert "市食安办" in fs("due", FS_TODAY="2022-01-20").out
    fs("signoff", "apply", "37", FS_TODAY="2022-01-02").ok()
    assert [
        r["late"] for r in json.loads(fs("signoff", "-f", "json", FS_TODAY="2022-01-20").out)
    ] == [False, True]


def test_closed_without_being_done_is_neither_overdue_nor_reminded(fs: Fs) -> None:
    step(fs, "close-unmet").ok()
    run = fs("tasks", "--status", "未完成结案", "-f", "json", FS_TODAY="2022-03-01").ok()
    assert [(t["id"], t["light"]) for t in json.loads(run.out)] == [(20, "红")]
    row = next(r for r in fs.objects("due") if r["department"] == "市规划和自然资源局")
    assert 20 not in row["unreported"]


def test_the_story_of_a_task_in_order(fs: Fs) -> None:
    fs("progress", "update", "20", "--value", "60", "--date", "2021-09-01").ok()
    fs("signoff", "apply", "20", "--date", "2021-09-10").ok()
    step(fs, "return", "20", "--date", "2021-09-12").ok()
    told = [row["figure"] for row in fs.objects("log", "20")]
    assert told == ["退回", "申请销号", "食用林产品监测 60"]
    assert [row["kind"] for row in fs.objects("log", "20")] == ["signoff", "signoff", "submission"]
    assert [one["step"] for one in fs.thing("show", "20")["steps"]] == ["apply", "return"]
    assert fs.objects("log", "20", "-n", "1")[0]["figure"] == "退回"


def test_what_was_decided_on_is_undone_only_after_the_decision(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    step(fs, "return").ok()
    application, decision = (line["id"] for line in fs.reported())
    run = fs("progress", "undo", application, "--yes")
    assert (run.code, f"fs progress undo {decision}" in run.err) == (2, True)
    fs("progress", "undo", decision, "--yes").ok()
    assert state(fs) == "待审核"
    assert "申请销号" in fs("progress", "undo", application, "--yes").ok().out
    assert state(fs) == "未申请"


BAD = [
    (["apply", "99"], "99"),
    (["apply", "20", "--dept", "市公安局"], "不由“市公安局”报数"),
    (["accept", "20"], "还没有申请销号"),
    (["apply", "20", "--date", "2021-10-01"], "还没有到"),
    (["apply", "20", "--date", "2020-10-01"], "早于工作期"),
    (["apply", "20", "--evidence", "没有.pdf"], "没有“没有.pdf”这个文件"),
    (["apply", "20", "--evidence", "."], "是文件夹"),
    (["apply", "20", "--note", " "], "是空的"),
    (["return", "20"], "--reason"),
    (["reopen", "20"], "--reason"),
    (["close-unmet", "20"], "--reason"),
    (["apply"], "任务序号"),
]


@pytest.mark.parametrize(
    ("args", "words"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_cannot_be_is_refused_and_nothing_written(fs: Fs, args: list[str], words: str) -> None:
    run = fs("signoff", *args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not fs.ledger.exists()


def test_days_that_cannot_be(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    before = fs.ledger.read_bytes()
    for args, words in (
        (["accept", "20", "--by", "李四", "--date", "2021-09-29"], "早于申请日 2021-09-30"),
        (["return", "20", "--reason", "x", "--redo-by", "2021-09-29"], "已经过去"),
    ):
        run = fs("signoff", *args)
        assert (run.code, words in run.err) == (2, True), run.err
    assert fs.ledger.read_bytes() == before


def test_the_register_and_the_form(fs: Fs) -> None:
    from docx import Document
    from openpyxl import load_workbook

    fs("signoff", "apply", "20", "--note", "全部完成").ok()
    step(fs, "return").ok()
    fs("signoff", "-o", "销号台账.xlsx").ok()
    sheet: Any = load_workbook(fs.folder / "销号台账.xlsx").active
    cells = [[c.value for c in row] for row in sheet.iter_rows()]
    assert "结论" in cells[1]
    assert "已退回" in cells[2]
    fs("signoff", "form", "20", "-o", "销号审核表.docx").ok()
    (table,) = Document(str(fs.folder / "销号审核表.docx")).tables
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert all(part in words for part in ("全部完成", "☑退回", "市食安办", "审核意见"))
    assert "截至2021年9月30日：" in words
    run = fs("signoff", "form", "20", "-o", "销号审核表.docx")
    assert (run.code, "--force" in run.err) == (4, True)
    assert fs("signoff", "form", "37", "-o", "x.docx").code == 2


def test_two_offices_decide_differently_and_check_names_both(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    common = fs.ledger.read_bytes()
    step(fs, "accept", by="李四").ok()
    first = fs.ledger.read_bytes()
    fs.ledger.write_bytes(common)
    step(fs, "return", by="王五").ok()
    for merged in (
        first + fs.ledger.read_bytes()[len(common) :],
        fs.ledger.read_bytes() + first[len(common) :],
    ):
        fs.ledger.write_bytes(merged)
        assert state(fs) == "已退回"
        run = fs("check").ok()
        assert "ledger-decided-twice" in run.out
        assert "李四“同意销号”" in run.out
        assert "王五“退回”" in run.out


AT = dt.datetime(2021, 9, 1, tzinfo=dt.UTC)


@st.composite
def stories(draw: st.DrawFn) -> list[SignOff]:
    """Steps of two offices that did not know of each other's, as a merge brings them together."""
    found: list[SignOff] = []
    for n in range(draw(st.integers(1, 8))):
        name = draw(st.sampled_from(list(SignOffStep)))
        applied = [one.id for one in found if one.step is SignOffStep.APPLY]
        of = draw(st.sampled_from([*applied, "missing"])) if name is not SignOffStep.APPLY else None
        at = AT + dt.timedelta(minutes=draw(st.integers(0, 4)))
        date = dt.date(2021, 9, 1)
        found.append(SignOff(f"e{n}", at, "某人", name, 20, "单位", date, of=of))
    return found


@given(stories(), st.randoms())
def test_a_merge_tells_the_same_in_any_order(steps: list[SignOff], chance: random.Random) -> None:
    shuffled = list(steps)
    chance.shuffle(shuffled)
    expected = review(20, "单位", steps)
    assert review(20, "单位", shuffled) == expected
    assert review(20, "单位", [*steps]).state in State
    assert expected.returns <= sum(one.step is SignOffStep.APPLY for one in steps)


def test_lines_of_other_offices_are_checked(fs: Fs, ledger_of: Callable[..., None]) -> None:
    moment = "2021-09-30T08:00:00+08:00"
    head = f'{{"id":"%s","at":"{moment}","by":"某人","kind":"signoff","date":"2021-09-30",'
    ledger_of(
        (head % "a1") + '"step":"apply","task":99,"department":"市公安局"}',
        (head % "a2") + '"step":"apply","task":20,"department":"没有的局"}',
        (head % "a3") + '"step":"accept","task":20,"department":"市规自局","of":"zz"}',
        (head % "a4") + '"step":"approve","task":20,"department":"市规自局"}',
        (head % "a5") + '"step":"apply","task":20,"department":"市规自局","reson":"x"}',
        (head % "a6") + '"step":"apply","task":20}',
    )
    run = fs("check")
    assert run.code == 1
    for number, code in enumerate(
        ("task-gone", "department-gone", "step-of-nothing", "field", "strange-key", "field"), 1
    ):
        assert f"progress.jsonl:{number}" in run.out, run.out
        assert f"[ledger-{code}]" in run.out
    assert state(fs) == "待审核"  # the abbreviation is resolved


def test_a_form_tells_why_the_task_was_sent_back(fs: Fs) -> None:
    from openpyxl import load_workbook

    step(fs, "apply").ok()
    step(fs, "return", "20", "--redo-by", "2021-12-15").ok()
    fs("form", "-d", "市规自局", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    texts = [str(row[1].value) for row in book.worksheets[0].iter_rows() if row[0].value == 20]
    assert texts[0].endswith("\n【退回】原因（请于 2021-12-15 前补报）")


def test_the_office_is_reminded_of_its_own_overdue_decisions(fs: Fs) -> None:
    fs("signoff", "apply", "20", "--date", "2021-09-22").ok()
    fs("signoff", "apply", "37", "--date", "2021-09-28").ok()
    ask = ("extension", "apply", "55", "--to", "2022-03-31", "--reason", "x")
    fs(*ask, "--date", "2021-09-20").ok()
    (row,) = [row for row in fs.objects("due") if row["department"] == "市食安办"]
    assert row["in_review"] == [20, 55]
    (own,) = fs.objects("due", "-d", "市食安办")
    assert own["in_review"] == [20, 55]


@pytest.mark.parametrize(
    ("first", "second", "state_then"),
    [
        (["accept", "20"], ["close-unmet", "20", "--reason", "x"], "未完成结案"),
        (["return", "20", "--reason", "x"], ["accept", "20"], "已销号"),
    ],
    ids=["accept, close", "return, accept"],
)
def test_of_two_decisions_the_later_counts(
    fs: Fs, first: list[str], second: list[str], state_then: str
) -> None:
    fs("signoff", "apply", "20").ok()
    common = fs.ledger.read_bytes()
    fs("signoff", *first, "--by", "李四").ok()
    mine = fs.ledger.read_bytes()[len(common) :]
    fs.ledger.write_bytes(common)
    fs("signoff", *second, "--by", "王五").ok()
    theirs = fs.ledger.read_bytes()[len(common) :]
    for merged in (mine + theirs, theirs + mine):
        fs.ledger.write_bytes(common + merged)
        assert state(fs) == state_then
        run = fs("check").ok()
        assert all(name in run.out for name in ("ledger-decided-twice", "李四", "王五"))


def test_closing_what_waits_is_a_decision_on_it(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    step(fs, "close-unmet").ok()
    run = fs("progress", "undo", str(fs.reported()[0]["id"]), "--yes")
    assert (run.code, "请先撤销那一步" in run.err) == (2, True)


def test_a_register_fits_a_narrow_window(fs: Fs) -> None:
    fs("signoff", "apply", "20", "--evidence", "某文〔2021〕1号").ok()
    out = fs("signoff", "--all", "-f", "table").ok().out
    assert "市规划和自然" in out
    assert "窗口较窄，未显示" in out


def test_what_was_undone_stays_in_the_story(fs: Fs) -> None:
    fs("signoff", "apply", "20").ok()
    fs("progress", "undo", str(fs.reported()[0]["id"]), "--yes").ok()
    (row,) = fs.objects("log", "20")
    assert (row["figure"], row["undone"]) == ("申请销号（已撤销）", True)
    assert fs.thing("show", "20")["steps"][0]["undone"] is True
    assert state(fs) == "未申请"


def test_a_day_to_mend_by_that_has_passed_is_told(fs: Fs) -> None:
    step(fs, "apply").ok()
    step(fs, "return", "20", "--redo-by", "2021-10-10").ok()
    told = "请于 2021-10-10 前重新申请（已过期）"
    assert told not in fs("show", "20", "-f", "table").ok().out
    assert told in fs("show", "20", "-f", "table", FS_TODAY="2021-10-12").ok().out


def test_one_of_several_applies_under_a_figure_for_the_whole_task(fs: Fs) -> None:
    fs("progress", "update", "30", "--percent", "60").ok()
    run = fs("signoff", "apply", "30", "--dept", "市法院", "--evidence", "晋法〔2021〕1号").ok()
    assert "没有单独报，任务完成率60.0%。" in run.err
    assert "还没有填报" not in run.err
