"""Files made to take all time or memory, or to end in a traceback: refused, in a sentence."""

import io
import os
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.bounded import pages_of
from tests.conftest import FS, Fs
from tests.test_read_as_meant import SHEET, with_part


def test_a_pdf_that_asks_for_all_time_is_ended() -> None:
    """Each of its forms is drawn twice in the next: 6 KB, and millions of pieces."""
    with pytest.raises(FileUnreadable, match="读不完"):
        pages_of(_nested_forms(25), seconds=3)
    assert pages_of(_nested_forms(3)) != []


def test_many_columns_that_nothing_is_taken_from(fs: Fs) -> None:
    count = 50_000
    (fs.folder / "a.csv").write_text(f"序号,完成率{',x' * count}\n34,5\n", "utf-8")
    run = fs("progress", "import", "a.csv").ok()
    assert f"等 {count} 个" in run.err
    assert len(run.err) < 1000


@pytest.mark.parametrize("name", ["a.csv", "a.json"])
def test_more_rows_than_any_report_has(fs: Fs, name: str) -> None:
    rows = {"a.csv": "序号,完成率\n" + "34,5\n" * 150_000, "a.json": f"[{'{},' * 150_000}{{}}]"}
    (fs.folder / name).write_text(rows[name], "utf-8")
    run = fs("progress", "import", name)
    assert (run.code, "100000 行以上" in run.err) == (3, True)


def test_a_row_that_no_sheet_has(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "a.xlsx").ok()
    _put_into_sheet(
        fs.folder / "a.xlsx", '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'
    )
    run = fs("progress", "import", "a.xlsx")
    assert (run.code, "已损坏" in run.err) == (3, True)


def test_many_bodies_and_many_days_in_a_notice(fs: Fs) -> None:
    many = "\n".join(f"{n}．做好工作。（市第{n}局负责）" for n in range(1, 6001))
    days = "2021年12月31日前完成，" * 20_000
    for text in (many, f"1．{days}（市公安局负责）"):
        (fs.folder / "a.txt").write_text(f"2021年工作要点\n{text}\n", "utf-8")
        fs("import", "a.txt", "-o", "draft.yaml", "--force").ok()


def test_a_self_marking_form_holds_no_formula(fs: Fs) -> None:
    fs.edit_plan("document_number: 晋市政办〔2021〕26号", 'document_number: "=1+1"')
    fs("score", "init").ok()
    fs("score", "form", "-d", "阳城县", "-o", "a.xlsx").ok()
    book = openpyxl.load_workbook(fs.folder / "a.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert "是另一份安排" not in fs("score", "import", "a.xlsx").err


@pytest.mark.parametrize("sign", "＝＋－＠")
def test_full_width_signs_begin_no_formula_either(fs: Fs, sign: str) -> None:
    fs("progress", "update", "34", "-d", "城区", "--percent", "5", f"--by={sign}1+1").ok()
    assert f"'{sign}1+1" in fs("log", "-f", "csv").ok().out


def test_in_a_folder_of_everybody_nobody_else_may_write(fs: Fs, tmp_path: Path) -> None:
    folder = tmp_path / "everybody"
    folder.mkdir()
    folder.chmod(0o1777)
    fs("init", str(folder)).ok()
    modes = [path.stat().st_mode & 0o022 for path in (*folder.iterdir(), folder / "schema")]
    assert not any(modes)


def _put_into_sheet(path: Path, row: str) -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(changed, "w") as made:
        for part in book.infolist():
            held = book.read(part).decode("utf-8", "surrogateescape")
            if part.filename == "xl/worksheets/sheet1.xml":
                held = held.replace("</sheetData>", f"{row}</sheetData>")
            made.writestr(part, held.encode("utf-8", "surrogateescape"))
    path.write_bytes(changed.getvalue())


def _nested_forms(depth: int) -> bytes:
    """A page that draws a form twice, which draws another twice, and so on; the last is an x."""
    last = 4 + depth
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</A 5 0 R>>>>>>",
        4: _stream(b"", b"/A Do /A Do"),
        last + 1: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for number in range(5, last + 1):
        is_last = number == last
        uses = b"/Font<</F %d 0 R>>" if is_last else b"/XObject<</A %d 0 R>>"
        head = (
            b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<"
            + uses % (number + 1)
            + b">>"
        )
        objects[number] = _stream(head, b"BT /F 9 Tf (x ) Tj ET" if is_last else b"/A Do /A Do")
    made = b"%PDF-1.4\n"
    places = []
    for number in sorted(objects):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))
    return made + head + tail


