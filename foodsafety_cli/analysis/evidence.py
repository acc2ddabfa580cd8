"""Evidence (佐证材料): what was given for which task by whom, and where there is none."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.analysis.query import Selected
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Task
from foodsafety_cli.model.steps import Attachment, Extension, Mark, SignOff, Step
from foodsafety_cli.model.valuetype import ValueType


class EvidenceItem(ValueType):
    """One piece of evidence: as it was named, the file if it is one, and what it came with."""

    task: int | None  # None for what came with a mark
    department: str
    name: str
    file: Attachment | None
    date: dt.date
    came_with: str  # 填报, 申请销号, 申请延期, 评分 4.1
    id: str
    at: dt.datetime
    is_of_work: bool = True  # not what only asks for more time


class Holding(ValueType):
    """What there is of one department for one task."""

    task: Task
    department: str
    items: tuple[EvidenceItem, ...]
    is_missing: bool  # something was reported or applied for, and nothing proves it


def items(reports: Iterable[Report], steps: Iterable[Step | Mark]) -> Iterator[EvidenceItem]:
    """All pieces of evidence of what stands, in no order."""
    for report in reports:
        entry, submission = report.entry, report.submission
        if not report.undone:
            about = (entry.task, entry.department or "")
            came = (submission.date, "填报", submission.id, submission.at)
            yield from _items(about, entry.evidence, entry.files, came)
    for step in steps:
        if isinstance(step, SignOff | Extension):
            about = (step.task, step.department)
            came = (step.date, step.step.label, step.id, step.at)
            given = _items(about, step.evidence, step.files, came)
            is_of_work = not isinstance(step, Extension)
            yield from (item._replace(is_of_work=is_of_work) for item in given)
        elif isinstance(step, Mark):
            came = (step.date, f"评分 {step.item}", step.id, step.at)
            yield from _items((None, step.department), step.evidence, step.files, came)


def _items(
    about: tuple[int | None, str],
    evidence: Sequence[str],
    files: Sequence[Attachment],
    came: tuple[dt.date, str, str, dt.datetime],
) -> Iterator[EvidenceItem]:
    task, department = about
    date, came_with, number, at = came
    left = list(files)
    for name in evidence:
        fitting = [file for file in left if _file_name(file.path) == _file_name(name)]
        if fitting:
            left.remove(fitting[0])
        file = fitting[0] if fitting else None
        yield EvidenceItem(task, department, name, file, date, came_with, number, at)


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def holdings(
    standings: Standings,
    selected: Iterable[Selected],
    found: Iterable[EvidenceItem],
    departments: frozenset[str],
) -> Iterator[Holding]:
    """By task and department, what there is; `departments` are those asked for, none means all."""
    by_part: dict[tuple[int | None, str], list[EvidenceItem]] = {}
    for item in sorted(found, key=lambda item: (item.date, item.at)):
        department = standings.reporters.name_of(item.department) or item.department
        by_part.setdefault((item.task, department), []).append(item)
    for one in selected:
        task = one.standing.task
        signers = standings.reviews.signers(task)
        own = {department for number, department in by_part if number == task.id}
        for department in dict.fromkeys(
            (*signers, *sorted(own - {""}), *([""] if "" in own else []))
        ):
            given = by_part.get((task.id, department), [])
            if department == "" and len(signers) == 1:
                continue  # told with the only one that reports
            if signers == (department,):
                given = [*by_part.get((task.id, ""), []), *given]
            if departments and department not in departments:
                continue
            told = _has_told(one, department, is_alone=signers == (department,))
            if given or told:
                is_missing = told and not any(item.is_of_work for item in given)
                yield Holding(task, department, tuple(given), is_missing)


def _has_told(selected: Selected, department: str, *, is_alone: bool) -> bool:
    """Whether there is something that evidence is wanted for."""
    standing = selected.standing
    reported = any(
        report.entry.has_figure
        and (report.entry.department == department or (is_alone and not report.entry.department))
        for report in standing.reports
    )
    return reported or any(r.department == department and r.application for r in standing.reviews)
