"""Names as people type them: exact, then alias, then a part that only one name has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, TypeVar

from foodsafety_cli.analysis.measures import COMPLETION
from foodsafety_cli.model.errors import AmbiguousName, Refused, UnknownName, UsageError
from foodsafety_cli.model.plan import Indicator, Plan, Section, Task
from foodsafety_cli.model.text import SEPARATORS, shell_word, visible, without_radicals

_T = TypeVar("_T")
_NEAREST = 3
_FEW = 6  # names that are all told where none is like the one given
_KINDS_OF_BODY = (
    "监督管理局",
    "管理局",
    "委员会",
    "人民政府",
    "办公室",
    "局",
    "委",
    "办",
    "部",
    "厅",
)
# what is left of the names of departments that cities have, and that are not others' misspelt
_OTHER_BODIES = (
    "、财政、审计、税务、体育、林业、邮政、统计、司法、民宗、民政、人社、医保、信访、气象、消防、应急、"
    "水务、水利、国资、档案、粮食、物价、文物、文旅、文化、旅游、教育、卫健、公安、交通、住建、城管、环保、"
    "生态环境、自然资源、商务、科技、工信、发改、农业、畜牧、海关、烟草、供销、园林、房产、金融、能源、地震、"
    "移民、台办、外办、侨办、团、妇联、工会、总工会、残联、科协、纪、组织、宣传、统战、政法、网信、编办、工商、"
)
# What NFKC makes of the marks that Chinese prose is full of: free of them, most of it is found
# to be normal at a glance instead of being taken apart.
_OF_MANY = frozenset("省市县区州局委办部厅院会政府人民全各")
_PUNCTUATION = (("，", ","), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"))


def match_department(plan: Plan, given: str) -> str:
    """The department meant; raises `UnknownName` or `AmbiguousName`.

    By its official name, too: 晋城市公安局 is 市公安局 where 晋城市 has issued the plan.
    """
    names = {d.name: d.aliases for d in plan.departments}
    try:
        return _match("单位", given, names)
    except UnknownName:
        place, official = _place_of(plan), plain(given).removeprefix("中共")
        if not place or not official.startswith(place):
            raise
        rest = official.removeprefix(place)
        own = {rest, place[-1] + rest}
        found = [n for n, known in names.items() if own & {plain(n), *map(plain, known)}]
        if len(found) == 1:
            return found[0]
        if not set(rest) - _OF_MANY:  # the city's own government is like no department of it
            raise UnknownName("单位", given) from None
        raise


def _place_of(plan: Plan) -> str:
    """The city or county whose plan it is, by who has issued it; empty if that is not said."""
    import re

    found = re.match(
        r"(?:中共)?([一-龥]{2,6}?[市县区州盟旗省])(?=人民政府|委|[一-龥]{2,}[局办])", plan.issuer
    )
    return found[1] if found else ""


def match_departments(plan: Plan, given: str) -> list[str]:
    """The departments meant by a name, or by several in one text: 阳城县、城区."""
    return _each(given, lambda name: match_department(plan, name))


def match_section(sections: Iterable[Section], given: str) -> Section:
    """The section meant: by number, printed label or words of its title."""
    known = {f"{section.label}、{section.title}": section for section in sections}
    if plain(given).isdecimal():  # 0 is no part of 10
        number = next((s for s in known.values() if s.number == int(plain(given)[:9])), None)
        if number is None:
            raise UnknownName("部分", given)
        return number
    spellings = {
        name: (str(s.number), s.label, f"第{s.label}部分", f"第{s.number}部分", s.title)
        for name, s in known.items()
    }
    return known[_match("部分", given, spellings)]


def match_sections(sections: Sequence[Section], given: str) -> list[Section]:
    """The sections meant by one name, or by several in one text: 3、4."""
    return _each(given, lambda name: match_section(sections, name))


def _each(given: str, match: Callable[[str], _T]) -> list[_T]:
    """What a text means: as one name, or where there is none such, as several."""
    try:
        return [match(given)]
    except UnknownName:
        parts = _several(given)
        if parts not in ([], [given]):
            return [match(part) for part in parts]
        try:  # blanks and the like are parts of names, too
            parts = _loosely_listed(given)
            found = [match(part) for part in parts] if len(parts) > 1 else []
        except (UnknownName, AmbiguousName):
            found = []
        if not found:
            raise
        return found


def _several(given: str) -> list[str]:
    """The words that are listed in one: 阳城县、城区."""
    import re

    return [part for part in re.split(f"[{SEPARATORS}]", given) if part.strip()]


def _loosely_listed(given: str) -> list[str]:
    """The words that are listed in one with blanks, strokes or 和 between them."""
    import re

    return [part for part in re.split(r"[\s/／]+|和", given) if part]


def match_task(plan: Plan, given: str) -> tuple[Section, Task]:
    """The task with this number; for words, says which tasks they may mean."""
    text = _task_number(plan, given)
    found = {str(task.id): (section, task) for section, task in plan.tasks()}
    number = text.lstrip("0") if text.isdecimal() else text
    if number in found:
        return found[number]
    if text.isdecimal():
        for amendment in plan.amendments:  # there was one, or there will be
            since = f"{amendment.basis} 自 {amendment.effective} 起"
            if amendment.withdrawn and not amendment.indicator and str(amendment.task) == number:
                raise Refused(f"任务 {number} {since}不再执行；以前的情况：fs show {number}。")
            if amendment.add and str(amendment.add.id) == number:
                raise Refused(f"任务 {number} 是 {since}才有的，看的那一天还没有。")
        ids = [task.id for _, task in plan.tasks()]
        raise UnknownName(f"任务（序号 {min(ids)} 到 {max(ids)}）", given)
    numbers = _several(text)
    if len(numbers) > 1 and all(part.isdecimal() for part in numbers):
        raise UsageError(
            f"一次只能写一项任务，这里写了 {len(numbers)} 项。请分几次写，如 {numbers[0]}。"
        )
    if any(text in map(plain, (d.name, *d.aliases)) for d in plan.departments):
        word = shell_word(given)
        where = f"单位请写在 --dept 后面：--dept {word}；看它的任务：fs tasks --dept {word}"
        raise Refused(f"“{given}”是单位，不是任务序号。{where}")
    alike = [f"{t.id} {t.title}" for _, t in plan.tasks() if text and text in plain(t.title)]
    what = "任务序号" if alike else "任务序号（各项的序号见 fs tasks）"
    raise UnknownName(what, given, alike[:_NEAREST])


def _task_number(plan: Plan, given: str) -> str:
    """The number in what was typed for a task: 16, 16号, 第十六项, （16）, 16 加大抽检监测力度."""
    if given.isdecimal() and given.isascii():  # as most write it
        return given
    import re

    from foodsafety_cli.analysis.numerals import value

    text = plain(given).removeprefix("任务").strip()
    bare = re.fullmatch(r"[(第]?(\d+|[一二三四五六七八九十百]+)[)号项]*[.,、。;]?", text)
    if bare:
        return bare[1] if bare[1].isdecimal() else str(value(bare[1]) or bare[1])
    listed = re.fullmatch(r"(\d+)[.、:]?(\D.*)", text)
    titles = {str(task.id): plain(task.title) for _, task in plan.tasks()} if listed else {}
    is_title = listed is not None and titles.get(listed[1], "").startswith(listed[2])
    return listed[1] if listed and is_title else text


def match_indicator(plan: Plan, task: Task, given: str) -> Indicator:
    """The task's indicator: by name, a part of it, or its place in the list from 1.

    The name of one that was withdrawn never means another.
    """
    text = plain(given)
    for amendment in plan.amendments:
        is_there = amendment.indicator in {indicator.name for indicator in task.indicators}
        is_meant = amendment.task == task.id and plain(amendment.indicator) == text
        if text and is_meant and amendment.withdrawn and not is_there:
            since = f"{amendment.basis} 自 {amendment.effective} 起"
            raise Refused(f"任务 {task.id} 的指标“{amendment.indicator}”{since}不再执行。")
    if text.isdecimal() and len(text) < 5 and 1 <= int(text) <= len(task.indicators):
        return task.indicators[int(text) - 1]
    by_name = {indicator.name: indicator for indicator in task.indicators}
    if text == COMPLETION and COMPLETION not in by_name:  # no part of a name: the task's own rate
        raise Refused(
            f"任务 {task.id} 的完成率由指标算出，请写明是哪个指标：{'、'.join(by_name)}。"
        )
    return by_name[_match(f"指标（任务 {task.id}）", given, dict.fromkeys(by_name, ()))]


def task_told(plan: Plan, words: str, expected: Task) -> Task | None:
    """The other task whose title or text some words begin with; None if they fit `expected`."""
    told = plain(words)

    def fits(task: Task) -> bool:
        return told.startswith(plain(task.text)) or told == plain(task.title)

    if fits(expected):
        return None
    return next((task for _, task in plan.tasks() if fits(task)), None)


def plain(text: str) -> str:
    """Text as it is compared: half-width, lower case, without blanks."""
    if text.isascii():
        return text.casefold().strip()
    text = without_radicals(visible(text))
    for full, half in _PUNCTUATION:
        text = text.replace(full, half)
    text = _normalizer()("NFKC", text).casefold()
    return "".join(text.split())  # a blank within Chinese words is of the page, or a slip


@cache
def _normalizer() -> Callable[[Literal["NFKC"], str], str]:
    import unicodedata  # seldom needed for a query, over and over for a province's plan

    return unicodedata.normalize


def _match(what: str, given: str, names: Mapping[str, Sequence[str]]) -> str:
    if given in names:
        return given
    wanted = plain(given)
    spellings = {name: [plain(name), *map(plain, names[name])] for name in names}
    # 市人民政府 is a part of one county's name, and no name of it
    says_own = bool(set(wanted) - _OF_MANY if what == "单位" else wanted)
    tests = (
        wanted.__eq__,
        lambda spelling: _as_government(spelling) == _as_government(wanted),
        lambda spelling: bool(wanted) and wanted in spelling,
    )
    for test in tests:
        hits = [name for name in names if any(map(test, spellings[name]))]
        if len(hits) == 1 and (says_own or wanted in spellings[hits[0]]):
            return hits[0]
        if len(hits) > 1:
            raise AmbiguousName(what, given, hits)
    if what == "单位" and f"、{_stem(wanted)}、" in _OTHER_BODIES:
        own = {_stem(spelling) for known in spellings.values() for spelling in known}
        if _stem(wanted) not in own:  # a department that there is elsewhere, and no slip of the pen
            raise UnknownName(what, given)
    # departments' names share so much that only more than half of what is their own says anything
    stem, least = (_stem, 0.55) if what == "单位" else (str.strip, 0.45)
    near = _nearest(wanted, spellings, stem, least)
    raise UnknownName(what, given, near or (list(spellings) if len(spellings) <= _FEW else []))


def _as_government(name: str) -> str:
    """阳城县政府 is 阳城县人民政府."""
    return name.replace("人民政府", "政府")


def _nearest(
    wanted: str, spellings: Mapping[str, Iterable[str]], stem: Callable[[str], str], least: float
) -> list[str]:
    """The names most like the one wanted, by what `stem` leaves of them; at least so much."""
    from difflib import SequenceMatcher

    place = wanted[:2]  # 晋城海关 and 晋城东站 have a city in common, and 晋城日报 no more
    is_place = not {*place} & _OF_MANY and sum(n.startswith(place) for n in spellings) > 1

    def own_part(name: str) -> str:
        return stem(name.removeprefix(place) or name) if is_place else stem(name)

    def likeness(name: str) -> float:
        pairs = ((own_part(wanted), own_part(spelling)) for spelling in spellings[name])
        return max(max(SequenceMatcher(None, *pair).ratio(), _in_place(*pair)) for pair in pairs)

    # 全市 and 城市 have but in common what all such names have
    own = set(wanted) - _OF_MANY
    spellings = {n: s for n, s in spellings.items() if not own or any(own & {*one} for one in s)}
    if not own:
        return []
    ranked = sorted(spellings, key=likeness, reverse=True)[:_NEAREST]
    return [name for name in ranked if likeness(name) >= least]


def _in_place(one: str, other: str) -> float:
    """How much of two names is the same at the same place; half of it is enough: 卫见, 卫健."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return 1.1 * same / max(len(one), len(other), 1)


def _stem(name: str) -> str:
    """A department's name without the level before it and the kind of department behind it."""
    bare = name.removeprefix("市").removeprefix("县")
    for kind in _KINDS_OF_BODY:
        if bare.endswith(kind) and len(bare) > len(kind):
            return bare.removesuffix(kind)
    return bare
