"""Which brackets and lines of an item say who is responsible, and which say something else."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from foodsafety_cli.analysis.bracket import BracketReader, Reading, in_full, matching
from foodsafety_cli.analysis.bracket_words import BARE_LABEL, ROLE_LABEL
from foodsafety_cli.model.text import SEPARATORS
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.department_names import (
    can_be_department,
    is_department,
    is_surely_department,
    named,
)
from foodsafety_cli.notice.labelled_lines import STOPS, end_of_run, is_parted
from foodsafety_cli.notice.labels import ROW
from foodsafety_cli.notice.outline import Item

_BRACKETS = "（(〔[【［"
_CLOSES = dict(zip("）)〕]】］", _BRACKETS, strict=True))
_OPENING = re.compile("[（(〔\\[【［]")
_BEFORE = '。；;！？!?：:”》…）)〕]】"'
_LONGEST_HEADING = 60  # characters of a line with its bracket
_LONGEST_STRANGE = 12  # characters of a name that no rule knows, in a bracket without a role
_LONGEST = 2000  # characters; a bracket with more in it is no list of names
_LABEL = re.compile(f"{ROLE_LABEL}|[【〔\\[]{BARE_LABEL}[】〕\\]][:：]?")
_ROLE_LABEL = re.compile(ROLE_LABEL)
_DOES = ("牵头", "负责", "配合", "主办", "承办", "协办", "协助", "参与")
_KNOWN_LABEL = re.compile(
    "[^:：]{0,6}(?:牵头|责任|负责|主管|主办|承办|落实|实施|配合|协助|协办|参与|参加|分工)"
)
_SENTENCE_END = re.compile("[。；;]")
_REMARK_BEGINS = re.compile(
    "[，,](?=以下|不再|下列|上述"
    "|(?:应|须|需|要)(?:当|及时|定期|按时|书面|统一|逐级)?(?:报|经|向|将|把|在|于))"
)
_LABEL_IN_BRACKETS = re.compile("^[【〔\\[]([一-龥]{2,12})[】〕\\]][:：]?")
_AFTER_STOP = re.compile(
    "[。；;）)〕】 ]|[，,](?=(?:牵头|责任|负责|配合|主办|协办)(?:单位|部门)[:：])"
)
_DAYS = re.compile(
    "第?[1-4]季度|(?:20)?[0-9]{2}年|[0-9]{1,2}[月日号]|[0-9]{1,2}(?=[—–~～-][0-9]{1,2}[月日])"
)
_COUNTS = re.compile("[0-9]")
_OF_SHORT_ONES = re.compile(
    "^[省市县区州旗](?:[一-龥]{2,4}、){1,8}[一-龥]{2,4}等(?:[0-9一二三四五六七八九十]{1,2}个)?(?:有关|相关)?(?:部门|单位)"
)
# one that stands within another
_CLOSED = re.compile("[（(〔\\[【［][^（(〔\\[【［）)〕\\]】］]{1,20}[）)〕\\]】］]")
_MAY_SAY = re.compile("牵头|负责|配合|承办|主办|会同|研究提出|组织(?:落实|推进|实施)")
_SAID = re.compile(
    "(?:由)?(?:[^，。；：（〔(\\[【［]|（[^（）]{1,8}）){2,60}?"
    f"(?:{_MAY_SAY.pattern})"
    "(?:[^。；：（〔(\\[【［]|（[^（）]{1,8}）){0,160}(?:[。；]|$)"
)
# what nothing is without that names somebody: a bracket, a label, a sentence about it
_MAY_NAME = re.compile(f"[{re.escape(_BRACKETS)}:：]|单位为|部门为|{_MAY_SAY.pattern}")
_BY_WHOM = re.compile("(?:^|[，,。；;])(?=由)")
# 牵头单位及责任人：市农业农村局（张某某）: whose name it is does not matter
_WITH_PERSONS = re.compile(
    "[^:：]{2,8}[及和、与（(](?:责任人|负责人|责任领导|分管领导|联系人)[）)]?[:：]"
)
_PERSON = re.compile(
    "[（(][一-龥]{2,4}(?<![区镇街道村])[)）]|(?<=[局委办厅部院会心司站处队])"
    f"(?![一-龥]{{1,2}}[局委办厅部院会心司站处队所室])[一-龥]{{2,3}}(?=$|[{SEPARATORS}。])"
)
_NOBODY_KNOWN = BracketReader(())


class Bracket(ValueType):
    """A bracket, or a labelled run of words, and whom it names."""

    start: int
    end: int
    words: str  # what is inside
    line: int
    names: tuple[str, ...]  # as printed
    speaks_of_roles: bool
    is_at_an_end: bool  # of a sentence or of the item
    is_labelled: bool = False  # 责任单位：…
    remark: str = ""  # a sentence that stood in it after the names


class _Said(ValueType):
    """What the words of a bracket say, wherever it stands; as in `Bracket`."""

    words: str
    remark: str
    names: tuple[str, ...]
    speaks_of_roles: bool
    is_labelled: bool


def candidates(item: Item) -> Iterator[Bracket]:
    """Every bracket of an item that stands in no other one, and every labelled run."""
    text, at = item.text, 0
    if not _MAY_NAME.search(text):
        return
    closes = matching(text)
    runs = _runs(item)
    last = len(text.rstrip(STOPS))
    for start in sorted({*runs, *(found.start() for found in _OPENING.finditer(text))}):
        if start < at:
            continue
        if start in runs:
            at = runs[start]
            run = _bracket(item, start, at, text[start:at].rstrip(STOPS), last)
            # a label begins a line or stands after a stop: nobody is named there by the way
            yield run._replace(is_at_an_end=run.is_at_an_end or run.is_labelled)
        else:
            end = closes.get(start, len(text) if _may_be_open(text, start) else start)
            at = end + 1
            if end > start:
                yield _bracket(item, start, min(at, len(text)), text[start + 1 : end], last)


def said_within(item: Item) -> Iterator[Bracket]:
    """What sentences of an item say at their end: ……，由市公安局牵头，市教育局配合。

    For texts that have neither brackets nor labels: elsewhere such words speak of a part.
    """
    at = 0
    for found in _BY_WHOM.finditer(item.text):
        said = _SAID.match(item.text, found.end()) if found.end() >= at else None
        if said and _is_said(said.group(), is_department):
            at = said.end()
            yield said_at(item, said.start(), at)


def said_at(item: Item, start: int, end: int) -> Bracket:
    """What words of a sentence say, as a bracket at its end would."""
    words, last = item.text[start:end].rstrip(STOPS), len(item.text.rstrip(STOPS))
    return _bracket(item, start, end, words, last)._replace(is_at_an_end=True)


def _may_be_open(text: str, at: int) -> bool:
    """A bracket that is never closed can only be the last, with nothing like a sentence in it."""
    rest = _CLOSED.sub("", text[at + 1 : at + 401])
    return len(text) - at <= 400 and "。" not in rest and not any(c in rest for c in _BRACKETS[2:])


def _runs(item: Item) -> dict[int, int]:
    """Where labelled runs begin and end: at a full stop, or with the line if no name goes on."""
    runs: dict[int, int] = {}
    starts = [piece.start for piece in item.pieces]
    lines = set(starts)
    may_say = bool(_MAY_SAY.search(item.text))
    end = 0
    for at in sorted({*starts, *(stop.end() for stop in _AFTER_STOP.finditer(item.text))}):
        label = _LABEL.match(item.text, at) if at >= end else None
        is_in_line = at not in lines and item.text[at - 1 : at] in ("）", ")")
        if label and is_in_line and label.group()[:-1] in _DOES:
            label = None  # 各乡镇（街道）配合：排查……
        if label and not is_parted(starts, at, label.end()):
            end = runs[at] = end_of_run(item.text, label.end(), starts)
        elif may_say and at >= end and (said := _SAID.match(item.text, at)) and _is_said(said[0]):
            end = runs[at] = said.end()
    return runs


def _is_said(sentence: str, is_name: Callable[[str], bool] = is_surely_department) -> bool:
    """Whether a sentence only says who does what: 由市公安局牵头，市教育局配合。"""
    if _COUNTS.search(_DAYS.sub("", sentence)):
        return False  # 6月10日前完成32处排查: work, and no time of it
    reading = _NOBODY_KNOWN.read(_without_stray(sentence.rstrip(STOPS)))
    names = [name for run in reading.unknown for name in named(run).names]
    return reading.speaks_of_roles and bool(names) and all(map(is_name, names))


def _without_stray(words: str) -> str:
    """The words without a mark at their end that closes a bracket which nothing has opened."""
    is_stray = words[-1:] in _CLOSES and words.count(_CLOSES[words[-1]]) < words.count(words[-1])
    return words[:-1].rstrip(STOPS) if is_stray else words


def _bracket(item: Item, start: int, end: int, words: str, last: int) -> Bracket:
    """What one says; `last` is where the item's words end."""
    said = _said_by(words)
    is_at_an_end = start == 0 or end >= last or item.text[start - 1] in _BEFORE
    is_at_an_end = is_at_an_end or ends_heading(item, end)
    return Bracket(
        start,
        end,
        said.words,
        item.line_at(start),
        said.names,
        said.speaks_of_roles,
        is_at_an_end,
        said.is_labelled,
        said.remark,
    )


