"""Names for the figures of a clause, out of the words that belong to each alone."""

import re
from collections.abc import Sequence

from foodsafety_cli.notice.figurewords import (
    BOTH,
    COUNT,
    CUE,
    DAY,
    FALLS,
    LEADING_VERB,
    PERCENT,
    RAISED,
    TIMES,
    VERBS_ONLY,
    WHOM,
    YEARS_EACH,
)

LONGEST_NAME = 24
_LONGEST = 30  # of a name where nothing tells what may be left out
_TOGETHER = re.compile("^(?P<names>.{2,60}?率)(?:要|应|须|必须)?(?:达到|达|不低于|保持在?|为)双?$")
_SPAN = re.compile(  # when and where, and no more: nothing is named yet
    "全[年省市县区州旗镇]|[今本]年|^年$|年[内度]|[一二三四五两]年内?|累计|同比|汛期?前?|目标|年均|[较比](?:上年|去年)|(?:平均)?每[个所家]?(?:季度|季|月|半年|年|学期|周|日|县|区|市|乡|镇|村|街道|社区|乡镇|学校)$"
)
_HOW_OFTEN = re.compile("(?<=..)每个?(?:季度|季|月|半年|年|学期|周|日)$")
_LINKING = re.compile(
    "(?:要|须|(?<![响供反适对相效])应|必须|年均|(?<![平户村县人])均|都|分别|不得|力争|[一二三两]年内|年内"
    "|较(?:上年|去年|20[0-9]{2}年)?|比(?:上年|去年|20[0-9]{2}年)|同比)+$"
)
_RATE = re.compile("(?:[一-龥](?:率|比例|占比|覆盖面|数量|时间|时限)|满意度)$")
_SHARED_TAIL = re.compile(
    "(?<=..)(?:“[^“”]{2,8}”)?(?:[自列接利使覆合建达持培检投处办整普完入公开参知满投及成发登上][一-龥])?"
    "[一-龥]?(?:率|使用量|比例|覆盖面|满意度)$"
)
_WHAT_COMES = re.compile(  # of it: 一件事落地见效
    "(?<=..)(?:建成并?)?(?:落地|投产|上线|竣工|开工|完工|投入使用|下沉|下放|纳入|接入|安装|配备).*"
)
_WHO = re.compile("^[（(][^（()）]*(?:牵头|负责|配合)[^（()）]*[）)]")
_HEADING_BEFORE = re.compile("^.*[一-龥”）] (?=[一-龥“]{2})")  # in the line above
_LOOSE_ENDS = re.compile(
    "^(?:[、，和与 ]|及(?![时早格])|以(?!旧))+|(?:[、，和与以 ]|(?<![惠普涉遍])及)+$"
)
_DAY_LAST = re.compile(  # 上报率3月底前达到60%
    "(?<=..)(?:20[0-9]{2}年(?:[0-9]{1,2}月)?|[0-9]{1,2}月)(?:[0-9]{1,2}日)?[底末]?(?:之?前|以前)?$"
    "|20[0-9]{2}年?$"
)
_WITHIN = re.compile("^[0-9一二三四五两十]{1,2}年(?!一贯|期|制)内?(?:累计)?|^年内")
_MONTHS = re.compile("^[0-9]{1,2}月(?:至|到|[—–~～-])[0-9]{1,2}月(?=.{2})")
_ITEM = re.compile("^[（(]?[0-9]{1,2}[.．、)）](?=[^0-9]|20[0-9]{2}年|[0-9]{1,2}月)")
_WHERE = "城市|县城|城镇|农村|乡村|建制镇|市区|城区|农业|工业"
_SHARE_OF = re.compile(f"(?:{_WHERE})(?P<share>[^，。；]{{2,12}}(?:率|比例|占比))")


def names_of(clause: str, found: Sequence[re.Match[str]], before: str) -> list[str]:
    """A name for each figure out of the words that belong to it alone."""
    before_all = clause[: found[0].start()] if found else ""
    if len(found) > 1 and (both := BOTH.match(before_all) or _TOGETHER.match(before_all)):
        names = [n for n in re.split("、|和|与|及", LEADING_VERB.sub("", both["names"])) if n]
        if len(names) == len(found):
            return [name_of(name) for name in _in_full(names)]
    if len(found) > 1 and all(map(_is_within, found)):  # 投诉2小时内响应、24小时内办结
        ends = [one.start() for one in found[1:]] + [len(clause)]
        deeds = (clause[one.end() : end] for one, end in zip(found, ends, strict=True))
        return [name_of(_subject(before_all) + deed.strip("、，和及")) for deed in deeds]
    chosen_names: list[str] = []
    at = 0
    for n, one in enumerate(found):
        is_last = n + 1 == len(found)
        after = clause[one.end() : len(clause) if is_last else found[n + 1].start()]
        words = YEARS_EACH.sub("", clause[at : one.start()])
        subject = _subject(_LOOSE_ENDS.sub("", words))
        if one["unit"] in ("%", "％", "‰", "个百分点"):
            own_after = after if is_last else ""
            of_whom = WHOM.match(own_after)
            chosen, noun = of_whom[1] if of_whom else subject or own_after, ""
            if re.fullmatch("按照?|将|把", chosen):  # 按不少于5%的比例抽查检测报告
                chosen = re.sub("^的?比例", "", own_after) or chosen
        else:
            noun = _noun(after, subject, is_last=is_last)
            chosen = noun or subject or (after if is_last else "")
        at = one.end() + (after.index(noun) + len(noun) if noun else 0)
        if not _SPAN.sub("", DAY.sub("", chosen)).strip("的、 "):
            chosen = chosen_names[-1] if chosen_names else _of_before(before) or chosen
            if change := FALLS.search(words):  # 经费不低于1200万元，较上年增长8%
                chosen += change.group()
        if re.fullmatch(_WHERE, chosen) and (share := _SHARE_OF.search(before)):
            chosen += share["share"]  # 城市污水处理率达到95%，县城达到90%
        chosen_names.append(name_of(chosen))
    return chosen_names


