"""The tools a user would pick instead, each doing equal work: list one department, update one.

Each is given the same tasks, with their texts, their brackets and all departments named, and its
update changes something every time; in a folder of its own, for lists to stay alike.
"""

import json
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from tests.bench.clock import Case
from tests.bench.made import DEPARTMENT, plan, tasks

_MINE = "select((.lead + .responsible) | index($d) != null)"
_QUERY = f".sections[].tasks[] | {_MINE} | [.id, .title] | @tsv"
_LISTED = ["-r", "--arg", "d", DEPARTMENT, _QUERY]
_CHANGE = '(.sections[].tasks[] | select((.id | tonumber) == 16) | .title) |= . + "办"'


def find(name: str) -> str | None:
    """Where a tool is: on PATH, or beside this interpreter."""
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


def cases(folder: Path, count: int) -> Iterator[tuple[str, Case]]:
    """What can be run here for a plan of `count` tasks."""
    makers = {
        ("jq", "jq"): _jq,
        ("yq", "yq"): _yq,
        ("taskwarrior", "task"): _taskwarrior,
        ("hledger", "hledger"): _hledger,
        ("todoman", "todo"): _todoman,
        ("jrnl", "jrnl"): _jrnl,
    }
    for (name, program), make in makers.items():
        tool = find(program)
        if tool is None:
            print(f"{name} 没有安装，略过", file=sys.stderr)
            continue
        for work in ("list", "update"):
            home = folder / f"{name} {work}"
            home.mkdir(parents=True)
            command = make(tool, home, count).get(work)
            if command:
                yield f"{name} {work}", Case(command, home)


Commands = Mapping[str, list[str]]


def _jq(tool: str, home: Path, count: int) -> Commands:
    data = yaml.load(plan(count), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    (home / "plan.json").write_text(json.dumps(data, default=str, ensure_ascii=False), "utf-8")
    written = f"'{tool}' '{_CHANGE}' plan.json > new && mv new plan.json"
    return {"list": [tool, *_LISTED, "plan.json"], "update": ["/bin/sh", "-c", written]}


def _yq(tool: str, home: Path, count: int) -> Commands:
    (home / "plan.yaml").write_text(plan(count), "utf-8")
    return {
        "list": [tool, *_LISTED, "plan.yaml"],
        "update": [tool, "-i", "-y", _CHANGE, "plan.yaml"],
    }


def _taskwarrior(tool: str, home: Path, count: int) -> Commands:
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
    return {"list": [*task, f"+{DEPARTMENT}", "list"], "update": [*task, "16", "annotate", "5.2"]}


def _hledger(tool: str, home: Path, count: int) -> Commands:
    """Its list only: it has no command that changes an entry."""
    entries = (
        f"2021-01-01 {each.title}  ; {each.text}{each.responsibility}\n"
        f"    {each.lead}  1 批\n    {each.other}  1 批\n    {each.counties}  1 批\n    总账\n\n"
        for each in tasks(count)
    )
    (home / "all.journal").write_text("".join(entries), "utf-8")
    return {"list": [tool, "-f", "all.journal", "register", f"^{DEPARTMENT}$"]}


def _todoman(tool: str, home: Path, count: int) -> Commands:
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
    # what is already so is not written: each run sets another value, its process number
    edit = f"exec {shlex.join(todo)} edit 16 --location $$"
    return {
        "list": [*todo, "list", "--category", DEPARTMENT],
        "update": ["/bin/sh", "-c", edit],
    }


def _jrnl(tool: str, home: Path, count: int) -> Commands:
    """Its update is one more entry: one that is there can only be changed in an editor."""
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
    return {
        "list": [*jrnl, f"@{DEPARTMENT}", "--format", "short"],
        "update": [*jrnl, f"任务16完成5.2 @{DEPARTMENT}"],
    }
