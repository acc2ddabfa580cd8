"""How departments are spelt: levels left out, short names, names that may mean the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.analysis.bracket_words import FIRST_LEADS
from foodsafety_cli.model.plan import Department
from foodsafety_cli.notice.department_names import is_department, is_group

_LEVEL = re.compile(
    "(?:自治[区州县]|师市|地区|行署|兵团|高?新区|(?:经济)?开发区|经开区|示范区|管理区|林区"
    "|省|市|县|区|州|旗|盟)(?=..)(?!级|场监|域|管委|管理委)"
)
# 各区教育局、公安局: the second is each district's, too
_OF_ALL = re.compile(
    "各(?:有关|相关)?(?:市州|县[（(]市、区[)）]|[省市县区州旗盟]{1,3}+)"
    "(?=..)(?!人民|政府|有关|相关|直|级|部门|单位|委|场|党|行业|成员)"
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
    "人民检察院": ("检察院",),
    "药品监督管理局": ("药监局",),
    "知识产权局": (),
    "林业和草原局": ("林草局",),
    "大数据管理局": ("大数据局",),
}
_COURTS = {  # by the level that they are of; elsewhere 中级人民法院
    "省": ("高级人民法院", "高级法院", "高院", "法院"),
    **dict.fromkeys(("县", "区", "旗", "自治县", "自治旗"), ("人民法院", "法院")),
}
_COURTS_OF_CITIES = ("中级人民法院", "中级法院", "中院", "法院")
# 市委网信办 and 市网信办 are one; after 市委宣传部 it is the party's that 网信办 is
_PARTYS = re.compile(
    "宣传部|统战部|组织部|政法委|网信办|编办|社会工作部|党校|政研室|老干部局|直属机关工委|机要局|巡察办"
    "|保密办|农办|台办|外办|国安办|改革办|财经办"
)
_FUNCTIONS = re.compile(
    "(?:公安|教育|科技|科学|财政|民政|司法|商务|农业|水务|水利|统计|审计|体育|信访|医保|医疗|应急|税务|气象|"
    "林业|粮食|投资|外事|民族|宗教|城市|城管|住建|住房|交通|文化|文旅|卫健|卫生|人社|人力|市场|市监|发展|发改|"
    "工业|工信|自然|规划|生态|环保|行政|审批|政务|大数据|数据|国资|国有|机关|退役|金融|网信|宣传|组织|统战|"
    "编办|食安|食品|药品|知识|地震|档案|邮政|烟草|通信|供销|残联|妇联|科协|园林|综合|广电|广播|电视|"
    "能源|海洋|林草|气象|疾控|贸促|血站|血液|公积金|社保|就业|招商|乡村|扶贫|侨务|台湾|口岸|物流|港航|公路|"
    "法院|检察|中医药|药监|铁路|总工会|工会|红十字|工商联|文联|侨联|团委|政法|党校|民航|地质|保密|密码|机要|国防|"
    "消防|人防|水文|气象台|仲裁|史志|接待|信息|公共资源|融媒体|文物|体育|旅游|畜牧|农机|渔业|水产|"
    "经济|经信|经贸|外经|外贸|商贸|城乡|城建|建设|国土|安监|质监|质量|工商|物价|房管|房产|地税|国税|劳动|人口|计生|老龄|外侨|法制|环卫|市容|纪委|纪检|监委|区域|县域|社会事业|民宗|农牧|森林|地方金融|文广|文体|教体|教委|台办|外办|消费者|消保|个私|慈善|作协|"
    "信用|社会信用|检验|检测|营商|投促|文明|双拥|爱卫|河长|林长|创建|创城|优化|目标|考核|绩效|妇儿|关工|老干|国安|"
    "融合|国动|人武|武装|人民武装|双创|人才|铁建|数字|智慧|版权|新闻|互联网|库区|移民|对口|支援|殡葬|养老|禁毒|"
    "反诈|防汛|减灾|药安|效能|督查|政务公开|热线|网格|综治|平安|中小企业|民营|航空|机场|轨道|港口|盐业|盐务)"
)


# 市税务局（列第一位者为牵头单位，下同）: what holds for the list is no part of a name
_OF_THE_LIST = re.compile(
    "[（(〔〈][^（(〔〈）)〕〉]*(?:[列排第首][^（(〔〈）)〕〉]*为(?:工作)?牵头|下同|排名不分先后)[^（(〔〈）)〕〉]*[）)〕〉]"
)


_LEAST, _MOSTLY = 3, 0.8  # lists, and of all that begin with a level
_LEFT_OUT = re.compile('(?:略去|省略|省去|略)[了]?[“"]?([省市县区州旗镇])[”"]?字')


def level_left_out(texts: Iterable[str]) -> str:
    """The level that a notice says it leaves out of all names: 县直部门均略去“县”字."""
    return next((found[1] for text in texts if (found := _LEFT_OUT.search(text))), "")


def _usual_level(lists: Sequence[Sequence[str]]) -> str:
    """The level that nearly all lists begin with; what begins without is of it, too."""
    firsts = [found.group() for names in lists if names and (found := _LEVEL.match(names[0]))]
    usual, count = next(iter(Counter(firsts).most_common(1)), ("", 0))
    return usual if count >= _LEAST and count >= _MOSTLY * len(firsts) else ""


def full_names(lists: Iterable[Sequence[str]], whose: str = "") -> dict[str, str]:
    """Each printed name with its full one: a level left out after the first of a list is restored.

    市住建局、审批服务局 names 市审批服务局; 省商务厅，合肥海关 names no provincial customs.
    `whose`: the level that is left out of all names.
    """
    lists = list(lists)
    whose = whose or _usual_level(lists)
    printed = dict.fromkeys(name for names in lists for name in names)
    meant = {name: alone(name) for name in printed}
    firsts = [names[0] for names in lists if names]
    is_bare = 2 * sum(bool(_LEVEL.match(name)) for name in firsts) < len(firsts)
    heads = set(firsts) if is_bare and not whose else set()
    times = Counter(name for names in lists for name in set(names))
    for names in lists:
        meant |= _with_shared_ends(names)
        level, is_partys = whose, False
        for name in names:
            bare = meant[name]
            own = alone(name) if level.startswith("各") else bare  # not what another list gave it
            found = _OF_ALL.match(bare) or _LEVEL.match(own)
            if found:
                level = found.group()
                is_partys = bool(_PARTYS.fullmatch(bare.removeprefix(f"{level}委")))
            elif level.startswith("各") and times[name] > 1:
                continue  # elsewhere it is another one's
            elif level and is_partys and level + bare not in printed and _PARTYS.fullmatch(bare):
                meant[name] = f"{level}委{bare}"
            elif level and (level + bare in printed or (_lacks_level(bare) and name not in heads)):
                meant[name] = level + bare
            elif level and (said := _OF_PARTY_OR_GOVERNMENT.fullmatch(bare)):
                is_short = bool(said["party"]) and not bare.startswith("委")  # 委编办
                meant[name] = f"{level}委{bare}" if is_short else level + bare
    return meant


def alone(printed: str) -> str:
    """A name without what a bracket behind it says of the whole list."""
    return _OF_THE_LIST.sub("", printed)


def _with_shared_ends(names: Sequence[str]) -> dict[str, str]:
    """哈尔滨、黑河、绥芬河市政府; 移动、联通、电信甲市分公司: all are what the last is."""
    found: dict[str, str] = {}
    end = branch = ""
    for name in reversed(names):
        last = _OF_A_PLACE.fullmatch(name) or _BOTH_OF_A_PLACE.fullmatch(name)
        is_like = end.startswith(name[-1:]) or "和" in end  # 甲市、乙市人民政府
        is_place = _is_bare_place(name) or (is_like and _PLACE.fullmatch(name))
        carrier = _CARRIER.fullmatch(name)
        if last:
            end = last[1]
        elif carrier and carrier["branch"]:
            branch = carrier["branch"]
        elif carrier and branch:
            found[name] = name + branch
        elif end and is_place:
            found[name] = name.removesuffix(end[:1]) + end if end[:1] in "市县区旗" else name + end
        else:
            end = branch = ""
    return found


def _is_bare_place(name: str) -> bool:
    is_city = len(name) == 2 and name.endswith("州")  # 广州 is no 自治州
    is_short = 2 <= len(name) <= 4 and not is_department(name)
    return (is_city or is_short) and not _NO_PLACE.match(name)


_CARRIER = re.compile("(?:中国)?(?:移动|联通|电信|铁塔|广电)(?P<branch>[一-龥]{0,8}公司)?")
# companies and forces that go by short names
_NO_PLACE = re.compile(
    f"{_FUNCTIONS.pattern}|国网|电网|移动|联通|电信|铁塔|广电|石油|石化|电力|供电|供水|燃气|热力|武警|驻军|军|人保|人寿"
)
_OF_A_PLACE = re.compile("[一-龥]{1,4}((?:市|县|区|旗)(?:人民)?政府)")
# 海东县、城北区党委和政府; a name ends where its county does
_BOTH_OF_A_PLACE = re.compile("[一-龥]{2,4}[市县区旗]((?:党委|委)和(?:人民)?政府)")
_PLACE = re.compile("[一-龥]{2,5}[市县区旗]")
_OF_PARTY_OR_GOVERNMENT = re.compile(
    "(?P<party>委[一-龥]{1,8}[办室部]|宣传部|统战部|组织部|政法委|网信办|编办|社会工作部|政研室|老干部局|直属机关工委)"
    "|党委[一-龥]{2,6}[办部委]|政府办(?:公室)?|政府督查室|管委会办公室|党工?委办公室"
)


# 植保站, 电台, 信用联社: of whichever place stands before; 晋城东站 names its own
_STATION = re.compile(
    "(?:植保|植物|种[子苗畜]|农技|农机|农业|农村|土肥|水管|水产|水土|畜牧|兽医|动物|监[测督]|检[测疫]|防疫|防治"
    "|环境|救助|能源|电|报|信用|供销|广播|杂志)[^省市县区镇乡]{0,6}[站社台]"
)


_BRANCH = re.compile(
    "(?:公安|交警|市场监管|市场监督管理|税务|城管|住建|银保监|金融监管|烟草|海事|邮政|(?:生态)?环境|环保|规划资源|自然资源(?:和规划)?|规划(?:和自然资源)?|国土(?:资源)?)分局"
)


_OF_STATE = re.compile(
    "(?:城投|国投|农发|城建|交投|水投|产投|农投|建投|旅投|文投|城发|文旅)(?:发展|投资)?(?:集团)?(?:有限)?公司"
)


def _lacks_level(name: str) -> bool:
    ends = "(?:[局委厅办社台站联会]|研究[所院]|武部|武装部|办公室|中心|[支大]队|法院|检察院|党校)$"
    # 环保拱墅分局 has its place in its name, 公安分局 is whoever's it is
    is_local = name.endswith("分局") and not _BRANCH.fullmatch(name)
    is_local |= bool(re.match("民航[一-龥]{2,}(?:监管|管理)局", name))
    if _OF_STATE.fullmatch(name):
        return True
    is_known = bool(_FUNCTIONS.match(name)) or bool(_STATION.fullmatch(name))
    return is_known and bool(re.search(ends, name)) and not is_local


def departments(meant: dict[str, str]) -> list[Department]:
    """The departments in the order of their first mention, each with the spellings it may have."""
    found: dict[str, list[str]] = {}
    keys: dict[str, str] = {}
    for printed, name in meant.items():
        key = next((keys[k] for k in _keys(name) if k in keys), name)
        for known in _keys(name):
            keys.setdefault(known, key)
        spellings = found.setdefault(key, [])
        # what says that the first leads is a word of its own to whoever reads the bracket
        kept = (name, alone(printed) if FIRST_LEADS.search(printed) else printed)
        spellings += [spelling for spelling in kept if spelling not in spellings]
    taken = set(found)
    return [Department(name, tuple(_aliases(name, known, taken))) for name, known in found.items()]


def _aliases(name: str, spellings: Iterable[str], taken: set[str]) -> Iterator[str]:
    for spelling in (*spellings, *_keys(name)):
        if spelling not in taken:
            taken.add(spelling)
            yield spelling


def _keys(name: str) -> list[str]:
    """All that is known to mean the same department: bracket shapes, and the short names in use."""
    plain = name.translate(str.maketrans("〔〕()[]【】", "（）（）（）（）"))
    level = _LEVEL.match(plain)
    head, stem = (level.group(), plain[level.end() :]) if level else ("", plain)
    keys = [plain]
    for whole, shorts in _SHORT.items():
        if stem == whole or (stem in shorts and stem not in _AMBIGUOUS):
            forms = (form for form in (whole, *shorts) if form not in _AMBIGUOUS)
            keys += [form if form.startswith(f"{head}监") else head + form for form in forms]
    courts = _COURTS.get(head, _COURTS_OF_CITIES)
    if head and stem in courts:
        keys += [head + form for form in courts]
    partys = stem.removeprefix("委")
    if head and _PARTYS.fullmatch(partys):
        keys += [head + partys, f"{head}委{partys}"]
    return list(dict.fromkeys(keys))


_AMBIGUOUS = {
    short
    for whole, shorts in _SHORT.items()
    for short in shorts
    if sum(short in others for others in _SHORT.values()) > 1
}


def near_misses(names: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names, the later first, that may be one department, or really two.

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
