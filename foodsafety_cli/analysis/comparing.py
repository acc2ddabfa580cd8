"""Two arrangements task by task: what goes on, what was joined or parted, what is new.

Texts are compared by the trigrams of their characters, each weighted by how rare it is: the share
of the shorter text's weight that the other one holds (containment). Digits, punctuation and blanks
do not count, so that a changed figure is no other task.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from foodsafety_cli.analysis.amending import in_force
from foodsafety_cli.analysis.task_changes import changes, plain_words
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.valuetype import ValueType

SAME, ASKED = 0.45, 0.25  # from which containment on: the same; perhaps the same
_SHORT, _DICE = 12, 0.4  # characters; what a shorter text needs besides
_MOST_NEAR = 20  # texts, of those that share most
_MOST_SHARED = 300  # texts: a trigram in more of them finds no partner
MOST_TASKS = 20_000


class ChangeKind(StrEnum):
    """What became of a task."""

    GOES_ON = "延续"
    JOINED = "合并"
    PARTED = "拆分"
    NEW = "新增"
    GONE = "不再列"
    PERHAPS = "疑似"


class Pair(ValueType):
    """An old task and a new one, either of which may be missing."""

    kind: ChangeKind
    old: Task | None
    new: Task | None
    likeness: float = 0.0
    changes: tuple[str, ...] = ()  # of 指标、单位、文字


class _Texts:
    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.grams = [[_trigrams(text) for text in side] for side in (old, new)]
        held = Counter(gram for side in self.grams for grams in side for gram in grams)
        count = len(old) + len(new)
        self.weight = {gram: math.log((count + 1) / n) for gram, n in held.items()}
        self.sums = [[sum(self.weight[g] for g in grams) for grams in s] for s in self.grams]

    def likeness(self, old: int, new: int) -> float:
        """How much of the lighter text the other one holds."""
        a, b = self.grams[0][old], self.grams[1][new]
        if a == b:
            return 1.0
        least = min(self.sums[0][old], self.sums[1][new])
        shared = a & b
        found = sum(self.weight[gram] for gram in shared) / least if least > 0 else 0.0
        if min(len(a), len(b)) + 2 < _SHORT and 2 * len(shared) < _DICE * (len(a) + len(b)):
            return 0.0
        return found

    def dice(self, old: int, new: int) -> float:
        """How much the two have in common of all that they have: 1 of equal texts alone."""
        a, b = self.grams[0][old], self.grams[1][new]
        return 2 * len(a & b) / max(len(a) + len(b), 1)


def compare(old: Plan, new: Plan) -> list[Pair]:
    """Every task of both plans: those that go on first as the new plan has them, then the gone.

    Both as later documents have left them.
    """
    old, new = (in_force(plan, plan.period.end) for plan in (old, new))
    before = [task for _, task in old.tasks()]
    after = [task for _, task in new.tasks()]
    texts = _Texts([t.text for t in before], [t.text for t in after])
    scores = _scores(texts, _twins(before, after))
    spelt = {name: d.name for d in old.departments for name in (d.name, *d.aliases)}
    for one in new.departments:  # renamed, with the old name as an alias
        was = next((spelt[n] for n in (one.name, *one.aliases) if n in spelt), None)
        spelt |= dict.fromkeys((one.name,), was) if was and one.name not in spelt else {}
    after = [_as_spelt(task, spelt) for task in after]
    order = _order(scores, texts, before, after)
    links = _links(order, len(before), len(after), SAME)
    asked = _links(order, len(before), len(after), ASKED)
    return [
        *_of_new(before, after, links, asked, scores),
        *_gone(before, after, links, asked, scores),
    ]


def _as_spelt(task: Task, spelt: Mapping[str, str]) -> Task:
    """A new task with its departments under their old names: a new spelling is no change."""

    def named(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(spelt.get(name, name) for name in names)

    indicators = tuple(
        i._replace(
            reported_by=named(i.reported_by),
            split={spelt.get(name, name): share for name, share in i.split.items()},
        )
        for i in task.indicators
    )
    return task._replace(
        lead=named(task.lead),
        responsible=named(task.responsible),
        support=named(task.support),
        reported_by=named(task.reported_by),
        indicators=indicators,
    )


Scores = Mapping[tuple[int, int], float]
_Order = tuple[float, float, bool, bool, bool]


def _twins(before: Sequence[Task], after: Sequence[Task]) -> Iterator[tuple[int, int]]:
    """Pairs to be looked at in any case: of one number, and the nth of each of one text."""
    numbers = {task.id: n for n, task in enumerate(after)}
    texts: dict[str, list[int]] = defaultdict(list)
    for n, task in enumerate(after):
        texts[task.text].append(n)
    seen: Counter[str] = Counter()
    for n, task in enumerate(before):
        if task.id in numbers:
            yield n, numbers[task.id]
        if seen[task.text] < len(texts.get(task.text, ())):
            yield n, texts[task.text][seen[task.text]]
        seen[task.text] += 1


def _scores(texts: _Texts, twins: Iterable[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """The likeness of every pair that shares a trigram rare enough to mean something."""
    pairs = set(twins)
    pairs |= {(old, new) for old, new in _near(*texts.grams)}
    pairs |= {(old, new) for new, old in _near(texts.grams[1], texts.grams[0])}
    scores = ((pair, texts.likeness(*pair)) for pair in pairs)
    return {pair: score for pair, score in scores if score >= ASKED}


def _near(one: Sequence[set[str]], other: Sequence[set[str]]) -> Iterator[tuple[int, int]]:
    """For each text of one side, those of the other that share most of its trigrams."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, grams in enumerate(other):
        for gram in grams:
            holders[gram].append(n)
    for place, grams in enumerate(one):
        near: Counter[int] = Counter()
        for gram in grams:
            others = holders.get(gram, ())
            if len(others) <= _MOST_SHARED:
                near.update(others)
        yield from ((place, found) for found, _ in near.most_common(_MOST_NEAR))


