"""What a rubric counts of each department: its figures, reports, letters, sign-offs."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.extensions import ExtensionState
from foodsafety_cli.analysis.letters import Sent
from foodsafety_cli.analysis.measures import mean, steady
from foodsafety_cli.analysis.own import OwnFigure, OwnStanding, own_standing
from foodsafety_cli.analysis.parts import applied_late
from foodsafety_cli.analysis.score_figures import attained, figure_words, months, placed, used
from foodsafety_cli.analysis.signoff import Review
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import percent
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.scoring import Counted, Facts, Rubric, RubricItem, RuleKind, Series
from foodsafety_cli.model.steps import SignOffStep

# which tell more than all of a target from all of it
_BEYOND = (RuleKind.BANDS, RuleKind.RANK, RuleKind.LAST_YEAR)
_NO_PLACE = Facts(None, "", is_concerned=False)
_NOT_CONCERNED = Facts(None, "不报这一项", is_concerned=False)


class Grounds:
    """All that was reported and decided up to a day, to be counted by department."""

    def __init__(
        self,
        standings: Standings,
        reports: Mapping[int, Sequence[Report]],
        letters: Sequence[Sent],
        last_year: Standings | None = None,
    ) -> None:
        self._standings = standings
        self._reports = reports
        self._letters = letters
        self._last_year = last_year
        self._tasks = {task.id: task for _, task in standings.plan.tasks()}
        self._own: dict[str, OwnStanding] = {}
        self._counts: dict[tuple[Counted, str], Facts] = {}
        self._figures: dict[str, dict[int, list[OwnFigure]]] = {}
        self._by_department: dict[str, list[Report]] = {}
        for found in reports.values():
            for report in found:
                if name := standings.department_of(report):
                    self._by_department.setdefault(name, []).append(report)

    def facts(
        self,
        rubric: Rubric,
        members: Mapping[str, Sequence[str]],
        idle: Collection[tuple[str, str]] = (),
    ) -> dict[tuple[str, str], Facts]:
        """What is counted for every item of every department; `idle` are those of no concern."""
        found = {}
        for series in rubric.series:
            for item in rubric.items_of(series.name):
                for name in members[series.name]:
                    found[name, item.id] = self._of(item, name)
                if item.rule.kind is RuleKind.RANK:
                    names = [n for n in members[series.name] if (n, item.id) not in idle]
                    found |= {k: _NO_PLACE for k in idle if k[1] == item.id and k in found}
                    found |= placed(found, item, names)
        return found

    def _of(self, item: RubricItem, name: str) -> Facts:
        rule = item.rule
        if rule.kind is RuleKind.MARKED or rule.of is Counted.MARKED:
            return Facts(None, "评议")
        if rule.task is not None:
            return self._of_task(rule.task, rule.indicator, name, item)
        count = {
            Counted.COMPLETION: self._completion,
            Counted.LATE: self._late,
            Counted.SILENT_MONTHS: self._silent_months,
            Counted.UNANSWERED: self._unanswered,
            Counted.RETURNS: self._returns,
            Counted.LATE_SIGNOFFS: self._late_signoffs,
            Counted.EXTENSIONS: self._extensions,
        }
        what = rule.of or Counted.COMPLETION
        if (what, name) not in self._counts:
            self._counts[what, name] = count[what](name)
        return self._counts[what, name]

    def own(self, name: str) -> OwnStanding:
        """A department's own standing, computed once."""
        if name not in self._own:
            self._own[name] = own_standing(self._standings, name, self._tasks.values())
        return self._own[name]

    def _of_task(self, number: int, indicator: str, name: str, item: RubricItem) -> Facts:
        """Its own attainment; of an upper limit under `limit`, how much of it is used."""
        figures = [
            f
            for f in self._of_number(name, number)
            if not indicator or (f.indicator and f.indicator.name == indicator)
        ]
        if not figures:
            return _NOT_CONCERNED
        reported = [f for f in figures if f.report is not None]
        judged = [f for f in figures if f.is_judged]
        if not reported:
            return Facts(None, "")
        if not judged:  # 0 of 0, or a part of a count that nobody has shared out
            counted = "，".join(figure_words(f) for f in reported if f.value is not None)
            words = f"{counted}，没有自己的目标可比" if counted else ""
            return Facts(None, words, is_concerned=False)
        if item.rule.kind is RuleKind.LIMIT:
            value = mean([used(f) for f in judged])
        else:
            value = attained(judged, beyond=item.rule.kind in _BEYOND)
        words = "，".join(figure_words(f) for f in figures if f.report or f.is_judged)
        lines = tuple(f.report.submission.id for f in reported if f.report)
        evidence = tuple(e for f in reported for e in self._evidence(f))
        before = self._before(number, indicator, name) if self._last_year else None
        if item.rule.kind is RuleKind.LAST_YEAR:
            if before is None:
                return Facts(None, "去年没有可比的数", is_concerned=False)
            words += f"，达成 {percent(value)}，去年同期 {percent(before)}"
        return Facts(steady(value), words, lines, evidence, before=before)

    def _of_number(self, name: str, number: int) -> list[OwnFigure]:
        """What a department reports of a task."""
        if name not in self._figures:
            by_task: dict[int, list[OwnFigure]] = {}
            for figure in filter(lambda f: f.counts, self.own(name).figures):
                by_task.setdefault(figure.task.id, []).append(figure)
            self._figures[name] = by_task
        return self._figures[name].get(number, [])

    def _before(self, number: int, indicator: str, name: str) -> Decimal | None:
        assert self._last_year is not None
        task = self._tasks[number]
        old = [t for _, t in self._last_year.plan.tasks() if t.id in task.continues]
        meant = (self._last_year.reporters.name_of(n) for n in (name, *self._aliases(name)))
        then = next((found for found in meant if found), name)
        judged = [
            f
            for f in own_standing(self._last_year, then, old).figures
            if f.is_judged and (not indicator or (f.indicator and f.indicator.name == indicator))
        ]
        if all(f.report is None for f in judged):
            return None
        return attained(judged, beyond=True)

    def _evidence(self, figure: OwnFigure) -> tuple[str, ...]:
        """What was handed in with a figure; the index does not keep it, the ledger does."""
        if figure.report is None:
            return ()
        lines = self._reports.get(figure.task.id, ())
        return next((r.entry.evidence for r in lines if r.order == figure.report.order), ())

    def _aliases(self, name: str) -> tuple[str, ...]:
        """What a department was called before."""
        known = self._standings.plan.departments
        return next((d.aliases for d in known if d.name == name), ())

    def _completion(self, name: str) -> Facts:
        own = self.own(name)
        if not own.tasks:
            return _NOT_CONCERNED
        done = "" if own.completion is None else f" {percent(own.completion)}"
        reported = [f for f in own.figures if f.counts and f.report]
        lines = tuple(dict.fromkeys(f.report.submission.id for f in reported if f.report))
        evidence = tuple(e for f in reported for e in self._evidence(f))
        words = f"自报完成率{done}，报了 {own.reported}/{own.tasks} 项"
        if not own.reported:
            return Facts(None, f"报了 0/{own.tasks} 项")
        if own.completion is None:  # counts not shared out, or nothing to count
            return Facts(None, f"{words}，没有自己的目标可比", is_concerned=False)
        return Facts(steady(own.completion), words, lines, evidence)

    def _late(self, name: str) -> Facts:
        """Tasks with a figure whose day has passed without it, or before it first came."""
        late: dict[int, None] = {}
        lines: list[str] = []
        for figure in self.own(name).figures:
            told = min(self._told(figure, name), key=lambda r: r.order, default=None)
            day = self._standings.as_of if told is None else told.submission.date
            if figure.counts and day > figure.due.day:
                late[figure.task.id] = None
                lines += [told.submission.id] if told else []
        return _times(len(late), "迟报", "、".join(f"任务{n}" for n in late), lines)

    def _told(self, figure: OwnFigure, name: str) -> Iterator[Report]:
        """Its own reports of a figure, and those for the whole while it was a reporter."""
        indicator = figure.indicator.name if figure.indicator else None
        given = map(self._standings.reporters.named, self._reports.get(figure.task.id, ()))
        for report in given:
            if not report.entry.has_figure or report.entry.indicator != indicator:
                continue
            department = report.entry.department
            task, then = self._standings.handovers.on(report.submission.date, figure.task)
            is_of_all = department is None or then.speaks_for_all(
                task, figure.indicator, department
            )
            if department == name or (is_of_all and name in then.of(task, figure.indicator)):
                yield report

    def _silent_months(self, name: str) -> Facts:
        if not self.own(name).tasks:
            return _NOT_CONCERNED
        heard = {
            (r.submission.date.year, r.submission.date.month)
            for r in self._by_department.get(name, ())
        }
        plan, since = self._standings.plan, self._asked_since(name)
        silent = [m for m in months(plan, since, self._standings.as_of) if m not in heard]
        return _times(len(silent), "整月未报", "、".join(f"{month}月" for _, month in silent))

    def _asked_since(self, name: str) -> dt.date:
        """From which day on something is asked of it: the paper's, or that of its first task."""
        dues, handovers = self._standings.dues, self._standings.handovers
        days = (
            max(dues.period_of(f.task.id).start, handovers.since(f.task, f.indicator, name))
            for f in self.own(name).figures
        )
        return max(self._standings.plan.issued_on, min(days))

    def _unanswered(self, name: str) -> Facts:
        day = self._standings.as_of
        late = [
            one.letter
            for one in self._letters
            # a letter about points taken off comes after the scoring: it takes off no more of them
            if one.letter.department == name and not one.letter.item
            if one.is_late(day) or one.days_late
        ]
        return _times(
            len(late), "函件未按期反馈", "、".join(x.number for x in late), [x.id for x in late]
        )

    def _returns(self, name: str) -> Facts:
        reviews = [review for review in self._reviews(name) if review.returns]
        ids = [s.id for r in reviews for s in r.steps if s.step is SignOffStep.RETURN]
        which = "、".join(f"任务{review.task}" for review in reviews)
        return _times(sum(review.returns for review in reviews), "销号被退回", which, ids)

    def _late_signoffs(self, name: str) -> Facts:
        """Parts that were first applied for after their day; where that is required, or never."""
        late: dict[int, str] = {}
        for task in self._tasks.values():
            steps = [s for r in self._reviews(name) if r.task == task.id for s in r.steps]
            applied = [s for s in steps if s.step is SignOffStep.APPLY]
            first = min(applied, key=lambda s: (s.date, s.at, s.id), default=None)
            if first is not None and applied_late(self._standings, first):
                late[task.id] = first.id
            elif first is None and self._is_overdue(task, name):
                late[task.id] = ""
        which = "、".join(f"任务{n}" for n in late)
        return _times(len(late), "逾期申请销号", which, filter(None, late.values()))

    def _is_overdue(self, task: Task, name: str) -> bool:
        """Whether a department has to apply for the sign-off of its part, and its day has gone."""
        standings = self._standings
        is_awaited = standings.closing.required and name in standings.reviews.signers(task)
        return is_awaited and standings.as_of > standings.dues.of_part(task, name).day

    def _extensions(self, name: str) -> Facts:
        granted = [
            request.application
            for task in self._tasks.values()
            for request in self._standings.requests(task)
            if request.state is ExtensionState.GRANTED and request.department == name
        ]
        words = "、".join(f"任务{step.task}" for step in granted)
        return _times(len(granted), "延期", words, [step.id for step in granted])

    def _reviews(self, name: str) -> Iterator[Review]:
        for task in self._tasks.values():
            if self._standings.reviews.has_any(task):
                for review in self._standings.reviews.of(task):
                    if review.department == name:
                        yield review


def members_of(plan: Plan, series: Series) -> tuple[str, ...]:
    """The departments of a series: those named, or the members of its group."""
    if series.members:
        names = {alias: d.name for d in plan.departments for alias in d.aliases}
        return tuple(names.get(member, member) for member in series.members)
    called = ((d.members, (d.name, *d.aliases)) for d in plan.departments)
    return next((members for members, names in called if series.group in names), ())


def _times(count: int, what: str, which: str, lines: Iterable[str] = ()) -> Facts:
    words = f"{what} {count} 次" + (f"（{which}）" if which and count else "")
    return Facts(Decimal(count), words, tuple(lines))
