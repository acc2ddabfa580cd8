"""Each part of the notice in a paragraph: done and best first, then what lags and why."""

from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.digest import Digest, SectionDigest
from foodsafety_cli.analysis.explaining import behind_in_brief
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.wording import completed, mean_words, task_words
from foodsafety_cli.exchange.papers import Paragraph
from foodsafety_cli.exchange.sentences import weight
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.text import first_few

_BEST, _NUMBERED = 1, 6  # tasks of a part that are named, and numbered


def parts_told(digest: Digest, most: int) -> Iterator[Paragraph]:
    """The parts in the notice's order, with the reasons of at most so many tasks of each."""
    for number, part in enumerate(digest.sections, 1):
        label = part.section._replace(number=number).label
        words = "".join(_sentences(part, most))
        yield Paragraph(words, f"（{label}）{part.section.title}。")


def _sentences(part: SectionDigest, most: int) -> Iterator[str]:
    tally = part.tally
    done_of_all = f"，已完成{tally.done}项" if tally.done else ""
    yield f"{tally.tasks}项任务{done_of_all}，完成率{mean_words(tally.completion)}。"
    done = [task for task in part.tasks if task.status is Status.DONE]
    if done:
        yield f"已完成：{_titles(done) if len(done) == 1 else _numbers(done)}。"
    if best := _best(part):
        yield f"进展较好：{_titles(best[:_BEST], figure=True)}。"
    lagging = [t for t in part.tasks if t.light in (Light.RED, Light.YELLOW) and t.is_heard]
    lagging.sort(key=weight)
    for task in lagging[:most]:
        yield f"{task_words(task.task)}滞后：{behind_in_brief(task)}"
    if rest := lagging[most:]:
        yield f"滞后的{'还' if most else ''}有：{_numbers(rest)}。"
    yield from _silent(part)


def _best(part: SectionDigest) -> list[TaskStanding]:
    green = (t for t in part.tasks if t.light is Light.GREEN and t.status is not Status.DONE)
    return sorted((task for task in green if task.completion), key=lambda task: task.behind)


def _silent(part: SectionDigest) -> Iterator[str]:
    silent = [task for task in part.tasks if task.is_unreported]
    if silent:
        all_of_them = "全部" if len(silent) == len(part.tasks) else ""
        late = [task for task in silent if task.status is Status.OVERDUE]
        overdue = f"，其中{_numbers(late)}已逾期" if 0 < len(late) < len(silent) else ""
        if len(late) == len(silent):
            overdue = "，都已逾期" if len(late) > 1 else "，已逾期"
        yield f"{all_of_them}未报：{_numbers(sorted(silent, key=weight))}{overdue}。"


def _titles(tasks: Sequence[TaskStanding], *, figure: bool = False) -> str:
    return "、".join(
        f"{task_words(task.task)}{f'（{completed(task)}）' if figure else ''}" for task in tasks
    )


def _numbers(tasks: Sequence[TaskStanding]) -> str:
    return f"任务{first_few([task.task.id for task in tasks], _NUMBERED, '等{}项')}"
