"""`fs progress update`."""

import datetime as dt
from typing import Annotated

import typer

from foodsafety_cli.analysis.admission import Draft, admit, parse_figure
from foodsafety_cli.analysis.match import match_department, match_indicator, match_task
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.app import Command, new_app
from foodsafety_cli.cli.office import Office, say
from foodsafety_cli.cli.options import FormOptions, parse_day, with_bundles
from foodsafety_cli.cli.people import By, parse_words, reporter
from foodsafety_cli.cli.show import TaskNumber
from foodsafety_cli.model.errors import Refused
from foodsafety_cli.model.plan import Indicator, Task
from foodsafety_cli.model.progress import Entry, Report, Submission
from foodsafety_cli.render.output import show
from foodsafety_cli.render.receipts import Receipt, receipt
from foodsafety_cli.store.ledger import new_id, now

app = new_app()


def _words_option(name: str, help_text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="文字", help=help_text, parser=parse_words(name)
    )
    return option


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs progress update 16 --value 5.2                  任务16第一个指标的数\n"
        "  fs progress update 16 -i 核查处置率 --value 100    另一个指标（也可写 -i 2）\n"
        "  fs progress update 1 --percent 60 --note 已对接    没有指标的任务报完成率\n"
        "  fs progress update 59 --done                       节点完成\n"
        "  fs progress update 34 --dept 阳城县 --percent 80   一个单位报自己的进展"
    ),
)
@with_bundles
def update(
    ctx: typer.Context,
    task: TaskNumber,
    form: FormOptions,
    indicator: Annotated[
        str | None,
        typer.Option(
            "--indicator",
            "-i",
            metavar="指标",
            help="指标名称（或其中几个字）或第几个；不写则为第一个",
            autocompletion=suggest.indicators,
        ),
    ] = None,
    value: Annotated[
        str | None, typer.Option("--value", "-v", metavar="数", help="指标的完成值，如 5.2")
    ] = None,
    percent: Annotated[
        str | None,
        typer.Option("--percent", "-p", metavar="数", help="完成率（没有指标的任务），0 到 100"),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="已完成（节点，或没有指标的任务）")] = False,
    dept: Annotated[
        str | None,
        typer.Option(
            "--dept",
            "-d",
            metavar="单位",
            help="替哪个单位报它自己的进展；不写则为整个任务",
            autocompletion=suggest.departments,
        ),
    ] = None,
    date: Annotated[
        dt.date | None,
        typer.Option(
            "--date", metavar="日期", help="数据截至哪一天（默认今天）", parser=parse_day("--date")
        ),
    ] = None,
    note: Annotated[str | None, _words_option("--note", "进展情况")] = None,
    problems: Annotated[str | None, _words_option("--problems", "存在问题")] = None,
    next_steps: Annotated[str | None, _words_option("--next-steps", "下步措施")] = None,
    evidence: Annotated[
        list[str] | None, _words_option("--evidence", "佐证材料：文件名、文号或网址；可重复")
    ] = None,
    by: By = None,
    allow_decrease: Annotated[
        bool, typer.Option("--allow-decrease", help="更正：允许累计数小于已报的数")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会记录什么，不记录")] = False,
) -> None:
    """填报一项任务的进展：指标的数（--value）、完成率（--percent）、已完成（--done）或只是文字。"""
    office = Office(ctx)
    section, found = match_task(office.plan, task)
    figures = [name for name, is_given in _given(value, percent, done) if is_given]
    if len(figures) > 1:
        raise Refused(f"{'、'.join(figures)} 只能用一个。")
    if not (figures or note or problems or next_steps or evidence):
        raise Refused(f"没有写要填报什么。{_what_to_give(found)}")
    meant = _indicator_meant(found, indicator, figures)
    entry = Entry(
        task=found.id,
        indicator=meant.name if meant else None,
        department=match_department(office.plan, dept) if dept is not None else None,
        value=None if value is None else parse_figure("--value", value),
        percent=None if percent is None else parse_figure("--percent", percent),
        done=done,
        note=note or "",
        problems=problems or "",
        next_steps=next_steps or "",
        evidence=tuple(evidence or ()),
    )
    draft = Draft(found, entry, meant, date or office.today)
    recorded: Submission | None = None
    before: Report | None = None

    def make(history: list[Report]) -> Submission:
        nonlocal recorded, before
        counting = [r for r in history if r.entry.task == found.id and not r.undone]
        before = admit(office.plan, draft, counting, office.today, allow_decrease=allow_decrease)
        recorded = Submission(new_id(), now(), reporter(by), draft.date, (entry,))
        return recorded

    record = office.workspace.rehearse if dry_run else office.workspace.submit
    record(make)
    assert recorded is not None
    standing = office.workspace.standings(office.today).of(section, found)
    office.report_problems()
    if draft.date > office.plan.period.end:
        say(f"数据日期 {draft.date} 在工作期（到 {office.plan.period.end}）之后；补报请加 --date。")
    answer = Receipt(recorded, before, standing, meant, dry_run=dry_run)
    if form.format or form.output:
        show(receipt(answer), form.as_output())
    else:
        for line in answer.sentences():
            print(line)


def _given(value: str | None, percent: str | None, done: bool) -> tuple[tuple[str, bool], ...]:
    return ("--value", value is not None), ("--percent", percent is not None), ("--done", done)


def _indicator_meant(task: Task, named: str | None, figures: list[str]) -> Indicator | None:
    """The indicator named; else the first one, for a figure; words alone are for the task."""
    if named is not None:
        if not task.indicators:
            raise Refused(f"任务 {task.id} 没有指标，请去掉 --indicator。")
        return match_indicator(task, named)
    return task.indicators[0] if task.indicators and figures else None


def _what_to_give(task: Task) -> str:
    if task.indicators:
        names = "、".join(indicator.name for indicator in task.indicators)
        return f"任务 {task.id} 的指标：{names}。请用 --value 写数，或用 --note 写文字。"
    return "请用 --percent 写完成率、--done 表示完成，或用 --note 写文字。"
