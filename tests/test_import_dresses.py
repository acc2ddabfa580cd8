"""The shipped notice in every dress that notices arrive in gives the same tasks and roles."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from docx import Document
from docx.oxml import parse_xml
from openpyxl import Workbook

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.notice.reading import read_lines
from tests.conftest import Fs
from tests.offices import converted, needs_libreoffice
from tests.test_import_shipped import NOTICE, PLAN, canonical, imported

LINES = [line for line in NOTICE.replace("**", "").splitlines() if line.strip()]
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def same(plan: Plan) -> None:
    """The 59 tasks with their roles."""
    assert [t.id for _, t in plan.tasks()] == list(range(1, 60))
    for (_, made), (_, meant) in zip(plan.tasks(), PLAN.tasks(), strict=True):
        for field in ("lead", "responsible", "support"):
            assert canonical(getattr(made, field)) == set(getattr(meant, field)), (made.id, field)


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word(add: Callable[[Any, str], None]) -> bytes:
    document = Document()
    for line in LINES:
        add(document, line.lstrip("# "))
    return saved(document)


def paragraph(document: Any, line: str) -> None:
    document.add_paragraph(line)


def tracked(document: Any, line: str) -> None:
    """The bracket as an insertion that was tracked, after an older one that was deleted."""
    holder = document.add_paragraph()
    before, bracket, rest = line.partition("〔") if "负责" in line else (line, "", "")
    holder.add_run(before)
    if bracket:
        mark = f'{_W} w:id="1" w:author="a" w:date="2021-01-01T00:00:00Z"'
        old = f"<w:del {mark}><w:r><w:delText>〔市旧局负责〕</w:delText></w:r></w:del>"
        new = f"<w:ins {mark}><w:r><w:t>{bracket}{rest}</w:t></w:r></w:ins>"
        for part in (old, new):
            holder._p.append(parse_xml(part))


def controlled(document: Any, line: str) -> None:
    """Each paragraph inside a content control, with hidden words beside it."""
    paragraph(document, line)
    body = document.element.body
    found = body[-2]
    hidden = f"<w:r {_W}><w:rPr><w:vanish/></w:rPr><w:t>（市隐局负责）</w:t></w:r>"
    found.append(parse_xml(hidden))
    control = parse_xml(f"<w:sdt {_W}><w:sdtContent/></w:sdt>")
    found.addprevious(control)
    control[0].append(found)


def rows() -> list[list[str]]:
    """The plan as a table, as offices send them around."""
    head = ["序号", "章节", "重点任务", "责任分工"]
    return [
        head,
        *([str(t.id), s.title, t.text, t.responsibility] for s, t in PLAN.tasks()),
    ]


def page() -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in LINES)
    return (
        f"<!DOCTYPE html><html><head><style>p{{}}</style></head><body>{body}</body></html>".encode()
    )


def table_page() -> bytes:
    cells = ("".join(f"<td>{escape(c)}</td>" for c in row) for row in rows())
    return f"<html><body><table><tr>{'</tr><tr>'.join(cells)}</tr></table></body></html>".encode()


def archive() -> bytes:
    head = (
        "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
    )
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + part.encode() + page() + b"\r\n--b--\r\n"


def workbook() -> bytes:
    book = Workbook()
    sheet = book.create_sheet("任务", 0)
    for row in rows():
        sheet.append(row)
    return saved(book)


def separated() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows())
    return out.getvalue().encode("gb18030")


def ofd(empty: int = 0) -> bytes:
    """The notice, and behind it pages without text."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject Boundary="20 {n * 8} 170 6"><ofd:TextCode X="0" Y="5">{escape(line)}'
        "</ofd:TextCode></ofd:TextObject>"
        for n, line in enumerate(LINES)
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        root = f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        packed.writestr("OFD.xml", f"{root}</ofd:DocBody></ofd:OFD>")
        packed.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {space}><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>'
            + '<ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/>' * empty
            + "</ofd:Pages></ofd:Document>",
        )
        packed.writestr("Doc_0/Pages/Page_1/Content.xml", f"<ofd:Page {space}/>")
        packed.writestr(
            "Doc_0/Pages/Page_0/Content.xml",
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
            "</ofd:Page>",
        )
    return file.getvalue()


