"""Which figures of a clause set a target: what is to be reached, not what there is already."""

import re
from collections.abc import Sequence

from foodsafety_cli.notice.figurewords import (
    AGE,
    AT_MOST,
    CUE,
    FALLS,
    KNOWN_ALREADY,
    LEAST_CUE,
    MEASURED_BY,
    MOST_CUE,
    MOST_OF_ALL,
    NUMBER_CUE,
    RAISED_FROM,
    TIMES,
    WITH,
)
from foodsafety_cli.notice.naming import LONGEST_NAME

_LISTED = re.compile(  # 抽检火锅底料、蘸料等220批次: what is done to so many
    "(?:抽检|检查|抽查|监测|排查|培训|新建|建成|推出|打造|完成|改造|整治|建设|推进|实施|启动|推动|争取|实现|招引|引进)"
    "(?:[^，。；（）对将把与向为]|（[^（）]{1,30}）){2,60}等$"
)
_AFTER = re.compile("(?<!收到)(?<!受理)(?<!接到)后$")
_IN_ALL = re.compile("(?:全年|年内|本年|今年)(?:共|累计|计划)?")
_FOR = re.compile(
    "(?:[一-龥0-9]{0,3}[）)、.．])?(?:全年|年内|今年)?(?:共|累计)?(?:为|对|向|(?:加强|深化)?与)"
    "(?:全[省市县区])?"
)
_OF_YEARS = re.compile("(?<!其中)20[0-9]{2}年[0-9.]+[万亿]?[个家所座处条人名件场台套辆亩吨公]")
_TO_WHOM = re.compile("(?:对|针对)")
_IN_SO_MANY = re.compile("在(?:全[省市县区])?")
_IS_SET_UP = re.compile(  # 在200个村开展示范
    "[^，。；0-9]{1,12}(?:开展|设立|设置|建立|推行|推开|建设|配备|实施|安装|推广)[^0-9]*$"
)
_PUT = re.compile("(?:将|把)(?:全[省市县区])?(?:首批)?")
_IS_PUT = re.compile("下沉|下放|纳入|接入|整合|移交|划转|取消|打造|建成|改造")
_SEVERAL = re.compile("(?:[0-9]+[个家所][^，。；0-9]{1,8}[、和及与])*")
_COMES_ABOUT = re.compile(
    "[^，。；0-9]{1,20}(?:达到[^，。；]{1,20}(?:级|等次|标准|要求)(?:（[^（）]*）(?:标准)?)?|落地(?:见效)?|投产|上线|竣工|开工|完工|投入使用|见效|(?:全部)?完成[^，。；0-9]{2,14})"
)
_IS_DONE = re.compile(
    "安装|配备|购买|免费|开展|进行|实施|提供|发放|完成|检查|培训|筛查|体检|改造|整治|排查|签订|签署"
)


# 5万吨以上车站: what is measured by so much
_OF_WHICH = re.compile(
    "[一-龥]{0,6}?(?:车站|[货客]车|泊位|港口|码头|企业|单位|项目|场所|工程|学校|医院|公司|大户|农户|养殖场|锅炉|车辆|商场|工地)"
)
_SHORTER = re.compile("(?:缩短|减少|压缩|压减|下降|降低)$")  # 比上年缩短10天
_OF_SIZE = re.compile("[一-龥]{0,2}(?:焦炉|高炉|锅炉|机组|转炉|电炉|窑炉)")  # 4.3米焦炉
_TAKEN = re.compile(  # 拿出不低于10%的岗位, 按不低于5%的比例抽查
    "(?:拿出|安排|提取|预留|抽取|按照?|将|把)[^，。；0-9]{0,8}不(?:低|少)于[^，。；0-9]{0,8}$"
)
_CLASS = re.compile("级|范围[内以]|气瓶|装(?!配|置|机)")  # 3000吨级船, 50公斤气瓶
_LENT = re.compile("、?[^，。；]{0,14}(?:贷款|授信)")  # 5万元以下、3年期以内贷款
_OF_A_PAPER = re.compile(
    "(?:落实|执行|贯彻|兑现)[^，。；]{0,6}[“《][^”》]{2,20}[”》]$"
)  # “临港英才”20条
_OF_MEASURES = re.compile("(?:落实|贯彻|执行|兑现|用好)[^；]*$")  # ……发展20条措施
_REACHES = re.compile("(?:时间|时长|提前量|寿命)(?:要|应)?达到?$")  # 提前量达到45分钟
_EACH_HAS = re.compile("(?:每个?|各)[^，。；0-9]{1,12}有$")  # 各县有1所医院
_MAKES = re.compile("(?:开发|新增|新建|建成|建设|打造|培育|开设|创建|提供)$")
_SIZE = re.compile("(?:总?规模|总额)(?:达到?|为|不低于)?$")
_MEASURE = re.compile("吨(?:标准?煤)?|元|亩|平方米|公里|千米|米|人|头|床|蒸吨|千瓦|公斤")


