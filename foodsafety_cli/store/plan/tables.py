"""The tables that a validated plan is kept as, and how they are filled."""

import os
import sqlite3
from collections.abc import Iterator
from typing import Any

from foodsafety_cli.analysis.match import plain
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.store.plan import columns
from foodsafety_cli.store.plan.columns import (
    AMENDMENT,
    BASE,
    CLOSING,
    DEPARTMENT,
    HEAD,
    INDICATOR,
    LETTERS,
    LIGHTS,
    PERIOD,
    SECTION,
    SEPARATOR,
    TASK,
    Columns,
    listed,
    placeholders,
)

_TABLES = f"""
create table source (version, content blob);
create table head (fingerprint, {listed(HEAD)});
create table period ({listed(PERIOD)});
create table lights ({listed(LIGHTS)});
create table closing ({listed(CLOSING)});
create table letters ({listed(LETTERS)});
create table department (position integer primary key, {listed(DEPARTMENT)});
create table spelling (spelling, department integer);
create table section (position integer primary key, {listed(SECTION)});
create table task (
    position integer primary key, section integer, haystack, {listed(TASK)}
);
create table base (position integer primary key, {listed(BASE)});
create table amendment (position integer primary key, {listed(AMENDMENT)});
create table indicator (
    task integer, position integer, {listed(INDICATOR)}, primary key (task, position)
) without rowid;
create table membership (member, department, primary key (member, department)) without rowid;
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
    # any two copies differ in it: what was judged by a plan knows which one that was
    fingerprint = os.urandom(8).hex()
    _insert(tables, "head", [[fingerprint, *columns.written(plan, HEAD)]])
    _insert(tables, "period", [columns.written(plan.period, PERIOD)])
    _insert(tables, "lights", [columns.written(plan.lights, LIGHTS)])
    _insert(tables, "closing", [columns.written(plan.closing, CLOSING)] if plan.closing else ())
    _insert(tables, "letters", [columns.written(plan.letters, LETTERS)] if plan.letters else ())
    _insert(tables, "department", _rows(plan.departments, DEPARTMENT))
    _insert(tables, "spelling", set(_spellings(plan)))
    _insert(tables, "membership", {(m, d.name) for d in plan.departments for m in d.members})
    _insert(tables, "section", _rows(plan.sections, SECTION))
    _insert(tables, "task", _tasks(plan))
    _insert(tables, "indicator", _indicators(plan))
    _insert(tables, "duty", set(_duties(plan)))
    _insert(tables, "base", _rows(plan.bases, BASE))
    _insert(tables, "amendment", _rows(plan.amendments, AMENDMENT))
    tables.executescript(_INDEXES)
    return tables


def _insert(tables: sqlite3.Connection, table: str, rows: Any) -> None:
    rows = list(rows)
    if rows:
        tables.executemany(f"insert into {table} values ({placeholders(rows[0])})", rows)


def _rows(values: tuple[Any, ...], of: Columns) -> Iterator[list[Any]]:
    for position, value in enumerate(values):
        yield [position, *columns.written(value, of)]


def _spellings(plan: Plan) -> Iterator[tuple[str, int]]:
    for position, department in enumerate(plan.departments):
        for name in (department.name, *department.aliases):
            yield plain(name), position


def _all_tasks(plan: Plan) -> Iterator[tuple[int, str, Task]]:
    """Every task with its section's place and title; those that amendments add count from -1 down.

    Their order is their position in the tables.
    """
    for place, section in enumerate(plan.sections):
        for task in section.tasks:
            yield place, section.title, task
    for number, amendment in enumerate(plan.amendments, 1):
        if amendment.add:
            yield -number, "", amendment.add


def _tasks(plan: Plan) -> Iterator[list[Any]]:
    for position, (place, title, task) in enumerate(_all_tasks(plan)):
        words = [task.text, task.title, task.responsibility, title]
        words += [text for i in task.indicators for text in (i.name, i.quote, i.unit)]
        haystack = plain(SEPARATOR.join(words))
        yield [position, place, haystack, *columns.written(task, TASK)]


def _indicators(plan: Plan) -> Iterator[list[Any]]:
    for position, (_, _, task) in enumerate(_all_tasks(plan)):
        for n, indicator in enumerate(task.indicators):
            yield [position, n, *columns.written(indicator, INDICATOR)]


def _duties(plan: Plan) -> Iterator[tuple[str, int]]:
    for position, (_, _, task) in enumerate(_all_tasks(plan)):
        for name in task.all_named():
            yield name, position
