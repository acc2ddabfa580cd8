"""What a notice says of itself before its first item: title, number, issuer, day, period."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from foodsafety_cli.model.plan import Period
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.department_names import is_surely_department
from foodsafety_cli.notice.infobox import plain_day, read_box, without_box
from foodsafety_cli.notice.periods import period_of
from foodsafety_cli.notice.plan_titles import (
    DAY,
    SENTENCE,
    TO,
    department_above,
    first_sentence,
    named_in,
    sent_by,
    title_of,
)
from foodsafety_cli.notice.reading import NoticeLine

_NUMBER = re.compile(
    r"[（(]?([一-龥]{1,14}[〔\[（(【][12][0-9]{3}[〕\]）)】](?:第)?[0-9]{1,5}号)[)）]?"
)
_DAY_OPENLY = re.compile(f"{DAY.pattern}(?=[（(]此件.{{0,6}}公开)")  # in a text without lines
_BEFORE_NUMBER = re.compile(r"^[一-龥]*(?:文件|印发)(?=[一-龥]{2,}[〔\[（(【])")
_PLAIN_DAY = re.compile("20[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?")
_ADDRESSED = re.compile("^各|(?:部门|单位|政府|机构|办事处|委员会|企业)[）)]?[：:]$")
_QUOTED = ("》", "》（", "》(")
_CRUMBS = re.compile("[一-龥] ?[>＞»] ?[一-龥]|^(?:当前|您(?:现在)?的?)位置|^(?:网站)?首页")
_PASSED = re.compile(f"{DAY.pattern}[^，。]{{2,40}}(?:通过|批准|同意)")
_SAYS = re.compile("[，,。：:]")
_BRACKETED_YEAR = re.compile("[〔\\[（(【](20[0-9]{2})")
_CHINESE_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_NEXT_BODY = re.compile("(?<=[室局委厅办])(?=[一-龥]{2,3}(?:[省市县区]|军分区))")
_COLUMN = re.compile("^[一-龥]{2,6} ?[|｜丨] ?(?=[^|｜丨]{6,}$)")  # of a site: 政策动态 | 关于……
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
_SIGNED_FOR = re.compile("[（(].{0,20}代章[）)]")
_LAST_LINES, _LONGEST_SIGNED = 4, 200
_MOST_LINES, _LONGEST_LINE = 60, 200


class NoticeHead(ValueType):
    """What is known of a notice; what is not said is empty."""

    title: str
    document_number: str
    issuer: str
    issued_on: dt.date | None
    period: Period | None


def heading(lines: Sequence[NoticeLine], rest: Sequence[NoticeLine]) -> NoticeHead:
    """Read the lines before the first item; the day may also stand in `rest`, at its end."""
    lines, rest = ([line for line in part if line.text] for part in (lines, rest))
    box = read_box((*lines, *rest[-_LAST_LINES:]))
    lines = [line._replace(text=_COLUMN.sub("", line.text)) for line in without_box(lines)]
    lines = [part for line in lines for part in _parted(line)]
    front = _front(lines)
    texts = [line.text for line in front]
    number = _number(texts) or _number([t.text for t in lines if _NUMBER.fullmatch(t.text)])
    sent = next(filter(None, (sent_by(line.text) for line in lines)), [])
    who, title = title_of(texts, number, sent)
    signer, signed = _signature(lines, rest)
    who = (who if is_surely_department(who) else signer or who).removesuffix("（代章）")
    who = "、".join(map(_apart, who.split("、")))
    is_whose = bool(box.issuer) and signer.endswith(box.issuer[1:])  # 市政府办公室 of which city
    boxed = signer if is_whose else box.issuer
    who = "" if who.endswith(("网站", "门户网")) else who
    who = boxed or (who if not _SAYS.search(who) else "") or named_in(title)
    day = box.day or _first_day(line.text for line in (*lines, *rest)) or signed
    day = day or next(filter(None, map(_day_beside, texts)), None) or box.made
    quoted = "".join(line.text for line in lines[:_MOST_LINES])
    period = period_of(title, texts, (lines, rest), day or _day_of_number(number))
    period = period or period_of(title, texts, ([], []), _day_of_number(quoted))
    return NoticeHead(title, number, who, day, period)


def _number(texts: Sequence[str]) -> str:
    """The paper's number; one behind a title that a sentence quotes is another paper's."""
    whole = (found[1] for text in texts if (found := _NUMBER.fullmatch(text)))
    number = next(whole, "") or next(
        (
            found[1]
            for text in texts
            for found in _NUMBER.finditer(text)
            if not text[: found.start()].endswith(_QUOTED) or not SENTENCE.search(text)
        ),
        "",
    )
    return _BEFORE_NUMBER.sub("", number)


def _day_of_number(text: str) -> dt.date | None:
    """The first day of the year in a paper's number: 某政办〔2021〕26号."""
    year = _BRACKETED_YEAR.search(text)
    return dt.date(int(year[1]), 1, 1) if year else None