def is_target_share(clause: str, found: re.Match[str]) -> bool:
    """Whether a percentage is one to be reached."""
    before, after = clause[: found.start()], clause[found.end() :]
    if RAISED_FROM.search(clause[: found.end()]) and _is_raised(after):
        return False
    is_taken = bool(_TAKEN.search(before))
    if after.startswith("的") and not (_of_whom(after) or is_taken or before.endswith("覆盖")):
        return False
    is_in_row = bool(re.search("[0-9.]+[%％][、和及与]$", before))
    is_with = bool(WITH.match(after)) or bool(FALLS.search(before))
    return bool(CUE.search(before) or found["after"] or _of_whom(after) or is_in_row or is_with)


def _is_raised(after: str) -> bool:
    return bool(re.match("(?:左右)?[一-龥]{1,4}(?:到|至|为[0-9])", after))


def _of_whom(after: str) -> bool:
    """90%的重点单位纳入……: a share of somebody that does something."""
    return after.startswith("的") and bool(re.search("纳入|完成|实现|达到|达标|建成|接入", after))


def target_counts(
    clause: str, found: Sequence[re.Match[str]], *, goes_on: bool
) -> list[re.Match[str]]:
    """The counts that set a target; what follows one after 、 sets one, too."""
    kept: list[re.Match[str]] = []
    others: list[re.Match[str]] = []  # which nothing makes a target, and nothing else
    are_of_years = len(_OF_YEARS.findall(clause)) > 1
    for one in found:
        before, after = clause[: one.start()], clause[one.end() :]
        is_sum = before.endswith("等") and "、" in before  # of what is listed
        is_sum &= bool(one["after"] or _COMES_ABOUT.fullmatch(after))
        known = KNOWN_ALREADY.search(before) and not (is_sum or _LISTED.search(before))
        known = known and not (are_of_years and before.endswith("年"))
        if _AFTER.search(before) and TIMES.search(one["unit"]):
            continue  # 调整后3日内: within so many days of something
        is_paper = _OF_MEASURES.search(before) and after.startswith(("措施", "政策", "意见"))
        if one["unit"] == "条" and (is_paper or _OF_A_PAPER.search(before)):
            continue
        is_whom = before.endswith("的") and bool(_TO_WHOM.match(clause))
        if is_whom and not (_IS_DONE.search(after) or TIMES.search(one["unit"])):
            continue  # 对达不到条件的2.6万家小餐饮，
        if before.endswith("“") or after.startswith(("”", "》", "」")):
            continue  # 减负“22条”: what a paper is called
        if known or _is_attribute(one, after) or MEASURED_BY.search(before):
            continue
        if RAISED_FROM.search(clause[: one.end()]) and _is_raised(after):
            continue
        between = clause[kept[-1].end() : one.start()] if kept else ""
        is_next = bool(kept) and len(between) <= LONGEST_NAME and _goes_on(between)
        is_next |= goes_on and not kept and not before.strip()
        is_limit = TIMES.search(one["unit"]) and not _limits(one, before)
        is_all = not after and len(before.strip()) > 1
        says_so = any(
            (
                NUMBER_CUE.search(before) or AT_MOST.search(before) or _LISTED.search(before),
                one["after"] or is_all or is_sum,
                _IN_ALL.fullmatch(before.strip()) or _EACH_HAS.search(before),
                _is_for(before, after),
            )
        )
        if (says_so or is_next) and not is_limit:
            kept.append(one)
        elif not is_limit:
            others.append(one)
    for one in reversed(others):  # 2个甲和4个乙, 队伍58支4300人: the next speaks for it, too
        before_next = clause[one.end() : kept[0].start()] if kept else "，"
        if len(before_next) <= LONGEST_NAME and before_next[-1:] in ("", *"和及与、"):
            kept.insert(0, one)
    return kept


