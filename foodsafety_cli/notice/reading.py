"""A notice's bytes as lines: decoded, without what page layout put in, each with its number."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from foodsafety_cli.analysis.bracket_words import ROLE_LABEL
from foodsafety_cli.model.errors import FileUnreadable
from foodsafety_cli.model.text import without_radicals
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.blanks import BLANK, IDEOGRAPH, close_up
from foodsafety_cli.notice.department_names import is_surely_department
from foodsafety_cli.notice.formats import lines_of
from foodsafety_cli.notice.labels import begins_with_label
from foodsafety_cli.notice.merged_cells import with_merged
from foodsafety_cli.notice.oneline import LONG, with_breaks
from foodsafety_cli.notice.pasted import pasted_table
from foodsafety_cli.notice.plan_titles import DAY
from foodsafety_cli.notice.spaced import spaced_table
from foodsafety_cli.notice.spreadsheet import csv_table
from foodsafety_cli.notice.strokes import Found
from foodsafety_cli.notice.tables import UNREAD, Told, as_lines

_MOST_LINES = 250_000  # a notice of 8 MB has some 40,000
_MOST_CONTROLS, _MOST_OF_ALL = 8, 0.01  # more, and more of all characters, is no text
_WHO = "[一-龥·]{2,4}(?:[（(][^（()）]{1,24}[)）])?"
_OF_PERSONS = re.compile(  # a line that names nobody else
    f"(?:[一-龥]{{2}})?(?:责任人|负责人|领导)[:：] ?{_WHO}(?:[、，, ]{_WHO})*[。；]?"
)
_DASHED_LABEL = re.compile(f"(?<=[。；;！])[—–─★☆◆▲●-]{{1,2}}[ 　]*(?={ROLE_LABEL})")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff\xad]"
)
_COLONS = str.maketrans("∶﹕︰ː", "：：：：")  # which pages and programs write instead
_WHEN_BRACKETED = re.compile(  # 【完成时限】2025年11月底, a line of its own
    "^【((?:完成|整改|办结|工作)?(?:时限|时间|期限)(?:要求)?)】[:：]?"
)
_BRACED = re.compile(  # {责任单位：县林业局}, as good as in round ones
    "[{｛]([^{}｛｝]{0,200}(?:责任|牵头|负责|配合|主办|承办)[^{}｛｝]{0,200})[}｝]"
)
_LEAST_TABS = 2
_MOST_HEADS = 50  # of tables under which nothing is found; more, and they are no heads
_PARAGRAPHS = re.compile(  # two full-width blanks begin one, after a stop or before a number
    "(?<=[。！？；：）〕】])[　\u2003]{2,}"
    "|(?<=\\S)[　\u2003]{2,}(?=[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[0-9]{1,2}[.．、])"
)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_NUMBERED = re.compile(  # 1 办好, but 11 月
    r"^([0-9]{1,2})[ \t\u3000]+"
    "(?![年月日号个家户万千亿批项件次名人所条座套亩吨米辆期册株头间栋块张份]"
    rf"|公里|平方|立方|小时|分钟|公顷|台(?!账)|处(?![理置罚])|场(?!所)|支(?!持))(?=[{IDEOGRAPH}])"
)
# 一 办好 at the head of a line or behind a sentence
_CHINESE_NUMBERED = re.compile(
    rf"(^|[。；）)][ \t\u3000]+)([一二三四五六七八九十]{{1,3}})[ \t\u3000]+(?=[{IDEOGRAPH}]{{2}})"
)
# arrows, shapes, signs and pictures that lines begin with; ❶ is a number
_SIGNS = "←-⇿■-◿☀-⛿✀-❵➔-➿⬀-⯿\U0001f300-\U0001faff\ufe0f•·※"
_MARKUP = re.compile(
    rf"^(?:[{_SIGNS}]\s*)+|^[—–─-]{{1,2}}\s*(?={ROLE_LABEL}|由)|\*\*|__|[*_](?=[（(])|(?<=[)）])[*_]|\*(?={ROLE_LABEL})|(?<=[^\s*])\*$|(?<=\S)\\(?=[.(){{}}\[\]#*_-])|^>\s?|^[-*+]\s+|<br\s*/?>"
)
# what site makers keep above a page: names and values between two rules
_FRONT_MATTER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[\w-]+:.*\n|[ \t#-].*\n){1,40}?---[ \t]*\r?\n"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－_·•]*\s*(?:第\s*)?[0-9０-９]{1,4}\s*页?(?:\s*[,，/共]+\s*[0-9０-９]{1,4}\s*页?)?"
    r"\s*[-—–－_·•]*"
)
_MARKED = re.compile(  # ★1. is an item, and of a heading a star says no more
    f"^[{_SIGNS}*＊]+[ 　]*(?=[0-9０-９]{{1,3}}[.．、]|[（(]?[一二三四五六七八九十]{{1,3}}[)）、])"
    "|(?<=^[一二三四五六七八九十]、.{4})[*＊★☆▲]+$"
)
_TASK_NUMBERED = re.compile(  # 任务一　领导干部学法
    "^((?:重点|专项|主要)?(?:任务|行动|工程|举措|项目)[一二三四五六七八九十]{1,3})[ \t　]+(?=[^ ])"
)
_TITLE_RUNS_ON = re.compile(  # in a text without line breaks
    "^([^，。；：]{8,60}?(?:分解|分工|方案|要点|清单|安排|任务书|计划))(?=一、.{60})"
)
_OF_SITE = re.compile(
    "^(?:分享到?|扫一扫|打印本页|关闭窗口|返回顶部|[上下]一篇|责任编辑)[:：]?"
    "|ICP ?备|公网安备|公安备案|网站标识码|版权所有"
)
_FOOT_BEGINS = re.compile(
    "(?:主办|承办|协办|维护|技术支持|网站|地址|联系|电话|邮编)[^。，]{0,40}[:：]"
)
_MOST_OF_FOOT = 12  # lines
_STOPS = '。；;！？!?：:〕）)】]”"》….'
_LEAST = 16  # characters of a line that has to be broken
_OPENS = re.compile("请|现|特此|附件|各|以上|抄送")
_BOLD = re.compile(r"^\*\*([^*]*)\*\*$")
_LINKS = re.compile(  # nothing else: the way to the page
    r"(?:[0-9]{1,2}[.、]\s*(?=\[[^\]]{0,6}(?:首页|主页|公开|专题|栏目|导航))|[-*+>]\s*)?"
    r"(?:\[[^\[\]]{0,30}\]\([^()]*\)[\s>›»/|]*)+"
)
_RULE = re.compile(r"[-—=_*＿\s]{3,}")


class NoticeLine(ValueType):
    """A line that says something: where it stands in the file, and its words."""

    number: int
    text: str
    heading: int = 0  # the level of a Markdown or Word heading
    is_end: bool = False  # a rule across the page, before which a part ends
    row: str | None = None  # the label of the row that it begins; "" with a heading over rows
    lost: str = ""  # as in `Told`


def read_lines(content: bytes) -> list[NoticeLine]:
    """The lines of a notice, without page layout; raises `FileUnreadable`."""
    content = _FRONT_MATTER.sub(_title_only, content)
    told = lines_of(content)
    if told is None:
        text = _decoded(content)
        told = iter(csv_table(text) or _numbered(text))
    lines = [*_cleaned(told)]
    _refuse_beyond(len(lines))
    return list(_with_ends(_without_foot([*_without_page_breaks(lines)])))


def _without_page_breaks(lines: Sequence[NoticeLine]) -> Iterator[NoticeLine]:
    """The lines, without a rule in the middle of a sentence, which a page's end has left there."""
    for place, line in enumerate(lines):
        around = lines[place - 1 : place + 2] if line.is_end and place else ()
        if len(around) < 3 or not _goes_on(around[0].text, around[2]):
            yield line


