"""The house (DESIGN 4): imports only run downwards, and few rooms know the big libraries."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "foodsafety_cli"
FLOORS = {"model": 0, "analysis": 1, "store": 2, "notice": 3, "exchange": 3, "render": 3, "cli": 4}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)
ALLOWED = {
    "docx": {"notice", "exchange"},
    "jinja2": {"exchange"},
    "openpyxl": {"exchange"},
    "typer": {"cli"},
    "rich": {"render"},
    "pydantic": {"store"},
    "yaml": {"store", "render"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "foodsafety_cli" and len(parts) > 1:
            assert FLOORS[parts[1]] <= FLOORS[room], f"{room} may not import {name}"
        elif parts[0] in ALLOWED:
            assert room in ALLOWED[parts[0]], f"{room} may not know {parts[0]}"


def test_every_room_says_what_it_is_for() -> None:
    for room in FLOORS:
        assert ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300
