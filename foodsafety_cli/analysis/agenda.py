"""What the office itself has to see to: applications, returns, extensions, letters unanswered."""

from collections.abc import Iterable, Iterator, Sequence

from foodsafety_cli.analysis.extensions import ExtensionState, Request
from foodsafety_cli.analysis.letters import Sent
from foodsafety_cli.analysis.parts import CHANGED, to_look_at_again
from foodsafety_cli.analysis.signoff import Review, State
from foodsafety_cli.analysis.standing import Due, TaskStanding
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.model.text import first_few
from foodsafety_cli.model.valuetype import ValueType

_NAMED = 4


class AgendaEntry(ValueType):
    """One thing that is to be seen to: in words, whose it is and about which tasks."""

    words: str
    department: str
    tasks: tuple[int, ...]


class AgendaGroup(ValueType):
    """Things of one kind, how they are counted, and the command that shows more."""

    what: str
    counter: str
    entries: tuple[AgendaEntry, ...]
    command: str


class Agenda(ValueType):
    """Each matter with what it is about; empty where there is none."""

    in_review: tuple[Review, ...]
    returned: tuple[Review, ...]
    changed: tuple[Review, ...]  # signed off, and the figures have changed since
    asked_for: tuple[Request, ...]  # extensions that nobody has decided on
    extended: tuple[TaskStanding, ...]
    unanswered: tuple[Sent, ...]  # letters past the day by which an answer was asked
    granted: int
    accepted: int
    returns: int
    letters: int

    def in_numbers(self) -> str:
        """How many parts were signed off and sent back, dates put off, letters written."""
        told = (
            (self.accepted, f"已销号{self.accepted}件"),
            (len(self.in_review), f"待审核{len(self.in_review)}件"),
            (self.returns, f"退回{self.returns}次"),
            (self.granted, f"同意延期{self.granted}件"),
            (self.letters, f"发出提醒、督办{self.letters}件，逾期未反馈{len(self.unanswered)}件"),
        )
        words = "，".join(said for count, said in told if count)
        return f"{words}。" if words else ""

    def groups(self) -> Iterator[AgendaGroup]:
        """What there is of each, whole."""
        told = (
            AgendaGroup("待审核", "件", tuple(map(_part, self.in_review)), "fs signoff"),
            AgendaGroup(
                "退回待改", "件", tuple(map(_part, self.returned)), "fs signoff --state 已退回"
            ),
            AgendaGroup(CHANGED, "件", tuple(map(_part, self.changed)), "fs signoff --all"),
            AgendaGroup("延期待审批", "件", tuple(map(_request, self.asked_for)), "fs extension"),
            AgendaGroup("延期执行中", "项", tuple(map(_extended, self.extended)), "fs extension"),
            AgendaGroup(
                "督办未复", "件", tuple(map(_letter, self.unanswered)), "fs letter --unanswered"
            ),
        )
        yield from (group for group in told if group.entries)

    def sentences(self) -> Iterator[str]:
        """The matters in words, with the command that shows more."""
        for what, counter, entries, command in self.groups():
            listed = first_few([entry.words for entry in entries], _NAMED, "等")
            yield f"{what} {len(entries)} {counter}：{listed}（{command}）"


def agenda(standings: Standings, tasks: Sequence[TaskStanding], letters: Iterable[Sent]) -> Agenda:
    """What there is to see to on the day of the standings."""
    reviews = [review for task in tasks for review in task.reviews]
    requests = [request for task in tasks for request in standings.requests(task.task)]
    letters = list(letters)
    # what those did that a task was taken from is of the year, too
    former = (review for task in tasks for review in standings.reviews.former(task.task))
    of_all = [*reviews, *former]
    return Agenda(
        tuple(r for r in reviews if r.state is State.PENDING),
        tuple(r for r in reviews if r.state is State.RETURNED),
        tuple(review for task in tasks for review in to_look_at_again(standings, task)),
        tuple(r for r in requests if r.state is ExtensionState.PENDING),
        tuple(task for task in tasks if _runs_on(standings, task)),
        tuple(one for one in letters if one.is_late(standings.as_of)),
        sum(r.state is ExtensionState.GRANTED for r in requests),
        sum(r.state is State.ACCEPTED for r in of_all),
        sum(r.returns for r in of_all),
        len(letters),
    )


def _runs_on(standings: Standings, task: TaskStanding) -> bool:
    """Whether a date that was put off is in force and has not come, and the work is not over."""
    dues = [
        Due(task.due, task.due_first, task.extensions),
        *task.own_dues.values(),
        *(Due(one.due, one.due_first, one.extensions) for one in task.indicators),
    ]
    later = (due.day for due in dues if due.times and due.day > due.first)
    return not task.status.is_settled and any(day >= standings.as_of for day in later)


def _part(review: Review) -> AgendaEntry:
    words = f"任务 {review.task}（{review.department}）"
    return AgendaEntry(words, review.department, (review.task,))


def _request(request: Request) -> AgendaEntry:
    task = request.application.task
    return AgendaEntry(f"任务 {task}（{request.department}）", request.department, (task,))


def _extended(standing: TaskStanding) -> AgendaEntry:
    return AgendaEntry(f"任务 {standing.task.id}", "", (standing.task.id,))


def _letter(sent: Sent) -> AgendaEntry:
    letter = sent.letter
    return AgendaEntry(f"{letter.number}（{letter.department}）", letter.department, letter.tasks)