def _is_within(found: re.Match[str]) -> bool:
    return bool(TIMES.search(found["unit"])) and found["after"] in ("内", "以内", "之内")


def _in_full(names: Sequence[str]) -> Sequence[str]:
    """城镇居民收入, 农村居民收入 of 城镇、农村居民收入."""
    last = re.match(f"(?:{_WHERE})(?=..)", names[-1])
    rest = names[-1][last.end() :] if last else ""
    names = [name + rest if re.fullmatch(_WHERE, name) else name for name in names]
    if all(len(name) == 1 for name in names[:-1]) and _RATE.search(names[-1]):
        return [*(name + names[-1][1:] for name in names[:-1]), names[-1]]  # 县、乡、村道列养率
    shared = _SHARED_TAIL.search(names[-1])  # 化肥、农药利用率: of both
    if shared is None or any(map(_RATE.search, names[:-1])):
        return names
    return [*(name + shared.group() for name in names[:-1]), names[-1]]


def each_of(before: str) -> list[str]:
    """查处率、移送率均达到100%: what one figure is told of, each whole by itself."""
    for both in filter(None, (BOTH.match(before), _TOGETHER.match(before))):
        names = re.split("、|和|与|及", LEADING_VERB.sub("", both["names"]))
        if len(names) > 1 and all(map(_RATE.search, names)):
            return [name_of(name) for name in names]
    return []


def _noun(after: str, subject: str, *, is_last: bool) -> str:
    """What is counted, where it stands behind the figure: 100名正职后备人才."""
    if after[:1] in ("、", "，", "和", "及", "与", "以", "并", "（", "("):
        return ""
    words = after.lstrip("的")
    words = words.rpartition("的")[2] if is_last else words
    noun = re.split("[、，]|（其中|和(?=[^和]*$)", words)[0]
    listed = re.split("，|（其中|(?<!达)到|参加|等(?![级号])", words)[0]
    noun = listed if is_last and len(listed) <= LONGEST_NAME else noun
    noun = _WHAT_COMES.sub("", noun)
    is_verb = bool(VERBS_ONLY.fullmatch(_WITHIN.sub("", subject) or "建"))
    is_short = not is_verb and not subject.endswith("等")
    return noun if len(noun) > (2 if is_short else 0) and not _is_place(noun) else ""


def _is_place(words: str) -> bool:
    return words.startswith(("到", "在", "用于", "以上", "进行", "开展", "参加"))


def _of_before(clause: str) -> str:
    """What the clause before is about, without its figures: 2024年完成8个市场, 2025年完成11个."""
    return _subject(COUNT.sub("", PERCENT.sub("", clause)).strip("、，和及与 "))


def _subject(before: str) -> str:
    """What stands before the word that makes the figure a target."""
    before = _ITEM.sub("", before)
    cues = list(CUE.finditer(before))
    subject = before
    if len(cues) > 1 and cues[-1].group() in ("总数", "总量"):
        cues.pop()  # 不低于在园幼儿总数的10%
    if cues:
        subject = before[: cues[-1].start()]
        after = before[cues[-1].end() :]
        says_nothing = not _SPAN.sub("", DAY.sub("", subject)).strip("，、的 ")
        says_nothing |= bool(after) and bool(VERBS_ONLY.fullmatch(subject))  # 新增完成
        if says_nothing or (subject.startswith("每") and after):  # 10月底前完成管网改造
            subject = after
    return _HOW_OFTEN.sub("", RAISED.sub("", LEADING_VERB.sub("", subject)))


def name_of(words: str) -> str:
    """A short name out of the words beside a figure, without a day that stands before them."""
    words = _HEADING_BEFORE.sub("", _WITHIN.sub("", _WHO.sub("", words)))
    words = _MONTHS.sub("", words)
    words = _ITEM.sub("", DAY.sub("", YEARS_EACH.sub("", words)))
    words = _DAY_LAST.sub("", words)
    words = _LINKING.sub("", re.sub("(?:任务|以上|的|数量)+$", "", words.strip("的、 ")))
    pieces = [piece for piece in re.split("[、（）()的]", words) if piece]
    name = pieces[-1] if pieces and len(words) > LONGEST_NAME else words
    return name[-_LONGEST:].lstrip("—–-") or "指标"


def distinct(name: str, taken: dict[str, int]) -> str:
    """The name, or with the next number where it is taken; `taken`: how often each is."""
    count = taken.get(name, 0) + 1
    chosen = name if count == 1 else f"{name}{count}"
    while chosen in taken:
        count += 1
        chosen = f"{name}{count}"
    taken[name] = count
    taken.setdefault(chosen, 1)
    return chosen
