"""Short titles out of a task's own words."""

import re
from collections.abc import Iterator

from foodsafety_cli.analysis.bracket import matching
from foodsafety_cli.notice.labelled_lines import STOPS
from foodsafety_cli.notice.tasks import FoundTask

_LONGEST_TITLE = 30
_LONGEST_LINE = 24  # characters of a heading on a line of its own
_SHORTEST_TITLE = 4
_SHORTEST_SENTENCE = 2
_QUOTED_BEHIND = "|[—–-]+(?=「)"  # 推进技术突破—「……」: what it says, word for word
_STOP = r"(?<=[一-龥%％”）])[.](?=[一-龥“]|[0-9]{1,4}[年月]|$)"  # of half-width signs
_SENTENCE = re.compile(f"[。；;！？!?： ]{_QUOTED_BEHIND}|{_STOP}")
_PAUSE = re.compile(f"[，,。；;！？!?： ]{_QUOTED_BEHIND}|{_STOP}")
_DEEDS = "调研|检查|抽查|监管|监督|整治|管理|培训|宣传|教育|保护|治理|服务|指导|考核|排查|查处"
_OF_A_DEED = f"(?!(?:{_DEEDS})(?:工作)?(?:[，,。；]|$))"  # 对市区的调研 is what is done
_REPORTED = "报告(?:明确|提出)|(?:督察|巡视|巡察|审计|检查|考核)组?(?:指出|发现|反馈|认为)"
_GROUNDS = re.compile(
    "由[^，,]{2,20}(?:牵头|负责|组织)|坚持[^，,]{0,12}(?:导向|原则|方针|并重|结合|优先)|聚焦|"
    f"对[^，,]{{2,}}的{_OF_A_DEED}|"
    f"{_REPORTED}|(?:综合|充分)?运用[^，,]*等(?:形式|方式|手段|措施)|"
    "按照?|依照|依据|依托|根据|围绕|结合|通过|利用|在|为(?![^，,]{2,20}(?:配备|安装|提供|发放|购买|建立|办理|开展|实施|建设))|对标|以|针对|本着|鉴于|会同|到20|到“|对于"
)
_GROUNDS_ONLY = re.compile(
    f"(?:对[^，,]{{2,}}的{_OF_A_DEED}[^，,]*|{_REPORTED}"
    "|由[^，,]{2,20}(?:牵头|负责)|聚焦[^，,]*"
    "|坚持[^，,]{0,12}(?:导向|原则|方针|并重|结合|优先))[，,]"
)
_YEAR = "(?:20[0-9]{2}|[今明本每])年"
_MONTH = "[0-9]{1,2}月份?(?:[0-9]{1,2}[日号])?"
_DATE_FIRST = re.compile(
    "(?:(?:到|在|于|力争)?(?=20[0-9]{2}年|[今明]年|[0-9]{1,2}月|年|(?:春|清明|端午|中秋|国庆|元旦|五一|元宵|重阳)节?|[上下]半年|第?[一二三四]季度|汛期)"
    "(?:20[0-9]{2}年|[今明]年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|年|(?:春|清明|端午|中秋|国庆|元旦|五一|元宵|重阳)节?|[上下]半年|第?[一二三四]季度|汛期)?"
    "(?:底|末|份|[上中下]旬)?(?:(?:之?前|以前)[，,]?|[，,])"
    "|(?:今年|年)内[，,]?|全年[，,]?(?=完成|开展|组织|抽检|检查|培训|新)"
    f"|(?:自|从)?(?:{_YEAR})?{_MONTH}(?:起|开始)[，,]?"
    f"|(?:自|从)20[0-9]{{2}}年[^，,]{{0,8}}(?:起|开始)[，,]?|20[0-9]{{2}}年(?:起|内|底前|年底前)[，,]?"
    f"|(?:{_YEAR})?(?:[上下]半年|第?[一二三四1-4]季度|{_MONTH}(?:至|到|[-—~～]){_MONTH})(?:期间|内)?[，,]?"
    f"|(?:每年|次年|翌年){_MONTH}(?:(?:底|末)?之?前[，,]?|[，,])|20[0-9]{{2}}年度?[，,]"
    f"|{_MONTH}(?=举办|开展|评选|召开|举行|组织|发布|公布)"
    "|每(?:季度|月|半年)(?:末|底)?[，,]|“十[一二三四五六]五”(?:期间|时期)[，,]?)(?=.{4})"
)
_LABEL = re.compile("(?:[0-9]{1,2}[.．、]|[（(][0-9]{1,2}[)）])(?=[^0-9])")
_PROBLEM = re.compile("(?:存在|主要|突出|具体|反馈)?问题(?:描述|表现|概况|情况)?[：:]")
_ASKED = re.compile("(?:整改)?(?:目标|措施|要求|任务)[：:]")
_STATED = re.compile("(?<=[。；;])(?:存在|主要|突出|具体|反馈)?问题(?:描述|表现|概况|情况)?[：:]")
_TO_BE_MENDED = re.compile("整改目标[：:]")
_WORD_END = re.compile("[、，（(《“]|以及|和|及|与|(?<=的)")
_NOUN = re.compile(  # with which what is done may end
    "体系|机制|平台|制度|品牌|网络|中心|能力|水平|产品|企业|行动|活动|项目|工程|基地|示范区|试点|标准|"
    "设施|设备|系统|队伍|档案|名录|清单|目录|预案|模式|渠道|环境|秩序|产业|行业|单位|场所"
)
_LEAST_CUT = 8
_HALF_QUOTED = re.compile('(“[^“”"]{1,30})"')
_LIMITS = re.compile("共(?![享建同])|分别|最[高低多少]|不超过|上限|其中")
_CONDITION = re.compile("时$|^除.*外$|前提下$|基础上$|情况下$")
_ENDS_WITH_IT = re.compile("将|把|对|研究支持|允许|支持|鼓励|授权|[一-龥]{2,12}部门")
_PART_END = re.compile(
    "的(?:前提下|基础上)?|等(?:领域|行业|方面|环节|场所|单位)?|按(?:照)?(?:相关|有关)?规定|根据规定"
)
_LINK = re.compile("和|及|与|、")
_DONE = re.compile(
    "下放|实行|实施|开展|试点|先行|替代|发放|申请|拆出|办理|推行|设立|建立|建设|从事|纳入|使用|管理|提供|推广|"
    "完善|整治|检查|落实|加强|提高|提升"
)
_ABOUT = re.compile(  # 关于“……”的问题
    "关于[“「]([^”」]{4,}(?:『[^』]*』[^”」]*)*)[”」](?:(?:和|、)[“「][^”」]*[”」])*的?问题"
)
_BY_WHOM = re.compile("[，,]由[^。；]{2,60}?(?:负责|牵头)[^。；]*$")
_ONLY_WHEN = re.compile(
    "[自从到在]?(?:20[0-9]{2}年)?(?:[0-9]{1,2}月)?(?:底|末|[0-9]{1,2}日)?(?:前|起)?"
)
_QUOTED_TITLE = re.compile("《([^《》]{4,})》?")
_OPEN_END = re.compile("[（(〔《“][^）)〕》”]*$|[、（]$|等的$|的$")
_LABELLED = re.compile("(?:工作|重点|主要|具体|目标)?(?:任务|内容|事项)[:：](?=.{4})")
_WHO = re.compile("[（(〔【][^（(〔【）)〕】]*(?:负责|牵头|配合)[^（(〔【）)〕】]*[）)〕】]")


