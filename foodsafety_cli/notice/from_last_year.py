"""A draft with what last year's plan knows: who is who, and what its tasks go on from."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from foodsafety_cli.analysis.comparing import ChangeKind, compare
from foodsafety_cli.model.plan import Department, Indicator, Plan, Task
from foodsafety_cli.model.problem import Path
from foodsafety_cli.notice.coverage import Doubtful
from foodsafety_cli.notice.department_names import is_group
from foodsafety_cli.notice.draft import CHECK, PlanDraft
from foodsafety_cli.notice.spellings import loosely


def like(draft: PlanDraft, old: Plan, folder: str) -> PlanDraft:
    """The draft with last year's departments, indicators and reporters where they fit.

    `folder`: where last year's plan lies, seen from the draft. What is new is marked.
    """
    printed = {task.id: task for _, task in old.tasks()}  # what its own words say, not later papers
    partners: dict[int, list[Task]] = {}
    perhaps: dict[int, list[Task]] = {}
    for pair in compare(old, draft.plan):
        if pair.old and pair.new:
            found = perhaps if pair.kind is ChangeKind.PERHAPS else partners
            found.setdefault(pair.new.id, []).append(pair.old)
    notes = dict(draft.notes)
    departments = _departments(draft, old.departments, notes)
    names = _resolved(departments)
    sections = []
    for s, section in enumerate(draft.plan.sections):
        tasks = []
        for t, task in enumerate(section.tasks):
            before = partners.get(task.id, [])
            path: Path = ("sections", s, "tasks", t)
            words = [_from(before) if before else _new(perhaps.get(task.id, ()))]
            words += _lost_reporters(before, names) + _lost_bases(before, task.id)
            notes[path] = (*notes.get(path, ()), *(f"{CHECK}{one}" for one in words))
            named = _by_these_names(task, names)
            as_printed = [printed.get(one.id, one) for one in before]
            tasks.append(_like_task(named, as_printed, names) if before else named)
        sections.append(section._replace(tasks=tuple(tasks)))
    plan = draft.plan._replace(
        departments=departments,
        sections=tuple(sections),
        previous=folder,
        lights=old.lights,
        closing=old.closing,
        letters=old.letters,
    )
    coverage = draft.coverage._replace(doubtful=tuple(_doubtful(draft, old, departments)))
    return draft._replace(plan=plan, notes=notes, coverage=coverage)


def _doubtful(draft: PlanDraft, old: Plan, departments: Sequence[Department]) -> Iterator[Doubtful]:
    """The names to be looked at, now that last year's are known."""
    known = {loosely(name) for one in old.departments for name in (one.name, *one.aliases)}
    told = {one.name for one in draft.coverage.doubtful}
    for one in draft.coverage.doubtful:
        if loosely(one.name) not in known:
            yield one
    for department in departments:
        spellings = {loosely(name) for name in (department.name, *department.aliases)}
        if spellings.isdisjoint(known) and department.name not in told:
            yield Doubtful(department.name, "上一年没有")


def _new(perhaps: Sequence[Task]) -> str:
    if not perhaps:
        return "上一年没有这一项"
    named = "、".join(f"{task.id}（{task.title}）" for task in perhaps)
    return f"疑似接着上一年的任务 {named}，是的请写 continues"


def _lost_reporters(before: Sequence[Task], names: Mapping[str, str]) -> list[str]:
    """Who reported last year and is not in this notice: nobody is put in its place unasked."""
    named = [name for old in before for name in old.reported_by]
    named += [name for old in before for one in old.indicators for name in one.reported_by]
    lost = list(dict.fromkeys(name for name in named if name not in names))
    return [f"上一年由{'、'.join(lost)}报数，这份里没有，没有带过来"] if lost else []


def _lost_bases(before: Sequence[Task], number: int) -> list[str]:
    """By what was counted last year: without it this year's figures would be averaged."""
    counted = (one for old in before for one in old.indicators if one.per)
    return [
        f"上一年“{one.name}”按“{one.per}”合并，没有带过来：请在 bases 里写今年的“{one.per}”，"
        f"给指标加上 per" + (f"，再用 fs split {number} 分解" if one.split else "")
        for one in counted
    ]


def _from(before: Sequence[Task]) -> str:
    return f"接着上一年的任务 {'、'.join(str(task.id) for task in before)}（{before[0].title}）"


def _departments(
    draft: PlanDraft, old: Sequence[Department], notes: dict[Path, tuple[str, ...]]
) -> tuple[Department, ...]:
    """Each with the spellings, members and contact that it had; members that are not there, too.

    What the notice calls by two of its spellings is one. The remarks go where they then belong.
    """
    new = draft.plan.departments
    spelt = {name: one for one in old for name in (one.name, *one.aliases)}
    taken = {name for one in new for name in (one.name, *one.aliases)}
    said = [notes.pop(("departments", n), ()) for n in range(len(new))]
    found: dict[str, Department] = {}  # by last year's name, or its own
    for one, given in zip(new, said, strict=True):
        was = next((spelt[name] for name in (one.name, *one.aliases) if name in spelt), None)
        group = None if was else _same_group(one, old)
        known = was or group
        key = known.name if known else one.name
        remarks = () if key in found else given
        found[key] = _with(found.get(key), one, known, taken)
        if group:
            remarks = (f"{CHECK}上一年作“{group.name}”，照它补了成员",)
        elif not known:
            remarks = (*remarks, f"{CHECK}上一年没有“{one.name}”")
        elif one.members != found[key].members:  # what was to be filled in has been
            remarks = ()
        place: Path = ("departments", list(found).index(key))
        notes[place] = tuple(dict.fromkeys((*notes.get(place, ()), *remarks)))
    return _with_members(list(found.values()), spelt)


