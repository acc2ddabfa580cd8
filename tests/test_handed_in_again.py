"""`fs progress import` of what was imported before: a row is known by what it says."""

import datetime as dt
import os
from collections.abc import Callable

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs

HEAD = "序号,指标,数值,日期,单位\n"
ROW = "16,食品检验量,{},{},阳城县\n"
HandIn = Callable[..., str]


@pytest.fixture
def hand_in(fs: Fs) -> HandIn:
    """Write a file of rows, import it as on a day, and return what is said, both streams."""

    def write_and_import(name: str, today: str, *rows: str, saved: str = "", args: str = "") -> str:
        path = fs.folder / name
        if rows:
            path.write_text(HEAD + "".join(rows), "utf-8")
        if saved:
            noon = dt.datetime.fromisoformat(f"{saved}T12:00:00").timestamp()
            os.utime(path, (noon, noon))
        run = fs("progress", "import", name, *args.split(), FS_TODAY=today).ok()
        return run.out + run.err

    return write_and_import


def figures(fs: Fs) -> list[tuple[str, object]]:
    return [(line["date"], line["entries"][0].get("value")) for line in fs.reported()]


def correct(fs: Fs, figure: str, day: str) -> None:
    update = ("progress", "update", "16", "-i", "食品检验量", "-d", "阳城县", "--value", figure)
    fs(*update, "--date", day, "--allow-decrease", FS_TODAY=day).ok()


def test_the_same_file_on_another_day_does_not_undo_a_correction(fs: Fs, hand_in: HandIn) -> None:
    hand_in("a.csv", "2021-09-30", ROW.format("5.2", ""))
    correct(fs, "4.9", "2021-10-01")
    said = hand_in("a.csv", "2021-10-05")
    assert "以前导入过，没有新增" in said
    assert "后来改报了 食品检验量 4.9（2021-10-01），没有再记" in said
    assert "--again" in said
    assert figures(fs) == [("2021-09-30", 5.2), ("2021-10-01", 4.9)]


def test_the_figures_of_later_days_correct_nothing(fs: Fs, hand_in: HandIn) -> None:
    hand_in("6月.csv", "2021-06-30", ROW.format("3", "2021-06-25"))
    hand_in("9月.csv", "2021-09-30", ROW.format("4", "2021-09-25"))
    assert hand_in("6月.csv", "2021-09-30").startswith("6月.csv：以前导入过，没有新增\n")
    correct(fs, "2.9", "2021-06-25")
    assert "改报了 食品检验量 2.9（2021-06-25）" in hand_in("6月.csv", "2021-09-30")


def test_again_records_what_was_corrected_since(fs: Fs, hand_in: HandIn) -> None:
    hand_in("a.csv", "2021-09-30", ROW.format("4.2", ""))
    correct(fs, "4.1", "2021-10-01")
    assert "已记录 1 条" in hand_in("a.csv", "2021-10-05", args="--again")
    assert figures(fs)[-1] == ("2021-10-05", 4.2)
    assert "没有新增" in hand_in("a.csv", "2021-10-06", args="--again"), "it stands"


def test_one_more_row_does_not_record_the_others_anew(fs: Fs, hand_in: HandIn) -> None:
    rows = [ROW.format("5.2", ""), "10,,40,,\n"]
    hand_in("a.csv", "2021-09-30", rows[0])
    said = hand_in("a.csv", "2021-10-05", *rows)
    assert "已记录 1 条" in said
    assert "另有 1 条以前导入过，没有再记" in said
    assert [line["entries"][0]["task"] for line in fs.reported()] == [16, 10]


def test_what_was_undone_does_not_return(fs: Fs, hand_in: HandIn) -> None:
    hand_in("a.csv", "2021-09-30", ROW.format("5.2", ""))
    fs("progress", "undo", "--yes").ok()
    for name in ("a.csv", "又一份.csv"):
        said = hand_in(name, "2021-09-30", ROW.format("5.2", ""))
        assert "后来撤回了，没有再记" in said
    assert fs.thing("show", "16")["status"] == "未报"


def test_a_copy_of_what_was_undone_and_recorded_again_is_known(fs: Fs, hand_in: HandIn) -> None:
    hand_in("a.csv", "2021-09-30", ROW.format("5.2", ""))
    fs("progress", "undo", "--yes").ok()
    hand_in("a.csv", "2021-09-30", args="--again")
    said = hand_in("b.csv", "2021-09-30", ROW.format("5.2", ""))
    assert "以前导入过，没有新增" in said
    assert "撤回" not in said


def test_another_file_with_the_same_figure_is_a_report_of_its_own(fs: Fs, hand_in: HandIn) -> None:
    hand_in("9月.csv", "2021-09-30", ROW.format("5.2", ""))
    assert "已记录 1 条" in hand_in("10月.csv", "2021-10-31", ROW.format("5.2", ""))
    assert figures(fs) == [("2021-09-30", 5.2), ("2021-10-31", 5.2)]


