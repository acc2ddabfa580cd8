"""Ranks and grades of the scores in each series (docs/explanation/scoring.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from foodsafety_cli.analysis.scoring import Score
from foodsafety_cli.model.scoring import Rubric


def graded(rubric: Rubric, scores: Iterable[Score]) -> list[Score]:
    """Series by series, by rank: each with its rank and grade."""
    by_series: dict[str, list[Score]] = {}
    for one in scores:
        by_series.setdefault(one.series, []).append(one)
    return [one for own in by_series.values() for one in _graded(rubric, _ranked(own))]


def _ranked(own: Sequence[Score]) -> list[Score]:
    """By score as it is published; equal scores share a rank: 1, 2, 2, 4.

    Those that no item concerns come last, without a rank.
    """
    order = sorted(own, key=lambda one: (not one.is_concerned, -one.shown))
    places = [one.shown for one in order if one.is_concerned]
    return [
        one._replace(rank=places.index(one.shown) + 1) if one.is_concerned else one for one in order
    ]


def _graded(rubric: Rubric, ranked: Sequence[Score]) -> Iterator[Score]:
    """Each with its grade: from so many points on, at most so many, the tied with the better.

    Whom a case lowers takes no place of the grade that it would have had.
    """
    given: dict[int, int] = {}  # by the grade's place, how many have it
    for rank in dict.fromkeys(one.rank for one in ranked):
        tied = [one for one in ranked if one.rank == rank]
        if not rank or not rubric.grades:
            yield from tied
            continue
        best = _best(rubric, tied[0].shown, given)
        whole = [one for one in tied if not one.flags]
        words = _why(rubric, tied[0].shown, best, given, len(whole))
        yield from (_with(rubric, one, best, words) for one in whole)
        _take(given, best, len(whole))
        for one in (one for one in tied if one.flags):
            floor, words = _lowered(rubric, one, best)
            place = None if floor is None else _best(rubric, one.shown, given, floor)
            place = floor if place is None else place
            _take(given, place, 1)
            yield _with(rubric, one, place, words)


def _best(rubric: Rubric, score: Decimal, given: Mapping[int, int], floor: int = 0) -> int | None:
    """The place of the best grade from `floor` on that the score reaches and that has room."""
    for n, grade in enumerate(rubric.grades):
        has_room = grade.most is None or given.get(n, 0) < grade.most
        if n >= floor and score >= grade.least and has_room:
            return n
    return None


def _take(given: dict[int, int], place: int | None, count: int) -> None:
    if place is not None:
        given[place] = given.get(place, 0) + count


def _with(rubric: Rubric, score: Score, place: int | None, words: str) -> Score:
    name = "" if place is None else rubric.grades[place].name
    return score._replace(grade=name, graded_because=words)


def _why(
    rubric: Rubric, score: Decimal, place: int | None, given: Mapping[int, int], count: int
) -> str:
    """Why so many of one score get no better grade, or all get one with room for fewer."""
    better = rubric.grades if place is None else rubric.grades[:place]
    full = [grade.name for grade in better if score >= grade.least]
    said = [f"{'、'.join(full)}名额已满"] if full else []
    if place is not None and count > 1:
        grade = rubric.grades[place]
        if grade.most is not None and given.get(place, 0) + count > grade.most:
            said.append(f"同分，都给{grade.name}")
    return "；".join(said)


def _lowered(rubric: Rubric, score: Score, place: int | None) -> tuple[int | None, str]:
    """From which grade on one may have after downgrades and vetoes, and why.

    Who has no grade gets none by a case.
    """
    said = []
    vetoes = {veto.id: veto for veto in rubric.vetoes}
    downs = {down.id: down for down in rubric.downgrades}
    last = len(rubric.grades) - 1
    for flag in score.flags:
        basis = f"，{flag.basis}" if flag.basis else ""
        if flag.item in vetoes:
            place = None if place is None else last
            said.append(f"否决：{vetoes[flag.item].title}，细则 {flag.item}{basis}")
        elif flag.item in downs:
            by = downs[flag.item].by
            place = None if place is None else min(place + by, last)
            said.append(f"降级：{downs[flag.item].title}，细则 {flag.item}{basis}")
    return place, "；".join(said)
