"""Who is named: words between separators as departments."""

import re
from collections.abc import Iterator
from functools import lru_cache

from foodsafety_cli.analysis.bracket import matching
from foodsafety_cli.analysis.bracket_words import (
    LINKS,
    OTHERS,
    REST_OF_A_PLACE,
    SEVERAL_PLACES,
)
from foodsafety_cli.model.valuetype import ValueType

_OTHERS_LAST = re.compile(f"{OTHERS}$")
_OTHERS_THEN = re.compile(f"{OTHERS}(?:{LINKS})")  # 等市直有关部门及: the list goes on
_BUREAU = (
    "局|厅|部|委|办|署|处|委员会|办公室|法院|检察院|政府|海关|管委会|中心|指挥部|领导小组|专班|机关"
)
_OTHER_BODY = (
    "总社|合作社|供销社|集团|公司|支行|分行|银行|人行|科协|妇联|工会|总工会|残联|文联|社科联|工商联|侨联|"
    "团委|[省市县区旗州]委|[省市县区]政协|人大|站|支队|总队|大队|医院|大学|中学|小学|幼儿园|学院|学校|党校|研究院|联合会|协会|学会|"
    "单位|部门|机构|园区|开发区|新区|高新区|示范区|县|区|市|旗|州|盟|镇|乡|街道|苏木|企业|电视台|报社|"
    "气象台|馆|院|所|会|科|股|局属|党组|党委|工委|联盟|基地|分公司|电台|台|社|工作组|小组|联席会议|"
    "(?<!教)室|高校|[省市县区]疾控|[省市县区][一二三四五]院|团市委|团省委|团县委|中央|[督研编信史][察查究政志息]室|政研室|编研室|调查队|执法队|中队|救援队|"
    "部队|高中|初中|职中|院校|燃气|[林农牧渔茶]场|[农工建中商]行|[工车电]务段|供电段|[残消作计][联协]|计生协|工委|公司党委|党委和政府"
)
_COMPLETE = re.compile(f"(?:{_BUREAU}|{_OTHER_BODY})$")
_STRONG = re.compile(
    f"(?:{_BUREAU}|海关|公司|集团|成员单位|(?:有关|相关|责任)(?:部门|单位)|合作社|科协|人民政府|调查队|党委和政府|(?:残疾人|妇女|工商业|文学艺术界|社会科学界|华侨)联合会|红十字会|总工会|供销社|[分支]行|科学技术协会|消防救援[大支总]队|[工车电]务段"
    "|(?:派出|司法|民政|社保|财政|国土|监管|税务|供电|卫生|环保|资源)所|卫生院|[一-龥]{2,}(?:人民|中医|中心|妇幼保健)医院|妇幼保健院|(?:农技|水利|兽医|文化|畜牧)站)$"
)
# what a city, a county or a district has of its own, and a park that needs no other name
_OF_A_PLACE = re.compile(
    "^(?:全?[省市县区州旗盟镇乡](?![级区县域民场内外辖直])|各)(?:"
    ".{0,20}?(?:残联|妇联|文联|侨联|社科联|工商联|团委|科协|工会|支队|总队|大队|医院|党校|学院|大学|派出所|站|协会|"
    "学会|基金会|红十字会|贸促会|联社|银行|人行|街道|政协|人大|气象台|馆|报社|总社|工业园区"
    "|电视台|电台|地震台|水文站|少年宫|[水电气]厂|处理厂|粮库|慈善总会|总会|体协|消委会|防指|国企)"
    "|.{1,20}?(?:中学|小学|所|院|队|组|段)"
    "|.{0,20}?(?:[督研编信史][察查究政志息]室|政研室|[林农牧渔茶]场|农商行|计生协))$"
    "|^(?:[一-龥]{2,4})?(?:高新区|经开区|经济技术开发区|高新技术产业开发区|管委会)$"
    "|^各(?:乡镇|镇|村|街道|社区|学校|地)"
    "|^[一-龥]{2,4}(?:街道|(?<![小城集范点色])镇)$|村（居）委会$|^驻.{1,6}(?:单位|部队)$|^[驻在][一-龥]{1,3}各?(?:高校|院校|企业|学校)$|^[省市县区镇]直各?(?:有关|相关)?(?:部门|单位)$"
    "|^涉农.{2,4}$|日报社$|[东西南北]站$|火车站$|^军分区$|^武警.{1,8}支队$"
)
_PERSON = re.compile("(?:副?[省市县区州镇乡]长|书记|副?主任|副?局长|负责人|同志|领导)$")
_NO_BODY = re.compile(
    "^(?:设[在于]|挂靠|联系|含|包括|不含|例如|如|即|指|经(?![开信济贸管发])|原|除|其中|详见|见|注|另|以下|包含|特别是|尤其|不|无|按|对|在(?![一-龥]{1,3}各?(?:高校|院校|企业|学校)$)|到|以)|"
    "^公室$|[的了]|(?:应|将|可|须|需)(?:当|于|在|由|将|会|以|要|对|把|按|及时|认真|积极|切实|加强|纳入|根据)|"
    "是(?:指|否|因|由)|必须|需要|[0-9０-９]+(?:个|分|%|％|元|年|所|处|家|座|台|条|项|次)|^[一二三四五]个|环节|方面|领域|阶段|渠道|区块|[。！？!?：:；;《》<>=]"
)
_NO_NAME = re.compile(
    "[了。！？!?：:；;《》<>=，,]|(?:应|将|须|需)(?:当|于|由|会|要)|必须|需要|不再|下同|具体"
)
# what a name has in brackets
_ASIDE = re.compile(r"[（(〔\[【〈][^（(〔\[【〈）)〕\]】〉]*[）)〕\]】〉]")
_LONGEST, _SHORTEST = 40, 2
_LINK = re.compile("以及|和|及|与")
_REST_OF_A_PLACE = re.compile(REST_OF_A_PLACE)
_OF_A_KIND = re.compile("等[^、，等]{1,10}(?:单位|部门|机构|媒体|企业)$")  # 等新闻单位
_RUN_TOGETHER = re.compile("(?<=[局委厅办部院])(?=各[县市区镇乡街级])")  # where a blank was lost
_NEXT_OF_LEVEL = re.compile(
    "(?<=[局厅委])(?<![省市县区州旗共]委)(?=[省市县区州旗](?!政(?!府|协)).{2})"
)
_BEGINS_NAME = re.compile(
    f"(?!(?:单位|部门|地区|企业|机构|政府|人民政府|管委会|管理委员会)$).{{0,30}}?(?:{_BUREAU}|{_OTHER_BODY})"
)
_GROUP = re.compile(
    "^(?:各|有关|相关|其他|属地|全市|全省|全县)|(?:成员单位|有关部门|相关部门|有关单位|相关单位)$"
)


