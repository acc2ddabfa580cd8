"""`fs form` and `fs progress import`: out, filled in, and back."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs
from tests.offices import converted, needs_libreoffice

Fill = Callable[..., str]


@pytest.fixture
def form(fs: Fs) -> Fs:
    """A folder with the form of 市市场监督管理局."""
    fs("form", "-d", "市监局", "-o", "表.xlsx").ok()
    return fs


@pytest.fixture
def fill(form: Fs) -> Fill:
    """Fill cells in by (task, indicator) and heading; returns the file's name."""

    def filled(name: str = "填好.xlsx", **cells: Any) -> str:
        book = load_workbook(form.folder / "表.xlsx")
        sheet = book["填报表"]
        for place, value in cells.items():
            sheet[place] = value
        book.save(form.folder / name)
        return name

    return filled


def opened(fs: Fs, name: str = "表.xlsx") -> Any:
    return load_workbook(fs.folder / name)["填报表"]


def row_of(fs: Fs, task: int, indicator: str = "完成率") -> int:
    for row in opened(fs).iter_rows(min_row=4):
        if (row[0].value, row[3].value) == (task, indicator):
            return int(row[0].row)
    raise AssertionError((task, indicator))


def test_a_form_has_all_tasks_of_a_department_and_open_cells_to_fill(form: Fs) -> None:
    sheet = opened(form)
    assert "市市场监督管理局" in sheet["A1"].value
    assert [cell.value for cell in sheet[3]][7:] == [
        "数值/完成率", "分子", "分母", "日期", "进展情况", "存在问题", "下步措施", "佐证材料",
    ]  # fmt: skip
    ids = list(dict.fromkeys(row[0].value for row in sheet.iter_rows(min_row=4)))
    whole = [task["id"] for task in form.objects("tasks", "-d", "市监局")]
    known = {int(r[1].value.split()[0]) for r in sheet.iter_rows(min_row=4) if r[0].value == "知悉"}
    assert ids == [*(n for n in whole if n not in known), None, "填报人", "知悉"]
    assert known == {11, 40, 51, 52}, "what others report of its tasks is told, not asked"
    assert sheet.protection.sheet
    locked = {cell.column: cell.protection.locked for cell in sheet[4]}
    assert locked == {n: n < 8 or n in (9, 10) for n in range(1, 16)}, "no ratio"
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("A4", "landscape")


def test_what_is_typed_is_checked_in_chinese(form: Fs) -> None:
    rules = opened(form).data_validations.dataValidation
    assert {rule.type for rule in rules} == {"decimal", "date", "list"}
    assert all(rule.error and "填" in rule.error + rule.errorTitle for rule in rules)
    shares = next(rule for rule in rules if rule.formula2 == "100")
    assert f"H{row_of(form, 16, '核查处置率')}" in shares.sqref
    counts = next(rule for rule in rules if rule.operator == "greaterThanOrEqual")
    assert f"H{row_of(form, 16, '食品检验量')}" in counts.sqref


def test_a_milestone_offers_its_one_word(fs: Fs) -> None:
    fs("form", "-d", "阳城", "-o", "表.xlsx").ok()
    rules = opened(fs).data_validations.dataValidation
    assert '"完成"' in {rule.formula1 for rule in rules if rule.type == "list"}


def test_what_was_last_reported_is_told(fs: Fs) -> None:
    fs("progress", "update", "16", "-d", "市监局", "--value", "4", "--date", "2021-08-01").ok()
    fs("form", "-d", "市监局", "-o", "表.xlsx").ok()
    row = row_of(fs, 16, "食品检验量")
    assert opened(fs)[f"G{row}"].value == "4（2021-08-01）"


def test_what_was_reported_for_the_whole_is_the_last_of_who_reports_alone(fs: Fs) -> None:
    fs("progress", "update", "18", "--value", "300", "--note", "已抽300批").ok()
    fs("form", "-d", "市卫生健康委", "-o", "表.xlsx").ok()
    row = row_of(fs, 18, "风险监测")
    assert opened(fs)[f"G{row}"].value == "300（2021-09-30）\n情况：已抽300批"


