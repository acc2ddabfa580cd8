"""Days and months as people type them, made typed."""

import datetime as dt
from collections.abc import Callable

from foodsafety_cli.model.errors import BadDay

_N = "[0-9一二三四五六七八九十]{1,3}"
_WITHOUT_YEAR = f"{_N}(?:[-/.月]{_N}[日号]?|月[份底末]*|季度?[底末]*)"


def parse_day(
    option: str, *, month_ends: bool = False, month_begins: bool = False
) -> Callable[[str], dt.date]:
    """A parser for days as people write them: 2021-09-30, 2021/9/30, 2021年9月30日, 今天, 昨天.

    With `month_ends`, a month stands for its last day (2021-06, 上月底), with `month_begins` for
    its first.
    """

    def parse(text: str) -> dt.date:
        import re

        from foodsafety_cli.analysis.days import read_day, read_month_end
        from foodsafety_cli.analysis.match import plain
        from foodsafety_cli.store.clock import today

        words = {"今天": 0, "昨天": 1, "前天": 2}
        try:
            if text.strip() in words:
                return today() - dt.timedelta(days=words[text.strip()])
        except OverflowError:
            pass
        month = read_month_end(text, today()) if month_ends or month_begins else None
        is_end = month_ends or text.strip()[-1:] in ("底", "末")
        day = read_day(text) or (month if is_end or month is None else month.replace(day=1))
        if day is None:
            lacks_year = re.fullmatch(_WITHOUT_YEAR, plain(text))
            remedy = "请写上年份，如" if lacks_year else "请写成"
            raise BadDay(option, f"“{text}”不是日期，{remedy} 2021-09-30 这样")
        return day

    return parse


def parse_month(option: str) -> Callable[[str], dt.date]:
    """A parser for a month, which stands for its last day: 2021-09, 2021年9月, 上月底."""

    def parse(text: str) -> dt.date:
        from foodsafety_cli.analysis.days import read_month_end
        from foodsafety_cli.store.clock import today

        is_this = text.strip() in ("本月", "这个月")
        month = read_month_end(f"{today():%Y-%m}" if is_this else text, today())
        if month is None:
            raise BadDay(option, f"“{text}”不是月份，请写成 2021-09 这样")
        return month

    return parse
