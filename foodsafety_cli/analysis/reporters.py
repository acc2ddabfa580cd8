"""Whose figures make up a task's or an indicator's figure (报数单位)."""

from functools import cached_property

from foodsafety_cli.analysis.duties import Duties
from foodsafety_cli.model.events import Report
from foodsafety_cli.model.plan import Indicator, Plan, Task


class Reporters:
    """Who reports what of a plan, and by which names they are known."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.duties = Duties(plan)
        self._of: dict[tuple[int, str | None], tuple[str, ...]] = {}
        self._alone: dict[tuple[tuple[str, ...], ...], str | None] = {}

    @cached_property
    def _names(self) -> dict[str, str]:
        departments = self._plan.departments
        known = {alias: d.name for d in departments for alias in d.aliases}
        return known | {d.name: d.name for d in departments}

    def name_of(self, spelling: str) -> str | None:
        """The department that a spelling in the ledger means: its name, or one it had before."""
        return self._names.get(spelling)

    def named(self, report: Report) -> Report:
        """A report under the name that its department has now."""
        spelling = report.entry.department
        name = self.name_of(spelling) if spelling else None
        if name in (None, spelling):
            return report
        return report._replace(entry=report.entry._replace(department=name))

    def of(self, task: Task, indicator: Indicator | None = None) -> tuple[str, ...]:
        """The reporters of a task or indicator, groups by member.

        Those that the plan names; else the lead, if there is just one (it collects from the
        others and reports for the whole); else all who lead or are responsible.
        """
        key = (task.id, indicator.name if indicator else None)
        if key not in self._of:
            self._of[key] = self._found(task, indicator)
        return self._of[key]

    def _found(self, task: Task, indicator: Indicator | None) -> tuple[str, ...]:
        named = self._named(task, indicator)
        if not named:
            sole = self.sole_lead(task)
            return (sole,) if sole else self.duties.accountable(task)
        members = self.duties.members
        found = [department for name in named for department in members(name)]
        # whom the plan gives a part reports on it: the bureau beside the counties
        found += (
            [department for department in indicator.split if self._has_duty(task, department)]
            if indicator
            else []
        )
        return tuple(dict.fromkeys(found))

    def may_share(self, task: Task, indicator: Indicator, department: str) -> bool:
        """Whether a department can have a share of the target: it reports, or would with one."""
        would = bool(self._named(task, indicator)) and self._has_duty(task, department)
        return would or department in self.of(task, indicator)

    def _has_duty(self, task: Task, department: str) -> bool:
        is_group = self.duties.is_group(department)
        return not is_group and bool(self.duties.of(department, task))

    def speaks_for_all(self, task: Task, indicator: Indicator | None, department: str) -> bool:
        """Whether a department's figure is the figure of the whole task.

        So is that of the only reporter, and of the one that answers for a task whose figures
        others report.
        """
        reporters = self.of(task, indicator)
        if reporters == (department,):
            return True
        if department in reporters:
            return False
        return self.answers_alone(task) == department

    def counts(self, task: Task, indicator: Indicator | None, department: str) -> bool:
        """Whether a department's figure makes a difference to the task."""
        is_reporter = department in self.of(task, indicator)
        speaks = self.speaks_for_all(task, indicator, department)
        return is_reporter or speaks or self.is_former(task, department)

    def is_former(self, task: Task, department: str) -> bool:
        """Whether a department has no part in the task any more: what it reported still counts."""
        return not self.may_report(task, department)

    def may_report(self, task: Task, department: str) -> bool:
        """Whether a department has a part in a task, by its bracket or as a reporter."""
        if self.duties.is_group(department):
            return False
        everyone = (*(self.of(task, i) for i in task.indicators), self.of(task))
        is_reporter = any(department in reporters for reporters in everyone)
        return is_reporter or bool(self.duties.of(department, task))

    def asked_of(self, department: str, task: Task) -> tuple[Indicator | None, ...]:
        """What a department's form asks for: None for a task without indicators.

        What it reports; and whoever answers for a task alone, for what others report of it, too.
        """
        answers = self.answers_alone(task) == department
        figures = task.figures
        return tuple(one for one in figures if answers or department in self.of(task, one))

    def one_series(
        self, task: Task, indicator: Indicator | None, department: str | None
    ) -> tuple[str, ...]:
        """The spellings under which figures of the same thing stand in the ledger, "" for all."""
        speaks = department is None or self.speaks_for_all(task, indicator, department)
        names = [department] if department else []
        if speaks:
            known = self.duties.departments()
            names = [d.name for d in known if self.speaks_for_all(task, indicator, d.name)]
        aliases = {d.name: d.aliases for d in self.duties.departments()}
        spellings = [s for name in names for s in (name, *aliases.get(name, ()))]
        return tuple(dict.fromkeys((*([""] if speaks else []), *spellings)))

    def series_in(self, task: Task, department: str) -> tuple[str, ...]:
        """The same of all that is reported of a task."""
        found = (self.one_series(task, figure, department) for figure in task.figures)
        return tuple(dict.fromkeys(name for names in found for name in names))

    def answers_alone(self, task: Task) -> str | None:
        """The one department that answers for a task, whoever else reports: leading, or alone."""
        key = task.lead, task.responsible, task.support
        if key not in self._alone:  # asked of every report
            accountable = self.duties.accountable(task)
            only = accountable[0] if len(accountable) == 1 else None
            self._alone[key] = self.sole_lead(task) or only
        return self._alone[key]

    @staticmethod
    def _named(task: Task, indicator: Indicator | None) -> tuple[str, ...]:
        """The reporters as the plan names them, if it does."""
        return (indicator.reported_by if indicator else ()) or task.reported_by

    def sole_lead(self, task: Task) -> str | None:
        """The one department that leads a task: it collects from the others."""
        is_sole = len(task.lead) == 1 and not self.duties.is_group(task.lead[0])
        return task.lead[0] if is_sole else None
