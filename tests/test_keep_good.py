"""`fs progress import --keep-good`, `fs progress undo --batch`: many files, some of them bad."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Fs

GOOD = "序号,指标,单位,数值,日期\n16,食品检验量,{0},{1},2021-09-30\n"


@pytest.fixture
def forms(fs: Fs) -> Path:
    """Two sound files, a form with two faults, one with a bad row, and one that is no workbook."""
    folder = fs.folder / "交回"
    fs("form", "-d", "阳城县", "-o", "交回").ok()
    book = load_workbook(folder / "阳城县.xlsx")
    sheet = book.worksheets[0]
    filled = 0
    for row in sheet.iter_rows(min_row=4):
        if row[3].value == "完成率" and filled < 2:
            row[7].value = "很多" if filled == 0 else 120
            filled += 1
    book.save(folder / "阳城县.xlsx")
    (folder / "城区.csv").write_text(GOOD.format("城区", "5.2"), "utf-8")
    (folder / "泽州.csv").write_text(GOOD.format("泽州县", "5.1"), "utf-8")
    (folder / "高平.csv").write_text(GOOD.format("高平市", "abc"), "utf-8")
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    return folder


def test_the_sound_are_recorded_and_the_others_come_back_marked(fs: Fs, forms: Path) -> None:
    run = fs("progress", "import", "交回", "--keep-good", "-o", "退改/")
    assert run.code == 1
    assert "有 3 份没有导入，标好的副本在 退改" in run.err
    assert {line["entries"][0]["department"] for line in fs.reported()} == {"城区", "泽州县"}
    back = fs.folder / "退改"
    assert sorted(p.name for p in back.iterdir()) == [
        "坏.xlsx.退改.txt",
        "阳城县.xlsx",
        "高平.csv.退改.txt",
    ]
    sheet = load_workbook(back / "阳城县.xlsx").worksheets[0]
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(comments) == 2
    assert "“很多”不是数字" in comments[0]
    assert "不能超过 100" in comments[1]
    assert "abc" in (back / "高平.csv.退改.txt").read_text("utf-8-sig")
    original = load_workbook(forms / "阳城县.xlsx").worksheets[0]
    assert not any(cell.comment for row in original.iter_rows() for cell in row)


def test_a_cell_that_cannot_be_read_is_marked_itself(fs: Fs, forms: Path) -> None:
    book = load_workbook(forms / "阳城县.xlsx")
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows(min_row=4) if row[7].value == "很多")
    row[7].value = "=1+"
    book.save(forms / "阳城县.xlsx")
    fs("progress", "import", "交回/阳城县.xlsx", "--keep-good", "-o", "退改/")
    back = load_workbook(fs.folder / "退改" / "阳城县.xlsx").worksheets[0]
    comments = {cell.coordinate for row in back.iter_rows() for cell in row if cell.comment}
    assert row[7].coordinate in comments
    assert "A1" not in comments


def test_a_name_with_a_line_break_stays_on_one_line(fs: Fs) -> None:
    name = "两\n行.csv"
    (fs.folder / name).write_text("没有表头\n", "utf-8")
    run = fs("progress", "import", name)
    assert run.code == 3
    assert run.err.startswith("错误：两 行.csv 里找不到表头")
    assert len(run.err.splitlines()) == 1


def test_the_form_mended_can_be_handed_in(fs: Fs, forms: Path) -> None:
    fs("progress", "import", "交回", "--keep-good", "-o", "退改/")
    book = load_workbook(fs.folder / "退改" / "阳城县.xlsx")
    for row in book.worksheets[0].iter_rows(min_row=4):
        if row[7].value is not None:
            row[7].value = 60
    book.save(fs.folder / "退改" / "阳城县.xlsx")
    assert "已记录 2 条" in fs("progress", "import", "退改/阳城县.xlsx").ok().out


def test_without_it_one_bad_file_stops_all(fs: Fs, forms: Path) -> None:
    assert fs("progress", "import", str(forms)).code != 0
    assert not fs.ledger.exists()
    run = fs("progress", "import", str(forms), "-o", "退改")
    assert (run.code, "--keep-good" in run.err) == (2, True)


def test_files_at_fault_only_beside_each_other(fs: Fs) -> None:
    (fs.folder / "a.csv").write_text(GOOD.format("城区", "5.2"), "utf-8")
    (fs.folder / "b.csv").write_text(GOOD.format("城区", "5.3"), "utf-8")
    run = fs("progress", "import", "a.csv", "b.csv", "--keep-good")
    assert run.code == 1
    assert "没有导入 a.csv" in run.err, "nobody can tell which of them is right"
    assert "没有导入 b.csv" in run.err
    assert not fs.ledger.exists()


def test_what_the_ledger_has_against_a_file_leaves_only_that_out(fs: Fs) -> None:
    fs("progress", "update", "17", "--value", "1.2", "--date", "2021-09-01").ok()
    less = "序号,指标,数值,日期\n17,定量监测量,0.5,2021-09-30\n"
    (fs.folder / "a.csv").write_text(less, "utf-8")
    (fs.folder / "b.csv").write_text(GOOD.format("城区", "5.3"), "utf-8")
    run = fs("progress", "import", "a.csv", "b.csv", "--keep-good")
    assert run.code == 1
    assert "没有导入 a.csv" in run.err
    assert len(fs.reported()) == 2


def test_all_bad_records_nothing(fs: Fs, forms: Path) -> None:
    run = fs("progress", "import", str(forms / "高平.csv"), "--keep-good")
    assert (run.code, run.out) == (1, "")
    assert not fs.ledger.exists()


def batch(fs: Fs) -> list[str]:
    """Three files handed in by one command; their ids."""
    for name, county in (("a", "城区"), ("b", "泽州县"), ("c", "高平市")):
        (fs.folder / f"{name}.csv").write_text(GOOD.format(county, "5.2"), "utf-8")
    run = fs("progress", "import", "a.csv", "b.csv", "c.csv").ok()
    assert f"整批撤销：fs progress undo --batch {fs.reported()[0]['batch']}" in run.out
    return [line["id"] for line in fs.reported()]


def test_a_whole_import_is_taken_back_by_any_of_its_ids(fs: Fs) -> None:
    ids = batch(fs)
    fs("progress", "undo", ids[1], "--yes").ok()
    run = fs("progress", "undo", "--batch", ids[2], "--yes").ok()
    assert run.out.count("已撤销：") == 2
    undone = [line["undo"] for line in fs.reported() if "undo" in line]
    assert sorted(undone) == sorted(ids)
    again = fs("progress", "undo", "--batch", ids[0], "--yes")
    assert (again.code, "全部撤销过了" in again.err) == (2, True)


def test_by_its_own_id_and_what_is_none(fs: Fs) -> None:
    batch(fs)
    own = str(fs.reported()[0]["batch"])
    for args in (["--batch"], ["--batch", "zzz"]):
        run = fs("progress", "undo", *args, "--yes")
        assert (run.code, run.out) == (2, "")
    fs("progress", "undo", "--batch", own[:8], "--yes").ok()
    assert len([line for line in fs.reported() if "undo" in line]) == 3
    assert fs("check").ok().out == ""


def test_a_copy_never_takes_the_place_of_what_was_handed_in(fs: Fs, tmp_path: Path) -> None:
    fs("form", "--dept", "阳城县", "-o", "交回").ok()
    form = fs.folder / "交回" / "阳城县.xlsx"
    book = load_workbook(form)
    book.worksheets[0]["H4"] = "一百"
    book.save(form)
    before = form.read_bytes()
    run = fs("progress", "import", "交回", "--keep-good", "-o", "交回")
    assert run.code == 1
    assert form.read_bytes() == before
    assert (fs.folder / "交回" / "阳城县(2).xlsx").is_file()


def test_a_picture_that_a_copy_lacks_is_told(fs: Fs) -> None:
    fs("form", "--dept", "阳城县", "-o", "交回").ok()
    form = fs.folder / "交回" / "阳城县.xlsx"
    book = load_workbook(form)
    book.worksheets[0]["H4"] = "一百"
    book.save(form)
    with zipfile.ZipFile(form, "a") as packed:
        packed.writestr("xl/media/image1.png", b"\x89PNG")
    run = fs("progress", "import", "交回", "--keep-good", "-o", "退改")
    assert "没有带上原表的图片（盖的章）" in run.err


def test_a_form_of_another_plan_keeps_no_other_out(fs: Fs) -> None:
    fs("form", "-d", "阳城县", "-o", "交回").ok()
    (fs.folder / "交回" / "城区.csv").write_text(GOOD.format("城区", "5.2"), "utf-8")
    fs.edit_plan("document_number: 晋市政办〔2021〕26号", "document_number: 晋市政办〔2021〕27号")
    run = fs("progress", "import", "交回", "--keep-good", "-o", "退改")
    assert (run.code, len(fs.reported())) == (1, 1)
    assert "交回/阳城县.xlsx：是另一份安排的填报表（晋市政办〔2021〕26号）" in run.err
    assert (fs.folder / "退改" / "阳城县.xlsx").exists()


def test_all_that_is_wrong_is_told_in_one_go(fs: Fs) -> None:
    """Files that are not read, cells that are not, figures that are refused."""
    rows = ["16,食品检验量,城区,5200,2021-09-30", "34,,城区,一半,2021-09-30"]
    (fs.folder / "a.csv").write_text("\n".join(["序号,指标,单位,数值,日期", *rows]), "utf-8")
    (fs.folder / "b.csv").write_text(GOOD.format("泽州县", "4100"), "utf-8")
    (fs.folder / "c.xlsx").write_bytes(b"no workbook")
    (fs.folder / "d.xlsx").write_bytes(b"nor this")
    run = fs("progress", "import", "a.csv", "b.csv", "c.xlsx", "d.xlsx")
    assert (run.code, run.out, fs.ledger.exists()) == (3, "", False)
    for words in ("“一半”不是数字", "c.xlsx 不是", "d.xlsx 不是", "5200", "4100"):
        assert words in run.err
    run = fs("progress", "import", "a.csv", "b.csv")
    assert (run.code, run.err.count("倍")) == (2, 2)
    run = fs("progress", "import", "b.csv", "c.xlsx")
    assert (run.code, "4100" in run.err, "c.xlsx 不是" in run.err) == (3, True, True)
