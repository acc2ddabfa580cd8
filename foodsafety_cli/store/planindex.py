"""A validated plan as tables, from which a query loads only the tasks that it may show."""

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from typing import Any

from foodsafety_cli.analysis.match import match_section, plain
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.plan import (
    Aggregate,
    Department,
    Indicator,
    Kind,
    Period,
    Plan,
    Section,
    Task,
    Thresholds,
)
from foodsafety_cli.model.valuetype import ValueType

SEPARATOR = "\x1f"  # between names; a plan with control characters in it is not a valid one
_MOST_AT_ONCE = 500  # values in one statement; old versions of SQLite take 999
_TASK = (
    "section, id, title, text, responsibility, lead, responsible, support, due, label, and_others"
)


class Wanted(ValueType):
    """What a query may show, as it was typed; a narrowed plan holds at least that.

    With `task`, the departments are asked for besides, and do not narrow.
    """

    task: str | None = None
    departments: Sequence[str] = ()
    sections: Sequence[str] = ()
    words: Sequence[str] = ()


class _Part(ValueType):
    """Some of the tasks, as SQL; and what a plan of them must hold besides."""

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    places: tuple[int, ...] = ()
    bodies: tuple[Any, ...] = ()

    @property
    def where(self) -> str:
        return f" where {' and '.join(self.conditions)}" if self.conditions else ""

    def also(self, condition: str, *values: Any) -> "_Part":
        more = (*self.conditions, condition), (*self.values, *values)
        return self._replace(conditions=more[0], values=more[1])