def test_one_workbook_a_department_in_a_folder(fs: Fs) -> None:
    run = fs("form", "-o", "填报表").ok()
    names = {path.stem for path in (fs.folder / "填报表").iterdir()}
    assert {"市市场监督管理局", "阳城县", "晋城海关"} <= names
    assert "各县（市、区）人民政府" not in names, "a group reports member by member"
    assert f"已做好填报表 {len(names)} 张" in run.err
    again = fs("form", "-o", "填报表")
    assert (again.code, "--force" in again.err) == (4, True)


def test_a_group_is_asked_for_member_by_member(fs: Fs) -> None:
    fs("form", "-d", "各县", "-o", "县").ok()
    assert {path.stem for path in (fs.folder / "县").iterdir()} == {
        "城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县",
    }  # fmt: skip
    assert fs("form", "-d", "各县", "-o", "县.xlsx").code == 2


def test_a_form_is_a_workbook_and_nothing_else(fs: Fs) -> None:
    run = fs("form", "-d", "市监局", "-o", "表.docx")
    assert (run.code, run.out) == (2, "")
    assert "填报表是 .xlsx 文件，不能存成 .docx" in run.err
    assert not (fs.folder / "表.docx").exists()


def test_a_share_typed_as_a_percentage_keeps_no_needless_noughts(form: Fs) -> None:
    book = load_workbook(form.folder / "表.xlsx")
    cell = book["填报表"][f"H{row_of(form, 1)}"]
    cell.value, cell.number_format = 0.5, "0%"
    book.save(form.folder / "填好.xlsx")
    form("progress", "import", "填好.xlsx").ok()
    assert '"percent":50}' in form.ledger.read_text("utf-8")


def test_department_names_make_safe_file_names(fs: Fs) -> None:
    fs.plan.write_text(fs.plan.read_text("utf-8").replace("晋城东站", "晋城/东站:1"), "utf-8")
    fs("form", "-d", "晋城/东站:1", "-o", "站").ok()
    assert [path.name for path in (fs.folder / "站").iterdir()] == ["晋城_东站_1.xlsx"]


def test_out_filled_in_and_back(form: Fs, fill: Fill) -> None:
    figure, share = row_of(form, 16, "食品检验量"), row_of(form, 1)
    cells = {"H": 5.2, "K": dt.date(2021, 9, 1), "L": "已抽检", "O": "清单.xlsx；晋〔2021〕1号"}
    known = {f"{column}{figure}": value for column, value in cells.items()}
    name = fill(**known, **{f"H{share}": "６５％", f"K{share}": "2021年9月1日"})
    before = form("progress", "import", name, "--dry-run").ok()
    assert "将记录 2 条" in before.out
    assert "  任务 16（市市场监督管理局）：未报 → 食品检验量 5.2" in before.out
    assert not form.ledger.exists()
    run = form("progress", "import", name).ok()
    assert run.out.startswith("填好.xlsx：已记录 2 条")
    (line,) = form.reported()
    assert (line["date"], line["by"]) == ("2021-09-01", "张三")
    (entry,) = [one for one in line["entries"] if one["task"] == 16]
    assert entry == {
        "task": 16,
        "indicator": "食品检验量",
        "department": "市市场监督管理局",
        "value": 5.2,
        "note": "已抽检",
        "evidence": ["清单.xlsx", "晋〔2021〕1号"],
    }
    assert form.thing("show", "1")["completion"] == 65
    rows = form.objects("progress", "--by", "task")
    assert {row["id"] for row in rows if row["status"] == "推进中"} == {1, 16}


def test_a_form_asks_for_what_its_department_reports(fs: Fs) -> None:
    fs("form", "-d", "阳城", "-o", "表.xlsx").ok()
    rows = {(row[0].value, row[3].value): row[2].value for row in opened(fs).iter_rows(min_row=4)}
    assert rows[16, "食品检验量"] == "报数", "the plan names it, the bracket does not"
    assert (16, "核查处置率") not in rows
    for county, is_named in (("城区", True), ("高平市", False)):
        fs("form", "-d", county, "-o", f"{county}.xlsx").ok()
        rows = opened(fs, f"{county}.xlsx").iter_rows(min_row=4)
        asked = [row[3].value for row in rows if row[0].value == 55]
        assert ("示范县创建" in asked) == is_named, county


