"""Points, ranks and grades of a rubric, exact until shown (docs/explanation/scoring.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.score_rules import points_of
from foodsafety_cli.analysis.wording import rounded_to
from foodsafety_cli.model.scoring import (
    Counted,
    Effect,
    Facts,
    Grade,
    Item,
    Rubric,
    RuleKind,
    Series,
)
from foodsafety_cli.model.steps import Mark, MarkStep, Stage
from foodsafety_cli.model.valuetype import ValueType

ZERO, HUNDRED, CENT = Decimal(0), Decimal(100), Decimal("0.01")
NOT_CONCERNED, UNREPORTED, UNMARKED = "不涉及", "未报", "未评"


class Scored(ValueType):
    """An item for a department: its points, how they came about, and what they rest on."""

    item: Item
    points: Decimal  # 0 while it is not marked
    state: str  # empty, 不涉及, 未报 or 未评
    facts: Facts
    marks: tuple[Mark, ...] = ()  # one a stage, the earliest stage first

    @property
    def counts(self) -> Decimal:
        """What it adds to the sum: less than nothing for what is taken off."""
        return -self.points if self.item.effect is Effect.DEDUCT else self.points

    @property
    def lost(self) -> Decimal:
        """The points that are missing or taken off; an item that nobody has marked lost none."""
        is_open = self.state in (NOT_CONCERNED, UNMARKED)
        if is_open or self.item.effect is Effect.BONUS:
            return ZERO
        taken_off = self.item.effect is Effect.DEDUCT
        return self.points if taken_off else self.item.points - self.points

    @property
    def why(self) -> str:
        """What the points rest on: its state, a marker's reasons, else what was counted."""
        basis = self.marks[-1].basis if self.marks else ""
        return self.state or basis or self.facts.words


class Score(ValueType):
    """A department's score in its series; `total` is exact, `shown` rounded once, half up."""

    department: str
    series: str
    scored: tuple[Scored, ...]
    base: Decimal
    bonus: Decimal
    deducted: Decimal
    total: Decimal
    flags: tuple[Mark, ...] = ()
    rank: int = 0
    grade: str = ""
    graded_because: str = ""

    @property
    def shown(self) -> Decimal:
        """The score as it is published."""
        return rounded_to(self.total, CENT)

    @property
    def unmarked(self) -> tuple[str, ...]:
        """The items that nobody has marked: the grade is provisional."""
        return tuple(one.item.id for one in self.scored if one.state == UNMARKED)

    def part(self, *, judged: bool) -> Decimal:
        """What persons have given of the base, or what was computed; both scaled as it is."""
        base = [one for one in self.scored if one.item.effect is Effect.BASE]
        earned = sum((one.points for one in base), ZERO)
        own = sum((one.points for one in base if is_judged(one.item) is judged), ZERO)
        return own * self.base / earned if earned else ZERO


def latest_marks(marks: Iterable[Mark]) -> dict[tuple[str, str], dict[Stage, Mark]]:
    """By department and item, the last mark of each stage; their order does not matter."""
    found: dict[tuple[str, str], dict[Stage, Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.date, one.at, one.id)):
        if mark.step is MarkStep.MARK:
            found.setdefault((mark.department, mark.item), {})[mark.stage] = mark
    return found


def scores(
    rubric: Rubric,
    members: Mapping[str, Sequence[str]],
    facts: Mapping[tuple[str, str], Facts],
    marks: Sequence[Mark],
) -> list[Score]:
    """All series' scores, each by rank; `members` are the departments of each series."""
    by_item = latest_marks(marks)
    flags: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.date, one.at, one.id)):
        if mark.step is MarkStep.FLAG:
            told = flags.setdefault(mark.department, [])
            # the same case, told in two copies of a ledger, is one
            if (mark.item, mark.basis) not in [(one.item, one.basis) for one in told]:
                told.append(mark)
    found = []
    for series in rubric.series:
        own = [
            _score(rubric, series, name, facts, by_item, tuple(flags.get(name, ())))
            for name in members[series.name]
        ]
        found += _graded(rubric, _ranked(own))
    return found


def _score(
    rubric: Rubric,
    series: Series,
    name: str,
    facts: Mapping[tuple[str, str], Facts],
    marks: Mapping[tuple[str, str], Mapping[Stage, Mark]],
    flags: tuple[Mark, ...],
) -> Score:
    scored = tuple(
        _scored(item, facts[name, item.id], marks.get((name, item.id), {}))
        for item in rubric.items_of(series.name)
    )
    base = [one for one in scored if one.item.effect is Effect.BASE]
    whole = sum((one.item.points for one in base if one.state != NOT_CONCERNED), ZERO)
    earned = sum((one.points for one in base), ZERO)
    scaled = earned * rubric.base / whole if whole else ZERO
    bonus = _capped(scored, Effect.BONUS, rubric.bonus_cap)
    deducted = _capped(scored, Effect.DEDUCT, rubric.deduct_cap)
    total = max(scaled + bonus - deducted, ZERO)
    return Score(name, series.name, scored, scaled, bonus, deducted, total, flags)


def _capped(scored: Iterable[Scored], effect: Effect, cap: Decimal | None) -> Decimal:
    found = sum((one.points for one in scored if one.item.effect is effect), ZERO)
    return found if cap is None else min(found, cap)


