"""Bytes to lines: encodings, layout, page numbers, tables, Word documents."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.blanks import close_up, joined
from foodsafety_cli.notice.reading import read_lines


def texts(content: bytes) -> list[str]:
    return [line.text for line in read_lines(content)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_any_usual_encoding(encoding: str) -> None:
    assert texts("一、加强监管\n完成5批次".encode(encoding)) == ["一、加强监管", "完成5批次"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\f"])
def test_any_line_end(end: str) -> None:
    assert texts(f"甲{end}乙".encode()) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\u3000\u3000加强 监管", "加强监管"),
        ("完成 6 批次/千人，达到 85 % 以上", "完成6批次/千人，达到85%以上"),
        ("2021 年 7 月", "2021年7月"),
        ("AEO high level 认证", "AEO high level认证"),
        ("“长江禁捕 打非断链”行动 深入", "“长江禁捕 打非断链”行动深入"),
        ("“昆仑 2021”行动", "“昆仑2021”行动"),
        ("甲\u200b乙\ufeff丙\x07丁", "甲乙丙丁"),
        ("**加强**监管<br/>", "加强监管"),
        ("- 加强监管", "加强监管"),
        ("1\\. 加强", "1.加强"),
    ],
)
def test_what_layout_put_in_is_dropped(written: str, meant: str) -> None:
    assert texts(written.encode()) == [meant]
    assert close_up(meant) == meant


@pytest.mark.parametrize(
    "number", ["- 3 -", "— 12 —", "第 3 页", "第3页 共10页", "3/10", "5", "－７－"]
)
def test_page_numbers_are_no_lines(number: str) -> None:
    assert texts(f"甲\n{number}\n乙".encode()) == ["甲", "乙"]


def test_a_label_alone_in_its_line_is_no_page_number() -> None:
    assert texts("1.\n加强监管".encode()) == ["1.", "加强监管"]


def test_markdown_headings_and_rules() -> None:
    lines = read_lines("## 二、加强 监管\n\n---\n甲".encode())
    assert [(line.number, line.text, line.heading, line.is_end) for line in lines] == [
        (1, "二、加强监管", 2, False),
        (3, "", 0, True),
        (4, "甲", 0, False),
    ]


def test_pieces_of_one_text_are_joined_without_a_blank() -> None:
    assert joined("市市场监督", "管理局") == "市市场监督管理局"
    assert joined("AEO", "high") == "AEO high"


TABLE = """\
| 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限 |
|---|---|---|---|---|
| 1 | 加强抽检 | 市市场监管局 | 市公安局、市教育局 | 6月底 |
"""


def test_a_table_of_tasks_is_a_list_of_them() -> None:
    assert texts(TABLE.encode()) == [
        "加强抽检",
        "牵头单位：市市场监管局",
        "配合单位：市公安局、市教育局",
        "完成时限：6月底",
    ]


def test_the_head_of_a_table_may_stand_under_a_title() -> None:
    document = Document()
    table = document.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "某市重点任务分解表"
    table.cell(2, 0).merge(table.cell(2, 2)).text = "一、加强监管"
    for n, text in enumerate(["序号", "任务", "责任单位", "1", "加强抽检", "市公安局"]):
        table.cell(1 + n // 3 * 2, n % 3).text = text
    assert [line.text for line in read_lines(saved(document))] == [
        "某市重点任务分解表",
        "加强监管",
        "加强抽检",
        "责任单位：市公安局",
    ]


def test_another_table_is_read_cell_by_cell() -> None:
    assert texts("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n".encode()) == ["甲", "乙", "丙", "丁"]


def word(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def test_a_word_document_with_paragraphs_and_a_table_in_their_order() -> None:
    document = Document()
    document.add_heading("一、加强监管", 1)
    document.add_paragraph("\u30001. 加强 抽检。\n（市公安局负责）")
    table = document.add_table(2, 2)
    for n, text in enumerate(["任务内容", "责任单位", "做好宣传", "市委宣传部"]):
        table.cell(n // 2, n % 2).text = text
    document.add_paragraph("抄送：各单位")
    lines = read_lines(saved(document))
    assert [line.text for line in lines] == [
        "一、加强监管",
        "1.加强抽检。",
        "（市公安局负责）",
        "做好宣传",
        "责任单位：市委宣传部",
        "抄送：各单位",
    ]
    assert lines[0].heading == 1


def test_numbers_that_word_counts_itself_are_spelt_out() -> None:
    document = Document()
    for text in ("加强抽检", "做好宣传"):
        document.add_paragraph(text, style="List Number")
    assert [line.text for line in read_lines(saved(document))] == ["1.加强抽检", "2.做好宣传"]


def test_chinese_numbers_that_word_counts_itself() -> None:
    document = Document()
    document.add_paragraph("加强抽检", style="List Number")
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    number = next(n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == str(style))
    wanted = number.find(qn("w:abstractNumId")).get(qn("w:val"))
    kinds = numbering.findall(qn("w:abstractNum"))
    level = next(k for k in kinds if k.get(qn("w:abstractNumId")) == wanted).find(qn("w:lvl"))
    level.find(qn("w:numFmt")).set(qn("w:val"), "chineseCounting")
    level.find(qn("w:lvlText")).set(qn("w:val"), "（%1）")
    assert [line.text for line in read_lines(saved(document))] == ["（一）加强抽检"]


def test_a_number_setting_that_leads_nowhere_is_no_number() -> None:
    document = Document()
    paragraph = document.add_paragraph("加强抽检")
    properties = paragraph._p.get_or_add_pPr()
    settings = OxmlElement("w:numPr")
    number = OxmlElement("w:numId")
    number.set(qn("w:val"), "999")
    settings.append(number)
    properties.append(settings)
    assert [line.text for line in read_lines(saved(document))] == ["加强抽检"]


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)) * 8, "不是文字"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "不是文字"),
        (packed(hello=b"x"), "不是 Word 文档"),
        (packed(word__document=b"x") + b"torn", "不是 Word 文档"),
        (b"PK\x03\x04torn", "打不开"),
        (word("甲")[:-200], "打不开"),
        (packed(**{"word/document.xml": bytes(300_000_000)}), "太大"),
        (packed(**{"word/document.xml": b"<a>"}), "打不开"),
    ],
    ids=["bytes", "picture", "zip", "no document", "torn", "cut", "bomb", "not xml"],
)
def test_what_is_no_text_is_told(content: bytes, words: str) -> None:
    with pytest.raises(FileUnreadable, match=words):
        read_lines(content)


def test_nothing_is_no_lines() -> None:
    assert read_lines(b"") == []
    assert read_lines(b"\n \n") == []
