"""A draft with what last year's plan knows: who is who, and what its tasks go on from."""

from collections.abc import Sequence

from foodsafety_cli.analysis.comparing import Kind, compare
from foodsafety_cli.model.plan import Department, Indicator, Plan, Task
from foodsafety_cli.model.problem import Path
from foodsafety_cli.notice.draft import CHECK, Draft


def like(draft: Draft, old: Plan, folder: str) -> Draft:
    """The draft with last year's departments, indicators and reporters where they fit.

    `folder`: where last year's plan lies, seen from the draft. What is new is marked.
    """
    pairs = [pair for pair in compare(old, draft.plan) if pair.old and pair.new]
    partners: dict[int, list[Task]] = {}
    for pair in pairs:
        if pair.old and pair.new and pair.kind is not Kind.PERHAPS:
            partners.setdefault(pair.new.id, []).append(pair.old)
    departments = _departments(draft.plan.departments, old.departments)
    known = {department.name for department in departments}
    notes = dict(draft.notes)
    sections = []
    for s, section in enumerate(draft.plan.sections):
        tasks = []
        for t, task in enumerate(section.tasks):
            before = partners.get(task.id, [])
            path: Path = ("sections", s, "tasks", t)
            words = "上一年没有这一项" if not before else _from(before)
            notes[path] = (*notes.get(path, ()), f"{CHECK}{words}")
            tasks.append(_like_task(task, before, known) if before else task)
        sections.append(section._replace(tasks=tuple(tasks)))
    plan = draft.plan._replace(
        departments=departments, sections=tuple(sections), previous=folder, lights=old.lights
    )
    return draft._replace(plan=plan, notes=notes)


def _from(before: Sequence[Task]) -> str:
    return f"接着上一年的任务 {'、'.join(str(task.id) for task in before)}（{before[0].title}）"


def _departments(new: Sequence[Department], old: Sequence[Department]) -> tuple[Department, ...]:
    """Each with the spellings, members and contact that it had; members that are not there, too."""
    spelt = {name: one for one in old for name in (one.name, *one.aliases)}
    taken = {name for one in new for name in (one.name, *one.aliases)}
    found: list[Department] = []
    for one in new:
        was = next((spelt[n] for n in (one.name, *one.aliases) if n in spelt), None)
        if was is None:
            found.append(one)
            continue
        more = [n for n in (was.name, *was.aliases) if n not in taken]
        taken.update(more)
        aliases = (*one.aliases, *more)
        members = one.members or was.members
        found.append(Department(one.name, aliases, members, one.contact or was.contact))
    there = {name for one in found for name in (one.name, *one.aliases)}
    for name in dict.fromkeys(m for one in found for m in one.members):
        if name not in there:
            found.append(spelt.get(name, Department(name))._replace(members=()))
    resolved = {name: one.name for one in found for name in (one.name, *one.aliases)}
    return tuple(
        one._replace(members=tuple(resolved.get(m, m) for m in one.members)) for one in found
    )


def _like_task(task: Task, before: Sequence[Task], known: set[str]) -> Task:
    was = [indicator for old in before for indicator in old.indicators]
    used: set[str] = set()
    indicators = []
    for indicator in task.indicators:
        same = _same_indicator(indicator, [w for w in was if w.name not in used])
        if same:
            used.add(same.name)
            reporters = tuple(n for n in same.reported_by if n in known)
            indicator = indicator._replace(name=same.name, kind=same.kind, reported_by=reporters)
        indicators.append(indicator)
    return task._replace(
        continues=tuple(old.id for old in before),
        reported_by=tuple(n for n in before[0].reported_by if n in known),
        indicators=tuple(indicators),
    )


def _same_indicator(indicator: Indicator, was: Sequence[Indicator]) -> Indicator | None:
    """The old indicator that this one is: of the same unit, and alone in it or of like name."""
    alike = [w for w in was if (w.unit, w.target is None) == (indicator.unit, not indicator.target)]
    named = [w for w in alike if w.name in indicator.name or w.name in indicator.quote]
    return next(iter(named), alike[0] if len(alike) == 1 else None)
