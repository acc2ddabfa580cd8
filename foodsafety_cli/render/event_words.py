"""An event of the ledger in words, for whoever is about to take it back."""

from foodsafety_cli.analysis.scoring import mark_words
from foodsafety_cli.analysis.wording import figure_words
from foodsafety_cli.model.events import Event, Report, Submission
from foodsafety_cli.model.steps import Mark, MarkStep, Step
from foodsafety_cli.model.text import one_line
from foodsafety_cli.render.listing import Row
from foodsafety_cli.render.step_views import story_rows
from foodsafety_cli.store.clock import local


def described(event: Event) -> list[str]:
    """An event in words, a line for each task that it is about."""
    if isinstance(event, Submission):
        reports = (Report(event, entry, n) for n, entry in enumerate(event.entries))
        return [_describe(report) for report in reports]
    if isinstance(event, Mark):
        return [f"{_marked(event)}，{event.by} {_moment(event)} 记录，编号 {event.id}"]
    if not isinstance(event, Step):
        return []
    said = f"{event.by} {_moment(event)} 记录，编号 {event.id}"
    rows = story_rows([(event, False)]) or [
        {"task": "", "figure": "反馈", "words": "", "department": ""}
    ]
    return [one_line(f"{_step_in_words(row)}，{said}") for row in rows]


def _moment(event: Event) -> str:
    return f"{local(event.at):%Y-%m-%d %H:%M}"


def _step_in_words(row: Row) -> str:
    name = row["department"]
    whose = f"{name} " if row["task"] is None else f"任务 {row['task']}（{name}）"
    return f"{whose}{row['figure']}{'，' if row['words'] else ''}{row['words']}"


def _marked(mark: Mark) -> str:
    if mark.step is MarkStep.PUBLISH:
        return f"{mark.date} 公布的考核结果"
    if mark.step is MarkStep.FLAG:
        return one_line(f"{mark.department} {mark.item}（{mark.basis}）")
    return one_line(f"{mark.department} {mark.item} {mark.stage} {mark_words(mark)}")


def _describe(report: Report) -> str:
    submission, entry = report.submission, report.entry
    who = f"（{entry.department}）" if entry.department else ""
    said = "；".join(filter(None, (entry.note, entry.problems, entry.next_steps)))
    words = f"，{said}" if said else ""
    return one_line(
        f"任务 {entry.task}{who} {figure_words(report)}{words}，"
        f"{submission.by} {_moment(submission)} 填报，编号 {submission.id}"
    )
