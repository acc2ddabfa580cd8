"""What a responsibility bracket means: its words to roles (the grammar of DESIGN 1)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from foodsafety_cli.model.plan import Department, Role

_ROLE_WORDS = {
    "按职责分工负责": Role.RESPONSIBLE,
    "按职责分工配合": Role.SUPPORT,
    "分工负责": Role.RESPONSIBLE,
    "负责": Role.RESPONSIBLE,
    "牵头": Role.LEAD,
    "配合": Role.SUPPORT,
}

_ROLE = re.compile("|".join(_ROLE_WORDS))
_SEPARATOR = re.compile("[、，,；;。 ]+")


class Reading(NamedTuple):
    """The roles a bracket gives, in its order, and the words that are nobody's name."""

    roles: tuple[tuple[str, Role], ...]
    unknown: tuple[str, ...]

    def of(self, role: Role) -> tuple[str, ...]:
        """Who has `role`."""
        return tuple(name for name, given in self.roles if given is role)


class BracketReader:
    """Reads brackets that name the given departments, by name or alias."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._names = {
            spelling: department.name
            for department in departments
            for spelling in (*department.aliases, department.name)
        }
        self._lengths: dict[str, list[int]] = {}  # of the names that begin with a character
        for name in sorted(self._names, key=len, reverse=True):
            known = self._lengths.setdefault(name[:1], [])
            if len(name) not in known:
                known.append(len(name))

    def read(self, bracket: str) -> Reading:
        """Give each role word's role to all names since the last role word.

        Names that no role word follows are responsible.
        """
        roles: list[tuple[str, Role]] = []
        unknown: list[str] = []
        waiting: list[str] = []
        at = end = 0  # `end` is where the last known word ended
        while at < len(bracket):
            name = self._name_at(bracket, at)
            role = None if name else _ROLE.match(bracket, at)
            word = name or (role or _SEPARATOR.match(bracket, at) or [""])[0]
            if not word:
                at += 1
                continue
            unknown += filter(None, [bracket[end:at]])
            at = end = at + len(word)
            if name:
                waiting.append(self._names[name])
            elif role:
                roles += [(body, _ROLE_WORDS[word]) for body in waiting]
                waiting.clear()
        unknown += filter(None, [bracket[end:]])
        roles += [(body, Role.RESPONSIBLE) for body in waiting]
        return Reading(tuple(roles), tuple(unknown))

    def _name_at(self, text: str, at: int) -> str:
        """The longest name that stands here; as quick with a province's names as with a city's."""
        for length in self._lengths.get(text[at], ()):
            if text[at : at + length] in self._names:
                return text[at : at + length]
        return ""
