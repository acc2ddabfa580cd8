"""Many standings as one: sections, departments, the plan (the mean over tasks)."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.events import Light, Status, Tally
from foodsafety_cli.model.plan import Department, Role, Section


def tally(standings: Iterable[TaskStanding]) -> Tally:
    """Counts, mean completion, mean pace and lights of some tasks."""
    standings = list(standings)
    lights = dict.fromkeys(Light, 0)
    for standing in standings:
        lights[standing.light] += 1
    return Tally(
        tasks=len(standings),
        done=sum(standing.status is Status.DONE for standing in standings),
        completion=_mean([one.completion for one in standings if not one.is_not_concerned]),
        pace=_mean([standing.pace for standing in standings]),
        lights=lights,
    )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None


def by_section(
    standings: Sequence[TaskStanding],
) -> list[tuple[Section, list[TaskStanding]]]:
    """The standings section by section, in the notice's order; sections without any left out."""
    groups: dict[int, tuple[Section, list[TaskStanding]]] = {}
    for standing in standings:
        groups.setdefault(standing.section.number, (standing.section, []))[1].append(standing)
    return list(groups.values())


def by_department(
    tasks: Sequence[TaskStanding],
    standings: Standings,
    *,
    roles: Collection[Role] = tuple(Role),
    direct: bool = False,
) -> list[tuple[Department, list[TaskStanding]]]:
    """Each department with what it owes in these roles, in plan order; `direct`: not by groups.

    Asked for in whatever role, who only reports (`reported_by`) is listed with what it reports on,
    and who has figures of tasks that were taken from it, with none.
    """
    duties = standings.duties
    owed: dict[str, list[TaskStanding]] = {}
    reported: dict[str, list[TaskStanding]] = {}
    for standing in tasks:
        in_task = (d for d in duties.in_task(standing.task) if d.role in roles)
        for name in dict.fromkeys(d.department for d in in_task if not (direct and d.via)):
            owed.setdefault(name, []).append(standing)
        for name in standing.reporters:
            reported.setdefault(name, []).append(standing)
        for report in standing.reports:
            if report.entry.has_figure and (whose := standings.department_of(report)):
                reported.setdefault(whose, [])
    if set(roles) == set(Role) and not direct:
        owed = reported | owed
    return [(d, owed[d.name]) for d in duties.departments() if d.name in owed]
