"""Live values for shell completion; a plan that cannot be read suggests nothing."""

from collections.abc import Callable, Iterable
from enum import StrEnum

import typer

from foodsafety_cli.model.errors import FoodSafetyError
from foodsafety_cli.model.plan import Plan

Suggestions = list[tuple[str, str]]


def words_of(vocabulary: type[StrEnum]) -> Callable[[str], list[str]]:
    """The words of a small vocabulary."""

    def suggest(incomplete: str) -> list[str]:
        return [word.value for word in vocabulary if word.value.startswith(incomplete)]

    return suggest


def departments(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Department names; where none begins like that, the aliases that do."""
    known = [department for plan in _plan(ctx) for department in plan.departments]
    names = [(department.name, "、".join(department.aliases)) for department in known]
    aliases = [(alias, department.name) for department in known for alias in department.aliases]
    return _starting(names, incomplete) or _starting(aliases, incomplete)


def reporters(ctx: typer.Context, incomplete: str) -> Suggestions:
    """The departments that may report a task: of the one already typed, if there is one."""
    from foodsafety_cli.analysis.duties import Duties

    for plan in _plan(ctx):
        for _, task in plan.tasks():
            if str(task.id) == _task_typed(ctx):
                named = (name for name, _ in task.named())
                members = Duties(plan).members
                reporting = dict.fromkeys(one for name in named for one in members(name))
                found = _starting(((name, task.title) for name in reporting), incomplete)
                return found or departments(ctx, incomplete)
    return departments(ctx, incomplete)


def sections(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Section numbers with their titles."""
    known = [section for plan in _plan(ctx) for section in plan.sections]
    numbers = [(str(section.number), section.title) for section in known]
    titles = [(section.title, f"第{section.label}部分") for section in known]
    return _starting(numbers, incomplete) or _starting(titles, incomplete)


def tasks(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Task ids with their titles."""
    known = ((str(task.id), task.title) for plan in _plan(ctx) for _, task in plan.tasks())
    return _starting(known, incomplete)


def indicators(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Indicator names: of the task already typed, if there is one, else of all tasks."""
    chosen = _task_typed(ctx)
    found = (
        (indicator.name, task.title)
        for plan in _plan(ctx)
        for _, task in plan.tasks()
        for indicator in task.indicators
        if chosen in ("", str(task.id))
    )
    return _starting(found, incomplete)


def submissions(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Ids of what can be taken back, the newest first, with what they say."""
    from foodsafety_cli.cli.office import workspace_of
    from foodsafety_cli.render.event_words import described

    try:
        history = workspace_of(ctx).history.named(incomplete)
    except FoodSafetyError:
        return []
    active = [event for event, is_undone in reversed(history) if not is_undone]
    return _starting(((event.id, next(iter(described(event)), "")) for event in active), incomplete)


def letters(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Numbers of letters that were sent, with to whom."""
    from foodsafety_cli.cli.office import workspace_of
    from foodsafety_cli.model.steps import Letter

    try:
        found = workspace_of(ctx).history.steps(Letter)
    except FoodSafetyError:
        return []
    said = ((s.number, s.department) for s in found if s.number)
    return _starting(said, incomplete)


def _task_typed(ctx: typer.Context) -> str:
    # while an option still lacks its value, the parser leaves the words before it in ctx.args
    return str(ctx.params.get("task") or next(iter(ctx.args), ""))


def _plan(ctx: typer.Context) -> list[Plan]:
    from foodsafety_cli.cli.office import workspace_of

    try:
        return [workspace_of(ctx).plan]
    except FoodSafetyError:
        return []


def _starting(values: Iterable[tuple[str, str]], incomplete: str) -> Suggestions:
    return [(value, help_text) for value, help_text in values if value.startswith(incomplete)]
