"""`fs evidence collect`."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.analysis.evidence import EvidenceItem, holdings, items
from foodsafety_cli.cli.office import Office, office_of
from foodsafety_cli.cli.options import Days, Filters
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.streams import say, say_caution
from foodsafety_cli.model.errors import CannotWrite
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.plan import Task
from foodsafety_cli.model.steps import Extension, SignOff
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.evidence_views import file_record, files_listing
from foodsafety_cli.store.evidence import change_of, place_of
from foodsafety_cli.store.files import file_names, folder_for, make_folder, read_file, write_file

app = new_app()
_LIST = "佐证材料清单.xlsx"


class Copy(ValueType):
    """A piece of evidence, what is wrong with its file, and where its copy goes (if it is one)."""

    item: EvidenceItem
    change: str
    to: str


@app.command(cls=Command)
@with_bundles
def collect(
    ctx: typer.Context,
    days: Days,
    filters: Filters,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="文件夹", help="收集到哪个文件夹")
    ],
    force: Annotated[bool, typer.Option("--force", help="文件夹里已有同名的也覆盖")] = False,
) -> None:
    """把佐证文件按任务复制到一个文件夹，附一张清单（.xlsx）；改过或不见了的在清单里写明。"""
    office = office_of(ctx, days)
    copies = list(_copies(office, filters))
    targets = [output / copy.to for copy in copies if copy.to]
    there = [path for path in (*targets, output / _LIST) if os.path.lexists(path)]
    if there and not force:
        raise CannotWrite(f"{there[0]} 已经有了，没有覆盖。请换一个空文件夹，或加 --force")
    folder = office.workspace.ledger_path.parent
    with folder_for(output):
        for copy in copies:
            if copy.to and copy.item.file:
                make_folder((output / copy.to).parent)
                write_file(output / copy.to, _content(place_of(folder, copy.item.file)))
        _write_list(output / _LIST, copies)
    _tell_others(output, {*targets, output / _LIST})
    office.report_problems()
    bad = sum(bool(copy.change) for copy in copies)
    lost = f"，改过或不见了的 {bad} 份没有收集（见清单）" if bad else ""
    say(f"已收集 {len(set(targets))} 份到 {output}{lost}，清单 {_LIST}")


def _tell_others(output: Path, ours: Collection[Path]) -> None:
    """Say what an earlier run has left in the folder: it is not in the list."""
    folders = {path.parent for path in ours}
    others = [
        p
        for folder in sorted(folders)
        for p in sorted(folder.iterdir())
        if p.is_file() and p not in ours
    ]
    if others:
        more = f" 等 {len(others)} 个" if len(others) > 1 else ""
        say_caution(
            MessageCode.OTHER_FILES,
            f"{others[0]}{more}是文件夹里原有的，不在这次的清单里，请核对后移走",
        )


def _copies(office: Office, filters: Filters) -> Iterator[Copy]:
    history, standings = office.workspace.history, office.standings
    selection = filters.selection(office.plan)._replace(reporting=True)
    departments = frozenset(m for d in selection.departments for m in standings.duties.members(d))
    reports = history.reports(days=(office.as_of, office.known_on))
    given = items(reports, history.steps(SignOff, Extension, days=(office.as_of, office.known_on)))
    folder = office.workspace.ledger_path.parent
    by_task: dict[int, tuple[Task, list[EvidenceItem]]] = {}
    for holding in holdings(standings, office.select(selection), given, departments):
        _, own = by_task.setdefault(holding.task.id, (holding.task, []))
        own += holding.items
    for task, own in by_task.values():
        own.sort(key=lambda item: (item.date, item.at))
        changes = [change_of(folder, item.file) if item.file else "" for item in own]
        yield from _of_task(task, own, changes)


def _of_task(task: Task, own: Sequence[EvidenceItem], changes: Sequence[str]) -> Iterator[Copy]:
    """Numbered as they came, the same file of the same words once."""
    seen: dict[str, str] = {}
    (folder,) = file_names([f"{task.id}-{task.title}"])
    for item, change in zip(own, changes, strict=True):
        # what is not what was given then is no evidence, and may be any file at all
        if item.file and not change and item.file.sha256 not in seen:
            (name,) = file_names([f"{len(seen) + 1:02d}-{Path(item.file.path).name}"])
            seen[item.file.sha256] = f"{folder}/{name}"
        copied = seen.get(item.file.sha256, "") if item.file and not change else ""
        yield Copy(item, change, copied)


def _write_list(path: Path, copies: Sequence[Copy]) -> None:
    from foodsafety_cli.render.forms.workbook import as_workbook

    records = (file_record(copy.item, _state(copy), copy.to) for copy in copies)
    listing = files_listing(records, "佐证材料清单", "copy", "sha256", "size")
    write_file(path, as_workbook(listing))


def _state(copy: Copy) -> str:
    if copy.item.file is None:
        return "不是文件，只有文号或名称"
    return copy.change or "与记录相符"


def _content(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise CannotWrite(f"佐证文件 {path} 读不了，没有收集完") from error
