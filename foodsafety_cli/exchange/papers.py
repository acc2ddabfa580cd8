"""What a paper to the leaders is made of, whatever it is written as."""

import re
from collections.abc import Sequence

from foodsafety_cli.analysis.offices import level_of
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.valuetype import ValueType

_PLACES = re.compile("县|区|旗|乡|镇|街道")  # in the name of a group whose members are places
_PLACE = re.compile(  # a member's name, as it ends
    "(?:[省市县区旗州盟乡镇村]|街道|苏木|社区|新城|办事处|管委会|管理委员会)(?:人民)?(?:政府)?"
    "(?:（[^（）]*）)?$"
)


class Heading(ValueType):
    """A heading of the first (一、) or second (（一）) level."""

    level: int
    text: str


class Paragraph(ValueType):
    """A paragraph of the department; `lead` are its first words, set apart from the rest."""

    text: str
    lead: str = ""


class Table(ValueType):
    """A table: its title (none in the text), head, rows, and how wide its columns are."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Paper(ValueType):
    """A report: who it is to and from, its blocks, its annexes."""

    title: str
    to: str
    blocks: tuple[Heading | Paragraph | Table, ...]
    issuer: str
    day: str
    annexes: tuple[Table, ...]


def leaders_of(plan: Plan) -> str:
    """To whom a report goes: 市委、市政府, or as the issuer's name has it 县委、县政府."""
    level = level_of(plan)
    return f"{level}委、{level}政府："


def places_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The groups whose members are places, by what they are called: 各县（市、区）, 各乡镇."""
    return {
        department.name.removesuffix("人民政府"): department.members
        for department in plan.departments
        if _PLACES.search(department.name) and _are_places(department.members)
    }


def _are_places(members: Sequence[str]) -> bool:
    """Whether most of them are: 区食安委成员单位 are bureaus, whatever the name has in it."""
    places = [name for name in members if _PLACE.search(name)]
    return len(places) * 2 > len(members)


def everyone_in(plan: Plan) -> str:
    """To whom a circular goes: all places and all bureaus of the level."""
    places = "、".join(places_of(plan))
    return f"{places}，{level_of(plan)}直各有关部门：" if places else "各有关单位："
