"""Whether a report may be recorded: against the plan, the calendar and what was reported."""

import datetime as dt
from decimal import Decimal

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.model.errors import BadValue, Refused
from foodsafety_cli.model.events import Entry, Report
from foodsafety_cli.model.plan import Indicator, Kind, Plan, Task
from foodsafety_cli.model.valuetype import ValueType

_INTEGER_DIGITS, _DECIMALS = 12, 6


_NO_DIGITS = ("<super", "<sub", "<circle")  # ², ₂, ②: in no number


class Draft(ValueType):
    """A report as it was asked for; `indicator` is the one meant, if one is meant."""

    task: Task
    entry: Entry
    indicator: Indicator | None
    date: dt.date


def parse_figure(option: str, text: str) -> Decimal:
    """A figure as people write it (5.2, ５．２, 65%); raises `BadValue` saying what is wrong."""
    written = _normalized(option, text).strip().removesuffix("%").strip()
    sign = written[:1]
    digits = written[1:] if sign in ("+", "-") else written
    whole, dot, decimals = digits.partition(".")
    if digits.casefold() in {"inf", "infinity", "nan", "∞"}:
        raise BadValue(option, f"“{text}”不是有限的数")
    if _has_thousands(digits):
        raise BadValue(option, f"“{text}”里有逗号，请去掉，如 {digits.replace(',', '')}")
    if not (whole + decimals).isdecimal() or (dot and not (whole and decimals)):
        raise BadValue(option, f"“{text}”不是数字，请只写数，如 5.2")
    if sign == "-":
        raise BadValue(option, f"“{text}”是负数，填报的数不能小于 0")
    if len(whole.lstrip("0")) > _INTEGER_DIGITS or len(decimals) > _DECIMALS:
        raise BadValue(
            option,
            f"“{text}”位数太多（整数最多 {_INTEGER_DIGITS} 位，小数最多 {_DECIMALS} 位），请核对",
        )
    return Decimal(digits)


def _normalized(option: str, text: str) -> str:
    if text.isascii():  # as nearly all are: nothing to load
        return text
    import unicodedata

    if any(unicodedata.decomposition(char).startswith(_NO_DIGITS) for char in text):
        raise BadValue(option, f"“{text}”不是数字，请只写数，如 5.2")
    return unicodedata.normalize("NFKC", text)


def _has_thousands(digits: str) -> bool:
    if "," not in digits:
        return False
    import re

    return bool(re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits))


def refuse_percent_sign(text: str, indicator: Indicator | None) -> None:
    """Raise `Refused` for 5% of an indicator that is counted in something else."""
    if indicator and not indicator.is_share and text.strip().endswith(("%", "％")):
        unit = indicator.unit or "完成与否"
        raise Refused(f"“{indicator.name}”的单位是{unit}，不是百分比，请去掉 %。")


def admit(
    plan: Plan,
    draft: Draft,
    before: Report | None,
    after: Report | None,
    today: dt.date,
    *,
    allow_decrease: bool,
) -> None:
    """Raise `Refused` or `BadValue` if the draft may not be recorded.

    `before` and `after` are the figures of its series that stand on its day, and on the next day
    that has one; a date that has not come yet is a slip, and must not be among them.
    """
    _check_date(plan, draft.date, today)
    _check_department(plan, draft)
    _check_figure(draft)
    if not allow_decrease:
        _check_growth(draft, before, after)


def _check_date(plan: Plan, date: dt.date, today: dt.date) -> None:
    if date > today:
        raise BadValue("--date", f"{date} 还没有到（今天是 {today}），不能填报将来的进展")
    if date < plan.period.start:
        raise BadValue("--date", f"{date} 早于工作期开始的 {plan.period.start}，请核对年份")


def _check_department(plan: Plan, draft: Draft) -> None:
    name = draft.entry.department
    if name is None:
        return
    duties = Duties(plan)
    if duties.is_group(name):
        members = "、".join(duties.members(name))
        raise Refused(f"“{name}”是一组单位，请写明是哪一个（{members}）；填报整个任务时不写单位。")
    if not duties.of(name, draft.task):
        named = dict.fromkeys(duty.department for duty in duties.in_task(draft.task))
        owing = "、".join(body for body in named if not duties.is_group(body))
        raise Refused(f"任务 {draft.task.id} 的括号里没有“{name}”。这项任务的单位：{owing}。")


def _check_figure(draft: Draft) -> None:
    entry, task, indicator = draft.entry, draft.task, draft.indicator
    if entry.value is not None:
        if indicator is None:
            raise Refused(f"任务 {task.id} 没有指标，请用 --percent 填报完成率，如 --percent 60。")
        if indicator.kind is Kind.MILESTONE:
            raise Refused(f"“{indicator.name}”是节点，只有完成与否：完成后请用 --done 填报。")
        if indicator.is_share and entry.value > 100:
            raise BadValue("--value", f"“{indicator.name}”是百分比，不能超过 100")
    if entry.percent is not None:
        if task.indicators:
            names = "、".join(i.name for i in task.indicators)
            raise Refused(
                f"任务 {task.id} 的完成率由指标算出（{names}），请用 --value 填报指标的数。"
            )
        if entry.percent > 100:
            raise BadValue("--percent", "完成率不能超过 100")
    if entry.done and indicator is not None and indicator.kind is not Kind.MILESTONE:
        raise Refused(
            f"“{indicator.name}”有目标值（{indicator.target:f}{indicator.unit}），"
            "完成与否由数算出，请用 --value 填报。"
        )


def _check_growth(draft: Draft, before: Report | None, after: Report | None) -> None:
    value, indicator = draft.entry.value, draft.indicator
    if value is None or indicator is None or indicator.kind is not Kind.CUMULATIVE:
        return
    advice = "累计数只增不减；如果是更正，请加 --allow-decrease。"
    for report, is_earlier in ((before, True), (after, False)):
        known = report.entry.value if report else None
        if report is None or known is None:
            continue
        if (value < known) if is_earlier else (value > known):
            word = "小于" if is_earlier else "大于后来"
            raise Refused(
                f"“{indicator.name}”的累计数 {value:f} {word} {report.submission.date} "
                f"已报的 {known:f}。{advice}"
            )
