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
        longest_first = sorted(self._names, key=len, reverse=True)
        self._token = re.compile(
            f"(?P<name>{'|'.join(map(re.escape, longest_first)) or '(?!)'})"
            f"|(?P<role>{'|'.join(_ROLE_WORDS)})"
            "|(?P<separator>[、，,；;。 ]+)"
        )

    def read(self, bracket: str) -> Reading:
        """Give each role word's role to all names since the last role word.

        Names that no role word follows are responsible.
        """
        roles: list[tuple[str, Role]] = []
        unknown: list[str] = []
        waiting: list[str] = []
        end = 0
        for token in self._token.finditer(bracket):
            unknown += filter(None, [bracket[end : token.start()]])
            end = token.end()
            if token["name"]:
                waiting.append(self._names[token["name"]])
            elif token["role"]:
                roles += [(name, _ROLE_WORDS[token["role"]]) for name in waiting]
                waiting.clear()
        unknown += filter(None, [bracket[end:]])
        roles += [(name, Role.RESPONSIBLE) for name in waiting]
        return Reading(tuple(roles), tuple(unknown))