def test_a_ratio_is_asked_for_as_count_and_base(form: Fs, fill: Fill) -> None:
    share, rate = row_of(form, 16, "核查处置率"), row_of(form, 16, "食品检验量")
    sheet = opened(form)
    assert not any(
        sheet[f"{column}{row}"].protection.locked for column in "IJ" for row in (share, rate)
    )
    name = fill(**{f"I{share}": 171, f"J{share}": 171, f"I{rate}": 3710, f"J{rate}": 2194.5})
    form("progress", "import", name).ok()
    entries = form.reported()[0]["entries"]
    told = {entry["indicator"]: (entry["value"], entry["count"], entry["of"]) for entry in entries}
    assert '"value":100,' in form.ledger.read_text("utf-8"), "no needless noughts"
    assert told == {"核查处置率": (100, 171, 171), "食品检验量": (1.69, 3710, 2194.5)}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"H": 99, "I": 98, "J": 99}, "I 列（分子）：已填了“数值/完成率”，两样只填一样"),
        ({"I": 98}, "I 列（分子）：只有分子，请把“分母”也填上"),
        ({"J": 99}, "J 列（分母）：只有分母，请把“分子”也填上"),
        ({"I": 99, "J": 98}, "99/98 超过了 100%"),
        ({"I": 1, "J": 0}, "1/0 不可能"),
    ],
)
def test_half_a_ratio_is_a_fault(form: Fs, fill: Fill, cells: dict[str, Any], words: str) -> None:
    row = row_of(form, 16, "核查处置率")
    run = form("progress", "import", fill(**{f"{column}{row}": n for column, n in cells.items()}))
    assert (run.code, run.out, form.ledger.exists()) == (2, "", False)
    assert words in run.err


def test_the_same_file_twice_adds_nothing(form: Fs, fill: Fill) -> None:
    name = fill(**{f"H{row_of(form, 1)}": 60})
    form("progress", "import", name).ok()
    again = form("progress", "import", name).ok()
    assert again.out == "填好.xlsx：以前导入过，没有新增\n"
    both = form("progress", "import", name, fill("又一份.xlsx", **{f"H{row_of(form, 1)}": 60})).ok()
    assert both.out.count("没有新增") == 2
    assert len(form.reported()) == 1


def test_what_was_taken_back_can_be_handed_in_again(form: Fs, fill: Fill) -> None:
    name = fill(**{f"H{row_of(form, 1)}": 60})
    form("progress", "import", name).ok()
    form("progress", "undo", "--yes").ok()
    known = form("progress", "import", name).ok()
    assert "第 4 行 H 列（数值/完成率）：以前导入过，后来撤回了，没有再记" in known.err
    assert form.thing("show", "1")["status"] == "未报"
    assert "已记录 1 条" in form("progress", "import", name, "--again").ok().out
    assert form.thing("show", "1")["completion"] == 60


def test_rows_of_several_days_are_a_submission_each(form: Fs, fill: Fill) -> None:
    one, two = row_of(form, 1), row_of(form, 2)
    name = fill(**{f"H{one}": 60, f"K{one}": dt.date(2021, 9, 1), f"H{two}": 30})
    form("progress", "import", name).ok()
    assert [line["date"] for line in form.reported()] == ["2021-09-01", "2021-09-30"]


def test_who_fills_it_in_and_until_when(fs: Fs) -> None:
    fs("form", "-d", "阳城", "-o", "表.xlsx", "--deadline", "2021-10-10").ok()
    sheet = opened(fs)
    (signed,) = [row for row in sheet.iter_rows(min_row=4) if row[0].value == "填报人"]
    labels = [cell.value for cell in signed if cell.value]
    assert labels == ["填报人", "联系电话", "审核人", "单位盖章", "报送截止：2021-10-10"]
    assert not signed[1].protection.locked
    assert "fs " not in str(sheet["A2"].value)
    sheet[f"B{signed[0].row}"], sheet["H4"] = "王五", 60
    sheet.parent.save(fs.folder / "填好.xlsx")
    assert "已记录 1 条" in fs("progress", "import", "填好.xlsx").ok().out


