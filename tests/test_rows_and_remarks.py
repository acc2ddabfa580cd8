"""What stands in a handed-in file beside its figures is read, refused or told, never dropped."""

import datetime as dt

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.conftest import Fs


def test_words_torn_from_their_row_are_told(fs: Fs) -> None:
    rows = (
        "序号,指标,数值,进展情况\n16,食品检验量,5.2,一季度完成\n二季度推进\n"
        "任务4：已完成60%,,\n合计,,\n一、强化源头治理,,,\n填报人：张三\n"
    )
    (fs.folder / "a.csv").write_text(rows, "utf-8")
    run = fs("progress", "import", "a.csv")
    assert run.code == 0
    assert [line for line in run.err.splitlines() if "只有文字" in line] == [
        "注意：a.csv 第 3 行 “序号”列：只有文字“二季度推进”，没有读",
        "注意：a.csv 第 4 行 “序号”列：只有文字“任务4：已完成60%”，没有读",
    ]


def test_a_comment_that_somebody_has_put_to_a_cell_is_told(fs: Fs) -> None:
    fs("form", "-d", "阳城县", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    book["填报表"]["H4"] = 60
    book["填报表"]["H4"].comment = Comment("口径不含\n开发区", "李四")
    book.save(fs.folder / "a.xlsx")
    run = fs("progress", "import", "a.xlsx", "--dry-run")
    assert "注意：a.xlsx 填报表 H4 的批注“口径不含 开发区”没有读" in run.err


def test_a_length_of_time_is_neither_a_figure_nor_words(fs: Fs) -> None:
    fs("form", "-d", "阳城县", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    sheet = book["填报表"]
    sheet["H4"], sheet["L4"] = 60, dt.timedelta(hours=30)
    sheet["L4"].number_format = "[h]:mm:ss"
    book.save(fs.folder / "a.xlsx")
    run = fs("progress", "import", "a.xlsx")
    assert (run.code, "成了时长" in run.err) == (2, True)


@pytest.mark.parametrize("error", ["Err:502", "#FIELD!", "#名称？", "####", "#DIV/0!", "#N/A"])
def test_what_programs_show_for_an_error_is_no_report(fs: Fs, error: str) -> None:
    (fs.folder / "a.csv").write_text(f"序号,完成率,进展情况\n1,50,{error}\n", "utf-8")
    run = fs("progress", "import", "a.csv")
    assert (run.code, f"是错误值 {error}" in run.err, fs.ledger.exists()) == (2, True, False)


def test_lines_that_a_page_has_parted_are_lines(fs: Fs) -> None:
    (fs.folder / "a.csv").write_text("序号,完成率\u20281,50\u20282,60\n", "utf-8")
    assert "已记录 2 条" in fs("progress", "import", "a.csv").ok().out


def test_a_folder_may_be_called_like_a_pattern(fs: Fs) -> None:
    folder = fs.folder / "有[方括]号"
    folder.mkdir()
    (folder / "a.csv").write_text("序号,完成率\n1,50\n", "utf-8")
    assert "已记录 1 条" in fs("progress", "import", "有[方括]号/*.csv").ok().out


def test_a_file_that_begins_like_an_option_is_told_how_to_be_named(fs: Fs) -> None:
    (fs.folder / "-城区.csv").write_text("序号,完成率\n1,50\n", "utf-8")
    run = fs("progress", "import", "-城区.csv")
    assert (run.code, "请写：./-城区.csv" in run.err) == (2, True)
    fs("progress", "import", "./-城区.csv").ok()


@pytest.mark.parametrize("name", ["晋城日报", "晋城粮食", "晋城银行"])
def test_a_city_in_common_is_no_likeness(fs: Fs, name: str) -> None:
    run = fs("tasks", "--dept", name)
    assert (run.code, "您是不是要找" in run.err) == (2, False)


def test_a_slip_in_a_name_with_a_city_is_still_found(fs: Fs) -> None:
    assert "您是不是要找：晋城海关" in fs("tasks", "--dept", "晋城海观").err


@pytest.mark.parametrize("name", ["progress.jsonl (1)", "progress.jsonl.orig", "progress(2).jsonl"])
def test_other_copies_of_the_ledger_are_told(fs: Fs, name: str) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    (fs.folder / name).write_bytes(fs.ledger.read_bytes())
    assert "ledger-copy" in fs("check").err + fs("check").out
