"""The documents' commands, run as they are typed; `python -m tests.documents --write` renews them.

In a ```console block a line that begins with "$ " is a command; what follows is what a terminal
shows. All blocks of one document run in one folder, in order, on a day fixed by FS_TODAY.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from foodsafety_cli.cli.parser.app import Group
from tests.conftest import ROOT, TODAY
from tests.refusals import REFUSALS, reference
from tests.remedies import PROBLEMS, renewed_problems
from tests.terminals import plain, run_on_terminal

WIDTH = 100
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
COMMANDS = ROOT / "docs" / "reference" / "commands.md"
PICTURES = ROOT / "docs" / "pictures"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command and what it shows."""

    command: str
    shows: str


def steps(block: str) -> list[Step]:
    """The commands of a block with what follows each."""
    pieces = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    return [Step(c, s) for c, s in zip(pieces[1::2], pieces[2::2], strict=True)]


class Desk:
    """A folder and an environment in which a document's commands run one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        programs = folder / ".bin"
        programs.mkdir()
        program = programs / "fs"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m foodsafety_cli "$@"\n')
        program.chmod(0o755)
        self.env = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "FS_TODAY": TODAY,
            "FS_BY": "张三",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, command: str) -> str:
        """What the command shows on a terminal."""
        if command.startswith("cd "):
            self.folder = self.folder / command.removeprefix("cd ")
            return ""
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.env[name] = value
            return ""
        _, seen = run_on_terminal(["bash", "-c", command], self.folder, self.env, width=WIDTH)
        lines = [line.rstrip() for line in plain(seen).split("\n")]
        return "\n".join(lines).strip("\n") + "\n" if seen.strip() else ""


def renewed(document: Path) -> str:
    """The document with what its commands show now."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))

        def rerun(match: re.Match[str]) -> str:
            parts = [f"$ {s.command}\n{desk.run(s.command)}\n" for s in steps(match[1])]
            return f"```console\n{''.join(parts).rstrip()}\n```"

        return _BLOCK.sub(rerun, document.read_text("utf-8"))


def without_chance(text: str) -> str:
    """The text without what differs from run to run: ids, moments, blank lines."""
    text = re.sub(r"\b[0-9a-f]{16}\b", "ID", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)?)?", "AT", text)
    return re.sub(r"\n{2,}", "\n", text)


def all_commands() -> Iterator[str]:
    """Every command as it is typed."""
    from foodsafety_cli.cli.main import Root

    yield "fs"
    for name, entry in Root.entries.items():
        yield f"fs {name}"
        module = import_module(f"foodsafety_cli.cli.{entry.module}")
        group = module.app.info.cls
        if issubclass(group or object, Group):
            yield from (f"fs {name} {command}" for command in group.entries)


def command_reference() -> str:
    """The reference of all commands: their help pages."""
    from foodsafety_cli.cli.main import main  # noqa: F401 - fails here, not in each process

    env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    parts = [
        "# 命令\n\n每个命令的 `--help`，由 `make docs` 生成。退出码、格式和环境变量见 "
        "[shell.md](shell.md)，JSON 字段见 [json.md](json.md)。\n"
    ]
    for command in all_commands():
        done = subprocess.run(
            [sys.executable, "-m", "foodsafety_cli", *command.split()[1:], "--help"],
            env=env,
            capture_output=True,
            check=True,
        )
        parts.append(f"## {command}\n\n```text\n{done.stdout.decode().rstrip()}\n```\n")
    return "\n".join(parts)


def write() -> None:
    """Renew the reference, the documents and the pictures."""
    from tests.pictures import draw_all

    COMMANDS.write_text(command_reference(), "utf-8")
    PROBLEMS.write_text(renewed_problems(PROBLEMS.read_text("utf-8")), "utf-8")
    REFUSALS.write_text(reference(), "utf-8")
    for document in DOCUMENTS:
        document.write_text(renewed(document), "utf-8")
    draw_all(PICTURES)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        sys.exit("usage: python -m tests.documents --write")
