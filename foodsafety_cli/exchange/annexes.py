"""The annexes of the report: all tasks, the departments, what is overdue, silent or extended."""

from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.digest import Digest
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.wording import (
    completed,
    due_words,
    expected_words,
    later_dues,
    percent,
)
from foodsafety_cli.exchange.papers import Table
from foodsafety_cli.model.events import Status

MOST_CHANGES = 4  # that are told in the report itself


def annexes(digest: Digest) -> tuple[Table, ...]:
    """Each on pages of its own."""
    changes = changes_of(digest)
    more = (_changed(changes),) if len(changes) > MOST_CHANGES else ()
    return (_all_tasks(digest), _departments(digest), _wanting(digest), *more)


def changes_of(digest: Digest) -> list[str]:
    """The notes that say what later documents changed of a task."""
    return [note for note in digest.notes if note.startswith("任务")]


def _changed(changes: Sequence[str]) -> Table:
    rows = tuple(tuple(note.removeprefix("任务").split("：", 1)) for note in changes)
    return Table("后来文件的修改", ("序号", "修改"), rows, (10, 90))


def _all_tasks(digest: Digest) -> Table:
    rows = tuple(
        (
            str(task.task.id),
            task.task.title,
            _in_brief((*task.task.lead, *task.task.responsible) or task.task.support),
            completed(task),
            expected_words(task),
            f"{task.light} {task.status}",
            due_words(task.due, task.due_first, task.extensions),
        )
        for task in digest.tasks
    )
    head = ("序号", "任务", "牵头、责任单位", "完成率", "应完成", "亮灯", "时限")
    is_extended = any(row[-1] != row[-1][:10] for row in rows)  # with the first day beside it
    widths = (7, 22, 19, 10, 10, 14, 20) if is_extended else (7, 25, 21, 10, 10, 14, 15)
    return Table("全部任务一览", head, rows, widths)


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
    for words, departments in later_dues(task).items():
        yield f"{'、'.join(departments)} {words}"


def _reasons(task: TaskStanding) -> str:
    found = []
    if task.status is Status.OVERDUE:
        found.append(f"逾期{-task.days_left}天")
    if task.is_unreported:
        found.append("未报")
    elif (silent := task.silent - task.released) and not task.status.is_settled:
        found.append(f"{len(silent)}个单位未报")
    times = max([task.extensions, *(due.times for due in task.own_dues.values())])
    if times:
        found.append(f"延期{times}次")
    if task.returned:
        found.append("退回待改")
    return "，".join(found)
