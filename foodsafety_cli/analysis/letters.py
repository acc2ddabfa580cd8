"""Letters (提醒函、催办函、督办单、约谈): to whom about what, their numbers, who has answered."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from foodsafety_cli.analysis.reminders import has_done_its_part
from foodsafety_cli.analysis.signoff import State
from foodsafety_cli.analysis.standing import TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.steps import Letter, LetterKind, LetterStep
from foodsafety_cli.model.valuetype import ValueType

MOST_TASKS = 6  # in one letter, so that it stays on one page
_USUAL_PREFIX = "食安办"
_YEAR = re.compile(r"[(（\[【［﹝〔](\d{4})[)）\]】］﹞〕]")
_NUMBER = re.compile(r"(.*)〔(\d{4})〕(\d+)号")
# (task, department, a letter to it) → the day of the first report recorded after the letter
Reported = Callable[[int, str, Letter], dt.date | None]


class Sent(ValueType):
    """A letter that went out, and what came back: a report on each of its tasks, or a word."""

    letter: Letter
    answered: dt.date | None
    answer: Letter | None = None  # where it was answered otherwise than by reporting
    still_open: tuple[int, ...] = ()  # its tasks that were not reported on since, and are not over

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for: none has come, and the work is not over."""
        return self.answered is None and bool(self.still_open or not self.letter.tasks)

    def is_late(self, day: dt.date) -> bool:
        """Whether the day by which it was to be answered has passed without an answer."""
        reply_by = self.letter.reply_by
        return self.is_open and reply_by is not None and day > reply_by

    @property
    def days_late(self) -> int:
        """By how many days the answer came after the day by which it was asked for."""
        reply_by = self.letter.reply_by
        if self.answered is None or reply_by is None:
            return 0
        return max(0, (self.answered - reply_by).days)


class Addressed(ValueType):
    """A letter still to be written: to whom, about which tasks."""

    department: str
    tasks: tuple[TaskStanding, ...]


class LeftOut(ValueType):
    """A department that gets no letter: it is not behind, has answered, or has time to answer.

    `why_never`: what speaks against any letter about it.
    """

    department: str
    task: int
    last: Letter | None = None  # None where its own figures are not behind
    reported: dt.date | None = None  # None where the last one still waits
    why_never: str = ""


def sent(
    steps: Iterable[object], reported: Reported, asks_nothing: Callable[[int, str], bool]
) -> list[Sent]:
    """The letters with their answers, the oldest first.

    `asks_nothing`: whether nothing more is asked of a department in a task.
    """
    letters = [step for step in steps if isinstance(step, Letter)]
    told = (step for step in letters if step.step is LetterStep.ANSWERED)
    latest_first = sorted(told, key=lambda one: (one.date, one.at, one.id), reverse=True)
    answers = {step.of: step for step in latest_first}  # of several, the first counts
    found = []
    for letter in sorted(letters, key=lambda one: (one.date, one.at, one.id)):
        if letter.step is LetterStep.WRITE:
            answer = answers.get(letter.id)
            days = [reported(task, letter.department, letter) for task in letter.tasks]
            known = [day for day in days if day is not None]
            answered = max(known) if known and len(known) == len(days) else None
            if answer and answered and answered <= answer.date:
                answer = None  # it had reported by then
            day_of_answer = answer.date if answer else answered
            left = zip(letter.tasks, days, strict=True) if day_of_answer is None else ()
            body = letter.department
            still_open = tuple(t for t, day in left if day is None and not asks_nothing(t, body))
            found.append(Sent(letter, day_of_answer, answer, still_open))
    return found


def addressed(
    standings: Standings, tasks: Iterable[TaskStanding], bodies: frozenset[str], writer: str
) -> Iterator[tuple[str, TaskStanding]]:
    """Who is behind with what: every department that has not done its part of an open task.

    `bodies` are those asked for; none means all but the office that writes.
    """
    for standing in tasks:
        returned = {review.department for review in standing.returned}
        if standing.status.is_settled and not returned:
            continue
        answering = standings.reviews.signers(standing.task)
        for body in answering:
            is_meant = body in bodies if bodies else body != writer
            if body in standing.settled or not is_meant or standings.duties.is_unnamed(body):
                continue
            is_open = body in returned or not has_done_its_part(standings, standing, body)
            if standing.status.is_settled and body not in returned:
                continue
            if len(answering) == 1 or is_open:
                yield body, standing


