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
        cases = dict(_cases(Path(folder), is_quick=asked.quick))
        figures = measure(cases, env, rounds=7 if asked.quick else 31)
    table = "\n".join(_table(figures))
    print(table)
    if asked.write:
        told = f"{_machine()}\n\n{table}\n"
        text = DOCUMENT.read_text("utf-8")
        between = r"(?s)(<!-- figures -->\n).*(<!-- end of figures -->)"
        DOCUMENT.write_text(re.sub(between, rf"\1{told}\2", text), "utf-8")


def _cases(folder: Path, *, is_quick: bool) -> Iterator[tuple[str, Case]]:
    yield "python -c pass", Case([sys.executable, "-c", "pass"], folder)
    yield "import typer", Case([sys.executable, "-c", "import typer"], folder)
    city = _office(folder / "city", (ROOT / "plan.yaml").read_text("utf-8"), 1000)
    complete = {
        "_FS_COMPLETE": "complete_bash",
        "COMP_WORDS": "fs tasks --dept 市",
        "COMP_CWORD": "3",
    }
    yield "fs tasks --dept", Case([*FS, *LIST], city)
    yield "fs progress", Case([*FS, "progress"], city)
    yield "TAB", Case(FS, city, env=complete)
    yield "fs tasks --dept, table", Case([*FS, *LIST, "-f", "table"], city)
    yield "fs --help", Case([*FS, "--help"], city)
    yield "usage error", Case([*FS, "tasks", "--nothing"], city, code=2)
    reporting = _office(folder / "reporting", (ROOT / "plan.yaml").read_text("utf-8"), 1000)
    update = [*FS, "progress", "update", "16", "--value", "6"]
    yield "fs progress update", Case(update, reporting)
    edited = _office(folder / "edited", (ROOT / "plan.yaml").read_text("utf-8"), 0)
    yield "first query after an edit", Case([*FS, *LIST], edited, before=_editor(edited))
    of_one = [*FS, "tasks", "--dept", DEPARTMENT]
    for count in (59, 1000) if is_quick else (59, 1000, 10_000, 100_000):
        yield f"{count:,} tasks", Case(of_one, _office(folder / f"{count}", plan(count), 0))
    for count in (10, 100_000) if is_quick else (10, 100_000, 1_000_000):
        busy = _office(folder / f"lines{count}", (ROOT / "plan.yaml").read_text("utf-8"), count)
        yield f"{count:,} lines", Case([*FS, *LIST], busy)
        yield f"{count:,} lines, update", Case(update, busy)
    if is_quick:
        return
    large = folder / "10000"
    yield "10,000 tasks, CSafeLoader", Case([sys.executable, "-c", _LOAD], large, rounds=15)
    again = _office(folder / "again", plan(10_000), 0)
    yield "10,000 tasks, after an edit", Case(of_one, again, before=_editor(again), rounds=15)
    anew = _office(folder / "anew", (ROOT / "plan.yaml").read_text("utf-8"), 1_000_000)
    cache = folder / "cache of its own"  # so that the others keep their folds
    forget = _forgetter(cache / "foodsafety-cli")
    own = {"XDG_CACHE_HOME": str(cache)}
    case = Case([*FS, *LIST], anew, before=forget, env=own, rounds=15)
    yield "1,000,000 lines, from nothing", case
    for count in (59, 10_000):
        beside = _office(folder / f"beside{count}", plan(count), 0)
        report = ["progress", "update", "3", "--value", "3"]
        yield f"{count:,} tasks, fs list", Case(of_one, folder / f"{count}")
        yield f"{count:,} tasks, fs update", Case([*FS, *report], beside)
        for name, case in peers.cases(folder / f"peers{count}", count):
            yield f"{count:,} tasks, {name}", case._replace(rounds=9)


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
    """Forget all folds before every run."""

    def forget() -> None:
        for path in cache.glob("fold-*"):
            path.unlink()

    return forget


def _table(figures: dict[str, Figure]) -> Iterator[str]:
    base = figures["python -c pass"]
    yield "| 命令 | 毫秒 | × pass | 内存 × pass |"
    yield "|---|--:|--:|--:|"
    for name, figure in figures.items():
        ratio, memory = figure.seconds / base.seconds, figure.memory / base.memory
        yield f"| {name} | {figure.seconds * 1000:.1f} | {ratio:.2f} | {memory:.2f} |"


def _machine() -> str:
    machine = f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核"
    return f"Python {platform.python_version()}，{machine}。"


main()
