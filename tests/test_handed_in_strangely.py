"""Files that are not as they should be: nothing in them is passed over without a word."""

import os
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs


def handed(fs: Fs, text: str, name: str = "a.csv") -> None:
    path = fs.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def form(fs: Fs) -> Path:
    fs("form", "-d", "市公安局", "-o", "g.xlsx").ok()
    return fs.folder / "g.xlsx"


@pytest.mark.parametrize("row", ["1，60", "1\t60", "1;60"])
def test_a_row_parted_by_another_sign_is_told(fs: Fs, row: str) -> None:
    handed(fs, f"序号,数值\n{row}\n2,50\n")
    run = fs("progress", "import", "a.csv")
    assert (run.code, "第 2 行是用" in run.err) == (3, True), run.err
    assert fs("log", "-f", "json").ok().out.strip() == "[]"


def test_a_folder_names_what_it_does_not_read(fs: Fs) -> None:
    handed(fs, "序号,数值\n1,60\n", "表/a.csv")
    for name in ("泽州县.xls", "阳城县.et"):
        handed(fs, "x", f"表/{name}")
    handed(fs, "序号,数值\n2,60\n", "表/沁水县/b.csv")
    run = fs("progress", "import", "表").ok()
    for name in ("泽州县.xls", "阳城县.et", "沁水县"):
        assert f"{name} " in run.err, name


def test_columns_by_their_other_names(fs: Fs) -> None:
    fs("progress", "update", "16", "-i", "核查处置率", "--value", "99").ok()
    fs("indicators", "-o", "i.tsv").ok()
    (fs.folder / "progress.jsonl").unlink()
    fs("progress", "import", "i.tsv").ok()
    assert fs.objects("log")[0]["indicator"] == "核查处置率"


def test_a_column_without_a_heading_is_told(fs: Fs) -> None:
    handed(fs, "序号,数值,\n1,60,已对接企业12家\n")
    assert "第 3 列（没有表头）" in fs("progress", "import", "a.csv").ok().err


def test_a_second_column_of_figures_counts_where_the_first_is_empty(fs: Fs) -> None:
    handed(fs, "序号,指标,数值,完成率\n1,,,60\n16,食品检验量,5.2,\n")
    fs("progress", "import", "a.csv").ok()
    assert fs.thing("show", "1")["completion"] == 60


@pytest.mark.parametrize("title", ["Sheet1", "9月", "填报表 (2)"])
def test_a_copy_of_the_sheet_under_any_name_is_refused(fs: Fs, title: str) -> None:
    path = form(fs)
    book = load_workbook(path)
    book.copy_worksheet(book["填报表"]).title = title
    book.save(path)
    run = fs("progress", "import", "g.xlsx")
    assert (run.code, title in run.err) == (3, True)


def test_a_figure_below_the_foot_is_told(fs: Fs) -> None:
    path = form(fs)
    book = load_workbook(path)
    sheet = book["填报表"]
    head = next(r for r in sheet.iter_rows() if any(c.value == "序号" for c in r))
    names = [str(cell.value) for cell in head]
    value = next(n for n, name in enumerate(names) if name.startswith("数值"))
    last = sheet.max_row + 2
    sheet.cell(last, names.index("序号") + 1).value = 24
    sheet.cell(last, value + 1).value = 50
    book.save(path)
    run = fs("progress", "import", "g.xlsx")
    assert (run.code, "在表尾以下" in run.err) == (3, True)


def test_a_form_that_contradicts_itself_is_refused(fs: Fs) -> None:
    path = form(fs)
    book = load_workbook(path)
    book["填报表"]["A1"] = "市商务局　工作填报表"
    book.save(path)
    run = fs("progress", "import", "g.xlsx")
    assert (run.code, "自相矛盾" in run.err) == (3, True)


def test_marked_copies_of_one_name_are_both_there_and_none_is_covered(fs: Fs) -> None:
    for folder in ("甲", "乙"):
        handed(fs, "序号,数值\n999,60\n", f"{folder}/报数.csv")
    for _ in range(2):
        fs("progress", "import", "甲", "乙", "--keep-good", "-o", "退改")
    assert len(list((fs.folder / "退改").iterdir())) == 4


