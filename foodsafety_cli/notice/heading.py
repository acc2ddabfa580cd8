"""What a notice says of itself before its first item: title, number, issuer, day, period."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from foodsafety_cli.model.plan import Period
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.bodies import is_body, is_surely_body
from foodsafety_cli.notice.reading import Line

_NUMBER = re.compile(
    r"[（(]?([一-龥]{1,14}[〔\[（(【][12][0-9]{3}[〕\]）)】](?:第)?[0-9]{1,5}号)[)）]?"
)
_DAY = re.compile(r"(20[0-9]{2}|[二〇○零一三四五六七八九]{4})年(.{1,2})月(.{1,3})日")
_KINDS = (
    "安排|意见|方案|措施|办法|决定|要点|计划|规划|清单|通知|细则|目标|分工|任务|指标|"
    "条例|规定|公告|行动|函|任务书|责任书|责任分解书|台账|一览表|分解表|分解"
)
_BEFORE_NUMBER = re.compile(r"^[一-龥]*(?:文件|印发)(?=[一-龥]{2,}[〔\[（(【])")
_ISSUED = re.compile(r"(?:印发|转发|发布)(?:《(?P<quoted>.+?)》|(?P<plain>.+?))的(?:通知|函)")
_PASSED_ON = re.compile("关于(?:印发|转发|发布)《?(.+?)》?(?:的通知)?$")
# the box that government pages have above a paper
_BOX = re.compile(
    "[【\\[]?(?:(?P<kept>标题|名称|文件名称|发文字号|文号)"
    "|(?P<day>(?:成文|发文|印发|签发|公布|生成)日期)"
    "|(?P<body>发布(?:机构|单位)|发文(?:机关|单位)|(?:制发|制定|公布)机关))"
    "[】\\]]?[:： ]*(?P<said>.*)"
    "|(?:索引号|主题分类|体裁|有效性|公开方式|公开范围|公开时限|发布日期|来源|主题词|组配分类|信息来源|关键词)[:：].*"
)
_PLAIN_DAY = re.compile("(20[0-9]{2})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})")
_ABOUT = re.compile(rf"[^，。：:；]{{0,60}}?关于.{{2,120}}?(?:{_KINDS})")
_BEFORE_ABOUT = re.compile("关于|印发|转发|发布")
_TITLE_ENDS = re.compile(rf"(?:{_KINDS})$")
_TO = re.compile("[：:]$")
_ADDRESSED = re.compile("^各|(?:部门|单位|政府|机构|办事处|委员会|企业)[）)]?[：:]$")
_QUOTED = ("》", "》（", "》(")
_SENTENCE = re.compile("[。；]$|^(?:为|根据|按照|依据|经|现将|请)")
_SENT = re.compile("现将《(.{4,60}?)》(?:予以)?(?:印发|发给|转发|下发)|印发《(.{4,60}?)》[。，,]")
_YEARS = re.compile("(20[0-9]{2})(?:年)?(?:[-—–~～至到](20[0-9]{2}))?年")
_BRACKETED_YEAR = re.compile("[〔\\[（(【](20[0-9]{2})")
_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NEXT_BODY = re.compile("(?<=[室局委厅办])(?=[一-龥]{2,3}[省市县区])")
_ADDRESS = re.compile("https?[:：]|www[.]|【法宝")

_NUMBER_BEGINS = r"(?!的)(?=[一-龥]{1,8}[〔\[（(【][12][0-9]{3})"
_TITLE_END = (
    "(?<=通知)|(?<=意见)|(?<=决定)|(?<=方案)|(?<=措施)|(?<=办法)|(?<=通告)|(?<=公告)|(?<=要点)"
)
_RUN_TOGETHER = re.compile(f"(?:{_TITLE_END}){_NUMBER_BEGINS}")
_HEAD_ENDS = re.compile(f"(?:{_TITLE_END}){_NUMBER_BEGINS}|(?<=[0-9]号)(?=[一-龥])|(?<=：)")
_SIGNED = re.compile(
    "(?:^|[。）)])(?P<who>[一-龥]{4,40})(?P<day>(?:20[0-9]{2}|[二〇○零一三四五六七八九]{4})年.{1,3}月.{1,3}日)"
)
_SIGNED_FOR = re.compile("[（(].{2,20}代章[）)]")
_MOST_ISSUERS = 4
_MOST_OF_TITLE = 4  # lines
_LAST_LINES, _LONGEST_SIGNED = 4, 200
_MOST_LINES, _LONGEST_LINE = 60, 200


class Heading(ValueType):
    """What is known of a notice; what is not said is empty."""

    title: str
    document_number: str
    issuer: str
    issued_on: dt.date | None
    period: Period | None


def heading(lines: Sequence[Line], rest: Sequence[Line]) -> Heading:
    """Read the lines before the first item; the day may also stand in `rest`, at its end."""
    body, boxed_day = _boxed(lines)
    lines = [part for line in _unboxed(lines) for part in _parted(line)]
    front = _front(lines)
    texts = [line.text for line in front]
    number = _number(texts)
    who, title = _title(texts, number)
    signer, signed = _signature(lines, rest)
    who = _apart((who if is_surely_body(who) else signer or who).removesuffix("（代章）"))
    who = body or who
    day = boxed_day or _first_day(line.text for line in (*lines, *rest)) or signed
    day = day or next(filter(None, map(_day_beside, texts)), None)
    said = _BRACKETED_YEAR.search(number or "".join(line.text for line in lines[:_MOST_LINES]))
    numbered = dt.date(int(said[1]), 1, 1) if said else None
    period = (
        _period(title)
        or _period("".join(text for text in texts if not _DAY.fullmatch(text)))
        or _year(day or numbered)
    )
    period = period or next(filter(None, (_period(line.text) for line in (*lines, *rest))), None)
    return Heading(title, number, who, day, period)


def _number(texts: Sequence[str]) -> str:
    """The paper's number; one behind a title that a sentence quotes is another paper's."""
    whole = (found[1] for text in texts if (found := _NUMBER.fullmatch(text)))
    number = next(whole, "") or next(
        (
            found[1]
            for text in texts
            for found in _NUMBER.finditer(text)
            if not text[: found.start()].endswith(_QUOTED) or not _SENTENCE.search(text)
        ),
        "",
    )
    return _BEFORE_NUMBER.sub("", number)


def _unboxed(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, of a box of labels only what says what is asked for here."""
    for line in lines:
        found = _BOX.fullmatch(line.text)
        if not found:
            yield line
        elif found["kept"] and found["said"]:
            yield line._replace(text=found["said"])


