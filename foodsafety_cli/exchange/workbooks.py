"""Workbooks that people hand in: opened, or refused with what to do about it."""

import io
import warnings
from typing import Any

from foodsafety_cli.documents.slimming import slimmed
from foodsafety_cli.model.errors import FileUnreadable, unreadable
from foodsafety_cli.store.files import packed, packed_names

_MOST_WITH_FORMATS = 200_000_000  # that are looked through for cells with nothing but a format
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14  # that a sheet can have
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, or a workbook behind a password
_STRICT = b"purl.oclc.org/ooxml"  # the namespace of the strict variant of the format


def open_workbook(name: str, content: bytes) -> tuple[Any, Any]:
    """A workbook with the values of its cells, and with their formulas.

    Raises `FileUnreadable` for what is none, has a password or macros, or is far too large.
    """
    from openpyxl import load_workbook

    if content.startswith(_OLD_OFFICE):
        raise FileUnreadable(f"{name} 有密码，或是旧的 .xls 格式。请去掉密码，另存为 .xlsx 再试")
    try:
        parts = packed_names(name, content, _MOST_WITH_FORMATS)
        if any(part.endswith("vbaProject.bin") for part in parts):
            raise FileUnreadable(f"{name} 带有宏，没有导入。请另存为不带宏的 .xlsx 再试")
        if _STRICT in packed(content, "xl/workbook.xml"):
            raise FileUnreadable(f"{name} 是“Strict Open XML”格式，请另存为“Excel 工作簿”再试")
        slim = slimmed(name, content)
        with warnings.catch_warnings():  # about what we do not use, and in English
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(slim), data_only=True)
            formulas = load_workbook(io.BytesIO(slim))
        for sheet in values.worksheets:
            if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
                raise ValueError("a place that no sheet has")
        return values, formulas
    except (FileUnreadable, MemoryError):
        raise
    except Exception as error:  # the library lets through whatever its parsers raise
        words = f"{name} 不是 Excel 工作簿，或已损坏。请重新存一份 .xlsx 再试"
        raise unreadable(words, error) from error
