"""A text whose line breaks are lost: broken again where items and labelled lines begin.

Only what a reader sees at a glance: 责任单位：… and what follows it, an item behind a stop and a
blank, an item behind a bracket that somebody forgot to close.
"""

import re

LONG = 200  # characters; no paragraph of a notice with lines has so many labels
_TENS = "[二三]?十[一二三四五六七八九]?"
_CHINESE = "[一二三四五六七八九十]{1,3}"
_ITEM = (
    f"(?:[（(]{_CHINESE}[)）]|(?<![统第单唯专其之归万周])[一十]、(?!二)|(?<![、第])(?:{_TENS}|[二三四五六七八九])、(?![一二三四五六七八九十])"
    "|(?<![0-9.])[0-9]{1,3}[.．](?![0-9]))"
)
_LABEL = (
    "(?:[省市县区镇]级|项目|工作)?(?:牵头|责任|负责|配合|协办|承办|主办|主责|参与|协助|协同|督导|指导|监督|包保|包联|分管)"
    "(?:单位|部门|[省市县区镇]?领导|人)[:：]"
    "|(?:整改目标|整改措施|工作措施|问题表现|存在问题)[:：]"
    "|(?:完成|整改|办结|项目|工作|计划|推进|序时|建设|落实|实施|办理|时间)?(?:时限|时间|期限|进度|节点)(?:要求|安排|节点)?[:：]"
)
_OPEN, _CLOSE = "（(〔[【", "）)〕\\]】"
_FORGOTTEN = re.compile(
    f"([{re.escape(_OPEN)}])((?:牵头|责任|负责)(?:单位|部门)?[:：][^{re.escape(_OPEN)}{_CLOSE}]"
    f"{{4,200}}?)(?={_ITEM}[^{re.escape(_OPEN)}]{{4,400}}[{re.escape(_OPEN)}](?:牵头|责任|负责))"
)
_LONGEST_BRACKET = 300  # characters
_CLOSES = dict(zip(_OPEN, "）)〕]】", strict=True))
_BEFORE_FOOT = re.compile(  # what a site says behind the text
    f"(?<=[。；;{_CLOSE}])[ 　]*"
    "(?=版权所有|责任编辑[:：]|扫一扫|分享到|[【[]?(?:打印|关闭)(?:本页|此页|页面|窗口|】|\\])|[上下]一篇)"
)
_BLANK_BEFORE_ITEM = re.compile(f"(?<=[。；;{_CLOSE}一-龥])[ 　]+(?={_ITEM})")
# a label in a bracket is no line of its own, nor is one that stands behind another's names
_LABELLED = re.compile(
    f"(?<![ 　])[ 　]+(?={_LABEL})|(?<=[。！])(?={_LABEL})"
    f"|(?<![{re.escape(_OPEN)}；;，,、一-龥 　])(?={_LABEL})"
)
_DATE = "20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日"
_SIGNED = re.compile(  # ……抓好落实。某县人民政府办公室2024年3月4日某县工作方案
    f"([。！号])[ 　]*([一-龥]{{4,40}}?)[ 　]*({_DATE})(?![前起至到止内以之，。、；）)])[ 　]*"
)
_YEAR = "[〔\\[（(]20[0-9]{2}[〕\\]）)][0-9]{1,4}号"
_NUMBERED = re.compile(  # behind the title, or what a site says, and before whom it is for
    f"(?<=通知)[ 　]*(?=[一-龥]{{2,12}}{_YEAR})|(?<=[】\\]0-9 _>])(?=[一-龥]{{2,12}}{_YEAR} *各)"
)
_ADDRESSED = re.compile(
    "(?<=[0-9]号)[ 　]*(?=各[一-龥（(])"
    "|(?<=方案|清单|通知|意见|计划|安排|要点)[ 　]*(?=各[^。；：:]{2,60}[：:])"
)
_ANNEX = "附件[0-9一二三四五]?[:：]"
_NAMES = "(?:[^。；;:：（(]|[（(][^（()）]{1,8}[)）]){2,160}?"
_COUNTED = "(?<![0-9.])[0-9]{1,3}、(?![0-9一二三四五六七八九十])(?!.{0,3}月)"  # 6、引导设立
_AFTER_LABEL = re.compile(f"({_LABEL})({_NAMES})[ 　]*(?={_LABEL}|{_ITEM}|{_ANNEX}|{_COUNTED})")


def with_breaks(text: str) -> str:
    """The text with its line breaks, as far as they can be told."""
    if len(text) < LONG:
        return text
    text = _with_head(text)
    text = _FORGOTTEN.sub(lambda found: found[0] + _CLOSES[found[1]], text)
    text = _BLANK_BEFORE_ITEM.sub("\n", text)
    text = _BEFORE_FOOT.sub("\n", _LABELLED.sub(_outside_brackets, text))
    return _AFTER_LABEL.sub("\\1\\2\n", text)


def _outside_brackets(found: re.Match[str]) -> str:
    """A line break, but where a bracket is open."""
    before = found.string[max(0, found.start() - _LONGEST_BRACKET) : found.start()]
    opened = max(before.rfind(sign) for sign in _OPEN)
    closed = max(before.rfind(sign) for sign in "）)〕]】")
    return found[0] if opened > closed else "\n"


def _with_head(text: str) -> str:
    """The text with the lines of its head: the number, to whom, who signs, the day, the title."""
    first = text.find("一、")
    end = max(first, 0)
    head = _ADDRESSED.sub("\n", _NUMBERED.sub("\n", text[:end]))
    return _SIGNED.sub("\\1\n\\2\n\\3\n", head, count=1) + text[end:]