class Named(ValueType):
    """The departments that a run of words names, as they are printed; and whether it ends in 等."""

    names: tuple[str, ...]
    and_others: bool


@lru_cache(maxsize=4096)
def named(words: str) -> Named:
    """Split what stands between two separators: at 和 and 及 only between whole names.

    等 ends a list, and what follows it after 和 or 及 is a name of its own.
    """
    inside = _OTHERS_THEN.search(words)
    if inside and is_whole(words[: inside.start()]) and words[inside.end() :]:
        rest = named(words[inside.end() :])
        first = (name for name in _split(words[: inside.start()]) if name)
        return Named((*first, *rest.names), True)
    open_end = _OTHERS_LAST.search(words)
    kind = _OF_A_KIND.search(words)
    if not open_end and kind and is_whole(words[: kind.start()]):
        open_end = kind
    rest_of = words[: open_end.start()] if open_end and open_end.start() else words
    parted = (part for name in _split(rest_of) for part in _RUN_TOGETHER.split(name))
    names = [whole for name in parted if name for whole in _apart(name)]
    return Named(tuple(names), rest_of != words)


def _apart(name: str) -> list[str]:
    """区住建局区市场监管局, between which a break was lost, are two."""
    parts = _NEXT_OF_LEVEL.split(name)
    are_of_level = len({part[:1] for part in parts}) == 1
    are_names = len(parts) > 1 and are_of_level and all(map(is_surely_department, parts))
    return parts if are_names else [name]


def _split(words: str) -> Iterator[str]:
    if SEVERAL_PLACES.fullmatch(words):
        yield words
        return
    closes = matching(words)
    start = at = 0
    while at < len(words):
        link = _LINK.match(words, at)
        if at in closes:
            at = closes[at]
        elif (
            link
            and is_whole(words[start:at])
            and _BEGINS_NAME.match(words, link.end())
            and not (link.group() == "和" and _REST_OF_A_PLACE.match(words, link.end()))
        ):
            yield words[start:at]
            start = at = link.end()
            continue
        at += 1
    yield words[start:]


def is_whole(name: str) -> bool:
    """Whether the words can be a department's whole name, by how they end."""
    return len(name) >= _SHORTEST and bool(_COMPLETE.search(_core(name)))


@lru_cache(maxsize=4096)
def is_department(name: str) -> bool:
    """Whether the words can be a department at all."""
    core = _core(name)
    return (
        _SHORTEST <= len(name) <= _LONGEST
        and not _NO_BODY.search(core)
        and any(shape.search(core) for shape in (_COMPLETE, _GROUP, _OF_A_PLACE))
    )


@lru_cache(maxsize=4096)
def is_surely_department(name: str) -> bool:
    """Whether the words are a public department whatever stands around them."""
    core = _core(name)
    is_strong = _STRONG.search(core) or _GROUP.search(core) or _OF_A_PLACE.search(core)
    is_long = len(name) > 2 or name.startswith("各")
    return is_long and is_department(name) and bool(is_strong)


def can_be_department(name: str) -> bool:
    """Whether the words can be a name where a role is given to them, strange as they may be."""
    return _SHORTEST <= len(name) <= _LONGEST and not _NO_NAME.search(_core(name))


def is_group(name: str) -> bool:
    """Whether the name stands for several departments."""
    return bool(_GROUP.search(_core(name)))


def _core(name: str) -> str:
    return _ASIDE.sub("", name)
