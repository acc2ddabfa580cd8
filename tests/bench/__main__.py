"""Run the benchmark; `--quick` for the small sizes, `--write` to renew the document's figures."""

import argparse
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import peers
from tests.bench.clock import Case, Figure, measure
from tests.bench.made import DEPARTMENT, plan, write_ledger
from tests.conftest import ROOT

DOCUMENT = ROOT / "docs" / "explanation" / "performance.md"
FS = [sys.executable, "-m", "foodsafety_cli"]
OFFICE = "市市场监督管理局"
LIST = ["tasks", "--dept", OFFICE]
OF_ONE = [*FS, "tasks", "--dept", DEPARTMENT]
UPDATE = [*FS, "progress", "update", "16", "--value", "6"]
SHIPPED = (ROOT / "plan.yaml").read_text("utf-8")
PASS = "python -c pass"
EMPTY = "empty Typer command"
# what no command that goes through Typer can be quicker than, with all that `fs` does to be quick
_EMPTY = (
    "import gc, os\ngc.disable()\n"
    "from foodsafety_cli.cli.parser.deferred import import_typer\nimport_typer()\nimport typer\n"
    "app = typer.Typer(add_completion=False)\n@app.command()\ndef empty() -> None: pass\n"
    "app(standalone_mode=False)\nos._exit(0)"
)
_LOAD = (
    "import yaml\nfor s in yaml.load(open('plan.yaml'), Loader=yaml.CSafeLoader)['sections']:\n"
    "    for t in s['tasks']: print(t['id'], t['title'])"
)


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        env |= {"LANG": "C.UTF-8", "FS_TODAY": "2021-09-30", "FS_BY": "张三"}
        env |= {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": f"{folder}/cache"}
        groups = _groups(Path(folder), is_quick=asked.quick)  # each is set up when its turn comes
        figures = [measure(cases, env, rounds) for rounds, cases in groups]
    table = "\n".join(_table(figures))
    print(table)
    if asked.write:
        told = f"{_machine()}\n\n{table}\n"
        text = DOCUMENT.read_text("utf-8")
        between = r"(?s)(<!-- figures -->\n).*(<!-- end of figures -->)"
        DOCUMENT.write_text(re.sub(between, rf"\1{told}\2", text), "utf-8")


def _groups(folder: Path, *, is_quick: bool) -> Iterator[tuple[int, dict[str, Case]]]:
    """Cases measured in the same rounds, each against an empty Typer command; and how many.

    What is used all day is warm: it is not measured after seconds of something else.
    """
    bare = {
        EMPTY: Case([sys.executable, "-c", _EMPTY], folder),
        PASS: Case([sys.executable, "-c", "pass"], folder),
    }
    rounds = 7 if is_quick else 31
    yield rounds, bare | dict(_everyday(folder))
    yield rounds, bare | dict(_sizes(folder, is_quick=is_quick))
    if not is_quick:
        yield 15, bare | dict(_heavy(folder))
        for count in (59, 10_000):
            yield 9, bare | dict(_beside_peers(folder, count))


def _everyday(folder: Path) -> Iterator[tuple[str, Case]]:
    city = _office(folder / "city", SHIPPED, 24_000)
    complete = {"_FS_COMPLETE": "bash"}
    yield "fs tasks --dept", Case([*FS, *LIST], city)
    yield "fs progress", Case([*FS, "progress"], city)
    yield "TAB", Case([*FS, "tasks", "--dept", "市"], city, env=complete)
    yield "fs tasks --dept, table", Case([*FS, *LIST, "-f", "table"], city)
    yield "fs --help", Case([*FS, "--help"], city)
    yield "usage error", Case([*FS, "tasks", "--nothing"], city, code=2)
    yield "fs progress update", Case(UPDATE, _office(folder / "reporting", SHIPPED, 24_000))
    edited = _office(folder / "edited", SHIPPED, 0)
    yield "first query after an edit", Case([*FS, *LIST], edited, before=_editor(edited))


def _sizes(folder: Path, *, is_quick: bool) -> Iterator[tuple[str, Case]]:
    for count in (59, 1000) if is_quick else (59, 1000, 10_000, 100_000):
        yield f"{count:,} tasks", Case(OF_ONE, _office(folder / f"{count}", plan(count), 0))
    for count in (24_000,) if is_quick else (24_000, 100_000, 1_000_000):
        busy = _office(folder / f"lines{count}", SHIPPED, count)
        yield f"{count:,} lines", Case([*FS, *LIST], busy)
        yield f"{count:,} lines, show", Case([*FS, "show", "16"], busy)
        yield f"{count:,} lines, log -n 20", Case([*FS, "progress", "log", "-n", "20"], busy)
        yield f"{count:,} lines, update", Case(UPDATE, busy)


def _heavy(folder: Path) -> Iterator[tuple[str, Case]]:
    again = _office(folder / "again", plan(10_000), 0)
    yield "10,000 tasks, CSafeLoader", Case([sys.executable, "-c", _LOAD], again)
    yield "10,000 tasks, after an edit", Case(OF_ONE, again, before=_editor(again))
    for count in (24_000, 100_000):
        anew = _office(folder / f"anew{count}", SHIPPED, count)
        cache = folder / f"cache of {count}"
        forget = _forgetter(cache / "foodsafety-cli")
        own = {"XDG_CACHE_HOME": str(cache)}
        yield f"{count:,} lines, from nothing", Case([*FS, *LIST], anew, before=forget, env=own)


def _beside_peers(folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    of_one = _office(folder / f"listed{count}", plan(count), 0)
    reporting = _office(folder / f"reported{count}", plan(count), 0)
    report = ["progress", "update", "3", "--value", "3"]
    yield f"{count:,} tasks, fs list", Case(OF_ONE, of_one)
    yield f"{count:,} tasks, fs update", Case([*FS, *report], reporting)
    for name, case in peers.cases(folder / f"peers{count}", count):
        yield f"{count:,} tasks, {name}", case


def _office(folder: Path, text: str, lines: int) -> Path:
    folder.mkdir()
    (folder / "plan.yaml").write_text(text, "utf-8")
    write_ledger(folder / "progress.jsonl", lines)
    return folder


def _editor(folder: Path) -> Callable[[], None]:
    """Change the plan before every run."""

    def edit() -> None:
        with (folder / "plan.yaml").open("a", encoding="utf-8") as file:
            file.write("# 改\n")

    return edit


def _forgetter(cache: Path) -> Callable[[], None]:
    """Forget all indexes before every run."""

    def forget() -> None:
        for path in cache.glob("ledger-*"):
            path.unlink()

    return forget


def _table(groups: list[dict[str, Figure]]) -> Iterator[str]:
    yield "| 命令 | 毫秒 | × 空命令 | × pass | 内存（MB） |"
    yield "|---|--:|--:|--:|--:|"
    for number, figures in enumerate(groups):
        for name, figure in figures.items():
            if number and name in (EMPTY, PASS):
                continue
            unit = figure.seconds / figures[EMPTY].seconds
            bare = figure.seconds / figures[PASS].seconds
            memory = figure.memory / 1024
            took = figure.seconds * 1000
            yield f"| {name} | {took:.1f} | {unit:.2f} | {bare:.2f} | {memory:.0f} |"


def _machine() -> str:
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核"
    return f"Python {platform.python_version()}，{machine}。"


if __name__ == "__main__":
    main()