def _goes_on(above: str, below: NoticeLine) -> bool:
    """Whether a full line stops in the middle of a sentence, and the next one begins nothing."""
    is_sentence = len(above) >= _LEAST and any(sign in above for sign in "，。；")
    is_cut = is_sentence and above[-1] not in _STOPS
    begins = below.heading or begins_with_label(below.text) or _OPENS.match(below.text)
    return is_cut and not re.match(ROLE_LABEL, above) and bool(below.text) and not begins


def _with_ends(lines: list[NoticeLine]) -> Iterator[NoticeLine]:
    """The lines; before a department over a day, who signs, what is above has ended."""
    for line, below in zip_longest(lines, lines[1:]):
        day = below.text.strip("（()）") if below else ""
        if DAY.fullmatch(day) and line.row is None and is_surely_department(line.text):
            yield NoticeLine(line.number, "", is_end=True)
        yield line


def _without_foot(lines: list[NoticeLine]) -> list[NoticeLine]:
    """The lines, with those as unread in which a site says at its end whose it is."""
    last = range(max(0, len(lines) - _MOST_OF_FOOT), len(lines))
    short = [n for n in last if all(len(line.text) < LONG for line in lines[n:])]
    first = next((n for n in short if _OF_SITE.search(lines[n].text)), len(lines))
    while first < len(lines) and first and _FOOT_BEGINS.match(lines[first - 1].text):
        first -= 1
    return lines[:first] + [line._replace(lost=UNREAD) for line in lines[first:]]


