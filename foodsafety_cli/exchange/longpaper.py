"""The long form of the report (--full): every task that was reported, in its own words."""

from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.digest import Digest, SectionDigest
from foodsafety_cli.analysis.offices import signer_of
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.wording import (
    against_target,
    completed,
    day_in_words,
    due_words,
    expected_words,
    mean_words,
    percent,
    task_words,
    value_words,
)
from foodsafety_cli.exchange.papers import Heading, Paper, Paragraph, Table, leaders_of
from foodsafety_cli.exchange.sentences import beside_last_year, overall
from foodsafety_cli.model.events import Light


def long_paper(digest: Digest) -> Paper:
    """The report of a digest's day."""
    plan = digest.plan
    blocks = (
        Heading(1, "一、总体情况"),
        Paragraph(overall(digest)),
        *map(Paragraph, digest.notes),
        Heading(1, "二、各项任务进展"),
        *(block for n, part in enumerate(digest.sections, 1) for block in _part(digest, n, part)),
        Heading(1, "三、存在问题"),
        *_gathered(digest, "problems", "各单位的填报没有写存在问题。"),
        Heading(1, "四、下步措施"),
        *_gathered(digest, "next_steps", "各单位的填报没有写下步措施。"),
    )
    return Paper(
        f"关于《{plan.title}》落实情况的报告",
        leaders_of(plan),
        blocks,
        signer_of(plan),
        day_in_words(digest.as_of),
        (_indicator_table(digest), _behind_table(digest)),
    )


def _part(digest: Digest, number: int, part: SectionDigest) -> Iterator[Heading | Paragraph]:
    label = part.section._replace(number=number).label
    yield Heading(2, f"（{label}）{part.section.title}")
    tally = part.tally
    words = f"共{tally.tasks}项任务，已完成{tally.done}项，完成率{mean_words(tally.completion)}。"
    yield Paragraph(words)
    for task in part.tasks:
        words = _task(digest, task)
        if words:
            yield Paragraph(words)
    silent = [task for task in part.tasks if not digest.reports.get(task.task.id)]
    if silent:
        yield Paragraph(f"未报：{_named(silent)}。")


def _task(digest: Digest, task: TaskStanding) -> str:
    """What was reported of a task; nothing where nothing was."""
    if not digest.reports.get(task.task.id):
        return ""
    figures = [against_target(standing) for standing in task.indicators]
    if not figures:
        of = f"（{task.made_of}）" if task.silent and task.made_of else ""
        figures = [f"完成率{completed(task)}{of}"]
    note = digest.said[task.task.id].note.rstrip("。")
    due = due_words(task.due, task.due_first, task.extensions)
    put_off = [f"时限{due}"] if task.due != task.due_first else []
    parts = [*figures, *([note] if note else []), *put_off, f"{task.status}，亮{task.light}灯"]
    return f"{task_words(task.task)}：{'；'.join(parts)}。"


def _gathered(digest: Digest, field: str, otherwise: str) -> Iterator[Paragraph]:
    said = [
        (task, str(getattr(digest.said[task.task.id], field)).rstrip("。")) for task in digest.tasks
    ]
    told = [(task, words) for task, words in said if words]
    for n, (task, words) in enumerate(told, 1):
        yield Paragraph(f"{n}．{words}（{task_words(task.task)}）。")
    if not told:
        yield Paragraph(otherwise)


def _named(tasks: Sequence[TaskStanding]) -> str:
    return "、".join(task_words(task.task) for task in tasks)


def _indicator_table(digest: Digest) -> Table:
    rows = []
    for task, standing in digest.indicators:
        indicator = standing.indicator
        target, value = standing.measure.target_words, value_words(standing)
        reached = "" if standing.attainment is None else percent(standing.attainment)
        value += (
            f"（{standing.made_of}）" if standing.made_of and standing.value is not None else ""
        )
        row = (str(task.task.id), indicator.name, target, indicator.unit, value, reached)
        met = "" if standing.is_not_concerned else "是" if standing.met else "否"
        beside = [beside_last_year(digest.last_year, standing)] if digest.last_year else []
        rows.append((*row, met, *beside))
    head = ("任务", "指标", "目标值", "单位", "完成值", "达成率", "达标")
    if digest.last_year:
        wide = (6, 22, 9, 11, 10, 10, 6, 14)
        return Table("指标完成情况表", (*head, "去年同期"), tuple(rows), wide)
    return Table("指标完成情况表", head, tuple(rows), (6, 26, 10, 12, 10, 11, 7))


def _behind_table(digest: Digest) -> Table:
    rows = tuple(
        (
            str(task.task.id),
            task.task.title,
            "、".join((*task.task.lead, *task.task.responsible)) or "、".join(task.task.support),
            completed(task),
            expected_words(task),
            f"{task.light} {task.status}",
        )
        for task in digest.with_light(Light.YELLOW, Light.RED)
    )
    head = ("任务", "名称", "牵头、责任单位", "完成率", "应完成", "亮灯")
    return Table("落后于序时进度的任务（未报的见正文）", head, rows, (6, 26, 30, 10, 10, 12))
