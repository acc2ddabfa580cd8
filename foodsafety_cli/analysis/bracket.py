"""What a responsibility bracket means: its words to roles (docs/explanation/notice.md)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from foodsafety_cli.model.plan import Department, Role
from foodsafety_cli.model.valuetype import ValueType

_PAIRS = ("（(〔[【［", "）)〕]】］"), ("《〈", "》〉"), ("“‘「", "”’」")  # the stronger first
_STRENGTH = {char: n for n, pair in enumerate(_PAIRS) for char in pair[0]}
_CLOSED_BY = {char: n for n, pair in enumerate(_PAIRS) for char in pair[1]}

_HEADS = {
    Role.LEAD: ("牵头", "主办", "会同", "抓总", "为主"),
    Role.SUPPORT: (
        *("配合", "协助", "协办", "协管", "协抓", "协查", "会办", "参与", "参加", "支持"),
        *("支撑", "协作"),
    ),
}
_PLACES = "部门|单位|机构|地区|企业|方面"
_STOP = r"(?=$|[、，,；;。/／\s])"
_BY_DUTY = (
    "(?:(?:按照?|依照?|依据|根据|在)(?:各自)?的?(?:工作)?"
    "(?:职责|职能)(?:任务|分工|范围|权限|内|和){0,4}"
    "|按照?“[^“”]{2,20}”的?(?:要求|原则|规定))"
)
_MANNER = (
    "(?:分工|分别|分头|共同|具体|联合|协同|积极|密切|主要|统一|全面|总|认真|属地|"
    "结合(?:自身|各自)?实际){0,4}"
)
_DOES = (  # 牵头单位 and 负责同志 are names, not roles
    "(?:牵头|负责|配合|主办|协抓|协查|(?<!政)协办(?!公)|承办|(?<![委员])会办(?!公)|各负其责|负总责)"
    "(?!单位|部门|机构|小组|处室|同志|人|方)"
    "(?:牵头|负责|配合|组织|落实|实施|推进|协调|抓总|抓好|督办|工作|抓){0,3}"
    "|(?:做好|开展)(?:相关|有关)?工作(?=$|[、，,；;。])"
    "|(?:归口|属地)管理(?=$|[、，,；;。])"
)
_DOING = "(?<!社会)组织|协同|推进|统筹|抓好|做好|督促|指导|监督|跟踪|提供|技术|抓"
_DONE = (
    "落地|落实|实施|参与|参加|协助|协作|支持|支撑|指导|督导|督促|统筹|承担|主责|主抓|"
    "保障|推进|协调|抓总|为主"
)
# what only a body does: 各社会组织 and 市场监督 are names
_BODYS = "(?<=[局委厅办府部院县区市镇乡心队门位联社所站校室])"
_DONE_BY = (
    "组织|主管|监督|监管|协管|跟进|督办|兑付|委托|制定|出台|审核|审批|认定|验收|考核|评估|把关|公布"
)
_PROPOSES = (  # 由农业部会同财政部研究提出落实意见
    "(?:负责|抓紧|尽快)?(?:研究)?(?:提出|制定)"
    "(?:具体|实施|落实|贯彻|有关|相关){0,3}(?:意见|办法|方案|措施|政策)"
)
# at the end only: 市社会保障局 and 市指导中心 are names
_DOES_LAST = (
    f"(?:(?:{_DOING}){{0,3}}(?:{_DONE})(?:落实|推进|实施|协调|工作){{0,2}}"
    f"|{_BODYS}协同{_STOP}|{_PROPOSES}{_STOP}|{_BODYS}(?:联合|协同)?(?:{_DONE_BY}|保障(?:经费|资金|要素)|(?:经费|资金|要素)保障)"
    f"|{_BODYS}(?:做好|落实|加强|提供|维护|开展)[一-龥]{{0,6}}(?:保障|支持|支撑|秩序|服务|配合))"
    f"(?:相关工作)?{_STOP}"
)
_WHOSE = "(?:国务院|中央|全国|[省市县区州](?:[直级属]|(?:人民)?政府)?)?"
_OTHERS = (
    f"等(?:[0-9一二三四五六七八九十]*个?{_WHOSE}[各其]?(?:有关|相关|他|余|级)?{_WHOSE}"
    "(?:[一-龥]{0,4}(?:执法|监管|主管|管理|职能|行业|业务))?"
    f"(?:{_PLACES})(?:[和、](?:{_PLACES})){{0,3}}"
    f"|(?!{_WHOSE}[各有相])[一-龥]{{2,6}}(?:单位|媒体|(?<=社会)组织)(?={_STOP}|(?=配合|参与|协助|协同|负责)))?"
)
_LINKS = "以及|和|及|与"
_DATE = (
    "20[0-9]{2}[./-][0-9]{1,2}|(?:20[0-9]{2}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月|20[0-9]{2}年|今年|明年|年底|年内|"
    "年末|[上下]半年|[一二三四]季度|每(?:年|季|月|半年)|长期|常年|全年|常态|持续|"
    "按(?:进度|时序|计划|期|时)|适时|即时|立行|立即|已完成"
)
_FIRST_LEADS = (
    "(?:[列排](?:在|名)?)?(?:第一位|第一个?|首位|首个)的?(?:责任)?(?:部门|单位|者)?为(?:工作)?牵头(?:部门|单位|者)?"
    "(?:[或和及、](?:汇总|协调|组织)(?:部门|单位))?"
)
_UNITS = "单位|部门|处室|科室|股室|站所|所站|科（室）|司局|警种|机构|主体|地区|方"
_PERSONS = "(?:责任人|负责人|责任领导|分管领导|联系人)"
BARE_LABEL = (
    "(?:(?:[省市县区](?:级|直)|主要|具体|共同|任务|工作|第一|直接|总)?"
    "(?:牵头|责任|负责|主管|主办|承办|落实|实施|配合|协助|协办|参与|参加)"
    f"(?:考核|落实|实施)?(?:(?:{_UNITS})(?:[及和、与]{_PERSONS})?)?"
    "|(?:责任|任务|职责|工作|部门|单位)?分工(?=[:：])"
    "|(?!联系|报送|填报|制表|印发|抄送|发文|批准|申报|考核|验收|服务|被)"
    f"(?:(?!的)[一-龥]){{2,6}}?(?:{_UNITS})(?:(?:及|和|、|或|（)(?:{_UNITS})）?)?)"
)
ROLE_LABEL = f"{BARE_LABEL}(?:[:：]|(?<=单位)为|(?<=部门)为)"
_WORDS = re.compile(
    f"(?P<label>{ROLE_LABEL})"
    "|(?P<remark>[一-龥]{2,6}[:：])"
    f"|(?P<role>(?:{_BY_DUTY})?{_MANNER}(?:{_DOES}|{_DOES_LAST})|{_BY_DUTY}{_STOP}|会同)"
    r"|(?P<own>[（(〔【〈](?:牵头|负责|配合|主办|协办|主责)(?:单位|部门)?[）)〕】〉])"
    r"|(?P<separator>[、，,；;。/／\s]+|\.(?=$|[、，,；;。\s]))"
    f"|(?P<others>{_OTHERS}(?:{_STOP}|(?={_BY_DUTY}|{_LINKS}"
    f"|{_MANNER}(?:负责|牵头|配合|{_DOING}|{_DONE}|{_DONE_BY}|{_PROPOSES}))))"
    f"|(?P<link>{_LINKS}|并?由|(?:指导|督促|督导|组织|联合|协调|协同)(?=[各市县区省州])"
    "|[一-龥]{1,8}(?<![自理])由(?=[市县区省州各]))"
    f"|(?P<when>(?:并|之后|此后|于|在|至|到)?(?:{_DATE})(?:(?!由|负责|牵头|配合)[^、，,；;。：:]){{0,60}}{_STOP})"
    f"|(?P<rule>{_FIRST_LEADS}|以?下同)"
    "|(?P<star>[*＊★☆▲△※]+(?=[一-龥]))"
)
_PLACE = (
    "(?:县级市|县级(?=人民政府|政府)|乡镇|直辖市|自治[州县区旗]|街道|开发区|园区|新区|高新区"
    "|[省市州县区旗盟师乡镇]|特区)"
)
SEVERAL_PLACES = re.compile(  # 各有关县、区人民政府 is one name, so is 市直有关部门、单位
    f"(?:各[一-龥]{{1,4}}(?:（[^（）]{{1,8}}）)?党?委、(?:人民)?政府|{_WHOSE}各?(?:有关|相关)(?:部门|单位)[、和及](?:单位|部门|机构|企业)(?=$|[、，,；;。按分共负牵配组落])"
    f"|(?:各(?:有关|相关)?|有关|相关)(?:{_PLACE}、){{1,4}}{_PLACE}(?:（[^（）]{{1,8}}）)?(?:人民政府|政府|党委|管委会)?"
    r"(?=$|[、，,；;。/／\s和及与按分共具负牵配组落等要抓做]|（)"
    f"|[0-9]{{1,2}}个{_PLACE}(?:、{_PLACE})*(?=$|[、，,；;。负牵配落]))"
)
_HALF = str.maketrans("()", "（）")  # two shapes of one sign, whichever was typed
_ALONE = {
    "label",
    "remark",
    "others",
    "link",
    "when",
    "rule",
    "star",
}  # only where a word may begin
_SIGNS = re.compile(f"[{re.escape(''.join(map(''.join, _PAIRS)))}]")
_MANY = ("各", "有关", "相关", "其他")  # how the names begin that stand for nobody in particular
FIRST_LEADS = re.compile(_FIRST_LEADS)
OTHERS = re.compile(f"{_OTHERS}$")
OTHERS_THEN = re.compile(f"{_OTHERS}(?:{_LINKS})")  # 等市直有关部门及: the list goes on


class Reading(ValueType):
    """The roles a bracket gives, in its order, and the words that are nobody's name."""

    roles: tuple[tuple[str, Role], ...]
    unknown: tuple[str, ...]
    and_others: bool = False  # 等: more are meant than are named
    speaks_of_roles: bool = False
    has_stars: bool = False  # *市公安局、市教育局: who has one leads

    def of(self, role: Role) -> tuple[str, ...]:
        """Who has `role`."""
        return tuple(name for name, given in self.roles if given is role)


