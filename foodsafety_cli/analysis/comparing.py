"""Two arrangements task by task: what goes on, what was joined or parted, what is new.

Texts are compared by the trigrams of their characters, each weighted by how rare it is: the share
of the shorter text's weight that the other one holds (containment). Digits, punctuation and blanks
do not count, so that a changed figure is no other task.
"""

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.valuetype import ValueType

SAME, ASKED = 0.45, 0.25  # from which containment on: the same; perhaps the same
_SHORT, _DICE = 12, 0.4  # characters; what a shorter text needs besides
_USELESS = re.compile(r"[^一-鿿㐀-䶿A-Za-z]")
_NUMBER = re.compile(r"(?<![0-9.])(?!20[0-9]{2}(?![0-9]))[0-9]+(?:\.[0-9]+)?")
_MOST_SHARED = 300  # texts: a trigram in more of them finds no partner
MOST_TASKS = 20_000


class Kind(StrEnum):
    """What became of a task."""

    GOES_ON = "延续"
    JOINED = "合并"
    PARTED = "拆分"
    NEW = "新增"
    GONE = "不再列"
    PERHAPS = "疑似"


class Pair(ValueType):
    """An old task and a new one, either of which may be missing."""

    kind: Kind
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


def compare(old: Plan, new: Plan) -> list[Pair]:
    """Every task of both plans: those that go on first as the new plan has them, then the gone."""
    before = [task for _, task in old.tasks()]
    after = [task for _, task in new.tasks()]
    texts = _Texts([t.text for t in before], [t.text for t in after])
    scores = _scores(texts)
    spelt = {name: d.name for d in old.departments for name in (d.name, *d.aliases)}
    for one in new.departments:  # renamed, with the old name as an alias
        was = next((spelt[n] for n in (one.name, *one.aliases) if n in spelt), None)
        spelt |= dict.fromkeys((one.name,), was) if was and one.name not in spelt else {}
    after = [_as_spelt(task, spelt) for task in after]
    links = _links(scores, len(before), len(after), SAME)
    asked = _links(scores, len(before), len(after), ASKED)
    return [
        *_of_new(before, after, links, asked, scores),
        *_gone(before, after, links, asked, scores),
    ]


def _as_spelt(task: Task, spelt: Mapping[str, str]) -> Task:
    """A new task with its bodies under the names that they had: a new spelling is no change."""
    lead, responsible, support = (
        tuple(spelt.get(name, name) for name in names)
        for names in (task.lead, task.responsible, task.support)
    )
    return task._replace(lead=lead, responsible=responsible, support=support)


Scores = Mapping[tuple[int, int], float]


