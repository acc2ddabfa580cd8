"""Blanks in Chinese text: those of layout go, those that part two names or a label stay."""

import re

from foodsafety_cli.analysis.bracket_words import ROLE_LABEL
from foodsafety_cli.model.text import SEPARATORS
from foodsafety_cli.notice.dates import WHEN_LABEL

IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff"
BLANK = re.compile(r"\s")
_CLOSE = rf"[{IDEOGRAPH}\u3000-\u303f\uff00-\uffef“”‘’—…·×÷%/+0-9]"
_LAYOUT_BLANK = re.compile(
    rf"(?<={_CLOSE})[ \t\u3000\xa0]+(?=[^ ])|(?<=\S)[ \t\u3000\xa0]+(?={_CLOSE})"
)
_QUOTED = re.compile(r"“[^“”]{1,60}”")
_NAME_BLANK = re.compile(rf"(?<=[{IDEOGRAPH}])[ \u3000]+(?=[{IDEOGRAPH}])")
_OTHER_LABEL = (
    "(?:(?:[一-龥]{2})?(?:责任人|负责人|联系人|领导)|联系电话|(?:实际)?(?:完成|进展)情况"
    f")[:：]|{WHEN_LABEL}"
)
_BEFORE_LABEL = re.compile(rf"(?<=\S)[ \t\u3000]+(?={ROLE_LABEL}|{_OTHER_LABEL})")
_BETWEEN_BODIES = re.compile(
    r"(?<=[局委厅办府部院会社站队心处司团镇])[ \t\u3000]+"
    r"(?=[市县区省州旗各][^ \t\u3000]{1,20}[局委厅办府部院会社站队心处]"
    rf"|[^ \t\u3000{SEPARATORS}。（）()]{{1,14}}"
    r"(?:局|委|办|厅|海关|人民政府|委员会|办公室|办事处|中心|公司|集团|街道|镇|支队|大队)"
    rf"(?:（[^（）]{{1,6}}）)?(?:[{SEPARATORS}。）)〕】 \t\u3000]|$))"
)


def close_up(text: str) -> str:
    """The text without the blanks of layout.

    One inside a quoted name is part of the name; one before a label (责任单位：) or another
    department parts two of them.
    """
    if not BLANK.search(text):
        return text
    kept = _QUOTED.sub(lambda found: _NAME_BLANK.sub("\0", found.group()), text)
    kept = _BETWEEN_BODIES.sub("\0", _BEFORE_LABEL.sub("\0", kept))
    return _LAYOUT_BLANK.sub("", kept.replace("\t", " ").strip()).replace("\0", " ")


def joined(first: str, second: str) -> str:
    """Two pieces of one text that a line break had parted; Latin words stay apart."""
    latin = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii()
    return f"{first} {second}" if latin and second[:1].isalpha() else first + second
