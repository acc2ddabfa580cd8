"""A notice as a draft plan: what was read, what was guessed, and what was not covered."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from foodsafety_cli.analysis.bracket import BracketReader, Reading
from foodsafety_cli.analysis.bracket_words import FIRST_LEADS
from foodsafety_cli.model.errors import CheckFailed
from foodsafety_cli.model.plan import Department, Period, Plan, Role, Section, Task
from foodsafety_cli.model.problem import Path
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.notice import department_names, spellings
from foodsafety_cli.notice.coverage import Coverage, Doubtful
from foodsafety_cli.notice.covering import coverage_of
from foodsafety_cli.notice.dates import DateSense, deadlines, years
from foodsafety_cli.notice.duties import led_by, with_duties
from foodsafety_cli.notice.heading import NoticeHead, heading
from foodsafety_cli.notice.outline import Item, Outline
from foodsafety_cli.notice.owners_above import (
    with_heading_brackets,
    with_owner_lines,
    with_owners_below,
)
from foodsafety_cli.notice.paragraphs import with_paragraphs
from foodsafety_cli.notice.quantities import quantities
from foodsafety_cli.notice.reading import NoticeLine
from foodsafety_cli.notice.sections import ids, sections, title_of
from foodsafety_cli.notice.tables import UNREAD
from foodsafety_cli.notice.tasks import FoundTask, tasks
from foodsafety_cli.notice.titles import asked_for, task_title
from foodsafety_cli.store.clock import today

_FROM_HERE = re.compile(
    f"(?:{FIRST_LEADS.pattern})[^。；]{{0,10}}[下后]同|(?:以下|下列)[^。；]{{0,12}}(?:{FIRST_LEADS.pattern})"
)
CHECK = "待核："  # marks in the draft what was guessed
_UNKNOWN = "（待核）"
_MOST_YEARS = 5  # that a deadline may lie after the year of the notice


class NoResponsibility(CheckFailed):
    """A text in which nobody is made responsible: there is no plan in it."""


class PlanDraft(ValueType):
    """A plan, the remarks for whoever reviews it by where they belong, and the coverage."""

    plan: Plan
    notes: dict[Path, tuple[str, ...]]
    coverage: Coverage


class _Drafted(ValueType):
    task: Task
    notes: tuple[str, ...]


def draft(outlined: Outline, lines: Sequence[NoticeLine]) -> PlanDraft:
    """The draft of a notice; without a single responsible department its plan is empty."""
    items, owned = with_owner_lines(with_paragraphs(outlined))
    items, above = with_owners_below(items)
    items, below = with_heading_brackets(items)
    read = tasks(items, {**owned, **above, **below, **led_by(items)})
    if not read.found:
        items, whose = with_duties(items)
        read = tasks(items, whose)
    head = heading(outlined.head, lines)
    lists = ([name for one in task.brackets for name in one.names] for task in read.found)
    meant = spellings.full_names(lists, spellings.level_left_out(line.text for line in lines))
    departments = spellings.departments(meant)
    departments += _left_over(read.found, departments)
    first = _first_leads(read.found, outlined.head, lines)
    period = head.period or _this_year(head)
    printed_end = period.end
    period = _long_enough(period, read.found)
    maker = _Maker(departments, period, printed_end.year, first)
    made = list(map(maker.task, read.found, ids(read.found)))
    notes: dict[Path, tuple[str, ...]] = {}
    plan = Plan(
        title=head.title or _UNKNOWN,
        document_number=head.document_number or _UNKNOWN,
        issuer=head.issuer or _UNKNOWN,
        issued_on=head.issued_on or period.start,
        period=period,
        departments=tuple(departments),
        sections=tuple(_sections(items, read.found, made, head, notes)),
        first_leads_from=made[first].task.id if first is not None else None,
    )
    notes |= _notes_on_head(head)
    if period.end != printed_end:
        words = f"有的时限在 {printed_end} 以后，工作期延到了 {period.end}"
        notes["period",] = (*notes.get(("period",), ()), f"{CHECK}{words}，没有写时限的任务请核对")
    doubtful = list(_doubtful(departments, meant))
    places = {department.name: place for place, department in enumerate(departments)}
    for doubt in doubtful:
        if doubt.name in places:
            path: Path = ("departments", places[doubt.name])
            notes[path] = (*notes.get(path, ()), CHECK + doubt.why)
    found = zip(read.found, (drafted.task for drafted in made), strict=True)
    unread = (line._replace(lost=UNREAD) for line in outlined.behind)
    coverage = coverage_of(read, plan, doubtful, list(found), [*lines, *unread], printed_end.year)
    return PlanDraft(plan, notes, coverage)


def _this_year(head: NoticeHead) -> Period:
    year = (head.issued_on or today()).year
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _long_enough(period: Period, found: Sequence[FoundTask]) -> Period:
    """The period, longer where a deadline with its year lies some years after it."""
    said = [year for task in found for year in years(task.item.text)]
    for task in found:
        for remark in (*task.remarks, *(bracket.words for bracket in task.brackets)):
            said += years(remark, is_remark=True)
    most = period.end.year + _MOST_YEARS
    latest = max((year for year in said if year <= most), default=period.end.year)
    if latest <= period.end.year:
        return period
    return Period(period.start, dt.date(latest, 12, 31))


def _left_over(found: Sequence[FoundTask], departments: Sequence[Department]) -> list[Department]:
    """Words in a bracket that were nobody's name: left unknown, they would fail the check."""
    reader = BracketReader(departments)
    words = (word for task in found for word in reader.read(_bracket(task)).unknown)
    return [Department(word) for word in dict.fromkeys(words)]


