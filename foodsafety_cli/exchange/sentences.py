"""Computed sentences on how the whole stands, for every paper that begins with them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.digest import DepartmentDigest, Digest, Month
from foodsafety_cli.analysis.explaining import behind_in_words
from foodsafety_cli.analysis.forecast import Outlook
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.statements import still_said
from foodsafety_cli.analysis.wording import (
    Computed,
    day_in_words,
    mean_words,
    percent,
    rounded_to,
    without_stop,
    year_on_year,
    year_on_year_words,
)
from foodsafety_cli.exchange.onepage import shortened
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.text import first_few

_TENTH = Decimal("0.1")
_NUMBERED = 4  # tasks that are told by their numbers
_PROBLEMS, _LONGEST = 2, 60  # of a red task, and characters of each


def weight(task: TaskStanding) -> tuple[int, Decimal]:
    """What tasks that lag are sorted by: overdue first, then red, then yellow, the worst first."""
    if task.status is Status.OVERDUE:
        return 0, -task.behind
    return 1 + [Light.RED, Light.YELLOW, Light.GREY, Light.GREEN].index(task.light), -task.behind


def overall(digest: Digest) -> str:
    """Where the whole stands: against the pace, and against the end of last month."""
    plan, tally = digest.plan, digest.tally
    indicators = [standing for _, standing in digest.indicators]
    met = sum(standing.met for standing in indicators)
    not_concerned = sum(standing.is_not_concerned for standing in indicators)
    idle = f"，不涉及{not_concerned}个" if not_concerned else ""
    numbers = {status: len(digest.with_status(status)) for status in Status}
    counts = "，".join(f"{status}{n}项" for status, n in numbers.items() if n)
    lights = "、".join(f"{light}灯{tally.lights[light]}项" for light in Light)
    pace = tally.pace or Decimal(0)
    sentences = [
        f"《{plan.title}》（{plan.document_number}）共{len(digest.sections)}个部分、"
        f"{tally.tasks}项任务、{len(indicators)}个指标。",
        f"截至{day_in_words(digest.as_of)}，{counts}；{lights}；指标达标{met}个{idle}。",
        f"总体完成率{mean_words(tally.completion)}，序时进度{percent(pace)}，"
        f"{against_pace(digest)}{since_before(digest)}。",
        turned(digest),
        outlook(digest),
        digest.agenda.in_numbers(),
    ]
    return "".join(sentences)


def outlook(digest: Digest) -> str:
    """按目前进度，预计年底能达标9个指标…; nothing where there is nothing to tell, or no more."""
    if digest.as_of >= digest.plan.period.end:
        return ""
    counts = Counter(one.forecast.outlook for one in digest.outlooks.values())
    told = [f"{o}{counts[o]}个" for o in Outlook if counts[o] and o is not Outlook.UNKNOWN]
    if not told:
        return ""
    unknown = counts[Outlook.UNKNOWN]
    more = f"，数据不足{unknown}个" if unknown else ""
    return f"按目前进度预判，指标{'、'.join(told)}{more}。"


def against_pace(digest: Digest) -> str:
    """慢于序时15.5个百分点."""
    tally = digest.tally
    points = (tally.completion or Decimal(0)) - (tally.pace or Decimal(0))
    short = rounded_to(abs(points), _TENTH)
    if not short:
        return "与序时进度持平"
    return f"{'快于' if points > 0 else '慢于'}序时{short}个百分点"


def since_before(digest: Digest) -> str:
    """，比8月末提高6.2个百分点; nothing where there is no day to compare with."""
    before = digest.before
    if before is None:
        return ""
    points = rounded_to((digest.tally.completion or Decimal(0)) - before.completion, _TENTH)
    if not points:
        return f"，与{before.words}持平"
    return f"，比{before.words}{'提高' if points > 0 else '下降'}{abs(points)}个百分点"


def turned(digest: Digest) -> str:
    """What is not as it was: 新完成1项（任务5），亮灯黄转红2项（任务3、8）."""
    before = digest.before
    if before is None:
        return ""
    turned: dict[tuple[Light, Light], list[int]] = {}
    for task in digest.tasks:
        was = before.lights.get(task.task.id, task.light)
        if was is not task.light:
            turned.setdefault((was, task.light), []).append(task.task.id)
    there = [task.task.id for task in digest.tasks]
    done = [task.task.id for task in digest.with_status(Status.DONE)]
    reported = [task.task.id for task in digest.tasks if task.is_heard]
    news = {
        "新完成": [number for number in done if number not in before.done],
        "新报": [number for number in reported if number not in before.reported],
        "原已完成、现未完成": [n for n in there if n in before.done and n not in done],
    }
    said = [f"{what}{_numbered(numbers)}" for what, numbers in news.items() if numbers]
    lights = [f"{was}转{now}{_numbered(numbers)}" for (was, now), numbers in turned.items()]
    said += [f"亮灯{'，'.join(lights)}"] if lights else []
    return f"与{before.words}相比，{'；'.join(said)}。" if said else ""


def red_because(digest: Digest, task: TaskStanding) -> str:
    """Why a task is red: what the figures say, and what its departments say is in the way."""
    said = still_said(digest.reports.get(task.task.id, ()), "problems")
    told = [
        f"{shortened(without_stop(words), _LONGEST)}{f'（{department}）' if department else ''}"
        for department, words in said[:_PROBLEMS]
    ]
    problems = f"存在问题：{'；'.join(told)}。" if told else ""
    return f"{behind_in_words(task)}{problems}"


def _numbered(tasks: Sequence[int]) -> str:
    """2项（任务3、8）."""
    return f"{len(tasks)}项（任务{first_few(tasks, _NUMBERED, '等')}）"


def points_changed(now: Decimal, was: Decimal) -> str:
    """+6.2, -0.3 or 持平."""
    points = rounded_to(now - was, _TENTH)
    return f"{points:+f}" if points else "持平"


def own_change(one: DepartmentDigest) -> str:
    """By how many points a department's own completion has changed."""
    if one.own.completion is None:
        return "—"
    return points_changed(one.own.completion, one.own_before or Decimal(0))


def change_in_words(standing: IndicatorStanding, before: Month | None) -> str:
    """By how much an indicator's figure has changed; 新报 where there was none."""
    if standing.value is None or before is None:
        return ""
    was = before.figures.get((standing.task, standing.indicator.name))
    if was is None:
        return "新报"
    difference = rounded_to(standing.value - was, Decimal("0.01")).normalize()
    return f"{difference:+f}" if difference else "持平"


def beside_last_year(
    last_year: Mapping[tuple[int, str], Decimal], standing: IndicatorStanding
) -> str:
    """去年同期 and how much more or less it is now: 4.1（+12.2%）; empty where it is not known."""
    was = last_year.get((standing.task, standing.indicator.name))
    if was is None:
        return ""
    said = f"{Computed(was).shown():f}"
    if standing.value is None or standing.silent:
        return said
    unit = standing.indicator.unit
    change = year_on_year(standing.value, was, unit)
    return said if change is None else f"{said}（{year_on_year_words(change, unit)}）"