def _title_only(front: re.Match[bytes]) -> bytes:
    """Front matter with nothing in it but the title, on the same lines."""
    titles = (re.match(rb"title: *[\"']?(.*?)[\"']?\s*$", line) for line in front[0].split(b"\n"))
    return b"\n".join(title[1] if title else b"" for title in titles)


def _decoded(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return _checked(content.decode(encoding))
            except UnicodeDecodeError:
                continue
    try:
        return _checked(content.decode("gb18030"))
    except UnicodeDecodeError as error:
        raise FileUnreadable(
            f"不是文字：第 {error.start + 1} 个字节既不是 UTF-8 也不是 GB18030。"
            "请另存为 .txt（UTF-8）或 .docx 再试"
        ) from None


def _checked(text: str) -> str:
    controls = len(re.findall("[\x00-\x08\x0e-\x1f]", text))
    if controls > max(_MOST_CONTROLS, _MOST_OF_ALL * len(text)):
        raise FileUnreadable(
            "不是文字（像是程序、图片或压缩文件）。请另存为 .txt（UTF-8）或 .docx 再试"
        )
    return text


def _numbered(text: str) -> Iterator[Told]:
    lines = re.split("\r\n?|[\n\v\f\x85\u2028\u2029]", text)
    _refuse_beyond(sum(map(bool, map(str.strip, lines))))  # before any is looked at
    rows: list[tuple[int, list[str]]] = []
    read = heads = 0  # the last line of a table that was pasted; heads without one
    for number, line in enumerate(lines, 1):
        if number <= read or (not line and not rows):
            continue
        pasted = _table(lines, number - 1) if not rows and heads < _MOST_HEADS else None
        if pasted and pasted[0]:
            yield from as_lines(pasted[0])
            read = pasted[1]
            continue
        heads += pasted is not None
        cells = _cells(line, rows, lines[number : number + 2])
        if cells:
            rows.append((number, cells))
            continue
        if rows:
            yield from as_lines([*with_merged(rows)])
            rows = []
        found = _HEADING.match(line)
        line = _TITLE_RUNS_ON.sub("\\1　　", found[2] if found else line)
        for part in _PARAGRAPHS.split(with_breaks(line)):
            for piece in part.split("\n"):
                yield Told(number, piece, len(found[1]) if found else 0)
    yield from as_lines([*with_merged(rows)])


def _table(lines: Sequence[str], at: int) -> Found | None:
    return spaced_table(lines, at) or pasted_table(lines, at)


def _cells(line: str, above: list[tuple[int, list[str]]], below: Sequence[str]) -> list[str]:
    """The cells of a line of a table: of Markdown's, or of as many tabs as its neighbour's.

    `below`: the two lines that follow, of which one may be a heading over all columns.
    """
    if line.lstrip().startswith("|"):
        whole = line.strip()[1:].removesuffix("|")
        return [_BOLD.sub(r"\1", cell.strip()) for cell in whole.split("|")]
    tabs = line.count("\t")
    counts = [one.count("\t") for one in below]
    if above and not tabs and line.strip() and counts[:1] == [len(above[-1][1]) - 1]:
        return [line.strip()] + [""] * counts[0]
    if tabs < _LEAST_TABS:
        return []
    has_neighbour = tabs in counts or (above and len(above[-1][1]) == tabs + 1)
    return [cell.strip() for cell in line.split("\t")] if has_neighbour else []


def _refuse_beyond(count: int) -> None:
    if count > _MOST_LINES:
        raise FileUnreadable(f"里面有 {_MOST_LINES} 行以上，不像是一份通知，请只留通知再试")


def _cleaned(lines: Iterable[Told]) -> Iterator[NoticeLine]:
    for line in lines:
        text = without_radicals(_INVISIBLE.sub("", line.text)).strip()
        if not text or (_PAGE_NUMBER.fullmatch(text) and line.row is None):
            continue
        if _LINKS.fullmatch(text):
            yield NoticeLine(line.place, text, lost=UNREAD)
            continue
        if _RULE.fullmatch(text):
            yield NoticeLine(line.place, "", is_end=True)
        else:
            text = _MARKED.sub("", text.translate(_COLONS))
            text = _WHEN_BRACKETED.sub(r"\1：", _BRACED.sub(r"（\1）", text))
            if BLANK.search(text):
                text = _TASK_NUMBERED.sub(r"\1：", text)
                text = _CHINESE_NUMBERED.sub(r"\1\2、", text)
            text = _DASHED_LABEL.sub("", text)
            text = close_up(_NUMBERED.sub(r"\1.", _MARKUP.sub("", text)))
            is_of_persons = line.row is None and _OF_PERSONS.fullmatch(text)
            lost = UNREAD if is_of_persons else line.lost
            yield NoticeLine(line.place, text, line.heading, row=line.row, lost=lost)
