"""The report to 市委、市政府, short enough to be read and signed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from foodsafety_cli.analysis.digest import Digest, Month
from foodsafety_cli.analysis.offices import signer_of
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.statements import Words, still_said
from foodsafety_cli.analysis.wording import (
    day_in_words,
    expected_words,
    percent,
    value_words,
    with_unit,
    without_stop,
)
from foodsafety_cli.exchange.annexes import MOST_CHANGES, annexes, changes_of
from foodsafety_cli.exchange.papers import (
    Heading,
    Paper,
    Paragraph,
    Table,
    leaders_of,
)
from foodsafety_cli.exchange.parts_told import parts_told
from foodsafety_cli.exchange.sentences import beside_last_year, change_in_words, overall, weight
from foodsafety_cli.model.events import Light
from foodsafety_cli.model.text import first_few
from foodsafety_cli.model.valuetype import ValueType

_MOST_SAID, _LEAST_SAID = 12, 3  # problems, and next steps
_A_LINE = 26  # characters
_MOST_LINES = 107  # of the 110 of five pages: they are told without setting them
_STOP = re.compile("[，、；。：,;:]")
_FULL_STOPS = str.maketrans(",;:()", "，；：（）")
_LONGEST = 44  # characters of what is said
_NAMED, _BODIES = 2, 3  # tasks, and departments, of what is said


class Detail(ValueType):
    """How much the report tells, so that it stays within five pages whatever the year held."""

    reasons: int  # tasks of each part whose reason is given
    said: int  # lines of problems, and of next steps
    indicators: int | None = None  # in the table, the least met first; None for all


_DETAILS = (
    *(Detail(reasons, said) for reasons, said in ((5, 30), (4, 24), (3, 20), (2, 14), (1, 9))),
    *(Detail(reasons, 9, most) for reasons, most in ((1, 30), (1, 20), (0, 20), (0, 12))),
)


def paper(digest: Digest) -> Paper:
    """The report of a digest's day."""
    plan = digest.plan
    drafts = (_blocks(digest, detail) for detail in _DETAILS)
    blocks = next((draft for draft in drafts if lines_of(draft) <= _MOST_LINES), None)
    return Paper(
        f"关于《{plan.title}》落实情况的报告",
        leaders_of(plan),
        blocks or _blocks(digest, _DETAILS[-1]),
        signer_of(plan),
        day_in_words(digest.as_of),
        annexes(digest),
    )


def _blocks(digest: Digest, detail: Detail) -> tuple[Heading | Paragraph | Table, ...]:
    none = "亮红灯、黄灯和被退回的任务，没有单位写{}。"
    return (
        Heading(1, "一、总体情况"),
        Paragraph(overall(digest)),
        *_notes(digest),
        Heading(1, "二、主要指标"),
        *_indicators(digest, detail.indicators),
        Heading(1, "三、各部分进展"),
        *parts_told(digest, detail.reasons),
        Heading(1, "四、存在问题"),
        *_said(digest, "problems", none.format("存在问题"), detail.said),
        Heading(1, "五、下步措施"),
        *_said(digest, "next_steps", none.format("下步措施"), detail.said),
    )


def _notes(digest: Digest) -> Iterator[Paragraph]:
    """What must be known to read the figures; many amendments stand in an annex."""
    changes = changes_of(digest)
    if len(changes) <= MOST_CHANGES:
        yield from map(Paragraph, digest.notes)
        return
    yield from (Paragraph(note) for note in digest.notes if note not in changes)
    yield Paragraph(f"后来的文件修改了{len(changes)}项任务，逐项见附件。")


_HEAD = ("指标", "目标", "完成", "达成率", "应达")


def _indicators(digest: Digest, most: int | None) -> Iterator[Table | Paragraph]:
    """The table of indicators; of `most` that are furthest behind, where there is no room."""
    of_all = list(digest.indicators)
    shown = of_all
    if most is not None and len(of_all) > most:
        open_ = [one for one in of_all if not one[1].met]
        open_.sort(key=lambda one: one[1].counted - one[1].expected)
        shown = [one for one in of_all if one in open_[:most]]
    yield _table_of(digest, shown)
    if len(shown) < len(of_all):
        met = sum(one.met for _, one in of_all)
        yield Paragraph(f"另有{len(of_all) - len(shown)}个指标没有列出，其中已达标{met}个。")


def _table_of(digest: Digest, shown: Sequence[tuple[TaskStanding, IndicatorStanding]]) -> Table:
    before = digest.before
    rows: tuple[tuple[str, ...], ...] = tuple(
        _indicator_row(task, one, before) for task, one in shown
    )
    if digest.last_year:
        beside = [beside_last_year(digest.last_year, one) for _, one in shown]
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
    expected = expected_words(standing) if standing.measure.is_figure else ""
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


def _only_reporter(task: TaskStanding) -> str:
    """Whose words those for the whole task are, where one alone reports on it."""
    reporters = {department for one in task.indicators for department in one.reporters} or set(
        task.parts
    )
    return reporters.pop() if len(reporters) == 1 else ""


def _said(digest: Digest, field: Words, otherwise: str, room: int) -> Iterator[Paragraph]:
    """What the departments of tasks that lag have said last, the weightiest first, each once."""
    tasks = [
        task for task in digest.tasks if task.light in (Light.RED, Light.YELLOW) or task.returned
    ]
    tasks.sort(key=weight)
    by_words: dict[str, dict[str, None]] = {}
    about: dict[str, dict[int, None]] = {}
    spelt: dict[str, str] = {}
    for task in tasks:
        for department, said in still_said(digest.reports.get(task.task.id, ()), field):
            # said alike, whatever the blanks and whichever the stops
            bare = "".join(without_stop(said).split()).translate(_FULL_STOPS)
            words = spelt.setdefault(bare, without_stop(said))
            by_words.setdefault(words, {})[department or _only_reporter(task)] = None
            about.setdefault(words, {})[task.task.id] = None
    told = [(words, by_words[words]) for words in _in_turn(about)[:_MOST_SAID]]
    lines = count = 0
    for n, (words, departments) in enumerate(told, 1):
        names = [department for department in departments if department]
        whose = first_few(names, _BODIES, "等{}个单位")
        numbers = first_few(list(about[words]), _NAMED, "等{}项")
        short = words if len(words) <= _LONGEST else f"{_cut(words)}……"
        told_by = f"{whose}，" if whose else ""
        paragraph = f"{n}．{short}（{told_by}任务{numbers}）。"
        lines += lines_in(paragraph)
        if n > _LEAST_SAID and lines > room:
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


def lines_of(blocks: Sequence[Heading | Paragraph | Table]) -> int:
    """About how many lines of a page they take."""
    lines = 0
    for block in blocks:
        if isinstance(block, Heading):
            lines += 1
        elif isinstance(block, Paragraph):
            lines += lines_in(f"{block.lead}{block.text}")
        else:
            lines += 1 + len(block.rows)
    return lines


def lines_in(words: str) -> int:
    """About how many lines a paragraph takes."""
    return -(-(len(words) + 2) // _A_LINE)
