"""Value types are named tuples in all but what making their class costs."""

import copy
import pickle
import subprocess
import sys
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodsafety_cli.model.valuetype import ValueType
from tests.conftest import ROOT


class Ours(ValueType):
    """As a module would declare it."""

    task: int
    note: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"任务 {self.task}"


class Usual(NamedTuple):
    """The same by the standard library."""

    task: int
    note: str = ""
    evidence: tuple[str, ...] = ()


NAMES = st.sampled_from([*Usual._fields, "other"])
CALLS = st.tuples(st.lists(st.integers(), max_size=4), st.dictionaries(NAMES, st.integers()))


@given(CALLS)
def test_they_take_and_refuse_what_a_named_tuple_does(
    call: tuple[list[int], dict[str, Any]],
) -> None:
    values, named = call
    try:
        usual = Usual(*values, **named)  # type: ignore[arg-type]  # any call, right or wrong
    except TypeError:
        with pytest.raises(TypeError):
            Ours(*values, **named)  # type: ignore[arg-type]
    else:
        ours = Ours(*values, **named)  # type: ignore[arg-type]
        assert tuple(ours) == tuple(usual)
        assert ours._asdict() == usual._asdict()
        assert repr(ours) == repr(usual).replace("Usual", "Ours")


def test_they_are_read_replaced_and_copied_like_one() -> None:
    value = Ours(16, evidence=("照片",))
    assert (value.task, value.note, value.evidence, value.label) == (16, "", ("照片",), "任务 16")
    assert (
        value._replace(note="已办")
        == Ours(16, "已办", ("照片",))
        == Ours._make([16, "已办", ("照片",)])
    )
    assert copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert (Ours._fields, Ours._field_defaults) == (Usual._fields, Usual._field_defaults)
    match value:
        case Ours(number, note=""):
            assert number == 16


def test_what_cannot_be_one_is_refused() -> None:
    with pytest.raises(TypeError):
        Ours._make([16])
    with pytest.raises(TypeError):
        type("Derived", (Ours,), {})


def test_they_never_change() -> None:
    with pytest.raises(AttributeError):
        Ours(16).task = 17  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Ours(16).other = 17  # type: ignore[attr-defined]


def test_making_one_compiles_nothing() -> None:
    script = (
        "import sys\n"
        "from foodsafety_cli.model.valuetype import ValueType\n"
        "def watch(event, args):\n"
        "    if event == 'compile': raise SystemExit('compiled')\n"
        "sys.addaudithook(watch)\n"
        "class Pair(ValueType):\n    first: int\n    second: 'int | None' = None\n"
        "Pair(1)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
