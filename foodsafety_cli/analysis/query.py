"""Which tasks are meant: filters that all combine, within one filter any of its values."""

import datetime as dt
from collections.abc import Iterable, Iterator

from foodsafety_cli.analysis.duties import Duty
from foodsafety_cli.analysis.match import plain
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.plan import Indicator, Role, Section, Task
from foodsafety_cli.model.valuetype import ValueType


class Selection(ValueType):
    """Filters on tasks; an empty one lets everything through."""

    departments: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    sections: tuple[int, ...] = ()
    indicator: str = ""
    search: str = ""
    statuses: tuple[Status, ...] = ()
    lights: tuple[Light, ...] = ()
    due_before: dt.date | None = None
    direct: bool = False
    returned: bool = False
    reporting: bool = False  # also tasks on which the departments only report

    @property
    def is_by_state(self) -> bool:
        """Whether it depends on the day which tasks are meant."""
        return bool(self.statuses or self.lights or self.due_before or self.returned)


class Selected(ValueType):
    """A task that was meant, how it stands, and which duties made it match."""

    standing: TaskStanding
    duties: tuple[Duty, ...]


def select(standings: Standings, selection: Selection) -> Iterator[Selected]:
    """The tasks meant, in the notice's order; only those that match are computed."""
    for section, task in standings.plan.tasks():
        if not _text_matches(section, task, selection):
            continue
        duties = _matching_duties(standings, task, selection)
        if duties is None:
            continue
        standing = standings.of(section, task)
        if (
            _standing_matches(standing, selection)
            and _has_status(standings, standing, selection)
            and _is_returned(standings, standing, selection)
        ):
            yield Selected(standing, duties)


def selected_indicators(
    selected: Iterable[Selected], selection: Selection
) -> Iterator[tuple[Selected, IndicatorStanding]]:
    """The selected tasks' indicators that the indicator filter means, with their tasks."""
    wanted = plain(selection.indicator)
    for item in selected:
        for standing in item.standing.indicators:
            if _indicator_matches(standing.indicator, wanted):
                yield item, standing


def _indicator_matches(indicator: Indicator, wanted: str) -> bool:
    return any(wanted in plain(text) for text in (indicator.name, indicator.quote, indicator.unit))


def _text_matches(section: Section, task: Task, selection: Selection) -> bool:
    if selection.sections and section.number not in selection.sections:
        return False
    wanted = plain(selection.indicator)
    if wanted and not any(_indicator_matches(i, wanted) for i in task.indicators):
        return False
    sought = plain(selection.search)
    names = (indicator.name for indicator in task.indicators)
    texts = (task.text, task.title, task.responsibility, section.title, *names)
    return not sought or any(sought in plain(text) for text in texts)


def _matching_duties(
    standings: Standings, task: Task, selection: Selection
) -> tuple[Duty, ...] | None:
    """The duties that the department and role filters ask for; None if there are none."""
    if not selection.departments:
        roles = {role for _, role in task.named()}
        fits = not selection.roles or roles.intersection(selection.roles)
        return () if fits else None
    duties = tuple(
        duty
        for department in selection.departments
        for duty in standings.duties.of(department, task, direct=selection.direct)
        if not selection.roles or duty.role in selection.roles
    )
    if duties or selection.roles or not selection.reporting:
        return duties or None
    members = [m for d in selection.departments for m in standings.duties.members(d)]
    reports = any(standings.reporters.may_report(task, member) for member in members)
    return () if reports else None


def _is_returned(standings: Standings, standing: TaskStanding, selection: Selection) -> bool:
    """Whether a part was sent back, where that is asked: of the departments, if any are named."""
    if not selection.returned:
        return True
    returned = {review.department for review in standing.returned}
    members = {m for d in selection.departments for m in standings.duties.members(d)}
    return bool(returned & members if members else returned)


def _has_status(standings: Standings, standing: TaskStanding, selection: Selection) -> bool:
    """Whether it stands so; 待审核 is also a task of which one part waits for a decision."""
    wanted = selection.statuses
    if not wanted or standing.status in wanted:
        return True
    members = {m for d in selection.departments for m in standings.duties.members(d)}
    pending = {r.department for r in standing.reviews if r.state is State.PENDING}
    return Status.IN_REVIEW in wanted and bool(pending & members if members else pending)


def _standing_matches(standing: TaskStanding, selection: Selection) -> bool:
    return (not selection.lights or standing.light in selection.lights) and (
        selection.due_before is None or standing.due < selection.due_before
    )