def _first_leads(
    found: Sequence[FoundTask], head: Sequence[NoticeLine], lines: Sequence[NoticeLine]
) -> int | None:
    """The task from which who stands first leads; said before or behind all, it holds for all."""
    for place, task in enumerate(found[:-1]):
        if _FROM_HERE.search(task.item.text):
            return place
    own = {piece.line for task in found for piece in task.item.pieces}
    outside = (line.text for line in (*head, *(one for one in lines if one.number not in own)))
    return 0 if found and any(map(_says_so, outside)) else None


def _says_so(text: str) -> bool:
    return FIRST_LEADS.search(text) is not None


def _bracket(task: FoundTask) -> str:
    return "；".join(bracket.words for bracket in task.brackets)


class _Maker:
    """Makes tasks of what was found, given who the departments are."""

    def __init__(
        self,
        departments: Sequence[Department],
        period: Period,
        year: int,
        first_leads: int | None,
    ) -> None:
        self._reader = BracketReader(departments)
        self._period = period
        self._year = year  # of days that are given without one
        self._first_leads = first_leads
        self._count = 0

    def task(self, found: FoundTask, number: int) -> _Drafted:
        first_leads = self._first_leads is not None and self._count >= self._first_leads
        self._count += 1
        bracket = _bracket(found)
        reading = self._reader.read(bracket, first_leads=first_leads)
        figures = list(quantities(asked_for(found), self._period, self._year))
        due, notes = self._due(found, bool(figures))
        notes = [*_notes_on(found, reading), *notes]
        notes += [f"{CHECK}{q.indicator.name}：{q.doubt}" for q in figures if q.doubt]
        label = found.item.label.rstrip("、.．﹒·:：")
        is_printed = label.isdecimal() and int(label) == number
        task = Task(
            id=number,
            title=task_title(found),
            text=found.text,
            responsibility=bracket,
            lead=reading.of(Role.LEAD),
            responsible=reading.of(Role.RESPONSIBLE),
            support=reading.of(Role.SUPPORT),
            due=due,
            indicators=tuple(q.indicator for q in figures),
            label="" if is_printed else label,
            and_others=reading.and_others,
        )
        return _Drafted(task, tuple(notes))

    def _due(self, found: FoundTask, has_figures: bool) -> tuple[dt.date | None, list[str]]:
        """The task's day: of its bracket or its line about it, else of its only sentence."""
        remarks = [*found.remarks, *(b.words for b in found.brackets)]
        period, year = self._period, self._year
        said = [d for text in remarks for d in deadlines(text, period, is_remark=True, year=year)]
        if not said and not has_figures:
            said = list(deadlines(found.text, period, year=year))
        if not said:
            unread = "；".join(found.remarks)
            return None, [f"{CHECK}时限“{unread}”没有读出日子，按工作期末计"] if unread else []
        words = list(dict.fromkeys(deadline.words for deadline in said))
        goes_on = any(deadline.kind is DateSense.CONTINUOUS for deadline in said)
        days = [d.date for d in said if d.date and not (goes_on and d.kind is DateSense.STAGE)]
        inside = [day for day in days if self._period.start <= day <= self._period.end]
        due = max(inside) if inside and len(inside) == len(days) else None
        way = "持续推进，按工作期末计" if goes_on and not due else f"按 {due} 计"
        note = f"{CHECK}时限“{'；'.join(words)}”，{way if due or goes_on else '不在工作期内'}"
        return (None if due == self._period.end else due), [note]


