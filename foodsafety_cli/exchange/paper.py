"""The report to 市委、市政府, short enough to be read and signed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from foodsafety_cli.analysis.digest import Digest, Month, SectionDigest
from foodsafety_cli.analysis.explaining import behind_in_brief
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.statements import Words, still_said
from foodsafety_cli.analysis.wording import (
    completed,
    day_in_words,
    due_words,
    later_dues,
    mean_words,
    percent,
    task_words,
    value_words,
    with_unit,
    without_stop,
)
from foodsafety_cli.exchange.papers import (
    Heading,
    Paper,
    Paragraph,
    Table,
    issuer_of,
    leaders_of,
)
from foodsafety_cli.exchange.sentences import beside_last_year, change_in_words, overall
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.text import first_few

# words that tell of nothing
_NOTHING = {"", "无", "暂无", "没有", "无问题", "暂无问题", "没有问题", "/", "-", "—"}
_MOST_SAID, _LEAST_SAID = 8, 3  # problems, and next steps
_ROOM = 9  # lines that they may take, so that the report stays within five pages
_A_LINE = 26  # characters
_STOP = re.compile("[，、；。：,;:]")
_LONGEST = 44  # characters of what is said
_BEST, _WORST, _NUMBERED = 1, 1, 6  # tasks of a part that are named, and numbered
_NAMED, _BODIES = 2, 3  # tasks, and departments, of what is said


def paper(digest: Digest) -> Paper:
    """The report of a digest's day."""
    plan = digest.plan
    blocks: tuple[Heading | Paragraph | Table, ...] = (
        Heading(1, "一、总体情况"),
        Paragraph(overall(digest)),
        *map(Paragraph, digest.notes),
        Heading(1, "二、主要指标"),
        _indicators(digest),
        Heading(1, "三、各部分进展"),
        *(_part(n, part) for n, part in enumerate(digest.sections, 1)),
        Heading(1, "四、存在问题"),
        *_said(digest, "problems", "亮红灯、黄灯和被退回的任务，没有单位写存在问题。"),
        Heading(1, "五、下步措施"),
        *_said(digest, "next_steps", "亮红灯、黄灯和被退回的任务，没有单位写下步措施。"),
    )
    return Paper(
        f"关于《{plan.title}》落实情况的报告",
        leaders_of(plan),
        blocks,
        issuer_of(plan),
        day_in_words(digest.as_of),
        (_all_tasks(digest), _departments(digest), _wanting(digest)),
    )


_HEAD = ("指标", "目标", "完成", "达成率", "应达")


def _indicators(digest: Digest) -> Table:
    before = digest.before
    rows: tuple[tuple[str, ...], ...] = tuple(
        _indicator_row(task, one, before) for task, one in digest.indicators
    )
    if digest.last_year:
        beside = [beside_last_year(digest.last_year, one) for _, one in digest.indicators]
        rows = tuple((*row, words) for row, words in zip(rows, beside, strict=True))
        since = f"比{before.words}" if before else "比上月"
        wide = (*_HEAD, since, "已报", "去年同期")
        return Table("", wide, rows, (24, 13, 10, 10, 9, 9, 12, 14))
    since = f"比{before.words}" if before else "比上月"
    head = (*_HEAD, since, "已报")
    return Table("", head, rows, (28, 14, 11, 10, 10, 9, 12))


def _indicator_row(
    task: TaskStanding, standing: IndicatorStanding, before: Month | None
) -> tuple[str, ...]:
    indicator = standing.indicator
    target = with_unit(standing.measure.target_words, indicator.unit)
    reached = "" if standing.attainment is None else percent(standing.attainment)
    is_counted = standing.measure.is_figure and not standing.is_not_concerned
    expected = percent(standing.expected) if is_counted else ""
    name = f"{task.task.id}　{indicator.name}"
    return (
        name,
        target,
        value_words(standing),
        reached,
        expected,
        change_in_words(standing, before),
        standing.reported + ("，简单平均" if standing.is_plain_mean else ""),
    )


def _part(number: int, part: SectionDigest) -> Paragraph:
    """A part in one paragraph: done and best first, then what lags and why."""
    tally = part.tally
    completion = mean_words(tally.completion)
    done_of_all = f"，已完成{tally.done}项" if tally.done else ""
    said = [f"{tally.tasks}项任务{done_of_all}，完成率{completion}。"]
    done = [task for task in part.tasks if task.status is Status.DONE]
    best = sorted(
        (
            t
            for t in part.tasks
            if t.light is Light.GREEN and t.status is not Status.DONE and t.completion
        ),
        key=lambda task: task.behind,
    )
    if done:
        said.append(f"已完成：{_titles(done) if len(done) == 1 else _numbers(done)}。")
    if best:
        said.append(f"进展较好：{_titles(best[:_BEST], figure=True)}。")
    lagging = [t for t in part.tasks if t.light in (Light.RED, Light.YELLOW)]
    lagging.sort(key=lambda task: -task.behind)
    for task in lagging[:_WORST]:
        said.append(f"{task_words(task.task)}滞后：{behind_in_brief(task)}")
    if len(lagging) > _WORST:
        said.append(f"滞后的还有：{_numbers(lagging[_WORST:])}。")
    silent = [task for task in part.tasks if not task.reports]
    if silent:
        all_of_them = "全部" if len(silent) == len(part.tasks) else ""
        said.append(f"{all_of_them}未报：{_numbers(silent)}。")
    label = part.section._replace(number=number).label
    return Paragraph("".join(said), f"（{label}）{part.section.title}。")


def _titles(tasks: Sequence[TaskStanding], *, figure: bool = False) -> str:
    return "、".join(
        f"{task_words(task.task)}{f'（{completed(task)}）' if figure else ''}" for task in tasks
    )