def _scored(item: Item, facts: Facts, marks: Mapping[Stage, Mark]) -> Scored:
    """The item's points: the latest stage's mark, else what is computed."""
    told = tuple(marks[stage] for stage in Stage if stage in marks)
    last = told[-1] if told else None
    if last is not None:
        if last.not_concerned:
            return Scored(item, ZERO, NOT_CONCERNED, facts, told)
        if last.times is not None:
            counted = facts._replace(value=last.times)
            points = points_of(item.rule, item.points, counted, item.effect)
            return Scored(item, points, "", counted, told)
        if last.points is not None:
            return Scored(item, min(max(last.points, ZERO), item.points), "", facts, told)
    if not facts.is_concerned:
        return Scored(item, ZERO, NOT_CONCERNED, facts, told)
    if is_judged(item):
        state = "" if item.effect is not Effect.BASE else UNMARKED
        return Scored(item, ZERO, state, facts, told)
    if facts.value is None:
        return Scored(item, ZERO, UNREPORTED, facts, told)
    return Scored(item, points_of(item.rule, item.points, facts, item.effect), "", facts, told)


def is_counted(item: Item) -> bool:
    """Whether its points come of how often something was so."""
    return item.rule.kind in (RuleKind.EACH, RuleKind.GROWING)


def is_judged(item: Item) -> bool:
    """Whether a person gives its points, or says how often."""
    return item.rule.kind is RuleKind.MARKED or item.rule.of is Counted.MARKED


def _ranked(own: Sequence[Score]) -> list[Score]:
    """By score as it is published; equal scores share a rank: 1, 2, 2, 4."""
    order = sorted(own, key=lambda one: -one.shown)
    places = [one.shown for one in order]
    return [one._replace(rank=places.index(one.shown) + 1) for one in order]


def _graded(rubric: Rubric, ranked: Sequence[Score]) -> list[Score]:
    """Each with its grade: from so many points on, at most so many, the tied with the better."""
    given: dict[str, int] = {}
    found = []
    for rank in dict.fromkeys(one.rank for one in ranked):
        tied = [one for one in ranked if one.rank == rank]
        grade = next((g for g in rubric.grades if _fits(g, tied[0].shown, given)), None)
        if grade:
            given[grade.name] = given.get(grade.name, 0) + len(tied)
            is_over = grade.most is not None and given[grade.name] > grade.most
            words = f"同分，都给{grade.name}" if is_over and len(tied) > 1 else ""
        for one in tied:
            name = grade.name if grade else ""
            found.append(_lowered(rubric, one, name, words if grade else ""))
    return found


def _fits(grade: Grade, score: Decimal, given: Mapping[str, int]) -> bool:
    return score >= grade.least and (grade.most is None or given.get(grade.name, 0) < grade.most)


def _lowered(rubric: Rubric, score: Score, grade: str, words: str) -> Score:
    """The grade after downgrades and vetoes, and why."""
    names = [one.name for one in rubric.grades]
    said = [words] if words else []
    vetoes = {veto.id: veto for veto in rubric.vetoes}
    downs = {down.id: down for down in rubric.downgrades}
    place = names.index(grade) if grade in names else None
    for flag in score.flags:
        basis = f"，{flag.basis}" if flag.basis else ""
        if flag.item in vetoes:
            place = None if place is None else len(names) - 1
            said.append(f"否决：{vetoes[flag.item].title}，细则 {flag.item}{basis}")
        elif flag.item in downs:
            by = downs[flag.item].by
            place = None if place is None else min(place + by, len(names) - 1)
            said.append(f"降级：{downs[flag.item].title}，细则 {flag.item}{basis}")
    lowered = grade if place is None else names[place]  # who has no grade gets none by a case
    return score._replace(grade=lowered, graded_because="；".join(said))


def lines(score: Score) -> Iterator[tuple[str, Decimal]]:
    """What makes up the score besides its items, exactly: scaling, caps, nothing below 0."""
    earned = sum((o.points for o in score.scored if o.item.effect is Effect.BASE), ZERO)
    if score.base != earned:
        yield "不涉及的项目按比例折算", score.base - earned
    for effect, given, words in (
        (Effect.BONUS, score.bonus, "加分封顶"),
        (Effect.DEDUCT, -score.deducted, "减分封顶"),
    ):
        whole = sum((one.counts for one in score.scored if one.item.effect is effect), ZERO)
        if whole != given:
            yield words, given - whole
    plain = score.base + score.bonus - score.deducted
    if score.total != plain:
        yield "不低于 0 分", score.total - plain


def deductions(score: Score) -> Iterator[Scored]:
    """The items that did not have all their points, or took some off."""
    return (one for one in score.scored if one.lost > 0)


def unmarked(found: Sequence[Score]) -> list[str]:
    """The items that somebody has not been marked for, in the rubric's order."""
    missing = {item for one in found for item in one.unmarked}
    every = dict.fromkeys(scored.item.id for one in found for scored in one.scored)
    return [item for item in every if item in missing]


def checksum(rows: Sequence[str]) -> str:
    """What tells whether a published table is still what is computed."""
    import hashlib

    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def published_rows(found: Sequence[Score]) -> list[str]:
    """The table as it is published and compared: a line a department."""
    return [f"{o.series}\t{o.department}\t{o.shown:f}\t{o.rank}\t{o.grade}" for o in found]