def _notes_on(found: FoundTask, reading: Reading) -> Iterator[str]:
    if found.is_merged:
        yield f"合并了 {len(found.brackets)} 处责任括号，各管它前面的话："
        start = 0
        for bracket in found.brackets:
            clause = found.item.text[start : bracket.start].strip("。；;，,、 ")
            yield (
                f"  {clause[:40]}……〔{bracket.words}〕"
                if len(clause) > 40
                else (f"  {clause}〔{bracket.words}〕")
            )
            start = bracket.end
    if reading.and_others:
        yield f"{CHECK}括号里有“等”，单位没有列全"
    if reading.has_stars:
        yield f"{CHECK}名称前有星号的按牵头单位计"
    for bracket in found.brackets:
        if bracket.remark:
            yield f"{CHECK}括号里另有一句“{bracket.remark[:60]}”，没有当作单位"
    if found.left_out:
        lines = "、".join(map(str, found.left_out[:5]))
        yield f"{CHECK}括号之后第 {lines} 行的文字没有收入"


def _sections(
    items: Sequence[Item],
    found: Sequence[FoundTask],
    made: Sequence[_Drafted],
    head: NoticeHead,
    notes: dict[Path, tuple[str, ...]],
) -> Iterator[Section]:
    titled = list(zip(sections(items, found), found, made, strict=True))
    groups = [(item, list(group)) for item, group in groupby(titled, key=lambda each: each[0])]
    printed = [item.number if item else 0 for item, _ in groups]
    is_one_series = len(set(printed)) == len(printed) and min(printed, default=0) > 0
    for place, (item, group) in enumerate(groups):
        above: tuple[Item, ...] = ()
        for number, (_, task, drafted) in enumerate(group):
            now = tuple(_between(items, task.item, item))
            told = [f"{heading.label}{heading.text}" for heading in now if heading not in above]
            above = now
            notes[("sections", place, "tasks", number)] = (*told, *drafted.notes)
        title = (title_of(item) if item else "") or head.title or _UNKNOWN
        number = printed[place] if is_one_series else place + 1
        if item and item.label and not is_one_series:
            notes[("sections", place)] = (f"原文序号 {item.label}",)
        yield Section(number, title, tuple(drafted.task for _, _, drafted in group))


def _between(items: Sequence[Item], item: Item, top: Item | None) -> Iterator[Item]:
    """The headings between a task and its section, the highest first."""
    path: list[Item] = []
    while item.parent is not None and items[item.parent] is not top:
        item = items[item.parent]
        path.insert(0, item)
    return iter(path)


def _notes_on_head(head: NoticeHead) -> Iterator[tuple[Path, tuple[str, ...]]]:
    missing = {
        "title": (head.title, "没有认出标题"),
        "document_number": (head.document_number, "没有认出文号"),
        "issuer": (head.issuer, "没有认出印发机关"),
        "issued_on": (head.issued_on, "没有认出成文日期，先写工作期第一天"),
        "period": (head.period, "没有认出年度，请核对"),
    }
    for field, (value, words) in missing.items():
        if not value:
            yield (field,), (CHECK + words,)


def _doubtful(departments: Sequence[Department], meant: dict[str, str]) -> Iterator[Doubtful]:
    names = [department.name for department in departments]
    for name, like in spellings.near_misses(names):
        yield Doubtful(name, f"与“{like}”是不是同一个单位？是的话并作它的别名")
    for printed, name in meant.items():
        if spellings.alone(printed) != name:
            where = "开头的字，照前一个" if name.endswith(printed) else "结尾的字，照后一个"
            yield Doubtful(name, f"原文“{printed}”省去了{where}单位补上")
    for name in names:
        if department_names.is_group(name):
            yield Doubtful(name, "这是一组单位，有名单的请补 members")
        elif not department_names.is_department(name):
            yield Doubtful(name, "不像单位名称")
