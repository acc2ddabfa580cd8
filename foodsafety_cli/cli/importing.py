"""`fs import`."""

import os
import sys
from enum import StrEnum
from glob import glob, has_magic
from pathlib import Path
from typing import Annotated

import typer

from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.options import one_of
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.streams import say
from foodsafety_cli.model.errors import BadOutput, BadValue, FileUnreadable, why_unread
from foodsafety_cli.model.text import first_few, shell_word
from foodsafety_cli.notice.coverage import Coverage
from foodsafety_cli.notice.draft import NoResponsibility, PlanDraft, draft
from foodsafety_cli.notice.outline import outline
from foodsafety_cli.notice.reading import read_lines
from foodsafety_cli.notice.yamlwriting import as_yaml
from foodsafety_cli.render.output import keep_edited, write_content, write_data
from foodsafety_cli.store.files import read_file
from foodsafety_cli.store.ledger.file import is_ledger
from foodsafety_cli.store.shipped import PLAN_NAME, RUBRIC_NAME
from foodsafety_cli.store.workspace import Workspace

app = new_app()


class ReportForm(StrEnum):
    """The forms of the coverage report."""

    TEXT = "text"
    JSON = "json"


@app.command(
    "import",
    cls=Command,
    epilog=(
        "例：\n"
        "  fs import 通知.docx -o plan.yaml          起草计划，说明读到了什么、没读到什么\n"
        "  fs import 通知.txt --report json          只要覆盖报告，供脚本使用\n"
        "  pdftotext 通知.pdf - | fs import -        从标准输入读，计划输出到标准输出"
    ),
)
def import_(
    notice: Annotated[
        str,
        typer.Argument(
            metavar="通知",
            help="通知的文件：.txt .md .docx .html .mht .pdf .ofd .xlsx .csv，"
            ".doc .wps .rtf .odt（要有 LibreOffice）；- 为标准输入",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="文件", help="写入的计划文件，如 plan.yaml"),
    ] = None,
    like: Annotated[
        Path | None,
        typer.Option(
            "--like",
            metavar="计划",
            help="上一年的 plan.yaml：单位、简称、成员、指标照它，接着做的任务写明是哪一项",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已有也覆盖")] = False,
    report: Annotated[
        ReportForm,
        typer.Option(
            "--report",
            metavar="格式",
            help="text 说在错误输出（默认）；json 输出到标准输出",
            parser=one_of("--report", ReportForm),
            autocompletion=suggest.words_of(ReportForm),
            show_default=False,
        ),
    ] = ReportForm.TEXT,
) -> None:
    """从通知的正文起草 plan.yaml，猜的地方注明“待核”；并报告读到了什么、没读到什么。"""
    notice = _named(notice)
    if output is not None:
        _keep(output, notice, force=force)
    lines = read_lines(_content(notice))
    drafted = draft(outline(lines), lines)
    if like is not None and drafted.coverage.tasks:
        drafted = _like(drafted, like, output)
    _tell(drafted.coverage, report)
    if not drafted.coverage.tasks:
        raise NoResponsibility(
            "这份文字里没有找到责任单位（没有“〔市公安局负责〕”“责任单位：……”这样的字句），"
            "没有可以起草的任务。交回来的报数表请用 fs progress import"
        )
    _write(drafted, output, report)


def _like(drafted: PlanDraft, old: Path, output: Path | None) -> PlanDraft:
    from foodsafety_cli.notice.from_last_year import like

    path = old / PLAN_NAME if old.is_dir() else old
    folder = os.path.relpath(path.parent, output.parent if output else Path())
    return like(drafted, Workspace(path).plan, folder)


def _named(notice: str) -> str:
    """The file that is meant: a pattern counts without a shell's help; raises `BadValue`."""
    if os.path.exists(notice) or not has_magic(notice):
        return notice
    found = sorted(glob(notice, recursive=True))
    if len(found) > 1:
        raise BadValue(
            "通知", f"一次起草一份，“{notice}”有 {len(found)} 个文件：{first_few(found, 5)}"
        )
    return found[0] if found else notice


def _content(notice: str) -> bytes:
    if notice == "-":
        return sys.stdin.buffer.read()
    try:
        return read_file(Path(notice))
    except OSError as error:
        raise FileUnreadable(
            f"通知 {notice} 读不出来（{why_unread(error)}），请核对路径"
        ) from error


def _keep(output: Path, notice: str, *, force: bool) -> None:
    """What is there stays there: an existing file is covered only where that was asked for."""
    if notice != "-" and os.path.realpath(output) == os.path.realpath(notice):
        raise BadOutput("-o", f"“{output}”就是通知本身，请换一个文件名")
    if is_ledger(output):
        raise BadOutput("-o", f"“{output}”是台账，不能被覆盖，请换一个文件名")
    names = {os.path.basename(path).casefold() for path in (output, os.path.realpath(output))}
    ledger = Workspace(output).ledger_path
    is_lived_in = PLAN_NAME in names and ledger.is_file() and ledger.stat().st_size > 0
    if output.exists() and (RUBRIC_NAME in names or is_lived_in):
        what = "评分细则" if RUBRIC_NAME in names else "台账正在用的计划"
        raise BadOutput("-o", f"“{output}”是{what}，不能被覆盖，请换一个文件名")
    keep_edited(output, force=force)


def _tell(coverage: Coverage, report: ReportForm) -> None:
    if report is ReportForm.JSON:
        import json

        text = json.dumps(coverage.record(), ensure_ascii=False, indent=2)
        sys.stdout.flush()
        sys.stdout.buffer.write(f"{text}\n".encode())
        return
    for line in coverage.words():
        say(line)


def _write(drafted: PlanDraft, output: Path | None, report: ReportForm) -> None:
    if output is not None:
        write_content(output, as_yaml(drafted))
        plan = shell_word(str(output))
        say(f"已起草 {output}。请核对带“待核”的地方，再运行 fs --plan {plan} check")
    elif report is ReportForm.TEXT:
        write_data(as_yaml(drafted))
