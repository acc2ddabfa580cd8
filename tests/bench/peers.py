"""The tools a user would pick instead, each doing equal work: list one department, update one.

Each is given the same tasks, with their texts, their brackets and all departments named.
"""

import json
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

from tests.bench.clock import Case
from tests.bench.made import DEPARTMENT, plan, tasks

NAMES = ("jq", "yq", "task", "hledger", "todo", "jrnl")
_MINE = "select((.lead + .responsible) | index($d) != null)"
_QUERY = f".sections[].tasks[] | {_MINE} | [.id, .title] | @tsv"
_CHANGE = '(.sections[].tasks[] | select((.id | tonumber) == 16) | .title) |= "任务16已办"'


def find(name: str) -> str | None:
    """Where a tool is: on PATH, or beside this interpreter."""
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


def cases(folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    """What can be run here for a plan of `count` tasks."""
    folder.mkdir()
    text = plan(count)
    (folder / "plan.yaml").write_text(text, "utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    (folder / "plan.json").write_text(json.dumps(data, default=str, ensure_ascii=False), "utf-8")
    makers = {"task": _taskwarrior, "hledger": _hledger, "todo": _todoman, "jrnl": _jrnl}
    for name in NAMES:
        tool = find(name)
        if tool is None:
            print(f"{name} 没有安装，略过", file=sys.stderr)
        elif name in ("jq", "yq"):
            file = "plan.json" if name == "jq" else "plan.yaml"
            yield f"{name} list", Case([tool, "-r", "--arg", "d", DEPARTMENT, _QUERY, file], folder)
            yield f"{name} update", _in_place(name, tool, folder, file)
        else:
            yield from makers[name](tool, folder, count)


def _in_place(name: str, tool: str, folder: Path, file: str) -> Case:
    """One title changed and the file written; in a folder of its own, for lists to stay alike."""
    own = folder / f"{name} update"
    own.mkdir()
    shutil.copy(folder / file, own)
    if name == "yq":
        return Case([tool, "-i", "-y", _CHANGE, file], own)
    written = f"'{tool}' '{_CHANGE}' {file} > new && mv new {file}"
    return Case(["/bin/sh", "-c", written], own)


def _taskwarrior(tool: str, folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    home = folder / "task"
    home.mkdir()
    (home / "rc").write_text(f"data.location={home}\nconfirmation=no\nnews.version=9\n", "utf-8")
    listed = (
        {
            "description": each.title,
            "status": "pending",
            "tags": f"{each.lead},{each.other},{each.counties}",
            "annotation_1609459200": each.text,
            "annotation_1609459201": each.responsibility,
            "uuid": f"00000000-0000-0000-0000-{each.number:012}",
            "entry": "1609459200",
        }
        for each in tasks(count)
    )
    lines = (" ".join(f"{k}:{json.dumps(v, ensure_ascii=False)}" for k, v in t.items())
             for t in listed)  # fmt: skip
    (home / "pending.data").write_text("".join(f"[{line}]\n" for line in lines), "utf-8")
    task = [tool, f"rc:{home / 'rc'}", "rc.verbose=nothing", "rc.gc=off"]
    yield "taskwarrior list", Case([*task, f"+{DEPARTMENT}", "list"], folder)
    yield "taskwarrior update", Case([*task, "16", "annotate", "完成5.2"], folder)


def _hledger(tool: str, folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    """Its list only: it has no command that changes an entry."""
    journal = folder / "all.journal"
    entries = (
        f"2021-01-01 {each.title}  ; {each.text}{each.responsibility}\n"
        f"    {each.lead}  1 批\n    {each.other}  1 批\n    {each.counties}  1 批\n    总账\n\n"
        for each in tasks(count)
    )
    journal.write_text("".join(entries), "utf-8")
    yield "hledger list", Case([tool, "-f", str(journal), "register", f"^{DEPARTMENT}$"], folder)


def _todoman(tool: str, folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    home = folder / "todo"
    place = home / "lists" / "全省"
    place.mkdir(parents=True)
    for each in tasks(count):
        (place / f"{each.number}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\n"
            f"UID:{each.number}\r\nDTSTAMP:20210101T000000Z\r\nSUMMARY:{each.title}\r\n"
            f"DESCRIPTION:{each.text}{each.responsibility}\r\n"
            f"CATEGORIES:{each.lead},{each.other},{each.counties}\r\n"
            "END:VTODO\r\nEND:VCALENDAR\r\n",
            "utf-8",
        )
    (home / "config.py").write_text(
        f'path = "{home}/lists/*"\ncache_path = "{home}/cache.sqlite3"\n', "utf-8"
    )
    todo = [tool, "--config", str(home / "config.py")]
    yield "todoman list", Case([*todo, "list", "--category", DEPARTMENT], folder)
    # what is already so is not written: each run sets another value
    edit = f"exec {shlex.join(todo)} edit 16 --location $$"
    yield "todoman update", Case(["/bin/sh", "-c", edit], folder)


def _jrnl(tool: str, folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    home = folder / "jrnl"
    home.mkdir()
    entries = (
        f"[2021-01-01 09:00] {each.title} @{each.lead} @{each.other} @{each.counties}\n"
        f"{each.text}{each.responsibility}\n\n"
        for each in tasks(count)
    )
    (home / "journal.txt").write_text("".join(entries), "utf-8")
    (home / "config.yaml").write_text(
        f"journals:\n  default:\n    journal: {home}/journal.txt\neditor: ''\nencrypt: false\n"
        "highlight: false\ntagsymbols: '@'\ntimeformat: '%Y-%m-%d %H:%M'\nlinewrap: 79\n"
        "indent_character: '|'\ndefault_hour: 9\ndefault_minute: 0\n"
        "template: false\nversion: v4.2\n",
        "utf-8",
    )
    jrnl = [tool, "--config-file", str(home / "config.yaml")]
    yield "jrnl list", Case([*jrnl, f"@{DEPARTMENT}", "--format", "short"], folder)
    yield "jrnl update", Case([*jrnl, f"任务16完成5.2 @{DEPARTMENT}"], folder)
