"""How a figure becomes points, a rule each (docs/explanation/scoring.md)."""

from decimal import Decimal

from foodsafety_cli.model.scoring import Effect, Facts, Rule, RuleKind

ZERO, HUNDRED = Decimal(0), Decimal(100)


def points_of(rule: Rule, most: Decimal, facts: Facts, effect: Effect = Effect.BASE) -> Decimal:
    """The points that a figure makes: never below 0, never above what the item has."""
    value = facts.value
    if value is None:
        return ZERO
    cap = most if rule.cap is None else min(rule.cap, most)
    raw = _RULES[rule.kind](rule, most, value, facts)
    if _takes_off(rule, effect):
        return max(most - min(raw, cap), ZERO)
    return min(max(raw, ZERO), cap)


def _takes_off(rule: Rule, effect: Effect) -> bool:
    """Of an item of the base, faults are taken off; an item of deductions counts them."""
    counts = rule.kind in (RuleKind.EACH, RuleKind.GROWING)
    return counts and effect is Effect.BASE and rule.of is not None and rule.of.is_fault


def _ratio(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    return most * min(value, HUNDRED) / 100


def _limit(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    """Points × (2 − rate), the rate being the figure over its limit: all of them within it."""
    return most * (2 - value / 100)


def _bands(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    return max((band[1] for band in rule.bands if value >= band[0]), default=ZERO)


def _all_or_nothing(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    return most if value >= HUNDRED else ZERO


def _each(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    return (rule.per or ZERO) * value


def _growing(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    """The first time the first step, the second the second; from the last on the last."""
    steps = rule.steps or (ZERO,)
    times = int(value)
    return sum(steps[:times], ZERO) + steps[-1] * max(0, times - len(steps))


def _rank(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    places = rule.places or (ZERO,)
    return places[min(int(value), len(places)) - 1]


def _last_year(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    if not facts.before:  # more than nothing is all that can be asked
        return most
    return most * min(value / facts.before, Decimal(1))


def _marked(rule: Rule, most: Decimal, value: Decimal, facts: Facts) -> Decimal:
    return value


_RULES = {
    RuleKind.RATIO: _ratio,
    RuleKind.LIMIT: _limit,
    RuleKind.BANDS: _bands,
    RuleKind.ALL_OR_NOTHING: _all_or_nothing,
    RuleKind.EACH: _each,
    RuleKind.GROWING: _growing,
    RuleKind.RANK: _rank,
    RuleKind.LAST_YEAR: _last_year,
    RuleKind.MARKED: _marked,
}
