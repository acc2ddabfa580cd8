"""`fs progress update`."""

import datetime as dt
import sys
from contextlib import nullcontext
from typing import Annotated

import typer

from foodsafety_cli.analysis.admission import Allowed, ReportDraft, admit, same_series
from foodsafety_cli.analysis.amending import AmendedPlan, in_force
from foodsafety_cli.analysis.cautions import cautions
from foodsafety_cli.analysis.contradictions import whole_before
from foodsafety_cli.analysis.figure_reading import read_figure, refuse_percent_sign
from foodsafety_cli.analysis.match import match_department, match_indicator, match_task
from foodsafety_cli.analysis.measures import measure_of
from foodsafety_cli.cli import suggest
from foodsafety_cli.cli.office import keep_apart, office_of
from foodsafety_cli.cli.options import FormOptions, TaskNumber, date_option, dept_option
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.people import AllowDecrease, By, DryRun, parse_words, reporter
from foodsafety_cli.cli.streams import confirming, say_caution, tell
from foodsafety_cli.model.errors import Refused, UsageError
from foodsafety_cli.model.events import Entry
from foodsafety_cli.model.plan import Indicator, Plan, Task
from foodsafety_cli.model.text import clean_words
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.output import show
from foodsafety_cli.render.receipts import Receipt, receipt, receipts
from foodsafety_cli.store.evidence import found_files
from foodsafety_cli.store.plan.narrowing import PlanQuery

app = new_app()


def _words_option(name: str, help_text: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar="文字", help=help_text, parser=parse_words(name, clean_words)
    )
    return option


class OneFigure(ValueType):
    """How far the work is, by one figure."""

    indicator: str | None = None
    value: str | None = None
    of: str | None = None
    percent: str | None = None
    done: bool = False

    def given(self) -> list[str]:
        """The ways that were used."""
        used = {
            "--value": self.value is not None,
            "--percent": self.percent is not None,
            "--done": self.done,
        }
        return [option for option, is_used in used.items() if is_used]

    def meant(self, plan: Plan, task: Task) -> Indicator | None:
        """The indicator named; else the first one, for a figure; words alone are for the task."""
        if self.indicator is not None:
            if not task.indicators:
                raise Refused(f"任务 {task.id} 没有指标，请去掉 --indicator。")
            return match_indicator(plan, task, self.indicator)
        return task.indicators[0] if task.indicators and self.given() else None


class TypedFigure(ValueType):
    """How far the work is, as typed: one of the three ways; or pairs of -i and --value."""

    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            "-i",
            metavar="指标",
            help="指标名称（或其中几个字）或第几个；不写则为第一个。与 --value 成对，可写几对",
            autocompletion=suggest.indicators,
        ),
    ] = None
    value: Annotated[
        list[str] | None,
        typer.Option(
            "--value", "-v", metavar="数", help="指标的完成值，如 5.2；比率可写 98/99，0/0 为不涉及"
        ),
    ] = None
    of: Annotated[
        list[str] | None,
        typer.Option("--of", metavar="数", help="比率的分母：--value 写分子，这里写分母（基数）"),
    ] = None
    percent: Annotated[
        str | None,
        typer.Option("--percent", "-p", metavar="数", help="完成率（没有指标的任务），0 到 100"),
    ] = None
    done: Annotated[bool, typer.Option("--done", help="已完成（节点，或没有指标的任务）")] = False

    def singly(self) -> list[OneFigure]:
        """The figures one by one; raises `Refused` where they do not pair up."""
        names, values, bases = self.indicator or [], self.value or [], self.of or []
        if max(len(names), len(values), len(bases)) <= 1:
            name, value, base = (next(iter(given), None) for given in (names, values, bases))
            return [OneFigure(name, value, base, self.percent, self.done)]
        if self.percent is not None or self.done:
            raise UsageError(
                "几个指标一起报时，每个写一对 -i 和 --value，不能再写 --percent、--done。"
            )
        if len(names) != len(values) or len(bases) not in (0, len(values)):
            told = f"{len(names)} 个指标、{len(values)} 个数"
            told += f"、{len(bases)} 个分母" if bases else ""
            raise UsageError(f"写了 {told}，要一一对应：-i 名称 --value 数，几个就写几对。")
        padded: list[str | None] = [*bases] or [None] * len(values)
        return [OneFigure(*one) for one in zip(names, values, padded, strict=True)]


class Words(ValueType):
    """What is said besides the figure, as typed."""

    note: Annotated[str | None, _words_option("--note", "进展情况")] = None
    problems: Annotated[str | None, _words_option("--problems", "存在问题")] = None
    next_steps: Annotated[str | None, _words_option("--next-steps", "下步措施")] = None
    evidence: Annotated[
        list[str] | None, _words_option("--evidence", "佐证材料：文件名、文号或网址；可重复")
    ] = None

    def given(self) -> bool:
        """Whether anything is said."""
        return bool(self.note or self.problems or self.next_steps or self.evidence)


