"""Figures in words: rounded once, where they are shown, the same in every output."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import TYPE_CHECKING

from foodsafety_cli.analysis.measures import steady
from foodsafety_cli.model.events import NOT_CONCERNED
from foodsafety_cli.model.text import quoted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from foodsafety_cli.analysis.forecast import Forecast
    from foodsafety_cli.analysis.measures import Measure
    from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
    from foodsafety_cli.model.events import Report
    from foodsafety_cli.model.plan import Task


TENTH, CENT = Decimal("0.1"), Decimal("0.01")


class Computed(Decimal):
    """A figure that was computed: exact until it is shown, which is where it is rounded, once."""

    def shown(self) -> Decimal:
        """At most two decimals, no idle zeros."""
        short = rounded_to(self, CENT)
        is_whole = short == short.to_integral_value()
        return short.quantize(Decimal(1)) if is_whole else short.normalize()


def computed(value: Decimal | None) -> Computed | None:
    """A figure marked as computed."""
    return None if value is None else Computed(value)


def beside_target(
    value: Decimal | None, measure: Measure, target: Decimal | None = None
) -> Computed | None:
    """A computed figure that stays on its side of the target: 96.996 of 97 is shown as 96.99."""
    if value is None or not measure.is_figure:
        return computed(value)
    is_met = measure.is_met(value, target)
    for way in (ROUND_HALF_UP, ROUND_DOWN, ROUND_UP):
        short = value.quantize(CENT, way)
        if measure.is_met(short, target) == is_met:
            return computed(value if way == ROUND_HALF_UP else short)
    return computed(value)


def shown_value(standing: IndicatorStanding) -> Decimal | None:
    """What an indicator has reached: as it was reported, or as computed figures are shown."""
    if not standing.is_computed:
        return standing.value
    return beside_target(standing.value, standing.measure)


def digits(value: Decimal) -> str:
    """A figure as it is shown: what was computed rounded, all else as it was given."""
    return f"{value.shown() if isinstance(value, Computed) else value:f}"


def rounded_to(value: Decimal, step: Decimal) -> Decimal:
    """A half goes up, but nothing short of a hundred is ever told as a hundred."""
    value = steady(value)
    short = value.quantize(step, ROUND_HALF_UP)
    return value.quantize(step, ROUND_DOWN) if short == 100 and value < 100 else short


def year_on_year(now: Decimal, was: Decimal, unit: str) -> Decimal | None:
    """How much more than last year: in percent of it; of a share, in points."""
    if unit == "%":
        return now - was
    return (now - was) * 100 / was if was else None


def year_on_year_words(change: Decimal, unit: str) -> str:
    """+5.7%, but of a share +5个百分点."""
    short = rounded_to(change, TENTH)
    return f"{short:+f}{'个百分点' if unit == '%' else '%'}" if short else "持平"


def without_stop(words: str) -> str:
    """Somebody's words as a part of a sentence: without the mark that ends them."""
    return words.rstrip().rstrip("。；;，,、.！!")


def task_words(task: Task) -> str:
    """A task as papers and letters name it: 任务55“推进‘双安双创’示范引领行动”."""
    return f"任务{task.id}{quoted(task.title)}"


def percent(value: Decimal) -> str:
    """28.9%, as people round."""
    return f"{rounded_to(value, TENTH)}%"


def mean_words(completion: Decimal | None) -> str:
    """The mean of some tasks' completion; 不涉及 where there was nothing to count in any."""
    return NOT_CONCERNED if completion is None else percent(completion)


def completed(standing: TaskStanding) -> str:
    """How far a task is; 不涉及 where there was nothing to count."""
    return NOT_CONCERNED if standing.is_not_concerned else percent(standing.completion)


def expected_words(standing: TaskStanding | IndicatorStanding) -> str:
    """What is expected by now; nothing where there is nothing to count."""
    return "" if standing.is_not_concerned else percent(standing.expected)


