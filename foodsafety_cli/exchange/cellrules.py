"""What may be typed into a form's cells, as rules that spreadsheet programs enforce."""

import datetime as dt
from typing import Any

from foodsafety_cli.exchange.fields import DONE
from foodsafety_cli.model.plan import Period

_DAY_ZERO = dt.date(1899, 12, 30)  # from which spreadsheets count days


def figure_rule(kind: str) -> Any:
    """The rule for a `share`, a `count` or a `milestone`, and what it says in Chinese."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rules = {
        "share": ("请填 0 到 100 的数，不要写百分号", DataValidation("decimal", "0", "100")),
        "count": (
            "请填不小于 0 的数，不要写单位",
            DataValidation("decimal", "0", operator="greaterThanOrEqual"),
        ),
        "milestone": ("完成了请选“完成”，没有完成就空着", DataValidation("list", f'"{DONE}"')),
    }
    message, rule = rules[kind]
    rule.allow_blank = True
    rule.errorTitle, rule.error = "填得不对", message
    rule.promptTitle, rule.prompt = "怎样填", message
    rule.showErrorMessage = rule.showInputMessage = True
    return rule


def date_rule(period: Period) -> Any:
    """The rule for the day that figures are true of."""
    from openpyxl.worksheet.datavalidation import DataValidation

    first = (period.start - _DAY_ZERO).days
    message = (
        f"请填日期，如 {period.start}，不早于这一天；不填就是表上的截至日期，没有写的是存盘那天"
    )
    rule = DataValidation(
        type="date",
        operator="greaterThanOrEqual",
        formula1=str(first),
        allow_blank=True,
    )
    rule.errorTitle, rule.error = "填得不对", message
    rule.promptTitle, rule.prompt = "数据截至哪一天", message
    rule.showErrorMessage = rule.showInputMessage = True
    return rule
