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
    ("并.xlsx", workbook(merged), "C2:C3 是合并的单元格"),
    ("表.csv", b"\xff\xfe\x00", "既不是 UTF-8 也不是 GB18030"),
    ("头.csv", "甲,乙\n1,2\n".encode(), "找不到表头"),
    ("坏.json", b"{", "不是 JSON"),
    ("坏2.json", b'{"task": 1}', "应是一个列表"),
    ("坏3.json", b'[{"task": 1, "valeu": 1}]', "没有“valeu”"),
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
    assert "第 4 行 “数值/完成率”列：与 报.csv 第 2 行 “数值/完成率”列 报的是同一个数" in run.err
    assert not fs.ledger.exists()


def test_a_file_that_is_not_there(fs: Fs) -> None:
    run = fs("progress", "import", "没有.xlsx")
    assert (run.code, run.err) == (3, "错误：没有.xlsx 读不出来（没有这个文件），请核对路径\n")


def test_the_shipped_plan_is_not_imported_beside(anywhere: Fs) -> None:
    run = anywhere("progress", "import", "-", stdin='[{"task": 1, "value": 5}]')
    assert (run.code, "fs init" in run.err) == (4, True)
