"""What differs between a task and what it became: figures, departments, words."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from foodsafety_cli.model.plan import Task

_USELESS = re.compile(r"[^一-鿿㐀-䶿A-Za-z]")
_NUMBER = re.compile(r"(?<![0-9.])(?!20[0-9]{2}(?![0-9]))[0-9]+(?:\.[0-9]+)?")

_NEAR = 4  # characters before a figure that tell what it is of


def changes(
    old: Task, new: Task, elsewhere: tuple[Collection[str], Collection[str]] = ((), ())
) -> Iterator[str]:
    """What differs between a task and what it became: figures, departments, words.

    `elsewhere`: the indicators of the other old tasks that were joined into the new one, and of
    the other new ones that the old one was parted into: these are neither new nor gone.
    """
    were = {i.name: i for i in old.indicators}
    now = {i.name: i for i in new.indicators}
    for name, indicator in now.items():
        was = were.get(name)
        if was is None:
            if name not in elsewhere[0]:
                yield f"新增指标“{name}”{_figure(indicator.target)}{indicator.unit}"
            continue
        if (was.target, was.unit) != (indicator.target, indicator.unit):
            unit = was.unit if was.unit != indicator.unit else ""
            now_is = f"{_figure(indicator.target)}{indicator.unit}"
            yield f"“{name}”{_figure(was.target)}{unit}→{now_is}"
        if was.kind is not indicator.kind:
            yield f"“{name}”由{was.kind.label}改为{indicator.kind.label}"
        if was.at_most != indicator.at_most or was.each != indicator.each:
            yield f"“{name}”怎样算达标有改动"
        if (was.per, was.aggregate) != (indicator.per, indicator.aggregate):
            yield f"“{name}”怎样合起来算有改动"
        yield from _departments_changed(f"“{name}”报数", was.reported_by, indicator.reported_by)
        for what, field in (("阶段目标", "stages"), ("分解", "split")):
            if _within_year(getattr(was, field)) != _within_year(getattr(indicator, field)):
                yield f"“{name}”{what}有改动"
        if _day(was.due) != _day(indicator.due):
            yield f"“{name}”时限{_said(was.due)}→{_said(indicator.due)}"
    gone = (name for name in were if name not in now and name not in elsewhere[1])
    yield from (f"不再有指标“{name}”" for name in gone)
    for field, role in (("lead", "牵头"), ("responsible", "负责"), ("support", "配合")):
        yield from _departments_changed(role, getattr(old, field), getattr(new, field))
    yield from _departments_changed("报数", old.reported_by, new.reported_by)
    if _day(old.due) != _day(new.due):
        yield f"时限{_said(old.due)}→{_said(new.due)}"
    if plain_words(old.text) != plain_words(new.text):
        yield "文字有改动"
    yield from _numbers_changed(old, new)


def _departments_changed(role: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    yield from (f"{role}增加 {name}" for name in new if name not in old)
    yield from (f"{role}减去 {name}" for name in old if name not in new)


def _within_year(values: Mapping[str, object]) -> dict[str, str]:
    """By day or department; a day without its year, which alone is no change."""
    return {re.sub(r"^\d{4}-", "", key): str(value) for key, value in values.items()}


def _numbers_changed(old: Task, new: Task) -> Iterator[str]:
    """Figures in the words that no indicator tells of; years do not count.

    Where the words differ, too, only those that stand between the same ones.
    """
    were, now = _figures(old.text), _figures(new.text)
    pairs: list[tuple[str, str]] = []
    gone: list[str] = []
    come: list[str] = []
    for words in {**were, **now}:
        before, after = were.get(words, []), now.get(words, [])
        if len(before) == len(after):
            pairs += [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        else:
            gone += (Counter(before) - Counter(after)).elements()
            come += (Counter(after) - Counter(before)).elements()
    before_of, after_of = (
        {i.name: _figure(i.target) for i in task.indicators} for task in (old, new)
    )
    told = {(before_of[name], after_of[name]) for name in before_of.keys() & after_of.keys()}
    # what stands elsewhere in the other text was moved, not changed
    pairs = [p for p in pairs if p not in told and p[1] not in gone and p[0] not in come]
    if pairs:
        yield "文中的数" + "、".join(f"{a}→{b}" for a, b in dict.fromkeys(pairs))
    if plain_words(old.text) == plain_words(new.text) and Counter(gone) != Counter(come):
        yield f"文中的数{'、'.join(gone) or '（无）'}→{'、'.join(come) or '（无）'}"


def _figures(text: str) -> dict[str, list[str]]:
    """The figures of a text by the words before and after each."""
    found: dict[str, list[str]] = {}
    for match in _NUMBER.finditer(text):
        before = plain_words(text[max(match.start() - 4 * _NEAR, 0) : match.start()])[-_NEAR:]
        after = plain_words(text[match.end() : match.end() + _NEAR])[:1]
        found.setdefault(f"{before}|{after}", []).append(match[0])
    return found


def _day(due: dt.date | None) -> tuple[int, int] | None:
    """A day within a year: another year alone is no change."""
    return (due.month, due.day) if due else None


def _said(due: dt.date | None) -> str:
    return f"{due}" if due else "（未写）"


def _figure(value: object) -> str:
    return "" if value is None else f"{value:f}"


def plain_words(text: str) -> str:
    """A text without figures, marks and blanks, which tell nothing of what it is about."""
    return _USELESS.sub("", text)
