"""What the titles of a table's columns say: tasks, departments, persons, days, targets."""

import re

from foodsafety_cli.analysis.bracket_words import ROLE_LABEL
from foodsafety_cli.notice.cellwords import bare

_NUMBER = re.compile("^(?:序号|项目号|条目|号)$|(?:序号|编号|编码|代码)$")
_TASK = re.compile("任务|实事|工作|内容|事项|措施|目标|要求|举措|项目|指标|名称")
_BODY = re.compile(
    "单位|部门|牵头|责任|配合|科室|处室|主责|主办|协[办助作]|承办|参与|协同|主抓|分工|负责"
)
_MATTER = re.compile(  # what is to be done, though the title speaks of who answers for it
    "责任(?:事项|内容|清单|目标|项目)|分工任务|任务清单|职责(?!分工)|负责(?:事项|内容|工作)|监管责任$"
)
_PERSON = re.compile("责任人|领导|联系人|电话|负责人|人员")
_WHEN = re.compile("时限|时间|期限|进度|节点")
_SAYS_WHAT = re.compile("任务|事项|内容|举措")  # and until when: 主要任务及完成时限
_BEGINS = re.compile("(?:启动|开始)(?:时间)?$")
_GROUP = re.compile("类别|分类|类型|领域|板块|方面|部分|大类|一级|章节")
_MARKS = re.compile(
    "(?:完成|进展|落实|推进)情况|^(?:工作)?进展$|成效|分值|权重|得分|标准分|分数|备注|自评|赋分"
    "|^是否.{1,4}$|^说明$|(?:完成值|(?:实际|现状|基期|基准)值?)(?:[（(][^（()）]*[）)])?$|实绩|基[期数]值?$|上年(?:度)?(?:完成|实际|数|值)"
    "|(?:投资|资金|经费|预算)(?:总?额|来源|估算|安排)?(?:[（(][^（()）]*[）)])?$"
)
_MEASURE = re.compile("^(?:考评|考核|评分|评价|验收)(?:标准|办法|细则|方式)$")
_HEADS = re.compile(
    "|".join(
        one.pattern
        for one in (_NUMBER, _TASK, _BODY, _MATTER, _PERSON, _WHEN, _GROUP, _MARKS, _MEASURE)
    )
)
_OF_WHEN = re.compile("^20[0-9]{2}年度?|^(?:[0-9]{1,2}[-—~至])?[0-9]{1,2}月份?[底末]?")
_HEADS_NOTHING = re.compile("[，。；：,;:|0-9]|表$")
_YEAR = re.compile("20[0-9]{2}年度?")
_SCORING = re.compile("^(?:评分|计分|扣分|考核|评价)(?:办法|细则|方式)$|^评分标准$")
_TARGET = re.compile("目标|指标值|计划|任务数|任务量|数量")
_PART_OF_YEAR = re.compile("[上下]半年$|季度$")
# under 时间安排 and 目标值
_PART = re.compile("启动|开始|完成|结束|全年|年度|[上下]半年|第?[一二三四]季度")
_BELOW = (_WHEN, _TASK, _PART)
# under 责任单位: of which level
_LEVEL = re.compile(
    "(?:[省市县区乡镇村]级|[省市县区]直|县区|县（市、区）|县（区）|属地|乡镇|镇街|街道|乡镇（街道）|基层)"
    "(?:层面|落实|实施|抓落实|组织|执行)?"
)


def is_number(title: str) -> bool:
    """Whether a column of this title numbers the rows."""
    return bool(_NUMBER.search(bare(title)))


def is_of_tasks(title: str) -> bool:
    """Whether a column of this title says what is to be done."""
    return bool(_TASK.search(title) or _MATTER.search(title))


def is_of_departments(title: str) -> bool:
    """Whether a column of this title says who is responsible."""
    is_other = is_of_persons(title) or _MATTER.search(title) or title.startswith("计量")
    return bool(_BODY.search(title)) and not is_other


def is_of_persons(title: str) -> bool:
    """Whether a column of this title names persons."""
    return bool(_PERSON.search(title)) and not re.search("单位|部门", title)


def is_of_groups(title: str) -> bool:
    """Whether a column of this title says under what a row stands."""
    return bool(_GROUP.search(title))


def is_of_days(title: str) -> bool:
    """Whether a column of this title says until when, or from when."""
    return bool(_WHEN.search(title))


def is_of_dues(title: str) -> bool:
    """Whether a column of this title says until when, and nothing else."""
    return is_of_days(title) and not (_SAYS_WHAT.search(title) or _BEGINS.search(title))


def is_of_starts(title: str) -> bool:
    """Whether a column of this title says from when."""
    return is_of_days(title) and bool(_BEGINS.search(title))


def is_of_marks(title: str) -> bool:
    """Whether a column of this title is for what comes after: progress, marks, remarks."""
    return bool(_MARKS.search(title))


def is_of_scoring(title: str) -> bool:
    """Whether a column of this title says how what was done is judged."""
    return bool(_SCORING.search(title))


def is_of_targets(title: str) -> bool:
    """Whether a column of this title may hold figures to be reached."""
    return bool(_TARGET.search(title) or _YEAR.fullmatch(title)) and not is_of_marks(title)


def is_of_part_of_year(title: str) -> bool:
    """Whether a column of this title speaks of less than the year."""
    return bool(_PART_OF_YEAR.search(title))


def year_of(title: str) -> str:
    """The year that a title speaks of; empty if none."""
    found = re.search("20[0-9]{2}", title)
    return found.group() if found else ""


def with_lower(title: str, lower: str) -> str:
    """A title with that of the row below: both of 时间安排 and 完成, 牵头 of 责任单位 and 牵头."""
    is_part = _PART.fullmatch(lower) or (is_of_departments(title) and _LEVEL.fullmatch(lower))
    return title + lower if lower != title and is_part else lower or title


def may_be_lower(title: str) -> bool:
    """Whether words may stand in the lower of two rows of titles."""
    is_level = _LEVEL.fullmatch(title) is not None
    return is_level or is_of_departments(title) or any(one.search(title) for one in _BELOW)


def heads_a_column(title: str) -> bool:
    """Whether words are such as stand over a column of a table of tasks."""
    rest = _OF_WHEN.sub("", title)
    return bool(_HEADS.search(rest)) and not _HEADS_NOTHING.search(rest)


def role_label(title: str) -> str:
    """The label whose role a column of departments gives."""
    if re.fullmatch(ROLE_LABEL, f"{title}："):
        return title
    if re.match("(?:责任|负责)(?!.*牵头)", title):  # 责任主体与协同单位
        return "责任单位"
    if re.search("牵头|主办", title):
        return "牵头单位"
    return "配合单位" if re.search("配合|协|参与|参加|支持", title) else "责任单位"


def label_of_mending(title: str) -> str:
    """What a column of a list of faults says: 问题： or 整改措施：, say; empty for others."""
    found = re.fullmatch(
        "(?:反馈|存在|具体|主要|突出)?(问题)(?:描述|表现)?|整改(?:目标|措施|任务)", title
    )
    return f"{found[1] or title}：" if found else ""
