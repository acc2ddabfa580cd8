"""The house: imports only run downwards, few rooms know the big libraries, nothing goes in circles.

The picture is in CONTRIBUTING.md.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "foodsafety_cli"
FLOORS = {"model": 0, "analysis": 1, "store": 2, "documents": 2}
FLOORS |= {"checking": 3, "notice": 3, "exchange": 3, "render": 3, "cli": 4}
MODULES = sorted(PACKAGE.rglob("*.py"))
ROOT_MODULES = {"__init__", "__main__"}
ALLOWED = {
    "docx": {"notice", "exchange", "documents"},
    "fasteners": {"store"},
    "jinja2": {"documents"},
    "lxml": {"notice"},
    "msgspec": {"store", "render"},
    "openpyxl": {"exchange", "notice", "render", "documents"},
    "pdfplumber": {"notice"},
    "pydantic": {"store"},
    "pydantic_core": {"store"},
    "rich": {"render"},
    "sqlite3": {"store"},
    "typer": {"cli"},
    "yaml": {"store", "render"},
}
TYPER_PRIVATE = "typer._"
PARSER = PACKAGE / "cli" / "parser"


def imports(source: str) -> Iterator[str]:
    """Every module that is imported, or may be: `from a import b` names `a.b`, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def reached_into(source: str) -> Iterator[str]:
    """What is taken out of a module by its name: `typer._click`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def faults(path: Path, source: str) -> Iterator[str]:
    """What is wrong with the imports of a module."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    room = parts[0] if len(parts) > 1 else "root"
    if room == "root" and parts[0] not in ROOT_MODULES:
        yield "no module stands beside the rooms"
    for name in imports(source):
        first, *rest = name.split(".")
        if first == "foodsafety_cli" and rest and rest[0] in FLOORS and room != "root":
            other = rest[0]
            is_sideways = FLOORS[other] == FLOORS[room] and other != room
            if FLOORS[other] > FLOORS[room] or is_sideways:
                yield f"{room} may not import {name}"
        if first in ALLOWED and room not in (*ALLOWED[first], "root"):
            yield f"{room} may not know {first}"
    for name in (*imports(source), *reached_into(source)):
        if name.startswith(TYPER_PRIVATE) and PARSER not in path.parents:
            yield f"{name} is private: only cli/parser may name it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    assert list(faults(path, path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("render/x.py", "from foodsafety_cli.exchange import form"),
        ("notice/x.py", "import foodsafety_cli.render.output"),
        ("model/x.py", "from foodsafety_cli import analysis"),
        ("store/ledger/x.py", "from foodsafety_cli.cli.main import main"),
        ("cli/x.py", "from typer._click.core import Context"),
        ("cli/x.py", "import typer\n\ntyper._click.core.Context"),
        ("cli/x.py", "import rich"),
        ("x.py", ""),
    ],
)
def test_what_is_planted_is_seen(module: str, source: str) -> None:
    assert list(faults(PACKAGE / module, source))


def test_nothing_goes_in_circles() -> None:
    """Imports within functions count, too: a circle is one however late it is closed."""
    known = {_name(path): path for path in MODULES}
    arrows = {
        name: {target for target in _targets(path, known) if target != name}
        for name, path in known.items()
    }
    while leaves := {name for name, targets in arrows.items() if not targets & arrows.keys()}:
        arrows = {name: targets for name, targets in arrows.items() if name not in leaves}
    assert arrows == {}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _targets(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for name in imports(path.read_text("utf-8")):
        if name in known:
            yield name
        elif name.rpartition(".")[0] in known:
            yield name.rpartition(".")[0]


def test_every_room_says_what_it_is_for() -> None:
    for room in FLOORS:
        assert ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_a_class_name_has_one_meaning() -> None:
    """A protocol may bear the name of what it stands for."""
    rooms: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and "Protocol" not in map(ast.unparse, node.bases):
                rooms.setdefault(node.name, []).append(str(path.relative_to(PACKAGE)))
    assert {name: places for name, places in rooms.items() if len(places) > 1} == {}
