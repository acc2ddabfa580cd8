"""The entry: the root command, and the one place where errors become words and exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from foodsafety_cli.cli import streams
from foodsafety_cli.cli.parser.app import AnyCommand, CommandEntry, Group, ParserError, new_app
from foodsafety_cli.model.errors import (
    BadValue,
    CannotWrite,
    FoodSafetyError,
    PlanUnreadable,
    reason_of,
)
from foodsafety_cli.model.message import MessageCode

_INTERRUPTED = 130
_OWN_FAULT = 70
_PROBLEMS_SHOWN = 20
_COMPLETE_VARIABLE = "_FS_COMPLETE"
_SHELLS = ("bash", "zsh", "fish", "powershell")


class Root(Group):
    """`fs` itself."""

    default = "overview"
    entries = {  # noqa: RUF012 - declared ClassVar in Group
        "overview": CommandEntry(
            "overview", "一屏看全局：完成率、亮灯、逾期和临期（直接运行 fs 也是它）"
        ),
        "tasks": CommandEntry("tasks", "列出任务，可按单位、角色、部分、指标、亮灯等筛选"),
        "show": CommandEntry("show", "一项任务的全部内容：原文、单位、指标、填报记录"),
        "progress": CommandEntry("progress", "进度表；填报（update）、导入（import）、记录、撤销"),
        "log": CommandEntry("progress_log", "填报、销号、延期、发函的记录，新的在前"),
        "signoff": CommandEntry("signoff", "销号：申请（apply）、审核（accept、return）、台账"),
        "extension": CommandEntry("extension", "延期：申请（apply）、审批（grant、refuse）"),
        "evidence": CommandEntry("evidence", "佐证材料：有什么、缺什么，核对，收集"),
        "letter": CommandEntry("letter", "提醒函、催办函、督办单、约谈：写、编号、看谁反馈了"),
        "due": CommandEntry("due", "今天该提醒谁：逾期、临期、未报，按单位列出"),
        "sections": CommandEntry("sections", "各部分的任务数、完成率和亮灯"),
        "depts": CommandEntry("depts", "各单位的任务数、完成率和亮灯；写单位名看一个单位"),
        "indicators": CommandEntry("indicators", "各项指标的目标值、完成值和达成率"),
        "forecast": CommandEntry("forecast", "照现在的速度，哪些指标年底能达标"),
        "diff": CommandEntry("diff", "两份安排逐项对照：延续、合并、拆分、新增、不再列"),
        "score": CommandEntry("score", "评议考核：照评分细则算分，每一分都有来处；自评表、通报"),
        "split": CommandEntry("split", "把一个指标的目标按基数分解到各单位"),
        "form": CommandEntry("form", "各单位的 Excel 填报表，填好用 fs progress import 导入"),
        "export": CommandEntry("export", "工作台账、责任清单，存成 Excel、CSV、网页等"),
        "report": CommandEntry("report", "进展网页（.html）、报告初稿（.docx、.md）"),
        "merge": CommandEntry("merge", "把另一份台账（另一台电脑的、网盘留下的副本）并进来"),
        "check": CommandEntry("check", "检查计划和台账，逐处指出问题"),
        "init": CommandEntry("init", "新建一个工作文件夹，放好计划，准备填报"),
        "import": CommandEntry("importing", "从通知的正文起草计划（Word、PDF、网页、表格等）"),
        "schema": CommandEntry("schema", "输出计划文件的 JSON Schema，供编辑器补全和检查"),
        "completion": CommandEntry("completion", "输出命令补全脚本（bash、zsh、fish、powershell）"),
    }
    guesses = {  # noqa: RUF012 - declared ClassVar in Group
        "version": "fs --version",
        "exit": "fs（每次写一个命令，没有要退出的）",
        "quit": "fs（每次写一个命令，没有要退出的）",
        "view": "fs show 任务序号",
        "撤销": "fs progress undo",
        "list": "fs tasks",
        "ls": "fs tasks",
        "search": "fs tasks --search 文字",
        "find": "fs tasks --search 文字",
        "task": "fs tasks（列表），或 fs show 任务序号（看一项）",
        "status": "fs progress",
        "update": "fs progress update 任务序号 --value 数",
        "undo": "fs progress undo",
        "任务": "fs tasks",
        "进度": "fs progress",
        "部分": "fs sections",
        "指标": "fs indicators",
        "单位": "fs depts",
        "台账": "fs export -o 台账.xlsx",
        "报告": "fs report -o 报告.docx",
        "填报": "fs progress update 任务序号 --value 数",
        "导入": "fs progress import 文件",
        "记录": "fs log",
        "检查": "fs check",
        "版本": "fs --version",
    }


app = new_app(
    Root,
    help="市食安办年度重点工作安排：查任务、报进展、看亮灯。",
    epilog=(
        "常用：\n"
        "  fs tasks --dept 市市场监督管理局          一个单位的任务\n"
        "  fs show 16                                一项任务的全部内容\n"
        "  fs progress update 16 --value 5.2         填报指标的数\n"
        "  fs progress update 1 --percent 60         填报没有指标的任务\n"
        "  fs due                                    今天该提醒谁\n"
        "第一次用：先 fs init 工作文件夹，再 cd 进去填报。每个命令后加 --help 看详细用法。"
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(ctx: typer.Context, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from foodsafety_cli import __version__

        typer.echo(f"fs {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", help="显示版本号", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options that stand before the command."""