def test_what_others_report_is_listed_below(fs: Fs) -> None:
    fs("form", "-d", "市科技局", "-o", "表.xlsx").ok()
    found = list(opened(fs).iter_rows(min_row=4))
    asked = {row[0].value for row in found if isinstance(row[0].value, int)}
    known = [row[1].value for row in found if row[0].value == "知悉"]
    whole = [task["id"] for task in fs.objects("tasks", "-d", "市科技局")]
    below = {int(words.split()[0]) for words in known}
    assert below
    assert asked.isdisjoint(below)
    assert below <= set(whole) <= asked | below


def test_targets_in_a_form_are_its_own(fs: Fs) -> None:
    fs("form", "-d", "城区", "-o", "表.xlsx").ok()
    sheet = opened(fs)
    assert sheet[f"E{row_of(fs, 55, '示范县创建')}"].value == "合计 3"
    assert sheet[f"E{row_of(fs, 16, '食品检验量')}"].value == 6


def test_an_empty_form_reports_nothing(form: Fs) -> None:
    assert form("progress", "import", "表.xlsx").ok().out == "表.xlsx：没有填写任何进展\n"
    assert not form.ledger.exists()


def test_every_fault_is_told_with_its_place_and_nothing_is_recorded(form: Fs, fill: Fill) -> None:
    one, two, count = row_of(form, 1), row_of(form, 2), row_of(form, 16, "食品检验量")
    bad = fill("错.xlsx", **{
        f"H{one}": "一百", f"K{one}": "明天", f"H{two}": 120, f"H{count}": -1,
    })  # fmt: skip
    good = fill("好.xlsx", **{f"H{one}": 60})
    run = form("progress", "import", good, bad)
    assert (run.code, run.out) == (2, "")
    told = run.err.splitlines()
    assert (
        f"错.xlsx 填报表 第 {one} 行 H 列（数值/完成率）：“一百”不是数字，请只写数，如 5.2" in told
    )
    assert (
        f"错.xlsx 填报表 第 {one} 行 K 列（日期）：“明天”不是日期，请写成 2021-09-30 这样" in told
    )
    assert any(f"第 {two} 行 H 列" in line and "不能超过 100" in line for line in told)
    assert any(f"第 {count} 行 H 列" in line and "不能小于 0" in line for line in told)
    assert told[-1] == "错误：有 4 处要改，什么也没有记录。改好后再导入"
    assert not form.ledger.exists()


def test_a_cumulative_figure_that_shrinks_is_a_fault_too(form: Fs, fill: Fill) -> None:
    form("progress", "update", "16", "-d", "市监局", "--value", "5").ok()
    name = fill(**{f"H{row_of(form, 16, '食品检验量')}": 4})
    run = form("progress", "import", name)
    assert (run.code, "小于 2021-09-30 已报的 5" in run.err) == (2, True)
    form("progress", "import", name, "--allow-decrease").ok()


def test_a_formula_without_its_value_is_told_with_the_other_faults(form: Fs, fill: Fill) -> None:
    filled = {f"H{row_of(form, 1)}": "=30+30", f"H{row_of(form, 2)}": "很多"}
    run = form("progress", "import", fill(**filled))
    assert (run.code, run.out) == (2, "")
    assert f"第 {row_of(form, 1)} 行 H 列（数值/完成率）：是还没有算出值的公式" in run.err
    assert f"第 {row_of(form, 2)} 行 H 列" in run.err, (
        "the workbook's other faults are told with it"
    )


@needs_libreoffice
def test_what_libreoffice_saves_comes_back(form: Fs, fill: Fill, tmp_path: Path) -> None:
    name = fill(**{f"H{row_of(form, 1)}": "=30+30", f"L{row_of(form, 1)}": "已对接"})
    saved = converted(form.folder / name, "xlsx:Calc MS Excel 2007 XML", tmp_path)
    form("progress", "import", str(saved)).ok()
    assert form.thing("show", "1")["completion"] == 60


