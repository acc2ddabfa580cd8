"""What must hold of a plan's targets, shares and bases, beyond the types of its fields."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.faults import repeated, unknown_department
from foodsafety_cli.analysis.measures import HUNDRED, measure_of
from foodsafety_cli.analysis.reporters import Reporters
from foodsafety_cli.analysis.splitting import base_of, misses_unit
from foodsafety_cli.analysis.wording import TENTH, Computed, rounded_to
from foodsafety_cli.model.plan import Aggregate, Base, Indicator, Plan, Task
from foodsafety_cli.model.problem import Code, Fault, Path, Severity

# words that mean all of it
_ALL = re.compile(
    "全覆盖|全面覆盖|全部|所有|全数|全员|均|都|逐一|应.尽|百分之百|一律|每[家户个所处件批]"
    "|家家|户户|人人|处处|无遗漏|不漏一|无死角|无盲区",
)
# words that mean none of it
_NONE = re.compile("不发生|不出现|杜绝|零|无|未发生|没有|不得|严禁|坚决防止|防止|避免|为0|0起|清零")
_PERMILLE = re.compile(r"(\d+(?:\.\d+)?)\s*‰")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_CHINESE = re.compile(
    "([零〇一二两三四五六七八九十廿卅百千万亿]+)(?:点([零〇一二三四五六七八九]+))?"
)
_TENTHS = re.compile("([一二三四五六七八九])成([一二三四五六七八九半]?)")
_THOUSANDS = re.compile(r"(\d+)万(\d)千")
_PARTS = re.compile(
    r"([零〇一二两三四五六七八九十廿卅百千万\d]+)分之([零〇一二两三四五六七八九十廿卅百点\d.]+)"
)
_HALF = re.compile("一半|半数|过半")
_PERCENT = re.compile("\\d[%％]|[一二三四五六七八九]成|百分之(?!百)")
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TIMES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def _has_peers(plan: Plan, name: str, values: Collection[str]) -> bool:
    """Whether others of its group have a base: a county among counties, no bureau beside them."""
    groups = (set(d.members) for d in plan.departments if name in d.members)
    return name in values or any(not group.isdisjoint(values) for group in groups)


def check_bases(plan: Plan) -> Iterator[Fault]:
    """Names that are there, parts that make up their total."""
    names = {department.name for department in plan.departments}
    named = ((base.name, ("bases", n, "name")) for n, base in enumerate(plan.bases))
    yield from repeated(named, Code.DUPLICATE_BASE, "基数“{}”已写过")
    for n, base in enumerate(plan.bases):
        path: Path = ("bases", n)
        for name, value in base.values.items():
            if name not in names:
                yield unknown_department(plan, name, (*path, "values", name))
            if value < 0:
                yield _impossible((*path, "values", name), f"{name}的基数 {value} 不可能")
        total = sum(base.values.values())
        if base.total is not None and total != base.total:
            words = f"各单位之和 {total} 不等于合计 {base.total}（差 {base.total - total}）"
            yield Fault((*path, "total"), Code.BASE_TOTAL, words, "请核对各单位的数和合计")


def check_figures(plan: Plan, task: Task, indicator: Indicator, path: Path) -> Iterator[Fault]:
    """What an indicator says of its target: where it stands, whose it is, how it is shared."""
    has_target = measure_of(indicator).is_figure and indicator.target is not None
    if has_target and not _is_amended(plan, task, indicator):
        yield from _check_quote(task, indicator, path)
    who = Reporters(plan)
    reporters = who.of(task, indicator)
    yield from _check_adding_up(indicator, reporters, path)
    yield from _check_base(plan, indicator, reporters, (*path, "per"))
    yield from _check_split(plan, who, (task, indicator), (*path, "split"))


def _check_adding_up(indicator: Indicator, reporters: Sequence[str], path: Path) -> Iterator[Fault]:
    """How the reporters' figures make one, where that is not what somebody may think."""
    measure = measure_of(indicator)
    if indicator.aggregate is Aggregate.SUM and indicator.each:
        yield Fault(
            (*path, "each"),
            Code.EACH_WITH_SUM,
            "each 与 aggregate: sum 不能合用",
            "目标对每个单位分别成立的，不相加：请删去一个",
        )
    elif indicator.aggregate is Aggregate.SUM and measure.is_ratio:
        yield Fault(
            (*path, "aggregate"),
            Code.RATIO_WITH_SUM,
            f"“{indicator.name}”的单位是{indicator.unit}，是比率，各单位的数不能相加",
            "没有相加，按平均算：请删去 aggregate，或改成 mean、min",
            Severity.WARNING,
        )
    elif measure.averages_counts and len(reporters) > 1:
        yield Fault(
            (*path, "kind"),
            Code.COUNTS_AVERAGED,
            f"“{indicator.name}”写的是 rate，单位是{indicator.unit}，几个单位报的数取平均，不相加",
            "要相加的，请写 aggregate: sum；确实取平均的，请写 aggregate: mean",
            Severity.WARNING,
        )