class PlanIndex:
    """The tables, read back as plans; sqlite3's errors come through."""

    def __init__(self, tables: sqlite3.Connection, mark: str, plan: Plan | None = None) -> None:
        self._tables = tables
        self.mark = mark  # what these tables are known by in the cache, empty if not kept
        if plan is not None:
            self._whole = plan  # that they were just made from

    def close(self) -> None:
        """Let go of the tables' file: a connection is not freed by itself."""
        self._tables.close()

    def whole(self) -> Plan:
        """The plan as it was validated."""
        return self._whole

    @cached_property
    def _whole(self) -> Plan:
        return self._plan(_Part())

    def narrowed(self, wanted: Wanted) -> Plan:
        """The plan with only the tasks that may be wanted, and the departments these concern.

        What is not clearly one thing narrows nothing: whoever asks finds that out from the whole.
        """
        with suppress(UnicodeEncodeError):  # words in another encoding than the system's
            part = self._part(wanted)
            if part and part.where:
                return self._plan(part)
        return self.whole()

    def _part(self, wanted: Wanted) -> _Part | None:
        part = _Part()
        if wanted.task is not None:
            number = _integer(plain(wanted.task).removeprefix("任务"))
            if not self._has("task where id = ?", (number,)):
                return None
            part = part.also("id = ?", number)
        if wanted.sections:
            places = self._sections(wanted.sections)
            if places is None:
                return None
            part = part.also(f"section in ({_marks(places)})", *places)._replace(places=places)
        for word in filter(None, map(plain, wanted.words)):
            part = part.also("instr(haystack, ?) > 0", word)
        names = tuple(map(self._department, wanted.departments))
        if None in names:
            return None
        part = part._replace(bodies=names)
        if names and wanted.task is None:
            groups = f"select body from membership where member in ({_marks(names)})"
            whose = f"department in ({_marks(names)}) or department in ({groups})"
            owing = f"position in (select task from duty where {whose})"
            part = part.also(owing, *names, *names)
        return part

    def _plan(self, part: "_Part") -> Plan:
        query = self._tables.execute
        tasks = self._tasks(part)
        head = query("select * from head").fetchone()
        title, number, issuer, issued_on, start, end, *lights, first_leads_from = head
        yellow, red, due_soon = lights
        named = {name for held in tasks.values() for task in held for name, _ in task.named()}
        return Plan(
            title,
            number,
            issuer,
            dt.date.fromisoformat(issued_on),
            Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)),
            tuple(self._departments({*part.bodies, *named} if part.where else None)),
            tuple(self._section_tuples(tasks, part)),
            Thresholds(Decimal(yellow), Decimal(red), int(due_soon)),
            first_leads_from,
        )

    def _tasks(self, part: "_Part") -> dict[int, list[Task]]:
        """The tasks by their section's place."""
        indicators = self._indicators(part)
        tasks: dict[int, list[Task]] = {}
        query = f"select position, {_TASK} from task{part.where} order by position"
        for row in self._tables.execute(query, part.values):
            position, place, number, title, text, bracket, *roles, due, label, others = row
            lead, responsible, support = map(_split, roles)
            own = tuple(indicators.get(position, ()))
            named = (bracket, lead, responsible, support)
            held = Task(number, title, text, *named, _day(due), own, label, bool(others))
            tasks.setdefault(place, []).append(held)
        return tasks

    def _indicators(self, part: "_Part") -> dict[int, list[Indicator]]:
        """The indicators by their task's position."""
        mine = f" where task in (select position from task{part.where})" if part.where else ""
        found: dict[int, list[Indicator]] = {}
        for task, _, name, quote, kind, target, unit, aggregate, due in self._tables.execute(
            f"select * from indicator{mine} order by task, position", part.values
        ):
            figure = None if target is None else Decimal(target)
            how = None if aggregate is None else Aggregate(aggregate)
            indicator = Indicator(name, quote, Kind(kind), figure, unit, how, _day(due))
            found.setdefault(task, []).append(indicator)
        return found

    def _section_tuples(self, tasks: dict[int, list[Task]], part: "_Part") -> Iterator[Section]:
        places = {*tasks, *part.places} if part.where else None
        for place, number, title in self._rows("section", "position", places):
            yield Section(number, title, tuple(tasks.get(place, ())))

    def _departments(self, concerned: Collection[str] | None) -> Iterator[Department]:
        """All departments; or those concerned, and the members of groups among them."""
        rows = self._rows("department", "name", concerned)
        if concerned is not None:
            members = {member for row in rows for member in _split(row[3])}.difference(concerned)
            rows = sorted(rows + self._rows("department", "name", members))
        for _, name, aliases, members in rows:
            yield Department(name, _split(aliases), _split(members))

    def _rows(self, table: str, key: str, among: Collection[Any] | None) -> list[Any]:
        """A table's rows in their order: all of them, or those whose key is among these."""
        if among is None:
            return self._tables.execute(f"select * from {table} order by position").fetchall()
        keys = list(among)
        pieces = (keys[n : n + _MOST_AT_ONCE] for n in range(0, len(keys), _MOST_AT_ONCE))
        query = f"select * from {table} where {key} in"
        found = (self._tables.execute(f"{query} ({_marks(piece)})", piece) for piece in pieces)
        return sorted(row for rows in found for row in rows)

    def _department(self, given: str) -> str | None:
        """The one department with exactly this name, else with this spelling."""
        if self._has("department where name = ?", (given,)):
            return given
        spelt = "select department from spelling where spelling = ?"
        query = f"select name from department where position in ({spelt})"
        found = self._tables.execute(query, (plain(given),)).fetchall()
        return found[0][0] if len(found) == 1 else None

    def _sections(self, given: Sequence[str]) -> tuple[int, ...] | None:
        rows = self._rows("section", "position", None)
        sections = tuple(Section(number, title, ()) for _, number, title in rows)
        places = {number: place for place, number, _ in rows}
        try:
            return tuple(places[match_section(sections, name).number] for name in given)
        except UsageError:
            return None

    def _has(self, what: str, values: Sequence[Any]) -> bool:
        return self._tables.execute(f"select 1 from {what}", values).fetchone() is not None


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _integer(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(SEPARATOR)[:-1])