def _order(
    scores: Scores, texts: _Texts, before: Sequence[Task], after: Sequence[Task]
) -> dict[tuple[int, int], _Order]:
    """By what partners are chosen: likeness; then the more equal text, words, bracket, number."""
    return {
        (old, new): (
            score,
            texts.dice(old, new),
            before[old].text == after[new].text,
            before[old].responsibility == after[new].responsibility,
            before[old].id == after[new].id,
        )
        for (old, new), score in scores.items()
    }


def _links(
    order: Mapping[tuple[int, int], _Order], old: int, new: int, least: float
) -> set[tuple[int, int]]:
    """The best partner of each, seen from either side."""
    best_old: list[tuple[_Order, int] | None] = [None] * old
    best_new: list[tuple[_Order, int] | None] = [None] * new
    for (a, b), how in order.items():
        if how[0] >= least:
            best_old[a] = max(best_old[a] or (how, -b), (how, -b))
            best_new[b] = max(best_new[b] or (how, -a), (how, -a))
    links = {(a, -best[1]) for a, best in enumerate(best_old) if best}
    return links | {(-best[1], b) for b, best in enumerate(best_new) if best}


def _of_new(
    before: Sequence[Task],
    after: Sequence[Task],
    links: set[tuple[int, int]],
    asked: set[tuple[int, int]],
    scores: Scores,
) -> Iterator[Pair]:
    partners: dict[int, list[int]] = defaultdict(list)
    became: dict[int, list[int]] = defaultdict(list)
    for old, new in sorted(links):
        partners[new].append(old)
        became[old].append(new)
    perhaps: dict[int, list[int]] = defaultdict(list)
    for old, new in sorted(asked - links):
        perhaps[new].append(old)
    for place, task in enumerate(after):
        own = partners.get(place, [])
        if not own:
            for old in perhaps.get(place, ()):
                yield Pair(ChangeKind.PERHAPS, before[old], task, scores.get((old, place), 0.0))
            if place not in perhaps:
                yield Pair(ChangeKind.NEW, None, task)
        for old in own:
            others = [before[n] for n in own if n != old]
            parts_of = [after[n] for n in became[old] if n != place]
            changed = tuple(changes(before[old], task, (_named(others), _named(parts_of))))
            kind = _kind(len(own), len(became[old]))
            yield Pair(kind, before[old], task, scores.get((old, place), 1.0), changed)


def _named(tasks: Iterable[Task]) -> set[str]:
    """The names of all their indicators."""
    return {indicator.name for task in tasks for indicator in task.indicators}


def _kind(olds: int, news: int) -> ChangeKind:
    """What a pair is whose new task has so many old ones, and whose old has so many new ones."""
    if olds == news:
        return ChangeKind.GOES_ON
    return ChangeKind.JOINED if olds > news else ChangeKind.PARTED


def _gone(
    before: Sequence[Task],
    after: Sequence[Task],
    links: set[tuple[int, int]],
    asked: set[tuple[int, int]],
    scores: Scores,
) -> Iterator[Pair]:
    """The old tasks without a partner; those that are like a new one that has its own are asked."""
    there = {old for old, _ in links}
    taken = {new for _, new in links}
    perhaps: dict[int, list[int]] = defaultdict(list)
    for old, new in sorted(asked - links):
        perhaps[old].append(new)
    for place, task in enumerate(before):
        if place in there:
            continue
        if place not in perhaps:
            yield Pair(ChangeKind.GONE, task, None)
        for new in perhaps.get(place, ()):
            if new in taken:
                yield Pair(ChangeKind.PERHAPS, task, after[new], scores.get((place, new), 0.0))


def _trigrams(text: str) -> set[str]:
    words = plain_words(text)
    return {words[n : n + 3] for n in range(max(len(words) - 2, 1))} if words else set()