def test_a_dry_run_gives_nothing_back(fs: Fs) -> None:
    handed(fs, "序号,数值\n1,60\n")
    handed(fs, "序号,数值\n999,60\n", "b.csv")
    run = fs("progress", "import", "a.csv", "b.csv", "--keep-good", "-o", "退改", "--dry-run")
    assert not (fs.folder / "退改").exists()
    assert "已经记上" not in run.err
    assert "什么也没有记" in run.err


def test_the_same_figure_a_month_later_can_be_recorded(fs: Fs) -> None:
    handed(fs, "序号,数值\n1,60\n")
    os.utime(fs.folder / "a.csv", (1630368000, 1630368000))  # 31 August
    fs("progress", "import", "a.csv").ok()
    os.utime(fs.folder / "a.csv", (1632960000, 1632960000))  # 30 September
    run = fs("progress", "import", "a.csv").ok()
    assert "加 --again" in run.err
    again = ("progress", "import", "a.csv", "--again", "--date", "2021-09-30")
    fs(*again).ok()
    fs(*again).ok()
    assert len(fs.objects("log")) == 2


def test_one_file_imported_by_two_offices_merges_as_one(fs: Fs, tmp_path: Path) -> None:
    handed(fs, "序号,数值,日期\n1,60,2021-09-30\n")
    other = tmp_path / "other"
    shutil.copytree(fs.folder, other)
    fs("progress", "import", "a.csv").ok()
    mine = (fs.folder / "progress.jsonl").read_bytes()
    (fs.folder / "progress.jsonl").unlink()
    fs("progress", "import", "a.csv", "--by", "李四").ok()
    (fs.folder / "progress.jsonl").rename(other / "progress.jsonl")
    (fs.folder / "progress.jsonl").write_bytes(mine)
    fs("merge", str(other / "progress.jsonl")).ok()
    assert fs("check").code == 0


def test_evidence_is_no_formula_in_tsv(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "60", "--evidence", "=1+1").ok()
    assert "'=1+1" in fs("evidence", "list", "-f", "tsv").ok().out


def test_a_check_in_an_empty_folder_says_so(anywhere: Fs) -> None:
    assert "这里没有计划" in anywhere("check").ok().err


def test_a_tsv_file_is_utf_8_whatever_the_console(fs: Fs) -> None:
    fs("tasks", "-f", "tsv", "-o", "a.tsv", PYTHONIOENCODING="gbk").ok()
    assert "任务" not in (fs.folder / "a.tsv").read_text("utf-8").splitlines()[0]
    assert "加快完善" in (fs.folder / "a.tsv").read_text("utf-8")


def test_a_rate_beside_the_figure_is_no_figure_of_an_indicator(fs: Fs) -> None:
    handed(fs, "任务序号,数值,完成率,指标名称\n16,,50,食品检验量\n")
    run = fs("progress", "import", "a.csv")
    assert (run.code, "这一行报的是指标：请把指标的数填在“数值”列" in run.err) == (3, True)
    assert fs.objects("log") == []
    handed(fs, "任务序号,数值,完成率,指标名称\n16,,0.0%,食品检验量\n")
    assert "没有填写任何进展" in fs("progress", "import", "a.csv").ok().out
    handed(fs, "任务序号,指标,完成率,数值\n16,食品检验量,86.7,5.2\n1,,60,\n")
    fs("progress", "import", "a.csv").ok()
    told = {row["task"]: row["value"] or row["percent"] for row in fs.objects("log")}
    assert told == {16: 5.2, 1: 60}


