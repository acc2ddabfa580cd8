"""Standings as the records that JSON documents (docs/reference/json.md); fields are only added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.analysis.wording import Computed, computed, shown_value
from foodsafety_cli.model.events import LEDGER_NAMES, Report, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foodsafety_cli.analysis.duties import Duty
    from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding

Record = dict[str, object]


def expected_of(standing: IndicatorStanding | TaskStanding) -> Computed | None:
    """What is expected by now; nothing where there was nothing to count."""
    return None if standing.is_not_concerned else computed(standing.expected)


def indicator_record(standing: IndicatorStanding) -> Record:
    """An indicator with its target and where it stands."""
    indicator = standing.indicator
    return {
        "task": standing.task,
        "name": indicator.name,
        "kind": indicator.kind.value,
        "target": indicator.target,
        "unit": indicator.unit,
        "quote": indicator.quote,
        "due": standing.due,
        "value": shown_value(standing),
        "attainment": computed(standing.attainment),
        "met": None if standing.is_not_concerned else standing.met,
        "date": standing.date,
        "reported_by": standing.reported_by,
        "departments": standing.departments,
        "silent": standing.missing,
        "reporters": standing.reporters,
        "reported": standing.reported,
        "made_of": standing.made_of,
        "not_concerned": standing.not_concerned,
        "plain_mean": standing.is_plain_mean,
        "due_first": standing.due_first,
        "extensions": standing.extensions,
        "at_most": indicator.at_most,
        "each": indicator.each,
        "per": indicator.per,
        "split": dict(indicator.split),
        "aggregate": measure_of(indicator).combine,
        "expected": expected_of(standing),
        "course": standing.course,
    }


def task_record(standing: TaskStanding, duties: Iterable[Duty] = ()) -> Record:
    """A task with everything known of it on the day; `roles` are those that were asked for."""
    task = standing.task
    return {
        "id": task.id,
        "section": standing.section.number,
        "section_title": standing.section.title,
        "title": task.title,
        "text": task.text,
        "responsibility": task.responsibility,
        "lead": task.lead,
        "responsible": task.responsible,
        "support": task.support,
        "roles": tuple(dict.fromkeys(str(duty) for duty in duties)),
        **due_fields(standing),
        "indicators": tuple(indicator_record(i) for i in standing.indicators),
        "completion": None if standing.is_not_concerned else computed(standing.completion),
        "expected": expected_of(standing),
        "pace": computed(standing.pace),
        "light": standing.light,
        "status": standing.status,
        "days_left": standing.days_left,
        "last_reported": standing.reports[-1].submission.date if standing.reports else None,
        "returns": sum(review.returns for review in standing.reviews),
        "label": task.label,
        "and_others": task.and_others,
        "reported": standing.reported,
        "made_of": standing.made_of,
        "silent": tuple(department for department, part in standing.parts.items() if part is None),
    }


def due_fields(standing: TaskStanding) -> Record:
    """When a task is due, when it was first, and how often it was put off."""
    return {
        "due": standing.due,
        "due_first": standing.due_first,
        "extensions": standing.extensions,
    }


def tally_record(tally: Tally) -> Record:
    """How some tasks stand together."""
    return {
        "tasks": tally.tasks,
        "done": tally.done,
        "completion": computed(tally.completion),
        "pace": computed(tally.pace),
        "lights": dict(tally.lights),
    }


def report_record(report: Report) -> Record:
    """One entry of the ledger with the submission it came in."""
    submission = report.submission
    entry = {LEDGER_NAMES.get(name, name): given for name, given in report.entry._asdict().items()}
    entry["files"] = [file._asdict() for file in report.entry.files]
    return {
        "kind": "submission",
        "id": submission.id,
        "date": submission.date,
        "at": submission.at,
        "by": submission.by,
        **entry,
        "undone": report.undone,
    }
