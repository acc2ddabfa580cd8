"""The page for the wall (`fs report -o 进展.html`): one file, nothing fetched."""

from collections.abc import Sequence
from decimal import Decimal

from foodsafety_cli.analysis.digest import Digest, SectionDigest
from foodsafety_cli.analysis.reminders import Reason
from foodsafety_cli.analysis.stages import points_of
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.wording import (
    completed,
    due_words,
    ending_words,
    figure_words,
    mean_words,
    percent,
    value_words,
    with_unit,
)
from foodsafety_cli.documents.templates import fill
from foodsafety_cli.exchange.sentences import (
    beside_last_year,
    change_in_words,
    own_change,
    points_changed,
    red_because,
    weight,
)
from foodsafety_cli.model.events import Light, LightCounts, Status
from foodsafety_cli.model.valuetype import ValueType

_LATEST = 5  # reports of a task that are on the page
_MOST_WORDS = 80_000  # characters of them all: with more, the page has fewer of each
_LISTED = (Reason.OVERDUE, Reason.DUE_SOON, Reason.UNREPORTED)
_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 220, 36, 24
_MONTH_WIDTH = 34  # what "10月" takes under the chart, and a little air
_FIRST_DAYS = 9


class Point(ValueType):
    """A place in the chart, what it says, and the month under it where there is room."""

    x: float
    y: float
    label: str
    month: str = ""


class Bar(ValueType):
    """An indicator against its target: how far it is, where it should be, and the words."""

    task: TaskStanding
    standing: IndicatorStanding
    width: float
    pace: float
    words: str
    change: str  # since the day that is compared with
    outlook: str  # where it will end, apart from lights
    ending: str
    stages: tuple[float, ...]  # in percent of the target
    history: str  # the cumulative figures month by month, as a line


def _how_many(digest: Digest) -> int:
    """How many reports of each task the page has: all that are shown stay within measure."""
    count = _LATEST
    while count > 1 and _length(digest, count) > _MOST_WORDS:
        count -= 1
    return count


def _length(digest: Digest, count: int) -> int:
    entries = (r.entry for reports in digest.reports.values() for r in reports[-count:])
    return sum(len(e.note) + len(e.problems) + len(e.next_steps) for e in entries)


def as_page(digest: Digest) -> str:
    """The page's text."""
    return fill(
        "foodsafety_cli.exchange",
        "page.html",
        digest=digest,
        cards=_cards(digest),
        bars=[_bar(digest, task, standing) for task, standing in digest.indicators],
        red=sorted(digest.with_light(Light.RED), key=weight),
        departments=sorted(digest.departments, key=lambda one: (one.rank is None, one.rank or 0)),
        before=digest.before,
        change=lambda part: _change_of(digest, part),
        own_change=own_change,
        red_because=lambda task: red_because(digest, task),
        accountable=lambda task: _accountable(digest, task),
        done=Status.DONE,
        silent=digest.wanting(Reason.UNREPORTED),
        latest=_how_many(digest),
        lists=[(reason, digest.wanting(reason)) for reason in _LISTED],
        completion=_line(digest, [month.completion for month in digest.months]),
        pace=_line(digest, [month.pace for month in digest.months]),
        chart=(_WIDTH, _HEIGHT, _LEFT, _BOTTOM),
        lights=list(Light),
        percent=percent,
        mean_words=mean_words,
        completed=completed,
        round=round,
        due_words=due_words,
        shares=_shares,
        figure_words=figure_words,
    )


def _accountable(digest: Digest, task: TaskStanding) -> list[str]:
    """The departments whose row counts this task: those that lead it or answer for it."""
    return [one.department.name for one in digest.departments if task.task.id in one.tasks]


def _change_of(digest: Digest, part: SectionDigest) -> str:
    """By how many points a section's completion has changed."""
    if digest.before is None or part.tally.completion is None:
        return ""
    was = digest.before.sections.get(part.section.number)
    return points_changed(part.tally.completion, was or Decimal(0))


