"""A validated plan as tables, from which a query loads only the tasks that it may show."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from foodsafety_cli.analysis.match import match_sections, plain
from foodsafety_cli.model.errors import UsageError
from foodsafety_cli.model.plan import Department, Plan, Section, Task
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.plan.tables import read


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
        if self._has("head where is_amended", ()):  # which may give a task to other departments
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
            part = part.also(f"section in ({_marks(places)})", *places)._replace(places=places)
        for word in filter(None, map(plain, wanted.words)):
            part = part.also("instr(haystack, ?) > 0", word)
        names = tuple(map(self._department, wanted.departments))
        if None in names:
            return None
        part = part._replace(departments=names)
        if names and wanted.task is None:
            groups = f"select department from membership where member in ({_marks(names)})"
            whose = f"department in ({_marks(names)}) or department in ({groups})"
            owing = f"position in (select task from duty where {whose})"
            part = part.also(owing, *names, *names)
        return part

    def _plan(self, part: "_Part") -> Plan:
        tasks = self._tasks_by_section(part)
        named = {name for held in tasks.values() for task in held for name in task.all_named()}
        concerned = {*part.departments, *named} if part.where else None
        (head,) = self._tables.execute("select value from head").fetchone()
        plan: Plan = read(Plan, head)
        sections = tuple(
            Section(number, title, tuple(tasks.get(place, ())))
            for place, number, title in self._section_rows()
            if not part.where or place in tasks or place in part.places
        )
        return plan._replace(departments=self._departments(concerned), sections=sections)

    def _tasks_by_section(self, part: "_Part") -> dict[int, list[Task]]:
        tasks: dict[int, list[Task]] = {}
        query = f"select section, value from task{part.where} order by position"
        for place, text in self._tables.execute(query, part.values):
            tasks.setdefault(place, []).append(read(Task, text))
        return tasks

    def _section_rows(self) -> list[tuple[int, int, str]]:
        query = "select position, number, title from section order by position"
        return self._tables.execute(query).fetchall()

    def _departments(self, concerned: Collection[str] | None) -> tuple[Department, ...]:
        """All departments; or those concerned, and the members of groups among them."""
        if concerned is None:
            query = "select position, value from department"
            found = dict(self._tables.execute(query).fetchall())
        else:
            found = self._named(concerned)
            members = {m for text in found.values() for m in read(Department, text).members}
            found |= self._named(members.difference(concerned))
        return tuple(read(Department, found[position]) for position in sorted(found))

    def _named(self, names: Iterable[str]) -> dict[int, str]:
        query = "select position, value from department where name = ?"
        return dict(row for name in names for row in self._tables.execute(query, (name,)))

    def _department(self, given: str) -> str | None:
        """The one department with exactly this name, else with this spelling."""
        if self._has("department where name = ?", (given,)):
            return given
        spelt = "select department from spelling where spelling = ?"
        query = f"select name from department where position in ({spelt})"
        found = self._tables.execute(query, (plain(given),)).fetchall()
        return found[0][0] if len(found) == 1 else None

    def _sections(self, given: Sequence[str]) -> tuple[int, ...] | None:
        rows = self._section_rows()
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


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