def main(args: Sequence[str]) -> int:
    """Run one command line; returns the exit code."""
    streams.prepare()
    try:
        code = _run(args)
        sys.stdout.flush()
    except ParserError as error:
        code = _say_usage_error(error)
    except FoodSafetyError as error:
        code = _say(error)
    except KeyboardInterrupt:
        streams.say_interrupted()
        code = _INTERRUPTED
    except BrokenPipeError:
        streams.let_go_of_stdout()
        code = 0
    except OSError as error:  # what files can do wrong has its own errors: this is stdout
        streams.let_go_of_stdout()
        code = _say(CannotWrite(f"结果输出不了（{reason_of(error)}）"))
    except MemoryError:
        words = "内存不够，没有做完。请关掉别的程序，或换小一些的文件再试。"
        streams.say_refusal(MessageCode.OUT_OF_MEMORY, words)
        code = _OWN_FAULT
    except Exception as error:
        code = _say_own_fault(error)
    streams.finish()
    return code


def _run(args: Sequence[str]) -> int:
    streams.check_messages()
    command = typer.main.get_command(app)
    shell = os.environ.get(_COMPLETE_VARIABLE)
    if shell:
        return _complete(command, shell, args)
    try:
        with command.make_context("fs", list(args)) as ctx:
            command.invoke(ctx)
    except typer.Exit as stop:  # after --help and --version
        return stop.exit_code
    return 0


def _say(error: FoodSafetyError) -> int:
    if isinstance(error, PlanUnreadable):
        for problem in error.problems[:_PROBLEMS_SHOWN]:
            streams.say_fault(problem.code, str(problem))
        if len(error.problems) > _PROBLEMS_SHOWN:
            more = len(error.problems) - _PROBLEMS_SHOWN
            streams.say(f"另有 {more} 处，运行 {error.lists_all} 全部列出。")
    streams.say_refusal(error.code, str(error))
    return error.exit_code


def _say_usage_error(error: ParserError) -> int:
    from foodsafety_cli.cli.parser.wording import in_chinese, usage_hint

    streams.say_refusal(MessageCode.USAGE, in_chinese(error))
    for line in usage_hint(error).splitlines():
        streams.say(line)
    return 2


def _say_own_fault(error: Exception) -> int:
    """What no one foresaw: the trace for a maintainer, a sentence for the officer."""
    import traceback

    streams.say_refusal(
        MessageCode.OWN_FAULT,
        f"程序自己出了毛病（{type(error).__name__}），不是您写错了。请把上面的内容发给维护的人。",
        detail="".join(traceback.format_exception(error)),
    )
    return _OWN_FAULT


def _complete(command: AnyCommand, shell: str, words: Sequence[str]) -> int:
    """Answer a completion script; one of an older version evaluated what it was told."""
    if shell not in _SHELLS:
        old = shell.removeprefix("complete_")
        known = old if old in _SHELLS else "|".join(_SHELLS)
        raise BadValue(_COMPLETE_VARIABLE, f"是旧的补全脚本，请重新装一次：fs completion {known}")
    from foodsafety_cli.cli.parser.candidates import candidates

    streams.keep_line_ends()
    sys.stdout.write("".join(f"{line}\n" for line in candidates(command, words)))
    return 0
