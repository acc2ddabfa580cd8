"""Tripwires: what a command may not import, and that a hot one does not parse YAML."""

import subprocess
import sys
import tomllib
import tracemalloc
from pathlib import Path

import pytest

from foodsafety_cli.cli.parser.deferred import _FIRST_TYPER, _FIRST_UNKNOWN_TYPER
from foodsafety_cli.store.plan import file as plan_file
from tests.bench import made
from tests.conftest import ROOT, Fs

HEAVY = {"pydantic", "pydantic_core", "rich", "yaml"}


def imported(fs: Fs, *args: str, **env: str) -> set[str]:
    """The modules that a command has loaded when it ends, and the packages they are of."""
    script = (
        "import sys\n"
        "from foodsafety_cli.cli.main import main\n"
        f"code = main({list(args)!r})\n"
        "sys.stdout.flush()\n"
        "print(*sys.modules, *{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
        "raise SystemExit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=fs.folder,
        env=fs.env | env,
        capture_output=True,
        check=False,
    )
    return set(done.stderr.decode().splitlines()[-1].split())


HOT = [
    ["tasks", "--dept", "市市场监督管理局"],
    ["progress"],
    ["due"],
    ["show", "16"],
    ["indicators"],
    ["tasks", "-f", "csv"],
    ["tasks", "-f", "json"],
    [],
]


@pytest.mark.parametrize("args", HOT, ids=" ".join)
def test_a_second_run_off_a_terminal_needs_neither_rich_nor_pydantic_nor_yaml(
    fs: Fs, args: list[str]
) -> None:
    fs("tasks").ok()
    assert not imported(fs, *args) & HEAVY


@pytest.mark.parametrize(
    "args", [["tasks", "-d", "市监局"], ["progress"], ["due"], ["indicators"], []], ids=" ".join
)
def test_a_second_run_decodes_no_line_of_the_ledger(fs: Fs, args: list[str]) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    assert not imported(fs, *args) & {"msgspec", "hashlib", "fasteners"}


def test_what_typer_brings_along_untouched_is_not_run(fs: Fs) -> None:
    fs("tasks").ok()
    command = [sys.executable, "-X", "importtime", "-m", "foodsafety_cli", "tasks"]
    done = subprocess.run(command, cwd=fs.folder, env=fs.env, capture_output=True, check=True)
    named = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert {"typer", "difflib", "uuid"} <= named
    behind = {"_ast", "_bz2", "_locale", "_lzma", "_uuid", "heapq", "selectors"}
    assert not named & (behind | {"ipaddress", "shellingham", "typer._completion_classes"})
    assert ("datetime" in named) is (sys.version_info >= (3, 12)), "its C half alone on 3.11"


WAITED_FOR = """
import sys
from importlib import import_module
from types import ModuleType
from foodsafety_cli.cli.parser.deferred import _SELDOM_TOUCHED, import_typer

import_typer()
for name in ("ast", "difflib", "subprocess", "threading", "uuid"):
    assert type(sys.modules[name]) is not ModuleType, name

import inspect, pathlib, textwrap, threading, typer.core, typer.main
UUID = typer.main.UUID
assert UUID == UUID and UUID != str and UUID != typer.main.StackSummary
assert typer._click.globals.local is threading.local and threading.Lock().acquire()
assert typer.core.get_close_matches("ab", ["abc"]) == ["abc"] and typer.core._("a") == "a"
assert typer.get_terminal_size((1, 1)) and typer.main.get_completion_inspect_parameters()
assert typer.main.StackSummary.from_list([]) == []
assert typer.main.FrameSummary("a.py", 1, "f").lineno == 1
assert pathlib.Path("/a b").as_uri() == "file:///a%20b"
assert "def wrap" in inspect.getsource(textwrap.TextWrapper)

assert UUID != str and UUID | None and (int | UUID) == (UUID | int) and {UUID: 1}[UUID] == 1
import uuid
assert UUID == uuid.UUID == UUID and {UUID: 1}[uuid.UUID] == 1
assert isinstance(uuid.uuid4(), UUID) and issubclass(uuid.UUID, UUID) and not issubclass(str, UUID)

for name, taken in _SELDOM_TOUCHED.items():
    module = import_module(name)
    vars(module)
    assert type(module) is ModuleType, name
    for its in taken:
        assert type(getattr(module, its)).__module__ != "foodsafety_cli.cli.parser.deferred", its
import bz2, lzma, subprocess
assert bz2.decompress(bz2.compress(b"a")) == lzma.decompress(lzma.compress(b"a"))
assert subprocess.run([sys.executable, "-c", ""]).returncode == 0
"""


def test_what_was_deferred_is_there_when_touched() -> None:
    subprocess.run([sys.executable, "-c", WAITED_FOR], cwd=ROOT, check=True)