def _with(
    there: Department | None, one: Department, known: Department | None, taken: set[str]
) -> Department:
    """One of this year's, put together with what it is another spelling of and what was known."""
    if there:
        aliases = dict.fromkeys((*there.aliases, one.name, *one.aliases))
        return there._replace(aliases=tuple(aliases), members=there.members or one.members)
    if known is None:
        return one
    more = [name for name in (known.name, *known.aliases) if name not in taken]
    taken.update(more)
    aliases = dict.fromkeys((*one.aliases, *more))
    contact = one.contact or known.contact
    return Department(one.name, tuple(aliases), one.members or known.members, contact)


def _with_members(
    found: list[Department], spelt: Mapping[str, Department]
) -> tuple[Department, ...]:
    """With all that are named as members, by their names of this year."""
    there = _resolved(found)
    for name in dict.fromkeys(m for one in found for m in one.members):
        if name not in there:
            found.append(spelt.get(name, Department(name))._replace(members=()))
    resolved = _resolved(found)
    return tuple(
        one._replace(members=tuple(resolved.get(m, m) for m in one.members)) for one in found
    )


def _same_group(one: Department, old: Sequence[Department]) -> Department | None:
    """Last year's group of the same departments, if only words like 各 and 政府 differ."""
    alike = [was for was in old if was.members and loosely(was.name) == loosely(one.name)]
    return alike[0] if len(alike) == 1 and is_group(one.name) else None


def _resolved(departments: Sequence[Department]) -> dict[str, str]:
    """This year's name for every spelling."""
    return {name: one.name for one in departments for name in (one.name, *one.aliases)}


def _by_these_names(task: Task, names: Mapping[str, str]) -> Task:
    lead, responsible, support = (
        tuple(dict.fromkeys(names.get(name, name) for name in role))
        for role in (task.lead, task.responsible, task.support)
    )
    return task._replace(lead=lead, responsible=responsible, support=support)


def _like_task(task: Task, before: Sequence[Task], names: Mapping[str, str]) -> Task:
    was = [indicator for old in before for indicator in old.indicators]
    kept = [one for one in was if one.quote in task.text]  # whose words stand unchanged
    others = [i for i in task.indicators if not any(_is_told_by(i, one) for one in kept)]
    used = {one.name for one in kept}
    indicators = [
        _with_names(one, one, names)._replace(due=_due_told(one, task.indicators)) for one in kept
    ]
    for indicator in others:
        same = _same_indicator(indicator, [w for w in was if w.name not in used])
        if same:
            used.add(same.name)
            indicator = _with_names(indicator._replace(name=same.name, kind=same.kind), same, names)
        indicators.append(indicator)
    in_order = sorted(indicators, key=lambda one: task.text.find(one.quote))
    return task._replace(
        continues=tuple(old.id for old in before),
        reported_by=tuple(names[n] for n in before[0].reported_by if n in names),
        indicators=tuple(in_order),
    )


def _due_told(kept: Indicator, found: Sequence[Indicator]) -> dt.date | None:
    """The day that this year's notice gives in the same words."""
    same = (one for one in found if one.quote in kept.quote or kept.quote in one.quote)
    return next((one.due for one in same if one.due), None)


def _is_told_by(indicator: Indicator, old: Indicator) -> bool:
    """Whether a figure that was found in the notice is one that last year's plan has already.

    There its unit or kind may have been put right.
    """
    is_same = (indicator.target, indicator.unit) == (old.target, old.unit)
    is_same |= indicator.name == old.name
    is_same |= indicator.quote == old.quote and (indicator.target or 0) == (old.target or 0)
    return is_same and (indicator.quote in old.quote or old.quote in indicator.quote)


def _with_names(indicator: Indicator, old: Indicator, names: Mapping[str, str]) -> Indicator:
    """With who reports it and how it is judged; shares, stages and days are of last year."""
    return indicator._replace(
        reported_by=tuple(names[n] for n in old.reported_by if n in names),
        each=old.each,
        at_most=old.at_most,
        aggregate=old.aggregate,
        per="",
        split={},
        stages={},
        due=indicator.due if indicator is not old else None,
    )


def _same_indicator(indicator: Indicator, was: Sequence[Indicator]) -> Indicator | None:
    """The old indicator that this one is: of the same unit, and alone in it or of like name."""
    alike = [w for w in was if (w.unit, w.target is None) == (indicator.unit, not indicator.target)]
    named = [w for w in alike if w.name in indicator.name or w.name in indicator.quote]
    return next(iter(named), alike[0] if len(alike) == 1 else None)
