"""Letters (提醒函、催办函、督办单、约谈) that went out, and who has answered them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from foodsafety_cli.analysis.letter_numbers import read_number
from foodsafety_cli.model.steps import Letter, LetterStep
from foodsafety_cli.model.valuetype import ValueType

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
            department = letter.department
            still_open = tuple(
                t for t, day in left if day is None and not asks_nothing(t, department)
            )
            found.append(Sent(letter, day_of_answer, answer, still_open))
    return found


def used_twice(letters: Iterable[Sent]) -> Mapping[str, Sequence[Letter]]:
    """The numbers that more than one letter has."""
    by_number: dict[str, list[Letter]] = {}
    for one in letters:
        by_number.setdefault(one.letter.number, []).append(one.letter)
    return {name: found for name, found in by_number.items() if len(found) > 1}


def in_number_order(one: Sent) -> tuple[str, int, int]:
    """What letters are sorted by: 9号 before 10号."""
    return read_number(one.letter.number) or ("", 0, 0)