def _check_base(
    plan: Plan, indicator: Indicator, reporters: Sequence[str], path: Path
) -> Iterator[Fault]:
    """What a ratio is counted per: there, of the same unit, with a figure for each reporter."""
    base = plan.base(indicator.per)
    if base is None:
        if indicator.per:
            words = f"bases 里没有“{indicator.per}”"
            yield Fault(path, Code.UNKNOWN_BASE, words, "请先在 bases 里写上这个基数")
        return
    known = {name for name, value in base.values.items() if value}
    known |= {name for name in indicator.split if not _has_peers(plan, name, base.values)}
    # under another of its names, of which `check_bases` tells
    renamed = (one for one in plan.departments if not base.values.keys().isdisjoint(one.aliases))
    known |= {one.name for one in renamed}
    lacking = [name for name in reporters if name not in known]
    if len(reporters) > 1 and lacking:
        words = f"基数“{indicator.per}”里没有{'、'.join(lacking)}的数"
        remedy = (
            "请在 bases 里补上；不按基数的单位（如市局）请从 reported_by 里去掉，"
            "再用 fs split 序号 --keep 单位=数 给它一份"
        )
        yield Fault(path, Code.BASE_LACKS_REPORTER, words, remedy)
    if not measure_of(indicator).has_ratios_unit:
        words = f"“{indicator.name}”的单位是{indicator.unit}，不是按“{indicator.per}”算的比率"
        no_ratio = "各单位的数相加的，请删去 per；是比率的请写全单位，如 批次/千人"
        yield Fault(path, Code.BASE_UNIT, words, no_ratio)
    elif misses_unit(indicator, base):
        words = f"基数“{indicator.per}”的单位是{base.unit}，指标的是{indicator.unit}，差了倍数"
        yield Fault(path, Code.BASE_UNIT, words, "请把基数换算成指标那样的单位")


def _check_split(
    plan: Plan, who: Reporters, about: tuple[Task, Indicator], path: Path
) -> Iterator[Fault]:
    """Shares of a target: of those who report, and adding up to it."""
    task, indicator = about
    if not indicator.split:
        return
    if indicator.each and any(share != indicator.target for share in indicator.split.values()):
        yield Fault(
            path,
            Code.SPLIT_TOTAL,
            f"“{indicator.name}”的目标 {indicator.target} 是每个单位的（each），不能再分给各单位",
            "各单位的目标不同的，请删去 each；都一样的，请删去 split",
        )
    reporters = who.of(task, indicator)
    outside = {n for n in indicator.split if not who.may_share(task, indicator, n)}
    outside |= {n for n in indicator.split if who.duties.is_group(n)}
    yield from _check_shares_of(plan, indicator, reporters, outside, path)
    if not indicator.each and not indicator.is_share:
        yield from _check_split_total(indicator, reporters, plan.base(indicator.per), path)


def _check_shares_of(
    plan: Plan,
    indicator: Indicator,
    reporters: Sequence[str],
    outside: Collection[str],
    path: Path,
) -> Iterator[Fault]:
    known = {one.name for one in plan.departments}
    for name, share in indicator.split.items():
        if name not in known:
            yield unknown_department(plan, name, (*path, name))
        elif name in outside:
            yield Fault(
                (*path, name),
                Code.SPLIT_OUTSIDE,
                f"“{name}”不是这个指标的报数单位",
                f"报数单位是{'、'.join(sorted(reporters))}；请改 split 或 reported_by",
            )
        if share < 0:
            yield _impossible((*path, name), f"{name}分到的 {share} 不可能")


