"""`fs merge`."""

import os
from contextlib import nullcontext
from glob import glob, has_magic
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.checking.falling import falling
from foodsafety_cli.checking.ledger import wrong_steps
from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import confirming, say, say_fault, say_on_terminal, tell
from foodsafety_cli.model.errors import BadValue, CheckFailed, FileUnreadable, Refused
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.text import one_line
from foodsafety_cli.store.ledger.merging import Merged

app = new_app()
_SHOWN = 20


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs merge 王五/progress.jsonl              把另一台电脑的台账并进来\n"
        "  fs merge 'progress (冲突副本).jsonl'      网盘留下的副本\n"
        "  fs merge '*/progress.jsonl' --dry-run     先看各有几行是这里没有的"
    ),
)
def merge(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="台账…", help="另一份 progress.jsonl；可写几个，可写 '*/progress.jsonl'"
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会并入几行，不并入")] = False,
    force: Annotated[bool, typer.Option("--force", help="像是另一份安排的台账也并入")] = False,
) -> None:
    """把另一份台账里、这里没有的行并进来；有了的不重复，哪一份的行都不会丢。"""
    office = office_of(ctx)
    workspace = office.workspace
    own = os.path.realpath(workspace.ledger_path)
    if any(os.path.realpath(file) == own for file in files):
        raise BadValue("台账", f"“{workspace.ledger_path}”就是这里的台账，请写另一份")
    files = [path for file in files for path in _named(file) if os.path.realpath(path) != own]
    if not files:
        raise BadValue("台账", "写的样式只找到这里的台账自己，请写另一份的路径")
    concerned: set[int] = set()
    for file in files:
        compared = workspace.compare(file)
        concerned |= compared.tasks
        if not (compared.new or compared.known) and len(compared.left_out) > 1:
            raise FileUnreadable(
                f"{file} 不是台账，一行也读不了（第一处：{compared.left_out[0].why}）"
            )
        if compared.is_foreign and not force:
            raise Refused(_foreign(file, compared))
    left_out = 0
    tasks: set[int] = set()
    known = {*falling(workspace, concerned), *wrong_steps(workspace)}
    for file in files:
        if dry_run:
            merged = workspace.compare(file)
        else:
            merged = workspace.merge(file, on_wait=say_on_terminal)
            tasks |= merged.tasks
        left_out += len(merged.left_out)
        _tell(file, merged, dry_run=dry_run)
    office.report_problems()
    office.say_clock_ahead()
    for problem in (*falling(workspace, tasks), *wrong_steps(workspace)):
        if problem not in known:
            say_fault(problem.code, str(problem))
    if left_out and dry_run:
        raise CheckFailed(f"有 {left_out} 行不能并入；只是试一遍，什么也没有并入")
    if left_out:
        raise CheckFailed(f"有 {left_out} 行没有并入，还在原来的文件里；其余的已经并入")


def _foreign(file: Path, compared: Merged) -> str:
    return (
        f"{file} 像是另一份安排（别处的，或另一年的）的台账：和这里没有一行相同，"
        f"{len(compared.new)} 行里有 {compared.misfits} 行是这份计划里没有的，没有并入。"
        "请核对；确实要并入请加 --force。"
    )


def _tell(file: Path, merged: Merged, *, dry_run: bool) -> None:
    word = "将并入" if dry_run else "并入"
    with nullcontext() if dry_run else confirming(f"已并入 {len(merged.new)} 行"):
        tell(f"{one_line(str(file))}：{word} {len(merged.new)} 行，原有 {merged.known} 行")
    for one in merged.left_out[:_SHOWN]:
        words = f"{'不能' if dry_run else '没有'}并入 {file}:{one.line}: {one.why}"
        say_fault(MessageCode.NOT_USED, words)
    if len(merged.left_out) > _SHOWN:
        say(f"……另有 {len(merged.left_out) - _SHOWN} 行")


def _named(file: Path) -> list[Path]:
    """The files of a pattern, which not every shell resolves."""
    if file.is_dir():
        found = sorted(file.glob("*.jsonl"))
        if not found:
            raise FileUnreadable(f"文件夹 {file} 里没有台账（.jsonl），请核对路径")
        return found
    if file.exists() or not has_magic(str(file)):
        return [file]
    found = [Path(name) for name in sorted(glob(str(file), recursive=True))]
    if not found:
        raise FileUnreadable(f"没有和 {file} 相符的文件，请核对路径")
    return found
