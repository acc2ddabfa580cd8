"""The numbers of letters (晋市食安办督〔2021〕7号): read, written, and which come next."""

import re
from collections.abc import Collection, Iterable

from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.steps import LetterKind
from foodsafety_cli.model.valuetype import ValueType

_USUAL_PREFIX = "食安办"
_MOST_DIGITS = 5
_YEAR = r"[(（\[【［﹝〔](\d{4})[)）\]】］﹞〕]"
_NUMBER = r"(.*)〔(\d{4})〕(\d{1,6})号"


class Numbering(ValueType):
    """How letters of a kind are numbered in a year, and the numbers that are used."""

    plan: Plan
    kind: LetterKind
    year: int
    used: Collection[str]

    def numbers(self, count: int, wanted: str | None = None) -> list[str]:
        """So many numbers, from the one that is wanted or the next on; raises `BadValue`."""
        head, year, first = self._next() if wanted is None else self._first(wanted)
        found = [number(head, year, n) for n in range(first, first + count)]
        again = next((one for one in found if one in self.used), None)
        if again:
            last = next_number(head, year, self.used) - 1
            raise BadValue("--number", f"{again} 已经用过（已用到 {last}号）")
        return found

    def _next(self) -> tuple[str, int, int]:
        head = head_of(self.plan, self.kind)
        return head, self.year, next_number(head, self.year, self.used)

    def _first(self, wanted: str) -> tuple[str, int, int]:
        """The number that is wanted: 7, or all of it with a head of one's own."""
        whole, text = read_number(wanted), wanted.strip()
        if whole and _is_head(whole[0]):
            self._refuse_another_kinds(whole[0], wanted)
            return whole
        head = head_of(self.plan, self.kind)
        if not text.isdecimal() or not 0 < len(text.lstrip("0")) <= _MOST_DIGITS:
            raise BadValue("--number", f"“{wanted}”应是几号，或 {head}〔{self.year}〕7号 这样")
        return head, self.year, int(text)

    def _refuse_another_kinds(self, head: str, wanted: str) -> None:
        heads = {head_of(self.plan, kind): kind for kind in LetterKind if kind is not self.kind}
        if head in heads:
            other, own = heads[head].heading, self.kind.heading
            raise BadValue("--number", f"“{wanted}”是{other}的文号，{own}的请写几号")


def _is_head(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and not set(text) & set("/\\")


def head_of(plan: Plan, kind: LetterKind) -> str:
    """What a kind's numbers begin with: 晋市食安办督."""
    return f"{plan.letters.prefix if plan.letters else _USUAL_PREFIX}{kind.sign}"


def next_number(head: str, year: int, used: Iterable[str]) -> int:
    """The number after the last of this head and year, whichever office used it."""
    known = (read_number(text) for text in used)
    return max((one[2] for one in known if one and one[:2] == (head, year)), default=0) + 1


def number(head: str, year: int, n: int) -> str:
    """晋市食安办督〔2021〕7号."""
    return f"{head}〔{year}〕{n}号"


def read_number(text: str) -> tuple[str, int, int] | None:
    """A number's head, year and count; None if it is none."""
    match = re.fullmatch(_NUMBER, with_year_brackets(text.strip()))
    return (match[1], int(match[2]), int(match[3])) if match else None


def with_year_brackets(text: str) -> str:
    """A number with 〔2021〕, whichever brackets a keyboard gave it."""
    return re.sub(_YEAR, r"〔\1〕", text)