def _apart(who: str) -> str:
    """甲市教育局甲市财政局 are two, and so are 甲市教育局 甲市财政局."""
    spaced = who.split()
    if len(spaced) > 1 and all(map(is_surely_department, spaced)):
        return "、".join(spaced)
    place = who[:2]
    parts = who.split(place)[1:] if len(place) == 2 and is_surely_department(who) else []
    names = [place + part for part in parts]
    if len(names) > 1 and all(map(is_surely_department, names)):
        return "、".join(names)
    for found in _NEXT_BODY.finditer(who):  # 中共甲市委办公室甲市人民政府办公室
        first, second = who[: found.start()], who[found.start() :]
        if is_surely_department(first) and is_surely_department(second):
            return f"{first}、{_apart(second)}"
    return who


def _parted(line: NoticeLine) -> list[NoticeLine]:
    """A line in which the whole head stands, as the lines that it had."""
    if not _RUN_TOGETHER.search(line.text):
        return [line]
    return [line._replace(text=part) for part in _HEAD_ENDS.split(line.text) if part]


def _signature(
    lines: Sequence[NoticeLine], rest: Sequence[NoticeLine]
) -> tuple[str, dt.date | None]:
    """The department over a day, or before it in the line: where the head ends, or the text."""
    texts = [line.text for line in (*lines, *rest)]
    texts = [text for text in texts if not _SIGNED_FOR.fullmatch(text)]
    for place, text in enumerate(texts):
        found = DAY.fullmatch(_bare(text).removesuffix("印发").rstrip("?？ "))
        if found and place and is_surely_department(texts[place - 1]):
            return department_above(texts[:place]), _date(found)
    for text in (_NUMBER.sub("", text) for text in texts):
        found = _SIGNED.fullmatch("".join(text.split()).strip("（()）"))
        if found and is_surely_department(found["who"]) and (day := _date_of(found["day"])):
            return found["who"], day
    for text in reversed(texts[-_LAST_LINES:]):
        for found in _SIGNED.finditer(text[-_LONGEST_SIGNED:]):
            if is_surely_department(found["who"]) and (day := _date_of(found["day"])):
                return found["who"], day
    return "", None


def _bare(text: str) -> str:
    """A line without the brackets around it; 2025年5月31日） is the end of another line's."""
    is_whole = text[:1] in ("（", "(") and text[-1:] in ("）", ")")
    return text[1:-1] if is_whole else text


def _date_of(text: str) -> dt.date | None:
    found = DAY.search(text)
    return _date(found) if found else None


def _front(lines: Sequence[NoticeLine]) -> list[NoticeLine]:
    """The lines up to whom the notice is addressed to; addresses of web pages are no words."""
    front: list[NoticeLine] = []
    for line in lines[:_MOST_LINES]:
        if _ADDRESS.search(line.text) or _CRUMBS.search(line.text):
            continue
        if not front and (first := first_sentence(line.text)):
            front.append(line._replace(text=first))
            continue
        if len(line.text) > _LONGEST_LINE:
            continue
        if TO.search(line.text) and len(front) > 1:
            break
        if not (TO.search(line.text) and _ADDRESSED.search(line.text)):
            front.append(line)
    return front


def _day_beside(text: str) -> dt.date | None:
    """The day in a line of the head: in figures alone, or beside the number or who issues it."""
    if _PLAIN_DAY.fullmatch(text.strip("（）()")):
        return plain_day(text)
    found = DAY.search(text)
    if found and _PASSED.fullmatch(_bare(text)):
        return _date(found)
    if found is None or text[found.end() :].strip("）)印发"):
        return None
    before = text[: found.start()].strip("（( ")
    is_said = bool(_NUMBER.fullmatch(before)) or is_surely_department(before)
    return _date(found) if is_said else None


def _first_day(texts: Iterable[str]) -> dt.date | None:
    for text in texts:
        found = DAY.fullmatch(_bare(text).removesuffix("印发").rstrip("?？ "))
        found = found or _DAY_OPENLY.search(text)
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