def never_written_to(
    standings: Standings, tasks: Iterable[TaskStanding], bodies: frozenset[str], *, by_name: bool
) -> Iterator[LeftOut]:
    """Who is not asked for anything, though the task is meant: its application waits.

    Meant `by_name`, also who has done its part, and who has none.
    """
    for standing in tasks:
        reviews = {r.department: r for r in standing.reviews}
        signers = standings.reviews.signers(standing.task)
        for body in signers:
            if bodies and body not in bodies:
                continue
            state = reviews[body].state if body in reviews else State.OPEN
            if state is State.PENDING:
                why = "已申请销号，等审核"
            elif state in (State.ACCEPTED, State.CLOSED):
                why = f"它的这一份{state}" if by_name else ""
            else:
                is_done = has_done_its_part(standings, standing, body)
                is_done = is_done or standing.status.is_settled
                why = "它的这一份已经做完" if by_name and is_done else ""
            if why:
                yield LeftOut(body, standing.task.id, why_never=why)
        if by_name:
            for body in sorted(bodies - {*signers}):
                if standings.duties.of(body, standing.task):
                    yield LeftOut(body, standing.task.id, why_never="这项任务不由它报数")


def apart_from_on_pace(
    standings: Standings,
    found: Iterable[tuple[str, TaskStanding]],
    is_named: Callable[[str, TaskStanding], bool],
) -> tuple[list[tuple[str, TaskStanding]], list[LeftOut]]:
    """Those who are behind, due or asked to mend, or meant by name; and those who are not."""
    kept, left_out = [], []
    for body, standing in found:
        is_due = standing.days_left_of(body) <= standings.plan.lights.due_soon_days
        returned = {review.department for review in standing.returned}
        lags = body in standing.lagging or body in standing.silent or not standing.reports
        lags = lags and not standing.keeps_its_time(body)
        if lags or is_due or body in returned or is_named(body, standing):
            kept.append((body, standing))
        else:
            left_out.append(LeftOut(body, standing.task.id))
    return kept, left_out


def apart_from_answered(
    found: Iterable[tuple[str, TaskStanding]],
    letters: Sequence[Sent],
    reported: Reported,
    kind: LetterKind | None,
    day: dt.date,
) -> tuple[list[tuple[str, TaskStanding]], list[LeftOut]]:
    """Those to write to, and those whose last letter about the same is answered or still waits.

    A letter of another `kind` may follow at once, and a message (None) any: it is no letter.
    """
    last: dict[tuple[str, int], Letter] = {}
    waiting: set[tuple[str, int]] = set()
    for one in letters:
        last |= {(one.letter.department, task): one.letter for task in one.letter.tasks}
        if one.letter.letter is kind and not one.is_late(day):
            waiting |= {(one.letter.department, task) for task in one.still_open}
    kept, left_out = [], []
    for body, standing in found:
        letter = last.get((body, standing.task.id))
        since = reported(standing.task.id, body, letter) if letter else None
        if letter and (since or (body, standing.task.id) in waiting):
            left_out.append(LeftOut(body, standing.task.id, letter, since))
        else:
            kept.append((body, standing))
    return kept, left_out


def gathered(kind: LetterKind, found: Iterable[tuple[str, TaskStanding]]) -> list[Addressed]:
    """One letter a task; or, where the kind allows it, one a department."""
    if not kind.takes_several:
        return [Addressed(body, (standing,)) for body, standing in found]
    by_body: dict[str, list[TaskStanding]] = {}
    for body, standing in found:
        by_body.setdefault(body, []).append(standing)
    return [
        Addressed(body, tuple(own[n : n + MOST_TASKS]))
        for body, own in by_body.items()
        for n in range(0, len(own), MOST_TASKS)
    ]


def head_of(plan: Plan, kind: LetterKind) -> str:
    """What a kind's numbers begin with: 晋市食安办督."""
    return f"{plan.letters.prefix if plan.letters else _USUAL_PREFIX}{kind.sign}"


def next_number(head: str, year: int, used: Iterable[str]) -> int:
    """The number after the last of this head and year, whichever office used it."""
    known = (read_number(text) for text in used)
    return max((one[2] for one in known if one and one[:2] == (head, year)), default=0) + 1


def number(head: str, year: int, n: int) -> str:
    """晋市食安办督〔2021〕7号."""
    return f"{head}〔{year}〕{n}号"


def read_number(text: str) -> tuple[str, int, int] | None:
    """A number's head, year and count; None if it is none."""
    match = _NUMBER.fullmatch(with_year_brackets(text.strip()))
    return (match[1], int(match[2]), int(match[3])) if match else None


def with_year_brackets(text: str) -> str:
    """A number with 〔2021〕, whichever brackets a keyboard gave it."""
    return _YEAR.sub(r"〔\1〕", text)


def used_twice(letters: Iterable[Sent]) -> Mapping[str, Sequence[Letter]]:
    """The numbers that more than one letter has."""
    by_number: dict[str, list[Letter]] = {}
    for one in letters:
        by_number.setdefault(one.letter.number, []).append(one.letter)
    return {name: found for name, found in by_number.items() if len(found) > 1}


def in_number_order(one: Sent) -> tuple[str, int, int]:
    """What letters are sorted by: 9号 before 10号."""
    return read_number(one.letter.number) or ("", 0, 0)
