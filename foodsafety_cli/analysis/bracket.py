"""What a responsibility bracket means: its words to roles (docs/explanation/notice.md)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from foodsafety_cli.analysis.bracket_words import (
    ALONE,
    FIRST_LEADS,
    GOVERNMENT,
    MANY,
    PARTY,
    SEVERAL_PLACES,
    WORDS,
    role_of,
)
from foodsafety_cli.model.plan import Department, Role
from foodsafety_cli.model.valuetype import ValueType

_PAIRS = ("（(〔[【［", "）)〕]】］"), ("《〈", "》〉"), ("“‘「", "”’」")  # the stronger first
_STRENGTH = {char: n for n, pair in enumerate(_PAIRS) for char in pair[0]}
_CLOSED_BY = {char: n for n, pair in enumerate(_PAIRS) for char in pair[1]}
_HALF = str.maketrans("()", "（）")  # two shapes of one sign, whichever was typed
_SIGNS = re.compile(f"[{re.escape(''.join(map(''.join, _PAIRS)))}]")


class Reading(ValueType):
    """The roles a bracket gives, in its order, and the words that are nobody's name."""

    roles: tuple[tuple[str, Role], ...]
    unknown: tuple[str, ...]
    and_others: bool = False  # 等: more are meant than are named
    speaks_of_roles: bool = False
    has_stars: bool = False  # *市公安局、市教育局: who has one leads

    def of(self, role: Role) -> tuple[str, ...]:
        """Who has `role`."""
        return tuple(name for name, given in self.roles if given is role)


class BracketReader:
    """Reads brackets that name the given departments, by name or alias."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._names = {
            spelling.translate(_HALF): department.name
            for department in departments
            for spelling in (*department.aliases, department.name)
        }
        self._lengths: dict[str, list[int]] = {}  # of the names that begin with a character
        for name in sorted(self._names, key=len, reverse=True):
            known = self._lengths.setdefault(name[:1], [])
            if len(name) not in known:
                known.append(len(name))
        self._read = lru_cache(maxsize=4096)(self._read_anew)  # a text says the same over and over

    def read(self, bracket: str, *, first_leads: bool = False) -> Reading:
        """Give each role word's role to all names since the last one, a label's to those after it.

        Names without either are responsible. A department with several roles has the strongest.
        `first_leads`: the notice says that who stands first leads, where no one is said to.
        """
        is_said = bool(FIRST_LEADS.search(bracket))
        return self._read(bracket.translate(_HALF), first_leads or is_said)

    def _read_anew(self, bracket: str, first_leads: bool) -> Reading:
        reader = _BracketWords()
        closes = matching(bracket)
        at = 0
        while at < len(bracket):
            if name := self._name_at(bracket, at):
                reader.take_name(bracket, at, name, self._names[name])
                at += len(name)
                if second := self._government_at(bracket, at, name):
                    reader.take_word(WORDS.match(bracket, at) or second)
                    whole = in_full(name, second.group())
                    reader.take_name(bracket, second.start(), second.group(), self._names[whole])
                    at = second.end()
            elif places := SEVERAL_PLACES.match(bracket, at):
                at = places.end()  # a name with separators in it
            elif (word := WORDS.match(bracket, at)) and reader.may_take(word):
                reader.take_word(word)
                at = word.end()
            else:
                at = closes.get(at, at) + 1
        return reader.finish(bracket, first_leads=first_leads)

    def _government_at(self, text: str, at: int, before: str) -> re.Match[str] | None:
        """The government, behind a sign, of the place whose party committee stands before it."""
        second = GOVERNMENT.match(text, at + 1) if text[at : at + 1] in ("、", "，") else None
        return second if second and in_full(before, second.group()) in self._names else None

    def _name_at(self, text: str, at: int) -> str:
        """The longest name that stands here; as quick with a province's names as with a city's."""
        for length in self._lengths.get(text[at], ()):
            if text[at : at + length] in self._names:
                return text[at : at + length]
        return ""


def in_full(before: str, name: str) -> str:
    """A government's name, with the place of the party committee before it: 屏山县委、县政府."""
    party, government = PARTY.fullmatch(before), GOVERNMENT.fullmatch(name)
    return party["place"] + government["what"] if party and government else name


