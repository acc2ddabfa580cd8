"""What a notice's plan is called, and who issues it, by the lines before its first item."""

import re
from collections.abc import Sequence
from itertools import takewhile

from foodsafety_cli.notice.department_names import is_department, is_surely_department

_KINDS = (
    "安排|意见|方案|措施|办法|决定|要点|计划|规划|清单|通知|细则|目标|分工|任务|指标|"
    "条例|规定|公告|行动|函|任务书|责任书|责任分解书|台账|一览表|分解表|分工表|任务表|安排表|分解"
)
_TITLE_ENDS = re.compile(rf"(?:{_KINDS})$")
_ISSUED = re.compile(
    r"(?:印发|转发|发布)(?:《(?P<quoted>(?:(?!》[、和及与]?《).)+?)》|(?P<plain>.+?))的(?:通知|函)"
)
_SEVERAL_QUOTED = re.compile("》[、和及与]?《")
_PASSED_ON = re.compile("关于(?:印发|转发|发布)《?(.+?)》?(?:的通知)?$")
_ABOUT = re.compile(rf"[^，。：:；]{{0,60}}?关于.{{2,120}}?(?:{_KINDS})")
_BEFORE_ABOUT = re.compile("关于|印发|转发|发布")
SENTENCE = re.compile("[。；]$|^(?:为|根据|按照|依据|经|现将|请)")
_SENT = re.compile(  # what a sentence says is sent
    "现将《(.{4,80}?)》(?:等)?(?:予以)?(?:印发|发给|转发|下发)|印发《(.{4,80}?)》[。，,]"
    "|((?:《[^《》]{4,80}》[、和及与]?)+)(?:已经|已报经|已由|经|业经)[^。；]{2,40}?"
    "[，,]现(?!将)[^。；]{0,6}(?:印发|发布|公布)"
)
_WRAPPED = re.compile(
    "关于(?!做好|开展|加强|落实|贯彻|调整|报送|修订|征求|公布)"
    "(.{4,60}(?:方案|要点|计划|安排|清单|[一-龥]{2}表))的通知"
)
_BEFORE_PURPOSE = re.compile(  # where a text without lines goes on with what it is for
    "([^，。；：]{6,60}?(?:方案|意见|措施|要点|计划))"
    "(?=为(?:了|深入|全面|认真|进一步|切实|加快|贯彻|落实|推动|推进|做好))"
)
_PLACE_FIRST = re.compile("^[（(][一-龥]{2,8}[)）]")
_OUTER_QUOTES = str.maketrans("〈〉", "《》")
_ASIDE = re.compile("[（(][^（）()]{2,40}[）)]")
_MOST_ISSUERS = 4
_MOST_OF_TITLE = 4  # lines
YEARS = re.compile("(20[0-9]{2})(?:年)?(?:[-—–~～至到](20[0-9]{2}))?年")
_OF_COLUMN = re.compile("^【[^【】]{2,24}】(?=.{6})")  # of a site: 【重点工作】某市关于……
_OF_TITLE = re.compile("（[^（）]{2,20}(?:部分|版|稿|试行)）")  # a line of its own below
TO = re.compile("[：:]$")
DAY = re.compile(r"(20[0-9]{2}|19[0-9]{2}|[二〇○零一三四五六七八九]{4})年(.{1,2})月(.{1,3})日")
_FULL_LINE, _SHORT_END = 16, 8  # characters
_LONGEST_TITLE = 200


def title_of(texts: Sequence[str], number: str, sent: Sequence[str]) -> tuple[str, str]:
    """Who issues it, and what it is called: what is `sent` with it, or the notice's own title."""
    texts = [_OF_COLUMN.sub("", text) for text in texts if not SENTENCE.search(text)]
    who, title, is_quoted = _about(texts, number)
    if not title:
        who, title = _ending(texts)
    is_plan = bool(sent) and bool(_TITLE_ENDS.search(_ASIDE.sub("", sent[0])))
    # 2023年 before what is sent is of its title, too
    is_more = bool(sent) and bool(re.fullmatch("20[0-9]{2}年", title.removesuffix(sent[0])))
    if sent and not is_quoted and (not title or (is_plan and len(sent) == 1 and not is_more)):
        title = sent[0]
    return who, _bare(title or _any_title([text for text in texts if text != number]))


def sent_by(text: str) -> list[str]:
    """What a sentence says is sent: 现将《……》印发给你们; the quotes in it are those of a title."""
    found = _SENT.search(text)
    whole = next(filter(None, found.groups()), "") if found else ""
    return [part.translate(_OUTER_QUOTES) for part in re.split("[《》]", whole) if len(part) > 3]