def day_in_words(day: dt.date) -> str:
    """2021年9月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def due_words(due: dt.date, first: dt.date | None, extensions: int) -> str:
    """2022-03-31（原 2021-12-31，延期1次）: the first date beside the one in force."""
    if first is None or first == due:
        return str(due)
    times = f"，延期{extensions}次" if extensions else ""
    return f"{due}（原 {first}{times}）"


def due_words_of(standing: TaskStanding, department: str) -> str:
    """When a department's own part of a task is due, with the first day beside more time."""
    due = standing.due_of(department)
    return due_words(due.day, due.first, due.times)


def later_dues(standing: TaskStanding) -> Mapping[str, list[str]]:
    """The departments that were given more time than the task has, by when they are due."""
    found: dict[str, list[str]] = {}
    for department, due in standing.own_dues.items():
        if due.day > standing.due:
            found.setdefault(due_words_of(standing, department), []).append(department)
    return found


def ending_words(forecast: Forecast, measure: Measure) -> str:
    """5.7（5.3–6.0）; of two plain rates, 5.3–6.0; nothing where nothing can be said.

    What is counted comes in whole ones: 67（63–71）.
    """
    known = (forecast.low, forecast.high, forecast.centre)
    step = CENT if measure.is_ratio else Decimal(1)
    low, high, centre = (computed(v if v is None else rounded_to(v, step)) for v in known)
    if low is None or high is None:
        return ""
    between = f"{low.shown():f}–{high.shown():f}"
    if low.shown() == high.shown():
        return f"{low.shown():f}"
    return between if centre is None else f"{centre.shown():f}（{between}）"


def value_words(standing: IndicatorStanding) -> str:
    """What an indicator has reached: a figure, or how its milestone stands; 未报 if nothing."""
    if standing.date is None:
        return "未报"
    if not standing.measure.is_figure:
        return "已完成" if standing.met else "未完成"
    value = shown_value(standing)
    return NOT_CONCERNED if value is None else digits(value)


def with_unit(figure: str, unit: str) -> str:
    """5.2 批次/千人, but 65%."""
    return f"{figure}{unit}" if unit in ("", "%") else f"{figure} {unit}"


def in_brackets(unit: str) -> str:
    """A unit behind what it is of; what is measured in none has no brackets either."""
    return f"（{unit}）" if unit else ""


def against_target(standing: IndicatorStanding) -> str:
    """An indicator with its figure and target: 食品检验量5.2 批次/千人（目标6 批次/千人，…）."""
    indicator = standing.indicator
    if not standing.measure.is_figure:
        said = f"（{standing.made_of}）" if standing.made_of else ""
        return f"{indicator.name}{value_words(standing)}{said}"
    target = with_unit(standing.measure.target_words, indicator.unit)
    if standing.value is None:
        return f"{indicator.name}{value_words(standing)}（目标{target}）"
    reached = f"，达成率{percent(standing.attainment)}" if standing.attainment is not None else ""
    value = with_unit(value_words(standing), indicator.unit)
    made_of = f"，{standing.made_of}" if standing.made_of else ""
    return f"{indicator.name}{value}（目标{target}{reached}{made_of}）"


def figure_words(report: Report, unit: str = "") -> str:
    """What an entry says, in a few words: 食品检验量 5.2, 完成率 80%, 已完成; with its `unit`."""
    entry = report.entry
    name = f"{entry.indicator} " if entry.indicator else ""
    if entry.done:
        return f"{name}已完成"
    if entry.is_not_concerned:
        return f"{name}{NOT_CONCERNED}"
    if entry.value is not None:
        counted = f"（{entry.counted:f}/{entry.out_of:f}）" if entry.out_of is not None else ""
        return f"{name}{with_unit(f'{entry.value:f}', unit)}{counted}"
    if entry.counted is not None:  # without the figure that it makes: a line written by hand
        return f"{name}{entry.counted:f}" + (f"/{entry.out_of:f}" if entry.out_of else "")
    return f"完成率 {entry.percent:f}%" if entry.percent is not None else "（文字）"