DRESSES: dict[str, Callable[[], bytes]] = {
    "UTF-16": lambda: NOTICE.encode("utf-16"),
    "GB18030": lambda: NOTICE.encode("gb18030"),
    "docx": lambda: word(paragraph),
    "tracked docx": lambda: word(tracked),
    "content controls": lambda: word(controlled),
    "html": page,
    "a table of html": table_page,
    "mht": archive,
    "xlsx": workbook,
    "csv": separated,
    "ofd": ofd,
    "blanks for breaks": lambda: "　　".join(LINES).encode(),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_the_same_59_tasks(dress: str) -> None:
    same(imported(DRESSES[dress]()).plan)


@needs_libreoffice
@pytest.mark.parametrize("ending", ["pdf", "doc", "odt", "rtf"])
def test_what_libreoffice_makes_of_it(tmp_path: Path, ending: str) -> None:
    source = tmp_path / "通知.docx"
    source.write_bytes(word(paragraph))
    made = converted(source, ending, tmp_path)
    plan = imported(made.read_bytes()).plan
    assert len(list(plan.tasks())) == 59
    if ending != "pdf":  # whose lines are broken anywhere
        same(plan)


@needs_libreoffice
def test_a_table_in_a_pdf_goes_on_over_its_pages(tmp_path: Path) -> None:
    source = tmp_path / "台账.docx"
    document = Document()
    table = document.add_table(0, 4)
    table.style = "Table Grid"
    for row in rows():
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    source.write_bytes(saved(document))
    plan = imported(converted(source, "pdf", tmp_path).read_bytes()).plan
    assert [t.id for _, t in plan.tasks()] == list(range(1, 60))


def scan() -> bytes:
    """A PDF without a word in it."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


_EMPTY = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n"
REFUSED = {
    "a scan": (scan(), "扫描件"),
    "half a PDF": (b"%PDF-1.4\n garbage", "PDF"),
    "half a packed file": (b"PK\x03\x04garbage", "打不开"),
    "an empty archive": (_EMPTY, "没有网页"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_says_what_to_do(fs: Fs, kind: str) -> None:
    content, words = REFUSED[kind]
    (fs.folder / "通知").write_bytes(content)
    run = fs("import", "通知", "-o", "新.yaml")
    assert (run.code, run.out) == (3, "")
    assert words in run.err
    assert "Traceback" not in run.err
    assert not (fs.folder / "新.yaml").exists()


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    content = ofd()
    file = io.BytesIO(content)
    changed = io.BytesIO()
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(changed, "w") as new:
        for name in packed.namelist():
            text = packed.read(name).decode()
            if name.endswith("Content.xml"):
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
                text = entity + re.sub("市场", "&e;", text, count=1)
            new.writestr(name, text)
    lines = read_lines(changed.getvalue())
    assert not any("秘密" in line.text for line in lines)


def test_without_libreoffice_it_says_so(fs: Fs) -> None:
    folder = fs.folder / "bin"
    folder.mkdir()
    (fs.folder / "通知.doc").write_bytes(b"\xd0\xcf\x11\xe0rest")
    run = fs("import", "通知.doc", PATH=str(folder))
    assert (run.code, "LibreOffice" in run.err) == (3, True)


def test_tables_nested_a_hundred_deep_are_read_or_refused() -> None:
    deep = "<table><tr><td>" * 300 + "1.加强。（市公安局负责）" + "</td></tr></table>" * 300
    lines = read_lines(f"<html><body><p>某市要点</p>{deep}</body></html>".encode())
    assert lines[0].text == "某市要点"
    with pytest.raises(FileUnreadable):
        read_lines(b"%PDF-1.7" + b"\0" * 100)


def test_pages_without_text_among_others_are_told(anywhere: Fs) -> None:
    (anywhere.folder / "通知.ofd").write_bytes(ofd(empty=2))
    run = anywhere("import", "通知.ofd", "-o", "plan.yaml").ok()
    assert "第2页没有文字" in run.err
    assert "第3页没有文字" in run.err
    assert "第1页没有文字" not in run.err