def _about(texts: Sequence[str], number: str) -> tuple[str, str, bool]:
    """Who issues it and its title, of lines with 印发……的通知 or 关于……; is it quoted?"""
    for size in range(1, _MOST_OF_TITLE + 1):
        for start in range(len(texts) - size + 1):
            whole = "".join(texts[start : start + size]).removeprefix("title:")
            whole = (whole.replace(number, "") if number else whole).removesuffix("文件")
            whole = re.sub(r"[（(〔\[]\s*[）)〕\]]", "", whole)
            issued = _ISSUED.search(whole)
            below = "".join(texts[start + size : start + size + 1])
            goes_on = below.startswith(("（20", "(20")) and not DAY.fullmatch(below.strip("（()）"))
            goes_on |= bool(not issued and _ISSUED.search("".join(texts[start:][:_MOST_OF_TITLE])))
            if len(texts[start]) > 4 and (issued or (_ABOUT.fullmatch(whole) and not goes_on)):
                who = _BEFORE_ABOUT.split(whole)[0] or department_above(texts[:start])
                if issued and _SEVERAL_QUOTED.search(issued[0]):
                    return who, whole.removeprefix(who), True
                if issued:
                    inner = issued["quoted"] or issued["plain"]
                    return who, _passed_on(inner), bool(issued["quoted"])
                return who, _own(whole, who), False
    return "", "", False


def _passed_on(title: str) -> str:
    """What a paper is about that only passes another one on."""
    found = _PASSED_ON.search(title)
    return found[1] if found else title


def _own(whole: str, who: str) -> str:
    """A notice's own title, with who issues it; what a notice only wraps, without the notice."""
    wrapped = _WRAPPED.search(whole)
    if wrapped:
        return wrapped[1]
    inner = _passed_on(whole)
    return f"{who}{inner}" if inner.startswith("关于") and who and "、" not in who else inner


def _ending(texts: Sequence[str]) -> tuple[str, str]:
    """Who issues it and its title: the first line that ends as titles do."""
    for place, text in enumerate(_unwrapped(texts)):
        if _TITLE_ENDS.search(text) and len(text) > 5:
            who = department_above(texts[:place])
            below = "".join(texts[place + 1 : place + 2])
            text += below if _OF_TITLE.fullmatch(below) else ""
            is_signed = bool(texts[:place]) and bool(DAY.search(texts[place - 1]))
            return who, f"{who}{text}" if who and YEARS.match(text) and not is_signed else text
    return "", ""


def _unwrapped(texts: Sequence[str]) -> list[str]:
    """The lines; one that a column's width has cut, with its end: ……重点工 / 作任务."""
    whole: list[str] = []
    for text in texts:
        above = whole[-1] if whole else ""
        is_end = len(text) <= _SHORT_END and bool(_TITLE_ENDS.search(text))
        is_cut = len(above) >= _FULL_LINE and not _TITLE_ENDS.search(above)
        if is_end and is_cut and not is_surely_department(above) and not YEARS.match(text):
            whole[-1] += text
        else:
            whole.append(text)
    return whole


def _any_title(texts: Sequence[str]) -> str:
    no_title = (TO, DAY)
    long_enough = (text for text in texts if len(text) > 3)
    return next((t for t in long_enough if not any(one.search(t) for one in no_title)), "")


def _bare(title: str) -> str:
    """A title without the quotes around all of it, and without a place that a site puts first."""
    whole = _PLACE_FIRST.sub("", title)
    inner = whole[1:-1]
    is_quoted = whole.startswith("《") and whole.endswith("》") and not set(inner) & set("《》")
    return inner if is_quoted else whole


def named_in(title: str) -> str:
    """The department whose plan a title says it is: 甲市教育局2024年工作要点."""
    year = YEARS.search(title)
    who = title[: year.start()] if year else ""
    return who if is_surely_department(who) else ""


def first_sentence(text: str) -> str:
    """What a text without lines is called, where it begins with that."""
    if named := _BEFORE_PURPOSE.match(text):
        return named[1]
    first, stop, _ = text[:_LONGEST_TITLE].partition("。")
    return first if stop and _TITLE_ENDS.search(first) and "，" not in first else ""


def department_above(texts: Sequence[str]) -> str:
    """Who issues it, where that stands in a line of its own over the title."""
    named = [text for text in texts if not _ASIDE.fullmatch(text)]
    above = [text.removesuffix("文件") for text in named[-_MOST_ISSUERS:]]
    if above and not is_surely_department(above[-1]):
        above.pop()  # the paper's number
    departments = list(takewhile(is_surely_department, reversed(above)))
    if not departments and texts and is_department(texts[-1]):  # 红旗中学, right above 关于印发……
        departments = [texts[-1]]
    return "、".join(reversed(departments))