def test_a_deferred_module_that_fails_says_so_each_time(tmp_path: Path) -> None:
    (tmp_path / "shellingham.py").write_text("raise ImportError('没有装好')\n", "utf-8")
    script = (
        "import sys\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        "from foodsafety_cli.cli.parser.deferred import import_typer\n"
        "import_typer()\n"
        "from typer._completion_shared import shellingham\n"
        "for _ in range(2):\n"
        "    try: shellingham.detect_shell\n"
        "    except ImportError as error: print(error, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert done.stderr.decode().split() == ["没有装好", "没有装好"]


@pytest.mark.parametrize("version", ["0.25.1", "0.29.0", "1.0.0rc1"])
def test_a_typer_that_fs_was_not_built_on_is_refused_with_a_sentence(version: str) -> None:
    script = (
        "import sys, typer\n"
        f"typer.__version__ = {version!r}\n"
        "from foodsafety_cli.__main__ import run\n"
        "sys.argv = ['fs', 'tasks']\n"
        "run()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (70, b"")
    assert version in said
    assert "pip install 'typer<0.29'" in said
    assert "Traceback" not in said


def test_the_bounds_of_typer_are_those_of_the_package() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bounds = ".".join(map(str, _FIRST_TYPER)), ".".join(map(str, _FIRST_UNKNOWN_TYPER))
    assert f"typer>={bounds[0]},<{bounds[1]}" in package["dependencies"]


def test_the_first_run_validates(fs: Fs, tmp_path_factory: pytest.TempPathFactory) -> None:
    fresh = str(tmp_path_factory.mktemp("fresh"))
    assert {"pydantic", "yaml"} <= imported(fs, "tasks", XDG_CACHE_HOME=fresh)
    assert not imported(fs, "tasks", XDG_CACHE_HOME=fresh) & HEAVY


def test_validating_loads_nothing_of_pydantic_that_nobody_touches(
    fs: Fs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fresh = str(tmp_path_factory.mktemp("fresh"))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "foodsafety_cli", "tasks"],
        cwd=fs.folder,
        env=fs.env | {"XDG_CACHE_HOME": fresh},
        capture_output=True,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "pydantic" in loaded
    assert not loaded & {"email.message", "hmac", "zipfile"}


def test_an_update_needs_none_of_them_either(fs: Fs) -> None:
    fs("tasks").ok()
    update = ("progress", "update", "16", "--value", "5.2")
    assert not imported(fs, *update) & (HEAVY | {"msgspec", "unicodedata"})


@pytest.mark.parametrize("args", [["--help"], ["tasks", "--help"], ["--version"], ["tasks", "-x"]])
def test_help_and_usage_errors_touch_no_plan(fs: Fs, args: list[str]) -> None:
    assert not imported(fs, *args) & (HEAVY | {"fasteners"})


def test_completion_is_as_light(fs: Fs) -> None:
    fs("tasks").ok()
    assert not imported(fs, "show", "1", _FS_COMPLETE="bash") & (HEAVY | {"rich", "shlex"})


def test_completion_goes_by_the_plan_alone(fs: Fs) -> None:
    fs("tasks").ok()
    assert not imported(fs, "tasks", "-d", "市", _FS_COMPLETE="bash") & {
        "foodsafety_cli.analysis.standing",
        "foodsafety_cli.store.ledger.index",
        "foodsafety_cli.cli.parser.help",
    }


def test_the_overview_of_commands_loads_none_of_them(fs: Fs) -> None:
    script = (
        "import sys\nfrom foodsafety_cli.cli.main import main\nmain(['--help'])\n"
        "print(*[m for m in sys.modules if m.startswith('foodsafety_cli.cli.')], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=True
    )
    loaded = {name.rpartition(".")[2] for name in done.stderr.decode().split()}
    assert loaded == {"main", "parser", "app", "help", "strictness", "streams"}


def test_a_listing_opens_the_plan_the_ledger_and_the_cache_and_no_more(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    script = (
        "import sys\nopened = []\n"
        "def watch(event, args):\n"
        "    if event == 'open' and isinstance(args[0], str): opened.append(args[0])\n"
        "sys.addaudithook(watch)\n"
        "from foodsafety_cli.cli.main import main\nmain(['tasks', '--dept', '市监局'])\n"
        "print(*opened, sep='\\n', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=True
    )
    code = (str(ROOT), sys.prefix, sys.base_prefix)
    data = [path for path in done.stderr.decode().splitlines() if not path.startswith(code)]
    names = [path.rpartition("/")[2] for path in data]
    assert sorted(names) == ["plan.yaml", "progress.jsonl"], "and what SQLite opens itself"


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="the system does not count bytes")
def test_a_listing_reads_the_plan_and_the_index_and_not_the_ledger(fs: Fs) -> None:
    made.write_ledger(fs.ledger, 30_000)
    asked = ["tasks", "--dept", "市市场监督管理局"]
    fs(*asked).ok()
    script = (
        "import os, sys\n"
        "from foodsafety_cli.cli.main import main\n"
        "def read(): return int(open('/proc/self/io').readline().split()[1])\n"
        f"main({asked!r})\n"  # the modules are read now
        "before = read()\n"
        f"main({asked!r})\n"
        "print(read() - before, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=fs.folder, env=fs.env, capture_output=True, check=True
    )
    count = int(done.stderr.decode().splitlines()[-1])
    plan, ledger = fs.plan.stat().st_size, fs.ledger.stat().st_size
    assert ledger > 4_000_000
    assert count < 2 * plan + ledger / 4, "the plan twice, some pages of the index"


def test_a_kept_plan_is_compared_piecewise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "plan.yaml"
    path.write_text(made.plan(1000), "utf-8")
    plan_file.load(path).close()
    tracemalloc.start()
    plan_file.load(path).close()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < path.stat().st_size // 2
