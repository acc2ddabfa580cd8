"""What the commands of `fs score` share: the rubric, the scores of a day, whose mark it is."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from foodsafety_cli.analysis.grading import graded
from foodsafety_cli.analysis.mark_rules import check_mark
from foodsafety_cli.analysis.match import match_department
from foodsafety_cli.analysis.publication import changed_since
from foodsafety_cli.analysis.score_facts import Grounds, members_of
from foodsafety_cli.analysis.scoring import Score, not_concerned, scores
from foodsafety_cli.analysis.statements import counting
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import dept_option
from foodsafety_cli.cli.outlook import last_year
from foodsafety_cli.cli.streams import say_caution
from foodsafety_cli.model.errors import Refused, RubricUnreadable, UnknownName
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.scoring import Rubric, RubricItem
from foodsafety_cli.model.steps import Mark, MarkStep
from foodsafety_cli.store.scoring import load
from foodsafety_cli.store.shipped import RUBRIC_NAME

Depts = Annotated[
    list[str] | None,
    dept_option("只要这个单位的；可重复，不写则每个单位"),
]
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)  # until the ledger gives the moment


class Scoring:
    """A rubric beside a plan, and the scores that it makes on a day."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.path = office.workspace.plan_path.parent / RUBRIC_NAME
        if office.workspace.is_shipped:
            raise RubricUnreadable(
                "这里没有计划，看的是程序自带的那一份，没有评分细则。"
                "请先建一个工作文件夹：fs init 文件夹，再到里面 fs score init"
            )
        self.rubric: Rubric = load(self.path, self.office.printed)
        self.members = {s.name: members_of(self.office.plan, s) for s in self.rubric.series}

    def marks(self) -> list[Mark]:
        """The marks that count on the day, under the names that departments have now."""
        days = (self.office.as_of, self.office.known_on)
        return self._as_named_now(self.office.workspace.history.steps(Mark, days=days))

    def marks_undone(self) -> list[Mark]:
        """The marks that were taken back, whenever; under the names of now."""
        return self._as_named_now(self.office.workspace.history.steps_undone(Mark))

    def _as_named_now(self, marks: Sequence[Mark]) -> list[Mark]:
        name_of = self.office.standings.reporters.name_of
        return [m._replace(department=name_of(m.department) or m.department) for m in marks]

    def scores(self, marks: Sequence[Mark] | None = None) -> list[Score]:
        """All scores, series by series, by rank; with other marks than those of the day."""
        office, marks = self.office, self.marks() if marks is None else marks
        reports = counting(office.reports(days=(None, office.known_on)), office.as_of)
        letters = office.workspace.letters(office.standings, office.known_on)
        before = last_year(office)
        grounds = Grounds(office.standings, reports, letters, before.same_day if before else None)
        facts = grounds.facts(self.rubric, self.members, not_concerned(marks))
        return graded(self.rubric, scores(self.rubric, self.members, facts, marks))

    def series_of(self, name: str) -> str:
        """The series that a department is in; raises `Refused`."""
        for series, members in self.members.items():
            if name in members:
                return series
        raise Refused(f"“{name}”不在评分细则的任何一个系列里。")

    def item(self, typed: str) -> RubricItem:
        """An item by its id; raises `UnknownName`."""
        for item in self.rubric.items:
            if item.id == typed.strip():
                return item
        raise UnknownName("考核内容", typed, [item.id for item in self.rubric.items])

    def department(self, typed: str) -> str:
        """A department that is scored; raises `UnknownName`, `Refused`."""
        name = match_department(self.office.plan, typed)
        self.series_of(name)
        return name

    def changes(self, found: Sequence[Score]) -> str:
        """公布后有变: what differs from the published table, on the day that it tells of."""
        published = self.published()
        if published is None:
            return ""
        if published.date != self.office.as_of:
            then = Office(self.office.workspace, published.date, self.office.known_on)
            found = Scoring(then).scores(self.marks())  # also those that came after it
        return changed_since(published, found, self.office.standings.reporters.name_of)

    def say_if_changed(self, found: Sequence[Score]) -> None:
        """Tell where a paper would contradict the table that was published."""
        if told := self.changes(found):
            say_caution(MessageCode.CHANGED_SINCE, told)

    def published(self) -> Mark | None:
        """The last publication."""
        found = [m for m in self.marks() if m.step is MarkStep.PUBLISH]
        return max(found, key=lambda m: (m.date, m.at, m.id), default=None)

    def check_mark(self, mark: Mark) -> None:
        """Raise `BadValue` or `Refused` for points that the item cannot have."""
        item, series = self.item(mark.item), self.series_of(mark.department)
        check_mark(item, series, mark, is_published=self.published() is not None)
