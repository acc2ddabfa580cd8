"""What a task's words ask to be reached: figures with a unit, and a word that sets a target."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from foodsafety_cli.analysis.bracket import matching
from foodsafety_cli.model.plan import Indicator, Kind, Period
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.dates import Due, deadlines

_FIGURE = r"(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)(?P<times>[万亿千]?)"
_COUNTED = (
    "批次/千人|批次/万人|份/千人|批次|户次|家次|人次|场次|次/年|平方米|公里|万元|亿元|元|个|家|户|人|名|项|件|起|场|次|"
    "套|台|座|所|亩|吨|处|条|期|篇|份|批|辆|张|部|支|只|头|盏|块|本|分"
)
_AT_MOST = (
    "不超过|不高于|不多于|不大于|控制在|降至|降到|降低到|下降到|压减到|压缩到|"
    "(?<!不)低于|(?<!不)小于|(?<!不)少于"
)
_AT_LEAST = (
    "达到|达|不低于|不少于|不小于|高于|超过|突破|提高到|提高至|提升到|提升至|保持在|稳定在|增至|增加到|扩大到|"
    "至少|力争|完成|实现|累计"
)
_DOING = (
    "完成|新增|新建|建成|建设|创建|培育|开展|组织|举办|发布|培训|检查|抽检|抽查|监测|改造|打造|整治|查办|办理|"
    "制定|制修订|修订|推广|发展|认定|评选|选树|配备|设立|建立|实施|检验|检测|评价"
)
_PERCENT = re.compile(f"{_FIGURE}(?P<unit>%|％|‰|个百分点)(?P<after>以上|以内|以下|左右|及以上)?")
_COUNT = re.compile(
    f"(?<![第0-9.×一-龥]第){_FIGURE}(?P<unit>{_COUNTED})(?P<after>以上|以内|以下|左右)?"
)
_CUE = re.compile(f"{_AT_MOST}|{_AT_LEAST}|占|(?<=率)$|(?<=比例)$|(?<=覆盖面)$")
_NUMBER_CUE = re.compile(f"(?:{_AT_MOST}|{_AT_LEAST}|{_DOING})[^，。；;、]{{0,14}}$")
_MOST_CUE = re.compile(f"(?:{_AT_MOST})[^，。；;、]{{0,4}}$")
_KNOWN_ALREADY = re.compile(
    "(?:等|前|近|现有|原有|已有|上述|以下|下列|其中|第|这|该|每|上年|去年|[0-9])$"
)
_ALL = re.compile(
    "(?P<whose>.{2,60}?)(?:实施|实现|开展|达到|做到|基本实现)?全(?:面)?覆盖"
    "|(?P<all>[一-龥”“、/（）()A-Za-z0-9]{3,60}?)全部(?:予以)?(?:实施|纳入|完成|实现|开通|建成|达到|落实|整改|取缔|安装|"
    "配备|接入|建立|公开|公示|备案|持证|办结|销号|入网|上线)"
)
_SPREADS = re.compile("覆盖|普及|全部|纳入|安装|建成|推广|开具|持证|配备|创建|入网|接入|建档")
_URGING = re.compile(
    "^(?:并|且|要|应|须|同时|切实|进一步|努力|力争|争取|确保|保证|保障|推动|促使|使|到20[0-9]{2}年底?)+"
)
_STOP = re.compile(  # 、 too, between two shares that each have their own word
    "[，,。；;！？!?：:\n]"
    "|(?<=[%％上内])、(?=[^，,。；;、]{2,40}(?:达|率|不低于|占)[^，,。；;、]{0,6}[0-9.]+[%％])"
)
_LEADING_VERB = re.compile(
    "^(?:全年|今年|完成|开展|推进|加强|加大|提高|提升|确保|力争|实行|实现|全面|进一步|使|将)+(?=.{3})"
)
_LONGEST_NAME = 24
_LONGEST_CLAUSE = 400


class Quantity(ValueType):
    """An indicator as far as a text tells it, and what a reviewer should look at."""

    indicator: Indicator
    doubt: str = ""


def quantities(text: str, period: Period) -> Iterator[Quantity]:
    """The indicators of a text, each quoting its clause; names do not repeat."""
    taken: set[str] = set()
    clauses = [clause for clause in _clauses(text) if clause.strip()]
    for clause in clauses:
        if len(clause) > _LONGEST_CLAUSE:
            continue
        found = _percent(clause) or _count(clause) or _everything(clause)
        found = found or (_milestone(clause, period) if len(clauses) > 1 else None)
        if found:
            name = _distinct(found.indicator.name, taken)
            yield found._replace(indicator=found.indicator._replace(name=name))


def _clauses(text: str) -> Iterator[str]:
    """What stands between stops; those inside brackets do not count."""
    inside = _outermost(matching(text))
    start = 0
    span = next(inside, None)
    for stop in _STOP.finditer(text):
        while span and span[1] < stop.start():
            span = next(inside, None)
        if (span and span[0] < stop.start()) or _is_thousand(text, stop.start()):
            continue
        yield _URGING.sub("", text[start : stop.start()])
        start = stop.end()
    yield _URGING.sub("", text[start:])


def _outermost(closes: dict[int, int]) -> Iterator[tuple[int, int]]:
    end = -1
    for opened, closed in sorted(closes.items()):
        if opened > end:
            end = closed
            yield opened, closed


def _is_thousand(text: str, at: int) -> bool:
    return text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit()


def _percent(clause: str) -> Quantity | None:
    for found in _PERCENT.finditer(clause):
        before, after = clause[: found.start()], clause[found.end() :]
        if not (_CUE.search(before) or found["after"] or _of_whom(after)):
            continue
        unit = "%" if found["unit"] == "％" else found["unit"]
        name = _name(_subject(before) or after)
        kind = Kind.CUMULATIVE if _SPREADS.search(clause) else Kind.RATE
        return _quantity(clause, found, name, kind, unit)
    return None


def _subject(before: str) -> str:
    """What stands before the word that makes the figure a target."""
    cues = list(_CUE.finditer(before))
    subject = (before[: cues[-1].start()] or before[cues[-1].end() :]) if cues else before
    return _LEADING_VERB.sub("", subject)


def _of_whom(after: str) -> bool:
    """90%的重点单位纳入……: a share of somebody that does something."""
    return after.startswith("的") and bool(re.search("纳入|完成|实现|达到|建成|接入", after))


def _count(clause: str) -> Quantity | None:
    for found in _COUNT.finditer(clause):
        before, after = clause[: found.start()], clause[found.end() :]
        is_attribute = after.startswith("的") and not found["after"]
        if is_attribute or _KNOWN_ALREADY.search(before) or not _NUMBER_CUE.search(before):
            continue
        name = _name(after if len(after) > 2 else _subject(before))
        unit = (found["times"] if found["unit"] == "元" else "") + found["unit"]
        return _quantity(clause, found, name, Kind.CUMULATIVE, unit)
    return None


def _quantity(clause: str, found: re.Match[str], name: str, kind: Kind, unit: str) -> Quantity:
    figure = Decimal(found["figure"].replace(",", ""))
    scale = {"千": 1000, "万": 10_000, "亿": 100_000_000}.get(found["times"], 1)
    figure *= 1 if unit[:1] in "万亿" and found["times"] else scale
    others = len(_PERCENT.findall(clause)) if unit == "%" else len(_COUNT.findall(clause))
    doubt = f"这一句里有 {others} 个数，只取了第一个" if others > 1 else ""
    most = found["after"] in ("以内", "以下") or _MOST_CUE.search(clause[: found.start()])
    impossible = figure <= 0 or figure >= 10**12 or (unit == "%" and figure > 100)
    if most or impossible:
        limit = f"上限 {figure}{unit}" if most else f"目标 {figure}{unit}"
        return Quantity(Indicator(name, clause, Kind.MILESTONE), f"{limit}，按节点填报")
    return Quantity(Indicator(name, clause, kind, figure, unit), doubt)


def _everything(clause: str) -> Quantity | None:
    found = _ALL.search(clause)
    if not found:
        return None
    name = _name(found["whose"] or found["all"])
    return Quantity(Indicator(name, clause, Kind.CUMULATIVE, Decimal(100), "%"))


def _milestone(clause: str, period: Period) -> Quantity | None:
    """Something to be done by a day, one thing of several in its task."""
    for found in deadlines(clause, period):
        inside = found.date and period.start <= found.date <= period.end
        if found.kind is Due.DONE and inside and len(clause) > len(found.words.split("前")[0]) + 3:
            after = re.split("[前底末内]", found.words, maxsplit=1)[-1]
            name = _name(re.sub("^(?:之前|前|要|应|须|需|完成|向|对|把|将)+", "", after) or clause)
            return Quantity(Indicator(name, clause, Kind.MILESTONE, due=found.date))
    return None


def _name(words: str) -> str:
    """A short name out of the words beside a figure."""
    words = re.sub("(?:任务|以上|的|数量)+$", "", words.strip("的、 "))
    pieces = [piece for piece in re.split("[、（）()的]", words) if piece]
    name = pieces[-1] if pieces and len(words) > _LONGEST_NAME else words
    return name[-_LONGEST_NAME:] or "指标"


def _distinct(name: str, taken: set[str]) -> str:
    options: Iterable[str] = (name, *(f"{name}{n}" for n in range(2, len(taken) + 3)))
    chosen = next(option for option in options if option not in taken)
    taken.add(chosen)
    return chosen
