"""Many standings as one: sections, departments, the plan (DESIGN 3: the mean over tasks)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.model.progress import Light, Status, Tally


def tally(standings: Iterable[TaskStanding]) -> Tally:
    """Counts, mean completion, mean pace and lights of some tasks."""
    standings = list(standings)
    lights = dict.fromkeys(Light, 0)
    for standing in standings:
        lights[standing.light] += 1
    return Tally(
        tasks=len(standings),
        done=sum(standing.status is Status.DONE for standing in standings),
        completion=_mean([standing.completion for standing in standings]),
        pace=_mean([standing.pace for standing in standings]),
        lights=lights,
    )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
