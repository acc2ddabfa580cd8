"""The JSON schema for editors: generated from the types, kept, and true of the plan."""

import datetime as dt
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.conftest import ROOT, Fs

KEPT = ROOT / "schema" / "plan.schema.json"


def test_the_kept_schema_is_the_generated_one(fs: Fs) -> None:
    assert fs("schema").ok().out == KEPT.read_text("utf-8")
    fs("schema", "-o", "s.json").ok()
    assert (fs.folder / "s.json").read_text("utf-8") == KEPT.read_text("utf-8")


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def test_the_shipped_plan_is_valid_for_an_editor() -> None:
    schema = json.loads(KEPT.read_text("utf-8"))
    plan = as_json(yaml.safe_load((ROOT / "plan.yaml").read_text("utf-8")))
    jsonschema.validate(plan, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plan | {"unknown": 1}, schema)


def test_every_field_has_a_chinese_hint() -> None:
    schema = json.loads(KEPT.read_text("utf-8"))
    definitions = [schema, *schema["$defs"].values()]
    for definition in definitions:
        for name, field in definition.get("properties", {}).items():
            assert any("一" <= char <= "鿿" for char in field["description"]), name


def test_the_plan_names_the_schema_beside_it() -> None:
    first = (ROOT / "plan.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=schema/plan.schema.json"


def test_the_wheel_carries_the_plan_and_works_from_any_folder(anywhere: Fs, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    assert len(list(tmp_path.glob("*.tar.gz"))) == 1
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    installed = Fs(anywhere.folder, anywhere.env | {"PYTHONPATH": str(unpacked)})
    assert len(installed("tasks").ok().rows) == 60
    assert installed("init", "w").ok().out.count("新建") == 4
    plan = anywhere.folder / "w" / "plan.yaml"
    assert plan.read_bytes() == (ROOT / "plan.yaml").read_bytes()
    where = subprocess.run(
        [sys.executable, "-c", "import foodsafety_cli; print(foodsafety_cli.__file__)"],
        cwd=anywhere.folder,
        env=installed.env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(unpacked))
