"""Documentation is executed: what it shows is what happens, what exists is documented."""

import re
import subprocess
from pathlib import Path

import pytest

from foodsafety_cli.model.problem import Code
from tests.conftest import ROOT
from tests.documents import COMMANDS, DOCUMENTS, command_reference, renewed, without_chance
from tests.refusals import REFUSALS, reference
from tests.remedies import PROBLEMS, remedies, renewed_problems

RUN = [path for path in DOCUMENTS if "```console" in path.read_text("utf-8")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", RUN, ids=name)
def test_what_a_document_shows_is_what_happens(path: Path) -> None:
    assert without_chance(renewed(path)) == without_chance(path.read_text("utf-8")), "make docs"


def test_every_command_and_option_is_documented() -> None:
    assert COMMANDS.read_text("utf-8") == command_reference(), "make docs"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


def test_every_document_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    for path in (ROOT / "docs").rglob("*.md"):
        if path.name != "README.md":
            assert str(path.relative_to(ROOT / "docs")) in index


def test_every_problem_code_is_documented() -> None:
    documented = set(
        re.findall(
            r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs/reference/problems.md").read_text(), re.M
        )
    )
    assert documented == {code.value for code in Code}


def test_every_problem_has_the_remedy_that_the_program_gives() -> None:
    text = PROBLEMS.read_text("utf-8")
    assert text == renewed_problems(text), "make docs"
    assert all(remedies().values())


def test_every_refusal_is_listed_as_the_program_says_it() -> None:
    assert REFUSALS.read_text("utf-8") == reference(), "make docs"


def test_every_json_field_is_documented() -> None:
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs/reference/json.md").read_text("utf-8")))
    fields = set()
    for path in (ROOT / "foodsafety_cli" / "render").glob("*.py"):
        text = path.read_text("utf-8")
        fields |= set(re.findall(r'Column\(\s*"(\w+)"', text))
    drawn_only = {"bar", "field"}
    counts = {"overdue_count", "due_soon_count", "unreported_count"}
    assert fields - drawn_only - counts - {"value"} <= documented


def test_every_plan_field_is_documented() -> None:
    from foodsafety_cli.store.plan.schema import json_schema

    text = (ROOT / "docs/reference/files.md").read_text("utf-8")
    for field in re.findall(r'^        "(\w+)": \{$', json_schema(), re.M):
        assert f"`{field}" in text or f"{field}:" in text, field


def test_the_makefile_tells_its_targets() -> None:
    told = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("demo", "test", "lint", "types", "docs", "build"):
        assert re.search(rf"^make {target} +\S", told, re.M)


def test_the_changelog_and_the_package_agree_on_the_version() -> None:
    from foodsafety_cli import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
