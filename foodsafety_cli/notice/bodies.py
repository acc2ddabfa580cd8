"""Who is named: words between separators as bodies, with their full names and known short ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from foodsafety_cli.analysis.bracket import OTHERS, OTHERS_THEN, SEVERAL_PLACES, matching
from foodsafety_cli.model.plan import Department
from foodsafety_cli.model.valuetype import ValueType

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
    f"(?:{_BUREAU}|海关|公司|集团|成员单位|(?:有关|相关|责任)(?:部门|单位)|合作社|科协|人民政府|调查队|党委和政府|[工车电]务段)$"
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
    "|^[一-龥]{2,4}(?:街道|(?<![小城集范点色])镇)$|村（居）委会$|^驻.{1,6}(?:单位|部队)$|^[省市县区镇]直各?(?:有关|相关)?(?:部门|单位)$"
    "|^涉农.{2,4}$|日报社$|[东西南北]站$|火车站$|^军分区$|^武警.{1,8}支队$"
)
_PERSON = re.compile("(?:副?[省市县区州镇乡]长|书记|副?主任|副?局长|负责人|同志|领导)$")
_NO_BODY = re.compile(
    "^(?:含|包括|不含|例如|如|即|指|经(?![开信济贸管发])|原|除|其中|详见|见|注|另|以下|包含|特别是|尤其|不|无|按|对|在|到|以)|"
    "^公室$|[的了]|(?:应|将|可|须|需)(?:当|于|在|由|将|会|以|要|对|把|按|及时|认真|积极|切实|加强|纳入|根据)|"
    "是(?:指|否|因|由)|必须|需要|[0-9０-９]+(?:个|分|%|％|元|年)|^[一二三四五]个|环节|方面|领域|阶段|渠道|区块|[。！？!?：:；;《》<>=]"
)
_NO_NAME = re.compile(
    "[了。！？!?：:；;《》<>=，,]|(?:应|将|须|需)(?:当|于|由|会|要)|必须|需要|不再|下同|具体"
)
_LONGEST, _SHORTEST = 40, 2
_LINK = re.compile("以及|和|及|与")
_OF_A_KIND = re.compile("等[^、，等]{1,10}(?:单位|部门|机构|媒体|企业)$")  # 等新闻单位
_RUN_TOGETHER = re.compile("(?<=[局委厅办部院])(?=各[县市区镇乡街级])")  # where a blank was lost
_BEGINS_NAME = re.compile(
    f"(?!(?:单位|部门|地区|企业|机构|政府|人民政府)$).{{0,30}}?(?:{_BUREAU}|{_OTHER_BODY})"
)
_LEVEL = re.compile("(?:自治区|自治州|省|市|县|区|州|旗|盟)(?=..)(?!级|场监|域)")
_GROUP = re.compile(
    "^(?:各|有关|相关|其他|属地|全市|全省|全县)|(?:成员单位|有关部门|相关部门|有关单位|相关单位)$"
)
_SHORT = {
    "市场监督管理局": ("市场监管局", "市监局"),
    "市场监督管理委员会": ("市场监管委",),
    "发展和改革委员会": ("发展改革委", "发改委", "发展和改革委"),
    "发展和改革局": ("发展改革局", "发改局"),
    "工业和信息化局": ("工信局", "工业信息化局"),
    "工业和信息化厅": ("工信厅",),
    "农业农村局": ("农业局",),
    "农业农村厅": ("农业厅",),
    "卫生健康委员会": ("卫生健康委", "卫健委"),
    "卫生健康局": ("卫健局",),
    "人力资源和社会保障局": ("人力资源社会保障局", "人社局"),
    "人力资源和社会保障厅": ("人力资源社会保障厅", "人社厅"),
    "住房和城乡建设局": ("住房城乡建设局", "住建局"),
    "住房和城乡建设厅": ("住房城乡建设厅", "住建厅"),
    "规划和自然资源局": ("规自局",),
    "自然资源和规划局": ("自然资源规划局", "资规局"),
    "自然资源局": (),
    "生态环境局": ("环保局",),
    "文化和旅游局": ("文化旅游局", "文旅局"),
    "文化和旅游厅": ("文化旅游厅", "文旅厅"),
    "文化广电和旅游局": ("文化广电旅游局", "文旅广电局", "文广旅局"),
    "城市管理局": ("城管局",),
    "城市管理综合执法局": ("城管执法局", "综合执法局"),
    "交通运输局": ("交通局",),
    "交通运输厅": ("交通厅",),
    "应急管理局": ("应急局",),
    "行政审批服务管理局": ("审批服务局", "行政审批局", "审批局"),
    "行政审批服务局": ("审批服务局", "行政审批局", "审批局"),
    "医疗保障局": ("医保局",),
    "退役军人事务局": ("退役军人局",),
    "科学技术局": ("科技局",),
    "科学技术厅": ("科技厅",),
    "科学技术协会": ("科协",),
    "供销合作社": ("供销社",),
    "供销合作总社": ("供销社", "供销总社"),
    "食品安全委员会办公室": ("食安办", "食品安全办"),
    "食品安全委员会": ("食安委",),
    "互联网信息办公室": ("网信办",),
    "地方金融监督管理局": ("金融监管局", "地方金融监管局"),
    "国有资产监督管理委员会": ("国资委",),
    "机关事务管理局": ("机关事务局",),
    "粮食和物资储备局": ("粮食和储备局", "粮储局", "粮食局"),
    "中级人民法院": ("中级法院", "中院", "法院"),
    "人民检察院": ("检察院",),
    "药品监督管理局": ("药监局",),
    "知识产权局": (),
    "林业和草原局": ("林草局",),
    "大数据管理局": ("大数据局",),
}
_FUNCTIONS = re.compile(
    "(?:公安|教育|科技|科学|财政|民政|司法|商务|农业|水务|水利|统计|审计|体育|信访|医保|医疗|应急|税务|气象|"
    "林业|粮食|投资|外事|民族|宗教|城市|城管|住建|住房|交通|文化|文旅|卫健|卫生|人社|人力|市场|市监|发展|发改|"
    "工业|工信|自然|规划|生态|环保|行政|审批|政务|大数据|数据|国资|国有|机关|退役|金融|网信|宣传|组织|统战|"
    "编办|食安|食品|药品|知识|地震|档案|邮政|烟草|通信|供销|残联|妇联|科协|园林|综合|广电|广播|电视|"
    "能源|海洋|林草|气象|疾控|血站|血液|公积金|社保|就业|招商|乡村|扶贫|侨务|台湾|口岸|物流|港航|公路|"
    "法院|检察|中医药|药监|铁路|总工会|工会|红十字|工商联|文联|侨联|团委|政法|党校|民航|地质|保密|密码|机要|国防|"
    "消防|人防|水文|气象台|仲裁|史志|接待|信息|公共资源|融媒体|文物|体育|旅游|畜牧|农机|渔业|水产)"
)


class Named(ValueType):
    """The bodies that a run of words names, as they are printed; and whether it ends in 等."""

    names: tuple[str, ...]
    and_others: bool


@lru_cache(maxsize=4096)
def named(words: str) -> Named:
    """Split what stands between two separators: at 和 and 及 only between whole names.

    等 ends a list, and what follows it after 和 or 及 is a name of its own.
    """
    inside = OTHERS_THEN.search(words)
    if inside and is_whole(words[: inside.start()]) and words[inside.end() :]:
        rest = named(words[inside.end() :])
        first = (name for name in _split(words[: inside.start()]) if name)
        return Named((*first, *rest.names), True)
    open_end = OTHERS.search(words)
    kind = _OF_A_KIND.search(words)
    if not open_end and kind and is_whole(words[: kind.start()]):
        open_end = kind
    rest_of = words[: open_end.start()] if open_end and open_end.start() else words
    parted = (part for name in _split(rest_of) for part in _RUN_TOGETHER.split(name))
    names = [name for name in parted if name]
    return Named(tuple(names), rest_of != words)


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
        elif link and is_whole(words[start:at]) and _BEGINS_NAME.match(words, link.end()):
            yield words[start:at]
            start = at = link.end()
            continue
        at += 1
    yield words[start:]


def is_whole(name: str) -> bool:
    """Whether the words can be a body's whole name, by how they end."""
    return len(name) >= _SHORTEST and bool(_COMPLETE.search(_core(name)))