def _goes_on(between: str) -> bool:
    """200名甲、300名乙和400名丙: a list of figures with their words."""
    return between[:1] in "、和及与以，(" or between[-1:] in "和及与"


def _is_for(before: str, after: str) -> bool:
    """为5万名妇女免费检查, 将95项事项下沉, 13个项目落地: for how many something is done."""
    is_put = _PUT.fullmatch(before.strip()) and _IS_PUT.search(after)
    is_done = _FOR.fullmatch(before.strip()) and _IS_DONE.search(after)
    is_in = _IN_SO_MANY.fullmatch(before.strip()) and _IS_SET_UP.match(after)
    comes_about = _SEVERAL.fullmatch(before.strip("首批")) and _COMES_ABOUT.fullmatch(after)
    return bool(is_put or is_done or is_in or comes_about)


def _limits(found: re.Match[str], before: str) -> bool:
    """Whether a time is a limit: within so many days, no more than so many hours."""
    is_within = found["after"] in ("以内", "内", "之内", "以下", "及以下")
    at_least = ("天", "日", "小时", "分钟", "秒")
    is_least = found["after"] in ("以上", "及以上") and found["unit"] in at_least
    is_span = found["unit"][-1:] in "年月"
    is_long = bool(LEAST_CUE.search(before) or _REACHES.search(before)) and not is_span
    is_less = bool(_SHORTER.search(before)) and not is_span
    is_most = bool(MOST_CUE.search(before) or MOST_OF_ALL.search(before))
    return is_most or is_less or is_least or is_long or (is_within and not is_span)


def _is_attribute(found: re.Match[str], after: str) -> bool:
    """1亿元以上的项目, 35岁以下青年: which ones are meant, not how many."""
    is_of_which = bool(found["after"]) and bool(re.match("[^，。；、（(0-9]{1,10}[0-9]", after))
    is_measured = bool(found["after"]) and bool(_MEASURE.fullmatch(found["unit"]))
    is_over = found.string[: found.start()].endswith(("超", "超过"))  # 超10亿元企业2家
    is_of_which |= (is_measured or is_over) and bool(_OF_WHICH.match(after))
    is_of_which |= bool(_OF_SIZE.match(after)) and bool(_MEASURE.fullmatch(found["unit"]))
    is_of_which |= bool(found["after"]) and bool(_LENT.match(after))
    is_of_which |= found["after"] in ("以下", "及以下") and bool(re.match("[一-龥]", after))
    is_of_which |= bool(re.match("[^，。；0-9]{0,14}基础上", after))
    before = found.string[: found.start()]
    is_size = bool(_SIZE.search(before))  # 总规模30亿元的基金
    # 提供不少于2次的健康指导: so many of it, where nothing is measured
    is_size |= bool(LEAST_CUE.search(before)) and not _MEASURE.fullmatch(found["unit"])
    # 开发2万个以上的岗位: so many are made
    is_size |= found["after"] == "以上" and bool(_MAKES.search(before)) and not is_measured
    is_of_which |= bool(_CLASS.match(after)) and bool(_MEASURE.fullmatch(found["unit"]))
    return (
        (after.startswith("的") and not is_size)
        or is_of_which
        or (bool(AGE.search(found.group())) and bool(after))
    )
