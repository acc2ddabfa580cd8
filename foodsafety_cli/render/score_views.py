"""`fs score`: the scores of a series, and every point of a department with where it comes from."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.scoring import CENT, Score, Scored, lines, provisional_words
from foodsafety_cli.analysis.wording import computed, rounded_to
from foodsafety_cli.model.scoring import Effect, Rubric, RuleKind
from foodsafety_cli.render.listing import Column, Listing, Shown

_COLUMNS = (
    Column("series", "系列", wraps_at=8, gives_way=5),
    Column("department", "单位", wraps_at=12),
    Column("automatic", "自动", Shown.FIGURE, gives_way=4),
    Column("judged", "评议", Shown.FIGURE, gives_way=4),
    Column("bonus", "加分", Shown.FIGURE, gives_way=3),
    Column("deducted", "减分", Shown.FIGURE, gives_way=3),
    Column("score", "得分", Shown.FIGURE),
    Column("rank", "名次", Shown.FIGURE),
    Column("grade", "等次"),
    Column("because", "说明", wraps_at=16, gives_way=2),
    Column("unmarked", "未评", asked_only=True),
)
_WHY_COLUMNS = (
    Column("item", "序号"),
    Column("title", "考核内容", wraps_at=14),
    Column("points", "分值", Shown.FIGURE, gives_way=2),
    Column("got", "得分", Shown.FIGURE),
    Column("rule", "办法", wraps_at=14, gives_way=3),
    Column("figures", "依据", wraps_at=18),
    Column("marks", "评分", wraps_at=14, gives_way=1),
    Column("lines", "台账编号", asked_only=True, wraps_at=16),
    Column("evidence", "佐证", asked_only=True, wraps_at=14),
)


def score_listing(found: Sequence[Score]) -> Listing:
    """A row a department, series by series, by rank."""
    rows = [
        {
            "series": one.series,
            "department": one.department,
            "automatic": computed(one.part(judged=False)),
            "judged": computed(one.part(judged=True)),
            "bonus": computed(one.bonus),
            "deducted": computed(-one.deducted),
            "score": one.shown if one.is_concerned else None,
            "rank": one.rank or None,
            "grade": one.grade,
            "because": one.graded_because,
            "unmarked": one.unmarked,
        }
        for one in found
    ]
    is_said = any(row["because"] for row in rows)
    columns = tuple(
        c._replace(asked_only=not is_said) if c.field == "because" else c for c in _COLUMNS
    )
    return Listing(f"评议考核得分{_how_firm(found)}", columns, rows, if_empty="没有要考核的单位")


def _how_firm(found: Sequence[Score]) -> str:
    return "（等次是暂定的）" if provisional_words(found) else ""


def provisional(found: Sequence[Score]) -> str:
    """（未评 2 项（4.3、5.1），等次是暂定的）; empty where all is marked."""
    words = provisional_words(found)
    return f"（{words}）" if words else ""


def why_listing(rubric: Rubric, score: Score) -> Listing:
    """Every item's points, the rule, the figures; the rows add up to the score to the cent."""
    rows: list[dict[str, object]] = [_why(one) for one in score.scored]
    rows += [
        {"item": "", "title": words, "got": rounded_to(points, CENT)}
        for words, points in lines(score)
    ]
    given = (row["got"] for row in rows)
    rest = score.shown - sum((g for g in given if isinstance(g, Decimal)), Decimal(0))
    if rest:
        rows.append({"item": "", "title": "舍入（各项相加时的零头）", "got": rest})
    place = f"第 {score.rank} 名 {score.grade}" if score.rank else "没有要考核的内容，不排名"
    total = {"title": "得分", "got": score.shown, "figures": place}
    return Listing(f"{score.department}（{score.series}）", _WHY_COLUMNS, rows, total=total)


def _why(one: Scored) -> dict[str, object]:
    item, facts = one.item, one.facts
    marks = list(_marks_in_words(one))
    return {
        "item": item.id,
        "title": item.title,
        "points": item.points,
        "got": rounded_to(one.counts, CENT),
        "rule": rule_words(one),
        "figures": one.rests_on,
        "marks": marks,
        "lines": (*facts.lines, *(mark.id for mark in one.marks)),
        "evidence": (*facts.evidence, *(e for mark in one.marks for e in mark.evidence)),
    }


def _marks_in_words(one: Scored) -> Iterator[str]:
    """复核40（-5，查阅纪要): what each stage gave, how it differs from what was before, and why.

    Before the first there may be what was computed.
    """
    before, is_times = one.automatic, False
    if one.marks and before is not None:
        yield f"自动{rounded_to(before, CENT):f}"
    for mark in one.marks:
        given = mark.points if mark.times is None else mark.times
        is_same = before is not None and is_times == (mark.times is not None)
        change = given - before if is_same and given is not None and before is not None else None
        if change is not None and before is one.automatic:  # exact, and shown rounded
            change = rounded_to(change, CENT)
        told = "，".join(filter(None, (_signed(change), mark.basis)))
        said = f"{mark.stage}{'不涉及' if mark.not_concerned else _points(mark.points, mark.times)}"
        yield f"{said}（{told}）" if told else said
        if given is not None:
            before, is_times = given, mark.times is not None


def _signed(change: Decimal | None) -> str:
    return f"{change.normalize():+f}" if change else ""


def _points(points: Decimal | None, times: Decimal | None) -> str:
    if times is not None:
        return f"{times:f}次"
    return "" if points is None else f"{points:f}"


def rule_words(one: Scored) -> str:
    """How the points come about, in words."""
    rule, points = one.item.rule, one.item.points
    cap = f"，最多{rule.cap:f}分" if rule.cap else ""
    match rule.kind:
        case RuleKind.RATIO:
            return f"分值×达成率{cap}"
        case RuleKind.LIMIT:
            return f"分值×（2－实际÷上限）{cap}"
        case RuleKind.BANDS:
            return "达成率" + "，".join(f"{a:f}%得{b:f}分" for a, b in rule.bands) + cap
        case RuleKind.ALL_OR_NOTHING:
            return f"达标得满分{cap}"
        case RuleKind.EACH:
            sign = "扣" if _is_off(one) else "得"
            return f"每次{sign}{rule.per or 0:f}分{cap}"
        case RuleKind.GROWING:
            steps = "、".join(f"{step:f}" for step in rule.steps)
            return f"逐次{'扣' if _is_off(one) else '得'}{steps}分{cap}"
        case RuleKind.RANK:
            return "按名次：" + "、".join(f"{place:f}" for place in rule.places) + cap
        case RuleKind.LAST_YEAR:
            return f"分值×今年÷去年{cap}"
        case _:
            return f"评议，满分{points:f}"


def _is_off(one: Scored) -> bool:
    of = one.item.rule.of
    return one.item.effect is Effect.DEDUCT or bool(of and of.is_fault)


def converted_listing(rubric: Rubric, found: Sequence[Score]) -> Listing:
    """What each score weighs elsewhere: score × weight ÷ 100."""
    weight = rubric.convert.weight if rubric.convert else Decimal(0)
    rows = [
        {
            "series": one.series,
            "department": one.department,
            "score": one.shown,
            "weight": weight,
            "converted": rounded_to(one.shown * weight / rubric.base, CENT),
        }
        for one in found
        if one.is_concerned
    ]
    columns = (
        Column("series", "系列"),
        Column("department", "单位"),
        Column("score", "得分", Shown.FIGURE),
        Column("weight", "权重%", Shown.FIGURE),
        Column("converted", "折算得分", Shown.FIGURE),
    )
    return Listing(f"折算表{_how_firm(found)}", columns, rows)
