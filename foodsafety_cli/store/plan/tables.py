"""The tables that a validated plan is kept as: what is looked for, and the values as JSON."""

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from foodsafety_cli.analysis.match import plain
from foodsafety_cli.model.plan import (
    Aggregate,
    Amendment,
    Base,
    Closing,
    Indicator,
    Kind,
    LetterNumbering,
    Period,
    Plan,
    Section,
    Task,
    Thresholds,
)

_TABLES = """
create table source (version, content blob);
create table head (fingerprint, is_amended integer, value);
create table department (position integer primary key, name, value);
create table spelling (spelling, department integer);
create table section (position integer primary key, number integer, title);
create table task (position integer primary key, section integer, id integer, haystack, value);
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
    head = _text(plan._replace(departments=(), sections=()))
    _insert(tables, "head", [(fingerprint, bool(plan.amendments), head)])
    departments = list(enumerate(plan.departments))
    _insert(tables, "department", ((n, one.name, _text(one)) for n, one in departments))
    spelt = {(plain(name), n) for n, one in departments for name in (one.name, *one.aliases)}
    _insert(tables, "spelling", spelt)
    _insert(tables, "membership", {(m, one.name) for _, one in departments for m in one.members})
    sections = enumerate(plan.sections)
    _insert(tables, "section", ((n, one.number, one.title) for n, one in sections))
    tasks = list(enumerate((n, *one) for n, s in enumerate(plan.sections) for one in _of(s)))
    _insert(tables, "task", (_task(n, *one) for n, one in tasks))
    _insert(tables, "duty", {(name, n) for n, one in tasks for name in one[2].all_named()})
    tables.executescript(_INDEXES)
    return tables


def _of(section: Section) -> Iterator[tuple[str, Task]]:
    return ((section.title, task) for task in section.tasks)


def _task(position: int, place: int, title: str, task: Task) -> tuple[object, ...]:
    words = [task.text, task.title, task.responsibility, title]
    words += [text for i in task.indicators for text in (i.name, i.quote, i.unit)]
    return position, place, task.id, plain("\x1f".join(words)), _text(task)


def _insert(tables: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        tables.execute(f"insert into {table} values ({','.join('?' * len(row))})", row)


def _text(value: object) -> str:
    """A value as JSON: a list of its fields; days and figures as they are written."""
    return json.dumps(value, ensure_ascii=False, default=str)


def read(kind: Any, text: str) -> Any:
    """The value of this kind again."""
    return _made(kind)(json.loads(text))


def _made(kind: Any) -> Callable[[Any], Any]:
    return lambda row: row and kind(*map(_typed, kind._fields, row))


def _typed(field: str, given: Any) -> Any:
    if field in _READ and given is not None:
        return _READ[field](given)
    return tuple(given) if isinstance(given, list) else given


def _figures(given: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(figure) for name, figure in given.items()}


def _all(kind: Any) -> Callable[[Any], Any]:
    return lambda rows: tuple(map(_made(kind), rows))


_DAYS = ("issued_on", "start", "end", "due", "as_of", "effective")
_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DAYS, dt.date.fromisoformat),
    **dict.fromkeys(("target", "total", "yellow", "red"), Decimal),
    **dict.fromkeys(("split", "values"), _figures),
    "kind": Kind,
    "aggregate": Aggregate,
    "indicators": _all(Indicator),
    "add": _made(Task),
    "period": _made(Period),
    "lights": _made(Thresholds),
    "bases": _all(Base),
    "amendments": _all(Amendment),
    "closing": _made(Closing),
    "letters": _made(LetterNumbering),
}
