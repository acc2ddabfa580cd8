"""Tripwires (DESIGN 6): what a command may not import, and that a hot one does not parse YAML."""

import subprocess
import sys
import tracemalloc
from pathlib import Path
from textwrap import dedent

import pytest

from foodsafety_cli.store import planfile
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


def test_what_was_deferred_is_there_when_touched() -> None:
    script = """
        import sys
        from foodsafety_cli.deferred import defer_seldom_touched
        defer_seldom_touched()
        import ast, bz2, fnmatch, importlib.util, inspect, ipaddress, linecache, locale, lzma
        import ntpath, platform, shellingham, signal, subprocess, textwrap, token, tokenize
        import threading, traceback, zipfile
        from difflib import get_close_matches
        from gettext import gettext
        from shutil import get_terminal_size
        from threading import local
        from traceback import StackSummary
        from urllib.parse import quote_from_bytes
        from uuid import UUID
        assert UUID == UUID and UUID != str
        assert UUID(int=1) == __import__("uuid").UUID(int=1) and isinstance(UUID(int=1), UUID)
        assert issubclass(type(UUID(int=1)), UUID) and not issubclass(str, UUID)
        assert UUID == type(UUID(int=1)) and UUID != str
        assert get_close_matches("ab", ["abc"]) == ["abc"] and gettext("a") == "a"
        assert get_terminal_size((1, 1)) and quote_from_bytes(b" ") == "%20"
        assert StackSummary.from_list([]) == [] and traceback.format_exception(ValueError("a"))
        assert "def wrap" in inspect.getsource(textwrap.TextWrapper)
        assert local is threading.local and threading.Lock().acquire() and local is threading.local
        assert bz2.decompress(bz2.compress(b"a")) == lzma.decompress(lzma.compress(b"a"))
        assert ipaddress.ip_address("127.0.0.1").is_loopback
        assert locale.LC_ALL is not None and signal.Signals.SIGINT == 2
        assert textwrap.dedent("  a") == "a" and shellingham.ShellDetectionFailure
        assert fnmatch.fnmatch("a.b", "*.b") and ntpath.basename("a\\\\b") == "b"
        assert importlib.util.find_spec("json") and linecache.getline(tokenize.__file__, 1)
        assert subprocess.run([sys.executable, "-c", ""]).returncode == 0
        assert platform.system() and token.tok_name[token.NAME] == "NAME"
        assert issubclass(ast.Name, ast.AST)
        assert all(type(sys.modules[n]) is type(sys) for n in ("ast", "subprocess", "tokenize"))
        """
    subprocess.run([sys.executable, "-c", dedent(script)], cwd=ROOT, check=True)


def test_the_first_run_validates(fs: Fs, tmp_path_factory: pytest.TempPathFactory) -> None:
    fresh = str(tmp_path_factory.mktemp("fresh"))
    assert {"pydantic", "yaml"} <= imported(fs, "tasks", XDG_CACHE_HOME=fresh)
    assert not imported(fs, "tasks", XDG_CACHE_HOME=fresh) & HEAVY


def test_an_update_needs_none_of_them_either(fs: Fs) -> None:
    fs("tasks").ok()
    assert not imported(fs, "progress", "update", "16", "--value", "5.2") & HEAVY


@pytest.mark.parametrize("args", [["--help"], ["tasks", "--help"], ["--version"], ["tasks", "-x"]])
def test_help_and_usage_errors_touch_no_plan(fs: Fs, args: list[str]) -> None:
    assert not imported(fs, *args) & (HEAVY | {"fasteners"})


def test_completion_is_as_light(fs: Fs) -> None:
    fs("tasks").ok()
    env = {"_FS_COMPLETE": "complete_bash", "COMP_WORDS": "fs show 1", "COMP_CWORD": "2"}
    assert not imported(fs, **env) & HEAVY


def test_completion_goes_by_the_plan_alone(fs: Fs) -> None:
    fs("tasks").ok()
    env = {"_FS_COMPLETE": "complete_bash", "COMP_WORDS": "fs tasks -d 市", "COMP_CWORD": "3"}
    assert not imported(fs, **env) & {
        "foodsafety_cli.analysis.standing",
        "foodsafety_cli.store.fold",
        "foodsafety_cli.store.foldcache",
        "foodsafety_cli.cli.help",
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
    assert loaded == {"main", "app", "help", "streams"}


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
    assert sorted(path.rpartition("/")[2].partition("-")[0] for path in data) == [
        "fold",
        "plan",
        "plan.yaml",
        "progress.jsonl",
    ]


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="the system does not count bytes")
def test_a_listing_reads_the_plan_and_the_fold_and_not_the_ledger(fs: Fs) -> None:
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
    assert count < 2 * plan + 300_000, "the plan's bytes, those it was validated from, the fold"


def test_a_kept_plan_is_compared_piecewise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "plan.yaml"
    path.write_text(made.plan(1000), "utf-8")
    planfile.load(path).close()
    tracemalloc.start()
    planfile.load(path).close()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < path.stat().st_size // 2