@lru_cache(maxsize=4096)
def is_body(name: str) -> bool:
    """Whether the words can be a body at all."""
    core = _core(name)
    return (
        _SHORTEST <= len(name) <= _LONGEST
        and not _NO_BODY.search(core)
        and any(shape.search(core) for shape in (_COMPLETE, _GROUP, _OF_A_PLACE))
    )


def is_surely_body(name: str) -> bool:
    """Whether the words are a public body whatever stands around them."""
    core = _core(name)
    is_strong = _STRONG.search(core) or _GROUP.search(core) or _OF_A_PLACE.search(core)
    is_long = len(name) > 2 or name.startswith("各")
    return is_long and is_body(name) and bool(is_strong)


def can_be_body(name: str) -> bool:
    """Whether the words can be a name where a role is given to them, strange as they may be."""
    return _SHORTEST <= len(name) <= _LONGEST and not _NO_NAME.search(_core(name))


def is_group(name: str) -> bool:
    """Whether the name stands for several bodies."""
    return bool(_GROUP.search(_core(name)))


def _core(name: str) -> str:  # without what it has in brackets
    return re.sub(r"[（(〔\[【〈][^（(〔\[【〈）)〕\]】〉]*[）)〕\]】〉]", "", name)


def full_names(lists: Iterable[Sequence[str]]) -> dict[str, str]:
    """Each printed name with its full one: a level left out after the first of a list is restored.

    市住建局、审批服务局 names 市审批服务局; 省商务厅，合肥海关 names no provincial customs.
    """
    lists = list(lists)
    printed = dict.fromkeys(name for names in lists for name in names)
    meant = {name: name for name in printed}
    for names in lists:
        level = ""
        for name in names:
            found = _LEVEL.match(name)
            if found:
                level = found.group()
            elif level and (level + name in printed or _lacks_level(name)):
                meant[name] = level + name
            elif level and (whose := _OF_PARTY_OR_GOVERNMENT.fullmatch(name)):
                meant[name] = f"{level}委{name}" if whose["party"] else level + name
    return meant


