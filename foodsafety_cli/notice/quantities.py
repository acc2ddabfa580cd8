"""What a task's words ask to be reached: figures with a unit, and a word that sets a target."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from foodsafety_cli.analysis.bracket import matching
from foodsafety_cli.model.plan import Indicator, Kind, Period
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.clauses import LONGEST, clauses_of, in_digits, without_whom
from foodsafety_cli.notice.dates import HALF_DIGITS, DateSense, Deadline, deadlines
from foodsafety_cli.notice.figure_days import Completion, FigureDays
from foodsafety_cli.notice.figurewords import (
    AGAIN_AND_AGAIN,
    ALL,
    COUNT,
    EACH,
    GIVEN,
    INDEX,
    LEADING_VERB,
    MOST_CUE,
    MOST_OF_ALL,
    NUMBER_CUE,
    PAST,
    PERCENT,
    SPREADS,
    TIMES,
    YEARS_EACH,
)
from foodsafety_cli.notice.naming import distinct, each_of, name_of, names_of
from foodsafety_cli.notice.targets import is_target_share, target_counts

_TOLD = 12  # characters before a figure that was not taken


_MOST_DAYS = 500
_IS_REWARDED = re.compile(
    "(?:分别)?(?:给予|予以(?:奖|补)|一次性(?:奖|补))"
)  # what comes before is for whom
# which have no unit
_IS_INDEX = re.compile("(?:系数|指数|比值|得分|年限|强度|[^比]率)[^，。；]{0,14}$")
_IN_WORDS = re.compile(
    "翻[一两二]番|(?:压缩|压减|减少|下降|降低|缩短)一半|减半(?!征)|(?:动态|全面)?清零"
    "|前[一二三四五六七八九十两]{1,2}[名位]|零(?:发生|事故|死亡|伤亡|投诉|上访|舆情|感染)"
)
_RANGE = re.compile("[0-9][万亿%％‰]?(?:[—~～\\-–]{1,2}|至|到)([0-9.]+)")
_DIGIT = re.compile("[0-9]")
_YEAR_FIRST = re.compile(
    "(20[0-9]{2})年(?![底末内前—~～-]|拟|将|要|力争|计划|预计|确保|完成|新|建成|实现|达到)"
)
_IS_WHOSE = re.compile("对.{4,}的[^的]{2,}$")  # 对9月底前完成改造的小餐饮: to whom, not what
_HOW_OFTEN_SAID = re.compile("每个?(?:季度|季|月|半年|半月|[两2双]个?[月周]|旬|学期|周)")
_ALL_YEAR = re.compile("全年")
_DONE_IN = re.compile(  # of what is done by then, and of nothing that follows
    "(?:第?[一二三四]季度|[上下]半年)[内前]?(?:完成|制定|出台|建成|启动|开展|建立).{2,}"
)
_FUNDS = re.compile(  # 落实奖补资金420万元: what is found, and not what is given
    "(?:落实|足额|安排|筹集|争取|下达|投入|拨付)[^，。；0-9]{0,14}(?:补助|奖补|补贴|扶持)(?:资金|经费)[0-9]"
    "|[^，。；0-9]{0,4}(?:安排|兑现|发放)[^，。；0-9]{0,14}(?:补助|奖补|补贴|奖励)(?:资金|经费)?"
    "(?:不少于|达到?|超过|突破)?[0-9.]+[万亿]元"
)


class Quantity(ValueType):
    """An indicator as far as a text tells it, and what a reviewer should look at."""

    indicator: Indicator
    doubt: str = ""
    at: int = 0  # where its figure stands in its clause
    is_minor: bool = False  # 二季度开工: a step only of a task that asks for more


def quantities(text: str, period: Period, year: int | None = None) -> Iterator[Quantity]:
    """The indicators of a text, each quoting its clause; names do not repeat.

    `year`: that of days without one, the period's last unless told otherwise.
    """
    yield from _ClauseReader(text, period, year).quantities()


class _ClauseReader:
    """Goes through the clauses of a text, with what the ones before say about the next."""

    def __init__(self, text: str, period: Period, year: int | None) -> None:
        self._printed = text
        self._period = period
        # one of many a task is due on; of thousands, no more are looked for in each clause
        self._days = list(dict.fromkeys(deadlines(text, period, year=year)))[:_MOST_DAYS]
        self._text = without_whom(text.translate(HALF_DIGITS))
        self._clauses = [clause for clause in clauses_of(self._text) if clause.strip()]
        self._figure_days = FigureDays(self._text, period, year)
        self._taken: dict[str, int] = {}
        self._done: list[Quantity] = []  # what is said of one clause and done by another
        self._asked = -1  # where the last clause stands that asks for something
        self._before = ""
        self._goes_on = False  # whether the clause before has set a figure

    def quantities(self) -> Iterator[Quantity]:
        """The indicators in the order of the text; behind them what is only said to be done."""
        place = 0
        for clause, after in zip_longest(self._clauses, self._clauses[1:], fillvalue=""):
            if _IS_REWARDED.match(after) and clause.endswith(("的", "元")):
                self._before, self._goes_on = clause, False
                continue
            at = self._text.find(clause, place)
            place = max(at, place)
            if len(clause) > LONGEST or _is_of_before(clause, self._period):
                continue
            # in the notice's own digits
            quote = self._printed[at : at + len(clause)] if at >= 0 else clause
            if completion := self._figure_days.completion(place, place + len(clause)):
                self._complete(completion, quote)
                self._figure_days.spend(place + len(clause))
                continue
            found = self._asked_for(clause, place)
            yield from self._told(found, clause, place, quote)
            self._before = clause
        if self._taken or len(self._done) > 1:  # else its day is the task's
            yield from self._told(self._done, "", 0, "")

    def _complete(self, completion: Completion, quote: str) -> None:
        """建立台账，9月底前完成: one thing of several, if nothing else is asked for in it."""
        is_of_before = self._asked < completion.since < completion.at
        if what := completion.what or (self._before if is_of_before else ""):
            done = Indicator(name_of(what), quote, Kind.MILESTONE, due=completion.day)
            self._done.append(Quantity(done))
        self._goes_on = False

    def _asked_for(self, clause: str, place: int) -> Sequence[Quantity]:
        found = [*_figures(in_digits(clause), self._before, goes_on=self._goes_on)]
        self._goes_on = bool(found)
        if not found:
            found = [*filter(None, [_everything(clause)])]
        if not found and len(self._clauses) > 1 and not PAST.match(clause):
            step = _milestone(clause, self._days, self._period)
            if step or _DONE_IN.match(clause):
                self._figure_days.spend(place + len(clause))
            if step and step.is_minor:
                self._done.append(step)
            elif step:
                found = [step]
        self._asked = place if found else self._asked
        return found

    def _told(
        self, found: Sequence[Quantity], clause: str, place: int, quote: str
    ) -> Iterator[Quantity]:
        """The indicators of a clause with names of their own, their days and their quote."""
        for one, own_day in zip(found, _of_years(clause, len(found)), strict=True):
            at, days = place + one.at, self._figure_days
            told = days.completed(at) if _ALL_YEAR.match(clause) else days.of(at)
            day = one.indicator.due or own_day or told
            due = day if day and self._period.start <= day < self._period.end else None
            doubt = one.doubt
            if day and day > self._period.end:
                doubt = "；".join(filter(None, (doubt, f"时限 {day} 在工作期以外")))
            name = distinct(one.indicator.name, self._taken)
            said = quote or one.indicator.quote
            yield Quantity(one.indicator._replace(name=name, due=due, quote=said), doubt)


def _is_of_before(clause: str, period: Period) -> bool:
    """2023年全市投保企业1260家, in a plan for a later year: what was, to compare with."""
    year = _YEAR_FIRST.match(clause)
    return year is not None and int(year[1]) < period.start.year


def figures(text: str) -> Iterator[str]:
    """Every figure with a unit in a text, with what stands before it; days and years are none.

    Also what is said in words: 翻一番, 前三名, 零事故.
    """
    for found in (*PERCENT.finditer(text), *COUNT.finditer(text), *_IN_WORDS.finditer(text)):
        if found.re is _IN_WORDS or not TIMES.search(found["unit"]):
            start = found.start()
            before = re.split("[，,。；;、！？：:]", text[max(0, start - _TOLD) : start])[-1]
            yield before + found.group()


def _figures(clause: str, before: str, *, goes_on: bool) -> Iterator[Quantity]:
    """Every figure of a clause that sets a target, in its order.

    `goes_on`: the clause before has set one, too.
    """
    if not _DIGIT.search(clause):
        return
    if (GIVEN.search(clause) and not _FUNDS.match(clause)) or PAST.match(clause):
        return
    aside = [*matching(clause).items()] if not clause.startswith(("（", "(")) else []
    shares = [found for found in PERCENT.finditer(clause) if is_target_share(clause, found)]
    shares = [found for found in shares if not _is_aside(clause, found, aside)]
    counts = [found for found in COUNT.finditer(clause) if not _overlaps(found, shares)]
    counts = [found for found in counts if not _is_aside(clause, found, aside)]
    if not shares:
        counts = target_counts(clause, counts, goes_on=goes_on)
    elif not NUMBER_CUE.search(clause[: shares[0].start()]):
        counts = []
    else:  # 100人以上的聚餐报告率, 24小时扑灭率: of which ones, not how many
        counts = [one for one in counts if one.start() > shares[0].start() or one.start() > 1]
        counts = target_counts(clause, counts, goes_on=False)
    counts += [one for one in INDEX.finditer(clause) if _IS_INDEX.search(clause[: one.start()])]
    found = sorted([*shares, *counts], key=lambda one: one.start())
    if not found:
        return
    names = names_of(clause, found, before)
    if len(found) == 1 and (several := each_of(clause[: found[0].start()])):
        found, names = found * len(several), several
    for one, name in zip(found, names, strict=True):
        unit = "%" if one["unit"] == "％" else one["unit"]
        spreads = unit not in ("%", "") or SPREADS.search(clause)
        kind = Kind.CUMULATIVE if spreads else Kind.RATE
        yield _quantity(clause, one, name, kind, unit)


def _is_aside(clause: str, found: re.Match[str], aside: Sequence[tuple[int, int]]) -> bool:
    """Whether a figure stands in brackets, where it explains another one."""
    return any(a < found.start() < b and clause[a] in "（(〔[" for a, b in aside)


def _overlaps(found: re.Match[str], others: Sequence[re.Match[str]]) -> bool:
    return any(found.start() < other.end() and other.start() < found.end() for other in others)


def _quantity(clause: str, found: re.Match[str], name: str, kind: Kind, unit: str) -> Quantity:
    figure = Decimal(found["figure"].replace(",", ""))
    before = clause[: found.start()]
    most = found["after"] in ("以内", "以下", "及以下", "内", "之内")
    most |= bool(MOST_CUE.search(before) or MOST_OF_ALL.search(before))
    most &= found["after"] not in ("以上", "及以上")  # 低于市价15%以上
    span = _RANGE.search(found.group())
    if span and most:
        figure = Decimal(span[1].rstrip("."))
    doubt = f"原文是{found.group()}，取{'大' if most else '小'}的" if span else ""
    times = found["times"] or ""
    unit = re.sub("^个(?=批次|点位)", "", unit)
    unit = times + unit if times and (unit == "元" or times == "亿") else unit  # 亿斤
    if not (times and unit.startswith(times)):
        scaled = figure * {"千": 1000, "万": 10_000, "亿": 100_000_000}.get(times, 1)
        figure = scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled
    if figure <= 0 or figure >= 10**12 or (unit == "%" and figure > 100):
        words = f"目标 {figure:f}{unit}，按节点填报"
        return Quantity(Indicator(name, clause, Kind.MILESTONE), words, found.start())
    if most:
        limit = Indicator(name, clause, Kind.RATE, figure, unit, at_most=True)
        return Quantity(limit, doubt or f"上限 {figure:f}{unit}", found.start())
    aim = Indicator(name, clause, kind, figure, unit, each=bool(EACH.search(clause)))
    often = _HOW_OFTEN_SAID.search(before) if unit != "%" else None
    if often:
        doubt = f"{often.group()}{figure:f}{unit}，累计填报的请把目标写成全年的"
    return Quantity(aim, doubt, found.start())


def _everything(clause: str) -> Quantity | None:
    found = ALL.search(clause)
    if not found or AGAIN_AND_AGAIN.search(clause):
        return None
    name = name_of(LEADING_VERB.sub("", found["whose"] or found["all"]))
    return Quantity(Indicator(name, clause, Kind.CUMULATIVE, Decimal(100), "%"))


def _of_years(clause: str, count: int) -> list[dt.date | None]:
    """2024、2025年分别建成1条、2条: to each figure its year, where there are as many."""
    found = YEARS_EACH.search(clause)
    years = re.findall("20[0-9]{2}", found[1]) if found else []
    if len(years) != count:
        return [None] * count
    return [dt.date(int(year), 12, 31) for year in years]


def _milestone(clause: str, days: Sequence[Deadline], period: Period) -> Quantity | None:
    """Something to be done by a day, one thing of several in its task."""
    for found in days:
        if found.kind is not DateSense.DONE or found.words not in clause or _IS_WHOSE.match(clause):
            continue
        inside = found.date and period.start <= found.date <= period.end
        is_no_day = found.time.endswith(("内", "终"))  # 年内无案例, 年终总结
        after = found.words.removeprefix("" if found.time.endswith("终") else found.time)
        if inside and len(clause) > len(found.words if is_no_day else found.time) + 1:
            name = re.sub("^(?:之前|前|要|应|须|需|完成|向|对|把|将)+", "", after)
            if not name and found.words.endswith("完成"):
                return None  # 建立数据库，9月底前完成: the task itself
            name = name_of(name or clause)
            step = Indicator(name, clause, Kind.MILESTONE, due=found.date)
            return Quantity(step, is_minor=not found.time.endswith(("前", "前后")))
    return None