def task_title(found: FoundTask) -> str:
    """What is done; who does it, where the words begin with that, stands in the bracket."""
    words = _words_after_duty(found)
    if before := _PROBLEM.match(words or found.text) or _LABELLED.match(words or found.text):
        return short_title((words or found.text)[before.end() :])
    return short_title(words) if words else short_title(found.text, _own_words(found))


def asked_for(found: FoundTask) -> str:
    """A task's words that say what is to be reached: not whose it is, nor what is wrong by now."""
    words = _words_after_duty(found) or found.text
    problem = _PROBLEM.match(words)
    if problem or "问题" in found.item.label:
        asked = _ASKED.search(words, problem.end() if problem else 0)
        return words[asked.start() :] if asked else ""
    if asked := _TO_BE_MENDED.search(words):
        return words[asked.start() :]
    if stated := _STATED.search(words):  # behind a heading of its own
        asked = _ASKED.search(words, stated.end())
        return words[: stated.start()] + (words[asked.start() :] if asked else "")
    return words


def _words_after_duty(found: FoundTask) -> str:
    """A task's words behind whose duty it is, where they begin with that."""
    head = found.brackets[0].end if not found.brackets[0].start else 0
    if not head or found.text[:head] != found.item.text[:head]:
        return ""
    return found.text[head:].lstrip(f"{STOPS}：:").removeprefix("负责")


def _own_words(found: FoundTask) -> str:
    """What the item itself says, above its parts; of lines, the first, if it is a heading."""
    item, bracket = found.item, found.brackets[0]
    lines = [piece.start for piece in item.pieces[1:]]
    if lines and lines[0] <= _LONGEST_LINE and lines[0] * 2 < len(item.text) - lines[0]:
        return item.text[: lines[0]]
    is_own = item.text[bracket.start : bracket.end].strip("（(〔[【［）)〕]】］") == bracket.words
    own = item.text[: bracket.start] if is_own else item.text
    return own if found.text.startswith(own.rstrip("。 ")) else found.text


