"""By when a figure is to be reached: a day told before it in its sentence, or behind it."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right

from foodsafety_cli.model.plan import Period
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice.dates import marks

_SENTENCE_END = re.compile("[。；;\n]")
_URGES = "(?:并|要|应|须|拟|将|力争|确保|争取|计划|预计|务必|必须|均|全部|统一)*[于在]?"
_COMPLETED = re.compile(  # 安装减速带80条，5月底前完成: by when what stands before it is
    f"(?:^|[，,。；;、])(?P<what>[一-龥“”]{{2,12}}?)??{_URGES}"
    "(?P<when>[0-9一二三四五六七八九十年月日底末上中下旬第季度半今本内]{2,16})之?前?后?"
    "(?:要|应|须|均|都|全部|全面|基本|如期|按期|按时)*(?:完成|完工|竣工|完毕|办结|到位|结束)"
    "(?=[，,。；;、\n]|$)"
)
_IS_ALL = re.compile("(?:以上|上述|所有|各项).{0,4}(?:工作|任务|项目|内容|事项|措施)")


class Completion(ValueType):
    """What a clause says to be done by a day: all from a place of the text on, or one thing."""

    since: int
    at: int
    day: dt.date
    what: str = ""


class FigureDays:
    """The days that a text tells, to be asked for with the places of its figures in their order."""

    def __init__(self, text: str, period: Period, year: int | None) -> None:
        self._told = marks(text, period, year)
        self._stops = [found.start() for found in _SENTENCE_END.finditer(text)]
        self._completions = self._completed(text)
        self._spent = -1  # up to here, days are those of what is done by them

    def _completed(self, text: str) -> list[Completion]:
        days = dict(self._told)
        found = []
        for clause in _COMPLETED.finditer(text):
            at = clause.start("when")
            if at in days:
                is_all = clause["what"] and _IS_ALL.fullmatch(clause["what"])
                what = "" if is_all else clause["what"] or ""
                since = 0 if is_all else at if what else self._sentence_at(at)
                found.append(Completion(since, at, days[at], what))
        return found

    def _sentence_at(self, at: int) -> int:
        """Where the sentence begins in which a place stands."""
        ended = bisect_left(self._stops, at)
        return self._stops[ended - 1] + 1 if ended else 0

    def of(self, at: int) -> dt.date | None:
        """The day that was told last before a figure in its sentence, else the first behind it."""
        last = bisect_right(self._told, at, key=_place) - 1
        begins = max(self._sentence_at(at), self._spent)
        if last >= 0 and self._told[last][0] >= begins:
            return self._told[last][1]
        return self.completed(at)

    def completed(self, at: int) -> dt.date | None:
        """The day by which what stands at a place is done, told behind it."""
        behind = self._completions[bisect_right(self._completions, at, key=_said_at) :][:1]
        return next((one.day for one in behind if one.since <= at), None)

    def completion(self, start: int, end: int) -> Completion | None:
        """What stands between two places, if it says that and nothing else."""
        first = bisect_left(self._completions, start, key=_said_at)
        return next((one for one in self._completions[first : first + 1] if one.at < end), None)

    def spend(self, until: int) -> None:
        """No day up to there is one of the figures that follow."""
        self._spent = until


def _place(told: tuple[int, dt.date]) -> int:
    return told[0]


def _said_at(completion: Completion) -> int:
    return completion.at
