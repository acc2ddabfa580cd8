"""Word documents as other programs and older offices write them; what beside the text is told."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.notice.reading import read_lines
from tests.limits import seconds_of_work
from tests.notice.test_word import BY, ITEM, cell, document, p, row, t

_MARK = 'w:id="1" w:author="a" w:date="2025-01-01T00:00:00Z"'
_DELETED = f"<w:pPr><w:rPr><w:del {_MARK}/></w:rPr></w:pPr>"
_SENTENCE = p(t("1.清淤。") + BY)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rewritten(content: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A packed file with each of its parts changed, or left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w") as new:
        for name in packed.namelist():
            if part := change(name, packed.read(name)):
                new.writestr(*part)
    return made.getvalue()


def with_part(content: bytes, name: str, part: str) -> bytes:
    kept = rewritten(content, lambda n, c: (n, c) if n != name else None)
    made = io.BytesIO(kept)
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr(name, part)
    return made.getvalue()


def strict(name: str, content: bytes) -> tuple[str, bytes]:
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    content = content.replace(old + b"wordprocessingml/2006/", new + b"wordprocessingml/")
    return name, content.replace(old + b"officeDocument/2006/", new + b"officeDocument/")


def macro(name: str, content: bytes) -> tuple[str, bytes]:
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return name, content.replace(plain, b"application/vnd.ms-word.document.macroEnabled.main+xml")


def renamed(name: str, content: bytes) -> tuple[str, bytes]:
    name = name.replace("document.xml", "document2.xml")
    return name, content.replace(b"word/document.xml", b"word/document2.xml")


def without_styles(name: str, content: bytes) -> tuple[str, bytes] | None:
    return None if name == "word/styles.xml" else (name, content)


@pytest.mark.parametrize("change", [strict, macro, renamed, without_styles])
def test_a_sound_document_is_read_whatever_else_its_file_says(
    change: Callable[[str, bytes], tuple[str, bytes] | None],
) -> None:
    lines = read_lines(rewritten(document(_SENTENCE), change))
    assert [line.text for line in lines] == ["1.清淤。（市水利局负责）"]


def related(content: bytes, kind: str, target: str) -> bytes:
    url = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    more = f'<Relationship Id="rX" Type="{url}" Target="{target}"/></Relationships>'.encode()

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        is_meant = name == "word/_rels/document.xml.rels"
        return name, part.replace(b"</Relationships>", more) if is_meant else part

    return rewritten(content, change)


@pytest.mark.parametrize(
    ("kind", "told"), [("footnotes", "脚注"), ("endnotes", "尾注"), ("header", "页眉")]
)
def test_words_beside_the_text_are_told(kind: str, told: str) -> None:
    note = f'<w:notes xmlns:w="{_W}">{p(t("本项另由市民政局配合。"))}</w:notes>'
    content = related(with_part(document(_SENTENCE), "word/beside.xml", note), kind, "beside.xml")
    lost = [line.text for line in read_lines(content) if line.lost]
    assert lost == [f"{told}：本项另由市民政局配合。"]


def test_a_document_within_the_document_is_told() -> None:
    content = related(document(_SENTENCE), "aFChunk", "chunk.html")
    assert ["插在里面的另一个文件" in line.text for line in read_lines(content)] == [False, True]


def test_rows_that_begin_a_column_later() -> None:
    shifted = row("清淤", "市水利局").replace(
        "<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    )
    table = f"<w:tbl>{row('序号', '任务', '责任单位')}{shifted}</w:tbl>"
    assert [line.text for line in read_lines(document(table))] == ITEM


def test_a_paragraph_mark_deleted_in_a_cell() -> None:
    joined = cell(p(_DELETED + t("市水")) + p(t("利局")))
    table = (
        f"<w:tbl>{row('序号', '任务', '责任单位')}"
        f"<w:tr>{cell(p(t('1')))}{cell(p(t('清淤')))}{joined}</w:tr></w:tbl>"
    )
    assert [line.text for line in read_lines(document(table))] == ITEM


@pytest.mark.parametrize("label", ["牵头单位", "责任单位"])
def test_labels_in_a_small_table_of_a_cell(label: str) -> None:
    inner = f"<w:tbl>{row(label, '市水利局')}</w:tbl>"
    table = (
        f"<w:tbl>{row('序号', '任务', '责任分工')}"
        f"<w:tr>{cell(p(t('1')))}{cell(p(t('清淤')))}{cell(inner + p(''))}</w:tr></w:tbl>"
    )
    texts = [line.text for line in read_lines(document(table))]
    assert f"责任分工：{label}：市水利局" in texts


def test_a_box_drawn_in_a_cell_is_in_the_cell() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(t('市水利局'))}</w:txbxContent></v:textbox>"
    table = (
        f"<w:tbl>{row('序号', '任务', '责任单位')}<w:tr>{cell(p(t('1')))}{cell(p(t('清淤')))}"
        f"{cell(p(box + '</w:pict></w:r>'))}</w:tr></w:tbl>"
    )
    assert [line.text for line in read_lines(document(table))] == ITEM


def test_signs_put_in_by_hand() -> None:
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    figure = "".join(sign.format("Symbol", f"F03{n}") for n in "50") + sign.format("宋体", "0030")
    lines = read_lines(document(p(t("1.培训") + figure + t("人。") + BY)))
    assert lines[0].text == "1.培训500人。（市水利局负责）"


NUMBERS = (
    '<w:numbering xmlns:w="{w}"><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
    '<w:lvlText w:val="%1{after}"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>{}</w:pPr>'


def numbered(body: str, form: str = "decimal", after: str = ".", start: str = "1") -> list[str]:
    part = NUMBERS.format(w=_W, form=form, after=after, start=start)
    content = with_part(document(body), "word/numbers.xml", part)
    content = rewritten(content, lambda n, c: (n, re.sub(rb'<Rel[^>]*/numbering"[^>]*/>', b"", c)))
    return [line.text for line in read_lines(related(content, "numbering", "numbers.xml"))]


def item(words: str, mark: str = "") -> str:
    return p(NUMBERED.format(mark) + t(words) + BY)


@pytest.mark.parametrize(
    ("form", "after", "start", "printed"),
    [
        ("decimal", ".", "1", "1.清淤"),
        ("decimalEnclosedFullstop", "", "1", "1.清淤"),
        ("decimalEnclosedParen", "", "1", "（1）清淤"),
        ("decimal", ".", "一", "1.清淤"),
    ],
)
def test_numbers_of_a_linked_list(form: str, after: str, start: str, printed: str) -> None:
    assert numbered(item("清淤。"), form, after, start) == [f"{printed}。（市水利局负责）"]


def test_of_two_numbered_paragraphs_made_one_the_number_stands_first_and_once() -> None:
    marks = f"<w:rPr><w:del {_MARK}/></w:rPr>"
    first = p(NUMBERED.format(marks) + t("清"))
    assert numbered(first + item("淤。") + item("护坡。")) == [
        "1.清淤。（市水利局负责）",
        "2.护坡。（市水利局负责）",
    ]


def test_words_in_cells_merged_far_down_are_refused() -> None:
    down = "<w:tr><w:tc><w:tcPr><w:vMerge{}/></w:tcPr>{}</w:tc></w:tr>"
    first = down.format(' w:val="restart"', p(t("市水利局" * 2000)))
    below = down.format("", p(""))
    with seconds_of_work(5), pytest.raises(FileUnreadable, match="取消合并"):
        read_lines(document(f"<w:tbl>{first}{below * 1000}</w:tbl>"))


def test_styles_based_on_one_another_without_end() -> None:
    based = '<w:style w:styleId="s{}"><w:basedOn w:val="s{}"/></w:style>'
    styles = "".join(based.format(n, (n + 1) % 5000) for n in range(5000))
    part = f'<w:styles xmlns:w="{_W}">{styles}</w:styles>'
    with seconds_of_work(5):
        lines = read_lines(with_part(document(_SENTENCE), "word/styles.xml", part))
    assert len(lines) == 1


@pytest.mark.parametrize("level", ["999999999", "9" * 5000, "9", "-1"])
def test_levels_that_no_list_has(level: str) -> None:
    deep = NUMBERED.replace('w:ilvl w:val="0"', f'w:ilvl w:val="{level}"')
    with seconds_of_work(5):
        (line,) = numbered(p(deep.format("") + t("清淤。") + BY))
    assert line.endswith("清淤。（市水利局负责）")


def test_many_runs_of_one_paragraph_beside_a_hidden_style() -> None:
    styles = f'<w:styles xmlns:w="{_W}"><w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    content = with_part(document(p(t("清") * 40_000)), "word/styles.xml", f"{styles}</w:styles>")
    with seconds_of_work(5):
        assert len(read_lines(content)) == 1


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml"])
def test_a_broken_part_beside_sound_words(part: str) -> None:
    lines = read_lines(with_part(document(_SENTENCE), part, "<w:"))
    assert [line.text for line in lines] == ["1.清淤。（市水利局负责）"]


def test_a_level_of_a_statute_has_all_its_numbers_in_digits() -> None:
    """二 above, and below it 2.1 where the list says so (isLgl), 二.1 where not."""
    second = (
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{}'
        '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    )
    above = item("护坡。")
    below = p(NUMBERED.replace('ilvl w:val="0"', 'ilvl w:val="1"').format("") + t("清淤。") + BY)
    for legal, printed in (("<w:isLgl/>", "1.1"), ("", "一.1")):
        part = NUMBERS.format(w=_W, form="chineseCounting", after="、", start="1")
        part = part.replace("</w:abstractNum>", second.format(legal), 1)
        content = with_part(document(above + below), "word/numbers.xml", part)
        content = rewritten(
            content, lambda n, c: (n, re.sub(rb'<Rel[^>]*/numbering"[^>]*/>', b"", c))
        )
        lines = read_lines(related(content, "numbering", "numbers.xml"))
        assert lines[1].text.startswith(f"{printed}清淤")
