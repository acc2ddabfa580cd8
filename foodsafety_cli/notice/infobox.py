"""The box that government pages have above a paper: labels and what they say, a few in a line."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.department_names import is_surely_department
from foodsafety_cli.notice.reading import NoticeLine

_HEAD = ("标题", "名称", "文件名称", "信息名称")
_NUMBER = ("发文字号", "文号", "备注/文号", "文件编号")
_DAY = (
    "成文日期",
    "发文日期",
    "印发日期",
    "签发日期",
    "公布日期",
    "制表日期",
    "填表日期",
    "填报日期",
    "制表时间",
    "填表时间",
    "印发时间",
)
_MADE = ("生成日期",)  # of the page, which may be another day's
_BODY = (
    *("发布机构", "发布单位", "发文机关", "发文单位", "制发机关", "制定机关", "公布机关"),
    *(
        "印发单位",
        "印发机关",
        "发布机关",
        "编制单位",
        "制表单位",
        "填报单位",
        "填表单位",
        "编制部门",
        "制表部门",
    ),
)
_REST = (
    *("索引号", "主题分类", "体裁分类", "公开方式", "公开范围", "公开时限", "发布日期", "发布时间"),
    *("生效日期", "失效日期", "废止日期", "组配分类", "信息来源", "服务对象", "浏览次数"),
    *("阅读次数", "填报时间"),
    *("体裁", "有效性", "来源", "主题词", "关键词", "字体", "公开日期", "主题导航", "统一编号"),
)
_OF_ONE_SENSE = 3  # characters of a label that needs no sign behind it
_MARKS = " 　\t|｜:：【】[]"


def _pattern() -> str:
    labels = sorted({*_HEAD, *_NUMBER, *_DAY, *_MADE, *_BODY, *_REST}, key=len, reverse=True)
    return "|".join(" *".join(map(re.escape, label)) for label in labels)


_LABEL = re.compile(f"(?P<label>{_pattern()})(?P<sign>[】\\]]?[ 　\t]*[:：|｜]?)")
_A_NUMBER = re.compile("[一-龥]{1,10}[〔\\[（(【][12][0-9]{3}[〕\\]）)】]")
_PLAIN_DAY = re.compile("(20[0-9]{2})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})")


class InfoBox(ValueType):
    """What the box says of who issues a paper and when."""

    issuer: str = ""
    day: dt.date | None = None
    made: dt.date | None = None  # when the page was


def read_box(lines: Sequence[NoticeLine]) -> InfoBox:
    """The first department and the first day that the lines' boxes name."""
    issuer, day, made = "", None, None
    for line in lines:
        for label, said in _said(line.text):
            if label in _BODY and is_surely_department(said):
                issuer = issuer or said
            elif label in _DAY:
                day = day or plain_day(said)
            elif label in _MADE:
                made = made or plain_day(said)
    return InfoBox(issuer, day, made)


def without_box(lines: Iterable[NoticeLine]) -> Iterator[NoticeLine]:
    """The lines; of a box only the title and the number that it gives."""
    for line in lines:
        found = _said(line.text)
        if not found:
            yield line
        for label, said in found:
            if said and label in (*_HEAD, *_NUMBER):
                yield line._replace(text=said)


def plain_day(text: str) -> dt.date | None:
    """A day in figures that stands in a text: 2021-07-13."""
    found = _PLAIN_DAY.search(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _said(text: str) -> list[tuple[str, str]]:
    """The labels of a line that begins with one, each with what stands up to the next."""
    found = [one for one in _LABEL.finditer(text) if _is_label(one)]
    if not found or text[: found[0].start()].strip(_MARKS):
        return []
    ends = [one.start() for one in found[1:]] + [len(text)]
    return [
        (re.sub("[ 　]", "", one["label"]), text[one.end() : end].strip(_MARKS))
        for one, end in zip(found, ends, strict=True)
    ]


def _is_label(found: re.Match[str]) -> bool:
    """Whether it is no word of what another label says: it is long, or has a sign behind it."""
    label = re.sub("[ 　]", "", found["label"])
    is_long = len(label) >= (_OF_ONE_SENSE if not found.start() else _OF_ONE_SENSE + 1)
    is_number = label in _NUMBER and bool(_A_NUMBER.match(found.string, found.end()))
    is_last = found.end() == len(found.string)
    return is_long or is_number or bool(found["sign"].strip()) or is_last
