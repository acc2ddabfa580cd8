"""Extensions (延期): applied for, granted; the first date stands beside the one in force."""

import json

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import Fs

ASK = ("extension", "apply", "55", "--to", "2022-03-31", "--reason", "省级初评改期")
BESIDE = "2022-03-31（原 2021-12-31，延期1次）"
BESIDE_PARTS = ("2022-03-31", "（原", "2021-12-31")  # a narrow column has them on several lines


@pytest.fixture
def granted(fs: Fs) -> Fs:
    """A folder where task 55 may take until March."""
    fs(*ASK).ok()
    fs("extension", "grant", "55", "--by", "李四").ok()
    return fs


def test_an_application_waits_and_changes_no_date(fs: Fs) -> None:
    run = fs(*ASK).ok()
    assert run.out.startswith("已申请延期：任务 55（市市场监督管理局），时限 2021-12-31")
    (row,) = fs.objects("extension")
    assert (row["state"], row["due"], row["late"]) == ("待审批", "2021-12-31", False)
    assert "延期待审批 1 件：任务 55" in fs("-f", "table").out
    assert fs.thing("overview")["extensions_asked_for"] == [55]


def test_a_granted_date_is_in_force_with_the_first_one_beside_it(granted: Fs) -> None:
    for args in (
        ("show", "55", "-f", "table"),
        ("tasks", "--search", "双安双创", "-f", "table"),
        ("tasks", "--search", "双安双创"),
        ("tasks", "--search", "双安双创", "-f", "csv"),
        ("tasks", "--search", "双安双创", "-f", "md"),
        ("extension",),
        ("indicators", "--search", "双安双创", "-c", "name,due"),
        ("export", "-f", "csv", "--search", "双安双创"),
        ("due", "--by", "task"),
    ):
        out = granted(*args).ok().out
        assert all(part in out for part in BESIDE_PARTS), args
    granted("tasks", "--search", "双安双创", "-o", "a.xlsx").ok()
    book = load_workbook(granted.folder / "a.xlsx")
    assert BESIDE in [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    task = granted.thing("show", "55")
    assert (task["due"], task["due_first"], task["extensions"]) == ("2022-03-31", "2021-12-31", 1)
    assert "延期执行中 1 项：任务 55" in granted("-f", "table").out
    granted("report", "-o", "a.html").ok()
    assert BESIDE in (granted.folder / "a.html").read_text("utf-8")


def test_it_runs_out_and_is_overdue(granted: Fs) -> None:
    def overdue(day: str) -> bool:
        run = granted("tasks", "--status", "逾期", "-f", "json", FS_TODAY=day).ok()
        return 55 in [task["id"] for task in json.loads(run.out)]

    assert not overdue("2022-01-01")
    assert not overdue("2022-03-31")
    assert overdue("2022-04-01")
    assert not overdue("2021-09-30")


def test_what_was_not_yet_granted_does_not_count(fs: Fs) -> None:
    fs(*ASK, FS_TODAY="2022-01-05").ok()
    fs("extension", "grant", "55", "--by", "李四", FS_TODAY="2022-01-10").ok()

    def due(day: str) -> object:
        run = fs("show", "55", "-f", "json", "--as-of", day, FS_TODAY="2022-02-01").ok()
        return json.loads(run.out)["due"]

    assert due("2022-01-09") == "2021-12-31"
    assert due("2022-01-10") == "2022-03-31"
    (row,) = json.loads(fs("extension", "-f", "json", FS_TODAY="2022-02-01").out)
    assert row["late"] is True


def test_asked_for_after_the_day_it_says_so(fs: Fs) -> None:
    run = fs(*ASK, FS_TODAY="2022-01-05").ok()
    assert "原时限 2021-12-31 已过，记为逾期申请" in run.out


def test_refused_withdrawn_and_asked_again(fs: Fs) -> None:
    fs(*ASK).ok()
    run = fs("extension", "refuse", "55", "--reason", "理由不足", "--by", "李四").ok()
    assert "时限仍是 2021-12-31" in run.out
    fs(*ASK).ok()
    fs("extension", "withdraw", "55").ok()
    fs(*ASK).ok()
    fs("extension", "apply", "55", "--to", "2022-05-31", "--reason", "再改").ok()
    states = [(row["state"], row["to"]) for row in fs.objects("extension")]
    assert states[0] == ("待审批", "2022-05-31")
    assert sorted(state for state, _ in states[1:]) == ["已另申请", "已撤回", "未同意"]
    fs("extension", "grant", "55", "--to", "2022-04-30", "--by", "李四").ok()
    assert fs.thing("show", "55")["due"] == "2022-04-30"


def test_one_county_gets_more_time_and_the_others_do_not(fs: Fs) -> None:
    counties = ("城区", "泽州县", "高平市", "陵川县", "沁水县")
    ask = ("extension", "apply", "57", "--to", "2022-02-28", "--reason", "班子调整")
    fs(*ask, "--dept", "阳城县").ok()
    fs("extension", "grant", "57", "--by", "李四").ok()
    assert fs.thing("show", "57")["due"] == "2021-12-31"
    for county in counties:
        fs("progress", "update", "57", "--dept", county, "--value", "2").ok()
    task = fs.thing("show", "57")
    assert (task["due"], task["due_first"]) == ("2022-02-28", "2021-12-31")


def test_an_indicator_by_itself(fs: Fs) -> None:
    ask = ("extension", "apply", "59", "--to", "2021-12-10", "--reason", "等汇总", "-i", "年度报告")
    fs(*ask, "--dept", "阳城县").ok()
    assert fs.objects("extension")[0]["indicator"] == "年度报告"
    run = fs("extension", "apply", "16", "-i", "1", "--to", "2022-01-31", "--reason", "设备").ok()
    assert "指标“食品检验量”" in run.out
    fs("extension", "grant", "16").ok()
    found = {row["name"]: row["due"] for row in fs.thing("show", "16")["indicators"]}
    assert found["食品检验量"] == "2022-01-31"
    assert found["核查处置率"] == "2021-12-31"


BAD = [
    (["apply", "99", "--to", "2022-03-31", "--reason", "x"], "99"),
    (["apply", "55", "--to", "2021-12-31", "--reason", "x"], "不晚于现在的时限"),
    (["apply", "55", "--to", "2031-12-31", "--reason", "x"], "核对年份"),
    (["apply", "55", "--to", "2022-03-31"], "--reason"),
    (["apply", "55", "--reason", "x"], "--to"),
    (["apply", "55", "--to", "某日", "--reason", "x"], "不是日期"),
    (
        ["apply", "57", "--to", "2022-03-31", "--reason", "x", "--dept", "市公安局"],
        "不由“市公安局”报数",
    ),
    (["apply", "34", "--to", "2022-03-31", "--reason", "x"], "--dept"),
    (
        ["apply", "55", "--to", "2022-03-31", "--reason", "x", "--evidence", "无.pdf"],
        "没有“无.pdf”",
    ),
    ([*ASK[1:], "--date", "2021-10-01"], "还没有到"),
    (["grant", "55"], "没有等审批的延期申请"),
    (["refuse", "55", "--reason", "x"], "没有等审批的延期申请"),
    (["withdraw", "55"], "没有等审批的延期申请"),
]


@pytest.mark.parametrize(("args", "words"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_refused_and_nothing_written(fs: Fs, args: list[str], words: str) -> None:
    run = fs("extension", *args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not fs.ledger.exists()


def test_two_wait_and_a_decision_before_the_application_is_none(fs: Fs) -> None:
    for county in ("阳城县", "城区"):
        ask = ("extension", "apply", "57", "--to", "2022-02-28", "--reason", "x", "-d", county)
        fs(*ask).ok()
    run = fs("extension", "grant", "57")
    assert (run.code, "阳城县" in run.err, "城区" in run.err) == (2, True, True)
    run = fs("extension", "grant", "57", "-d", "城区", "--date", "2021-09-01")
    assert (run.code, "早于申请日" in run.err) == (2, True)


def test_the_papers(granted: Fs) -> None:
    granted("extension", "form", "55", "-o", "延期申请表.docx").ok()
    (table,) = Document(str(granted.folder / "延期申请表.docx")).tables
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert all(part in words for part in ("2022年3月31日", "省级初评改期", "☑同意"))
    granted("extension", "opinion", "55", "-o", "审批意见书.docx").ok()
    said = "\n".join(p.text for p in Document(str(granted.folder / "审批意见书.docx")).paragraphs)
    assert "同意延期。这项任务原定时限为2021年12月31日，现延至2022年3月31日" in said
    assert "李四" in said
    assert granted("extension", "opinion", "37", "-o", "x.docx").code == 2


def test_the_application_shows_the_applicants_own_figures(fs: Fs) -> None:
    for county, value in (("城区", "100"), ("阳城县", "80")):
        fs("progress", "update", "5", "-d", county, "--value", value).ok()
    fs("extension", "apply", "5", "-d", "阳城县", "--to", "2022-03-31", "--reason", "x").ok()
    fs("extension", "form", "5", "-d", "阳城县", "-o", "a.docx").ok()
    (table,) = Document(str(fs.folder / "a.docx")).tables
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert "冷库全覆盖排查：自己的目标 100%，完成 80%\n整项任务：冷库全覆盖排查：目标 100%" in words


def test_more_time_for_one_is_known_wherever_it_is_asked_for(fs: Fs) -> None:
    for county in ("城区", "泽州县"):
        ask = ("extension", "apply", "45", "-d", county, "--to", "2022-03-31", "--reason", "x")
        fs(*ask).ok()
        run = fs("extension", "grant", "45", "-d", county, "--by", "李四").ok()
        assert "延期1次" in run.out
    late = {"FS_TODAY": "2022-01-15"}
    rows = fs("due", "--overdue", "-f", "json", **late).ok().data
    assert isinstance(rows, list)
    whose = {row["department"] for row in rows if 45 in row["overdue"]}
    assert "阳城县" in whose
    assert not {"城区", "泽州县"} & whose
    listed = fs("extension", "-f", "tsv", **late).ok().out
    assert listed.count(BESIDE) == 2
    run = fs("letter", "write", "45", "--overdue", "--dry-run", **late).ok()
    assert "阳城县" in run.out
    assert "城区" not in run.out
    task = json.loads(fs("show", "45", "-f", "json", **late).out)
    assert (task["due"], task["extensions"]) == ("2021-12-31", 0)
    assert "延期执行中 1 项：任务 45" in fs("-f", "table", **late).out


def test_who_has_no_part_moves_no_date(fs: Fs) -> None:
    head = '{"id":"%s","at":"2021-09-30T08:00:00+08:00","by":"x","kind":"extension",'
    rest = '"task":37,"department":"市公安局","date":"2021-09-30"'
    fs.ledger.write_text(
        f'{head % "e1"}"step":"apply","to":"2022-12-31",{rest}}}\n'
        f'{head % "e2"}"step":"grant","of":"e1",{rest}}}\n',
        "utf-8",
    )
    assert fs.thing("show", "37")["due"] == "2021-12-31"
    assert "没有“市公安局”的份，没有计入" in fs("check").out


def test_more_time_for_one_of_many_stands_in_all_it_is_told(fs: Fs) -> None:
    fs("extension", "apply", "34", "-d", "城区", "--to", "2022-03-01", "--reason", "雨季").ok()
    fs("extension", "grant", "34", "--by", "李四").ok()
    fs.env["FS_TODAY"] = "2022-01-10"
    told = "2022-03-01（原 2021-12-31，延期1次）"
    assert told in fs("show", "34", "-f", "table").ok().out.replace("\n ", "").replace("\n", "")
    assert told in fs("due", "-d", "城区", "--message").ok().out
    assert told in fs("letter", "write", "34", "-d", "城区", "--message").ok().out
    assert "已逾期" not in fs("letter", "write", "34", "-d", "城区", "--message").ok().out


def test_no_more_time_for_what_is_settled_or_others_report(fs: Fs) -> None:
    ask = ("--to", "2022-02-01", "--reason", "因")
    run = fs("extension", "apply", "55", "-i", "初评", "-d", "高平市", *ask)
    assert (run.code, "报数" in run.err) == (2, True)
    fs("progress", "update", "20", "--value", "120").ok()
    fs("signoff", "apply", "20", "--evidence", "文").ok()
    fs("signoff", "accept", "20", "--by", "李四").ok()
    run = fs("extension", "apply", "20", *ask)
    assert (run.code, "fs signoff reopen 20" in run.err) == (2, True)


def test_an_indicator_counts_its_own_extensions(fs: Fs) -> None:
    for indicator, to in (("例行监测合格率", "2022-02-01"), (None, "2022-03-01")):
        named = ("-i", indicator) if indicator else ()
        fs("extension", "apply", "17", *named, "--to", to, "--reason", "因").ok()
        fs("extension", "grant", "17", "--by", "李四").ok()
    found = {i["name"]: i["extensions"] for i in fs.thing("show", "17")["indicators"]}
    assert found["定量监测量"] == 1
    assert found["例行监测合格率"] == 2


def test_time_within_what_was_given_already_is_no_other_extension(fs: Fs) -> None:
    for to, more in (("2022-03-31", ["-i", "初评"]), ("2022-01-31", [])):
        fs("extension", "apply", "55", "--to", to, "--reason", "推迟", *more).ok()
        fs("extension", "grant", "55", "--by", "李四").ok()
    (row,) = [row for row in fs.objects("indicators") if row["name"] == "初评"]
    assert (row["due"], row["extensions"]) == ("2022-03-31", 1)