def _stream(head: bytes, content: bytes) -> bytes:
    return b"<<" + head + b"/Length %d>>stream\n" % len(content) + content + b"\nendstream"


@pytest.mark.parametrize(
    "areas",
    [
        [f'ref="A{n}:XFD{n}"' for n in range(50, 90)],
        ['ref="a50:xfd1048576"'],
        ['ref="$A$50:$XFD$1048576"'],
        ['ref = "A50:XFD1048576"'],
        ['ref="&#65;50:XFD1048576"'],
    ],
)
def test_merged_cells_are_counted_together_however_they_are_written(
    fs: Fs, areas: list[str]
) -> None:
    fs("form", "-d", "市公安局", "-o", "a.xlsx").ok()
    merged = "".join(f"<mergeCell {area}/>" for area in areas).encode()
    with_part(fs.folder / "a.xlsx", SHEET, b"<mergeCell ", merged + b"<mergeCell ")
    run = fs("progress", "import", "a.xlsx")
    assert (run.code, "等处合并的单元格太多" in run.err) == (3, True)


def test_links_over_everything_are_left_out_however_they_end(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "a.xlsx").ok()
    link = b'<hyperlink ref="A3:XFD1048576" location="x"></hyperlink>'
    links = b"<hyperlinks>" + link * 50 + b"</hyperlinks>"
    with_part(fs.folder / "a.xlsx", SHEET, b"<pageMargins", links + b"<pageMargins")
    fs("progress", "import", "a.xlsx").ok()


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "1e30", "0.00000000000001"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("target: 650", "target: {}"),
        ("target: 650", "target: 650\n            split: {{市卫生健康委: {}}}"),
        ("target: 650", "target: 650\n            stages: {{2021-06-30: {}}}"),
        ("period:", "lights: {{yellow: {}, red: 30, due_soon_days: 15}}\nperiod:"),
    ],
)
def test_numbers_beyond_all_measure_in_a_plan(fs: Fs, old: str, new: str, number: str) -> None:
    text = fs.plan.read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("lights:")]
    changed = "\n".join(lines).replace(old, new.format(number), 1)
    fs.plan.write_text(changed + "\n", "utf-8")
    run = fs("check")
    assert run.code == 1, run.err
    assert "位数不可能" in run.out or "不是阶段目标" in run.out
    assert fs("show", "18").code == 3


@pytest.mark.parametrize(
    "said",
    [
        '"kind":"mark","step":"mark","item":"1.1","department":"城区","points":1e-999999999',
        '"kind":"mark","step":"mark","item":"1.1","department":"城区","points":-1e30',
        '"kind":"letter","step":"write","number":"督〔2021〕1号","letter":"督办",'
        '"department":"城区","tasks":[34,999999999999999999999999]',
    ],
)
def test_numbers_beyond_all_measure_in_a_step(fs: Fs, said: str) -> None:
    head = '"at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    fs.ledger.write_text(f'{{"id":"a1",{head},{said}}}\n', "utf-8")
    run = fs("check")
    assert (run.code, "位数不可能" in run.out) == (1, True), run.out + run.err
    for command in (["due"], ["letter"], ["log"]):
        assert fs(*command).ok().out, command


def test_a_number_of_thousands_of_digits_is_no_number_of_a_letter(fs: Fs) -> None:
    number = f"督〔2021〕{'9' * 5000}号"
    head = '"at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    said = f'"kind":"letter","step":"write","number":"{number}","letter":"督办"'
    line = f'{{"id":"a1",{head},{said},"department":"城区","tasks":[34]}}\n'
    fs.ledger.write_text(line, "utf-8")
    fs("letter").ok()
    fs("letter", "write", "34", "--kind", "督办", "--dry-run", "--again").ok()


def test_days_at_the_calendars_beginning_are_days(fs: Fs) -> None:
    fs("due", "--as-of", "0001-01-01").ok()