@lru_cache(maxsize=4096)  # a text says the same over and over
def _said_by(words: str) -> _Said:
    words = _LABEL_IN_BRACKETS.sub(r"\1：", _without_stray(words))
    if _WITH_PERSONS.match(words):
        words = _PERSON.sub("", words)
    words, remark = _without_remark(words) if len(words) <= _LONGEST else (words, "")
    reading = _NOBODY_KNOWN.read(words) if len(words) <= _LONGEST else Reading((), ())
    is_labelled = bool(_ROLE_LABEL.match(words))
    return _Said(words, remark, _names(reading), reading.speaks_of_roles, is_labelled)


def ends_heading(item: Item, end: int) -> bool:
    """Whether an item's first line is a short heading that ends here, with its words below."""
    first = item.pieces[1].start if len(item.pieces) > 1 else 0
    return bool(first) and end == first <= _LONGEST_HEADING and "。" not in item.text[: end - 1]


def labels_head(item: Item, brackets: Sequence[Bracket]) -> bool:
    """Whether labelled lines right below an item's first say who answers: 牵头单位：县卫健局.

    What stands below them is its words then; below a table it is no part of the last row.
    """
    if item.rank == ROW:
        return False
    first = item.pieces[1].start if len(item.pieces) > 1 else len(item.text)
    is_below = bool(brackets) and not item.text[first : brackets[0].start].strip()
    return is_below and brackets[0].start >= first and brackets[0].is_labelled


