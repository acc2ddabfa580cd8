"""Word documents as Word shows them: every run of what is visible, and nothing else."""

import io
import zipfile

import pytest
from docx import Document

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.reading import read_lines

_SPACES = " ".join(
    f'xmlns:{name}="{url}"'
    for name, url in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_MARK = 'w:id="1" w:author="a" w:date="2025-01-01T00:00:00Z"'


def document(body: str) -> bytes:
    """A document with this body."""
    plain, made = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as packed, zipfile.ZipFile(made, "w") as new:
        for name in packed.namelist():
            content = packed.read(name)
            if name == "word/document.xml":
                content = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(name, content)
    return made.getvalue()


def t(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


BY = t("（市水利局负责）")
BOX = f"<w:txbxContent>{p(t('1.清淤。') + BY)}</w:txbxContent>"
BOTH = (
    f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent>"
)
RUBY = f"<w:r><w:ruby><w:rt>{t('qing')}</w:rt><w:rubyBase>{t('清')}</w:rubyBase></w:ruby></w:r>"
CONTROL = f"<w:sdt><w:sdtContent>{t('淤。')}</w:sdtContent></w:sdt>"
GONE = f"<w:pPr><w:rPr><w:del {_MARK}/></w:rPr></w:pPr>"
CASES = {
    "moved": p(t("1.清淤。") + f"<w:moveFrom {_MARK}>{t('（市旧局负责）')}</w:moveFrom>"
               f"<w:moveTo {_MARK}>{BY}</w:moveTo>"),
    "smart tag": p(t("1.清") + f"<w:smartTag>{t('淤。')}</w:smartTag>" + BY),
    "simple field": p(t("1.清") + f'<w:fldSimple w:instr="REF x">{t("淤。")}</w:fldSimple>' + BY),
    "field": p(t("1.清") + char("begin") + "<w:r><w:instrText>REF x</w:instrText></w:r>"
               + char("separate") + t("淤。") + char("end") + BY),
    "link": p(f"<w:hyperlink>{t('1.清淤。')}</w:hyperlink>" + BY),
    "ruby": p(t("1.") + RUBY + t("淤。") + BY),
    "text box": p(f"<w:r>{BOTH}</w:r>"),
    "old text box": p(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"),
    "hidden": p(t("1.清淤。") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>" + BY),
    "formula": p(t("1.清") + "<m:oMath><m:r><m:t>淤。</m:t></m:r></m:oMath>" + BY),
    "control in a line": p(t("1.清") + CONTROL + BY),
    "paragraph mark deleted": p(GONE + t("1.清")) + p(t("淤。") + BY),
    "tab": p(t("1.") + "<w:r><w:tab/></w:r>" + t("清淤。") + BY),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_final_view(case: str) -> None:
    lines = read_lines(document(CASES[case]))
    assert [(line.text, line.lost) for line in lines] == [("1.清淤。（市水利局负责）", "")]


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def row(*words: str) -> str:
    return f"<w:tr>{''.join(cell(p(t(word))) for word in words)}</w:tr>"


TABLE = f"<w:tbl>{row('序号', '任务', '责任单位')}{row('1', '清淤', '市水利局')}</w:tbl>"
ITEM = ["清淤", "责任单位：市水利局"]


def test_a_table_in_a_table() -> None:
    outer = f"<w:tbl><w:tr>{cell(p(t('外')) + TABLE)}</w:tr></w:tbl>"
    assert [line.text for line in read_lines(document(outer))] == ["外", *ITEM]


def test_rows_and_cells_in_content_controls() -> None:
    inside = f"<w:sdt><w:sdtContent>{row('1', '清淤', '市水利局')}</w:sdtContent></w:sdt>"
    table = f"<w:tbl>{row('序号', '任务', '责任单位')}{inside}</w:tbl>"
    assert [line.text for line in read_lines(document(table))] == ITEM


def test_a_deleted_row_is_gone() -> None:
    gone = f"<w:tr><w:trPr><w:del {_MARK}/></w:trPr>{cell(p(t('旧')))}</w:tr>"
    table = f"<w:tbl>{row('序号', '任务', '责任单位')}{gone}{row('1', '清淤', '市水利局')}</w:tbl>"
    assert [line.text for line in read_lines(document(table))] == ITEM


def test_what_reached_no_line_is_told() -> None:
    """Words in a cell beside its paragraphs stand nowhere that a line is made of."""
    table = f"<w:tbl><w:tr>{cell(p(t('一')) + t('掉出来的字'))}</w:tr></w:tbl>"
    lost = [line.text for line in read_lines(document(table)) if line.lost == "未读"]
    assert lost == ["掉出来的字"]


def test_tables_in_one_another_are_read_or_refused() -> None:
    cell = p(t("1.清淤。") + BY)
    for _ in range(70):
        cell = f"<w:tbl><w:tr><w:tc>{cell}{p('')}</w:tc></w:tr></w:tbl>"
    with pytest.raises(FileUnreadable, match="套了"):
        read_lines(document(cell))
