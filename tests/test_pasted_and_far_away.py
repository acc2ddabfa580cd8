"""Remedies that can be pasted, cells far below the table, files that lost their heads."""

import csv
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import Fs


def handed(fs: Fs, name: str, rows: list[list[object]]) -> None:
    with (fs.folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
@pytest.mark.parametrize("name", ["Li's conflicted copy", "'$(touch PWNED)'"])
def test_a_remedy_can_be_pasted_whatever_a_copy_is_called(fs: Fs, name: str) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    copy = fs.folder / f"progress ({name}).jsonl"
    copy.write_bytes(fs.ledger.read_bytes().replace(b'"id":"', b'"id":"f'))
    (remedy,) = [line for line in fs("check").ok().out.split("\n") if "fs merge" in line]
    command = f"{sys.executable} -m foodsafety_cli merge {remedy.partition('fs merge ')[2]}"
    done = subprocess.run(["sh", "-c", command], cwd=fs.folder, env=fs.env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    assert not (fs.folder / "PWNED").exists()


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["tasks", "公安 局"], "--search '公安 局'"),
        (["check", "my plan.yaml"], "--plan 'my plan.yaml'"),
        (["tasks", "$(id)"], "--search '$(id)'"),
        (["tasks", "市监局"], "--dept 市监局"),
    ],
)
def test_hints_give_words_back_as_they_are_to_be_typed(fs: Fs, args: list[str], hint: str) -> None:
    assert hint in fs(*args).err


def test_a_figure_in_the_column_of_rates_is_not_passed_over(fs: Fs) -> None:
    handed(fs, "a.csv", [["任务序号", "指标", "数值", "完成率"], [16, "食品检验量", "", "90%"]])
    run = fs("progress", "import", "a.csv")
    assert (run.code, "第 2 行" in run.err, "请把指标的数填在" in run.err) == (3, True, True)


def form(fs: Fs) -> list[list[object]]:
    fs("form", "-d", "阳城县", "-o", "f.xlsx", "--force").ok()
    sheet = load_workbook(fs.folder / "f.xlsx").worksheets[0]
    sheet["H4"] = 50
    return [
        ["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)
    ]


def test_a_form_as_text_says_whose_it_is_or_is_refused(fs: Fs) -> None:
    rows = form(fs)
    handed(fs, "headless.csv", rows[2:])
    run = fs("progress", "import", "headless.csv", "--dry-run")
    assert (run.code, "没有写明是哪个单位" in run.err) == (3, True)
    handed(fs, "whole.csv", rows)
    assert "阳城县" in fs("progress", "import", "whole.csv", "--dry-run").ok().out


def test_another_sheet_is_told(fs: Fs) -> None:
    form(fs)
    book = load_workbook(fs.folder / "f.xlsx")
    book.worksheets[0]["H5"] = 3
    book.create_sheet("续表").append([44, "加快", "负责", "完成率", 100, "%", None, 70])
    book.save(fs.folder / "f.xlsx")
    assert "另有一张表“续表”，没有读" in fs("progress", "import", "f.xlsx", "--dry-run").ok().err


@pytest.mark.parametrize("value", [None, "x"])
def test_a_cell_far_away_costs_nothing(fs: Fs, value: str | None) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "任务", "责任单位"])
    sheet.append([1, "做好监管", "市公安局"])
    far = sheet.cell(1_048_576, 16_384, value)
    far.number_format = "0.00"
    book.save(fs.folder / "n.xlsx")
    run = fs("import", "n.xlsx", "-o", "p.yaml")
    assert (run.code, "离表很远的地方" in run.err) == ((3, True) if value else (0, False))


def test_a_pattern_passes_over_the_own_ledger(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    run = fs("merge", "progress*.jsonl")
    assert (run.code, "只找到这里的台账自己" in run.err) == (2, True)
    other = fs.folder / "progress-乙.jsonl"
    other.write_bytes(fs.ledger.read_bytes().replace(b'"id":"', b'"id":"f'))
    assert "并入 1 行" in fs("merge", "progress*.jsonl").ok().out


def test_a_ledger_in_utf_32_is_called_so(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    fs.ledger.write_text(fs.ledger.read_text("utf-8"), "utf-32")
    run = fs("tasks")
    assert (run.code, "UTF-32" in run.err) == (3, True)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_a_shared_folder_is_for_all_of_the_office(anywhere: Fs) -> None:
    folder = anywhere.folder / "共用"
    folder.mkdir()
    folder.chmod(0o2775)
    before = os.umask(0o077)
    try:
        anywhere("init", "共用", "--example").ok()
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) & 0o777 for path in folder.iterdir()}
    assert (modes["plan.yaml"], modes["progress.jsonl"], modes["schema"]) == (0o664, 0o664, 0o775)


def test_a_folder_that_cannot_be_laid_out_is_left_as_it_was(anywhere: Fs) -> None:
    folder = anywhere.folder / "甲"
    folder.mkdir()
    (folder / "schema").touch()
    run = anywhere("init", "甲")
    assert (run.code, [path.name for path in Path(folder).iterdir()]) == (4, ["schema"])


@pytest.mark.parametrize("args", [["score"], ["split", "16"]])
def test_without_a_plan_nothing_is_asked_of_the_programs_own_folder(
    anywhere: Fs, args: list[str]
) -> None:
    run = anywhere(*args)
    assert ("看的是程序自带的那一份" in run.err, "fs init" in run.err) == (True, True)


def test_one_slip_is_one_fault(fs: Fs) -> None:
    handed(fs, "a.csv", [["任务序号", "指标", "数值"], [16, "评价率", "5.2"]])
    run = fs("progress", "import", "a.csv")
    assert ("有 1 处要改" in run.err, "没有叫“评价率”的指标" in run.err) == (True, True)
