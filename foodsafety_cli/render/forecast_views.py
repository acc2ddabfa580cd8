"""`fs forecast`: what every indicator will come to."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.forecast import Outlook
from foodsafety_cli.analysis.outlooks import Expected, counted
from foodsafety_cli.analysis.wording import computed, ending_words, shown_value, year_on_year
from foodsafety_cli.model.events import NOT_CONCERNED
from foodsafety_cli.render.listing import Column, Listing, Row, Shown

_COLUMNS = (
    Column("task", "任务", Shown.FIGURE),
    Column("name", "指标", wraps_at=14),
    Column("value", "现在", Shown.FIGURE),
    Column("expected", "应到", Shown.FIGURE, gives_way=2),
    Column("ending", "年底预计", Shown.FIGURE),
    Column("target", "目标", Shown.FIGURE),
    Column("unit", "单位", asked_only=True),
    Column("monthly", "还需每月", Shown.FIGURE, gives_way=1),
    Column("outlook", "预判"),
    Column("basis", "依据", asked_only=True),
    Column("centre", "预计值", Shown.FIGURE, asked_only=True),
    Column("low", "预计下限", Shown.FIGURE, asked_only=True),
    Column("high", "预计上限", Shown.FIGURE, asked_only=True),
    Column("restarted", "更正过", asked_only=True),
)


def forecast_listing(found: Sequence[Expected], as_of: dt.date) -> Listing:
    """A row an indicator."""
    rows = [forecast_record(one) for one in found]
    return Listing(f"预计（截至 {as_of}）", _COLUMNS, rows, if_empty="没有符合条件的指标")


def forecast_record(one: Expected) -> Row:
    """An indicator's forecast as data."""
    standing, forecast = one.standing, one.forecast
    return {
        "task": one.task.id,
        "name": standing.indicator.name,
        "value": shown_value(standing),
        "expected": computed(one.expected),
        "ending": ending_words(one.forecast, one.standing.measure),
        "target": standing.indicator.target,
        "unit": standing.indicator.unit,
        "monthly": computed(forecast.monthly),
        "outlook": forecast.outlook,
        "basis": one.basis,
        "centre": computed(forecast.centre),
        "low": computed(forecast.low),
        "high": computed(forecast.high),
        "restarted": forecast.restarted,
    }


def with_outlooks(listing: Listing, found: Sequence[Expected]) -> Listing:
    """`fs indicators` with what each will come to."""
    outlooks: dict[tuple[object, object], Outlook] = {
        (one.task.id, one.standing.indicator.name): one.forecast.outlook for one in found
    }
    rows = [
        {**row, "outlook": outlooks.get((row["task"], row["name"]), NOT_CONCERNED)}
        for row in listing.rows
    ]
    return listing._replace(columns=(*listing.columns, Column("outlook", "预判")), rows=rows)


def beside_last_year(listing: Listing, known: Mapping[tuple[int, str], Decimal]) -> Listing:
    """`fs indicators` with the figures of the same day of last year, and the difference."""
    rows = []
    for row in listing.rows:
        number, name, now = row["task"], row["name"], row["value"]
        assert isinstance(number, int)
        was = known.get((number, str(name)))
        change = None
        if isinstance(now, Decimal) and was is not None and not row["silent"]:
            change = computed(year_on_year(now, was, str(row["unit"])))
        rows.append({**row, "last_year": computed(was), "year_on_year": change})
    columns = (
        *listing.columns,
        Column("last_year", "去年同期", Shown.FIGURE),
        Column("year_on_year", "同比", Shown.YEAR_ON_YEAR),
    )
    return listing._replace(columns=columns, rows=rows)


def summary(found: Sequence[Expected]) -> str:
    """One sentence on all: how many will reach it, and what that rests on."""
    numbers, bases = counted(found)
    restarted = sum(one.forecast.restarted for one in found)
    said = f"；有 {restarted} 个的数更正变小过，从更正那天重新算" if restarted else ""
    return f"共 {len(found)} 个指标：{numbers}。依据：{bases}{said}。"


def in_words(one: Expected) -> str:
    """预判：“食品检验量”年底预计 5.7（5.3–6.0），目标 6，未定（按阶段目标）。"""
    indicator = one.standing.indicator
    will = ending_words(one.forecast, one.standing.measure)
    parts = [f"预判：“{indicator.name}”{one.forecast.outlook}"]
    if will:
        due = one.standing.due
        when = "年底" if (due.month, due.day) == (12, 31) else f"到 {due} "
        parts.append(f"{when}预计 {will}，目标 {indicator.target:f}")
    if one.forecast.monthly is not None:
        monthly = computed(one.forecast.monthly)
        parts.append(f"还需每月 {monthly.shown():f}" if monthly else "")
    if one.basis:
        parts.append(f"依据{one.basis}")
    if one.forecast.restarted:
        parts.append("更正变小过，从更正那天重新算")
    return "，".join(filter(None, parts)) + "。"