def _numbers(tasks: Sequence[TaskStanding]) -> str:
    return f"任务{first_few([task.task.id for task in tasks], _NUMBERED, '等{}项')}"


def _only_reporter(task: TaskStanding) -> str:
    """Whose words those for the whole task are, where one alone reports on it."""
    reporters = {body for one in task.indicators for body in one.reporters} or set(task.parts)
    return reporters.pop() if len(reporters) == 1 else ""


def _said(digest: Digest, field: Words, otherwise: str) -> Iterator[Paragraph]:
    """What the departments of tasks that lag have said last, the weightiest first, each once."""
    tasks = [
        task for task in digest.tasks if task.light in (Light.RED, Light.YELLOW) or task.returned
    ]
    tasks.sort(key=lambda task: -task.behind)
    by_words: dict[str, dict[str, None]] = {}
    about: dict[str, dict[int, None]] = {}
    spelt: dict[str, str] = {}
    for task in tasks:
        for body, said in still_said(digest.reports.get(task.task.id, ()), field):
            bare = "".join(without_stop(said).split())  # said alike, whatever the blanks
            if bare in _NOTHING:
                continue
            words = spelt.setdefault(bare, without_stop(said))
            by_words.setdefault(words, {})[body or _only_reporter(task)] = None
            about.setdefault(words, {})[task.task.id] = None
    told = [(words, by_words[words]) for words in _in_turn(about)[:_MOST_SAID]]
    lines = count = 0
    for n, (words, bodies) in enumerate(told, 1):
        names = [body for body in bodies if body]
        whose = first_few(names, _BODIES, "等{}个单位")
        numbers = first_few(list(about[words]), _NAMED, "等{}项")
        short = words if len(words) <= _LONGEST else f"{_cut(words)}……"
        told_by = f"{whose}，" if whose else ""
        paragraph = f"{n}．{short}（{told_by}任务{numbers}）。"
        lines += -(-(len(paragraph) + 2) // _A_LINE)
        if n > _LEAST_SAID and lines > _ROOM:
            break
        count = n
        yield Paragraph(paragraph)
    if len(by_words) > count:
        yield Paragraph(f"另有{len(by_words) - count}条，见工作台账。")
    if not told:
        yield Paragraph(otherwise)


def _in_turn(about: Mapping[str, Mapping[int, None]]) -> list[str]:
    """One of each task after the other, so that none of them has all the room."""
    of_task: dict[int, list[str]] = {}
    for words, numbers in about.items():
        of_task.setdefault(next(iter(numbers)), []).append(words)
    rounds = zip_longest(*of_task.values())
    return [words for round_ in rounds for words in round_ if words is not None]


def _cut(words: str) -> str:
    """As many of the words as there is room for, up to a stop where one is near."""
    stops = [stop.start() for stop in _STOP.finditer(words[: _LONGEST + 1])]
    return words[: max([at for at in stops if 2 * at >= _LONGEST], default=_LONGEST)]


def _all_tasks(digest: Digest) -> Table:
    rows = tuple(
        (
            str(task.task.id),
            task.task.title,
            _in_brief((*task.task.lead, *task.task.responsible) or task.task.support),
            completed(task),
            percent(task.expected),
            f"{task.light} {task.status}",
            due_words(task.due, task.due_first, task.extensions),
        )
        for task in digest.tasks
    )
    head = ("序号", "任务", "牵头、责任单位", "完成率", "应完成", "亮灯", "时限")
    return Table("全部任务一览", head, rows, (7, 25, 21, 10, 10, 14, 15))


def _in_brief(names: Sequence[str]) -> str:
    return f"{names[0]}等{len(names)}个" if len(names) > 1 else "".join(names)


def _departments(digest: Digest) -> Table:
    ranked = sorted(digest.departments, key=lambda one: (one.rank is None, one.rank or 0))
    rows = tuple(
        (
            str(one.rank or "—"),
            one.department.name,
            str(one.own.tasks),
            "—" if one.own.completion is None else percent(one.own.completion),
            f"{one.own.reported}/{one.own.tasks}",
            str(one.own.date or "未报"),
        )
        for one in ranked
        if one.own.tasks
    )
    head = ("名次", "单位", "报数任务", "自报完成率", "已报", "最近填报")
    return Table("各单位完成情况", head, rows, (8, 30, 12, 14, 10, 16))


def _wanting(digest: Digest) -> Table:
    rows = [
        (str(task.task.id), task.task.title, why, due)
        for task in digest.tasks
        if (why := _reasons(task))
        for due in ["；".join(_dues(task))]
    ]
    head = ("序号", "任务", "情况", "时限")
    return Table("逾期、未报、延期的任务", head, tuple(rows), (7, 44, 22, 24))


def _dues(task: TaskStanding) -> Iterator[str]:
    """The day in force, and those of departments that were given more time than others."""
    yield due_words(task.due, task.due_first, task.extensions)
    for words, bodies in later_dues(task).items():
        yield f"{'、'.join(bodies)} {words}"


def _reasons(task: TaskStanding) -> str:
    found = []
    if task.status is Status.OVERDUE:
        found.append(f"逾期{-task.days_left}天")
    if not task.reports and task.status is not Status.CLOSED_UNMET:
        found.append("未报")
    elif (silent := task.silent - task.released) and not task.status.is_settled:
        found.append(f"{len(silent)}个单位未报")
    times = max([task.extensions, *(due.times for due in task.own_dues.values())])
    if times:
        found.append(f"延期{times}次")
    if task.returned:
        found.append("退回待改")
    return "，".join(found)