def _names(reading: Reading) -> tuple[str, ...]:
    names = [name for run in reading.unknown for name in named(run).names]
    return tuple(map(in_full, ["", *names], names))


def _without_remark(words: str) -> tuple[str, str]:
    """The names and roles, and the sentences after them that name nobody in particular."""
    stop = _SENTENCE_END if _SENTENCE_END.search(words) else _REMARK_BEGINS
    pieces = [found.end() for found in stop.finditer(words)]
    kept = len(words)
    for start in reversed([end for end in pieces if end < len(words)]):
        names = _names(_NOBODY_KNOWN.read(words[start:kept]))
        is_labelled = _ROLE_LABEL.match(words[start:kept].lstrip()) and any(
            map(is_department, names)
        )
        if all(map(is_department, names)) or is_labelled:
            break
        kept = start
    if kept == len(words) or not any(map(is_department, _names(_NOBODY_KNOWN.read(words[:kept])))):
        return words, ""
    return words[:kept].rstrip(STOPS), words[kept:].strip(STOPS)


def is_responsibility(bracket: Bracket, known: Collection[str]) -> bool:
    """Whether a bracket says who is responsible; `known` are the departments named elsewhere."""
    names = bracket.names
    if not names:
        return False
    surely = [name in known or is_surely_department(name) for name in names]
    if all(name in known or is_department(name) for name in names):
        if bracket.speaks_of_roles:
            return all(surely) or bracket.is_at_an_end
        return any(surely) and bracket.is_at_an_end
    if (
        bracket.is_labelled
        and not _KNOWN_LABEL.match(bracket.words)
        and not is_department(names[0])
    ):
        return False  # 水利部门：要把……: the words below a department's name
    # one strange name does not throw away a bracket that says who does what, or names others
    if not all(name in known or can_be_department(name) for name in names):
        return False
    if not bracket.speaks_of_roles:
        strange = [name for name in names if not (name in known or is_department(name))]
        is_short = all(len(name) <= _LONGEST_STRANGE for name in strange)
        return (
            bracket.is_at_an_end
            and len(strange) == 1
            and is_short
            and all(sure for name, sure in zip(names, surely, strict=True) if name not in strange)
            and any(surely)
        )
    # 体育部门牵头，工会、教育等配合: a few departments stand for those that are written short
    are_some = len(names) > 1 and any(map(is_department, names))
    # 县林业、住建、文旅等部门负责: all of them are
    are_some |= len(names) > 1 and bool(_OF_SHORT_ONES.search(bracket.words))
    return bracket.is_at_an_end and (bracket.is_labelled or any(surely) or are_some)
