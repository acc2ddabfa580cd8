"""Points, ranks and grades of a rubric, exact until shown (docs/explanation/scoring.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.score_rules import points_of
from foodsafety_cli.analysis.wording import rounded_to
from foodsafety_cli.model.scoring import (
    Counted,
    Effect,
    Facts,
    Rubric,
    RubricItem,
    RuleKind,
    Series,
)
from foodsafety_cli.model.steps import Mark, MarkStep, Stage
from foodsafety_cli.model.text import first_few
from foodsafety_cli.model.valuetype import ValueType

ZERO, HUNDRED, CENT = Decimal(0), Decimal(100), Decimal("0.01")
_NAMED = 6  # items that nobody has marked
NOT_CONCERNED, UNREPORTED, UNMARKED = "不涉及", "未报", "未评"


class Scored(ValueType):
    """An item for a department: its points, how they came about, and what they rest on."""

    item: RubricItem
    points: Decimal  # 0 while it is not marked
    state: str  # empty, 不涉及, 未报 or 未评
    facts: Facts
    marks: tuple[Mark, ...] = ()  # one a stage, the earliest stage first
    automatic: Decimal | None = None  # what is computed, whatever was marked

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
    def rests_on(self) -> str:
        """What was counted; why nothing was, where that is known."""
        is_known = self.facts.words and not self.marks and self.state in (NOT_CONCERNED, UNREPORTED)
        if is_known:
            return f"{self.state}（{self.facts.words}）"
        return self.state or self.facts.words

    @property
    def why(self) -> str:
        """What the points rest on: its state, a marker's reasons, else what was counted."""
        if self.state or not self.marks:
            return self.rests_on
        last = self.marks[-1]
        given = f"{last.stage} {mark_words(last)}"
        if self.automatic is not None:
            given += f"（自动 {rounded_to(self.automatic, CENT):f} 分）"
        return f"{last.basis}（{given}）" if last.basis else given


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

    @property
    def is_concerned(self) -> bool:
        """Whether there is anything that it could have points for."""
        base = (one for one in self.scored if one.item.effect is Effect.BASE)
        return any(one.state != NOT_CONCERNED for one in base)

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


def last_mark(marks: Iterable[Mark], department: str, item: str) -> Mark | None:
    """The mark that counts: that of the latest stage."""
    by_stage = latest_marks(marks).get((department, item), {})
    return next((by_stage[stage] for stage in reversed(Stage) if stage in by_stage), None)


def not_concerned(marks: Iterable[Mark]) -> set[tuple[str, str]]:
    """The departments and items that somebody has marked as 不涉及, last of all."""
    found = set()
    for key, by_stage in latest_marks(marks).items():
        *_, last = (by_stage[stage] for stage in Stage if stage in by_stage)
        if last.not_concerned:
            found.add(key)
    return found


def scores(
    rubric: Rubric,
    members: Mapping[str, Sequence[str]],
    facts: Mapping[tuple[str, str], Facts],
    marks: Sequence[Mark],
) -> list[Score]:
    """All series' scores, without ranks yet; `members` are the departments of each series."""
    by_item = latest_marks(marks)
    flags: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda one: (one.date, one.at, one.id)):
        if mark.step is MarkStep.FLAG:
            told = flags.setdefault(mark.department, [])
            # the same case, told in two copies of a ledger, is one
            if (mark.item, mark.basis) not in [(one.item, one.basis) for one in told]:
                told.append(mark)
    return [
        _score(rubric, series, name, facts, by_item, tuple(flags.get(name, ())))
        for series in rubric.series
        for name in members[series.name]
    ]


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


def _scored(item: RubricItem, facts: Facts, marks: Mapping[Stage, Mark]) -> Scored:
    """The item's points: the latest stage's mark, else what is computed."""
    told = tuple(marks[stage] for stage in Stage if stage in marks)
    last = told[-1] if told else None
    computed = _computed(item, facts)
    automatic = None if is_judged(item) or computed.state else computed.points
    found = computed
    if last is not None and last.not_concerned:
        found = Scored(item, ZERO, NOT_CONCERNED, facts)
    elif last is not None and last.times is not None:
        counted = facts._replace(value=last.times, words=f"{last.times:f} 次")
        found = Scored(item, points_of(item.rule, item.points, counted, item.effect), "", counted)
    elif last is not None and last.points is not None:
        found = Scored(item, min(max(last.points, ZERO), item.points), "", facts)
    return found._replace(marks=told, automatic=automatic)


def _computed(item: RubricItem, facts: Facts) -> Scored:
    """What it comes to where nobody has marked it."""
    if not facts.is_concerned:
        return Scored(item, ZERO, NOT_CONCERNED, facts)
    if is_judged(item):
        return Scored(item, ZERO, "" if item.effect is not Effect.BASE else UNMARKED, facts)
    if facts.value is None:
        return Scored(item, ZERO, UNREPORTED, facts)
    return Scored(item, points_of(item.rule, item.points, facts, item.effect), "", facts)


def mark_words(mark: Mark) -> str:
    """What a mark gives: 2 分, 3 次, 不涉及."""
    if mark.not_concerned:
        return NOT_CONCERNED
    return f"{mark.points or ZERO:f} 分" if mark.times is None else f"{mark.times:f} 次"


def is_counted(item: RubricItem) -> bool:
    """Whether its points come of how often something was so."""
    return item.rule.kind in (RuleKind.EACH, RuleKind.GROWING)


def is_judged(item: RubricItem) -> bool:
    """Whether a person gives its points, or says how often."""
    return item.rule.kind is RuleKind.MARKED or item.rule.of is Counted.MARKED


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


def provisional_words(found: Sequence[Score]) -> str:
    """未评 2 项（4.3、5.1），等次是暂定的; empty where all is marked."""
    items = unmarked(found)
    named = first_few(items, _NAMED, "等")
    return f"未评 {len(items)} 项（{named}），等次是暂定的" if items else ""