def test_changed_words_are_another_row(fs: Fs, hand_in: HandIn) -> None:
    (fs.folder / "a.csv").write_text("序号,数值,进展情况\n10,40,初稿\n", "utf-8")
    hand_in("a.csv", "2021-09-30")
    (fs.folder / "a.csv").write_text("序号,数值,进展情况\n10,40,改稿\n", "utf-8")
    assert "已记录 1 条" in hand_in("a.csv", "2021-09-30")
    assert [line["entries"][0]["note"] for line in fs.reported()] == ["初稿", "改稿"]


def test_a_row_without_a_day_is_of_the_day_its_file_was_saved(fs: Fs, hand_in: HandIn) -> None:
    said = hand_in("a.csv", "2021-09-30", ROW.format("5.2", ""), saved="2021-09-24")
    assert "没有写日期的 1 条记在文件存盘那天（2021-09-24）" in said
    assert figures(fs) == [("2021-09-24", 5.2)]
    assert "没有新增" in hand_in("a.csv", "2021-09-30", saved="2021-09-28"), "saved again"


def test_date_names_the_day_of_rows_without_one(fs: Fs, hand_in: HandIn) -> None:
    rows = [ROW.format("5.2", ""), "10,,40,2021-09-01,\n"]
    said = hand_in("a.csv", "2021-09-30", *rows, args="--date 2021-09-15")
    assert "没有写日期的 1 条记在 --date 写的那天（2021-09-15）" in said
    assert {line["date"] for line in fs.reported()} == {"2021-09-01", "2021-09-15"}


def test_a_day_before_the_period_is_told_with_the_row(fs: Fs) -> None:
    (fs.folder / "a.csv").write_text(HEAD + ROW.format("5.2", ""), "utf-8")
    run = fs("progress", "import", "a.csv", "--date", "2019-01-01")
    assert (run.code, fs.ledger.exists()) == (2, False)
    assert "a.csv 第 2 行" in run.err


def test_what_comes_by_a_pipe_is_of_its_day(fs: Fs) -> None:
    rows = '[{"task": 10, "value": 40}]'
    for today in ("2021-09-29", "2021-09-30", "2021-09-30"):
        fs("progress", "import", "-", stdin=rows, FS_TODAY=today).ok()
    assert [line["date"] for line in fs.reported()] == ["2021-09-29", "2021-09-30"]


def test_a_known_row_is_not_held_against_what_was_reported_since(fs: Fs, hand_in: HandIn) -> None:
    september, october = (ROW.format(n, d) for n, d in (("3", "2021-09-01"), ("4", "2021-09-20")))
    hand_in("a.csv", "2021-09-30", october)
    assert "已记录 1 条" in hand_in("a.csv", "2021-09-30", september, october)


def test_a_pipe_brings_no_correction_back_either(fs: Fs) -> None:
    rows = '[{"task": 10, "value": 50}]'
    fs("progress", "import", "-", stdin=rows, FS_TODAY="2021-09-29").ok()
    fs("progress", "update", "10", "--percent", "40", "--allow-decrease").ok()
    run = fs("progress", "import", "-", stdin=rows, FS_TODAY="2021-10-05").ok()
    assert "以前导入过，后来改报了" in run.err
    assert fs.thing("show", "10", "--as-of", "2021-10-05")["completion"] == 40


@pytest.mark.parametrize("again", ["5.20,", "5.2,按月抽检"])
def test_another_spelling_or_a_word_more_brings_no_figure_back(fs: Fs, again: str) -> None:
    head = "序号,指标,单位,数值,进展情况\n16,食品检验量,阳城县,"
    (fs.folder / "a.csv").write_text(f"{head}5.2,\n", "utf-8")
    fs("progress", "import", "a.csv").ok()
    fs("progress", "update", "16", "-d", "阳城县", "--value", "4.9", "--allow-decrease").ok()
    (fs.folder / "a.csv").write_text(f"{head}{again}\n", "utf-8")
    run = fs("progress", "import", "a.csv", FS_TODAY="2021-10-05").ok()
    assert "以前导入过，后来改报了" in run.err
    assert fs.thing("show", "16", "--as-of", "2021-10-05")["indicators"][0]["value"] == 4.9


@pytest.mark.parametrize("name", ["报数(1).csv", "报数 - 副本.csv", "副本 报数.txt"])
def test_a_copy_of_a_file_is_the_file(fs: Fs, name: str) -> None:
    rows = "序号,指标,数值\n16,食品检验量,5.2\n"
    (fs.folder / "报数.csv").write_text(rows, "utf-8")
    fs("progress", "import", "报数.csv").ok()
    fs("progress", "update", "16", "--value", "4.9", "--allow-decrease").ok()
    (fs.folder / name).write_text(rows + "16,核查处置率,98\n", "utf-8")
    run = fs("progress", "import", name).ok()
    assert "改报了 食品检验量 4.9" in run.err
    (row,) = [i for i in fs.thing("show", "16")["indicators"] if i["name"] == "食品检验量"]
    assert row["value"] == 4.9
    assert "已记录 1 条" in fs("progress", "import", name, "--again").ok().out