def _cards(digest: Digest) -> list[tuple[str, str, str, str]]:
    tally = digest.tally
    figures = list(digest.indicators)
    met = sum(standing.met for _, standing in figures)
    pace = tally.pace or Decimal(0)
    yellow, red = tally.lights[Light.YELLOW], tally.lights[Light.RED]
    return [
        (
            "完成率",
            mean_words(tally.completion),
            f"序时进度 {percent(pace)}{_since(digest)}",
            "completion",
        ),
        ("任务", f"{tally.done} / {tally.tasks}", "已完成 / 全部", "tasks"),
        ("指标", f"{met} / {len(figures)}", "达标 / 全部", "met"),
        ("黄灯、红灯", str(yellow + red), f"黄 {yellow}，红 {red}", "lights"),
        ("未报", str(len(digest.wanting(Reason.UNREPORTED))), "一次也没有填报", "silent"),
    ]


def _since(digest: Digest) -> str:
    if digest.before is None:
        return ""
    change = points_changed(digest.tally.completion or Decimal(0), digest.before.completion)
    return f"，比{digest.before.words} {change}"


def _bar(digest: Digest, task: TaskStanding, standing: IndicatorStanding) -> Bar:
    indicator = standing.indicator
    words = value_words(standing)
    if standing.measure.is_figure:
        words += f"，目标 {with_unit(standing.measure.target_words, indicator.unit)}"
    words += f"（{standing.made_of}）" if standing.made_of else ""
    before = beside_last_year(digest.last_year, standing)
    words += f"，去年同期 {before}" if before else ""
    key = (task.task.id, indicator.name)
    outlook = digest.outlooks[key]
    values = [month.values.get(key) for month in digest.months]
    return Bar(
        task,
        standing,
        float(standing.counted),
        float(standing.expected),
        words,
        change_in_words(standing, digest.before),
        outlook.forecast.outlook,
        ending_words(outlook.forecast, standing.measure),
        tuple(float(percent) for _, percent in points_of(digest.plan, indicator, standing.due)),
        _spark(values) if any(value is not None for value in values) else "",
    )


def _spark(values: Sequence[Decimal | None]) -> str:
    """A small line of figures, 100 wide and 20 high."""
    known = [float(value or 0) for value in values]
    most = max(known) or 1
    step = 100 / max(len(known) - 1, 1)
    return " ".join(f"{n * step:.1f},{20 - 18 * v / most:.1f}" for n, v in enumerate(known))


def _line(digest: Digest, values: Sequence[Decimal]) -> list[Point]:
    """The months' values as places in the chart: the whole period wide, 0 to 100 high."""
    period = digest.plan.period
    days = max((period.end - period.start).days, 1)
    width, height = _WIDTH - _LEFT - 12, _HEIGHT - _BOTTOM - 12
    points: list[Point] = []
    free = float("inf")  # from the latest on: it is the one that must be named
    for month, value in reversed(list(zip(digest.months, values, strict=True))):
        x = _LEFT + width * (month.day - period.start).days / days
        y = 12 + height * (1 - min(float(value), 100) / 100)
        name = f"{month.day.month}月"
        # the first days of a month stand where the last one ends, which is the one to be named
        has_begun = month.day.day > _FIRST_DAYS or len(digest.months) == 1
        named = has_begun and x + _MONTH_WIDTH / 2 <= free
        free = x - _MONTH_WIDTH / 2 if named else free
        label = f"{name} {percent(value)}"
        points.append(Point(round(x, 1), round(y, 1), label, name if named else ""))
    return [Point(_LEFT, 12 + height, ""), *reversed(points)]


def _shares(lights: LightCounts) -> list[tuple[Light, int, float]]:
    """The lights that are on, each with its count and its share of a bar in percent."""
    total = sum(lights.values()) or 1
    return [(light, n, 100 * n / total) for light, n in lights.items() if n]