def _check_split_total(
    indicator: Indicator, reporters: Sequence[str], base: Base | None, path: Path
) -> Iterator[Fault]:
    if indicator.target is None:
        return
    whole, is_ratio = indicator.target, measure_of(indicator).is_ratio
    if is_ratio and base is None:
        yield Fault(
            path,
            Code.SPLIT_WITHOUT_BASE,
            f"“{indicator.name}”的单位是{indicator.unit}，没有写 per，分到的数要当作各自的比率",
            "分到的是个数的，请加一行 per: 基数名（bases 里的）；各自的比率请改用 each",
            Severity.WARNING,
        )
        return
    if is_ratio and base:
        whole *= base_of(base, reporters)
    total = sum(indicator.split.values())
    # the counts of a ratio are whole ones, its target times the base need not be
    if abs(total - whole) >= (1 if is_ratio else Decimal("0.000001")):
        yield Fault(
            path,
            Code.SPLIT_TOTAL,
            f"各单位分到的合计 {Computed(total).shown():f}，应是 {Computed(whole).shown():f}",
            "请核对；可用 fs split 按基数分解",
        )


def _is_amended(plan: Plan, task: Task, indicator: Indicator) -> bool:
    """Whether a later document gives the target that the plan has already."""
    key = (task.id, indicator.name, indicator.target)
    return any((a.task, a.indicator, a.target) == key for a in plan.amendments)


def _check_quote(task: Task, indicator: Indicator, path: Path) -> Iterator[Fault]:
    """A target's number stands in its quote, in digits or in words."""
    target = indicator.target or Decimal(0)
    numbers = list(_numbers(indicator.quote))
    permille = [Decimal(found[1]) for found in _PERMILLE.finditer(indicator.quote)]
    is_all = indicator.is_share and target == HUNDRED and bool(_ALL.search(indicator.quote))
    is_all &= not _PERCENT.search(indicator.quote)  # 各县合格率均达到97%
    is_told_otherwise = indicator.quote not in task.text or (
        indicator.is_share and target > HUNDRED
    )
    if (
        is_told_otherwise
        or target in numbers
        or is_all
        or (not target and bool(_NONE.search(indicator.quote)))
        or (indicator.unit == "%" and target * 10 in permille)
        or (not numbers and _is_counted(indicator, target))
    ):
        return
    yield Fault(
        (*path, "target"),
        Code.TARGET_NOT_IN_QUOTE,
        f"目标值 {target:f} 不在引文“{indicator.quote}”里",
        "请照通知改；后来的文件改了目标的，请写进 amendments",
    )


def _is_counted(indicator: Indicator, target: Decimal) -> bool:
    """Whether the target is how many the quote names: 城区、阳城、陵川 are three."""
    return target == len(re.split("[、和及与]", indicator.quote))


def _numbers(text: str) -> Iterator[Decimal]:
    """Every number of a text, in digits or in words: 1.2万, 九成五, 一万二, 百分之九十五点五."""
    for found in _NUMBER.finditer(text):
        number = Decimal(found.group().replace(",", "").replace("，", ""))
        yield number
        if times := _TIMES.get(text[found.end() : found.end() + 1]):
            yield number * times
    for found in _THOUSANDS.finditer(text):
        yield Decimal(found[1]) * 10**4 + Decimal(found[2]) * 1000
    for found in _TENTHS.finditer(text):
        half = 5 if found[2] == "半" else _DIGITS.get(found[2] or "", 0)
        yield Decimal(_DIGITS[found[1]] * 10 + half)
    for found in _PARTS.finditer(text):
        yield from _as_percent(found[1], found[2])
    if _HALF.search(text):
        yield Decimal(50)
    for found in _CHINESE.finditer(text):
        whole = Decimal(_chinese(found[1]))
        places = "".join(str(_DIGITS[char]) for char in found[2] or "")
        yield whole + Decimal(f"0.{places}") if places else whole


def _as_percent(whole: str, part: str) -> Iterator[Decimal]:
    """千分之五 is 0.5 %, 四分之三 is 75 %, 三分之二 is 66.7 % or 66.67 %."""
    of, some = next(_numbers(whole), None), next(_numbers(part), None)
    if of and some is not None:
        percent = some * HUNDRED / of
        yield from (percent, rounded_to(percent, TENTH), rounded_to(percent, Decimal("0.01")))


def _chinese(words: str) -> int:
    """一百二十 is 120, 三万五千 is 35000, 一万二 is 12000, 二〇二一 is 2021, 廿 is 20."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    if not set(words) & {*_UNITS, "万", "亿"}:
        return int("".join(str(_DIGITS[char]) for char in words))
    if len(words) > 2 and words[-1] in _DIGITS and words[-2] in "百千万":
        words += {"百": "十", "千": "百", "万": "千"}[words[-2]]
    total = part = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            part += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total = (total + part + digit or 1) * (10**4 if char == "万" else 10**8)
            part = digit = 0
    return total + part + digit


def _impossible(path: Path, words: str) -> Fault:
    return Fault(path, Code.OUT_OF_RANGE, words, "请核对数值", Severity.ERROR)