def _boxed(lines: Sequence[Line]) -> tuple[str, dt.date | None]:
    """Who issues a paper and when, as its box says; of several days the first that it names."""
    who, day = "", None
    for found in filter(None, (_BOX.fullmatch(line.text) for line in lines)):
        if found["body"] and is_surely_body(found["said"].strip()):
            who = who or found["said"].strip()
        elif found["day"] and (parts := _PLAIN_DAY.search(found["said"])):
            day = day or _day_of(*map(int, parts.groups()))
    return who, day


def _day_of(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _apart(who: str) -> str:
    """甲市教育局甲市财政局 are two, and so are 甲市教育局 甲市财政局."""
    spaced = who.split()
    if len(spaced) > 1 and all(map(is_surely_body, spaced)):
        return "、".join(spaced)
    place = who[:2]
    parts = who.split(place)[1:] if len(place) == 2 and is_surely_body(who) else []
    names = [place + part for part in parts]
    if len(names) > 1 and all(map(is_surely_body, names)):
        return "、".join(names)
    for found in _NEXT_BODY.finditer(who):  # 中共甲市委办公室甲市人民政府办公室
        first, second = who[: found.start()], who[found.start() :]
        if is_surely_body(first) and is_surely_body(second):
            return f"{first}、{second}"
    return who


def _parted(line: Line) -> list[Line]:
    """A line in which the whole head stands, as the lines that it had."""
    if not _RUN_TOGETHER.search(line.text):
        return [line]
    return [line._replace(text=part) for part in _HEAD_ENDS.split(line.text) if part]


def _signature(lines: Sequence[Line], rest: Sequence[Line]) -> tuple[str, dt.date | None]:
    """The body over a day, or before it in the line: at the head's end, or at the end of all."""
    texts = [line.text for line in (*lines, *rest)]
    texts = [text for text in texts if not _SIGNED_FOR.fullmatch(text)]
    for above, text in pairwise(["", *texts]):
        found = _DAY.fullmatch(text.removesuffix("印发"))
        if found and is_surely_body(above):
            return above, _date(found)
    for text in reversed(texts[-_LAST_LINES:]):
        for found in _SIGNED.finditer(text[-_LONGEST_SIGNED:]):
            if is_surely_body(found["who"]) and (day := _date_of(found["day"])):
                return found["who"], day
    return "", None


def _date_of(text: str) -> dt.date | None:
    found = _DAY.search(text)
    return _date(found) if found else None


def _front(lines: Sequence[Line]) -> list[Line]:
    """The lines up to whom the notice is addressed to; addresses of web pages are no words."""
    front: list[Line] = []
    for line in lines[:_MOST_LINES]:
        if len(line.text) > _LONGEST_LINE or _ADDRESS.search(line.text):
            continue
        if _TO.search(line.text) and len(front) > 1:
            break
        if not (_TO.search(line.text) and _ADDRESSED.search(line.text)):
            front.append(line)
    return front


def _title(texts: Sequence[str], number: str) -> tuple[str, str]:
    """Who issues it, and what it is called: what 印发……的通知 names, or the notice's own title."""
    sent = next((found[1] or found[2] for text in texts if (found := _SENT.search(text))), "")
    texts = [text for text in texts if not _SENTENCE.search(text)]
    for size in range(1, _MOST_OF_TITLE + 1):
        for start in range(len(texts) - size + 1):
            whole = "".join(texts[start : start + size]).removeprefix("title:")
            whole = (whole.replace(number, "") if number else whole).removesuffix("文件")
            whole = re.sub(r"[（(〔\[]\s*[）)〕\]]", "", whole)
            issued = _ISSUED.search(whole)
            goes_on = "".join(texts[start + size : start + size + 1]).startswith(("（20", "(20"))
            goes_on |= bool(not issued and _ISSUED.search("".join(texts[start:][:_MOST_OF_TITLE])))
            if len(texts[start]) > 4 and (issued or (_ABOUT.fullmatch(whole) and not goes_on)):
                inner = (issued["quoted"] or issued["plain"]) if issued else whole
                who = _BEFORE_ABOUT.split(whole)[0]
                passed_on = _PASSED_ON.search(inner)
                inner = passed_on[1] if passed_on else inner
                who = who or _body_above(texts[:start])
                is_whole = not issued and inner.startswith("关于") and who and "、" not in who
                return who, f"{who}{inner}" if is_whole else inner.strip("《》")
    for place, text in enumerate(texts):
        if _TITLE_ENDS.search(text) and len(text) > 5:
            who = _body_above(texts[:place])
            return who, f"{who}{text}" if who and _YEARS.match(text) else text
    if sent:
        return "", sent
    no_title = (_TO, _DAY)
    return "", next(
        (t for t in texts if len(t) > 3 and not any(one.search(t) for one in no_title)), ""
    )


def _body_above(texts: Sequence[str]) -> str:
    """Who issues it, where that stands in a line of its own over the title."""
    above = [text.removesuffix("文件") for text in texts[-_MOST_ISSUERS:]]
    if above and not is_surely_body(above[-1]):
        above.pop()  # the paper's number
    bodies = list(takewhile(is_surely_body, reversed(above)))
    if not bodies and texts and is_body(texts[-1]):  # 红旗中学, right above 关于印发……
        bodies = [texts[-1]]
    return "、".join(reversed(bodies))


def _day_beside(text: str) -> dt.date | None:
    """The day in a line of the head: in figures alone, or beside the number or who issues it."""
    if plain := _PLAIN_DAY.fullmatch(text.strip("（）()")):
        return _day_of(*map(int, plain.groups()))
    found = _DAY.search(text)
    if found is None or text[found.end() :].strip("）)印发"):
        return None
    before = text[: found.start()].strip("（( ")
    is_said = bool(_NUMBER.fullmatch(before)) or is_surely_body(before)
    return _date(found) if is_said else None


def _first_day(texts: Iterable[str]) -> dt.date | None:
    for text in texts:
        found = _DAY.fullmatch(text.strip("（）()").removesuffix("印发"))
        if found and (day := _date(found)):
            return day
    return None


def _date(found: re.Match[str]) -> dt.date | None:
    from foodsafety_cli.analysis.numerals import value

    year, month, day = found.groups()
    try:
        return dt.date(int(year.translate(_CHINESE_YEAR)), value(month) or 0, value(day) or 0)
    except ValueError:
        return None


def _period(text: str) -> Period | None:
    found = _YEARS.search(text)
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31)) if first <= last else None


def _year(day: dt.date | None) -> Period | None:
    """The year of a paper's day; one of December is for the year to come."""
    if day is None:
        return None
    year = day.year + (day.month == 12)
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