def test_another_file_may_say_the_same_again(fs: Fs) -> None:
    for name in ("九月.csv", "十月.csv"):
        (fs.folder / name).write_text("序号,指标,数值\n16,食品检验量,5.2\n", "utf-8")
        day = {"九月.csv": "2021-09-01", "十月.csv": "2021-09-30"}[name]
        assert "已记录 1 条" in fs("progress", "import", name, "--date", day).ok().out


def form_of_a_day(fs: Fs, day: str, value: float, name: str, **env: str) -> str:
    fs("form", "-d", "阳城县", "--date", day, "-o", name, "--force", **env).ok()
    book = load_workbook(fs.folder / name)
    sheet = book.worksheets[0]
    line = next(n for n in range(4, 40) if sheet.cell(n, 1).value == 34)
    sheet.cell(line, 8).value = value
    book.save(fs.folder / name)
    return name


def test_rows_without_a_day_are_of_the_forms_own(fs: Fs) -> None:
    name = form_of_a_day(fs, "2021-08-31", 40, "阳城县.xlsx")
    assert "数据截至 2021-08-31" in str(load_workbook(fs.folder / name).worksheets[0]["A2"].value)
    run = fs("progress", "import", name).ok()
    assert "没有写日期的行，记在表上写的那天（2021-08-31）" in run.err
    assert fs.reported()[0]["date"] == "2021-08-31"
    assert "以前导入过，没有新增" in fs("progress", "import", name).ok().out
    told = fs("progress", "import", name, "--date", "2021-09-15", "--again").ok()
    assert "已记录 1 条" in told.out
    assert "没有用上" not in told.err


def test_a_form_with_a_day_in_every_row_needs_no_word_of_its_own(fs: Fs) -> None:
    name = form_of_a_day(fs, "2021-08-31", 40, "阳城县.xlsx")
    book = load_workbook(fs.folder / name)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        if row[heads.index("数值/完成率")].value is not None:
            row[heads.index("日期")].value = "2021-08-20"
    book.save(fs.folder / name)
    run = fs("progress", "import", name).ok()
    assert "没有写日期" not in run.err
    assert fs.reported()[0]["date"] == "2021-08-20"


def test_an_honest_second_report_of_the_same_figure_on_another_form_is_recorded(fs: Fs) -> None:
    for day in ("2021-08-31", "2021-09-30"):
        run = fs("progress", "import", form_of_a_day(fs, day, 40, "阳城县.xlsx")).ok()
        assert "已记录 1 条" in run.out
    assert [line["date"] for line in fs.reported()] == ["2021-08-31", "2021-09-30"]


def test_a_form_that_lost_its_hidden_sheet_still_has_its_day(fs: Fs) -> None:
    name = form_of_a_day(fs, "2021-08-31", 40, "阳城县.xlsx")
    book = load_workbook(fs.folder / name)
    del book["_fs"]
    book.save(fs.folder / name)
    fs("progress", "import", name).ok()
    assert fs.reported()[0]["date"] == "2021-08-31"


def test_again_for_a_day_records_no_row_that_stands_for_that_day(fs: Fs) -> None:
    (fs.folder / "a.csv").write_text("序号,完成率\n1,60\n", "utf-8")
    fs("progress", "import", "a.csv", "--date", "2021-08-31").ok()
    (fs.folder / "a.csv").write_text("序号,完成率\n1,60\n2,30\n", "utf-8")
    run = fs("progress", "import", "a.csv", "--date", "2021-09-30").ok()
    assert "又报了一次同样的数的，加 --again --date 数据日期 再导入" in run.err
    run = fs("progress", "import", "a.csv", "--date", "2021-09-30", "--again").ok()
    assert "已记录 1 条" in run.out
    entries = [(r["date"], e["task"]) for r in fs.reported() for e in r["entries"]]
    assert entries == [("2021-08-31", 1), ("2021-09-30", 2), ("2021-09-30", 1)]
    run = fs("progress", "import", "a.csv", "--date", "2021-09-30", "--again").ok()
    assert "没有新增" in run.out


def test_what_is_so_of_all_files_is_said_once(fs: Fs) -> None:
    names = [form_of_a_day(fs, "2021-08-31", 40, "甲.xlsx"), "乙.xlsx"]
    fs("form", "-d", "城区", "--date", "2021-08-31", "-o", names[1]).ok()
    run = fs("progress", "import", *names).ok()
    assert run.err.count("记在表上写的那天（2021-08-31）") == 1
    fs("form", "-d", "城区", "--date", "2021-07-31", "-o", "丙.xlsx").ok()
    run = fs("progress", "import", names[0], "丙.xlsx", "--dry-run").ok()
    assert "甲.xlsx：没有写日期的行，记在表上写的那天（2021-08-31）" in run.err
