"""Days and months as people write them."""

import datetime as dt

from foodsafety_cli.analysis.match import plain
from foodsafety_cli.model.errors import BadDay

_FAR_OFF = 366  # days


def read_day(text: str) -> dt.date | None:
    """A day as people write it: 2021-09-30, 2021/9/30, 2021年9月30日, 20210930; None if none."""
    import re

    written = _in_digits(plain(text))
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?", written)
    match = match or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", written)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except (ValueError, OverflowError):
        return None


def read_month_end(text: str, today: dt.date) -> dt.date | None:
    """The last day of a month as people name it: 2021-06, 2021年6月末, 上月底, 年底; or None."""
    import calendar
    import re

    written = _in_digits(plain(text))
    year, month = today.year, today.month
    if re.fullmatch("上个?月[底末]?", written):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    elif re.fullmatch("上个?季度?[底末]?", written):
        quarter = (month - 1) // 3
        year, month = (year, 3 * quarter) if quarter else (year - 1, 12)
    elif found := re.fullmatch(r"(\d{4}|今|去|本)?年[底末终]", written):
        year, month = int(found[1]) if (found[1] or "").isdecimal() else year, 12
        year -= found[1] == "去"
    elif found := re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?份?[底末]?", written):
        year, month = int(found[1]), int(found[2])
    elif not re.fullmatch("(?:这个|本|这)?月[底末]", written):
        return None
    try:
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


_DASHES = str.maketrans(dict.fromkeys("—–－―‐‑−", "-"))
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def _in_digits(text: str) -> str:
    """二〇二一年九月三十日 as 2021年9月30日, and whatever dash as the plain one."""
    import re

    text = re.sub("-{2,}", "-", text.translate(_DASHES))
    year, sign, rest = text.partition("年")
    if not sign or text.isascii():
        return text
    from foodsafety_cli.analysis.numerals import value  # seldom: most write digits

    rest = re.sub("[一二三四五六七八九十]+", lambda found: str(value(found[0]) or found[0]), rest)
    return f"{year.translate(_DIGITS)}年{rest}"


def refuse_far_off(option: str, day: dt.date, today: dt.date) -> None:
    """Raise `BadValue` for a day that is far ahead by an obvious slip in typing."""
    if (day - today).days > _FAR_OFF:
        raise BadDay(option, f"{day} 离今天一年以上，请核对年份")
