"""A validated plan as tables, from which a query loads only the tasks that it may show."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from foodsafety_cli.analysis.match import match_sections, plain
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.plan import (
    Amendment,
    Base,
    Closing,
    Department,
    Indicator,
    LetterNumbering,
    Period,
    Plan,
    Section,
    Task,
    Thresholds,
)
from foodsafety_cli.model.valuetype import ValueType
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
    TASK,
    Columns,
    listed,
    placeholders,
)

_MOST_AT_ONCE = 500  # values in one statement; old versions of SQLite take 999


class PlanQuery(ValueType):
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
    departments: tuple[Any, ...] = ()

    @property
    def where(self) -> str:
        return f" where {' and '.join(self.conditions)}" if self.conditions else ""

    def also(self, condition: str, *values: Any) -> "_Part":
        more = (*self.conditions, condition), (*self.values, *values)
        return self._replace(conditions=more[0], values=more[1])


class PlanTables:
    """The tables, read back as plans; sqlite3's errors come through."""

    def __init__(self, tables: sqlite3.Connection, plan: Plan | None = None) -> None:
        self._tables = tables
        if plan is not None:
            self._whole = plan  # that they were just made from

    @cached_property
    def fingerprint(self) -> str:
        """What this copy of this plan is known by."""
        (fingerprint,) = self._tables.execute("select fingerprint from head").fetchone()
        return str(fingerprint)

    def close(self) -> None:
        """Let go of the tables' file: a connection is not freed by itself."""
        self._tables.close()

    def whole(self) -> Plan:
        """The plan as it was validated."""
        return self._whole

    @cached_property
    def _whole(self) -> Plan:
        return self._plan(_Part())

    def narrowed(self, wanted: PlanQuery) -> Plan:
        """The plan with only the tasks that may be wanted, and the departments these concern.

        What is not clearly one thing narrows nothing: whoever asks finds that out from the whole.
        """
        if self._has("amendment", ()):  # which may give a task to other departments
            return self.whole()
        with suppress(UnicodeEncodeError):  # words in another encoding than the system's
            part = self._part(wanted)
            if part and part.where:
                return self._plan(part)
        return self.whole()

    def _part(self, wanted: PlanQuery) -> _Part | None:
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
            part = part.also(f"section in ({placeholders(places)})", *places)._replace(
                places=places
            )
        for word in filter(None, map(plain, wanted.words)):
            part = part.also("instr(haystack, ?) > 0", word)
        names = tuple(map(self._department, wanted.departments))
        if None in names:
            return None
        part = part._replace(departments=names)
        if names and wanted.task is None:
            groups = f"select department from membership where member in ({placeholders(names)})"
            whose = f"department in ({placeholders(names)}) or department in ({groups})"
            owing = f"position in (select task from duty where {whose})"
            part = part.also(owing, *names, *names)
        return part

    def _plan(self, part: "_Part") -> Plan:
        tasks = self._tasks(part)
        named = {name for held in tasks.values() for task in held for name in task.all_named()}
        concerned = {*part.departments, *named} if part.where else None
        return Plan(
            **self._one("head", HEAD),
            period=Period(**self._one("period", PERIOD)),
            lights=Thresholds(**self._one("lights", LIGHTS)),
            departments=tuple(self._departments(concerned)),
            sections=tuple(self._section_tuples(tasks, part)),
            bases=tuple(Base(**columns.read(BASE, row)) for row in self._listed("base", BASE)),
            amendments=tuple(self._amendments(tasks)),
            closing=Closing(**closing) if (closing := self._any("closing", CLOSING)) else None,
            letters=LetterNumbering(**letters)
            if (letters := self._any("letters", LETTERS))
            else None,
        )

    def _listed(self, table: str, of: Columns) -> list[Any]:
        query = f"select {listed(of)} from {table} order by position"
        return self._tables.execute(query).fetchall()

    def _amendments(self, tasks: dict[int, list[Task]]) -> Iterator[Amendment]:
        """Each with the task that it adds, if it adds one."""
        for number, row in enumerate(self._listed("amendment", AMENDMENT), 1):
            (added,) = tasks.get(-number, [None])
            yield Amendment(**columns.read(AMENDMENT, row), add=added)

    def _one(self, table: str, of: Columns) -> dict[str, Any]:
        found = self._any(table, of)
        assert found is not None
        return found

    def _any(self, table: str, of: Columns) -> dict[str, Any] | None:
        row = self._tables.execute(f"select {listed(of)} from {table}").fetchone()
        return columns.read(of, row) if row else None

    def _tasks(self, part: "_Part") -> dict[int, list[Task]]:
        """The tasks by their section's place."""
        indicators = self._indicators(part)
        tasks: dict[int, list[Task]] = {}
        query = f"select position, section, {listed(TASK)} from task{part.where} order by position"
        for position, place, *row in self._tables.execute(query, part.values):
            own = tuple(indicators.get(position, ()))
            task = Task(**columns.read(TASK, row), indicators=own)
            tasks.setdefault(place, []).append(task)
        return tasks

    def _indicators(self, part: "_Part") -> dict[int, list[Indicator]]:
        """The indicators by their task's position."""
        mine = f" where task in (select position from task{part.where})" if part.where else ""
        found: dict[int, list[Indicator]] = {}
        query = f"select task, {listed(INDICATOR)} from indicator{mine} order by task, position"
        for task, *row in self._tables.execute(query, part.values):
            found.setdefault(task, []).append(Indicator(**columns.read(INDICATOR, row)))
        return found

    def _section_tuples(self, tasks: dict[int, list[Task]], part: "_Part") -> Iterator[Section]:
        places = {*tasks, *part.places} if part.where else None
        for place, *row in self._rows("section", "position", SECTION, places):
            yield Section(**columns.read(SECTION, row), tasks=tuple(tasks.get(place, ())))

    def _departments(self, concerned: Collection[str] | None) -> Iterator[Department]:
        """All departments; or those concerned, and the members of groups among them."""
        found = dict(self._departments_by_position(concerned))
        if concerned is not None:
            members = {member for department in found.values() for member in department.members}
            found |= dict(self._departments_by_position(members.difference(concerned)))
        for _, department in sorted(found.items()):
            yield department

    def _departments_by_position(
        self, names: Collection[str] | None
    ) -> Iterator[tuple[int, Department]]:
        for position, *row in self._rows("department", "name", DEPARTMENT, names):
            yield position, Department(**columns.read(DEPARTMENT, row))

    def _rows(
        self, table: str, key: str, of: Columns, among: Collection[Any] | None
    ) -> list[tuple[Any, ...]]:
        """A table's rows, position first: all of them, or those whose key is among these."""
        query = f"select position, {listed(of)} from {table}"
        if among is None:
            return self._tables.execute(f"{query} order by position").fetchall()
        keys = list(among)
        pieces = (keys[n : n + _MOST_AT_ONCE] for n in range(0, len(keys), _MOST_AT_ONCE))
        found = (
            self._tables.execute(f"{query} where {key} in ({placeholders(piece)})", piece)
            for piece in pieces
        )
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
        rows = self._rows("section", "position", SECTION, None)
        sections = tuple(Section(number, title, ()) for _, number, title in rows)
        places = {number: place for place, number, _ in rows}
        try:
            found = [section for name in given for section in match_sections(sections, name)]
            return tuple(dict.fromkeys(places[section.number] for section in found))
        except UsageError:
            return None

    def _has(self, what: str, values: Sequence[Any]) -> bool:
        return self._tables.execute(f"select 1 from {what}", values).fetchone() is not None


def _integer(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
