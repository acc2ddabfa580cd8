"""A notice's file as lines, whatever it was saved as; told by what is in it, not by its name."""

import re
from collections.abc import Iterator

from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.notice.tables import Told
from foodsafety_cli.store.files import packed_names

_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|body|table|p|div)[\s>]", re.IGNORECASE)
_OFFICE_XML = re.compile(rb"<(?:w:wordDocument|office:document)[\s>]")
_FLAT = re.compile(rb"<pkg:package[\s>]")
_BLANK = b"\xef\xbb\xbf \t\r\n"  # before what a file begins with
_MHT = re.compile(rb"^\s*(?:from|mime-version|content-type|subject|date)\s*:", re.IGNORECASE)
_MULTIPART = re.compile(rb"content-type:\s*(?:multipart/related|text/html)", re.IGNORECASE)
_LOOKED_AT = 65536


def lines_of(content: bytes) -> Iterator[Told] | None:
    """The lines of a document; None where it is plain text. Raises `FileUnreadable`."""
    if content.startswith(_PACKED):
        return _packed(content)
    if content.lstrip(_BLANK).startswith(b"%PDF"):
        from foodsafety_cli.notice.pdf import pdf_lines

        return pdf_lines(content)
    if content.startswith((_OLD_OFFICE, b"{\\rtf")):
        return _converted(content)
    start = content[:_LOOKED_AT]
    if _FLAT.search(start):
        raise FileUnreadable("这是 Word 存成的 XML 文件。请用 Word 打开它，另存为 .docx 再试")
    if _OFFICE_XML.search(start):
        return _converted(content)
    if _MHT.match(start) and _MULTIPART.search(start):
        from foodsafety_cli.notice.webpage import archive_lines

        return archive_lines(content)
    if _HTML.search(_narrow(start)):
        from foodsafety_cli.notice.webpage import page_lines

        return page_lines(content)
    return None


def _narrow(start: bytes) -> bytes:
    """The start of a text without the zeros of UTF-16, so that its tags can be seen."""
    return start.replace(b"\0", b"")


def _packed(content: bytes) -> Iterator[Told]:
    try:
        names = packed_names("这个文件", content)
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:
        raise unreadable("这个文件打不开，可能已损坏，请重新存一份再试", error) from error
    if "xl/workbook.xml" in names:
        from foodsafety_cli.notice.spreadsheet import workbook_lines

        return workbook_lines(content)
    if "OFD.xml" in names:
        from foodsafety_cli.notice.ofd import ofd_lines

        return ofd_lines(content)
    if "content.xml" in names and "mimetype" in names:
        return _converted(content)
    from foodsafety_cli.notice.word import paragraphs

    return paragraphs(content)


def _converted(content: bytes) -> Iterator[Told]:
    from foodsafety_cli.notice.converting import as_docx
    from foodsafety_cli.notice.word import paragraphs

    return paragraphs(as_docx(content))
