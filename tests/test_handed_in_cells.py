"""What cells and text files of every maker say, and which files are meant."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from foodsafety_cli.exchange.workbooks import open_workbook
from tests.conftest import Fs

HEAD = ["序号", "指标", "数值/完成率", "日期", "进展情况", "存在问题", "下步措施", "佐证材料"]
Change = Callable[[Any], object]


def workbook(change: Change) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "填报表"
    sheet.append(HEAD)
    sheet.append([10, None, 40])
    change(sheet)
    book.create_sheet("_fs").append(["start", "2021-01-01"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_cell(content: bytes, place: str, xml: str) -> bytes:
    """The workbook with a cell as another program writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                start = part.index(f'<c r="{place}"')
                end = part.index("</c>", start) + 4
                part = part[:start] + f'<c r="{place}" {xml}</c>' + part[end:]
            new.writestr(name, part)
    return out.getvalue()


def put(place: str, value: object, number_format: str = "General") -> Change:
    def change(sheet: Any) -> None:
        sheet[place] = value
        sheet[place].number_format = number_format

    return change


def handed_in(fs: Fs, content: bytes, name: str = "表.xlsx") -> tuple[dict[str, Any], str]:
    """The first entry recorded of a file, and what was said beside it."""
    (fs.folder / name).write_bytes(content)
    run = fs("progress", "import", name).ok()
    entry: dict[str, Any] = fs.reported()[0]["entries"][0]
    return entry, run.err


@pytest.mark.parametrize(
    ("value", "number_format", "percent"),
    [
        (0.4, "0%", 40),
        (0.405, "0.0%", 40.5),
        (40.5, '0.0"%"', 40.5),
        (40.5, "0.0\\%", 40.5),
        (40, '[Red]0"%"', 40),
        (40.1 + 0.2, "General", 40.3),
    ],
)
def test_a_percentage_is_one_by_its_format_alone(
    fs: Fs, value: float, number_format: str, percent: float
) -> None:
    entry, _ = handed_in(fs, workbook(put("C2", value, number_format)))
    assert entry["percent"] == percent


def test_a_quotient_is_rounded_and_said_so(fs: Fs) -> None:
    entry, said = handed_in(fs, workbook(put("C2", 200 / 3)))
    assert entry["percent"] == 66.666667
    assert "第 2 行 C 列（数值/完成率）：算出来的 66.6666666666667 取六位小数，作 66.666667" in said


def test_a_formula_of_nothing_is_an_empty_cell(fs: Fs) -> None:
    content = workbook(put("E2", "办了"))
    entry, _ = handed_in(fs, with_cell(content, "C2", 't="str"><f>IF(1,"","")</f><v></v>'))
    assert entry == {"task": 10, "note": "办了"}


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_value_is_told_with_its_place(fs: Fs, error: str) -> None:
    content = with_cell(workbook(put("C2", 1)), "C2", f't="e"><f>A9</f><v>{error}</v>')
    (fs.folder / "表.xlsx").write_bytes(content)
    run = fs("progress", "import", "表.xlsx")
    assert (run.code, run.out, fs.ledger.exists()) == (2, "", False)
    assert f"第 2 行 C 列（数值/完成率）：是错误值 {error}" in run.err


def test_a_line_break_as_some_programs_write_it(fs: Fs) -> None:
    entry, _ = handed_in(fs, workbook(put("E2", "甲_x000D_\n乙")))
    assert entry["note"] == "甲\n乙"


def test_a_text_that_became_a_day_or_lost_digits_is_told(fs: Fs) -> None:
    def change(sheet: Any) -> None:
        sheet["E2"] = dt.date(2021, 3, 5)
        sheet["H2"] = 140502199001011234

    (fs.folder / "表.xlsx").write_bytes(workbook(change))
    run = fs("progress", "import", "表.xlsx")
    assert (run.code, fs.ledger.exists()) == (2, False)
    assert "E 列（进展情况）：成了日期" in run.err
    assert "H 列（佐证材料）：数字太长" in run.err


def test_a_form_keeps_texts_as_they_are_typed(fs: Fs) -> None:
    fs("form", "-d", "市监局", "-o", "表.xlsx").ok()
    sheet: Any = load_workbook(fs.folder / "表.xlsx")["填报表"]
    formats = {cell.value: sheet.cell(4, cell.column).number_format for cell in sheet[3]}
    assert {formats[name] for name in HEAD[4:]} == {"@"}
    assert formats["数值/完成率"] == "General"


def test_a_strict_workbook_is_named(fs: Fs) -> None:
    out = io.BytesIO()
    transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    content = io.BytesIO(workbook(lambda _: None))
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(transitional, strict))
    (fs.folder / "表.xlsx").write_bytes(out.getvalue())
    run = fs("progress", "import", "表.xlsx")
    assert run.code == 3
    assert "Strict Open XML" in run.err


ROWS = "序号{0}数值{0}日期{0}进展情况\n10{0}40{0}2021/9/20 0:00{0}办了\n"
TEXTS = {
    "UTF-16": ROWS.format(",").encode("utf-16"),
    "UTF-16BE": b"\xfe\xff" + ROWS.format("\t").encode("utf-16-be"),
    "tabs": ROWS.format("\t").encode(),
    "semicolons": ROWS.format(";").encode(),
    "two marks": b"\xef\xbb\xbf" * 2 + ROWS.format(",").encode(),
    "wide commas": ROWS.format("，").encode("gb18030"),
    "unit": ROWS.format(",").replace("数值", "数值（%）").encode(),
    "title": "某某局报数\n".encode() + ROWS.format(",").encode(),
}


