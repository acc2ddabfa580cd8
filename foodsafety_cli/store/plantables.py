"""The tables that a validated plan is kept as, and how they are filled."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from foodsafety_cli.analysis.match import plain
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.store.planindex import SEPARATOR

_TABLES = """
create table head (
    title, document_number, issuer, issued_on, start, end, yellow, red, due_soon, first_leads_from
);
create table department (position integer primary key, name, aliases, members);
create table spelling (spelling, department integer);
create table section (position integer primary key, number integer, title);
create table task (
    position integer primary key, section integer, haystack,
    id integer, title, text, responsibility, lead, responsible, support, due, label, and_others
);
create table indicator (
    task integer, position integer, name, quote, kind, target, unit, aggregate, due,
    primary key (task, position)
) without rowid;
create table membership (member, body, primary key (member, body)) without rowid;
create table duty (department, task integer, primary key (department, task)) without rowid;
"""
_INDEXES = """
create index department_name on department (name);
create index spelling_plain on spelling (spelling);
create index task_id on task (id);
create index task_section on task (section);
"""


def build(plan: Plan) -> sqlite3.Connection:
    """The tables of a plan, in memory."""
    tables = sqlite3.connect(":memory:")
    tables.executescript(_TABLES)
    tables.execute(
        "insert into head values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *plan[:3],
            _text(plan.issued_on),
            *map(_text, plan.period),
            *map(_text, plan.lights),
            plan.first_leads_from,
        ),
    )
    for position, (name, aliases, members) in enumerate(plan.departments):
        row = (position, name, _joined(aliases), _joined(members))
        tables.execute("insert into department values (?, ?, ?, ?)", row)
        spellings = dict.fromkeys(map(plain, (name, *aliases)))
        tables.executemany("insert into spelling values (?, ?)", ((s, position) for s in spellings))
    tables.executemany(
        "insert or ignore into membership values (?, ?)",
        ((member, body) for body, _, members in plan.departments for member in members),
    )
    sections = ((place, *section[:2]) for place, section in enumerate(plan.sections))
    tables.executemany("insert into section values (?, ?, ?)", sections)
    marks = ", ".join("?" * 13)
    tables.executemany(f"insert into task values ({marks})", _task_rows(plan))
    tables.executemany(
        "insert into indicator values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (position, n, *map(_text, indicator))
            for position, (_, task) in enumerate(plan.tasks())
            for n, indicator in enumerate(task.indicators)
        ),
    )
    tables.executemany("insert into duty values (?, ?)", _duty_rows(plan))
    tables.executescript(_INDEXES)
    return tables


def _task_rows(plan: Plan) -> Iterator[tuple[Any, ...]]:
    position = 0
    for place, section in enumerate(plan.sections):
        for task in section.tasks:
            words = [task.text, task.title, task.responsibility, section.title]
            words += [text for i in task.indicators for text in (i.name, i.quote, i.unit)]
            haystack = plain(SEPARATOR.join(words))
            lists = map(_joined, (task.lead, task.responsible, task.support))
            yield (position, place, haystack, *task[:4], *lists, _text(task.due), *task[9:])
            position += 1


def _duty_rows(plan: Plan) -> Iterator[tuple[str, int]]:
    for position, (_, task) in enumerate(plan.tasks()):
        for body in dict.fromkeys((*task.lead, *task.responsible, *task.support)):
            yield body, position


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _joined(names: Sequence[str]) -> str:
    return "".join(f"{name}{SEPARATOR}" for name in names)