def test_a_form_with_a_column_of_rates_added(fs: Fs) -> None:
    fs("form", "-d", "市市场监督管理局", "-o", "g.xlsx").ok()
    book = load_workbook(fs.folder / "g.xlsx")
    sheet = book["填报表"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(table, 1) if row[0] == "序号")
    columns = {title: n for n, title in enumerate(table[at - 1], 1)}
    rates = sheet.max_column + 1
    sheet.cell(at, rates, "完成率")
    for n, row in enumerate(table, 1):
        if (row[0], row[columns["指标"] - 1]) == (16, "食品检验量"):
            sheet.cell(n, columns["数值/完成率"], 5.2)
            sheet.cell(n, rates, 86.7)
    book.save(fs.folder / "g.xlsx")
    fs("progress", "import", "g.xlsx").ok()
    assert [(row["task"], row["value"]) for row in fs.objects("log")] == [(16, 5.2)]


def test_a_ratio_of_a_task_without_indicators_is_kept_as_a_rate(fs: Fs) -> None:
    handed(fs, "序号,分子,分母,单位\n58,3,4,沁水县\n")
    fs("progress", "import", "a.csv").ok()
    before = fs.thing("show", "58")["completion"]
    assert fs.reported()[-1]["entries"] == [{"task": 58, "department": "沁水县", "percent": 75}]
    fresh = {"XDG_CACHE_HOME": str(fs.folder / "fresh")}
    assert fs("check", **fresh).ok().out == ""
    assert fs("show", "58", "-f", "json", **fresh).ok().data["completion"] == before  # type: ignore[index]  # an object


def test_done_is_a_figure_of_a_task_without_indicators(fs: Fs) -> None:
    handed(fs, "序号,数值\n3,完成\n")
    fs("progress", "import", "a.csv").ok()
    assert fs.thing("show", "3")["completion"] == 100


def test_where_nothing_was_kept_nothing_is_said_of_the_rest(fs: Fs) -> None:
    handed(fs, "序号,完成率\n1,一百\n")
    run = fs("progress", "import", "a.csv", "--keep-good")
    assert ("有 1 份没有导入" in run.err, "其余" in run.err) == (True, False)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("任务序号,序号,完成率\n34,10,60\n", (34, None, "60")),
        ("序号,完成率,填报单位\n34,60,阳城县\n", (34, "阳城县", "60")),
        ("序 号,数 值／完成率\n34,60\n", (34, None, "60")),
        ("序号,数值：%\n34,60\n", (34, None, "60")),
        ("序号,完成率,填报日期,数据日期\n34,60,2021-09-30,2021-09-01\n", (34, None, "60")),
    ],
)
def test_headings_as_people_write_them(
    fs: Fs, text: str, entry: tuple[int, str | None, str]
) -> None:
    (fs.folder / "a.csv").write_bytes(text.encode("utf-16-le"))
    fs("progress", "import", "a.csv").ok()
    (line,) = fs.reported()
    found = line["entries"][0]
    assert (found["task"], found.get("department"), str(found["percent"])) == entry
    if "数据日期" in text:
        assert line["date"] == "2021-09-01"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("序号,数值\n14,50\n", "任务 14 有几个指标，请写明是哪一个"),
        ("序号,指标,数值\n16，食品检验量,5.2\n34,,60\n", "这一行没有填数"),
        ("序号,数值,日期,date\n34,60,2021-09-01,\n", "是同一样东西"),
        ("序号,数值,进展情况\n10,20,x\n填报人,张,\n13,80,已做\n", "这一行在表尾以下"),
    ],
)
def test_what_is_open_to_doubt_is_not_taken(fs: Fs, text: str, words: str) -> None:
    (fs.folder / "a.csv").write_text(text, "utf-8")
    run = fs("progress", "import", "a.csv")
    assert run.code in (2, 3)
    assert words in run.err
    assert not fs.ledger.exists()


def test_an_option_of_another_command_is_no_text_either(fs: Fs) -> None:
    for args in (
        ("signoff", "apply", "20", "--note", "--dry-run"),
        ("progress", "update", "10", "--percent", "5", "--note", "--drr-run"),
        ("progress", "update", "10", "--percent", "5", "--by", "-n"),
    ):
        assert "后面缺少值" in fs(*args).err
    assert not fs.ledger.exists()
    assert fs("tasks", "--light", "").code == 2