@pytest.mark.parametrize("content", TEXTS.values(), ids=TEXTS)
def test_text_files_as_offices_make_them(fs: Fs, content: bytes) -> None:
    entry, _ = handed_in(fs, content, "表.csv")
    assert entry == {"task": 10, "percent": 40, "note": "办了"}
    assert fs.reported()[0]["date"] == "2021-09-20"


def test_folders_and_patterns_need_no_shell(fs: Fs) -> None:
    (fs.folder / "收").mkdir()
    for name, task in (("甲.csv", 10), ("乙.csv", 11)):
        (fs.folder / "收" / name).write_text(f"序号,数值\n{task},40\n", "utf-8")
    (fs.folder / "收" / "~$甲.xlsx").write_bytes(b"x")
    (fs.folder / "收" / "说明.doc").write_bytes(b"x")
    for named in ("收", "收/*.csv", "收/"):
        run = fs("progress", "import", named, "--dry-run").ok()
        assert run.out.count("：将记录 1 条") == 2, named
    run = fs("progress", "import", "收", "--dry-run").ok()
    assert "~$甲.xlsx 是正开着的表留下的临时文件，没有读" in run.err


@pytest.mark.parametrize("named", ["空", "空/*.xlsx"])
def test_a_folder_or_a_pattern_of_nothing_is_told(fs: Fs, named: str) -> None:
    (fs.folder / "空").mkdir()
    run = fs("progress", "import", named)
    assert (run.code, run.out) == (3, "")
    assert "没有填好的表" in run.err


def test_a_cell_that_shows_percent_means_percent(fs: Fs) -> None:
    entry, _ = handed_in(fs, workbook(put("C2", 0.00985, "0.00%")))
    assert entry["percent"] == 0.985


def test_a_count_is_no_percent(fs: Fs) -> None:
    def change(sheet: Any) -> None:
        sheet["I1"], sheet["J1"] = "分子", "分母"
        sheet["A2"], sheet["C2"], sheet["B2"] = 16, None, "核查处置率"
        sheet["I2"], sheet["J2"] = 0.5, 99
        sheet["I2"].number_format = "0%"

    (fs.folder / "表.xlsx").write_bytes(workbook(change))
    run = fs("progress", "import", "表.xlsx")
    assert (run.code, "“50%”是百分数，分子应是个数" in run.err) == (2, True)


def test_a_format_in_three_hundred_thousand_rows_costs_little(fs: Fs) -> None:
    fs("form", "-d", "市市场监督管理局", "-o", "表.xlsx").ok()
    rows = b"".join(b'<row r="%d"><c r="Z%d" s="1"/></row>' % (n, n) for n in range(200, 300_200))
    content = (fs.folder / "表.xlsx").read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as book,
        zipfile.ZipFile(fs.folder / "大.xlsx", "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in book.infolist():
            held = book.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                held = held.replace(b"</sheetData>", rows + b"</sheetData>")
            made.writestr(part.filename, held)
    assert "没有填写任何进展" in fs("progress", "import", "大.xlsx").ok().out
    values, _ = open_workbook("大.xlsx", (fs.folder / "大.xlsx").read_bytes())
    assert values["填报表"].max_row < 200, "what has nothing but a format is not even read"


def test_a_day_at_the_calendars_beginning_is_a_day(fs: Fs) -> None:
    fs("report", "--as-of", "0001-01-15", "-o", "报告.md").ok()


@pytest.mark.parametrize(
    ("rate", "code"),
    [("86.7", 0), ("86.67%", 0), ("0.867", 0), ("87", 0), ("", 0), ("不详", 0), ("12.3", 2)],
)
def test_a_rate_beside_a_figure_does_not_contradict_it(fs: Fs, rate: str, code: int) -> None:
    (fs.folder / "a.csv").write_text(f"序号,指标,数值,完成率\n16,食品检验量,5.2,{rate}\n", "utf-8")
    run = fs("progress", "import", "a.csv")
    assert run.code == code, run.err
    if code:
        assert "5.2 是目标 6 的 86.7%，“完成率”列写的是 12.3%" in run.err
        assert not fs.ledger.exists()


@pytest.mark.parametrize(
    ("number_format", "told"),
    [
        ('0.0"万"', "“5.2万”不是数字"),
        ('0.0"万批次"', "“5.2万批次”不是数字"),
        ('0.0" 千"', "“5.2千”不是数字"),
        ("0.0[$亿]", "“5.2亿”不是数字"),
        ('0.0"0"', "显示的不是 5.2，请改成常规格式"),
        ('0!.0,"万"', "显示的不是 5.2，请改成常规格式"),
        ('0.0"批次/千人"', ""),
        ('_ * #,##0.0_ ;_ * \\-#,##0.0_ ;_ * "-"??_ ;_ @_ ', ""),
        ("[Red]0.0_);[Blue]\\(0.0\\)", ""),
    ],
)
def test_a_figure_is_read_with_what_its_format_prints_beside_it(
    fs: Fs, number_format: str, told: str
) -> None:
    fs("form", "-d", "市市场监督管理局", "-o", "a.xlsx").ok()
    book = load_workbook(fs.folder / "a.xlsx")
    sheet = book["填报表"]
    row = next(r for r in range(4, 60) if sheet.cell(r, 1).value == 16)
    sheet.cell(row, 8).value = 5.2
    sheet.cell(row, 8).number_format = number_format
    book.save(fs.folder / "a.xlsx")
    run = fs("progress", "import", "a.xlsx")
    assert (run.code, told in run.err) == (2 if told else 0, True), run.err
    assert fs.ledger.exists() is not bool(told)