_OF_PARTY_OR_GOVERNMENT = re.compile(
    "(?P<party>宣传部|统战部|组织部|政法委|网信办|编办|社会工作部|政研室|老干部局|直属机关工委)"
    "|政府办(?:公室)?|政府督查室"
)


def _lacks_level(name: str) -> bool:
    ends = "(?:局|委|厅|办|办公室|社|台|站|中心|支队|大队|法院|检察院|工会|联|科协|会|党校)$"
    return bool(_FUNCTIONS.match(name)) and bool(re.search(ends, name))


def departments(meant: dict[str, str]) -> list[Department]:
    """The bodies in the order of their first mention, each with the spellings it may have."""
    found: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    for printed, name in meant.items():
        key = next((keys[k] for k in _keys(name) if k in keys), name)
        for known in _keys(name):
            keys.setdefault(known, key)
        spellings = found.setdefault(key, [])
        spellings += [spelling for spelling in (name, printed) if spelling not in spellings]
    taken = set(found)
    return [Department(name, tuple(_aliases(name, known, taken))) for name, known in found.items()]


def _aliases(name: str, spellings: Iterable[str], taken: set[str]) -> Iterator[str]:
    for spelling in (*spellings, *_keys(name)):
        if spelling not in taken:
            taken.add(spelling)
            yield spelling


def _keys(name: str) -> list[str]:
    """All that is known to mean the same body: bracket shapes, and the short names in use."""
    plain = name.translate(str.maketrans("〔〕()[]【】", "（）（）（）（）"))
    level = _LEVEL.match(plain)
    head, stem = (level.group(), plain[level.end() :]) if level else ("", plain)
    keys = [plain]
    for whole, shorts in _SHORT.items():
        if stem == whole or (stem in shorts and stem not in _AMBIGUOUS):
            forms = (form for form in (whole, *shorts) if form not in _AMBIGUOUS)
            keys += [form if form.startswith(f"{head}监") else head + form for form in forms]
    return list(dict.fromkeys(keys))


_AMBIGUOUS = {
    short
    for whole, shorts in _SHORT.items()
    for short in shorts
    if sum(short in others for others in _SHORT.values()) > 1
}


def near_misses(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, the later first, that may be one body: a slip, a word more, or really two.

    They differ by one character put in or left out, or only in words like 各 and 相关.
    """
    order = {name: n for n, name in enumerate(dict.fromkeys(names))}
    pairs = set()
    groups: dict[str, str] = {}
    for name in order:
        without = (name[:n] + name[n + 1 :] for n in range(len(name)))
        pairs |= {(name, short) for short in without if len(name) > 4 and short in order}
        first = groups.setdefault(loosely(name), name) if is_group(name) else name
        pairs |= {(name, first)} if first != name else set()
    later_first = (sorted(pair, key=order.__getitem__, reverse=True) for pair in pairs)
    return sorted({(a, b) for a, b in later_first}, key=lambda pair: order[pair[0]])


def loosely(group: str) -> str:
    """A group's name without the words that change from notice to notice."""
    return _LOOSE.sub("", group)


_LOOSE = re.compile("各有关|各相关|各|有关|相关|其他|全[省市县]|^[省市县]|单位|人民政府|政府|、|，")
