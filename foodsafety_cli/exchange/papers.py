"""What a paper to the leaders is made of, whatever it is written as."""

from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.valuetype import ValueType

_OFFICE = ("市食安办", "市食品安全委员会办公室")


class Heading(ValueType):
    """A heading of the first (一、) or second (（一）) level."""

    level: int
    text: str


class Paragraph(ValueType):
    """A paragraph of the body; `lead` are its first words, set apart from the rest."""

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


def issuer_of(plan: Plan) -> str:
    """Who signs it."""
    named = {d.name for d in plan.departments}
    return _OFFICE[1] if _OFFICE[0] in named or _OFFICE[1] in named else plan.issuer
