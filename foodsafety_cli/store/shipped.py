"""What comes with the program: inside the wheel, or in the source tree."""

from pathlib import Path

PLAN_NAME = "plan.yaml"
RUBRIC_NAME = "scoring.yaml"
SCHEMA_NAME = "plan.schema.json"
EXAMPLE_NAME = "example.jsonl"
_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The file of this name that comes with the program."""
    packed = _PACKAGE / "data" / name
    folder = "schema" if name == SCHEMA_NAME else ""
    return packed if packed.exists() else _PACKAGE.parent / folder / name
