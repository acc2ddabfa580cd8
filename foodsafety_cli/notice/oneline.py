"""A text whose line breaks are lost: broken again where items and labelled lines begin.

Only what a reader sees at a glance: 责任单位：… and what follows it, an item behind a stop and a
blank, an item behind a bracket that somebody forgot to close.
"""

import re

from foodsafety_cli.notice.dates import WHEN_LABEL

LONG = 200  # characters; no paragraph of a notice with lines has so many labels
_ITEM = (
    "(?:[（(][一二三四五六七八九十]{1,3}[)）]|(?<![统第单唯专其之合归万周])[一二三四五六七八九十]{1,3}、"
    "|(?<![0-9.])[0-9]{1,3}[.．](?![0-9]))"
)
_LABEL = (
    "(?:牵头|责任|负责|配合|协办|承办|主办|主责|参与|协助|协同)(?:单位|部门)[:：]"
    f"|(?:完成|整改|办结)?{WHEN_LABEL.removeprefix('[一-龥]{0,4}')}"
)
_OPEN, _CLOSE = "（(〔[【", "）)〕\\]】"
_FORGOTTEN = re.compile(
    f"([{re.escape(_OPEN)}])((?:牵头|责任|负责)(?:单位|部门)?[:：][^{re.escape(_OPEN)}{_CLOSE}]"
    f"{{4,200}}?)(?={_ITEM}[^{re.escape(_OPEN)}]{{4,400}}[{re.escape(_OPEN)}](?:牵头|责任|负责))"
)
_CLOSES = dict(zip(_OPEN, "）)〕]】", strict=True))
_BLANK_BEFORE_ITEM = re.compile(f"(?<=[。；;{_CLOSE}一-龥])[ 　]+(?={_ITEM})")
# a label in a bracket is no line of its own, nor is one that stands behind another's names
_LABELLED = re.compile(
    f"(?<![{re.escape(_OPEN)}；;，,、一-龥])[ 　]*(?={_LABEL})|(?<=[。！])(?={_LABEL})"
)
_AFTER_LABEL = re.compile(f"({_LABEL})([^。；;:：（(]{{2,120}}?)[ 　]*(?={_LABEL}|{_ITEM})")


def with_breaks(text: str) -> str:
    """The text with its line breaks, as far as they can be told."""
    if len(text) < LONG:
        return text
    text = _FORGOTTEN.sub(lambda found: found[0] + _CLOSES[found[1]], text)
    text = _BLANK_BEFORE_ITEM.sub("\n", text)
    if len(re.findall(f"(?:^|[。 　\n])(?:{_LABEL})", text)) < 2:
        return text
    text = _LABELLED.sub("\n", text)
    return _AFTER_LABEL.sub("\\1\\2\n", text)
