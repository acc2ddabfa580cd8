"""What `fs progress update` and `undo` answer: what was recorded, before what, and what is left."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.standing import IndicatorStanding, TaskStanding
from foodsafety_cli.analysis.wording import (
    completed,
    expected_words,
    figure_words,
    percent,
    value_words,
    with_unit,
)
from foodsafety_cli.model.events import Report, Submission
from foodsafety_cli.model.plan import Indicator
from foodsafety_cli.model.text import quoted
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Column, Listing, Shown, Thing
from foodsafety_cli.render.records import expected_of, report_record, task_record


class Receipt(ValueType):
    """A submission that was (or, on a dry run, would be) recorded, and how the task stands now."""

    submission: Submission
    before: Report | None
    whole: Report | None  # what was reported for the whole task before it
    standing: TaskStanding
    indicator: Indicator | None
    dry_run: bool
    reporters: tuple[str, ...] = ()  # of the task, where it has no indicators
    position: int = 0  # of the entry meant, where several were reported at once

    @property
    def report(self) -> Report:
        """The entry that was recorded."""
        return Report(self.submission, self.submission.entries[self.position], self.position)

    def sentences(self) -> Iterator[str]:
        """The answer as people read it."""
        entry, task = self.report.entry, self.standing.task
        who = f"（{entry.department}）" if entry.department else ""
        verb = "试填（没有记录）" if self.dry_run else "已记录"
        unit = self.indicator.unit if self.indicator and entry.value is not None else ""
        figure = figure_words(self.report, unit)
        named = f"任务 {task.id}{quoted(task.title)}"
        yield f"{verb}：{named}{who}{figure}，数据日期 {self.submission.date}"
        if entry.has_figure:
            yield f"  此前：{self._before()}"
        own = self._own_standing()
        if own and own.measure.is_figure and own.attainment is not None:
            target = with_unit(own.measure.target_words, own.indicator.unit)
            met = "，已达标" if own.met else ""
            yield f"  目标：{target}，达成率 {percent(own.attainment)}{self._by_which(own)}{met}"
            if share := self._own_share(own):
                yield f"  {share}"
        expected = expected_words(self.standing)
        due = f"应完成 {expected}，" if expected else ""
        light = f"亮灯 {self.standing.light}，{self.standing.status}"
        yield f"  任务完成率 {completed(self.standing)}，{due}{light}"
        if own and own.is_plain_mean:
            yield "  各单位的数按简单平均合并；写明分子分母（如 --value 98/99）可以准确合并"
        if silent := self._silent:
            count = len(self._reporters)
            reported = f"{count - len(silent)}/{count}"
            released = self.standing.released & {*silent}
            named = "、".join(department for department in silent if department not in released)
            gone = f"移交前空着的 {len(released)} 份" if released else ""
            told = "，和".join(filter(None, (named, gone)))
            yield f"  已报 {reported}，还没有报的按 0 计：{told}"
        if self.others:
            listed = "、".join(_in_short(other) for other in self.others)
            idle = "" if all(other.date for other in self.others) else "未报的按 0 计，"
            yield f"  这项任务还有指标：{listed}。{idle}填报时加 -i 名称"
        is_last = self.position == len(self.submission.entries) - 1
        if not self.dry_run and is_last:
            yield f"  填错了可以撤销：fs progress undo {self.submission.id}"

    @property
    def others(self) -> tuple[IndicatorStanding, ...]:
        """The task's other indicators."""
        own = self._own_standing()
        return tuple(s for s in self.standing.indicators if s is not own)

    @property
    def _reporters(self) -> tuple[str, ...]:
        """Who reports what was just reported."""
        own = self._own_standing()
        return own.reporters if own else self.reporters

    @property
    def _silent(self) -> tuple[str, ...]:
        """Who has not reported the same yet, in the plan's order; words ask for no figure."""
        own = self._own_standing()
        if own or self.standing.indicators:
            return own.silent if own else ()
        return tuple(
            department for department in self.reporters if department in self.standing.silent
        )

    def _own_standing(self) -> IndicatorStanding | None:
        name = self.indicator.name if self.indicator else None  # in force on the figure's own day
        return next((s for s in self.standing.indicators if s.indicator.name == name), None)

    def _by_which(self, own: IndicatorStanding) -> str:
        """Which figure tells how it stands, where that is not the one just recorded."""
        if own.date is None or own.value is None:
            return ""
        is_of_one = self.report.entry.department is not None
        is_its_own = own.departments == (self.report.entry.department,)
        is_for_all = is_of_one and not is_its_own and (own.is_computed or not own.departments)
        if own.date <= self.submission.date and not is_for_all:
            return ""
        value = with_unit(value_words(own), own.indicator.unit)
        together = "各单位平均是" if own.measure.is_each else "各单位合起来是"
        whose = together if own.is_computed else f"按 {own.date} 报的"
        return f"（{whose} {value}）"

    def _own_share(self, own: IndicatorStanding) -> str:
        """How a department stands by its share of a count; a ratio's is told in its form."""
        department, measure = self.report.entry.department, own.measure
        if department is None or measure.per or not measure.has_share(department):
            return ""
        share = measure.own_target(department, {}) or Decimal(0)
        reached = measure.attainment(measure.figure_of(self.report.entry), share)
        return (
            f"本单位分到：{with_unit(f'{share:f}', own.indicator.unit)}，达成率 {percent(reached)}"
        )

    def _before(self) -> str:
        before, whole = self.before, self.whole
        said = f"{figure_words(before)}（{before.submission.date}）" if before else "未报"
        if whole is None or (before and before.order >= whole.order):
            return said
        return f"{said}，为整个任务报过{figure_words(whole)}（{whole.submission.date}）"


def receipts(answers: Sequence[Receipt]) -> Listing:
    """Several figures of one command, for scripts."""
    return Listing("填报", _RECEIPT_COLUMNS, [receipt(answer).record for answer in answers])


def receipt(answer: Receipt) -> Thing:
    """The same for scripts."""
    record = report_record(answer.report)
    before = answer.before
    record |= {
        "before": before and figure_words(before),
        "before_date": before and before.submission.date,
        "completion": task_record(answer.standing)["completion"],
        "expected": expected_of(answer.standing),
        "light": answer.standing.light,
        "status": answer.standing.status,
        "other_indicators": [other.indicator.name for other in answer.others],
        "dry_run": answer.dry_run,
    }
    return Thing("填报", _RECEIPT_COLUMNS, record)


_RECEIPT_COLUMNS = (
    Column("id", "编号"),
    Column("task", "任务"),
    Column("indicator", "指标"),
    Column("department", "单位"),
    Column("value", "数值"),
    Column("percent", "完成率"),
    Column("done", "完成"),
    Column("date", "数据日期"),
    Column("by", "填报人"),
    Column("before", "此前"),
    Column("completion", "任务完成率", Shown.PERCENT),
    Column("expected", "应完成", Shown.PERCENT),
    Column("light", "亮灯", Shown.LIGHT),
    Column("status", "状态"),
    Column("other_indicators", "其他指标"),
    Column("dry_run", "试填"),
)


def _in_short(standing: IndicatorStanding) -> str:
    if standing.met:
        return f"{standing.indicator.name}（已达标）"
    if standing.value is None:
        return (
            f"{standing.indicator.name}（未报）"
            if standing.date is None
            else standing.indicator.name
        )
    figure = with_unit(value_words(standing), standing.indicator.unit)
    return f"{standing.indicator.name}（{figure}）"
