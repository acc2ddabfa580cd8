"""The monthly 通报: who stands where, which tasks are red and why, who has not reported."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.digest import DepartmentDigest, Digest
from foodsafety_cli.analysis.measures import is_full, measure_of
from foodsafety_cli.analysis.offices import signer_of
from foodsafety_cli.analysis.own import ranks
from foodsafety_cli.analysis.reminders import last_heard
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.wording import day_in_words, due_words, percent
from foodsafety_cli.exchange.annexes import changes_of
from foodsafety_cli.exchange.papers import (
    Heading,
    Paper,
    Paragraph,
    Table,
    everyone_in,
    places_of,
)
from foodsafety_cli.exchange.sentences import (
    against_pace,
    own_change,
    red_because,
    since_before,
    turned,
    weight,
)
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.text import first_few

_NUMBERED = 4  # tasks that are named of a department


def bulletin(digest: Digest) -> Paper:
    """The 通报 of the month that the digest's day lies in."""
    plan, day = digest.plan, digest.as_of
    concerned = [
        one
        for one in digest.departments
        if one.own.tasks and not one.department.members and not one.is_unnamed
    ]
    missing = [(one, numbers) for one in concerned if (numbers := _not_told(digest, one))]
    later = {*changes_of(digest)}  # papers of this month alone: the report has them all
    notes = [one for one in digest.notes if one not in later or f"自 {day:%Y-%m}-" in one]
    silent = [one.department.name for one, _ in missing if not _has_spoken(digest, one)]
    partly = {o.department.name: n for o, n in missing if o.department.name not in silent}
    numbered = iter("一二三四")
    blocks: list[Heading | Paragraph | Table] = [
        Paragraph(words) for words in (*_on_top(digest, silent, partly), *notes) if words
    ]
    for title, group in _series(plan, concerned):
        blocks.append(Heading(1, f"{next(numbered)}、{title}完成情况"))
        blocks.append(_league(group, f"比{digest.before.words}" if digest.before else "比期初"))
    blocks += [Heading(1, f"{next(numbered)}、亮红灯的任务"), *_red(digest)]
    blocks += [Heading(1, f"{next(numbered)}、本月未填报的单位"), *_unreported(silent, partly)]
    return Paper(
        f"关于《{plan.title}》{day.year}年{day.month}月落实情况的通报",
        everyone_in(plan),
        tuple(blocks),
        signer_of(plan),
        day_in_words(day),
        (),
    )


def _series(
    plan: Plan, concerned: Sequence[DepartmentDigest]
) -> Iterator[tuple[str, list[DepartmentDigest]]]:
    """The places and the departments, each ranked among themselves; none that is empty."""
    groups = places_of(plan)
    places = {name for members in groups.values() for name in members}
    of_places = [one for one in concerned if one.department.name in places]
    others = [one for one in concerned if one.department.name not in places]
    if of_places:
        yield "、".join(groups).removeprefix("各"), of_places
    if others:
        yield "部门", others


def _unreported(silent: Sequence[str], partly: Mapping[str, Sequence[int]]) -> Iterator[Paragraph]:
    if silent:
        yield Paragraph(f"一项也没有填报的：{'、'.join(silent)}。")
    if partly:
        told = "；".join(
            f"{name}（任务{first_few(numbers, _NUMBERED, '等{}项')}）"
            for name, numbers in partly.items()
        )
        yield Paragraph(f"部分任务没有填报的：{told}。")
    if not silent and not partly:
        yield Paragraph("没有，各单位都已填报。")


def _not_told(digest: Digest, one: DepartmentDigest) -> list[int]:
    """The unfinished tasks of which nothing was told this month that would stand for it."""
    first, name = digest.as_of.replace(day=1), one.department.name
    alone = {figure.task.id: figure.is_alone for figure in one.own.figures if figure.counts}
    open_ = {
        f.task.id
        for f in one.own.figures  # a milestone has nothing to tell before its day
        if not is_full(f.attainment)
        and (measure_of(f.indicator).is_figure or f.due.day <= digest.as_of)
    }
    return [
        task.task.id
        for task in digest.tasks
        if task.task.id in alone
        and task.task.id in open_
        and _has_part(digest, task, name)
        and not task.is_met
        and not task.status.is_settled
        and task.status is not Status.IN_REVIEW
        and name not in task.settled
        and name not in task.released  # what others have taken over it can't report
        and (last_heard(task, name, is_alone=alone[task.task.id]) or dt.date.min) < first
    ]


def _has_part(digest: Digest, task: TaskStanding, name: str) -> bool:
    """Whether a department answers for a task or reports on it: who handed it on does not."""
    reporters = {
        *task.parts,
        *(department for one in task.indicators for department in one.reporters),
    }
    return name in reporters or name in digest.involved[task.task.id]


def _has_spoken(digest: Digest, one: DepartmentDigest) -> bool:
    """Whether it has told anything itself this month, a figure or words."""
    first, name = digest.as_of.replace(day=1), one.department.name
    if one.own.date and one.own.date >= first:
        return True
    alone = {figure.task.id for figure in one.own.figures if figure.is_alone}
    return any(
        report.submission.date >= first
        and (department == name or (department is None and task.task.id in alone))
        for task in digest.tasks
        for report in task.reports
        for department in [report.entry.department]
    )


def _on_top(
    digest: Digest, silent: Sequence[str], partly: Mapping[str, Sequence[int]]
) -> Iterator[str]:
    """The three sentences that are read even where nothing else is."""
    tally = digest.tally
    completion, pace = tally.completion or Decimal(0), tally.pace or Decimal(0)
    yield (
        f"截至{day_in_words(digest.as_of)}，{tally.tasks}项任务已完成{tally.done}项，总体完成率"
        f"{percent(completion)}，序时进度{percent(pace)}，"
        f"{against_pace(digest)}{since_before(digest)}。"
    )
    lights = "、".join(f"{light}灯{tally.lights[light]}项" for light in Light)
    yield f"{lights}。{turned(digest)}{digest.agenda.in_numbers()}"
    told = [f"{len(silent)}个单位一项也没有填报"] if silent else []
    told += [f"{len(partly)}个单位部分任务没有填报"] if partly else []
    yield f"本月有{'，'.join(told)}。" if told else "本月各单位都已填报。"


def _league(group: Sequence[DepartmentDigest], since: str) -> Table:
    places = ranks([one.own for one in group])
    ranked = sorted(group, key=lambda one: places.get(one.department.name, len(group) + 1))
    rows = tuple(
        (
            str(places.get(one.department.name, "—")),
            one.department.name,
            "—" if one.own.completion is None else percent(one.own.completion),
            own_change(one),
            f"{one.own.reported}/{one.own.tasks}",
            str(one.own.date or "未报"),
        )
        for one in ranked
    )
    head = ("名次", "单位", "自报完成率", since, "已报", "最近填报")
    return Table("", head, rows, (8, 30, 14, 12, 10, 16))


def _red(digest: Digest) -> Iterator[Paragraph | Table]:
    red = sorted(digest.with_light(Light.RED), key=weight)
    if not red:
        yield Paragraph("没有。")
        return
    rows = tuple(
        (
            str(task.task.id),
            task.task.title,
            "、".join((*task.task.lead, *task.task.responsible)),
            red_because(digest, task),
            due_words(task.due, task.due_first, task.extensions),
        )
        for task in red
    )
    head = ("序号", "任务", "牵头、责任单位", "原因", "时限")
    yield Table("", head, rows, (6, 20, 20, 30, 20))