@needs_libreoffice
def test_a_form_fits_pages(form: Fs, tmp_path: Path) -> None:
    pages = converted(form.folder / "表.xlsx", "pdf", tmp_path).read_bytes()
    assert pages.startswith(b"%PDF")
    assert b"/MediaBox[0 0 84" in pages.replace(b" ]", b"]"), "A4 landscape is 842 points wide"


def test_a_form_of_another_plan_or_year_is_refused(form: Fs, fill: Fill) -> None:
    name = fill(**{f"H{row_of(form, 1)}": 60})
    form.edit_plan("晋市政办〔2021〕26号\n", "晋市政办〔2022〕3号\n")
    run = form("progress", "import", name)
    assert (run.code, run.out) == (3, "")
    assert "是另一份安排的填报表（晋市政办〔2021〕26号）" in run.err


def test_csv_and_json_and_standard_input(fs: Fs) -> None:
    (fs.folder / "报.csv").write_text(
        "序号,指标,数值,单位\n34,,50,阳城\n16,食品检验量,4.1,\n", "gbk"
    )
    fs("progress", "import", "报.csv").ok()
    row = [{"task": 16, "indicator": "食品检验量", "value": 5.2, "note": "抽检"}]
    fs("progress", "import", "-", stdin=json.dumps(row)).ok()
    (fs.folder / "报.json").write_text('[{"task": 59, "value": "完成", "indicator": "年度报告"}]')
    fs("progress", "import", "报.json").ok()
    assert fs.thing("show", "16")["indicators"][0]["value"] == 5.2
    assert fs.thing("show", "34")["status"] == "推进中"
    assert fs.reported()[-1]["entries"][0]["done"] is True


def test_a_hundred_thousand_empty_rows_are_nothing(form: Fs, fill: Fill) -> None:
    name = fill(**{f"H{row_of(form, 1)}": 60, "P100000": "x"})
    assert "已记录 1 条" in form("progress", "import", name).ok().out


def test_who_has_not_handed_in_is_named(form: Fs, fill: Fill) -> None:
    silent = {row["department"] for row in form.objects("due", "--unreported")}
    assert "市农业农村局" in silent
    rows = opened(form).iter_rows(min_row=4)
    asked = [row for row in rows if isinstance(row[0].value, int)]
    cells = {f"H{row[0].row}": "完成" if row[4].value == "完成" else 50 for row in asked}
    form("progress", "import", fill(**cells)).ok()
    after = {row["department"] for row in form.objects("due", "--unreported")}
    assert silent - after == {"市市场监督管理局"}


def test_a_row_with_nothing_but_a_day_reports_nothing(fs: Fs) -> None:
    (fs.folder / "报.csv").write_text("序号,数值,日期\n9,,2021-09-30\n", "utf-8")
    run = fs("progress", "import", "报.csv").ok()
    assert run.out == "报.csv：没有填写任何进展\n"
    assert not fs.ledger.exists()


def test_what_looks_like_a_slip_is_told_as_update_tells_it(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    fs("progress", "update", "1", "--percent", "60").ok()
    rows = "16,食品检验量,66,市监局\n1,,50,\n"
    (fs.folder / "报.csv").write_text(f"序号,指标,数值,单位\n{rows}", "utf-8")
    run = fs("progress", "import", "报.csv").ok()
    assert "注意：报.csv 第 2 行 “数值/完成率”列：66 是目标 6 的 11 倍" in run.err
    assert "第 3 行 “数值/完成率”列：完成率 50% 比此前报的 60% 低" in run.err
    assert "注意" not in fs("progress", "import", "报.csv").ok().err, "nothing was added"


def test_columns_that_nothing_is_taken_from_are_told(fs: Fs) -> None:
    (fs.folder / "报.csv").write_text("序号,数值,备注\n10,30,甲\n", "utf-8")
    run = fs("progress", "import", "报.csv").ok()
    assert run.err == "注意：报.csv 里有没用到的列：备注\n"