def short_title(text: str, own: str = "") -> str:
    """A piece of a task's words that is short enough for a table.

    Its first sentence; else its first clause that says what is done, not on what grounds. `own`:
    what the item says above its parts, with which `text` begins.
    """
    closed = _with_closed_quotes(text)
    title = _short(closed, _with_closed_quotes(own))
    at = closed.find(title)
    return text[at : at + len(title)]


def _with_closed_quotes(text: str) -> str:
    """The text with a typewriter's quote for the second of a pair, as long as it was."""
    return _HALF_QUOTED.sub("\\1”", text)


def _short(text: str, own: str) -> str:
    own = own.strip(" ，,、；;。")
    text = own if len(own) >= _SHORTEST_SENTENCE and own in text else text
    if (who := _WHO.search(text)) and who.start() >= _SHORTEST_TITLE:
        text = text[: who.start()]
    if about := _ABOUT.match(text):
        text = about[1]
    text = text[len(label.group()) :] if (label := _LABEL.match(text)) else text
    head = text[: 8 * _LONGEST_TITLE]
    first = next(_pieces(head, _SENTENCE), "")
    first = _BY_WHOM.sub("", _without_date(first))
    if _GROUNDS_ONLY.match(first):
        first = ""
    if _SHORTEST_SENTENCE <= len(first) <= _LONGEST_TITLE:
        return _without_grounds(first)
    clauses = [clause for clause in _pieces(head, _PAUSE) if len(clause) >= _SHORTEST_TITLE]
    clauses = [clause for clause in clauses if not _ONLY_WHEN.fullmatch(clause)]
    done = (c for c in clauses if not _GROUNDS.match(c) and not _CONDITION.search(c))
    done = (c for c in done if not _LIMITS.match(c))
    not_for_whom = (c for c in clauses if not c.startswith("对") and not _LIMITS.match(c))
    title = next(done, "") or next(not_for_whom, "") or next(iter(clauses), "") or text
    title = _without_date(title)
    short = _OPEN_END.sub("", _cut(title)).strip()
    if len(short) < _SHORTEST_TITLE and (quoted := _QUOTED_TITLE.search(title)):
        short = _cut(quoted[1])  # 印发《……》: what is issued
    return short or text[:_LONGEST_TITLE]


def _without_grounds(words: str) -> str:
    """What is done, without the clauses before it that say on what grounds or with whom."""
    while _GROUNDS.match(words):
        _, pause, rest = words.partition("，")
        if not pause or len(rest) < _SHORTEST_TITLE:
            break
        words = rest
    return words


def _without_date(words: str) -> str:
    dated = _DATE_FIRST.match(words)
    return words[dated.end() :].lstrip("，,、 ") if dated else words


def _cut(title: str) -> str:
    """At most so many characters, and no word cut in two where a sign or a link tells the end."""
    if len(title) <= _LONGEST_TITLE:
        return title
    if _ENDS_WITH_IT.match(title) and (last := _end_of(title)):
        return last
    if (each := title[:_LONGEST_TITLE].find("分别")) >= _LEAST_CUT:
        return title[:each].rstrip("，、")  # what is said of each comes after it, or in part
    ends = [found.start() for found in _WORD_END.finditer(title[: _LONGEST_TITLE + 1])]
    fitting = [end for end in ends if _LEAST_CUT <= end <= _LONGEST_TITLE]
    if fitting:
        return title[: fitting[-1]]
    nouns = [found.end() for found in _NOUN.finditer(title[:_LONGEST_TITLE])]
    return title[: nouns[-1]] if nouns and nouns[-1] >= _LEAST_CUT else title[:_LONGEST_TITLE]


def _end_of(title: str) -> str:
    """What is done, where it stands last: 将……等工程审批类权限下放至自贸试验区."""
    closes = matching(title)
    inside = {n for start, end in closes.items() for n in range(start + 1, end + 1)}
    for ends in (_PART_END, _LINK):
        for found in ends.finditer(title):
            last = title[found.end() :]
            fits = found.end() not in inside and _LEAST_CUT <= len(last) <= _LONGEST_TITLE
            if fits and _DONE.search(last):
                return last
    return ""


def _pieces(text: str, stops: re.Pattern[str]) -> Iterator[str]:
    """What stands between stops that are in no bracket; a last piece that is cut off is none."""
    inside = {n for start, end in matching(text).items() for n in range(start, end)}
    start = 0
    for stop in stops.finditer(text):
        if stop.start() not in inside:
            yield text[start : stop.start()]
            start = stop.end()
    if len(text) < 8 * _LONGEST_TITLE:
        yield text[start:]