def _scores(texts: _Texts) -> dict[tuple[int, int], float]:
    """The likeness of every pair that shares a trigram rare enough to mean something."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n, grams in enumerate(texts.grams[1]):
        for gram in grams:
            holders[gram].append(n)
    found = {}
    for old, grams in enumerate(texts.grams[0]):
        near: Counter[int] = Counter()
        for gram in grams:
            others = holders.get(gram, ())
            if len(others) <= _MOST_SHARED:
                near.update(others)
        for new, _ in near.most_common(20):
            likeness = texts.likeness(old, new)
            if likeness >= ASKED:
                found[old, new] = likeness
    return found


def _links(scores: Scores, old: int, new: int, least: float) -> set[tuple[int, int]]:
    """The best partner of each, seen from either side."""
    best_old: list[tuple[float, int]] = [(0.0, -1)] * old
    best_new: list[tuple[float, int]] = [(0.0, -1)] * new
    for (a, b), score in scores.items():
        best_old[a] = max(best_old[a], (score, -b))
        best_new[b] = max(best_new[b], (score, -a))
    links = {(a, -b) for a, (score, b) in enumerate(best_old) if score >= least}
    return links | {(-a, b) for b, (score, a) in enumerate(best_new) if score >= least}


def _of_new(
    before: Sequence[Task],
    after: Sequence[Task],
    links: set[tuple[int, int]],
    asked: set[tuple[int, int]],
    scores: Scores,
) -> Iterator[Pair]:
    partners: dict[int, list[int]] = defaultdict(list)
    parts: Counter[int] = Counter()
    for old, new in sorted(links):
        partners[new].append(old)
        parts[old] += 1
    perhaps: dict[int, list[int]] = defaultdict(list)
    for old, new in sorted(asked - links):
        perhaps[new].append(old)
    for place, task in enumerate(after):
        own = partners.get(place, [])
        if not own:
            for old in perhaps.get(place, ()):
                yield Pair(Kind.PERHAPS, before[old], task, scores.get((old, place), 0.0))
            if place not in perhaps:
                yield Pair(Kind.NEW, None, task)
        for old in own:
            kind = Kind.GOES_ON
            if len(own) > 1:
                kind = Kind.JOINED
            elif parts[old] > 1:
                kind = Kind.PARTED
            likeness = scores.get((old, place), 1.0)
            changes = tuple(_changes(before[old], task))
            yield Pair(kind, before[old], task, likeness, changes)


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
    perhaps = dict(sorted(asked - links))
    for place, task in enumerate(before):
        if place in there:
            continue
        if place not in perhaps:
            yield Pair(Kind.GONE, task, None)
        elif perhaps[place] in taken:
            new = perhaps[place]
            yield Pair(Kind.PERHAPS, task, after[new], scores.get((place, new), 0.0))


def _changes(old: Task, new: Task) -> Iterator[str]:
    """What differs between a task and what it became: figures, bodies, words."""
    were = {i.name: i for i in old.indicators}
    now = {i.name: i for i in new.indicators}
    for name, indicator in now.items():
        was = were.get(name)
        if was is None:
            yield f"新增指标“{name}”"
            continue
        if (was.target, was.unit) != (indicator.target, indicator.unit):
            unit = was.unit if was.unit != indicator.unit else ""
            now_is = f"{_figure(indicator.target)}{indicator.unit}"
            yield f"“{name}”{_figure(was.target)}{unit}→{now_is}"
        if was.kind is not indicator.kind:
            yield f"“{name}”由{was.kind.label}改为{indicator.kind.label}"
        if was.at_most != indicator.at_most or was.each != indicator.each:
            yield f"“{name}”怎样算达标有改动"
        if _day(was.due) != _day(indicator.due):
            yield f"“{name}”时限{_said(was.due)}→{_said(indicator.due)}"
    yield from (f"不再有指标“{name}”" for name in were if name not in now)
    for field, role in (("lead", "牵头"), ("responsible", "负责"), ("support", "配合")):
        a, b = set(getattr(old, field)), set(getattr(new, field))
        yield from (f"{role}增加 {name}" for name in getattr(new, field) if name not in a)
        yield from (f"{role}减去 {name}" for name in getattr(old, field) if name not in b)
    if _day(old.due) != _day(new.due):
        yield f"时限{_said(old.due)}→{_said(new.due)}"
    if _plain(old.text) != _plain(new.text):
        yield "文字有改动"
    else:
        yield from _numbers_changed(old, new)


def _numbers_changed(old: Task, new: Task) -> Iterator[str]:
    """Figures in the words that no indicator tells of; years do not count."""
    told = {f"{i.target:f}" for task in (old, new) for i in task.indicators if i.target is not None}
    were, now = (Counter(_NUMBER.findall(task.text)) for task in (old, new))
    gone, come = ([n for n in found if n not in told] for found in ((were - now), (now - were)))
    if gone or come:
        yield f"文中的数{'、'.join(gone) or '（无）'}→{'、'.join(come) or '（无）'}"


def _day(due: dt.date | None) -> tuple[int, int] | None:
    """A day within a year: another year alone is no change."""
    return (due.month, due.day) if due else None


def _said(due: dt.date | None) -> str:
    return f"{due}" if due else "（未写）"


def _figure(value: object) -> str:
    return "" if value is None else f"{value:f}"


def _plain(text: str) -> str:
    return _USELESS.sub("", text)


def _trigrams(text: str) -> set[str]:
    words = _plain(text)
    return {words[n : n + 3] for n in range(max(len(words) - 2, 1))} if words else set()