@app.command(
    cls=Command,
    epilog=(
        "例：\n"
        "  fs progress update 16 --value 5.2                  任务16第一个指标的数\n"
        "  fs progress update 16 -i 核查处置率 --value 100    另一个指标（也可写 -i 2）\n"
        "  fs progress update 16 -i 1 --value 5.2 -i 2 --value 100   几个指标一起报\n"
        "  fs progress update 1 --percent 60 --note 已对接    没有指标的任务报完成率\n"
        "  fs progress update 59 --done                       节点完成\n"
        "  fs progress update 34 --dept 阳城县 --percent 80   一个单位报自己的进展"
    ),
)
@with_bundles
def update(
    ctx: typer.Context,
    task: TaskNumber,
    figure: TypedFigure,
    words: Words,
    form: FormOptions,
    dept: Annotated[
        str | None,
        dept_option("替哪个单位报它自己的进展；不写则为整个任务", suggest.reporters),
    ] = None,
    date: Annotated[
        dt.date | None,
        date_option("数据截至哪一天（默认今天）"),
    ] = None,
    by: By = None,
    allow_decrease: AllowDecrease = False,
    dry_run: DryRun = False,
) -> None:
    """填报一项任务的进展：指标的数（--value）、完成率（--percent）、已完成（--done）或只是文字。"""
    office = office_of(ctx)
    office.narrow(PlanQuery(task, [dept] if dept is not None else ()))
    plan = in_force(office.printed, date or office.today)
    section, found = match_task(plan, task)
    department = match_department(plan, dept) if dept is not None else None
    drafts = _drafts((plan, found), department, figure, words, date or office.today)
    files = found_files(office.workspace.ledger_path.parent, drafts[0].entry.evidence)
    drafts[0] = drafts[0]._replace(entry=drafts[0].entry._replace(files=files))
    allowed = Allowed(allow_decrease, form.force)
    output = form.as_output()
    output.resolve(sys.stdout)  # what is wrong with -o is said before anything is recorded
    workspace = office.workspace
    keep_apart(workspace, output.file)
    with office.recording(dry_run=dry_run) as book:
        amended = AmendedPlan(office.printed)
        known = [book.around(d.entry, same_series(amended, d), d.date) for d in drafts]
        for draft, (before, after) in zip(drafts, known, strict=True):
            admit(plan, draft, before, after, office.today, allowed)
        recorded = book.submit(drafts[0].date, [d.entry for d in drafts], reporter(by))
    office.report_problems()
    standing = office.standings.of(section, found)
    answers = []
    for n, (draft, (before, _)) in enumerate(zip(drafts, known, strict=True)):
        for caution in cautions(plan, draft, before, office.standings, standing):
            say_caution(caution.code, caution.words)
        reporters = office.standings.reporters.of(found, draft.indicator)
        told = (recorded, before, whole_before(draft, standing), standing, draft.indicator)
        answers.append(Receipt(*told, dry_run=dry_run, reporters=reporters, position=n))
    if dry_run:
        workspace.forget_pending()
    with nullcontext() if dry_run else confirming(f"已记录，编号 {recorded.id}"):
        if form.format or form.output:
            show(receipt(answers[0]) if len(answers) == 1 else receipts(answers), output)
        else:
            for sentence in (sentence for one in answers for sentence in one.sentences()):
                tell(sentence)


def _drafts(
    about: tuple[Plan, Task],
    department: str | None,
    figure: TypedFigure,
    words: Words,
    date: dt.date,
) -> list[ReportDraft]:
    """A draft a figure; what is said besides goes with the first."""
    drafts: list[ReportDraft] = []
    for one in figure.singly():
        drafts.append(_draft(about, department, one, words if not drafts else Words(), date))
    names = [draft.indicator.name for draft in drafts if draft.indicator]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageError(f"指标“{twice}”写了两次，只能写一次。")
    return drafts


def _draft(
    about: tuple[Plan, Task], department: str | None, figure: OneFigure, words: Words, date: dt.date
) -> ReportDraft:
    plan, task = about
    given = figure.given()
    if len(given) > 1:
        raise UsageError(f"{'、'.join(given)} 只能用一个。")
    if figure.of is not None and figure.value is None:
        raise UsageError("--of 要与 --value 合用：--value 写分子，--of 写分母。")
    if not given and not words.given():
        raise UsageError(f"没有写要填报什么。{_what_to_give(task)}")
    meant = figure.meant(plan, task)
    refuse_percent_sign(figure.value or "", meant)
    value = percent = None
    if figure.value is not None:
        value = read_figure("--value", figure.value, figure.of, measure_of(meant))
    if figure.percent is not None:
        percent = read_figure("--percent", figure.percent, None, measure_of(None))
    # a task's rate is kept by itself; only 0/0, which is none, as what it is
    ratio = value or (percent if percent and percent.value is None else None)
    entry = Entry(
        task=task.id,
        indicator=meant.name if meant else None,
        department=department,
        value=value.value if value else None,
        percent=percent.value if percent else None,
        done=figure.done,
        note=words.note or "",
        problems=words.problems or "",
        next_steps=words.next_steps or "",
        evidence=tuple(dict.fromkeys(words.evidence or ())),
        counted=ratio.counted if ratio else None,
        out_of=ratio.out_of if ratio else None,
    )
    return ReportDraft(task, entry, meant, date)


def _what_to_give(task: Task) -> str:
    if task.indicators:
        names = "、".join(indicator.name for indicator in task.indicators)
        return f"任务 {task.id} 的指标：{names}。请用 --value 写数，或用 --note 写文字。"
    return "请用 --percent 写完成率、--done 表示完成，或用 --note 写文字。"