class _BracketWords:
    """The state between the words of one bracket."""

    def __init__(self) -> None:
        self._roles: list[tuple[str, Role]] = []
        self._waiting: list[str] = []
        self._firsts: list[str] = []  # who stands first in each of the lists that ； parts
        self._is_begun = False
        self._unknown: list[str] = []
        self._end = 0  # where the last known word ended
        self._comma = 0  # how many were waiting when the last comma came
        self._label: Role | None = None
        self._is_aside = False  # after a label that speaks of something else
        self._and_others = False
        self._speaks_of_roles = False
        self._has_stars = False
        self._is_starred = False  # the name that comes
        self._assesses = False  # after 考核单位：, who answers only where nobody else does
        self._assessors: list[str] = []
        self._assessors_unknown: list[str] = []
        self._has_owner = False

    def take_name(self, bracket: str, at: int, spelling: str, name: str) -> None:
        self._leave(bracket, at, at + len(spelling))
        if self._is_starred:
            self._roles.append((name, Role.LEAD))
            self._is_starred = False
        elif self._assesses:
            self._assessors.append(name)
        elif not self._is_aside:
            self._waiting.append(name)
            if not self._is_begun:
                self._firsts.append(name)
            self._is_begun = True

    def may_take(self, word: re.Match[str]) -> bool:
        """Inside an unknown word only a role or a separator can end it."""
        return word.lastgroup not in ALONE or word.start() == self._end

    def take_word(self, word: re.Match[str]) -> None:
        self._leave(word.string, word.start(), word.end())
        text = word.group()
        self._speaks_of_roles |= word.lastgroup in ("label", "role", "own")
        match word.lastgroup:
            case "label":
                self._give(self._label or Role.RESPONSIBLE)
                self._label, self._is_aside = role_of(text), False
                self._assesses = False
                self._has_owner |= self._label is not Role.SUPPORT
            case "assessor" | "remark":
                self._give(self._label or Role.RESPONSIBLE)
                self._label, self._is_aside = None, True
                self._assesses = word.lastgroup == "assessor"
            case "role" if not self._is_aside:
                role = role_of(text)
                if role is Role.SUPPORT and not self._roles and not self._label:
                    self._give_first()
                self._give(role)
            case "own" if self._waiting:
                role = role_of(text)  # who leads is one; those that help are all since the comma
                start = min(self._comma, len(self._waiting) - 1)
                meant = self._waiting[-1:] if role is Role.LEAD else self._waiting[start:]
                del self._waiting[len(self._waiting) - len(meant) :]
                self._roles += [(name, role) for name in meant]
            case "separator":
                self._separate(text)
            case "others":
                self._and_others = True
            case "star":
                self._is_starred = self._has_stars = True

    def _give_first(self) -> None:
        """Make responsible who stands before the last comma: 市公安局，市教育局配合."""
        first, self._waiting = self._waiting[: self._comma], self._waiting[self._comma :]
        if self._waiting:
            self._roles += [(name, Role.RESPONSIBLE) for name in first]
        else:
            self._waiting = first

    def _separate(self, text: str) -> None:
        if text.strip() != "、":
            self._comma = len(self._waiting)
        is_stop = any(stop in text for stop in "；;。")
        if is_stop or (self._label and text.strip() != "、"):
            self._give(self._label or Role.RESPONSIBLE)
        if is_stop:
            self._label, self._is_aside, self._is_begun = None, False, False
            self._assesses = False

    def finish(self, bracket: str, *, first_leads: bool) -> Reading:
        self._leave(bracket, len(bracket), len(bracket))
        self._give(self._label or Role.RESPONSIBLE)
        self._has_owner |= any(role is not Role.SUPPORT for _, role in self._roles)
        if not self._has_owner:
            self._roles += [(name, Role.RESPONSIBLE) for name in self._assessors]
            self._unknown += self._assessors_unknown
            self._speaks_of_roles |= bool(self._assessors or self._assessors_unknown)
        strongest: dict[str, Role] = {}
        for name, role in self._roles:
            strongest[name] = min(strongest.get(name, role), role, key=list(Role).index)
        if first_leads and Role.LEAD not in strongest.values():
            strongest |= {
                name: Role.LEAD
                for name in self._firsts
                if strongest[name] is not Role.SUPPORT and not name.startswith(MANY)
            }
        roles, unknown = tuple(strongest.items()), tuple(self._unknown)
        return Reading(roles, unknown, self._and_others, self._speaks_of_roles, self._has_stars)

    def _leave(self, bracket: str, start: int, end: int) -> None:
        """What lies between the last known word and `start` is unknown."""
        if start > self._end and self._assesses:
            self._assessors_unknown.append(bracket[self._end : start])
        elif start > self._end and not self._is_aside:
            self._has_owner |= self._label is None
            self._unknown.append(bracket[self._end : start])
        self._end = end

    def _give(self, role: Role) -> None:
        self._roles += [(name, role) for name in self._waiting]
        self._waiting.clear()


def matching(text: str) -> dict[int, int]:
    """Where each opening bracket or quote is closed; what is never closed is left out.

    Brackets of any shape close each other, as notices have them; a quote left open inside a
    bracket does not keep it open.
    """
    closes: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []
    for found in _SIGNS.finditer(text):
        char, at = found.group(), found.start()
        if char in _STRENGTH:
            waiting.append((_STRENGTH[char], at))
            continue
        while waiting and waiting[-1][0] > _CLOSED_BY[char]:
            waiting.pop()
        if waiting and waiting[-1][0] == _CLOSED_BY[char]:
            closes[waiting.pop()[1]] = at
    return closes