def test_checking_many_figures_of_a_task_and_writing_a_long_note_take_little(fs: Fs) -> None:
    text = "1．" + "2021年12月31日前完成，" * 400 + "（市公安局负责）\n"
    (fs.folder / "p.txt").write_text(text, "utf-8")
    fs("import", "p.txt", "-o", "d.yaml").ok()
    limited = Fs(fs.folder, fs.env, ("sh", "-c", 'ulimit -t 20; exec "$@"', "sh"))
    assert limited("--plan", "d.yaml", "check").code in (0, 1)
    head = '"id":"a1","at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30"'
    note = "很长的话" * 50_000
    fs.ledger.write_text(f'{{{head},"entries":[{{"task":1,"note":"{note}"}}]}}\n', "utf-8")
    limited("export", "-o", "x.xlsx").ok()


@pytest.mark.parametrize("tag", ["font", "div", "b"])
def test_a_page_deeper_than_its_parser_reads_is_refused(fs: Fs, tag: str) -> None:
    first, second = "<p>1．查酒。（市公安局负责）</p>", "<p>2．查茶。（市商务局负责）</p>"
    page = f"<html><meta charset=utf-8>{first}{f'<{tag}>' * 2100}{second}</html>"
    (fs.folder / "a.html").write_text(page, "utf-8")
    run = fs("import", "a.html")
    assert (run.code, run.out, "套得太深" in run.err) == (3, "", True)


def test_a_document_deeper_than_its_parser_reads_is_no_damaged_one(fs: Fs) -> None:
    path = fs.folder / "a.docx"
    docx.Document().save(str(path))
    inside = "<w:p><w:r><w:t>1．查酒。（市公安局负责）</w:t></w:r></w:p>"
    for _ in range(100):
        inside = f"<w:tbl><w:tr><w:tc>{inside}<w:p/></w:tc></w:tr></w:tbl>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>'
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(changed, "w") as made:
        for part in packed.namelist():
            is_department = part == "word/document.xml"
            made.writestr(part, document if is_department else packed.read(part))
    path.write_bytes(changed.getvalue())
    run = fs("import", "a.docx")
    assert (run.code, "套得太深" in run.err) == (3, True)


@pytest.mark.parametrize("name", ["备份.jsonl", ".progress.lock"])
def test_no_answer_covers_a_copy_of_the_ledger_or_its_lock(fs: Fs, name: str) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    copy = fs.folder / name
    copy.write_bytes(fs.ledger.read_bytes())
    before = copy.read_bytes()
    run = fs("tasks", "-f", "json", "-o", name)
    assert (run.code, copy.read_bytes()) == (2, before)
    fs("tasks", "-f", "json", "-o", "任务.jsonl").ok()
    fs("tasks", "-f", "json", "-o", "任务.jsonl").ok()


def test_a_lock_time_that_is_none_is_refused(fs: Fs) -> None:
    run = fs("progress", "update", "1", "--percent", "5", FS_LOCK_SECONDS="一会儿")
    assert (run.code, "应是秒数" in run.err, fs.ledger.exists()) == (2, True, False)


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_what_goes_into_a_file_is_utf8_whatever_the_console(fs: Fs, encoding: str) -> None:
    env = fs.env | {"PYTHONIOENCODING": encoding}
    for args in (["tasks"], ["overview"], ["depts", "市公安局"]):
        with (fs.folder / "a.txt").open("wb") as file:
            subprocess.run([*FS, *args], cwd=fs.folder, env=env, stdout=file, check=True)
        assert re.search("[一-龥]", (fs.folder / "a.txt").read_text("utf-8"))


def test_a_rubric_is_for_all_who_share_its_folder(fs: Fs) -> None:
    fs.folder.chmod(0o2775)
    before = os.umask(0o077)
    try:
        fs("score", "init").ok()
    finally:
        os.umask(before)
    assert (fs.folder / "scoring.yaml").stat().st_mode & 0o777 == 0o664


def test_a_row_of_a_million_cells_is_refused_at_once(fs: Fs) -> None:
    fs("form", "-d", "市公安局", "-o", "a.xlsx").ok()
    path = fs.folder / "a.xlsx"
    sheet = (
        f"<worksheet><sheetData><row>{'<c><v>1</v></c>' * 1_000_000}</row></sheetData></worksheet>"
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(changed, "w", 8) as made:
        for part in packed.namelist():
            is_form = part == "xl/worksheets/sheet1.xml"
            made.writestr(part, sheet if is_form else packed.read(part))
    path.write_bytes(changed.getvalue())
    run = fs("progress", "import", "a.xlsx")
    assert (run.code, "有一行的格子太多" in run.err) == (3, True)
