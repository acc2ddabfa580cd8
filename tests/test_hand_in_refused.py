"""What `fs progress import` cannot take: told with its place, and nothing recorded."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from tests.conftest import Fs


def workbook(change: Callable[[Any], object]) -> bytes:
    book = Workbook()
    book.active.title = "填报表"  # type: ignore[union-attr]
    change(book.active)
    book.create_sheet("_fs").append(["start", "2021-01-01"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


HEAD = ["序号", "指标", "数值/完成率", "日期", "进展情况", "存在问题", "下步措施", "佐证材料"]


def merged(sheet: Any) -> None:
    sheet.append(HEAD)
    sheet.append([1, "完成率", 5])
    sheet.merge_cells("C2:C3")


BAD_FILES: list[tuple[str, bytes, str]] = [
    ("无.xlsx", b"hello", "不是 Excel 工作簿"),
    ("空.xlsx", b"", "不是 Excel 工作簿"),
    ("密.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "有密码"),
    ("宏.xlsx", with_part(workbook(lambda s: s.append(HEAD)), "xl/vbaProject.bin", b"x"), "带有宏"),
    ("弹.xlsx", with_part(workbook(lambda s: s.append(HEAD)), "xl/x", bytes(300_000_000)), "太大"),
    ("缺.xlsx", workbook(lambda s: s.append(HEAD[:4])), "缺少“进展情况、存在问题"),
    ("改.xlsx", workbook(lambda s: s.append(["甲", "乙"])), "找不到表头"),
    ("并.xlsx", workbook(merged), "C2:C3）是合并的单元格"),
    ("表.csv", b"\xff\xfe\x00", "既不是 UTF-8 也不是 GB18030"),
    ("头.csv", "甲,乙\n1,2\n".encode(), "找不到表头"),
    ("坏.json", b"{", "不是 JSON"),
    ("坏2.json", b'{"task": 1}', "应是一个列表"),
    ("坏3.json", b'[{"task": 1, "valeu": 1}]', "没有“valeu”"),
    (
        "坏4.json",
        b'[{"task": 1, "value": 5, "percent": 60}]',
        "第 1 项 percent：前面已经写了同一件事",
    ),
    ("坏5.json", b'[{"task": 1, "value": 5, "value": 60}]', "“value”写了两次"),
    ("坏6.json", b'[{"task": 1, "value": {"a": 1}}]', "第 1 项 value：这里应是一个数或一段文字"),
    ("坏9.json", b'[{"task": 1, "evidence": [{"a": 1}]}]', "第 1 项 evidence：这里应是"),
    ("坏7.json", b'[{"task": 1}\n {', "到第 2 行第 2 列读不下去了"),
    ("坏8.json", b'[{"task": "\xff"}]', "不是 UTF-8"),
    ("逗.csv", "序号,指标,数值\n16,食品检验量,1,234\n".encode(), "第 2 行比表头多出“234”"),
    ("引.csv", '序号,数值,进展情况\n1,40,"办了\n2,50,好\n'.encode(), "引号不成对"),
    ("长.csv", f"序号,数值,进展情况\n1,40,{'长' * 200_000}\n".encode(), "一格太长"),
    ("计划.yaml", b"a: 1", "不是 .xlsx、.csv 或 .json"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD_FILES, ids=[b[0] for b in BAD_FILES])
def test_what_cannot_be_read_is_told(fs: Fs, name: str, content: bytes, words: str) -> None:
    (fs.folder / name).write_bytes(content)
    run = fs("progress", "import", name)
    assert (run.code, run.out) == (3, "")
    assert words in run.err
    assert name in run.err
    assert "Traceback" not in run.err
    assert not fs.ledger.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("99,,5", "没有叫“99”的任务"),
        (",,5", "没有写任务序号"),
        ("16,没有,5", "没有叫“没有”的指标"),
        ("1,,5,阳光局", "没有叫“阳光局”的单位"),
        ("1,,5,阳城", "任务 1 的括号里没有“阳城县”"),
        ("34,,5,各县", "是一组单位"),
        ("59,年度报告,80", "节点完成了请填“完成”"),
        ("16,食品检验量,1e9", "不是数字"),
        ("16,食品检验量,5%", "单位是批次/千人，不是百分比"),
        ("16,食品检验量,5₂", "不是数字"),
        ("1,,5,,2022-01-01", "还没有到"),
        ("1,,5,,2020-01-01", "早于工作期"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(fs: Fs, row: str, words: str) -> None:
    (fs.folder / "报.csv").write_text(f"序号,指标,数值,单位,日期\n{row}\n", "utf-8")
    run = fs("progress", "import", "报.csv")
    assert (run.code, run.out) == (2, "")
    assert "报.csv 第 2 行" in run.err
    assert words in run.err


def test_what_a_date_has_wrong_is_told_of_its_cell_without_options(fs: Fs) -> None:
    (fs.folder / "报.csv").write_text("序号,数值,日期\n1,5,2021-11-01\n2,101,\n", "utf-8")
    run = fs("progress", "import", "报.csv")
    assert run.code == 2
    assert "报.csv 第 2 行 “日期”列：2021-11-01 还没有到" in run.err
    assert "报.csv 第 3 行 “数值/完成率”列：完成率不能超过 100" in run.err
    assert "--" not in run.err


def test_a_row_must_say_which_of_several_indicators(fs: Fs) -> None:
    (fs.folder / "报.csv").write_text("序号,指标,数值\n16,,5\n20,,1\n", "utf-8")
    run = fs("progress", "import", "报.csv")
    assert run.code == 2
    assert "第 2 行 “指标”列：任务 16 有几个指标，请写明是哪一个：食品检验量、" in run.err
    assert "有 1 处要改" in run.err, "task 20 has but one"


def test_a_figure_told_twice_is_refused(fs: Fs) -> None:
    rows = "16,食品检验量,5.5\n16,核查处置率,100\n16,食品检验量,6.5\n"
    (fs.folder / "报.csv").write_text(f"序号,指标,数值\n{rows}", "utf-8")
    run = fs("progress", "import", "报.csv")
    assert (run.code, run.out) == (2, "")
    assert "第 4 行 “数值/完成率”列：与 报.csv 第 2 行 “数值/完成率”列 报的是同一项" in run.err
    assert not fs.ledger.exists()


def test_files_that_contradict_each_other_are_refused_but_copies_are_not(fs: Fs) -> None:
    for name, value in (("甲.csv", 5.5), ("乙.csv", 5.5), ("丙.csv", 6.5)):
        (fs.folder / name).write_text(f"序号,指标,数值\n16,食品检验量,{value}\n", "utf-8")
    run = fs("progress", "import", "甲.csv", "丙.csv")
    assert (run.code, run.out) == (2, "")
    assert "丙.csv 第 2 行 “数值/完成率”列：与 甲.csv 第 2 行 “数值/完成率”列 报的是" in run.err
    assert not fs.ledger.exists()
    assert "乙.csv：以前导入过，没有新增" in fs("progress", "import", "甲.csv", "乙.csv").ok().out


@pytest.mark.parametrize(
    "files", [("8 先.csv", "5 后.csv"), ("5 后.csv", "8 先.csv"), ("一起.csv",)]
)
def test_what_is_handed_in_together_does_not_shrink_either(fs: Fs, files: tuple[str, ...]) -> None:
    rows = {"8 先.csv": ["16,食品检验量,8,2021-09-01"], "5 后.csv": ["16,食品检验量,5,2021-09-30"]}
    rows["一起.csv"] = rows["5 后.csv"] + rows["8 先.csv"]
    for name in files:
        text = "\n".join(["序号,指标,数值,日期", *rows[name]])
        (fs.folder / name).write_text(text, "utf-8")
    run = fs("progress", "import", *files)
    assert (run.code, run.out) == (2, "")
    assert "有 1 处要改" in run.err
    assert not fs.ledger.exists()
    fs("progress", "import", *files, "--allow-decrease").ok()
    assert len(fs.reported()) == 2


def test_what_stood_before_is_told_of_the_rows_that_are_new(fs: Fs) -> None:
    known = "序号,指标,数值,日期\n16,食品检验量,3,2021-06-30\n"
    (fs.folder / "报.csv").write_text(known, "utf-8")
    fs("progress", "import", "报.csv").ok()
    rows = "16,食品检验量,5,2021-09-30\n1,,40,2021-09-30\n"
    (fs.folder / "报.csv").write_text(known + rows, "utf-8")
    run = fs("progress", "import", "报.csv", "--dry-run").ok()
    assert run.out.splitlines() == [
        "报.csv：将记录 2 条",
        "  任务 16：食品检验量 3 → 食品检验量 5",
        "  任务 1：未报 → 完成率 40%",
    ]


@pytest.mark.parametrize("number", ["1e9999999999999999999", "1e999999999", "1e-999999999"])
def test_a_number_beyond_all_measure_is_refused_like_any_other(fs: Fs, number: str) -> None:
    run = fs("progress", "import", "-", stdin=f'[{{"task": 1, "value": {number}}}]')
    assert (run.code, run.out) == (2, "")
    assert f"第 1 项 value：“{number}”不是数字" in run.err


def test_a_workbooks_figure_is_what_the_spreadsheet_shows(fs: Fs) -> None:
    def filled(sheet: Any) -> None:
        sheet.append(HEAD)
        sheet.append([16, "食品检验量", 7.000000000000001])

    (fs.folder / "报.xlsx").write_bytes(workbook(filled))
    fs("progress", "import", "报.xlsx").ok()
    assert fs.reported()[0]["entries"][0]["value"] == 7


def test_nothing_from_a_file_is_obeyed_by_the_terminal(fs: Fs) -> None:
    (fs.folder / "报.csv").write_text("序号,数值\n1,5\x1b[31m\n", "utf-8")
    run = fs("progress", "import", "报.csv")
    assert (run.code, "\x1b" in run.err) == (2, False)


def test_a_file_that_is_not_there(fs: Fs) -> None:
    run = fs("progress", "import", "没有.xlsx")
    assert (run.code, run.err) == (3, "错误：没有.xlsx 读不出来（没有这个文件），请核对路径\n")


def test_the_shipped_plan_is_not_imported_beside(anywhere: Fs) -> None:
    run = anywhere("progress", "import", "-", stdin='[{"task": 1, "value": 5}]')
    assert (run.code, "fs init" in run.err) == (4, True)


def test_a_heading_that_stands_twice_is_refused(fs: Fs) -> None:
    (fs.folder / "a.csv").write_text("序号,数值,数值\n1,50,\n", "utf-8")
    run = fs("progress", "import", "a.csv")
    assert (run.code, run.out) == (3, "")
    assert "都叫“数值”（第 2 列、第 3 列）" in run.err
    assert not fs.ledger.exists()


def _filled(fs: Fs, name: str) -> Any:
    from openpyxl import load_workbook

    fs("form", "-d", "阳城县", "-o", name, "--force").ok()
    book = load_workbook(fs.folder / name)
    sheet = book["填报表"]
    row = next(r for r in range(4, sheet.max_row + 1) if sheet.cell(r, 1).value == 34)
    sheet.cell(row, 8).value = 60
    return book


def test_a_form_that_lost_its_hidden_sheet_still_says_whose_it_is(fs: Fs) -> None:
    book = _filled(fs, "表.xlsx")
    del book["_fs"]
    book.save(fs.folder / "表.xlsx")
    fs("progress", "import", "表.xlsx").ok()
    assert fs.reported()[0]["entries"][0]["department"] == "阳城县"
    book["填报表"]["A1"].value = "表"
    book.save(fs.folder / "无主.xlsx")
    run = fs("progress", "import", "无主.xlsx")
    assert (run.code, run.out) == (3, "")
    assert "没有写明是哪个单位" in run.err


def test_a_filled_copy_of_the_sheet_is_not_passed_over(fs: Fs) -> None:
    book = _filled(fs, "表.xlsx")
    book.copy_worksheet(book["填报表"]).title = "填报表 (2)"
    book.save(fs.folder / "表.xlsx")
    run = fs("progress", "import", "表.xlsx")
    assert (run.code, run.out) == (3, "")
    assert "填报表 (2)" in run.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["16", "-i", "1", "--value", "5.2", "-i", "2"], "写了 2 个指标、1 个数，要一一对应"),
        (["16", "--value", "5.2", "--value", "100"], "写了 0 个指标、2 个数，要一一对应"),
        (["16", "-i", "1", "--value", "5", "-i", "1", "--value", "6"], "“食品检验量”写了两次"),
        (["16", "-i", "1", "--value", "5", "-i", "2", "--value", "6", "--done"], "不能再写"),
        (["1", "--percent", "5", "--percent", "6"], "--percent 写了两次"),
        (["1", "--percent", "5", "--note", "--dry-run"], "--note 后面缺少值"),
        (["1", "--note", "-i", "--percent", "5"], "--note 后面缺少值"),
    ],
)
def test_what_nobody_can_have_typed_on_purpose(fs: Fs, args: list[str], words: str) -> None:
    run = fs("progress", "update", *args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert not fs.ledger.exists()
    fs("progress", "update", "1", "--percent", "5", "--note=--dry-run").ok()
