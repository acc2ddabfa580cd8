"""Rows that say two things: another task's words beside a number, a rate of what has figures."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs


def form_of(fs: Fs) -> Path:
    fs("form", "--dept", "阳城县", "-o", "表").ok()
    return fs.folder / "表" / "阳城县.xlsx"


def test_a_number_that_was_sorted_away_from_its_task_is_a_fault(fs: Fs) -> None:
    path = form_of(fs)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {sheet.cell(n, 1).value: n for n in range(4, 16)}
    first, second = rows[34], rows[44]
    sheet.cell(first, 1).value, sheet.cell(second, 1).value = 44, 34
    sheet.cell(first, 8).value = 50
    book.save(path)
    run = fs("progress", "import", str(path))
    assert run.code == 2
    assert "这里写的是任务 34“走私冻品统一交由地方政府归口处置”，序号写的是 44" in run.err
    assert not fs.ledger.exists()


@pytest.mark.parametrize("title", ["加大抽检", "加大抽检监测力度", "我们自己的叫法", ""])
def test_a_task_by_its_own_or_an_offices_name_is_no_fault(fs: Fs, title: str) -> None:
    (fs.folder / "a.csv").write_text(f"序号,任务,指标,数值\n16,{title},1,5.2\n", "utf-8")
    run = fs("progress", "import", "a.csv").ok()
    assert "没用到的列" not in run.err
    assert fs.reported()[0]["entries"][0]["value"] == 5.2


def test_a_task_by_anothers_name_is_a_fault(fs: Fs) -> None:
    (fs.folder / "a.csv").write_text(
        "序号,任务,数值\n44,走私冻品统一交由地方政府归口处置,50\n", "utf-8"
    )
    assert fs("progress", "import", "a.csv").code == 2


@pytest.mark.parametrize("file", ["a.csv", "a.json"])
def test_a_rate_of_a_task_with_figures_is_none_of_its_figures(fs: Fs, file: str) -> None:
    text = {
        "a.csv": "序号,指标,数值\n16,完成率,60\n",
        "a.json": '[{"task": 16, "indicator": "完成率", "value": 60}]',
    }[file]
    (fs.folder / file).write_text(text, "utf-8")
    run = fs("progress", "import", file)
    assert run.code == 2
    assert "任务 16 的完成率由指标算出，请写明是哪个指标：食品检验量、核查处置率" in run.err
    typed = fs("progress", "update", "16", "-i", "完成率", "--value", "60")
    assert (typed.code, "请写明是哪个指标" in typed.err) == (2, True)


def below_the_foot(fs: Fs, column: int, value: str | int) -> Path:
    path = form_of(fs)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    foot = next(n for n in range(4, 60) if sheet.cell(n, 1).value == "知悉")
    sheet.cell(4, 8).value = 60
    sheet.cell(foot, column).value = value
    book.save(path)
    return path


def test_words_below_a_forms_foot_are_not_lost(fs: Fs) -> None:
    path = below_the_foot(fs, 12, "我们县做了大量工作")
    run = fs("progress", "import", str(path)).ok()
    assert "“我们县做了大量工作”在表尾以下，没有读" in run.err


def test_a_figure_below_a_forms_foot_is_refused(fs: Fs) -> None:
    run = fs("progress", "import", str(below_the_foot(fs, 8, 60)))
    assert (run.code, "这一行在表尾以下，请移到表里再导入" in run.err) == (3, True)


@pytest.mark.parametrize("seal", ["（公章）", "2021年10月8日"])
def test_a_seal_and_its_day_below_the_foot_are_no_report(fs: Fs, seal: str) -> None:
    fs("progress", "import", str(below_the_foot(fs, 10, seal))).ok()


@pytest.mark.parametrize("heads", ["进展情况,工作进展", "存在问题,主要问题"])
def test_two_columns_of_one_thing_are_refused(fs: Fs, heads: str) -> None:
    (fs.folder / "a.csv").write_text(f"序号,数值,{heads}\n34,5,,2021-09-01\n", "utf-8")
    run = fs("progress", "import", "a.csv")
    assert (run.code, "是同一样东西，不知道以哪一列为准" in run.err) == (3, True)


@pytest.mark.parametrize("heads", ["日期,数据日期", "数据日期,填报日期"])
def test_the_day_of_the_figure_counts_whatever_stands_beside_it(fs: Fs, heads: str) -> None:
    days = {"日期": "", "填报日期": "2021-09-20", "数据日期": "2021-08-31"}
    row = ",".join(days[head] for head in heads.split(","))
    (fs.folder / "a.csv").write_text(f"序号,完成率,{heads}\n34,5,{row}\n", "utf-8")
    fs("progress", "import", "a.csv").ok()
    assert fs.reported()[0]["date"] == "2021-08-31"


def test_a_form_saved_as_text_has_no_strange_columns(fs: Fs) -> None:
    text = "序号,任务,角色,目标值,计量单位,数值\n34,,负责,,%,5\n"
    (fs.folder / "a.csv").write_text(text, "utf-8")
    assert "没用到的列" not in fs("progress", "import", "a.csv").ok().err


def test_lines_parted_by_other_signs_stay_lines(fs: Fs) -> None:
    fs("progress", "update", "1", "--note", "第一段\u2028第二段").ok()
    assert fs.reported()[0]["entries"][0]["note"] == "第一段\n第二段"


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("is_one_file", [True, False])
def test_a_days_figures_make_the_same_in_any_order(
    fs: Fs, *, is_first: bool, is_one_file: bool
) -> None:
    head = "序号,指标,数值,单位,日期\n"
    whole = "16,食品检验量,1,市市场监督管理局,2021-06-30\n"
    parts = "".join(f"16,食品检验量,5,{body},2021-06-30\n" for body in ("城区", "阳城县"))
    rows = [whole, parts] if is_first else [parts, whole]
    texts = ["".join(rows)] if is_one_file else rows
    for number, text in enumerate(texts):
        (fs.folder / f"{number}.csv").write_text(head + text, "utf-8")
    fs("progress", "import", *(f"{n}.csv" for n in range(len(texts)))).ok()
    (row,) = [i for i in fs.thing("show", "16")["indicators"] if i["name"] == "食品检验量"]
    assert row["value"] == 2.33