class BracketReader:
    """Reads brackets that name the given departments, by name or alias."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._names = {
            spelling.translate(_HALF): department.name
            for department in departments
            for spelling in (*department.aliases, department.name)
        }
        self._lengths: dict[str, list[int]] = {}  # of the names that begin with a character
        for name in sorted(self._names, key=len, reverse=True):
            known = self._lengths.setdefault(name[:1], [])
            if len(name) not in known:
                known.append(len(name))
        self._read = lru_cache(maxsize=4096)(self._read_anew)  # a text says the same over and over

    def read(self, bracket: str, *, first_leads: bool = False) -> Reading:
        """Give each role word's role to all names since the last one, a label's to those after it.

        Names without either are responsible. A body with several roles has the strongest.
        `first_leads`: the notice says that who stands first leads, where no one is said to.
        """
        return self._read(bracket.translate(_HALF), first_leads)

    def _read_anew(self, bracket: str, first_leads: bool) -> Reading:
        reader = _Reader()
        closes = matching(bracket)
        at = 0
        while at < len(bracket):
            if name := self._name_at(bracket, at):
                reader.take_name(bracket, at, name, self._names[name])
                at += len(name)
            elif places := SEVERAL_PLACES.match(bracket, at):
                at = places.end()  # a name with separators in it
            elif (word := _WORDS.match(bracket, at)) and reader.may_take(word):
                reader.take_word(word)
                at = word.end()
            else:
                at = closes.get(at, at) + 1
        return reader.finish(bracket, first_leads=first_leads)

    def _name_at(self, text: str, at: int) -> str:
        """The longest name that stands here; as quick with a province's names as with a city's."""
        for length in self._lengths.get(text[at], ()):
            if text[at : at + length] in self._names:
                return text[at : at + length]
        return ""


class _Reader:
    """The state between the words of one bracket."""

    def __init__(self) -> None:
        self._roles: list[tuple[str, Role]] = []
        self._waiting: list[str] = []
        self._firsts: list[str] = []  # who stands first in each of the lists that ； parts
        self._is_begun = False
        self._unknown: list[str] = []
        self._end = 0  # where the last known word ended
        self._comma = 0  # how many were waiting when the last comma came
        self._label: Role | None = None
        self._is_aside = False  # after a label that speaks of something else
        self._and_others = False
        self._speaks_of_roles = False
        self._has_stars = False
        self._is_starred = False  # the name that comes

    def take_name(self, bracket: str, at: int, spelling: str, name: str) -> None:
        self._leave(bracket, at, at + len(spelling))
        if self._is_starred:
            self._roles.append((name, Role.LEAD))
            self._is_starred = False
        elif not self._is_aside:
            self._waiting.append(name)
            if not self._is_begun:
                self._firsts.append(name)
            self._is_begun = True

    def may_take(self, word: re.Match[str]) -> bool:
        """Inside an unknown word only a role or a separator can end it."""
        return word.lastgroup not in _ALONE or word.start() == self._end

    def take_word(self, word: re.Match[str]) -> None:
        self._leave(word.string, word.start(), word.end())
        text = word.group()
        self._speaks_of_roles |= word.lastgroup in ("label", "role", "own")
        match word.lastgroup:
            case "label":
                self._give(self._label or Role.RESPONSIBLE)
                self._label, self._is_aside = _role_of(text), False
            case "remark":
                self._give(self._label or Role.RESPONSIBLE)
                self._label, self._is_aside = None, True
            case "role" if not self._is_aside:
                role = _role_of(text)
                if role is Role.SUPPORT and not self._roles and not self._label:
                    self._give_first()
                self._give(role)
            case "own" if self._waiting:
                role = _role_of(text)  # who leads is one; those that help are all since the comma
                start = min(self._comma, len(self._waiting) - 1)
                meant = self._waiting[-1:] if role is Role.LEAD else self._waiting[start:]
                del self._waiting[len(self._waiting) - len(meant) :]
                self._roles += [(name, role) for name in meant]
            case "separator":
                self._separate(text)
            case "others":
                self._and_others = True
            case "star":
                self._is_starred = self._has_stars = True

    def _give_first(self) -> None:
        """Make responsible who stands before the last comma: 市公安局，市教育局配合."""
        first, self._waiting = self._waiting[: self._comma], self._waiting[self._comma :]
        if self._waiting:
            self._roles += [(name, Role.RESPONSIBLE) for name in first]
        else:
            self._waiting = first

    def _separate(self, text: str) -> None:
        if text.strip() != "、":
            self._comma = len(self._waiting)
        is_stop = any(stop in text for stop in "；;。")
        if is_stop or (self._label and text.strip() != "、"):
            self._give(self._label or Role.RESPONSIBLE)
        if is_stop:
            self._label, self._is_aside, self._is_begun = None, False, False

    def finish(self, bracket: str, *, first_leads: bool) -> Reading:
        self._leave(bracket, len(bracket), len(bracket))
        self._give(self._label or Role.RESPONSIBLE)
        strongest: dict[str, Role] = {}
        for name, role in self._roles:
            strongest[name] = min(strongest.get(name, role), role, key=list(Role).index)
        if first_leads and Role.LEAD not in strongest.values():
            strongest |= {
                name: Role.LEAD
                for name in self._firsts
                if strongest[name] is not Role.SUPPORT and not name.startswith(_MANY)
            }
        roles, unknown = tuple(strongest.items()), tuple(self._unknown)
        return Reading(roles, unknown, self._and_others, self._speaks_of_roles, self._has_stars)

    def _leave(self, bracket: str, start: int, end: int) -> None:
        """What lies between the last known word and `start` is unknown."""
        if start > self._end and not self._is_aside:
            self._unknown.append(bracket[self._end : start])
        self._end = end

    def _give(self, role: Role) -> None:
        self._roles += [(name, role) for name in self._waiting]
        self._waiting.clear()


def matching(text: str) -> dict[int, int]:
    """Where each opening bracket or quote is closed; what is never closed is left out.

    Brackets of any shape close each other, as notices have them; a quote left open inside a
    bracket does not keep it open.
    """
    closes: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []
    for found in _SIGNS.finditer(text):
        char, at = found.group(), found.start()
        if char in _STRENGTH:
            waiting.append((_STRENGTH[char], at))
            continue
        while waiting and waiting[-1][0] > _CLOSED_BY[char]:
            waiting.pop()
        if waiting and waiting[-1][0] == _CLOSED_BY[char]:
            closes[waiting.pop()[1]] = at
    return closes


def _role_of(text: str) -> Role:
    if "负责" in text and "配合" not in text:
        text = text.replace("协同", "").replace("协作", "")  # which only says in what manner
    elif "协同" in text:
        return Role.SUPPORT
    for role, heads in _HEADS.items():
        if any(head in text for head in heads):
            return role
    return Role.RESPONSIBLE
